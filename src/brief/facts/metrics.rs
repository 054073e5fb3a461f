//! Facts about metrics: signals, missed targets, and outcomes that do not follow the work.

use super::super::phrase::{Context, flat};
use super::super::quarter::{outcome_lags, outcome_text};
use super::super::signals::{
    Place, basis, before_newest, bounds, fresh, in_units, is_behind, limits, misses, path_today, place, run_length,
    step_to, what,
};
use super::{Fact, Rank, Subject, inside, weight};
use crate::analysis::{Basis, MetricState, ObjectiveState, OutcomeVerdict, Range, Rule, Signal};
use crate::team::{Status, TableKind};

pub(super) fn facts(context: &Context) -> Vec<Fact> {
    let mut facts = Vec::new();
    for metric in &context.analysis.metrics {
        match (fresh(metric), metric.range) {
            (Some(signal), Some(range)) if !range.provisional => facts.push(signalled(context, metric, signal, range)),
            (signal, range) => {
                let tentative = || Some(signalled(context, metric, signal?, range?));
                let known = stated(context, metric).or_else(|| against_target(context, metric));
                facts.extend(known.or_else(tentative));
            }
        }
    }
    facts.extend(context.analysis.objectives.iter().filter_map(|objective| outcome(context, objective)));
    facts.extend(steady(context));
    facts
}

fn signalled(context: &Context, metric: &MetricState, signal: Signal, range: Range) -> Fact {
    let above = signal.above;
    let name = flat(&metric.name);
    let value = value(context, metric, signal);
    let judgement = context.judgement(signal.favourable);
    let (lower, upper) = in_a_sentence(context, metric, range);
    let bare = limits(context, metric, range);
    let is_one = bare.0 == bare.1;
    let limit = in_units(context, metric, if above { range.upper } else { range.lower });
    let centre = in_units(context, metric, range.centre);
    let date = metric.level_since.map(|date| context.day_long(date)).unwrap_or_default();
    let what = what(context, basis(metric), signal.rule);
    let average = match range.basis {
        Basis::Level | Basis::Counts => "headline.average",
        Basis::Growth => "headline.average_trend",
        Basis::YearOnYear => "headline.average_season",
        Basis::Changes => "headline.average_change",
    };
    let average = context.say(average, &[("centre", &centre)]);
    let places = [
        ("metric", name.as_str()),
        ("value", &value),
        ("judgement", &judgement),
        ("lower", &lower),
        ("upper", &upper),
        ("limit", &limit),
        ("centre", &centre),
        ("date", &date),
        ("of", &what),
        ("average", &average),
    ];
    let by_week = Context::is_by_week(metric);
    // If the metric held a level until now, the reader knows that level rather than a range.
    let from_level = metric.level_since.is_some() && range.basis == Basis::Level;
    let text = match (signal.rule, above) {
        (Rule::OutsideLimit, true) if from_level => context.say("headline.rose_from", &places),
        (Rule::OutsideLimit, false) if from_level => context.say("headline.fell_from", &places),
        (Rule::OutsideLimit, _) => {
            let key = match range.basis {
                Basis::Growth => "headline.outside_trend",
                Basis::YearOnYear => "headline.outside_season",
                Basis::Changes => "headline.outside_change",
                Basis::Level | Basis::Counts if is_one => "headline.outside_one",
                Basis::Level | Basis::Counts => "headline.outside",
            };
            context.say(key, &places)
        }
        (Rule::EightOneSide, above) => {
            let key = match (above, by_week) {
                (true, true) => "headline.eight_above",
                (true, false) => "headline.eight_above_times",
                (false, true) => "headline.eight_below",
                (false, false) => "headline.eight_below_times",
            };
            context.count(key, run_length(metric, signal), &places)
        }
        (Rule::ThreeOfFour, above) => {
            let key = match (above, by_week) {
                (true, true) => "headline.three_upper",
                (true, false) => "headline.three_upper_times",
                (false, true) => "headline.three_lower",
                (false, false) => "headline.three_lower_times",
            };
            context.say(key, &places)
        }
    };
    let text = if range.provisional { context.say("signals.provisional", &[("text", &text)]) } else { text };
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
    let fact = Fact::new(rank, size, Subject::Metric(metric.name.clone()), text).about(&name);
    let objective = context.objective_of(metric);
    let objective = objective.map(|objective| objective.id.clone());
    Fact { objective, is_tentative: range.provisional, ..fact.new_if(true) }
}

/// The value at which a signal was found, with its change if the metric is judged by changes; and the newest value, if
/// that is a later one.
fn value(context: &Context, metric: &MetricState, signal: Signal) -> String {
    let with_change = |value: f64, ending| {
        let step = step_to(context, metric, ending).filter(|_| basis(metric) == Basis::Changes);
        let value = context.value(metric, value);
        step.map_or_else(|| value.clone(), |step| format!("{value} ({step})"))
    };
    let then = before_newest(metric, signal);
    let now = metric.latest.map(|latest| match then {
        Some(_) => context.value(metric, latest),
        None => with_change(latest, signal.week),
    });
    let now = now.unwrap_or_default();
    let Some(then) = then else { return now };
    let (then, period) = (with_change(then, signal.week), context.period(metric, signal.week));
    context.say("headline.then_now", &[("then", &then), ("period", &period), ("value", &now)])
}

