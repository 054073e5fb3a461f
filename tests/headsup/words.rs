//! Tests of the word files: every language has the same phrases, every placeholder is filled, every phrase is used.

use std::collections::{BTreeMap, BTreeSet};

use headsup::redact::Audience;
use headsup::words::Words;

use crate::brief::story::*;

/// Returns the names of the placeholders in a pattern.
fn places(pattern: &str) -> BTreeSet<&str> {
    pattern.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

fn phrases(language: &str) -> BTreeMap<&'static str, Vec<&'static str>> {
    Words::of(language).unwrap().patterns().collect()
}

#[test]
fn the_promised_languages_exist() {
    for language in ["de", "en", "es", "fr", "pt"] {
        assert!(Words::languages().contains(&language), "{language}");
    }
}

#[test]
fn every_language_has_the_same_phrases_with_the_same_placeholders() {
    let english = phrases("en");
    for language in Words::languages() {
        let own = phrases(language);
        let (ours, theirs): (BTreeSet<_>, BTreeSet<_>) = (own.keys().collect(), english.keys().collect());
        let missing: Vec<_> = theirs.difference(&ours).collect();
        let unknown: Vec<_> = ours.difference(&theirs).collect();
        assert!(missing.is_empty() && unknown.is_empty(), "{language} lacks {missing:?}, has of its own {unknown:?}");
        for (key, patterns) in &own {
            // A plural form may leave out placeholders, as "the one milestone" does with its number, but not add any.
            let all = |patterns: &[&'static str]| patterns.iter().flat_map(|p| places(p)).collect::<BTreeSet<_>>();
            let (here, there) = (all(patterns), all(&english[key]));
            assert_eq!(here, there, "{language}: {key}");
            assert!(patterns.iter().all(|pattern| !pattern.trim().is_empty()), "{language}: {key} is empty");
            assert!(patterns.iter().all(|pattern| !pattern.contains("  ")), "{language}: {key} has a double space");
        }
    }
}

#[test]
fn every_phrase_is_used_and_every_used_phrase_exists() {
    let english = phrases("en");
    let mut source = String::new();
    let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                source += &std::fs::read_to_string(path).unwrap();
            }
        }
    }
    let tables: BTreeSet<&str> = english.keys().filter_map(|key| key.split_once('.')).map(|(table, _)| table).collect();
    let is_key = |text: &&str| {
        text.split_once('.').is_some_and(|(table, name)| {
            tables.contains(table)
                && !name.is_empty()
                && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        })
    };
    let written: BTreeSet<&str> = source.split('"').filter(is_key).collect();
    let absent: Vec<_> = written.iter().filter(|key| !english.contains_key(**key)).collect();
    assert!(absent.is_empty(), "used and not in the words: {absent:?}");
    // These keys are composed from what they count (`more: "wins"`) or from a column.
    let composed = |key: &str| {
        let (table, name) = key.split_once('.').unwrap();
        let part = match table {
            "left_out" => name,
            "signals" => name.strip_prefix("table_").unwrap_or(""),
            _ => "",
        };
        !part.is_empty() && source.contains(&format!("\"{part}\""))
    };
    // These keys are replaced in a first brief or in the shared copy.
    let instead = |key: &str| {
        ["first.", "shared."].iter().any(|when| key.strip_prefix(when).is_some_and(|key| written.contains(key)))
    };
    let idle: Vec<_> =
        english.keys().filter(|key| !written.contains(**key) && !composed(key) && !instead(key)).collect();
    assert!(idle.is_empty(), "in the words and not used: {idle:?}");
}

#[test]
fn every_language_has_words_for_the_whole_story() {
    for language in Words::languages() {
        for audience in [Audience::Boss, Audience::Shared] {
            let text = text(&compose_for(&story_for_me(), language, audience));
            assert!(!text.contains(['{', '}']), "{language}: a place is not filled: {text}");
            let keys = phrases(language);
            let key = text.split_whitespace().find(|word| keys.contains_key(word.trim_end_matches([',', ':', '.'])));
            assert_eq!(key, None, "{language}: a key shows");
        }
    }
}

#[test]
fn other_languages_contain_no_english() {
    let english: BTreeSet<String> = compose(&story()).sections.into_iter().map(|section| section.title).collect();
    for language in Words::languages().iter().filter(|language| **language != "en") {
        let brief = compose_for(&story(), language, Audience::Boss);
        for section in &brief.sections {
            assert!(!english.contains(&section.title), "{language}: {}", section.title);
        }
    }
}

