//! The headline and the summary: the one sentence the boss must know, then at most three bullets with a bold lead.
//!
//! Written by rule from ranked [`facts`](super::facts), so the same facts make the same words. The title is the top
//! fact with its reason or its ask; the summary takes the next three, each about something else.

use std::collections::BTreeSet;

use super::facts::{Fact, Rank, Subject, facts, subject_of_drift};
use super::phrase::{Context, flat, stopped};
use super::risks::rating;
use super::{Span, Spans};
use crate::analysis::RiskState;
use crate::chart::text_width;
use crate::team::{RiskStatus, Status};

/// Sentences below the title, at most.
const SUMMARY: usize = 3;

/// The title, and the bullets below it.
pub(super) fn headline(context: &Context, own: Option<&str>) -> (String, Vec<Spans>) {
    let mut facts = ranked(context);
    let invitation = invitation(context);
    let mut told = Vec::new();
    let title = match own.map(str::trim).filter(|own| !own.is_empty()) {
        Some(own) => own.to_owned(),
        None => match (&invitation, facts.iter().find(|fact| !fact.is_tentative)) {
            // A first brief asks for agreement, unless there is worse or better news.
            (Some(invitation), Some(fact)) if fact.rank > Rank::Better => invitation.clone(),
            (Some(invitation), None) => invitation.clone(),
            (_, Some(_)) => {
                let lead = facts.iter().position(|fact| !fact.is_tentative).unwrap_or_default();
                let fact = facts.remove(lead);
                told = told_by(context, &fact);
                two_lines(fact)
            }
            (None, None) => largest_risk(context).unwrap_or_else(|| context.say("headline.no_data", &[])),
        },
    };
    let invited = invitation.into_iter().filter(|line| *line != title).map(|line| (line, None));
    // The first brief of a quarter opens with the last one's close.
    let is_close = |fact: &Fact| fact.subjects.contains(&Subject::LastQuarter);
    let close = facts.iter().position(is_close).map(|place| facts.remove(place)).map(|fact| (fact.text, fact.name));
    let first: Vec<(String, Option<String>)> = close.into_iter().chain(invited).collect();
    let next = next_facts(&facts, SUMMARY - first.len(), &told).into_iter();
    let bullets = first.into_iter().chain(next.map(|fact| (one_line(fact), fact.name.clone())));
    (title, bullets.map(|(text, name)| led(context, &stopped(&text), name.as_deref())).collect())
}

/// What a reader of the title knows besides: how its milestones stand, and what its ask is about.
fn told_by(context: &Context, title: &Fact) -> Vec<Subject> {
    let about = |subject: &Subject| match subject {
        Subject::Milestone(_) => vec![subject.clone()],
        Subject::Ask(id) => {
            let ask = context.analysis.asks.iter().find(|ask| ask.id == *id);
            let drifts = ask.map_or(&[][..], |ask| context.drifts_asked_about(ask.number));
            drifts.iter().map(|drift| subject_of_drift(drift)).collect()
        }
        _ => Vec::new(),
    };
    title.subjects.iter().flat_map(about).collect()
}

/// How wide a line of the title is, and how large its letters, in points.
const LINE: f64 = 509.0;
const LETTERS: f64 = 17.0;
/// The width of a line of a bullet.
const BULLET: f64 = 492.0;
const BULLET_LETTERS: f64 = 9.0;

/// The sentence of a bullet: in one line where a shorter one does that.
fn one_line(fact: &Fact) -> String {
    let fits = |text: &str| text_width(text, BULLET_LETTERS, false) <= BULLET;
    let line = fact.line.as_ref().filter(|line| !fits(&fact.text) && fits(line));
    line.unwrap_or(&fact.text).clone()
}

/// The longest sentence of a fact that takes no more than two lines as a title.
fn two_lines(fact: Fact) -> String {
    let lines = |text: &str| {
        let fits = |line: &str, word: &str| text_width(&format!("{line} {word}"), LETTERS, true) <= LINE;
        let mut lines = vec![String::new()];
        for word in text.split(' ') {
            match lines.last_mut() {
                Some(line) if line.is_empty() => line.push_str(word),
                Some(line) if fits(line, word) => line.extend([" ", word]),
                _ => lines.push(word.to_owned()),
            }
        }
        lines.len()
    };
    let fits = |text: &&String| lines(text) <= 2;
    let all = || fact.title.iter().chain([&fact.text]).chain(&fact.shorter);
    all().find(fits).or_else(|| all().min_by_key(|text| text.chars().count())).cloned().unwrap_or_default()
}

/// So many risks of one rating are named.
const RISKS_NAMED: usize = 3;

