//! Shows the problems of a team's files in the preview: above the last brief that could be made, each with a link to
//! its line.

use std::path::{Path, PathBuf};

use crate::input;
use crate::problem::{Failure, Problem, Problems};

/// Number of lines that are shown before and after the line of a problem.
const CONTEXT_LINES: usize = 6;
/// Most problems that are listed; the others are counted.
const MAX_LISTED: usize = 20;

/// A problem in the preview.
pub(crate) struct Trouble {
    text: String,
    /// File in the team folder, and line from 1.
    place: Option<(PathBuf, usize)>,
}

impl Trouble {
    /// Returns all problems of a failure.
    pub(crate) fn all(dir: &Path, failure: Failure, explain: fn(&Problems) -> String) -> Vec<Self> {
        let Failure::Input(problems) = failure else {
            return vec![Self { text: failure.to_string(), place: None }];
        };
        let of = |problem: Problem| {
            let place = problem.place.as_ref().and_then(|place| {
                let line = usize::try_from(place.line).ok().filter(|line| *line > 0)?;
                Some((within(dir, &place.file)?, line))
            });
            let text = explain(&problem.into());
            // The count of problems at the end is useless for a single problem.
            let text = text.trim_end().rsplit_once("\n\n").map_or(text.as_str(), |(text, _)| text).trim().to_owned();
            Self { text, place }
        };
        problems.0.into_iter().map(of).collect()
    }

    /// Returns a page with the lines around the problem, or `None` if it has no place or the file no longer exists.
    pub(crate) fn source(&self) -> Option<String> {
        let (path, line) = self.place.as_ref()?;
        let shown = path.display().to_string();
        let bytes = input::read_whole(path, &shown, 1 << 28).ok()?;
        let text = String::from_utf8_lossy(&bytes);
        let first = line.saturating_sub(CONTEXT_LINES).max(1);
        let mut lines = String::new();
        for (number, text) in (1..).zip(text.lines()).skip(first - 1).take(2 * CONTEXT_LINES + 1) {
            let text = format!("{number:>6}  {}", escaped(text));
            lines += &if number == *line { format!("<mark id=\"it\">{text}</mark>\n") } else { text + "\n" };
        }
        let shown = escaped(&shown);
        Some(page(&shown, &format!("<h1>{shown}:{line}</h1><pre>{lines}</pre>")))
    }
}

/// Returns the path of a file that a problem names if it lies in the team folder; no other file is served.
fn within(dir: &Path, named: &str) -> Option<PathBuf> {
    let candidates = [PathBuf::from(named), dir.join(named)];
    let root = dir.canonicalize().ok()?;
    let found = candidates.iter().filter_map(|path| path.canonicalize().ok()).find(|path| path.starts_with(&root));
    found.filter(|path| path.is_file())
}

/// Returns the list of problems for the frame. It is empty if there are none.
pub(crate) fn list(troubles: &[Trouble], is_made: bool) -> String {
    if troubles.is_empty() {
        return String::new();
    }
    let below = if is_made { "Below is the last brief that could be made." } else { "" };
    let mut html = format!("<p>This stands in the way; save the file and the page follows. {below}</p>\n");
    for (at, trouble) in troubles.iter().take(MAX_LISTED).enumerate() {
        let link = trouble.place.as_ref().map_or(String::new(), |(path, line)| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            format!("<a href=\"source.html?{at}#it\" target=\"_blank\">{}:{line}</a>", escaped(&name))
        });
        html += &format!("<div>{link}<pre>{}</pre></div>\n", escaped(&trouble.text));
    }
    if troubles.len() > MAX_LISTED {
        html += &format!("<p>and {} more: headsup check</p>\n", troubles.len() - MAX_LISTED);
    }
    html
}

/// Returns the page that is shown until a brief can be made.
pub(crate) fn nothing_yet() -> &'static str {
    "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>No brief yet</title></head>\n\
<body><h1>No brief yet</h1></body></html>\n"
}

fn page(title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\n\
<style>:root {{ color-scheme: light dark }} body {{ font: 15px/1.45 system-ui, sans-serif; margin: 2rem }} \
pre {{ font-size: 13px; overflow-x: auto }}</style></head>\n<body>{body}</body></html>\n"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Place;

    #[test]
    fn a_problem_links_to_its_line_and_nothing_outside_of_the_folder_is_served() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a.csv");
        std::fs::write(&file, "x\n<b>&\nz\n").unwrap();
        let outside = tempfile::NamedTempFile::new().unwrap();
        let at = |path: &Path| Problem::error("bad-date", "wrong").at(Place::at(path.display().to_string(), 2, 1));
        let problems = Problems(vec![at(&file), at(outside.path())]);
        let troubles = Trouble::all(dir.path(), Failure::Input(problems), |_| "<script>".to_owned());
        let html = list(&troubles, true);
        assert_eq!(html.matches("source.html?").count(), 1, "{html}");
        assert!(
            html.contains("a.csv:2</a>") && html.contains("&lt;script&gt;") && html.contains("last brief"),
            "{html}"
        );
        let source = troubles[0].source().unwrap();
        assert!(source.contains("<mark id=\"it\">     2  &lt;b&gt;&amp;</mark>"), "{source}");
        assert!(troubles[1].source().is_none());
    }
}
