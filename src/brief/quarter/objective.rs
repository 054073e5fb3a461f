//! The blocks about one objective: its burn-up, and beside it its status, its forecast, its late milestones with their
//! reasons, and statements of the team that differ.

use chrono::{Days, NaiveDate};

use super::super::phrase::{Context, capital, flat, stopped, without_reason};
use super::super::{Block, Bullet, Figure, Item, List, Priority, Span, Spans, WEB_ONLY};
use super::late::Late;
use super::standing::{differs, is_named, some_reported, stated_beside};
use super::{burnup, is_off_pace, outcome_lags, outcome_text, status_text, worst_late};
use crate::analysis::{BurnupUnit, ForecastMethod, MilestoneState, ObjectiveState, OutcomeVerdict, StatusCause};
use crate::brief::priorities;
use crate::team::{StatedAs, Status};

/// Maximum number of burn-ups; those of the objectives with the worst status are drawn.
const MAX_CHARTS: usize = 100;

/// Returns the blocks about an objective: its burn-up with the facts beside it. Late milestones are separate blocks, so
/// that they stay when the rest is cut. `charted`: whether it has its own burn-up and not one in a row of several.
pub(super) fn blocks(
    context: &Context,
    objective: &ObjectiveState,
    rank: usize,
    late: &Late,
    charted: bool,
) -> Vec<Block> {
    let off_pace = is_off_pace(objective);
    let chart = (charted && rank < MAX_CHARTS).then(|| burnup::chart(context, objective)).flatten();
    let mut heading = heading(context, objective);
    let (odds, spread) = forecast(context, objective).unzip();
    let spread = spread.flatten();
    let outcome = lagging_outcome(context, objective).map(Span::warning);
    let progress = progress(context, objective).or_else(|| some_reported(context, objective));
    // In print its row in the table and its lane are enough, unless it is off pace or its outcome lags.
    let forecast = [odds, spread].into_iter().flatten().map(|line| stopped(&line));
    let detail = progress.into_iter().chain(forecast).map(Span::plain).chain(outcome);
    heading.extend(detail.flat_map(|span| [Span::plain(" "), span]));
    let items = vec![Item { bullet: Bullet::None, spans: heading, priority: WEB_ONLY }];
    let head = Block::List(List { label: None, items, inline: false, more: "objectives" });
    let mut beside = late.blocks(context, objective, rank);
    if off_pace {
        // The dates name the milestone that the required pace refers to.
        if let Some(mut spans) = dates(context, objective) {
            spans.extend(takes(context, objective).into_iter().flatten());
            beside.push(Block::Text { spans, priority: priorities::DATES.at(rank) });
        }
    }
    let mut lines: Vec<(Spans, Priority)> = Vec::new();
    let mut statements = Statements::default();
    let is_repeated_below =
        |milestone: &MilestoneState| (milestone.stated, milestone.status) == (objective.stated, objective.status);
    // The objective's own statement is repeated unless a milestone has the same.
    let is_stated = objective.because == StatusCause::Stated;
    let is_own = is_stated && objective.status_as == objective.stated_as;
    if !is_own
        && !objective.milestones.iter().any(is_repeated_below)
        && let Some(stated) = objective.stated.filter(|stated| is_shown_beside(*stated, objective.status))
    {
        let places = [
            ("stated", context.stated(Some(stated), objective.stated_as)),
            ("computed", context.status(objective.status)),
        ];
        let key = if is_stated { "quarter.we_say" } else { "quarter.stated" };
        let both = context.say(key, &places.each_ref().map(|(k, v)| (*k, v.as_str())));
        statements.add(context.objective_name(objective), stated, both, objective.reason.as_deref());
    }
    lines.extend(
        own_reason(context, objective)
            .filter(|_| statements.0.is_empty())
            .map(|line| (line, priorities::OBJECTIVE_REASON.at(rank))),
    );
    for milestone in &objective.milestones {
        let name = flat(&milestone.name);
        let beside = stated_beside(context, milestone).filter(|_| milestone.status != Status::Late);
        let is_stated = milestone.because == StatusCause::Stated;
        let reason = milestone.reason.as_deref().map(flat);
        let lead = || {
            let status = context.milestone_standing(milestone);
            context.say("quarter.status_item", &[("milestone", &name), ("status", &status)])
        };
        if milestone.because == StatusCause::KeyResult {
            let off = milestone.status == Status::AtRisk;
            let mut text = context.key_values(milestone).map(|values| stopped(&values)).unwrap_or_default();
            for more in reason.into_iter().chain(beside) {
                text += &format!(" {}", stopped(&more));
            }
            let priority = if off { priorities::OBJECTIVE_REASON } else { priorities::REASON_ON_PACE };
            let lead = if off { Span::strong(lead()) } else { Span::plain(lead()) };
            lines.push((vec![lead, Span::plain(format!(" {text}"))], priority.at(rank)));
        } else if let Some(both) = beside {
            statements.add(
                name.clone(),
                milestone.stated.unwrap_or(milestone.status),
                both,
                milestone.reason.as_deref(),
            );
        } else if milestone.status == Status::AtRisk && (is_stated || reason.is_some()) {
            let spans = match reason.or_else(|| context.no_reason()) {
                Some(reason) => vec![Span::strong(lead()), Span::plain(format!(" {}", stopped(&reason)))],
                None => vec![Span::strong(without_reason(&lead()))],
            };
            lines.push((spans, priorities::OBJECTIVE_REASON.at(rank)));
        } else if let Some(reason) = reason.filter(|_| is_stated && milestone.status != Status::Late) {
            let line = format!("{} {}", lead(), stopped(&reason));
            lines.push((vec![Span::plain(line)], priorities::REASON_ON_PACE.at(rank)));
        }
        lines.extend(moved(context, milestone).map(|line| (vec![Span::plain(line)], priorities::MOVED.at(rank))));
        lines.extend(
            open_tasks(context, milestone).map(|line| (vec![Span::plain(line)], priorities::BESIDE_MILESTONE.at(rank))),
        );
    }
    lines.extend(statements.lines(context).map(|line| (line, priorities::STATED_BESIDE.at(rank))));
    if !lines.is_empty() {
        let items = lines.into_iter().map(|(spans, priority)| Item { bullet: Bullet::None, spans, priority }).collect();
        beside.push(Block::List(List { label: None, items, inline: false, more: "milestones" }));
    }
    match chart {
        Some(chart) => {
            // The burn-up of the worst objective has the highest priority.
            let priority = if off_pace { priorities::BURNUP.at(rank) } else { WEB_ONLY };
            vec![head, Block::Figure(Figure { chart, beside, priority })]
        }
        None => std::iter::once(head).chain(beside).collect(),
    }
}

