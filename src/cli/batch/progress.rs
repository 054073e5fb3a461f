//! The progress of a batch: a bar at a terminal, one line for each team elsewhere.

use std::io::IsTerminal as _;

use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::Terminal;
use crate::deliver::batch::TeamResult;

/// Displays the progress of a batch.
pub(crate) struct BatchProgress {
    bar: Option<ProgressBar>,
    terminal: Terminal,
}

impl BatchProgress {
    pub(crate) fn new(teams: usize, terminal: &Terminal) -> Self {
        let bar = (!terminal.is_quiet() && std::io::stderr().is_terminal()).then(|| {
            let bar = ProgressBar::new(teams as u64);
            // The pattern is constant, so parsing it cannot fail; otherwise the default bar would be good enough.
            if let Ok(style) = ProgressStyle::with_template("{bar:32} {pos}/{len} briefs  {eta} left  {msg}") {
                bar.set_style(style);
            }
            bar
        });
        Self { bar, terminal: *terminal }
    }

    pub(crate) fn step(&self, result: &TeamResult) {
        match &self.bar {
            Some(bar) => {
                bar.set_message(result.path.clone());
                bar.inc(1);
            }
            None => self.terminal.say_more(&format!(
                "{}: {}",
                result.path,
                if result.failed.is_some() { "failed" } else { "made" }
            )),
        }
    }

    pub(crate) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
