//! Marks of secrecy in columns of levels, beside odd cells, of metrics and in exports for a new team.

use super::attacks::{ASKS, assert_silent, copy, team};
use super::{logged, printed};

const WINS: &[(&str, &str)] = &[("tasks", "data/tasks.csv"), ("wins", "data/wins.csv")];

#[test]
fn a_word_of_secrecy_anywhere_in_a_level_marks_its_row() {
    let levels = [
        "Highly Confidential",
        "Top secret",
        "Company confidential",
        "Very sensitive",
        "Sehr vertraulich",
        "Très confidentiel",
        "4 - Confidential",
        "C3 / Confidential",
        "HR only",
        "not public",
        "TLP:RED",
    ];
    let rows: String = levels.iter().map(|level| format!("2026-11-18,SECRET {level},feature,{level}\n")).collect();
    let wins = format!("date,text,kind,Sensitivity\n{rows}2026-11-18,Open win,feature,Public\n");
    let jira = "Summary,Issue key,Issue id,Issue Type,Status,Created,Security Level\n\
        Open,P-1,1,Task,In Progress,05/Oct/26 9:00 AM,\nSECRET,P-2,2,Task,In Progress,13/Oct/26 9:00 AM,Management team\n";
    let dir = team("", WINS, &[("data/wins.csv", &wins), ("data/tasks.csv", jira)]);
    assert_silent(dir.path(), &["shared"]);
    assert!(copy(dir.path(), "shared").contains("Open win"));
}

#[test]
fn odd_and_missing_cells_do_not_take_marks_away() {
    let odd = "date,text,kind,Secret\n2026-11-18,SECRET 1,feature,yes\n2026-11-18,SECRET 2,feature,until May\n2026-11-18,Open win,feature,no\n";
    let short = "date,text,kind,confidential\n2026-11-18,SECRET 1,yes\n2026-11-18,SECRET 2,\"feature,yes\"\n2026-11-18,Open win,feature,\n";
    for wins in [odd, short] {
        let dir = team("[brief]\non_error = \"banner\"", WINS, &[("data/wins.csv", wins)]);
        assert_silent(dir.path(), &["shared"]);
        assert!(copy(dir.path(), "shared").contains("Open win"));
    }
}

#[test]
fn a_mark_on_a_metric_holds_in_every_file() {
    let marked = "date,metric,value,confidential\n2026-11-01,SECRET pay,70,yes\n2026-11-08,SECRET pay,71,yes\n2026-11-15,SECRET pay,72,yes\n";
    let plain = marked.replace(",confidential", "").replace(",yes", "");
    let open = "date,secret-Pay,Calls\n2026-11-01,4,5\n2026-11-08,5,6\n2026-11-15,5,6\n".replace("secret", "SECRET");
    for (file, text) in [("data/m1.csv", marked), ("private/m1.csv", plain.as_str())] {
        let sources = [("tasks", "data/tasks.csv"), ("metrics", file), ("metrics", "data/m2.csv")];
        let dir = team("", &sources, &[(file, text), ("data/m2.csv", &open)]);
        assert_silent(dir.path(), &["shared"]);
        assert!(copy(dir.path(), "shared").contains("Calls"));
    }
}

#[test]
#[cfg(unix)]
fn a_private_export_stays_private_in_a_new_team() {
    use std::os::unix::fs::PermissionsExt as _;
    let asks = format!("{ASKS}1,2026-11-10,SECRET lay-offs,w,raised,open,,,,,,\n");
    let dir = team("", &[("asks", "private/asks.csv")], &[("private/asks.csv", &asks)]);
    let (new, base) = (dir.path().join("new"), dir.path());
    let [tasks, private] = ["data/tasks.csv", "private/asks.csv"].map(|file| base.join(file).display().to_string());
    let said = printed(&["init", new.to_str().unwrap(), "--from", &tasks, &private, "--as-of", "2026-11-20"]);
    assert!(!new.join("data/asks.csv").exists(), "{said}");
    let copied = new.join("private/asks.csv");
    assert_eq!(std::fs::read_to_string(&copied).unwrap(), asks);
    assert_eq!(std::fs::metadata(&copied).unwrap().permissions().mode() & 0o777, 0o600);
    assert_silent(&new, &["shared"]);
}

#[test]
fn an_inspection_in_a_log_holds_no_cell() {
    let people =
        "date,person,kind,text\n2026-11-10,SECRET person,concern,SECRET concern\nSECRET,SECRET,SECRET,SECRET\n";
    let dir = team("", &[], &[("data/people.csv", people)]);
    let file = dir.path().join("data/people.csv");
    for format in ["text", "json", "csv"] {
        let said = logged(dir.path(), &["inspect", file.to_str().unwrap(), "--format", format]);
        assert!(!said.contains("SECRET") && !said.is_empty(), "{said}");
        assert_eq!(said.contains("person"), format != "csv", "{said}");
    }
}

