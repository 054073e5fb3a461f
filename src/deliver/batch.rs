//! The weekly batch: many team folders below one root, each on its own, and the roll-up for a boss with several
//! managers. [`crate::cli`]'s `batch` runs the teams; this is what they are, which of them are ours, and what came of them.

use std::hash::Hasher as _;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use siphasher::sip::SipHasher24;

use crate::analysis::OutcomeMove;
use crate::clearance::{Audience, clear_problems};
use crate::pipeline::Made;
use crate::problem::{Failure, Severity};
use crate::team::Status;

/// The part of all teams that one machine takes, as `3/16`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shard {
    /// From 1.
    pub index: u32,
    pub of: u32,
}

impl std::str::FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once('/').and_then(|(index, of)| Some((index.parse().ok()?, of.parse().ok()?)));
        match parts {
            Some((index, of)) if (1..=of).contains(&index) => Ok(Shard { index, of }),
            _ => Err("write it as 3/16: the third of sixteen parts".into()),
        }
    }
}

impl Shard {
    /// Whether the team at this path below the root is in this part: by a hash, so that a new team moves no other.
    pub fn holds(&self, path: &str) -> bool {
        let mut hasher = SipHasher24::new();
        hasher.write(path.as_bytes());
        hasher.finish() % u64::from(self.of) == u64::from(self.index - 1)
    }
}

/// The team folders below a root.
#[derive(Debug, Default, PartialEq)]
pub struct TeamFolders {
    /// Relative to the root with `/`, in order. `.` is the root itself.
    pub paths: Vec<String>,
    /// Folders with a headsup.toml that are passed by, and why, in order.
    pub passed: Vec<(PathBuf, &'static str)>,
}

/// All team folders below `root`.
///
/// Folders whose name begins with a dot, and `out`, are not looked into; symbolic links are not followed.
pub fn team_folders(root: &Path) -> Result<TeamFolders, Failure> {
    let mut found = TeamFolders::default();
    let mut open: Vec<(PathBuf, String)> = vec![(root.to_owned(), String::new())];
    while let Some((dir, path)) = open.pop() {
        if dir.join("headsup.toml").is_file() {
            found.paths.push(if path.is_empty() { ".".to_owned() } else { path });
            // A team in a team: its folder is not ours to read.
            continue;
        }
        for entry in std::fs::read_dir(&dir).map_err(|e| Failure::read(&dir, e))? {
            let entry = entry.map_err(|e| Failure::read(&dir, e))?;
            let kind = entry.file_type().map_err(|e| Failure::read(entry.path(), e))?;
            let name = entry.file_name().to_str().map(str::to_owned);
            let why = match name {
                Some(name) if kind.is_dir() && !name.starts_with('.') => {
                    if name != "out" {
                        let below = if path.is_empty() { name } else { format!("{path}/{name}") };
                        open.push((entry.path(), below));
                    }
                    continue;
                }
                Some(_) if kind.is_symlink() => "a symbolic link",
                Some(_) => "its name begins with a dot",
                None => "its name is not UTF-8",
            };
            if entry.path().join("headsup.toml").is_file() {
                found.passed.push((entry.path(), why));
            }
        }
    }
    found.paths.sort();
    found.passed.sort();
    Ok(found)
}

/// An objective as the roll-up shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ObjectiveLine {
    pub name: String,
    pub status: Status,
    /// Its work is on pace and its outcome does not move.
    pub outcome_still: bool,
}

/// An ask as the roll-up shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AskLine {
    pub text: String,
    pub needed_by: Option<NaiveDate>,
    pub overdue: bool,
}

/// What a made brief says in the roll-up. Everything in it is what the copy may show.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Card {
    pub manager: String,
    pub headline: String,
    pub summary: Vec<String>,
    pub objectives: Vec<ObjectiveLine>,
    pub asks: Vec<AskLine>,
    /// File names in the team's folder of OUT.
    pub files: Vec<String>,
    pub stale: bool,
}

