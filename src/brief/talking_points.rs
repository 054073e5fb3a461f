//! Talking points: the manager's own agenda for the 1:1, in the copy for me alone. What to ask, to agree, to explain,
//! to remind of and to raise, in that order; the sections below hold the detail.

use super::asks::odds_change;
use super::phrase::{Context, flat, name_of, stopped};
use super::{Block, Bullet, Item, List, Priority, Section, SectionStyle, Span, concerns, drift};
use crate::analysis::{Drift, DriftDetail, MilestoneState};
use crate::brief::priorities;
use crate::team::Status;

pub(super) fn section(context: &Context) -> Option<Section> {
    let lines: Vec<(String, Priority)> = [
        (asks(context), priorities::AGENDA_ASK),
        (agree(context), priorities::AGENDA_AGREE),
        (explain(context), priorities::AGENDA_EXPLAIN),
        (remind(context), priorities::AGENDA_REMIND),
        (raise(context), priorities::AGENDA_RAISE),
        (confirm(context).into_iter().collect(), priorities::AGENDA_CONFIRM),
        (coverage(context).into_iter().collect(), priorities::AGENDA_COVERAGE),
    ]
    .into_iter()
    .flat_map(|(lines, top)| lines.into_iter().enumerate().map(move |(rank, line)| (line, top.at(rank))))
    .collect();
    if lines.is_empty() {
        return None;
    }
    let items = lines.into_iter().map(|(line, priority)| Item {
        bullet: Bullet::Hollow,
        spans: vec![Span::plain(stopped(&line))],
        priority,
    });
    let list = List { label: None, items: items.collect(), inline: false, more: "points", left_out: None };
    Some(Section::new(SectionStyle::Boxed, context.say("title.talking_points", &[]), vec![Block::List(list)]))
}

fn asks(context: &Context) -> Vec<String> {
    let asks = context.analysis.asks.iter().map(|ask| {
        let text = flat(&ask.text);
        let number = ask.id.to_string();
        let mut line = match ask.needed_by {
            Some(date) => {
                let by = context.say("common.by", &[("date", &context.day(date))]);
                context.say("talking_points.ask", &[("text", &text), ("number", &number), ("by", &by)])
            }
            None => context.say("talking_points.ask_undated", &[("text", &text), ("number", &number)]),
        };
        if let Some(recommendation) = ask.recommendation.as_deref().map(flat) {
            let advice = context.say("talking_points.recommend", &[("text", &recommendation)]);
            line = format!("{line}{}{advice}", context.words.semicolon());
        }
        line
    });
    asks.chain(all_granted(context)).collect()
}

/// `With a yes to 1 and 3, Self-serve release comes about 2 December and its odds are 61%`: what several asks buy together.
fn all_granted(context: &Context) -> Option<String> {
    let effect = context.analysis.all_granted.as_ref()?;
    let milestone = context.milestone(&effect.milestone)?;
    let asks = context.analysis.asks.iter().filter(|ask| ask.effect.is_some());
    let numbers: Vec<String> =
        asks.map(|ask| ask.shown_id.as_ref().map_or_else(String::new, |id| flat(id.as_str()))).collect();
    let dates =
        effect.p50_from.zip(effect.p50_to).map(|(from, to)| format!("{} → {}", context.day(from), context.day(to)));
    let odds = odds_change(context, milestone, effect).zip(milestone.agreed).map(|(odds, agreed)| {
        context.say("asks.buys_odds", &[("agreed", &context.due(milestone, agreed)), ("odds", &odds)])
    });
    let what: Vec<String> = dates.into_iter().chain(odds).collect();
    let places = [
        ("asks", context.words.list(&numbers)),
        ("milestone", flat(&milestone.name)),
        ("effect", what.join(context.words.semicolon())),
    ];
    Some(context.say("talking_points.all_granted", &places.each_ref().map(|(key, value)| (*key, value.as_str()))))
}

