//! The section "where the quarter stands": the timeline, then each objective with its burn-up, those off pace first.
//!
//! Every late milestone has its reason or "no reason given" (except in a forwardable copy). If the team's stated status
//! differs from the computed one, both are shown, without a judgement.

mod burnup;
mod by_date;
mod finding;
mod late;
mod mark;
mod milestones;
mod objective;
mod objectives;
mod pressing;
mod standing;
mod tasks_alone;
mod timeline;
mod weeks;

use std::collections::HashSet;

use super::phrase::{Context, flat};
use super::{Block, Bullet, Figure, Item, List, Section, SectionStyle, Span, WEB_ONLY};
use crate::analysis::{CloseOutcome, MilestoneState, ObjectiveState};
use crate::brief::priorities;
use crate::chart::Chart;
use crate::team::{MilestoneId, Status};
use standing::{DETAIL, WIDTH, is_off_pace, outcome_value, severity};
pub(super) use standing::{counted as counted_objectives, outcome_lags, outcome_text, status_text, worst_late};
pub(super) use tasks_alone::open as open_tasks;
pub(super) use weeks::reason as weeks_reason;

/// Maximum number of objectives with a lane and a text, those off pace first. Other objectives have only a table row.
const MAX_LANES: usize = 300;

pub(super) fn section(context: &Context) -> Option<Section> {
    let analysis = context.analysis;
    let (mut blocks, mut has_lanes) = (Vec::new(), false);
    if !analysis.last_quarter.is_empty() {
        blocks.push(Block::List(close(context)));
    }
    if let (Some(backlog), true) = (&analysis.backlog, blocks.is_empty()) {
        return Some(tasks_alone::section(context, backlog));
    }
    if analysis.objectives.is_empty() {
        if blocks.is_empty() {
            let line = context.say("quarter.none", &[]);
            let none = Section::line(context.say("title.quarter", &[]), line);
            let table = (!analysis.elsewhere.is_empty()).then(|| Block::Table(milestones::table(context)));
            let pressing = pressing::blocks(context, priorities::PRESSING.at(0));
            let blocks = none.blocks.into_iter().chain(elsewhere(context)).chain(table).chain(pressing).collect();
            return Some(Section { blocks, ..none });
        }
        blocks.extend(elsewhere(context));
        if !analysis.elsewhere.is_empty() {
            blocks.push(Block::Table(milestones::table(context)));
        }
    } else {
        let as_agreed: Vec<&ObjectiveState> = analysis.objectives.iter().collect();
        let mut objectives = as_agreed.clone();
        objectives.sort_by_key(|objective| severity(objective));
        // A few objectives share one picture in the agreed order. Of many, the picture has those off pace, and the web
        // page has pictures of the others; the table below has a row for each.
        let several = as_agreed.len() > timeline::LANES;
        let off_pace = objectives.iter().filter(|objective| is_off_pace(objective)).count();
        let first = match several {
            true if off_pace == 0 => timeline::FURTHER_LANES,
            true => off_pace.min(timeline::LANES),
            false => as_agreed.len(),
        };
        let lanes = if several { &objectives[..objectives.len().min(MAX_LANES)] } else { &as_agreed[..] };
        let charts = timeline::charts(context, lanes, first);
        has_lanes = charts.iter().any(Option::is_some);
        for (picture, chart) in charts.into_iter().enumerate() {
            let priority = if picture == 0 { priorities::LANES.at(0) } else { WEB_ONLY };
            // In place of the first picture, a format without pictures shows a list of all dates.
            let by_date_list = if picture == 0 { by_date::list(context, &objectives) } else { None };
            let beside: Vec<Block> = by_date_list.into_iter().collect();
            blocks.extend(chart.map(|chart| Block::Figure(Figure { chart, beside, priority })));
        }
        blocks.extend(key_to_lanes(context, lanes).filter(|_| !several));
        let (rows, side_by_side) = side_by_side(context, &objectives[..off_pace]);
        blocks.extend(rows);
        let outcomes = !has_lanes || several;
        blocks.extend(objectives::table(context, &objectives, has_lanes, outcomes).map(Block::Table));
        let late = late::Late::of(context);
        for (rank, objective) in objectives.iter().take(MAX_LANES).enumerate() {
            blocks.extend(objective::blocks(context, objective, rank, &late, rank >= side_by_side));
        }
        blocks.extend(elsewhere(context));
        let table = milestones::table(context);
        blocks.extend((!table.rows.is_empty()).then_some(Block::Table(table)));
    }
    let pressing = if has_lanes { priorities::PRESSING_BESIDE_LANES } else { priorities::PRESSING };
    blocks.extend(pressing::blocks(context, pressing.at(0)));
    let title = context.say("title.quarter", &[]);
    let title = match analysis.objectives.is_empty() {
        true => title,
        false => format!("{title}{}{}", context.words.colon(), finding::finding(context)),
    };
    Some(Section::new(SectionStyle::Ruled, title, blocks))
}

