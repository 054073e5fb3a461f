//! Exports → team: what each table is read into, and what is said of what cannot be read.

use std::path::Path;

use chrono::NaiveDate;
use headsup::config::Config;
use headsup::problem::{Failure, Problem, Severity};
use headsup::redact::{Audience, redact};
use headsup::source;
use headsup::team::*;

/// A team folder with these files, loaded as of 2026-11-20.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new(config: &str, files: &[(&str, &str)]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("headsup.toml"), format!("[team]\nname = \"Curation\"\n{config}")).unwrap();
        for (name, text) in files {
            let path = dir.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        Self(dir)
    }

    /// One source for each file, its table that of its name.
    fn of(files: &[(&str, &str)]) -> Self {
        let sources: String = files
            .iter()
            .map(|(name, _)| {
                let table = Path::new(name).file_stem().unwrap().to_str().unwrap();
                format!("[[source]]\ntable = \"{table}\"\nfile = \"{name}\"\n")
            })
            .collect();
        Self::new(&sources, files)
    }

    fn load_as_of(&self, as_of: NaiveDate) -> Result<(Team, Vec<Problem>), Vec<Problem>> {
        let config = match Config::load(self.0.path()) {
            Ok((config, _)) => config,
            Err(error) => panic!("{error}: {error:?}"),
        };
        match source::load(&config, as_of) {
            Ok((team, problems)) => Ok((redact(&team, Audience::Me, true).into_parts().0, problems.0)),
            Err(Failure::Input(problems)) => Err(problems.0),
            Err(other) => panic!("{other}"),
        }
    }

    fn load(&self) -> (Team, Vec<Problem>) {
        self.load_as_of(day(2026, 11, 20)).unwrap_or_else(|problems| panic!("{problems:#?}"))
    }

    fn errors(&self) -> Vec<Problem> {
        self.load_as_of(day(2026, 11, 20)).unwrap_err()
    }
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn said(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(|p| p.message.clone()).collect()
}

const OBJECTIVES: (&str, &str) = (
    "objectives.csv",
    "id,objective,quarter,agreed_on,target,status\nSR,Supplier-risk dataset,Q4 2026,2026-10-02,3,amber\nUS,Update speed,Q4 2026,2026-10-02,24,on track\n",
);
const MILESTONES: (&str, &str) = (
    "milestones.csv",
    "id,objective,milestone,agreed_due,due,done_on,progress,status,reason,aliases\n\
     SR-1,SR,Schema agreed,2026-10-16,2026-10-16,2026-10-15,1,done,,\n\
     SR-2,SR,Pilot,2026-10-30,2026-11-10,,0.5,red,the contract waits,pilot; CUR-7\n\
     US-1,Update speed,Ingest profiled,2026-12-09,,,,,,CUR-1\n",
);

#[test]
fn objectives_and_milestones_are_read_and_referred_to_by_id_and_name() {
    let (team, problems) = Folder::of(&[OBJECTIVES, MILESTONES]).load();
    assert_eq!(said(&problems), [""; 0]);
    assert_eq!(team.objectives[0].stated, Some(Status::AtRisk));
    assert_eq!(team.objectives[1].name, "Update speed");
    assert_eq!(team.milestones[2].objective, Some("US".into()));
    assert_eq!(team.milestones[1].progress, Some(0.5));
    assert_eq!(team.milestones[1].aliases, ["CUR-7", "pilot"]);
    assert_eq!(team.milestones[1].stated, Some(Status::Late));
    assert_eq!(team.sources[1].records, 3);
    assert_eq!(team.sources[1].newest, Some(day(2026, 10, 15)));
}

#[test]
fn without_objectives_table_the_names_used_are_the_objectives() {
    let (team, _) = Folder::of(&[(
        "milestones.csv",
        "objective,milestone,due\nFaster,First,2026-12-01\nfaster,Second,2026-12-02\n",
    )])
    .load();
    assert_eq!(team.objectives.len(), 1);
    assert_eq!(team.objectives[0].name, "Faster");
    assert_eq!(team.milestones[1].objective, Some("Faster".into()));
    assert_eq!(team.milestones[1].original, Some(day(2026, 12, 2)), "the first due seen");
}

#[test]
fn a_reference_to_no_objective_is_an_error_with_place_and_near_miss() {
    let errors =
        Folder::of(&[OBJECTIVES, ("milestones.csv", "objective,milestone,due\nUpdate sped,First,2026-12-01\n")])
            .errors();
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0].help, "did you mean \"Update speed\"?");
    let place = errors[0].place.as_ref().unwrap();
    assert!(place.file.ends_with("milestones.csv"));
    let excerpt = place.excerpt.as_ref().unwrap();
    assert_eq!(
        (place.line, place.column, &excerpt.text[excerpt.start..excerpt.start + excerpt.len]),
        (2, 1, "Update sped")
    );
}

