//! README and the guides in `.github`, held against the program.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

use super::{assert_exists, calls, commands, flags_of, help, parts, read, repository};
use crate::program::{copy, ends, headsup, s};

#[test]
fn what_the_readme_calls_exists_and_no_command_is_left_out() {
    let (readme, known) = (read("README.md"), commands());
    let calls = calls(&readme);
    assert!(calls.len() > 20, "{calls:?}");
    for call in &calls {
        if parts(call).0.is_some_and(|command| command.chars().all(|c| c.is_ascii_lowercase())) {
            assert_exists("README.md", call, &known);
        }
    }
    // The table of commands: each row's flags are of its command.
    let table: Vec<&str> = readme.lines().filter(|line| line.starts_with("| `headsup ")).collect();
    let mut named = BTreeSet::new();
    for row in &table {
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
    assert_eq!(named, known, "the README's table and --help");
}

#[test]
fn the_readme_s_exit_codes_are_those_of_the_help() {
    let readme = read("README.md").split_whitespace().collect::<Vec<_>>().join(" ");
    let codes = readme.split("Exit codes: ").nth(1).and_then(|rest| rest.split(". ").next()).unwrap();
    let (help, _) = help(&[]);
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(codes.split(" · ").count(), 9, "{codes}");
    assert!(help.contains(&format!("Exit codes: {}", codes.trim_end_matches('.').replace('`', ""))), "{codes}\n{help}");
}

#[test]
fn the_readme_s_fields_are_read_under_their_names() {
    let readme = read("README.md");
    let rows = readme.split("| table | needs | may have |").nth(1).unwrap().lines().skip(2);
    let dir = tempfile::tempdir().unwrap();
    let mut tables = 0;
    for row in rows.take_while(|row| row.starts_with('|')) {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let (table, words) = (cells[0], format!("{}, {}", cells[1].replace(" or ", ", "), cells[2]));
        tables += 1;
        // A metrics file has a column a metric, which no list can name.
        if table == "metrics" {
            continue;
        }
        // A list in brackets names the words of a field.
        let mut fields = String::new();
        let mut depth = 0;
        for c in words.chars() {
            match c {
                '(' => depth += 1,
                ')' => depth -= 1,
                c if depth == 0 => fields.push(c),
                _ => {}
            }
        }
        let fields: Vec<&str> = fields.split(',').map(str::trim).filter(|field| !field.contains(' ')).collect();
        let file = dir.path().join(format!("{table}.csv"));
        std::fs::write(&file, fields.join(",") + "\n").unwrap();
        let output = headsup().args(["inspect", s(&file), "--table", table, "--format", "json"]).output().unwrap();
        let read: Value = serde_json::from_slice(&output.stdout).unwrap();
        let found: Vec<&str> =
            read["columns"].as_array().unwrap().iter().filter_map(|column| column["field"].as_str()).collect();
        assert_eq!(found, fields, "{table}");
    }
    assert_eq!(tables, 10);
}

#[test]
fn the_readme_s_files_exist_and_its_first_steps_work() {
    let readme = read("README.md");
    for (at, _) in readme.match_indices("](") {
        let link = readme[at + 2..].split(')').next().unwrap();
        assert!(link.starts_with("http") || repository(link).exists(), "{link}");
    }
    for language in readme.split("`[brief] language` takes ").nth(1).unwrap().split(';').next().unwrap().split(", ") {
        assert!(repository(&format!("templates/words/{language}.toml")).exists(), "{language}");
    }
    let dir = tempfile::tempdir().unwrap();
    for (name, file) in [("tasks.csv", "jira.csv"), ("metrics.csv", "metrics.csv")] {
        std::fs::copy(repository("examples/curation/data").join(file), dir.path().join(name)).unwrap();
    }
    let block = readme.split("## Your own team in five minutes").nth(1).unwrap().split("```").nth(1).unwrap();
    let steps: Vec<Vec<String>> = calls(block);
    assert_eq!(steps.len(), 3, "{block}");
    for (n, mut step) in steps.into_iter().enumerate() {
        // The second step is another way to the first one's folder.
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

/// A call of the README as somebody would type it in a team's folder: its words in capitals filled in. None: what needs
/// a server, or runs until it is ended; delivery.rs and watch.rs try those.
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
        "win" | "ask" | "goal" => vec!["A word".to_owned()],
        _ => Vec::new(),
    };
    // `win|ask|…` is a call for each.
    let (many, one): (Vec<&str>, Vec<&str>) = joined.split_whitespace().partition(|word| word.contains('|'));
    let Some(alternatives) = many.first() else { return vec![one.into_iter().map(fill).collect()] };
    let each = alternatives.split('|').map(|word| {
        let start = one.iter().map(|word| fill(word));
        start.chain([fill(word)]).chain(row(word)).collect::<Vec<String>>()
    });
    each.collect()
}

#[test]
fn every_call_of_the_readme_runs() {
    let readme = read("README.md").split("```").step_by(2).collect::<String>();
    let root = tempfile::tempdir().unwrap();
    let (known, mut run) = (commands(), BTreeSet::new());
    for (n, call) in calls(&readme).into_iter().flat_map(|call| typed(&call)).enumerate() {
        // In prose the name of the program is a name.
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
            // It keeps what `render` made.
            assert!(headsup(&["render", "--format", "json"].map(str::to_owned)).status.success());
        }
        let output = headsup(&call);
        assert!(output.status.success(), "{call:?}: {}", String::from_utf8_lossy(&output.stderr));
        std::fs::remove_dir_all(&team).unwrap();
    }
    assert!(run.len() > 20, "{run:?}");
}

