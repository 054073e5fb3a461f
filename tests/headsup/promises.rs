//! A plain list of milestones over recorded 1:1s: what was promised, what was agreed, and what was reached since.

use std::path::Path;

use crate::program::{ends, s};

fn brief(dir: &Path, as_of: &str, milestones: &str) -> String {
    std::fs::write(dir.join("data/m.csv"), format!("objective,milestone,due,status,reason\n{milestones}")).unwrap();
    ends(&["render", s(dir), "--as-of", as_of, "--for", "boss", "--format", "md"], 0);
    std::fs::read_to_string(dir.join(format!("out/{as_of}-brief-boss.md"))).unwrap().replace('\u{a0}', " ")
}

fn record(dir: &Path, as_of: &str, flags: &[&str]) {
    ends(&[&["record", s(dir), "--as-of", as_of][..], flags].concat(), 0);
}

#[test]
fn a_list_is_planned_until_it_is_agreed_and_an_agreed_later_date_is_no_recovery() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    std::fs::create_dir(dir.join("data")).unwrap();
    let config = "version = 1\n[team]\nname = \"T\"\nmanager = \"M\"\nboss = \"B\"\n\
        [[source]]\ntable = \"milestones\"\nfile = \"data/m.csv\"\n\
        [[source]]\ntable = \"agreements\"\nfile = \"data/agreements.csv\"\n";
    std::fs::write(dir.join("headsup.toml"), config).unwrap();
    std::fs::write(dir.join("data/agreements.csv"), "date,objective,milestone,what,from,to,with\n").unwrap();
    let start = "O,Pilot,2026-11-30,red,waits\nO,FAQ,2026-10-31,green,\nO,Search,2026-12-18,green,\n";
    brief(dir, "2026-12-01", start);
    record(dir, "2026-12-01", &[]);

    // FAQ is reported done without a date, the pilot has a new date, and nobody agreed to anything.
    let later = "O,Pilot,2027-01-15,red,waits\nO,FAQ,2026-10-31,done,\nO,Search,2026-12-18,green,\n";
    let second = brief(dir, "2026-12-08", later);
    for said in [
        "last time we said 30 November for “Pilot”; now 15 January 2027",
        "**1** milestone reached: FAQ",
        "1 of 3 milestones done",
        "**+46 days** Pilot",
        "To be agreed: “O”",
    ] {
        assert!(second.contains(said), "{said}: {second}");
    }
    for unsaid in ["99%", "agreed 30 Nov", "still what we agreed", "| Agreed |"] {
        assert!(!second.contains(unsaid), "{unsaid}: {second}");
    }
    record(dir, "2026-12-08", &["--agree", "confirm", "date:Pilot=2027-01-15"]);

    let third = brief(dir, "2026-12-15", later);
    for unsaid in ["earlier", "−46", "To be agreed: “O”", "reached: FAQ"] {
        assert!(!third.contains(unsaid), "{unsaid}: {third}");
    }
    assert!(third.contains("agreed 15 Jan 2027 (was 30 Nov)"), "{third}");
}