/// The largest open risk, where nothing else is known; of several that are rated alike none is the largest.
fn largest_risk(context: &Context) -> Option<String> {
    let open: Vec<&RiskState> = context.analysis.risks.iter().filter(|risk| risk.status == RiskStatus::Open).collect();
    let first = *open.first()?;
    let quoted = |risk: &&RiskState| context.words.quote(&flat(&risk.risk));
    let alike: Vec<&RiskState> = open.iter().copied().filter(|risk| risk.score == first.score).collect();
    if open.len() == 1 || (alike.len() == 1 && first.score.is_some()) {
        return Some(context.count("headline.largest_risk", open.len(), &[("risk", &quoted(&first))]));
    }
    // Four of five times five, and five of five times four, come to the same and are not rated the same.
    let are_rated_alike = first.score.is_some() && alike.iter().all(|risk| risk.impact == first.impact);
    let named = if are_rated_alike { &alike } else { &open };
    let mut names: Vec<String> = named.iter().take(RISKS_NAMED).map(quoted).collect();
    if named.len() > RISKS_NAMED {
        names.push(context.count("next.others", named.len() - RISKS_NAMED, &[]));
    }
    let (alike, rating) = (context.words.whole(alike.len() as u64), rating(context, first.likelihood, first.impact));
    let places = [("alike", alike.as_str()), ("rating", &rating), ("risks", &names.join(", "))];
    let key = if are_rated_alike { "headline.risks_alike" } else { "headline.risks_open" };
    Some(context.count(key, open.len(), &places))
}

/// A lead is no longer.
const LONG_LEAD: usize = 60;

/// A bullet with its lead in bold: the name that it is about, else what stands before a colon or a comma.
fn led(context: &Context, text: &str, name: Option<&str>) -> Spans {
    let named = name.and_then(|name| text.find(name).map(|at| (at, at + name.len())));
    let clause = || {
        let end = text.find(context.words.colon()).or_else(|| text.find(", "))?;
        (text[..end].chars().count() <= LONG_LEAD).then_some((0, end))
    };
    let Some((from, to)) = named.or_else(clause) else { return vec![Span::plain(text)] };
    let parts = [Span::plain(&text[..from]), Span::strong(&text[from..to]), Span::plain(&text[to..])];
    parts.into_iter().filter(|part| !part.text.is_empty()).collect()
}

/// What the first brief of all says, where there is something left to agree.
fn invitation(context: &Context) -> Option<String> {
    let is_open = |status: Status| !matches!(status, Status::Done | Status::Dropped);
    let mut objectives = context.analysis.objectives.iter();
    let open = objectives.any(|objective| {
        is_open(objective.status) || objective.milestones.iter().any(|milestone| is_open(milestone.status))
    });
    (context.analysis.first_brief && open).then(|| context.say("common.first_brief", &[]))
}

/// All facts, the one the boss must know first. Equal ones keep the order of the data.
fn ranked(context: &Context) -> Vec<Fact> {
    let mut facts = facts(context);
    facts.sort_by(|a, b| a.rank.cmp(&b.rank).then(b.size.total_cmp(&a.size)).then(b.new.cmp(&a.new)));
    // A fact that another one tells already, as a milestone that an ask names, is not told twice.
    let mut told: BTreeSet<Subject> = BTreeSet::new();
    facts.retain(|fact| {
        let known = fact.subjects.iter().all(|subject| told.contains(subject));
        if !known {
            told.extend(fact.subjects.iter().cloned());
        }
        !known
    });
    facts
}

/// The next `many` facts: first one of each objective and one ask that belongs to none, then whatever comes next. What is
/// about a milestone that the title is about too comes last, unless an answer is overdue.
fn next_facts<'a>(facts: &'a [Fact], many: usize, told: &[Subject]) -> Vec<&'a Fact> {
    let again = |fact: &Fact| fact.rank != Rank::Overdue && fact.subjects.iter().any(|subject| told.contains(subject));
    let mut chosen: Vec<usize> = Vec::new();
    let mut seen = Vec::new();
    for (place, fact) in facts.iter().enumerate() {
        if chosen.len() == many {
            break;
        }
        if again(fact) {
            continue;
        }
        let is_ask = matches!(fact.subjects.first(), Some(Subject::Ask(_)));
        let from = (&fact.objective, is_ask && fact.objective.is_none());
        if from == (&None, false) || !seen.contains(&from) {
            seen.push(from);
            chosen.push(place);
        }
    }
    let is_news = |fact: &Fact| fact.rank < Rank::Steady && !again(fact);
    let rest = (0..facts.len()).filter(|place| is_news(&facts[*place])).chain(0..facts.len());
    for place in rest {
        if chosen.len() < many && !chosen.contains(&place) {
            chosen.push(place);
        }
    }
    chosen.sort_unstable();
    chosen.into_iter().map(|place| &facts[place]).collect()
}
