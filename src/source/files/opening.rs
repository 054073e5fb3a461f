//! Opens one file: inspects and maps it, and again if the first inspection shows that it is to be read otherwise.

use std::path::Path;

use chrono::NaiveDate;

use crate::config::{Config, Source};
use crate::preset::Presets;
use crate::problem::{Failure, Problem, Problems, Severity};
use crate::source::hidden::Look;
use crate::source::mapping::Mapping;
use crate::source::marks::{Labels, OwnMarks};
use crate::source::metrics::long::{FoldPlan, Folded};
use crate::source::recognise;
use crate::table::{Inspection, ReadingOptions, infer_and_fold};
use crate::team::TableKind;

/// Maximum number of times that a file is inspected to decide how it is read.
const MAX_INSPECTIONS: usize = 3;

/// What is known when files are opened.
pub(super) struct Opening<'a, 'l> {
    pub config: &'a Config,
    pub presets: &'a Presets,
    /// Metrics up to this day are folded. `None` folds nothing.
    pub as_of: Option<NaiveDate>,
    pub look: &'l Look,
}

impl<'a> Opening<'a, '_> {
    pub(super) fn open(
        &self,
        path: &Path,
        shown: &str,
        source: &'a Source,
        problems: &mut Problems,
    ) -> Result<Option<(Inspection, Option<Folded>, Mapping<'a>)>, Failure> {
        let map = |inspection: &Inspection, problems: &mut Problems| {
            Mapping::new(source, self.presets, inspection, self.look.is_first, problems)
        };
        let look = |reading: &ReadingOptions| {
            let plan = |inspection: &Inspection| {
                let mapping = map(inspection, &mut Problems::default())?;
                FoldPlan::of(inspection, &mapping, &self.config.metrics, self.as_of?)
            };
            let plan = (source.table == TableKind::Metrics && source.filter.is_empty()).then_some(plan);
            infer_and_fold(path, shown, reading, source.table.may_be_quoted(), plan)
        };
        // Weeks and months without a year are the ones nearest to the day of the data.
        let hidden = self.look.of_file(shown);
        let mut reading = ReadingOptions { near: self.as_of, hidden, ..source.reading.clone() };
        let (mut found, mut folded) = look(&reading)?;
        let mut unmapped = Problems::default();
        let mut mapping = map(&found, &mut unmapped);
        // The first inspection may show which tool wrote the file, which influences how it is read.
        for _ in 0..MAX_INSPECTIONS {
            let wiser = wiser(&reading, source, &found, mapping.as_ref());
            if wiser == reading {
                break;
            }
            reading = wiser;
            (found, folded) = look(&reading)?;
            unmapped = Problems::default();
            mapping = map(&found, &mut unmapped);
        }
        // Notes on columns that may not even be used are left to `inspect`.
        problems.0.extend(found.problems.0.iter().filter(|problem| problem.severity > Severity::Note).cloned());
        problems.extend(unmapped);
        let marks = mapping.as_ref().map(|mapping| own_marks(self.config, source, mapping)).unwrap_or_default();
        problems.extend(found.skips(source.table.may_be_quoted() && !marks.may_hold()));
        if source.table == TableKind::Tasks && found.records == 1000 {
            let message = format!("{shown} has exactly 1,000 rows, as an export has that was cut at a tracker's limit");
            let help = "export in parts and name them with a glob, as file = \"data/jira*.csv\"";
            problems.push(Problem::warning("cut-export", message).at(source.place.clone()).help(help));
        }
        let folded = folded.filter(Folded::is_plain);
        Ok(mapping.map(|mapping| (found, folded, mapping)))
    }
}

/// Returns better options for reading a file after its first inspection: the tool's way of writing dates and missing
/// values unless the user has set it, the decimal sign of a table whose units are in its rows, and the required
/// columns. `None` if nothing changes.
fn wiser(
    reading: &ReadingOptions,
    source: &Source,
    found: &Inspection,
    mapping: Option<&Mapping<'_>>,
) -> ReadingOptions {
    let mut wiser = reading.clone();
    let Some(mapping) = mapping else { return wiser };
    if let Some(layout) = mapping.layout() {
        wiser.usual_date_order = layout.date_order;
        let more = layout.missing.iter().filter(|word| !reading.missing.contains(word));
        wiser.missing.extend(more.cloned());
    }
    if source.table == TableKind::Metrics {
        wiser.decimal = found.decimal_of_rows().or(reading.decimal);
    }
    // If no row was skipped, a second inspection would find nothing new.
    if found.skipped_rows > 0 {
        wiser.required = recognise::required(source.table, |field| mapping.columns_unnoted(field).to_vec());
    }
    wiser
}

/// Returns the marks by which a row's own cells make it confidential.
pub(super) fn own_marks(config: &Config, source: &Source, mapping: &Mapping<'_>) -> OwnMarks {
    let columns = |field: &str| match source.table.field(field) {
        Some(_) => mapping.columns(field).to_vec(),
        None => Vec::new(),
    };
    OwnMarks {
        confidential: columns("confidential"),
        levels: mapping.levels.clone(),
        restrictions: mapping.restrictions.clone(),
        labels: if source.table == TableKind::Tasks { columns("labels") } else { Vec::new() },
        names: if source.table == TableKind::Tasks {
            Labels::of(&config.brief.confidential_labels)
        } else {
            Labels::default()
        },
    }
}
