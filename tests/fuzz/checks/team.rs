//! Reads any bytes as one table of a team: the brief is made, or the problems say why not.
//!
//! The first byte selects the table and the copy, and the rest is the table's file.

use headsup::cli::report;
use headsup::config::Format;
use headsup::pipeline::{self, Request};
use headsup::problem::Failure;
use headsup::redact::Audience;
use headsup::team::TableKind;

pub fn check(bytes: &[u8]) {
    let Some((first, file)) = bytes.split_first() else { return };
    let (copy, table) = (usize::from(*first) / 16, usize::from(*first) % 16);
    let copies = [Audience::Me, Audience::Boss, Audience::Shared];
    let (Some(table), Some(audience)) = (TableKind::ALL.get(table), copies.get(copy)) else { return };
    let Ok(dir) = tempfile::tempdir() else { return };
    let config = format!(
        "[team]\nname = \"T\"\nmembers = [\"Ana\"]\n[brief]\non_error = \"banner\"\nconcerns = true\n[brief.every]\n\"for me\" = 1\n\
         [[source]]\ntable = \"{}\"\nfile = \"fuzz.csv\"\nbad_rows = \"skip\"\n",
        table.name()
    );
    let written = std::fs::write(dir.path().join("headsup.toml"), config).is_ok()
        && std::fs::write(dir.path().join("fuzz.csv"), file).is_ok();
    let Some(as_of) = chrono::NaiveDate::from_ymd_opt(2026, 11, 20).filter(|_| written) else { return };
    let request =
        Request { as_of, on: None, since: None, audience: *audience, formats: Some(vec![Format::Html, Format::Json]) };
    let problems = match pipeline::run(dir.path(), &request) {
        Ok(made) => made.problems,
        Err(Failure::Input(problems)) => problems,
        Err(other) => panic!("{other}"),
    };
    let _ = (report::text(&problems), report::github(&problems));
}
