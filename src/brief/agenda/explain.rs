//! The agenda's part about what the boss will ask: late milestones, slower work, outcomes that do not move, each with
//! its reason or the remark that none is recorded.

use std::cmp::Reverse;

use super::super::phrase::{Context, capital, flat, stopped};
use super::super::quarter::{outcome_lags, outcome_text, weeks_reason};
use super::super::{AgendaPart, AgendaPoint, Span};
use super::points::{note, part, short, spoken};
use crate::analysis::{MilestoneState, OutcomeVerdict, StatusCause, Throughput, UsualWeek};
use crate::team::Status;

/// Maximum number of late milestones that have a point of their own.
const MAX_LATE: usize = 3;
/// Maximum number of outcomes that have a point of their own.
const MAX_OUTCOMES: usize = 2;

/// Returns the late milestones of this quarter's objectives, the latest first.
pub(super) fn late<'a>(context: &Context<'a>) -> Vec<&'a MilestoneState> {
    let milestones = context.analysis.objectives.iter().flat_map(|objective| &objective.milestones);
    let mut late: Vec<&MilestoneState> = milestones.filter(|milestone| milestone.status == Status::Late).collect();
    late.sort_by_key(|milestone| Reverse(context.late_by(milestone)));
    late
}

pub(super) fn explain(context: &Context) -> Option<AgendaPart> {
    let late = late(context);
    let (first, rest) = late.split_at(late.len().min(MAX_LATE));
    let mut points: Vec<AgendaPoint> = first.iter().map(|milestone| milestone_late(context, milestone)).collect();
    let unexplained = rest.iter().filter(|milestone| milestone.reason.is_none()).count();
    if unexplained > 0 {
        points.push(note(stopped(&context.count("agenda.late_more", unexplained, &[]))));
    }
    points.extend(context.analysis.throughput.as_ref().and_then(|throughput| slower(context, throughput)));
    points.extend(outcomes(context));
    // What is red by the team's word is not late before its agreed date.
    let is_red = late.iter().any(|milestone| milestone.because == StatusCause::Stated);
    let about = if is_red { "agenda.late_red_or_slower" } else { "agenda.late_or_slower" };
    part(context, "agenda.explain", Some(context.say(about, &[])), points)
}

/// Returns the reason, or a warning that none is recorded.
fn reason(context: &Context, reason: Option<&str>) -> Span {
    match reason {
        Some(reason) => Span::plain(stopped(&short(reason))),
        None => Span::warning(context.say("agenda.no_reason", &[])),
    }
}

/// `Self-serve release, 9 days late: the search page waits on a front-end developer.`, with the tasks left and both
/// dates.
fn milestone_late(context: &Context, milestone: &MilestoneState) -> AgendaPoint {
    let lateness = context.lateness(milestone).unwrap_or_else(|| context.milestone_status(milestone));
    let lead = format!("{}, {lateness}{}", flat(&milestone.name), context.words.colon());
    let mut lines = vec![vec![Span::strong(lead), reason(context, milestone.reason.as_deref())]];
    let left = milestone.tasks_all.saturating_sub(milestone.tasks_done);
    let mut beneath = Vec::new();
    if left > 0 {
        beneath.push(context.count("agenda.tasks_left", left, &[]));
    }
    let dates = milestone.due.zip(milestone.forecast).filter(|(due, forecast)| *due != forecast.p50);
    if let Some((due, forecast)) = dates.filter(|(_, forecast)| !context.is_far_off(forecast.p50)) {
        let (due, p50) = (context.due_long(milestone, due), context.day_long(forecast.p50));
        beneath.push(context.say("agenda.dates_differ", &[("due", &due), ("p50", &p50)]));
    }
    if !beneath.is_empty() {
        let beneath = capital(&beneath.join(context.words.semicolon()));
        lines.push(vec![Span::quiet(stopped(&beneath))]);
    }
    spoken(context, lines)
}

/// `7 tasks in two weeks, 33 in the two before`, if the last weeks brought far less than the forecast, with the event
/// that explains them; if it explains only the week before the last, the last one needs a reason all the same.
fn slower(context: &Context, throughput: &Throughput) -> Option<AgendaPoint> {
    let done: Vec<u32> = throughput.weeks.iter().map(|week| week.done).collect();
    let whole = |n: u32| context.words.whole(n.into());
    let usually = |key: &str, n: u32, usual: UsualWeek| {
        context.count(key, n, &[("low", &whole(usual.low)), ("high", &whole(usual.high))])
    };
    let lead = match (throughput.slow, &done[..]) {
        (2, [.., a, b, c, d]) if c + d < a + b => {
            context.count("agenda.two_weeks", c + d, &[("before", &whole(a + b))])
        }
        (2, [.., c, d]) => usually("agenda.two_weeks_usual", c + d, throughput.usual_two?),
        (1, [.., last]) => usually("agenda.one_week", *last, throughput.usual?),
        _ => return None,
    };
    let lead = Span::strong(format!("{lead}{}", context.words.colon()));
    let why = throughput.reason.as_deref().map(|reason| weeks_reason(context, throughput, &short(reason)));
    let mut line = vec![lead, reason(context, why.as_deref())];
    if why.is_some() && throughput.slow == 2 && !throughput.has_event {
        line.push(Span::warning(format!(" {}", context.say("agenda.no_reason_last", &[]))));
    }
    Some(spoken(context, vec![line]))
}

/// Outcomes that do not improve though the tasks are done, with the objective's reason.
fn outcomes(context: &Context) -> Vec<AgendaPoint> {
    let lagging = context.analysis.objectives.iter().filter(|objective| outcome_lags(objective));
    let points = lagging.filter_map(|objective| {
        let outcome = objective.outcome.as_ref()?;
        let how = context.say(
            match outcome.verdict {
                OutcomeVerdict::Worse => "agenda.outcome_worse",
                OutcomeVerdict::BehindPath => "agenda.outcome_behind",
                _ => "agenda.outcome_still",
            },
            &[],
        );
        let lead = Span::strong(format!("{}{}", outcome_text(context, outcome), context.words.colon()));
        let why = reason(context, objective.reason.as_deref());
        Some(spoken(context, vec![vec![lead, Span::plain(format!("{} ", stopped(&how))), why]]))
    });
    points.take(MAX_OUTCOMES).collect()
}
