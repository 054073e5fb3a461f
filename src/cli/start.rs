//! `headsup` without a command: suggests where to start, depending on the files in the folder.

use std::path::{Path, PathBuf};

use super::Terminal;
use super::report::as_typed;
use crate::config::Config;
use crate::problem::Failure;

/// Most names that are listed; the others are counted.
const MAX_LISTED: usize = 6;

/// Prints what to do next in `dir`.
pub(crate) fn run(dir: &Path, terminal: &Terminal) -> Result<(), Failure> {
    terminal.print(&format!("{}\nAll commands: headsup --help\n", advice(dir)?))
}

fn advice(dir: &Path) -> Result<String, Failure> {
    if dir.join("headsup.toml").is_file() {
        return Ok(in_team(dir));
    }
    let entries = std::fs::read_dir(dir).map_err(|e| Failure::read(dir, e))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    let name = |path: &PathBuf| Some(as_typed(Path::new(path.file_name()?)));
    let is_hidden = |path: &PathBuf| path.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
    let teams: Vec<String> = paths.iter().filter(|path| path.join("headsup.toml").is_file()).filter_map(name).collect();
    let is_csv = |path: &&PathBuf| {
        path.is_file()
            && path.extension().is_some_and(|it| it.eq_ignore_ascii_case("csv") || it.eq_ignore_ascii_case("tsv"))
    };
    let csvs: Vec<String> = paths.iter().filter(is_csv).filter(|path| !is_hidden(path)).filter_map(name).collect();
    Ok(match (teams.as_slice(), csvs.as_slice()) {
        ([team], _) => format!("There is a team folder here, {team}. This week's brief:\n\n    headsup week {team}\n"),
        ([team, ..], _) => format!(
            "There are {} team folders here: {}.\n\n    headsup week {team}     the brief of one\n    \
             headsup batch .       the briefs of all, and a page over them\n",
            teams.len(),
            listed(&teams, ", ")
        ),
        ([], []) => "There is no team folder here yet. Make one, and a first brief of it:\n\n    \
             headsup init my-team --from tasks.csv     out of an export of your tracker, a plan, a list\n    \
             headsup init my-team                      or without any, with a quarter to fill in\n    \
             headsup week my-team\n"
            .to_owned(),
        ([], csvs) => format!(
            "There {} CSV {} here. Make a team folder of {}, and a first brief of it:\n\n    \
             headsup init my-team --from {}\n    headsup week my-team\n\n\
             How a file is read: headsup inspect {}\n",
            if csvs.len() == 1 { "is a" } else { "are" },
            if csvs.len() == 1 { "file" } else { "files" },
            if csvs.len() == 1 { "it" } else { "them" },
            csvs.join(" "),
            csvs[0],
        ),
    })
}

/// Describes the weekly steps, for a team folder.
fn in_team(dir: &Path) -> String {
    let team = match Config::read(dir) {
        Ok((Some(config), problems)) if !problems.has_errors() => config.team.name,
        _ => return "The headsup.toml here has something wrong in it:\n\n    headsup check\n".to_owned(),
    };
    let dates = |folder: &str, ending: &str| -> Option<String> {
        let entries = std::fs::read_dir(dir.join(folder)).ok()?;
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        names.filter_map(|name| name.strip_suffix(ending).map(str::to_owned)).max()
    };
    let rendered = dates("out", "-snapshot.json").map_or("none yet".to_owned(), |date| format!("of {date}"));
    let recorded = dates("history", ".json").map_or("none yet".to_owned(), |date| format!("of {date}"));
    format!(
        "This is the team folder of {team}. Newest brief: {rendered}; newest recorded 1:1: {recorded}.\n\n    \
         headsup week              before the 1:1: asks what only you can answer, then makes the brief\n    \
         headsup render --for me   your own copy, an agenda\n    \
         headsup record            after the 1:1: what was decided\n    \
         headsup check             what is wrong or missing in the files, and how to fix it\n"
    )
}

fn listed(names: &[String], separator: &str) -> String {
    let shown = names.iter().take(MAX_LISTED).map(String::as_str).collect::<Vec<_>>().join(separator);
    match names.len().saturating_sub(MAX_LISTED) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(dir: &Path, name: &str, text: &str) {
        let path = dir.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    #[test]
    fn it_suggests_where_to_start_from_the_files_in_the_folder() {
        let dir = tempfile::tempdir().unwrap();
        let dir = dir.path();
        assert!(advice(dir).unwrap().contains("headsup init my-team --from tasks.csv"));
        file(dir, "my tasks.csv", "");
        file(dir, ".hidden.csv", "");
        let said = advice(dir).unwrap();
        assert!(said.contains("headsup init my-team --from 'my tasks.csv'\n"), "{said}");
        file(dir, "one/headsup.toml", "[team]\nname = \"One\"\n[[source]]\ntable = \"tasks\"\nfile = \"a.csv\"\n");
        assert!(advice(dir).unwrap().contains("headsup week one"));
        file(dir, "two/headsup.toml", "");
        assert!(advice(dir).unwrap().contains("headsup batch ."));
        file(dir, "one/history/2026-11-20.json", "{}");
        let said = advice(&dir.join("one")).unwrap();
        assert!(said.contains("team folder of One") && said.contains("recorded 1:1: of 2026-11-20"), "{said}");
        assert!(advice(&dir.join("two")).unwrap().contains("headsup check"));
    }
}