/// Whether an objective's stated status is shown beside its computed one: if they differ, or if it is red or amber
/// though all is done.
fn is_shown_beside(stated: Status, computed: Status) -> bool {
    differs(stated, computed) || (computed == Status::Done && matches!(stated, Status::Late | Status::AtRisk))
}

/// `Self-serve, red, as stated: legal has not signed.` For an objective off pace, unless a milestone has the same
/// reason.
fn own_reason(context: &Context, objective: &ObjectiveState) -> Option<Spans> {
    let is_off = matches!(objective.status, Status::Late | Status::AtRisk);
    let is_reported_elsewhere = objective.milestones.iter().any(|milestone| milestone.reason == objective.reason);
    let is_own =
        objective.because == StatusCause::Stated && objective.milestones.iter().all(|it| it.status != objective.status);
    let reason = match &objective.reason {
        Some(reason) if (is_off || is_own) && !is_reported_elsewhere => flat(reason),
        None if is_off && is_own => context.no_reason()?,
        _ => return None,
    };
    let (name, status) = (context.objective_name(objective), context.objective_status(objective));
    let lead = context.say("quarter.status_item", &[("milestone", &name), ("status", &status)]);
    Some(vec![Span::strong(lead), Span::plain(format!(" {}", stopped(&reason)))])
}

/// The open milestone that the objective's dates are about: the latest late one, else the next.
fn in_question<'a>(context: &Context, objective: &'a ObjectiveState) -> Option<&'a MilestoneState> {
    let open = |milestone: &&MilestoneState| {
        !matches!(milestone.status, Status::Done | Status::Dropped) && milestone.owner_team.is_none()
    };
    worst_late(context, objective).filter(open).or_else(|| objective.milestones.iter().find(open))
}

