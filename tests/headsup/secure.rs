//! Tests of mail and calendars over TLS, with private certificate authorities, tokens, and servers that lack features
//! or never answer.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::program::{headsup, s, tool};

/// A server from `tests/peers`, which prints its address and runs until it is dropped.
struct Server(Child, String);

impl Server {
    fn start(args: &[&str]) -> Self {
        let mut command = Command::new(tool("python/bin/python"));
        let mut child = command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it runs");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
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

fn team() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    let toml = "[team]\nname = \"Curation\"\nmanager = \"Dana Reyes\"\nmanager_email = \"dana@example.org\"\n\
        boss = \"Alex Kim\"\nboss_email = \"alex@example.org\"\n\
        [[source]]\ntable = \"milestones\"\nfile = \"milestones.csv\"\n[[source]]\ntable = \"asks\"\nfile = \"asks.csv\"\n";
    std::fs::write(dir.path().join("headsup.toml"), toml).expect("a file");
    let milestones =
        "objective,milestone,agreed_due,due,progress,as_of\nSpeed,First feeds,2026-12-04,2026-12-04,40%,2026-11-19\n";
    std::fs::write(dir.path().join("milestones.csv"), milestones).expect("a file");
    let asks = "id,text,asked_on,stage\nA-01,One reviewer,2026-11-10,raised\nA-02,A raise,2026-11-10,private\n";
    std::fs::write(dir.path().join("asks.csv"), asks).expect("a file");
    dir
}

/// Runs headsup with additional environment variables. Returns the exit code and the messages.
fn run(args: &[&str], variables: &[(&str, &str)]) -> (Option<i32>, String) {
    let mut command = headsup();
    for name in ["SMTP_USER", "SMTP_PASSWORD", "SMTP_TOKEN", "CALDAV_USER", "CALDAV_PASSWORD", "CALDAV_TOKEN"] {
        command.env_remove(format!("HEADSUP_{name}"));
    }
    let output = command.args(args).envs(variables.iter().copied()).output().expect("headsup runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stderr) + &text(&output.stdout))
}

fn mail(team: &Path, url: &str, variables: &[(&str, &str)]) -> (Option<i32>, String) {
    run(&["mail", s(team), "--as-of", "2026-11-20", "--smtp", url], variables)
}

#[test]
#[ignore = "needs .ci/tools"]
fn mail_is_sent_over_tls_with_a_password_or_a_token_and_a_private_authority() {
    let team = team();
    let user = ("HEADSUP_SMTP_USER", "dana@example.org");
    let (password, token) = (("HEADSUP_SMTP_PASSWORD", "secret"), ("HEADSUP_SMTP_TOKEN", "ya29.token"));
    for (encryption, scheme, ending) in [("starttls", "smtp", "?tls=required"), ("implicit", "smtps", "")] {
        for (login, right, wrong) in [
            ("password", vec![user, password], vec![user, ("HEADSUP_SMTP_PASSWORD", "wrong")]),
            // Without a user name, the manager's own address is used with the token.
            ("token", vec![token], vec![("HEADSUP_SMTP_TOKEN", "expired")]),
        ] {
            let folder = tempfile::tempdir().expect("a folder");
            let server = Server::start(&["tests/peers/secure_mail.py", s(folder.path()), encryption, login]);
            let url = format!("{scheme}://127.0.0.1:{}{ending}", server.1);
            let authority = folder.path().join("authority.pem");
            let trusted = ("SSL_CERT_FILE", s(&authority));
            let with = |login: &[(&'static str, &'static str)]| {
                let variables: Vec<(&str, &str)> = login.iter().copied().chain([trusted]).collect();
                mail(team.path(), &url, &variables)
            };
            let (code, said) = with(&right);
            assert_eq!(code, Some(0), "{encryption} {login}: {said}");
            let sent = std::fs::read_to_string(folder.path().join("1.eml")).expect("the mail came");
            assert!(!sent.contains("X-Unsent"), "{sent}");
            // A wrong login, or a login method that the server does not accept, is refused for good.
            let (code, said) = with(&wrong);
            assert_eq!(code, Some(76), "{encryption} {login}: {said}");
            assert!(!said.contains("expired") && !said.contains("wrong"), "{said}");
            let (code, said) = with(&if login == "token" { vec![user, password] } else { vec![token] });
            assert_eq!(code, Some(76), "{encryption} {login}: {said}");
            let help = if login == "token" { "HEADSUP_SMTP_TOKEN" } else { "takes no access token" };
            assert!(said.contains(help), "{said}");
            // The authority is not trusted.
            let (code, said) = mail(team.path(), &url, &right);
            assert_eq!(code, Some(76), "{encryption} {login}: {said}");
            assert!(said.contains("SSL_CERT_FILE"), "{said}");
        }
    }
}

#[test]
#[ignore = "needs .ci/tools"]
fn a_mail_server_without_encryption_is_refused_with_help() {
    let (team, folder) = (team(), tempfile::tempdir().expect("a folder"));
    let server = Server::start(&["tests/peers/secure_mail.py", s(folder.path()), "plain", "none"]);
    let (code, said) = mail(team.path(), &format!("smtp://127.0.0.1:{}?tls=required", server.1), &[]);
    assert_eq!(code, Some(76), "{said}");
    assert!(said.contains("offers no encryption"), "{said}");
    let (code, said) = mail(team.path(), &format!("smtps://127.0.0.1:{}", server.1), &[]);
    assert_eq!(code, Some(76), "{said}");
    assert!(said.contains("no secure connection"), "{said}");
}

#[test]
#[ignore = "needs .ci/tools"]
fn calendars_are_reached_by_https_with_a_password_or_a_token() {
    for name in ["radicale", "xandikos"] {
        let (team, store, folder) = (team(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let behind = Server::start(&["tests/peers/caldav_server.py", name, s(store.path())]);
        let authority = folder.path().join("authority.pem");
        let trusted = ("SSL_CERT_FILE", s(&authority));
        let password = [("HEADSUP_CALDAV_USER", "dana"), ("HEADSUP_CALDAV_PASSWORD", "secret")];
        let token = [("HEADSUP_CALDAV_TOKEN", "at.token")];
        let invite = |url: &str, login: &[(&'static str, &'static str)], is_trusted: bool| {
            let variables: Vec<(&str, &str)> = login.iter().copied().chain(is_trusted.then_some(trusted)).collect();
            run(&["invite", s(team.path()), "--as-of", "2026-11-20", "--caldav", url], &variables)
        };
        let front = Server::start(&["tests/peers/secure_proxy.py", s(folder.path()), &behind.1]);
        let (code, said) = invite(&front.1, &password, true);
        assert_eq!(code, Some(0), "{name}: {said}");
        let (code, said) = invite(&front.1, &password, false);
        assert_eq!(code, Some(76), "{name}: {said}");
        assert!(said.contains("SSL_CERT_FILE"), "{name}: {said}");
        drop(front);
        let front = Server::start(&["tests/peers/secure_proxy.py", s(folder.path()), &behind.1, "at.token"]);
        let (code, said) = invite(&front.1, &token, true);
        assert_eq!(code, Some(0), "{name}: {said}");
        let (code, said) = invite(&front.1, &password, true);
        assert_eq!(code, Some(76), "{name}: {said}");
        assert!(said.contains("HEADSUP_CALDAV_TOKEN") && !said.contains("secret"), "{name}: {said}");
    }
}

#[test]
fn a_server_that_never_answers_times_out_after_fifteen_seconds() {
    let team = team();
    let silent = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = silent.local_addr().expect("an address").port();
    let began = std::time::Instant::now();
    let (mailed, invited) = std::thread::scope(|scope| {
        let mailed = scope.spawn(|| mail(team.path(), &format!("smtp://127.0.0.1:{port}"), &[]));
        let url = format!("http://127.0.0.1:{port}/cal/");
        let args = ["invite", s(team.path()), "--as-of", "2026-11-20", "--caldav", &url];
        let invited = run(&args, &[]);
        (mailed.join().expect("it ends"), invited)
    });
    for (code, said) in [mailed, invited] {
        assert_eq!(code, Some(75), "{said}");
        assert!(said.contains("within 15 seconds"), "{said}");
    }
    assert!(began.elapsed().as_secs() < 60);
}

#[test]
fn a_dry_run_says_who_gets_which_copy_and_what_it_leaves_out_and_writes_nothing() {
    let team = team();
    let (code, said) = run(&["mail", s(team.path()), "--as-of", "2026-11-20", "--dry-run"], &[]);
    assert_eq!(code, Some(0), "{said}");
    for line in [
        "From: dana@example.org",
        "To: alex@example.org",
        "Subject: Curation: ",
        "Attached: 2026-11-20-brief-shared.pdf",
        "Copy: the shared copy: the default, though you and your boss alone are addressed",
        "1 ask is not in this copy: A-02",
        "to send what your boss may see: --for boss",
        "Nothing was written.",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
    let (_, said) = run(&["mail", s(team.path()), "--as-of", "2026-11-20", "--dry-run", "--for", "boss"], &[]);
    assert!(said.contains("the boss copy: as you asked") && !said.contains("not in this copy"), "{said}");
    let (_, said) = run(&["invite", s(team.path()), "--as-of", "2026-11-20", "--dry-run"], &[]);
    assert!(said.contains("Invited: dana@example.org") && said.contains("1 ask is not in this copy: A-02"), "{said}");
    assert!(!team.path().join("out").exists());
    // More people read the log of a CI job than the brief.
    let (code, said) = run(&["mail", s(team.path()), "--as-of", "2026-11-20", "--dry-run"], &[("CI", "true")]);
    assert_eq!(code, Some(0), "{said}");
    assert!(!said.contains("A-02") && !said.contains("not in this copy"), "{said}");
    let (code, said) =
        run(&["mail", s(team.path()), "--as-of", "2026-11-20", "--to", "eve@example.org", "--for", "boss"], &[]);
    assert_eq!(code, Some(77), "{said}");
    // Outlook opens a draft as a mail to be sent.
    let (code, draft) = run(&["mail", s(team.path()), "--as-of", "2026-11-20", "--out", "-"], &[]);
    assert_eq!(code, Some(0));
    assert!(draft.contains("X-Unsent: 1\r\n"), "{draft}");
}
