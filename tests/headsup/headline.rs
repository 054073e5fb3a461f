//! The headline and the summary, read as the boss reads them, in situations that differ in one thing each.

mod readings;
mod situations;

use headsup::analysis::*;
use headsup::team::*;

use crate::brief::story::*;
use readings::READINGS;
use situations::{situations, with};

fn read(analysis: &Analysis) -> String {
    let brief = compose(analysis);
    plain(
        &std::iter::once(brief.title.clone())
            .chain(brief.sentences())
            .map(|line| format!("{line}\n"))
            .collect::<String>(),
    )
}

#[test]
fn the_same_facts_make_the_same_sentences() {
    let situations = situations();
    assert_eq!(situations.len(), READINGS.len());
    let mut differ = Vec::new();
    for ((name, analysis), (expected_name, sentences)) in situations.iter().zip(READINGS) {
        assert_eq!(name, expected_name);
        let read = read(analysis);
        if read.lines().collect::<Vec<_>>() != *sentences {
            differ.push(format!("{name}\n{read}"));
        }
    }
    assert!(differ.is_empty(), "{}", differ.join("\n\n"));
}

#[test]
fn every_sentence_of_the_summary_ends_with_a_stop_and_the_title_does_not() {
    for (name, analysis) in situations() {
        let brief = compose(&analysis);
        assert!(!brief.title.ends_with('.'), "{name}: {}", brief.title);
        assert!(brief.summary.len() <= 3, "{name}: at most three more");
        let bullets = brief.sentences();
        assert!(bullets.iter().all(|line| line.ends_with(['.', '…'])), "{name}: {bullets:?}");
        let all = std::iter::once(&brief.title).chain(&bullets);
        assert!(all.clone().all(|line| !line.contains(['{', '}'])), "{name}: a place left unfilled");
    }
}

#[test]
fn unless_needs_if_not_and_a_first_brief_never_speaks_of_the_last_meeting() {
    for (name, analysis) in situations() {
        let read = read(&analysis);
        let said = analysis.asks.iter().any(|ask| ask.if_not.is_some());
        assert!(said || !read.contains("unless"), "{name}: {read}");
        if analysis.first_brief {
            assert!(!text(&compose(&analysis)).contains("since the last 1:1"), "{name}");
        }
    }
}

#[test]
fn the_managers_own_headline_stands_and_the_summary_keeps_the_facts() {
    let analysis = with(late("Release", day(12, 4), 9));
    let options = headsup::brief::Options {
        audience: headsup::redact::Audience::Boss,
        headline: Some("We need your word on the release"),
        sources: &[],
        problems: &Default::default(),
    };
    let brief = headsup::brief::compose(&analysis, headsup::words::Words::of("en").unwrap(), &options);
    assert_eq!(brief.title, "We need your word on the release");
    assert_eq!(plain(&brief.sentences()[0]), "Release is forecast for 13 December, 9 days late.");
}
