//! Tests that the boss copy is sent only to the manager and the boss, whoever else the meeting names.

use std::process::Command;

const EVENT: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x//EN\r\nBEGIN:VEVENT\r\nUID:one@example.org\r\nDTSTAMP:20261101T090000Z\r\nDTSTART:20261106T090000Z\r\nDTEND:20261106T093000Z\r\nRRULE:FREQ=WEEKLY\r\nSUMMARY:1:1\r\nORGANIZER:mailto:dana@example.org\r\nATTENDEE:mailto:dana@example.org\r\nATTENDEE:mailto:alex@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

/// Returns the exit code of an invite with the boss copy, and the messages.
fn invite(event: &str) -> (Option<i32>, String) {
    let dir = tempfile::tempdir().unwrap();
    let config = "version = 1\n[team]\nname = \"T\"\nmanager = \"Dana\"\nmanager_email = \"dana@example.org\"\nboss = \"Alex\"\nboss_email = \"alex@example.org\"\n[[source]]\ntable = \"tasks\"\nfile = \"t.csv\"\n";
    std::fs::write(dir.path().join("headsup.toml"), config).unwrap();
    std::fs::write(dir.path().join("t.csv"), "key,title,status,created\nT-1,Open,doing,2026-10-05\n").unwrap();
    std::fs::write(dir.path().join("m.ics"), event).unwrap();
    let path = |name: &str| dir.path().join(name).to_string_lossy().into_owned();
    let output = Command::new(env!("CARGO_BIN_EXE_headsup"))
        .args(["invite", &path(""), "--as-of", "2026-11-20", "--for", "boss"])
        .args(["--event", &path("m.ics"), "--out", &path("out.ics")])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(dir.path().join("out.ics").exists(), output.status.success(), "{said}");
    (output.status.code(), said)
}

#[test]
fn the_boss_copy_is_refused_for_anybody_else_in_every_notation() {
    let (code, said) = invite(EVENT);
    assert_eq!(code, Some(0), "{said}");
    let alex = "ATTENDEE:mailto:alex@example.org";
    let named = |line: &str| EVENT.replace(alex, line);
    let more = |lines: &str| EVENT.replace("END:VEVENT", &format!("{lines}\r\nEND:VEVENT"));
    let moved = |lines: &str| {
        let other = format!(
            "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:one@example.org\r\nDTSTAMP:20261101T090000Z\r\nRECURRENCE-ID:20261113T090000Z\r\nDTSTART:20261113T100000Z\r\nDTEND:20261113T103000Z\r\nORGANIZER:mailto:dana@example.org\r\n{lines}\r\nEND:VEVENT"
        );
        EVENT.replace("END:VEVENT", &other)
    };
    for (what, event) in [
        ("SENT-BY", named("ATTENDEE;SENT-BY=\"mailto:pa@example.org\":mailto:alex@example.org")),
        ("SENT-BY of the organizer", EVENT.replace("ORGANIZER:", "ORGANIZER;SENT-BY=\"mailto:pa@example.org\":")),
        (
            "DELEGATED-TO",
            named(
                "ATTENDEE;DELEGATED-TO=\"mailto:alex@example.org\",\"mailto:pa@example.org\":mailto:alex@example.org",
            ),
        ),
        ("DELEGATED-FROM", named("ATTENDEE;delegated-from=\"MAILTO:pa@example.org\":mailto:alex@example.org")),
        ("MEMBER", named("ATTENDEE;MEMBER=\"mailto:all@example.org\":mailto:alex@example.org")),
        ("EMAIL", named("ATTENDEE;EMAIL=pa@example.org:invalid:x500")),
        ("a folded line", named("ATTENDEE;CN=A;SENT-BY=\"mailto:p\r\n a@example.org\":mailto:alex@example.org")),
        (
            "PARTICIPANT",
            more(
                "BEGIN:PARTICIPANT\r\nUID:p1\r\nPARTICIPANT-TYPE:ACTIVE\r\nCALENDAR-ADDRESS:mailto:pa@example.org\r\nEND:PARTICIPANT",
            ),
        ),
        (
            "an alarm",
            more(
                "BEGIN:VALARM\r\nACTION:EMAIL\r\nTRIGGER:-PT15M\r\nSUMMARY:x\r\nDESCRIPTION:x\r\nATTENDEE:mailto:pa@example.org\r\nEND:VALARM",
            ),
        ),
        ("another date", moved("ATTENDEE:mailto:pa@example.org")),
        ("another date's delegate", moved("ATTENDEE;DELEGATED-TO=\"mailto:pa@example.org\":mailto:alex@example.org")),
        ("a likeness", named("ATTENDEE:mailto:alex@example.org.evil.org")),
    ] {
        let (code, said) = invite(&event);
        assert_eq!(code, Some(77), "{what}: {said}");
    }
}
