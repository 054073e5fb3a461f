//! What the parts of the agenda are made of: a part, a point to say, a note that is not spoken.

use super::super::phrase::{Context, clipped, flat};
use super::super::{AgendaPart, AgendaPoint, Span, Spans};

/// The longest text of a user's that stands in one line of it, in characters.
const LONGEST: usize = 220;

/// How many, in words; None of none.
pub(super) fn counted(context: &Context, key: &str, n: usize) -> Option<String> {
    (n > 0).then(|| context.count(key, n, &[]))
}

/// A part with something in it.
pub(super) fn part(
    context: &Context,
    label: &str,
    note: Option<String>,
    points: Vec<AgendaPoint>,
) -> Option<AgendaPart> {
    (!points.is_empty()).then(|| AgendaPart { label: context.say(label, &[]), note, points, is_boxed: false })
}

/// Something to say, with one box to tick.
pub(super) fn said(context: &Context, lines: Vec<Spans>) -> AgendaPoint {
    AgendaPoint { is_loud: false, lines, boxes: vec![context.say("agenda.said", &[])] }
}

/// A line that is not spoken, without boxes.
pub(super) fn note(line: String) -> AgendaPoint {
    AgendaPoint { is_loud: false, lines: vec![vec![Span::quiet(line)]], boxes: Vec::new() }
}

/// A text of a user's, not too long to be spoken.
pub(super) fn short(text: &str) -> String {
    clipped(&flat(text), LONGEST)
}
