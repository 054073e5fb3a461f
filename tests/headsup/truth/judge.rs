//! The judge of a generated team's brief. It knows the truth from the team itself and does not use the code under test:
//! it reads the Markdown and the JSON as their readers do, and reports every false statement.

mod effects;
mod ledgers;
mod page;
mod plan;
mod vocabulary;

use std::cell::RefCell;

use chrono::NaiveDate;
use serde_json::Value;

use super::made::{Milestone, Team};
pub use effects::{effect, named};

/// False statements: their kind, and the evidence.
pub type Faults = Vec<(&'static str, String)>;

pub struct Judge<'a> {
    team: &'a Team,
    /// The Markdown without its syntax, line by line.
    lines: Vec<String>,
    json: &'a Value,
    faults: RefCell<Faults>,
}

/// Returns the unique word of a text: the first one with a capital letter.
pub fn token(text: &str) -> &str {
    let is_word = |c: char| c.is_alphanumeric();
    text.split(|c: char| !is_word(c)).find(|word| word.starts_with(char::is_uppercase)).unwrap_or(text)
}

/// Returns Markdown as its reader sees it.
fn plain(markdown: &str) -> Vec<String> {
    let unmarked = |line: &str| -> String {
        let mut out = String::new();
        let mut letters = line.chars();
        while let Some(c) = letters.next() {
            match c {
                '\\' => out.extend(letters.next()),
                '*' | '\u{2060}' => {}
                '\u{a0}' | '\u{202f}' => out.push(' '),
                c => out.push(c),
            }
        }
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    markdown.lines().map(unmarked).filter(|line| !line.is_empty()).collect()
}

/// Splits a line into statements: a row of a table is one, otherwise each sentence.
fn segments(line: &str) -> Vec<&str> {
    if line.starts_with('|') {
        return vec![line];
    }
    line.split(". ").flat_map(|part| part.split("; ")).flat_map(|part| part.split(" · ")).collect()
}

fn date(value: &Value) -> Option<NaiveDate> {
    value.as_str()?.parse().ok()
}

impl<'a> Judge<'a> {
    pub fn of(team: &'a Team, markdown: &str, json: &'a Value) -> Faults {
        let judge = Self { team, lines: plain(markdown), json, faults: RefCell::default() };
        judge.milestones();
        judge.objectives();
        judge.headline();
        judge.asks();
        judge.effects();
        judge.news();
        judge.amounts();
        judge.marks();
        judge.dates();
        judge.copies("");
        judge.faults.into_inner()
    }

    /// Judges the part of a roll-up about one team. `others` is the text of all other teams' files.
    pub fn of_roll_up(team: &'a Team, lines: &[String], json: &'a Value, others: &str) -> Faults {
        let judge = Self { team, lines: lines.to_vec(), json, faults: RefCell::default() };
        judge.decisions();
        judge.copies(others);
        judge.faults.into_inner()
    }

    fn fault(&self, kind: &'static str, what: impl Into<String>) {
        self.faults.borrow_mut().push((kind, what.into()));
    }

    fn says(&self, word: &str) -> bool {
        self.lines.iter().any(|line| line.contains(word))
    }

    /// Returns the lines that contain this word.
    fn lines_with(&self, word: &str) -> Vec<String> {
        self.lines.iter().filter(|line| line.contains(word)).cloned().collect()
    }

    /// Returns whether the copy may show the milestone.
    fn shows(&self, milestone: &Milestone) -> bool {
        !(self.team.is_shared() && milestone.confidential)
    }

    fn json_milestone(&self, name: &str) -> Option<&'a Value> {
        let json = self.json;
        let lanes = json["objectives"].as_array().into_iter().flatten();
        let lanes = lanes.flat_map(|objective| objective["milestones"].as_array().into_iter().flatten());
        lanes.chain(json["elsewhere"].as_array().into_iter().flatten()).find(|it| it["name"] == name)
    }
}