/// `What 4 December takes. 6 tasks a week; the last four weeks brought 4 a week.` Only for a future date.
fn takes(context: &Context, objective: &ObjectiveState) -> Option<Spans> {
    let milestone = in_question(context, objective)?;
    let agreed = milestone.agreed.filter(|agreed| *agreed > context.analysis.as_of)?;
    let weeks = (agreed - context.analysis.as_of).num_days() as f64 / 7.0;
    let open = milestone.tasks_all.saturating_sub(milestone.tasks_done) + milestone.tasks_before;
    let burnup = objective.burnup.as_ref().filter(|burnup| burnup.unit == BurnupUnit::Tasks && open > 0)?;
    let month = Days::new(28);
    let now = burnup.days.last()?;
    let then = burnup.days.iter().find(|(day, ..)| *day + month == now.0)?;
    let need = (f64::from(open) / weeks).ceil() as u64;
    let had = (now.1 - then.1) / 4.0;
    let need = context.count("quarter.tasks_left", need, &[]);
    let had = context.words.number(had, usize::from(had.fract() != 0.0 && had < 10.0));
    let lead = context.say("quarter.takes", &[("agreed", &context.due_long(milestone, agreed))]);
    let text = context.say("quarter.takes_text", &[("need", &need), ("had", &had)]);
    Some(vec![Span::strong(format!(" {lead}")), Span::plain(format!(" {text}"))])
}

/// `Dates of Self-serve release. Agreed 4 Dec · we say 8 Dec · forecast 13 Dec (85% by 26 Dec).`
fn dates(context: &Context, objective: &ObjectiveState) -> Option<Spans> {
    let milestone = in_question(context, objective)?;
    let agreed = milestone.agreed?;
    let say = |key: &str, date: NaiveDate| context.say(key, &[("date", &context.day(date))]);
    let of_row = |key: &str, date: NaiveDate| context.say(key, &[("date", &context.due(milestone, date))]);
    let mut parts = vec![of_row("quarter.dates_agreed", agreed)];
    parts.extend(milestone.due.filter(|due| *due != agreed).map(|due| of_row("quarter.dates_due", due)));
    if let Some(forecast) = milestone.forecast.filter(|forecast| !context.is_far_off(forecast.p50)) {
        let p85 = forecast.p85.filter(|date| !context.is_far_off(*date));
        let p85 = p85.map(|date| format!(" {}", say("quarter.dates_p85", date))).unwrap_or_default();
        parts.push(say("quarter.dates_forecast", forecast.p50) + &p85);
    }
    let lead = context.say("quarter.dates_of", &[("milestone", &flat(&milestone.name))]);
    let text = stopped(&capital(&parts.join("\u{a0}· ")));
    (parts.len() > 1).then(|| vec![Span::strong(lead), Span::plain(format!(" {text}"))])
}

/// `Supplier-risk dataset, 9 days late: “Pilot accounts can look up …” Confirmed 2 October.`
fn heading(context: &Context, objective: &ObjectiveState) -> Spans {
    let name = context.objective_in_full(objective);
    let status = status_text(context, objective);
    let mut spans = vec![Span::strong(name.clone()), Span::plain(", ")];
    let loud = matches!(objective.status, Status::Late | Status::AtRisk);
    spans.push(if loud { Span::warning(status) } else { Span::plain(status) });
    let wording = objective.wording.as_deref().map(flat).filter(|wording| *wording != name);
    if let Some(wording) = wording {
        spans.push(Span::plain(format!("{}{}", context.words.colon(), context.words.quote(&stopped(&wording)))));
    } else {
        spans.push(Span::plain("."));
    }
    if let Some(date) = objective.confirmed_on {
        let line = context.say("quarter.confirmed", &[("date", &context.day_long(date))]);
        spans.push(Span::quiet(format!(" {line}")));
    } else if is_named(objective) && (context.analysis.nothing_agreed || context.analysis.first_brief) {
        spans.push(Span::quiet(format!(" {}", context.say("quarter.not_agreed_yet", &[]))));
    }
    spans
}

