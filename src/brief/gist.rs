//! The last lines of a mail's body, below the asks and the late milestones: the next milestone and one win.

use super::phrase::{Context, flat, stopped};
use crate::analysis::WinState;
use crate::team::Drives;

pub(super) fn gist(context: &Context) -> Vec<String> {
    next(context).into_iter().chain(win(context)).map(|line| stopped(&line)).collect()
}

/// The open milestone with the next agreed date.
fn next(context: &Context) -> Option<String> {
    let milestones = context.analysis.objectives.iter().flat_map(|objective| &objective.milestones);
    let open = milestones.filter(|milestone| milestone.has_work_left());
    let ahead = open.filter_map(|milestone| Some((milestone, milestone.agreed?)));
    let (milestone, agreed) =
        ahead.filter(|(_, agreed)| *agreed >= context.analysis.as_of).min_by_key(|(_, agreed)| *agreed)?;
    let date = context.due_long(milestone, agreed);
    Some(context.say("headline.next_milestone", &[("milestone", &flat(&milestone.name)), ("date", &date)]))
}

/// The first win that a customer validated, else the first win.
fn win(context: &Context) -> Option<String> {
    let wins = || context.analysis.value.iter();
    let win: &WinState = wins().find(|win| win.validated_by.is_some()).or_else(|| wins().next())?;
    let key = if win.drives == Drives::Revenue { "headline.win_revenue" } else { "headline.win_retention" };
    let text = context.say(key, &[("text", &flat(&win.text))]);
    Some(match &win.validated_by {
        Some(who) => context.say("headline.win_validated", &[("text", &text), ("who", &flat(who))]),
        None => text,
    })
}