/// Explains the dots and numbers on the lanes, if there are any.
fn key_to_lanes(context: &Context, lanes: &[&ObjectiveState]) -> Option<Block> {
    let open = || {
        let milestones = lanes.iter().flat_map(|objective| &objective.milestones);
        milestones.filter(|milestone| mark::is_open(milestone))
    };
    let parts = [
        ("quarter.key_dots", open().any(|milestone| !milestone.history.is_empty())),
        ("quarter.key_tasks", open().any(|milestone| mark::tasks(context, milestone).is_some())),
        ("quarter.key_odds", open().any(|milestone| mark::odds(context, milestone).is_some())),
    ];
    let explanations: Vec<String> =
        parts.into_iter().filter(|(_, is)| *is).map(|(key, _)| context.say(key, &[])).collect();
    let text = Span::quiet(explanations.join(" "));
    (!explanations.is_empty()).then(|| Block::Text { spans: vec![text], priority: priorities::KEY_TO_LANES.at(0) })
}

/// From this many objectives off pace on, small burn-ups are shown in rows: their number in a row, and the number of
/// rows.
const CHARTS_IN_ROW: usize = 3;
const MAX_CHART_ROWS: usize = 2;

/// Returns rows of small burn-ups for several objectives off pace, and how many objectives have one.
fn side_by_side(context: &Context, off_pace: &[&ObjectiveState]) -> (Vec<Block>, usize) {
    let max = off_pace.len().min(CHARTS_IN_ROW * MAX_CHART_ROWS);
    let charts: Vec<_> = off_pace[..max].iter().map_while(|objective| burnup::small(context, objective)).collect();
    if charts.len() < CHARTS_IN_ROW {
        return (Vec::new(), 0);
    }
    let row = |(row, charts): (usize, &[Chart])| {
        let figure =
            |chart: &Chart| Figure { chart: chart.clone(), beside: Vec::new(), priority: priorities::BURNUP.at(row) };
        Block::Columns(charts.iter().map(|chart| vec![Block::Figure(figure(chart))]).collect())
    };
    (charts.chunks(CHARTS_IN_ROW).enumerate().map(row).collect(), charts.len())
}

/// Number of milestones of other quarters that are named.
const MAX_NAMED_ELSEWHERE: usize = 5;

