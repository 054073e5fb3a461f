//! Tests of files, columns and rows that are missing or cannot be read, and of their problems.

use super::*;

#[test]
fn a_bad_cell_stops_or_skips_its_row_as_configured() {
    let metrics = ("metrics.csv", "date,Errors\n2026-11-18,1.5\n2026-11-19,many\n2026-11-20,2\n");
    let errors = Folder::new(METRICS, &[metrics]).load_as_of(day(2026, 11, 20));
    // Without a [[metric]], a column of words is not a metric; with one, its values are required.
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
fn a_missing_file_is_reported_with_other_files_in_its_folder() {
    let config = "[[source]]\ntable = \"tasks\"\nfile = \"data/jira.csv\"\n";
    let errors = Folder::new(config, &[("data/jra.csv", "key\n1\n")]).errors();
    assert_eq!(said(&errors), ["there is no file \"data/jira.csv\""]);
    assert_eq!(errors[0].help, "did you mean \"data/jra.csv\"?");
    assert_eq!(errors[0].place.as_ref().unwrap().line, 5);
}

#[test]
fn a_clone_without_its_private_folder_is_read() {
    let config = "[[source]]\ntable = \"tasks\"\nfile = \"tasks.csv\"\n\
        [[source]]\ntable = \"asks\"\nfile = \"private/asks.csv\"\n";
    let tasks = ("tasks.csv", "key,title,status\n1,Build,open\n");
    let (team, problems) = Folder::new(config, &[tasks]).load();
    assert_eq!((team.tasks.len(), team.asks.len()), (1, 0));
    assert!(problems.iter().any(|problem| problem.code == "private-elsewhere"));
    // Where the folder is, a missing file is an error.
    let errors = Folder::new(config, &[tasks, ("private/goals.csv", "goal\n")]).errors();
    assert_eq!(errors[0].code, "no-file");
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
fn an_export_of_exactly_a_thousand_rows_is_warned_about() {
    let rows: String = (0..1000).map(|row| format!("T-{row},Task {row}\n")).collect();
    let (_, problems) = Folder::of(&[("tasks.csv", &format!("key,title\n{rows}"))]).load();
    assert_eq!(problems[0].code, "cut-export");
}

#[test]
fn many_similar_problems_are_counted_and_not_listed() {
    let rows: String = (0..50).map(|row| format!("T-{row},Task {row},soon\n")).collect();
    let errors = Folder::of(&[("tasks.csv", &format!("key,title,due\nA,B,2026-11-01\n{rows}"))]).load().1;
    assert_eq!(errors.len(), 11, "{errors:?}");
    assert!(errors[10].message.starts_with("40 more: "), "{}", errors[10].message);
}

#[test]
fn banner_returns_readable_data_with_the_errors() {
    let config = "[brief]\non_error = \"banner\"\n[[source]]\ntable = \"tasks\"\nfile = \"tasks.csv\"\n[[source]]\ntable = \"wins\"\nfile = \"wins.csv\"\n";
    let (team, problems) = Folder::new(config, &[("tasks.csv", "key,title\nA,One\n")]).load();
    assert_eq!((team.tasks.len(), problems[0].code), (1, "no-file"));
}

#[test]
fn nothing_confidential_is_in_a_problem() {
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
fn a_file_that_two_sources_name_is_read_once() {
    let twice =
        "[[source]]\ntable = \"metrics\"\nfile = \"m1.csv\"\n[[source]]\ntable = \"metrics\"\nfile = \"m*.csv\"\n";
    let (team, problems) = Folder::new(twice, &[WIDE]).load();
    assert_eq!(team.metrics[0].days.values().map(|day| day.sum).collect::<Vec<_>>(), [10.0, 20.0, 30.0]);
    assert_eq!(problems.iter().map(|p| p.code).collect::<Vec<_>>(), ["repeated-file"]);
    assert_eq!(problems[0].place.as_ref().unwrap().line, 8);
}

#[test]
fn the_first_of_two_columns_with_one_name_is_read_and_the_second_reported() {
    let (team, problems) =
        Folder::of(&[("metrics.csv", "Date,Sales,Sales\n2026-11-16,10,99\n2026-11-17,20,98\n")]).load();
    assert_eq!(team.metrics[0].days.values().map(|day| day.sum).collect::<Vec<_>>(), [10.0, 20.0]);
    assert_eq!(problems.iter().map(|p| p.code).collect::<Vec<_>>(), ["repeated-column"]);
    assert!(problems[0].message.ends_with("column 2 is read, 3 is not"), "{}", problems[0].message);
    assert!(problems[0].help.ends_with("column = \"3\""), "{}", problems[0].help);
}
