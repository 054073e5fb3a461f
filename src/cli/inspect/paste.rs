//! The config lines that make a file a source: the result of the inspection ready to paste, with the questions that
//! remain.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use super::{InspectedFile, likely};
use crate::preset::{GENERIC, Presets, Recognised};
use crate::problem::{Failure, nearest};
use crate::source::metrics::kind;
use crate::source::recognise;
use crate::table::{Column, Kind, Profile, lacks_year};
use crate::tables::{Field, FieldKind};
use crate::team::TableKind;

/// Most metrics that are proposed; the others are counted.
const MAX_METRICS: usize = 6;
/// Column from which on comments are aligned.
const COMMENT_COLUMN: usize = 32;

/// The table that the file is proposed as: the recognised one, otherwise the most likely one.
struct Proposal<'a> {
    inspected: &'a InspectedFile<'a>,
    table: TableKind,
    /// The field of each column, if it has one.
    fields: Vec<Option<Field>>,
}

/// Returns the reason why no `[[source]]` is proposed and what to export instead, or `None` if one can be proposed.
pub(crate) fn refusal(inspected: &InspectedFile<'_>) -> Result<Option<String>, Failure> {
    let is_in_parts = recognise::date_parts(&inspected.inspection.columns).is_some();
    if inspected.recognised.is_some() || (!is_in_parts && likely::table(inspected)?.is_some()) {
        return Ok(None);
    }
    if let Some(help) = help(&inspected.inspection.columns).or(undated(&inspected.inspection.columns)?) {
        return Ok(Some(help));
    }
    let text = "This looks like a list of records — customers, orders, payments, bookings — and headsup takes no such list.\n\
        Export a report of it instead: a date (day, week or month) and a number a column, which are metrics.\n\
        If it is a table of headsup after all, say so: `--table tasks`, or another of ";
    let tables = TableKind::WORDS.join(" ");
    Ok(Some(format!("{text}{tables}.\n")))
}

/// Returns what is missing in a list of key results or metrics that has values but no dates.
fn undated(columns: &[Column]) -> Result<Option<String>, Failure> {
    let presets = Presets::embedded()?;
    let generic = presets.named(GENERIC)?;
    let has_own = |table: TableKind| -> Result<bool, Failure> {
        let layout = generic.layout(table)?;
        Ok(columns.iter().any(|column| layout.is_own(generic, &column.name)))
    };
    let has_number = columns.iter().any(|column| column.kind == Kind::Number);
    Ok(if has_number && has_own(TableKind::Milestones)? {
        Some(
            "Its rows are key results or milestones with values, and nothing says when each is due or how it stands.\n\
             Add a column `due`, `status` or `progress`: then its rows are milestones.\n"
                .to_owned(),
        )
    } else if has_number && has_own(TableKind::Metrics)? {
        Some(
            "Its rows are metrics with one value each, and nothing says of which day.\n\
             Add a column `date`, or export the values of several weeks or months: then its rows are metrics.\n"
                .to_owned(),
        )
    } else {
        None
    })
}

/// Suggests how to fix a table of metrics whose dates are written in a form that cannot be read with certainty.
fn help(columns: &[Column]) -> Option<String> {
    let without_year: Vec<&str> =
        columns.iter().map(|column| column.name.as_str()).filter(|name| lacks_year(name)).collect();
    if let [first, .., last] = without_year[..] {
        return Some(format!(
            "Its columns from `{first}` to `{last}` are days without a year, so that nobody can tell which.\n\
             Write whole dates into the header, as `2026-11-02`: then its rows are metrics.\n"
        ));
    }
    let recognise::DateParts { year, part, example } = recognise::date_parts(columns)?;
    let (year, part) = (&year.name, &part.name);
    Some(format!(
        "Its dates stand in parts, in the columns `{year}` and `{part}`.\n\
         Join them in one column `date`, as {example}: then its columns of numbers are metrics.\n"
    ))
}

/// Returns the `[[source]]` of an inspected file, with its metrics.
pub(crate) fn source(inspected: &InspectedFile<'_>) -> Result<String, Failure> {
    let inspection = &inspected.inspection;
    let found = inspected.recognised.as_ref();
    let proposal = Proposal {
        inspected,
        table: match found {
            Some(found) => found.table,
            None => likely::table(inspected)?.unwrap_or(TableKind::Tasks),
        },
        fields: found.map_or_else(|| vec![None; inspection.columns.len()], |found| found.fields.clone()),
    };
    let table = format!("table = {:?}", proposal.table.name());
    let mut lines = vec!["[[source]]".to_owned()];
    lines.push(match found {
        Some(_) => table,
        None => commented(&table, &format!("or another of: {}", TableKind::WORDS.join(" "))),
    });
    let file = Path::new(&inspection.file)
        .file_name()
        .map_or(inspection.file.clone(), |name| name.to_string_lossy().into_owned());
    lines.push(format!("file = {}", quoted(&format!("data/{file}"))));
    if let Some(found) = found.filter(|found| found.preset.name != GENERIC) {
        lines.push(format!("preset = {}", quoted(&found.preset.name)));
    }
    if found.is_none() && proposal.table == TableKind::Wins {
        lines.push("# every row counts as a win: export those that were won, and no others".to_owned());
    }
    lines.extend(decisions(inspected));
    if let Some(said) = recognise::said_of_grain(inspected.grain) {
        lines.push(commented(&format!("cadence = {}", inspected.grain.cadence()), &said));
    }
    lines.extend(proposal.columns());
    let mut text = lines.join("\n") + "\n";
    if let Some(found) = found {
        text += &words(inspected, found);
    }
    if proposal.table == TableKind::Metrics {
        text += &proposal.metrics()?;
    }
    Ok(text)
}

