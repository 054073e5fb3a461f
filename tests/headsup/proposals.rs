//! Tests of what `inspect` proposes and `init --from` writes: it works unchanged, and names the open questions.

use std::path::Path;
use std::process::{Command, Output};

use chrono::NaiveDate;
use headsup::config::Config;
use headsup::problem::{Failure, Problem};
use headsup::redact::{Audience, redact};
use headsup::source;
use headsup::team::{Aggregate, Status, TaskStatus, Team};

const TEAM: &str = "version = 1\n\n[team]\nname = \"Feeds\"\nmanager = \"Dana\"\nboss = \"Alex\"\n\n";

fn headsup(dir: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_headsup"));
    command.args(arguments).current_dir(dir).env_remove("GITHUB_ACTIONS").env_remove("CI").env("NO_COLOR", "1");
    command.output().unwrap()
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Creates a folder with these exports in data/.
fn folder(exports: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("data")).unwrap();
    for (name, text) in exports {
        std::fs::write(dir.path().join("data").join(name), text).unwrap();
    }
    dir
}

/// Returns the lines that `inspect` proposes.
fn proposed(dir: &Path, file: &str) -> String {
    let page = said(&headsup(dir, &["inspect", &format!("data/{file}")]).stdout);
    let (_, lines) = page.split_once("paste into headsup.toml:").unwrap_or_else(|| panic!("{page}"));
    lines.lines().map(|line| format!("{}\n", line.strip_prefix("  ").unwrap_or(line))).collect()
}

