//! The data that `headsup inspect` collects about a file.

use crate::preset::Recognised;
use crate::problem::{Problem, Problems};
use crate::table::{Inspection, Profile};
use crate::team::Grain;

/// All that is known about an inspected file.
pub(crate) struct InspectedFile<'a> {
    pub inspection: Inspection,
    pub profiles: Vec<Profile>,
    pub recognised: Option<Recognised<'a>>,
    /// The period that a row of metrics stands for.
    pub grain: Grain,
    pub problems: Problems,
    /// Whether it holds no cell of the file, for the log of a CI job.
    pub is_concealed: bool,
}

impl InspectedFile<'_> {
    /// Removes all that was read from cells: what is left are the names of columns, their kinds, and counts.
    pub(super) fn conceal(&mut self) {
        self.is_concealed = true;
        self.problems = concealed(std::mem::take(&mut self.problems));
        self.inspection.problems = concealed(std::mem::take(&mut self.inspection.problems));
        self.inspection.skipped.iter_mut().for_each(|skipped| skipped.text.clear());
        for profile in &mut self.profiles {
            (profile.dates, profile.numbers, profile.first_repeat) = (None, None, None);
            profile.words.clear();
            profile.examples.clear();
        }
    }
}

/// Returns the problems with their codes and places only.
pub(super) fn concealed(problems: Problems) -> Problems {
    Problems(problems.0.into_iter().map(Problem::concealed).collect())
}
