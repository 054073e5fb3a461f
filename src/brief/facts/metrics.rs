//! Metrics as facts: signals, missed targets, and outcomes that do not follow the work.

use super::super::phrase::{Context, decimals, flat};
use super::super::quarter::{outcome_lags, outcome_said};
use super::super::signals::{fresh, is_above};
use super::{Fact, Rank, Subject, weight};
use crate::analysis::{MetricState, ObjectiveState, OutcomeMove, Range, Rule, Signal};

pub(super) fn facts(context: &Context) -> Vec<Fact> {
    let mut facts = Vec::new();
    for metric in &context.analysis.metrics {
        match (fresh(context, metric), metric.range) {
            (Some(signal), Some(range)) => facts.push(signalled(context, metric, signal, range)),
            _ => facts.extend(against_target(context, metric)),
        }
    }
    facts.extend(context.analysis.objectives.iter().filter_map(|objective| outcome(context, objective)));
    facts.extend(steady(context));
    facts
}

fn signalled(context: &Context, metric: &MetricState, signal: Signal, range: Range) -> Fact {
    let above = is_above(metric, signal, range);
    let name = flat(&metric.name);
    let value = metric.latest.map(|value| context.value(metric, value)).unwrap_or_default();
    let judgement = context.judgement(signal.favourable);
    let bare = |value: f64| context.quantity(value, None, decimals(metric));
    let (lower, upper) = (bare(range.lower), context.value(metric, range.upper));
    let limit = context.value(metric, if above { range.upper } else { range.lower });
    let centre = context.value(metric, range.centre);
    let places = [
        ("metric", name.as_str()),
        ("value", &value),
        ("judgement", &judgement),
        ("lower", &lower),
        ("upper", &upper),
        ("limit", &limit),
        ("centre", &centre),
    ];
    let key = match (signal.rule, above, Context::is_by_week(metric)) {
        (Rule::OutsideLimit, ..) => "headline.outside",
        (Rule::EightOneSide, true, true) => "headline.eight_above",
        (Rule::EightOneSide, true, false) => "headline.eight_above_times",
        (Rule::EightOneSide, false, true) => "headline.eight_below",
        (Rule::EightOneSide, false, false) => "headline.eight_below_times",
        (Rule::ThreeOfFour, true, true) => "headline.three_upper",
        (Rule::ThreeOfFour, true, false) => "headline.three_upper_times",
        (Rule::ThreeOfFour, false, true) => "headline.three_lower",
        (Rule::ThreeOfFour, false, false) => "headline.three_lower_times",
    };
    let rank = match signal.favourable {
        Some(false) => Rank::Worse,
        None => Rank::Crossed,
        Some(true) => Rank::Better,
    };
    let size = match signal.rule {
        Rule::OutsideLimit => 11.0,
        Rule::EightOneSide => 8.0,
        Rule::ThreeOfFour => 6.0,
    };
    let fact = Fact::new(rank, size, Subject::Metric(metric.name.clone()), context.say(key, &places));
    let objective = objective_of(context, metric);
    Fact { objective: objective.map(|objective| objective.id.clone()), ..fact.new_if(true) }
}

/// The objective whose outcome a metric is.
fn objective_of<'a>(context: &Context<'a>, metric: &MetricState) -> Option<&'a ObjectiveState> {
    let mut objectives = context.analysis.objectives.iter();
    objectives.find(|objective| objective.outcome.as_ref().is_some_and(|outcome| outcome.metric == metric.name))
}

fn against_target(context: &Context, metric: &MetricState) -> Option<Fact> {
    let (value, target) = (metric.latest?, metric.target?);
    let met = metric.target_met?;
    let name = flat(&metric.name);
    let places =
        [("metric", name), ("value", context.value(metric, value)), ("target", context.target(metric, target))];
    let key = if met { "headline.target_met" } else { "headline.target_missed" };
    let text = context.say(key, &places.each_ref().map(|(k, v)| (*k, v.as_str())));
    let size = if met { 1.0 } else { 5.0 };
    let fact = Fact::new(Rank::Steady, size, Subject::Metric(metric.name.clone()), text);
    let objective = objective_of(context, metric);
    Some(Fact { objective: objective.map(|objective| objective.id.clone()), ..fact })
}

/// `Update speed is on pace, but its outcome does not move: …`
fn outcome(context: &Context, objective: &ObjectiveState) -> Option<Fact> {
    let outcome = objective.outcome.as_ref().filter(|_| outcome_lags(objective))?;
    let worse = outcome.moving == OutcomeMove::Worse;
    let places = [("objective", context.objective_name(objective)), ("outcome", outcome_said(context, outcome))];
    let key = if worse { "headline.outcome_worse" } else { "headline.outcome_still" };
    let text = context.say(key, &places.each_ref().map(|(k, v)| (*k, v.as_str())));
    let rank = if worse { Rank::Worse } else { Rank::Crossed };
    let mut fact = Fact::new(rank, 2.0 * weight(context, &objective.id), Subject::Outcome(objective.id.clone()), text);
    fact.subjects.push(Subject::Metric(outcome.metric.clone()));
    Some(fact.of(&objective.id))
}

/// `All 4 metrics are within their usual range`, where all have one.
fn steady(context: &Context) -> Option<Fact> {
    let metrics = &context.analysis.metrics;
    let quiet = metrics.iter().all(|metric| metric.range.is_some() && fresh(context, metric).is_none());
    (quiet && !metrics.is_empty()).then(|| {
        let value = metrics[0].latest.map(|value| context.value(&metrics[0], value)).unwrap_or_default();
        let places = [("metric", flat(&metrics[0].name)), ("value", value)];
        let places = places.each_ref().map(|(k, v)| (*k, v.as_str()));
        let text = context.count("headline.metric_steady", metrics.len(), &places);
        let subject = if let [one] = metrics.as_slice() { Subject::Metric(one.name.clone()) } else { Subject::Metrics };
        Fact::new(Rank::Steady, 2.0, subject, text)
    })
}
