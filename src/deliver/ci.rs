//! What a CI job shows of a brief on its own page: GitHub's job summary, which is Markdown appended to a file.

use std::io::Write as _;
use std::path::Path;

use crate::problem::Failure;

/// GitHub refuses a summary of more than 1 MiB; others of the job may stand in the file already.
const MOST_BYTES: usize = 1024 * 1024 - 4096;

/// Appends to the job's summary. What does not fit is cut at a line, and the cut is said.
pub(crate) fn append_summary(path: &Path, markdown: &str) -> Result<(), Failure> {
    let used = std::fs::metadata(path).map_or(0, |file| usize::try_from(file.len()).unwrap_or(usize::MAX));
    let text = fitting(markdown, MOST_BYTES.saturating_sub(used));
    let appended = std::fs::OpenOptions::new().create(true).append(true).open(path);
    appended.and_then(|mut file| file.write_all(text.as_bytes())).map_err(|e| Failure::write(path, e))
}

/// As many whole lines as fit into `room` bytes.
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
    fn what_does_not_fit_is_cut_at_a_line_and_said() {
        assert_eq!(fitting("# a\nb\n", 6), "# a\nb\n");
        let long = "0123456789\n".repeat(20);
        let cut = fitting(&long, 100);
        assert!(
            cut.len() <= 100 && cut.starts_with("0123456789\n0123456789\n") && cut.contains("the artifact"),
            "{cut}"
        );
    }
}
