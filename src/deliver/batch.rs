//! The weekly batch: many team folders below one root, made independently of each other, and the roll-up for a boss
//! with several managers. The `batch` command in [`crate::cli`] runs the teams; this module finds the team folders and
//! describes the results.

mod card;
mod folders;
mod prune;
mod result;

use std::collections::BTreeSet;
use std::hash::Hasher as _;

use chrono::{DateTime, NaiveDate, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use siphasher::sip::SipHasher24;

use crate::problem::Failure;
use crate::redact::Audience;

pub(crate) use card::{AskLine, BuysLine, Card, MilestoneLine, NeedLine, ObjectiveLine};
#[cfg(test)]
pub(crate) use card::{PersonLine, WinLine};
pub(crate) use folders::{PassedOver, TeamFolders, team_folders};
pub(crate) use prune::prune;
pub(crate) use result::{Owner, Reason, TeamResult};

/// The part of all teams that one machine takes, as `3/16`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
    /// Returns whether the team at this path below the root belongs to this shard. The path is hashed, so that a new
    /// team does not move others to another shard.
    pub fn holds(&self, path: &str) -> bool {
        let mut hasher = SipHasher24::new();
        hasher.write(path.as_bytes());
        hasher.finish() % u64::from(self.of) == u64::from(self.index - 1)
    }
}

/// How many teams came to what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Counts {
    pub teams: usize,
    pub made: usize,
    pub failed: usize,
    pub recorded: usize,
    pub passed_over: usize,
}

/// `batch.json`: what came of all teams, or of one shard's. Fields that this release does not know are ignored, and
/// those that an older release did not write are empty.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Batch {
    pub schema: String,
    /// The release of headsup that wrote it.
    #[serde(default)]
    pub version: String,
    /// The date that was given, else the day of the batch in UTC; each team has its own.
    pub as_of: NaiveDate,
    pub copy: Audience,
    /// When the run that last changed anything began and ended.
    #[serde(default)]
    pub started: Option<DateTime<Utc>>,
    #[serde(default)]
    pub ended: Option<DateTime<Utc>>,
    #[serde(default)]
    pub counts: Counts,
    #[serde(default)]
    pub passed_over: Vec<PassedOver>,
    pub teams: Vec<TeamResult>,
}

/// The schema that this version writes and reads.
pub(crate) const SCHEMA: &str = "headsup.batch/1";

impl Batch {
    pub(crate) fn new(
        as_of: NaiveDate,
        copy: Audience,
        mut teams: Vec<TeamResult>,
        mut passed_over: Vec<PassedOver>,
    ) -> Self {
        teams.sort_by(|a, b| a.path.cmp(&b.path));
        passed_over.sort();
        passed_over.dedup();
        let failed = teams.iter().filter(|team| team.failed.is_some()).count();
        let counts = Counts {
            teams: teams.len(),
            made: teams.len() - failed,
            failed,
            recorded: teams.iter().filter(|team| team.recorded.is_some()).count(),
            passed_over: passed_over.len(),
        };
        let (schema, version) = (SCHEMA.to_owned(), env!("CARGO_PKG_VERSION").to_owned());
        Self { schema, version, as_of, copy, started: None, ended: None, counts, passed_over, teams }
    }

    pub(crate) fn to_json(&self) -> Result<String, Failure> {
        let text = serde_json::to_string_pretty(self);
        text.map(|text| text + "\n").map_err(|e| Failure::Fault(format!("batch.json cannot be written: {e}")))
    }

    /// Returns this result with the times of `before` if nothing else has changed, so that a run without changes does
    /// not rewrite its file.
    pub(crate) fn with_times_of(self, before: &Batch) -> Self {
        let mut aged = self.clone();
        (aged.started, aged.ended) = (before.started, before.ended);
        for (team, then) in aged.teams.iter_mut().zip(&before.teams) {
            team.seconds = then.seconds;
        }
        if aged == *before { aged } else { self }
    }

    /// Returns the names of the bosses.
    pub(crate) fn bosses(&self) -> BTreeSet<&str> {
        self.teams.iter().map(|team| &*team.owner.boss).collect()
    }

    /// Returns the part of the result that belongs to one boss.
    pub(crate) fn of_boss(&self, boss: &str) -> Self {
        let teams = self.teams.iter().filter(|team| team.owner.boss == boss).cloned().collect();
        Self { started: self.started, ended: self.ended, ..Self::new(self.as_of, self.copy, teams, Vec::new()) }
    }

