//! The `[[source]]` of an export in a new headsup.toml: its full mapping, its status words, the columns that are not
//! read, and questions that only the user can answer.

use std::collections::{BTreeMap, BTreeSet};

use super::conversation::Conversation;
use super::export::{Export, SURE};
use super::new_file::quoted;
use super::plan;
use super::unread;
use crate::cli::report::as_typed;
use crate::lexicon;
use crate::preset::{GENERIC, Presets, Recognised};
use crate::problem::Failure;
use crate::source::recognise;
use crate::table::{Column, Inspection, Kind};
use crate::team::TableKind;

/// Returns the columns of each field, the best one first.
fn fields<'a>(inspection: &'a Inspection, found: &Recognised<'_>) -> BTreeMap<&'static str, Vec<&'a str>> {
    let mut ranked: BTreeMap<&'static str, Vec<(usize, usize, &str)>> = BTreeMap::new();
    for ((column, field), rank) in inspection.columns.iter().zip(&found.fields).zip(&found.ranks) {
        let (Some(field), rank) = (field, *rank) else { continue };
        let columns = ranked.entry(field.name).or_default();
        if !columns.iter().any(|(_, _, name)| *name == column.name) {
            columns.push((rank, column.position, &column.name));
        }
    }
    let sorted = ranked.into_iter().map(|(field, mut columns)| {
        columns.sort_unstable();
        (field, columns.into_iter().map(|(_, _, name)| name).collect())
    });
    sorted.collect()
}

/// Returns the `[[source]]` of a file with its full mapping and the columns that are not read, and the questions that
/// only the user can answer.
pub(crate) fn source(
    export: &Export<'_>,
    file: &str,
    filter: Option<String>,
    milestones: &plan::Milestones,
    presets: &Presets,
    conversation: Conversation,
) -> Result<(String, Vec<String>), Failure> {
    let (inspection, found) = (&export.inspection, &export.found);
    let mut questions = Vec::new();
    let mut lines = vec![match found.preset.name == GENERIC {
        true => format!("# {}, by its columns: {} % sure{}", found.table.name(), found.confidence, alternatives(found)),
        false => format!("# {}", found.preset.title),
    }];
    if found.preset.name == GENERIC && found.confidence < SURE {
        let path = as_typed(&export.path);
        questions.push(format!("is {path} a table of {}? if not: `--table {path}=…`", found.table.name()));
    }
    lines.extend([
        "[[source]]".to_owned(),
        format!("table = \"{}\"", found.table.name()),
        format!("file = {}", quoted(file)),
    ]);
    lines.extend(filter);
    if found.preset.name != GENERIC {
        lines.push(format!("preset = \"{}\"", found.preset.name));
    }
    let grain = recognise::grain(inspection, found)?;
    if let Some(said) = recognise::said_of_grain(grain) {
        lines.push(format!("cadence = {:<21} # {said}", grain.cadence()));
    }
    lines.extend(doubts(inspection, found).map(|(_, line)| line.to_owned()));
    let mut fields = fields(inspection, found);
    if let Some(column) = &milestones.column {
        // One column serves one field, and with two columns a task could have two milestones.
        for columns in fields.values_mut() {
            columns.retain(|other| other != column);
        }
        fields.retain(|_, columns| !columns.is_empty());
        fields.insert("milestone", vec![column]);
    }
    if milestones.no_column {
        // The versions of a tracker are not milestones if its epics are, or if the manager says so.
        fields.insert("milestone", Vec::new());
    }
    if fields.contains_key("current_value") && !fields.contains_key("due") {
        questions.push(format!(
            "are the key results of {file} this quarter's? they are held against a straight line over it; else map a column to `due`"
        ));
    }
    if found.table == TableKind::Tasks
        && !fields.contains_key("objective")
        && let Some(project) = plan::project(export, presets)?
        && milestones.column.as_deref() != Some(export.header(project))
    {
        fields.insert("objective", vec![export.header(project)]);
    }
    if !fields.is_empty() {
        lines.push("[source.columns]".to_owned());
    }
    for (field, names) in &fields {
        let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
        lines.push(match names.as_slice() {
            [one] => format!("{field} = {one}"),
            names => format!("{field} = [{}]", names.join(", ")),
        });
    }
    let mut unread: Vec<String> = Vec::new();
    let is_read = |name: &str| fields.values().flatten().any(|read| *read == name);
    let is_wide = !fields.contains_key("metric");
    let is_of_metrics = |column: &Column| {
        found.table == TableKind::Metrics && (column.period.is_some() || (is_wide && column.kind == Kind::Number))
    };
    for column in inspection.columns.iter().filter(|column| !is_read(&column.name)) {
        let name = quoted(&column.name);
        if !unread.contains(&name) && !is_of_metrics(column) {
            unread.push(name);
        }
    }
    if !unread.is_empty() {
        lines.push(format!("# not read: {}", unread.join(", ")));
        let is_unread = |column: &&Column| unread.contains(&quoted(&column.name));
        let unread: Vec<&Column> = inspection.columns.iter().filter(is_unread).collect();
        questions.extend(unread::questions(export, file, &fields, &unread));
    }
    if found.table == TableKind::Tasks {
        let (status, question) = statuses(export, conversation)?;
        lines.extend(status);
        questions.extend(question);
    }
    Ok((lines.join("\n") + "\n", questions))
}

