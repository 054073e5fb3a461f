//! The quarter's timeline: a lane for each objective, its outcome beside it, and its milestones with their dates.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::super::phrase::{Context, flat};
use super::finding::finding;
use super::mark::{is_open, mark, note};
use super::{WIDTH, outcome_value, status_text, weeks};
use crate::analysis::{MilestoneState, ObjectiveState, Outcome, OutcomeVerdict, StatusCause, Trend};
use crate::chart::{Chart, Lane, LaneOutcome, TimelineInput, Verdict};
use crate::team::{MetricKind, Status};

/// Number of lanes for which one picture has room with full labels; more lanes take several smaller pictures.
pub(super) const LANES: usize = 6;
pub(super) const FURTHER_LANES: usize = 4;

/// Returns the timeline in one or more pictures of the same period. `objectives` are in the order of the lanes; the
/// first picture has `first` of them. A picture is `None` if none of its objectives has a milestone.
pub(super) fn charts(context: &Context, objectives: &[&ObjectiveState], first: usize) -> Vec<Option<Chart>> {
    let end = end(context);
    let (front, rest) = objectives.split_at(first.min(objectives.len()));
    let from_to = |first: usize, part: &[&ObjectiveState]| {
        let [from, to, of] = [first + 1, first + part.len(), objectives.len()].map(|n| context.words.whole(n as u64));
        let status_counts = status_counts(context, part);
        context.say(
            "quarter.timeline_title_rest",
            &[("from", &from), ("to", &to), ("of", &of), ("standing", &status_counts)],
        )
    };
    let chart = |(picture, part): (usize, &[&ObjectiveState])| {
        let from = front.len() + picture.saturating_sub(1) * FURTHER_LANES;
        let title = if picture == 0 { finding(context) } else { from_to(from, part) };
        let has_marks = part.iter().any(|objective| !objective.milestones.is_empty());
        has_marks.then(|| {
            let mut input = input(context, part, title, end);
            if let Some(weeks) = weeks::bars(context).filter(|_| picture == 0) {
                let counts: Vec<&str> = weeks.bars.iter().map(|bar| bar.label.as_str()).collect();
                input.alt += &format!(" {}{}{}.", weeks.title, context.words.colon(), counts.join(", "));
                input.weeks = Some(weeks);
            }
            let chart = crate::chart::timeline(&input);
            // The title of the section has the finding of the first picture.
            if picture == 0 { Chart { title: String::new(), ..chart } } else { chart }
        })
    };
    std::iter::once(front).chain(rest.chunks(FURTHER_LANES)).enumerate().map(chart).collect()
}

/// `late 1, on pace 3`: the number of objectives by status, in the order of the lanes.
fn status_counts(context: &Context, objectives: &[&ObjectiveState]) -> String {
    let mut counts: Vec<(Status, u64)> = Vec::new();
    for objective in objectives {
        match counts.iter_mut().find(|(status, _)| *status == objective.status) {
            Some((_, count)) => *count += 1,
            None => counts.push((objective.status, 1)),
        }
    }
    let said = counts.iter().map(|(status, n)| format!("{}\u{a0}{}", context.status(*status), context.words.whole(*n)));
    said.collect::<Vec<_>>().join(", ")
}

/// Returns the last day of the picture: that of the quarter, or that of the latest date up to half a quarter later.
/// Later dates are shown at the edge.
fn end(context: &Context) -> NaiveDate {
    let quarter = &context.analysis.quarter;
    let half = (quarter.end - quarter.start) / 2;
    let milestones = context.analysis.objectives.iter().flat_map(|objective| &objective.milestones);
    let dates =
        milestones.filter_map(|m| m.done_on.or(context.expected(m).map(|(date, _)| date)).or(m.agreed).or(m.original));
    match dates.max() {
        Some(last) if last > quarter.end => (last + Days::new(3)).min(quarter.end + half),
        _ => quarter.end,
    }
}

