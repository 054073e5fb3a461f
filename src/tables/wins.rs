//! Wins: what drove value.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::SeenBy::{Nobody, Shared};
use super::cells::Cells;
use super::field::{CONFIDENTIAL, date, list, text, word};
use super::ids::ObjectiveId;
use super::log::{LogRow, Logged, marked};
use super::word_enum::word_enum;
use super::{Item, Private, Table};
use crate::fold::normal;
use crate::problem::{Place, Problem, Problems};

word_enum! {
    /// What kind of win it is.
    pub enum WinKind {
        Revenue = "revenue",
        Retention = "retention",
        Feature = "feature",
        Dataset = "dataset",
        Quality = "quality",
        Speed = "speed",
        CrossTeam = "cross-team",
        Morale = "morale",
        Culture = "culture",
        Process = "process",
        Onboarding = "onboarding",
    }

    /// What a win drives.
    pub enum Drives {
        Revenue = "revenue",
        Retention = "retention",
        Beyond = "beyond",
    }
}

pub(super) const TABLE: Table = Table {
    name: "wins",
    about: "what drove value",
    fields: &[
        date("date", Shared, "When it happened", "2026-11-18"),
        text("text", Shared, "What was achieved", "Matching live for all suppliers"),
        word("kind", WinKind::WORDS, Shared, "What kind of win it is"),
        word("drives", Drives::WORDS, Shared, "What it drives, if the kind does not say so"),
        text("amount", Shared, "What it is worth", "$38,000 a year"),
        text("evidence", Shared, "What shows it", "two renewals named it"),
        text("link", Shared, "Where it can be seen", "https://example.org/page"),
        text("validated_by", Shared, "Customer or customer data that confirms it", "Northwind"),
        text("quote", Shared, "What the customer said", "It saves us a day a week"),
        text("quote_by", Shared, "Who said it", "Northwind"),
        date("quote_on", Shared, "When they said it", "2026-11-18"),
        text("with_team", Shared, "Team that helped", "Platform"),
        list("people", Shared, "Who did it", "A. Osei; M. Laurent"),
        text("objective", Nobody, "Objective that it belongs to", "Update speed"),
        CONFIDENTIAL,
    ],
    required: &[&["text"]],
    quotable: true,
    newest_by: None,
    starter: Some(8),
    item: Some(Item {
        name: "win",
        about: "Something that drove value",
        positional: &["text"],
        dated: "date",
        first_id: None,
        defaults: &[],
        without: &[],
        private: Private::OnRequest,
    }),
};

/// Something that drove value.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Win {
    pub date: Option<NaiveDate>,
    pub text: String,
    pub kind: Option<WinKind>,
    pub drives: Drives,
    /// As written, e.g. `$38,000 a year`.
    pub amount: Option<String>,
    pub evidence: Option<String>,
    /// http, https or mailto only.
    pub link: Option<String>,
    /// A named customer or customer data; without it the claim is "not validated".
    pub validated_by: Option<String>,
    /// What the customer said, in their words.
    pub quote: Option<String>,
    /// The customer that said it.
    pub quote_by: Option<String>,
    pub quote_on: Option<NaiveDate>,
    pub with_team: Option<String>,
    pub people: Vec<String>,
    pub objective: Option<ObjectiveId>,
    pub confidential: bool,
}

marked!(Win, objective: ObjectiveId);

impl LogRow for Win {
    type Item = Self;

    const SAID_IN: &'static str = "text";

    fn read(cells: &mut impl Cells) -> Self {
        let kind = cells.word_or("kind", "the win counts as neither revenue nor retention");
        let drives = cells.word_or("drives", "it is told from the kind");
        Self {
            date: cells.date("date"),
            text: cells.needed("text"),
            drives: drives.unwrap_or_else(|| drives_of(kind)),
            kind,
            amount: cells.text("amount"),
            evidence: cells.text("evidence"),
            link: link(cells),
            validated_by: cells.text("validated_by"),
            quote: cells.text("quote"),
            quote_by: cells.text("quote_by"),
            quote_on: cells.date("quote_on"),
            with_team: cells.text("with_team"),
            people: cells.list("people"),
            objective: cells.objective(),
            confidential: cells.is_confidential(),
        }
    }

    fn written_on(&self) -> Option<NaiveDate> {
        self.date
    }

    fn said(&self) -> String {
        self.text.clone()
    }

    fn fold(rows: Vec<Logged<Self>>, problems: &mut Problems) -> Vec<Self> {
        once_each(rows, problems)
    }
}

/// Returns each win once, with the contents of its last row: rows with the same day and text are the same win.
fn once_each(rows: Vec<Logged<Win>>, problems: &mut Problems) -> Vec<Win> {
    let mut kept: Vec<(Place, Win)> = Vec::new();
    let mut seen: BTreeMap<(Option<NaiveDate>, String), usize> = BTreeMap::new();
    for Logged { place, item: mut win, .. } in rows.into_iter().filter(|row| row.is_known) {
        let at = *seen.entry((win.date, normal(&win.text))).or_insert(kept.len());
        let Some((first, held)) = kept.get_mut(at) else {
            kept.push((place, win));
            continue;
        };
        win.confidential |= held.confidential;
        *held = win;
        let message = format!("this win stands on line {} of {} already; it counts once", first.line, first.file);
        let problem = Problem::warning("repeated-win", message).at(place).help("delete one of the two rows");
        problems.push(if held.confidential { problem.concealed() } else { problem });
    }
    kept.into_iter().map(|(_, win)| win).collect()
}

fn drives_of(kind: Option<WinKind>) -> Drives {
    match kind {
        Some(WinKind::Revenue | WinKind::Feature | WinKind::Dataset) => Drives::Revenue,
        Some(WinKind::Retention | WinKind::Quality | WinKind::Speed | WinKind::CrossTeam) => Drives::Retention,
        _ => Drives::Beyond,
    }
}

/// Returns a link that is safe in a document that is forwarded, or `None` if there is no such link.
fn link(cells: &mut impl Cells) -> Option<String> {
    let link = cells.text("link")?;
    let lower = link.to_lowercase();
    let safe = ["http://", "https://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme))
        && !link.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"".contains(c));
    if !safe {
        let problem = Problem::warning("bad-link", "this is no web or mail link; it is left out");
        let problem = problem.at(cells.place("link")).help("write it as https://example.org/page");
        cells.problem(problem);
    }
    safe.then_some(link)
}