    /// Joins the shards of one batch, each given with its file name. All shards must have the same date and copy, and
    /// no team may occur twice.
    pub(crate) fn merge(shards: Vec<(String, Batch)>) -> Result<Self, Failure> {
        let Some((_, newest)) = shards.iter().max_by_key(|(_, batch)| batch.as_of) else {
            return Err(Failure::Usage("there are no shards here: batch-1-of-4.json and so on are looked for".into()));
        };
        let (as_of, copy) = (newest.as_of, newest.copy);
        let others: Vec<String> = shards
            .iter()
            .filter(|(_, batch)| (batch.as_of, batch.copy) != (as_of, copy))
            .map(|(file, batch)| format!("{file} is the {} copy as of {}", batch.copy.name(), batch.as_of))
            .collect();
        if !others.is_empty() {
            return Err(Failure::Usage(format!(
                "the shards do not belong together: {}; the others are the {} copy as of {as_of}. Run those shards again, \
or remove their files",
                others.join(", "),
                copy.name()
            )));
        }
        let started = shards.iter().filter_map(|(_, batch)| batch.started).min();
        let ended = shards.iter().filter_map(|(_, batch)| batch.ended).max();
        let (mut teams, mut passed_over) = (Vec::new(), Vec::new());
        for (_, shard) in shards {
            teams.extend(shard.teams);
            passed_over.extend(shard.passed_over);
        }
        let whole = Self { started, ended, ..Self::new(as_of, copy, teams, passed_over) };
        match whole.teams.windows(2).find(|pair| pair[0].path == pair[1].path) {
            Some(pair) => Err(Failure::Usage(format!("the team {} is in two shards", pair[0].path))),
            None => Ok(whole),
        }
    }
}

/// Refuses to write one page for two bosses: each would read what the other's teams ask for.
pub(crate) fn check_one_boss<'a>(bosses: impl IntoIterator<Item = &'a str>) -> Result<(), Failure> {
    let bosses: BTreeSet<&str> = bosses.into_iter().collect();
    if bosses.len() < 2 {
        return Ok(());
    }
    let names = bosses.iter().map(|boss| if boss.is_empty() { "teams without a boss" } else { boss });
    Err(Failure::NotAllowed(format!(
        "one page of the boss copies of {} would show each what is meant for the other: add --group-by boss for a page \
each, or --for shared",
        names.collect::<Vec<_>>().join(", ")
    )))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn team(path: &str) -> TeamResult {
        TeamResult::failed(path, Owner::default(), &Failure::Fault("x".into()), Audience::Shared)
    }

    #[test]
    fn a_shard_is_parsed_from_its_index_and_count() {
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

    fn shard(day: u32, paths: &[&str]) -> (String, Batch) {
        let day = NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
        let teams = paths.iter().map(|path| team(path)).collect();
        (format!("batch of {}", paths.join(" ")), Batch::new(day, Audience::Shared, teams, Vec::new()))
    }

    #[test]
    fn shards_of_one_batch_are_merged_in_the_order_of_paths() {
        let whole = Batch::merge(vec![shard(20, &["b", "d"]), shard(20, &["a", "c"])]).unwrap();
        assert_eq!(whole, shard(20, &["a", "b", "c", "d"]).1);
        let error =
            Batch::merge(vec![shard(13, &["a"]), shard(20, &["b"]), shard(20, &["c"])]).unwrap_err().to_string();
        assert!(error.contains("batch of a is the shared copy as of 2026-11-13"), "{error}");
        assert!(Batch::merge(vec![shard(20, &["a"]), shard(20, &["a"])]).is_err());
        assert!(Batch::merge(Vec::new()).is_err());
    }

    #[test]
    fn different_times_alone_are_not_a_change() {
        let moment = |text: &str| Some(text.parse::<DateTime<Utc>>().unwrap());
        let (_, plain) = shard(20, &["a", "b"]);
        let before = Batch { started: moment("2026-11-20T05:00:00Z"), ..plain.clone() };
        let now = Batch { started: moment("2026-11-20T06:00:00Z"), ..plain };
        assert_eq!(now.clone().with_times_of(&before), before);
        let (_, other) = shard(20, &["a", "c"]);
        assert_eq!(now.clone().with_times_of(&other), now);
    }

    #[test]
    fn a_batch_of_another_release_can_be_read() {
        let older = r#"{"schema":"headsup.batch/1","as_of":"2026-11-20","copy":"shared","teams":[
            {"path":"a","team":"A","failed":{"exit":65,"message":"x","problems":1}}]}"#;
        let read: Batch = serde_json::from_str(older).unwrap();
        assert_eq!((read.version.as_str(), read.teams[0].failed.as_ref().unwrap().problems), ("", 1));
        let newer = older.replacen("{", r#"{"weather":"fair","#, 1);
        assert_eq!(serde_json::from_str::<Batch>(&newer).unwrap(), read);
    }

    #[test]
    fn a_page_for_two_bosses_is_refused() {
        assert!(
            check_one_boss(["Alex", "Alex"]).is_ok() && check_one_boss(["", ""]).is_ok() && check_one_boss([]).is_ok()
        );
        let error = check_one_boss(["Alex", "Kim", ""]).unwrap_err();
        assert_eq!(error.exit_code(), 77);
        assert!(error.to_string().contains("teams without a boss, Alex, Kim"), "{error}");
    }
}
