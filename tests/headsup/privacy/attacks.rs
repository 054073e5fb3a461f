//! Attacks that were found, each in its smallest form: the word SECRET must not appear anywhere.

use std::path::Path;

use super::{logged, printed};

const TASKS: &str = "key,title,status,milestone,parent,created,done_on,labels\n";
const OPEN: &str = "T-1,Open,doing,,,2026-10-05,,\n";
pub(super) const ASKS: &str =
    "id,asked_on,text,why,stage,status,objective,milestone,needed_by,answered_on,answer,confidential\n";

/// Creates a team folder with additional lines of the config, sources and files.
pub(super) fn team(brief: &str, sources: &[(&str, &str)], files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let mut config = format!(
        "version = 1\n[team]\nname = \"Tm\"\nmanager = \"Dana\"\nboss = \"Alex\"\nmembers = [\"Ada Osei\", \"Li Wu\"]\n{brief}\n"
    );
    for (table, file) in sources {
        config += &format!("[[source]]\ntable = \"{table}\"\nfile = \"{file}\"\n");
    }
    for folder in ["data", "private"] {
        std::fs::create_dir(dir.path().join(folder)).unwrap();
    }
    std::fs::write(dir.path().join("headsup.toml"), config).unwrap();
    std::fs::write(dir.path().join("data/tasks.csv"), TASKS.to_owned() + OPEN).unwrap();
    for (file, text) in files {
        std::fs::write(dir.path().join(file), text).unwrap();
    }
    dir
}

/// Returns everything that a copy contains, with its messages.
pub(super) fn copy(dir: &Path, audience: &str) -> String {
    let base = dir.to_str().unwrap();
    let formats = "html,md,txt,json";
    let _ = std::fs::remove_dir_all(dir.join("out"));
    let said = printed(&["render", base, "--as-of", "2026-11-20", "--for", audience, "--format", formats]);
    let mut all = String::new();
    for file in std::fs::read_dir(dir.join("out")).unwrap_or_else(|_| panic!("{said}")).flatten() {
        all += &String::from_utf8_lossy(&std::fs::read(file.path()).unwrap());
    }
    std::fs::remove_dir_all(dir.join("out")).unwrap();
    all
}

pub(super) fn assert_silent(dir: &Path, audiences: &[&str]) {
    for audience in audiences {
        let text = copy(dir, audience);
        let near = text.find("SECRET").map(|at| &text[at.saturating_sub(80)..(at + 40).min(text.len())]);
        assert_eq!(near, None, "in the {audience} copy");
    }
}

#[test]
fn reasons_and_objectives_of_withheld_rows_are_left_out() {
    let private = format!("{ASKS}1,2026-11-10,x,w,private,open,SECRET lay-offs,,,,,\n");
    let dir = team("", &[("tasks", "data/tasks.csv"), ("asks", "private/asks.csv")], &[("private/asks.csv", &private)]);
    assert_silent(dir.path(), &["shared"]);
    let open = format!("{ASKS}1,2026-11-10,x,w,,open,SECRET lay-offs,,,,,\n");
    let dir = team("", &[("tasks", "data/tasks.csv"), ("asks", "data/asks.csv")], &[("data/asks.csv", &open)]);
    assert_silent(dir.path(), &["shared"]);
}

#[test]
fn a_mark_applies_to_all_later_rows() {
    let asks = format!(
        "{ASKS}1,2026-11-10,SECRET ask,w,raised,open,,,,,,yes\n1,2026-11-10,SECRET ask,w,raised,granted,,,,2026-11-18,ok,\n"
    );
    let goals = "goal,who,progress,date,confidential\nSECRET goal,team,30%,2026-11-01,yes\nSECRET goal,team,40%,2026-11-10,no\n";
    let lines: Vec<&str> = goals.lines().collect();
    let reversed = [lines[0], lines[2], lines[1]].join("\n");
    for goals in [goals, &reversed] {
        let dir = team(
            "",
            &[("tasks", "data/tasks.csv"), ("asks", "data/asks.csv"), ("goals", "data/goals.csv")],
            &[("data/asks.csv", &asks), ("data/goals.csv", goals)],
        );
        assert_silent(dir.path(), &["shared"]);
    }
}

