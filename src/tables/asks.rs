//! Asks: what is needed from the boss or from another team, or by another team from us.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::SeenBy::{Boss, Nobody, Shared};
use super::cells::Cells;
use super::field::{CONFIDENTIAL, date, list, text, word};
use super::ids::{AskId, MilestoneId, ObjectiveId};
use super::log::{LogRow, Logged, marked, newest};
use super::word_enum::word_enum;
use super::{Item, Private, Table};
use crate::problem::Problems;

word_enum! {
    /// What kind of ask it is.
    pub enum AskKind {
        Decision = "decision",
        Resource = "resource",
        Expense = "expense",
        Feedback = "feedback",
    }

    /// How widely an ask is known. Blank or unknown is private.
    pub enum Stage {
        Private = "private",
        Agreed = "agreed",
        Raised = "raised",
    }

    /// What became of an ask.
    pub enum AskStatus {
        Open = "open",
        Granted = "granted",
        Declined = "declined",
        /// The manager no longer asks for it.
        Withdrawn = "withdrawn",
    }

    /// What a change was agreed, or is asked to be agreed, about.
    pub enum About {
        Date = "date",
        Scope = "scope",
        Wording = "wording",
        Confirm = "confirm",
        /// Of an ask: that the milestone it names is dropped. It is agreed to by the milestone's own status.
        Drop = "drop",
    }
}

pub(super) const TABLE: Table = Table {
    name: "asks",
    about: "what is needed from the boss or another team, or by another team",
    fields: &[
        text("id", Boss, "Id of the ask; the newest row of an id counts", "A-05"),
        date("asked_on", Shared, "When it was asked", "2026-11-13"),
        word("kind", AskKind::WORDS, Shared, "What kind of ask it is"),
        text(
            "text",
            Shared,
            "What is needed, as a sentence that begins with a verb",
            "Drop supplier scoring from this quarter",
        ),
        text("why", Shared, "Why it is needed", "it takes the two developers of the release"),
        text("recommendation", Shared, "What the manager recommends", "drop it, and take it up in January"),
        text("alternative", Shared, "What else could be done", "release without matching"),
        text("if_not", Shared, "What happens without it", "the release moves to January"),
        text("gives", Shared, "What it would bring: a number of tasks in some weeks, or a text", "+8 in 2 weeks"),
        text("amount", Shared, "What it costs", "4,800 EUR"),
        word(
            "about",
            About::WORDS,
            Nobody,
            "What it asks to change: the date, scope or wording of its milestone, or to drop it",
        ),
        list("tasks", Nobody, "Tasks that would no longer be needed, by key or label", "scoring"),
        text("objective", Shared, "Objective that it serves", "Update speed"),
        text("milestone", Shared, "Milestone that it would move", "Self-serve release"),
        text("needed_from", Shared, "Team that we need it from, if not the boss", "Platform")
            .once_named(&["from_team"]),
        text("we_owe", Shared, "Team that needs it from us", "Sales").once_named(&["to_team"]),
        date("needed_by", Shared, "When it is needed", "2026-11-24").planned(),
        word("stage", Stage::WORDS, Shared, "How far it may be shared; only raised asks may be forwarded"),
        word("status", AskStatus::WORDS, Shared, "Outcome of the ask"),
        date("answered_on", Shared, "When it was answered", "2026-11-20"),
        text("answer", Shared, "The answer, in the boss's words", "yes, until January"),
        date("delivered_on", Shared, "When the granted people or money arrived", "2026-11-27"),
        CONFIDENTIAL,
    ],
    required: &[&["text"]],
    quotable: false,
    newest_by: Some("id"),
    starter: Some(8),
    item: Some(Item {
        name: "ask",
        about: "Something needed from the boss, or from another team",
        positional: &["text"],
        dated: "asked_on",
        first_id: Some("A-01"),
        defaults: &[("stage", "private")],
        without: &["id", "status", "answered_on", "answer", "delivered_on"],
        private: Private::OnRequest,
    }),
};

