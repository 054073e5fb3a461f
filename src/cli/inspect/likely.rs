//! Guesses the table of a file from the contents of its columns if the header does not show it. [`super::paste`] uses
//! this before it proposes lines. A file that fits no table is a list of records, from which no brief can be made.

use super::InspectedFile;
use crate::preset::{GENERIC, Presets, normal};
use crate::problem::Failure;
use crate::table::answer;
use crate::table::{Column, Kind, Profile};
use crate::team::TableKind;

/// Returns the most likely table. Only dates and numbers: metrics. A title in words and a column with states of work:
/// tasks. An amount and a closing date: deals, and those that were won are wins. Returns `None` if nothing fits.
pub(crate) fn table(inspected: &InspectedFile<'_>) -> Result<Option<TableKind>, Failure> {
    let columns = || inspected.inspection.columns.iter().zip(&inspected.profiles);
    let count = |kind: Kind| columns().filter(|(column, _)| column.kind == kind).count();
    let is_metrics = count(Kind::Date) == 1 && count(Kind::Number) > 0 && count(Kind::Text) < 2;
    if is_metrics || columns().next().is_none() || inspected.inspection.records == 0 {
        return Ok(Some(TableKind::Metrics));
    }
    let has = |is_such: &dyn Fn(&Column) -> bool| columns().any(|(column, _)| is_such(column));
    if has(&is_amount) && has(&is_close) {
        return Ok(Some(TableKind::Wins));
    }
    let presets = Presets::embedded()?;
    let words = presets.named(GENERIC)?.layout(TableKind::Tasks)?;
    let is_state = |profile: &Profile| {
        let all: u64 = profile.words.iter().map(|(_, n)| n).sum();
        // "Yes" and "no" can be states of anything.
        let known =
            profile.words.iter().filter(|(word, _)| words.word("status", word).is_some() && answer(word).is_none());
        known.map(|(_, n)| n).sum::<u64>() * 2 > all
    };
    let texts = || columns().filter(|(column, _)| column.kind == Kind::Text);
    let state = texts().position(|(_, profile)| is_state(profile));
    let has_title = texts().enumerate().any(|(at, (_, profile))| Some(at) != state && is_title(profile));
    Ok((state.is_some() && has_title).then_some(TableKind::Tasks))
}

/// Returns whether a column may hold titles: they differ from row to row, and most have several words.
fn is_title(profile: &Profile) -> bool {
    let spoken = profile.examples.iter().filter(|text| text.trim().contains(' ') && !text.contains('@')).count();
    profile.distinct * 2 > profile.filled && spoken * 2 > profile.examples.len()
}

/// Returns whether a column may hold the value of a deal.
pub(crate) fn is_amount(column: &Column) -> bool {
    column.kind == Kind::Number && has_word(column, &AMOUNTS)
}

/// Returns whether a column may hold the date on which a deal was closed.
pub(crate) fn is_close(column: &Column) -> bool {
    column.kind == Kind::Date && has_word(column, &CLOSES)
}

const AMOUNTS: [&str; 9] = ["amount", "value", "acv", "tcv", "arr", "betrag", "montant", "importe", "valor"];
const CLOSES: [&str; 7] = ["close", "closed", "closing", "won", "abschluss", "clôture", "cierre"];

fn has_word(column: &Column, words: &[&str]) -> bool {
    normal(&column.name).split(|c: char| !c.is_alphanumeric()).any(|word| words.contains(&word))
}
