//! The elements of the agenda: a part, a point to say, a note that is not spoken.

use super::super::phrase::{Context, clipped, flat};
use super::super::{AgendaPart, AgendaPoint, Span, Spans};

/// Maximum length of a user's text in a line of the agenda, in characters.
const MAX_TEXT_CHARS: usize = 220;

/// Returns a count in words, or `None` for zero.
pub(super) fn counted(context: &Context, key: &str, n: usize) -> Option<String> {
    (n > 0).then(|| context.count(key, n, &[]))
}

/// Returns a part, or `None` if it has no points.
pub(super) fn part(
    context: &Context,
    label: &str,
    note: Option<String>,
    points: Vec<AgendaPoint>,
) -> Option<AgendaPart> {
    (!points.is_empty()).then(|| AgendaPart { label: context.say(label, &[]), note, points, is_boxed: false })
}

/// Returns a point to say, with one box to tick.
pub(super) fn spoken(context: &Context, lines: Vec<Spans>) -> AgendaPoint {
    AgendaPoint { is_loud: false, lines, boxes: vec![context.say("agenda.said", &[])] }
}

/// Returns a quiet line without boxes.
pub(super) fn note(line: String) -> AgendaPoint {
    AgendaPoint { is_loud: false, lines: vec![vec![Span::quiet(line)]], boxes: Vec::new() }
}

/// Returns a user's text on one line, short enough to be spoken.
pub(super) fn short(text: &str) -> String {
    clipped(&flat(text), MAX_TEXT_CHARS)
}
