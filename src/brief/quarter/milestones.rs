//! The table of all milestones with all their dates, for looking up, on the web page only.

use chrono::{Datelike, NaiveDate};

use super::super::phrase::{Basis, Context, flat};
use super::super::{Align, Span, Table, TableColumn, TableRow};
use super::DETAIL;
use crate::analysis::{MilestoneState, StatusCause};
use crate::team::Status;

pub(super) fn table(context: &Context) -> Table {
    let head = |key: &str, width, align| TableColumn { title: context.say(key, &[]), width, align };
    let (left, right) = (Align::Left, Align::Right);
    let analysis = context.analysis;
    let lanes = analysis.objectives.iter().flat_map(|objective| &objective.milestones).map(|it| (it, false));
    let milestones = lanes.chain(analysis.elsewhere.iter().map(|it| (it, true)));
    let mut all = analysis.objectives.iter().flat_map(|objective| &objective.milestones).chain(&analysis.elsewhere);
    // A first brief has no earlier dates to compare with.
    let columns = if all.any(|milestone| milestone.slip_since_days.is_some()) { 8 } else { 7 };
    let mut table = Table {
        caption: context.say("quarter.table_caption", &[]),
        columns: vec![
            head("quarter.table_milestone", 26.0, left),
            head("quarter.table_original", 10.0, left),
            head("quarter.table_agreed", 10.0, left),
            head("quarter.table_due", 10.0, left),
            head("quarter.table_expected", 10.0, left),
            head("quarter.table_status", 13.0, left),
            head("quarter.table_progress", 8.0, right),
            head("quarter.table_since", 13.0, right),
        ],
        show_head: true,
        row_heads: true,
        rows: milestones.map(|(milestone, is_elsewhere)| row(context, milestone, is_elsewhere)).collect(),
        more: "milestones",
    };
    table.columns.truncate(columns);
    for row in &mut table.rows {
        row.cells.truncate(columns);
        row.keys.truncate(columns);
    }
    table
}

/// `late (we say on track)`: always includes the stated status; for a milestone of another quarter also the reason,
/// which may have no other place.
fn status(context: &Context, milestone: &MilestoneState, is_elsewhere: bool) -> String {
    let status = status_beside(context, milestone);
    let status = match context.key_values(milestone) {
        Some(values) => context.say("quarter.key_said", &[("status", &status), ("values", &values)]),
        None => status,
    };
    let is_off = matches!(milestone.status, Status::Late | Status::AtRisk);
    match milestone.reason.as_deref().map(flat).filter(|_| is_elsewhere && is_off) {
        Some(reason) => context.say("common.and_reason", &[("text", &status), ("reason", &reason)]),
        None => status,
    }
}

fn status_beside(context: &Context, milestone: &MilestoneState) -> String {
    let status = context.milestone_status(milestone);
    let unknown = context.unknown_word(milestone).filter(|_| milestone.status != Status::NotReported);
    let says = milestone.stated.is_some() || milestone.stated_as.is_some() || unknown.is_some();
    let stated = unknown.unwrap_or_else(|| context.stated(milestone.stated, milestone.stated_as));
    if !says || milestone.because == StatusCause::Stated || stated == context.status(milestone.status) {
        return status;
    }
    context.say("quarter.table_stated", &[("status", &status), ("stated", &stated)])
}

fn row(context: &Context, milestone: &MilestoneState, is_elsewhere: bool) -> TableRow {
    let date = |date: Option<NaiveDate>| date.map(|date| context.due_cell(milestone, date)).unwrap_or_default();
    let name = match &milestone.owner_team {
        Some(team) => context.say("quarter.foreign", &[("milestone", &flat(&milestone.name)), ("team", &flat(team))]),
        None => flat(&milestone.name),
    };
    let since = match milestone.moved_days() {
        None => String::new(),
        Some(0) => context.say("quarter.unmoved", &[]),
        Some(days) => {
            let sign = if days > 0 { "+" } else { "−" };
            context.count("quarter.days_moved", days.unsigned_abs(), &[("sign", sign)])
        }
    };
    let cells = [
        name,
        date(milestone.original),
        date(milestone.agreed),
        date(milestone.due),
        match context.is_out_of_sight(milestone) {
            true => context.say("slip.far_short", &[]),
            false => match context.expected(milestone) {
                Some((_, Basis::Promise)) => date(milestone.due),
                expected => expected.map(|(date, _)| context.day(date)).unwrap_or_default(),
            },
        },
        status(context, milestone, is_elsewhere),
        milestone.progress.map(|share| context.percent(share)).unwrap_or_default(),
        since,
    ];
    let day = |date: Option<NaiveDate>| date.map(|date| f64::from(date.num_days_from_ce()));
    let keys = vec![
        None,
        day(milestone.original),
        day(milestone.agreed),
        day(milestone.due),
        day(context.expected(milestone).map(|(date, _)| date)),
        None,
        milestone.progress,
        milestone.moved_days().map(|days| days as f64),
    ];
    TableRow { cells: cells.into_iter().map(|text| vec![Span::plain(text)]).collect(), keys, priority: DETAIL }
}
