//! Decides which table a file without a tool's preset is: tasks, milestones, risks and objectives by their columns,
//! logs by their headers, metrics by dates or periods with numbers.
//!
//! Each table gets points for typical properties. The best one is chosen if it has enough points; others with enough
//! points are the alternatives.

use std::collections::BTreeSet;

use super::contents::Content;
use super::fields::{BY_KIND, Reserved, assign, title_of};
use crate::preset::{Layout, Preset};
use crate::source::metrics::kind;
use crate::table::{Column, Inspection, Kind};
use crate::tables::Field;
use crate::team::TableKind;

/// The score of a file as a table.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub table: TableKind,
    /// Score from 0 to 100.
    pub points: i32,
}

/// Points for a matching file name.
const NAMED: i32 = 40;
/// Fewest points for a table.
const ENOUGH: i32 = 40;
/// Most rows of a list of milestones that a person can follow.
const FEW_ROWS: u64 = 60;

/// Returns the tables of work that a file may be, the best first. The list is empty if it is none of them.
pub(crate) fn candidates(
    inspection: &Inspection,
    contents: &[Content],
    preset: &Preset,
    named: &BTreeSet<&str>,
) -> Vec<Candidate> {
    let of = |table: TableKind| {
        let layout = preset.tables.get(&table)?;
        let fields = assign(inspection, contents, (preset, layout), table, &Reserved::default());
        let is_named = named.contains(table.name());
        let points =
            Judging { inspection, contents, preset, layout, table, fields: &fields, is_file_named: is_named }.points();
        // A matching file name counts as much as a good column.
        let points = points + if points > 0 && is_named { NAMED } else { 0 };
        // A header without rows is an empty table.
        let enough = if inspection.records == 0 { ENOUGH / 2 } else { ENOUGH };
        (points >= enough).then_some(Candidate { table, points: points.min(100) })
    };
    let tables = TableKind::ALL.iter().copied().filter(|table| is_of_work(*table));
    let mut found: Vec<Candidate> = tables.filter_map(of).collect();
    found.sort_by_key(|candidate| std::cmp::Reverse(candidate.points));
    found
}

fn is_of_work(table: TableKind) -> bool {
    matches!(table.name(), "tasks" | "milestones" | "objectives" | "risks")
}

struct Judging<'a> {
    inspection: &'a Inspection,
    contents: &'a [Content],
    preset: &'a Preset,
    layout: &'a Layout,
    table: TableKind,
    fields: &'a [Option<(usize, Field)>],
    /// Whether the name of the file suggests the table.
    is_file_named: bool,
}

