//! Ten recorded 1:1s of one team, made with the commands: skipped weeks, work on the day of the 1:1, asks that are
//! withdrawn and asked again, a new quarter, two machines. Each brief must be right about the time since the last 1:1.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::program::{ends, run, s};

const CONFIG: &str = "version = 1\n[team]\nname = \"Curation\"\nmanager = \"Dana Reyes\"\nboss = \"Alex Kim\"\n\
    members = [\"A\", \"B\", \"C\"]\n[calendar]\nweek_ends = \"friday\"\n\
    [[source]]\ntable = \"objectives\"\nfile = \"data/objectives.csv\"\n\
    [[source]]\ntable = \"milestones\"\nfile = \"data/milestones.csv\"\n\
    [[source]]\ntable = \"tasks\"\nfile = \"data/tasks.csv\"\n\
    [[source]]\ntable = \"wins\"\nfile = \"data/wins.csv\"\n\
    [[source]]\ntable = \"asks\"\nfile = \"data/asks.csv\"\n";

const MILESTONES: &str = "id,objective,milestone,agreed_due,due,done_on\n\
    M-1,Dataset,Schema,2026-12-04,2026-12-04,\nM-2,Dataset,Release,2026-12-18,2026-12-18,\n\
    M-3,Search,Index,2027-02-26,2027-02-26,\n";

struct Ledger {
    _folder: tempfile::TempDir,
    dir: PathBuf,
}

impl Ledger {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let dir = folder.path().join("team");
        std::fs::create_dir_all(dir.join("data")).expect("a folder");
        let ledger = Self { _folder: folder, dir };
        ledger.write("headsup.toml", CONFIG);
        let objectives = "objective,quarter,agreed_on\nDataset,Q4 2026,2026-10-02\nSearch,Q1 2027,2027-01-04\n";
        ledger.write("data/objectives.csv", objectives);
        ledger.write("data/milestones.csv", MILESTONES);
        ledger.write("data/wins.csv", "date,text,kind\n");
        ledger.write("data/asks.csv", "id,text,asked_on,needed_by,status,answered_on,answer,stage\n");
        ledger.tasks(&[]);
        ledger
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.dir.join(name), text).expect("a file");
    }

    /// Writes the tracker's export: thirty tasks, of which these are done.
    fn tasks(&self, done: &[(usize, &str)]) {
        let mut text = "key,title,status,milestone,created,done_on\n".to_owned();
        for n in 1..=30 {
            let milestone = ["M-1", "M-2", "M-3"][(n - 1) / 10];
            let on = done.iter().find(|(task, _)| *task == n).map(|(_, on)| *on);
            let status = if on.is_some() { "Done" } else { "Open" };
            text += &format!("T-{n:02},Task {n},{status},{milestone},2026-10-05,{}\n", on.unwrap_or_default());
        }
        self.write("data/tasks.csv", &text);
    }

    fn add(&self, date: &str, item: &[&str]) {
        let args: Vec<&str> = ["add", "--team-dir", s(&self.dir), "--date", date].iter().chain(item).copied().collect();
        ends(&args, 0);
    }

    /// Returns the boss's brief of that day as data.
    fn brief(&self, as_of: &str) -> Value {
        ends(&["render", s(&self.dir), "--as-of", as_of, "--format", "json"], 0);
        let path = self.dir.join(format!("out/{as_of}-brief-boss.json"));
        serde_json::from_slice(&std::fs::read(path).expect("a brief")).expect("JSON")
    }

    fn record(&self, as_of: &str, flags: &[&str]) {
        let args: Vec<&str> = ["record", s(&self.dir), "--as-of", as_of].iter().chain(flags).copied().collect();
        ends(&args, 0);
    }
}

fn texts(brief: &Value, list: &str, field: &str) -> Vec<String> {
    let items = brief[list].as_array().unwrap_or_else(|| panic!("no {list}"));
    items.iter().map(|item| item[field].as_str().unwrap_or_default().to_owned()).collect()
}

/// Returns the number of tasks finished since the last 1:1, as the totals show it.
fn done_since(brief: &Value) -> u64 {
    let changes = brief["changes"].as_array().expect("a list");
    changes.iter().find(|it| it["kind"] == "tasks_done").map_or(0, |it| it["to"].as_u64().expect("a count"))
}