/// Describes which other tables the file may hold.
fn alternatives(found: &Recognised<'_>) -> String {
    let others: Vec<String> =
        found.alternatives.iter().map(|(table, points)| format!("{} {points} %", table.name())).collect();
    if others.is_empty() { String::new() } else { format!("; it may also be {}", others.join(", ")) }
}

/// Returns the words of the status column: known words as lines, and unknown ones as a comment for the user to
/// complete.
fn statuses(export: &Export<'_>, conversation: Conversation) -> Result<(Vec<String>, Option<String>), Failure> {
    let (inspection, found) = (&export.inspection, &export.found);
    let Some(column) = export.at("status") else { return Ok((Vec::new(), None)) };
    let mut words: BTreeMap<String, u64> = BTreeMap::new();
    inspection.rows(&mut |row| {
        if let Some(word) = row.text(column) {
            *words.entry(word).or_default() += 1;
        }
    })?;
    let presets = Presets::embedded()?;
    let generic = presets.named(GENERIC)?.layout(TableKind::Tasks)?;
    let mut known: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut unknown = Vec::new();
    for (word, count) in words {
        match found.layout.word("status", &word).or_else(|| generic.word("status", &word)) {
            Some(ours) => known.entry(ours.to_owned()).or_default().push(quoted(&word)),
            // A traffic-light status describes the plan, not the work: how far the work is follows from its dates.
            None if lexicon::is_plan_status(&word) => {}
            None => match meaning_asked(&word, count, conversation)? {
                Some(ours) => known.entry(ours.to_owned()).or_default().push(quoted(&word)),
                None => unknown.push(format!("{} ({count})", quoted(&word))),
            },
        }
    }
    let mut lines = vec!["[source.values.status]".to_owned()];
    for ours in ["todo", "doing", "paused", "done", "dropped"] {
        if let Some(theirs) = known.get(ours) {
            lines.push(format!("{ours} = [{}]", theirs.join(", ")));
        }
    }
    let question = (!unknown.is_empty()).then(|| {
        format!(
            "what do these statuses mean (todo, doing, paused, done, dropped)? {}: under [source.values.status]",
            unknown.join(", ")
        )
    });
    if !unknown.is_empty() {
        lines.push(format!("# say what these mean, until then they count as open: {}", unknown.join(", ")));
    }
    Ok((lines, question))
}

/// Asks the user what a status means.
fn meaning_asked(word: &str, count: u64, conversation: Conversation) -> Result<Option<&'static str>, Failure> {
    const MEANINGS: [(&str, &str); 5] = [
        ("todo", "not begun"),
        ("doing", "in work"),
        ("paused", "put aside: open, but nobody works on it"),
        ("done", "finished"),
        ("dropped", "will not be done"),
    ];
    let tasks = if count == 1 { "1 task".to_owned() } else { format!("{count} tasks") };
    let mut answers = vec!["I will say it later; until then it counts as open".to_owned()];
    answers.extend(MEANINGS.iter().map(|(ours, meaning)| format!("{ours}: {meaning}")));
    let answer = conversation.choose(&format!("What does \"{word}\" mean? {tasks}"), &answers)?;
    Ok(answer.and_then(|answer| MEANINGS.get(answer.checked_sub(1)?)).map(|(ours, _)| *ours))
}

/// Returns the questions that the columns in use leave open: the code of each problem, and the line of the config that
/// answers it.
fn doubts(inspection: &Inspection, found: &Recognised<'_>) -> impl Iterator<Item = (&'static str, &'static str)> {
    let columns = inspection.columns.iter().zip(&found.fields);
    let used = columns.filter(|(_, field)| field.is_some() || found.table == TableKind::Metrics);
    let codes: BTreeSet<&'static str> = used.filter_map(|(column, _)| Some(column.doubt.as_ref()?.code)).collect();
    [
        ("date-order", "# date_order = \"dmy\"            # the dates can be read both ways: \"dmy\" or \"mdy\""),
        ("decimal-sign", "# decimal = \".\"                 # the numbers can be read both ways: \".\" or \",\""),
    ]
    .into_iter()
    .filter(move |(code, _)| codes.contains(code))
}

/// Returns the questions that the columns in use leave open, as steps for the user.
pub(crate) fn to_settle(target: &str, inspection: &Inspection, found: &Recognised<'_>) -> Vec<String> {
    let step = |(code, _): (&str, &str)| match code {
        "date-order" => format!("say whether day or month comes first in {target}: its `date_order` in headsup.toml"),
        _ => format!("say which decimal sign {target} has: its `decimal` in headsup.toml"),
    };
    doubts(inspection, found).map(step).collect()
}