/// Why a team has no brief.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    pub exit: u8,
    /// The first problem, with its place.
    pub message: String,
    /// How many there are.
    pub problems: usize,
}

/// What came of one team.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TeamResult {
    /// Below the root, with `/`.
    pub path: String,
    pub team: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brief: Option<Card>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failed: Option<Reason>,
}

impl TeamResult {
    pub fn made(path: &str, made: &Made) -> Self {
        let objectives = made.analysis.objectives.iter().map(|objective| ObjectiveLine {
            name: objective.name.clone(),
            status: objective.status,
            outcome_still: matches!(objective.status, Status::OnPace | Status::Ahead)
                && objective.outcome.as_ref().is_some_and(|o| o.moving == OutcomeMove::Still && o.met != Some(true)),
        });
        let asks = made.analysis.asks.iter().map(|ask| AskLine {
            text: ask.text.clone(),
            needed_by: ask.needed_by,
            overdue: ask.overdue,
        });
        Self {
            path: path.to_owned(),
            team: made.analysis.team.clone(),
            brief: Some(Card {
                manager: made.analysis.manager.clone(),
                headline: made.brief.title.clone(),
                summary: made.brief.summary.clone(),
                objectives: objectives.collect(),
                asks: asks.collect(),
                files: made.files.iter().map(|(format, _)| made.file_name(*format)).collect(),
                stale: !made.analysis.stale.is_empty(),
            }),
            failed: None,
        }
    }

    /// A team whose brief was not made. What its private files hold is not told.
    pub fn failed(path: &str, failure: &Failure, audience: Audience) -> Self {
        let (message, problems) = match failure {
            Failure::Input(problems) => {
                let count = problems.0.iter().filter(|p| p.severity == Severity::Error).count();
                let shown = clear_problems(problems.clone(), &[], audience);
                let first = shown.0.iter().find(|p| p.severity == Severity::Error);
                let message = match first.map(|p| (p, &p.place)) {
                    Some((problem, Some(place))) if place.line > 0 => {
                        format!("{}:{}: {}", place.file, place.line, problem.message)
                    }
                    Some((problem, Some(place))) => format!("{}: {}", place.file, problem.message),
                    Some((problem, None)) => problem.message.clone(),
                    None => "its private files have problems".to_owned(),
                };
                (message, count)
            }
            other => (other.to_string(), 1),
        };
        let team = path.rsplit('/').next().unwrap_or(path).to_owned();
        Self {
            path: path.to_owned(),
            team,
            brief: None,
            failed: Some(Reason { exit: failure.exit_code(), message, problems }),
        }
    }
}

/// `batch.json`: what came of all teams, or of one shard's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Batch {
    pub schema: String,
    pub as_of: NaiveDate,
    pub copy: Audience,
    pub teams: Vec<TeamResult>,
}

/// The schema that this version writes and reads.
pub const SCHEMA: &str = "headsup.batch/1";

impl Batch {
    pub fn new(as_of: NaiveDate, copy: Audience, mut teams: Vec<TeamResult>) -> Self {
        teams.sort_by(|a, b| a.path.cmp(&b.path));
        Self { schema: SCHEMA.to_owned(), as_of, copy, teams }
    }

    pub fn failed(&self) -> usize {
        self.teams.iter().filter(|team| team.failed.is_some()).count()
    }

    pub fn to_json(&self) -> Result<String, Failure> {
        let text = serde_json::to_string_pretty(self);
        text.map(|text| text + "\n").map_err(|e| Failure::Fault(format!("batch.json cannot be written: {e}")))
    }

