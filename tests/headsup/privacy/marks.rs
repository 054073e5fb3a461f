//! Tests that a mark applies whatever else is wrong with its row: the row cannot be read, is skipped, or is a summary
//! of others. The word SECRET must not be in a copy that must not show it, nor in a log.

use super::attacks::{assert_silent, copy, team};
use super::logged;

const TASKS: &str = "key,title,status,milestone,objective,parent,created,done_on,labels\n";
const OBJECTIVES: &str = "id,objective,confidential\no1,Openness,\n";

/// Creates the team twice, with the two ways in which the config can skip rows with errors.
fn leniently(sources: &[(&str, &str)], files: &[(&str, &str)]) -> [tempfile::TempDir; 2] {
    let labels = "[brief]\nconfidential_labels = [\"hr\"]\n";
    let banner = team(&format!("{labels}on_error = \"banner\""), sources, files);
    let skip = team(labels, sources, files);
    let path = skip.path().join("headsup.toml");
    let config = std::fs::read_to_string(&path).unwrap().replace("[[source]]", "[[source]]\nbad_rows = \"skip\"");
    std::fs::write(path, config).unwrap();
    [banner, skip]
}

#[test]
fn a_task_that_cannot_be_read_marks_its_children_and_its_key() {
    // There is no objective called Nowhere, which is an error of the row.
    for parent in ["A-0", "10118", "the epic", "#a 0", "X-1, A-0"] {
        let tasks = format!(
            "{TASKS}A-0,The epic,doing,,Nowhere,,2026-10-05,,hr\nA-1,SECRET child,done,,,\"{parent}\",2026-10-05,2026-11-18,\nA-2,SECRET below,doing,,,A-1,2026-11-05,,\n"
        );
        let tasks = if parent == "10118" {
            tasks
                .replacen("key,", "key,id,", 1)
                .replace("A-0,The", "A-0,10118,The")
                .replace(",SECRET child", ",1,SECRET child")
                .replace(",SECRET below", ",2,SECRET below")
        } else {
            tasks
        };
        let sources = [("tasks", "data/tasks.csv"), ("objectives", "data/o.csv")];
        for dir in leniently(&sources, &[("data/tasks.csv", &tasks), ("data/o.csv", OBJECTIVES)]) {
            assert_silent(dir.path(), &["shared", "boss"]);
            let log = logged(dir.path(), &["check", dir.path().to_str().unwrap(), "--as-of", "2026-11-20"]);
            assert!(!log.contains("SECRET"), "{parent}: {log}");
        }
    }
}

#[test]
fn an_unreadable_milestone_or_objective_marks_rows_that_name_it() {
    let milestones = "id,objective,milestone,due,aliases,confidential\nm1,o1,Open,2026-12-11,,\nm2,Nowhere,Hidden step,2026-12-11,hid,yes\n";
    let tasks = format!(
        "{TASKS}B-0,SECRET by id,doing,m2,,,2026-10-05,,\nB-1,SECRET by name,doing,Hidden Step,,,2026-10-05,,\nB-2,SECRET by alias,doing,,,,2026-10-05,,hid\nB-3,SECRET of objective,doing,,o2,,2026-10-05,,\nB-4,SECRET below,doing,,,B-0,2026-10-05,,\n"
    );
    let asks = "id,asked_on,text,stage,status,milestone,objective\n1,2026-11-10,SECRET ask,raised,open,m2,\n2,2026-11-10,SECRET other,raised,open,,o2\n";
    let wins = "date,text,kind,objective\n2026-11-18,SECRET win,feature,o2\n";
    let risks = "id,risk,likelihood,impact,objective\nR-1,SECRET risk,3,3,o2\n";
    let objectives = format!("{OBJECTIVES}o2,,yes\n");
    let sources = [
        ("tasks", "data/tasks.csv"),
        ("objectives", "data/o.csv"),
        ("milestones", "data/m.csv"),
        ("asks", "data/a.csv"),
        ("wins", "data/w.csv"),
        ("risks", "data/r.csv"),
    ];
    let files = [
        ("data/tasks.csv", tasks.as_str()),
        ("data/o.csv", &objectives),
        ("data/m.csv", milestones),
        ("data/a.csv", asks),
        ("data/w.csv", wins),
        ("data/r.csv", risks),
    ];
    for dir in leniently(&sources, &files) {
        assert_silent(dir.path(), &["shared"]);
        let log = logged(dir.path(), &["check", dir.path().to_str().unwrap(), "--as-of", "2026-11-20"]);
        assert!(!log.contains("SECRET") && !log.contains("Hidden step"), "{log}");
    }
}

#[test]
fn unreadable_events_and_agreements_mark_rows_of_the_same_item() {
    let events = "date,text,kind,confidential\nsomeday,SECRET move,,yes\n2026-11-17,SECRET move,,\n";
    let agreements =
        "date,objective,milestone,what,from,to,with,confidential\n2026-11-18,o1,,wording,,SECRET words,x,\n";
    let metrics =
        "date,metric,value\n2026-11-01,Tickets closed,5\n2026-11-08,Tickets closed,6\n2026-11-15,Tickets closed,7\n";
    let sources = [
        ("tasks", "data/tasks.csv"),
        ("objectives", "data/o.csv"),
        ("events", "data/e.csv"),
        ("agreements", "private/g.csv"),
        ("metrics", "data/me.csv"),
    ];
    let files =
        [("data/o.csv", OBJECTIVES), ("data/e.csv", events), ("private/g.csv", agreements), ("data/me.csv", metrics)];
    for dir in leniently(&sources, &files) {
        assert_silent(dir.path(), &["shared"]);
    }
}

