//! Tests with misbehaving servers: endless answers, incomplete answers, answers in another protocol, very slow answers.
//! Each leads to a clear message and the exit code that says whether to try again.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

use crate::program::{headsup, s};

/// What a server does with a connection; for HTTP, after it has read the head of the request.
type Script = fn(&mut TcpStream) -> std::io::Result<()>;

/// Starts a server on this machine that runs until the test ends. Returns its port.
fn serve(waits_for_a_head: bool, script: Script) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        for connection in listener.incoming() {
            std::thread::spawn(move || {
                let mut connection = connection?;
                if waits_for_a_head {
                    let (mut head, mut byte) = (Vec::new(), [0]);
                    while !head.ends_with(b"\r\n\r\n") && connection.read(&mut byte)? == 1 {
                        head.push(byte[0]);
                    }
                }
                script(&mut connection)?;
                // If bytes were left unread, closing the connection would reset it.
                connection.set_read_timeout(Some(Duration::from_millis(200)))?;
                let mut rest = [0; 4096];
                while connection.read(&mut rest).is_ok_and(|n| n > 0) {}
                std::io::Result::Ok(())
            });
        }
    });
    port
}

/// Writes until the other side closes the connection.
fn for_ever(connection: &mut TcpStream, first: &str, again: &str) -> std::io::Result<()> {
    connection.write_all(first.as_bytes())?;
    let many = again.repeat(1 + 8192 / again.len());
    // This is far more than any answer, but limited, so that no test fills the memory.
    for _ in 0..20_000 {
        connection.write_all(many.as_bytes())?;
    }
    Ok(())
}

fn drop_by_drop(connection: &mut TcpStream) -> std::io::Result<()> {
    for _ in 0..200 {
        connection.write_all(b"2")?;
        std::thread::sleep(Duration::from_millis(500));
    }
    Ok(())
}

fn team() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    let toml = "[team]\nname = \"Curation\"\nmanager = \"Dana Reyes\"\nmanager_email = \"dana@example.org\"\n\
        boss = \"Alex Kim\"\nboss_email = \"alex@example.org\"\n\
        [[source]]\ntable = \"milestones\"\nfile = \"milestones.csv\"\n";
    std::fs::write(dir.path().join("headsup.toml"), toml).expect("a file");
    let milestones =
        "objective,milestone,agreed_due,due,progress,as_of\nSpeed,First feeds,2026-12-04,2026-12-04,40%,2026-11-19\n";
    std::fs::write(dir.path().join("milestones.csv"), milestones).expect("a file");
    dir
}

