//! Tests of the setup action's script: it accepts a release archive only with the right checksum, and builds from
//! source if there is no archive.

#![cfg(unix)]

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use super::repository;
use crate::program::s;

const TARGET: &str = "x86_64-unknown-linux-gnu";

fn executable(path: &Path, script: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, script).unwrap();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

/// Creates the files of a release, whose only archive contains a program that prints its version.
fn release() -> TempDir {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("releases/download/v0.1.0");
    let name = format!("headsup-0.1.0-{TARGET}");
    executable(&folder.join(&name).join("headsup"), "#!/bin/sh\necho headsup 0.1.0\n");
    let archive = format!("{name}.tar.gz");
    let script = format!("tar -czf {archive} {name} && sha256sum {archive} > {archive}.sha256 && rm -r {name}");
    assert!(Command::new("sh").args(["-c", &script]).current_dir(&folder).status().unwrap().success());
    root
}

/// Runs the script with a fake cargo that prints its arguments.
fn install(root: &TempDir, target: &str, sum: Option<&str>) -> (Output, PathBuf) {
    let fake = "#!/bin/sh\necho \"cargo $*\" >&2\nwhile [ $# -gt 0 ]; do\n  [ \"$1\" = --root ] && into=$2/bin\n  shift\ndone\n\
mkdir -p \"$into\" && printf '#!/bin/sh\\necho built\\n' >\"$into/headsup\"\n";
    executable(&root.path().join("fake/cargo"), fake);
    let folder = root.path().join("installed");
    let mut command = Command::new("bash");
    command
        .arg(repository(".github/actions/headsup/install.sh"))
        .env("PATH", format!("{}:{}", root.path().join("fake").display(), std::env::var("PATH").unwrap()))
        .env("HEADSUP_VERSION", "0.1.0")
        .env("HEADSUP_SOURCE", format!("file://{}", root.path().display()))
        .env("HEADSUP_FOLDER", &folder)
        .env("HEADSUP_TARGET", target)
        .env("GITHUB_PATH", root.path().join("path"))
        .env_remove("GITHUB_ACTIONS");
    if let Some(sum) = sum {
        command.env("HEADSUP_SHA256", sum);
    }
    (command.output().expect("bash runs"), folder.join("headsup"))
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
#[ignore = "needs .ci/tools"]
fn an_archive_with_the_right_checksum_is_installed() {
    let root = release();
    let (output, program) = install(&root, TARGET, None);
    assert!(output.status.success() && said(&output).contains("headsup 0.1.0"), "{}", said(&output));
    assert!(program.exists());
    let path = std::fs::read_to_string(root.path().join("path")).unwrap();
    assert_eq!(path.trim(), s(program.parent().unwrap()));
}

#[test]
#[ignore = "needs .ci/tools"]
fn an_archive_with_a_wrong_checksum_is_not_used() {
    let root = release();
    let wrong = "0".repeat(64);
    let (output, program) = install(&root, TARGET, Some(&wrong));
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains(&format!("{wrong} was expected: it is not used")), "{}", said(&output));
    assert!(!program.exists() && !said(&output).contains("cargo"), "{}", said(&output));
    // Somebody changed the archive but not its checksum.
    let archive = root.path().join(format!("releases/download/v0.1.0/headsup-0.1.0-{TARGET}.tar.gz"));
    std::fs::write(&archive, "another program").unwrap();
    let (output, program) = install(&root, TARGET, None);
    assert!(output.status.code() == Some(1) && !program.exists(), "{}", said(&output));
}

#[test]
#[ignore = "needs .ci/tools"]
fn the_program_is_built_if_there_is_no_archive_for_the_system() {
    let root = release();
    let (output, program) = install(&root, "riscv64gc-unknown-linux-gnu", None);
    assert!(output.status.success() && program.exists(), "{}", said(&output));
    assert!(
        said(&output).contains("cargo install --locked") && said(&output).contains("--tag v0.1.0"),
        "{}",
        said(&output)
    );
}
