//! Tests invites, mails and calendars with the programs that read them: python icalendar, recurring-ical-events,
//! ical.js, node-ical, Radicale, Xandikos, aiosmtpd, Python's mail parser.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use base64::Engine as _;
use serde_json::Value;
use tempfile::TempDir;

const PYTHON: &str = "target/tools/python/bin/python";

/// Creates a small team with a folder for the output.
fn team() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    let toml = "[team]\nname = \"Curation\"\nmanager = \"Dana Reyes\"\nmanager_email = \"dana@example.org\"\n\
boss = \"Alex Kim\"\nboss_email = \"alex@example.org\"\n[calendar]\ntimezone = \"Europe/Berlin\"\n\
[[source]]\ntable = \"milestones\"\nfile = \"milestones.csv\"\n";
    std::fs::write(dir.path().join("headsup.toml"), toml).unwrap();
    let milestones =
        "objective,milestone,agreed_due,due,progress,as_of\nSpeed,First feeds,2026-12-04,2026-12-04,40%,2026-11-19\n";
    std::fs::write(dir.path().join("milestones.csv"), milestones).unwrap();
    dir
}

fn headsup(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_headsup"))
        .args(args)
        .env_remove("CI")
        .env_remove("SOURCE_DATE_EPOCH")
        .env("HEADSUP_CALDAV_USER", "dana")
        .env("HEADSUP_CALDAV_PASSWORD", "secret")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// Runs headsup and expects success.
fn done(args: &[&str]) -> String {
    let output = headsup(args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Runs headsup, expects this exit code, and returns the messages.
fn refused(args: &[&str], code: i32) -> String {
    let output = headsup(args);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "{args:?}: {said}");
    said
}

/// Runs another program and returns its output as JSON.
fn peer(program: &str, args: &[&str]) -> Value {
    // node-ical uses the machine's time zone for dates without one.
    let output = Command::new(program).args(args).env("TZ", "UTC").output();
    let output = output.unwrap_or_else(|e| panic!("{program}: {e}; run .ci/tools"));
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn sha256(bytes: &[u8]) -> String {
    let mut child = Command::new("sha256sum").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(bytes).unwrap();
    String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()[..64].to_owned()
}

/// Returns the PDF that `render` makes of the folder, which must be attached.
fn pdf(team: &Path, copy: &str, on: &str) -> Vec<u8> {
    let out = team.join("rendered");
    done(&["render", s(team), "--as-of", "2026-11-20", "--on", on, "--for", copy, "--format", "pdf", "--out", s(&out)]);
    std::fs::read(out.join(format!("2026-11-20-brief-{copy}.pdf"))).unwrap()
}

fn s(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn case(name: &str) -> PathBuf {
    Path::new("tests/cases/calendar").join(name)
}

fn invite(team: &Path, event: &Path, on: &str, more: &[&str]) -> Vec<u8> {
    let out = team.join("updated.ics");
    let mut args = vec!["invite", s(team), "--as-of", "2026-11-20", "--event", s(event), "--on", on, "--out", s(&out)];
    args.extend(more);
    done(&args);
    std::fs::read(out).unwrap()
}

/// Returns the lines of one file that the other does not have, in order; repeated lines count separately.
fn without<'a>(text: &'a str, other: &str) -> Vec<&'a str> {
    let mut left: Vec<&str> = other.split_inclusive("\r\n").collect();
    text.split_inclusive("\r\n")
        .filter(|line| match left.iter().position(|l| l == line) {
            Some(at) => {
                left.remove(at);
                false
            }
            None => true,
        })
        .collect()
}

#[test]
#[ignore = "needs .ci/tools"]
fn only_the_selected_occurrence_gets_the_brief_and_all_other_bytes_stay() {
    let team = team();
    // Columns: the file, the date asked for, the start that other programs see.
    let wanted = [
        ("google.ics", "2026-11-20", "2026-11-20T09:00:00+01:00"),
        ("google.ics", "2026-10-23", "2026-10-23T09:00:00+02:00"),
        ("google.ics", "2026-10-30", "2026-10-30T09:00:00+01:00"),
        ("google.ics", "2026-11-12", "2026-11-12T14:00:00+01:00"),
        ("google.ics", "2026-11-13", "2026-11-12T14:00:00+01:00"),
        ("outlook.ics", "2026-11-20", "2026-11-20T09:00:00+01:00"),
        ("apple.ics", "2026-11-20", "2026-11-20T09:00:00-05:00"),
        ("utc.ics", "2026-10-23", "2026-10-23T08:00:00+00:00"),
        ("utc.ics", "2026-11-20", "2026-11-20T08:00:00+00:00"),
        ("all-day.ics", "2026-11-20", "2026-11-20"),
    ];
    for (name, on, start) in wanted {
        let brief = sha256(&pdf(team.path(), "shared", on));
        let before = String::from_utf8(std::fs::read(case(name)).unwrap()).unwrap();
        let bytes = invite(team.path(), &case(name), on, &[]);
        let after = String::from_utf8(bytes.clone()).unwrap();
        assert!(after.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{name}");
        let gone = without(&before, &after);
        let stamps = ["DTSTAMP", "LAST-MODIFIED"];
        assert!(gone.iter().all(|line| stamps.iter().any(|stamp| line.starts_with(stamp))), "{name}: {gone:?}");
        if gone.is_empty() {
            // Removing the lines of the new component restores the file.
            let at = (0..before.len()).find(|at| before.as_bytes()[*at] != after.as_bytes()[*at]).unwrap();
            let added = after.len() - before.len();
            let from = (0..=at)
                .rev()
                .find(|from| after[..*from] == before[..*from] && after[from + added..] == before[*from..]);
            assert!(from.is_some(), "{name}: more than one place changed");
        }

        let file = team.path().join("updated.ics");
        let seen = peer(PYTHON, &["tests/peers/meetings.py", s(&file), "2026-09-01", "2026-12-31"]);
        for meeting in seen.as_array().unwrap() {
            let expected: Vec<&str> = if meeting["start"] == *start { vec![&brief] } else { vec![] };
            assert_eq!(meeting["attachments"], serde_json::json!(expected), "{name} {meeting}");
        }
        assert!(seen.as_array().unwrap().iter().any(|meeting| meeting["start"] == *start), "{name}: {seen}");

        let seen = peer("node", &["tests/peers/meetings.mjs", s(&file)]);
        for event in seen["events"].as_array().unwrap() {
            let is_it = event["start"].as_str().unwrap().starts_with(&start[..10]) && event["rule"] == false;
            let expected: Vec<&str> = if is_it { vec![&brief] } else { vec![] };
            assert_eq!(event["attachments"], serde_json::json!(expected), "{name} {event}");
        }
        let attached: Vec<&Value> =
            seen["overrides"].as_array().unwrap().iter().filter(|event| event["attached"] == true).collect();
        let days: BTreeSet<&str> = attached.iter().map(|event| &event["start"].as_str().unwrap()[..10]).collect();
        assert_eq!(days, BTreeSet::from([&start[..10]]), "{name}: {seen}");

        // A second run gives the same bytes with one attachment.
        let again = invite(team.path(), &file.clone(), on, &[]);
        assert_eq!(again, bytes, "{name}");
    }
}

#[test]
fn dates_without_a_meeting_write_nothing_and_name_the_nearest() {
    let team = team();
    let out = team.path().join("never.ics");
    for (name, on, said) in [
        ("google.ics", "2026-11-18", "the nearest meeting is on Friday 20 November 2026"),
        ("google.ics", "2026-10-09", "the meeting was cancelled on Friday 9 October 2026"),
        ("google.ics", "2026-12-25", "the nearest meeting is on Friday 18 December 2026"),
        ("outlook.ics", "2026-11-27", "the nearest meeting is on Friday 20 November 2026"),
        ("apple.ics", "2026-11-27", "the nearest meeting is on Friday 20 November 2026"),
        ("utc.ics", "2026-11-13", "the meeting was cancelled on Friday 13 November 2026"),
        ("all-day.ics", "2026-11-13", "the meeting was cancelled on Friday 13 November 2026"),
        ("all-day.ics", "2026-12-11", "the nearest meeting is on Friday 4 December 2026"),
    ] {
        let event = case(name);
        let args =
            ["invite", s(team.path()), "--as-of", "2026-11-20", "--event", s(&event), "--on", on, "--out", s(&out)];
        let error = refused(&args, 65);
        assert!(error.contains(said), "{name} {on}: {error}");
        assert!(!out.exists());
    }
}

#[test]
fn the_boss_copy_is_refused_for_invites_with_other_guests() {
    let team = team();
    let alone = invite(team.path(), &case("outlook.ics"), "2026-11-20", &["--for", "boss"]);
    assert!(String::from_utf8(alone).unwrap().contains("brief-boss.pdf"));
    let crowd = std::fs::read_to_string(case("outlook.ics")).unwrap().replace("alex@example.org", "pa@example.org");
    let event = team.path().join("crowd.ics");
    std::fs::write(&event, crowd).unwrap();
    let args = ["invite", s(team.path()), "--as-of", "2026-11-20", "--event", s(&event), "--for", "boss"];
    assert!(refused(&args, 77).contains("pa@example.org"));
}

#[test]
#[ignore = "needs .ci/tools"]
fn a_mail_has_the_mime_tree_that_clients_need() {
    let team = team();
    let brief = sha256(&pdf(team.path(), "shared", "2026-11-20"));
    let out = team.path().join("mail.eml");
    let event = case("outlook.ics");
    done(&["mail", s(team.path()), "--as-of", "2026-11-20", "--event", s(&event), "--out", s(&out)]);
    let seen = peer(PYTHON, &["tests/peers/mime.py", s(&out)]);
    assert_eq!(seen["to"], "Alex Kim <alex@example.org>");
    let tree = &seen["tree"];
    assert_eq!(tree["type"], "multipart/mixed");
    let alternative = &tree["parts"][0];
    assert_eq!(alternative["type"], "multipart/alternative");
    assert_eq!(alternative["parts"][0]["type"], "text/plain");
    let calendar = &alternative["parts"][1];
    assert_eq!((&calendar["type"], &calendar["method"]), (&Value::from("text/calendar"), &Value::from("REQUEST")));
    assert_eq!(calendar["disposition"], Value::Null);
    assert_eq!(
        (&tree["parts"][1]["type"], &tree["parts"][1]["sha256"]),
        (&Value::from("application/pdf"), &Value::from(brief))
    );
    assert_eq!(tree["parts"].as_array().unwrap().len(), 2);

    let attendee = ["mail", s(team.path()), "--as-of", "2026-11-20", "--event", s(&event), "--me", "alex@example.org"];
    assert!(refused(&attendee, 77).contains("only the organizer may update the meeting"));
}

/// A server that runs until it is dropped.
struct Server(Child, String);

impl Server {
    /// Starts the server and reads the line with its address.
    fn start(args: &[&str]) -> Self {
        let mut child = Command::new(PYTHON)
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|e| panic!("{PYTHON}: {e}; run .ci/tools"));
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(!line.is_empty(), "{args:?} did not start");
        Self(child, line.trim().trim_matches('"').to_owned())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}

#[test]
#[ignore = "needs .ci/tools"]
fn a_mail_is_sent_and_a_refusal_is_distinguished_from_a_delay() {
    let team = team();
    let mails = tempfile::tempdir().unwrap();
    let sink = Server::start(&["tests/peers/mail_sink.py", s(mails.path())]);
    let url = format!("smtp://127.0.0.1:{}", sink.1);
    done(&["mail", s(team.path()), "--as-of", "2026-11-20", "--smtp", &url]);
    assert_eq!(std::fs::read_to_string(mails.path().join("1.to")).unwrap(), "alex@example.org");
    let seen = peer(PYTHON, &["tests/peers/mime.py", s(&mails.path().join("1.eml"))]);
    assert_eq!(seen["tree"]["parts"][1]["sha256"], sha256(&pdf(team.path(), "shared", "2026-11-20")));
    drop(sink);

    for (code, exit) in [("451", 75), ("554", 76)] {
        let sink = Server::start(&["tests/peers/mail_sink.py", s(mails.path()), code]);
        let url = format!("smtp://127.0.0.1:{}", sink.1);
        refused(&["mail", s(team.path()), "--as-of", "2026-11-20", "--smtp", &url], exit);
    }
    refused(&["mail", s(team.path()), "--as-of", "2026-11-20", "--smtp", "smtp://127.0.0.1:1"], 75);
}

/// Sends a request to a CalDAV server with Python: method, address, headers as JSON, body.
fn http(method: &str, url: &str, headers: &str, body: &str) -> Value {
    const SCRIPT: &str = "
import json, sys, urllib.request, urllib.error, base64
method, url, headers, body = sys.argv[1:5]
headers = {**json.loads(headers), 'Authorization': 'Basic ' + base64.b64encode(b'dana:secret').decode()}
try:
    answer = urllib.request.urlopen(urllib.request.Request(url, body.encode() or None, headers, method=method))
except urllib.error.HTTPError as error:
    answer = error
print(json.dumps({'status': answer.status, 'etag': answer.headers.get('ETag'), 'body': answer.read().decode()}))";
    peer(PYTHON, &["-c", SCRIPT, method, url, headers, body])
}

#[test]
#[ignore = "needs .ci/tools"]
fn a_caldav_server_stores_the_brief_without_overwriting_changes_of_others() {
    for name in ["radicale", "xandikos"] {
        let team = team();
        let brief = sha256(&pdf(team.path(), "shared", "2026-11-20"));
        let store = tempfile::tempdir().unwrap();
        let server = Server::start(&["tests/peers/caldav_server.py", name, s(store.path())]);
        let calendar = server.1.clone();
        let attached = |href: &str| -> Value {
            let file = store.path().join("seen.ics");
            std::fs::write(&file, http("GET", href, "{}", "")["body"].as_str().unwrap()).unwrap();
            peer(PYTHON, &["tests/peers/meetings.py", s(&file), "2026-11-15", "2026-11-22"])
        };
        let invite = |more: &[&str]| {
            let mut args = vec!["invite", s(team.path()), "--as-of", "2026-11-20", "--caldav"];
            args.extend(more);
            done(&args).trim().to_owned()
        };

        // A new event is created, then updated in place.
        let own = invite(&[&calendar]);
        assert_eq!(invite(&[&calendar]), own, "{name}");
        assert_eq!(attached(&own)[0]["attachments"], serde_json::json!([brief]), "{name}");

        // The series in the calendar is found by UID and updated at its own address.
        let series = std::fs::read_to_string(case("google.ics")).unwrap().replace("METHOD:PUBLISH\r\n", "");
        let href = format!("{calendar}weekly.ics");
        http("PUT", &href, r#"{"Content-Type": "text/calendar"}"#, &series);
        assert_eq!(invite(&[&calendar, "--event", s(&case("google.ics"))]), href, "{name}");
        assert_eq!(attached(&href)[0]["attachments"], serde_json::json!([brief]), "{name}");
        assert_eq!(invite(&[&href]), href, "{name}");

        // If somebody changed the event since it was fetched, the update is refused and the change is kept.
        let stale = headsup::deliver::caldav::Client::new(
            &href,
            Some(headsup::deliver::caldav::Login::Password { user: "dana".into(), password: "secret".into() }),
        )
        .unwrap();
        let fetched = stale.event().unwrap();
        let theirs = fetched.data.replace("SUMMARY:1:1 Dana / Alex", "SUMMARY:Theirs");
        http("PUT", &href, r#"{"Content-Type": "text/calendar"}"#, &theirs);
        let failure = stale.update(&fetched, fetched.data.as_bytes(), Default::default()).unwrap_err();
        assert_eq!(failure.exit_code(), 76, "{name}: {failure}");
        assert!(http("GET", &href, "{}", "")["body"].as_str().unwrap().contains("SUMMARY:Theirs"), "{name}");

        // The calendar has no event with this UID.
        let foreign = ["invite", s(team.path()), "--as-of", "2026-11-20", "--caldav", &calendar, "--uid", "nobody@x"];
        assert!(refused(&foreign, 65).contains("no event with the UID nobody@x"), "{name}");
        // This address is not a calendar.
        let nowhere = format!("{calendar}nowhere.ics");
        refused(&["invite", s(team.path()), "--as-of", "2026-11-20", "--caldav", &nowhere], 76);
    }
}

#[test]
#[ignore = "needs .ci/tools"]
fn an_event_above_the_size_limit_of_the_server_is_not_sent() {
    let team = team();
    let store = tempfile::tempdir().unwrap();
    let server = Server::start(&["tests/peers/caldav_server.py", "radicale", s(store.path()), "5000"]);
    let said = refused(&["invite", s(team.path()), "--as-of", "2026-11-20", "--caldav", &server.1], 76);
    assert!(said.contains("--link"), "{said}");
    assert_eq!(
        done(&[
            "invite",
            s(team.path()),
            "--as-of",
            "2026-11-20",
            "--caldav",
            &server.1,
            "--link",
            "https://ci.example.org/b.pdf"
        ])
        .lines()
        .count(),
        1
    );
}

#[test]
#[ignore = "needs .ci/tools"]
fn a_new_event_contains_the_brief_and_can_be_read_by_all_programs() {
    let team = team();
    let out = team.path().join("own.ics");
    done(&["invite", s(team.path()), "--as-of", "2026-11-20", "--out", s(&out)]);
    let text = std::fs::read_to_string(&out).unwrap();
    let unfolded = text.replace("\r\n ", "");
    let encoded = unfolded.lines().find(|line| line.starts_with("ATTACH")).unwrap().rsplit(':').next().unwrap();
    let decoded = base64::engine::general_purpose::STANDARD.decode(encoded.trim()).unwrap();
    assert_eq!(decoded, pdf(team.path(), "shared", "2026-11-20"));
    let seen = peer(PYTHON, &["tests/peers/meetings.py", s(&out), "2026-11-01", "2026-11-30"]);
    assert_eq!(seen[0]["start"], "2026-11-20");
    assert!(text.contains("DESCRIPTION:"), "{text}");
}