/// Every key that the schema of headsup.toml knows, as `brief.headline`.
fn keys(schema: &Value, path: &str, found: &mut BTreeSet<String>) {
    for (key, below) in schema["properties"].as_object().into_iter().flatten() {
        let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        keys(below, &path, found);
        keys(&below["items"], &path, found);
        found.insert(path);
    }
}

/// The fields that the README names for `of`, sorted.
fn documented(of: &str) -> Vec<String> {
    let readme = read("README.md");
    let row = readme.lines().find(|line| line.starts_with(&format!("| {of} |"))).unwrap_or_else(|| panic!("no {of}"));
    let mut fields: Vec<String> =
        row.split('|').nth(3).unwrap_or_default().split(',').map(|field| field.trim().to_owned()).collect();
    fields.sort();
    fields
}

#[test]
fn the_fields_of_json_are_those_that_the_readme_names() {
    let fields = |value: &Value| {
        let mut fields: Vec<String> = value.as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect();
        fields.sort();
        fields
    };
    let json = |args: &[&str]| serde_json::from_slice::<Value>(&headsup().args(args).output().unwrap().stdout).unwrap();
    let team = repository("examples/curation");
    let render = ["render", s(&team), "--as-of", "2026-11-20", "--format", "json", "--out", "-"];
    assert_eq!(fields(&json(&render)), documented("`headsup render --format json`"));
    let inspected = json(&["inspect", s(&team.join("data/jira.csv")), "--format", "json"]);
    assert_eq!(fields(&inspected), documented("`headsup inspect FILE --format json`"));
    assert_eq!(fields(&inspected["columns"][0]), documented("its columns"));
    assert_eq!(fields(&json(&["check", s(&team), "--format", "json"])), documented("`headsup check --format json`"));
    assert_eq!(
        fields(&json(&["backtest", s(&team), "--format", "json"])),
        documented("`headsup backtest --format json`")
    );
    for snapshot in std::fs::read_dir(team.join("history")).unwrap() {
        let snapshot = serde_json::from_slice(&std::fs::read(snapshot.unwrap().path()).unwrap()).unwrap();
        assert_eq!(fields(&snapshot), documented("a snapshot in `history/`"));
    }
}

#[test]
fn every_word_in_code_is_one_of_the_program() {
    // Outside of blocks, which other tests run.
    let readme = read("README.md").split("```").step_by(2).collect::<String>();
    let mut of_config = BTreeSet::new();
    keys(&serde_json::from_str(&ends(&["schema"], 0).0).unwrap(), "", &mut of_config);
    let known = commands();
    let mut flags: BTreeSet<String> = known.iter().flat_map(|command| help(&[command]).1).collect();
    flags.extend(help(&[]).1);
    let sources = |name: &str| {
        let found = Command::new("grep").args(["-rqF", name]).args(["src", "tests/headsup"].map(repository)).status();
        found.unwrap().success()
    };
    // What stands in a team's folder, not in this one.
    let of_a_team = ["data/", "private/", "history/", "out/", "fonts/", "presets/", "headsup.toml"];
    let mut looked_at = 0;
    for word in readme.split('`').skip(1).step_by(2).map(|word| word.replace("\\|", "|")) {
        looked_at += 1;
        let first = word.split_whitespace().next().unwrap_or_default();
        let exists = match first {
            // Calls of headsup are held against its help by another test.
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
        assert!(exists, "the README says `{word}`, and there is no such thing");
    }
    assert!(looked_at > 80, "{looked_at}");
}

/// Collects the names of fields that are in a document and not in its schema.
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

/// What headsup writes as JSON for the example, each with the name of its schema.
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
fn what_is_written_is_valid_by_its_schema() {
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
