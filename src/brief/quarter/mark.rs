//! A milestone as a mark on its lane: its dates, its tasks and, for the next one, its odds.

use chrono::NaiveDate;

use super::super::phrase::{Basis, Context, flat};
use crate::analysis::{MilestoneState, StatusCause, Trend};
use crate::chart::{Mark, Tone};
use crate::team::Status;

pub(super) fn is_open(milestone: &MilestoneState) -> bool {
    !matches!(milestone.status, Status::Done | Status::Dropped)
}

pub(super) fn mark(context: &Context, milestone: &MilestoneState, next: bool) -> Mark {
    let off_pace = matches!(milestone.status, Status::Late | Status::AtRisk);
    let (tasks, odds) = (tasks(context, milestone), odds(context, milestone).filter(|_| next));
    let joined = |parts: [Option<String>; 2]| {
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join("\u{a0}· "))
    };
    // An outcome that must hold has no odds; how long it has held is shown instead.
    let held = context.held(milestone).filter(|_| is_open(milestone)).map(|held| (held.clone(), held));
    let (short_odds, odds) = odds.or(held).unzip();
    let description = description(context, milestone, joined([tasks.clone(), odds.clone()]));
    // A milestone that holds its date has it beside its tasks.
    let (note, detail) = match (note(context, milestone), bare_date(context, milestone)) {
        (_, Some(date)) => (joined([Some(date), tasks.clone()]).unwrap_or_default(), odds),
        (note, None) => (note, joined([tasks.clone(), odds])),
    };
    Mark {
        name: flat(&milestone.name),
        says: description,
        note,
        short_note: short_note(context, milestone),
        detail,
        short_detail: joined([tasks, short_odds]),
        original: milestone.original,
        agreed: milestone.agreed,
        expected: context.expected(milestone).filter(|(_, basis)| *basis != Basis::Done).map(|(date, _)| date),
        // A done milestone without a date is drawn as done on its agreed date; its note says so.
        done_on: milestone.done_on.or(milestone.agreed.filter(|_| milestone.status == Status::Done)),
        tone: match milestone.status {
            Status::Late | Status::AtRisk => Tone::Warning,
            Status::Dropped | Status::NotReported => Tone::Quiet,
            _ => Tone::Plain,
        },
        strong: next || off_pace,
        foreign: milestone.owner_team.is_some(),
        dropped: milestone.status == Status::Dropped,
        history: milestone.history.iter().map(|then| (then.expected, context.day(then.expected))).collect(),
        slips: milestone.trend() == Some(Trend::Slipping),
    }
}

/// `Self-serve release: agreed 4 Dec, forecast 13 Dec · 8 of 20 (15 Jan → 4 Dec → 8 Dec)`, ending with its expected
/// dates at the last 1:1s.
fn description(context: &Context, milestone: &MilestoneState, detail: Option<String>) -> String {
    let mut said = format!("{}{}{}", flat(&milestone.name), context.words.colon(), note(context, milestone));
    if let Some(detail) = detail {
        said += &format!(" · {detail}");
    }
    let history: Vec<String> = milestone.history.iter().map(|then| context.day(then.expected)).collect();
    if !history.is_empty() {
        said += &format!(" ({})", history.join(" → "));
    }
    said
}

/// `13 Dec, +9 days`: the note of a late milestone for places with little room.
fn short_note(context: &Context, milestone: &MilestoneState) -> Option<String> {
    let (date, basis) =
        context.expected(milestone).filter(|_| is_open(milestone) && !context.is_out_of_sight(milestone))?;
    let days = (date - milestone.agreed?).num_days();
    let days = (days > 0).then(|| context.count("quarter.days_moved", days, &[("sign", "+")]))?;
    Some(
        context
            .say("quarter.mark_short", &[("date", &context.expected_short(milestone, date, basis)), ("days", &days)]),
    )
}

/// `8 of 20`: the tasks of an open milestone.
pub(super) fn tasks(context: &Context, milestone: &MilestoneState) -> Option<String> {
    if !is_open(milestone) || milestone.owner_team.is_some() || milestone.tasks_all == 0 {
        return None;
    }
    let done = context.words.whole(milestone.tasks_done.into());
    Some(context.count("quarter.mark_tasks", milestone.tasks_all, &[("done", &done)]))
}

/// The odds that its tasks are done by the agreed date: `odds 20%`, and `odds of 4 Dec 20%` beside another date.
pub(super) fn odds(context: &Context, milestone: &MilestoneState) -> Option<(String, String)> {
    let forecast = milestone.forecast.filter(|_| is_open(milestone) && milestone.owner_team.is_none())?;
    let odds = context.odds(forecast.odds?, forecast.weeks);
    let late = context.expected(milestone).map(|(date, _)| date) > milestone.agreed;
    let short = context.say("quarter.mark_odds", &[("odds", &odds)]);
    let long = match milestone.agreed.filter(|_| late) {
        Some(agreed) => {
            context.say("quarter.mark_odds_of", &[("agreed", &context.due(milestone, agreed)), ("odds", &odds)])
        }
        None => short.clone(),
    };
    Some((short, long))
}

