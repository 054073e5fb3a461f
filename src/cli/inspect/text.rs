//! Formats an inspection as an aligned page for people, with one line for each column.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr as _;

use super::{InspectedFile, paste};
use crate::problem::Failure;
use crate::sink::{clean, clean_line};
use crate::source::recognise;
use crate::table::{Column, Kind, Profile};

/// Most skipped rows that are shown; the others are counted.
const MAX_SHOWN_ROWS: usize = 12;
/// Most characters of a cell that are shown.
const MAX_CELL_CHARS: usize = 44;

/// Returns the whole page.
pub(crate) fn page(inspected: &InspectedFile<'_>) -> Result<String, Failure> {
    let inspection = &inspected.inspection;
    let mut page = String::new();
    let read = inspection.records - inspection.skipped_rows;
    let mark = if inspection.bom { " with a byte order mark" } else { "" };
    let header = match inspection.header_line {
        0 => "no header".to_owned(),
        line => format!("header in line {line}"),
    };
    _ = writeln!(page, "{}", clean_line(&inspection.file));
    _ = writeln!(page, "  {}{mark}, {} between cells, {header}", inspection.encoding, delimiter(inspection.delimiter));
    _ = write!(page, "  {} read", count(read, "row", "rows"));
    match inspection.skipped_rows {
        0 => page.push('\n'),
        n => _ = writeln!(page, ", {} not read, of {}", grouped(n), grouped(inspection.records)),
    }
    match &inspected.recognised {
        Some(found) => _ = writeln!(page, "  {}: {}", found.table.name(), found.preset.title),
        None => page.push_str("  no table that headsup knows by its header: `--table` says which\n"),
    }
    if let Some(said) = recognise::said_of_grain(inspected.grain) {
        _ = writeln!(page, "  {said}; stale {} days after the newest has ended", inspected.grain.cadence());
    }
    page.push('\n');
    page.push_str(&grid(&rows(inspected)));
    page.push_str(&skipped(inspected));
    if inspected.is_concealed {
        page.push_str("\nCells, and what to paste, are not shown in the log of a CI job.\n");
        return Ok(page);
    }
    if let Some(why) = paste::refusal(inspected)? {
        page.push('\n');
        page.push_str(&why);
        return Ok(page);
    }
    _ = write!(page, "\nTo use it, paste into headsup.toml:\n\n{}", indented(&clean(&paste::source(inspected)?)));
    Ok(page)
}

/// Returns one line for each column; columns with the same header share a line.
fn rows(inspected: &InspectedFile<'_>) -> Vec<[String; 7]> {
    let mut rows: Vec<[String; 7]> =
        vec![["column", "field", "kind", "read as", "filled", "distinct", "holds"].map(str::to_owned)];
    let columns = &inspected.inspection.columns;
    let field = |column: &Column| {
        let field = inspected.recognised.as_ref()?.fields.get(column.position).copied().flatten();
        field.map(|field| field.name.to_owned())
    };
    for (column, profile) in columns.iter().zip(&inspected.profiles) {
        if columns[..column.position].iter().any(|other| other.name == column.name) {
            continue;
        }
        let times = columns.iter().filter(|other| other.name == column.name).count();
        let name = if times > 1 { format!("{} ×{times}", cut(&column.name)) } else { cut(&column.name) };
        rows.push([
            name,
            field(column).unwrap_or_default(),
            kind(column.kind).to_owned(),
            cut(if column.doubt.is_some() { "in doubt: see below" } else { &column.format }),
            grouped(profile.filled),
            grouped(profile.distinct),
            holds(column, profile),
        ]);
    }
    rows
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Date => "date",
        Kind::Number => "number",
        Kind::Text => "text",
        Kind::List => "list",
    }
}

/// Describes the contents of a column: the extremes of dates and numbers, or the most frequent words of text.
fn holds(column: &Column, profile: &Profile) -> String {
    let (kind, is_sure) = (column.kind, column.doubt.is_none());
    if let Some((min, max)) = profile.dates.filter(|_| is_sure && kind == Kind::Date) {
        return if min == max { min.to_string() } else { format!("{min} to {max}") };
    }
    if let Some((min, max)) = profile.numbers.filter(|_| is_sure && kind == Kind::Number) {
        return format!("{min} to {max}, sum {}", round(profile.sum));
    }
    let repeats = profile.words.first().is_some_and(|(_, n)| *n > 1);
    let parts: Vec<String> = match kind {
        Kind::Text | Kind::List if repeats => {
            profile.words.iter().take(4).map(|(word, n)| format!("{} {}", short(word), grouped(*n))).collect()
        }
        _ => profile.examples.iter().take(2).map(|example| short(example)).collect(),
    };
    parts.join(" · ")
}

/// Rounds a sum so that no binary fraction is shown.
fn round(sum: f64) -> f64 {
    let digits = 10_f64.powi(6);
    let rounded = (sum * digits).round() / digits;
    if rounded.is_finite() { rounded } else { sum }
}

/// Lays out columns side by side, with the numbers aligned to the right.
fn grid(rows: &[[String; 7]]) -> String {
    let width = |i: usize| rows.iter().map(|row| row[i].width()).max().unwrap_or(0);
    let widths: [usize; 7] = std::array::from_fn(width);
    let mut page = String::new();
    for row in rows {
        let mut line = String::new();
        for (i, cell) in row.iter().enumerate() {
            let pad = " ".repeat(widths[i] - cell.width());
            let is_figure = matches!(i, 4 | 5);
            line.push_str("  ");
            line.push_str(&if is_figure { pad + cell } else { cell.clone() + &pad });
        }
        page.push_str(line.trim_end());
        page.push('\n');
    }
    page
}

fn skipped(inspected: &InspectedFile<'_>) -> String {
    let inspection = &inspected.inspection;
    if inspection.skipped.is_empty() {
        return String::new();
    }
    let mut page = String::from("\nNot read:\n");
    let width = inspection.skipped.iter().take(MAX_SHOWN_ROWS).map(|row| grouped(row.line).len()).max().unwrap_or(0);
    for row in inspection.skipped.iter().take(MAX_SHOWN_ROWS) {
        _ = writeln!(page, "  line {:>width$}  {}", grouped(row.line), row.reason);
    }
    if inspection.skipped_rows > MAX_SHOWN_ROWS as u64 {
        _ = writeln!(page, "  and {} more", grouped(inspection.skipped_rows - MAX_SHOWN_ROWS as u64));
    }
    page
}

fn delimiter(delimiter: char) -> String {
    match delimiter {
        ',' => "a comma".to_owned(),
        ';' => "a semicolon".to_owned(),
        '\t' => "a tab".to_owned(),
        '|' => "a bar".to_owned(),
        other => format!("`{other}`"),
    }
}

fn cut(text: &str) -> String {
    shortened(text, MAX_CELL_CHARS)
}

fn short(text: &str) -> String {
    shortened(text, 24)
}

/// Returns the first line, cut with an ellipsis at `most` characters.
fn shortened(text: &str, most: usize) -> String {
    let text = clean(text).replace('\n', " ");
    if text.chars().count() <= most {
        return text;
    }
    text.chars().take(most - 1).collect::<String>() + "…"
}

fn count(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(n), if n == 1 { one } else { many })
}

/// Formats a number with separators: `1,203`.
fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let first = digits.len() % 3;
    let mut out = digits[..first].to_owned();
    for group in digits.as_bytes()[first..].chunks(3) {
        if !out.is_empty() {
            out.push(',');
        }
        out.extend(group.iter().map(|b| char::from(*b)));
    }
    out
}

fn indented(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("  {line}\n") }).collect()
}