    /// Joins the shards of one batch. They must be of one date and one copy, and no team may be in two.
    pub fn merge(shards: Vec<Batch>) -> Result<Self, Failure> {
        let mut shards = shards.into_iter();
        let Some(mut whole) = shards.next() else {
            return Err(Failure::Usage("there are no shards here: batch-1-of-4.json and so on are looked for".into()));
        };
        for shard in shards {
            if (shard.as_of, shard.copy) != (whole.as_of, whole.copy) {
                return Err(Failure::Usage(format!(
                    "the shards do not belong together: one is the {} copy as of {}, another the {} copy as of {}",
                    whole.copy.name(),
                    whole.as_of,
                    shard.copy.name(),
                    shard.as_of
                )));
            }
            whole.teams.extend(shard.teams);
        }
        let whole = Self::new(whole.as_of, whole.copy, whole.teams);
        match whole.teams.windows(2).find(|pair| pair[0].path == pair[1].path) {
            Some(pair) => Err(Failure::Usage(format!("the team {} is in two shards", pair[0].path))),
            None => Ok(whole),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::{Place, Problem, Problems};
    use proptest::prelude::*;

    fn team(path: &str) -> TeamResult {
        TeamResult::failed(path, &Failure::Fault("x".into()), Audience::Shared)
    }

    #[test]
    #[cfg(unix)]
    fn a_folder_that_is_passed_by_is_said() {
        let root = tempfile::tempdir().unwrap();
        for name in ["a/b", "out", ".old", "c"] {
            std::fs::create_dir_all(root.path().join(name)).unwrap();
            std::fs::write(root.path().join(name).join("headsup.toml"), "").unwrap();
        }
        std::os::unix::fs::symlink(root.path().join("c"), root.path().join("link")).unwrap();
        let found = team_folders(root.path()).unwrap();
        assert_eq!(found.paths, ["a/b", "c"]);
        let passed: Vec<_> = found.passed.iter().map(|(path, why)| (path.file_name().unwrap(), *why)).collect();
        assert_eq!(passed, [(".old".as_ref(), "its name begins with a dot"), ("link".as_ref(), "a symbolic link")]);
    }

    #[test]
    fn a_shard_is_written_as_a_part_of_all() {
        assert_eq!("3/16".parse(), Ok(Shard { index: 3, of: 16 }));
        for wrong in ["0/4", "5/4", "1/0", "1", "a/b", ""] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn every_team_is_in_exactly_one_shard(path in "[a-zé/ ]{1,30}", of in 1u32..40) {
            let holding = (1..=of).filter(|index| Shard { index: *index, of }.holds(&path)).count();
            prop_assert_eq!(holding, 1);
        }
    }

    #[test]
    fn shards_merge_in_the_order_of_paths_and_only_if_they_belong_together() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 11, d).unwrap();
        let shard = |d, paths: &[&str]| Batch::new(day(d), Audience::Shared, paths.iter().map(|p| team(p)).collect());
        let whole = Batch::merge(vec![shard(20, &["b", "d"]), shard(20, &["a", "c"])]).unwrap();
        assert_eq!(whole, shard(20, &["a", "b", "c", "d"]));
        assert!(Batch::merge(vec![shard(20, &["a"]), shard(13, &["b"])]).is_err());
        assert!(Batch::merge(vec![shard(20, &["a"]), shard(20, &["a"])]).is_err());
        assert!(Batch::merge(Vec::new()).is_err());
    }

    #[test]
    fn a_failed_team_says_the_first_reason_and_nothing_private() {
        let mut problems = Problems::default();
        problems.push(Problem::error("bad-date", "Ana's raise").at(Place::at("private/concerns.csv", 3, 1)));
        problems.push(Problem::error("bad-date", "\"31/31/26\" is not a date").at(Place::at("data/jira.csv", 14, 7)));
        let result = TeamResult::failed("emea/curation", &Failure::Input(problems), Audience::Shared);
        assert_eq!(result.team, "curation");
        let reason = result.failed.unwrap();
        assert_eq!((reason.exit, reason.problems), (65, 2));
        assert_eq!(reason.message, "data/jira.csv:14: \"31/31/26\" is not a date");
    }
}
