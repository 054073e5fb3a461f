//! Tests of headsup.toml: what is accepted, and that all errors are reported at once.

use std::path::Path;

use chrono::{NaiveDate, Weekday};
use headsup::config::{Config, NextRule};
use headsup::problem::{Failure, Problem};

fn load(text: &str) -> Result<Config, Vec<Problem>> {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("headsup.toml"), text).unwrap();
    load_dir(dir.path())
}

fn load_dir(dir: &Path) -> Result<Config, Vec<Problem>> {
    match Config::load(dir) {
        Ok((config, _)) => Ok(config),
        Err(Failure::Input(problems)) => Err(problems.0),
        Err(other) => panic!("{other}"),
    }
}

const SMALL: &str = "[team]\nname = \"Curation\"\n[[source]]\ntable = \"tasks\"\nfile = \"data/jira.csv\"\n";

#[test]
fn what_the_documentation_shows_is_accepted() {
    let config = load(
        r##"
version = 1
[team]
name = "Curation"
manager = "Dana Reyes"
manager_email = "dana@example.org"
boss = "Alex Kim"
boss_since = 2026-01-01
members = ["A. Osei", "M. Laurent"]
[calendar]
week_ends = "friday"
fiscal_year_starts = "april"
timezone = "Europe/Berlin"
[quarter]
start = 2026-10-01
end = 2026-12-31
[[source]]
table = "tasks"
file = "data/jira*.csv"
preset = "jira"
delimiter = ";"
encoding = "utf-16le"
date_order = "dmy"
decimal = ","
cadence = 15
bad_rows = "skip"
[source.columns]
milestone = ["Fix versions", "Epic"]
due = 7
[source.values.status]
done = ["Done", "Released"]
dropped = "Won't do"
[[metric]]
name = "Records in error"
column = "error_rate"
aggregate = "ratio"
numerator = "bad"
denominator = "all"
where = { Country = "US", Tier = ["A", "B"] }
better = "down"
unit = "%"
target = 0.5
targets = [{ from = 2026-10-01, value = 0.4 }]
baseline = { from = 2026-01-01 }
[brief]
pages = 3
paper = "us-letter"
formats = ["pdf", "md"]
language = "de"
concerns = true
confidential_labels = ["hr"]
on_error = "banner"
weigh_by = "estimate"
sprint = "S 12"
accent = "#1f5fbf"
[brief.every]
"for me" = 6
[brief.headline]
on = 2026-11-20
boss = "All is well"
"##,
    )
    .unwrap();
    assert_eq!(config.calendar.week_ends, Weekday::Fri);
    assert_eq!(config.calendar.fiscal_year_starts, 4);
    assert_eq!(config.quarter.map(|(start, _)| start), NaiveDate::from_ymd_opt(2026, 10, 1));
    assert_eq!(config.sources[0].columns["due"], ["7"]);
    assert_eq!(config.sources[0].values["status"]["dropped"], ["Won't do"]);
    assert_eq!(config.sources[0].place.line, 19);
    assert!(config.sources[0].skip_bad_rows);
    assert_eq!(config.metrics[0].filter["Tier"], ["A", "B"]);
    assert_eq!(config.brief.next, NextRule::Sprint("S 12".into()));
    assert_eq!(config.brief.every["for me"], 6);
    assert_eq!(config.brief.headline["boss"], "All is well");
}

#[test]
fn a_minimal_config_is_accepted() {
    let config = load(SMALL).unwrap();
    assert_eq!((config.brief.pages, config.sources[0].cadence), (2, None));
    assert_eq!(config.brief.every["for me"], 4);
}

