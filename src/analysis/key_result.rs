//! Key results: compares the current value with a straight line from start to target, over the quarter or between the
//! key result's own dates.

use chrono::NaiveDate;

use super::inputs::Inputs;
use super::progress::{self, FIRST_WEEKS_DAYS};
use super::states::{KeyResultState, OutcomeVerdict};
use super::work::MilestoneWork;
use crate::team::{KeyResult, Status};

impl KeyResultState {
    /// Worked example: from 31 to 45 over the 91 days after 1 October; on 20 November, day 50, the line is at 38.7.
    pub(super) fn of(work: &MilestoneWork, inputs: &Inputs) -> Option<Self> {
        let key_result = work.milestone.key_result.as_ref()?;
        let begins = work.own_start().unwrap_or(inputs.quarter.start);
        let ends = work.agreed.unwrap_or(inputs.quarter.end);
        let (path_today, verdict) = judged(key_result, begins, ends, inputs.as_of());
        let KeyResult { from, now, target, unit } = key_result.clone();
        Some(Self { from, now, target, unit, path_today, verdict })
    }

    /// Returns the status that the verdict implies.
    pub(super) fn status(&self) -> Option<Status> {
        match self.verdict {
            OutcomeVerdict::Meets | OutcomeVerdict::OnPath => Some(Status::OnPace),
            OutcomeVerdict::BehindPath | OutcomeVerdict::NotMoving | OutcomeVerdict::Worse => Some(Status::AtRisk),
            OutcomeVerdict::Improving | OutcomeVerdict::Unknown => None,
        }
    }
}

fn judged(it: &KeyResult, begins: NaiveDate, ends: NaiveDate, as_of: NaiveDate) -> (Option<f64>, OutcomeVerdict) {
    // Without a start it is unknown which direction is better.
    let Some(from) = it.from else {
        return (None, if it.now == it.target { OutcomeVerdict::Meets } else { OutcomeVerdict::Unknown });
    };
    let way = it.target - from;
    let elapsed = progress::planned_share(begins, ends, as_of);
    let path = from + way * elapsed;
    match it.share() {
        None if it.now == it.target => (None, OutcomeVerdict::Meets),
        None => (None, OutcomeVerdict::Unknown),
        Some(share) if share >= 1.0 => (None, OutcomeVerdict::Meets),
        // Key results are filled in during the first weeks of a quarter.
        _ if ((as_of - begins).num_days() as f64) < FIRST_WEEKS_DAYS => (None, OutcomeVerdict::Unknown),
        Some(share) if share < 0.0 => (Some(path), OutcomeVerdict::Worse),
        Some(0.0) => (Some(path), OutcomeVerdict::NotMoving),
        Some(share) if share >= elapsed => (Some(path), OutcomeVerdict::OnPath),
        Some(_) => (Some(path), OutcomeVerdict::BehindPath),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::day;

    #[test]
    fn a_key_result_is_judged_by_start_target_and_current_value() {
        use OutcomeVerdict as Verdict;
        let of = |from: Option<f64>, target: f64, now: f64, as_of: &str| {
            let key_result = KeyResult { from, now, target, unit: None };
            judged(&key_result, day("2026-10-01"), day("2026-12-31"), day(as_of))
        };
        let verdict = |from, target, now| of(from, target, now, "2026-11-20").1;
        assert_eq!(verdict(Some(31.0), 45.0, 45.0), Verdict::Meets);
        assert_eq!(verdict(Some(6.0), 2.0, 1.9), Verdict::Meets);
        assert_eq!(verdict(Some(31.0), 45.0, 39.0), Verdict::OnPath);
        assert_eq!(verdict(Some(31.0), 45.0, 38.0), Verdict::BehindPath);
        assert_eq!(verdict(Some(340.0), 100.0, 310.0), Verdict::BehindPath);
        assert_eq!(verdict(Some(3.2), 5.0, 3.2), Verdict::NotMoving);
        assert_eq!(verdict(Some(6.0), 2.0, 7.0), Verdict::Worse);
        assert_eq!(verdict(Some(0.0), 0.0, 1.0), Verdict::Unknown);
        assert_eq!(verdict(Some(0.0), 0.0, 0.0), Verdict::Meets);
        assert_eq!(verdict(None, 45.0, 38.0), Verdict::Unknown);
        assert_eq!(of(Some(31.0), 45.0, 31.0, "2026-10-09").1, Verdict::Unknown, "the quarter has hardly begun");
        let path = of(Some(31.0), 45.0, 38.0, "2026-11-20").0.unwrap();
        assert!((path - 38.692).abs() < 0.001, "{path}");
    }
}
