//! The words files: every language says the same things, every place is filled, every phrase is used.

use std::collections::{BTreeMap, BTreeSet};

use headsup::redact::Audience;
use headsup::words::Words;

use crate::brief::story::*;

/// The names of the places in a pattern.
fn places(pattern: &str) -> BTreeSet<&str> {
    pattern.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

fn phrases(language: &str) -> BTreeMap<&'static str, Vec<&'static str>> {
    Words::of(language).unwrap().patterns().collect()
}

#[test]
fn the_promised_languages_are_there() {
    for language in ["de", "en", "es", "fr", "pt"] {
        assert!(Words::languages().contains(&language), "{language}");
    }
}

#[test]
fn every_language_has_the_same_phrases_with_the_same_places() {
    let english = phrases("en");
    for language in Words::languages() {
        let own = phrases(language);
        let (ours, theirs): (BTreeSet<_>, BTreeSet<_>) = (own.keys().collect(), english.keys().collect());
        let missing: Vec<_> = theirs.difference(&ours).collect();
        let unknown: Vec<_> = ours.difference(&theirs).collect();
        assert!(missing.is_empty() && unknown.is_empty(), "{language} lacks {missing:?}, has of its own {unknown:?}");
        for (key, patterns) in &own {
            // A plural form may leave out places, as "the one milestone" does with its number; none may add one.
            let all = |patterns: &[&'static str]| patterns.iter().flat_map(|p| places(p)).collect::<BTreeSet<_>>();
            let (here, there) = (all(patterns), all(&english[key]));
            assert_eq!(here, there, "{language}: {key}");
            assert!(patterns.iter().all(|pattern| !pattern.trim().is_empty()), "{language}: {key} is empty");
            assert!(patterns.iter().all(|pattern| !pattern.contains("  ")), "{language}: {key} has a double space");
        }
    }
}

#[test]
fn every_phrase_is_used_and_every_phrase_used_is_there() {
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
    // These are named by what they count (`more: "wins"`) or by a column.
    let composed = |key: &str| {
        let (table, name) = key.split_once('.').unwrap();
        let part = match table {
            "more" | "all" => name,
            "signals" => name.strip_prefix("table_").unwrap_or(""),
            _ => "",
        };
        !part.is_empty() && source.contains(&format!("\"{part}\""))
    };
    // What the first brief, or the copy that may be forwarded, says in the place of a phrase.
    let instead = |key: &str| {
        ["first.", "shared."].iter().any(|when| key.strip_prefix(when).is_some_and(|key| written.contains(key)))
    };
    let idle: Vec<_> =
        english.keys().filter(|key| !written.contains(**key) && !composed(key) && !instead(key)).collect();
    assert!(idle.is_empty(), "in the words and not used: {idle:?}");
}

#[test]
fn every_language_tells_the_whole_story_without_a_hole() {
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
fn a_language_other_than_english_leaves_no_english_behind() {
    let english: BTreeSet<String> = compose(&story()).sections.into_iter().map(|section| section.title).collect();
    for language in Words::languages().iter().filter(|language| **language != "en") {
        let brief = compose_for(&story(), language, Audience::Boss);
        for section in &brief.sections {
            assert!(!english.contains(&section.title), "{language}: {}", section.title);
        }
    }
}
