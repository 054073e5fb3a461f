//! Cases for written files: whole or not at all, and never readable by more people than before.

use super::*;

#[test]
#[cfg(unix)]
fn a_rewritten_file_gets_no_more_readers() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = tempfile::tempdir().unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let set = |path: &Path, mode| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    let (open, log) = (dir.path().join("brief.json"), dir.path().join("private/asks.csv"));
    // A closed file stays closed; a file with equal content still loses the rights that its kind does not allow.
    write(&open, b"1", Mode::Normal).unwrap();
    set(&open, 0o640);
    write(&open, b"2", Mode::Normal).unwrap();
    assert_eq!(mode(&open), 0o640);
    set(&open, 0o644);
    write(&open, b"2", Mode::Private).unwrap();
    assert_eq!(mode(&open), 0o600);
    // Files below private/ are their owner's alone, whatever their mode was and whoever writes them.
    write(&log, b"1", Mode::Normal).unwrap();
    assert_eq!((mode(&log), mode(log.parent().unwrap())), (0o600, 0o700));
    set(&log, 0o640);
    set(log.parent().unwrap(), 0o755);
    write(&log, b"2", Mode::Normal).unwrap();
    assert_eq!((mode(&log), mode(log.parent().unwrap())), (0o600, 0o700));
}

#[test]
#[cfg(unix)]
fn a_device_is_not_written_over() {
    let device = Path::new("/dev/null");
    assert!(write(device, b"brief", Mode::Normal).is_err());
    assert!(!std::fs::metadata(device).unwrap().is_file());
}

#[test]
fn files_written_together_are_all_written_or_none() {
    let dir = tempfile::tempdir().unwrap();
    let (brief, page) = (dir.path().join("brief.pdf"), dir.path().join("brief.html"));
    std::fs::write(&brief, "last week's").unwrap();
    std::fs::create_dir(&page).unwrap();
    let of = |path| Output { path, bytes: b"this week's", mode: Mode::Normal, durability: Durability::Now };
    assert!(write_together(&[of(&brief), of(&page)]).is_err());
    assert_eq!(std::fs::read(&brief).unwrap(), b"last week's");
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 2, "nothing half-written is left");
    std::fs::remove_dir(&page).unwrap();
    assert_eq!(write_together(&[of(&brief), of(&page)]).unwrap().len(), 2);
    assert!([&brief, &page].into_iter().all(|path| std::fs::read(path).unwrap() == b"this week's"));
    assert!(write_together(&[of(&brief), of(&page)]).unwrap().is_empty(), "nothing has changed");
}

#[test]
fn a_batch_syncs_its_files_at_its_end_and_says_which_failed() {
    let dir = tempfile::tempdir().unwrap();
    let (brief, page) = (dir.path().join("brief.pdf"), dir.path().join("team/brief.html"));
    let of = |path| Output { path, bytes: b"this week's", mode: Mode::Normal, durability: Durability::Later };
    let written = write_together(&[of(&brief), of(&page)]).unwrap();
    assert_eq!(written, [brief.clone(), page.clone()]);
    assert!(sync(&written).is_empty());
    // The folder is deleted before the sync.
    std::fs::remove_dir_all(dir.path().join("team")).unwrap();
    let failed = sync(&written);
    assert_eq!(failed.iter().map(|(at, failure)| (*at, failure.exit_code())).collect::<Vec<_>>(), [(1, 74)]);
}

#[test]
fn equal_length_is_not_equal_content() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("brief.md");
    assert!(write(&path, b"13 December", Mode::Normal).unwrap());
    assert!(write(&path, b"15 December", Mode::Normal).unwrap());
    assert_eq!(std::fs::read(&path).unwrap(), b"15 December");
}

#[test]
#[cfg(unix)]
fn history_is_as_open_as_its_folder_but_never_to_the_world() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = tempfile::tempdir().unwrap();
    for (folder, file) in [(0o700, 0o600), (0o750, 0o640), (0o770, 0o660), (0o755, 0o600), (0o777, 0o600)] {
        let path = dir.path().join(format!("{folder:o}"));
        std::fs::create_dir(&path).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(folder)).unwrap();
        let path = path.join("2026-11-20.json");
        write(&path, b"{}", Mode::FolderGroup).unwrap();
        let mode = std::fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, file, "{folder:o}: {mode:o}");
    }
}

#[test]
fn only_partial_files_of_killed_runs_are_swept() {
    let dir = tempfile::tempdir().unwrap();
    let place = |name: &str| dir.path().join(name);
    for name in [".headsup-partial-dead", ".headsup-partial-alive", ".headsup-notes"] {
        std::fs::write(place(name), "half").unwrap();
    }
    let alive = File::open(place(".headsup-partial-alive")).unwrap();
    alive.lock().unwrap();
    assert!(write(&place("brief.html"), b"whole", Mode::Normal).unwrap());
    let mut left: Vec<_> = std::fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, [".headsup-notes", ".headsup-partial-alive", "brief.html"]);
}