/// The limits of a range for a sentence: amounts of money with a unit each, others with one unit for both.
fn in_a_sentence(context: &Context, metric: &MetricState, range: Range) -> (String, String) {
    let print = |value, decimals| context.quantity(value, metric.unit.as_deref(), decimals);
    let (lower, upper) = bounds(metric, range, print);
    let is_money = metric.unit.as_deref().is_some_and(|unit| context.words.money(1.0, 0, unit.trim()).is_some());
    if is_money { (lower, upper) } else { (limits(context, metric, range).0, upper) }
}

/// A metric that is red or amber according to its team, with its reason.
fn stated(context: &Context, metric: &MetricState) -> Option<Fact> {
    let stated = metric.stated.as_ref()?;
    let (rank, size) = match stated.status? {
        Status::Late => (Rank::Worse, 10.0),
        Status::AtRisk => (Rank::Crossed, 3.0),
        _ => return None,
    };
    let name = flat(&metric.name);
    let status = context.stated(stated.status, stated.stated_as);
    let text = context.say("headline.as_stated_undated", &[("milestone", &name), ("status", &status)]);
    let with_reason = stated.reason.as_deref().map(|reason| context.and_reason(&text, &inside(reason)));
    let fact = Fact::new(rank, size, Subject::Metric(metric.name.clone()), with_reason.unwrap_or_else(|| text.clone()));
    let objective = context.objective_of(metric);
    let fact = Fact { objective: objective.map(|objective| objective.id.clone()), ..fact.about(&name) };
    Some(fact.or_shorter(vec![text]))
}

fn against_target(context: &Context, metric: &MetricState) -> Option<Fact> {
    let (value, target) = (metric.latest?, metric.target?);
    let met = metric.target_met?;
    let name = flat(&metric.name);
    let today = path_today(context, metric);
    let places = [
        ("metric", name),
        ("value", context.value(metric, value)),
        ("target", context.target(metric, target)),
        ("today", today.unwrap_or_default()),
    ];
    let key = match (met, metric.path) {
        (true, _) => "headline.target_met",
        (false, Some(path)) if path.on_path => "headline.on_path",
        (false, Some(_)) => "headline.behind_path",
        (false, None) => "headline.target_missed",
    };
    let text = context.say(key, &places.each_ref().map(|(k, v)| (*k, v.as_str())));
    let size = if misses(metric) || is_behind(metric) { 5.0 } else { 1.0 };
    let fact = Fact::new(Rank::Steady, size, Subject::Metric(metric.name.clone()), text).about(&flat(&metric.name));
    let objective = context.objective_of(metric);
    Some(Fact { objective: objective.map(|objective| objective.id.clone()), ..fact })
}

/// `Update speed is on pace, but its outcome does not move: …`
fn outcome(context: &Context, objective: &ObjectiveState) -> Option<Fact> {
    let outcome = objective.outcome.as_ref().filter(|_| outcome_lags(objective))?;
    let worse = outcome.verdict == OutcomeVerdict::Worse;
    let places = [("objective", context.objective_name(objective)), ("outcome", outcome_text(context, outcome))];
    let key = match outcome.verdict {
        OutcomeVerdict::Worse => "headline.outcome_worse",
        OutcomeVerdict::BehindPath => "headline.outcome_behind",
        _ => "headline.outcome_still",
    };
    let text = context.say(key, &places.each_ref().map(|(k, v)| (*k, v.as_str())));
    let rank = if worse { Rank::Worse } else { Rank::Crossed };
    let mut fact = Fact::new(rank, 2.0 * weight(context, &objective.id), Subject::Outcome(objective.id.clone()), text);
    fact.subjects.push(Subject::Metric(outcome.metric.clone()));
    Some(fact.of(&objective.id).about(&context.objective_name(objective)))
}

/// Returns the last day of the newest period.
fn last_of(metric: &MetricState) -> Option<chrono::NaiveDate> {
    metric.points().last().map(|point| point.ending)
}

/// `All 4 metrics are within their usual range`, if all have a range.
fn steady(context: &Context) -> Option<Fact> {
    let metrics = &context.analysis.metrics;
    // A value that was not judged, or is at or outside a limit, is not called "within".
    let is_within = |metric: &MetricState| metric.lacks.is_none() && place(metric) == Some(Place::Within);
    let quiet = metrics
        .iter()
        .all(|metric| is_within(metric) && metric.signals.iter().all(|signal| Some(signal.week) != last_of(metric)));
    let is_old = context.analysis.stale.iter().any(|stale| stale.table == TableKind::Metrics);
    (quiet && !is_old && !metrics.is_empty()).then(|| {
        let value = metrics[0].latest.map(|value| context.value(&metrics[0], value)).unwrap_or_default();
        let places = [("metric", flat(&metrics[0].name)), ("value", value)];
        let places = places.each_ref().map(|(k, v)| (*k, v.as_str()));
        let text = context.count("headline.metric_steady", metrics.len(), &places);
        let subject = if let [one] = metrics.as_slice() { Subject::Metric(one.name.clone()) } else { Subject::Metrics };
        Fact::new(Rank::Steady, 2.0, subject, text)
    })
}
