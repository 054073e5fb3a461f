//! Facts about the quarter as a whole: how the last one closed, how the objectives stand, what is next, wins.

use super::super::phrase::{Context, flat};
use super::super::quarter::{counted_objectives, open_tasks, weeks_reason};
use super::{Fact, Rank, Subject, inside, weight};
use crate::analysis::{CloseOutcome, DueTask, MilestoneState, ObjectiveState, StatusCause, UsualWeek, WinState};
use crate::team::{Drives, Status};

pub(super) fn facts(context: &Context) -> Vec<Fact> {
    let mut facts = Vec::new();
    facts.extend(close(context));
    facts.extend(backlog(context));
    facts.extend(objectives_state(context));
    facts.extend(context.analysis.objectives.iter().filter_map(|objective| stated(context, objective)));
    facts.extend(slowed(context).or_else(|| finished(context)));
    facts.extend(next_milestone(context));
    facts.extend(wins(context));
    facts.extend(plan_review(context));
    facts
}

/// Facts for a team that has only tasks: overdue ones, the longest first, and how many are open and were finished.
fn backlog(context: &Context) -> Vec<Fact> {
    let Some(backlog) = &context.analysis.backlog else { return Vec::new() };
    let pressing = &context.analysis.pressing;
    let mut facts = Vec::new();
    let open = context.words.whole(backlog.open.into());
    let due = |task: &DueTask| Some(context.as_written(task.due?, task.due_period.as_deref(), Context::day_long));
    if let Some((longest, due)) = pressing.overdue_tasks.first().and_then(|task| Some((task, due(task)?))) {
        let task = context.words.quote(&inside(&longest.title));
        let places = [("open", open.as_str()), ("task", &task), ("due", &due)];
        let text = context.count("headline.tasks_overdue", pressing.overdue, &places);
        facts.push(Fact::new(Rank::Crossed, 900.0, Subject::Standing, text));
    }
    let others = [
        ("headline.tasks_blocked", pressing.blocked, &pressing.blocked_tasks, Subject::Blocked),
        ("headline.tasks_stated", pressing.stated, &pressing.stated_tasks, Subject::Stated),
    ];
    for (size, (key, all, named, subject)) in [800.0, 700.0].into_iter().zip(others) {
        let Some(first) = named.first() else { continue };
        let task = context.words.quote(&inside(&first.title));
        let text = context.count(key, all, &[("open", &open), ("task", &task)]);
        facts.push(Fact::new(Rank::Crossed, size, subject, text));
    }
    let text = open_tasks(context, backlog, false);
    facts.push(Fact::new(Rank::Steady, 40.0, Subject::Progress, text));
    facts
}

/// An objective that is red or amber according to its team while none of its milestones is.
fn stated(context: &Context, objective: &ObjectiveState) -> Option<Fact> {
    let is_reported_elsewhere = objective.milestones.iter().any(|milestone| milestone.status == objective.status);
    let (rank, size) = match objective.status {
        Status::Late => (Rank::Late, 2.5),
        Status::AtRisk => (Rank::AtRisk, 2.0),
        _ => return None,
    };
    if objective.because != StatusCause::Stated || is_reported_elsewhere {
        return None;
    }
    let name = context.objective_name(objective);
    let status = context.stated(Some(objective.status), objective.status_as);
    let mut text = context.say("headline.as_stated_undated", &[("milestone", &name), ("status", &status)]);
    if let Some(reason) = objective.reason.as_deref().map(inside) {
        text = context.and_reason(&text, &reason);
    }
    let fact = Fact::new(rank, size * weight(context, &objective.id), Subject::Objective(objective.id.clone()), text);
    Some(fact.of(&objective.id).about(&name))
}

/// The first brief of a quarter opens with how the last one closed.
fn close(context: &Context) -> Option<Fact> {
    let closed = &context.analysis.last_quarter;
    if closed.is_empty() {
        return None;
    }
    let met = closed.iter().filter(|close| close.outcome == CloseOutcome::Met).count();
    let mut text = context.count("headline.close", closed.len(), &[("met", &context.words.whole(met as u64))]);
    // Milestones may be done although no objective was met.
    let (done, all) = closed.iter().fold((0, 0), |(done, all), close| (done + close.done, all + close.of));
    if met == 0 && all > 0 {
        let done = context.words.whole(done.into());
        text = context.count("headline.with_milestones", all, &[("text", &text), ("done", &done)]);
    }
    Some(Fact::new(Rank::Crossed, 2000.0, Subject::LastQuarter, text).new_if(true))
}