#[test]
fn of_a_milestones_log_the_newest_row_wins_and_the_first_agreed_date_stays() {
    let log = (
        "milestones.csv",
        "id,milestone,agreed_due,due,progress,status,reason,as_of\n\
        M,Pilot,,2026-10-30,0.1,on track,,2026-10-02\n\
        M,Pilot,,2026-11-10,0.4,at risk,the contract waits,2026-11-06\n\
        M,Pilot,,2026-12-10,0.6,late,,2026-12-04\n",
    );
    let (team, _) = Folder::of(&[log]).load();
    let milestone = &team.milestones[0];
    assert_eq!(team.milestones.len(), 1);
    assert_eq!(milestone.due, Some(day(2026, 11, 10)));
    assert_eq!(milestone.original, Some(day(2026, 10, 30)), "the first due seen");
    assert_eq!(milestone.stated, Some(Status::AtRisk), "the row of 4 December is not known yet");
    assert_eq!(milestone.log.iter().map(|at| at.progress).collect::<Vec<_>>(), [0.1, 0.4]);
}

#[test]
fn tasks_find_their_milestones_by_id_title_alias_label_and_parent() {
    let tasks = (
        "tasks.csv",
        "key,title,type,parent,milestone,status,created,done_on,labels\n\
        CUR-1,Profile the ingest,Epic,,,In Progress,2026-10-01,,\n\
        CUR-2,By parent,Story,CUR-1,,Done,2026-10-01,2026-10-20,\n\
        CUR-3,By grandparent,Story,CUR-2,,To Do,2026-10-01,,\n\
        CUR-4,By id,Story,,SR-1,Done,2026-10-01,2026-10-10,\n\
        CUR-5,By title,Story,,pilot,Open,2026-10-01,2026-10-10,\n\
        CUR-6,By label,Bug,,,Blocked,2026-10-01,,\"ui, PILOT\"\n\
        CUR-8,By nothing,Bug,,Release 3,Zzz,2026-10-01,,\n\
        CUR-9,By nothing too,Sub-task,,Release 3,Won't do,2026-10-01,,\n",
    );
    let (team, problems) = Folder::of(&[OBJECTIVES, MILESTONES, tasks]).load();
    let of: Vec<&str> = team.tasks.iter().map(|t| t.milestone.as_ref().map_or("", |m| m.as_str())).collect();
    assert_eq!(of, ["US-1", "US-1", "US-1", "SR-1", "SR-2", "SR-2", "", ""]);
    assert_eq!(team.tasks[1].objective, Some("US".into()));
    assert_eq!(team.tasks[2].parent, Some("CUR-2".into()));
    assert_eq!(team.tasks.iter().filter(|t| t.counts).count(), 6);
    assert!(team.tasks[4].reopened && team.tasks[4].done_on.is_none());
    assert_eq!(team.tasks[5].status, TaskStatus::Doing);
    assert_eq!(team.tasks[7].status, TaskStatus::Dropped);
    assert_eq!(team.unmatched, [("Release 3".to_owned(), 1)].into(), "a sub-task is no work of its own");
    assert_eq!(
        said(&problems),
        ["a status is not known; 1 tasks that have it count as open", "tasks name what is no milestone"]
    );
    assert!(problems.iter().all(|p| p.severity == Severity::Warning));
}

#[test]
fn a_task_of_several_milestones_is_an_error() {
    let tasks = ("tasks.csv", "key,title,milestone\nCUR-1,Both,SR-1; SR-2\n");
    let errors = Folder::of(&[OBJECTIVES, MILESTONES, tasks]).errors();
    assert_eq!(said(&errors), ["this task builds up to several milestones"]);
}

#[test]
fn a_task_that_stands_twice_counts_once_and_one_that_differs_is_an_error() {
    let config = "[[source]]\ntable = \"tasks\"\nfile = \"data/*.csv\"\n";
    let (one, two) = (
        ("data/1.csv", "key,title,status\nA,First,Done\nB,Second,Open\n"),
        ("data/2.csv", "key,title,status\nB,Second,Open\n"),
    );
    let (team, problems) = Folder::new(config, &[one, two]).load();
    assert_eq!(team.tasks.len(), 2);
    assert_eq!(
        (team.sources.len(), team.sources[0].records, team.sources[0].read, team.sources[0].skipped),
        (1, 3, 2, 1)
    );
    assert_eq!(problems[0].code, "older-export");

    // Of exports under one pattern the newest row counts; in one export each stands once.
    let (team, _) = Folder::new(config, &[one, ("data/2.csv", "key,title,status\nB,Second,Done\n")]).load();
    assert_eq!(team.tasks[1].status, TaskStatus::Done);
    let errors = Folder::new(config, &[("data/2.csv", "key,title,status\nB,Second,Done\nB,Second,Open\n")]).errors();
    assert_eq!(errors[0].code, "repeated-id");
}

#[test]
fn wide_metrics_are_folded_by_day_up_to_as_of() {
    let config = "[[source]]\ntable = \"metrics\"\nfile = \"metrics.csv\"\n[[metric]]\nname = \"Errors\"\ncolumn = \"error_rate\"\ntarget = 0.5\n";
    let metrics =
        ("metrics.csv", "date,error_rate,other\n2026-11-18,1.5,1\n2026-11-18,0.5,1\n2026-11-19,,1\n2026-11-21,9,1\n");
    let (team, _) = Folder::new(config, &[metrics]).load();
    let days = &team.metrics[0].days;
    // The 19th has a row without a value: missing, not nothing.
    assert_eq!((days.len(), days[&day(2026, 11, 19)].count), (2, 0));
    let first = days[&day(2026, 11, 18)];
    assert_eq!((first.sum, first.count, first.min, first.max, first.last), (2.0, 2, 0.5, 1.5, 0.5));
    assert_eq!(team.sources[0].newest, Some(day(2026, 11, 19)));
}

