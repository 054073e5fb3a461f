//! Tasks that two exports have: one with its key, another, such as a board or a list, without. Only the reader of tasks
//! uses it.

use std::collections::HashMap;

use super::draft::Draft;
use crate::fold::fold;
use crate::tables::Marked as _;
use crate::team::TaskKey;

/// Minimum number of letters of a title that two exports do not share by accident.
const MIN_TITLE_LETTERS: usize = 8;

/// Takes out the rows without a key that another file has with one, each with that key: their title begins with it, or
/// their title, status and due date are equal.
pub(super) fn apart(drafts: Vec<Draft>) -> (Vec<Draft>, Vec<(Draft, TaskKey)>) {
    let is_of_several = drafts.windows(2).any(|pair| pair[0].place.file != pair[1].place.file);
    if !is_of_several || !drafts.iter().any(|draft| draft.by_row) {
        return (drafts, Vec::new());
    }
    let mut by_key: HashMap<String, usize> = HashMap::new();
    let mut by_title: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, draft) in drafts.iter().enumerate().filter(|(_, draft)| !draft.by_row) {
        by_key.entry(fold(draft.task.key.as_str())).or_insert(at);
        by_title.entry(fold(&draft.task.title)).or_default().push(at);
    }
    let twin = |draft: &Draft| -> Option<TaskKey> {
        let is_other = |at: &usize| {
            let other = &drafts[*at];
            other.place.file != draft.place.file && other.is_marked() == draft.is_marked()
        };
        let first = draft.task.title.split(|c: char| c.is_whitespace() || matches!(c, ':' | ']' | ')')).next();
        let key = first.map(|word| word.trim_matches(['[', '(', '#'])).filter(|word| is_like_a_key(word));
        let named = key.and_then(|key| by_key.get(&fold(key))).copied().filter(is_other);
        let title = fold(&draft.task.title);
        let alike = || match by_title.get(&title).map(Vec::as_slice) {
            Some([only]) if title.chars().count() >= MIN_TITLE_LETTERS => {
                let (own, other) = (&draft.task, &drafts[*only].task);
                Some(*only).filter(|_| own.status == other.status && own.due == other.due).filter(is_other)
            }
            _ => None,
        };
        named.or_else(alike).map(|at| drafts[at].task.key.clone())
    };
    let keys: Vec<Option<TaskKey>> = drafts.iter().map(|draft| if draft.by_row { twin(draft) } else { None }).collect();
    let (mut kept, mut twins) = (Vec::new(), Vec::new());
    for (draft, key) in drafts.into_iter().zip(keys) {
        match key {
            Some(key) => twins.push((draft, key)),
            None => kept.push(draft),
        }
    }
    (kept, twins)
}

/// Whether a word has letters and digits, as `A-2`.
fn is_like_a_key(word: &str) -> bool {
    word.chars().any(|c| c.is_ascii_digit()) && word.chars().any(char::is_alphabetic)
}