/// Number of weeks that count as the beginning of a quarter.
const FIRST_WEEKS: u32 = 2;

/// How the objectives stand: all done, all on pace, some, or unknown.
fn objectives_state(context: &Context) -> Vec<Fact> {
    let objectives = counted_objectives(context);
    let milestones: Vec<&MilestoneState> = (context.analysis.objectives.iter())
        .filter(|objective| objective.status != Status::Dropped)
        .flat_map(|objective| &objective.milestones)
        .filter(|milestone| milestone.status != Status::Dropped)
        .collect();
    if objectives.is_empty() {
        return Vec::new();
    }
    let count = |status: Status| objectives.iter().filter(|objective| objective.status == status).count();
    let mut facts = Vec::new();
    // Objectives without dates are reported but cannot be judged; nor can those that are reported in an unknown word.
    let has_word = |it: &ObjectiveState| it.milestones.iter().any(|it| context.unknown_word(it).is_some());
    let is_unknown =
        |it: &&&ObjectiveState| it.status == Status::NotReported && !it.because.lacks_plan() && !has_word(it);
    let unknown = objectives.iter().filter(is_unknown).count();
    let first_unknown = objectives.iter().find(is_unknown).map(|it| context.objective_name(it)).unwrap_or_default();
    // In a quarter's first days it is normal that only the plan is known.
    let fresh = context.analysis.quarter.week <= FIRST_WEEKS && count(Status::NotStarted) + unknown == objectives.len();
    if unknown > 0 && !fresh {
        let text = context.count("headline.not_reported", unknown, &[("objective", &first_unknown)]);
        facts.push(Fact::new(Rank::Steady, 4.0, Subject::Reported, text));
    }
    let finished = milestones.iter().filter(|milestone| milestone.status == Status::Done).count();
    if !milestones.is_empty() && finished == milestones.len() {
        let text = context.count("headline.all_done", milestones.len(), &[]);
        let new = milestones.iter().any(|milestone| milestone.done_on.is_some_and(|d| d > context.analysis.since.date));
        let rank = Rank::Better;
        facts.push(Fact::new(rank, 1000.0, Subject::Standing, text).new_if(new));
        return facts;
    }
    let well = count(Status::OnPace) + count(Status::Ahead) + count(Status::Done);
    let all = well == objectives.len();
    let name = context.objective_name(objectives[0]);
    let of = context.words.whole(objectives.len() as u64);
    let key = match (all, count(Status::OnPace) == well) {
        (true, true) => "headline.all_on_pace",
        (true, false) => "headline.all_well",
        (false, true) => "headline.some_on_pace",
        (false, false) => "headline.some_well",
    };
    if fresh || (count(Status::NotStarted) == objectives.len() && nothing_begun(context)) {
        facts.extend(begun(context, objectives.len(), &milestones));
    } else if well > 0 {
        let mut text = context.count(key, well, &[("objective", &name), ("of", &of)]);
        if context.is_as_stated() {
            text = context.say("headline.well_as_stated", &[("text", &text)]);
        }
        if finished > 0 {
            let done = context.words.whole(finished as u64);
            let places = [("text", text.as_str()), ("done", &done)];
            text = context.count("headline.with_milestones", milestones.len(), &places);
        }
        let (rank, size) =
            if all && !context.analysis.first_brief { (Rank::Better, 0.05) } else { (Rank::Steady, 20.0) };
        facts.push(Fact::new(rank, size, Subject::Standing, text));
    }
    facts
}

/// Whether nothing shows that work has begun: no progress, no start, no finished task, no stated status.
fn nothing_begun(context: &Context) -> bool {
    let analysis = context.analysis;
    let milestones = analysis.objectives.iter().flat_map(|objective| &objective.milestones);
    let is_untouched = |milestone: &MilestoneState| {
        milestone.progress.unwrap_or(0.0) <= 0.0
            && milestone.tasks_done == 0
            && milestone.start.is_none_or(|start| start > analysis.as_of)
            && milestone.stated_as.is_none()
            && milestone.stated_text.is_none()
            && milestone.stated.is_none_or(|stated| stated == Status::NotStarted)
            && matches!(milestone.status, Status::NotStarted | Status::NotReported | Status::Dropped)
    };
    milestones.clone().all(is_untouched)
        && analysis.objectives.iter().all(|objective| objective.done == 0 && objective.stated.is_none())
        && analysis.outside_share.is_none()
}

