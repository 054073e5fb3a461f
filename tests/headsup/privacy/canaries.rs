//! Tests with a canary in every field of every table, in rows that a copy must not show, for each way in which a row
//! becomes confidential. No canary may be in a copy, format, message, snapshot or log for other readers. The fields
//! come from the declarations, so a new table or field is tested as soon as it is declared.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use headsup::config::Format;
use headsup::pipeline::{self, Request};
use headsup::redact::Audience::{self, Boss, Me, Shared};
use headsup::tables::{Field, FieldKind, TableKind};

use super::ways::{WAYS, Way};

/// Canaries with their places. They consist of letters, so that no format splits or escapes them.
#[derive(Default)]
pub(super) struct Cage(BTreeMap<String, String>);

impl Cage {
    fn canary(&mut self, what: String) -> String {
        let mut n = self.0.len();
        let mut word = "Qcanary".to_owned();
        for _ in 0..3 {
            word.push(char::from(b'a' + u8::try_from(n % 26).unwrap()));
            n /= 26;
        }
        self.0.insert(word.clone(), what);
        word
    }
}

/// Returns a row with a canary in every field for free text.
fn row(table: TableKind, way: Way, cage: &mut Cage) -> Vec<String> {
    table.fields().iter().map(|field| cell(table, field, way, cage)).collect()
}

fn cell(table: TableKind, field: &Field, way: Way, cage: &mut Cage) -> String {
    let mut canary = || cage.canary(format!("{}.{} ({way:?})", table.name(), field.name));
    match (table, field.name) {
        // Without the mark, the row would be shown.
        (TableKind::Asks, "stage") => "raised".into(),
        (TableKind::Asks, "kind") => "decision".into(),
        (TableKind::Asks, "status") => "open".into(),
        (TableKind::Asks, "answered_on" | "answer" | "delivered_on") => String::new(),
        (TableKind::People, "kind") => "highlight".into(),
        (TableKind::Goals, "who") => "team".into(),
        (TableKind::Agreements, "what") => "wording".into(),
        (TableKind::Tasks, "status") => "doing".into(),
        (
            TableKind::Tasks,
            "type" | "resolution" | "status_category" | "is_summary" | "archived" | "outline_level" | "wbs"
            | "predecessors",
        ) => String::new(),
        (TableKind::Tasks, "done_on" | "percent_complete" | "is_active") => String::new(),
        (
            TableKind::Milestones,
            "outline_level" | "wbs" | "predecessors" | "is_summary" | "is_active" | "done_on" | "status",
        ) => String::new(),
        (TableKind::Tasks, "labels") if way == Way::Label => format!("{}; #HR ", canary()),
        (TableKind::Tasks, "parent") if way == Way::Parent => "HR-0".into(),
        (TableKind::Tasks | TableKind::Asks | TableKind::Agreements, "milestone") if way == Way::Milestone => {
            "hidden".into()
        }
        (_, "parent" | "carried_from") => String::new(),
        // References to missing items are errors; the names themselves are canaries elsewhere.
        (TableKind::Asks | TableKind::Agreements, "milestone" | "objective") => String::new(),
        (TableKind::Wins | TableKind::Risks, "objective") => String::new(),
        (TableKind::Tasks, "milestone") => String::new(),
        (TableKind::Events | TableKind::Milestones | TableKind::Objectives, "metric") => String::new(),
        (_, "link") => format!("https://example.org/{}", canary()),
        (_, "confidential") => match way {
            Way::Mark => "yes".into(),
            Way::OddMark => "ask Dana".into(),
            _ => String::new(),
        },
        (TableKind::Metrics, "metric") => canary(),
        _ => match field.kind {
            FieldKind::Text | FieldKind::List => canary(),
            FieldKind::Date if field.name.ends_with("due") || field.name == "needed_by" => "2026-12-04".into(),
            FieldKind::Date => "2026-11-18".into(),
            FieldKind::Number => "3".into(),
            FieldKind::Share => "40%".into(),
            FieldKind::Word(words) | FieldKind::Rating(words) => words.first().copied().unwrap_or_default().into(),
            FieldKind::Flag => String::new(),
        },
    }
}