const METRICS: &str = "[[source]]\ntable = \"metrics\"\nfile = \"metrics.csv\"\n";

#[test]
fn long_metrics_are_filtered_and_made_into_ratios() {
    let config = format!(
        "{METRICS}[[metric]]\nname = \"Error rate\"\naggregate = \"ratio\"\nnumerator = \"bad\"\ndenominator = \"all\"\n\
         where = {{ Country = \"us\" }}\n[[metric]]\nname = \"Checked\"\ncolumn = \"all\"\naggregate = \"sum\"\n"
    );
    let metrics = (
        "metrics.csv",
        "date,metric,value,target,country\n\
        2026-11-18,bad,3,,US\n2026-11-18,all,100,90,US\n2026-11-18,bad,50,,DE\n2026-11-18,all,60,90,DE\n\
        2026-11-19,all,70,95,US\n2026-11-19,bad,,,US\n",
    );
    let (team, _) = Folder::new(&config, &[metrics]).load();
    let rate = &team.metrics[0].days;
    assert_eq!((rate[&day(2026, 11, 18)].sum, rate[&day(2026, 11, 18)].denominator), (3.0, 100.0));
    assert_eq!(rate[&day(2026, 11, 19)].count, 0, "a missing numerator is missing, never zero");
    assert_eq!(team.metrics[1].days[&day(2026, 11, 18)].sum, 160.0);
    let targets: Vec<f64> = team.metrics[1].targets.iter().map(|target| target.value).collect();
    assert_eq!(targets, [90.0, 95.0]);
    assert_eq!((team.sources[0].records, team.sources[0].read), (6, 6));
}

#[test]
fn numbers_with_percent_signs_are_percentages_unless_the_config_says_otherwise() {
    let file = ("data/metrics.csv", "date,Errors,Share,Feeds\n2026-11-19,0.6%,45%,3\n2026-11-20,0.5%,46%,4\n");
    let metrics = "[[source]]\ntable = \"metrics\"\nfile = \"data/metrics.csv\"\n[[metric]]\nname = \"Errors\"\n\
                   [[metric]]\nname = \"Share\"\nunit = \"of all\"\n[[metric]]\nname = \"Feeds\"\n";
    let (team, _) = Folder::new(metrics, &[file]).load();
    let units: Vec<Option<&str>> = team.metrics.iter().map(|metric| metric.unit.as_deref()).collect();
    assert_eq!(units, [Some("%"), Some("of all"), None]);
}

#[test]
fn without_a_metric_section_every_number_column_is_followed() {
    let metrics = ("metrics.csv", "date,Errors,Note,Lag\n2026-11-18,1.5,fine,3\n2026-11-19,2,,4\n");
    let (team, _) = Folder::new(METRICS, &[metrics]).load();
    assert_eq!(team.metrics.iter().map(|m| m.name.as_str()).collect::<Vec<_>>(), ["Errors", "Lag"]);
}

#[test]
fn a_metric_that_no_file_has_gets_did_you_mean() {
    let config = format!("{METRICS}[[metric]]\nname = \"Erors\"\n");
    let errors = Folder::new(&config, &[("metrics.csv", "date,Errors,Lag\n2026-11-18,1.5,3\n")]).errors();
    assert_eq!((errors.len(), errors[0].help.as_str()), (1, "did you mean \"Errors\"?"));
}

#[test]
fn a_bad_cell_stops_or_skips_its_row_as_configured() {
    let metrics = ("metrics.csv", "date,Errors\n2026-11-18,1.5\n2026-11-19,many\n2026-11-20,2\n");
    let errors = Folder::new(METRICS, &[metrics]).load_as_of(day(2026, 11, 20));
    // Without a [[metric]] a column of words is no metric; with one it is asked for.
    assert!(errors.is_ok());
    let config = format!("{METRICS}bad_rows = \"skip\"\n[[metric]]\nname = \"Errors\"\n");
    let (team, problems) = Folder::new(&config, &[metrics]).load();
    let known = team.metrics[0].days.values().filter(|day| day.count > 0).count();
    assert_eq!((known, team.sources[0].read, team.sources[0].skipped), (2, 2, 1));
    assert_eq!(problems[0].code, "bad-number");
    let config = format!("{METRICS}[[metric]]\nname = \"Errors\"\n");
    let errors = Folder::new(&config, &[metrics]).errors();
    let place = errors[0].place.as_ref().unwrap();
    assert_eq!((place.line, place.column), (3, 12));
}