/// `Q4 2026 begins with 3 objectives and 11 milestones, first … on …`; later in the quarter, that nothing has started.
fn begun(context: &Context, objectives: usize, milestones: &[&MilestoneState]) -> Option<Fact> {
    if context.analysis.quarter.week > FIRST_WEEKS {
        let text = context.say("headline.none_started", &[]);
        return Some(Fact::new(Rank::Crossed, 30.0, Subject::Standing, text));
    }
    let first = milestones.iter().filter(|m| m.agreed.is_some()).min_by_key(|milestone| milestone.agreed)?;
    let date = context.due_long(first, first.agreed?);
    let objectives = context.count("headline.objectives", objectives, &[]);
    let places = [("quarter", context.analysis.quarter.label.as_str()), ("objectives", &objectives)];
    let more = [("milestone", flat(&first.name)), ("date", date)];
    let text = context.count(
        "headline.begun",
        milestones.len(),
        &[&places[..], &more.each_ref().map(|(k, v)| (*k, v.as_str()))[..]].concat(),
    );
    let mut fact = Fact::new(Rank::Next, 60.0, Subject::Standing, text).about(&flat(&first.name));
    fact.subjects.push(Subject::Milestone(first.id.clone()));
    Some(fact)
}

/// The number of finished tasks. If none was finished although work is open, that is a fact too, since charts show it
/// only as a flat line. Says nothing if the data are old, or tasks were finished on unknown days.
fn finished(context: &Context) -> Option<Fact> {
    if !context.analysis.stale.is_empty() {
        return None;
    }
    let objectives = &context.analysis.objectives;
    let open = objectives.iter().any(|objective| objective.of > objective.done);
    let inside: u32 = objectives.iter().map(|objective| objective.done_since).sum();
    let since = context.since();
    let finished = |finished: u32| {
        let text = context.count("headline.finished", finished, &[("since", &since)]);
        Fact::new(Rank::Steady, 6.0, Subject::Progress, text)
    };
    // Counts the whole team, because tasks of other quarters' milestones were finished too.
    let all = context.analysis.outside.map_or(0, |(_, all)| all);
    if inside > 0 {
        return Some(finished(all.max(inside)));
    }
    let under_way = objectives.iter().any(|objective| objective.done > 0);
    let known = !context.analysis.is_finish_unknown;
    // Finished tasks of other quarters' milestones are not outside the objectives; a share below 1 means there are
    // some.
    let outside = context.analysis.outside_share;
    let of_other_quarters = outside.is_some_and(|share| share < 1.0);
    // A copy that leaves tasks out must not say that none was finished.
    let leaves_out = context.audience == crate::redact::Audience::Shared;
    let is_idle = open && under_way && known && !of_other_quarters && !leaves_out;
    if !is_idle {
        return (all > 0).then(|| finished(all));
    }
    Some({
        let key = if outside.is_some() { "headline.nothing_finished_inside" } else { "headline.nothing_finished" };
        let text = context.say(key, &[("since", &since)]);
        Fact::new(Rank::Crossed, 4.0, Subject::Progress, text).new_if(true)
    })
}

/// `Work has slowed: 7 tasks finished in two weeks, 33 in the two before`, if the last weeks brought far less than the
/// forecast.
fn slowed(context: &Context) -> Option<Fact> {
    let throughput = context.analysis.throughput.as_ref().filter(|_| context.analysis.stale.is_empty())?;
    let whole = |n: u32| context.words.whole(n.into());
    let done: Vec<u32> = throughput.weeks.iter().map(|week| week.done).collect();
    let usually =
        |n: u32, usual: UsualWeek| [("last", whole(n)), ("low", whole(usual.low)), ("high", whole(usual.high))];
    let say =
        |key: &str, places: [(&str, String); 3]| context.say(key, &places.each_ref().map(|(k, v)| (*k, v.as_str())));
    let text = match (throughput.slow, &done[..]) {
        (2, [.., a, b, c, d]) if c + d < a + b => context.count("headline.slowed", c + d, &[("before", &whole(a + b))]),
        (2, [.., c, d]) => say("headline.slowed_weeks", usually(c + d, throughput.usual_two?)),
        (1, [.., last]) => say("headline.slowed_week", usually(*last, throughput.usual?)),
        _ => return None,
    };
    let text = match &throughput.reason {
        Some(reason) => {
            let event = weeks_reason(context, throughput, &inside(reason));
            context.say("headline.with_event", &[("text", &text), ("event", &event)])
        }
        None => text,
    };
    Some(Fact::new(Rank::Worse, 20.0, Subject::Progress, text).new_if(true))
}

