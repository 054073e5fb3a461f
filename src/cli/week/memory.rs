//! Remembers what the manager has answered in `headsup week`, so that nothing is asked twice. The file is
//! `private/week.json`; it contains only ids and dates. A CI job asks nothing and has no such file.

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

/// The contents of the file.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Memory {
    schema: String,
    /// Finished items that the manager took as a win, or decided are not one.
    settled: BTreeSet<ItemId>,
    /// Questions that were left open, with the as-of date on which they were asked.
    asked: BTreeMap<ItemId, NaiveDate>,
    #[serde(skip)]
    dir: PathBuf,
}

impl Memory {
    /// Reads the file. A team without one starts with an empty memory.
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
        match serde_json::from_slice::<Self>(&input::read_whole(&path, FILE, MAX_BYTES)?) {
            Ok(memory) if memory.schema == SCHEMA => Ok(Self { dir: dir.to_owned(), ..memory }),
            _ => Err(Problem::error("bad-snapshot", "this file cannot be read")
                .at(Place::file(FILE))
                .help("delete it: `headsup week` then asks everything again")
                .into()),
        }
    }

    /// Returns the id that identifies a finished item.
    pub(crate) fn item(table: TableKind, id: &str) -> ItemId {
        ItemId::of_id(table, id)
    }

    /// Returns whether the manager has decided if a finished item is a win.
    pub(crate) fn is_settled(&self, item: &ItemId) -> bool {
        self.settled.contains(item)
    }

    /// Marks these items as decided for good.
    pub(crate) fn settle(&mut self, items: impl IntoIterator<Item = ItemId>) -> Result<(), Failure> {
        self.settled.extend(items);
        self.keep()
    }

    /// Returns whether a question was asked since the last 1:1.
    pub(crate) fn is_asked(&self, question: &ItemId, since: NaiveDate) -> bool {
        self.asked.get(question).is_some_and(|asked| *asked > since)
    }

    /// Marks a question as asked. It may be asked again after the next 1:1.
    pub(crate) fn ask(&mut self, question: ItemId, as_of: NaiveDate) -> Result<(), Failure> {
        self.asked.insert(question, as_of);
        self.keep()
    }

    /// Writes the file. Entries that another process has added in the meantime are kept.
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