fn input(context: &Context, objectives: &[&ObjectiveState], title: String, end: NaiveDate) -> TimelineInput {
    let analysis = context.analysis;
    let quarter = &analysis.quarter;
    // The line is drawn on the first day of the next quarter, which is also the line of its month.
    let close = (end > quarter.end).then(|| (quarter.end + Days::new(1), context.say("quarter.ends", &[])));
    TimelineInput {
        alt: format!("{title}. {}", alt(context, objectives)),
        title,
        start: quarter.start,
        end,
        close,
        as_of: analysis.as_of,
        as_of_label: context.day(analysis.as_of),
        meeting: Some(analysis.on)
            .filter(|on| *on != analysis.as_of && (quarter.start..=end).contains(on))
            .map(|on| (on, context.say("quarter.meeting", &[("date", &context.day(on))]))),
        since: since(context),
        months: months(context, quarter.start, end, true),
        outcome_title: context.say("quarter.outcome_title", &[]),
        lanes: objectives.iter().map(|objective| lane(context, objective)).collect(),
        weeks: None,
        width: WIDTH,
    }
}

/// Returns the last 1:1 with its label, if there was one.
fn since(context: &Context) -> Option<(NaiveDate, String)> {
    let analysis = context.analysis;
    (analysis.since.recorded && !analysis.first_brief)
        .then(|| (analysis.since.date, context.say("quarter.last_meeting", &[])))
}

/// Describes the picture in words.
fn alt(context: &Context, objectives: &[&ObjectiveState]) -> String {
    let quarter = &context.analysis.quarter;
    let lanes: Vec<String> = objectives
        .iter()
        .map(|objective| {
            let name = context.objective_name(objective);
            let status = status_text(context, objective);
            let mut places = vec![("objective", name.as_str()), ("status", status.as_str())];
            let marks: Vec<String> = objective
                .milestones
                .iter()
                .map(|milestone| format!("{} {}", flat(&milestone.name), note(context, milestone)))
                .collect();
            let marks = marks.join(context.words.semicolon());
            if marks.is_empty() {
                context.say("quarter.timeline_lane_empty", &places)
            } else {
                places.push(("milestones", &marks));
                context.say("quarter.timeline_lane", &places)
            }
        })
        .collect();
    context.say(
        "quarter.timeline_alt",
        &[
            ("quarter", &quarter.label),
            ("start", &context.day_long(quarter.start)),
            ("end", &context.day_long(quarter.end)),
            ("today", &context.day_long(context.analysis.as_of)),
            ("lanes", &lanes.join(" ")),
        ],
    )
}

/// Returns the first day of each month of the picture with its short name; with `whole`, also the month in which it
/// begins.
pub(super) fn months(context: &Context, start: NaiveDate, end: NaiveDate, whole: bool) -> Vec<(NaiveDate, String)> {
    let name = |date: NaiveDate| context.words.month_short(date).to_owned();
    let mut months = Vec::new();
    if whole || start.day() == 1 {
        months.push((start, name(start)));
    }
    let first = start.with_day(1);
    let mut next = first.and_then(|first| first.checked_add_months(Months::new(1)));
    while let Some(date) = next.filter(|date| *date <= end) {
        months.push((date, name(date)));
        next = date.checked_add_months(Months::new(1));
    }
    months
}

fn lane(context: &Context, objective: &ObjectiveState) -> Lane {
    let next = objective.milestones.iter().position(is_open);
    Lane {
        name: context.objective_in_full(objective),
        status: lane_status(context, objective),
        verdict: verdict(objective.status),
        strategy: objective.strategy.as_deref().map(flat),
        outcome: objective.outcome.as_ref().map(|outcome| outcome_beside(context, outcome)),
        marks: (objective.milestones.iter().enumerate())
            .filter(|(place, _)| is_near(*place, next, objective.milestones.len()))
            .map(|(place, milestone)| mark(context, milestone, next == Some(place)))
            .collect(),
    }
}

/// Maximum number of marks on a lane; of more, those around the next milestone are drawn.
const MAX_MARKS: usize = 60;

fn is_near(place: usize, next: Option<usize>, all: usize) -> bool {
    let first = next.unwrap_or(all).saturating_sub(MAX_MARKS / 2).min(all.saturating_sub(MAX_MARKS));
    (first..first + MAX_MARKS).contains(&place)
}