/// Returns the example's brief as Markdown.
fn example() -> String {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/curation");
    let request = headsup::pipeline::Request {
        as_of: day(11, 20),
        on: None,
        since: None,
        audience: Audience::Boss,
        formats: Some(vec![headsup::config::Format::Md]),
    };
    let made = headsup::pipeline::run(&folder, &request).unwrap();
    String::from_utf8(made.bytes(headsup::config::Format::Md).unwrap().to_vec()).unwrap().replace('\u{a0}', " ")
}

#[test]
fn the_example_has_the_expected_wording() {
    let brief = example();
    for said in [
        "Curation · Dana Reyes · brief for the 1:1 with Alex Kim",
        "For Alex Kim · data to 20 Nov: 10 files",
        "Drop supplier scoring from this quarter by Tuesday and Self-serve release lands about 2",
        "- **Work has slowed**: 7 tasks finished in two weeks, 33 in the two before (“Feedback week”, 9–13 Nov).",
        "- 3 granted; to come: a mentor from the Platform POD, “Yes, from December”\n",
        "  > *“We look a supplier up ourselves now, during the call”* Norvik Foods, 18 November\n",
        "Update lag: **61 h**",
        "Retention, 90 days: **97.0%**",
        "its six tasks were never agreed",
        "You confirmed this on 2 October.",
        "(Self-serve release, 6 days late)",
        "We say at risk; the numbers say late",
        "## Changed from what we agreed: 3 of 4 changes still to agree",
        "34 on 2 Oct (reconstructed)",
        "43 (+11, −2); 6 of 11 are “scoring”",
        "Planned 6 November: 5 of 7 done",
        "Tied to no milestone: “",
        "1 of the 5 tasks finished since the last 1:1 was tied to no objective.",
        "Not yet raised with Platform POD.",
        "5 of 8, up from 4",
        "misses target 0.5%",
        "odds of 4 Dec ",
        " → 2 Dec**",
        "$45,310",
    ] {
        assert!(brief.contains(said), "{said}\n{brief}");
    }
    for not_said in [
        "are not agreed",
        "Please confirm",
        "more than at the last 1:1",
        "Reported as",
        "Moved away",
        "estimated",
        "most of all",
        "Said and done",
        "uild up to no",
        "lay outside",
        "Wish:",
        "of goal",
        "Before:",
        "above target",
        "below target",
        "on the web page",
        "copy for the boss",
        "unknown",
    ] {
        assert!(!brief.contains(not_said), "{not_said}\n{brief}");
    }
}

/// Longest title that takes two lines: 510 points at 17 points a letter's height, on average 8.7 points wide in bold.
const MAX_TITLE_CHARS: usize = 117;

#[test]
fn the_title_of_the_example_takes_two_lines_in_every_language() {
    let folder = tempfile::tempdir().unwrap();
    crate::program::copy(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/curation"), folder.path());
    let config = folder.path().join("headsup.toml");
    let written = std::fs::read_to_string(&config).unwrap();
    for language in ["de", "en", "es", "fr", "pt"] {
        std::fs::write(&config, written.replace("[brief]\n", &format!("[brief]\nlanguage = \"{language}\"\n")))
            .unwrap();
        let request = headsup::pipeline::Request {
            as_of: day(11, 20),
            on: None,
            since: None,
            audience: Audience::Boss,
            formats: Some(vec![headsup::config::Format::Json]),
        };
        let title = headsup::pipeline::run(folder.path(), &request).unwrap().brief.title;
        assert!(
            title.chars().count() <= MAX_TITLE_CHARS && title.contains("Drop supplier scoring"),
            "{language}: {title}"
        );
        // Both dates are in it, and no ask ends it.
        assert!(title.contains("2") && title.contains("10") && !title.contains("A-05"), "{language}: {title}");
    }
}

/// Lists the phrases that native readers found wrong, by language.
#[test]
fn no_language_contains_phrases_that_readers_found_wrong() {
    let rows: [(&str, &[&str]); 4] = [
        ("de", &["Sorgen", "vor Plan", "im Umfang", "Zahlen auf keinen Meilenstein ein", "Nichts vorzuweisen"]),
        ("fr", &["en mieux", "Chances de finir", "manque sa cible", " au périmètre", "Buts", "Qui attend un fait"]),
        ("es", &["le pido que acuerde", "para bien", "para mal", "Dicho y hecho"]),
        ("pt", &["É preciso até", "Dito e feito", "Para mim"]),
    ];
    for (language, banned) in rows {
        let of_language = phrases(language);
        let patterns = of_language.iter().flat_map(|(key, patterns)| patterns.iter().map(move |it| (key, it)));
        for (key, pattern) in patterns {
            assert!(banned.iter().all(|words| !pattern.contains(words)), "{language}, {key}: {pattern}");
        }
    }
}
