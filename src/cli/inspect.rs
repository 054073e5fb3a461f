//! `headsup inspect`: shows how a file is read, so that a user can check it, and prints the config lines to paste.

mod inspected;
mod likely;
mod paste;
mod text;

use std::collections::BTreeSet;
use std::path::PathBuf;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::{Terminal, surroundings};
use crate::document::output_schema_of;
use crate::preset::{GENERIC, Presets, Recognised};
use crate::problem::{Failure, Problem, Problems, Severity};
use crate::source::outline::PlanOutline;
use crate::source::recognise::{self, Hints};
use crate::table::{self, Column, Kind, Profile, Skipped};
use crate::tables::{Field, FieldKind};
use crate::team::{Grain, TableKind};
use inspected::InspectedFile;

/// Show how a file is read.
///
/// Prints the encoding, the header, each column with its kind and contents, the rows that are left out and why, and the
/// config lines to paste.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  headsup inspect jira.csv\n  headsup inspect list.csv --table tasks\n  headsup inspect kpis.csv --format csv"
)]
pub struct Inspect {
    /// CSV export
    file: PathBuf,
    /// Table that the file contains [default: recognised from its header]
    #[arg(long, value_parser = table_kind)]
    table: Option<TableKind>,
    /// Tool that wrote the file [default: recognised from its header]
    #[arg(long)]
    preset: Option<String>,
    /// Format of the output
    #[arg(long, default_value = "text")]
    format: InspectFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum InspectFormat {
    Text,
    Json,
    /// The table as it was read, for other tools
    Csv,
}

fn table_kind(word: &str) -> Result<TableKind, String> {
    let found = TableKind::ALL.iter().find(|kind| kind.name() == word);
    found.copied().ok_or_else(|| format!("one of {}", TableKind::WORDS.join(", ")))
}

impl Inspect {
    /// Prints the table as it was read: the header, if there is one, and the rows as text, without those that are
    /// skipped. Nothing is printed if the file is refused.
    fn csv(&self, shown: &str, terminal: &Terminal) -> Result<(), Failure> {
        let presets = Presets::embedded()?;
        let InspectedFile { inspection, .. } = inspect(self, shown, &presets)?;
        if inspection.problems.has_errors() {
            return Err(Failure::Input(inspection.problems));
        }
        let mut writer = csv::Writer::from_writer(Vec::new());
        // Writing to memory cannot fail.
        if inspection.header_line > 0 {
            let _ = writer.write_record(inspection.header_names());
        }
        let skipped: BTreeSet<u64> = inspection.skipped.iter().map(|skipped| skipped.line).collect();
        inspection.rows(&mut |row| {
            if !skipped.contains(&row.line()) {
                let _ = writer.write_record((0..inspection.columns.len()).map(|column| row.raw(column).into_owned()));
            }
        })?;
        let text = String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default();
        terminal.print(&text)?;
        terminal.show(&inspection.problems);
        Ok(())
    }

    pub fn run(&self, terminal: &Terminal) -> Result<(), Failure> {
        // More people read the log of a CI job than the file.
        let is_refused = self.format == InspectFormat::Csv || surroundings::is_managers(&self.file);
        if surroundings::under_ci() && is_refused {
            let why = match self.format {
                InspectFormat::Csv => "rows are not shown in the log of a CI job: inspect the file on your own machine",
                _ => "a file in private/ is not shown in the log of a CI job: inspect it on your own machine",
            };
            return Err(Failure::NotAllowed(why.to_owned()));
        }
        let shown = self.file.display().to_string();
        if self.format == InspectFormat::Csv {
            return self.csv(&shown, terminal);
        }
        let presets = Presets::embedded()?;
        let inspected = match inspect(self, &shown, &presets) {
            Err(Failure::Input(problems)) if self.format == InspectFormat::Json => {
                terminal.print(&pretty(&InspectedJson::refused(&shown, &problems))?)?;
                return Err(Failure::Input(problems));
            }
            other => other?,
        };
        match self.format {
            // Printed by `csv` above.
            InspectFormat::Csv => {}
            InspectFormat::Json => terminal.print(&pretty(&inspected.json())?)?,
            InspectFormat::Text => terminal.print(&text::page(&inspected)?)?,
        }
        if inspected.problems.has_errors() {
            return Err(Failure::Input(inspected.problems));
        }
        terminal.show(&inspected.problems);
        Ok(())
    }
}

/// Inspects the file. Under CI, the result holds none of its cells.
fn inspect<'a>(args: &Inspect, shown: &str, presets: &'a Presets) -> Result<InspectedFile<'a>, Failure> {
    let mut inspected = whole(args, shown, presets);
    match &mut inspected {
        _ if !surroundings::under_ci() => {}
        Ok(inspected) => inspected.conceal(),
        Err(Failure::Input(problems)) => *problems = inspected::concealed(std::mem::take(problems)),
        Err(_) => {}
    }
    inspected
}