#[test]
fn a_mark_in_an_unreadable_row_applies_too() {
    let asks =
        format!("{ASKS}1,2026-11-10,SECRET ask,w,raised,open,,,,,,\n1,the tenth,SECRET ask,w,raised,open,,,,,,yes\n");
    let milestones = "id,milestone,due,confidential\nm2,SECRET step,2026-12-11,\nm2,SECRET step,the 11th,yes\n";
    for brief in ["[brief]\non_error = \"banner\"", "skip"] {
        let sources = [("tasks", "data/tasks.csv"), ("asks", "data/asks.csv"), ("milestones", "data/m.csv")];
        let files = [("data/asks.csv", asks.as_str()), ("data/m.csv", milestones)];
        let dir = team(if brief == "skip" { "" } else { brief }, &sources, &files);
        if brief == "skip" {
            let path = dir.path().join("headsup.toml");
            let config =
                std::fs::read_to_string(&path).unwrap().replace("[[source]]", "[[source]]\nbad_rows = \"skip\"");
            std::fs::write(path, config).unwrap();
        }
        assert_silent(dir.path(), &["shared"]);
    }
}

#[test]
fn labels_and_parents_hide_tasks_from_drafts_logs_and_the_boss() {
    let tasks = format!(
        "{TASKS}A-0,Epic,doing,,,2026-10-05,,Team|#HR\nA-1,SECRET child,done,,A-0,2026-10-05,2026-11-18,\nA-2,SECRET label,done,,,2026-10-05,2026-11-18,hr (red)\n\
        A-3,SECRET,done,,A-0 Epic,2026-10-05,2026-11-18,\nA-4,SECRET,done,,https://example.org/browse/A-0?x=1,2026-10-05,2026-11-18,\n"
    );
    let wins = "date,text,kind,confidential\n";
    let sources = [("tasks", "data/tasks.csv"), ("wins", "data/wins.csv")];
    let brief = "[brief]\nconfidential_labels = [\"hr\"]";
    let dir = team(brief, &sources, &[("data/tasks.csv", &tasks), ("data/wins.csv", wins)]);
    let log = logged(dir.path(), &["week", dir.path().to_str().unwrap(), "--as-of", "2026-11-20", "--yes"]);
    assert!(!log.contains("SECRET"), "{log}");
    assert_eq!(std::fs::read_to_string(dir.path().join("data/wins.csv")).unwrap(), wins);
    assert_silent(dir.path(), &["shared", "boss"]);
    // The manager's terminal does not show them either: the boss reads wins, and must not learn of these tasks.
    printed(&["week", dir.path().to_str().unwrap(), "--as-of", "2026-11-20", "--yes"]);
    assert_eq!(std::fs::read_to_string(dir.path().join("data/wins.csv")).unwrap(), wins);
    assert_silent(dir.path(), &["shared", "boss"]);
}

#[test]
fn a_snapshot_does_not_name_a_task_that_has_disappeared() {
    let tasks = format!("{TASKS}SECRET-7,x,doing,m2,,2026-10-05,,\n");
    let milestones = "id,milestone,due,confidential\nm2,Hid,2026-12-11,yes\n";
    let sources = [("tasks", "data/tasks.csv"), ("milestones", "data/m.csv")];
    let dir = team("", &sources, &[("data/tasks.csv", &tasks), ("data/m.csv", milestones)]);
    let base = dir.path().to_str().unwrap();
    printed(&["render", base, "--as-of", "2026-11-13", "--format", "json"]);
    printed(&["record", base, "--as-of", "2026-11-13"]);
    let kept = std::fs::read_to_string(dir.path().join("history/2026-11-13.json")).unwrap();
    assert!(!kept.contains("SECRET") && !kept.contains("m2"), "{kept}");
    std::fs::write(dir.path().join("data/tasks.csv"), TASKS.to_owned() + OPEN).unwrap();
    assert_silent(dir.path(), &["shared"]);
    // What the boss saw is kept in a file for the manager only, for the next comparison.
    let shown = std::fs::read_to_string(dir.path().join("private/shown.json")).unwrap();
    assert!(shown.contains("SECRET-7"), "{shown}");
}

