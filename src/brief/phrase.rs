//! Phrases that several sections use: dates, ages, statuses, names and values, in the reader's language, and helpers
//! that fit a user's text into a sentence.

mod days;
mod due;
mod key_result;
mod lookup;
mod stated;
mod text;

use std::borrow::Cow;

use chrono::{Datelike as _, Months, NaiveDate};

use crate::analysis::{Analysis, Drift, ForecastMethod, MetricState, MilestoneState, ObjectiveState, StatusCause};
use crate::redact::Audience;
use crate::team::{MilestoneId, ObjectiveId, StatedAs, Status};
use crate::words::Words;
use lookup::Lookup;
pub(super) use text::{
    MAX_NAME_CHARS, MAX_TEXT_CHARS, capital, clipped, flat, name_of, own_decimals, stopped, without_reason,
};

/// A forecast more than this many days after the quarter's end is not useful for planning.
const MAX_FORECAST_DAYS: i64 = 365;

/// The inputs of every section: the analysis, the words, and the audience.
pub(super) struct Context<'a> {
    pub analysis: &'a Analysis,
    pub words: &'a Words,
    pub audience: Audience,
    /// The title of the brief, once it is known.
    pub title: String,
    lookup: Lookup<'a>,
}

/// The origin of a milestone's expected date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Basis {
    /// It is done.
    Done,
    /// The current due date, which is not before the forecast.
    Promise,
    Forecast,
    /// A forecast from the pace so far.
    Pace,
}

impl<'a> Context<'a> {
    pub(crate) fn new(analysis: &'a Analysis, words: &'a Words, audience: Audience) -> Self {
        Self { analysis, words, audience, title: String::new(), lookup: Lookup::of(analysis) }
    }

    pub(crate) fn say(&self, key: &str, places: &[(&str, &str)]) -> String {
        self.words.say(&self.key(key), places)
    }

    pub(crate) fn count(&self, key: &str, n: impl TryInto<u64>, places: &[(&str, &str)]) -> String {
        self.words.count(&self.key(key), n.try_into().unwrap_or_default(), places)
    }

