//! The agenda's parts about what the boss is to decide, by date, and what to sound out before asking for it in public.

use chrono::NaiveDate;

use super::super::asks::{odds_change, odds_moved};
use super::super::phrase::{Context, capital, flat, name_of, stopped};
use super::super::{AgendaPart, AgendaPoint, Span, Spans, drift};
use super::points::{note, part, short, spoken};
use crate::analysis::{AskState, Drift, DriftDetail};
use crate::team::Stage;

/// Maximum number of asks in the agenda; the others are only in the brief.
const MAX_ASKS: usize = 6;
/// Maximum number of changes to agree that no ask is about.
const MAX_CHANGES: usize = 3;
/// A decision is due if it is needed within this many days.
const DUE_DAYS: i64 = 14;

/// Returns the asks that the boss is to decide, most urgent first.
pub(super) fn asks<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a AskState> + Clone {
    context.analysis.asks.iter().filter(|ask| !is_to_sound_out(ask))
}

/// Whether an ask needs another team's people and that team does not know it yet.
fn is_to_sound_out(ask: &AskState) -> bool {
    ask.needed_from.is_some() && ask.stage == Stage::Private
}

/// Returns the decisions due within two weeks of the meeting or earlier, in order, with their dates.
pub(super) fn due<'a>(context: &Context<'a>) -> Vec<(&'a AskState, NaiveDate)> {
    let dated = asks(context).filter_map(|ask| Some((ask, ask.needed_by?)));
    dated.filter(|(_, date)| (*date - context.analysis.on).num_days() <= DUE_DAYS).collect()
}

pub(super) fn decide(context: &Context) -> Option<AgendaPart> {
    let count = asks(context).count();
    let mut points: Vec<AgendaPoint> = asks(context).take(MAX_ASKS).map(|ask| point(context, ask)).collect();
    if count > MAX_ASKS {
        points.push(note(stopped(&context.count("agenda.more", count - MAX_ASKS, &[]))));
    }
    let confirm: Vec<String> = (context.analysis.objectives.iter())
        .filter(|objective| objective.confirm_due && !context.analysis.first_brief)
        .map(|objective| context.objective_name(objective))
        .collect();
    if !confirm.is_empty() {
        let line = context.say("agenda.confirm", &[("objectives", &context.words.list(&confirm))]);
        points.push(AgendaPoint { lines: vec![vec![Span::strong(line)]], ..decision(context) });
    }
    let beneath: Vec<String> = still_to_agree(context).into_iter().chain(granted(context)).collect();
    if !beneath.is_empty() {
        points.push(note(beneath.join(" ")));
    }
    let asks = (count > 0).then(|| context.count("agenda.asks", count, &[]));
    let note = asks.map(|asks| if count > 1 { context.say("agenda.by_date", &[("asks", &asks)]) } else { asks });
    part(context, "agenda.decide", note, points)
}

fn decision(context: &Context) -> AgendaPoint {
    let boxes = ["agenda.yes", "agenda.no", "agenda.later"].map(|key| context.say(key, &[]));
    AgendaPoint { is_loud: false, lines: Vec::new(), boxes: boxes.into() }
}

/// `A-05 Drop supplier scoring from this quarter? by Tue 24 Nov`, with its reason, its effect and the alternative.
fn point(context: &Context, ask: &AskState) -> AgendaPoint {
    let mut lines = vec![question(context, ask)];
    let why = ask.why.as_deref().map(|why| stopped(&capital(&short(why))));
    let why: Vec<String> = why.into_iter().chain(benefit(context, ask)).collect();
    if !why.is_empty() {
        lines.push(vec![Span::plain(why.join(" "))]);
    }
    if let Some(alternative) = &ask.alternative {
        let line = context.say("agenda.if_no", &[("text", &short(alternative))]);
        lines.push(vec![Span::quiet(stopped(&line))]);
    }
    AgendaPoint { lines, ..decision(context) }
}

fn question(context: &Context, ask: &AskState) -> Spans {
    let text = short(&ask.text);
    let asked = if text.ends_with(['?', '？']) { text } else { context.say("agenda.question", &[("text", &text)]) };
    let id = ask.shown_id.iter().map(|id| Span::quiet(format!("{}\u{a0} ", flat(id.as_str()))));
    let mut line: Spans = id.chain([Span::strong(asked)]).collect();
    let on = context.analysis.on;
    line.push(match ask.needed_by {
        Some(date) => {
            let key = if ask.overdue { "asks.overdue" } else { "common.by" };
            let day = context.as_written(date, ask.needed_period.as_deref(), Context::near_day);
            let by = format!(" {}", context.say(key, &[("date", &day)]));
            if ask.overdue || (date - on).num_days() <= 7 { Span::warning(by) } else { Span::plain(by) }
        }
        None => Span::quiet(format!(" · {}", context.say("asks.no_date", &[]))),
    });
    let weeks = ask.age_days.filter(|days| *days >= 14).map(|days| days / 7);
    line.extend(weeks.map(|weeks| Span::quiet(format!(" · {}", context.count("asks.open_weeks", weeks, &[])))));
    line
}

