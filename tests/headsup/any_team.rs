//! Random teams: the fields of all ten tables are filled with valid and invalid values. The result is a PDF within its
//! page limit or a list of problems, never an internal error.

use std::cell::Cell;
use std::path::Path;

use chrono::{Days, NaiveDate};
use headsup::config::Format;
use headsup::pipeline::{self, Request};
use headsup::problem::Failure;
use headsup::redact::Audience;
use headsup::tables::{Field, FieldKind};
use headsup::team::TableKind;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// Generates names that several tables share, so that references resolve, and unusual text.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(vec!["Speed", "Quality", "m1", "m2", "m3", "T-1", "T-2", "Ana Osei", "errors", "Platform"]).prop_map(str::to_owned),
        3 => "[A-Za-zäéß]{2,9}( [a-zäéß]{2,9}){0,9}",
        1 => "\\PC{0,40}",
        1 => prop::sample::select(vec!["🎉", "=1+1", "\u{202e}abc", "a\nb", "<b>", "#let x", "2026-11-20", "12.5", "-"]).prop_map(str::to_owned),
        1 => "([a-z]{3,9} ){60,90}",
    ]
}

fn date(days: std::ops::Range<i64>) -> impl Strategy<Value = String> {
    let today = NaiveDate::from_ymd_opt(2026, 11, 20).expect("a date");
    days.prop_map(move |days| {
        let moved =
            if days < 0 { today - Days::new(days.unsigned_abs()) } else { today + Days::new(days.unsigned_abs()) };
        moved.to_string()
    })
}

/// Generates a value for a field of this kind, which is sometimes missing or invalid.
fn cell(kind: FieldKind) -> BoxedStrategy<String> {
    let good = match kind {
        FieldKind::Text => text().boxed(),
        FieldKind::List => vec("[a-z]{2,6}", 0..4).prop_map(|words| words.join(";")).boxed(),
        FieldKind::Date => prop_oneof![6 => date(-120..60), 1 => date(-4_000..4_000), 1 => Just("9999-12-31".to_owned())].boxed(),
        FieldKind::Number => prop_oneof![8 => (0..90_i64).prop_map(|n| n.to_string()), 1 => any::<i64>().prop_map(|n| n.to_string()), 1 => any::<f32>().prop_map(|n| n.to_string())].boxed(),
        FieldKind::Share => (0..130).prop_map(|n| format!("{n}%")).boxed(),
        FieldKind::Word(words) | FieldKind::Rating(words) => prop::sample::select(words).prop_map(str::to_owned).boxed(),
        FieldKind::Flag => prop::sample::select(vec!["yes", "no", "", "x"]).prop_map(str::to_owned).boxed(),
    };
    prop_oneof![30 => good, 8 => Just(String::new()), 1 => text()].boxed()
}

/// Generates the rows of one table.
fn rows(fields: &[Field]) -> impl Strategy<Value = Vec<Vec<String>>> + use<> {
    let cells: Vec<BoxedStrategy<String>> = fields.iter().map(|field| cell(field.kind)).collect();
    vec(cells, 0..12)
}

/// Generates the tables of a team, in the order of [`TableKind::ALL`].
pub fn tables() -> impl Strategy<Value = [Vec<Vec<String>>; TableKind::ALL.len()]> {
    headsup::tables::TABLES.map(|table| rows(table.fields))
}

/// Writes the tables as a team folder.
pub fn write(dir: &Path, tables: &[Vec<Vec<String>>], pages: u32) {
    let mut config = format!(
        "[team]\nname = \"Any\"\nmanager = \"Dana\"\nmembers = [\"Ana Osei\"]\n[brief]\npages = {pages}\non_error = \"banner\"\nconcerns = true\n\
         confidential_labels = [\"hr\"]\n[[metric]]\nname = \"errors\"\n"
    );
    for (table, rows) in TableKind::ALL.iter().zip(tables) {
        let name = table.name();
        config += &format!("[[source]]\ntable = \"{name}\"\nfile = \"{name}.csv\"\nbad_rows = \"skip\"\n");
        let mut csv = csv::Writer::from_path(dir.join(format!("{name}.csv"))).expect("a file");
        let header: Vec<&str> = table.fields().iter().map(|field| field.name).collect();
        csv.write_record(header).expect("a row");
        rows.iter().for_each(|row| csv.write_record(row).expect("a row"));
        csv.flush().expect("a file");
    }
    std::fs::write(dir.join("headsup.toml"), config).expect("a file");
}

#[test]
fn any_team_becomes_a_pdf_within_its_pages_or_a_list_of_problems() {
    let copies = prop::sample::select(vec![Audience::Me, Audience::Boss, Audience::Shared]);
    let config = Config { cases: 24, failure_persistence: None, max_shrink_iters: 200, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let made = Cell::new(0);
    let result = runner.run(&(tables(), copies, 1..4_u32), |(tables, audience, pages)| {
        let dir = tempfile::tempdir().expect("a folder");
        write(dir.path(), &tables, pages);
        let as_of = "2026-11-20".parse().expect("a date");
        let formats = Some(vec![Format::Pdf, Format::Html, Format::Json]);
        match pipeline::run(dir.path(), &Request { as_of, on: None, since: None, audience, formats }) {
            Ok(brief) => {
                made.set(made.get() + 1);
                let said = brief.problems.0.iter().any(|problem| problem.code == "pages");
                // The manager's copy has one more page, the agenda.
                let most = pages + u32::from(audience == Audience::Me);
                prop_assert!(
                    brief.pages.is_some_and(|n| n <= most + u32::from(brief.brief.has_own_page())) || said,
                    "{:?} pages, not {most}",
                    brief.pages
                );
                prop_assert!(brief.bytes(Format::Pdf).is_some_and(|pdf| pdf.starts_with(b"%PDF-")));
            }
            Err(Failure::Input(problems)) => prop_assert!(problems.has_errors()),
            Err(other) => prop_assert!(false, "{other}"),
        }
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{error}"));
    assert!(made.get() >= 12, "only {} of 24 teams became a brief", made.get());
}
