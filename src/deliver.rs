//! How a brief reaches the 1:1: calendar, mail, CI, batch, live preview. One file each.

pub mod caldav;
pub mod ics;
pub mod invite;
pub mod mail;