#[test]
fn record_cleans_older_snapshots() {
    let old = r#"{"schema":"headsup.snapshot/1","version":1,"as_of":"2026-11-06","on":"2026-11-06","quarter_start":"2026-10-01",
"objectives":{},"milestones":{},"tasks":{"~f4ba5b353e924c9f":{"milestone":null,"done":false},"HR-1":{"milestone":null,"done":false},
"T-1":{"milestone":null,"done":false}},"asks":["~f4ba5b353e924c9f"],"next":["HR-1"],"metrics":{},"shown":[]}"#;
    let tasks = format!("{TASKS}{OPEN}HR-1,x,doing,,,2026-10-05,,hr\n");
    let dir =
        team("[brief]\nconfidential_labels = [\"hr\"]", &[("tasks", "data/tasks.csv")], &[("data/tasks.csv", &tasks)]);
    std::fs::create_dir(dir.path().join("history")).unwrap();
    std::fs::write(dir.path().join("history/2026-11-06.json"), old).unwrap();
    let base = dir.path().to_str().unwrap();
    printed(&["render", base, "--as-of", "2026-11-13", "--format", "json"]);
    printed(&["record", base, "--as-of", "2026-11-13"]);
    let cleaned = std::fs::read_to_string(dir.path().join("history/2026-11-06.json")).unwrap();
    assert!(cleaned.contains("T-1") && !cleaned.contains('~') && !cleaned.contains("HR-1"), "{cleaned}");
}

#[test]
fn names_are_suggested_only_to_those_who_may_see_them() {
    let milestones = "id,milestone,due,confidential\nm1,Open,2026-12-11,\nSECRETid,SECRET plan,2026-12-11,yes\n";
    let asks = format!("{ASKS}SECRETask,2026-11-10,x,w,private,open,,,,,,\n");
    let sources = [("tasks", "data/tasks.csv"), ("milestones", "data/m.csv"), ("asks", "data/asks.csv")];
    let dir = team("", &sources, &[("data/m.csv", milestones), ("data/asks.csv", &asks)]);
    let base = dir.path().to_str().unwrap();
    printed(&["render", base, "--as-of", "2026-11-20", "--format", "json"]);
    for args in [
        vec!["add", "--team-dir", base, "--date", "2026-11-20", "ask", "x", "--milestone", "SECRETplan"],
        vec!["record", base, "--as-of", "2026-11-20", "--agree", "date:SECRETpla"],
        vec!["record", base, "--as-of", "2026-11-20", "--grant", "SECRETas"],
    ] {
        let log = logged(dir.path(), &args).replace(args[args.len() - 1], "").replace("SECRETpla\"", "");
        assert!(!log.contains("SECRETid") && !log.contains("SECRET plan") && !log.contains("SECRETask"), "{log}");
    }
}

#[test]
fn the_name_of_a_private_file_is_hidden() {
    let asks = format!("{ASKS}1,2026-11-10,x,w,raised,open,,,,,,\n1,not a date,x,w,raised,open,,,,,,\n");
    let sources = [("tasks", "data/tasks.csv"), ("asks", "private/SECRETfile.csv"), ("asks", "private/SECRETfile.csv")];
    let dir = team("[brief]\non_error = \"banner\"", &sources, &[("private/SECRETfile.csv", &asks)]);
    assert_silent(dir.path(), &["shared", "boss"]);
    for said in [
        logged(dir.path(), &["check", dir.path().to_str().unwrap(), "--as-of", "2026-11-20"]),
        printed(&["check", dir.path().to_str().unwrap(), "--as-of", "2026-11-20"]),
    ] {
        assert!(said.contains("a private file of asks") && !said.contains("SECRET"), "{said}");
    }
}

