//! The headline and the summary: the most important sentence, then at most three bullets that begin in bold.
//!
//! They are chosen by rules from ranked [`facts`](super::facts), so equal facts always give equal words. The title is
//! the first fact with its reason or its ask; the summary has the next three, each about another subject.

use std::collections::BTreeSet;

use super::facts::{Fact, Rank, Subject, facts, subject_of_drift};
use super::phrase::{Context, flat, stopped};
use super::risks::rating;
use super::{Span, Spans};
use crate::analysis::RiskState;
use crate::chart::text_width;
use crate::team::{RiskStatus, Status};

/// Maximum number of bullets below the title.
const MAX_BULLETS: usize = 3;

/// Returns the title and the bullets below it. `own` is the manager's own title.
pub(super) fn headline(context: &Context, own: Option<&str>) -> (String, Vec<Spans>) {
    let mut facts = ranked(context);
    let invitation = invitation(context);
    let mut covered = Vec::new();
    let title = match own.map(str::trim).filter(|own| !own.is_empty()) {
        Some(own) => own.to_owned(),
        None => match (&invitation, facts.iter().find(|fact| !fact.is_tentative)) {
            // The first brief asks for agreement, unless there is better or worse news.
            (Some(invitation), Some(fact)) if fact.rank > Rank::Better => invitation.clone(),
            (Some(invitation), None) => invitation.clone(),
            (_, Some(_)) => {
                let lead = facts.iter().position(|fact| !fact.is_tentative).unwrap_or_default();
                let fact = facts.remove(lead);
                covered = covered_by(context, &fact);
                two_lines(fact)
            }
            (None, None) => largest_risk(context).unwrap_or_else(|| context.say("headline.no_data", &[])),
        },
    };
    let invited = invitation.into_iter().filter(|line| *line != title).map(|line| (line, None));
    // The first brief of a quarter begins its bullets with the close of the last one.
    let is_close = |fact: &Fact| fact.subjects.contains(&Subject::LastQuarter);
    let close = facts.iter().position(is_close).map(|place| facts.remove(place)).map(|fact| (fact.text, fact.name));
    let first: Vec<(String, Option<String>)> = close.into_iter().chain(invited).collect();
    let next = next_facts(&facts, MAX_BULLETS - first.len(), &covered).into_iter();
    let bullets = first.into_iter().chain(next.map(|fact| (one_line(fact), fact.name.clone())));
    (title, bullets.map(|(text, name)| with_bold_lead(context, &stopped(&text), name.as_deref())).collect())
}

