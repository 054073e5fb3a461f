//! The config lines that make a file a source: what headsup found, ready to paste, with what is left to decide.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use super::Inspection;
use crate::preset::{GENERIC, Recognised};
use crate::table::{Kind, Profile};
use crate::team::TableKind;
use crate::team::fields::FieldKind;

/// The `[[source]]` of an inspected file.
pub fn source(inspection: &Inspection<'_>) -> String {
    let survey = &inspection.survey;
    let mut lines = String::from("[[source]]\n");
    let table = inspection.recognised.as_ref().map(|found| found.table);
    match table {
        Some(table) => _ = writeln!(lines, "table = {:?}", table.name()),
        None => {
            let all = TableKind::ALL.map(TableKind::name).join(" ");
            _ = writeln!(lines, "table = \"metrics\"             # or another of: {all}");
        }
    }
    let file =
        Path::new(&survey.file).file_name().map_or(survey.file.clone(), |name| name.to_string_lossy().into_owned());
    _ = writeln!(lines, "file = {}", quoted(&format!("data/{file}")));
    if let Some(found) = &inspection.recognised
        && found.preset.name != GENERIC
    {
        _ = writeln!(lines, "preset = {}", quoted(&found.preset.name));
    }
    for problem in &inspection.problems.0 {
        match problem.code {
            "date-order" => lines.push_str("date_order = \"dmy\"            # day first; month first: \"mdy\"\n"),
            "decimal-sign" => lines.push_str("decimal = \".\"                 # or \",\"\n"),
            "sentinel" => lines.push_str("# missing = [\"-1\"]            # if −1 means that there is no value\n"),
            _ => continue,
        }
    }
    let lines = dedup(&lines);
    let mut lines = lines + &columns(inspection);
    if let Some(found) = &inspection.recognised {
        lines += &words(inspection, found);
    } else {
        lines += &metrics(inspection);
    }
    lines
}

/// The same question of two columns is asked once.
fn dedup(lines: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for line in lines.lines() {
        if !kept.contains(&line) {
            kept.push(line);
        }
    }
    kept.join("\n") + "\n"
}

/// Fields that no column was found for and that the table cannot do without.
fn columns(inspection: &Inspection<'_>) -> String {
    let Some(found) = &inspection.recognised else { return String::new() };
    let has = |name: &str| found.fields.iter().flatten().any(|field| field.name == name);
    let lacking: Vec<&str> = found
        .table
        .required()
        .iter()
        .filter(|group| !group.iter().any(|name| has(name)))
        .filter_map(|group| group.first().copied())
        .collect();
    if lacking.is_empty() {
        return String::new();
    }
    let free: Vec<String> = inspection
        .survey
        .columns
        .iter()
        .filter(|column| found.fields.get(column.position).copied().flatten().is_none())
        .map(|column| column.name.clone())
        .collect();
    let mut lines = String::from("[source.columns]\n");
    for field in lacking {
        _ = writeln!(lines, "{field} = \"…\"   # one of: {}", free.join(" · "));
    }
    lines
}

/// Words of a status column that headsup does not know.
fn words(inspection: &Inspection<'_>, found: &Recognised<'_>) -> String {
    let mut unknown: BTreeMap<&str, (Vec<String>, &[&str])> = BTreeMap::new();
    for (column, profile) in inspection.survey.columns.iter().zip(&inspection.profiles) {
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

/// The first columns of numbers as metrics.
fn metrics(inspection: &Inspection<'_>) -> String {
    let mut lines = String::new();
    for column in inspection.survey.columns.iter().filter(|column| column.kind == Kind::Number).take(3) {
        _ = write!(
            lines,
            "\n[[metric]]\nname = {0}\n# aggregate = \"sum\"          # default: mean\n",
            quoted(&column.name)
        );
    }
    lines
}

/// A TOML string.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
