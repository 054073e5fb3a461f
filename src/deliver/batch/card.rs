//! The summary of a brief in the roll-up. It contains only what the copy of the brief may show. Dates and numbers are
//! stored unformatted, since the roll-up may be in another language.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::analysis::{Analysis, AskState, Effect, MilestoneState, OutcomeMove, StatusCause};
use crate::pipeline::RenderedBrief;
use crate::team::{Stage, StatedAs, Status};

/// A brief as the roll-up shows it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct Card {
    pub manager: String,
    pub headline: String,
    pub summary: Vec<String>,
    pub objectives: Vec<ObjectiveLine>,
    pub asks: Vec<AskLine>,
    /// File names in the team's folder of OUT.
    pub files: Vec<String>,
    pub stale: bool,
    /// Other names by which other teams call this one.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Day of the last 1:1; null where none is recorded.
    #[serde(default)]
    pub since: Option<NaiveDate>,
    /// The week of the quarter, from 1, and how many it has.
    #[serde(default)]
    pub week: Option<(u32, u32)>,
    /// Milestones of the quarter that are not done, the worst first.
    #[serde(default)]
    pub milestones: Vec<MilestoneLine>,
    /// Milestones reached since the last 1:1.
    #[serde(default)]
    pub reached: u32,
    /// Tasks finished in the last closed week and in the one before; null where the copy may not count them.
    #[serde(default)]
    pub finished: Option<(u32, u32)>,
    /// Last day of that week.
    #[serde(default)]
    pub finished_week: Option<NaiveDate>,
    /// What the team needs from other teams.
    #[serde(default)]
    pub needs: Vec<NeedLine>,
    #[serde(default)]
    pub wins: Vec<WinLine>,
    #[serde(default)]
    pub people: Vec<PersonLine>,
}

/// An objective as the roll-up shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct ObjectiveLine {
    pub name: String,
    pub status: Status,
    /// The team's own word for it, which never becomes "late".
    #[serde(default)]
    pub status_as: Option<StatedAs>,
    /// The team's work is on pace, but the outcome does not move.
    pub outcome_still: bool,
}

/// An ask as the roll-up shows it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct AskLine {
    pub text: String,
    pub needed_by: Option<NaiveDate>,
    /// That date as typed, if it is a month or a quarter.
    #[serde(default)]
    pub needed_period: Option<String>,
    pub overdue: bool,
    #[serde(default)]
    pub alternative: Option<String>,
    #[serde(default)]
    pub if_not: Option<String>,
    #[serde(default)]
    pub gives: Option<String>,
    #[serde(default)]
    pub asked_on: Option<NaiveDate>,
    /// Not yet in the last brief.
    #[serde(default)]
    pub new: bool,
    #[serde(default)]
    pub buys: Option<BuysLine>,
}

/// What granting an ask does to a milestone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct BuysLine {
    pub milestone: String,
    pub agreed: Option<NaiveDate>,
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub odds_from: Option<f64>,
    pub odds_to: Option<f64>,
    /// Weeks of history on which the odds are based.
    pub weeks: u32,
}

/// A milestone that is not done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct MilestoneLine {
    pub name: String,
    pub status: Status,
    /// The team's own word for it, which never becomes "late".
    #[serde(default)]
    pub status_as: Option<StatedAs>,
    pub agreed: Option<NaiveDate>,
    /// Agreed day plus the slip; null where it is not known.
    pub expected: Option<NaiveDate>,
    /// These dates as typed, if they are weeks, months or quarters: "Q4".
    #[serde(default)]
    pub agreed_period: Option<String>,
    #[serde(default)]
    pub expected_period: Option<String>,
    /// Positive is late.
    pub slip_days: Option<i64>,
    /// How much that changed since the last 1:1.
    pub slip_since_days: Option<i64>,
    pub odds: Option<f64>,
    /// Weeks of history on which the odds are based.
    pub weeks: u32,
    pub reason: Option<String>,
}