fn load(dir: &Path, sources: &str) -> Result<(Team, Vec<Problem>), Vec<Problem>> {
    std::fs::write(dir.join("headsup.toml"), format!("{TEAM}{sources}")).unwrap();
    let config = Config::load(dir).unwrap_or_else(|_| panic!("{sources}")).0;
    match source::load(&config, NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()) {
        Ok((team, problems)) => Ok((redact(&team, Audience::Me, true).into_parts().0, problems.0)),
        Err(Failure::Input(problems)) => Err(problems.0),
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn a_file_without_a_header_is_mapped_by_its_columns() {
    let dir = folder(&[
        (
            "tasks.csv",
            "17,Profile the feeds,Done,2026-11-02\n18,Load the feeds,Open,2026-11-09\n19,Write it up,Open,2026-11-16\n",
        ),
        ("numbers.csv", "2026-11-01,12,0.5\n2026-11-02,14,0.25\n2026-11-03,9,0.75\n"),
    ]);
    let lines = proposed(dir.path(), "tasks.csv");
    assert!(lines.contains("title = \"column 2\"") && lines.contains("# created = \"column 4\""), "{lines}");
    let (team, _) = load(dir.path(), &lines).unwrap();
    let titles: Vec<&str> = team.tasks.iter().map(|task| task.title.as_str()).collect();
    assert_eq!(titles, ["Profile the feeds", "Load the feeds", "Write it up"]);
    let (team, _) = load(dir.path(), &proposed(dir.path(), "numbers.csv")).unwrap();
    let names: Vec<&str> = team.metrics.iter().map(|metric| metric.name.as_str()).collect();
    assert_eq!(names, ["column 2", "column 3"]);
}

#[test]
fn periods_as_columns_are_metrics() {
    let export = "Metric;Jan 2026;Feb 2026;Mär 2026\nError rate;0,5%;0,4%;0,45%\nRun time;12;11,5;-1\n";
    let dir = folder(&[("months.csv", export)]);
    let page = headsup(dir.path(), &["inspect", "data/months.csv"]);
    assert_eq!((page.status.code(), said(&page.stderr).as_str()), (Some(0), ""));
    let lines = proposed(dir.path(), "months.csv");
    assert!(lines.contains("table = \"metrics\"\n") && lines.contains("name = \"Run time\""), "{lines}");
    let (team, problems) = load(dir.path(), &lines).unwrap();
    assert_eq!((team.metrics.len(), problems.len()), (2, 0));
    let made = headsup(dir.path(), &["init", "made", "--as-of", "2026-11-20", "--from", "data/months.csv"]);
    assert_eq!(made.status.code(), Some(0), "{}", said(&made.stderr));
    let (config, _) = Config::load(&dir.path().join("made")).unwrap();
    let (team, _) = source::load(&config, NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()).unwrap();
    let team = redact(&team, Audience::Me, true).into_parts().0;
    assert_eq!(team.metrics[0].days.len(), 3);
}

#[test]
fn unused_dates_and_statuses_are_mentioned() {
    let export = "Task,Assignee,Wrapped up,Stand der Dinge\nProfile,Mara,2026-11-02,Done\nLoad,Ilse,2026-11-09,Open\n";
    let dir = folder(&[("tasks.csv", export)]);
    let lines = proposed(dir.path(), "tasks.csv");
    assert!(lines.contains("# created = \"Wrapped up\"") && lines.contains("done_on"), "{lines}");
    // Status words are recognised whatever their header is.
    let (team, _) = load(dir.path(), &lines).unwrap();
    assert_eq!(team.tasks.iter().map(|task| task.status).collect::<Vec<_>>(), [TaskStatus::Done, TaskStatus::Todo]);
}

#[test]
fn the_order_of_ambiguous_dates_is_asked_for() {
    let export = "Task;Status;Fällig am;Bemerkung\nProfile;Offen;03/04/2026;x\nLoad;Offen;05/06/2026;y\n";
    let dir = folder(&[("a b.csv", export)]);
    let page = said(&headsup(dir.path(), &["inspect", "data/a b.csv"]).stdout);
    assert!(page.contains("in doubt") && !page.contains("2026-04-03 to"), "{page}");
    let made = headsup(dir.path(), &["init", "the team", "--as-of", "2026-11-20", "--from", "data/a b.csv"]);
    let steps = said(&made.stderr);
    assert!(steps.contains("made the team, which cannot be rendered before these problems are settled"), "{steps}");
    assert!(steps.contains("say whether day or month comes first in data/a b.csv"), "{steps}");
    assert!(steps.contains("headsup week 'the team'"), "{steps}");
    let config = std::fs::read_to_string(dir.path().join("the team/headsup.toml")).unwrap();
    assert!(config.contains("# date_order = \"dmy\"") && config.contains("due = \"Fällig am\""), "{config}");
    std::fs::write(dir.path().join("the team/headsup.toml"), config.replace("# date_order", "date_order")).unwrap();
    let check = headsup(dir.path(), &["check", "the team", "--as-of", "2026-11-20"]);
    assert_eq!(check.status.code(), Some(0), "{}", said(&check.stderr));
}

#[test]
fn a_milestone_in_progress_has_started_but_says_nothing_about_the_plan() {
    let milestones = "milestone,due,status\nFirst,2026-12-01,In progress\nZweitens,2026-12-08,in Arbeit\nThird,2026-12-15,On track\n";
    let dir = folder(&[("m.csv", milestones)]);
    let (team, problems) = load(dir.path(), "[[source]]\ntable = \"milestones\"\nfile = \"data/m.csv\"\n").unwrap();
    let said: Vec<_> = team.milestones.iter().map(|milestone| (milestone.stated, milestone.begun)).collect();
    assert_eq!(said, [(None, true), (None, true), (Some(Status::OnPace), false)]);
    assert!(problems.is_empty(), "{problems:?}");
}

#[test]
fn one_bad_cell_is_one_problem() {
    let dir = folder(&[("m.csv", "milestone,due\nFirst,2026-12-01\nSecond,soon\nThird,2026-12-15\n")]);
    let problems = load(dir.path(), "[[source]]\ntable = \"milestones\"\nfile = \"data/m.csv\"\n").unwrap_err();
    let codes: Vec<&str> = problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["bad-date"]);
}

#[test]
fn counts_and_money_of_google_analytics_add_up() {
    let dir =
        folder(&[("ga4.csv", "Date,Active users,Sessions,Total revenue\n20261116,10,12,99.5\n20261117,11,15,100.5\n")]);
    let (team, _) = load(dir.path(), "[[source]]\ntable = \"metrics\"\nfile = \"data/ga4.csv\"\n").unwrap();
    let how: Vec<_> = team.metrics.iter().map(|metric| (metric.name.as_str(), metric.aggregate)).collect();
    let wanted = [("Active users", Aggregate::Last), ("Sessions", Aggregate::Sum), ("Total revenue", Aggregate::Sum)];
    assert_eq!(how, wanted);
}

#[test]
fn a_second_init_names_one_file_and_counts_the_rest() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(headsup(dir.path(), &["init", "team", "--as-of", "2026-11-20"]).status.code(), Some(0));
    let again = headsup(dir.path(), &["init", "team", "--as-of", "2026-11-20"]);
    assert_eq!(again.status.code(), Some(2));
    let message = said(&again.stderr);
    assert!(message.contains("others are there already; nothing was written"), "{message}");
    assert!(message.lines().all(|line| line.len() < 120), "{message}");
}

