//! Opens a page or a file in the program that the system has for it: `week --open`, `watch --open`.

use std::ffi::OsStr;
use std::process::{Command, Stdio};

use super::Terminal;
use crate::problem::Failure;

/// Opens a path or an address. If no program can open it, a message is printed, and this is not an error.
pub(crate) fn open(what: &OsStr, terminal: &Terminal) -> Result<(), Failure> {
    let mut command = match () {
        () if cfg!(target_os = "macos") => Command::new("open"),
        () if cfg!(windows) => Command::new("explorer"),
        () => Command::new("xdg-open"),
    };
    let started = command.arg(what).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    if started.is_err() {
        terminal.say(&format!("nothing here can open {}", what.to_string_lossy()));
    }
    Ok(())
}