/// What a team needs from another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct NeedLine {
    pub text: String,
    /// The team or person that is asked, by the name the team uses.
    pub from: String,
    pub needed_by: Option<NaiveDate>,
    /// Not yet raised with them.
    pub private: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct WinLine {
    pub text: String,
    pub people: Vec<String>,
    pub amount: Option<String>,
    pub evidence: Option<String>,
    pub validated: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub(crate) struct PersonLine {
    pub person: String,
    pub text: String,
    pub wish: Option<String>,
}

impl Card {
    pub(crate) fn of(rendered: &RenderedBrief) -> Self {
        let analysis = &rendered.analysis;
        let objectives = analysis.objectives.iter().map(|objective| ObjectiveLine {
            name: objective.name.clone(),
            status: objective.status,
            status_as: objective.status_as,
            outcome_still: matches!(objective.status, Status::OnPace | Status::Ahead)
                && objective.outcome.as_ref().is_some_and(|o| o.moving == OutcomeMove::Still && o.met != Some(true)),
        });
        let since = analysis.since.date;
        let all = || analysis.objectives.iter().flat_map(|objective| &objective.milestones);
        Self {
            manager: analysis.manager.clone(),
            headline: rendered.brief.title.clone(),
            summary: rendered.brief.sentences(),
            objectives: objectives.collect(),
            asks: analysis.asks.iter().map(|ask| AskLine::of(analysis, ask)).collect(),
            files: rendered.files.iter().map(|(format, _)| rendered.file_name(*format)).collect(),
            stale: !analysis.stale.is_empty(),
            aliases: rendered.config.team.aliases.clone(),
            since: analysis.since.recorded.then_some(since),
            week: Some((analysis.quarter.week, analysis.quarter.weeks)),
            milestones: open(all().collect()),
            reached: all().filter(|milestone| milestone.done_on.is_some_and(|done| done > since)).count() as u32,
            finished: finished(analysis),
            finished_week: analysis.throughput.as_ref().and_then(|it| Some(it.weeks.last()?.ending)),
            needs: needs(analysis),
            wins: (analysis.value.iter().chain(&analysis.beyond))
                .map(|win| WinLine {
                    text: win.text.clone(),
                    people: win.people.clone(),
                    amount: win.amount.clone(),
                    evidence: win.evidence.clone(),
                    validated: win.validated_by.is_some(),
                })
                .collect(),
            people: (analysis.people.iter())
                .map(|person| PersonLine {
                    person: person.person.clone(),
                    text: person.text.clone(),
                    wish: person.wish.clone(),
                })
                .collect(),
        }
    }
}

impl AskLine {
    fn of(analysis: &Analysis, ask: &AskState) -> Self {
        Self {
            text: ask.text.clone(),
            needed_by: ask.needed_by,
            needed_period: ask.needed_period.clone(),
            overdue: ask.overdue,
            alternative: ask.alternative.clone(),
            if_not: ask.if_not.clone(),
            gives: ask.gives.clone(),
            asked_on: ask.asked_on,
            new: ask.new,
            // With `brings` the effect rests on the manager's estimate: `gives` shows it in the manager's words.
            buys: ask
                .effect
                .as_ref()
                .filter(|effect| effect.brings.is_none())
                .and_then(|effect| buys(analysis, effect)),
        }
    }
}

fn buys(analysis: &Analysis, effect: &Effect) -> Option<BuysLine> {
    let mut milestones = analysis.objectives.iter().flat_map(|objective| &objective.milestones);
    let milestone = milestones.find(|milestone| milestone.id == effect.milestone)?;
    Some(BuysLine {
        milestone: milestone.name.clone(),
        agreed: milestone.agreed,
        from: effect.p50_from,
        to: effect.p50_to,
        odds_from: effect.odds_from,
        odds_to: effect.odds_to,
        weeks: milestone.forecast.map_or(0, |forecast| forecast.weeks),
    })
}

/// Returns the milestones that are not done, the worst first; equally bad ones are sorted by the agreed date.
fn open(mut milestones: Vec<&MilestoneState>) -> Vec<MilestoneLine> {
    milestones.retain(|milestone| !matches!(milestone.status, Status::Done | Status::Dropped));
    milestones.sort_by_key(|milestone| {
        let slip = std::cmp::Reverse(milestone.slip_days);
        (crate::analysis::severity(milestone.status), slip, milestone.agreed.is_none(), milestone.agreed)
    });
    let line = |milestone: &MilestoneState| MilestoneLine {
        name: milestone.name.clone(),
        status: milestone.status,
        status_as: milestone.stated_as.filter(|_| milestone.because == StatusCause::Stated),
        agreed: milestone.agreed,
        expected: expected(milestone),
        agreed_period: typed(milestone, milestone.agreed),
        expected_period: typed(milestone, expected(milestone)),
        slip_days: milestone.slip_days,
        slip_since_days: milestone.moved_days(),
        odds: milestone.forecast.and_then(|forecast| forecast.odds),
        weeks: milestone.forecast.map_or(0, |forecast| forecast.weeks),
        reason: milestone.reason.clone(),
    };
    milestones.into_iter().map(line).collect()
}

/// Returns a date of a milestone as it was typed, if that is a period.
fn typed(milestone: &MilestoneState, date: Option<NaiveDate>) -> Option<String> {
    let (_, period) = milestone.periods.iter().find(|(on, _)| Some(*on) == date)?;
    Some(period.clone())
}

/// Returns the day to which the slip is counted. Returns `None` if the milestone is overdue without a forecast: then
/// the slip is a lower bound.
fn expected(milestone: &MilestoneState) -> Option<NaiveDate> {
    let (agreed, slip) = milestone.agreed.zip(milestone.slip_days)?;
    let is_known = milestone.forecast.is_some() || milestone.due.is_some_and(|due| due > agreed);
    let days = Days::new(slip.unsigned_abs());
    let date = if slip < 0 { agreed.checked_sub_days(days) } else { agreed.checked_add_days(days) };
    date.filter(|date| is_known && milestone.due.is_none_or(|due| *date >= due))
}

fn finished(analysis: &Analysis) -> Option<(u32, u32)> {
    match analysis.throughput.as_ref()?.weeks[..] {
        [.., before, last] => Some((last.done, before.done)),
        _ => None,
    }
}

/// Returns what the team needs from other teams, from the list for the boss and from that between the teams, without
/// duplicates.
fn needs(analysis: &Analysis) -> Vec<NeedLine> {
    let mut seen = BTreeSet::new();
    let asks = analysis.asks.iter().chain(&analysis.cross_team).filter(|ask| seen.insert(ask.id.clone()));
    let need = |ask: &AskState| {
        Some(NeedLine {
            text: ask.text.clone(),
            from: ask.needed_from.clone()?,
            needed_by: ask.needed_by,
            private: ask.stage == Stage::Private,
        })
    };
    asks.filter_map(need).collect()
}