/// `19 of 43 tasks done, 44 %; planned by now 62 %; 6 since the last 1:1.`
fn progress(context: &Context, objective: &ObjectiveState) -> Option<String> {
    let ours = |m: &&MilestoneState| m.owner_team.is_none() && m.status != Status::Dropped;
    let progress = context.percent(objective.progress?);
    let done = context.words.whole(objective.done.into());
    let of_tasks = |key: &str| {
        let counted = context.count(key, objective.of, &[("done", &done), ("progress", &progress)]);
        match context.tasks_of() {
            Some(date) => context.say("common.as_of", &[("text", &counted), ("date", &context.day(date))]),
            None => counted,
        }
    };
    let mut line = match objective.unreported {
        // If a milestone has no tasks, the progress is not that of the tasks.
        0 if objective.of > 0 && objective.milestones.iter().filter(ours).all(|milestone| milestone.tasks_all > 0) => {
            of_tasks("quarter.tasks_done")
        }
        0 if objective.of > 0 => of_tasks("quarter.tasks_done_also"),
        0 => context.say("quarter.points_done", &[("progress", &progress)]),
        unreported => {
            let all = objective.milestones.iter().filter(ours).count() as u32;
            let unreported = unreported.min(all);
            let told = context.words.whole((all - unreported).into());
            let reached = objective.milestones.iter().filter(ours).filter(|it| it.status == Status::Done).count();
            // A share of what is reached alone would say that all but nothing is left.
            let is_reached = reached as u32 == all - unreported;
            let key = if is_reached { "quarter.milestones_reached" } else { "quarter.share_reported" };
            let share = context.count(key, all, &[("progress", &progress), ("told", &told)]);
            let tasks = (objective.of > 0).then(|| of_tasks("quarter.tasks_part"));
            [Some(share), tasks].into_iter().flatten().collect::<Vec<_>>().join(context.words.semicolon())
        }
    };
    if let Some(planned) = objective.planned {
        line += context.words.semicolon();
        line += &context.say("quarter.planned", &[("planned", &context.percent(planned))]);
    }
    if objective.done_since > 0 {
        line += context.words.semicolon();
        line += &context.count("quarter.since_done", objective.done_since, &[("since", &context.since())]);
    }
    Some(stopped(&line))
}

/// `Its outcome is not moving: Update lag 61 hours, target 24 hours.`
fn lagging_outcome(context: &Context, objective: &ObjectiveState) -> Option<String> {
    let outcome = objective.outcome.as_ref().filter(|_| outcome_lags(objective))?;
    let key = match outcome.verdict {
        OutcomeVerdict::Worse => "quarter.outcome_worse",
        OutcomeVerdict::BehindPath => "quarter.outcome_behind",
        _ => "quarter.outcome_still",
    };
    Some(context.say(key, &[("outcome", &outcome_text(context, outcome))]))
}

/// Returns the odds of the milestone in question if the objective is off pace, else of its last open one; and its dates
/// with the basis of the forecast. Without odds, the first text contains everything.
fn forecast(context: &Context, objective: &ObjectiveState) -> Option<(String, Option<String>)> {
    let in_question = in_question(context, objective).filter(|_| is_off_pace(objective));
    // A milestone that is on hold or has no agreed date is not representative.
    let last = || {
        let counts = |it: &&MilestoneState| it.has_work_left() && it.agreed.is_some() && it.forecast.is_some();
        objective.milestones.iter().rfind(|it| counts(it) && it.stated_as != Some(StatedAs::OnHold))
    };
    let milestone = in_question.or_else(last)?;
    let forecast = milestone.forecast?;
    let name = flat(&milestone.name);
    if let Some(hold) = context.hold(milestone) {
        return Some((context.say("quarter.half", &[("milestone", &name), ("spread", &hold)]), None));
    }
    // The forecast of a milestone without tasks extrapolates its progress.
    let weeks = if milestone.tasks_all == 0 { "quarter.basis_progress" } else { "quarter.basis_weeks" };
    let mut basis = vec![context.count(weeks, forecast.weeks, &[])];
    if forecast.known_tasks_only {
        basis.push(context.say("quarter.basis_known", &[]));
    }
    if forecast.grows {
        basis.push(context.say("quarter.basis_grows", &[]));
    }
    if let (Some(record), ForecastMethod::MonteCarlo) = (context.analysis.track_record, forecast.method) {
        // With few cases a percentage would look more certain than it is.
        let held = (record.p85_held * f64::from(record.n)).round();
        basis.push(context.count("quarter.basis_record", record.n, &[("held", &context.words.number(held, 0))]));
    }
    let basis = basis.join(context.words.semicolon());
    let p50 = context.day_long(forecast.p50);
    if context.is_far_off(forecast.p50) {
        let key = if forecast.odds.is_some() { "quarter.spread_far" } else { "quarter.pace_far" };
        let far = context.say(key, &[("milestone", &name), ("basis", &basis)]);
        return Some(match (forecast.odds, milestone.agreed) {
            (Some(odds), Some(agreed)) => (odds_text(context, milestone, odds, forecast.weeks, agreed), Some(far)),
            _ => (far, None),
        });
    }
    if forecast.method == ForecastMethod::Pace {
        let pace = context.say("quarter.pace", &[("milestone", &name), ("p50", &p50), ("basis", &basis)]);
        return Some((pace, None));
    }
    let p85 = match forecast.p85 {
        Some(date) if context.is_far_off(date) => context.say("quarter.p85_far", &[]),
        Some(date) => context.say("quarter.p85", &[("date", &context.day_long(date))]),
        None => String::new(),
    };
    let spread = context.say("quarter.spread", &[("p50", &p50), ("p85", &p85), ("basis", &basis)]);
    Some(match (forecast.odds, milestone.agreed) {
        (Some(odds), Some(agreed)) => (odds_text(context, milestone, odds, forecast.weeks, agreed), Some(spread)),
        _ => (context.say("quarter.half", &[("milestone", &name), ("spread", &spread)]), None),
    })
}

