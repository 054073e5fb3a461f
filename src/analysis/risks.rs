//! Risks, worst first by likelihood × impact, and what changed since the last 1:1.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::inputs::Inputs;
use crate::team::{Rating, Risk, RiskStatus};

/// A risk as of its newest row.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RiskState {
    pub id: Option<String>,
    pub risk: String,
    pub likelihood: Option<Rating>,
    pub impact: Option<Rating>,
    /// Likelihood × impact, 0 to 1; null if one of them is missing.
    pub score: Option<f64>,
    pub owner: Option<String>,
    pub mitigation: Option<String>,
    pub status: RiskStatus,
    /// Date of its newest row.
    pub date: Option<NaiveDate>,
    /// Null if nothing changed.
    pub change: Option<RiskChange>,
}

/// The change from the newest row up to the last 1:1 to the newest row.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RiskChange {
    /// The register did not contain it.
    New,
    /// It was closed and is open again.
    Reopened,
    Closed,
    /// Its score rose; or its likelihood or impact, if there is no score.
    Rose {
        likelihood: Option<Rating>,
        impact: Option<Rating>,
    },
    Fell {
        likelihood: Option<Rating>,
        impact: Option<Rating>,
    },
    /// Its mitigation changed.
    Mitigation,
}

/// Returns the open risks, worst first, then those closed since the last 1:1.
pub(super) fn states(inputs: &Inputs) -> Vec<RiskState> {
    let mut states: Vec<RiskState> = inputs.team.risks.iter().map(|risk| state(risk, inputs.since.date)).collect();
    states.retain(|state| state.status == RiskStatus::Open || state.change == Some(RiskChange::Closed));
    let impact = |state: &RiskState| state.impact.map(|impact| impact.share);
    let likelihood = |state: &RiskState| state.likelihood.map(|likelihood| likelihood.share);
    let worst = |one: Option<f64>, other: Option<f64>| other.unwrap_or(-1.0).total_cmp(&one.unwrap_or(-1.0));
    states.sort_by(|one, other| {
        let closed = (one.status == RiskStatus::Closed).cmp(&(other.status == RiskStatus::Closed));
        closed
            .then_with(|| worst(one.score, other.score))
            .then_with(|| worst(impact(one), impact(other)))
            .then_with(|| worst(likelihood(one), likelihood(other)))
            .then_with(|| (other.date, &one.risk).cmp(&(one.date, &other.risk)))
    });
    states
}

fn state(risk: &Risk, since: NaiveDate) -> RiskState {
    RiskState {
        id: risk.id.clone(),
        risk: risk.risk.clone(),
        likelihood: risk.likelihood,
        impact: risk.impact,
        score: risk.score(),
        owner: risk.owner.clone(),
        mitigation: risk.mitigation.clone(),
        status: risk.status,
        date: risk.date,
        change: change(risk, since),
    }
}

