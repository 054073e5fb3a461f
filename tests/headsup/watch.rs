//! Tests of the live preview as a browser sees it: its address, its pages, its answers to strangers, and how it follows
//! the files, including errors.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::program::{headsup, s, small_team};

/// Time after which a hanging test fails; it is not a measurement.
const HANG: Duration = Duration::from_secs(120);

/// A running preview of a small team.
struct Preview {
    team: TempDir,
    child: Child,
    host: String,
    /// The secret path: `/…/`.
    path: String,
}

impl Preview {
    fn start() -> Self {
        let team = tempfile::tempdir().unwrap();
        small_team(team.path(), "Curation");
        let mut child = headsup()
            .args(["watch", s(team.path()), "--as-of", "2026-11-20"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut address = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let rest = address.trim().strip_prefix("http://").unwrap_or_else(|| panic!("{address} is no address"));
        let (host, path) = rest.split_once('/').unwrap();
        Self { child, host: host.to_owned(), path: format!("/{path}"), team }
    }

    /// Requests `path` with the host name `host`; returns the status, the head and the body.
    fn ask(&self, host: &str, path: &str) -> (u16, String, Vec<u8>) {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        stream.set_read_timeout(Some(HANG)).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("an answer has a head");
        let head = String::from_utf8_lossy(&answer[..end]).into_owned();
        let body = answer.split_off(end + 4);
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap();
        // A long body is sent in chunks.
        let chunked = head.to_ascii_lowercase().contains("transfer-encoding: chunked");
        (status, head, if chunked { joined(&body) } else { body })
    }

    fn get(&self, name: &str) -> Vec<u8> {
        let (status, head, body) = self.ask(&self.host, &format!("{}{name}", self.path));
        assert_eq!(status, 200, "{name}: {head}");
        body
    }

    fn text(&self, name: &str) -> String {
        String::from_utf8(self.get(name)).unwrap()
    }

    /// Waits until the page contains `wanted`, from one version to the next, as the page itself does.
    fn until(&self, wanted: &str) -> String {
        let (begun, mut version) = (Instant::now(), 0);
        loop {
            let page = self.text("brief.html");
            if page.contains(wanted) {
                return page;
            }
            assert!(begun.elapsed() < HANG, "the page never said {wanted}: {page}");
            version = self.text(&format!("version?{version}")).trim().parse::<u64>().unwrap();
        }
    }

    fn save(&self, file: &str, text: &str) {
        std::fs::write(self.team.path().join(file), text).unwrap();
    }

    fn read(&self, file: &str) -> String {
        std::fs::read_to_string(self.team.path().join(file)).unwrap()
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Joins the chunks of a body (RFC 9112, 7.1).
fn joined(mut chunks: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    while let Some(end) = chunks.windows(2).position(|two| two == b"\r\n") {
        let size = usize::from_str_radix(std::str::from_utf8(&chunks[..end]).unwrap().trim(), 16).unwrap();
        if size == 0 {
            break;
        }
        whole.extend(&chunks[end + 2..end + 2 + size]);
        chunks = &chunks[end + 4 + size..];
    }
    whole
}

#[test]
fn the_page_follows_the_files_through_an_error_and_back() {
    let preview = Preview::start();
    let frame = preview.text("");
    assert!(frame.contains("brief.html") && frame.contains("version?"), "{frame}");
    let first = preview.until("First feeds");
    assert!(!first.contains("Second feeds"));
    assert!(preview.get("brief.pdf").starts_with(b"%PDF-"));

    let good = preview.read("data/milestones.csv");
    let before: u64 = preview.text("version?0").parse().unwrap();
    preview.save("data/milestones.csv", &good.replace("First feeds", "Second feeds"));
    let after: u64 = preview.text(&format!("version?{before}")).parse().unwrap();
    assert!(after > before, "{after} follows {before}");
    let page = preview.until("Second feeds");
    assert!(!page.contains("First feeds"));
    assert!(preview.get("brief.pdf").starts_with(b"%PDF-"));

    preview.save("data/milestones.csv", &good.replace("2026-11-06,2026-12-11", "<b>31/31/26,<b>31/31/26"));
    let seen: u64 = preview.text("version?0").parse().unwrap();
    let mut troubles = preview.text("troubles.html");
    for _ in 0..3 {
        if troubles.is_empty() {
            preview.text(&format!("version?{seen}"));
            troubles = preview.text("troubles.html");
        }
    }
    assert!(troubles.contains("milestones.csv:2</a>") && troubles.contains("&lt;b&gt;31/31/26"), "{troubles}");
    assert!(!troubles.contains("<b>31"), "{troubles}");
    // The last brief that could be made is kept, in both formats.
    assert!(preview.text("brief.html").contains("Second feeds"));
    assert!(preview.get("brief.pdf").starts_with(b"%PDF-"));

    // An editor may write to another file and rename it; and the config is input, too.
    let beside = preview.team.path().join("data/milestones.csv~");
    std::fs::write(&beside, good.replace("First feeds", "Third feeds")).unwrap();
    std::fs::rename(&beside, preview.team.path().join("data/milestones.csv")).unwrap();
    preview.until("Third feeds");
    preview.save("headsup.toml", &preview.read("headsup.toml").replace("Dana Reyes", "Robin Vale"));
    preview.until("Robin Vale");
    // Nothing is written to the team's folder.
    assert!(!preview.team.path().join("out").exists());
}

#[test]
fn strangers_get_no_answer() {
    let preview = Preview::start();
    for host in ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example", ""] {
        let (status, _, body) = preview.ask(host, &format!("{}brief.html", preview.path));
        assert_eq!(status, 421, "{host}");
        assert!(!String::from_utf8_lossy(&body).contains("Curation"), "{host}");
    }
    let token = preview.path.trim_matches('/');
    let other = token.chars().rev().collect::<String>();
    for path in ["/", "/brief.html", "/brief.pdf", "/version?0", &format!("/{other}/brief.html"), &format!("/{token}")]
    {
        let (status, _, body) = preview.ask(&preview.host, path);
        assert_eq!(status, 404, "{path}");
        assert!(!String::from_utf8_lossy(&body).contains(token), "{path}");
    }
    for path in ["data/metrics.csv", "../headsup.toml", "%2e%2e/headsup.toml", "brief.html/", "headsup.toml"] {
        assert_eq!(preview.ask(&preview.host, &format!("{}{path}", preview.path)).0, 404, "{path}");
    }
    let (_, head, _) = preview.ask(&preview.host, &format!("{}brief.html", preview.path));
    let head = head.to_ascii_lowercase();
    for line in [
        "cache-control: no-store",
        "x-frame-options: sameorigin",
        "cross-origin-resource-policy: same-origin",
        "referrer-policy: no-referrer",
    ] {
        assert!(head.contains(line), "{line}: {head}");
    }
    assert!(token.len() >= 32 && !head.contains("access-control-allow-origin"), "{head}");
}

#[test]
fn a_problem_links_to_its_line() {
    let preview = Preview::start();
    preview.until("First feeds");
    let good = preview.read("data/milestones.csv");
    let seen: u64 = preview.text("version?0").parse().unwrap();
    preview.save("data/milestones.csv", &good.replace("2026-12-18,2026-12-18", "2026-13-45,2026-13-45"));
    let now: u64 = preview.text(&format!("version?{seen}")).parse().unwrap();
    assert!(now > seen && preview.text("brief.html").contains("First feeds"));
    let troubles = preview.text("troubles.html");
    assert!(troubles.contains("milestones.csv:3</a>") && troubles.contains("2026-13-45"), "{troubles}");
    assert!(preview.text("source.html?0").contains("<mark id=\"it\">     3  "), "{}", preview.text("source.html?0"));
    assert_eq!(preview.ask(&preview.host, &format!("{}source.html?99", preview.path)).0, 404);
    preview.save("data/milestones.csv", &good);
    assert!(preview.text(&format!("version?{now}")).parse::<u64>().unwrap() > now);
    assert!(preview.text("troubles.html").is_empty());
}
