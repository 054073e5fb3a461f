//! The headline and the summary: the one sentence the boss must know, then at most three more.
//!
//! Written by rule from ranked [`facts`](super::facts), so the same facts make the same words. The title is the top
//! fact with its reason or its ask; the summary takes the next three, from different objectives where it can.

use std::collections::BTreeSet;

use super::facts::{Fact, Rank, Subject, facts};
use super::phrase::{Context, stopped};

/// Sentences below the title, at most.
const SUMMARY: usize = 3;

/// The title, and the summary's sentences.
pub(super) fn headline(context: &Context, own: Option<&str>) -> (String, Vec<String>) {
    let mut facts = ranked(context);
    let invitation = invitation(context);
    let title = match own.map(str::trim).filter(|own| !own.is_empty()) {
        Some(own) => own.to_owned(),
        None => match (&invitation, facts.first()) {
            // A first brief asks for agreement; what is steady does not come before that.
            (Some(invitation), Some(fact)) if fact.rank >= Rank::Better => invitation.clone(),
            (Some(invitation), None) => invitation.clone(),
            (_, Some(_)) => facts.remove(0).text,
            (None, None) => context.say("headline.no_data", &[]),
        },
    };
    let mut summary: Vec<String> = invitation.into_iter().filter(|line| *line != title).collect();
    summary.extend(next_facts(&facts, SUMMARY - summary.len()).into_iter().map(|fact| fact.text.clone()));
    (title, summary.iter().map(|line| stopped(line)).collect())
}

/// What the first brief of all says, where there is something to agree.
fn invitation(context: &Context) -> Option<String> {
    let analysis = context.analysis;
    (analysis.first_brief && !analysis.objectives.is_empty()).then(|| context.say("common.first_brief", &[]))
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

/// The next `many` facts: first one of each objective and one ask that belongs to none, then whatever comes next.
fn next_facts(facts: &[Fact], many: usize) -> Vec<&Fact> {
    let mut chosen: Vec<usize> = Vec::new();
    let mut seen = Vec::new();
    for (place, fact) in facts.iter().enumerate() {
        if chosen.len() == many {
            break;
        }
        let is_ask = matches!(fact.subjects.first(), Some(Subject::Ask(_)));
        let from = (&fact.objective, is_ask && fact.objective.is_none());
        if from == (&None, false) || !seen.contains(&from) {
            seen.push(from);
            chosen.push(place);
        }
    }
    for place in 0..facts.len() {
        if chosen.len() == many {
            break;
        }
        if !chosen.contains(&place) {
            chosen.push(place);
        }
    }
    chosen.sort_unstable();
    chosen.into_iter().map(|place| &facts[place]).collect()
}