fn agree(context: &Context) -> Vec<String> {
    let mut open: Vec<&Drift> = context.analysis.drift.iter().filter(|drift| drift.agreed_on.is_none()).collect();
    let is_date = |drift: &Drift| matches!(drift.detail, DriftDetail::Date { .. }) && drift.ask.is_none();
    let dates = open.iter().filter(|drift| is_date(drift));
    let (moved, worst) = (dates.clone().count(), dates.max_by_key(|drift| drift::days_moved(drift)).copied());
    let mut lines = Vec::new();
    if let Some(worst) = worst.filter(|_| moved >= MANY) {
        lines.push(context.count("talking_points.agree_dates", moved, &[("what", &what(context, worst))]));
        open.retain(|drift| !is_date(drift));
    }
    lines.extend(open.into_iter().map(|drift| {
        let standing: String = drift::standing(context, drift).iter().map(|span| span.text.as_str()).collect();
        context.say("talking_points.agree", &[("what", &what(context, drift)), ("standing", &standing)])
    }));
    lines
}

/// `Supplier-risk dataset, scope`; for a date, the milestone and where it moved.
fn what(context: &Context, drift: &Drift) -> String {
    let objective = name_of(&drift.objective_name, &drift.objective);
    let places = [("objective", objective.as_str())];
    match (&drift.detail, &drift.milestone_name) {
        (DriftDetail::Date { from, to }, Some(milestone)) => {
            let day = |date| drift::written(context, drift, date).unwrap_or_else(|| context.day(date));
            let (from, to) = (day(*from), day(*to));
            format!("{}, {from} → {to}", flat(milestone))
        }
        (DriftDetail::Date { .. }, None) => context.say("drift.date", &places),
        (DriftDetail::Scope(_), _) => context.say("drift.scope", &places),
        (DriftDetail::Wording { .. }, _) => context.say("drift.wording", &places),
    }
}

/// From so many dates to agree, and late milestones without a reason, on, one line tells of them all.
const MANY: usize = 4;

/// What is late, the worst first.
fn explain(context: &Context) -> Vec<String> {
    let milestones = context.analysis.objectives.iter().flat_map(|objective| &objective.milestones);
    let mut late: Vec<&MilestoneState> = milestones.filter(|milestone| milestone.status == Status::Late).collect();
    late.sort_by_key(|milestone| std::cmp::Reverse(context.late_by(milestone)));
    let lateness =
        |milestone: &MilestoneState| context.lateness(milestone).unwrap_or_else(|| context.status(Status::Late));
    let unexplained: Vec<&MilestoneState> = late.iter().filter(|late| late.reason.is_none()).copied().collect();
    let mut lines = Vec::new();
    if let [worst, ..] = unexplained[..]
        && unexplained.len() >= MANY
    {
        let places = [("milestone", flat(&worst.name)), ("slip", lateness(worst))];
        let places = places.each_ref().map(|(k, v)| (*k, v.as_str()));
        lines.push(context.count("talking_points.late_many", unexplained.len(), &places));
        late.retain(|milestone| milestone.reason.is_some());
    }
    lines.extend(late.into_iter().map(|milestone| {
        let reason = milestone.reason.as_deref().map(flat);
        let reason = reason.unwrap_or_else(|| context.say("common.no_reason", &[]));
        let (name, slip) = (flat(&milestone.name), lateness(milestone));
        context.say("talking_points.late", &[("milestone", &name), ("slip", &slip), ("reason", &reason)])
    }));
    lines
}

fn remind(context: &Context) -> Vec<String> {
    let granted = context.analysis.decided.iter().filter(|decided| decided.owed);
    let lines = granted.map(|decided| {
        let (text, date) = (flat(&decided.text), context.day(decided.date));
        context.say("talking_points.undelivered", &[("text", &text), ("date", &date)])
    });
    lines.collect()
}

fn raise(context: &Context) -> Vec<String> {
    let open = context.analysis.concerns.iter().filter(|concern| concern.raised_on.is_none());
    let lines = open.map(|concern| {
        let (person, state) = (flat(&concern.person), concerns::state(context, concern));
        context.say("talking_points.raise", &[("person", &person), ("state", &state)])
    });
    lines.collect()
}

fn confirm(context: &Context) -> Option<String> {
    let due = context.analysis.objectives.iter().filter(|objective| objective.confirm_due);
    let due: Vec<String> = due.map(|objective| context.objective_name(objective)).collect();
    let list = context.words.list(&due);
    (!due.is_empty()).then(|| context.say("talking_points.confirm", &[("objectives", &list)]))
}

fn coverage(context: &Context) -> Option<String> {
    let people: Vec<String> = context.analysis.coverage.iter().map(|coverage| flat(&coverage.person)).collect();
    let list = context.words.list(&people);
    (!people.is_empty()).then(|| context.say("talking_points.coverage", &[("people", &list)]))
}
