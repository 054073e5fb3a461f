//! Wins since the last 1:1: those that drive revenue or retention, and those beyond.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::inputs::Inputs;
use super::news::win_id;
use crate::team::{Drives, ObjectiveId, Win, WinKind};

#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct WinState {
    pub date: Option<NaiveDate>,
    pub text: String,
    pub kind: Option<WinKind>,
    pub drives: Drives,
    pub amount: Option<String>,
    pub evidence: Option<String>,
    pub link: Option<String>,
    pub validated_by: Option<String>,
    /// The customer's words.
    pub quote: Option<String>,
    /// Who said it, and when.
    pub quote_by: Option<String>,
    pub quote_on: Option<NaiveDate>,
    pub with_team: Option<String>,
    pub people: Vec<String>,
    pub objective: Option<ObjectiveId>,
    /// Whether its date is too old for news, but no brief has shown it yet.
    pub added_late: bool,
}

/// Returns the wins since the last 1:1: those that drive revenue or retention, and those beyond. Undated ones count as
/// new; one that was added late is shown in one brief.
pub(super) fn since_last(inputs: &Inputs) -> (Vec<WinState>, Vec<WinState>) {
    let told = inputs.team.wins.iter().filter_map(|win| {
        let added_late = inputs.is_added_late(&win_id(win), win.date);
        (added_late || inputs.is_new(&win_id(win), win.date)).then(|| WinState { added_late, ..state(win) })
    });
    let mut wins: Vec<WinState> = told.collect();
    wins.sort_by(|one, other| (one.drives, other.date, &one.text).cmp(&(other.drives, one.date, &other.text)));
    wins.into_iter().partition(|win| win.drives != Drives::Beyond)
}

fn state(win: &Win) -> WinState {
    WinState {
        date: win.date,
        text: win.text.clone(),
        kind: win.kind,
        drives: win.drives,
        amount: win.amount.clone(),
        evidence: win.evidence.clone(),
        link: win.link.clone(),
        validated_by: win.validated_by.clone(),
        quote: win.quote.clone(),
        quote_by: win.quote_by.clone(),
        quote_on: win.quote_on,
        with_team: win.with_team.clone(),
        people: win.people.clone(),
        objective: win.objective.clone(),
        added_late: false,
    }
}