/// Compares the newest row with the newest one up to `since`. Rows without a date are ignored.
fn change(risk: &Risk, since: NaiveDate) -> Option<RiskChange> {
    risk.date.filter(|date| *date > since)?;
    let Some(before) = risk.earlier.iter().rev().find(|row| row.date.is_some_and(|date| date <= since)) else {
        return (risk.status == RiskStatus::Open).then_some(RiskChange::New);
    };
    match (before.status, risk.status) {
        (RiskStatus::Open, RiskStatus::Closed) => return Some(RiskChange::Closed),
        (RiskStatus::Closed, RiskStatus::Open) => return Some(RiskChange::Reopened),
        (RiskStatus::Closed, RiskStatus::Closed) => return None,
        (RiskStatus::Open, RiskStatus::Open) => {}
    }
    let (likelihood, impact) = (before.likelihood, before.impact);
    let moved = |was: Option<Rating>, is: Option<Rating>| Some(is?.share - was?.share);
    let by_score = || Some(risk.score()? - before.score()?);
    let by_one = || moved(likelihood, risk.likelihood).or_else(|| moved(impact, risk.impact));
    match by_score().or_else(by_one) {
        Some(by) if by > 1e-9 => Some(RiskChange::Rose { likelihood, impact }),
        Some(by) if by < -1e-9 => Some(RiskChange::Fell { likelihood, impact }),
        _ if risk.mitigation.is_some() && risk.mitigation != before.mitigation => Some(RiskChange::Mitigation),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::{day, frame};
    use crate::history::History;
    use crate::redact::Audience;
    use crate::team::{Stated, Team};

    fn row(risk: &str, date: &str, likelihood: f64, impact: f64) -> Risk {
        let rating = |share| Some(Rating { share, stated: Stated::Share });
        Risk {
            id: None,
            risk: risk.into(),
            likelihood: rating(likelihood),
            impact: rating(impact),
            owner: None,
            mitigation: None,
            status: RiskStatus::Open,
            date: Some(day(date)),
            objective: None,
            confidential: false,
            earlier: Vec::new(),
        }
    }

    fn found(risks: Vec<Risk>) -> Vec<(String, Option<RiskChange>)> {
        let team = Team { risks, ..Team::default() };
        let frame = super::super::Timeframe { since: Some(day("2026-11-13")), ..frame() };
        let history = History::default();
        let inputs = Inputs::new(&team, Audience::Boss, &history, &frame);
        states(&inputs).into_iter().map(|state| (state.risk, state.change)).collect()
    }

    #[test]
    fn risks_are_sorted_by_likelihood_times_impact() {
        // 0.9 × 0.3 = 0.27 < 0.5 × 0.6 = 0.30 < 0.4 × 0.9 = 0.36
        let risks = vec![
            row("likely and small", "2026-11-01", 0.9, 0.3),
            row("unlikely and large", "2026-11-01", 0.4, 0.9),
            row("even", "2026-11-01", 0.5, 0.6),
            Risk { impact: None, ..row("not rated", "2026-11-01", 1.0, 1.0) },
        ];
        let names: Vec<String> = found(risks).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["unlikely and large", "even", "likely and small", "not rated"]);
    }

    #[test]
    fn a_change_is_measured_from_the_newest_row_up_to_the_last_meeting() {
        let with = |newest: Risk, earlier: Vec<Risk>| vec![Risk { earlier, ..newest }];
        let change = |risks: Vec<Risk>| found(risks).pop().map(|(_, change)| change);
        let old = || row("R", "2026-11-06", 0.5, 0.5);
        let rose = row("R", "2026-11-18", 0.7, 0.5);
        let was = |risk: &Risk| (risk.likelihood, risk.impact);
        let (likelihood, impact) = was(&old());
        assert_eq!(change(with(rose.clone(), vec![old()])), Some(Some(RiskChange::Rose { likelihood, impact })));
        // Rows between the two, or after the last 1:1 but not newest, are ignored.
        let between = row("R", "2026-11-16", 0.1, 0.1);
        assert_eq!(
            change(with(rose.clone(), vec![old(), between])),
            Some(Some(RiskChange::Rose { likelihood, impact }))
        );
        assert_eq!(change(with(rose, vec![])), Some(Some(RiskChange::New)));
        assert_eq!(change(with(old(), vec![])), Some(None));
        let closed = Risk { status: RiskStatus::Closed, ..row("R", "2026-11-18", 0.5, 0.5) };
        assert_eq!(change(with(closed.clone(), vec![old()])), Some(Some(RiskChange::Closed)));
        // A risk opened and closed between two meetings is not news.
        assert_eq!(change(with(closed, vec![])), None);
        let answered = Risk { mitigation: Some("a mirror".into()), ..row("R", "2026-11-18", 0.5, 0.5) };
        assert_eq!(change(with(answered, vec![old()])), Some(Some(RiskChange::Mitigation)));
    }
}
