//! Tests of the examples for schedulers and clusters: cron, systemd, Kubernetes.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

use super::{assert_exists, calls, commands, parts, python, read};
use crate::program::{peer, s, small_team};

const UNITS: [&str; 3] = ["headsup-batch.service", "headsup-batch.timer", "headsup-batch-failed.service"];

#[test]
#[ignore = "needs .ci/tools"]
fn systemd_accepts_the_units_as_valid_and_confined() {
    let dir = tempfile::tempdir().unwrap();
    for unit in UNITS {
        // The tool requires the program at the path in the unit.
        let text = read(&format!("examples/schedule/{unit}"));
        let text = text.replace("/usr/local/bin/headsup", env!("CARGO_BIN_EXE_headsup"));
        std::fs::write(dir.path().join(unit), text).unwrap();
    }
    let units = UNITS.map(|unit| dir.path().join(unit));
    let verify = [&["verify", "--man=no"][..], &units.each_ref().map(|unit| s(unit))].concat();
    let (content, said) = peer("systemd-analyze", &verify);
    assert!(content && said.is_empty(), "{said}");
    // The score goes from 0, fully confined, to 10; up to 2.0 counts as OK.
    let (content, said) = peer("systemd-analyze", &["security", "--offline=true", "--threshold=20", s(&units[0])]);
    assert!(content, "{said}");
}

#[test]
fn every_call_in_an_example_is_valid() {
    let known = commands();
    for (file, wanted) in [
        ("examples/ci/github.yml", 3),
        ("examples/ci/gitlab.yml", 3),
        ("examples/kubernetes/batch.yaml", 2),
        ("examples/schedule/crontab", 1),
        ("examples/schedule/headsup-batch.service", 1),
    ] {
        let calls: Vec<_> = calls(&read(file)).into_iter().filter(|call| parts(call).0 != Some("--version")).collect();
        assert!(calls.len() >= wanted, "{file}: {calls:?}");
        calls.iter().for_each(|call| assert_exists(file, call, &known));
    }
}

/// The scripts of the jobs, adapted to folders on this machine.
struct Cluster {
    root: tempfile::TempDir,
}

impl Cluster {
    fn run(&self, container: &Value, job: &str, index: u64) -> (Option<i32>, String) {
        let words: Vec<&str> = ["command", "args"]
            .iter()
            .filter_map(|part| container[part].as_array())
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        assert_eq!(words[..2], ["/bin/sh", "-c"]);
        let root = self.root.path();
        let script = words[2]
            .replace("/teams", s(&root.join("teams")))
            .replace("/briefs", s(&root.join("briefs")))
            .replace("sleep 30", "sleep 0")
            .replace("tries=120", "tries=2")
            .replace("headsup ", &format!("{} ", env!("CARGO_BIN_EXE_headsup")));
        let output = Command::new("/bin/sh")
            .args(["-c", &script])
            .env("JOB_COMPLETION_INDEX", index.to_string())
            .env("JOB", job)
            .env_remove("SOURCE_DATE_EPOCH")
            .output()
            .unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

/// Runs sixteen pods, then the one that merges, as Kubernetes does, with its rules for exit codes.
#[test]
#[ignore = "needs .ci/tools"]
fn the_pods_of_the_cluster_make_all_briefs() {
    let jobs = python(
        "import json, sys, yaml; print(json.dumps(list(yaml.safe_load_all(open(sys.argv[1])))))",
        &["examples/kubernetes/batch.yaml"],
    );
    let (shards, merge) = (&jobs[0]["spec"]["jobTemplate"]["spec"], &jobs[1]["spec"]["jobTemplate"]["spec"]);
    assert_eq!(jobs[0]["spec"]["schedule"], jobs[1]["spec"]["schedule"]);
    let pod = &shards["template"]["spec"];
    let (container, merging) = (&pod["containers"][0], &merge["template"]["spec"]["containers"][0]);
    assert_eq!((&shards["completionMode"], &shards["completions"]), (&"Indexed".into(), &shards["parallelism"]));
    // Kubernetes accepts a failure policy only with this setting, and only for a container of the pod.
    assert_eq!(pod["restartPolicy"], "Never");
    let rule = &shards["podFailurePolicy"]["rules"][0]["onExitCodes"];
    assert_eq!(rule["containerName"], container["name"]);
    for pod in [pod, &merge["template"]["spec"]] {
        let context = &pod["securityContext"];
        assert_eq!((&context["runAsNonRoot"], &context["runAsUser"]), (&true.into(), &context["fsGroup"]));
    }
    let names = |pod: &Value, list: &str| -> BTreeSet<String> {
        pod[list].as_array().unwrap().iter().map(|v| v["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(pod, "volumes"), names(container, "volumeMounts"));

    let cluster = Cluster { root: tempfile::tempdir().unwrap() };
    let teams = cluster.root.path().join("teams");
    for name in ["Intake", "Quality", "Speed"] {
        small_team(&teams.join(name), name);
    }
    // This is 2026-11-20, 00:00 UTC, in minutes, which the CronJob controller puts into the names of its Jobs.
    let (job, merge_job) = ("headsup-shards-29918880", "headsup-merge-29918880");
    let pods = shards["completions"].as_u64().unwrap();
    for index in 0..pods - 1 {
        assert_eq!(cluster.run(container, job, index).0, Some(0));
    }
    // One pod is late, and no page is made from fifteen parts.
    let (code, said) = cluster.run(merging, merge_job, 0);
    assert_eq!((code, said.contains("missing 16/16")), (Some(2), true), "{said}");
    assert_eq!(cluster.run(container, job, pods - 1).0, Some(0));
    assert_eq!(cluster.run(merging, merge_job, 0).0, Some(0));
    let page = std::fs::read_to_string(cluster.root.path().join("briefs/index.html")).unwrap();
    assert_eq!(page.matches("<tr id=\"t").count(), 3, "{page}");
    // In the week after, before any pod has run, last week's shards are not used.
    let (code, said) = cluster.run(merging, "headsup-merge-29928960", 0);
    assert_eq!((code, said.contains("not as of 2026-11-27: batch-1-of-16.json")), (Some(2), true), "{said}");
    // A broken team does not fail its pod, but an invalid call does, with the exit code in the policy.
    std::fs::write(teams.join("Speed/headsup.toml"), "[team]\n").unwrap();
    let codes: Vec<Option<i32>> = (0..pods).map(|index| cluster.run(container, job, index).0).collect();
    assert!(codes.iter().all(|code| *code == Some(0)), "{codes:?}");
    let mut wrong = container.clone();
    wrong["args"][0] = container["args"][0].as_str().unwrap().replace("--shard", "--shards").into();
    let (code, _) = cluster.run(&wrong, job, 0);
    assert!(rule["values"].as_array().unwrap().iter().any(|value| value.as_i64() == code.map(i64::from)), "{code:?}");
}