/// `late, and slipping`, `tasks on pace`: the status, and in which direction its worst milestones move.
fn lane_status(context: &Context, objective: &ObjectiveState) -> String {
    let status = context.objective_status(objective);
    if objective.because == StatusCause::Stated {
        return status;
    }
    let places = [("status", status.as_str())];
    let worst = objective.milestones.iter().filter(|milestone| milestone.status == objective.status);
    let trends: Vec<Trend> = worst.filter_map(MilestoneState::trend).collect();
    let is_off_pace = matches!(objective.status, Status::Late | Status::AtRisk);
    match objective.status {
        _ if is_off_pace && trends.contains(&Trend::Slipping) => context.say("quarter.lane_slipping", &places),
        _ if is_off_pace && !trends.is_empty() => context.say("quarter.lane_recovering", &places),
        Status::OnPace | Status::Ahead if objective.of > 0 => context.say("quarter.lane_tasks", &places),
        _ => status,
    }
}

/// Returns the shape for a status.
pub(super) fn verdict(status: Status) -> Verdict {
    match status {
        Status::Late => Verdict::Late,
        Status::AtRisk => Verdict::AtRisk,
        Status::OnPace => Verdict::OnPace,
        Status::Ahead => Verdict::Ahead,
        Status::Done => Verdict::Done,
        Status::NotStarted | Status::Dropped | Status::NotReported => Verdict::NotKnown,
    }
}

/// `61 hours`, `Update lag`, `target 24 hours`; for a running total `2 of 3`, `needs 1 by 31 Dec`; with its own
/// verdict, which does not depend on the tasks.
fn outcome_beside(context: &Context, outcome: &Outcome) -> LaneOutcome {
    let key = match outcome.verdict {
        OutcomeVerdict::Meets => "quarter.outcome_meets",
        OutcomeVerdict::OnPath => "quarter.outcome_on_path",
        OutcomeVerdict::BehindPath => "quarter.outcome_behind_path",
        OutcomeVerdict::Improving => "quarter.moving_better",
        OutcomeVerdict::Worse => "quarter.moving_worse",
        OutcomeVerdict::NotMoving => "quarter.moving_still",
        OutcomeVerdict::Unknown => "quarter.moving_unknown",
    };
    // The tile of the metric says that it misses its target; how it moves goes beside the target.
    let has_path = matches!(outcome.verdict, OutcomeVerdict::OnPath | OutcomeVerdict::BehindPath);
    let (key, moving) = match outcome.met {
        Some(false) if !has_path => ("quarter.outcome_misses", Some(context.say(key, &[]))),
        _ => (key, None),
    };
    let shape = match outcome.verdict {
        _ if moving.is_some() => Verdict::Late,
        OutcomeVerdict::Meets | OutcomeVerdict::OnPath | OutcomeVerdict::Improving => Verdict::Ahead,
        OutcomeVerdict::BehindPath | OutcomeVerdict::Worse | OutcomeVerdict::NotMoving => Verdict::Late,
        OutcomeVerdict::Unknown => Verdict::NotKnown,
    };
    let said = |value: f64| outcome_value(context, outcome, value);
    let path = context.metric(&outcome.metric).filter(|metric| metric.kind == Some(MetricKind::Cumulative));
    let (value, beneath) = match (outcome.latest, outcome.target, path.and_then(|metric| metric.path)) {
        (Some(latest), Some(target), Some(path)) => {
            let places = [("value", said(latest)), ("target", said(target))];
            let left = (target > latest).then(|| {
                let places = [("n", said(target - latest)), ("date", context.day(path.end))];
                context.say("quarter.left_beside", &places.each_ref().map(|(key, text)| (*key, text.as_str())))
            });
            (context.say("signals.of_target", &places.each_ref().map(|(key, text)| (*key, text.as_str()))), left)
        }
        (latest, target, _) => {
            let target = target.map(|target| context.say("quarter.target_beside", &[("target", &said(target))]));
            let target = target.map(|target| match &moving {
                Some(moving) if outcome.verdict != OutcomeVerdict::Unknown => format!("{target}, {moving}"),
                _ => target,
            });
            (latest.map_or_else(|| "–".to_owned(), said), target)
        }
    };
    LaneOutcome {
        value,
        lines: std::iter::once(flat(&outcome.metric)).chain(beneath).collect(),
        verdict: Some((context.say(key, &[]), shape)),
    }
}