fn csv(cells: &[String]) -> String {
    cells.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(",") + "\n"
}

/// Returns an open row of each table, so that every section has content.
fn open_row(table: TableKind) -> Vec<String> {
    let cell = |field: &Field| match (table, field.name) {
        (TableKind::Tasks, "key") => "OPEN-1".to_owned(),
        (TableKind::Tasks, "milestone") => "m1".into(),
        (TableKind::Tasks, "status") => "doing".into(),
        (TableKind::Tasks, "created") => "2026-10-05".into(),
        (TableKind::Milestones, "id") => "m1".into(),
        (TableKind::Asks, "id") => "A-1".into(),
        (TableKind::Asks, "stage") => "raised".into(),
        (TableKind::Asks, "status") => "open".into(),
        (TableKind::Agreements, "what") => "confirm".into(),
        (TableKind::Metrics, "date") => "2026-11-08".into(),
        (TableKind::Metrics, "value") => "7".into(),
        (_, "title" | "milestone" | "objective" | "metric" | "text" | "goal" | "risk" | "person")
            if table != TableKind::Events || field.name == "text" =>
        {
            match (table, field.name) {
                (TableKind::Objectives | TableKind::Milestones, "metric") => String::new(),
                (
                    TableKind::Asks | TableKind::Agreements | TableKind::Wins | TableKind::Risks,
                    "objective" | "milestone",
                ) => String::new(),
                (TableKind::Tasks, "objective") => String::new(),
                (_, "objective") => "Openness".into(),
                (_, name) => format!("Open {name} of {}", table.name()),
            }
        }
        (_, "date" | "asked_on") => "2026-11-16".into(),
        (_, "due" | "agreed_due") => "2026-12-11".into(),
        (_, "kind") => field.words().first().copied().unwrap_or_default().into(),
        (TableKind::Goals, "who") => "team".into(),
        _ => String::new(),
    };
    table.fields().iter().map(cell).collect()
}

/// Creates the team: open rows in `data/`, and rows with canaries where the way requires.
pub(super) fn team(dir: &Path, way: Way, with_canaries: bool) -> Cage {
    let mut cage = Cage::default();
    let mut config = "version = 1\n[team]\nname = \"Team\"\nmanager = \"Dana\"\nboss = \"Alex\"\n[brief]\nconfidential_labels = [\"hr\"]\non_error = \"banner\"\nformats = [\"json\"]\n".to_owned();
    let private_folder = if way == Way::OtherCase { "PRIVATE" } else { "private" };
    for folder in ["data", private_folder] {
        std::fs::create_dir_all(dir.join(folder)).unwrap();
    }
    for table in TableKind::ALL.iter().copied() {
        let name = table.name();
        let header: Vec<String> = table.fields().iter().map(|field| field.name.to_owned()).collect();
        let mut open = csv(&header) + &csv(&open_row(table));
        let mut private = csv(&header);
        if table == TableKind::Tasks && way == Way::Parent {
            let cells = |field: &Field| match field.name {
                "key" => "HR-0".to_owned(),
                "title" => "x".into(),
                "labels" => "hr".into(),
                _ => String::new(),
            };
            open += &csv(&table.fields().iter().map(cells).collect::<Vec<_>>());
        }
        if table == TableKind::Milestones && way == Way::Milestone {
            let cells = |field: &Field| match field.name {
                "id" | "milestone" => "hidden".to_owned(),
                "due" => "2026-12-04".into(),
                "confidential" => "yes".into(),
                _ => String::new(),
            };
            open += &csv(&table.fields().iter().map(cells).collect::<Vec<_>>());
        }
        let in_private_file = !matches!(
            way,
            Way::Mark | Way::OddMark | Way::EarlierMark | Way::LaterMark | Way::Label | Way::Parent | Way::Milestone
        );
        if with_canaries && way.reaches(table) {
            let cells = row(table, way, &mut cage);
            let marked: Vec<String> = table
                .fields()
                .iter()
                .zip(&cells)
                .map(|(field, cell)| if field.name == "confidential" { "yes".to_owned() } else { cell.clone() })
                .collect();
            match way {
                Way::EarlierMark => open += &(csv(&marked) + &csv(&cells)),
                Way::LaterMark => open += &(csv(&cells) + &csv(&marked)),
                _ if in_private_file => private += &csv(&cells),
                _ => open += &csv(&cells),
            }
        }
        std::fs::write(dir.join(format!("data/{name}.csv")), open).unwrap();
        std::fs::write(dir.join(format!("{private_folder}/{name}.csv")), private).unwrap();
        let mut source = |file: String| {
            let _ = write!(config, "[[source]]\ntable = \"{name}\"\nfile = \"{file}\"\n");
        };
        match way {
            Way::Glob => source(format!("*/{name}.csv")),
            Way::OtherCase => {
                source(format!("data/{name}.csv"));
                source(format!("PRIVATE/{name}.csv"));
            }
            #[cfg(unix)]
            Way::FolderLink => {
                let link = dir.join("data/more");
                if !link.exists() {
                    std::os::unix::fs::symlink("../private", link).unwrap();
                }
                source(format!("data/{name}.csv"));
                source(format!("data/*/{name}.csv"));
            }
            Way::PrivateFile => {
                source(format!("data/{name}.csv"));
                source(format!("private/{name}.csv"));
            }
            #[cfg(unix)]
            Way::Link => {
                std::os::unix::fs::symlink(format!("../private/{name}.csv"), dir.join(format!("data/{name}-2.csv")))
                    .unwrap();
                source(format!("data/{name}*.csv"));
            }
            #[cfg(unix)]
            Way::HardLink => {
                std::fs::hard_link(dir.join(format!("private/{name}.csv")), dir.join(format!("data/{name}-2.csv")))
                    .unwrap();
                source(format!("data/{name}*.csv"));
            }
            _ => source(format!("data/{name}.csv")),
        }
    }
    std::fs::write(dir.join("headsup.toml"), config).unwrap();
    cage
}

