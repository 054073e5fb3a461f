//! What `headsup init` asks at a terminal: what only the manager knows of their exports. In a script nobody is asked: the best
//! guess stands, with a comment.

use std::io::IsTerminal as _;

use crate::cli::{Terminal, prompt, surroundings};
use crate::problem::Failure;

/// Whoever answers, if anybody does.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Conversation {
    is_on: bool,
}

impl Conversation {
    /// With whoever sits at the terminal.
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

    /// The place of the answer, of which the first is the best guess. None: nobody is asked.
    pub(crate) fn choose(self, question: &str, answers: &[String]) -> Result<Option<usize>, Failure> {
        if !self.is_on {
            return Ok(None);
        }
        let answers: Vec<&str> = answers.iter().map(String::as_str).collect();
        prompt::choose(question, &answers).map(Some)
    }
}
