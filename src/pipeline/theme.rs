//! A team's own design, read from its folder: logo, fonts, templates. Nothing outside the folder is read, not even
//! through a symbolic link, because a batch processes other people's folders.

mod logo;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::config::Config;
use crate::input;
use crate::problem::{Failure, Place, Problem};
use crate::render::Theme;

/// Largest size in bytes of a logo, a font or a template.
const MAX_BYTES: u64 = 32 * 1024 * 1024;

/// Reads the logo of the config and the files in `fonts/` and `templates/`.
pub(crate) fn load(config: &Config) -> Result<Theme, Failure> {
    let dir = &config.dir;
    let logo = match &config.brief.logo {
        Some(logo) => {
            let bytes = bytes(dir, &dir.join(logo))?;
            logo::check(logo, &bytes)?;
            Some((logo.clone(), bytes))
        }
        None => None,
    };
    let mut fonts = Vec::new();
    for path in files(dir, "fonts", &["ttf", "otf", "ttc"])? {
        fonts.push((shown(dir, &path), bytes(dir, &path)?));
    }
    let mut templates = BTreeMap::new();
    let own = ["templates/html", "templates/pdf"].map(|folder| files(dir, folder, &["typ", "hbs", "css"]));
    for path in own.into_iter().collect::<Result<Vec<_>, _>>()?.concat() {
        let text = String::from_utf8(bytes(dir, &path)?).map_err(|_| {
            Problem::error("bad-encoding", "this template is not UTF-8")
                .at(Place::file(shown(dir, &path)))
                .help("save it as UTF-8")
        })?;
        if text.trim().is_empty() && path.extension().is_none_or(|ending| ending != "css") {
            return Err(Problem::error("template", "this template is empty")
                .at(Place::at(shown(dir, &path), 1, 1))
                .help("write what it is to show, or delete the file: then the built-in one is used")
                .into());
        }
        if let Some(name) = path.strip_prefix(dir.join("templates")).ok().and_then(Path::to_str) {
            templates.insert(name.replace('\\', "/"), text);
        }
    }
    Ok(Theme {
        paper: config.brief.paper,
        pages: config.brief.pages,
        accent: config.brief.accent.clone(),
        logo,
        fonts,
        font: config.brief.font.clone(),
        system_fonts: config.brief.system_fonts,
        templates,
    })
}

/// Returns the files in a folder with one of these extensions, sorted; none if the folder does not exist.
fn files(dir: &Path, folder: &str, endings: &[&str]) -> Result<Vec<PathBuf>, Failure> {
    let folder = dir.join(folder);
    let entries = match std::fs::read_dir(&folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(Failure::read(folder, e)),
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(|e| Failure::read(&folder, e))?.path();
        let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
        if endings.contains(&ending.as_str()) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn shown(dir: &Path, path: &Path) -> String {
    path.strip_prefix(dir).unwrap_or(path).display().to_string()
}

/// Reads a file; fails if it is outside the team folder.
fn bytes(dir: &Path, path: &Path) -> Result<Vec<u8>, Failure> {
    let real = path.canonicalize().map_err(|e| Failure::read(path, e))?;
    let root = dir.canonicalize().map_err(|e| Failure::read(dir, e))?;
    if !real.starts_with(&root) {
        return Err(Problem::error("outside", "this leads out of the team folder")
            .at(Place::file(shown(dir, path)))
            .help("copy the file into the team folder")
            .into());
    }
    input::read_whole(&real, &shown(dir, path), MAX_BYTES)
}
