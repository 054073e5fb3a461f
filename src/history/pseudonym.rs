//! Removes the pseudonyms of old snapshots. Until version 0.1 a withheld key was written as `~` and the digits of its
//! hash, which anybody with a list of likely keys can reverse in a second. Reading a snapshot removes them, and
//! `record` rewrites the files without them.

use super::Snapshot;

/// Whether the bytes of a snapshot may contain a pseudonym.
pub(super) fn is_in(text: &[u8]) -> bool {
    text.windows(19).any(|at| at[0] == b'"' && at[18] == b'"' && is(&at[1..18]))
}

/// Whether an id is a pseudonym: `~` and 16 hexadecimal digits.
fn is(id: &[u8]) -> bool {
    matches!(id, [b'~', digits @ ..] if digits.len() == 16 && digits.iter().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')))
}

/// Removes everything whose id is a pseudonym, and everything that belongs to it.
pub(super) fn remove(snapshot: &mut Snapshot) {
    let open = |id: &str| !is(id.as_bytes());
    snapshot.objectives.retain(|id, _| open(id.as_str()));
    snapshot.milestones.retain(|id, _| open(id.as_str()));
    snapshot.tasks.retain(|key, at| open(key.as_str()) && at.milestone.as_ref().is_none_or(|id| open(id.as_str())));
    snapshot.asks.retain(|id| open(id.as_str()));
    let planned = std::mem::take(&mut snapshot.next);
    snapshot.next = planned.into_iter().filter(|key| open(key.as_str()) && snapshot.tasks.contains_key(key)).collect();
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = r#"{"schema":"headsup.snapshot/1","version":1,"as_of":"2026-11-13","on":"2026-11-13","quarter_start":"2026-10-01",
"objectives":{},"milestones":{"~f4ba5b353e924c9f":{"objective":null,"agreed":null,"due":null,"p50":null,"done_on":null,"slip_days":null,"progress":null,"status":"late"}},
"tasks":{"~0123456789abcdef":{"milestone":null,"done":false},"SECRET-7":{"milestone":"~f4ba5b353e924c9f","done":false},"CUR-1":{"milestone":null,"done":false}},
"asks":["A1","~f4ba5b353e924c9f"],"next":["SECRET-7","CUR-1"],"metrics":{},"shown":[]}"#;

    #[test]
    fn pseudonyms_are_removed_from_an_old_snapshot() {
        let snapshot = Snapshot::parse(OLD.as_bytes(), "old.json").unwrap();
        assert_eq!(snapshot.tasks.keys().map(|key| key.as_str()).collect::<Vec<_>>(), ["CUR-1"]);
        assert!(snapshot.milestones.is_empty());
        assert_eq!((snapshot.asks.len(), snapshot.next.len()), (1, 1));
        assert!(is_in(OLD.as_bytes()) && !is_in(snapshot.to_json().as_bytes()));
    }
}
