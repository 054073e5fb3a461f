//! Assigns the columns of a table to fields if no preset of a tool does: by the words of the lexicon, checked against
//! the cells. A column is used for one field, and the user's mapping is kept. Fields that no header names may be
//! assigned by the kinds of the columns.

mod dates;

use std::collections::BTreeSet;

use super::contents::Content;
use crate::lexicon::{self, Language, folded};
use crate::preset::{Layout, Preset};
use crate::table::{Column, Inspection, Kind};
use crate::tables::{Field, FieldKind};
use crate::team::TableKind;

/// The user's mapping: its fields get no other column, and its columns no other field.
#[derive(Debug, Clone, Default)]
pub struct Reserved {
    pub fields: BTreeSet<&'static str>,
    pub columns: BTreeSet<usize>,
}

/// A field of a column with its rank; 0 is the best.
type Ranked = (usize, Field);

/// Rank of a column that is assigned by its kind and not by its header.
pub(crate) const BY_KIND: usize = 1000;
/// Rank of a column whose header names a field among others.
const LAST_NAMED: usize = BY_KIND - 1;
/// Fields that may have any number of columns.
const OF_MANY: [&str; 11] =
    ["labels", "sprint", "parent", "aliases", "people", "due", "done_on", "started", "start", "created", "milestone"];

/// Assigns the columns of `inspection` to the fields of `table`.
pub(crate) fn assign(
    inspection: &Inspection,
    contents: &[Content],
    (preset, layout): (&Preset, &Layout),
    table: TableKind,
    reserved: &Reserved,
) -> Vec<Option<Ranked>> {
    let mut assigning = Assigning { inspection, contents, preset, layout, table, reserved, fields: Vec::new() };
    assigning.fields = inspection.columns.iter().map(|column| assigning.by_header(column)).collect();
    assigning.keep_the_best();
    if inspection.header_line > 0 {
        assigning.done_by_cells();
        assigning.by_kind();
        assigning.agreed_by_cells();
    }
    assigning.fields
}

struct Assigning<'a> {
    inspection: &'a Inspection,
    contents: &'a [Content],
    preset: &'a Preset,
    layout: &'a Layout,
    table: TableKind,
    reserved: &'a Reserved,
    fields: Vec<Option<Ranked>>,
}

