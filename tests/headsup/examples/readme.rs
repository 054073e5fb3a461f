//! Compares the README and the guides in `.github` with the program.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

use super::{assert_exists, calls, commands, flags_of, help, parts, read, repository};
use crate::program::{copy, ends, headsup, s};

/// The guides that contain commands.
const GUIDES: [&str; 7] = [
    "README.md",
    ".github/REFERENCE.md",
    ".github/INSTALL.md",
    ".github/DELIVERY.md",
    ".github/CONTRIBUTING.md",
    ".github/DECISIONS.md",
    "tests/bench/README.md",
];

#[test]
fn calls_in_the_guides_exist_and_no_command_is_left_out() {
    let known = commands();
    let called: BTreeSet<String> = known.iter().cloned().chain(["help".to_owned()]).collect();
    for guide in GUIDES {
        for call in calls(&read(guide)) {
            if parts(&call).0.is_some_and(|command| command.chars().all(|c| c.is_ascii_lowercase())) {
                assert_exists(guide, &call, &called);
            }
        }
    }
    // In the table of commands, the flags of each row belong to its command.
    let reference = read(".github/REFERENCE.md");
    let table = reference.split("| of | print its schema |").next().unwrap();
    let mut named = BTreeSet::new();
    for row in table.lines().filter(|line| line.starts_with("| `headsup ")) {
        let mut codes = row.split('`').skip(1).step_by(2);
        let command = codes.next().and_then(|code| code.split_whitespace().nth(1)).unwrap();
        named.insert(command.to_owned());
        let has = flags_of(command);
        if command == "schema" {
            named.extend(codes.map(str::to_owned));
            continue;
        }
        for code in codes.filter(|code| code.starts_with("--")) {
            let flag = code.split_whitespace().next().unwrap();
            assert!(has.contains(flag), "{command} has no {flag}");
        }
    }
    assert_eq!(named, known, "the table of commands and --help");
}

#[test]
fn the_readme_is_short() {
    assert!(read("README.md").lines().count() <= 150);
}

#[test]
fn the_exit_codes_are_those_of_the_help() {
    let reference = read(".github/REFERENCE.md").split_whitespace().collect::<Vec<_>>().join(" ");
    let codes = reference.split("Exit codes: ").nth(1).and_then(|rest| rest.split(". ").next()).unwrap();
    let (help, _) = help(&[]);
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(codes.split(" · ").count(), 9, "{codes}");
    let listed = codes.trim_end_matches('.').replace('`', "").replace(" · ", " ");
    assert!(help.contains(&format!("Exit codes: {listed}")), "{codes}\n{help}");
}

/// Returns the tables and their declared fields.
fn fields() -> String {
    let mut text = "| table | what its rows are | needs | may have |\n|---|---|---|---|\n".to_owned();
    for table in headsup::tables::TABLES {
        let needs: Vec<String> = table.required.iter().map(|group| group.join(" or ")).collect();
        let is_needed = |name: &str| table.required.iter().any(|group| group.contains(&name));
        let others = table.fields.iter().map(|field| field.name).filter(|name| !is_needed(name));
        let others: Vec<&str> = others.collect();
        let row = [table.name, table.about, &needs.join(", "), &others.join(", ")].join(" | ");
        text.push_str(&format!("| {row} |\n"));
    }
    text
}

/// `HEADSUP_BLESS=1` rewrites the table of fields.
#[test]
fn the_reference_has_the_fields_of_every_table() {
    const MARKS: [&str; 2] = ["<!-- fields -->\n", "<!-- /fields -->"];
    let path = ".github/REFERENCE.md";
    let reference = read(path);
    let (before, rest) = reference.split_once(MARKS[0]).unwrap();
    let (written, after) = rest.split_once(MARKS[1]).unwrap();
    if std::env::var_os("HEADSUP_BLESS").is_some() {
        let text = [before, MARKS[0], &fields(), MARKS[1], after].concat();
        std::fs::write(repository(path), text).unwrap();
    } else {
        assert_eq!(written, fields(), "HEADSUP_BLESS=1 writes {path} anew");
    }
}

