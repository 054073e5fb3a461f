//! Reads `headsup.toml` and reports all its problems at once, each with its position.

use std::path::Path;

use super::raw;
use super::resolve;
use super::sections::Config;
use crate::document::{Document, schema_of, validate};
use crate::input;
use crate::problem::{Failure, Place, Problem, Problems, nearest};

/// Keys whose lines problems do not quote: addresses, people's names, and texts that only one copy may contain.
const PRIVATE: [&str; 4] = ["/team/members", "/team/manager_email", "/team/boss_email", "/brief/headline"];

impl Config {
    /// Reads `dir/headsup.toml`. Returns warnings beside the config; fails with all problems if one is an error.
    pub fn load(dir: &Path) -> Result<(Config, Problems), Failure> {
        match Config::read(dir)? {
            (Some(config), problems) if !problems.has_errors() => Ok((config, problems)),
            (_, problems) => Err(problems.into()),
        }
    }

    /// Reads the valid parts of `dir/headsup.toml`, so that the files it names can be checked even if another part is
    /// wrong. Returns no config if nothing of it can be used.
    pub fn read(dir: &Path) -> Result<(Option<Config>, Problems), Failure> {
        let path = dir.join("headsup.toml");
        let shown = input::shown(&path);
        let bytes =
            input::read_whole(&path, &shown, input::MAX_HANDWRITTEN_BYTES).map_err(|failure| match failure {
                Failure::Io { source, .. }
                    if matches!(source.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory) =>
                {
                    no_config(dir, &shown).into()
                }
                failure => failure,
            })?;
        let text = std::str::from_utf8(&bytes).map_err(|error| {
            let line = bytes[..error.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count() as u64 + 1;
            Problem::error("bad-encoding", "this is not UTF-8")
                .at(Place::at(&shown, line, 1))
                .help("save headsup.toml as UTF-8")
        })?;
        Config::parse(dir, &shown, text.strip_prefix('\u{feff}').unwrap_or(text))
    }

    /// Parses the text of a config; `shown` is the file's name in messages.
    fn parse(dir: &Path, shown: &str, text: &str) -> Result<(Option<Config>, Problems), Failure> {
        let document = Document::parse(shown, text, &PRIVATE)?;
        let (sound, mut problems) = validate(&document, &schema());
        let config = serde_json::from_value(sound).map(|raw| resolve::resolve(dir, raw, &document, &mut problems));
        problems.0.sort_by_key(|problem| problem.place.as_ref().map(|place| (place.line, place.column)));
        match config {
            Ok(config) => Ok((Some(config), problems)),
            Err(error) if problems.is_empty() => Err(Failure::Fault(format!("the schema let {error} pass"))),
            Err(_) => Ok((None, problems)),
        }
    }
}

/// Returns why there is no config: the folder does not exist, is a file, or is not a team's folder.
fn no_config(dir: &Path, shown: &str) -> Problem {
    let folder = input::shown(dir);
    if dir.is_dir() {
        return Problem::error("no-config", format!("there is no {shown}"))
            .help("name a team folder, or make one: headsup init DIR --from EXPORT.csv");
    }
    if dir.exists() {
        return Problem::error("no-folder", format!("{folder} is a file, not a team folder"))
            .help(format!("name the folder that holds headsup.toml; how a file is read: headsup inspect {folder}"));
    }
    let problem = Problem::error("no-folder", format!("there is no folder {folder}"));
    let siblings = dir.parent().map(|parent| if parent.as_os_str().is_empty() { Path::new(".") } else { parent });
    let entries = siblings.and_then(|parent| std::fs::read_dir(parent).ok()).into_iter().flatten().flatten();
    let folders: Vec<String> = entries
        .filter(|entry| entry.path().is_dir())
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    let name = dir.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    match nearest(name, folders.iter().map(String::as_str)) {
        Some(near) => problem.help(format!("did you mean \"{near}\"?")),
        None => problem.help("name a team folder, or make one: headsup init DIR --from EXPORT.csv"),
    }
}

/// Returns the JSON Schema of headsup.toml, which [`Config::load`] validates against.
pub fn schema() -> serde_json::Value {
    schema_of::<raw::RawConfig>()
}