#[test]
fn ten_recorded_weeks_are_reported_correctly() {
    let team = Ledger::new();

    // 1. In the first brief everything is new, and nothing is compared.
    team.add("2026-11-05", &["ask", "A second reviewer", "--stage", "raised"]);
    let brief = team.brief("2026-11-06");
    assert_eq!(brief["first_brief"], true);
    assert_eq!(texts(&brief, "asks", "id"), ["A-01"]);
    team.record("2026-11-06", &[]);

    // After the 1:1, on the same day, a task is finished, a win is written and an ask is added.
    let mut done = vec![(1, "2026-11-06")];
    team.tasks(&done);
    team.add("2026-11-06", &["win", "Said after the meeting", "--kind", "revenue"]);
    team.add("2026-11-06", &["ask", "A test machine", "--stage", "raised"]);

    // 2. All three are news in the next brief, and the old ask is not new.
    done.extend([(2, "2026-11-10"), (3, "2026-11-12")]);
    team.tasks(&done);
    let brief = team.brief("2026-11-13");
    assert_eq!((&brief["first_brief"], &brief["since"]), (&Value::from(false), &Value::from("2026-11-06")));
    assert_eq!(texts(&brief, "value", "text"), ["Said after the meeting"]);
    let new: Vec<bool> = brief["asks"].as_array().unwrap().iter().map(|ask| ask["new"].as_bool().unwrap()).collect();
    assert_eq!((texts(&brief, "asks", "id"), new), (vec!["A-01".to_owned(), "A-02".to_owned()], vec![false, true]));
    assert_eq!(done_since(&brief), 3, "{}", brief["changes"]);
    team.record("2026-11-13", &["--grant", "A-01=From December", "--withdraw", "A-02"]);

    // 3. After a week without a 1:1, decisions are reported once, and the withdrawn ask not at all.
    done.extend([(4, "2026-11-17"), (5, "2026-11-25")]);
    team.tasks(&done);
    let brief = team.brief("2026-11-27");
    assert_eq!(brief["since"], "2026-11-13");
    assert_eq!(texts(&brief, "decided", "ask"), ["A-01"]);
    assert!(texts(&brief, "asks", "id").is_empty() && texts(&brief, "value", "text").is_empty());
    assert_eq!(done_since(&brief), 2);
    team.record("2026-11-27", &[]);

    // 4. The withdrawn ask is asked again with another id, and is new. The decisions are not repeated.
    team.add("2026-12-01", &["ask", "A test machine", "--stage", "raised", "--needed-by", "2026-12-11"]);
    let brief = team.brief("2026-12-04");
    assert_eq!(texts(&brief, "asks", "id"), ["A-03"]);
    assert_eq!(brief["asks"][0]["new"], true);
    assert!(texts(&brief, "decided", "ask").is_empty());
    team.record("2026-12-04", &["--defer", "A-03=2026-12-18"]);

    // 5. The deferred ask is open, not new, and not overdue before its new day.
    let brief = team.brief("2026-12-14");
    assert_eq!((&brief["asks"][0]["overdue"], &brief["asks"][0]["new"]), (&false.into(), &false.into()));
    team.record("2026-12-14", &["--decline", "A-03=No budget"]);

    // 6. Another machine has the folder from git, without private/ and out/. It makes and records the next 1:1.
    let other = Ledger::new();
    for name in ["data/tasks.csv", "data/asks.csv", "data/wins.csv", "headsup.toml"] {
        std::fs::copy(team.dir.join(name), other.dir.join(name)).expect("a copy");
    }
    crate::program::copy(&team.dir.join("history"), &other.dir.join("history"));
    let brief = other.brief("2026-12-18");
    assert_eq!((&brief["since"], texts(&brief, "decided", "ask")), (&"2026-12-14".into(), vec!["A-03".into()]));
    other.record("2026-12-18", &[]);
    crate::program::copy(&other.dir.join("history"), &team.dir.join("history"));
    // The first machine cannot record the same 1:1 again, and compares with the other machine's record.
    team.brief("2026-12-18");
    assert_eq!(run(&["record", s(&team.dir), "--as-of", "2026-12-18"]).status.code(), Some(65));

    // 7. to 10. A new quarter after two weeks without a 1:1: its first brief closes the old quarter, the later ones do
    // not.
    let finished = MILESTONES.replace("2026-12-04,\n", "2026-12-04,2026-12-03\n");
    team.write("data/milestones.csv", &finished);
    let brief = team.brief("2027-01-08");
    assert_eq!(brief["since"], "2026-12-18");
    assert!(!brief["last_quarter"].as_array().unwrap().is_empty(), "the quarter is closed once");
    assert!(texts(&brief, "decided", "ask").is_empty());
    team.record("2027-01-08", &[]);
    let mut before = "2027-01-08".to_owned();
    for (n, day) in ["2027-01-15", "2027-01-22", "2027-01-29"].into_iter().enumerate() {
        done.extend([(21 + n, day)]);
        team.tasks(&done);
        let brief = team.brief(day);
        assert_eq!(brief["since"], before.as_str());
        assert!(brief["last_quarter"].as_array().unwrap().is_empty(), "{day}");
        assert_eq!(done_since(&brief), 1, "{day}: {}", brief["changes"]);
        team.record(day, &[]);
        before = day.to_owned();
    }
    assert_eq!(count(&team.dir.join("history")), 10);

    // After undo, the last record has no effect.
    ends(&["record", s(&team.dir), "--undo"], 0);
    assert_eq!(count(&team.dir.join("history")), 9);
    assert_eq!(team.brief("2027-02-05")["since"], "2027-01-22");
}

fn count(folder: &Path) -> usize {
    std::fs::read_dir(folder).expect("a folder").count()
}
