//! Exports of one tracker from different days with one file pattern: the newest row of a task counts.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use crate::source::{Opened, of};
use crate::team::TableKind;

/// The age of an export: the date in its name, then the newest date in its rows, then its position by name.
type Age = (Option<NaiveDate>, Option<NaiveDate>, usize);

/// Which files are exports of the same source, and which of them is newer.
#[derive(Debug, Default)]
pub(crate) struct ExportOrder {
    files: BTreeMap<String, (usize, Age)>,
}

impl ExportOrder {
    pub(crate) fn of(opened: &mut [Opened<'_>]) -> Self {
        let files = of(opened, TableKind::Tasks).enumerate().map(|(at, file)| {
            let name = file.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            // Only rows that everybody may see count.
            let age = (date_in(&name), file.counts.newest_open, at);
            (file.inspection.file.clone(), (file.index, age))
        });
        Self { files: files.collect() }
    }

    /// Removes the sources whose files use one key for different tasks, such as those of two teams that each number
    /// from one: there, a repeated key is not a newer row. `rows` are file, key and title.
    pub(crate) fn agreeing<'d>(mut self, rows: impl Iterator<Item = (&'d str, &'d str, &'d str)>) -> Self {
        let mut titles: HashMap<(usize, &str), (&str, &str)> = HashMap::new();
        // For each source, the number of keys with the same title in two files, and of keys with two titles.
        let mut found: HashMap<usize, (u64, u64)> = HashMap::new();
        for (file, key, title) in rows {
            let Some((source, _)) = self.files.get(file) else { continue };
            let (other, first) = titles.entry((*source, key)).or_insert((file, title));
            if *other != file {
                let (same, different) = found.entry(*source).or_default();
                if *first == title { *same += 1 } else { *different += 1 }
            }
        }
        self.files.retain(|_, (source, _)| found.get(source).is_none_or(|(same, different)| same >= different));
        self
    }

    /// Returns whether two files are different exports of the same source.
    pub(crate) fn are_editions(&self, one: &str, other: &str) -> bool {
        let source = |file: &str| self.files.get(file).map(|(source, _)| *source);
        one != other && source(one).is_some() && source(one) == source(other)
    }

    pub(crate) fn is_newer(&self, one: &str, other: &str) -> bool {
        let age = |file: &str| self.files.get(file).map(|(_, age)| *age);
        age(one) > age(other)
    }

    /// Returns the newest file of all.
    pub(crate) fn newest(&self) -> Option<&str> {
        self.files.iter().max_by_key(|(_, (_, age))| *age).map(|(file, _)| file.as_str())
    }
}

/// Returns the last date in the name of a file: `jira-2026-11-20`, `20261120 tasks`, `Export 20.11.2026`.
fn date_in(name: &str) -> Option<NaiveDate> {
    const FORMS: [(&str, usize); 5] =
        [("%Y-%m-%d", 10), ("%Y_%m_%d", 10), ("%Y.%m.%d", 10), ("%d.%m.%Y", 10), ("%Y%m%d", 8)];
    let day = |at: usize| {
        FORMS.iter().find_map(|(form, length)| NaiveDate::parse_from_str(name.get(at..at + length)?, form).ok())
    };
    // A date does not begin inside a longer number.
    let begins = |at: &usize| {
        at.checked_sub(1).and_then(|before| name.as_bytes().get(before)).is_none_or(|b| !b.is_ascii_digit())
    };
    (0..name.len()).filter(begins).filter_map(day).last()
}

#[cfg(test)]
mod tests {
    use super::date_in;

    #[test]
    fn names_of_files_tell_their_day() {
        for name in
            ["jira-2026-11-20", "20261120 tasks", "Export 20.11.2026", "a_2026_11_20_b", "2026-11-13 to 2026-11-20"]
        {
            assert_eq!(date_in(name).map(|day| day.to_string()).as_deref(), Some("2026-11-20"), "{name}");
        }
        for name in ["jira", "jira-2", "1202611201", "2026-13-40", "überblick 2026"] {
            assert_eq!(date_in(name), None, "{name}");
        }
    }
}
