//! Tests of the attachments of mails and invitations.

use super::*;

/// Returns the decoded attachments of an event or a mail.
fn attached(text: &str) -> String {
    use base64::Engine as _;
    let flat = text.replace("\r\n ", "");
    // An attachment is one line of a calendar, and several lines of a mail.
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
fn the_attachment_is_the_copy_that_is_allowed_there() {
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