#[test]
fn a_confidential_summary_of_a_plan_hides_the_rows_below_it() {
    for (header, rows) in [
        (
            "wbs,title,status,created,confidential",
            ["1,SECRET phase,doing,2026-10-05,yes", "1.1,SECRET step,doing,2026-10-05,"],
        ),
        (
            "title,outline_level,status,created,labels",
            ["SECRET phase,1,doing,2026-10-05,hr", "SECRET step,2,doing,2026-10-05,"],
        ),
        (
            "title,outline_level,status,created,is_active,confidential",
            ["SECRET step,1,doing,2026-10-05,no,yes", "SECRET step,1,doing,2026-10-05,yes,"],
        ),
    ] {
        let last = if header.contains("wbs") { "2,Open,doing,2026-10-05," } else { "Open,1,doing,2026-10-05," };
        let plan = format!("{header}\n{}\n{}\n{last}\n", rows[0], rows[1]);
        for dir in leniently(&[("tasks", "data/tasks.csv")], &[("data/tasks.csv", &plan)]) {
            if !header.contains("is_active") {
                assert_silent(dir.path(), &["shared", "boss"]);
            }
            let log = logged(dir.path(), &["check", dir.path().to_str().unwrap(), "--as-of", "2026-11-20"]);
            assert!(!log.contains("SECRET"), "{log}");
        }
    }
}

#[test]
fn no_log_quotes_a_row_that_another_one_marks() {
    let header = "key,title,status,parent,created,due,done_on,labels\n";
    let tasks = format!(
        "{header}A-0,Epic,doing,,2026-10-05,,,hr\nA-1,SECRET child,SECRET state,A-0,SECRET day,SECRET due,,\nA-2,x,SECRET state,A-0,2026-10-05,2026-12-01,,\nT-1,Open,doing,,2026-10-05,2026-12-01,,\nT-2,Other,doing,,2026-10-06,2026-12-02,,\n"
    );
    let people = "date,person,kind,text\n2026-11-10,Ada,highlight,fine\n,SECRET total,,\n,,,SECRET note at the end\nwhen,SECRET,odd,SECRET text\n";
    let goals = "goal,who,SECRET column,date\nSECRET goal,somebody,x,not a day\n";
    let sources = [("tasks", "data/tasks.csv"), ("people", "data/p.csv"), ("goals", "private/g.csv")];
    let files = [("data/tasks.csv", tasks.as_str()), ("data/p.csv", people), ("private/g.csv", goals)];
    for dir in leniently(&sources, &files) {
        let base = dir.path().to_str().unwrap();
        for args in [
            vec!["check", base, "--as-of", "2026-11-20"],
            vec!["check", base, "--as-of", "2026-11-20", "--format", "json"],
            vec!["render", base, "--as-of", "2026-11-20", "--for", "me", "--format", "json"],
            vec!["week", base, "--as-of", "2026-11-20", "--yes"],
        ] {
            let log = logged(dir.path(), &args);
            assert!(!log.contains("SECRET"), "{args:?}: {log}");
        }
    }
}

#[test]
fn a_column_of_yes_and_no_about_secrecy_marks_its_rows() {
    for header in
        ["is_confidential", "Конфиденциально", "机密", "Sensitive", "Internal only", "Vertraulich?", "Privado"]
    {
        let wins =
            format!("date,text,kind,{header}\n2026-11-18,SECRET win,feature,yes\n2026-11-18,Open win,feature,\n");
        let dir = team("", &[("tasks", "data/tasks.csv"), ("wins", "data/w.csv")], &[("data/w.csv", &wins)]);
        assert_silent(dir.path(), &["shared"]);
    }
}

#[test]
fn a_level_of_visibility_marks_its_rows() {
    for (header, secret, open) in [
        ("Visibility", "Confidential", "Public"),
        ("Data classification", "strictly confidential", "internal"),
        ("Sichtbarkeit", "Vertraulich", "alle"),
        ("Confidentiality level", "restricted", "none"),
        ("Visibilité", "Confidentiel", "Publique"),
    ] {
        let wins = format!(
            "date,text,kind,{header}\n2026-11-18,SECRET win,feature,{secret}\n2026-11-18,Open win,feature,{open}\n"
        );
        let dir = team("", &[("tasks", "data/tasks.csv"), ("wins", "data/w.csv")], &[("data/w.csv", &wins)]);
        assert_silent(dir.path(), &["shared"]);
        let shared = copy(dir.path(), "shared");
        assert!(shared.contains("Open win"), "{header}: {shared}");
    }
}

#[test]
fn ids_with_the_same_number_are_the_same_item() {
    let asks = "id,asked_on,text,stage,status,confidential\n";
    for (one, other) in [("1", "01"), ("A-1", "＃Ａ－01")] {
        let rows = [
            format!("{one},2026-11-10,SECRET ask,raised,open,yes\n"),
            format!("{other},2026-11-11,SECRET words,raised,open,\n"),
        ];
        for text in [rows.concat(), [rows[1].as_str(), &rows[0]].concat()] {
            let file = format!("{asks}{text}");
            let dir = team("", &[("tasks", "data/tasks.csv"), ("asks", "data/a.csv")], &[("data/a.csv", &file)]);
            assert_silent(dir.path(), &["shared"]);
        }
    }
}

#[test]
fn an_error_of_the_config_hides_the_name_of_a_private_file() {
    for file in ["data/../private/SECRET.csv", "private/SECRETgone.csv", "private/SECRET*.csv", "/private/SECRET.csv"] {
        let dir = team("", &[("tasks", "data/tasks.csv"), ("asks", file)], &[]);
        let log = logged(dir.path(), &["check", dir.path().to_str().unwrap(), "--as-of", "2026-11-20"]);
        assert!(!log.contains("SECRET"), "{file}: {log}");
    }
}