impl Assigning<'_> {
    fn content(&self, column: usize) -> &Content {
        static NONE: std::sync::LazyLock<Content> = std::sync::LazyLock::new(Content::default);
        self.contents.get(column).unwrap_or(&NONE)
    }

    fn by_header(&self, column: &Column) -> Option<Ranked> {
        if self.reserved.columns.contains(&column.position) {
            return None;
        }
        let (rank, field) = self.layout.field_of(self.preset, &column.name)?;
        let promised = field.name;
        let field = self.by_cells(field, column)?;
        // A title that only the cells suggest ranks after one that the header names.
        let rank = if self.is_title(field) && field.name != promised { BY_KIND } else { rank };
        (!self.reserved.fields.contains(field.name)).then_some((rank, field))
    }

    /// Returns the field that a header promises, or the one that the cells make of it. `None` if they contradict each
    /// other.
    fn by_cells(&self, field: Field, column: &Column) -> Option<Field> {
        let content = self.content(column.position);
        if content.filled == 0 {
            return Some(field);
        }
        let other = |name: &str| self.table.field(name);
        let share = || other("percent_complete").or_else(|| other("progress"));
        let is_answered = content.answers == content.filled;
        let is_number = column.kind == Kind::Number;
        // A header that is our own word, or the plain word in another language, is trusted.
        let plain =
            |language: &'static Language| language.tables.get(self.table.name())?.columns.get(field.name)?.first();
        let is_plain = |word: &String| folded(word) == folded(&column.name);
        let is_called = crate::preset::normal(&column.name) == crate::preset::normal(field.name)
            || lexicon::languages().iter().filter_map(plain).any(is_plain);
        let is_date = column.kind == Kind::Date || (column.kind == Kind::Text && content.dates > 0);
        let is_of_numbers = is_number || (content.dates == 0 && content.numbers * 2 > content.filled);
        match field.kind {
            // Words of a metric stand in no column of numbers, and its states are words that we know.
            FieldKind::Text if self.table == TableKind::Metrics && is_number && field.name != "metric" => None,
            FieldKind::Word(_) if self.table == TableKind::Metrics => {
                (content.known_with_letters(self.layout, field.name) >= 0.6).then_some(field)
            }
            // Values that differ from row to row cannot be milestones, which several tasks share.
            _ if field.name == "milestone"
                && self.table == TableKind::Tasks
                && !is_called
                && content.is_of_each_row() =>
            {
                None
            }
            // If each project occurs in only one row, it is the subject of the row.
            _ if field.name == "objective" && self.is_of_work() && !is_called && content.is_of_each_row() => {
                title_of(self.table).and_then(other)
            }
            // "Meta" and "Ziel" are a goal, and the number that is to be reached.
            _ if field.name == "objective" && is_of_numbers && other("target").is_some() => other("target"),
            FieldKind::Date
                if field.name == "agreed_due" && is_of_numbers && !folded(&column.name).contains("base") =>
            {
                other("target")
            }
            FieldKind::Date if matches!(field.name, "agreed_due" | "start") && is_of_numbers => other("start_value"),
            // How sure somebody is may be told by a colour.
            _ if field.name == "confidence" && content.known(self.layout, "status") >= 0.6 => other("status"),
            // "Milestone: Yes" says that the row is a milestone, not what it is called.
            _ if field.name == "milestone" && is_answered => None,
            // Checkboxes under "Completed" show that a task is done, not when; "Completion: 75" shows how much of it.
            FieldKind::Date if is_answered && field.name == "done_on" => other("status"),
            FieldKind::Date if is_number && field.name == "done_on" => share(),
            FieldKind::Date if field.name == "done_on" && !is_date && content.known(self.layout, "status") > 0.5 => {
                other("status")
            }
            // "Entrega" means a delivery or its date: the cells decide.
            FieldKind::Date if column.kind == Kind::Text && content.dates == 0 && self.is_own(&column.name) => {
                title_of(self.table).and_then(other)
            }
            // A header that promises dates keeps its column even if cells cannot be read: these are reported one by
            // one.
            FieldKind::Date => (!is_number && (is_date || !is_vague(&column.name))).then_some(field),
            // To some people, "Target" is a date.
            FieldKind::Number if field.name == "target" && column.kind == Kind::Date => other("due"),
            // So is "Actual".
            FieldKind::Number if field.name == "current_value" && column.kind == Kind::Date => other("done_on"),
            // "Blocked: the vendor" is a reason.
            FieldKind::Flag if field.name == "blocked" && !is_answered => other("reason"),
            FieldKind::Share if is_answered && content.distinct <= 2 && !is_number => other("status"),
            FieldKind::Share if column.kind == Kind::Date => other("done_on"),
            FieldKind::Share if !is_number && content.known(self.layout, "status") > 0.5 => other("status"),
            FieldKind::Number | FieldKind::Share => (is_number || content.numbers > 0).then_some(field),
            FieldKind::Word(_) if field.name == "status" && is_number && !is_answered => {
                share().filter(|_| column.is_in_percent())
            }
            FieldKind::Word(_) if field.name == "status" && column.kind == Kind::Date => None,
            FieldKind::Text if self.is_title(field) && column.kind == Kind::Date => None,
            // A column called `key` is one: repeated keys are reported when the rows are read.
            FieldKind::Text if field.name == "key" && crate::lexicon::folded(&column.name) == "key" => {
                (column.kind != Kind::Date).then_some(field)
            }
            // Other columns such as "No" or "ID" may restart in each group, or identify what the rows belong to.
            FieldKind::Text if field.name == "key" || (field.name == "id" && self.table == TableKind::Tasks) => {
                // A single row shows neither.
                let may_be_one = content.filled == 1 || content.tells_rows_apart();
                (may_be_one && column.kind != Kind::Date).then_some(field)
            }
            _ => Some(field),
        }
    }

    /// Returns whether a header is specific to this table.
    fn is_own(&self, header: &str) -> bool {
        self.layout.is_own(self.preset, header)
    }

    fn is_of_work(&self) -> bool {
        matches!(self.table, TableKind::Tasks | TableKind::Milestones)
    }

    fn is_title(&self, field: Field) -> bool {
        title_of(self.table) == Some(field.name)
    }

    /// Keeps the best of several columns that promise the same field.
    fn keep_the_best(&mut self) {
        let names: BTreeSet<&'static str> = self.fields.iter().flatten().map(|(_, field)| field.name).collect();
        for name in names {
            let is_title = title_of(self.table) == Some(name);
            if OF_MANY.contains(&name) && !is_title {
                self.keep_dates(name);
                continue;
            }
            let of = |(at, field): (usize, &Option<Ranked>)| {
                let (rank, field) = (*field)?;
                (field.name == name).then_some((at, rank))
            };
            let mut columns: Vec<(usize, usize)> = self.fields.iter().enumerate().filter_map(of).collect();
            if is_title {
                columns.sort_by_key(|(at, rank)| (std::cmp::Reverse(self.title_points(*at, Some(*rank))), *at));
            } else {
                // Known words count more than a better header.
                let known = |at: usize| self.content(at).known(self.layout, name) > 0.5;
                let is_word = matches!(self.table.field(name).map(|field| field.kind), Some(FieldKind::Word(_)));
                columns.sort_by_key(|(at, rank)| (self.content(*at).filled == 0, is_word && !known(*at), *rank, *at));
            }
            for (at, _) in columns.into_iter().skip(1) {
                // A traffic light beside the status says how the plan is kept.
                let is_of_plan = name == "status" && self.content(at).of_plan() > 0.5;
                let health = self.table.field("plan_status").filter(|_| is_of_plan && !self.has("plan_status"));
                self.fields[at] = health.map(|field| (BY_KIND, field));
            }
        }
    }

    /// If several columns promise the same kind of date, columns of dates are preferred to columns of words.
    fn keep_dates(&mut self, name: &str) {
        let of = |assigning: &Self, is_of: &dyn Fn(&Column, &Content) -> bool| -> Vec<usize> {
            let columns = assigning.inspection.columns.iter().filter(|column| {
                let field = assigning.fields.get(column.position).copied().flatten();
                field.is_some_and(|(_, field)| field.name == name && field.kind == FieldKind::Date)
            });
            columns.filter(|column| is_of(column, assigning.content(column.position))).map(|it| it.position).collect()
        };
        let dates = of(self, &|column, _| column.kind == Kind::Date);
        let words = of(self, &|column, content| column.kind == Kind::Text && content.dates == 0 && content.filled > 0);
        for at in words.into_iter().filter(|_| !dates.is_empty()) {
            self.fields[at] = None;
        }
    }

    /// Rates a column as the title of its rows.
    fn title_points(&self, column: usize, rank: Option<usize>) -> i32 {
        let content = self.content(column);
        let by_header = match rank {
            Some(usize::MAX | 0) => 32,
            Some(1..=3) => 28,
            Some(4..BY_KIND) => 22,
            _ => 0,
        };
        let speech = (content.speech() * 10.0) as i32;
        let variety = (content.variety() * 10.0) as i32;
        let persons = if content.is_of_persons() && content.filled > 1 { 18 } else { 0 };
        let is_text = self.inspection.columns.get(column).is_some_and(|column| column.kind == Kind::Text);
        let codes = if content.numbers == content.filled && content.filled > 0 { 25 } else { 0 };
        by_header + speech + variety - persons - codes - if is_text || content.filled == 0 { 0 } else { 12 }
    }

    fn has(&self, name: &str) -> bool {
        self.reserved.fields.contains(name) || self.fields.iter().flatten().any(|(_, field)| field.name == name)
    }

    fn free(&self) -> impl Iterator<Item = &Column> {
        let is_free = |column: &&Column| {
            self.fields.get(column.position).is_some_and(Option::is_none)
                && !self.reserved.columns.contains(&column.position)
                && self.content(column.position).filled > 0
        };
        self.inspection.columns.iter().filter(is_free)
    }

    /// Assigns fields by the kinds of the columns.
    fn by_kind(&mut self) {
        if !self.is_of_work() {
            return;
        }
        self.title_by_kind();
        if !self.has("status") {
            let known = |column: &&Column| {
                let content = self.content(column.position);
                column.kind == Kind::Text
                    && content.answers < content.filled
                    && content.distinct <= 15
                    && content.known(self.layout, "status") >= 0.6
            };
            let found = self.free().find(known).map(|column| column.position);
            self.set(found, "status");
        }
        if !self.has("assignee") && self.table == TableKind::Tasks {
            let is_person = |column: &&Column| {
                let content = self.content(column.position);
                column.kind == Kind::Text
                    && content.is_of_full_names()
                    && content.distinct < content.filled.max(2)
                    && !self.layout.is_usual(self.preset, &column.name)
            };
            let found = self.free().find(is_person).map(|column| column.position);
            self.set(found, "assignee");
        }
        self.date_by_kind();
        self.share_by_kind();
    }

    /// `% concluída`, `Klart %`: a column of numbers whose header speaks of a share that is done.
    fn share_by_kind(&mut self) {
        let names = ["percent_complete", "progress"];
        let Some(field) = names.into_iter().find(|name| self.table.field(name).is_some()) else { return };
        let is_share = |column: &&Column| column.kind == Kind::Number && lexicon::is_share_done_header(&column.name);
        if !self.has(field) {
            let found = self.free().find(is_share).map(|column| column.position);
            self.set(found, field);
        }
    }

    /// Replaces a title that a header names but whose cells are persons or codes by a column of phrases.
    fn title_by_kind(&mut self) {
        let Some(title) = title_of(self.table) else { return };
        if self.reserved.fields.contains(title) {
            return;
        }
        let at = |fields: &[Option<Ranked>], name| {
            fields.iter().position(|field| field.is_some_and(|(_, field)| field.name == name))
        };
        let mut own = at(&self.fields, title);
        // Where nothing else names a row, a project that comes in one row alone is what the row is about.
        let whole = at(&self.fields, "objective").filter(|at| {
            let content = self.content(*at);
            content.filled > 1 && content.distinct == content.filled && !self.reserved.fields.contains("objective")
        });
        if let (None, Some(whole)) = (own, whole) {
            // Its header names it, though not first.
            self.fields[whole] = self.table.field(title).map(|field| (LAST_NAMED, field));
            own = Some(whole);
        }
        // What a person's name stands beside may be the work, though its header says that it is a project.
        // Two words with capitals may be a name or a title: below a header that tells tasks they are titles.
        let is_person = |own: usize| {
            let header = self.inspection.columns.get(own).map_or("", |column| column.name.as_str());
            self.content(own).is_of_persons() && self.content(own).filled > 1 && !self.is_own(header)
        };
        let is_of_person = own.is_some_and(is_person);
        // An issue in each row is the work where nothing else is.
        let is_issue = |column: &Column, field: Option<&str>| {
            own.is_none() && field == Some("reason") && self.content(column.position).tells_rows_apart()
        };
        let is_open = |column: &&Column| {
            let field = self.fields[column.position].map(|(_, field)| field.name);
            if is_issue(column, field) {
                return true;
            }
            let is_called = field.is_some_and(|field| crate::preset::normal(&column.name) == field);
            is_of_person
                && !is_called
                && matches!(field, Some("objective" | "milestone"))
                && self.content(column.position).speech() > 0.4
        };
        let others = self.inspection.columns.iter().filter(is_open);
        let best = self
            .free()
            .chain(others)
            .filter(|column| column.kind == Kind::Text && self.content(column.position).variety() > 0.3)
            // Remarks have gaps; what names the rows has none that their names do not have.
            .filter(|column| own.is_none_or(|own| self.content(column.position).filled >= self.content(own).filled))
            .filter(|column| !self.layout.is_usual(self.preset, &column.name))
            .map(|column| (self.title_points(column.position, None), column.position))
            .max_by_key(|(points, at)| (*points, std::cmp::Reverse(*at)));
        let Some((points, at)) = best else { return };
        match own {
            // Names of persons are not titles if each row also has a phrase.
            Some(own)
                if (is_of_person && self.content(at).variety() > 0.9 && self.content(at).speech() > 0.5)
                    || self.title_points(own, self.fields[own].map(|(rank, _)| rank)) < points + 4 =>
            {
                self.fields[own] = None;
                self.set(Some(at), title);
            }
            None if self.content(at).speech() > 0.4 => self.set(Some(at), title),
            _ => {}
        }
    }

    fn set(&mut self, column: Option<usize>, field: &str) {
        if let (Some(at), Some(field)) = (column, self.table.field(field))
            && !self.reserved.fields.contains(field.name)
        {
            self.fields[at] = Some((BY_KIND, field));
        }
    }
}

/// Returns whether a header may mean a date, but also something else.
fn is_vague(header: &str) -> bool {
    const VAGUE: [&str; 19] = [
        "target", "plan", "planned", "from", "by", "to", "until", "end", "start", "begin", "forecast", "expected",
        "baseline", "fin", "bis", "von", "ab", "plazo", "prazo",
    ];
    VAGUE.contains(&crate::lexicon::folded(header).as_str())
}

/// Returns the field that names a row.
pub(crate) fn title_of(table: TableKind) -> Option<&'static str> {
    Some(match table {
        TableKind::Tasks => "title",
        TableKind::Milestones => "milestone",
        TableKind::Objectives => "objective",
        TableKind::Goals => "goal",
        _ => return None,
    })
}
