//! Asks and agreements: what is needed from the boss, and what the boss agreed to. No problem shows their text.

use chrono::NaiveDate;

use super::logs::{Logged, newest, recount};
use super::marks::{Key, spread};
use super::record::{Record, read};
use super::{Loading, NameIndex, Opened, of};
use crate::problem::{Failure, Problem};
use crate::team::{About, Agreement, Ask, AskId, AskStatus, MilestoneId, ObjectiveId, Stage, TableKind};

impl Loading<'_> {
    pub(super) fn asks(
        &mut self,
        opened: &mut [Opened<'_>],
        objectives: &mut NameIndex<ObjectiveId>,
        milestones: &NameIndex<MilestoneId>,
    ) -> Result<Vec<Ask>, Failure> {
        let mut asks = Vec::new();
        for file in of(opened, TableKind::Asks) {
            asks.extend(read(file, self.as_of, self.problems, |record| {
                let ask = ask(record, objectives, milestones);
                // The newest row of an ask is its last one: its date is that of the asking.
                let asked_on = ask.asked_on;
                Some(Logged { date: None, ..Logged::of(record, asked_on, record.place("text"), ask) })
            })?);
        }
        let said = |ask: &Ask| Key::of("text", &ask.text);
        spread(&mut asks, |row| row.id_key().chain(said(&row.item)).collect(), |row| row.item.confidential);
        recount(self.problems, opened, TableKind::Asks, &asks, |it| it.confidential);
        let mut asks = newest(asks);
        for (index, ask) in asks.iter_mut().enumerate().filter(|(_, ask)| ask.id.0.is_empty()) {
            ask.id = AskId(format!("#{}", index + 1));
        }
        Ok(asks)
    }

    pub(super) fn agreements(
        &mut self,
        opened: &mut [Opened<'_>],
        objectives: &mut NameIndex<ObjectiveId>,
        milestones: &NameIndex<MilestoneId>,
    ) -> Result<Vec<Agreement>, Failure> {
        let mut agreements = Vec::new();
        for file in of(opened, TableKind::Agreements) {
            agreements.extend(read(file, self.as_of, self.problems, |record| {
                let agreement = agreement(record, objectives, milestones);
                let date = Some(agreement.date);
                Some(Logged::of(record, date, record.place("what"), agreement))
            })?);
        }
        let said = |it: &Agreement| {
            let place = [it.objective.as_ref().map(|id| id.as_str()), it.milestone.as_ref().map(|id| id.as_str())];
            let texts = place.into_iter().chain([it.to.as_deref()]).map(Option::unwrap_or_default).collect::<Vec<_>>();
            Key::of("agreement", &format!("{} {:?} {}", it.date, it.what, texts.join(" ")))
        };
        spread(&mut agreements, |row| said(&row.item).into_iter().collect(), |row| row.item.confidential);
        recount(self.problems, opened, TableKind::Agreements, &agreements, |it| it.confidential);
        Ok(agreements.into_iter().filter(|row| row.is_known).map(|row| row.item).collect())
    }
}

fn ask(
    record: &mut Record<'_, '_>,
    objectives: &mut NameIndex<ObjectiveId>,
    milestones: &NameIndex<MilestoneId>,
) -> Ask {
    let (answered_on, delivered_on) = (record.date("answered_on"), record.date("delivered_on"));
    let status = record.word_or("status", "the ask counts as open").unwrap_or(AskStatus::Open);
    // An answer that was given after as-of is not known yet.
    let unanswered = answered_on.is_some() && record.known(answered_on).is_none();
    Ask {
        id: AskId(record.text("id").unwrap_or_default()),
        asked_on: record.date("asked_on"),
        kind: record.word_or("kind", "it is left out"),
        text: record.needed("text"),
        why: record.text("why"),
        recommendation: record.text("recommendation"),
        alternative: record.text("alternative"),
        if_not: record.text("if_not"),
        gives: record.text("gives"),
        amount: record.text("amount"),
        tasks: record.list("tasks"),
        about: record.words("about", "it is left out"),
        objective: objectives.logged(record),
        milestone: milestones.refer(record, "milestone"),
        needed_from: record.text("needed_from"),
        we_owe: record.text("we_owe"),
        needed_by: record.date("needed_by"),
        stage: record.word_or("stage", "the ask counts as private").unwrap_or(Stage::Private),
        status: if unanswered { AskStatus::Open } else { status },
        answered_on: record.known(answered_on),
        answer: record.text("answer").filter(|_| !unanswered),
        delivered_on: record.known(delivered_on),
        confidential: record.is_confidential(),
    }
}

fn agreement(
    record: &mut Record<'_, '_>,
    objectives: &mut NameIndex<ObjectiveId>,
    milestones: &NameIndex<MilestoneId>,
) -> Agreement {
    let date = record.date("date");
    if date.is_none() {
        record.lacks("date");
    }
    let what = record.word("what").known();
    if what.is_none() {
        let problem = Problem::error("unknown-word", "`what` was agreed on is not said in a word that is known");
        record.problem(problem.at(record.place("what")).help("one of date, scope, wording, confirm"));
    }
    let (objective, milestone) = (objectives.logged(record), milestones.refer(record, "milestone"));
    let to = record.text("to");
    let to_date = if what == Some(About::Date) { new_date(record, to.as_deref()) } else { None };
    // A row that cannot be read still says that what it is about is confidential.
    Agreement {
        date: date.unwrap_or_default(),
        objective,
        milestone,
        what: what.unwrap_or(About::Confirm),
        from: record.text("from"),
        to,
        to_date,
        with: record.text("with"),
        confidential: false,
    }
}

/// The date that was agreed. The column holds texts too, so its cells are no dates by themselves.
fn new_date(record: &mut Record<'_, '_>, to: Option<&str>) -> Option<NaiveDate> {
    let date = to.and_then(|to| to.parse().ok()).or_else(|| record.any_date("to"));
    if date.is_none() {
        let problem = Problem::error("bad-date", "`to` is no date, and a date is what was agreed");
        record.problem(problem.at(record.place("to")).help("write it as 2026-11-27"));
    }
    date
}
