//! Tests of folders that cannot be written to and of full disks.

use super::*;

#[test]
fn a_folder_that_cannot_be_written_keeps_what_it_has() {
    let team = team();
    let out = team.path().join("out");
    std::fs::create_dir(&out).unwrap();
    let old = out.join("2026-11-20-brief-boss.html");
    std::fs::write(&old, "last week's").unwrap();
    std::fs::set_permissions(&out, std::fs::Permissions::from_mode(0o555)).unwrap();
    let output = as_nobody(team.path()).args(render(s(team.path()), "html", s(&out))).output().unwrap();
    assert_eq!(output.status.code(), Some(74), "{}", said(&output));
    assert!(said(&output).contains("2026-11-20-brief-boss.html"), "{}", said(&output));
    assert_eq!((names(&out).len(), std::fs::read(&old).unwrap()), (1, b"last week's".to_vec()));
}

#[test]
fn a_file_where_the_folder_should_be_is_kept() {
    let team = team();
    let out = team.path().join("out");
    std::fs::write(&out, "mine").unwrap();
    let (_, said) = ends(&render(s(team.path()), "html", s(&out)), 74);
    assert!(said.contains(s(&out)), "{said}");
    assert_eq!(std::fs::read(&out).unwrap(), b"mine");
}

/// A small disk, if the machine allows mounting one. It is unmounted when dropped.
struct Disk(PathBuf);

impl Disk {
    fn of(size: &str, at: PathBuf) -> Option<Self> {
        std::fs::create_dir_all(&at).unwrap();
        let mount =
            Command::new("mount").args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"]).arg(&at).output();
        if mount.is_ok_and(|mount| mount.status.success()) {
            return Some(Self(at));
        }
        eprintln!("skipped: this user or machine may not mount a small disk");
        None
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_keeps_the_old_brief_and_no_part_of_a_new_one() {
    let team = team();
    let Some(disk) = Disk::of("16k", team.path().join("out")) else {
        return;
    };
    let old = disk.0.join("2026-11-20-brief-boss.html");
    std::fs::write(&old, "last week's").unwrap();
    let (_, said) = ends(&render(s(team.path()), "html", s(&disk.0)), 74);
    assert!(said.contains("No space left"), "{said}");
    assert_eq!((names(&disk.0).len(), std::fs::read(&old).unwrap()), (1, b"last week's".to_vec()));
}

/// Puts the example on a small disk, which is then filled completely.
#[test]
fn a_full_disk_keeps_the_logs_and_the_history() {
    let home = tempfile::tempdir().unwrap();
    let Some(disk) = Disk::of("2m", home.path().join("team")) else {
        return;
    };
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/curation"), &disk.0);
    ends(&["render", s(&disk.0), "--as-of", AS_OF, "--format", "json"], 0);
    let before = files(&disk.0);
    let filler = std::fs::write(disk.0.join("filler"), vec![0; 4 << 20]);
    assert!(filler.is_err(), "the disk is not full");
    for args in [
        &["add", "--team-dir", s(&disk.0), "win", "One more"][..],
        &["record", s(&disk.0), "--as-of", AS_OF, "--replace", "--grant", "A-07"],
        &["render", s(&disk.0), "--as-of", "2026-11-13", "--format", "md"],
        &["batch", s(&disk.0), "--as-of", "2026-11-13", "--format", "md"],
    ] {
        let output = headsup().args(args).output().unwrap();
        assert_eq!(output.status.code(), Some(74), "{args:?}: {}", said(&output));
        assert!(said(&output).contains("No space left"), "{args:?}: {}", said(&output));
        let mut after = files(&disk.0);
        after.remove(Path::new("filler"));
        assert!(after == before, "{args:?} changed a file");
    }
}

/// The disk becomes full during a batch: briefs that were written before are complete, and the others do not exist.
#[test]
fn a_disk_that_fills_up_keeps_complete_briefs_and_no_partial_ones() {
    let home = tempfile::tempdir().unwrap();
    let Some(disk) = Disk::of("400k", home.path().join("out")) else {
        return;
    };
    let teams = home.path().join("teams");
    (1..=8).for_each(|n| small_team(&teams.join(format!("team-{n}")), &format!("Team {n}")));
    let output = headsup()
        .args(["batch", s(&teams), "--as-of", AS_OF, "--format", "html,md", "--jobs", "2", "--out", s(&disk.0)])
        .output()
        .unwrap();
    assert!(matches!(output.status.code(), Some(1 | 74)), "{}", said(&output));
    assert!(said(&output).contains("No space left"), "{}", said(&output));
    let found = files(&disk.0);
    let of = |team: &str| found.keys().filter(|path| path.starts_with(team)).count();
    let counts: Vec<usize> = (1..=8).map(|n| of(&format!("team-{n}"))).collect();
    assert!(counts.contains(&3) && counts.contains(&0) && counts.iter().all(|n| matches!(n, 0 | 3)), "{counts:?}");
    assert!(found.iter().all(|(_, bytes)| !bytes.is_empty()), "{:?}", found.keys());
}

/// Returns all files below a folder.
fn files(dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let (mut found, mut open) = (BTreeMap::new(), vec![dir.to_owned()]);
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.insert(path.strip_prefix(dir).unwrap().to_owned(), std::fs::read(path).unwrap());
            }
        }
    }
    found
}