fn whole<'a>(args: &Inspect, shown: &str, presets: &'a Presets) -> Result<InspectedFile<'a>, Failure> {
    let quotable = args.table.is_none_or(TableKind::may_be_quoted);
    let near = Some(surroundings::as_of(None, chrono_tz::UTC)?);
    let known = Hints { table: args.table, preset: args.preset.as_deref(), near, ..Hints::default() };
    let (mut inspection, recognised) = recognise::infer(&args.file, shown, presets, known, quotable)?;
    let wanted: Vec<Option<Kind>> = match &recognised {
        Some(found) => found.fields.iter().map(|field| wanted(found, field.as_ref()?)).collect(),
        None => Vec::new(),
    };
    if let Some(found) = &recognised {
        let outline = PlanOutline::of(&inspection, found.table, |field| found.positions(field).next(), |_| false)?;
        let passed = outline.passed.into_iter().map(|(line, reason)| Skipped {
            line,
            reason: reason.to_owned(),
            text: String::new(),
            is_doubtful: false,
        });
        inspection.skipped.extend(passed.inspect(|_| inspection.skipped_rows += 1));
        inspection.skipped.sort_by_key(|skipped| skipped.line);
    }
    let skips = inspection.skips(quotable);
    inspection.problems.extend(skips);
    if let Some(found) = &recognised {
        for lacking in recognise::lacking::rows(&inspection, found)? {
            inspection.skipped_rows += 1;
            let (line, reason) =
                (lacking.place.line, "numbers without the date or the name that they are of".to_owned());
            inspection.skipped.push(Skipped { line, reason, text: String::new(), is_doubtful: false });
            let help = "fill the cell in, or delete the row";
            inspection.problems.push(Problem::warning("row-left-out", lacking.message).at(lacking.place).help(help));
        }
        inspection.skipped.sort_by_key(|skipped| skipped.line);
        if found.table == TableKind::Metrics {
            inspection.problems.0.extend(recognise::undated(&inspection, |field| found.positions(field).next()));
        }
    }
    let profiles = table::profile(&inspection, &wanted)?;
    let mut problems = inspection.problems.clone();
    for (column, profile) in inspection.columns.iter().zip(&profiles) {
        column_problems(column, profile, recognised.as_ref(), &mut problems);
    }
    let grain = match &recognised {
        Some(found) if may_be_periods(&profiles, found) => recognise::grain(&inspection, found)?,
        _ => Grain::default(),
    };
    Ok(InspectedFile { inspection, profiles, recognised, grain, problems, is_concealed: false })
}

/// Returns whether the dates may stand for months, quarters or years: their number does not exceed the number of months
/// that they span. Only then are all of them examined.
fn may_be_periods(profiles: &[Profile], found: &Recognised<'_>) -> bool {
    let profile = found.positions("date").next().and_then(|column| profiles.get(column));
    let months = |first: NaiveDate, last: NaiveDate| (last - first).num_days() / 28 + 1;
    profile.is_none_or(|profile| {
        profile
            .dates
            .is_some_and(|(first, last)| i64::try_from(profile.distinct).is_ok_and(|n| n <= months(first, last)))
    })
}

/// Returns the kind that a column is read as: the kind of its field. If the field has several columns, any kind will
/// do.
fn wanted(found: &Recognised<'_>, field: &Field) -> Option<Kind> {
    match field.kind {
        _ if found.positions(field.name).count() > 1 => None,
        FieldKind::Date => Some(Kind::Date),
        FieldKind::Number | FieldKind::Share => Some(Kind::Number),
        _ => None,
    }
}

/// Reports an ambiguous column, its cells that cannot be read, and ids that occur twice. These are errors if headsup
/// would use the column or does not know the table, otherwise warnings. Unreadable cells of an optional field are
/// warnings, as in `check`.
fn column_problems(column: &Column, profile: &Profile, recognised: Option<&Recognised<'_>>, problems: &mut Problems) {
    let field = recognised.and_then(|found| found.fields.get(column.position).copied().flatten());
    let in_use = match (recognised, field) {
        (None, _) => true,
        (Some(_), Some(field)) => matches!(field.kind, FieldKind::Date | FieldKind::Number | FieldKind::Share),
        (Some(found), None) => found.table == TableKind::Metrics,
    };
    let weigh = |problem: &Problem| {
        let severity = if in_use { problem.severity } else { problem.severity.min(Severity::Warning) };
        Problem { severity, ..problem.clone() }
    };
    // In a table of names and values, each name has its own unit.
    let is_of_names = field.is_some_and(|field| matches!(field.name, "value" | "target"))
        && recognised.is_some_and(|found| found.positions("metric").next().is_some())
        && column.has_mixed_units();
    if let Some(doubt) = column.doubt.as_ref().filter(|_| !is_of_names) {
        // Otherwise each cell would be reported again.
        return problems.push(weigh(doubt));
    }
    // In an unknown table, no field is required.
    let is_needed = |found: &Recognised<'_>| {
        let required = found.table.required();
        // A row needs only one of these dates, or of these statuses.
        let is_only = |group: &&[&str], field: &Field| {
            !group.iter().any(|other| *other != field.name && found.positions(other).next().is_some())
        };
        field.is_none_or(|field| required.iter().any(|group| group.contains(&field.name) && is_only(group, &field)))
    };
    let weigh = |problem: &Problem| match recognised {
        Some(found) if is_needed(found) => weigh(problem),
        _ => Problem { severity: problem.severity.min(Severity::Warning), ..problem.clone() },
    };
    problems.0.extend(profile.unread.iter().map(weigh));
    let untold = profile.unread_cells - profile.unread.len() as u64;
    if untold > 0 {
        let message = format!("{untold} more cells of column `{}` cannot be read", column.name);
        problems.push(weigh(&Problem::error("more", message)));
    }
    let tracker = recognised.is_some_and(|found| found.preset.name != GENERIC);
    if let (true, Some("key"), Some((id, line))) = (tracker, field.map(|field| field.name), &profile.first_repeat) {
        problems.push(Problem::warning(
            "repeated-id",
            format!("`{id}` in line {line} stands in an earlier row too; a tracker's ids stand once"),
        ));
    }
}

