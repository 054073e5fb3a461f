//! Questions that `headsup init` asks at a terminal about exports that only the manager knows. A script is asked
//! nothing: it gets the best guess, with a comment.

use std::io::IsTerminal as _;

use crate::cli::{Terminal, prompt, surroundings};
use crate::problem::Failure;

/// A conversation with the user, if there is a terminal.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Conversation {
    is_on: bool,
}

impl Conversation {
    /// Starts a conversation if there is a user at the terminal.
    pub(crate) fn at(terminal: &Terminal) -> Self {
        let is_on = !surroundings::under_ci()
            && !terminal.is_quiet()
            && std::io::stdin().is_terminal()
            && std::io::stderr().is_terminal();
        Self { is_on }
    }

    pub(crate) fn is_on(self) -> bool {
        self.is_on
    }

    /// Asks a question. Returns the index of the answer; the first answer is the best guess. Returns `None` without a
    /// terminal.
    pub(crate) fn choose(self, question: &str, answers: &[String]) -> Result<Option<usize>, Failure> {
        if !self.is_on {
            return Ok(None);
        }
        let answers: Vec<&str> = answers.iter().map(String::as_str).collect();
        prompt::choose(question, &answers).map(Some)
    }
}
