//! Limits the time of a user's own templates. A loop in a template may never end and cannot be stopped, so it runs on a
//! thread that is abandoned when its time is over. The built-in templates always end and need no thread.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use super::Theme;
use crate::problem::{Failure, Place, Problem};

/// Time limit for all pages of one brief: a hundred times what the built-in templates need.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// Runs `set`, which uses the team's own templates below `folder`. Fails if it takes too long.
pub(super) fn within_time<T: Send + 'static>(
    theme: &Theme,
    folder: &str,
    set: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    let (sender, result) = channel();
    std::thread::Builder::new()
        .stack_size(16 << 20)
        .spawn(move || sender.send(set()))
        .map_err(|e| Failure::Fault(e.to_string()))?;
    match result.recv_timeout(TIME_LIMIT) {
        Ok(result) => result,
        Err(RecvTimeoutError::Timeout) => {
            let message = format!("the pages were not ready after {} seconds", TIME_LIMIT.as_secs());
            Err(Problem::error("template", message)
                .at(own(theme, folder).unwrap_or_else(|| Place::file("templates")))
                .help("a loop in one of your own templates does not end, or goes through too much")
                .into())
        }
        Err(RecvTimeoutError::Disconnected) => Err(Failure::Fault("a thread ended without a result".to_owned())),
    }
}

/// Returns the place of the team's first own template below `folder`, for errors that built-in templates cannot cause.
pub(super) fn own(theme: &Theme, folder: &str) -> Option<Place> {
    let name = theme.templates.keys().find(|name| name.starts_with(folder))?;
    Some(Place::at(format!("templates/{name}"), 1, 1))
}
