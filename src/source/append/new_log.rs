//! Makes a log that a team does not have yet: a file with a header, and a `[[source]]` at the end of headsup.toml.

use std::path::Path;

use super::lock::CONFIG;
use crate::config::{Config, Source};
use crate::input;
use crate::output::{self, Mode};
use crate::preset::GENERIC;
use crate::problem::{Failure, Place, Problem};
pub(crate) use crate::source::milestones::REASONS;
use crate::team::TableKind;

const REASON_FIELDS: &str = "id,milestone,due,status,reason,as_of\n";

/// Returns whether people probably write the rows of a source, as far as the config shows: it has no preset of a tool,
/// and it is read as a whole and by only one table.
pub(crate) fn is_kept_by_hand(config: &Config, source: &Source) -> bool {
    let is_tools = source.preset.as_deref().is_some_and(|preset| preset != GENERIC);
    let is_shared = config.sources.iter().any(|other| other.file == source.file && other.table != source.table);
    !is_tools && !is_shared && source.filter.is_empty()
}

/// Makes the log of `table` if headsup.toml names none. Returns whether it was made.
pub(crate) fn make(config: &Config, table: TableKind, private: bool) -> Result<bool, Failure> {
    let is_it = |it: &Source| it.table == table && it.is_private() == private && is_kept_by_hand(config, it);
    if config.sources.iter().any(is_it) {
        return Ok(false);
    }
    let (file, header) = described(table, private);
    name_and_make(config, table, &file, &header)
}

/// Makes the log of reasons if headsup.toml names none. Returns whether it was made.
pub(crate) fn make_reasons(config: &Config) -> Result<bool, Failure> {
    if config.sources.iter().any(|source| source.file == REASONS) {
        return Ok(false);
    }
    name_and_make(config, TableKind::Milestones, REASONS, REASON_FIELDS)
}

/// Returns the file name of a log, which is the one that `init` uses, and its header.
fn described(table: TableKind, private: bool) -> (String, String) {
    let name = match (table, private) {
        (TableKind::People, true) => "concerns",
        _ => table.name(),
    };
    let fields: Vec<&str> = table.fields().iter().map(|field| field.name).collect();
    (format!("{}/{name}.csv", if private { "private" } else { "data" }), format!("{}\n", fields.join(",")))
}

fn name_and_make(config: &Config, table: TableKind, file: &str, header: &str) -> Result<bool, Failure> {
    let path = config.dir.join(CONFIG);
    let text = String::from_utf8_lossy(&input::read_whole(&path, CONFIG, input::MAX_HANDWRITTEN_BYTES)?).into_owned();
    let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    let source = format!("{end}\n[[source]]\ntable = \"{}\"\nfile = \"{file}\"\n", table.name());
    // Sources that are written as an inline list cannot be extended by appending text.
    if toml::from_str::<toml::Table>(&format!("{text}{source}")).is_err() {
        return Err(none(table, file.starts_with("private/")).into());
    }
    let log = config.dir.join(file);
    if !log.exists() {
        output::write(&log, header.as_bytes(), mode(file))?;
    }
    output::append(&path, source.as_bytes())?;
    Ok(true)
}

fn mode(file: &str) -> Mode {
    if Path::new(file).starts_with("private") { Mode::Private } else { Mode::Normal }
}

/// Returns the problem that there is no log, with instructions to make one by hand.
pub(crate) fn none(table: TableKind, private: bool) -> Problem {
    let (file, header) = described(table, private);
    let folder = if private { "private" } else { "data" };
    Problem::error("no-log", format!("headsup.toml names no file for {} in {folder}/", table.name()))
        .at(Place::file(CONFIG))
        .help(format!(
            "make {file} with the line\n{header}and add to headsup.toml\n[[source]]\ntable = \"{}\"\nfile = \"{file}\"",
            table.name()
        ))
}

/// Returns the problem that a row is in an export, which the next export replaces.
pub(crate) fn of_a_tracker(file: &str) -> Problem {
    Problem::error("not-appendable", "this is a tracker's export: the next one would take the row away again")
        .at(Place::file(file))
        .help("change it in the tool that it comes from")
}