/// Returns the subjects that the title covers besides its own: its milestones, and the drift that its ask is about.
fn covered_by(context: &Context, title: &Fact) -> Vec<Subject> {
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

/// Width of a line of the title, and font size, in points.
const TITLE_WIDTH: f64 = 509.0;
const TITLE_SIZE: f64 = 17.0;
/// Width of a line of a bullet, in points.
const BULLET_WIDTH: f64 = 492.0;
const BULLET_SIZE: f64 = 9.0;

/// Returns the sentence of a bullet: a shorter one if only that fits on one line.
fn one_line(fact: &Fact) -> String {
    let fits = |text: &str| text_width(text, BULLET_SIZE, false) <= BULLET_WIDTH;
    let line = fact.line.as_ref().filter(|line| !fits(&fact.text) && fits(line));
    line.unwrap_or(&fact.text).clone()
}

/// Returns the longest sentence of a fact that takes at most two lines as a title.
fn two_lines(fact: Fact) -> String {
    let lines = |text: &str| {
        let fits = |line: &str, word: &str| text_width(&format!("{line} {word}"), TITLE_SIZE, true) <= TITLE_WIDTH;
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

/// Maximum number of equally rated risks that are named.
const MAX_NAMED_RISKS: usize = 3;

/// The largest open risk, if nothing else is known. If several have the same rating, none is called the largest.
fn largest_risk(context: &Context) -> Option<String> {
    let open: Vec<&RiskState> = context.analysis.risks.iter().filter(|risk| risk.status == RiskStatus::Open).collect();
    let first = *open.first()?;
    let quoted = |risk: &&RiskState| context.words.quote(&flat(&risk.risk));
    let alike: Vec<&RiskState> = open.iter().copied().filter(|risk| risk.score == first.score).collect();
    if open.len() == 1 || (alike.len() == 1 && first.score.is_some()) {
        return Some(context.count("headline.largest_risk", open.len(), &[("risk", &quoted(&first))]));
    }
    // The ratings 4 × 5 and 5 × 4 have equal scores but are not equal.
    let are_rated_alike = first.score.is_some() && alike.iter().all(|risk| risk.impact == first.impact);
    let named = if are_rated_alike { &alike } else { &open };
    let mut names: Vec<String> = named.iter().take(MAX_NAMED_RISKS).map(quoted).collect();
    if named.len() > MAX_NAMED_RISKS {
        names.push(context.count("next.others", named.len() - MAX_NAMED_RISKS, &[]));
    }
    let (alike, rating) = (context.words.whole(alike.len() as u64), rating(context, first.likelihood, first.impact));
    let places = [("alike", alike.as_str()), ("rating", &rating), ("risks", &names.join(", "))];
    let key = if are_rated_alike { "headline.risks_alike" } else { "headline.risks_open" };
    Some(context.count(key, open.len(), &places))
}

/// Maximum length of the bold beginning of a bullet, in characters.
const MAX_LEAD_CHARS: usize = 60;

/// Returns a bullet with the name it is about in bold, else with the text before a colon or a comma in bold.
fn with_bold_lead(context: &Context, text: &str, name: Option<&str>) -> Spans {
    let named = name.and_then(|name| text.find(name).map(|at| (at, at + name.len())));
    let clause = || {
        let end = text.find(context.words.colon()).or_else(|| text.find(", "))?;
        (text[..end].chars().count() <= MAX_LEAD_CHARS).then_some((0, end))
    };
    let Some((from, to)) = named.or_else(clause) else { return vec![Span::plain(text)] };
    let parts = [Span::plain(&text[..from]), Span::strong(&text[from..to]), Span::plain(&text[to..])];
    parts.into_iter().filter(|part| !part.text.is_empty()).collect()
}

/// The invitation of the very first brief to agree on the plan, if anything is still open.
fn invitation(context: &Context) -> Option<String> {
    let is_open = |status: Status| !matches!(status, Status::Done | Status::Dropped);
    let mut objectives = context.analysis.objectives.iter();
    let open = objectives.any(|objective| {
        is_open(objective.status) || objective.milestones.iter().any(|milestone| is_open(milestone.status))
    });
    (context.analysis.first_brief && open).then(|| context.say("common.first_brief", &[]))
}

/// Returns all facts, the most important first. Equally important ones keep the order of the data.
fn ranked(context: &Context) -> Vec<Fact> {
    let mut facts = facts(context);
    facts.sort_by(|a, b| a.rank.cmp(&b.rank).then(b.size.total_cmp(&a.size)).then(b.new.cmp(&a.new)));
    // A fact is dropped if earlier ones cover all its subjects, for example a milestone that an ask names.
    let mut covered: BTreeSet<Subject> = BTreeSet::new();
    facts.retain(|fact| {
        let known = fact.subjects.iter().all(|subject| covered.contains(subject));
        if !known {
            covered.extend(fact.subjects.iter().cloned());
        }
        !known
    });
    facts
}

/// Returns the next `many` facts: first one for each objective and one ask without objective, then the following ones.
/// Facts about a subject in `covered` come last, unless an answer is overdue.
fn next_facts<'a>(facts: &'a [Fact], many: usize, covered: &[Subject]) -> Vec<&'a Fact> {
    let again =
        |fact: &Fact| fact.rank != Rank::Overdue && fact.subjects.iter().any(|subject| covered.contains(subject));
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
