//! Formats problems: as text with the cell underlined, as JSON, or as annotations of a CI job. All commands use it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use crate::problem::{Place, Problem, Problems, Severity};
use crate::sink::{clean, clean_line};

/// How problems are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum ReportFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON document.
    Json,
    /// Workflow commands, which GitHub shows beside the lines of the file.
    Github,
}

/// GitHub shows at most ten annotations of a step, so the most severe ones come first.
const MAX_ANNOTATIONS: usize = 10;

/// Most problems of the same kind in the same file that a terminal shows; the others are counted.
const MAX_SIMILAR: usize = 10;

/// Returns the key by which similar problems are grouped: severity, code and file. A note that counts further warnings
/// does not belong to any group.
fn kind(problem: &Problem) -> (Severity, &str, &str) {
    (problem.severity, problem.code, problem.place.as_ref().map_or("", |place| place.file.as_str()))
}

/// Formats the problems as text for a terminal. The stream removes the colours if it does not want them.
pub fn text(problems: &Problems) -> String {
    let renderer = Renderer::styled().decor_style(DecorStyle::Ascii);
    let mut out = String::new();
    let mut alike: BTreeMap<(Severity, &str, &str), usize> = BTreeMap::new();
    for problem in &problems.0 {
        let seen = alike.entry(kind(problem)).or_default();
        *seen += 1;
        if *seen > MAX_SIMILAR {
            continue;
        }
        let level = match problem.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let message = clean(&problem.message);
        let help = clean(&problem.help);
        let mut elements: Vec<Element<'_>> = problem.place.iter().flat_map(place).collect();
        if !help.is_empty() {
            elements.push(Level::HELP.message(help).into());
        }
        let group = Group::with_title(level.primary_title(message).id(problem.code)).elements(elements);
        let _ = writeln!(out, "{}\n", without_joints(&renderer.render(&[group])));
    }
    for ((_, code, file), n) in alike.into_iter().filter(|(_, n)| *n > MAX_SIMILAR) {
        let of = if file.is_empty() { String::new() } else { format!(" in {}", clean_line(file)) };
        let _ = writeln!(out, "and {} more {code}{of}\n", n - MAX_SIMILAR);
    }
    if !problems.is_empty() {
        let _ = writeln!(out, "{}", counts(problems));
    }
    out
}

/// Removes lines that consist of `:::` alone, where the text of a place is shown under its own line and column.
fn without_joints(rendered: &str) -> String {
    let is_joint = |line: &&str| anstream::adapter::strip_str(line).to_string().trim() == ":::";
    rendered.lines().filter(|line| !is_joint(line)).collect::<Vec<_>>().join("\n")
}

fn place(place: &Place) -> Vec<Element<'_>> {
    let file = clean_line(&place.file);
    let line = usize::try_from(place.line).unwrap_or(usize::MAX);
    let Some(excerpt) = place.excerpt.as_ref().filter(|_| line > 0) else {
        return vec![origin(file, line, place.column)];
    };
    // The parts are cleaned one by one, so that the underlined part stays the same.
    let end = (excerpt.start + excerpt.len).min(excerpt.text.len());
    let start = excerpt.start.min(end);
    let part = |range: std::ops::Range<usize>| clean_line(excerpt.text.get(range).unwrap_or_default()).into_owned();
    let (before, marked, after) = (part(0..start), part(start..end), part(end..excerpt.text.len()));
    let (start, end) = (before.len(), before.len() + marked.len());
    let text = before + &marked + &after;
    let marked = Snippet::source(text.clone()).line_start(line).annotation(AnnotationKind::Primary.span(start..end));
    let column = text.get(..start).map_or(0, |before| before.chars().count() as u64 + 1);
    if column == place.column {
        vec![marked.path(file).into()]
    } else {
        // A long line is shown in part, so the reader could not count its columns.
        vec![origin(file, line, place.column), marked.into()]
    }
}

fn origin(file: Cow<'_, str>, line: usize, column: u64) -> Element<'_> {
    match (line, usize::try_from(column)) {
        (0, _) => Origin::path(file).into(),
        (line, Ok(column)) if column > 0 => Origin::path(file).line(line).char_column(column).into(),
        (line, _) => Origin::path(file).line(line).into(),
    }
}

/// Counts problems by severity: `3 errors, 1 warning`.
pub fn counts(problems: &Problems) -> String {
    let mut parts = Vec::new();
    for (severity, one, many) in [
        (Severity::Error, "error", "errors"),
        (Severity::Warning, "warning", "warnings"),
        (Severity::Note, "note", "notes"),
    ] {
        match problems.0.iter().filter(|p| p.severity == severity).count() {
            0 => {}
            1 => parts.push(format!("1 {one}")),
            n => parts.push(format!("{n} {many}")),
        }
    }
    parts.join(", ")
}

/// Formats a path for a shell, in quotes if it needs them.
pub fn as_typed(path: &Path) -> String {
    let path = path.display().to_string();
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '-' | '+' | ':' | '@' | '\\');
    if !path.is_empty() && path.chars().all(is_plain) { path } else { format!("'{}'", path.replace('\'', "'\\''")) }
}

/// What `check --format json` prints.
#[derive(serde::Serialize, schemars::JsonSchema)]
struct Document<'a> {
    /// `headsup.problems/1`
    schema: &'static str,
    problems: &'a Problems,
}