#[test]
fn of_an_ask_the_newest_row_wins_and_a_later_answer_is_not_known_yet() {
    let asks = (
        "asks.csv",
        "id,asked_on,text,stage,status,answered_on,answer\n\
        A,2026-10-19,Two contracts,raised,open,,\nB,2026-10-28,A mentor,,open,,\n\
        A,2026-10-19,Two contracts,raised,granted,2026-11-13,Sign both\n",
    );
    let folder = Folder::of(&[asks]);
    let (team, _) = folder.load();
    assert_eq!(
        (team.asks.len(), team.asks[0].status, team.asks[0].answer.as_deref()),
        (2, AskStatus::Granted, Some("Sign both"))
    );
    assert_eq!(team.asks[1].stage, Stage::Private, "blank is private");
    let (team, _) = folder.load_as_of(day(2026, 11, 6)).unwrap();
    assert_eq!((team.asks[0].status, team.asks[0].answer.as_deref()), (AskStatus::Open, None));
}

#[test]
fn a_note_of_unknown_kind_is_a_concern_and_nothing_private_is_quoted() {
    let people = ("people.csv", "date,person,kind,text,raised_on\n2026-11-01,Mona,whisper,wants to leave,someday\n");
    // A date that can be done without is left out, with a word.
    let (_, problems) = Folder::of(&[people]).load();
    assert_eq!(problems.len(), 2);
    let all = format!("{problems:?}");
    assert!(
        !all.contains("Mona") && !all.contains("leave") && !all.contains("whisper") && !all.contains("someday"),
        "{all}"
    );

    let people = ("people.csv", "date,person,kind,text\n2026-11-01,Mona,whisper,wants to leave\n");
    let (team, problems) = Folder::of(&[people]).load();
    assert_eq!(team.people[0].kind, NoteKind::Concern);
    assert_eq!(problems[0].code, "unknown-word");
}

#[test]
fn wins_know_what_they_drive_and_keep_safe_links_only() {
    let wins = (
        "wins.csv",
        "date,text,kind,drives,link,people\n\
        2026-11-01,Feed live,dataset,,https://example.org/a,A. Osei; M. Laurent\n\
        2026-11-02,Party,morale,,javascript:alert(1),\n2026-11-03,Speed,speed,revenue,,\n",
    );
    let (team, problems) = Folder::of(&[wins]).load();
    let drives: Vec<Drives> = team.wins.iter().map(|w| w.drives).collect();
    assert_eq!(drives, [Drives::Revenue, Drives::Beyond, Drives::Revenue]);
    assert_eq!(team.wins[0].people, ["A. Osei", "M. Laurent"]);
    assert_eq!((team.wins[0].link.is_some(), team.wins[1].link.is_some()), (true, false));
    assert_eq!(problems[0].code, "bad-link");
}

#[test]
fn agreements_carry_the_new_date() {
    let agreements = (
        "agreements.csv",
        "date,objective,milestone,what,from,to,with\n\
        2026-10-23,SR,,scope,34 tasks,apac,Alex\n2026-11-13,,SR-2,date,2026-10-30,2026-11-27,Alex\n",
    );
    let (team, _) = Folder::of(&[OBJECTIVES, MILESTONES, agreements]).load();
    assert_eq!(team.agreements[0].what, About::Scope);
    assert_eq!(team.agreements[1].to_date, Some(day(2026, 11, 27)));
    assert_eq!(team.agreements[1].milestone, Some("SR-2".into()));
}

#[test]
fn a_file_that_is_not_there_is_named_with_its_neighbours() {
    let config = "[[source]]\ntable = \"tasks\"\nfile = \"data/jira.csv\"\n";
    let errors = Folder::new(config, &[("data/jra.csv", "key\n1\n")]).errors();
    assert_eq!(said(&errors), ["there is no file \"data/jira.csv\""]);
    assert_eq!(errors[0].help, "did you mean \"data/jra.csv\"?");
    assert_eq!(errors[0].place.as_ref().unwrap().line, 5);
}

#[test]
fn a_mapped_header_that_is_missing_gets_did_you_mean() {
    let config = "[[source]]\ntable = \"tasks\"\nfile = \"tasks.csv\"\n[source.columns]\nmilestone = \"Fix Version\"\n";
    let errors = Folder::new(config, &[("tasks.csv", "key,Fix versions\n1,a\n")]).errors();
    assert_eq!(errors[0].help, "did you mean \"Fix versions\"?");
}

#[test]
fn a_header_alone_is_an_empty_table() {
    let (team, problems) = Folder::of(&[("wins.csv", "date,text,kind\n"), ("asks.csv", "id,text\n")]).load();
    assert!(team.wins.is_empty() && team.asks.is_empty() && problems.is_empty());
    assert_eq!(team.sources[0].records, 0);
}

#[test]
fn a_metric_that_an_objective_or_event_misspells_is_warned_about() {
    let config = format!(
        "{METRICS}[[metric]]\nname = \"Update lag\"\ncolumn = \"Lag\"\n\
         [[source]]\ntable = \"objectives\"\nfile = \"objectives.csv\"\n[[source]]\ntable = \"events\"\nfile = \"events.csv\"\n"
    );
    let files = [
        ("metrics.csv", "date,Lag\n2026-11-18,3\n"),
        ("objectives.csv", "objective,metric\nFaster,lag\nBetter,Update lga\n"),
        ("events.csv", "date,metric,text\n2026-11-01,Update lag,Stream live\n2026-11-02,,Holiday\n"),
    ];
    let (team, problems) = Folder::new(&config, &files).load();
    assert_eq!(team.objectives[0].metric.as_deref(), Some("Update lag"), "by its column");
    assert_eq!((team.events[0].metric.as_deref(), team.events[1].metric.as_deref()), (Some("Update lag"), None));
    assert_eq!((problems.len(), problems[0].help.as_str()), (1, "did you mean \"Update lag\"?"));
}

