//! A bar while a large file is read: at a terminal only, on stderr, for every command that reads.

use std::io::IsTerminal as _;
use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressStyle};

use crate::sink::clean_line;
use crate::table::progress::{self, Pass};

/// The bar that is shown.
static BAR: Mutex<Option<ProgressBar>> = Mutex::new(None);

/// Shows from here on how far reading is, if anybody can see it.
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
    // The pattern is fixed, so it cannot fail; the default bar would do as well.
    if let Ok(style) = ProgressStyle::with_template("{msg}  {bar:32} {percent:>3} %") {
        bar.set_style(style);
    }
    bar.set_message(clean_line(&format!("reading {}", pass.file)).into_owned());
    bar
}
