//! The live preview: serves the HTML and the PDF of a team folder on this machine only, and makes them again when a
//! file changes.
//!
//! Any page in the same browser could send requests to this server. It therefore answers only below a path that cannot
//! be guessed, and only to its own `Host`, which prevents DNS rebinding. The `watch` command in [`crate::cli`] starts
//! it.

mod http;
mod trouble;

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use notify::{EventKind, RecursiveMode, Watcher as _};

use crate::config::Format;
use crate::pipeline::{self, Request as Wanted};
use crate::problem::{Failure, Problems};
use http::{Request, Response};
use trouble::Trouble;

/// Time that an editor gets to finish writing.
const SETTLE: Duration = Duration::from_millis(40);
/// Time for which a page waits for a change before it asks again.
const WAIT: Duration = Duration::from_secs(25);

/// What the page currently shows.
#[derive(Default)]
struct State {
    /// Version, which increases with each change.
    version: u64,
    /// The last brief that could be made.
    html: String,
    /// Whether a brief has been made at all.
    is_made: bool,
    /// Problems with the current files.
    troubles: Vec<Trouble>,
    /// PDF of this version. It is made on request.
    pdf: Option<Vec<u8>>,
}

/// State that the watcher and the answering threads share.
struct Preview {
    dir: PathBuf,
    wanted: Wanted,
    /// Converts problems to text for a page.
    explain: fn(&Problems) -> String,
    state: Mutex<State>,
    changed: Condvar,
}

/// A running server.
pub(crate) struct Watch {
    listener: TcpListener,
    preview: Arc<Preview>,
    changes: Changes,
    prefix: String,
    port: u16,
}

impl Watch {
    /// Binds to this machine only. `token` is the part of the path that cannot be guessed; port 0 selects a free port.
    pub(crate) fn start(
        dir: &Path,
        wanted: Wanted,
        port: u16,
        token: &str,
        explain: fn(&Problems) -> String,
    ) -> Result<Self, Failure> {
        let listener = TcpListener::bind(("127.0.0.1", port)).map_err(|e| {
            Failure::Usage(format!("port {port} cannot be listened to: {e}; leave --port away to take a free one"))
        })?;
        let port = listener.local_addr().map_or(port, |address| address.port());
        let preview =
            Preview { dir: dir.to_owned(), wanted, explain, state: Mutex::default(), changed: Condvar::new() };
        // Watching starts before the files are read, so that no change is missed in between.
        let changes = Changes::of(dir)?;
        preview.refresh();
        Ok(Self { listener, preview: Arc::new(preview), changes, prefix: format!("/{token}/"), port })
    }

    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}{}", self.port, self.prefix)
    }

    /// Answers requests and watches the folder until the process ends.
    pub(crate) fn run(&self) -> Result<(), Failure> {
        let preview = Arc::clone(&self.preview);
        let (prefix, port) = (self.prefix.clone(), self.port);
        let listener = self.listener.try_clone().map_err(|e| Failure::write("the preview's port", e))?;
        std::thread::spawn(move || http::serve(&listener, move |request| answer(request, &preview, &prefix, port)));
        self.preview.follow(&self.changes.events);
        Ok(())
    }
}

/// Changes in a folder and its subfolders from the creation of this value on.
struct Changes {
    events: Receiver<notify::Result<notify::Event>>,
    /// Watching ends when this is dropped.
    _watcher: notify::RecommendedWatcher,
}

impl Changes {
    fn of(dir: &Path) -> Result<Self, Failure> {
        let fault = |e: notify::Error| Failure::Fault(format!("{} cannot be watched: {e}", dir.display()));
        let (sender, events) = std::sync::mpsc::channel();
        let mut watcher = notify::recommended_watcher(sender).map_err(fault)?;
        watcher.watch(dir, RecursiveMode::Recursive).map_err(fault)?;
        Ok(Self { events, _watcher: watcher })
    }
}

impl Preview {
    /// Makes the brief again. Problems are shown in the page.
    fn refresh(&self) {
        let wanted = Wanted { formats: Some(vec![Format::Html]), ..self.wanted.clone() };
        let made = pipeline::run(&self.dir, &wanted);
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let version = state.version + 1;
        match made {
            Ok(rendered) => {
                let html = rendered.bytes(Format::Html).unwrap_or_default();
                let html = String::from_utf8_lossy(html).into_owned();
                *state = State { version, html, is_made: true, ..State::default() };
            }
            // The last brief stays, with the problems above it.
            Err(failure) => {
                state.version = version;
                state.troubles = Trouble::all(&self.dir, failure, self.explain);
                if !state.is_made {
                    state.html = trouble::nothing_yet().to_owned();
                }
            }
        }
        drop(state);
        self.changed.notify_all();
    }