#[test]
fn labels_and_flags_make_a_task_confidential() {
    let config = "[brief]\nconfidential_labels = [\"HR\"]\n[[source]]\ntable = \"tasks\"\nfile = \"tasks.csv\"\n";
    let tasks =
        ("tasks.csv", "key,title,labels,confidential\nA,One,\"ui, hr\",\nB,Two,ui,\nC,Three,,maybe\nD,Four,,no\n");
    let (team, problems) = Folder::new(config, &[tasks]).load();
    let confidential: Vec<bool> = team.tasks.iter().map(|task| task.confidential).collect();
    assert_eq!(confidential, [true, false, true, false], "in doubt a thing is confidential");
    assert_eq!(problems[0].code, "unknown-word");
}

#[test]
fn a_milestone_in_percent_and_one_in_shares_mean_the_same() {
    for cells in ["40%\n100%", "0.4\n1", "40\n100"] {
        let rows: Vec<&str> = cells.lines().collect();
        let text = format!("milestone,due,progress\nOne,2026-12-01,{}\nTwo,2026-12-02,{}\n", rows[0], rows[1]);
        let (team, _) = Folder::of(&[("milestones.csv", &text)]).load();
        assert_eq!((team.milestones[0].progress, team.milestones[1].progress), (Some(0.4), Some(1.0)), "{cells}");
    }
}

#[test]
fn only_the_types_that_count_are_work() {
    let config = "[[source]]\ntable = \"tasks\"\nfile = \"tasks.csv\"\ncounts = [\"Story\", \"Bug\"]\n";
    let tasks = ("tasks.csv", "key,title,type\nA,One,story\nB,Two,Chore\nC,Three,Bug\nD,Four,Epic\n");
    let (team, _) = Folder::new(config, &[tasks]).load();
    assert_eq!(team.tasks.iter().map(|task| task.counts).collect::<Vec<_>>(), [true, false, true, false]);
}

#[test]
fn an_export_of_exactly_a_thousand_rows_is_warned_about() {
    let rows: String = (0..1000).map(|row| format!("T-{row},Task {row}\n")).collect();
    let (_, problems) = Folder::of(&[("tasks.csv", &format!("key,title\n{rows}"))]).load();
    assert_eq!(problems[0].code, "cut-export");
}

#[test]
fn many_alike_problems_are_counted_and_not_listed() {
    let rows: String = (0..50).map(|row| format!("T-{row},Task {row},soon\n")).collect();
    let errors = Folder::of(&[("tasks.csv", &format!("key,title,due\nA,B,2026-11-01\n{rows}"))]).load().1;
    assert_eq!(errors.len(), 11, "{errors:?}");
    assert!(errors[10].message.starts_with("40 more: "), "{}", errors[10].message);
}

#[test]
fn periods_that_stand_as_columns_are_read() {
    let metrics = ("metrics.csv", "Metric,2026-09,2026-10,2026-11,2026-12\nErrors,3,2,1,\nLag,30,20,10,5\n");
    let config = format!("{METRICS}[[metric]]\nname = \"Lag\"\n");
    let (team, _) = Folder::new(&config, &[metrics]).load();
    let days: Vec<(NaiveDate, f64)> = team.metrics[0].days.iter().map(|(on, day)| (*on, day.sum)).collect();
    assert_eq!(
        days,
        [(day(2026, 9, 1), 30.0), (day(2026, 10, 1), 20.0), (day(2026, 11, 1), 10.0)],
        "December is not known yet"
    );
}

#[test]
fn banner_gives_what_could_be_read_beside_the_errors() {
    let config = "[brief]\non_error = \"banner\"\n[[source]]\ntable = \"tasks\"\nfile = \"tasks.csv\"\n[[source]]\ntable = \"wins\"\nfile = \"wins.csv\"\n";
    let (team, problems) = Folder::new(config, &[("tasks.csv", "key,title\nA,One\n")]).load();
    assert_eq!((team.tasks.len(), problems[0].code), (1, "no-file"));
}

#[test]
fn nothing_confidential_stands_in_a_problem() {
    let config = "[brief]\nconfidential_labels = [\"hr\"]\n[[source]]\ntable = \"tasks\"\nfile = \"tasks.csv\"\n\
        [[source]]\ntable = \"milestones\"\nfile = \"milestones.csv\"\n[[source]]\ntable = \"wins\"\nfile = \"wins.csv\"\n\
        [[source]]\ntable = \"asks\"\nfile = \"asks.csv\"\n";
    let files = [
        ("tasks.csv", "key,title,labels,due,status\nA,Replace Mona,hr (red),soon,Zzz\nB,Other,ui,2026-11-01,Zzz\n"),
        (
            "milestones.csv",
            "milestone,due,progress,confidential\nMona leaves,2026-12-01,much,yes\nOther,2026-12-02,50%,\n",
        ),
        ("wins.csv", "date,text,confidential\nsometime,Mona stays,yes\n2026-11-01,Other,\n"),
        ("asks.csv", "text,milestone\nAbout Mona,Mona leave\n"),
    ];
    let errors = Folder::new(config, &files).errors();
    assert_eq!(errors.iter().filter(|problem| problem.code == "bad-date").count(), 2, "{errors:#?}");
    assert!(!format!("{errors:?}").contains("Mona"), "{errors:#?}");
}

