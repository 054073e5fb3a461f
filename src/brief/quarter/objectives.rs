//! A table with a row for each objective, those off pace first: its tasks, its next milestone with dates and odds, and
//! what moved since the last 1:1. Empty columns are left out.

use chrono::{Datelike, NaiveDate};

use super::super::phrase::{Context, clipped, flat};
use super::super::{ALWAYS, Align, Priority, Span, Spans, Style, Table, TableColumn, TableRow};
use super::timeline::verdict;
use super::{is_off_pace, outcome_value};
use crate::analysis::{ForecastMethod, MilestoneState, ObjectiveState};
use crate::brief::priorities;
use crate::chart::{Tone, Verdict};
use crate::team::Status;

/// A column: key of its title, share of the width, alignment, and the content of its cells.
struct Column {
    head: &'static str,
    width: f64,
    align: Align,
    cell: fn(&Context, &ObjectiveState) -> Option<Cell>,
}

struct Cell {
    spans: Spans,
    /// Sort key on the web page.
    key: Option<f64>,
}

impl Cell {
    fn new(span: Span, key: Option<f64>) -> Option<Self> {
        Some(Self { spans: vec![span], key })
    }

    fn day(context: &Context, date: NaiveDate, style: Style) -> Option<Self> {
        Self::new(Span::new(style, context.day(date)), Some(f64::from(date.num_days_from_ce())))
    }
}

/// Maximum length of a name in a cell, in characters: two lines of its column. The lanes have full names.
const MAX_NAME: usize = 40;

/// As wide as its content.
const CONTENT_WIDTH: f64 = 0.0;

const COLUMNS: [Column; 11] = [
    Column { head: "quarter.objectives_objective", width: 24.0, align: Align::Left, cell: name },
    Column { head: "quarter.objectives_status", width: CONTENT_WIDTH, align: Align::Left, cell: status },
    Column { head: "quarter.objectives_done", width: CONTENT_WIDTH, align: Align::Right, cell: done },
    Column { head: "quarter.objectives_plan", width: CONTENT_WIDTH, align: Align::Right, cell: plan },
    Column { head: "quarter.objectives_since", width: CONTENT_WIDTH, align: Align::Right, cell: done_since },
    Column { head: "quarter.objectives_next", width: 20.0, align: Align::Left, cell: next_name },
    Column { head: "quarter.objectives_agreed", width: CONTENT_WIDTH, align: Align::Right, cell: agreed },
    Column { head: "quarter.objectives_forecast", width: CONTENT_WIDTH, align: Align::Right, cell: p50 },
    Column { head: "quarter.objectives_p85", width: CONTENT_WIDTH, align: Align::Right, cell: p85 },
    Column { head: "quarter.objectives_odds", width: CONTENT_WIDTH, align: Align::Right, cell: odds },
    Column { head: "quarter.objectives_slip", width: CONTENT_WIDTH, align: Align::Right, cell: slip },
];

/// Column for the outcome, if there are no lanes to show it.
const OUTCOME: Column =
    Column { head: "quarter.outcome_title", width: CONTENT_WIDTH, align: Align::Right, cell: outcome };

/// Columns that are replaced by the outcome if there is little room.
const REPLACED_BY_OUTCOME: [&str; 3] =
    ["quarter.objectives_since", "quarter.objectives_forecast", "quarter.objectives_p85"];

/// Returns `None` for a single objective whose lane says the same. With `outcomes`, there is a column for the outcome
/// in place of less important ones, because not every objective has a lane.
pub(super) fn table(
    context: &Context,
    objectives: &[&ObjectiveState],
    has_lanes: bool,
    outcomes: bool,
) -> Option<Table> {
    if objectives.len() < 2 && has_lanes {
        return None;
    }
    let is_replaced = |column: &Column| outcomes && has_lanes && REPLACED_BY_OUTCOME.contains(&column.head);
    let columns = COLUMNS.into_iter().filter(|column| !is_replaced(column)).chain(outcomes.then_some(OUTCOME));
    let columns = columns.filter(|column| {
        column.head.ends_with("objective")
            || objectives.iter().any(|objective| (column.cell)(context, objective).is_some())
    });
    let columns: Vec<Column> = columns.collect();
    let mut on_pace = 0;
    let rows = objectives.iter().map(|objective| {
        let cells = columns.iter().map(|column| (column.cell)(context, objective));
        let (cells, keys) = cells.map(|cell| cell.map_or((Vec::new(), None), |cell| (cell.spans, cell.key))).unzip();
        TableRow { cells, keys, priority: priority(objective, &mut on_pace) }
    });
    Some(Table {
        caption: context.say("quarter.objectives_caption", &[]),
        rows: rows.collect(),
        columns: columns
            .iter()
            .map(|column| TableColumn {
                title: context.say(column.head, &[]),
                width: column.width,
                align: column.align,
            })
            .collect(),
        show_head: true,
        row_heads: true,
        more: "objectives",
    })
}

/// Returns the priority of a row; an objective off pace is never left out.
fn priority(objective: &ObjectiveState, on_pace: &mut usize) -> Priority {
    if is_off_pace(objective) {
        return ALWAYS;
    }
    *on_pace += 1;
    priorities::ROW_ON_PACE.at(*on_pace - 1)
}

