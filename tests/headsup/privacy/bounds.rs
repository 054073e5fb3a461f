//! Tests of the time for large numbers of one thing. Each of these once grew with the square of the number.

use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use headsup::config::Format;
use headsup::pipeline::{self, Request};
use headsup::redact::Audience;

/// The kinds of things.
const KINDS: [&str; 12] = [
    "rows",
    "done",
    "parents",
    "milestones",
    "objectives",
    "asks",
    "people",
    "members",
    "confidential",
    "agreements",
    "references",
    "files",
];

const TASKS: &str = "key,title,status,milestone,parent,created,done_on,labels\n";

/// Creates a team with `n` of a kind.
fn team(dir: &Path, kind: &str, n: usize) {
    std::fs::create_dir_all(dir.join("data/g")).unwrap();
    let mut config =
        "version = 1\n[team]\nname = \"T\"\nmanager = \"Dana\"\nboss = \"Alex\"\n[brief]\non_error = \"banner\"\n"
            .to_owned();
    let mut file = |table: &str, name: &str, header: &str, row: &dyn Fn(usize) -> String, rows: usize| {
        let mut text = header.to_owned();
        (0..rows).for_each(|at| {
            let _ = writeln!(text, "{}", row(at));
        });
        std::fs::write(dir.join(name), text).unwrap();
        let _ = write!(config, "[[source]]\ntable = \"{table}\"\nfile = \"{name}\"\n");
    };
    let one = |_: usize| "T-1,Open,doing,,,2026-10-05,,".to_owned();
    match kind {
        "rows" => file("tasks", "data/t.csv", TASKS, &|n| format!("T{n},Task {n},doing,,,2026-10-05,,a"), n),
        "parents" => {
            let row = |n: usize| format!("T{n},Task {n},doing,,T{},2026-10-05,,", n.saturating_sub(1));
            file("tasks", "data/t.csv", TASKS, &row, n);
        }
        "milestones" => {
            file("tasks", "data/t.csv", TASKS, &|n| format!("T{n},Task {n},doing,m{n},,2026-10-05,,"), n);
            let row = |n: usize| format!("m{n},Objective {},Milestone {n},2026-12-11", n % 5);
            file("milestones", "data/m.csv", "id,objective,milestone,due\n", &row, n);
        }
        "done" => {
            let row = |n: usize| {
                format!("T{n},Task {n},done,m{},,2026-06-05,2026-{:02}-{:02},", n % 7, 7 + n % 5, 1 + n % 28)
            };
            file("tasks", "data/t.csv", TASKS, &row, n);
            let row = |n: usize| format!("m{n},Objective {},Milestone {n},2026-12-11", n % 2);
            file("milestones", "data/m.csv", "id,objective,milestone,due\n", &row, 7);
        }
        "objectives" => {
            let row =
                |n: usize| format!("T{n},Task {n},done,m{n},,2026-07-05,2026-{:02}-{:02},", 8 + n % 4, 1 + n % 19);
            file("tasks", "data/t.csv", TASKS, &row, n);
            file("objectives", "data/o.csv", "id,objective\n", &|n| format!("o{n},Objective {n}"), n);
            let row = |n: usize| format!("m{n},o{n},Milestone {n},2026-12-11");
            file("milestones", "data/m.csv", "id,objective,milestone,due\n", &row, n);
        }
        "members" => {
            let row = |n: usize| format!("2026-11-01,Person{n} Name{n},concern,thing {n}");
            file("people", "data/p.csv", "date,person,kind,text\n", &row, n);
            let row = |n: usize| format!("a{n},2026-11-01,Write to x{n}@example.org,raised,open");
            file("asks", "data/a.csv", "id,asked_on,text,stage,status\n", &row, n);
        }
        "confidential" => {
            let row = |n: usize| {
                format!("T{n},Task {n},doing,,T{},2026-10-05,,l{n},{}", n / 3, if n % 2 == 0 { "" } else { "yes" })
            };
            let header = TASKS.replace('\n', ",confidential\n");
            file("tasks", "data/t.csv", &header, &row, n);
            let row = |n: usize| format!("a{n},2026-11-01,Ask number {n},raised,open,l{n}");
            file("asks", "data/a.csv", "id,asked_on,text,stage,status,tasks\n", &row, n);
        }
        "agreements" => {
            file(
                "objectives",
                "data/o.csv",
                "id,objective,scope_agreed_on\n",
                &|_| "o1,Objective,2026-10-01".into(),
                1,
            );
            file("milestones", "data/m.csv", "id,objective,milestone,due\n", &|_| "m1,o1,Step,2026-12-11".into(), 1);
            file("tasks", "data/t.csv", TASKS, &|n| format!("T{n},Task {n},doing,m1,,2026-10-05,,l{n}"), n);
            let row = |n: usize| format!("2026-11-18,o1,m1,scope,l{n}");
            file("agreements", "data/g.csv", "date,objective,milestone,what,to\n", &row, n);
        }
        "asks" => {
            file("tasks", "data/t.csv", TASKS, &one, 1);
            let row = |n: usize| format!("a{n},2026-11-01,Ask number {n},raised,open,2026-12-01");
            file("asks", "data/a.csv", "id,asked_on,text,stage,status,needed_by\n", &row, n);
        }
        "people" => {
            file("tasks", "data/t.csv", TASKS, &one, 1);
            let row = |n: usize| format!("2026-11-01,Person{n} Name{n},highlight,thing {n},wish {n}");
            file("people", "data/p.csv", "date,person,kind,text,ask\n", &row, n);
        }
        "references" => {
            file("tasks", "data/t.csv", TASKS, &one, 1);
            file("milestones", "data/m.csv", "id,milestone,due\n", &|n| format!("m{n},Milestone {n},2026-12-11"), n);
            let row = |n: usize| format!("a{n},2026-11-01,Ask number {n},raised,open,nothing{n}");
            file("asks", "data/a.csv", "id,asked_on,text,stage,status,milestone\n", &row, n);
        }
        _ => {
            for at in 0..n {
                let text = format!("key,title,status,created\nT{at},x,doing,2026-11-01\n");
                std::fs::write(dir.join(format!("data/g/{at}.csv")), text).unwrap();
            }
            config += "[[source]]\ntable = \"tasks\"\nfile = \"data/g/*.csv\"\n";
        }
    }
    std::fs::write(dir.join("headsup.toml"), config).unwrap();
}

