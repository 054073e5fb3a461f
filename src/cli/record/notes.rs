//! Concerns and early signals that were raised with the boss, or are settled.

use super::decision::{Decision, NoteChange, NoteRef};
use crate::problem::{Problem, nearest};
use crate::team::{NoteKind, PersonNote, Team};

/// Finds the open concern with this id, or that of this person if they have exactly one.
pub(crate) fn find(team: &Team, name: &str, change: NoteChange) -> Result<Decision, Problem> {
    let name = name.trim();
    let is_concern = |note: &&PersonNote| matches!(note.kind, NoteKind::Concern | NoteKind::Signal);
    let open = || team.people.iter().filter(is_concern).filter(|note| note.closed_on.is_none());
    let is_id = |note: &&PersonNote| note.id.as_deref().is_some_and(|id| id.eq_ignore_ascii_case(name));
    let of_person: Vec<&PersonNote> = open().filter(|note| note.person.eq_ignore_ascii_case(name)).collect();
    let by_id = team.people.iter().filter(is_concern).find(is_id);
    match (by_id, of_person.as_slice()) {
        (Some(note), _) => Ok(decision(note, change)),
        (None, [note]) => Ok(decision(note, change)),
        (None, []) => {
            let names = || open().map(|note| note.id.as_deref().unwrap_or(&note.person));
            let help = match nearest(name, names()) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => match names().collect::<Vec<_>>().as_slice() {
                    [] => "no concern is open".to_owned(),
                    names => format!("open are {}", names.join(", ")),
                },
            };
            Err(Problem::error("no-such-name", format!("there is no open concern \"{name}\"")).help(help))
        }
        (None, several) => {
            Err(Problem::error("ambiguous-reference", format!("{} open concerns are about this person", several.len()))
                .help("give each an `id` in its file, and name that"))
        }
    }
}

/// Returns the decision that changes a note.
pub(crate) fn decision(note: &PersonNote, change: NoteChange) -> Decision {
    let is_known = match change {
        NoteChange::Raised => note.raised_on.is_some(),
        NoteChange::Closed => note.closed_on.is_some(),
    };
    let note = NoteRef { id: note.id.clone(), person: note.person.clone(), text: note.text.clone(), is_known };
    Decision::Concern { note, change }
}
