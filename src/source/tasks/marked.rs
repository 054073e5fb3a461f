//! Finds tasks that are confidential because of another row. Only the reader of tasks uses it.

use std::collections::{HashMap, HashSet};

use super::super::marks::{Key, spread};
use super::super::milestones::Milestones;
use super::super::names::{Found, NameIndex};
use super::draft::Draft;
use crate::fold::{fold, words};
use crate::tables::Marked as _;
use crate::team::ObjectiveId;

/// Marks every task that is confidential because of another row: one with the same key, one above it, a milestone that
/// only a confidential row names, or a confidential objective or milestone that any of its cells names. Rows that cannot
/// be read pass on their mark, too.
pub(super) fn mark_all(drafts: &mut [Draft], milestones: &Milestones, objectives: &NameIndex<ObjectiveId>) {
    let has_objectives = objectives.has_confidential();
    let tasks: HashSet<String> = drafts.iter().filter(|_| has_objectives).flat_map(names_of).collect();
    for draft in drafts.iter_mut() {
        let labels = draft.task.labels.iter();
        // What names a milestone or a task that everybody may see names no objective.
        let is_open = |value: &String| milestones.find(std::slice::from_ref(value), None) != Found::None;
        let is_label = |label: &String| milestones.labelled(std::slice::from_ref(label), None) != Found::None;
        let is_of_objective = || {
            let own = draft.values.iter().chain(labels.clone()).filter(|value| !is_open(value));
            let above = draft.parents.iter().chain(&draft.above).filter(|value| !tasks.contains(&fold(value)));
            own.chain(above).any(|value| objectives.is_name_of_confidential(value))
        };
        if (has_objectives && is_of_objective())
            || draft.task.sprints.iter().any(|sprint| milestones.is_name_of_confidential(sprint))
            || labels.clone().any(|label| milestones.is_name_of_confidential(label) && !is_label(label))
        {
            draft.mark();
        }
        let own = [draft.task.key.0.clone()];
        let named = [&draft.values, &draft.task.labels, &draft.parents, &draft.above].map(Vec::as_slice);
        if named.into_iter().chain([own.as_slice()]).any(|names| milestones.may_be_hidden(names)) {
            draft.mark();
        }
    }
    let key = |draft: &Draft| Key::of("key", draft.task.key.as_str()).filter(|_| !draft.by_row).into_iter().collect();
    spread(drafts, key);
    if !drafts.iter().any(|draft| draft.is_marked()) {
        return;
    }
    // Everything below a confidential task is confidential, at any depth and under any of its names.
    let mut below: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        for parent in draft.parent_cells.iter().flat_map(|cell| parts(cell)) {
            below.entry(parent).or_default().push(index);
        }
    }
    let mut todo: Vec<usize> = (0..drafts.len()).filter(|index| drafts[*index].is_marked()).collect();
    while let Some(index) = todo.pop() {
        let draft = &drafts[index];
        let own = names_of(draft);
        for name in own {
            // Each name is followed only once.
            for child in below.remove(&name).unwrap_or_default() {
                if !drafts[child].is_marked() {
                    drafts[child].mark();
                    todo.push(child);
                }
            }
        }
    }
}

/// Returns the folded names of a task.
fn names_of(draft: &Draft) -> Vec<String> {
    let own = [Some(draft.task.key.as_str()), draft.inner.as_deref(), Some(draft.task.title.as_str())];
    own.into_iter().flatten().map(fold).filter(|name| !name.is_empty()).collect()
}

/// Returns the folded texts that a cell may name: the whole cell, its parts between any separators, and the keys in it,
/// as in `P-12: New release` or in the address of a page.
fn parts(cell: &str) -> Vec<String> {
    let listed = cell.split([',', ';', '|', '\n', '\t', '/', '\\', '#', '[', ']', '"']);
    let mut parts: Vec<String> = [cell].into_iter().chain(listed).map(fold).filter(|part| !part.is_empty()).collect();
    let words: Vec<String> = words(cell).take(MAX_WORDS).collect();
    for length in 1..=MAX_KEY_WORDS {
        parts.extend(words.windows(length).map(|run| run.join(" ")).filter(|run| is_like_a_key(run)));
    }
    parts.sort_unstable();
    parts.dedup();
    parts
}

/// Words of a cell in which a key is looked for.
const MAX_WORDS: usize = 64;
/// Words of a key: `TEAM-A-12` has three.
const MAX_KEY_WORDS: usize = 4;

/// Whether words are unlikely to be anything but a key: letters and digits, or a long number.
fn is_like_a_key(run: &str) -> bool {
    let digits = run.chars().filter(char::is_ascii_digit).count();
    digits >= 4 || (digits > 0 && run.chars().any(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn a_key_is_met_in_whatever_a_parent_is_called() {
        for cell in [
            "P-12",
            "P-12 New release",
            "P-12: New release",
            "New release (P-12)",
            "https://example.org/browse/P-12?focus=1",
            "P-1, P-12",
        ] {
            assert!(parts(cell).contains(&"p 12".to_owned()), "{cell}");
        }
        for cell in ["P-123", "New release", "12", ""] {
            assert!(!parts(cell).contains(&"p 12".to_owned()), "{cell}");
        }
    }
}