fn next_milestone(context: &Context) -> Option<Fact> {
    let as_of = context.analysis.as_of;
    let next = context
        .analysis
        .objectives
        .iter()
        .flat_map(|objective| objective.milestones.iter().map(move |milestone| (objective, milestone)))
        .filter(|(_, milestone)| milestone.has_work_left() && milestone.status != Status::Late)
        // A status of unknown meaning may say that the milestone is done.
        .filter(|(_, milestone)| milestone.stated_text.is_none())
        .filter_map(|(objective, milestone)| Some((objective, milestone, milestone.agreed.filter(|d| *d >= as_of)?)))
        .min_by_key(|(_, _, date)| *date);
    let (objective, milestone, date) = next?;
    let places = [("milestone", flat(&milestone.name)), ("date", context.due_long(milestone, date))];
    let text = context.say("headline.next_milestone", &places.each_ref().map(|(k, v)| (*k, v.as_str())));
    let fact = Fact::new(Rank::Next, 10.0, Subject::Milestone(milestone.id.clone()), text);
    Some(fact.of(&objective.id).about(&flat(&milestone.name)))
}

fn wins(context: &Context) -> Vec<Fact> {
    let analysis = context.analysis;
    analysis
        .value
        .iter()
        .chain(&analysis.beyond)
        .filter(|win| !win.added_late)
        .enumerate()
        .map(|(place, win)| win_fact(context, win, place))
        .collect()
}

fn win_fact(context: &Context, win: &WinState, place: usize) -> Fact {
    let key = match win.drives {
        Drives::Revenue => "headline.win_revenue",
        Drives::Retention => "headline.win_retention",
        Drives::Beyond => "headline.win_beyond",
    };
    let mut text = inside(&win.text);
    if let Some(amount) = win.amount.as_deref().map(inside) {
        text = context.say("headline.win_amount", &[("text", &text), ("amount", &amount)]);
    }
    let mut text = context.say(key, &[("text", &text)]);
    // The validation is shown beside the claim.
    let line = win.validated_by.is_some().then(|| text.clone());
    if win.drives != Drives::Beyond {
        text = match win.validated_by.as_deref().map(inside) {
            Some(who) => context.say("headline.win_validated", &[("text", &text), ("who", &who)]),
            None => context.say("headline.win_not_validated", &[("text", &text)]),
        };
    }
    let validated = if win.validated_by.is_some() { 6.0 } else { 3.0 };
    let size = match win.drives {
        Drives::Beyond => 0.5,
        Drives::Revenue | Drives::Retention => validated,
    };
    let rank = if win.drives == Drives::Beyond { Rank::Steady } else { Rank::Better };
    let fact = Fact::new(rank, size - place as f64 * 0.01, Subject::Win(format!("{place}")), text).new_if(true);
    Fact { objective: win.objective.clone(), line, ..fact }
}

fn plan_review(context: &Context) -> Option<Fact> {
    let plan_review =
        context.analysis.plan_review.as_ref().filter(|plan_review| plan_review.of > 0 && !plan_review.so_far)?;
    let (of, date) = (context.words.whole(plan_review.of.into()), context.day_long(plan_review.on));
    let text = match (plan_review.of, plan_review.done?) {
        (1, 0) => context.say("headline.said_only_open", &[("date", &date)]),
        (1, _) => context.say("headline.said_only_done", &[("date", &date)]),
        (_, done) => context.count("headline.said_done", done, &[("of", &of), ("date", &date)]),
    };
    Some(Fact::new(Rank::Steady, 5.0, Subject::Plan, text))
}
