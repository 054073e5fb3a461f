//! Reads any bytes as a snapshot: it is refused with its place, or kept unchanged, and then every copy of a brief can
//! be made with it.

use std::path::Path;

use headsup::config::Format;
use headsup::history::Snapshot;
use headsup::pipeline::{self, Request};
use headsup::redact::Audience;

/// A small team with the names of the corpus, so that snapshots and exports refer to the same items.
const CONFIG: &str = "[team]\nname = \"T\"\n[[source]]\ntable = \"milestones\"\nfile = \"milestones.csv\"\n\
[[source]]\ntable = \"tasks\"\nfile = \"tasks.csv\"\n[[source]]\ntable = \"asks\"\nfile = \"asks.csv\"\n";
const MILESTONES: &str = "id,objective,milestone,agreed_due,due,done_on,progress\n\
m1,Speed,Faster feeds,2026-11-06,2026-12-04,,40%\nm2,Quality,Fewer errors,2026-11-13,2026-11-13,2026-11-12,\n";
const TASKS: &str = "key,title,milestone,status,created,done_on\nT-1,Feed one,m1,done,2026-10-05,2026-11-18\nT-2,Feed two,m1,doing,2026-10-05,\n";
const ASKS: &str = "id,asked_on,text,needed_by,stage,status,answered_on\na1,2026-11-01,More hands,2026-12-01,raised,granted,2026-11-18\n";

pub fn check(bytes: &[u8]) {
    let Ok(snapshot) = Snapshot::parse(bytes, "fuzz.json") else { return };
    let again = Snapshot::parse(snapshot.to_json().as_bytes(), "again.json");
    assert_eq!(again.as_ref().ok(), Some(&snapshot), "what is kept is what was read");
    let Ok(dir) = tempfile::tempdir() else { return };
    let write = |name: &str, text: &[u8]| std::fs::write(dir.path().join(name), text).is_ok();
    let written = std::fs::create_dir(dir.path().join("history")).is_ok()
        && write("headsup.toml", CONFIG.as_bytes())
        && write("milestones.csv", MILESTONES.as_bytes())
        && write("tasks.csv", TASKS.as_bytes())
        && write("asks.csv", ASKS.as_bytes())
        && write(&format!("history/{}.json", snapshot.as_of), bytes);
    if written {
        make(dir.path(), Audience::Boss);
        make(dir.path(), Audience::Shared);
    }
}

fn make(dir: &Path, audience: Audience) {
    let Some(as_of) = chrono::NaiveDate::from_ymd_opt(2026, 11, 20) else { return };
    let formats = Some(vec![Format::Html, Format::Txt, Format::Json]);
    let made = pipeline::run(dir, &Request { as_of, on: None, since: None, audience, formats });
    assert!(made.is_ok(), "{}", made.err().map(|failure| format!("{failure:?}")).unwrap_or_default());
}
