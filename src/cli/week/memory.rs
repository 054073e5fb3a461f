//! What the manager has answered in `headsup week`, so that nothing is asked twice: `private/week.json`. It holds ids and
//! dates alone. In a CI job, which asks nobody, there is none.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::history::ItemId;
use crate::input;
use crate::output::{self, Mode};
use crate::problem::{Failure, Place, Problem};
use crate::source::append;
use crate::tables::TableKind;

const FILE: &str = "private/week.json";
const SCHEMA: &str = "headsup.week/1";
const MAX_BYTES: u64 = 1 << 26;

/// The file.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Memory {
    schema: String,
    /// Finished things that were taken as a win, or are none.
    settled: BTreeSet<ItemId>,
    /// Questions that were asked and left open, by the as-of date of the asking.
    asked: BTreeMap<ItemId, NaiveDate>,
    #[serde(skip)]
    dir: PathBuf,
}

impl Memory {
    /// Reads it; a team that has none begins one.
    pub(crate) fn load(dir: &Path) -> Result<Self, Failure> {
        let path = dir.join(FILE);
        let fresh = || Self {
            schema: SCHEMA.to_owned(),
            settled: BTreeSet::new(),
            asked: BTreeMap::new(),
            dir: dir.to_owned(),
        };
        if !path.exists() {
            return Ok(fresh());
        }
        match serde_json::from_slice::<Self>(&input::whole(&path, FILE, MAX_BYTES)?) {
            Ok(memory) if memory.schema == SCHEMA => Ok(Self { dir: dir.to_owned(), ..memory }),
            _ => Err(Problem::error("bad-snapshot", "this file cannot be read")
                .at(Place::file(FILE))
                .help("delete it: `headsup week` then asks everything again")
                .into()),
        }
    }

    /// What tells a finished thing from the others.
    pub(crate) fn item(table: TableKind, id: &str) -> ItemId {
        ItemId::of_id(table, id)
    }

    /// Whether a finished thing was a win, or is none.
    pub(crate) fn is_settled(&self, item: &ItemId) -> bool {
        self.settled.contains(item)
    }

    /// These are settled for good.
    pub(crate) fn settle(&mut self, items: impl IntoIterator<Item = ItemId>) -> Result<(), Failure> {
        self.settled.extend(items);
        self.keep()
    }

    /// Whether a question was asked since the last 1:1.
    pub(crate) fn is_asked(&self, question: &ItemId, since: NaiveDate) -> bool {
        self.asked.get(question).is_some_and(|asked| *asked > since)
    }

    /// It was asked, and may be asked again after the next 1:1.
    pub(crate) fn ask(&mut self, question: ItemId, as_of: NaiveDate) -> Result<(), Failure> {
        self.asked.insert(question, as_of);
        self.keep()
    }

    /// What another headsup has kept meanwhile stays.
    fn keep(&mut self) -> Result<(), Failure> {
        let _lock = append::lock(&self.dir)?;
        let kept = Self::load(&self.dir)?;
        self.settled.extend(kept.settled);
        for (question, on) in kept.asked {
            let newest = self.asked.entry(question).or_insert(on);
            *newest = on.max(*newest);
        }
        let json = serde_json::to_string_pretty(self).unwrap_or_default() + "\n";
        output::write(&self.dir.join(FILE), json.as_bytes(), Mode::Private).map(drop)
    }
}
