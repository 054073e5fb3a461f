//! What is wrong in the input, where it stands and how to fix it; and how a run can end.
//!
//! Readers collect [`Problem`]s and go on, so that a user sees all of them at once. Printing is separate:
//! [`crate::cli`] shows them as text with the cell underlined, as JSON, or as CI annotations.

pub mod codes;
mod severity;

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Serialize;

pub use severity::Severity;

/// How messages name a file that the manager alone may see: by its table.
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
    /// The file as a whole.
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: file.into(), line: 0, column: 0, excerpt: None }
    }

    /// The same place without its text.
    pub fn unquoted(self) -> Self {
        Self { excerpt: None, ..self }
    }

    /// A place in a file, with nothing to underline.
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
    /// The mend holds words that stand in an export. A message never does.
    #[serde(skip)]
    pub help_quotes: bool,
    /// It is about a row, or a file, that the manager alone may see: no copy but `me` tells that it is there.
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

    /// How to mend it, in words that stand in an export.
    pub fn help_quoting(self, help: impl Into<String>) -> Self {
        Self { help_quotes: true, ..self.help(help) }
    }

    /// The same for those who may not read the exports: without the line it stands in, and without their words.
    pub fn unquoted(mut self) -> Self {
        self.place = self.place.map(Place::unquoted);
        if std::mem::take(&mut self.help_quotes) {
            self.help.clear();
        }
        self
    }
}

impl Problem {
    /// About something confidential: its place, and what [`codes`] says of its kind in general. Nothing of what was read
    /// goes through, whatever the message was made from.
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

/// Why a run ended without its result. Each kind has its exit code (the sysexits.h numbers where one fits).
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Findings under `--strict`, or a failed team in a batch: exit 1.
    #[error("{0}")]
    Findings(String),
    /// The command line makes no sense: exit 2.
    #[error("{0}")]
    Usage(String),
    /// The input is wrong: exit 65. The problems say where and how to fix it.
    #[error("the input has problems")]
    Input(Problems),
    /// A fault of headsup itself: exit 70.
    #[error("a fault of headsup: {0}")]
    Fault(String),
    /// A file cannot be read or written: exit 74.
    #[error("cannot {doing} {}: {source}", path.display())]
    Io { doing: &'static str, path: PathBuf, source: std::io::Error },
    /// The network, a server or a file is busy; trying again may help: exit 75.
    #[error("{0}")]
    TryAgain(String),
    /// A server refused for good: exit 76.
    #[error("{0}")]
    Refused(String),
    /// Not allowed: not the organizer, or a copy that must not go there: exit 77.
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

    /// A failure to read `path`.
    pub fn read(path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        Failure::Io { doing: "read", path: path.into(), source }
    }

    /// A failure to write `path`.
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

/// The candidate that was most likely meant by `word`, for "did you mean". Case, blanks and signs do not count.
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
    fn what_is_confidential_is_placed_and_not_said() {
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
    fn the_nearest_word_is_named_and_a_far_one_is_not() {
        assert_eq!(nearest("milestoen", ["metrics", "milestone"]), Some("milestone"));
        assert_eq!(nearest("Fix Version/s", ["Fix versions", "Affects versions"]), Some("Fix versions"));
        assert_eq!(nearest("colour", ["page", "boss"]), None);
    }
}