/// Returns what granting the ask brings: the computed effect, else what the manager states.
fn benefit(context: &Context, ask: &AskState) -> Option<String> {
    if let Some(effect) = &ask.effect
        && let Some(milestone) = context.milestone(&effect.milestone)
    {
        if let Some(moved) = &effect.moved {
            return Some(stopped(&capital(&odds_moved(context, milestone, moved))));
        }
        let dates = effect.p50_from.zip(effect.p50_to);
        if let Some(((from, to), days)) = dates.zip(effect.days()) {
            let from = context.day_before(from, to).unwrap_or_else(|| context.day_long(from));
            let to = context.day_long(to);
            return Some(context.count("agenda.buys_days", days, &[("from", &from), ("to", &to)]));
        }
        if let Some((odds, agreed)) = odds_change(context, milestone, effect).zip(milestone.agreed) {
            return Some(context.say("agenda.buys_odds", &[("agreed", &context.day_long(agreed)), ("odds", &odds)]));
        }
    }
    let gives = ask.gives.as_deref().map(|text| context.say("asks.gives", &[("text", &short(text))]));
    let if_not = || Some(context.say("asks.if_not", &[("text", &short(ask.if_not.as_deref()?))]));
    gives.or_else(if_not).map(|line| stopped(&line))
}

/// Returns `Self-serve release, 4 Dec → 8 Dec: still to agree.` for each change that no ask is about.
fn still_to_agree(context: &Context) -> Vec<String> {
    let open = context.analysis.drift.iter().filter(|drift| drift.agreed_on.is_none() && drift.ask.is_none());
    let mut open: Vec<&Drift> = open.collect();
    open.sort_by_key(|drift| std::cmp::Reverse(drift::days_moved(drift)));
    let more = open.len().saturating_sub(MAX_CHANGES);
    let line = |drift: &&Drift| {
        stopped(&capital(&context.say("agenda.still_to_agree", &[("what", &changed(context, drift))])))
    };
    let mut lines: Vec<String> = open.iter().take(MAX_CHANGES).map(line).collect();
    if more > 0 {
        lines.push(stopped(&context.count("agenda.more", more, &[])));
    }
    lines
}

/// Returns `Supplier-risk dataset, scope`; for a date, the milestone and both dates.
fn changed(context: &Context, drift: &Drift) -> String {
    let objective = name_of(&drift.objective_name, &drift.objective);
    let places = [("objective", objective.as_str())];
    match (&drift.detail, &drift.milestone_name) {
        (DriftDetail::Date { from, to }, Some(milestone)) => {
            let of = drift.milestone.as_ref().and_then(|id| context.any_milestone(id));
            let day = |date| of.and_then(|of| context.written(of, date)).unwrap_or_else(|| context.day(date));
            format!("{}, {} → {}", flat(milestone), day(*from), day(*to))
        }
        (DriftDetail::Date { .. }, None) => context.say("drift.date", &places),
        (DriftDetail::Scope(_), _) => context.say("drift.scope", &places),
        (DriftDetail::Wording { .. }, _) => context.say("drift.wording", &places),
    }
}

/// `With a yes to, 4 December would be at 61%.`: the joint effect of all asks with a computed effect.
fn granted(context: &Context) -> Option<String> {
    let is_counted = |ask: &&AskState| ask.effect.as_ref().is_some_and(|effect| effect.moved.is_none());
    let with_effect = || context.analysis.asks.iter().filter(is_counted);
    let effect = match &context.analysis.all_granted {
        Some(effect) => effect,
        // For a single ask, its own line has the effect in days but not the resulting odds.
        None => with_effect().next()?.effect.as_ref().filter(|effect| effect.days().is_some())?,
    };
    let milestone = context.milestone(&effect.milestone)?;
    let ids: Vec<String> = with_effect().filter_map(|ask| Some(flat(ask.shown_id.as_ref()?.as_str()))).collect();
    let asks = context.words.list(&ids);
    let line = match (effect.odds_to.zip(milestone.agreed), effect.p50_to) {
        (Some((odds, agreed)), _) => {
            let odds = context.odds(odds, milestone.forecast.map_or(0, |forecast| forecast.weeks));
            let places = [("asks", asks.as_str()), ("agreed", &context.day_long(agreed)), ("odds", &odds)];
            context.say("agenda.granted_odds", &places)
        }
        (None, Some(date)) => {
            let (name, date) = (flat(&milestone.name), context.day_long(date));
            context.say("agenda.granted_date", &[("asks", &asks), ("milestone", &name), ("date", &date)])
        }
        (None, None) => return None,
    };
    Some(stopped(&line))
}

/// Requests for another team's people, each with the strategy that it serves, before they are made in public.
pub(super) fn sound_out(context: &Context) -> Option<AgendaPart> {
    let requests = context.analysis.asks.iter().filter(|ask| is_to_sound_out(ask)).take(MAX_ASKS);
    let points = requests.map(|ask| {
        let mut lines = vec![question(context, ask)];
        let why = ask.why.as_deref().map(|why| stopped(&capital(&short(why))));
        let strategy = ask.objective.as_ref().and_then(|id| context.objective(id)).and_then(|objective| {
            let text = objective.strategy.as_deref().map(short)?;
            Some(stopped(&context.say("agenda.strategy", &[("text", &text)])))
        });
        let why: Vec<String> = why.into_iter().chain(strategy).chain(benefit(context, ask)).collect();
        if !why.is_empty() {
            lines.push(vec![Span::plain(why.join(" "))]);
        }
        let team = ask.needed_from.as_deref().map(flat).unwrap_or_default();
        lines.push(vec![Span::quiet(context.say("agenda.ask_first", &[("team", &team)]))]);
        spoken(context, lines)
    });
    part(context, "agenda.sound_out", Some(context.say("agenda.before_public", &[])), points.collect())
}