fn time(kind: &str, n: usize) -> Duration {
    let dir = tempfile::tempdir().unwrap();
    team(dir.path(), kind, n);
    let formats = Some(vec![Format::Json]);
    let request =
        Request { as_of: "2026-11-20".parse().unwrap(), on: None, since: None, audience: Audience::Shared, formats };
    let started = Instant::now();
    pipeline::run(dir.path(), &request).unwrap_or_else(|error| panic!("{kind}: {error}: {error:?}"));
    started.elapsed()
}

/// Eight times as many take eight times as long if time is linear, and sixty-four times if it is quadratic. The limit
/// allows for a busy machine.
#[test]
fn eight_times_as_much_does_not_take_thirty_times_as_long() {
    for kind in KINDS {
        let (few, many) = (time(kind, 250), time(kind, 2000));
        assert!(many < few * 30 + Duration::from_secs(2), "{kind}: {few:?} for 250, {many:?} for 2,000");
    }
}

/// Measures the table of limits. It takes minutes, so it runs only on request:
/// `HEADSUP_BOUNDS=1 cargo test --release -- a_hundred_thousand --nocapture`
#[test]
fn a_hundred_thousand_of_each() {
    if std::env::var_os("HEADSUP_BOUNDS").is_none() {
        println!("not measured: HEADSUP_BOUNDS is not set");
        return;
    }
    for kind in KINDS {
        println!("{kind}: {:?}", time(kind, 100_000));
    }
}
