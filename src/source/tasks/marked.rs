//! Which tasks are confidential by another row. Used by the reader of tasks alone.

use std::collections::HashMap;

use super::super::marks::{Key, spread};
use super::super::milestones::Milestones;
use super::draft::Draft;
use crate::fold::fold;
use crate::tables::Marked as _;

/// Marks whatever is confidential by another row: one of the same key, one that it lies below, a milestone that only a
/// confidential row names. Rows that cannot be read pass their mark on too.
pub(super) fn mark_all(drafts: &mut [Draft], milestones: &Milestones) {
    for draft in drafts.iter_mut() {
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
    // What lies below a confidential task is confidential, however deep, by whichever name it calls it.
    let mut below: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        for parent in draft.parents.iter().flat_map(|cell| parts(cell)) {
            below.entry(parent).or_default().push(index);
        }
    }
    let mut todo: Vec<usize> = (0..drafts.len()).filter(|index| drafts[*index].is_marked()).collect();
    while let Some(index) = todo.pop() {
        let draft = &drafts[index];
        let own = [Some(draft.task.key.as_str()), draft.inner.as_deref(), Some(draft.task.title.as_str())];
        let own: Vec<String> = own.into_iter().flatten().map(fold).filter(|name| !name.is_empty()).collect();
        for name in own {
            // Each name is followed once.
            for child in below.remove(&name).unwrap_or_default() {
                if !drafts[child].is_marked() {
                    drafts[child].mark();
                    todo.push(child);
                }
            }
        }
    }
}

/// What a cell may name, folded: all of it, and its parts between any signs of a list.
fn parts(cell: &str) -> Vec<String> {
    let listed = cell.split([',', ';', '|', '\n', '\t', '/', '\\', '#', '[', ']', '"']);
    let mut parts: Vec<String> = [cell].into_iter().chain(listed).map(fold).filter(|part| !part.is_empty()).collect();
    parts.sort_unstable();
    parts.dedup();
    parts
}
