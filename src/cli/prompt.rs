//! Questions at a terminal: a choice, yes or no, a line. `headsup record` and `headsup week` ask by it.
//!
//! Enter is always the answer that changes nothing. Ctrl-C ends the program and gives the terminal its cursor back,
//! which the questions hide.

use std::io::ErrorKind;
use std::sync::Once;

use dialoguer::console::Term;
use dialoguer::{Confirm, Input, Select};

use crate::problem::Failure;
use crate::sink::clean_line;

/// What a shell says of a program that Ctrl-C ended: 128 and the number of the signal.
const INTERRUPTED: i32 = 130;

/// One of `answers`, by its place; the first unless another is chosen.
pub(crate) fn choose(question: &str, answers: &[&str]) -> Result<usize, Failure> {
    mind_the_cursor();
    read(Select::new().with_prompt(clean_line(question)).items(answers).default(0).interact())
}

/// Yes or no; no unless it is said.
pub(crate) fn agree(question: &str) -> Result<bool, Failure> {
    mind_the_cursor();
    read(Confirm::new().with_prompt(clean_line(question)).default(false).interact())
}

/// A line of text; None where it is empty.
pub(crate) fn line(question: &str) -> Result<Option<String>, Failure> {
    mind_the_cursor();
    let text: String = read(Input::new().with_prompt(clean_line(question)).allow_empty(true).interact_text())?;
    Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty()))
}

/// `text`, changed as its reader likes.
pub(crate) fn edited(question: &str, text: &str) -> Result<String, Failure> {
    mind_the_cursor();
    read(Input::new().with_prompt(clean_line(question)).with_initial_text(clean_line(text)).interact_text())
}

fn read<T>(answer: dialoguer::Result<T>) -> Result<T, Failure> {
    answer.map_err(|dialoguer::Error::IO(error)| match error.kind() {
        // Ctrl-C is seen here or by the handler, whichever is first.
        ErrorKind::Interrupted => leave(),
        _ => Failure::read("the terminal", error),
    })
}

/// Until the first question Ctrl-C does what it always does.
fn mind_the_cursor() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Where no handler can be set, Ctrl-C still ends the program; only the cursor stays hidden.
        let _ = ctrlc::set_handler(|| leave());
    });
}

fn leave() -> ! {
    // Nobody is there to hear that it cannot be shown.
    let _ = Term::stderr().show_cursor();
    std::process::exit(INTERRUPTED)
}