/// `Odds of Self-serve release by 4 December: 31 %`
fn odds_text(context: &Context, milestone: &MilestoneState, odds: f64, weeks: u32, agreed: NaiveDate) -> String {
    let (name, odds, agreed) = (flat(&milestone.name), context.odds(odds, weeks), context.due_long(milestone, agreed));
    context.say("quarter.odds", &[("milestone", &name), ("odds", &odds), ("agreed", &agreed)])
}

/// `Cycle 12: 28 of 30 tasks moved to Cycle 13.`
fn moved(context: &Context, milestone: &MilestoneState) -> Option<String> {
    let moved: u32 = milestone.moved_to.iter().map(|to| to.tasks).sum();
    let known = milestone.moved_to.iter().filter(|to| !to.milestone.is_empty());
    let to: Vec<String> = known.map(|to| flat(&to.milestone)).collect();
    let (name, count) = (flat(&milestone.name), context.words.whole(moved.into()));
    let places = [("milestone", name.as_str()), ("moved", &count)];
    let line = match to.is_empty() {
        true => context.count("quarter.moved_away", milestone.tasks_ever, &places),
        false => {
            let to = context.words.list(&to);
            context.count("quarter.moved_to", milestone.tasks_ever, &[&places[..], &[("to", &to)]].concat())
        }
    };
    (moved > 0).then_some(line)
}

/// Says if a milestone's tasks contradict its status: done with open tasks, or all tasks done and not reported done.
fn open_tasks(context: &Context, milestone: &MilestoneState) -> Option<String> {
    let name = flat(&milestone.name);
    let (open, all) = (milestone.tasks_all - milestone.tasks_done, milestone.tasks_all);
    let count = context.words.whole(open.into());
    match milestone.status {
        Status::Done if open > 0 => {
            Some(context.count("quarter.done_with_open", all, &[("milestone", &name), ("open", &count)]))
        }
        Status::Done | Status::Dropped => None,
        _ if all > 0 && open == 0 => Some(context.count("quarter.all_tasks_done", all, &[("milestone", &name)])),
        _ => None,
    }
}

/// Statements of the team beside the computed statuses; equal statements are grouped.
#[derive(Default)]
struct Statements(Vec<Statement>);

struct Statement {
    names: Vec<String>,
    stated: Status,
    both: String,
    reason: Option<String>,
}

impl Statements {
    fn add(&mut self, name: String, stated: Status, both: String, reason: Option<&str>) {
        let reason = reason.map(flat);
        match self.0.iter_mut().find(|it| it.both == both && it.reason == reason) {
            Some(it) => it.names.push(name),
            None => self.0.push(Statement { names: vec![name], stated, both, reason }),
        }
    }

    /// `24 h for all feeds and Alerts on call: We say on pace; the numbers say at risk.` A missing reason is noted if
    /// the team states a problem.
    fn lines(self, context: &Context) -> impl Iterator<Item = Spans> {
        self.0.into_iter().map(|Statement { names, stated, both, reason }| {
            let is_missed = matches!(stated, Status::Late | Status::AtRisk);
            let line = match reason.or_else(|| context.no_reason().filter(|_| is_missed)) {
                Some(reason) => format!("{} {}", stopped(&both), capital(&reason)),
                None => both,
            };
            let lead = format!("{}{}", context.words.list(&names), context.words.colon());
            vec![Span::strong(lead.trim_end()), Span::plain(format!(" {}", stopped(&line)))]
        })
    }
}