fn request(audience: Audience) -> Request {
    let formats = Some(vec![Format::Html, Format::Md, Format::Txt, Format::Json]);
    Request { as_of: "2026-11-20".parse().unwrap(), on: None, since: None, audience, formats }
}

/// Returns all formats of a copy with their snapshots, by name. The PDF is made from the same data as the HTML page;
/// its text is searched in `super` if the tools are installed.
fn outputs(dir: &Path, audience: Audience) -> Vec<(String, String)> {
    let rendered = pipeline::run(dir, &request(audience)).unwrap_or_else(|error| panic!("{error}: {error:?}"));
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut outputs: Vec<(String, String)> =
        rendered.files.iter().map(|(format, bytes)| (format!("{format:?}"), text(bytes))).collect();
    outputs.push(("snapshot".into(), rendered.snapshot.to_json()));
    outputs
}

/// Returns the canaries in a text, with their places.
pub(super) fn found<'a>(cage: &'a Cage, text: &str) -> Vec<&'a str> {
    cage.0.iter().filter(|(word, _)| text.contains(word.as_str())).map(|(_, what)| what.as_str()).collect()
}

#[test]
fn no_canary_is_in_a_copy_for_other_readers() {
    let mut shown_to_me = 0;
    for &way in WAYS {
        let dir = tempfile::tempdir().unwrap();
        let cage = team(dir.path(), way, true);
        assert!(!cage.0.is_empty(), "{way:?}");
        for (name, text) in outputs(dir.path(), Shared) {
            assert_eq!(found(&cage, &text), Vec::<&str>::new(), "{name} of the shared copy");
        }
        for (name, text) in outputs(dir.path(), Boss) {
            let tasks: Vec<&str> = found(&cage, &text).into_iter().filter(|what| what.starts_with("tasks.")).collect();
            // The boss may see the tasks of a confidential milestone, like the milestone itself.
            assert!(
                tasks.is_empty() || (way == Way::Milestone && name != "snapshot"),
                "{name} of the boss copy: {tasks:?}"
            );
            if name == "snapshot" {
                assert_eq!(found(&cage, &text), Vec::<&str>::new(), "{way:?}: what goes to history/");
            }
        }
        let (_, html) = outputs(dir.path(), Me).remove(0);
        shown_to_me += found(&cage, &html).len();
    }
    // A canary that is never printed would prove nothing.
    assert!(shown_to_me > 120, "{shown_to_me}");
}