#[test]
fn milestones_of_one_name_are_told_apart_by_objective_and_one_id_of_two_names_is_warned_about() {
    let (team, problems) =
        Folder::of(&[("milestones.csv", "objective,milestone,due\nA,Launch,2026-12-01\nB,Launch,2026-12-02\n")]).load();
    assert_eq!((team.milestones.len(), problems.len()), (2, 0));
    let (team, problems) =
        Folder::of(&[("milestones.csv", "id,milestone,due\nM1,Schema,2026-12-01\nM1,Pilot,2026-12-02\n")]).load();
    assert_eq!((team.milestones.len(), team.milestones[0].name.as_str()), (1, "Pilot"));
    assert_eq!(problems[0].message, "this milestone has two names; the last row of an id wins");
}

#[test]
fn lists_are_taken_apart_however_they_are_written() {
    let tasks = (
        "tasks.csv",
        "key,title,labels\nA,One,\"a, b\"\nB,Two,a; b\nC,Three,\"[a,b]\"\nD,Four,\"[\"\"a\"\",\"\"b\"\"]\"\n",
    );
    let (team, _) = Folder::of(&[tasks]).load();
    assert!(team.tasks.iter().all(|task| task.labels == ["a", "b"]), "{:?}", team.tasks);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig {
        cases: 24, failure_persistence: None, ..proptest::prelude::ProptestConfig::default()
    })]

    /// A filter that every row passes takes the careful way through a file; without one it is the short way.
    #[test]
    fn long_metrics_are_the_same_by_the_short_way_and_the_careful_one(
        rows in proptest::collection::vec(
            "(2026-11-0[1-9]|2026-11-20|2026-12-01|n/a|),(Errors|errors |Uptime|other|),(1?[0-9]\\.[0-9]|[0-9]{1,3}|\\(5\\)|--|),([0-9]|),y\n",
            50..200,
        ),
        odd in proptest::collection::vec("(soon|1/2/26),Uptime,3,,y\n|2026-11-10,(Errors|other),bad,,y\n|2026-11-10,Uptime,2,low,y\n", 0..2),
        skip in proptest::bool::ANY,
    ) {
        let text = format!("date,metric,value,target,all\n{}{}", rows.concat(), odd.concat());
        let load = |filter: &str| {
            let metrics = ["Errors", "Uptime", "Errors"].iter().enumerate().map(|(n, name)| {
                format!("[[metric]]\nname = \"{n}\"\ncolumn = \"{name}\"\n{filter}\n")
            });
            let bad_rows = if skip { "skip" } else { "error" };
            let source = format!("[[source]]\ntable = \"metrics\"\nfile = \"metrics.csv\"\nbad_rows = \"{bad_rows}\"\n");
            let folder = Folder::new(&(source + &metrics.collect::<String>()), &[("metrics.csv", &text)]);
            let name = folder.0.path().display().to_string();
            let told = |problems: Vec<Problem>| format!("{problems:#?}").replace(&name, "");
            match folder.load_as_of(day(2026, 11, 20)) {
                Ok((team, problems)) => Ok((format!("{:#?} {:#?}", team.metrics, team.sources), told(problems))),
                Err(problems) => Err(told(problems)),
            }
        };
        proptest::prop_assert_eq!(load("# no filter"), load("where = { all = \"y\" }"));
    }
}

/// Two tables on one sheet, exported side by side: the names that the config asks for say which is read.
#[test]
fn of_tables_side_by_side_the_one_is_read_whose_columns_are_named() {
    let sheet = "Who,Hours,,Day,Errors\nAnn,3,,2026-11-02,12\nBob,4,,2026-11-09,15\n,,,2026-11-16,7\n";
    let config = "[[source]]\ntable = \"metrics\"\nfile = \"sheet.csv\"\n[source.columns]\ndate = \"Day\"\n\
                  [[metric]]\nname = \"Errors\"\n";
    let (team, problems) = Folder::new(config, &[("sheet.csv", sheet)]).load();
    let values: Vec<f64> = team.metrics[0].days.values().map(|day| day.sum).collect();
    assert_eq!(values, [12.0, 15.0, 7.0]);
    assert_eq!((team.sources[0].records, team.sources[0].skipped), (3, 0));
    let beside: Vec<&Problem> = problems.iter().filter(|problem| problem.code == "table-beside").collect();
    assert_eq!(beside.len(), 1, "the other one is said: {problems:?}");
    assert_eq!(beside[0].severity, Severity::Warning);
}

/// The metric "Revenue" of files of one [[source]], read as one.
fn revenue(files: &[(&str, &str)]) -> (Vec<f64>, Vec<Problem>) {
    let config = "[[source]]\ntable = \"metrics\"\nfile = \"m*.csv\"\n[[metric]]\nname = \"Revenue\"\n";
    let (team, problems) = Folder::new(config, files).load();
    (team.metrics[0].days.values().map(|day| day.sum).collect(), problems)
}

