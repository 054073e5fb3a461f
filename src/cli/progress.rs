//! A progress bar for reading large files. All commands that read use it; it is shown only at a terminal, on stderr.

use std::io::IsTerminal as _;
use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressStyle};

use crate::sink::clean_line;
use crate::table::progress::{self, Pass};

/// The bar that is being shown.
static BAR: Mutex<Option<ProgressBar>> = Mutex::new(None);

/// Shows the progress of reading from now on, if stderr is a terminal.
pub(crate) fn show() {
    if std::io::stderr().is_terminal() {
        progress::listen(follow);
    }
}

fn follow(pass: Pass<'_>) {
    let Ok(mut shown) = BAR.lock() else { return };
    if pass.ended {
        if let Some(bar) = shown.take() {
            bar.finish_and_clear();
        }
        return;
    }
    shown.get_or_insert_with(|| bar(&pass)).set_position(pass.read);
}

fn bar(pass: &Pass<'_>) -> ProgressBar {
    let bar = ProgressBar::new(pass.bytes);
    // The pattern is constant, so parsing it cannot fail; otherwise the default bar would be good enough.
    if let Ok(style) = ProgressStyle::with_template("{msg}  {bar:32} {percent:>3} %") {
        bar.set_style(style);
    }
    bar.set_message(clean_line(&format!("reading {}", pass.file)).into_owned());
    bar
}
