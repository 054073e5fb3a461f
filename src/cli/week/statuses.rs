//! Statuses that no preset knows: the manager is asked once what they mean, and the answer is written to headsup.toml.

use std::collections::HashSet;

use crate::config::Config;
use crate::input;
use crate::output::{self, Mode};
use crate::problem::{Failure, Problem, Problems};
use crate::tables::TaskStatus;

/// A status word that no preset or config explains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UnknownStatus {
    pub word: String,
    /// What is known about the word, for the question.
    pub message: String,
    /// The name of its file in problems.
    pub file: String,
    /// It is of a milestone or an objective, not of tasks.
    pub of_plan: bool,
}

/// Returns the unknown statuses among the problems of a team, if their words may be shown.
pub(crate) fn unknown(problems: &Problems) -> Vec<UnknownStatus> {
    let found = problems.0.iter().filter(|problem| problem.code == "unmapped-status").filter_map(|problem| {
        let (offered, word) = word_in(problem)?;
        let file = problem.place.as_ref()?.file.clone();
        let of_plan = serde_json::from_value::<TaskStatus>(offered.into()).is_err();
        Some(UnknownStatus { word, message: problem.message.clone(), file, of_plan })
    });
    let mut seen = HashSet::new();
    found.filter(|it| seen.insert((it.word.clone(), it.file.clone()))).collect()
}

/// Extracts the word from the config lines that the problem suggests, and the meaning that they offer.
fn word_in(problem: &Problem) -> Option<(String, String)> {
    let (_, lines) = problem.help.split_once('\n')?;
    let table = toml::from_str::<toml::Table>(lines).ok()?;
    let status = table.get("source")?.get("values")?.get("status")?.as_table()?;
    let (offered, words) = status.iter().next()?;
    Some((offered.clone(), words.as_array()?.first()?.as_str()?.to_owned()))
}

/// Writes the meaning of a word into the `[[source]]` of its file. Returns false if its place in the config is unclear:
/// then the user has to paste the lines.
pub(crate) fn explain(config: &Config, unknown: &UnknownStatus, meaning: &str) -> Result<bool, Failure> {
    let of_file = |source: &&crate::config::Source| {
        let pattern = glob::Pattern::new(&source.file).ok();
        let name = unknown.file.strip_prefix("./").unwrap_or(&unknown.file);
        unknown.file.ends_with(&source.file)
            || pattern.is_some_and(|pattern| pattern.matches(name) || name.ends_with(&source.file))
    };
    let sources: Vec<&crate::config::Source> = config.sources.iter().filter(of_file).collect();
    let [source] = sources.as_slice() else { return Ok(false) };
    let path = config.dir.join("headsup.toml");
    let text =
        String::from_utf8_lossy(&input::read_whole(&path, "headsup.toml", input::MAX_HANDWRITTEN_BYTES)?).into_owned();
    let line = usize::try_from(source.place.line).unwrap_or_default();
    let Some(new) = with_word(&text, line, meaning, &unknown.word) else { return Ok(false) };
    output::write(&path, new.as_bytes(), Mode::Normal)?;
    Ok(true)
}

/// Returns the config with a word added under `[source.values.status]` of the source that contains `line` (from 1), or
/// `None` if the result would differ in more than this.
fn with_word(text: &str, line: usize, ours: &str, word: &str) -> Option<String> {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let is_next = |line: &String| {
        let line = line.trim_start();
        line.starts_with('[') && !line.starts_with("[source.")
    };
    let end = lines.iter().skip(line).position(is_next).map_or(lines.len(), |at| line + at);
    // Comments and blank lines above a heading belong to that heading.
    let end = (line..end)
        .rev()
        .find(|at| !matches!(lines[*at].trim().chars().next(), None | Some('#')))
        .map_or(line, |at| at + 1);
    let quoted = toml::Value::String(word.to_owned()).to_string();
    let heading = (line..end).find(|at| lines[*at].trim() == "[source.values.status]");
    match heading {
        None => {
            lines.insert(end, format!("\n[source.values.status]\n{ours} = [{quoted}]"));
        }
        Some(heading) => {
            let is_key = |at: &usize| lines[*at].split('=').next().is_some_and(|key| key.trim() == ours);
            match (heading + 1..end).take_while(|at| !lines[*at].trim().starts_with('[')).find(is_key) {
                Some(at) => {
                    let close = lines[at].rfind(']')?;
                    let is_empty = lines[at][..close].trim_end().ends_with('[');
                    lines[at].insert_str(close, &if is_empty { quoted } else { format!(", {quoted}") });
                }
                None => lines.insert(heading + 1, format!("{ours} = [{quoted}]")),
            }
        }
    }
    let new = lines.join("\n") + "\n";
    let sources = |text: &str| Some(toml::from_str::<toml::Table>(text).ok()?.get("source")?.as_array()?.clone());
    let (before, after) = (sources(text)?, sources(&new)?);
    let words = |source: &toml::Value| {
        source
            .get("values")
            .and_then(|it| it.get("status"))
            .and_then(|it| it.get(ours))
            .and_then(|it| it.as_array())
            .cloned()
    };
    let changed: Vec<usize> = (0..after.len()).filter(|at| before.get(*at) != after.get(*at)).collect();
    let says_it =
        |at: &usize| after.get(*at).and_then(words).is_some_and(|it| it.iter().any(|it| it.as_str() == Some(word)));
    (before.len() == after.len() && changed.len() == 1 && changed.iter().all(says_it)).then_some(new)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONFIG: &str = "[team]\nname = \"T\"\n\n[[source]]\ntable = \"tasks\"\nfile = \"data/a.csv\"\n\n# Of the other tool.\n[[source]]\ntable = \"tasks\"\nfile = \"data/b.csv\"\n[source.values.status]\ndone = [\"Shipped\"]\n\n[brief]\npages = 2\n";

    #[test]
    fn a_word_is_written_under_its_source() {
        let first = with_word(CONFIG, 6, "paused", "Parked \"now\"").unwrap();
        assert!(
            first.contains("file = \"data/a.csv\"\n\n[source.values.status]\npaused = ['Parked \"now\"']\n\n# Of the"),
            "{first}"
        );
        let second = with_word(CONFIG, 11, "done", "Live").unwrap();
        assert!(second.contains("done = [\"Shipped\", \"Live\"]\n"), "{second}");
        let third = with_word(&second, 11, "paused", "Parked").unwrap();
        assert!(third.contains("[source.values.status]\npaused = [\"Parked\"]\ndone ="), "{third}");
        // A word that the config explains already cannot be written again, so there is no result.
        assert!(with_word("source = [{ table = \"tasks\", file = \"a.csv\" }]\n", 1, "done", "Live").is_none());
    }

    #[test]
    fn the_word_is_taken_from_the_lines_that_a_problem_suggests() {
        let help = "say what it means, after its [[source]]:\n[source.values.status]\ndoing = [\"Parked\"]";
        let problem = Problem::warning("unmapped-status", "a status is not known; 12 tasks that have it count as open")
            .at(crate::problem::Place::at("data/a.csv", 2, 3))
            .help_quoting(help);
        let found = unknown(&problem.clone().into());
        assert_eq!(found.iter().map(|it| it.word.as_str()).collect::<Vec<_>>(), ["Parked"]);
        // In the log of a CI job, the words of an export are hidden.
        assert!(unknown(&problem.unquoted().into()).is_empty());
    }
}