#[test]
fn the_files_of_the_guides_exist_and_the_first_steps_work() {
    let readme = read("README.md");
    for guide in GUIDES {
        let text = read(guide);
        let folder = repository(guide).parent().unwrap().to_owned();
        for (at, _) in text.match_indices("](") {
            let link = text[at + 2..].split(')').next().unwrap();
            assert!(link.starts_with("http") || folder.join(link).exists(), "{guide}: {link}");
        }
    }
    for language in read(".github/REFERENCE.md")
        .split("`[brief] language` takes ")
        .nth(1)
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .split(", ")
    {
        assert!(repository(&format!("templates/words/{language}.toml")).exists(), "{language}");
    }
    let dir = tempfile::tempdir().unwrap();
    for (name, file) in [("tasks.csv", "jira.csv"), ("metrics.csv", "metrics.csv")] {
        std::fs::copy(repository("examples/curation/data").join(file), dir.path().join(name)).unwrap();
    }
    let block = readme.split("## Your first brief").nth(1).unwrap().split("```").nth(1).unwrap();
    let steps: Vec<Vec<String>> = calls(block);
    assert_eq!(steps.len(), 3, "{block}");
    for (n, mut step) in steps.into_iter().enumerate() {
        // The second step is another way to make the folder of the first one.
        if n == 1 {
            step[1] = "other-team".into();
        }
        let output = headsup().args(&step).current_dir(dir.path()).output().unwrap();
        assert!(output.status.success(), "{step:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    let made: Vec<_> = std::fs::read_dir(dir.path().join("my-team/out")).unwrap().collect();
    assert!(made.len() >= 3, "{made:?}");
    copy(&repository("examples/curation"), &dir.path().join("examples/curation"));
    let first = readme.lines().find_map(|line| line.strip_prefix("cargo run -- ")).unwrap();
    let words = first.split('#').next().unwrap().split_whitespace();
    let output = headsup().args(words).args(["--format", "html"]).current_dir(dir.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Returns a call of the README as it would be typed in a team folder, with values for its words in capitals. Returns
/// `None` for calls that need a server or do not end; delivery.rs and watch.rs test those.
fn typed(call: &[String]) -> Vec<Vec<String>> {
    let joined = call.join(" ").replace(['[', ']'], "");
    if joined.contains("--caldav") || joined.contains("--smtp") || joined.starts_with("watch") {
        return Vec::new();
    }
    let fill = |word: &str| match word {
        "TEAM_DIR" => ".".to_owned(),
        "FILE" | "TASKS.csv" => "data/jira.csv".to_owned(),
        "ROOT" => "..".to_owned(),
        "DIR" => "new".to_owned(),
        "URL" => "https://ci.example.org/brief.pdf".to_owned(),
        other => other.to_owned(),
    };
    let row = |kind: &str| match kind {
        "person" => vec!["A. Osei".to_owned(), "A word".to_owned()],
        "agreement" => ["date", "--milestone", "SR-3", "--to", "2026-12-13"].map(str::to_owned).to_vec(),
        "win" | "ask" | "goal" | "event" | "risk" => vec!["A word".to_owned()],
        _ => Vec::new(),
    };
    // `win|ask|…` means one call for each.
    let (many, one): (Vec<&str>, Vec<&str>) = joined.split_whitespace().partition(|word| word.contains('|'));
    let Some(alternatives) = many.first() else { return vec![one.into_iter().map(fill).collect()] };
    let each = alternatives.split('|').map(|word| {
        let start = one.iter().map(|word| fill(word));
        start.chain([fill(word)]).chain(row(word)).collect::<Vec<String>>()
    });
    each.collect()
}

#[test]
fn every_call_of_the_guides_runs() {
    let readme = ["README.md", ".github/REFERENCE.md"].map(read).concat().split("```").step_by(2).collect::<String>();
    let root = tempfile::tempdir().unwrap();
    let (known, mut run) = (commands(), BTreeSet::new());
    for (n, call) in calls(&readme).into_iter().flat_map(|call| typed(&call)).enumerate() {
        // In prose, the name of the program is only a name.
        if call.first().is_none_or(|command| !known.contains(command)) || !run.insert(call.clone()) {
            continue;
        }
        let team = root.path().join("teams").join(format!("team-{n}"));
        copy(&repository("examples/curation"), &team);
        let meeting = read("tests/cases/calendar/outlook.ics").replace("Dana@example.org", "dana.reyes@example.org");
        std::fs::write(team.join("meeting.ics"), meeting).unwrap();
        let headsup = |args: &[String]| {
            let mut command = headsup();
            command.args(args).current_dir(&team).env("SOURCE_DATE_EPOCH", "1795132800").output().unwrap()
        };
        if call[0] == "record" {
            // `record` keeps the snapshot that `render` made.
            assert!(headsup(&["render", "--format", "json"].map(str::to_owned)).status.success());
        }
        // At a terminal, it asks before it changes anything.
        let consent = (call[0] == "forget").then(|| "--yes".to_owned());
        let output = headsup(&call.iter().cloned().chain(consent).collect::<Vec<String>>());
        assert!(output.status.success(), "{call:?}: {}", String::from_utf8_lossy(&output.stderr));
        std::fs::remove_dir_all(&team).unwrap();
    }
    assert!(run.len() > 20, "{run:?}");
}

/// Collects every key of the headsup.toml schema, such as `brief.headline`.
fn keys(schema: &Value, path: &str, found: &mut BTreeSet<String>) {
    for (key, below) in schema["properties"].as_object().into_iter().flatten() {
        let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        keys(below, &path, found);
        keys(&below["items"], &path, found);
        found.insert(path);
    }
}

#[test]
fn every_word_in_code_style_exists_in_the_program() {
    // Code blocks are left out, since other tests run them.
    let readme = ["README.md", ".github/REFERENCE.md"].map(read).concat().split("```").step_by(2).collect::<String>();
    let mut of_config = BTreeSet::new();
    keys(&serde_json::from_str(&ends(&["schema"], 0).0).unwrap(), "", &mut of_config);
    let known = commands();
    let mut flags: BTreeSet<String> = known.iter().flat_map(|command| help(&[command]).1).collect();
    flags.extend(help(&[]).1);
    let sources = |name: &str| {
        let found = Command::new("grep").args(["-rqF", name]).args(["src", "tests/headsup"].map(repository)).status();
        found.unwrap().success()
    };
    // These are in a team folder, not in this repository.
    let of_a_team = ["batch.json", "data/", "private/", "history/", "out/", "fonts/", "presets/", "headsup.toml"];
    let mut looked_at = 0;
    for word in readme.split('`').skip(1).step_by(2).map(|word| word.replace("\\|", "|")) {
        looked_at += 1;
        let first = word.split_whitespace().next().unwrap_or_default();
        let exists = match first {
            // Another test compares calls of headsup with its help.
            "headsup" | "cargo" => true,
            "python" => word.split_whitespace().nth(1).is_some_and(|script| repository(script).is_file()),
            _ if first.starts_with("--") => flags.contains(first),
            _ if first.starts_with('[') => {
                let section = first.trim_matches(['[', ']']);
                let key = word[first.len()..].split('=').next().unwrap_or_default().trim();
                let path = if key.is_empty() { section.to_owned() } else { format!("{section}.{key}") };
                of_config.contains(&path)
            }
            _ if of_a_team.contains(&first) => true,
            _ if first.contains(['/', '.']) => repository(first).exists(),
            _ if !first.contains(|c: char| c.is_lowercase()) => sources(first.split('=').next().unwrap_or(first)),
            _ => {
                let ends_a_key = |path: &String| path.rsplit('.').next() == Some(first);
                known.contains(first) || ["me", "boss", "shared"].contains(&first) || of_config.iter().any(ends_a_key)
            }
        };
        assert!(exists, "the README or the reference says `{word}`, and there is no such thing");
    }
    assert!(looked_at > 80, "{looked_at}");
}

/// Collects the names of fields that are in a document but not in its schema.
fn unknown(schema: &Value, root: &Value, document: &Value, path: &str, found: &mut BTreeSet<String>) {
    let mut shapes = vec![schema];
    let mut properties: Vec<&Value> = Vec::new();
    let (mut items, mut of_any_name) = (Vec::new(), Vec::new());
    while let Some(shape) = shapes.pop() {
        if let Some(name) = shape["$ref"].as_str() {
            shapes.push(root.pointer(name.trim_start_matches('#')).unwrap_or_else(|| panic!("{path}: {name}")));
        }
        for key in ["anyOf", "oneOf", "allOf"] {
            shapes.extend(shape[key].as_array().into_iter().flatten());
        }
        properties.push(&shape["properties"]);
        items.extend(Some(&shape["items"]).filter(|items| items.is_object()));
        of_any_name.extend(Some(&shape["additionalProperties"]).filter(|it| it.is_object()));
        of_any_name.extend(shape["patternProperties"].as_object().into_iter().flat_map(|it| it.values()));
    }
    match document {
        Value::Object(fields) => {
            for (name, value) in fields {
                let below = format!("{path}/{name}");
                let mut declared = properties.iter().map(|it| &it[name]).filter(|it| !it.is_null()).peekable();
                if declared.peek().is_none() && of_any_name.is_empty() {
                    found.insert(below.clone());
                }
                let shapes: Vec<Value> = declared.chain(of_any_name.iter().copied()).cloned().collect();
                unknown(&serde_json::json!({ "anyOf": shapes }), root, value, &below, found);
            }
        }
        Value::Array(values) => {
            let shape = serde_json::json!({ "anyOf": items });
            values.iter().for_each(|value| unknown(&shape, root, value, &format!("{path}[]"), found));
        }
        _ => {}
    }
}

/// Returns the JSON that headsup writes for the example, each with the name of its schema.
fn documents(root: &std::path::Path) -> Vec<(&'static str, Value)> {
    copy(&repository("examples/curation"), &root.join("teams/curation"));
    crate::program::small_team(&root.join("teams/broken"), "Broken");
    std::fs::write(root.join("teams/broken/data/milestones.csv"), "objective,milestone,due\nSpeed,A,31/31/26\n")
        .unwrap();
    let (teams, out) = (root.join("teams"), root.join("out"));
    ends(&["batch", s(&teams), "--as-of", "2026-11-20", "--for", "me", "--format", "json", "--out", s(&out)], 1);
    let file = |path: &str| serde_json::from_slice(&std::fs::read(out.join(path)).unwrap()).unwrap();
    let printed = |args: &[&str]| serde_json::from_slice(&headsup().args(args).output().unwrap().stdout).unwrap();
    vec![
        ("batch", file("batch.json")),
        ("brief", file("curation/2026-11-20-brief-me.json")),
        ("snapshot", file("curation/2026-11-20-snapshot.json")),
        ("inspect", printed(&["inspect", s(&teams.join("curation/data/jira.csv")), "--format", "json"])),
        ("inspect", printed(&["inspect", s(&teams.join("broken/data/milestones.csv")), "--format", "json"])),
        ("problems", printed(&["check", s(&teams.join("broken")), "--format", "json"])),
    ]
}

#[test]
fn every_field_that_is_written_is_in_its_schema() {
    let root = tempfile::tempdir().unwrap();
    for (name, document) in documents(root.path()) {
        let schema: Value = serde_json::from_str(&ends(&["schema", name], 0).0).unwrap();
        let mut found = BTreeSet::new();
        unknown(&schema, &schema, &document, "", &mut found);
        assert!(found.is_empty(), "{name}: {found:?}");
    }
}

#[test]
#[ignore = "needs .ci/tools"]
fn written_json_is_valid_by_its_schema() {
    let root = tempfile::tempdir().unwrap();
    for (name, document) in documents(root.path()) {
        let (schema, file) =
            (root.path().join(format!("{name}-schema.json")), root.path().join(format!("{name}.json")));
        std::fs::write(&schema, ends(&["schema", name], 0).0).unwrap();
        std::fs::write(&file, document.to_string()).unwrap();
        let check = crate::program::tool("python/bin/check-jsonschema");
        let (content, said) = crate::program::peer(check, &["--schemafile", s(&schema), s(&file)]);
        assert!(content, "{name}: {said}");
    }
}