/// Milestones outside this quarter's lanes, so that none is missing: the next five open ones, the number of other open
/// ones, and how many are done or dropped.
fn elsewhere(context: &Context) -> Option<Block> {
    let analysis = context.analysis;
    let now = analysis.objectives.iter().flat_map(|objective| &objective.milestones);
    let carried: HashSet<&MilestoneId> = now.filter_map(|later| later.carried_from.as_ref()).collect();
    let carried = |milestone: &MilestoneState| carried.contains(&milestone.id);
    let is_open = |milestone: &&MilestoneState| !matches!(milestone.status, Status::Done | Status::Dropped);
    let mut open: Vec<&MilestoneState> = analysis.elsewhere.iter().filter(is_open).filter(|it| !carried(it)).collect();
    // The next due comes first; milestones whose date has passed come after the future ones.
    open.sort_by_key(|milestone| milestone.agreed.is_some_and(|agreed| agreed < analysis.as_of));
    let closed = analysis.elsewhere.iter().filter(|milestone| !is_open(milestone)).count();
    let names: Vec<String> =
        open.iter().take(MAX_NAMED_ELSEWHERE).map(|milestone| elsewhere_item(context, milestone)).collect();
    let mut lines = Vec::new();
    if !open.is_empty() {
        let mut named = names.join(context.words.semicolon());
        if open.len() > MAX_NAMED_ELSEWHERE {
            let more =
                context.count("quarter.elsewhere_more", open.len() - MAX_NAMED_ELSEWHERE, &[("milestones", &named)]);
            named = more;
        }
        lines.push(context.count("quarter.elsewhere", open.len(), &[("milestones", &named)]));
    }
    if closed > 0 {
        lines.push(context.count("quarter.elsewhere_closed", closed, &[]));
    }
    (!lines.is_empty())
        .then(|| Block::Text { spans: vec![Span::quiet(lines.join(" "))], priority: priorities::ELSEWHERE.at(0) })
}

/// `“Beta”, agreed for 15 January 2027, at risk: the vendor is late`, or that it is overdue.
fn elsewhere_item(context: &Context, milestone: &MilestoneState) -> String {
    let name = context.words.quote(&flat(&milestone.name));
    let overdue = milestone.agreed.filter(|agreed| *agreed < context.analysis.as_of);
    let day = |date| context.due(milestone, date);
    let item = match (overdue, milestone.agreed, milestone.due) {
        (Some(date), ..) => context.say("quarter.elsewhere_overdue", &[("milestone", &name), ("date", &day(date))]),
        (None, Some(agreed), Some(due)) if due != agreed => {
            let places = [("milestone", name.as_str()), ("agreed", &day(agreed)), ("date", &day(due))];
            context.say("quarter.elsewhere_moved", &places)
        }
        (None, Some(date), _) => context.say("quarter.elsewhere_item", &[("milestone", &name), ("date", &day(date))]),
        (None, None, _) => name,
    };
    let is_off = matches!(milestone.status, Status::Late | Status::AtRisk);
    let item = match is_off && overdue.is_none() {
        true => format!("{item}, {}", context.milestone_status(milestone)),
        false => item,
    };
    match milestone.reason.as_deref().map(flat).filter(|_| is_off) {
        Some(reason) => context.and_reason(&item, &reason),
        None => item,
    }
}

/// How the last quarter closed, for the first brief of a quarter.
fn close(context: &Context) -> List {
    let items = context.analysis.last_quarter.iter().enumerate().map(|(rank, close)| {
        let outcome = context.say(
            match close.outcome {
                CloseOutcome::Met => "quarter.met",
                CloseOutcome::Part => "quarter.part",
                CloseOutcome::Not => "quarter.not",
                CloseOutcome::Carried => "quarter.carried",
            },
            &[],
        );
        let name = flat(&close.name);
        let done = context.words.whole(close.done.into());
        let places = [("objective", name.as_str()), ("outcome", &outcome), ("done", &done)];
        let key = if close.of > 0 { "quarter.close_item" } else { "quarter.close_item_plain" };
        let met = close.outcome == CloseOutcome::Met;
        Item {
            bullet: if met { Bullet::Filled } else { Bullet::Hollow },
            spans: vec![Span::plain(context.count(key, close.of, &places))],
            priority: if met { priorities::CLOSED_AS_MET } else { priorities::CLOSED_UNMET }.at(rank),
        }
    });
    List {
        label: Some(context.say("quarter.close_title", &[])),
        items: items.collect(),
        inline: false,
        more: "objectives",
    }
}
