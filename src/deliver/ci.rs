//! The summary of a brief on the page of a CI job: GitHub's job summary, which is Markdown appended to a file.

use std::io::Write as _;
use std::path::Path;

use crate::problem::Failure;

/// Largest size of the summary file, in bytes: GitHub refuses more than 1 MiB, including what other steps have written.
const MAX_BYTES: usize = 1024 * 1024 - 4096;

/// Appends to the job's summary. If the text does not fit, it is cut at the end of a line, with a note.
pub(crate) fn append_summary(path: &Path, markdown: &str) -> Result<(), Failure> {
    let used = std::fs::metadata(path).map_or(0, |file| usize::try_from(file.len()).unwrap_or(usize::MAX));
    let text = fitting(markdown, MAX_BYTES.saturating_sub(used));
    let appended = std::fs::OpenOptions::new().create(true).append(true).open(path);
    appended.and_then(|mut file| file.write_all(text.as_bytes())).map_err(|e| Failure::write(path, e))
}

/// Returns as many whole lines as fit into `room` bytes.
fn fitting(markdown: &str, room: usize) -> String {
    const CUT: &str = "\n*The rest is in the artifact: a job summary holds 1 MiB.*\n";
    if markdown.len() <= room {
        return markdown.to_owned();
    }
    let room = room.saturating_sub(CUT.len());
    let kept: usize = markdown
        .split_inclusive('\n')
        .scan(0, |sum, line| {
            *sum += line.len();
            (*sum <= room).then_some(line.len())
        })
        .sum();
    format!("{}{CUT}", &markdown[..kept])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_that_does_not_fit_is_cut_at_a_line_with_a_note() {
        assert_eq!(fitting("# a\nb\n", 6), "# a\nb\n");
        let long = "0123456789\n".repeat(20);
        let cut = fitting(&long, 100);
        assert!(
            cut.len() <= 100 && cut.starts_with("0123456789\n0123456789\n") && cut.contains("the artifact"),
            "{cut}"
        );
    }
}
