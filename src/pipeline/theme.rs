//! A team's own looks, read from its folder: logo, fonts, templates. Nothing outside the folder is reached, not by a
//! symbolic link either, since a batch runs other people's folders.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::config::Config;
use crate::input;
use crate::problem::{Failure, Place, Problem};
use crate::render::Theme;

/// The largest logo, font or template, in bytes.
const MOST_BYTES: u64 = 32 * 1024 * 1024;

/// The largest logo, in pixels: each takes four bytes once it is unpacked, and a few hundred kilobytes can hold billions.
const MOST_PIXELS: usize = 16_000_000;

/// Reads what the config and the folders `fonts/` and `templates/` name.
pub fn load(config: &Config) -> Result<Theme, Failure> {
    let dir = &config.dir;
    let logo = match &config.brief.logo {
        Some(logo) => {
            let bytes = bytes(dir, &dir.join(logo))?;
            check_size(logo, &bytes)?;
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

/// That a picture is not too large to be unpacked, by what its head says; one without such a head is for its reader to judge.
fn check_size(logo: &str, bytes: &[u8]) -> Result<(), Problem> {
    let Ok(size) = imagesize::blob_size(bytes) else { return Ok(()) };
    if size.width.saturating_mul(size.height) <= MOST_PIXELS {
        return Ok(());
    }
    Err(Problem::error(
        "bad-logo",
        format!("the picture has {} × {} pixels, more than 16 million", size.width, size.height),
    )
    .at(Place::file(logo))
    .help("save it smaller: on paper a logo takes 600 pixels at the most"))
}

/// The files of a folder with one of these endings, by name; none where there is no such folder.
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

/// The bytes of a file that lies in the folder.
fn bytes(dir: &Path, path: &Path) -> Result<Vec<u8>, Failure> {
    let real = path.canonicalize().map_err(|e| Failure::read(path, e))?;
    let root = dir.canonicalize().map_err(|e| Failure::read(dir, e))?;
    if !real.starts_with(&root) {
        return Err(Problem::error("outside", "this leads out of the team folder")
            .at(Place::file(shown(dir, path)))
            .help("copy the file into the team folder")
            .into());
    }
    input::whole(&real, &shown(dir, path), MOST_BYTES)
}

#[cfg(test)]
mod tests {
    use super::check_size;

    /// The head of a PNG file (W3C, PNG specification 11.2.1): a few bytes say how large it is.
    fn png(width: u32, height: u32) -> Vec<u8> {
        let signature = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR";
        [&signature[..], &width.to_be_bytes(), &height.to_be_bytes(), &[8, 6, 0, 0, 0]].concat()
    }

    #[test]
    fn a_picture_too_large_to_unpack_is_refused_by_its_head() {
        assert!(check_size("logo.png", &png(4000, 4000)).is_ok());
        let problem = check_size("logo.png", &png(60_000, 60_000)).unwrap_err();
        assert_eq!((problem.code, problem.place.unwrap().file.as_str()), ("bad-logo", "logo.png"));
        assert!(problem.message.contains("60000 × 60000"), "{}", problem.message);
        // What has no size of its own.
        assert!(check_size("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>").is_ok());
    }
}
