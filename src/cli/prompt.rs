//! Questions at a terminal: a choice, yes or no, a line of text. `headsup record` and `headsup week` use them.
//!
//! Enter always gives the answer that changes nothing. The questions hide the cursor; Ctrl-C shows it again and ends
//! the program.

use std::io::ErrorKind;
use std::sync::Once;

use dialoguer::console::Term;
use dialoguer::{Confirm, Input, Select};

use crate::problem::Failure;
use crate::sink::clean_line;

/// Exit code that shells report for a program that Ctrl-C ended: 128 plus the number of the signal.
const INTERRUPTED: i32 = 130;

/// Asks for one of `answers` and returns its index. The first one is preselected.
pub(crate) fn choose(question: &str, answers: &[&str]) -> Result<usize, Failure> {
    mind_the_cursor();
    read(Select::new().with_prompt(clean_line(question)).items(answers).default(0).interact())
}

/// Asks a yes-or-no question. The default is no.
pub(crate) fn agree(question: &str) -> Result<bool, Failure> {
    mind_the_cursor();
    read(Confirm::new().with_prompt(clean_line(question)).default(false).interact())
}

/// Asks for a line of text. Returns `None` if it is empty.
pub(crate) fn line(question: &str) -> Result<Option<String>, Failure> {
    mind_the_cursor();
    let text: String = read(Input::new().with_prompt(clean_line(question)).allow_empty(true).interact_text())?;
    Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty()))
}

/// Lets the user edit `text`, and returns the result.
pub(crate) fn edited(question: &str, text: &str) -> Result<String, Failure> {
    mind_the_cursor();
    read(Input::new().with_prompt(clean_line(question)).with_initial_text(clean_line(text)).interact_text())
}

fn read<T>(answer: dialoguer::Result<T>) -> Result<T, Failure> {
    answer.map_err(|dialoguer::Error::IO(error)| match error.kind() {
        // Either this code or the handler sees Ctrl-C first.
        ErrorKind::Interrupted => leave(),
        _ => Failure::read("the terminal", error),
    })
}

/// Installs the handler that shows the cursor again. Before the first question, Ctrl-C keeps its default effect.
fn mind_the_cursor() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // If no handler can be set, Ctrl-C still ends the program; only the cursor stays hidden.
        let _ = ctrlc::set_handler(|| leave());
    });
}

fn leave() -> ! {
    // An error cannot be reported: the program is about to end.
    let _ = Term::stderr().show_cursor();
    std::process::exit(INTERRUPTED)
}