/// Checks each server by its name: the exit code, and a part of the message.
fn all_end(waits_for_a_head: bool, cases: &[(&str, i32, &str, Script)], args: fn(u16) -> Vec<String>) {
    let team = team();
    let one = |(name, code, part, script): &(&str, i32, &str, Script)| {
        let args = args(serve(waits_for_a_head, *script));
        let began = Instant::now();
        let mut command = headsup();
        command.arg(&args[0]).arg(s(team.path())).args(["--as-of", "2026-11-20"]).args(&args[1..]);
        command.env("HEADSUP_CALDAV_USER", "dana").env("HEADSUP_CALDAV_PASSWORD", "hidden-word");
        let output = command.output().expect("headsup runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let seconds = began.elapsed().as_secs();
        let is_right = output.status.code() == Some(*code) && said.contains(part) && !said.contains("hidden-word");
        (!is_right || seconds > 80).then(|| format!("{name}: {:?} after {seconds} s: {said}", output.status.code()))
    };
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let running: Vec<_> = cases.iter().map(|case| scope.spawn(move || one(case))).collect();
        running.into_iter().filter_map(|it| it.join().expect("it ends")).collect()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn misbehaving_calendar_servers_end_in_a_message() {
    const STATUS: &str = "HTTP/1.1 207 Multi-Status\r\nContent-Type: application/xml\r\n";
    let cases: [(&str, i32, &str, Script); 14] = [
        ("heads without an end", 76, "is this a CalDAV address?", |it| for_ever(it, STATUS, "X-More: more\r\n")),
        ("an answer without an end", 76, "has more than", |it| for_ever(it, &format!("{STATUS}\r\n"), "<a/>")),
        ("promises of an answer", 76, "is this a CalDAV address?", |it| {
            for_ever(it, "", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")
        }),
        ("another protocol", 76, "is this a CalDAV address?", |it| it.write_all(b"220 mail.example.org ESMTP\r\n")),
        ("a page for people", 76, "is this a CalDAV address?", |it| {
            it.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<html><p>Welcome<br></html>")
        }),
        ("half of an XML", 76, "is this a CalDAV address?", |it| {
            it.write_all(b"HTTP/1.1 207 Multi-Status\r\nConnection: close\r\n\r\n<multistatus><respon")
        }),
        ("an XML that grows", 76, "is this a CalDAV address?", |it| {
            it.write_all(
                b"HTTP/1.1 207 Multi-Status\r\nConnection: close\r\n\r\n<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \
                  \"&b;&b;&b;\">]><a>&c;&c;</a>",
            )
        }),
        ("a code of its own", 76, "refused: 418", |it| {
            it.write_all(b"HTTP/1.1 418 Teapot\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
        }),
        ("no right to be there", 76, "does not allow", |it| {
            it.write_all(b"HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
        }),
        ("trouble", 75, "has trouble: 503", |it| {
            it.write_all(b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
        }),
        ("closed at once", 75, "does not answer", |_| Ok(())),
        ("closed in the middle", 75, "does not answer", |it| {
            it.write_all(format!("{STATUS}Content-Length: 1000\r\n\r\n<multistatus>").as_bytes())?;
            it.shutdown(std::net::Shutdown::Both)
        }),
        ("silence behind the head", 75, "within 15 seconds", |it| {
            it.write_all(format!("{STATUS}Content-Length: 1000\r\n\r\n<multistatus>").as_bytes())?;
            std::thread::sleep(Duration::from_secs(60));
            Ok(())
        }),
        ("drop by drop", 75, "within 15 seconds", |it| {
            it.write_all(b"HTTP/1.1 207 Multi-Status\r\nX-Drops: ")?;
            drop_by_drop(it)
        }),
    ];
    all_end(true, &cases, |port| vec!["invite".into(), "--caldav".into(), format!("http://127.0.0.1:{port}/cal/")]);
}

#[test]
fn a_redirect_does_not_send_the_password_elsewhere() {
    static ELSEWHERE: std::sync::OnceLock<u16> = std::sync::OnceLock::new();
    let elsewhere = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = elsewhere.local_addr().expect("an address").port();
    ELSEWHERE.set(port).expect("once");
    elsewhere.set_nonblocking(true).expect("a listener");
    let cases: [(&str, i32, &str, Script); 1] = [("moved", 76, "has moved", |it| {
        let port = ELSEWHERE.get().copied().unwrap_or_default();
        let to = format!("Location: http://127.0.0.1:{port}/cal/\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        let head = format!("HTTP/1.1 302 Found\r\n{to}");
        it.write_all(head.as_bytes())
    })];
    all_end(true, &cases, |port| vec!["invite".into(), "--caldav".into(), format!("http://127.0.0.1:{port}/cal/")]);
    assert!(elsewhere.accept().is_err(), "somebody came");
}

#[test]
fn misbehaving_mail_servers_end_in_a_message() {
    let cases: [(&str, i32, &str, Script); 8] = [
        ("lines without an end", 76, "is not understood", |it| for_ever(it, "", "220-still here\r\n")),
        ("a line of 32 MB", 76, "is not understood", |it| {
            it.write_all("2".repeat(32 << 20).as_bytes())?;
            it.shutdown(std::net::Shutdown::Write)
        }),
        ("another protocol", 76, "is not understood", |it| {
            it.write_all(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
        }),
        ("no service", 76, "answered 554", |it| it.write_all(b"554 no service here\r\n")),
        ("busy", 75, "answered 421", |it| it.write_all(b"421 try later\r\n")),
        ("closed at once", 75, "not sent", |_| Ok(())),
        ("closed in the middle", 75, "not sent", |it| {
            it.write_all(b"220-he")?;
            it.shutdown(std::net::Shutdown::Both)
        }),
        // The server asks for more at every step, and never accepts the mail.
        ("never content", 75, "answered 354", |it| {
            it.write_all(b"220 ready\r\n")?;
            it.set_read_timeout(Some(Duration::from_secs(20)))?;
            let mut rest = [0; 65536];
            while it.read(&mut rest)? > 0 {
                it.write_all(b"354 go on\r\n")?;
            }
            Ok(())
        }),
    ];
    all_end(false, &cases, |port| vec!["mail".into(), "--smtp".into(), format!("smtp://127.0.0.1:{port}")]);
}

/// This test takes a minute.
#[test]
#[ignore = "takes a minute"]
fn by_hand_a_very_slow_mail_server_times_out() {
    let cases: [(&str, i32, &str, Script); 1] = [("drop by drop", 75, "did not take the mail within", drop_by_drop)];
    all_end(false, &cases, |port| vec!["mail".into(), "--smtp".into(), format!("smtp://127.0.0.1:{port}")]);
}
