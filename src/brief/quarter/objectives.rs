//! One table with a row an objective, those off pace first: how its tasks stand, its next milestone with the dates and
//! odds, and what moved since the last 1:1. A column that would be empty is left out.

use chrono::{Datelike, NaiveDate};

use super::super::phrase::{Context, clipped, flat};
use super::super::{ALWAYS, Align, Priority, Span, Spans, Style, Table, TableColumn, TableRow};
use super::timeline::verdict;
use super::{is_off_pace, outcome_value};
use crate::analysis::{ForecastMethod, MilestoneState, ObjectiveState};
use crate::brief::priorities;
use crate::chart::{Tone, Verdict};
use crate::team::Status;

/// A column: its head, its share of the width, how it is set, and what a row has there.
struct Column {
    head: &'static str,
    width: f64,
    align: Align,
    cell: fn(&Context, &ObjectiveState) -> Option<Cell>,
}

struct Cell {
    spans: Spans,
    /// What the web page sorts the column by.
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

/// A name in a cell has so many letters: two lines of its column. Whole names stand on the lanes.
const NAME: usize = 40;

/// As wide as what stands in it.
const AS_WIDE: f64 = 0.0;

const COLUMNS: [Column; 11] = [
    Column { head: "quarter.objectives_objective", width: 24.0, align: Align::Left, cell: name },
    Column { head: "quarter.objectives_status", width: AS_WIDE, align: Align::Left, cell: status },
    Column { head: "quarter.objectives_done", width: AS_WIDE, align: Align::Right, cell: done },
    Column { head: "quarter.objectives_plan", width: AS_WIDE, align: Align::Right, cell: plan },
    Column { head: "quarter.objectives_since", width: AS_WIDE, align: Align::Right, cell: done_since },
    Column { head: "quarter.objectives_next", width: 20.0, align: Align::Left, cell: next_name },
    Column { head: "quarter.objectives_agreed", width: AS_WIDE, align: Align::Right, cell: agreed },
    Column { head: "quarter.objectives_forecast", width: AS_WIDE, align: Align::Right, cell: p50 },
    Column { head: "quarter.objectives_p85", width: AS_WIDE, align: Align::Right, cell: p85 },
    Column { head: "quarter.objectives_odds", width: AS_WIDE, align: Align::Right, cell: odds },
    Column { head: "quarter.objectives_slip", width: AS_WIDE, align: Align::Right, cell: slip },
];

/// Its place where there are no lanes: the outcome has no other.
const OUTCOME: Column = Column { head: "quarter.outcome_title", width: AS_WIDE, align: Align::Right, cell: outcome };

/// Columns that give way to it, where there is little room.
const FOR_OUTCOMES: [&str; 3] = ["quarter.objectives_since", "quarter.objectives_forecast", "quarter.objectives_p85"];

/// None where there is one objective, of which a row would say no more than its lane does.
/// With `outcomes` it has those, as not all have a lane, in the place of what lanes do not say either.
pub(super) fn table(
    context: &Context,
    objectives: &[&ObjectiveState],
    has_lanes: bool,
    outcomes: bool,
) -> Option<Table> {
    if objectives.len() < 2 && has_lanes {
        return None;
    }
    let gives_way = |column: &Column| outcomes && has_lanes && FOR_OUTCOMES.contains(&column.head);
    let columns = COLUMNS.into_iter().filter(|column| !gives_way(column)).chain(outcomes.then_some(OUTCOME));
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

/// An objective that is off pace never gives way.
fn priority(objective: &ObjectiveState, on_pace: &mut usize) -> Priority {
    if is_off_pace(objective) {
        return ALWAYS;
    }
    *on_pace += 1;
    priorities::ROW_ON_PACE.at(*on_pace - 1)
}

/// The milestone that comes next: the earliest agreed of those that have work left; else the first that is open.
fn next(objective: &ObjectiveState) -> Option<&MilestoneState> {
    let is_open = |milestone: &&MilestoneState| !matches!(milestone.status, Status::Done | Status::Dropped);
    let mut milestones = objective.milestones.iter();
    milestones.clone().find(|milestone| milestone.has_work_left()).or_else(|| milestones.find(is_open))
}

/// On one line: its column is as wide as it.
fn unbroken(text: &str) -> String {
    text.replace(' ', "\u{a0}")
}

fn loud(objective: &ObjectiveState) -> Style {
    if verdict(objective.status).tone() == Tone::Warning { Style::Warning } else { Style::Plain }
}

fn name(context: &Context, objective: &ObjectiveState) -> Option<Cell> {
    Cell::new(Span::strong(clipped(&context.objective_name(objective), NAME)), None)
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

/// `31 of 43`; of an objective without tasks its progress.
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
        match objective.unreported {
            0 => percent,
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
    Cell::new(Span::plain(clipped(&flat(&next(objective)?.name), NAME)), None)
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
    let days = next(objective)?.slip_since_days?;
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
