//! How a brief reaches the 1:1: calendar, mail, CI, batch, live preview. One file each.

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

/// A short name made of what it stands for: the same parts, the same name, on every machine. For UIDs, Message-IDs
/// and boundaries, which must not change from run to run.
pub fn ident(parts: &[&[u8]]) -> String {
    let mut hasher = siphasher::sip128::SipHasher24::new();
    for part in parts {
        // The length keeps ("ab", "c") and ("a", "bc") apart.
        hasher.write(&(part.len() as u64).to_le_bytes());
        hasher.write(part);
    }
    let hash = siphasher::sip128::Hasher128::finish128(&hasher).as_u128();
    format!("{hash:032x}")
}