/// Something needed, as the newest row of its id has it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Ask {
    pub id: AskId,
    pub asked_on: Option<NaiveDate>,
    pub kind: Option<AskKind>,
    pub text: String,
    pub why: Option<String>,
    pub recommendation: Option<String>,
    pub alternative: Option<String>,
    pub if_not: Option<String>,
    /// What it brings, as written: `+8 in 2 weeks` tasks, or words.
    pub gives: Option<String>,
    /// What it costs, as written.
    pub amount: Option<String>,
    /// Keys or labels of the tasks that it takes away.
    pub tasks: Vec<String>,
    /// What it wants to be agreed anew; `scope wording` is both.
    pub about: Vec<About>,
    pub objective: Option<ObjectiveId>,
    pub milestone: Option<MilestoneId>,
    /// The team it is needed from; none: the boss.
    pub needed_from: Option<String>,
    /// The team that needs it from us.
    pub we_owe: Option<String>,
    pub needed_by: Option<NaiveDate>,
    /// `needed_by` as it is written, where it is a week, a month or a quarter.
    pub needed_period: Option<String>,
    pub stage: Stage,
    pub status: AskStatus,
    pub answered_on: Option<NaiveDate>,
    pub answer: Option<String>,
    pub delivered_on: Option<NaiveDate>,
    pub confidential: bool,
}

marked!(Ask, objective: ObjectiveId, milestone: MilestoneId);

impl LogRow for Ask {
    type Item = Self;

    const SAID_IN: &'static str = "text";

    fn read(cells: &mut impl Cells) -> Self {
        let (answered_on, delivered_on) = (cells.date("answered_on"), cells.date("delivered_on"));
        let status = cells.word_or("status", "the ask counts as open").unwrap_or(AskStatus::Open);
        // An answer given after as-of is not known yet.
        let unanswered = answered_on.is_some() && cells.known(answered_on).is_none();
        Self {
            id: AskId(cells.text("id").unwrap_or_default()),
            asked_on: cells.date("asked_on"),
            kind: cells.word_or("kind", "it is left out"),
            text: cells.needed("text"),
            why: cells.text("why"),
            recommendation: cells.text("recommendation"),
            alternative: cells.text("alternative"),
            if_not: cells.text("if_not"),
            gives: cells.text("gives"),
            amount: cells.text("amount"),
            tasks: cells.list("tasks"),
            about: cells.words("about", "it is left out"),
            objective: cells.objective(),
            milestone: cells.milestone(),
            needed_from: cells.text("needed_from"),
            we_owe: cells.text("we_owe"),
            needed_by: cells.date("needed_by"),
            needed_period: cells.period("needed_by"),
            stage: cells.word_or("stage", "the ask counts as private").unwrap_or(Stage::Private),
            status: if unanswered { AskStatus::Open } else { status },
            answered_on: cells.known(answered_on),
            answer: cells.text("answer").filter(|_| !unanswered),
            delivered_on: cells.known(delivered_on),
            confidential: cells.is_confidential(),
        }
    }

    fn written_on(&self) -> Option<NaiveDate> {
        self.asked_on
    }

    fn is_not_forwarded(&self) -> bool {
        // Feedback that the manager asks for is about the manager, so it is not forwarded.
        self.stage < Stage::Raised || self.kind == Some(AskKind::Feedback)
    }

    fn said(&self) -> String {
        self.text.clone()
    }

    fn fold(mut rows: Vec<Logged<Self>>, _problems: &mut Problems) -> Vec<Self> {
        // The newest row of an ask is its last one in the file, since its date is that of the asking.
        rows.iter_mut().for_each(|row| row.date = None);
        let mut asks = newest(rows);
        for (index, ask) in asks.iter_mut().enumerate().filter(|(_, ask)| ask.id.0.is_empty()) {
            ask.id = AskId(format!("#{}", index + 1));
        }
        asks
    }
}