const WIDE: (&str, &str) = ("m1.csv", "Date,Revenue\n2026-11-16,10\n2026-11-17,20\n2026-11-18,30\n");
const LONG: (&str, &str) = (
    "m1.csv",
    "date,metric,value\n2026-11-16,Revenue,10\n2026-11-17,Revenue,15\n2026-11-17,Revenue,5\n2026-11-18,Revenue,30\n",
);

#[test]
fn a_day_of_a_metric_that_a_second_export_repeats_counts_once() {
    let later = ("m2.csv", "Date,Revenue\n2026-11-17,20\n2026-11-18,30\n2026-11-19,40\n");
    let later_long = (
        "m2.csv",
        "date,metric,value\n2026-11-17,Revenue,15\n2026-11-17,Revenue,5\n2026-11-18,Revenue,30\n2026-11-19,Revenue,40\n",
    );
    for files in [[WIDE, later], [LONG, later_long]] {
        let (values, problems) = revenue(&files);
        assert_eq!(values, [10.0, 20.0, 30.0, 40.0]);
        assert_eq!(problems.iter().map(|p| p.code).collect::<Vec<_>>(), ["repeated-day"]);
        assert!(problems[0].message.contains("m2.csv repeats 2 days from 2026-11-17 to 2026-11-18 of"), "{problems:?}");
    }
}

#[test]
fn of_two_values_of_a_day_the_one_of_the_export_that_reaches_further_counts() {
    // The name of the newer file comes first: its days say that it is the newer.
    let newer = ("m0.csv", "Date,Revenue\n2026-11-17,20\n2026-11-18,33\n2026-11-19,40\n");
    for older in [WIDE, LONG] {
        let (values, problems) = revenue(&[older, ("m0.csv", newer.1)]);
        if older == WIDE {
            assert_eq!(values, [10.0, 20.0, 33.0, 40.0]);
            let told = problems.iter().find(|p| p.message.contains("something else")).unwrap();
            let place = told.place.as_ref().unwrap();
            let excerpt = place.excerpt.as_ref().unwrap();
            assert_eq!((place.line, &excerpt.text[excerpt.start..excerpt.start + excerpt.len]), (3, "33"));
            assert!(told.message.contains("m1.csv of 2026-11-18"), "{}", told.message);
        } else {
            assert_eq!(values.last(), Some(&40.0));
        }
    }
}

#[test]
fn files_that_share_their_days_and_not_their_values_are_parts_of_one_whole() {
    let other_region = ("m2.csv", "Date,Revenue\n2026-11-16,1\n2026-11-17,2\n2026-11-18,3\n");
    let (values, problems) = revenue(&[WIDE, other_region]);
    assert_eq!(values, [11.0, 22.0, 33.0]);
    assert_eq!(problems.len(), 1);
    assert!(problems[0].message.ends_with("they are added"), "{}", problems[0].message);
}

#[test]
fn the_parts_of_a_ratio_may_stand_in_two_files() {
    let config = "[[source]]\ntable = \"metrics\"\nfile = \"m*.csv\"\n\
                  [[metric]]\nname = \"Rate\"\naggregate = \"ratio\"\nnumerator = \"Bad\"\ndenominator = \"All\"\n";
    let files = [
        ("m1.csv", "date,metric,value\n2026-11-16,Bad,1\n2026-11-17,Bad,2\n"),
        ("m2.csv", "date,metric,value\n2026-11-16,All,10\n2026-11-17,All,20\n"),
    ];
    let (team, problems) = Folder::new(config, &files).load();
    assert_eq!(said(&problems), [""; 0]);
    assert_eq!(
        team.metrics[0].days.values().map(|d| (d.sum, d.denominator)).collect::<Vec<_>>(),
        [(1.0, 10.0), (2.0, 20.0)]
    );
}

#[test]
fn a_file_that_two_sources_name_is_read_once() {
    let twice =
        "[[source]]\ntable = \"metrics\"\nfile = \"m1.csv\"\n[[source]]\ntable = \"metrics\"\nfile = \"m*.csv\"\n";
    let (team, problems) = Folder::new(twice, &[WIDE]).load();
    assert_eq!(team.metrics[0].days.values().map(|day| day.sum).collect::<Vec<_>>(), [10.0, 20.0, 30.0]);
    assert_eq!(problems.iter().map(|p| p.code).collect::<Vec<_>>(), ["repeated-file"]);
    assert_eq!(problems[0].place.as_ref().unwrap().line, 8);
}

#[test]
fn a_win_of_the_same_day_and_text_is_one_win_and_stays_confidential() {
    let wins = (
        "wins.csv",
        "date,text,confidential\n2026-11-16,Shipped the feed,yes\n2026-11-16,Shipped the Feed,\n2026-11-17,Shipped the feed,\n2026-11-16,Shipped the map,\n",
    );
    let (team, problems) = Folder::of(&[wins]).load();
    // On another day it is another win, and its text is confidential all the same.
    assert_eq!(team.wins.iter().map(|win| win.confidential).collect::<Vec<_>>(), [true, true, false]);
    assert_eq!(problems.iter().map(|p| p.code).collect::<Vec<_>>(), ["repeated-win"]);
    let place = problems[0].place.as_ref().unwrap();
    assert_eq!((place.line, &place.excerpt), (3, &None), "its text may be that of a confidential one");
}