#[test]
fn all_errors_are_reported_at_once_in_order_and_underlined() {
    let problems = load(
        r#"version = 2
[team]
nmae = "Curation"
manager = 7
[calendar]
week_ends = "fridy"
[[source]]
table = "task"
[calendar.nonsense]
[[source]]
table = "tasks"
file = "../secret.csv"
[brief]
pages = 0
accent = "blue"
formats = ["pdf", "docx"]
[brief.every]
"for mee" = 4
"#,
    )
    .unwrap_err();
    let said: Vec<String> = problems
        .iter()
        .map(|p| {
            let place = p.place.as_ref().unwrap();
            let under = place.excerpt.as_ref().map_or("", |e| &e.text[e.start..e.start + e.len]);
            format!("{}:{} [{under}] {}: {}; {}", place.line, place.column, p.code, p.message, p.help)
        })
        .collect();
    assert_eq!(
        said,
        [
            "1:1 [version] bad-value: `version` is 2, and only 1 is known; Version of this file's form: 1",
            "2:2 [team] missing-key: `name` is missing in [team]; The team's name, as name = \"Curation\"",
            "3:1 [nmae] unknown-key: unknown key `nmae` in [team]; did you mean `name`?",
            "4:1 [manager] wrong-type: `manager` must be a text in quotes, not a number; Whose brief this is, as manager = \"Dana Reyes\"",
            "6:1 [week_ends] bad-value: \"fridy\" is not a word that `week_ends` can be; did you mean \"friday\"?",
            "7:1 [[[source]]] missing-key: `file` is missing in [source]; The file below the team folder, as file = \"data/jira.csv\"; with * all files that match are read as one",
            "8:1 [table] bad-value: \"task\" is not a word that `table` can be; did you mean \"tasks\"?",
            "9:11 [nonsense] unknown-key: unknown key `nonsense` in [calendar]; the keys here are fiscal_year_starts, off, one_on_one, timezone, week_ends",
            "12:1 [file] bad-value: \"../secret.csv\" is not below the team folder; name a file below the team folder, with / between folders",
            "14:1 [pages] bad-value: `pages` must be from 1 to 20, not 0; How many pages the brief may take, as pages = 2",
            "15:1 [accent] bad-value: \"blue\" is no colour; write it as \"#1f5fbf\"",
            "16:19 [\"docx\"] bad-value: \"docx\" is not a word that item 2 of `formats` can be; one of pdf, html, md, txt, json",
            "18:1 [\"for mee\"] bad-value: \"for mee\" is not a word that `for mee` can be; did you mean \"for me\"?",
        ]
    );
}

#[test]
fn errors_that_a_schema_cannot_express_are_reported() {
    let problems = load(
        &(SMALL.to_owned()
            + r##"
[source.columns]
milstone = "Epic"
[[source]]
table = "metrics"
file = "../elsewhere.csv"
[[metric]]
name = "Errors"
aggregate = "ratio"
numerator = "bad"
[[metric]]
name = "errors"
[calendar]
timezone = "Europe/Berln"
[brief]
accent = "blue"
logo = "/etc/logo.png"
next = "soon"
"##),
    )
    .unwrap_err();
    let said: Vec<&str> = problems.iter().map(|p| p.message.as_str()).collect();
    assert_eq!(
        said,
        [
            "`milstone` is no field of tasks",
            "\"../elsewhere.csv\" is not below the team folder",
            "the ratio \"Errors\" has no denominator",
            "the metric \"errors\" stands twice",
            "there is no time zone \"Europe/Berln\"",
            "\"blue\" is no colour",
            "\"/etc/logo.png\" is not below the team folder",
            "\"soon\" is not a rule that is known",
        ]
    );
    assert_eq!(problems[0].help, "did you mean `milestone`?");
    assert_eq!(problems[4].help, "did you mean \"Europe/Berlin\"?");
}

#[cfg(unix)]
/// Collects every key of the schema as a pointer into a config, with an example in place of `*` keys and items.
fn keys(schema: &serde_json::Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    for (key, below) in schema["properties"].as_object().into_iter().flatten() {
        keys(below, &format!("{at}/{key}"), found);
    }
    let branches = schema["anyOf"].as_array().into_iter().flatten();
    branches.for_each(|branch| keys(branch, at, found));
    for (below, name) in [("additionalProperties", "x"), ("items", "0")] {
        if schema[below].is_object() {
            keys(&schema[below], &format!("{at}/{name}"), found);
        }
    }
}

/// Returns the document with another value at the pointer, which is created if necessary.
fn with(document: &serde_json::Value, pointer: &str, value: &serde_json::Value) -> serde_json::Value {
    let Some((key, below)) = pointer.split_once('/').map(|(_, rest)| rest.split_once('/').unwrap_or((rest, ""))) else {
        return value.clone();
    };
    let below = if below.is_empty() { String::new() } else { format!("/{below}") };
    let mut document = document.clone();
    if key == "0" {
        let item = with(&document[0], &below, value);
        return serde_json::json!([item]);
    }
    if !document.is_object() {
        document = serde_json::json!({});
    }
    document[key] = with(&document[key], &below, value);
    document
}

#[test]
fn no_value_of_any_key_causes_an_internal_error() {
    let small = serde_json::json!({
        "team": { "name": "Curation" },
        "source": [{ "table": "tasks", "file": "data/jira.csv" }],
        "metric": [{ "name": "Errors" }],
    });
    let mut pointers = Vec::new();
    keys(&headsup::config::schema(), "", &mut pointers);
    assert!(pointers.len() > 60, "{pointers:?}");
    let odd = serde_json::json!(["zz", "2026-11-31", -1, 5_000_000_000_u64, 0.5, [], [7], { "zz": "zz" }]);
    for pointer in pointers.iter().filter(|pointer| !pointer.is_empty()) {
        for value in odd.as_array().unwrap() {
            let text = toml::to_string(&with(&small, pointer, value)).unwrap();
            // `load` panics unless the value is accepted or a problem; either is fine.
            if let Err(problems) = load(&text) {
                assert!(problems.iter().all(|problem| problem.place.is_some()), "{text}");
            }
        }
    }
    let problems = load(&format!("{SMALL}[[metric]]\nname = \"E\"\naggregate = \"meen\"\n")).unwrap_err();
    assert_eq!(problems[0].help, "did you mean \"mean\"?");
}

#[test]
fn a_link_out_of_the_folder_is_refused() {
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("secret.csv"), "a\n").unwrap();
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("data")).unwrap();
    std::os::unix::fs::symlink(outside.path().join("secret.csv"), dir.path().join("data/jira.csv")).unwrap();
    std::fs::write(dir.path().join("headsup.toml"), SMALL).unwrap();
    let problems = load_dir(dir.path()).unwrap_err();
    assert_eq!(problems[0].message, "\"data/jira.csv\" leads out of the team folder");
}