#[test]
fn a_placeholder_name_is_a_warning() {
    let dir = tempfile::tempdir().unwrap();
    headsup(dir.path(), &["init", "team", "--as-of", "2026-11-20"]);
    let check = headsup(dir.path(), &["check", "team", "--as-of", "2026-11-20"]);
    assert_eq!(check.status.code(), Some(0));
    assert!(said(&check.stderr).contains("\"Your Boss\" is what `headsup init` wrote"), "{}", said(&check.stderr));
    let render = headsup(dir.path(), &["render", "team", "--as-of", "2026-11-20", "--format", "md"]);
    assert_eq!(render.status.code(), Some(0), "{}", said(&render.stderr));
    let grant = headsup(dir.path(), &["record", "team", "--as-of", "2026-11-20", "--grant", "A-99"]);
    assert!(said(&grant.stderr).contains("no ask is open"), "{}", said(&grant.stderr));
    assert!(!said(&grant.stderr).contains("as a whole"), "{}", said(&grant.stderr));
}

/// Returns what `inspect` prints for a file.
fn inspected(text: &str) -> String {
    let dir = folder(&[("export.csv", text)]);
    said(&headsup(dir.path(), &["inspect", "data/export.csv"]).stdout)
}

#[test]
fn records_that_are_not_work_are_not_proposed_as_tasks() {
    for records in [
        "id,Description,Created date (UTC),Amount,Currency,Captured,Status\nch_1,Invoice 1001,2026-11-02 08:15,1200.00,usd,true,Paid\nch_2,Invoice 1002,2026-11-05 19:40,49.00,usd,true,Refunded\n",
        "Subscription Id,Customer Id,Status,MRR,Created At,Cancelled At\nsub_1,cus_1,active,99.00,2026-01-05,\nsub_2,cus_2,cancelled,19.00,2025-06-11,2026-10-30\n",
        "Record ID,First Name,Email,Lead Status,Create Date\n1,Ann,a@example.org,Open,2026-10-01\n2,Ben,b@example.org,New,2026-10-11\n",
    ] {
        let page = inspected(records);
        assert!(page.contains("list of records") && page.contains("Export a report"), "{page}");
        assert!(!page.contains("[[source]]"), "{page}");
    }
}

#[test]
fn metrics_with_split_or_incomplete_dates_get_help() {
    let page = inspected("Year,Quarter,Revenue\n2026,Q1,131\n2026,Q2,140\n2026,Q3,150\n");
    assert!(page.contains("in parts, in the columns `Year` and `Quarter`") && page.contains("as `Q4 2026`"), "{page}");
    let page = inspected("KPI;02.11.;09.11.;16.11.\nSignups;100;110;90\nChurned;3;4;5\n");
    // Days without a year are read as the nearest ones, under a warning.
    assert!(page.contains("name = \"Signups\"") && !page.contains("list of records"), "{page}");
}

#[test]
fn deals_are_proposed_as_wins() {
    let page = inspected(
        "Record ID,Deal Name,Deal Stage,Create Date,Close Date,Amount\n101,Acme renewal,Closed won,2026-08-01,2026-11-03,38000\n102,Globex pilot,Contract sent,2026-09-01,2026-12-01,12000\n",
    );
    assert!(page.contains("table = \"wins\"") && page.contains("text = \"Deal Name\""), "{page}");
    assert!(page.contains("date = \"Close Date\"\n") && page.contains("amount = \"Amount\"\n"), "{page}");
    assert!(page.contains("export those that were won"), "{page}");
}

#[test]
fn dates_and_numbers_of_any_name_are_metrics() {
    let weeks = "Orders Created Week,Orders Count,Orders Total\n2026-11-02,131,4730\n2026-11-09,128,4666.25\n";
    let segments = "Date,Event,Total\n2026-11-16,Sign Up,51\n2026-11-16,Purchase,12\n2026-11-17,Sign Up,48\n";
    let groups = "time,group,value\n2026-11-16,service:api,120.5\n2026-11-16,service:web,80.1\n";
    for (export, metric) in [(weeks, "Orders Count"), (segments, "Sign Up"), (groups, "service:web")] {
        let dir = folder(&[("export.csv", export)]);
        let out = headsup(dir.path(), &["init", "team", "--from", "data/export.csv"]);
        assert!(out.status.success(), "{}", said(&out.stderr));
        let config = std::fs::read_to_string(dir.path().join("team/headsup.toml")).unwrap();
        assert!(config.contains(&format!("name = \"{metric}\"")), "{config}");
        let out = headsup(dir.path(), &["check", "team"]);
        assert!(out.status.success() && !said(&out.stderr).contains("error"), "{}", said(&out.stderr));
        // The proposed lines are sufficient and have the same meaning.
        let (team, problems) = load(dir.path(), &proposed(dir.path(), "export.csv")).unwrap();
        assert!(team.metrics.iter().any(|one| one.name == metric && !one.days.is_empty()), "{problems:?}");
    }
}