/// Returns the next milestone: of those with work left the one agreed for first; else the first open one.
fn next(objective: &ObjectiveState) -> Option<&MilestoneState> {
    let is_open = |milestone: &&MilestoneState| !matches!(milestone.status, Status::Done | Status::Dropped);
    let mut milestones = objective.milestones.iter();
    milestones.clone().find(|milestone| milestone.has_work_left()).or_else(|| milestones.find(is_open))
}

/// Returns a text that stays on one line; its column is as wide as it.
fn unbroken(text: &str) -> String {
    text.replace(' ', "\u{a0}")
}

fn loud(objective: &ObjectiveState) -> Style {
    if verdict(objective.status).tone() == Tone::Warning { Style::Warning } else { Style::Plain }
}

fn name(context: &Context, objective: &ObjectiveState) -> Option<Cell> {
    Cell::new(Span::strong(clipped(&context.objective_name(objective), MAX_NAME)), None)
}

fn status(context: &Context, objective: &ObjectiveState) -> Option<Cell> {
    let shape = verdict(objective.status);
    let style = match shape {
        Verdict::Late | Verdict::AtRisk => Style::Warning,
        Verdict::Ahead => Style::Accent,
        Verdict::NotKnown => Style::Quiet,
        Verdict::OnPace | Verdict::Done => Style::Plain,
    };
    let word = Span::new(style, format!("\u{a0}{}", unbroken(&context.objective_status(objective))));
    Some(Cell { spans: vec![Span::shape(shape), word], key: None })
}

/// `31 of 43`; the progress of an objective without tasks.
fn done(context: &Context, objective: &ObjectiveState) -> Option<Cell> {
    let share = objective.progress?;
    let said = if objective.of > 0 {
        let done = context.words.whole(objective.done.into());
        let counted = context.count("quarter.mark_tasks", objective.of, &[("done", &done)]);
        unbroken(&match context.tasks_of() {
            Some(date) => context.say("common.as_of", &[("text", &counted), ("date", &context.day(date))]),
            None => counted,
        })
    } else {
        let percent = context.percent(share);
        let mut milestones = objective.milestones.iter();
        match objective.unreported {
            0 => percent,
            // What is reported is reached, and says nothing of the rest.
            _ if milestones.all(|it| it.progress.is_none() || it.status == Status::Done) => return None,
            n => unbroken(&context.count("quarter.share_partly", n, &[("share", &percent)])),
        }
    };
    Cell::new(Span::plain(said), Some(share))
}

/// What should be done by now, in the unit of what is done.
fn plan(context: &Context, objective: &ObjectiveState) -> Option<Cell> {
    let share = objective.planned.filter(|_| objective.progress.is_some())?;
    let said = if objective.of > 0 {
        context.words.whole((share * f64::from(objective.of)).round() as u64)
    } else {
        context.percent(share)
    };
    Cell::new(Span::quiet(said), Some(share))
}

fn done_since(context: &Context, objective: &ObjectiveState) -> Option<Cell> {
    let counted = objective.of > 0 && objective.undated == 0;
    let said = counted.then(|| context.words.whole(objective.done_since.into()))?;
    Cell::new(Span::plain(said), Some(f64::from(objective.done_since)))
}

fn next_name(_: &Context, objective: &ObjectiveState) -> Option<Cell> {
    Cell::new(Span::plain(clipped(&flat(&next(objective)?.name), MAX_NAME)), None)
}

fn agreed(context: &Context, objective: &ObjectiveState) -> Option<Cell> {
    let milestone = next(objective)?;
    let date = milestone.agreed?;
    Cell::new(Span::plain(context.due_cell(milestone, date)), Some(f64::from(date.num_days_from_ce())))
}

fn p50(context: &Context, objective: &ObjectiveState) -> Option<Cell> {
    let milestone = next(objective)?;
    let date = milestone.forecast?.p50;
    if context.is_far_off(date) {
        return Cell::new(Span::new(loud(objective), context.say("slip.far_short", &[])), None);
    }
    let late = milestone.agreed.is_some_and(|agreed| date > agreed);
    Cell::day(context, date, if late { Style::Warning } else { Style::Plain })
}

fn p85(context: &Context, objective: &ObjectiveState) -> Option<Cell> {
    let forecast = next(objective)?.forecast.filter(|forecast| forecast.method != ForecastMethod::Pace)?;
    let date = forecast.p85.filter(|date| !context.is_far_off(*date))?;
    Cell::day(context, date, Style::Quiet)
}

fn odds(context: &Context, objective: &ObjectiveState) -> Option<Cell> {
    let forecast = next(objective)?.forecast?;
    let odds = forecast.odds?;
    Cell::new(Span::new(loud(objective), context.odds(odds, forecast.weeks)), Some(odds))
}

/// `+5 days`, `held`: how far the date of the next milestone moved since the last 1:1.
fn slip(context: &Context, objective: &ObjectiveState) -> Option<Cell> {
    let days = next(objective)?.moved_days()?;
    let said = match days {
        0 => context.say("quarter.unmoved", &[]),
        _ => {
            let sign = if days > 0 { "+" } else { "−" };
            context.count("quarter.days_moved", days.unsigned_abs(), &[("sign", sign)])
        }
    };
    let style = if days > 0 { Style::Warning } else { Style::Quiet };
    Cell::new(Span::new(style, said), Some(days as f64))
}

fn outcome(context: &Context, objective: &ObjectiveState) -> Option<Cell> {
    let outcome = objective.outcome.as_ref()?;
    let latest = outcome.latest?;
    Cell::new(Span::plain(outcome_value(context, outcome, latest)), Some(latest))
}
