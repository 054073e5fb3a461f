//! What the exports show about the team itself: its language, its members, the day on which its weeks end, its paper
//! size.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, NaiveDate, Weekday};

use super::conversation::Conversation;
use super::export::Export;
use crate::lexicon::{self, folded};
use crate::problem::Failure;
use crate::team::TableKind;
use crate::words::Words;

/// Most members that a team is expected to have.
const MAX_MEMBERS: usize = 40;

/// Facts about the team that were found in the exports.
#[derive(Default)]
pub(crate) struct TeamFacts {
    pub language: Option<&'static str>,
    pub members: Vec<String>,
    pub week_ends: Option<&'static str>,
    pub is_american: bool,
}

/// Collects the facts from all exports.
pub(crate) fn of(exports: &[Export<'_>]) -> Result<TeamFacts, Failure> {
    let mut facts = TeamFacts { language: language(exports), ..TeamFacts::default() };
    let mut members: BTreeMap<String, u64> = BTreeMap::new();
    let mut days: BTreeSet<NaiveDate> = BTreeSet::new();
    for export in exports {
        facts.is_american |= export.inspection.columns.iter().any(|column| column.is_month_first());
        if export.found.table == TableKind::Tasks {
            let columns: Vec<usize> = export.found.positions("assignee").collect();
            export.inspection.rows(&mut |row| {
                let cells = columns.iter().flat_map(|&column| row.list(column));
                for name in cells.filter(|name| !lexicon::is_missing(name)) {
                    *members.entry(name).or_default() += 1;
                }
            })?;
        }
        if let (TableKind::Metrics, Some(date)) = (export.found.table, export.at("date")) {
            export.inspection.rows(&mut |row| days.extend(row.date(date).ok().flatten()))?;
        }
    }
    facts.week_ends = week_ends(&days);
    let mut members: Vec<(String, u64)> = members.into_iter().collect();
    members.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    facts.members = members.into_iter().map(|(name, _)| name).take(MAX_MEMBERS).collect();
    Ok(facts)
}

/// Returns the day on which weeks end, if each row stands for a week: the day of the rows themselves, or the day before
/// it if weeks are named by their Monday.
fn week_ends(days: &BTreeSet<NaiveDate>) -> Option<&'static str> {
    let first = days.first()?;
    let is_weekly = days.len() > 3 && days.iter().all(|day| (*day - *first).num_days() % 7 == 0);
    Some(match first.weekday() {
        _ if !is_weekly => return None,
        Weekday::Mon | Weekday::Sun => "sunday",
        Weekday::Tue => "tuesday",
        Weekday::Wed => "wednesday",
        Weekday::Thu => "thursday",
        Weekday::Fri => "friday",
        Weekday::Sat => "saturday",
    })
}

/// Asks the user on which day weeks end.
pub(crate) fn week_end_asked(conversation: Conversation) -> Result<Option<&'static str>, Failure> {
    const DAYS: [&str; 7] = ["friday", "sunday", "saturday", "monday", "tuesday", "wednesday", "thursday"];
    let answer = conversation.choose("On which day does your week close?", &DAYS.map(str::to_owned))?;
    Ok(answer.and_then(|answer| DAYS.get(answer).copied()))
}

/// Returns the language of the headers among those of the brief, or `None` if they are English.
fn language(exports: &[Export<'_>]) -> Option<&'static str> {
    let headers: BTreeSet<String> = exports
        .iter()
        .flat_map(|export| &export.inspection.columns)
        .filter(|column| column.period.is_none())
        .map(|column| folded(&column.name))
        .collect();
    let words = |code: &str| -> BTreeSet<String> {
        let language = lexicon::languages().iter().find(|language| language.code == code);
        let tables = language.into_iter().flat_map(|language| language.tables.values());
        tables.flat_map(|table| table.columns.values().flatten().chain(&table.also)).map(|word| folded(word)).collect()
    };
    let english = words("en");
    let known = |code: &str| {
        let words = words(code);
        headers.iter().filter(|header| words.contains(*header) && !english.contains(*header)).count()
    };
    let in_english = headers.iter().filter(|header| english.contains(*header)).count();
    let codes = lexicon::languages().iter().map(|language| language.code.as_str());
    let best =
        codes.filter(|code| *code != "en" && Words::languages().contains(code)).max_by_key(|code| known(code))?;
    (known(best) > 1 && known(best) * 2 > in_english).then_some(best)
}