    /// The key of a phrase in a brief before which nothing was agreed, or in a copy that is addressed to nobody, if the
    /// words have one.
    fn key<'k>(&self, key: &'k str) -> Cow<'k, str> {
        let shared = (self.audience == Audience::Shared).then_some("shared");
        let first = (self.analysis.first_brief || self.analysis.nothing_agreed).then_some("first");
        let own = first.into_iter().chain(shared).map(|when| format!("{when}.{key}"));
        own.into_iter().find(|own| self.words.has(own)).map_or(Cow::Borrowed(key), Cow::Owned)
    }

    /// Returns the date on which a milestone is or was done, and its origin: the done date, else the later of the due
    /// date and P50, or of the due date and the forecast from its pace. A due date that has passed does not count.
    ///
    /// Returns `None` for a milestone that was done on an unknown day, was dropped, or will not be finished at its
    /// pace.
    pub(crate) fn expected(&self, milestone: &MilestoneState) -> Option<(NaiveDate, Basis)> {
        if let Some(done) = milestone.done_on {
            return Some((done, Basis::Done));
        }
        if matches!(milestone.status, Status::Done | Status::Dropped) {
            return None;
        }
        let promise = milestone.due.filter(|due| *due >= self.analysis.as_of);
        let other = match milestone.forecast {
            _ if is_late_by_pace(milestone) => milestone.projected.map(|date| (date, Basis::Pace)),
            Some(forecast) if forecast.method == ForecastMethod::Pace => Some((forecast.p50, Basis::Pace)),
            Some(forecast) => Some((forecast.p50, Basis::Forecast)),
            None => promise.map(|due| (due, Basis::Promise)),
        };
        let (date, basis) = other?;
        Some(promise.filter(|due| *due >= date).map_or((date, basis), |due| (due, Basis::Promise)))
    }

    /// Returns by how many days a milestone is late, by whatever says so. One that will not be finished at its pace is
    /// latest.
    pub(crate) fn late_by(&self, milestone: &MilestoneState) -> i64 {
        let by_pace = || match (self.expected(milestone), milestone.agreed) {
            (Some((date, _)), Some(agreed)) => (date - agreed).num_days(),
            (None, _) if is_late_by_pace(milestone) && !milestone.has_few_finished => i64::MAX,
            _ => 0,
        };
        milestone.slip_days.filter(|days| *days > 0).unwrap_or_else(by_pace)
    }

    /// `since the last 1:1`, or `in the last 7 days` if none was recorded.
    pub(crate) fn since(&self) -> String {
        let since = self.analysis.since;
        match (since.recorded, self.analysis.first_brief) {
            (true, false) => self.say("common.since_last", &[]),
            (true, true) => self.say("common.since_date", &[("date", &self.day_long(since.date))]),
            (false, _) => self.say("common.since_days", &[]),
        }
    }

    pub(crate) fn status(&self, status: Status) -> String {
        self.say(
            match status {
                Status::NotStarted => "status.not_started",
                Status::OnPace => "status.on_pace",
                Status::Ahead => "status.ahead",
                Status::AtRisk => "status.at_risk",
                Status::Late => "status.late",
                Status::Done => "status.done",
                Status::Dropped => "status.dropped",
                Status::NotReported => "status.not_reported",
            },
            &[],
        )
    }

    /// A team's own statement about its status, in its own word: `red`.
    pub(crate) fn stated(&self, status: Option<Status>, word: Option<StatedAs>) -> String {
        let Some(word) = word else { return self.status(status.unwrap_or(Status::NotReported)) };
        self.say(
            match word {
                StatedAs::Green => "status.green",
                StatedAs::Amber => "status.amber",
                StatedAs::Red => "status.red",
                StatedAs::OffTrack => "status.off_track",
                StatedAs::Blocked => "status.blocked",
                StatedAs::OnHold => "status.on_hold",
                StatedAs::InProgress => "status.in_progress",
            },
            &[],
        )
    }

    /// The status of a milestone; `amber, as stated` if it is its team's own; `done, date not given`.
    pub(crate) fn milestone_status(&self, milestone: &MilestoneState) -> String {
        match milestone.status {
            Status::NotReported if self.unknown_word(milestone).is_some() => {
                self.as_stated(&self.unknown_word(milestone).unwrap_or_default())
            }
            _ if milestone.because == StatusCause::Stated => {
                self.as_stated(&self.stated(Some(milestone.status), milestone.stated_as))
            }
            Status::Done if milestone.done_on.is_none() => self.say("status.done_undated", &[]),
            _ if milestone.because == StatusCause::NoDate => self.say("status.no_date", &[]),
            _ if milestone.because == StatusCause::KeyResult => self.key_status(milestone),
            _ if milestone.because == StatusCause::NoPlan => self.say("status.in_progress", &[]),
            Status::OnPace | Status::Ahead
                if milestone.tasks_all > 0 && milestone.tasks_done == milestone.tasks_all =>
            {
                self.say("status.tasks_done", &[])
            }
            status => self.status(status),
        }
    }

    fn as_stated(&self, status: &str) -> String {
        self.say("status.as_stated", &[("status", status)])
    }

    /// `9 days late`, `2 days early`, `on the agreed date`.
    pub(crate) fn slip(&self, days: i64) -> String {
        match days {
            0 => self.say("slip.none", &[]),
            1.. => self.count("slip.late", days, &[]),
            _ => self.count("slip.early", days.unsigned_abs(), &[]),
        }
    }

    /// Whether a forecast date is so far away that it only says that the end is not in sight.
    pub(crate) fn is_far_off(&self, date: NaiveDate) -> bool {
        (date - self.analysis.quarter.end).num_days() > MAX_FORECAST_DAYS
    }

    /// Whether the end of a late milestone is out of sight by its forecast or its pace. A due date is always in sight.
    pub(crate) fn is_out_of_sight(&self, milestone: &MilestoneState) -> bool {
        milestone.status == Status::Late
            && match self.expected(milestone) {
                Some((date, Basis::Forecast | Basis::Pace)) => self.is_far_off(date),
                Some((_, Basis::Promise | Basis::Done)) => false,
                None => is_late_by_pace(milestone) && !milestone.has_few_finished,
            }
    }

    /// `9 days late`, `not in sight at the pace so far`; `None` if the number of days is unknown.
    pub(crate) fn lateness(&self, milestone: &MilestoneState) -> Option<String> {
        if self.is_out_of_sight(milestone) {
            return Some(self.say("slip.far", &[]));
        }
        let days = milestone.slip_days.filter(|days| *days > 0)?;
        // Overdue, and there is no expected date.
        let is_open_ended = milestone.status == Status::Late && self.expected(milestone).is_none();
        Some(if is_open_ended { self.count("slip.at_least", days, &[]) } else { self.slip(days) })
    }

    /// `5 days`, `3 weeks`.
    pub(crate) fn age(&self, days: i64) -> String {
        let days = days.max(0);
        if days < 7 { self.count("common.days", days, &[]) } else { self.count("common.weeks", days / 7, &[]) }
    }

    /// The id of the ask with this number, which `record` accepts. `None` in a forwardable copy.
    pub(crate) fn ask_id(&self, number: u32) -> Option<String> {
        self.lookup.ask_ids.get(&number).map(|id| flat(id.as_str()))
    }

    pub(crate) fn objective(&self, id: &ObjectiveId) -> Option<&'a ObjectiveState> {
        self.lookup.objectives.get(id).copied()
    }

    pub(crate) fn objective_name(&self, objective: &ObjectiveState) -> String {
        name_of(&objective.name, &objective.id)
    }

    /// Returns an objective's full name, for its introduction, unless its id is used as its name everywhere.
    pub(crate) fn objective_in_full(&self, objective: &ObjectiveState) -> String {
        let name = self.objective_name(objective);
        if name.ends_with('…') { flat(&objective.name) } else { name }
    }

    /// Lists the first of many names, and how many more there are.
    pub(crate) fn summed(&self, names: &[String]) -> String {
        const MAX_NAMES: usize = 6;
        if names.len() <= MAX_NAMES + 1 {
            return self.words.list(names);
        }
        let mut shown = names[..MAX_NAMES].to_vec();
        shown.push(self.count("next.others", names.len() - MAX_NAMES, &[]));
        self.words.list(&shown)
    }

    pub(crate) fn percent(&self, share: f64) -> String {
        self.words.percent(share, 0)
    }

    /// Odds of a forecast from `weeks` weeks of history. Nothing is certain: `<1%`, `>99%`; with less than twelve weeks
    /// `<5%`, `>95%`.
    pub(crate) fn odds(&self, odds: f64, weeks: u32) -> String {
        let least = if weeks < 12 { 0.05 } else { 0.01 };
        match odds {
            odds if odds < least => format!("<{}", self.percent(least)),
            odds if odds > 1.0 - least => format!(">{}", self.percent(1.0 - least)),
            odds => self.percent(odds),
        }
    }

    /// Returns a milestone of this quarter.
    pub(crate) fn milestone(&self, id: &MilestoneId) -> Option<&'a MilestoneState> {
        self.in_lane(id).map(|(_, milestone)| milestone)
    }

    /// Returns a milestone of this or another quarter.
    pub(crate) fn any_milestone(&self, id: &MilestoneId) -> Option<&'a MilestoneState> {
        self.milestone(id).or_else(|| self.lookup.elsewhere.get(id).copied())
    }

    /// Returns a milestone of this quarter with its objective.
    pub(crate) fn in_lane(&self, id: &MilestoneId) -> Option<(&'a ObjectiveState, &'a MilestoneState)> {
        self.lookup.milestones.get(id).copied()
    }

    /// Returns the mean weight of the objectives, or 0 if there are none.
    pub(crate) fn average_weight(&self) -> f64 {
        self.lookup.average_weight
    }

    /// Returns the drift that the ask with this number is about.
    pub(crate) fn drifts_asked_about(&self, number: u32) -> &[&'a Drift] {
        self.lookup.drifts.get(&number).map_or(&[], Vec::as_slice)
    }

    /// Returns the objective whose outcome a metric is.
    pub(crate) fn objective_of(&self, metric: &MetricState) -> Option<&'a ObjectiveState> {
        self.lookup.of_metrics.get(metric.name.as_str()).copied()
    }

    /// `0 of 4 good weeks; not before 18 December`: how long the metric of an outcome milestone has held.
    pub(crate) fn hold(&self, milestone: &MilestoneState) -> Option<String> {
        let hold = milestone.hold.as_ref()?;
        let (good, not_before) = (self.words.whole(hold.good_weeks.into()), self.day_long(hold.not_before));
        Some(self.count("quarter.hold", hold.of, &[("good", &good), ("not_before", &not_before)]))
    }

    /// `0 of 4 good weeks`: how long the metric has held, in short.
    pub(crate) fn held(&self, milestone: &MilestoneState) -> Option<String> {
        let hold = milestone.hold.as_ref()?;
        Some(self.count("quarter.held", hold.of, &[("good", &self.words.whole(hold.good_weeks.into()))]))
    }

    pub(crate) fn metric(&self, name: &str) -> Option<&'a MetricState> {
        self.lookup.metrics.get(name).copied()
    }

    /// Names the period of a metric that ends on `ending`: `week ending 13 Nov`, `October`, `Jul–Sep`, `2025`.
    pub(crate) fn period(&self, metric: &MetricState, ending: NaiveDate) -> String {
        let Some(months) = metric.grain.months() else {
            return self.say("signals.of_week", &[("date", &self.day(ending))]);
        };
        let first = ending - Months::new(months - 1);
        let year = ending.year().to_string();
        let short = |date| self.words.month_short(date);
        let same_year = ending.year() == self.analysis.as_of.year();
        match months {
            1 if same_year => self.words.month(ending).to_owned(),
            1 => self.say("signals.month", &[("month", self.words.month(ending)), ("year", &year)]),
            12 if first.year() == ending.year() => year,
            12 => format!("{} {} – {} {year}", short(first), first.year(), short(ending)),
            _ if same_year => format!("{}–{}", short(first), short(ending)),
            _ => format!("{}–{} {year}", short(first), short(ending)),
        }
    }

    /// Whether a metric has weekly values, rather than monthly, quarterly or yearly ones.
    pub(crate) fn is_by_week(metric: &MetricState) -> bool {
        metric.grain.months().is_none()
    }

    /// A value of a metric with its unit: `0.58%`, `61 hours`.
    pub(crate) fn value(&self, metric: &MetricState, value: f64) -> String {
        self.quantity(value, metric.unit.as_deref(), decimals(metric))
    }

    /// A target with its own decimals: `0.5%`, not `0.50%`; money with the decimals of the values beside it: `€3.20`.
    pub(crate) fn target(&self, metric: &MetricState, target: f64) -> String {
        self.quantity(target, metric.unit.as_deref(), target_decimals(metric, target))
    }

    pub(crate) fn quantity(&self, value: f64, unit: Option<&str>, decimals: usize) -> String {
        match unit.map(str::trim).filter(|unit| !unit.is_empty()) {
            None => self.words.number(value, decimals),
            Some("%") => self.words.in_percent(value, decimals),
            Some(unit) => self
                .words
                .money(value, decimals, unit)
                .unwrap_or_else(|| format!("{}\u{a0}{unit}", self.words.number(value, decimals))),
        }
    }

    /// `for the better`, `for the worse`, by the metric's own direction; empty if that is unknown.
    pub(crate) fn judgement(&self, favourable: Option<bool>) -> String {
        match favourable {
            Some(true) => self.say("headline.better", &[]),
            Some(false) => self.say("headline.worse", &[]),
            None => String::new(),
        }
    }
}

/// Whether a milestone is late only because of its pace.
fn is_late_by_pace(milestone: &MilestoneState) -> bool {
    (milestone.status, milestone.because) == (Status::Late, StatusCause::LowPace)
}

/// Number of decimals for a metric's values: none if all are whole, else about three significant digits.
pub(super) fn decimals(metric: &MetricState) -> usize {
    let values = metric.points().iter().filter_map(|point| point.value).chain(metric.latest);
    decimals_of(values, metric.unit.as_deref())
}

pub(super) use crate::analysis::metric::decimals as decimals_of;

/// Number of decimals for a metric's target: its own; for money at least those of the values beside it.
pub(super) fn target_decimals(metric: &MetricState, target: f64) -> usize {
    let is_money = metric.unit.as_deref().is_some_and(|unit| crate::analysis::metric::is_currency(unit.trim()));
    own_decimals(target).max(if is_money { decimals(metric) } else { 0 })
}
