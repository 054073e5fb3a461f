//! Tests of the manager's agenda: the contents and the order of its parts, and how long it takes to speak.

use headsup::analysis::Analysis;
use headsup::brief::{Agenda, AgendaPart};
use headsup::team::Stage;
use headsup::words::Words;

use super::story::*;

fn agenda(analysis: &Analysis) -> Agenda {
    agenda_in(analysis, "en")
}

fn agenda_in(analysis: &Analysis, language: &str) -> Agenda {
    let words = Words::of(language).unwrap();
    headsup::brief::agenda::agenda(
        analysis,
        words,
        &compose_for(analysis, language, headsup::redact::Audience::Boss).title,
    )
}

fn part<'a>(agenda: &'a Agenda, label: &str) -> &'a AgendaPart {
    agenda.parts.iter().find(|part| part.label == label).unwrap_or_else(|| panic!("no part {label}: {agenda:?}"))
}

fn said(part: &AgendaPart) -> String {
    let lines = part.points.iter().flat_map(|point| &point.lines);
    let lines = lines.map(|spans| spans.iter().map(|span| span.text.as_str()).collect::<String>());
    plain(&lines.collect::<Vec<_>>().join("\n"))
}

#[test]
fn the_parts_are_in_the_order_of_speaking() {
    let agenda = agenda(&story_for_me());
    let labels: Vec<&str> = agenda.parts.iter().map(|part| part.label.as_str()).collect();
    let order = ["Open with", "Decide", "Tell", "Explain", "Sound out", "Raise", "For me", "Not for the meeting"];
    let expected: Vec<&str> = order.into_iter().filter(|label| labels.contains(label)).collect();
    assert_eq!(labels, expected);
    assert!(labels.len() >= 6, "{labels:?}");
    let boxes = |label: &str| part(&agenda, label).points[0].boxes.clone();
    assert_eq!(boxes("Decide"), ["yes", "no", "later"]);
    assert_eq!(boxes("Tell"), ["said"]);
    assert!(part(&agenda, "Not for the meeting").is_boxed);
}

#[test]
fn it_opens_with_the_headline_and_raises_the_concerns() {
    let analysis = story_for_me();
    let agenda = agenda(&analysis);
    let headline = Words::of("en").unwrap().quote(&format!("{}.", compose(&analysis).title));
    assert!(said(part(&agenda, "Open with")).starts_with(&plain(&headline)), "{headline}");
    let raised = said(part(&agenda, "Raise"));
    assert!(raised.contains("T. Ibarra, an early signal: “Quiet in reviews for two weeks.”"), "{raised}");
    assert!(raised.contains("I think: communication. Next: ask in the next talk. Open 3 weeks, not raised yet."));
    assert!(said(part(&agenda, "Not for the meeting")).contains("none for 6 weeks: P. Nandakumar"));
}

#[test]
fn two_wins_and_one_person_are_mentioned() {
    let agenda = agenda(&story_for_me());
    let tell = part(&agenda, "Tell");
    assert_eq!(tell.points.len(), 3, "{}", said(tell));
    assert!(said(tell).contains("A. Osei went from no code to the sheet that tracks all team metrics. For ask"));
}

#[test]
fn late_milestones_without_a_reason_ask_for_one() {
    let mut analysis = story_for_me();
    for milestone in analysis.objectives.iter_mut().flat_map(|objective| &mut objective.milestones) {
        milestone.reason = None;
    }
    let explained = said(part(&agenda(&analysis), "Explain"));
    assert!(explained.contains("No reason recorded: have one ready."), "{explained}");
}

#[test]
fn asks_for_another_teams_people_are_sounded_out_not_decided() {
    let mut analysis = story_for_me();
    let ask = &mut analysis.asks[0];
    (ask.stage, ask.needed_from) = (Stage::Private, Some("Platform POD".into()));
    let text = ask.text.clone();
    let agenda = agenda(&analysis);
    let sounded = said(part(&agenda, "Sound out"));
    assert!(sounded.contains(text.trim_end_matches('.')) && sounded.contains("Not yet raised with Platform POD"));
    let decided = agenda.parts.iter().find(|part| part.label == "Decide").map(said).unwrap_or_default();
    assert!(!decided.contains(text.trim_end_matches('.')), "{decided}");
}

/// A speaker takes about 130 words a minute.
#[test]
fn it_is_spoken_in_five_minutes_in_every_language() {
    for language in Words::languages() {
        let agenda = agenda_in(&story_for_me(), language);
        let spoken = agenda.parts.iter().filter(|part| !part.is_boxed).map(said).collect::<Vec<_>>().join(" ");
        let words = spoken.split_whitespace().count();
        assert!(words < 5 * 130, "{language}: {words} words");
        assert!(!spoken.contains(['{', '}']), "{language}: a place is not filled: {spoken}");
    }
}

#[test]
fn a_month_as_a_date_stays_a_month_in_the_title() {
    let mut analysis = story_for_me();
    let end = "2026-11-30".parse().expect("a date");
    for ask in analysis.asks.iter_mut().filter(|ask| ask.needed_by.is_some()) {
        (ask.needed_by, ask.needed_period) = (Some(end), Some("2026-11".to_owned()));
    }
    let title = agenda(&analysis).title;
    assert!(title.contains(" by November") && !title.contains("30"), "{title}");
}