    /// Makes the brief again after each change. Never returns.
    fn follow(&self, events: &Receiver<notify::Result<notify::Event>>) {
        while let Ok(event) = events.recv() {
            if !event.is_ok_and(|event| self.concerns(&event)) {
                continue;
            }
            // Editors write in several steps, so changes in quick succession count as one.
            let until = Instant::now() + SETTLE;
            while events.recv_timeout(until.saturating_duration_since(Instant::now())).is_ok() {}
            self.refresh();
        }
    }

    /// Returns whether an event is a change of the input, as opposed to our own output or a read access.
    fn concerns(&self, event: &notify::Event) -> bool {
        if matches!(event.kind, EventKind::Access(_)) {
            return false;
        }
        event.paths.iter().any(|path| {
            let below = path.strip_prefix(&self.dir).unwrap_or(path);
            !below.components().any(|part| {
                let name = part.as_os_str().to_string_lossy();
                name == "out" || name.starts_with('.')
            })
        })
    }

    /// Returns the PDF of what the page shows.
    fn pdf(&self) -> Result<Vec<u8>, Failure> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let version = state.version;
        if let Some(pdf) = &state.pdf {
            return Ok(pdf.clone());
        }
        drop(state);
        let wanted = Wanted { formats: Some(vec![Format::Pdf]), ..self.wanted.clone() };
        let rendered = pipeline::run(&self.dir, &wanted)?;
        let pdf = rendered.bytes(Format::Pdf).unwrap_or_default().to_vec();
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.version == version {
            state.pdf = Some(pdf.clone());
        }
        Ok(pdf)
    }

    /// Waits until the page is newer than `seen`, or until the waiting time is over. Returns the version of the page.
    fn wait(&self, seen: u64) -> u64 {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.changed.wait_timeout_while(state, WAIT, |state| state.version <= seen);
        waited.unwrap_or_else(PoisonError::into_inner).0.version
    }
}

/// Answers a request.
fn answer(request: &Request, preview: &Preview, prefix: &str, port: u16) -> Response {
    let own = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    if !request.host.as_ref().is_some_and(|host| own.contains(host)) {
        return Response::text(421, "This is not the host you asked for.\n");
    }
    let Some(path) = request.target.strip_prefix(prefix) else {
        return Response::text(404, "There is nothing here.\n");
    };
    let page = |body: Vec<u8>| Response { status: 200, kind: "text/html; charset=utf-8", body };
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    match path {
        "" => page(include_bytes!("watch/frame.html").to_vec()),
        "brief.html" => {
            let html = preview.state.lock().unwrap_or_else(PoisonError::into_inner).html.clone();
            page(html.into_bytes())
        }
        "brief.pdf" => match preview.pdf() {
            Ok(pdf) => Response { status: 200, kind: "application/pdf", body: pdf },
            Err(Failure::Input(problems)) => Response::text(500, &(preview.explain)(&problems)),
            Err(other) => Response::text(500, &other.to_string()),
        },
        "troubles.html" => {
            let state = preview.state.lock().unwrap_or_else(PoisonError::into_inner);
            page(trouble::list(&state.troubles, state.is_made).into_bytes())
        }
        "source.html" => {
            let state = preview.state.lock().unwrap_or_else(PoisonError::into_inner);
            let source = query.parse().ok().and_then(|at: usize| state.troubles.get(at)?.source());
            source.map_or_else(|| Response::text(404, "There is nothing here.\n"), |html| page(html.into_bytes()))
        }
        "version" => Response::text(200, &preview.wait(query.parse().unwrap_or(0)).to_string()),
        _ => Response::text(404, "There is nothing here.\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_output_is_not_a_change() {
        let preview = Preview {
            dir: "/team".into(),
            wanted: Wanted {
                as_of: "2026-11-20".parse().unwrap(),
                on: None,
                since: None,
                audience: crate::redact::Audience::Boss,
                formats: None,
            },
            explain: |_| String::new(),
            state: Mutex::default(),
            changed: Condvar::new(),
        };
        let modified =
            |path: &str| notify::Event::new(EventKind::Modify(notify::event::ModifyKind::Any)).add_path(path.into());
        assert!(preview.concerns(&modified("/team/data/jira.csv")));
        assert!(preview.concerns(&modified("/team/headsup.toml")));
        assert!(!preview.concerns(&modified("/team/out/2026-11-20-brief-boss.pdf")));
        assert!(!preview.concerns(&modified("/team/data/.headsup-x1")));
        let read = notify::Event::new(EventKind::Access(notify::event::AccessKind::Any)).add_path("/team/a.csv".into());
        assert!(!preview.concerns(&read));
    }
}