/// Returns the questions that only the user can answer. A question that two columns raise is asked once.
fn decisions(inspected: &InspectedFile<'_>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for problem in &inspected.problems.0 {
        let line = match problem.code {
            "date-order" => commented("date_order = \"dmy\"", "day first; month first: \"mdy\""),
            "decimal-sign" => commented("decimal = \".\"", "or \",\""),
            // The help text shows the line with the actual cell.
            "sentinel" => {
                let line = problem.help.split('`').nth(1).unwrap_or_default();
                commented(&format!("# {line}"), "if it means that there is no value")
            }
            _ => continue,
        };
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

impl Proposal<'_> {
    fn has(&self, name: &str) -> bool {
        self.fields.iter().flatten().any(|field| field.name == name)
    }

    /// Returns the columns that are not a field, with their contents.
    fn free(&self) -> impl Iterator<Item = (&Column, &Profile)> {
        let columns = self.inspected.inspection.columns.iter().zip(&self.inspected.profiles);
        columns.filter(|(column, _)| self.fields.get(column.position).copied().flatten().is_none())
    }

    /// Returns `[source.columns]`: the required fields, each with the column that looks most like it; and, as comments,
    /// the columns of dates and statuses that are not read.
    fn columns(&self) -> Vec<String> {
        let mut taken: Vec<usize> = Vec::new();
        let mut lines = Vec::new();
        let periods = recognise::periods(&self.inspected.inspection).count() > 1 && self.table == TableKind::Metrics;
        let groups = self.table.required().iter().filter(|group| !periods && !group.iter().any(|name| self.has(name)));
        for field in groups.filter_map(|group| self.table.field(group.first()?)) {
            let names: Vec<&str> = self.free().map(|(column, _)| column.name.as_str()).collect();
            match self.likely(field).filter(|column| !taken.contains(&column.position)) {
                Some(column) => {
                    taken.push(column.position);
                    lines.push(commented(
                        &format!("{} = {}", field.name, quoted(&column.name)),
                        &format!("or another of: {}", names.join(" · ")),
                    ));
                }
                None => {
                    lines.push(commented(&format!("{} = \"…\"", field.name), &format!("one of: {}", names.join(" · "))))
                }
            }
        }
        for (field, column) in self.deal() {
            taken.push(column.position);
            lines.push(format!("{field} = {}", quoted(&column.name)));
        }
        if let Some((name, value)) = self.long_form() {
            lines.push(format!("metric = {}", quoted(&name.name)));
            lines.push(format!("value = {}", quoted(&value.name)));
        }
        let is_sure = lines.is_empty();
        lines.extend(self.unread(&taken));
        if !lines.is_empty() {
            lines.insert(0, if is_sure { "# [source.columns]".to_owned() } else { "[source.columns]".to_owned() });
        }
        lines
    }

    /// Returns the closing date and the value of a deal, if the file is proposed as wins because it has both.
    fn deal(&self) -> Vec<(&'static str, &Column)> {
        if self.inspected.recognised.is_some() || self.table != TableKind::Wins {
            return Vec::new();
        }
        let first = |is_such: fn(&Column) -> bool| self.free().map(|(column, _)| column).find(|column| is_such(column));
        let (date, amount) = (first(likely::is_close), first(likely::is_amount));
        [("date", date), ("amount", amount)].into_iter().filter_map(|(field, column)| Some((field, column?))).collect()
    }

    /// Returns the columns of names and of values, if a file without a header looks like date, metric, value.
    fn long_form(&self) -> Option<(&Column, &Column)> {
        if self.inspected.recognised.is_some() || self.table != TableKind::Metrics {
            return None;
        }
        let only = |kind: Kind| {
            let mut columns = self.free().map(|(column, _)| column).filter(move |column| column.kind == kind);
            columns.next().filter(|_| columns.next().is_none())
        };
        only(Kind::Text).zip(only(Kind::Number))
    }

    /// Returns the unused column that looks most like a field: it has the same kind; among texts, the most different
    /// values.
    fn likely(&self, field: Field) -> Option<&Column> {
        let kind = match field.kind {
            FieldKind::Date => Kind::Date,
            FieldKind::Number | FieldKind::Share => Kind::Number,
            _ => Kind::Text,
        };
        let mut fit = self.free().filter(|(column, profile)| column.kind == kind && profile.filled > 0);
        match kind {
            Kind::Text => fit.max_by_key(|(column, profile)| (profile.distinct, std::cmp::Reverse(column.position))),
            _ => fit.next(),
        }
        .map(|(column, _)| column)
    }

    /// Returns comments for columns of dates and of status words that are not a field, each with the field that it may
    /// be.
    fn unread(&self, taken: &[usize]) -> Vec<String> {
        if self.table == TableKind::Metrics {
            return Vec::new();
        }
        let open = |kind: FieldKind| -> Vec<&str> {
            let fields = self.table.fields().iter().filter(move |field| field.kind == kind && !self.has(field.name));
            fields.map(|field| field.name).filter(|name| !matches!(*name, "status_changed" | "updated")).collect()
        };
        let dates = open(FieldKind::Date);
        let mut lines = Vec::new();
        for (column, profile) in self.free().filter(|(column, _)| !taken.contains(&column.position)) {
            if column.kind == Kind::Date
                && let Some(field) = nearest(&column.name, dates.iter().copied()).or_else(|| dates.first().copied())
            {
                let line = format!("# {field} = {}", quoted(&column.name));
                lines.push(commented(&line, &format!("dates that are not read: {}?", dates.join(", "))));
            }
            if column.kind == Kind::Text && self.is_status(profile) {
                let line = format!("# status = {}", quoted(&column.name));
                lines.push(commented(&line, "words of a status that are not read"));
            }
        }
        lines
    }

    /// Returns whether most of the words are known status words.
    fn is_status(&self, profile: &Profile) -> bool {
        let Some(found) = self.inspected.recognised.as_ref().filter(|_| !self.has("status")) else { return false };
        let known = |word: &str| found.layout.word("status", word).is_some();
        let all: u64 = profile.words.iter().map(|(_, n)| n).sum();
        let good: u64 = profile.words.iter().filter(|(word, _)| known(word)).map(|(_, n)| n).sum();
        good * 2 > all
    }

    /// Returns a `[[metric]]` for each of the first metrics.
    fn metrics(&self) -> Result<String, Failure> {
        let inspection = &self.inspected.inspection;
        let found = self.inspected.recognised.as_ref();
        let names: Vec<String> = match (found, self.long_form()) {
            (Some(found), _) => recognise::metric_names(inspection, found)?,
            (None, Some((name, _))) => {
                let profile = self.inspected.profiles.get(name.position);
                profile.iter().flat_map(|profile| &profile.words).map(|(word, _)| word.clone()).collect()
            }
            (None, None) => {
                let numbers = inspection.columns.iter().filter(|column| column.kind == Kind::Number);
                numbers.map(|column| column.name.clone()).collect()
            }
        };
        let mut lines = String::new();
        for name in names.iter().take(MAX_METRICS) {
            _ = write!(lines, "\n[[metric]]\nname = {}\n", quoted(name));
            lines += &match found.and_then(|found| found.layout.aggregate_of(name)) {
                Some(aggregate) => format!("# aggregate = {:?}, as the preset says\n", aggregate.name()),
                None => match kind::named(name, None) {
                    Some(kind) => format!("kind = {:?}\n", kind::word(kind)),
                    None => {
                        commented("# kind = \"flow\"", "or rate, stock, cumulative; else the latest value alone") + "\n"
                    }
                },
            };
        }
        if names.len() > MAX_METRICS {
            _ = writeln!(lines, "# and {} more", names.len() - MAX_METRICS);
        }
        Ok(lines)
    }
}