#[test]
fn no_file_or_file_name_can_control_a_terminal_or_a_ci_job() {
    let dir = team("", &[("tasks", "data/*.csv")], &[]);
    std::fs::remove_file(dir.path().join("data/tasks.csv")).unwrap();
    let rows = "key,title,status,created\nT1,x\u{9b}31mRED\u{202e},doing,not a date\nT2,::error::y,doing,2026-11-01\nT3,##[warning]z,Zzz,2026-11-01\n";
    std::fs::write(dir.path().join("data/a\u{1b}]0;TITLE\u{7}\n::error::b.csv"), rows).unwrap();
    let base = dir.path().to_str().unwrap();
    for said in [
        printed(&["check", base, "--as-of", "2026-11-20"]),
        logged(dir.path(), &["check", base, "--as-of", "2026-11-20"]),
    ] {
        assert!(!said.chars().any(|c| c.is_control() && c != '\n'), "{said:?}");
        assert!(!said.contains('\u{202e}') && !said.contains("##["), "{said}");
        let ours = [
            "::error file=",
            "::warning file=",
            "::notice file=",
            "::warning title=",
            "::error title=",
            "::notice title=",
        ];
        for line in said.lines().filter(|line| line.trim_start().starts_with("::")) {
            assert!(ours.iter().any(|command| line.starts_with(command)), "{line}");
        }
    }
}

#[test]
fn an_ask_that_names_somebody_is_not_forwarded() {
    let asks: String = ["Raise for osei", "Course for Wu", "Budget: O\u{73}EI", "a raise (li)"]
        .iter()
        .enumerate()
        .map(|(n, text)| format!("x{n},2026-11-10,{text} SECRET,w,raised,open,,,,,,\n"))
        .collect();
    let asks = format!("{ASKS}{asks}");
    let dir = team("", &[("tasks", "data/tasks.csv"), ("asks", "data/asks.csv")], &[("data/asks.csv", &asks)]);
    assert_silent(dir.path(), &["shared"]);
}

#[test]
#[cfg(unix)]
fn appending_to_a_log_does_not_give_it_more_readers() {
    use std::os::unix::fs::PermissionsExt as _;
    let people = "date,person,kind,text\n";
    let dir = team("", &[("tasks", "data/tasks.csv"), ("people", "private/p.csv")], &[("private/p.csv", people)]);
    let mode = |file: &str| std::fs::metadata(dir.path().join(file)).unwrap().permissions().mode() & 0o777;
    let set = |file: &str, mode| {
        std::fs::set_permissions(dir.path().join(file), std::fs::Permissions::from_mode(mode)).unwrap();
    };
    let base = dir.path().to_str().unwrap();
    set("private/p.csv", 0o640);
    printed(&["add", "--team-dir", base, "--date", "2026-11-20", "person", "A", "x", "--kind", "concern"]);
    assert_eq!((mode("private/p.csv"), mode("private")), (0o600, 0o700));
    printed(&["render", base, "--as-of", "2026-11-20", "--format", "json"]);
    set("out/2026-11-20-brief-boss.json", 0o644);
    printed(&["render", base, "--as-of", "2026-11-20", "--format", "json"]);
    assert_eq!(mode("out/2026-11-20-brief-boss.json"), 0o600);
}