/// The JSON Schema of [`json`].
pub fn schema() -> serde_json::Value {
    crate::document::output_schema_of::<Document<'static>>()
}

/// The problems as one JSON document.
pub fn json(problems: &Problems) -> String {
    let document = serde_json::json!(Document { schema: "headsup.problems/1", problems });
    format!("{document:#}\n")
}

/// Formats the problems as workflow commands: the ten most severe ones, then the number of the others.
pub fn github(problems: &Problems) -> String {
    let mut worst: Vec<&Problem> = problems.0.iter().collect();
    worst.sort_by_key(|p| std::cmp::Reverse(p.severity));
    let mut out = String::new();
    for problem in worst.iter().take(MAX_ANNOTATIONS) {
        let command = match problem.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let mut places = Vec::new();
        if let Some(place) = &problem.place {
            places.push(format!("file={}", property(&place.file)));
            if place.line > 0 {
                places.push(format!("line={}", place.line));
            }
            if place.column > 0 {
                places.push(format!("col={}", place.column));
            }
        }
        places.push(format!("title={}", property(problem.code)));
        let help = if problem.help.is_empty() { String::new() } else { format!("\n{}", problem.help) };
        let message = data(&format!("{}{help}", problem.message));
        let _ = writeln!(out, "::{command} {}::{message}", places.join(","));
    }
    if worst.len() > MAX_ANNOTATIONS {
        let _ = writeln!(out, "::notice title=more::and {} more problems, in the log", worst.len() - MAX_ANNOTATIONS);
    }
    out
}

/// Escapes the message of a workflow command.
fn data(text: &str) -> String {
    clean(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a workflow command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Excerpt;

    fn bad_date() -> Problem {
        Problem::error("bad-date", "\"31/31/26\" is not a date")
            .at(Place {
                file: "data/jira.csv".into(),
                line: 14,
                column: 7,
                excerpt: Some(Excerpt { text: "CUR-9,31/31/26,Done".into(), start: 6, len: 8 }),
            })
            .help("write it as 2026-12-31")
    }

    fn plain(text: &str) -> String {
        anstream::adapter::strip_str(text).to_string()
    }

    #[test]
    fn the_cell_is_underlined_and_the_help_is_shown() {
        let shown = plain(&text(&bad_date().into()));
        assert!(shown.contains("error[bad-date]: \"31/31/26\" is not a date"), "{shown}");
        assert!(shown.contains("data/jira.csv:14:7"), "{shown}");
        assert!(shown.contains("14 | CUR-9,31/31/26,Done\n   |       ^^^^^^^^"), "{shown}");
        assert!(shown.contains("write it as 2026-12-31"), "{shown}");
        assert!(shown.ends_with("1 error\n"), "{shown}");
    }

    #[test]
    fn a_part_of_a_long_line_is_shown_below_its_place() {
        let mut problem = bad_date();
        if let Some(place) = &mut problem.place {
            place.column = 3013;
        }
        let shown = plain(&text(&problem.into()));
        assert!(
            shown.contains("data/jira.csv:14:3013\n   |\n14 | CUR-9,31/31/26,Done\n   |       ^^^^^^^^"),
            "{shown}"
        );
    }

    #[test]
    fn ten_similar_problems_are_shown_and_the_rest_counted() {
        let mut problems = Problems(vec![bad_date(); 700]);
        problems.push(Problem::error("empty-file", "no wins").at(Place::file("data/wins.csv")));
        let shown = plain(&text(&problems));
        assert_eq!(shown.matches("error[bad-date]").count(), 10);
        assert!(shown.contains("error[empty-file]: no wins"), "{shown}");
        assert!(shown.contains("and 690 more bad-date in data/jira.csv"), "{shown}");
        assert!(shown.ends_with("701 errors\n"), "{shown}");
    }

    #[test]
    fn a_span_beyond_the_end_of_its_line_does_not_panic() {
        let mut problem = bad_date();
        if let Some(Excerpt { start, len, .. }) = problem.place.as_mut().and_then(|p| p.excerpt.as_mut()) {
            (*start, *len) = (400, 12);
        }
        assert!(plain(&text(&problem.into())).contains("not a date"));
    }

    #[test]
    fn annotations_are_escaped() {
        let problem = Problem::warning("wide-row", "50% of\r\nit::error::\x1b[31mred").at(Place::at("a,b:c.csv", 3, 0));
        assert_eq!(
            github(&problem.into()),
            "::warning file=a%2Cb%3Ac.csv,line=3,title=wide-row::50%25 of\u{FFFD}%0Ait::error::\u{FFFD}[31mred\n"
        );
    }

    #[test]
    fn the_ten_most_severe_annotations_are_printed_and_the_rest_counted() {
        let mut problems = Problems::default();
        for n in 0..11 {
            problems.push(Problem::note("encoding", format!("note {n}")));
        }
        problems.push(bad_date());
        let shown = github(&problems);
        assert!(shown.starts_with("::error file=data/jira.csv,line=14,col=7"), "{shown}");
        assert_eq!(shown.lines().count(), 11);
        assert!(shown.ends_with("::notice title=more::and 2 more problems, in the log\n"), "{shown}");
    }
}