#[test]
fn private_lines_are_located_but_not_shown() {
    let problems = load(&(SMALL.to_owned() + "[brief]\nheadline = { me = 3, boos = \"Mona leaves\" }\n")).unwrap_err();
    assert_eq!(problems.len(), 2);
    assert!(problems.iter().all(|p| p.place.as_ref().unwrap().excerpt.is_none()));
    assert!(!format!("{problems:?}").contains("Mona"));

    let problems = load("[brief.headline]\nme = \"Mona leaves\nboss = 1\n").unwrap_err();
    assert!(problems.iter().all(|p| p.code == "bad-toml"));
    assert_eq!(problems[0].place.as_ref().unwrap().line, 2);
    assert!(!format!("{problems:?}").contains("Mona"));
}

#[test]
fn a_folder_without_config_gets_help_to_make_one() {
    let dir = tempfile::tempdir().unwrap();
    let problems = load_dir(dir.path()).unwrap_err();
    assert_eq!(problems[0].code, "no-config");
    assert!(problems[0].help.contains("headsup init"));
}

#[test]
fn the_example_team_is_accepted() {
    let config = load_dir(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/curation")).unwrap();
    assert_eq!((config.sources.len(), config.metrics.len()), (14, 7));
}

mod any_text {
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

        /// Checks that a file is read, or that its problems are reported at lines that exist.
        #[test]
        fn is_read_or_refused_with_places(
            lines in prop::collection::vec(
                prop_oneof![
                    Just("[team]".to_owned()), Just("name = \"T\"".to_owned()), Just("[[source]]".to_owned()),
                    Just("table = \"tasks\"".to_owned()), Just("file = \"a*[.csv\"".to_owned()),
                    Just("[source.columns]".to_owned()), Just("due = [1, \"ü\"]".to_owned()), Just("[brief]".to_owned()),
                    Just("next = 7".to_owned()), Just("[[metric]]".to_owned()), Just("where = { a = [1] }".to_owned()),
                    Just("target = 1e400".to_owned()), Just("version = 99999999999999999999".to_owned()), "\\PC{0,12}",
                ],
                0..12,
            ),
        ) {
            let text = lines.join("\n");
            if let Err(problems) = super::load(&text) {
                prop_assert!(!problems.is_empty());
                for place in problems.iter().filter_map(|problem| problem.place.as_ref()) {
                    prop_assert!(place.line <= lines.len().max(1) as u64);
                    if let Some(excerpt) = &place.excerpt {
                        prop_assert!(excerpt.text.get(excerpt.start..excerpt.start + excerpt.len).is_some());
                    }
                }
            }
        }
    }
}