#[test]
fn a_lock_is_waited_for_and_its_holder_is_named() {
    let people = "date,person,kind,text\n";
    let dir = team("", &[("tasks", "data/tasks.csv"), ("people", "private/p.csv")], &[("private/p.csv", people)]);
    let held = std::fs::File::open(dir.path().join("headsup.toml")).unwrap();
    held.lock().unwrap();
    let started = std::time::Instant::now();
    let base = dir.path().to_str().unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_headsup"))
        .args(["add", "--team-dir", base, "--date", "2026-11-20", "person", "A", "x", "--kind", "concern"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(75), "{said}");
    assert!((10..30).contains(&started.elapsed().as_secs()), "{:?}", started.elapsed());
    if cfg!(target_os = "linux") {
        assert!(said.contains(&format!("(process {})", std::process::id())), "{said}");
    }
    assert_eq!(std::fs::read_to_string(dir.path().join("private/p.csv")).unwrap(), people);
}

#[test]
fn a_logo_that_unpacks_to_gigabytes_is_refused() {
    let dir = team("[brief]\nlogo = \"l.svg\"", &[("tasks", "data/tasks.csv")], &[("l.svg", "")]);
    std::fs::write(dir.path().join("l.svg"), [0x1f, 0x8b, 8, 0, 0, 0, 0, 0]).unwrap();
    let said = printed(&["render", dir.path().to_str().unwrap(), "--as-of", "2026-11-20", "--format", "html"]);
    assert!(said.contains("error[bad-logo]: the picture is compressed"), "{said}");
}

#[test]
fn a_template_of_the_team_terminates_and_its_errors_have_a_place() {
    for (file, text, wrong) in [
        ("html/brief.hbs", "", "this template is empty"),
        ("html/brief.hbs", "\n{{#each nothing.there}}{{/each}}\n", "templates/html/brief.hbs:2"),
        ("html/brief.hbs", "{{#each sections}}{{include \"brief\"}}{{/each}}", "templates/html/brief.hbs:1"),
    ] {
        let dir = team("", &[("tasks", "data/tasks.csv")], &[]);
        let path = dir.path().join("templates").join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_headsup"))
            .args(["render", dir.path().to_str().unwrap(), "--as-of", "2026-11-20", "--format", "html"])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(65), "{said}");
        assert!(said.contains(wrong), "{said}");
    }
}

/// A copy leaves out a reason that names a withheld ask. It must then never say that a milestone has no reason: this
/// would show which milestones have a hidden reason, and it would be false.
#[test]
fn a_copy_that_hides_reasons_never_says_that_a_reason_is_missing() {
    let header = "id,objective,milestone,due,agreed_due,status,reason\n";
    let row = |n: usize, reason: &str| format!("m{n},o1,Step {n},2026-11-02,2026-11-02,,{reason}\n");
    let stated = |reason: &str| {
        format!("m9,o2,Gate,2026-12-11,2026-12-11,at risk,{reason}\nm10,o2,Lane,2026-12-12,2026-12-12,at risk,\n")
    };
    let objectives = |reason: &str| format!("id,objective,status,reason\no1,Openness,,\no2,Speed,red,{reason}\n");
    let reason = "No SECRET second curator yet";
    let ask = format!("{ASKS}1,2026-11-10,Budget for a SECRET second curator,w,raised,open,,,,,,yes\n");
    let languages = [
        ("en", "reason given"),
        ("de", "Grund angegeben"),
        ("fr", "raison donnée"),
        ("es", "motivo indicado"),
        ("pt", "motivo informado"),
    ];
    // A few late milestones; so many that they are summarised; and all but one with a reason that is shown.
    for (late, shown) in [(3, ""), (8, ""), (8, "Legal has not signed")] {
        for (language, said) in languages {
            let made = |hidden: &str, asks: &str| {
                let steps: String = (0..late).map(|n| row(n, if n == 0 { hidden } else { shown })).collect();
                let sources = [
                    ("tasks", "data/tasks.csv"),
                    ("objectives", "data/o.csv"),
                    ("milestones", "data/m.csv"),
                    ("asks", "data/a.csv"),
                ];
                let files = [
                    ("data/m.csv", format!("{header}{steps}{}", stated(hidden))),
                    ("data/o.csv", objectives(hidden)),
                    ("data/a.csv", asks.to_owned()),
                ];
                let files = files.each_ref().map(|(file, text)| (*file, text.as_str()));
                team(&format!("[brief]\nlanguage = \"{language}\""), &sources, &files)
            };
            let (with, without) = (made(reason, &ask), made("", ASKS));
            let (one, other) = (copy(with.path(), "shared"), copy(without.path(), "shared"));
            assert!(one == other, "{language}, {late}: the hidden reason makes a difference");
            assert!(one.contains("Step 0") && !one.contains("SECRET"), "{language}, {late}: {one}");
            assert!(!one.contains(said), "{language}, {late}: {said}");
            // A reader who may see the reasons is told which milestones have none.
            let boss = copy(with.path(), "boss");
            assert!(boss.contains(reason) && boss.contains(said), "{language}, {late}: {boss}");
        }
    }
}
