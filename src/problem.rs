//! Problems of the input, with their place and how to fix them, and the ways in which a run can fail.
//!
//! Readers collect [`Problem`]s and continue, so that a user sees all of them at once. Printing is separate:
//! [`crate::cli`] shows them as text with the cell underlined, as JSON, or as CI annotations.

pub mod codes;
mod severity;

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Serialize;

pub use severity::Severity;

/// Replaces the name of a file that only the manager may see; the table follows.
pub const PRIVATE_FILE: &str = "a private file of";

/// The line a problem stands in, with the part to underline.
///
/// Never made for tables about people, asks, goals and agreements: there a problem names the place, not the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Excerpt {
    /// The physical line, without its line ending; of a long one the part around what is underlined.
    pub text: String,
    /// Byte offset in `text` of the part to underline.
    pub start: usize,
    /// Its length in bytes.
    pub len: usize,
}

/// Where a problem stands: a file as the user would name it, line and column counted from 1.
///
/// `line` 0 means the file as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Place {
    pub file: String,
    pub line: u64,
    pub column: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excerpt: Option<Excerpt>,
}

impl Place {
    /// Returns the place that means the file as a whole.
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: file.into(), line: 0, column: 0, excerpt: None }
    }

    /// Returns the place without its text.
    pub fn unquoted(self) -> Self {
        Self { excerpt: None, ..self }
    }

    /// Returns a place in a file, with nothing to underline.
    pub fn at(file: impl Into<String>, line: u64, column: u64) -> Self {
        Self { file: file.into(), line, column, excerpt: None }
    }
}

/// One thing that is wrong, or worth a warning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Problem {
    pub severity: Severity,
    /// A short stable name for scripts, as `unknown-key`, `bad-date`, `unmapped-status`; one of [`codes`].
    pub code: &'static str,
    /// What is wrong, one sentence without a final stop.
    pub message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// How to fix it: a sentence, or the config lines to paste.
    #[serde(rename = "mend", skip_serializing_if = "String::is_empty")]
    pub help: String,
    /// Whether `help` quotes words of an export, which a message never does.
    #[serde(skip)]
    pub help_quotes: bool,
    /// Whether it is about a row or a file that only the manager may see: no copy except `me` shows that it exists.
    #[serde(skip)]
    pub withheld: bool,
}

impl Problem {
    pub fn new(severity: Severity, code: &'static str, message: impl Into<String>) -> Self {
        debug_assert!(codes::find(code).is_some(), "`{code}` is not in src/problem/codes/: register it there");
        Self {
            severity,
            code,
            message: message.into(),
            place: None,
            help: String::new(),
            help_quotes: false,
            withheld: false,
        }
    }

    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    pub fn note(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, message)
    }

    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// Sets how to fix the problem, in a text that quotes words of an export.
    pub fn help_quoting(self, help: impl Into<String>) -> Self {
        Self { help_quotes: true, ..self.help(help) }
    }

    /// Returns the problem for readers who may not see the exports: without the line of its place and without quoted
    /// words.
    pub fn unquoted(mut self) -> Self {
        self.place = self.place.map(Place::unquoted);
        if std::mem::take(&mut self.help_quotes) {
            self.help.clear();
        }
        self
    }
}

impl Problem {
    /// Returns the problem for something confidential: its place, and the general description of its kind from
    /// [`codes`]. No text that was read is kept, whatever the message contained.
    pub fn concealed(self) -> Self {
        let code = codes::find(self.code);
        let sentence = |text: &'static str| text.trim_end_matches('.').to_owned();
        Self {
            withheld: true,
            place: self.place.map(Place::unquoted),
            message: code.map(|code| sentence(code.meaning)).unwrap_or_default(),
            help: code.map(|code| sentence(code.help)).unwrap_or_default(),
            help_quotes: false,
            ..self
        }
    }
}

