//! Tests of the table of risks from its file to the page: order, changes, levels in any language, and who sees them.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

const CONFIG: &str = "[team]\nname = \"Curation\"\nmanager = \"Dana\"\nboss = \"Alex\"\n[[source]]\ntable = \"risks\"\nfile = \"risks.csv\"\n[[source]]\ntable = \"milestones\"\nfile = \"milestones.csv\"\n";

fn folder(risks: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("headsup.toml"), CONFIG).unwrap();
    std::fs::write(dir.path().join("risks.csv"), risks).unwrap();
    std::fs::write(dir.path().join("milestones.csv"), "id,milestone,agreed_due\nM1,Pilot,2026-12-18\n").unwrap();
    dir
}

fn headsup(dir: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_headsup"));
    let output =
        command.args(arguments).current_dir(dir).env_remove("CI").env_remove("GITHUB_ACTIONS").output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn render(dir: &Path, copy: &str, format: &str) -> String {
    let dates = ["--as-of", "2026-11-20", "--since", "2026-11-13"];
    headsup(dir, &[&["render", "--for", copy, "--format", format, "--out", "-"][..], &dates].concat())
}

fn risks(dir: &Path, copy: &str) -> Vec<Value> {
    let brief: Value = serde_json::from_str(&render(dir, copy, "json")).unwrap();
    brief["risks"].as_array().unwrap().clone()
}

const REGISTER: &str = "id,date,risk,likelihood,impact,mitigation,status,confidential\n\
    R-1,2026-11-02,Feed switched off,low,high,a mirror,open,\n\
    R-2,2026-11-02,One signer,medium,medium,,open,\n\
    R-3,2026-11-02,Office move,low,low,,open,\n\
    R-4,2026-11-02,Old licence,low,medium,,open,\n\
    R-2,2026-11-18,One signer,high,medium,,open,\n\
    R-3,2026-11-18,Office move,low,low,,closed,\n\
    R-5,2026-11-17,Sale of the product line,very high,high,,open,yes\n";

#[test]
fn the_largest_risks_come_first_with_changes_since_the_last_meeting() {
    let dir = folder(REGISTER);
    let found: Vec<(String, Value)> = risks(dir.path(), "boss")
        .iter()
        .map(|risk| (risk["risk"].as_str().unwrap().to_owned(), risk["change"]["kind"].clone()))
        .collect();
    // The products are 0.9 × 0.7, 0.7 × 0.5, 0.3 × 0.7 and 0.3 × 0.5; closed risks follow.
    let expected = [
        ("Sale of the product line", "new".into()),
        ("One signer", "rose".into()),
        ("Feed switched off", Value::Null),
        ("Old licence", Value::Null),
        ("Office move", "closed".into()),
    ];
    assert_eq!(found, expected.map(|(risk, change)| (risk.to_owned(), change)));
    let page = render(dir.path(), "boss", "md").replace('\u{a0}', " ");
    let section = page.split("## Risks: 3 changed").nth(1).unwrap().split("\n## ").next().unwrap();
    assert!(section.contains("up from medium × medium") && section.contains("a mirror"), "{section}");
    assert!(section.contains("Also changed: “Office move” (closed)") && !section.contains("Old licence"), "{section}");
}

#[test]
fn a_confidential_risk_is_in_no_copy_that_may_be_forwarded() {
    let dir = folder(REGISTER);
    for format in ["md", "html", "json", "txt"] {
        assert!(!render(dir.path(), "shared", format).contains("Sale of the product line"), "{format}");
    }
    assert!(render(dir.path(), "shared", "md").contains("One signer"));
}

#[test]
fn levels_are_read_in_five_languages_and_numbers_on_their_scale() {
    for (low, medium, high) in [
        ("low", "medium", "high"),
        ("gering", "mittel", "hoch"),
        ("faible", "moyenne", "élevée"),
        ("baja", "media", "alta"),
        ("baixa", "média", "alta"),
        ("2", "3", "4"),
        ("30%", "50%", "70%"),
    ] {
        let dir = folder(&format!("risk,likelihood,impact\nA,{low},{high}\nB,{medium},{high}\nC,{high},{high}\n"));
        let shares: Vec<f64> =
            risks(dir.path(), "boss").iter().map(|risk| risk["likelihood"]["share"].as_f64().unwrap()).collect();
        assert_eq!(shares, [0.7, 0.5, 0.3], "{low} {medium} {high}");
    }
}

#[test]
fn a_risk_is_added_from_the_command_line() {
    let dir = folder(REGISTER);
    let add = ["add", "--date", "2026-11-20", "risk", "Two suppliers merge", "--likelihood", "40%", "--impact", "high"];
    headsup(dir.path(), &add);
    let log = std::fs::read_to_string(dir.path().join("risks.csv")).unwrap();
    assert!(log.ends_with("R-6,2026-11-20,Two suppliers merge,40%,high,,,\n"), "{log}");
    let found = risks(dir.path(), "boss");
    let added = found.iter().find(|risk| risk["risk"] == "Two suppliers merge").unwrap();
    assert_eq!((added["likelihood"]["share"].as_f64(), &added["change"]["kind"]), (Some(0.4), &"new".into()));
}