impl Judging<'_> {
    fn at(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.is_some_and(|(_, field)| field.name == name))
    }

    fn has(&self, name: &str) -> i32 {
        i32::from(self.at(name).is_some())
    }

    fn any(&self, names: &[&str]) -> i32 {
        i32::from(names.iter().any(|name| self.at(name).is_some()))
    }

    fn column(&self, at: usize) -> Option<(&Column, &Content)> {
        self.inspection.columns.get(at).zip(self.contents.get(at))
    }

    /// Returns whether a header names the field, as opposed to the kind of its cells.
    fn is_named(&self, name: &str) -> bool {
        self.at(name).and_then(|at| self.fields[at]).is_some_and(|(rank, _)| rank != BY_KIND)
    }

    /// Returns whether there is a header that never occurs in a list of work.
    fn is_ruled_out(&self) -> bool {
        let header: Vec<&str> = self.inspection.columns.iter().map(|column| column.name.as_str()).collect();
        let tasks = self.preset.tables.get(&TableKind::Tasks);
        tasks.is_some_and(|tasks| tasks.is_ruled_out(self.preset, &header))
    }

    /// Returns whether the header of a field is specific to the table.
    fn is_own(&self, name: &str) -> bool {
        let column = self.at(name).and_then(|at| self.inspection.columns.get(at));
        column.is_some_and(|column| self.layout.is_own(self.preset, &column.name))
    }

    fn also(&self) -> i32 {
        let usual = |column: &&Column| {
            self.fields.get(column.position).is_some_and(Option::is_none)
                && self.layout.is_usual(self.preset, &column.name)
        };
        i32::from(self.inspection.columns.iter().any(|column| usual(&column)))
    }

    /// Returns the share of cells in a status column that are known words.
    fn known(&self, field: &str) -> f32 {
        let content = self.at(field).and_then(|at| self.contents.get(at));
        content.map_or(0.0, |content| content.known(self.layout, field))
    }

    fn points(&self) -> i32 {
        match self.table.name() {
            "tasks" => self.tasks(),
            "milestones" => self.milestones(),
            "objectives" => self.objectives(),
            _ => self.risks(),
        }
    }

    /// Returns the points of the column that names the rows, or `None` if there is no such column.
    fn title(&self) -> Option<i32> {
        let (column, content) = self.column(self.at(title_of(self.table)?)?)?;
        if content.filled == 0 {
            return Some(0);
        }
        if column.kind == Kind::Date || (content.numbers == content.filled && column.kind == Kind::Number) {
            return None;
        }
        // A few repeated words name groups, not rows.
        Some(if content.variety() < 0.6 && content.filled > 3 { -40 } else { 0 })
    }

    fn tasks(&self) -> i32 {
        let (is_own, is_ruled_out) = (self.is_own("title"), self.is_ruled_out());
        let status = match self.known("status") {
            known if known >= 0.6 => 25,
            _ => 8 * self.has("status"),
        };
        // A key with a status is a task without a title.
        let title = match self.title() {
            // Tasks with the same name are distinguished by their keys.
            Some(points) => points * (1 - self.has("key")) + if is_own { 40 } else { 15 },
            None if self.has("key") > 0 && status > 8 => 15,
            None => return 0,
        };
        let about_work = status > 8
            || (self.inspection.records == 0 && status > 0)
            || self.any(&["assignee", "due", "done_on"]) > 0
            || self.has("sprint") > 0
            || self.is_file_named
            || (is_own && self.any(&["estimate", "parent", "percent_complete"]) > 0);
        if !about_work || (!is_own && is_ruled_out) {
            return 0;
        }
        if (is_ruled_out && status <= 8) || self.is_time_log() {
            return 0;
        }
        title
            // How a plan is kept is said of what tasks build up to.
            - if self.states_plan() && !is_own { 25 } else { 0 }
            + status
            + 18 * self.has("assignee")
            + 18 * self.has("due")
            + 12 * self.any(&["started", "done_on"])
            + 8 * self.has("created")
            + 12 * self.has("percent_complete")
            + 8 * self.any(&["estimate", "sprint", "labels", "parent", "type"])
            + 5 * self.has("key")
            + 8 * self.also()
    }

    /// Hours by day, with what was done in them and neither how that stands nor when it is due: a time sheet.
    fn is_time_log(&self) -> bool {
        let is_of_work = self.any(&["status", "due", "done_on", "key", "percent_complete"]) > 0;
        let of = |kind: Kind| self.inspection.columns.iter().filter(move |column| column.kind == kind);
        // Tasks that are called so, each once, have their hours estimated.
        let is_list = self.is_own("title") && self.title() == Some(0);
        !is_of_work
            && !is_list
            && of(Kind::Date).count() == 1
            && of(Kind::Number).any(|column| kind::is_time_spent(&column.name))
    }

    fn milestones(&self) -> i32 {
        let Some(title) = self.title() else { return 0 };
        let is_own = self.is_own("milestone");
        let is_key_result = self.has("current_value") * self.has("target");
        let says_how = self.any(&["status", "progress", "done_on"]).max(is_key_result);
        let dated = self.any(&["due", "agreed_due"]);
        let states_plan = self.states_plan();
        // Projects whose plan is stated need no date.
        let is_told = dated > 0 || (states_plan && self.is_of_whole());
        if dated + says_how == 0 || (!is_own && (!is_told || self.is_ruled_out())) {
            return 0;
        }
        let few = self.inspection.records <= FEW_ROWS;
        // Properties of a list of tasks that a short plan does not have.
        let of_tasks = ["assignee", "priority", "estimate", "sprint", "labels", "created"];
        let header_of = |column: &&Column| {
            let tasks = self.preset.tables.get(&TableKind::Tasks);
            let field = tasks.and_then(|tasks| tasks.field_of(self.preset, &column.name));
            field.is_some_and(|(_, field)| of_tasks.contains(&field.name))
        };
        let work = self.inspection.columns.iter().filter(header_of).count().min(3) as i32;
        // Deliverables in a list of things to do are the milestones of those.
        let tasks = self.preset.tables.get(&TableKind::Tasks);
        let is_of_tasks = |column: &Column| tasks.is_some_and(|tasks| tasks.is_own(self.preset, &column.name));
        let beside_tasks = self.inspection.columns.iter().any(is_of_tasks);
        title
            - if beside_tasks { 20 } else { 0 }
            + if is_own { 45 } else { 12 * i32::from(self.is_named("milestone") || self.is_of_whole()) }
            + if self.is_named("due") || self.is_named("agreed_due") { 18 } else { 8 * dated }
            // A short list of names and dates, without numbers that could be its subject.
            + 10 * i32::from(self.inspection.columns.len() < 5 && !self.has_other_numbers())
            + 8 * i32::from(dated == 0 && is_told)
            + 14 * self.has("agreed_due")
            + 30 * is_key_result
            + if states_plan { 25 } else { 8 * self.has("status") }
            + 14 * self.has("progress")
            + 6 * self.has("reason")
            + 6 * self.has("objective")
            + if few {
                12
            } else if is_own {
                0
            } else {
                -25
            }
            - if is_own && self.inspection.records > 0 { 0 } else { 10 * work }
    }

    /// Whether at least a third of the statuses say how a plan is kept: red, at risk, late.
    fn states_plan(&self) -> bool {
        self.at("status").and_then(|at| self.contents.get(at)).is_some_and(|content| content.of_plan() * 3.0 >= 1.0)
    }

    /// Whether the header of the title names what tasks belong to: a project, an initiative.
    fn is_of_whole(&self) -> bool {
        let column = self.at("milestone").and_then(|at| self.inspection.columns.get(at));
        let field = column.and_then(|column| self.layout.field_of(self.preset, &column.name));
        field.is_some_and(|(_, field)| field.name == "objective")
    }

    fn has_other_numbers(&self) -> bool {
        let mut free = self.inspection.columns.iter().zip(self.fields).filter(|(_, field)| field.is_none());
        free.any(|(column, _)| column.kind == Kind::Number)
    }

    fn objectives(&self) -> i32 {
        let Some(title) = self.title() else { return 0 };
        if !self.is_own("objective") || self.inspection.records > FEW_ROWS {
            return 0;
        }
        // If there are milestones or tasks beside them, they are what those belong to.
        let goals = self.preset.tables.get(&TableKind::Goals);
        let is_of_goals = |name: &str| {
            let field = goals.and_then(|goals| goals.field_of(self.preset, name));
            field.is_some_and(|(_, field)| matches!(field.name, "who" | "horizon" | "feedback"))
        };
        let owner = self.at("owner");
        let beside = |column: &&Column| Some(column.position) != owner && is_of_goals(&column.name);
        if self.inspection.columns.iter().filter(beside).count() > 0 && self.has("target") + self.has("status") == 0 {
            return 0;
        }
        let other = |table: TableKind| {
            let layout = self.preset.tables.get(&table);
            let own =
                |layout: &Layout| self.inspection.columns.iter().any(|column| layout.is_own(self.preset, &column.name));
            layout.is_some_and(own)
        };
        if other(TableKind::Milestones) || other(TableKind::Tasks) {
            return 0;
        }
        title
            + 35
            + 15 * self.has("owner")
            + 15 * self.has("status")
            + 12 * self.any(&["metric", "target"])
            + 10 * self.any(&["quarter", "strategy", "weight", "wording"])
    }

    fn risks(&self) -> i32 {
        let (likelihood, impact) = (self.has("likelihood"), self.has("impact"));
        let is_own = self.is_own("risk") || self.is_own("id");
        if self.at("risk").is_none() || (likelihood == 0 && !is_own) {
            return 0;
        }
        30 * i32::from(is_own)
            + 35 * likelihood
            + 30 * impact
            + 15 * self.has("mitigation")
            + 8 * self.has("owner")
            + 8 * self.has("status")
    }
}