#[test]
fn what_names_a_confidential_item_in_any_way_is_withheld() {
    // Without a table of objectives.
    let tasks =
        "key,title,status,objective,created\nT1,Open,doing,,2026-11-01\nT2,SECRET task,doing,SECRET step,2026-11-01\n";
    let milestones = "id,milestone,due,confidential\nm1,Open,2026-12-11,\nsx,SECRET step,2026-12-15,yes\n";
    let wins = "date,text,kind,objective\n2026-11-18,SECRET win,feature,SECRET step\n";
    let sources = [
        ("tasks", "data/tasks.csv"),
        ("milestones", "data/m.csv"),
        ("wins", "data/w.csv"),
        ("objectives", "data/o.csv"),
    ];
    let dir = team("", &sources[..3], &[("data/tasks.csv", tasks), ("data/m.csv", milestones), ("data/w.csv", wins)]);
    assert_silent(dir.path(), &["shared"]);
    // As a parent, a milestone, a label and a sprint.
    let tasks = "key,title,status,milestone,parent,created,labels,sprint\nT1,Open task,doing,,,2026-11-01,,\n\
        T2,SECRET parent,doing,,Aim,2026-11-01,,\nT3,SECRET milestone,doing,Aim,,2026-11-01,,\nT4,SECRET id,doing,,,2026-11-01,sx,\n\
        T5,SECRET sprint,doing,,,2026-11-01,,Hidden\nT6,SECRET label,doing,,,2026-11-01,Aim,\nT7,SECRET id,doing,,o9,2026-11-01,,\n";
    let milestones = "id,milestone,due,objective,confidential\nm1,Open,2026-12-11,,\nsx,Hidden,2026-12-15,,yes\n";
    let objectives = "id,objective,confidential\no9,Aim,yes\n";
    let files = [
        ("data/tasks.csv", tasks),
        ("data/m.csv", milestones),
        ("data/o.csv", objectives),
        ("data/w.csv", "date,text,kind\n"),
    ];
    let dir = team("", &sources, &files);
    assert_silent(dir.path(), &["shared"]);
    assert!(copy(dir.path(), "shared").contains("Open task"));
}

#[test]
fn tasks_below_a_labelled_one_in_a_tree_of_titles_are_only_counted() {
    let tasks = "ID,Work Item Type,Title 1,Title 2,Assigned To,State,Tags,Created Date,Closed Date\n\
        1,Feature,SECRET f,,A,Active,x; HR,2026-10-01,\n2,Task,,SECRET a,A,Active,,2026-10-01,\n\
        3,Feature,Open,,A,Active,,2026-10-01,\n4,Task,,Open task,A,Active,,2026-10-01,\n";
    let dir =
        team("[brief]\nconfidential_labels = [\"hr\"]", &[("tasks", "data/tasks.csv")], &[("data/tasks.csv", tasks)]);
    assert_silent(dir.path(), &["shared", "boss"]);
    assert!(copy(dir.path(), "shared").contains("Open task"));
}

#[test]
fn no_text_beside_quotes_a_withheld_ask() {
    let asks = "id,asked_on,text,why,stage,status\nA-7,2026-11-10,Replace the Berlin supplier Acme,cost,private,open\n\
        A-8,2026-11-10,A tester,SECRET the Berlin supplier Acme is replaced,raised,open\n";
    let risks = "id,date,risk,likelihood,impact,status,mitigation\nr1,2026-11-18,A risk,high,high,open,SECRET replace the Berlin supplier Acme\n";
    let milestones = "id,milestone,due,agreed_due,reason\nm1,Open,2026-12-21,2026-12-01,SECRET waits for ask A-7\n";
    let sources =
        [("tasks", "data/tasks.csv"), ("asks", "data/a.csv"), ("risks", "data/r.csv"), ("milestones", "data/m.csv")];
    let dir = team("", &sources, &[("data/a.csv", asks), ("data/r.csv", risks), ("data/m.csv", milestones)]);
    assert_silent(dir.path(), &["shared"]);
}

#[test]
fn a_log_does_not_name_a_marked_metric_of_a_new_team() {
    let rows: String =
        (1..9).map(|n| format!("2026-09-0{n},SECRET pay,2{n},yes\n2026-09-0{n},Leads,2{n},\n")).collect();
    let dir = team("", &[], &[("data/x.csv", &format!("date,metric,value,confidential\n{rows}"))]);
    let (new, file) = (dir.path().join("new"), dir.path().join("data/x.csv"));
    let new = new.to_str().unwrap();
    let said = logged(dir.path(), &["init", new, "--from", file.to_str().unwrap(), "--as-of", "2026-11-20"]);
    let config = std::fs::read_to_string(dir.path().join("new/headsup.toml")).unwrap();
    assert!(!said.contains("SECRET") && !config.contains("SECRET") && config.contains("Leads"), "{said}{config}");
}
