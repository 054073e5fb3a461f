//! `headsup batch --merge`: reads the results of all shards from their files and joins them.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::deliver::batch::{Batch, SCHEMA, Shard};
use crate::problem::Failure;

/// Reads and joins the `batch-I-of-N.json` files in `root`. If `as_of` is given, only shards of that date are used.
pub(crate) fn merged(root: &Path, as_of: Option<NaiveDate>) -> Result<Batch, Failure> {
    let mut names: Vec<PathBuf> = std::fs::read_dir(root)
        .and_then(|entries| entries.map(|entry| entry.map(|e| e.path())).collect())
        .map_err(|e| Failure::read(root, e))?;
    names.sort();
    let mut shards = Vec::new();
    for path in names {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let Some(shard) = name.strip_prefix("batch-").and_then(|name| name.strip_suffix(".json")) else { continue };
        let Ok(shard) = shard.replace("-of-", "/").parse::<Shard>() else { continue };
        shards.push((shard, name.to_owned(), read(&path)?));
    }
    check_date(as_of, &shards)?;
    check_whole(root, &shards)?;
    Batch::merge(shards.into_iter().map(|(_, name, batch)| (name, batch)).collect())
}

fn read(path: &Path) -> Result<Batch, Failure> {
    let text = std::fs::read_to_string(path).map_err(|e| Failure::read(path, e))?;
    let batch: Option<Batch> = serde_json::from_str(&text).ok();
    batch
        .filter(|batch| batch.schema == SCHEMA)
        .ok_or_else(|| Failure::Usage(format!("{} is not a {SCHEMA}: run that shard again", path.display())))
}

/// Checks that every shard has the given date: shards of last week may still lie in the folder.
fn check_date(as_of: Option<NaiveDate>, shards: &[(Shard, String, Batch)]) -> Result<(), Failure> {
    let others = shards.iter().filter(|(_, _, batch)| as_of.is_some_and(|as_of| batch.as_of != as_of));
    let others: Vec<String> = others.map(|(_, name, batch)| format!("{name} (as of {})", batch.as_of)).collect();
    match as_of {
        Some(as_of) if !others.is_empty() => {
            Err(Failure::Usage(format!("these shards are not as of {as_of}: {}", others.join(", "))))
        }
        _ => Ok(()),
    }
}

/// Checks that the shards are all parts of one split. If there are several splits, the newest one is expected to be
/// whole.
fn check_whole(root: &Path, shards: &[(Shard, String, Batch)]) -> Result<(), Failure> {
    let Some(of) = shards.iter().max_by_key(|(_, _, batch)| (batch.as_of, batch.ended)).map(|(shard, ..)| shard.of)
    else {
        return Ok(());
    };
    let missing: Vec<String> = (1..=of)
        .filter(|index| !shards.iter().any(|(shard, ..)| shard.index == *index && shard.of == of))
        .map(|index| format!("{index}/{of}"))
        .collect();
    let stale: Vec<&str> =
        shards.iter().filter(|(shard, ..)| shard.of != of).map(|(_, name, _)| name.as_str()).collect();
    if missing.is_empty() && stale.is_empty() {
        return Ok(());
    }
    let mut why = Vec::new();
    if !missing.is_empty() {
        why.push(format!("missing {}", missing.join(", ")));
    }
    if !stale.is_empty() {
        why.push(format!("of another split: {}, to be removed", stale.join(", ")));
    }
    Err(Failure::Usage(format!("the shards in {} do not make a whole: {}", root.display(), why.join("; "))))
}
