//! Nothing confidential leaks. A team is made in which every field that some copy may not show holds a word of its own,
//! all copies are made in all formats, and each word is looked for where it must not be.

mod attacks;
mod bounds;
mod canaries;
mod delivery;
mod differential;
mod marks;
mod rolled;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use headsup::config::Format;
use headsup::pipeline::{self, Request};
use headsup::redact::Audience::{self, Boss, Me, Shared};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

/// A word planted in one field.
#[derive(Debug, Clone)]
struct Planted {
    word: String,
    /// What it stands in, for a message when it leaks.
    field: String,
    /// The copies that may hold it.
    allowed: Vec<Audience>,
    /// It must be in the manager's page: what is never printed proves nothing.
    printed: bool,
}

/// Plants words: each is new, made of letters alone, so that no format breaks or escapes it.
struct Planter {
    seed: String,
    planted: Vec<Planted>,
}

impl Planter {
    fn word(&mut self, field: &str, allowed: &[Audience], printed: bool) -> String {
        let mut n = self.planted.len();
        let mut word = format!("Zq{}", self.seed);
        for _ in 0..3 {
            word.push(char::from(b'a' + u8::try_from(n % 26).unwrap()));
            n /= 26;
        }
        self.planted.push(Planted { word: word.clone(), field: field.into(), allowed: allowed.to_vec(), printed });
        word
    }

    /// For the manager and the boss.
    fn ours(&mut self, field: &str) -> String {
        self.word(field, &[Me, Boss], true)
    }

    /// For nobody: read over, or never asked for.
    fn nobodys(&mut self, field: &str) -> String {
        self.word(field, &[], false)
    }
}

/// What the property test varies.
#[derive(Debug, Clone)]
struct Variant {
    seed: String,
    concern: &'static str,
    stage: &'static str,
    yes: &'static str,
    concerns_for_boss: bool,
}

fn variants() -> impl Strategy<Value = Variant> {
    (
        "[a-z]{6}",
        prop::sample::select(vec!["concern", "signal", "", "worry", "Konzern?"]),
        prop::sample::select(vec!["private", "agreed", "", "maybe", "PRIVATE"]),
        prop::sample::select(vec!["yes", "true", "1", "x", "Yes"]),
        any::<bool>(),
    )
        .prop_map(|(seed, concern, stage, yes, concerns_for_boss)| Variant {
            seed,
            concern,
            stage,
            yes,
            concerns_for_boss,
        })
}

