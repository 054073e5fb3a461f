//! The open milestones sorted by date, as a list: in place of the timeline on screens too narrow for it, and in formats
//! without pictures.

use chrono::NaiveDate;

use super::super::phrase::{Context, flat};
use super::super::{Block, Bullet, Item, List, Span, Spans, WEB_ONLY};
use super::mark::{is_open, note, odds, tasks};
use crate::analysis::{MilestoneState, ObjectiveState};
use crate::team::Status;

/// Maximum number of milestones in the list; the table of all follows it.
const MAX_LISTED: usize = 20;

/// Returns `None` if no milestone is open.
pub(super) fn list(context: &Context, objectives: &[&ObjectiveState]) -> Option<Block> {
    let mut lines: Vec<(NaiveDate, Spans)> = Vec::new();
    for objective in objectives {
        for milestone in objective.milestones.iter().filter(|milestone| is_open(milestone)) {
            lines.extend(lines_of(context, objective, milestone));
        }
    }
    lines.sort_by_key(|(date, _)| *date);
    let item = |(_, spans)| Item { bullet: Bullet::None, spans, priority: WEB_ONLY };
    let items: Vec<Item> = lines.into_iter().take(MAX_LISTED).map(item).collect();
    let label = Some(context.say("by_date.title", &[]));
    (!items.is_empty()).then_some(Block::List(List { label, items, inline: false, more: "milestones" }))
}

/// `Fri 27 Nov Batch to stream, Update speed: agreed 27 Nov · 7 of 9 · odds 75%`; a late milestone has a second line at
/// its agreed date.
fn lines_of(
    context: &Context,
    objective: &ObjectiveState,
    milestone: &MilestoneState,
) -> impl Iterator<Item = (NaiveDate, Spans)> {
    let in_sight = !context.is_out_of_sight(milestone);
    let expected = context.expected(milestone).map(|(date, _)| date).filter(|_| in_sight);
    let off_pace = matches!(milestone.status, Status::Late | Status::AtRisk);
    let name = flat(&milestone.name);
    // A period is printed as written and sorted by its last day.
    let day = |date| context.written(milestone, date).unwrap_or_else(|| context.near_day(date));
    let own = expected.or(milestone.agreed).map(|date| {
        let day = day(date);
        let parts =
            [Some(note(context, milestone)), tasks(context, milestone), odds(context, milestone).map(|it| it.1)];
        let note_text = parts.into_iter().flatten().collect::<Vec<_>>().join("\u{a0}· ");
        let lead = if off_pace { Span::warning(day) } else { Span::strong(day) };
        let of = Span::plain(format!(", {}", context.objective_name(objective)));
        let rest = Span::quiet(format!("{}{note_text}", context.words.colon()));
        (date, vec![lead, Span::plain(" "), Span::strong(name.clone()), of, rest])
    });
    let late = expected.zip(milestone.agreed).filter(|(expected, agreed)| expected > agreed);
    let agreed = late.map(|(_, agreed)| {
        let line = context.say("by_date.agreed", &[("milestone", &name)]);
        (agreed, vec![Span::quiet(format!("{} {line}", day(agreed)))])
    });
    agreed.into_iter().chain(own)
}
