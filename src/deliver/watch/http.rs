//! A minimal HTTP/1.1 server for the preview on this machine (RFC 9112): GET and HEAD, one request for each connection,
//! no bodies. Invalid requests are refused or dropped; no request can exhaust the memory or end the server.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Longest head of a request, in bytes: a browser sends less than one KiB.
const MAX_HEAD_BYTES: usize = 16 * 1024;
/// Time within which the head of a request must arrive.
const HEAD_TIME: Duration = Duration::from_secs(10);
/// Time within which a client must read a part of the answer.
const WRITE_TIME: Duration = Duration::from_secs(30);
/// Most simultaneous connections; a page uses two. Further ones are closed at once.
const MAX_CONNECTIONS: usize = 64;

/// The parts of a request that are used.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Request {
    /// Path and query.
    pub target: String,
    /// Host header. `None` if it is missing or occurs several times.
    pub host: Option<String>,
}

/// An answer. The body is not sent in reply to HEAD.
pub(crate) struct Response {
    pub status: u16,
    pub kind: &'static str,
    pub body: Vec<u8>,
}

impl Response {
    pub(crate) fn text(status: u16, body: &str) -> Self {
        Self { status, kind: "text/plain; charset=utf-8", body: body.into() }
    }
}

/// Answers requests until the process ends, each connection on a separate thread.
pub(crate) fn serve(listener: &TcpListener, answer: impl Fn(&Request) -> Response + Send + Sync + 'static) -> ! {
    let answer = Arc::new(answer);
    let open = Arc::new(AtomicUsize::new(0));
    loop {
        let Ok((stream, _)) = listener.accept() else {
            // Usually there are too many open files, which is temporary.
            std::thread::sleep(Duration::from_millis(50));
            continue;
        };
        if open.fetch_add(1, Ordering::SeqCst) >= MAX_CONNECTIONS {
            open.fetch_sub(1, Ordering::SeqCst);
            continue;
        }
        let (answer, of_thread) = (Arc::clone(&answer), Arc::clone(&open));
        let talk = move || {
            // If the browser has gone away, nothing needs to be done.
            let _ = converse(stream, &*answer);
            of_thread.fetch_sub(1, Ordering::SeqCst);
        };
        if std::thread::Builder::new().spawn(talk).is_err() {
            open.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

/// Reads one request and answers it.
fn converse(mut stream: TcpStream, answer: &impl Fn(&Request) -> Response) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(2)))?;
    stream.set_write_timeout(Some(WRITE_TIME))?;
    let until = Instant::now() + HEAD_TIME;
    let mut head = Vec::new();
    let mut part = [0u8; 4096];
    let end = loop {
        if let Some(end) = head.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        if head.len() > MAX_HEAD_BYTES {
            return send(&mut stream, &Response::text(431, "This request is too long.\n"), true);
        }
        if Instant::now() > until {
            return send(&mut stream, &Response::text(408, "This request took too long.\n"), true);
        }
        match stream.read(&mut part) {
            Ok(0) => return Ok(()),
            Ok(n) => head.extend_from_slice(&part[..n]),
            Err(e) if matches!(e.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut) => {}
            Err(e) => return Err(e),
        }
    };
    match parse(&head[..end]) {
        Ok((request, has_body)) => send(&mut stream, &answer(&request), has_body),
        Err(status) => send(&mut stream, &Response::text(status, "This is not served here.\n"), true),
    }
}

/// Parses the request. Returns it with a flag for whether its answer has a body, or the status that refuses it.
fn parse(head: &[u8]) -> Result<(Request, bool), u16> {
    let head = std::str::from_utf8(head).map_err(|_| 400u16)?;
    let mut lines = head.split("\r\n");
    let mut words = lines.next().unwrap_or_default().split(' ');
    let (Some(method), Some(target), Some(version), None) = (words.next(), words.next(), words.next(), words.next())
    else {
        return Err(400);
    };
    if !version.starts_with("HTTP/1.") || !target.starts_with('/') {
        return Err(400);
    }
    let has_body = match method {
        "GET" => true,
        "HEAD" => false,
        _ => return Err(405),
    };
    let hosts: Vec<&str> = lines
        .filter_map(|line| line.split_once(':'))
        .filter(|(name, _)| name.eq_ignore_ascii_case("host"))
        .map(|(_, value)| value.trim())
        .collect();
    let host = if let [host] = hosts.as_slice() { Some((*host).to_owned()) } else { None };
    Ok((Request { target: target.to_owned(), host }, has_body))
}

fn send(stream: &mut TcpStream, response: &Response, has_body: bool) -> std::io::Result<()> {
    let reason = match response.status {
        200 => "OK",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        421 => "Misdirected Request",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        _ => "Bad Request",
    };
    let head = format!(
        "HTTP/1.1 {} {reason}\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\nCache-Control: no-store\r\n\
X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\nCross-Origin-Resource-Policy: same-origin\r\n\
X-Frame-Options: SAMEORIGIN\r\n\r\n",
        response.status,
        response.kind,
        response.body.len()
    );
    stream.write_all(head.as_bytes())?;
    if has_body {
        stream.write_all(&response.body)?;
    }
    stream.flush()?;
    stream.shutdown(std::net::Shutdown::Write)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_valid_requests_are_answered() {
        let request = |head: &str| parse(head.as_bytes());
        let (found, has_body) = request("GET /x/?1 HTTP/1.1\r\nhost: 127.0.0.1:80\r\nA: b").unwrap();
        assert_eq!((found.target.as_str(), found.host.as_deref(), has_body), ("/x/?1", Some("127.0.0.1:80"), true));
        assert!(!request("HEAD / HTTP/1.0").unwrap().1);
        assert_eq!(request("GET / HTTP/1.1\r\nHost: a\r\nHost: b").unwrap().0.host, None);
        for (head, status) in [
            ("POST / HTTP/1.1", 405),
            ("GET / HTTP/2", 400),
            ("GET http://evil/ HTTP/1.1", 400),
            ("GET", 400),
            ("", 400),
        ] {
            assert_eq!(request(head).unwrap_err(), status, "{head}");
        }
    }

    #[test]
    fn no_request_ends_the_server() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || serve(&listener, |_| Response::text(200, "here")));
        let ask = |request: &[u8]| {
            let mut stream = TcpStream::connect(address).unwrap();
            let _ = stream.write_all(request);
            let _ = stream.shutdown(std::net::Shutdown::Write);
            let mut answer = Vec::new();
            let _ = stream.read_to_end(&mut answer);
            String::from_utf8_lossy(&answer).lines().next().unwrap_or_default().to_owned()
        };
        assert!(ask(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9223372036854775808\r\n\r\nxx").contains("405"));
        ask(&[b'x'; 100_000]);
        ask(b"\xff\xfe\r\n\r\n");
        // Connections beyond the limit are closed, and the next one afterwards is answered.
        let held: Vec<TcpStream> = (0..200).filter_map(|_| TcpStream::connect(address).ok()).collect();
        drop(held);
        let answered = (0..100).any(|_| {
            std::thread::sleep(Duration::from_millis(20));
            ask(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").contains("200 OK")
        });
        assert!(answered);
    }
}
