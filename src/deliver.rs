//! The ways in which a brief reaches the 1:1: calendar, mail, CI, batch, live preview. Each has its own file.

pub(crate) mod batch;
pub mod caldav;
pub(crate) mod ci;
pub mod ics;
pub mod invite;
pub(crate) mod mail;
pub(crate) mod rollup;
mod trust;
pub(crate) mod watch;

use std::hash::Hasher as _;

/// Returns a short name that depends only on the parts: the same parts give the same name on every machine. UIDs,
/// Message-IDs and boundaries use it, since they must not change between runs.
pub fn ident(parts: &[&[u8]]) -> String {
    let mut hasher = siphasher::sip128::SipHasher24::new();
    for part in parts {
        // Hashing the lengths keeps ("ab", "c") and ("a", "bc") apart.
        hasher.write(&(part.len() as u64).to_le_bytes());
        hasher.write(part);
    }
    let hash = siphasher::sip128::Hasher128::finish128(&hasher).as_u128();
    format!("{hash:032x}")
}
