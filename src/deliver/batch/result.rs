//! The result of one team in a batch: a summary of its brief, or the reason why there is none.

use std::path::Path;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::card::Card;
use crate::input;
use crate::pipeline::RenderedBrief;
use crate::problem::{Failure, Problem, Severity};
use crate::redact::{Audience, redact_problems};

/// Who answers for a team, and to whom.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Owner {
    #[serde(default)]
    pub manager: String,
    #[serde(default)]
    pub manager_email: Option<String>,
    #[serde(default)]
    pub boss: String,
}

impl Owner {
    /// Returns the people whom a headsup.toml names, as far as it can be read: even if the config of a team has an
    /// error, somebody can be told.
    pub(crate) fn of(dir: &Path) -> Self {
        let path = dir.join("headsup.toml");
        let text = input::read_whole(&path, "headsup.toml", input::MAX_HANDWRITTEN_BYTES)
            .ok()
            .and_then(|text| String::from_utf8(text).ok());
        let parsed: Option<toml::Table> = text.and_then(|text| text.parse().ok());
        let team = parsed.as_ref().and_then(|toml| toml.get("team")?.as_table());
        let word = |key: &str| team.and_then(|team| team.get(key)?.as_str()).map(str::to_owned);
        Self {
            manager: word("manager").unwrap_or_default(),
            manager_email: word("manager_email"),
            boss: word("boss").unwrap_or_default(),
        }
    }
}

/// Why a team has no brief.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Reason {
    /// What `headsup render` would have ended with.
    pub exit: u8,
    /// The code of the first problem.
    #[serde(default)]
    pub code: String,
    /// The first problem, with its place.
    pub message: String,
    /// Below the team folder.
    #[serde(default)]
    pub file: Option<String>,
    /// From 1.
    #[serde(default)]
    pub line: Option<u64>,
    #[serde(default)]
    pub help: Option<String>,
    /// How many there are.
    pub problems: usize,
}

impl Reason {
    /// Returns the reason of a failure, without the contents of private files or of rows about people.
    fn of(failure: &Failure, audience: Audience) -> Self {
        let exit = failure.exit_code();
        let Failure::Input(problems) = failure else {
            let (code, file) = match failure {
                Failure::Io { path, .. } => ("io", Some(input::shown(path))),
                Failure::Fault(_) => ("internal-error", None),
                _ => ("not-made", None),
            };
            let message = failure.to_string();
            return Self { exit, code: code.to_owned(), message, file, line: None, help: None, problems: 1 };
        };
        let errors = || problems.0.iter().filter(|problem| problem.severity == Severity::Error);
        let shown = |problem: &&Problem| !redact_problems((*problem).clone().into(), &[], audience).is_empty();
        let Some(first) = errors().find(shown).cloned().map(Problem::unquoted) else {
            let message = "its private files have problems".to_owned();
            let code = "private".to_owned();
            return Self { exit, code, message, file: None, line: None, help: None, problems: errors().count() };
        };
        let (file, line) = match first.place {
            Some(place) => (Some(place.file), Some(place.line).filter(|line| *line > 0)),
            None => (None, None),
        };
        let message = match (&file, line) {
            (Some(file), Some(line)) => format!("{file}:{line}: {}", first.message),
            (Some(file), None) => format!("{file}: {}", first.message),
            _ => first.message,
        };
        let help = Some(first.help).filter(|help| !help.is_empty());
        Self { exit, code: first.code.to_owned(), message, file, line, help, problems: errors().count() }
    }
}

/// What came of one team.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct TeamResult {
    /// Below the root, with `/`.
    pub path: String,
    pub team: String,
    #[serde(flatten)]
    pub owner: Owner,
    /// The date of its data: today where the team is, unless one was given.
    #[serde(default)]
    pub as_of: Option<NaiveDate>,
    /// How long its brief took.
    #[serde(default)]
    pub seconds: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brief: Option<Card>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failed: Option<Reason>,
    /// The day of the 1:1 that was recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded: Option<NaiveDate>,
    /// Why a 1:1 that was to be recorded was not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_recorded: Option<String>,
}

impl TeamResult {
    pub(crate) fn made(path: &str, rendered: &RenderedBrief) -> Self {
        let section = &rendered.config.team;
        Self {
            path: path.to_owned(),
            team: rendered.analysis.team.clone(),
            owner: Owner {
                manager: section.manager.clone(),
                manager_email: section.manager_email.clone(),
                boss: section.boss.clone(),
            },
            as_of: Some(rendered.analysis.as_of),
            seconds: 0.0,
            brief: Some(Card::of(rendered)),
            failed: None,
            recorded: None,
            not_recorded: None,
        }
    }

    /// Returns the result of a team whose brief could not be made.
    pub(crate) fn failed(path: &str, owner: Owner, failure: &Failure, audience: Audience) -> Self {
        Self {
            path: path.to_owned(),
            team: path.rsplit('/').next().unwrap_or(path).to_owned(),
            owner,
            as_of: None,
            seconds: 0.0,
            brief: None,
            failed: Some(Reason::of(failure, audience)),
            recorded: None,
            not_recorded: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::{Place, Problems};

    #[test]
    fn a_failed_team_shows_its_first_problem_and_no_private_text() {
        let mut problems = Problems::default();
        problems.push(Problem::error("bad-date", "Ana's raise").at(Place::at("private/concerns.csv", 3, 1)));
        let place = Place::at("data/jira.csv", 14, 7);
        problems
            .push(Problem::error("bad-date", "\"31/31/26\" is not a date").at(place).help("write it as 2026-11-20"));
        let result = TeamResult::failed("emea/curation", Owner::default(), &Failure::Input(problems), Audience::Shared);
        assert_eq!(result.team, "curation");
        let reason = result.failed.unwrap();
        assert_eq!((reason.exit, reason.problems, &*reason.code), (65, 2, "bad-date"));
        assert_eq!(reason.message, "data/jira.csv:14: \"31/31/26\" is not a date");
        assert_eq!((reason.file.as_deref(), reason.line), (Some("data/jira.csv"), Some(14)));
        assert_eq!(reason.help.as_deref(), Some("write it as 2026-11-20"));
    }

    #[test]
    fn a_config_with_an_error_still_names_its_manager() {
        let dir = tempfile::tempdir().unwrap();
        let toml = "[team]\nname = \"A\"\nmanager = \"Dana\"\nmanager_email = \"dana@example.org\"\ncolour = 1\n";
        std::fs::write(dir.path().join("headsup.toml"), toml).unwrap();
        let owner = Owner::of(dir.path());
        assert_eq!((&*owner.manager, owner.manager_email.as_deref()), ("Dana", Some("dana@example.org")));
        assert_eq!(Owner::of(&dir.path().join("gone")), Owner::default());
    }
}
