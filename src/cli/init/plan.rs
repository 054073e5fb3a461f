//! The milestones that a new team folder starts with if no export lists them: the epics of a tracker that have dates,
//! otherwise the versions, milestones or projects that its tasks name. Milestone dates are never derived from task
//! dates.

use std::collections::{BTreeMap, BTreeSet};

use super::conversation::Conversation;
use super::export::Export;
use super::new_file::quoted;
use crate::lexicon;
use crate::preset::{GENERIC, Presets, normal};
use crate::problem::Failure;
use crate::table::Kind;
use crate::team::TableKind;

/// Most milestones in a new plan: a boss cannot follow more.
const MAX_MILESTONES: usize = 12;
/// Most different names in a column that is taken to name projects.
const MAX_PROJECTS: usize = 8;

/// The milestones of the tasks.
#[derive(Default)]
pub(crate) struct Milestones {
    /// A `[[source]]` that reads the milestones from the tracker's own export.
    pub source: Option<String>,
    /// Rows of a separate milestones table.
    pub rows: Vec<Vec<(&'static str, String)>>,
    /// Header of the column that names the milestone of a task, if several columns might.
    pub column: Option<String>,
    /// Whether no column names the milestone of a task: either its parent does, or it has none.
    pub no_column: bool,
    /// Description of what was taken as milestones, with the count.
    pub about: String,
    /// Questions that only the manager can answer.
    pub questions: Vec<String>,
}

/// Returns the normalised names of the milestones that other exports list.
pub(crate) fn listed(exports: &[Export<'_>]) -> Result<BTreeSet<String>, Failure> {
    let mut names = BTreeSet::new();
    for export in exports.iter().filter(|export| export.found.table == TableKind::Milestones) {
        let columns: Vec<usize> = ["milestone", "id"].iter().filter_map(|field| export.at(field)).collect();
        export.inspection.rows(&mut |row| {
            names.extend(columns.iter().filter_map(|&column| row.text(column)).map(|name| normal(&name)));
        })?;
    }
    Ok(names)
}

/// Finds the milestones in one export of tasks, which is read as `file`. `listed` are the milestones of other exports,
/// and `taken` those of exports before it. At a terminal, the manager is asked which column names them.
pub(crate) fn of(
    export: &Export<'_>,
    file: &str,
    presets: &Presets,
    listed: &BTreeSet<String>,
    taken: &mut BTreeSet<String>,
    conversation: Conversation,
) -> Result<Milestones, Failure> {
    let epics = epics(export, file, presets)?;
    let mut columns: Vec<(&str, usize)> =
        export.found.positions("milestone").map(|at| (export.header(at), at)).collect();
    if conversation.is_on() && listed.is_empty() {
        let others = export.found.positions("sprint").chain(project(export, presets)?);
        let mut candidates: Vec<(&str, usize)> = columns.clone();
        candidates.extend(
            others.map(|at| (export.header(at), at)).filter(|(header, _)| columns.iter().all(|(own, _)| own != header)),
        );
        match asked(export, epics.as_ref(), &candidates, conversation)? {
            Choice::Epics => return Ok(epics.unwrap_or_default()),
            Choice::None => return Ok(Milestones { no_column: true, ..Milestones::default() }),
            Choice::Column(header) => columns = candidates.into_iter().filter(|(own, _)| *own == header).collect(),
            Choice::Guess => {}
        }
    } else if let Some(epics) = epics {
        return Ok(epics);
    }
    // Trackers repeat a header for several values; its columns count as one column of names.
    let mut named: BTreeMap<&str, Vec<(String, u64)>> = BTreeMap::new();
    // Names that occur together in a row: a task has only one milestone, so at most one of these columns names it.
    let mut beside: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    export.inspection.rows(&mut |row| {
        let all: Vec<String> = columns.iter().filter_map(|(_, column)| row.text(*column)).collect();
        for name in &all {
            let others = all.iter().filter(|other| *other != name).cloned();
            beside.entry(name.clone()).or_default().extend(others);
        }
        for &(header, column) in &columns {
            let Some(name) = row.text(column).filter(|name| is_name(name)) else { continue };
            let names = named.entry(header).or_default();
            match names.iter_mut().find(|(known, _)| *known == name) {
                Some((_, tasks)) => *tasks += 1,
                None => names.push((name, 1)),
            }
        }
    })?;
    // A project of the tasks may be a milestone of another export.
    for at in export.found.positions("objective") {
        let mut is_one = false;
        export
            .inspection
            .rows(&mut |row| is_one |= row.text(at).is_some_and(|name| listed.contains(&normal(&name))))?;
        if is_one && named.is_empty() {
            return Ok(Milestones { column: Some(export.header(at).to_owned()), ..Milestones::default() });
        }
    }
    let is_listed = |names: &[(String, u64)]| names.iter().any(|(name, _)| listed.contains(&normal(name)));
    if let Some((header, _)) = named.iter().find(|(_, names)| is_listed(names)) {
        return Ok(Milestones { column: Some((*header).to_owned()), ..Milestones::default() });
    }
    // In the best column, each name has several tasks.
    columns.dedup_by_key(|(header, _)| *header);
    let by_use = |(header, _): &&(&str, usize)| {
        let names = named.get(header).map_or(&[][..], Vec::as_slice);
        let tasks: u64 = names.iter().map(|(_, tasks)| tasks).sum();
        (!names.is_empty() && (names.len() as u64) * 2 <= tasks.max(2), tasks)
    };
    let best = columns.iter().rev().max_by_key(by_use).map(|(header, _)| *header);
    let Some(mut names) = best.and_then(|header| named.remove(header)) else { return Ok(Milestones::default()) };
    names.sort_by_key(|(_, tasks)| std::cmp::Reverse(*tasks));
    let mut chosen: Vec<(String, u64)> = Vec::new();
    for (name, tasks) in names {
        let is_beside = |other: &(String, u64)| beside.get(&name).is_some_and(|others| others.contains(&other.0));
        if chosen.len() < MAX_MILESTONES && !chosen.iter().any(is_beside) {
            chosen.push((name, tasks));
        }
    }
    let mut names = chosen;
    names.retain(|(name, _)| taken.insert(normal(name)));
    let mut milestones = Milestones { column: best.map(str::to_owned), ..Milestones::default() };
    let counted: Vec<String> = names.iter().map(|(name, tasks)| format!("\"{name}\" ({tasks} tasks)")).collect();
    if !counted.is_empty() {
        milestones.questions.push(format!("when are these due? {}: no file says it", counted.join(", ")));
    }
    milestones.rows = names.into_iter().map(|(name, _)| vec![("milestone", name)]).collect();
    Ok(milestones)
}

/// What the user says about the milestones.
enum Choice<'a> {
    Epics,
    Column(&'a str),
    None,
    /// Nobody was asked, or there was no choice.
    Guess,
}

/// Asks which candidate column holds the milestones. Shows the names in each column with the number of their tasks.
fn asked<'a>(
    export: &Export<'_>,
    epics: Option<&Milestones>,
    candidates: &[(&'a str, usize)],
    conversation: Conversation,
) -> Result<Choice<'a>, Failure> {
    let mut choices: Vec<(String, Choice<'a>)> = Vec::new();
    choices.extend(epics.map(|epics| (epics.about.clone(), Choice::Epics)));
    let mut headers: Vec<&str> = candidates.iter().map(|(header, _)| *header).collect();
    headers.dedup();
    for header in headers {
        let mut names: BTreeMap<String, u64> = BTreeMap::new();
        let columns: Vec<usize> = candidates.iter().filter(|(own, _)| *own == header).map(|(_, at)| *at).collect();
        export.inspection.rows(&mut |row| {
            let cells = columns.iter().filter_map(|column| row.text(*column)).filter(|name| is_name(name));
            cells.for_each(|name| *names.entry(name).or_default() += 1);
        })?;
        if names.is_empty() {
            continue;
        }
        let mut counted: Vec<(&String, &u64)> = names.iter().collect();
        counted.sort_by_key(|(_, tasks)| std::cmp::Reverse(**tasks));
        let listed: Vec<String> = counted.iter().take(4).map(|(name, tasks)| format!("{name} {tasks}")).collect();
        let more = counted.len().saturating_sub(4);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        choices.push((format!("{header} (tasks): {}{more}", listed.join(", ")), Choice::Column(header)));
    }
    if choices.is_empty() {
        return Ok(Choice::Guess);
    }
    choices.push(("none of these: I will list them".to_owned(), Choice::None));
    let question = format!("Which of these are your milestones? ({})", export.target);
    let answers: Vec<String> = choices.iter().map(|(answer, _)| answer.clone()).collect();
    let Some(answer) = conversation.choose(&question, &answers)? else { return Ok(Choice::Guess) };
    Ok(choices.into_iter().nth(answer).map_or(Choice::Guess, |(_, choice)| choice))
}

/// Returns whether a value is a name, as opposed to "?", "-" or "none".
fn is_name(name: &str) -> bool {
    name.chars().any(char::is_alphanumeric) && !lexicon::is_missing(name)
}

/// Returns the epics of a tracker's export, or `None` if none of them has a date.
fn epics(export: &Export<'_>, file: &str, presets: &Presets) -> Result<Option<Milestones>, Failure> {
    let (Some(kind), Some(key), Some(title), true) =
        (export.at("type"), export.at("key"), export.at("title"), export.at("parent").is_some())
    else {
        return Ok(None);
    };
    let generic = presets.named(GENERIC)?.layout(TableKind::Tasks)?;
    let is_epic = |word: &str| {
        let layout = export.found.layout;
        layout.word("type", word).or_else(|| generic.word("type", word)) == Some("epic")
    };
    let dates: Vec<usize> =
        export.inspection.columns.iter().filter(|column| column.kind == Kind::Date).map(|c| c.position).collect();
    let mut words: BTreeSet<String> = BTreeSet::new();
    let mut dated: BTreeMap<usize, u64> = BTreeMap::new();
    let mut count = 0_u64;
    let mut tasks = 0_u64;
    export.inspection.rows(&mut |row| match row.text(kind) {
        Some(word) if is_epic(&word) => {
            words.insert(word);
            count += 1;
            for &column in &dates {
                *dated.entry(column).or_default() += u64::from(matches!(row.date(column), Ok(Some(_))));
            }
        }
        _ => tasks += u64::from(export.found.positions("parent").any(|column| row.text(column).is_some())),
    })?;
    // The date of an epic: its due date, otherwise the end that it aims at.
    let due = export.at("due").filter(|column| dated.get(column).is_some_and(|n| *n > 0)).or_else(|| {
        let milestones = presets.named(GENERIC).ok()?;
        let layout = milestones.layout(TableKind::Milestones).ok()?;
        let is_due = |column: &&usize| {
            let field = layout
                .field_of(export.found.preset, export.header(**column))
                .or_else(|| layout.field_of(milestones, inner(export.header(**column))));
            field.is_some_and(|(_, field)| field.name == "due") && dated.get(*column).is_some_and(|n| *n > 0)
        };
        dates.iter().find(is_due).copied()
    });
    let Some(due) = due.filter(|_| count > 0) else { return Ok(None) };
    let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
    let mut lines = vec![
        format!(
            "# {count} epics, {} of them with a date; {tasks} tasks belong to one",
            dated.get(&due).copied().unwrap_or(0)
        ),
        "[[source]]".to_owned(),
        "table = \"milestones\"".to_owned(),
        format!("file = {}", quoted(file)),
        format!("where = {{ {} = [{}] }}", quoted(export.header(kind)), words.join(", ")),
        "[source.columns]".to_owned(),
        format!("id = {}", quoted(export.header(key))),
        format!("milestone = {}", quoted(export.header(title))),
        format!("due = {}", quoted(export.header(due))),
    ];
    if let Some(status) = export.at("status") {
        lines.push(format!("status = {}", quoted(export.header(status))));
    }
    if let Some(done) = export.at("done_on") {
        lines.push(format!("done_on = {}", quoted(export.header(done))));
    }
    if let Some(project) = project(export, presets)? {
        lines.push(format!("objective = {}", quoted(export.header(project))));
    }
    // The other fields of a task do not apply to a milestone.
    for field in ["reason", "progress", "agreed_due", "aliases", "as_of", "owner_team", "start"] {
        lines.push(format!("{field} = []"));
    }
    let mut questions = Vec::new();
    let mut undated = Vec::new();
    export.inspection.rows(&mut |row| {
        let is_one = row.text(kind).is_some_and(|word| is_epic(&word));
        if is_one && matches!(row.date(due), Ok(None)) {
            undated.extend(row.text(title).map(|name| format!("\"{name}\"")));
        }
    })?;
    if !undated.is_empty() {
        questions.push(format!("when are these due? {}: no file says it", undated.join(", ")));
    }
    let about = format!(
        "epics: {count}, {} of them with a date; {tasks} tasks belong to one",
        dated.get(&due).copied().unwrap_or(0)
    );
    Ok(Some(Milestones {
        about,
        source: Some(lines.join("\n") + "\n"),
        no_column: true,
        questions,
        ..Milestones::default()
    }))
}

/// Returns the text in the brackets of `Custom field (Target end)`, or the whole header if it has none.
fn inner(header: &str) -> &str {
    header.split_once('(').and_then(|(_, rest)| rest.strip_suffix(')')).unwrap_or(header)
}

/// Returns the column that names the project of a row, or `None` if there is no such column or it has too many names.
pub(crate) fn project(export: &Export<'_>, presets: &Presets) -> Result<Option<usize>, Failure> {
    let generic = presets.named(GENERIC)?;
    let layout = generic.layout(TableKind::Milestones)?;
    let is_project = |column: &crate::table::Column| {
        column.kind == Kind::Text
            && layout.field_of(generic, &column.name).is_some_and(|(_, field)| field.name == "objective")
            && export
                .contents
                .get(column.position)
                .is_some_and(|content| (1..=MAX_PROJECTS).contains(&content.distinct))
            && export.at("title") != Some(column.position)
            && !export.found.positions("parent").any(|parent| parent == column.position)
            && !export.found.positions("milestone").any(|milestone| milestone == column.position)
    };
    Ok(export.inspection.columns.iter().find(|column| is_project(column)).map(|column| column.position))
}