#[test]
fn a_task_that_was_closed_undone_is_dropped_in_any_language_and_an_unknown_reason_is_said() {
    let words = ["Wird nicht ausgeführt", "Nicht reproduzierbar", "Ne sera pas traité", "No se hará", "Abandoned"];
    let done = ["Fertig", "Behoben", "Résolu", "Eingelagert", "Eingelagert"];
    let rows = words.iter().chain(&done).enumerate();
    let rows: String = rows.map(|(at, word)| format!("T-{at},a,Done,{word},2026-11-18\n")).collect();
    let (team, problems) =
        Folder::of(&[("tasks.csv", &format!("key,title,status,resolution,done_on\n{rows}T-x,a,Open,Später,\n"))])
            .load();
    let dropped = team.tasks.iter().filter(|task| task.status == TaskStatus::Dropped).count();
    let finished = team.tasks.iter().filter(|task| task.status == TaskStatus::Done).count();
    assert_eq!((dropped, finished), (words.len(), done.len()));
    assert_eq!(said(&problems), ["a resolution is not known; 2 tasks that have it count as done"]);
    assert_eq!(problems[0].code, "unmapped-resolution");
    assert!(problems[0].help.ends_with("[source.values.resolution]\ndropped = [\"Eingelagert\"]"));
    let place = problems[0].place.as_ref().unwrap();
    let excerpt = place.excerpt.as_ref().unwrap();
    assert_eq!((place.line, &excerpt.text[excerpt.start..excerpt.start + excerpt.len]), (10, "Eingelagert"));
}

#[test]
fn signs_around_a_known_word_do_not_hide_it() {
    let tasks = "key,title,status\nT-1,a,✅ Done\nT-2,b,🟡 Doing\nT-3,c,❌ Cancelled\nT-4,d,(to do)\n";
    let (team, problems) = Folder::of(&[("tasks.csv", tasks)]).load();
    assert_eq!(said(&problems), [""; 0]);
    let statuses: Vec<TaskStatus> = team.tasks.iter().map(|task| task.status).collect();
    assert_eq!(statuses, [TaskStatus::Done, TaskStatus::Doing, TaskStatus::Dropped, TaskStatus::Todo]);
}

#[test]
fn a_card_that_was_put_away_undone_is_no_open_work() {
    let cards = "Card ID,Card Name,List Name,List ID,Archived,Due Complete\n\
                 c1,Old,To Do,l1,true,false\nc2,Written,Doing,l2,true,true\nc3,New,To Do,l1,false,false\nc4,Out,Done,l3,true,false\n";
    let (team, problems) = Folder::of(&[("tasks.csv", cards)]).load();
    assert_eq!(said(&problems), [""; 0]);
    let statuses: Vec<TaskStatus> = team.tasks.iter().map(|task| task.status).collect();
    assert_eq!(statuses, [TaskStatus::Dropped, TaskStatus::Done, TaskStatus::Todo, TaskStatus::Done]);
}

#[test]
fn of_two_columns_of_one_name_the_first_is_read_and_the_second_said() {
    let (team, problems) =
        Folder::of(&[("metrics.csv", "Date,Sales,Sales\n2026-11-16,10,99\n2026-11-17,20,98\n")]).load();
    assert_eq!(team.metrics[0].days.values().map(|day| day.sum).collect::<Vec<_>>(), [10.0, 20.0]);
    assert_eq!(problems.iter().map(|p| p.code).collect::<Vec<_>>(), ["repeated-column"]);
    assert!(problems[0].message.ends_with("column 2 is read, 3 is not"), "{}", problems[0].message);
    assert!(problems[0].help.ends_with("column = \"3\""), "{}", problems[0].help);
}

#[test]
fn the_newest_row_of_a_log_moves_a_date() {
    let log = "id,milestone,due,as_of\nM1,Beta,2026-12-01,2026-11-02\nM1,Beta,2026-12-15,2026-11-16\n";
    let (team, problems) = Folder::of(&[("milestones.csv", log)]).load();
    let beta = &team.milestones[0];
    assert_eq!((beta.due, beta.original), ("2026-12-15".parse().ok(), "2026-12-01".parse().ok()), "{problems:?}");
}

#[test]
fn a_milestone_whose_dates_cannot_be_read_is_an_error_one_of_two_is_a_warning() {
    let file = |dates: &str| {
        Folder::of(&[(
            "milestones.csv",
            &format!("objective,milestone,agreed_due,due\nA,Gamma,2026-12-01,2026-12-01\nA,Beta,{dates}\n"),
        )])
    };
    let (team, problems) = file("2026-13-45,2026-12-01").load();
    assert_eq!((team.milestones.len(), problems.len()), (2, 1), "{problems:?}");
    let problems = file("2026-13-45,2026-13-45").errors();
    assert_eq!(problems.iter().filter(|problem| problem.severity == Severity::Error).count(), 1, "{problems:?}");
}
