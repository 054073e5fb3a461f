//! Tests of presets: each tool's sample is recognised from its header alone and read completely; a team folder can have
//! its own presets.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use headsup::config::Config;
use headsup::preset::Presets;
use headsup::problem::{Problem, Severity};
use headsup::redact::{Audience, redact};
use headsup::source;
use headsup::source::recognise::{Hints, infer};
use headsup::table;
use headsup::table::ReadingOptions;
use headsup::team::{TableKind, TaskStatus, Team};

fn samples() -> Vec<PathBuf> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/samples");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// Returns the preset of a sample, which is its file name up to the first dot.
fn preset_of(path: &Path) -> String {
    path.file_name().unwrap().to_str().unwrap().split('.').next().unwrap().to_owned()
}

fn header(path: &Path) -> Vec<String> {
    let inspection = table::infer(path, "sample.csv", &ReadingOptions::default(), true).unwrap();
    inspection.columns.into_iter().map(|column| column.name).collect()
}

fn load(path: &Path, table: TableKind) -> (Team, Vec<Problem>) {
    let dir = tempfile::tempdir().unwrap();
    std::fs::copy(path, dir.path().join("export.csv")).unwrap();
    let config = format!("[team]\nname = \"T\"\n[[source]]\ntable = \"{}\"\nfile = \"export.csv\"\n", table.name());
    std::fs::write(dir.path().join("headsup.toml"), config).unwrap();
    let (config, _) = Config::load(dir.path()).unwrap();
    match source::load(&config, NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()) {
        Ok((team, problems)) => (redact(&team, Audience::Me, true).into_parts().0, problems.0),
        Err(error) => panic!("{}: {error:?}", path.display()),
    }
}

#[test]
fn every_preset_has_a_sample_that_is_recognised_by_its_header() {
    let presets = Presets::embedded().unwrap();
    let mut sampled = Vec::new();
    for path in samples() {
        let header = header(&path);
        let header: Vec<&str> = header.iter().map(String::as_str).collect();
        let (_, found) = infer(&path, "sample", &presets, Hints::default(), true).unwrap();
        let found = found.unwrap_or_else(|| panic!("{}: {header:?}", path.display()));
        assert_eq!(found.preset.name, preset_of(&path), "{}", path.display());
        sampled.push(preset_of(&path));
    }
    for preset in presets.iter() {
        assert!(sampled.contains(&preset.name), "{} has no sample", preset.name);
    }
}

#[test]
fn every_sample_is_read_completely_and_without_a_warning() {
    let presets = Presets::embedded().unwrap();
    for path in samples() {
        let (_, found) = infer(&path, "sample", &presets, Hints::default(), true).unwrap();
        let table = found.unwrap().table;
        let (team, problems) = load(&path, table);
        let loud: Vec<&Problem> = problems.iter().filter(|problem| problem.severity > Severity::Note).collect();
        assert!(loud.is_empty(), "{}: {loud:?}", path.display());
        let read = &team.sources[0];
        assert_eq!(read.records, read.read + read.skipped, "{}", path.display());
        // Rows with only a start date are a plan, which says nothing about the past.
        let fresh =
            read.newest.is_some() || ["smartsheet", "github-projects", "monday"].contains(&preset_of(&path).as_str());
        assert!(read.read >= 2 && fresh, "{}: {read:?}", path.display());
    }
}

/// Exports without a completion date: ClickUp's of a workspace, Jira's with the columns of a search.
const NO_COMPLETION: [&str; 6] =
    ["clickup.csv", "github-projects.csv", "jira.fr.csv", "monday.csv", "smartsheet.csv", "trello.csv"];

/// The trackers' samples contain the same few tasks: compares when they were done, and the status and due date of the
/// second.
#[test]
fn the_trackers_samples_tell_the_same_story() {
    let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day);
    for path in samples() {
        if ["ga4", "generic"].contains(&preset_of(&path).as_str()) {
            continue;
        }
        let (team, _) = load(&path, TableKind::Tasks);
        let name = path.display();
        let titled = |words: &[&str]| {
            let title = |title: &str| words.iter().any(|word| title.to_lowercase().contains(word));
            team.tasks.iter().find(|task| title(&task.title)).unwrap_or_else(|| panic!("{name}: {words:?}"))
        };
        let profile = titled(&["profile", "vermessen", "mesurer", "medir", "zmierzyć", "измерить"]);
        let stream = titled(&["ten feeds", "zehn feeds", "dix", "diez", "dez primeiros", "dziesięć", "десять"]);
        // Issues of GitHub and GitLab are only open or closed; GitHub's have no due date.
        let between = !["github-issues", "gitlab"].contains(&preset_of(&path).as_str());
        let doing = if between { TaskStatus::Doing } else { TaskStatus::Todo };
        assert_eq!((profile.status, stream.status), (TaskStatus::Done, doing), "{name}");
        let due = if preset_of(&path) == "github-issues" { None } else { day(11, 27) };
        assert_eq!(stream.due, due, "{name}");
        assert!(profile.counts && stream.counts && !profile.reopened, "{name}");
        let has_completion = !NO_COMPLETION.contains(&path.file_name().unwrap().to_str().unwrap());
        if has_completion {
            assert_eq!(profile.done_on, day(10, 8), "{name}");
            assert!(
                profile.created.is_some_and(|created| Some(created) == day(9, 29)),
                "{name}: {:?}",
                profile.created
            );
        }
        for dropped in team.tasks.iter().filter(|task| task.title == "Old exporter") {
            assert_eq!(dropped.status, TaskStatus::Dropped, "{name}");
        }
        // A task with a parent is a sub-task if the tool has these.
        for part in team.tasks.iter().filter(|task| task.title == "Certificate of feed 19" && task.parent.is_some()) {
            assert!(!part.counts || ["gitlab", "azure-devops"].contains(&preset_of(&path).as_str()), "{name}");
        }
    }
}

#[test]
fn a_team_folder_can_have_its_own_preset() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("presets")).unwrap();
    let preset = "title = \"House tracker\"\n[table.tasks]\nheader = [[\"Vorgang\"], [\"Lage\"]]\n\
        [table.tasks.columns]\nkey = [\"Vorgang\"]\ntitle = [\"Was\"]\nstatus = [\"Lage\"]\n\
        [table.tasks.values.status]\ndone = [\"weg\"]\n";
    std::fs::write(dir.path().join("presets/house.toml"), preset).unwrap();
    let presets = Presets::load(dir.path()).unwrap();
    let found = presets.recognise(&["Vorgang", "Was", "Lage"], None).unwrap();
    assert_eq!((found.preset.name.as_str(), found.table), ("house", TableKind::Tasks));

    let wrong = preset.replace("title = [", "titel = [").replace("done = [", "finished = [");
    std::fs::write(dir.path().join("presets/house.toml"), wrong).unwrap();
    let error = format!("{:?}", Presets::load(dir.path()).unwrap_err());
    assert!(error.contains("did you mean `title`?") && error.contains("`finished` is no word"), "{error}");
}