impl InspectedFile<'_> {
    fn json(&self) -> InspectedJson<'_> {
        let inspection = &self.inspection;
        let field = |column: &Column| self.recognised.as_ref()?.fields.get(column.position).copied().flatten();
        let columns = inspection.columns.iter().zip(&self.profiles);
        InspectedJson {
            schema: SCHEMA,
            file: &inspection.file,
            encoding: Some(&inspection.encoding),
            bom: Some(inspection.bom),
            delimiter: Some(inspection.delimiter),
            header_line: Some(inspection.header_line),
            table: self.recognised.as_ref().map(|found| found.table.name()),
            preset: self.recognised.as_ref().map(|found| found.preset.name.as_str()),
            records: inspection.records,
            read: inspection.records - inspection.skipped_rows,
            skipped: &inspection.skipped,
            columns: columns
                .map(|(column, profile)| ColumnJson::of(column, field(column).map(|field| field.name), profile))
                .collect(),
            problems: &self.problems,
        }
    }
}

const SCHEMA: &str = "headsup.inspect/1";

/// The JSON Schema of what `--format json` prints.
pub(crate) fn schema() -> Value {
    output_schema_of::<InspectedJson<'static>>()
}

/// What `--format json` prints. Of a refused file only the problems are known.
#[derive(Serialize, JsonSchema)]
struct InspectedJson<'a> {
    schema: &'static str,
    file: &'a str,
    encoding: Option<&'a str>,
    bom: Option<bool>,
    delimiter: Option<char>,
    header_line: Option<u64>,
    table: Option<&'static str>,
    preset: Option<&'a str>,
    records: u64,
    read: u64,
    skipped: &'a [Skipped],
    columns: Vec<ColumnJson<'a>>,
    problems: &'a Problems,
}

impl<'a> InspectedJson<'a> {
    fn refused(file: &'a str, problems: &'a Problems) -> Self {
        Self {
            schema: SCHEMA,
            file,
            encoding: None,
            bom: None,
            delimiter: None,
            header_line: None,
            table: None,
            preset: None,
            records: 0,
            read: 0,
            skipped: &[],
            columns: Vec::new(),
            problems,
        }
    }
}

#[derive(Serialize, JsonSchema)]
struct ColumnJson<'a> {
    name: &'a str,
    field: Option<&'static str>,
    kind: Kind,
    format: &'a str,
    empty: u64,
    distinct: u64,
    min: Value,
    max: Value,
    sum: Value,
    #[schemars(with = "Option<std::collections::BTreeMap<String, u64>>")]
    values: Option<Words<'a>>,
    examples: &'a [String],
}

impl<'a> ColumnJson<'a> {
    fn of(column: &'a Column, field: Option<&'static str>, profile: &'a Profile) -> Self {
        let (min, max) = match (profile.dates, profile.numbers) {
            _ if column.doubt.is_some() => (Value::Null, Value::Null),
            (Some((min, max)), _) => (json!(min), json!(max)),
            (None, Some((min, max))) => (number(min), number(max)),
            (None, None) => (Value::Null, Value::Null),
        };
        Self {
            name: &column.name,
            field,
            kind: column.kind,
            format: if column.doubt.is_some() { "in doubt" } else { &column.format },
            empty: profile.empty,
            distinct: profile.distinct,
            min,
            max,
            sum: match column.kind == Kind::Number && column.doubt.is_none() && profile.numbers.is_some() {
                true => number(profile.sum),
                false => Value::Null,
            },
            values: matches!(column.kind, Kind::Text | Kind::List).then_some(Words(&profile.words)),
            examples: &profile.examples,
        }
    }
}

/// Words with their counts, the most frequent ones first.
struct Words<'a>(&'a [(String, u64)]);

impl Serialize for Words<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(word, n)| (word, n)))
    }
}

/// Formats a number; whole numbers have no fraction.
fn number(value: f64) -> Value {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.fract() == 0.0 && value.abs() < EXACT { json!(value as i64) } else { json!(value) }
}

/// Formats JSON that is readable for people and programs.
fn pretty(answer: &InspectedJson<'_>) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(answer).map_err(|e| Failure::Fault(e.to_string()))?;
    Ok(text + "\n")
}
