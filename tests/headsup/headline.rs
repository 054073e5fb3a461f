//! Tests of the headline and the summary as the boss reads them, in situations that each differ in one respect.

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
fn each_situation_has_its_sentences() {
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
fn unless_needs_the_field_if_not_and_a_first_brief_never_mentions_the_last_meeting() {
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
fn the_managers_own_headline_is_used_and_the_summary_keeps_the_facts() {
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

/// Returns a release that is 9 days late, and an ask that brings it to 2 December.
fn lever(text: &str, needed: Option<chrono::NaiveDate>, brings: Option<f64>) -> Analysis {
    let effect = Effect {
        milestone: "Release".into(),
        p50_from: Some(day(12, 13)),
        p50_to: Some(day(12, 2)),
        p85_from: None,
        p85_to: None,
        odds_from: Some(0.2),
        odds_to: Some(0.61),
        without: 6,
        brings,
        moved: None,
    };
    let asked = ask(1, text, AskKind::Decision, needed);
    let asked = AskState { effect: Some(effect), milestone: Some("Release".into()), ..asked };
    Analysis { asks: vec![asked], ..with(late("Release", day(12, 4), 9)) }
}

fn title(language: &str, analysis: &Analysis) -> String {
    let options = headsup::brief::Options {
        audience: headsup::redact::Audience::Boss,
        headline: None,
        sources: &[],
        problems: &Default::default(),
    };
    plain(&headsup::brief::compose(analysis, headsup::words::Words::of(language).unwrap(), &options).title)
}

#[test]
fn an_ask_that_begins_with_a_verb_leads_the_headline() {
    let soon = Some(day(11, 24));
    for (language, text, expected) in [
        ("en", "Drop scoring", "Drop scoring by Tuesday and Release lands about 2 December, not 13 December"),
        (
            "de",
            "Das Scoring streichen",
            "Das Scoring streichen bis Dienstag: Release kommt um den 2. Dezember statt um den 13. Dezember",
        ),
        (
            "fr",
            "Abandonner le scoring",
            "Abandonner le scoring d’ici au mardi 24 novembre : Release arrive vers le 2 décembre au lieu du 13 décembre",
        ),
        (
            "es",
            "Quitar el scoring",
            "Quitar el scoring a más tardar el martes: Release llega hacia el 2 de diciembre en vez del 13 de diciembre",
        ),
        (
            "pt",
            "Retirar o scoring",
            "Retirar o scoring até terça-feira: Release chega por volta de 2 de dezembro, e não de 13 de dezembro",
        ),
    ] {
        assert_eq!(title(language, &lever(text, soon, None)), expected);
    }
    assert_eq!(
        title("en", &lever("drop scoring", None, None)),
        "Drop scoring and Release lands about 2 December, not 13 December"
    );
}

#[test]
fn an_ask_without_a_verb_or_with_too_large_a_promise_does_not_lead() {
    let soon = Some(day(11, 24));
    let noun = title("en", &lever("A front-end developer", soon, None));
    assert_eq!(
        noun,
        "Release is 9 days late; “A front-end developer” by Tuesday moves it from about 13 to about 2 December"
    );
    for (what, analysis) in [
        ("an estimate", lever("Add a developer", soon, Some(8.0))),
        ("overdue", lever("Drop scoring", Some(day(11, 18)), None)),
        ("two clauses", lever("Drop scoring; keep the rest", soon, None)),
        ("a day of its own", lever("Drop scoring by Friday", soon, None)),
    ] {
        let title = title("en", &analysis);
        assert!(!title.contains(" lands about "), "{what}: {title}");
    }
    assert!(!title("en", &lever("Add a developer", soon, Some(8.0))).contains("2 December"));
}
