//! Which table a file most likely is that its header does not tell: by what its columns hold. [`super::paste`] asks
//! before it proposes lines; what is none of these is a list of records, which no brief is made of.

use super::InspectedFile;
use crate::preset::{GENERIC, Presets, normal};
use crate::problem::Failure;
use crate::table::answer;
use crate::table::{Column, Kind, Profile};
use crate::team::TableKind;

/// Dates and numbers alone are metrics; what has a title in words and a column of states that work has are tasks; an
/// amount and the date of a close are deals, and those that were won are wins.
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
        // Yes and no are states of anything.
        let known =
            profile.words.iter().filter(|(word, _)| words.word("status", word).is_some() && answer(word).is_none());
        known.map(|(_, n)| n).sum::<u64>() * 2 > all
    };
    let texts = || columns().filter(|(column, _)| column.kind == Kind::Text);
    let state = texts().position(|(_, profile)| is_state(profile));
    let has_title = texts().enumerate().any(|(at, (_, profile))| Some(at) != state && is_title(profile));
    Ok((state.is_some() && has_title).then_some(TableKind::Tasks))
}

/// Titles are different from row to row, and most are of several words.
fn is_title(profile: &Profile) -> bool {
    let spoken = profile.examples.iter().filter(|text| text.trim().contains(' ') && !text.contains('@')).count();
    profile.distinct * 2 > profile.filled && spoken * 2 > profile.examples.len()
}

/// Whether a column says what a deal is worth.
pub(crate) fn is_amount(column: &Column) -> bool {
    column.kind == Kind::Number && has_word(column, &AMOUNTS)
}

/// Whether a column says when a deal was closed.
pub(crate) fn is_close(column: &Column) -> bool {
    column.kind == Kind::Date && has_word(column, &CLOSES)
}

const AMOUNTS: [&str; 9] = ["amount", "value", "acv", "tcv", "arr", "betrag", "montant", "importe", "valor"];
const CLOSES: [&str; 7] = ["close", "closed", "closing", "won", "abschluss", "clôture", "cierre"];

fn has_word(column: &Column, words: &[&str]) -> bool {
    normal(&column.name).split(|c: char| !c.is_alphanumeric()).any(|word| words.contains(&word))
}