/// Returns the words of a status column that headsup does not know.
fn words(inspected: &InspectedFile<'_>, found: &Recognised<'_>) -> String {
    let mut unknown: BTreeMap<&str, (Vec<String>, &[&str])> = BTreeMap::new();
    for (column, profile) in inspected.inspection.columns.iter().zip(&inspected.profiles) {
        let Some(field) = found.fields.get(column.position).copied().flatten() else { continue };
        let ("status", FieldKind::Word(ours)) = (field.name, field.kind) else { continue };
        let is_known = |word: &str| {
            found.layout.word(field.name, word).is_some() || ours.iter().any(|our| our.eq_ignore_ascii_case(word))
        };
        if column.kind == Kind::Text {
            let words = unknown_words(profile, is_known);
            if !words.is_empty() {
                unknown.entry(field.name).or_insert((Vec::new(), ours)).0.extend(words);
            }
        }
    }
    let mut lines = String::new();
    for (field, (words, ours)) in unknown {
        _ = writeln!(lines, "[source.values.{field}]           # say what these mean: {}", words.join(", "));
        for our in ours.iter().filter(|our| **our != "unknown") {
            _ = writeln!(lines, "{our} = []");
        }
    }
    lines
}

fn unknown_words(profile: &Profile, is_known: impl Fn(&str) -> bool) -> Vec<String> {
    profile
        .words
        .iter()
        .filter(|(word, _)| !is_known(word))
        .map(|(word, n)| format!("{} ({n})", quoted(word)))
        .collect()
}

/// Appends an aligned comment to a line.
fn commented(line: &str, comment: &str) -> String {
    format!("{line:<COMMENT_COLUMN$}# {comment}")
}

/// Formats a text as a TOML string.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