/// The date alone, if it was or is expected to be met: the shape shows whether the milestone is done.
fn bare_date(context: &Context, milestone: &MilestoneState) -> Option<String> {
    if milestone.owner_team.is_some() {
        return None;
    }
    match (milestone.status, milestone.done_on, milestone.agreed) {
        (Status::Done, Some(done), _) => match milestone.slip_days.filter(|days| *days > 0) {
            Some(days) => {
                let places = [("date", context.day(done)), ("slip", context.slip(days))];
                Some(context.say("quarter.mark_late_done", &places.each_ref().map(|(k, v)| (*k, v.as_str()))))
            }
            None => Some(context.day(done)),
        },
        (Status::OnPace | Status::Ahead | Status::NotStarted | Status::AtRisk, None, Some(agreed)) => {
            let dates = dates(context, milestone);
            // The original agreed date is drawn.
            let is_agreed = dates == plain(context, milestone, agreed) || dates == moved(context, milestone, agreed);
            is_agreed.then(|| context.due_cell(milestone, agreed))
        }
        _ => None,
    }
}

/// `agreed 4 Dec`
fn plain(context: &Context, milestone: &MilestoneState, agreed: NaiveDate) -> String {
    context.say("quarter.mark_agreed", &[("agreed", &context.due(milestone, agreed))])
}

/// `done 10 Nov`, `agreed 4 Dec, forecast 13 Dec`, `agreed 27 Nov (was 20 Nov)`.
pub(super) fn note(context: &Context, milestone: &MilestoneState) -> String {
    let note = dates(context, milestone);
    match &milestone.owner_team {
        Some(team) => context.say("quarter.mark_owner", &[("note", &note), ("team", &flat(team))]),
        None => note,
    }
}

fn dates(context: &Context, milestone: &MilestoneState) -> String {
    let day = |date: NaiveDate| context.day(date);
    if milestone.status == Status::Dropped {
        return context.status(Status::Dropped);
    }
    if let Some(done) = milestone.done_on {
        let date = day(done);
        return match milestone.slip_days {
            Some(days) if days > 0 => {
                context.say("quarter.mark_done_late", &[("date", &date), ("slip", &context.slip(days))])
            }
            _ => context.say("quarter.mark_done", &[("date", &date)]),
        };
    }
    let Some(agreed) = milestone.agreed else {
        return match context.expected(milestone) {
            _ if milestone.status == Status::Done => context.milestone_status(milestone),
            Some((date, basis)) => {
                let key = match basis {
                    Basis::Forecast => "quarter.mark_forecast",
                    Basis::Pace => "quarter.mark_pace",
                    Basis::Promise | Basis::Done => "quarter.mark_due",
                };
                context.say(key, &[("date", &context.expected_short(milestone, date, basis))])
            }
            None => context.say("quarter.mark_undated", &[]),
        };
    };
    if milestone.status == Status::Done {
        return context.milestone_status(milestone);
    }
    let places = [("agreed", context.due(milestone, agreed))];
    let places = places.each_ref().map(|(k, v)| (*k, v.as_str()));
    match context.expected(milestone) {
        _ if context.is_out_of_sight(milestone) => context.say("quarter.mark_late_far", &places),
        Some((date, basis)) if date > agreed && matches!(milestone.status, Status::Late | Status::AtRisk) => {
            let key = match basis {
                Basis::Forecast => "quarter.mark_late_forecast",
                Basis::Pace => "quarter.mark_late_pace",
                Basis::Promise | Basis::Done => "quarter.mark_late_due",
            };
            context.say(key, &[places[0], ("date", &context.expected_short(milestone, date, basis))])
        }
        None if milestone.because == StatusCause::AgreedDatePassed => context.say("quarter.mark_overdue", &places),
        // A later due date is stated whatever the status, because the bar shows it.
        Some((date, Basis::Promise)) if date > agreed => {
            context.say("quarter.mark_late_due", &[places[0], ("date", &context.due(milestone, date))])
        }
        Some((date, _)) if date < agreed && milestone.status == Status::Ahead => {
            context.say("quarter.mark_early", &[places[0], ("date", &day(date))])
        }
        _ => moved(context, milestone, agreed),
    }
}

/// `agreed 27 Nov (was 20 Nov)`, if it was first agreed for another date.
fn moved(context: &Context, milestone: &MilestoneState, agreed: NaiveDate) -> String {
    let Some(original) = milestone.original.filter(|original| *original != agreed) else {
        return plain(context, milestone, agreed);
    };
    let places = [("agreed", context.due(milestone, agreed)), ("original", context.due(milestone, original))];
    context.say("quarter.mark_moved", &places.each_ref().map(|(k, v)| (*k, v.as_str())))
}