/// Writes the team; returns what was planted.
fn team(dir: &Path, variant: &Variant) -> Vec<Planted> {
    let Variant { seed, concern, stage, yes, concerns_for_boss } = variant;
    let mut p = Planter { seed: seed.clone(), planted: Vec::new() };
    let write = |file: &str, text: String| {
        let path = dir.join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let headlines = [p.word("headline of me", &[Me], true), p.word("headline of boss", &[Me, Boss], false)];
    let private_file = p.word("file in private/", &[Me], false);
    let members = [p.word("member without a highlight", &[Me], true)];

    let concern_allowed: &[Audience] = if *concerns_for_boss { &[Me, Boss] } else { &[Me] };
    let c = |p: &mut Planter, field: &str| p.word(field, concern_allowed, true);
    let mut people = "date,person,kind,text,ask,hypothesis,next_step,confidential\n".to_owned();
    let row = [
        c(&mut p, "concern: person"),
        concern.to_string(),
        c(&mut p, "concern: text"),
        p.word("concern: ask", concern_allowed, false),
        c(&mut p, "concern: hypothesis"),
        c(&mut p, "concern: next step"),
    ];
    people += &format!("2026-11-18,{},\n", row.join(","));
    let row = [
        p.ours("highlight, confidential: person"),
        "highlight".into(),
        p.ours("highlight, confidential: text"),
        p.ours("highlight, confidential: ask"),
        p.nobodys("highlight: hypothesis"),
        p.nobodys("highlight: next step"),
    ];
    // The manager's own notes may come to the manager.
    for planted in p.planted.iter_mut().rev().take(2) {
        planted.allowed = vec![Me];
    }
    people += &format!("2026-11-18,{},{yes}\n", row.join(","));
    people += &format!("2026-11-18,Open Person,highlight,built the sheet,{},,,\n", p.ours("highlight: wish"));
    let row = [p.ours("highlight in private/: person"), p.ours("highlight in private/: text")];
    people += &format!("2026-11-18,{},highlight,{},,,,\n", row[0], row[1]);
    write(&format!("private/{private_file}.csv"), people);
    let row = [p.ours("raised ask in private/: text"), p.ours("raised ask in private/: why")];
    let asks =
        format!("id,asked_on,kind,text,why,stage,status\np1,2026-11-10,decision,{},{},raised,open\n", row[0], row[1]);
    write(&format!("private/asks{private_file}.csv"), asks);

    let mut asks = "id,asked_on,kind,text,why,recommendation,alternative,if_not,objective,milestone,from_team,needed_by,stage,status,answered_on,answer,confidential\n".to_owned();
    for (id, stage, confidential) in [("a1", *stage, ""), ("a2", "raised", *yes)] {
        let f = |what: &str| format!("ask {id}: {what}");
        let row = [
            format!("{id}{}", p.word(&f("id"), &[Me, Boss], false)),
            "2026-11-10,decision".into(),
            p.ours(&f("text")),
            p.ours(&f("why")),
            p.word(&f("recommendation"), &[Me, Boss], false),
            p.word(&f("alternative"), &[Me, Boss], false),
            p.word(&f("if not"), &[Me, Boss], false),
            "Speed".into(),
            String::new(),
            p.word(&f("from team"), &[Me, Boss], false),
            "2026-11-25".into(),
            stage.to_string(),
            "open,,".into(),
        ];
        asks += &format!("{},{confidential}\n", row.join(","));
    }
    let row = [p.ours("granted ask: text"), p.ours("granted ask: answer")];
    asks += &format!("a3,2026-11-01,decision,{},,,,,,,,,{stage},granted,2026-11-18,{},\n", row[0], row[1]);
    asks += "a4,2026-11-10,decision,An open question,,,,,Speed,,,2026-11-26,raised,open,,,\n";
    write("data/asks.csv", asks);

    let wins = [
        p.ours("win: text"),
        p.word("win: amount", &[Me, Boss], false),
        p.word("win: evidence", &[Me, Boss], false),
        p.word("win: validated by", &[Me, Boss], false),
        p.word("win: with team", &[Me, Boss], false),
        p.word("win: people", &[Me, Boss], false),
    ];
    write(
        "data/wins.csv",
        format!(
            "date,text,kind,amount,evidence,validated_by,with_team,people,confidential\n2026-11-18,{},feature,{},{},{},{},{},{yes}\n2026-11-18,An open win,feature,,,,,,\n",
            wins[0], wins[1], wins[2], wins[3], wins[4], wins[5]
        ),
    );
    let goals = [
        p.ours("my goal"),
        p.word("my goal: target", &[Me, Boss], false),
        p.word("my goal: note", &[Me, Boss], false),
        p.ours("my goal: feedback"),
        p.ours("team goal, confidential"),
    ];
    write(
        "data/goals.csv",
        format!(
            "goal,who,target,progress,note,date,feedback,confidential\n{},me,{},20%,{},2026-11-10,{},\n{},team,,30%,,2026-11-10,,{yes}\nAn open goal,team,,40%,,2026-11-10,,\n",
            goals[0], goals[1], goals[2], goals[3], goals[4]
        ),
    );

    let milestones = [
        p.ours("milestone: name"),
        p.ours("milestone: reason"),
        p.word("milestone: alias", &[Me, Boss], false),
        p.word("milestone: id", &[Me, Boss], false),
    ];
    write(
        "data/milestones.csv",
        format!(
            "id,objective,milestone,agreed_due,due,progress,reason,aliases,confidential\nopen,Speed,An open milestone,2026-12-11,2026-12-11,,,,\n{},Speed,{},2026-11-06,2026-12-18,20%,{},{},{yes}\n",
            milestones[3], milestones[0], milestones[1], milestones[2]
        ),
    );
    let agreed = p.word("agreement about a confidential milestone", &[Me, Boss], false);
    write(
        "data/agreements.csv",
        format!("date,milestone,what,from,to,with\n2026-11-18,{},scope,{agreed},{agreed},{agreed}\n", milestones[3]),
    );

    let mut tasks = "key,title,type,milestone,status,created,done_on,assignee,labels,secret column\n".to_owned();
    for n in 0..6 {
        let done = if n % 2 == 0 { "done,2026-10-05,2026-11-18" } else { "doing,2026-10-05," };
        tasks += &format!("T-{n},Open task {n},task,open,{done},,,\n");
    }
    for (n, done) in [(7, "done,2026-10-05,2026-11-18"), (8, "doing,2026-10-05,")] {
        let title = p.word(&format!("task {n}: title"), &[Me], false);
        let row = [
            p.word(&format!("task {n}: key"), &[Me], false),
            title,
            "task".into(),
            "open".into(),
            done.into(),
            p.nobodys(&format!("task {n}: assignee")),
            format!("\"hr, {}\"", p.word(&format!("task {n}: label"), &[Me], false)),
            p.nobodys(&format!("task {n}: a column nobody asked for")),
        ];
        tasks += &format!("{}\n", row.join(","));
    }
    let loose = [p.word("task of no milestone: title", &[Me], false), p.word("milestone value of it", &[Me], false)];
    tasks += &format!("T-9,{},task,{},todo,2026-10-05,,,hr,\n", loose[0], loose[1]);
    write("data/tasks.csv", tasks);

    write(
        "headsup.toml",
        format!(
            "[team]\nname = \"Curation\"\nmanager = \"Dana\"\nmanager_email = \"dana@example.org\"\nboss = \"Alex\"\nmembers = [\"Open Person\", \"{}\"]\n\
[brief]\npages = 6\nconfidential_labels = [\"hr\"]\nconcerns = {concerns_for_boss}\n[brief.headline]\nme = \"{}\"\nboss = \"{}\"\n[brief.every]\n\"for me\" = 1\n{}",
            members[0],
            headlines[0],
            headlines[1],
            [
                ("people", format!("private/{private_file}.csv")),
                ("asks", "data/asks.csv".into()),
                ("asks", format!("private/asks{private_file}.csv")),
                ("wins", "data/wins.csv".into()),
                ("goals", "data/goals.csv".into()),
                ("milestones", "data/milestones.csv".into()),
                ("agreements", "data/agreements.csv".into()),
                ("tasks", "data/tasks.csv".into()),
            ]
            .iter()
            .map(|(table, file)| format!("[[source]]\ntable = \"{table}\"\nfile = \"{file}\"\n"))
            .collect::<String>()
        ),
    );
    p.planted
}

/// All that can be read out of a PDF: its text as pages show it, and every stream and string of it, unpacked.
fn unpacked(pdf: &[u8]) -> String {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), pdf).unwrap();
    let run = |program: &str, args: &[&str]| {
        let output =
            Command::new(program).args(args).output().unwrap_or_else(|e| panic!("{program}: {e}; run .ci/tools"));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let path = file.path().to_str().unwrap();
    let mut all = run("pdftotext", &["-raw", path, "-"]).replace("-\n", "").replace('\n', "");
    let raw = Command::new("qpdf").args(["--qdf", "--object-streams=disable", path, "-"]).output();
    let raw = raw.unwrap_or_else(|e| panic!("qpdf: {e}; run .ci/tools")).stdout;
    all += &String::from_utf8_lossy(&raw);
    // Strings of a PDF may be UTF-16: every other byte is the letter.
    all.extend(raw.iter().filter(|byte| **byte != 0).map(|byte| char::from(*byte)));
    all += &run("pdfinfo", &[path]);
    all += &run("pdfinfo", &["-meta", path]);
    all
}

