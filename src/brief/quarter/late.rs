//! The late milestones of an objective, the latest first, each with its reason or that none was given. Many with the
//! same reason are grouped, and their common remarks are counted.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::super::phrase::{Context, MAX_NAME_CHARS, capital, clipped, flat, stopped, without_reason};
use super::super::{Block, Bullet, Item, List, Priority, Span, Spans};
use super::standing::{differs, stated_beside};
use crate::analysis::{MilestoneState, ObjectiveState, StatusCause};
use crate::brief::priorities;
use crate::team::{MilestoneId, Status};

/// From this many milestones of an objective with the same reason on, they are grouped.
const MIN_GROUPED: usize = 4;

/// The rank of each late milestone of the team, the latest first.
pub(super) struct Late<'a>(BTreeMap<&'a MilestoneId, usize>);

impl<'a> Late<'a> {
    pub(crate) fn of(context: &Context<'a>) -> Self {
        let milestones = context.analysis.objectives.iter().flat_map(|objective| &objective.milestones);
        let ranked = worst_first(context, milestones).into_iter().enumerate();
        Self(ranked.map(|(rank, milestone)| (&milestone.id, rank)).collect())
    }

    fn priority(&self, milestone: &MilestoneState) -> Priority {
        priorities::LATE.at(self.0.get(&milestone.id).copied().unwrap_or(0))
    }

    /// Returns the blocks about an objective's late milestones; `rank` is the objective's.
    pub(crate) fn blocks(&self, context: &Context, objective: &ObjectiveState, rank: usize) -> Vec<Block> {
        let late = worst_first(context, &objective.milestones);
        let mut by_reason: BTreeMap<Option<String>, Vec<&MilestoneState>> = BTreeMap::new();
        for milestone in &late {
            by_reason.entry(reason(milestone)).or_default().push(milestone);
        }
        let (mut blocks, mut singles, mut together) = (Vec::new(), Vec::new(), Vec::new());
        for milestone in late {
            match by_reason.get(&reason(milestone)) {
                Some(grouped) if grouped.len() >= MIN_GROUPED => {
                    // The group takes the place of its latest milestone.
                    if grouped[0].id == milestone.id {
                        blocks.extend(self.lines(context, std::mem::take(&mut singles)));
                        blocks.push(self.grouped(context, grouped));
                        together.extend(grouped.iter().copied());
                    }
                }
                _ => singles.push(milestone),
            }
        }
        blocks.extend(self.lines(context, singles));
        let remarks = remarks_on_all(context, &together);
        blocks.extend(
            remarks
                .map(|text| Block::Text { spans: vec![Span::quiet(text)], priority: priorities::LATE_REMARK.at(rank) }),
        );
        blocks
    }

    /// Returns a list with a line for each milestone.
    fn lines(&self, context: &Context, milestones: Vec<&MilestoneState>) -> Option<Block> {
        let item = |milestone| Item {
            bullet: Bullet::None,
            spans: line(context, milestone),
            priority: self.priority(milestone),
        };
        let items: Vec<Item> = milestones.into_iter().map(item).collect();
        let list = List { label: None, items, inline: false, more: "late" };
        (!list.items.is_empty()).then_some(Block::List(list))
    }

    /// `20 late: no reason given`, and below it their names and days, one after the other.
    fn grouped(&self, context: &Context, milestones: &[&MilestoneState]) -> Block {
        let item = |milestone: &&MilestoneState| {
            let name = clipped(&flat(&milestone.name), MAX_NAME_CHARS);
            let slip = context.lateness(milestone).map(|slip| Span::plain(format!(", {slip}")));
            let spans = [Span::strong(name)].into_iter().chain(slip).collect();
            Item { bullet: Bullet::None, spans, priority: self.priority(milestone) }
        };
        let reason = milestones.first().and_then(|milestone| reason(milestone));
        let label = match reason.or_else(|| context.no_reason()) {
            Some(reason) => context.count("quarter.late_alike", milestones.len(), &[("reason", &reason)]),
            None => context.count("quarter.late_plain", milestones.len(), &[]),
        };
        let items = milestones.iter().map(item).collect();
        Block::List(List { label: Some(label), items, inline: true, more: "late" })
    }
}

