//! The forecast of milestones: what must hold of it whatever the throughput was.

use chrono::{Days, NaiveDate, Weekday};
use headsup::analysis::calibrate::{Calibration, Levels};
use headsup::analysis::forecast::{Outlook, Remaining, Workload, outlook};
use headsup::analysis::{Forecast, ForecastMethod};

const AS_OF: &str = "2026-11-22";

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// `finished` tasks in each of the last closed weeks, newest last; so many open in each milestone.
fn work(finished: &[u32], open: &[f64]) -> Workload {
    let week = |back: usize| day(AS_OF) - Days::new(7 * back as u64 + 3);
    let tasks: Vec<_> =
        finished.iter().rev().enumerate().flat_map(|(back, n)| vec![(week(back), 1.0); *n as usize]).collect();
    let agreed = Some(day("2026-12-31"));
    Workload {
        milestones: open.iter().map(|open| Remaining { open: *open, agreed, added: Vec::new() }).collect(),
        done: tasks.len() as f64,
        finished: tasks,
        started: Some(week(finished.len() - 1)),
        scope_agreed: true,
    }
}

fn look(works: &[Workload], calibration: &Calibration) -> Vec<Outlook> {
    outlook(works, calibration, Weekday::Sun, day(AS_OF), day("2026-12-31"))
}

fn last(work: &Workload, calibration: &Calibration) -> Forecast {
    let outlook = look(std::slice::from_ref(work), calibration).pop().expect("an objective");
    outlook.milestones.last().copied().flatten().expect("a forecast")
}

/// What a team with a record has learned: that its 85 % must cover more of the trials.
fn careful() -> Calibration {
    let mut levels = Levels::default();
    (0..3).for_each(|_| levels.p85.learn(0.0));
    Calibration::learned([levels; 3], 40)
}

#[test]
fn an_uneven_team_needs_a_later_date_to_be_sure() {
    let plain = Calibration::plain();
    let even = last(&work(&[4; 12], &[24.0]), &plain);
    let uneven = last(&work(&[0, 8, 0, 8, 0, 8, 0, 8, 0, 8, 0, 8], &[24.0]), &plain);
    assert_eq!((even.p50, even.p85), (day("2027-01-03"), Some(day("2027-01-03"))));
    // Six weeks' work that comes in halves: three good weeks are needed. Half of all runs have them within five
    // weeks (1 − 16/32), 85 % within eight (1 − 37/256).
    assert_eq!((uneven.p50, uneven.p85), (day("2026-12-27"), Some(day("2027-01-17"))));
    assert_eq!((uneven.method, uneven.weeks), (ForecastMethod::MonteCarlo, 12));
    assert!(uneven.odds.is_some_and(|odds| (odds - 0.5).abs() < 0.02), "{uneven:?}");
}

#[test]
fn a_correction_moves_dates_and_odds_together() {
    let work = work(&[2, 5, 3, 4, 1, 6, 2, 4, 3, 5, 2, 3], &[20.0]);
    let (plain, careful) = (last(&work, &Calibration::plain()), last(&work, &careful()));
    assert!(careful.p85 > plain.p85);
    // Odds agree with the two dates: by P85 they are 85 %, by P50 a half, to within a day's work.
    for (date, share) in [(Some(careful.p50), 0.50), (careful.p85, 0.85)] {
        let mut asked = work.clone();
        asked.milestones[0].agreed = date;
        let odds = last(&asked, &self::careful()).odds.expect("odds");
        assert!((share..share + 0.06).contains(&odds), "{odds} by {date:?}");
    }
}

#[test]
fn more_open_work_is_never_done_earlier() {
    let finished = [1, 0, 3, 2, 2, 0, 4, 1, 1, 2, 0, 3];
    for calibration in [Calibration::plain(), careful()] {
        let dates: Vec<_> = (1..20).map(|open| last(&work(&finished, &[f64::from(open)]), &calibration)).collect();
        assert!(dates.is_sorted_by_key(|forecast| forecast.p50));
        assert!(dates.is_sorted_by_key(|forecast| forecast.p85.unwrap_or(NaiveDate::MAX)));
    }
}

#[test]
fn objectives_share_their_weeks() {
    // The one is idle when the other works: together they are done when both have had their weeks.
    let (odd, even) = (work(&[0, 6, 0, 6, 0, 6, 0, 6], &[6.0]), work(&[6, 0, 6, 0, 6, 0, 6, 0], &[6.0]));
    let looks = look(&[odd.clone(), even], &Calibration::plain());
    let bands: Vec<_> = looks.iter().map(|outlook| outlook.band[0]).collect();
    // In the first week one of them finishes all and the other nothing: the medians lie at the two ends.
    assert_eq!((bands[0].1, bands[0].3), (24.0, 30.0));
    assert_eq!((bands[1].1, bands[1].3), (24.0, 30.0));
    // An objective's dates do not depend on who is beside it.
    let dates = |outlook: &Outlook| outlook.milestones[0].map(|forecast| (forecast.p50, forecast.p85));
    let often = work(&[0, 6, 6, 0, 6, 6, 0, 6, 6], &[6.0]);
    let alone = look(std::slice::from_ref(&often), &Calibration::plain());
    let beside = look(&[often, odd], &Calibration::plain());
    assert_eq!(dates(&alone[0]), dates(&beside[0]));
}

#[test]
fn growing_scope_is_resampled_and_said() {
    let still = work(&[4; 12], &[24.0]);
    let mut growing = still.clone();
    growing.milestones[0].added = (0..12u64).map(|week| (day(AS_OF) - Days::new(7 * week + 2), 2.0)).collect();
    let (still, grown) = (last(&still, &Calibration::plain()), last(&growing, &Calibration::plain()));
    assert_eq!((still.grows, grown.grows), (false, true));
    // 24 open at 4 − 2 a week: twelve weeks instead of six.
    assert_eq!((still.p50, grown.p50), (day("2027-01-03"), day("2027-02-14")));
    // Not agreed: known tasks only.
    growing.scope_agreed = false;
    let known = last(&growing, &Calibration::plain());
    assert_eq!((known.p50, known.grows, known.known_tasks_only), (still.p50, false, true));
    // Growing faster than it is done, it is never done: the pace of what is known, and it says so.
    growing.scope_agreed = true;
    growing.milestones[0].added.iter_mut().for_each(|(_, size)| *size = 5.0);
    let never = last(&growing, &Calibration::plain());
    assert_eq!((never.method, never.p85, never.known_tasks_only), (ForecastMethod::Pace, None, true));
}

#[test]
fn a_done_milestone_has_no_forecast_and_holds_nobody_up() {
    let outlook = look(&[work(&[4; 12], &[0.0, 8.0, 0.0, 4.0])], &Calibration::plain()).pop().expect("an objective");
    let dates: Vec<_> = outlook.milestones.iter().map(|forecast| forecast.map(|forecast| forecast.p50)).collect();
    assert_eq!(dates, [None, Some(day("2026-12-06")), None, Some(day("2026-12-13"))]);
}

#[test]
fn the_same_inputs_give_the_same_forecast() {
    let works = [work(&[2, 0, 5, 1, 3, 3, 0, 2], &[9.0, 4.0]), work(&[1, 1, 0, 4, 2], &[7.0])];
    assert_eq!(look(&works, &careful()), look(&works, &careful()));
    let mut shuffled = works.clone();
    shuffled[0].finished.reverse();
    assert_eq!(look(&works, &careful()), look(&shuffled, &careful()));
}