/// Everything that one copy consists of, by name.
fn outputs(dir: &Path, audience: Audience) -> Vec<(String, String)> {
    let request = Request {
        as_of: "2026-11-20".parse().unwrap(),
        on: None,
        since: None,
        audience,
        formats: Some(vec![Format::Pdf, Format::Html, Format::Md, Format::Txt, Format::Json]),
    };
    let made = pipeline::run(dir, &request).unwrap_or_else(|failure| panic!("{failure:?}"));
    let mut all: Vec<(String, String)> = made
        .files
        .iter()
        .map(|(format, bytes)| {
            let text = match format {
                Format::Pdf => unpacked(bytes),
                _ => String::from_utf8(bytes.clone()).unwrap(),
            };
            (format!("{format:?}"), text)
        })
        .collect();
    all.push(("file name".into(), made.file_name(Format::Pdf)));
    all
}

/// What `headsup` prints when a person runs it, on both streams, and the files it makes.
fn printed(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_headsup"))
        .args(args)
        .env_remove("CI")
        .env_remove("GITHUB_ACTIONS")
        .output()
        .unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// What a command makes. What it says beside that is for the manager, whom it tells which asks are left out.
fn sent(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_headsup"))
        .args(args)
        .env_remove("CI")
        .env_remove("GITHUB_ACTIONS")
        .output()
        .unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
#[ignore = "needs .ci/tools"]
fn no_planted_word_is_where_it_must_not_be() {
    let mut runner = TestRunner::new_with_rng(
        Config { cases: 10, failure_persistence: None, ..Config::default() },
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    runner
        .run(&variants(), |variant| {
            let dir = tempfile::tempdir().unwrap();
            let planted = team(dir.path(), &variant);
            for audience in [Me, Boss, Shared] {
                for (name, text) in outputs(dir.path(), audience) {
                    for word in planted.iter().filter(|word| !word.allowed.contains(&audience)) {
                        prop_assert!(
                            !text.contains(&word.word),
                            "{} is in {name} of the {} copy",
                            word.field,
                            audience.name()
                        );
                    }
                    if audience == Me && name == "Html" {
                        for word in planted.iter().filter(|word| word.printed) {
                            prop_assert!(
                                text.contains(&word.word),
                                "{} is nowhere, so its absence proves nothing",
                                word.field
                            );
                        }
                    }
                }
            }
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn calendar_mail_and_batch_hold_the_shared_copy_alone() {
    let root = tempfile::tempdir().unwrap();
    let dir = root.path().join("team");
    let variant =
        Variant { seed: "delive".into(), concern: "concern", stage: "private", yes: "yes", concerns_for_boss: true };
    let planted = team(&dir, &variant);
    let base = dir.to_str().unwrap();
    let said = [
        sent(&["invite", base, "--as-of", "2026-11-20", "--out", "-"]).replace("\r\n ", ""),
        sent(&["mail", base, "--as-of", "2026-11-20", "--to", "x@example.org", "--out", "-"]),
        printed(&["batch", root.path().to_str().unwrap(), "--as-of", "2026-11-20"]),
        std::fs::read_to_string(root.path().join("out/index.html")).unwrap(),
        std::fs::read_to_string(root.path().join("out/batch.json")).unwrap(),
    ];
    for (n, text) in said.iter().enumerate() {
        for word in planted.iter().filter(|word| !word.allowed.contains(&Shared)) {
            // Its own messages are the manager's, on the manager's terminal; a file name there is no leak.
            if n < 3 && word.field == "file in private/" {
                continue;
            }
            assert!(!text.contains(&word.word), "{} is in output {n}: {text}", word.field);
        }
    }
}

#[test]
fn snapshots_hold_no_concern_and_no_sentence() {
    let dir = tempfile::tempdir().unwrap();
    let variant =
        Variant { seed: "snapsh".into(), concern: "signal", stage: "private", yes: "yes", concerns_for_boss: true };
    let planted = team(dir.path(), &variant);
    printed(&["render", dir.path().to_str().unwrap(), "--as-of", "2026-11-20", "--for", "me", "--format", "json"]);
    let snapshot = std::fs::read_to_string(dir.path().join("out/2026-11-20-snapshot.json")).unwrap();
    let ids: BTreeSet<&str> =
        planted.iter().filter(|word| snapshot.contains(&word.word)).map(|word| word.field.as_str()).collect();
    assert_eq!(ids, BTreeSet::new(), "{snapshot}");
}

#[test]
fn an_error_in_a_private_table_names_the_place_and_not_the_text() {
    let dir = tempfile::tempdir().unwrap();
    let variant =
        Variant { seed: "errors".into(), concern: "concern", stage: "private", yes: "yes", concerns_for_boss: false };
    let planted = team(dir.path(), &variant);
    for entry in ["private", "data"] {
        for file in std::fs::read_dir(dir.path().join(entry)).unwrap() {
            let path = file.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            std::fs::write(&path, text.replace("2026-11-18", "the 18th").replace("2026-11-10", "the 10th")).unwrap();
        }
    }
    for format in ["text", "json", "github"] {
        let said = printed(&["check", dir.path().to_str().unwrap(), "--as-of", "2026-11-20", "--format", format]);
        assert!(said.contains("asks.csv"), "{said}");
        let quoted = ["concern", "highlight", "ask", "granted ask", "my goal", "team goal", "agreement"];
        for word in planted.iter().filter(|word| quoted.iter().any(|table| word.field.starts_with(table))) {
            assert!(!said.contains(&word.word), "{format}: {} is quoted: {said}", word.field);
        }
    }
}

/// headsup as a CI job runs it: everything that it says ends in a log that more people read than the brief.
fn logged(dir: &Path, args: &[&str]) -> String {
    let summary = dir.join("summary.md");
    let output = Command::new(env!("CARGO_BIN_EXE_headsup"))
        .args(args)
        .envs([("CI", "true"), ("GITHUB_ACTIONS", "true")])
        .env("GITHUB_STEP_SUMMARY", &summary)
        .output()
        .unwrap();
    let summary = std::fs::read_to_string(summary).unwrap_or_default();
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr) + &summary
}

/// Exchanges text in one file of a team.
fn change(dir: &Path, file: &str, from: &str, to: &str) {
    let text = std::fs::read_to_string(dir.join(file)).unwrap();
    assert!(text.contains(from), "{file} has no {from}");
    std::fs::write(dir.join(file), text.replace(from, to)).unwrap();
}

#[test]
fn the_log_of_a_ci_job_tells_no_more_than_the_shared_copy() {
    let root = tempfile::tempdir().unwrap();
    let dir = root.path().join("team");
    let variant =
        Variant { seed: "thelog".into(), concern: "concern", stage: "private", yes: "yes", concerns_for_boss: true };
    let planted = team(&dir, &variant);
    let base = dir.to_str().unwrap();
    let check = |step: &str, said: String| {
        assert!(!said.is_empty(), "{step} says nothing");
        // The names of files are those of the repository that the job runs in.
        for word in planted.iter().filter(|word| !word.allowed.contains(&Shared) && word.field != "file in private/") {
            assert!(!said.contains(&word.word), "{step}: {} is in the log: {said}", word.field);
        }
    };
    let day = ["--as-of", "2026-11-20"];
    check("render", logged(&dir, &[&["render", base], &day[..]].concat()));
    check("week", logged(&dir, &[&["--verbose", "week", base, "--yes"], &day[..]].concat()));
    check("batch", logged(&dir, &[&["--verbose", "batch", root.path().to_str().unwrap()], &day[..]].concat()));
    let granted = planted.iter().find(|word| word.field == "ask a1: id").unwrap();
    let said = logged(&dir, &[&["record", base, "--grant", &format!("a1{}", granted.word)], &day[..]].concat());
    assert!(said.contains("history/2026-11-20.json"), "{said}");

    // A task under the key of another, a status that nobody knows, a reference that is nearly a confidential name.
    let name = &planted.iter().find(|word| word.field == "milestone: name").unwrap().word;
    change(&dir, "data/tasks.csv", "doing,2026-10-05,,", "Stalled,2026-10-05,,");
    let key = &planted.iter().find(|word| word.field == "task 7: key").unwrap().word;
    let other = &planted.iter().find(|word| word.field == "task 8: key").unwrap().word;
    change(&dir, "data/tasks.csv", other, key);
    change(&dir, "data/agreements.csv", "2026-11-18,", "2026-11-18,x");
    change(&dir, "data/wins.csv", "2026-11-18", "the 18th");
    std::fs::write(dir.join("data/objectives.csv"), "objective\nSpeed\n".to_owned() + name + "\n").unwrap();
    for format in ["text", "json", "github"] {
        check(format, logged(&dir, &[&["check", base, "--format", format], &day[..]].concat()));
    }
    check("a failing render", logged(&dir, &[&["render", base], &day[..]].concat()));
    check(
        "a failing batch",
        logged(&dir, &["--verbose", "batch", root.path().to_str().unwrap(), "--as-of", "2026-11-20"]),
    );
}

#[test]
#[ignore = "needs .ci/tools"]
fn a_win_drafted_from_a_confidential_milestone_is_said_to_the_manager_alone() {
    let dir = tempfile::tempdir().unwrap();
    let variant =
        Variant { seed: "drafts".into(), concern: "concern", stage: "raised", yes: "yes", concerns_for_boss: false };
    let planted = team(dir.path(), &variant);
    let base = dir.path().to_str().unwrap();
    let name = &planted.iter().find(|word| word.field == "milestone: name").unwrap().word;
    let text = std::fs::read_to_string(dir.path().join("data/milestones.csv")).unwrap();
    let text =
        text.replace(",reason,", ",done_on,reason,").replace(",,,,\n", ",,,,,\n").replace(",20%,", ",100%,2026-11-17,");
    std::fs::write(dir.path().join("data/milestones.csv"), text).unwrap();
    let wins = std::fs::read_to_string(dir.path().join("data/wins.csv")).unwrap();
    let said = printed(&["week", base, "--as-of", "2026-11-20", "--yes"]);
    let drafts: Vec<&str> =
        said.lines().filter(|line| line.starts_with("Finished, and not among the wins: ")).collect();
    assert!(drafts.iter().any(|line| line.contains(&format!("{name} is done"))), "{said}");
    // Finished tasks of an open milestone are an open draft; no confidential task is in it, nor in one of its own.
    assert!(drafts.iter().any(|line| line.contains("of An open milestone are finished")), "{said}");
    let holds =
        |text: &str, field: &str| planted.iter().any(|it| it.field.starts_with(field) && text.contains(&it.word));
    assert!(drafts.iter().all(|line| !holds(line, "task ")), "{said}");
    // What nobody has seen is not written.
    assert_eq!(std::fs::read_to_string(dir.path().join("data/wins.csv")).unwrap(), wins);
    for (_, text) in outputs(dir.path(), Shared) {
        assert!(!text.contains(name.as_str()));
    }
}

/// The attachments in an event or a mail, unpacked.
fn attached(text: &str) -> String {
    use base64::Engine as _;
    let flat = text.replace("\r\n ", "");
    // In a calendar a line, in a mail the lines of a part.
    let parts = flat.lines().filter_map(|line| Some(line.strip_prefix("ATTACH")?.rsplit_once(':')?.1.to_owned()));
    let mime = flat.split("\r\n\r\n").map(|part| part.split("\r\n--").next().unwrap_or(part).replace("\r\n", ""));
    let decoded =
        parts.chain(mime).filter_map(|part| base64::engine::general_purpose::STANDARD.decode(part.trim()).ok());
    decoded
        .map(
            |bytes| {
                if bytes.starts_with(b"%PDF") { unpacked(&bytes) } else { String::from_utf8_lossy(&bytes).into_owned() }
            },
        )
        .collect()
}

#[test]
#[ignore = "needs .ci/tools"]
fn what_is_attached_is_the_copy_that_may_go_there() {
    let dir = tempfile::tempdir().unwrap();
    let variant =
        Variant { seed: "attach".into(), concern: "signal", stage: "private", yes: "yes", concerns_for_boss: false };
    let planted = team(dir.path(), &variant);
    change(dir.path(), "headsup.toml", "boss = \"Alex\"", "boss = \"Alex\"\nboss_email = \"alex@example.org\"");
    let base = dir.path().to_str().unwrap();
    let event = "tests/cases/calendar/outlook.ics";
    for audience in [Boss, Shared] {
        for start in [
            &["invite", base, "--event", event][..],
            &["invite", base],
            &["mail", base, "--event", event],
            &["mail", base],
        ] {
            let args = [start, &["--as-of", "2026-11-20", "--for", audience.name(), "--out", "-"]].concat();
            let said = sent(&args);
            let inside = attached(&said);
            assert!(inside.contains("Open task 1"), "{args:?}: no brief is attached: {said}");
            for word in planted.iter().filter(|word| !word.allowed.contains(&audience)) {
                assert!(!said.contains(&word.word) && !inside.contains(&word.word), "{args:?}: {}", word.field);
            }
        }
    }
}