#[test]
fn no_canary_is_in_a_log_or_in_history() {
    for &way in WAYS {
        let dir = tempfile::tempdir().unwrap();
        let cage = team(dir.path(), way, true);
        let base = dir.path().to_str().unwrap();
        let date = ["--as-of", "2026-11-20"];
        let made = tempfile::tempdir().unwrap();
        let [out, mail, event] =
            ["out", "prep.eml", "prep.ics"].map(|name| made.path().join(name).to_string_lossy().into_owned());
        let mut said = Vec::new();
        for args in [
            [&["check", base][..], &date].concat(),
            [&["render", base, "--for", "me"][..], &date].concat(),
            [&["week", base, "--yes"][..], &date].concat(),
            [&["record", base, "--grant", "nope"][..], &date].concat(),
            [&["record", base, "--agree", "date:nope"][..], &date].concat(),
            [&["record", base][..], &date].concat(),
            vec!["add", "--team-dir", base, "--date", "2026-11-20", "ask", "x", "--milestone", "nope"],
            [&["backtest", base][..], &date].concat(),
            [&["batch", base, "--out", &out][..], &date].concat(),
            [&["batch", base, "--for", "boss", "--out", &out][..], &date].concat(),
            [&["mail", base, "--out", &mail][..], &date].concat(),
            [&["invite", base, "--out", &event][..], &date].concat(),
        ] {
            said.push((args.join(" "), super::logged(dir.path(), &args)));
        }
        for (command, log) in &said {
            assert_eq!(found(&cage, log), Vec::<&str>::new(), "{way:?}: {command}");
        }
        let kept = std::fs::read_to_string(dir.path().join("history/2026-11-20.json")).unwrap();
        assert_eq!(found(&cage, &kept), Vec::<&str>::new(), "{way:?}: history");
        assert!(!kept.contains('~'), "{kept}");
        // At a terminal, too, a problem in a private file quotes neither its words nor its cells.
        if way == Way::PrivateFile {
            for file in std::fs::read_dir(dir.path().join("private")).unwrap().flatten() {
                let text = std::fs::read_to_string(file.path()).unwrap_or_default();
                std::fs::write(file.path(), text.replace("2026-11-18", "the 18th")).unwrap();
            }
            let shown = super::printed(&["check", base, "--as-of", "2026-11-20"]);
            assert!(shown.contains("a private file of"), "{shown}");
            assert_eq!(found(&cage, &shown), Vec::<&str>::new(), "{shown}");
        }
    }
}

/// Returns the tables whose rows leave no trace at all. Confidential tasks are counted, as the config's reference says.
fn leaves_no_trace(way: Way) -> bool {
    !matches!(way, Way::Label | Way::Parent | Way::Milestone)
}

#[test]
fn a_shared_copy_equals_byte_for_byte_the_one_without_the_withheld_rows() {
    for &way in WAYS.iter().filter(|way| leaves_no_trace(**way)) {
        let (with, without) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        team(with.path(), way, true);
        team(without.path(), way, false);
        // Marked tasks are counted, those of private files are not. A file of metrics with a marked row is for the
        // manager only.
        if matches!(way, Way::Mark | Way::OddMark | Way::EarlierMark | Way::LaterMark) {
            for file in ["data/tasks.csv", "data/metrics.csv"] {
                std::fs::copy(without.path().join(file), with.path().join(file)).unwrap();
            }
        }
        let (with, without) = (outputs(with.path(), Shared), outputs(without.path(), Shared));
        for ((name, with), (_, without)) in with.iter().zip(&without) {
            let differ = with.lines().zip(without.lines()).find(|(one, other)| one != other);
            assert!(with == without, "{way:?} changes {name}: {differ:?}");
        }
    }
}
