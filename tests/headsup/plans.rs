//! Tests of project plans: summary rows are not counted twice, inactive rows do not count, and a planned end is not a
//! done date.

use chrono::NaiveDate;
use headsup::config::Config;
use headsup::redact::{Audience, redact};
use headsup::source;
use headsup::team::{TaskStatus, Team};

/// Loads a folder with these files as of 20 November 2026.
fn load(config: &str, files: &[(&str, &str)]) -> Team {
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::write(dir.path().join("headsup.toml"), format!("[team]\nname = \"T\"\n{config}")).expect("a config");
    for (name, text) in files {
        std::fs::write(dir.path().join(name), text).expect("a file");
    }
    let (config, _) = Config::load(dir.path()).expect("a sound config");
    let as_of = NaiveDate::from_ymd_opt(2026, 11, 20).expect("a date");
    let (team, _) = source::load(&config, as_of).unwrap_or_else(|error| panic!("{error:?}"));
    redact(&team, Audience::Me, true).into_parts().0
}

const TASKS: &str = "[[source]]\ntable = \"tasks\"\nfile = \"plan.csv\"\n";

fn titles(team: &Team) -> Vec<&str> {
    team.tasks.iter().map(|task| task.title.as_str()).collect()
}

#[test]
fn summary_and_inactive_rows_of_a_plan_are_skipped() {
    let plan = "Unique ID,Active,Task Name,Start,Finish,% Complete,Actual Finish,Outline Level,Resource Names\n\
        1,Yes,Connectors,10/1/26,12/18/26,50%,NA,1,\n\
        2,Yes,Read the format,10/1/26,10/8/26,100%,10/8/26,2,Ann\n\
        3,Yes,Write the importer,10/13/26,11/27/26,40%,NA,2,Ben\n\
        4,No,A second importer,10/13/26,11/27/26,0%,NA,2,Ben\n\
        5,Yes,Hand over,12/1/26,12/2/26,0%,NA,1,Ann\n";
    let milestones = "milestone,due\nConnectors,2026-12-18\n";
    let config = format!("{TASKS}[[source]]\ntable = \"milestones\"\nfile = \"milestones.csv\"\n");
    let team = load(&config, &[("plan.csv", plan), ("milestones.csv", milestones)]);
    assert_eq!(titles(&team), ["Read the format", "Write the importer", "Hand over"]);
    let read = &team.sources[0];
    assert_eq!((read.records, read.read, read.skipped), (5, 3, 2));
    // A row above may be a milestone.
    let of: Vec<bool> = team.tasks.iter().map(|task| task.milestone.is_some()).collect();
    assert_eq!(of, [true, true, false]);
    let status: Vec<TaskStatus> = team.tasks.iter().map(|task| task.status).collect();
    assert_eq!(status, [TaskStatus::Done, TaskStatus::Doing, TaskStatus::Todo]);
    assert_eq!(team.tasks[1].done_on, None);
}

#[test]
fn numbers_of_a_work_breakdown_identify_summaries() {
    let plan = "WBS,Task,Status,Due date\n1,Build,In progress,2026-12-01\n1.1,Parse,Done,2026-11-01\n1.2,Load,Open,2026-12-01\n2,Ship,Open,2026-12-20\n";
    let team = load(TASKS, &[("plan.csv", plan)]);
    assert_eq!(titles(&team), ["Parse", "Load", "Ship"]);
    assert_eq!(team.tasks[0].key.as_str(), "1.1");
}

#[test]
fn a_planned_end_is_a_promise_and_not_a_done_date() {
    let plan = "Task Name,Assigned To,Start Date,End Date,Status\nParse,Ann,2026-10-01,2026-10-20,Complete\nLoad,Ben,2026-11-01,2026-12-01,In Progress\n";
    let team = load(TASKS, &[("plan.csv", plan)]);
    let dates: Vec<_> = team.tasks.iter().map(|task| (task.done_on, task.due.map(|due| due.to_string()))).collect();
    assert_eq!(dates, [(None, Some("2026-10-20".to_owned())), (None, Some("2026-12-01".to_owned()))]);
    assert_eq!(team.tasks[0].status, TaskStatus::Done);
}

#[test]
fn indented_names_belong_to_the_one_above() {
    let plan = "Task Name,Duration,Start,Finish,Predecessors,Resource Names\n\
        Build,20d,10/1/26,10/28/26,,\n\
        \u{20}  Parse,5d,10/1/26,10/7/26,,Ann\n\
        \u{20}  Load,15d,10/8/26,10/28/26,2,Ben\n\
        Ship,2d,10/29/26,10/30/26,3,Ann\n";
    let team = load(TASKS, &[("plan.csv", plan)]);
    assert_eq!(titles(&team), ["Parse", "Load", "Ship"]);
}