/// Returns the late ones of `milestones`, the latest first; equally late ones keep the order of the data.
fn worst_first<'a>(
    context: &Context,
    milestones: impl IntoIterator<Item = &'a MilestoneState>,
) -> Vec<&'a MilestoneState> {
    let late = milestones.into_iter().filter(|milestone| milestone.status == Status::Late);
    let mut late: Vec<&MilestoneState> = late.collect();
    late.sort_by_key(|milestone| Reverse(context.late_by(milestone)));
    late
}

fn reason(milestone: &MilestoneState) -> Option<String> {
    milestone.reason.as_deref().map(flat)
}

/// Counts the remarks that single lines would have: `9 of these are reported as on pace; 3 of these …`
fn remarks_on_all(context: &Context, milestones: &[&MilestoneState]) -> Option<String> {
    let mut stated: BTreeMap<String, usize> = BTreeMap::new();
    for milestone in milestones {
        if milestone.because != StatusCause::Stated
            && let Some(status) = milestone.stated.filter(|stated| differs(*stated, milestone.status))
        {
            *stated.entry(context.stated(Some(status), milestone.stated_as)).or_default() += 1;
        }
    }
    let said = stated.iter().map(|(status, n)| context.count("quarter.stated_some", *n, &[("stated", status)]));
    let mut remarks: Vec<String> = said.collect();
    let grew = milestones.iter().filter(|milestone| milestone.moved_days().is_some_and(|days| days > 0)).count();
    let by_pace = milestones.iter().filter(|m| m.because == StatusCause::LowPace).count();
    for (n, key) in [(grew, "quarter.grew_some"), (by_pace, "quarter.by_pace_some")] {
        remarks.extend((n > 0).then(|| context.count(key, n, &[])));
    }
    (!remarks.is_empty()).then(|| stopped(&remarks.join(context.words.semicolon())))
}

/// `Self-serve release, 9 days late: the search page waits …`, with the team's stated status if it differs.
fn line(context: &Context, milestone: &MilestoneState) -> Spans {
    let name = flat(&milestone.name);
    let lead = match context.lateness(milestone) {
        _ if milestone.because == StatusCause::Stated => {
            let status = context.milestone_standing(milestone);
            context.say("quarter.status_item", &[("milestone", &name), ("status", &status)])
        }
        Some(slip) => context.say("quarter.late_item", &[("milestone", &name), ("slip", &slip)]),
        None => context.say("quarter.late_item_plain", &[("milestone", &name)]),
    };
    let reason = match milestone.reason.as_deref().map(flat) {
        Some(reason) => Some(Span::plain(stopped(&reason))),
        None => context.no_reason().map(|none| Span::warning(stopped(&none))),
    };
    let mut spans = match reason {
        Some(reason) => vec![Span::strong(lead), Span::plain(" "), reason],
        None => vec![Span::strong(without_reason(&lead))],
    };
    // The timeline has both dates.
    let mut remarks = Vec::new();
    match milestone.moved_days() {
        Some(0) | None => {}
        Some(days) => remarks.push(stopped(&capital(&context.moved_since(days)))),
    }
    remarks.extend(why_late(context, milestone));
    remarks.extend(stated_beside(context, milestone).map(|line| stopped(&line)));
    if !remarks.is_empty() {
        spans.push(Span::quiet(format!(" {}", remarks.join(" "))));
    }
    spans
}

/// Explains what the dates do not: that its few tasks wait for those before them, or that only the pace of the whole
/// objective makes it late.
fn why_late(context: &Context, milestone: &MilestoneState) -> Option<String> {
    let own = milestone.tasks_all.saturating_sub(milestone.tasks_done);
    match milestone.because {
        StatusCause::LowOdds if milestone.tasks_before > own => {
            Some(context.count("quarter.waits", milestone.tasks_before, &[]))
        }
        StatusCause::LowPace => Some(context.say("quarter.by_pace", &[])),
        _ => None,
    }
}