/// All that is wrong, in the order it was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    pub fn push(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    pub fn extend(&mut self, others: Problems) {
        self.0.extend(others.0);
    }

    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|p| p.severity == Severity::Error)
    }

    pub fn has_warnings(&self) -> bool {
        self.0.iter().any(|p| p.severity == Severity::Warning)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Self(vec![problem])
    }
}

/// The reason why a run ended without a result. Each kind has its exit code (the number from sysexits.h if one fits).
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Findings under `--strict`, or a failed team in a batch: exit 1.
    #[error("{0}")]
    Findings(String),
    /// The command line is not valid: exit 2.
    #[error("{0}")]
    Usage(String),
    /// The input is wrong: exit 65. The problems describe where, and how to fix it.
    #[error("the input has problems")]
    Input(Problems),
    /// An internal error of headsup: exit 70.
    #[error("a fault of headsup: {0}")]
    Fault(String),
    /// A file cannot be read or written: exit 74.
    #[error("cannot {doing} {}: {source}", path.display())]
    Io { doing: &'static str, path: PathBuf, source: std::io::Error },
    /// The network, a server or a file is busy; trying again may help: exit 75.
    #[error("{0}")]
    TryAgain(String),
    /// A server refused, and trying again will not help: exit 76.
    #[error("{0}")]
    Refused(String),
    /// Not allowed: the user is not the organizer, or the copy must not go to these people: exit 77.
    #[error("{0}")]
    NotAllowed(String),
}

impl Failure {
    pub fn exit_code(&self) -> u8 {
        match self {
            Failure::Findings(_) => 1,
            Failure::Usage(_) => 2,
            Failure::Input(_) => 65,
            Failure::Fault(_) => 70,
            Failure::Io { .. } => 74,
            Failure::TryAgain(_) => 75,
            Failure::Refused(_) => 76,
            Failure::NotAllowed(_) => 77,
        }
    }

    /// Returns a failure to read `path`.
    pub fn read(path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        Failure::Io { doing: "read", path: path.into(), source }
    }

    /// Returns a failure to write `path`.
    pub fn write(path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        Failure::Io { doing: "write", path: path.into(), source }
    }
}

impl From<Problems> for Failure {
    fn from(problems: Problems) -> Self {
        Failure::Input(problems)
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Failure::Input(problem.into())
    }
}

/// Returns the candidate most similar to `word`, for "did you mean". Case, spaces and punctuation are ignored. Returns
/// `None` if none is similar.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let bare = |text: &str| text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let wanted = bare(word);
    candidates
        .into_iter()
        .map(|candidate| (strsim::normalized_damerau_levenshtein(&wanted, &bare(candidate)), candidate))
        .filter(|(likeness, _)| *likeness >= 0.6)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_confidential_problem_keeps_its_place_but_not_its_text() {
        let problem =
            Problem::error("bad-date", "\"31/31/26\" of HR-4711 is not a date").help("write \"x\" as 2026-12-31");
        let problem = problem.at(Place {
            excerpt: Some(Excerpt { text: "HR-4711".into(), start: 0, len: 7 }),
            ..Place::at("a.csv", 3, 1)
        });
        let problem = problem.concealed();
        assert_eq!(problem.message, "A cell is not a date as the rest of its column has it");
        assert!(problem.help.starts_with("Correct the cell"), "{}", problem.help);
        assert_eq!(problem.place.as_ref().map(|place| (place.line, place.column)), Some((3, 1)));
        assert!(problem.withheld && problem.place.unwrap().excerpt.is_none());
    }

    #[test]
    fn the_nearest_word_is_suggested_but_not_a_distant_one() {
        assert_eq!(nearest("milestoen", ["metrics", "milestone"]), Some("milestone"));
        assert_eq!(nearest("Fix Version/s", ["Fix versions", "Affects versions"]), Some("Fix versions"));
        assert_eq!(nearest("colour", ["page", "boss"]), None);
    }
}
