//! What a metric amounts to in a period, and how two periods compare. [`super::metric`] asks for weeks, months and
//! to-date spans; the rules are those of the Working Backwards WBR app, so that its numbers and ours agree.

use chrono::{Days, NaiveDate, Weekday};

use super::calendar::{self, Span};
use crate::team::{Aggregate, Metric};

/// Weeks that decide on which days a metric usually has a value.
const RECENT_WEEKS: u64 = 13;

/// The values of one metric up to as-of.
pub struct Series<'a> {
    metric: &'a Metric,
    as_of: NaiveDate,
    week_ends: Weekday,
    /// First and newest day with a value.
    first: NaiveDate,
    newest: NaiveDate,
    /// By day of the week, the closing day last: whether at least half of the recent weeks have a value on it.
    usual: [bool; 7],
}

impl<'a> Series<'a> {
    /// None where the metric has no value up to `as_of`.
    pub fn new(metric: &'a Metric, as_of: NaiveDate, week_ends: Weekday) -> Option<Self> {
        let mut present = metric.days.range(..=as_of).filter(|(_, day)| day.count > 0).map(|(date, _)| *date);
        let first = present.next()?;
        let newest = present.next_back().unwrap_or(first);
        let mut series = Self { metric, as_of, week_ends, first, newest, usual: [false; 7] };
        series.usual = series.usual_days();
        Some(series)
    }

    /// Closing day of the last closed week: closed by as-of, and the data reach it.
    ///
    /// They reach it once they reach the metric's last usual day: a metric of working days never has a value on
    /// the Sunday on which its week closes, and a weekly one may be dated on any day.
    pub fn last_closed(&self) -> Option<NaiveDate> {
        let newest_week = self.week_of(self.newest);
        let reached = self.usual.iter().rposition(|usual| *usual).is_none_or(|last| self.position(self.newest) >= last);
        let closing = if newest_week <= self.as_of && reached { newest_week } else { newest_week - Days::new(7) };
        (closing >= self.week_of(self.first)).then_some(closing)
    }

    /// Closing days of all closed weeks, oldest first.
    ///
    /// A sum over a first week that the data enter half-way is no week's sum, so that week is left out.
    pub fn closed_weeks(&self) -> Vec<NaiveDate> {
        let Some(last) = self.last_closed() else { return Vec::new() };
        let cut = self.metric.aggregate == Aggregate::Sum
            && self.usual.iter().position(|usual| *usual).is_some_and(|usual| self.position(self.first) > usual);
        let weeks = calendar::closed_weeks(self.first, last, self.week_ends);
        weeks.into_iter().skip(usize::from(cut)).collect()
    }

    /// Closing day of the open week, where the data reach into one.
    pub fn open_week(&self) -> Option<NaiveDate> {
        let newest_week = self.week_of(self.newest);
        (self.last_closed() != Some(newest_week)).then_some(newest_week)
    }

    /// The rows of `span` as one value; None where there are none, or where a sum would lack a day.
    ///
    /// Days are folded first and the period is made of days (the mean of a week is the mean of its days, however
    /// many rows each has). A day whose cell is empty makes a sum unknown, unless the metric usually has no value
    /// on that day of the week; a day without a row is no day of the metric.
    pub fn value(&self, span: Span) -> Option<f64> {
        let end = span.end.min(self.as_of);
        if end < span.start {
            return None;
        }
        let rows = || self.metric.days.range(span.start..=end);
        let days = || rows().map(|(_, day)| day).filter(|day| day.count > 0);
        days().next()?;
        let value = match self.metric.aggregate {
            Aggregate::Sum if rows().any(|(date, day)| day.count == 0 && self.is_usual(*date)) => return None,
            Aggregate::Sum => days().map(|day| day.sum).sum(),
            Aggregate::Mean => days().map(|day| day.sum / day.count as f64).sum::<f64>() / days().count() as f64,
            Aggregate::Min => days().map(|day| day.min).fold(f64::INFINITY, f64::min),
            Aggregate::Max => days().map(|day| day.max).fold(f64::NEG_INFINITY, f64::max),
            Aggregate::Last => days().next_back()?.last,
            Aggregate::Ratio => {
                let (over, under) = days().fold((0.0, 0.0), |(n, d), day| (n + day.sum, d + day.denominator));
                // In the unit that targets and prints use: a ratio in percent is 100 × the quotient.
                over / under * if in_percent(self.metric) { 100.0 } else { 1.0 }
            }
        };
        value.is_finite().then_some(value)
    }

    fn usual_days(&self) -> [bool; 7] {
        let newest_week = self.week_of(self.newest);
        let (mut weeks, mut on) = (0, [0; 7]);
        for back in 1..=RECENT_WEEKS {
            let closing = newest_week - Days::new(7 * back);
            if closing < self.week_of(self.first) {
                break;
            }
            weeks += 1;
            let days = self.metric.days.range(closing - Days::new(6)..=closing);
            for (date, _) in days.filter(|(_, day)| day.count > 0) {
                on[self.position(*date)] += 1;
            }
        }
        on.map(|count| weeks > 0 && 2 * count >= weeks)
    }

    fn is_usual(&self, date: NaiveDate) -> bool {
        self.usual[self.position(date)]
    }

    fn week_of(&self, date: NaiveDate) -> NaiveDate {
        calendar::week_ending(date, self.week_ends)
    }

    /// 0 for the first day of its week, 6 for the closing day.
    fn position(&self, date: NaiveDate) -> usize {
        6 - (self.week_of(date) - date).num_days().clamp(0, 6) as usize
    }
}

/// Whether changes of `metric` are differences: a ratio, a percentage, or one whose changes are said in basis points.
pub fn is_rate(metric: &Metric) -> bool {
    metric.aggregate == Aggregate::Ratio || metric.bps || in_percent(metric)
}

fn in_percent(metric: &Metric) -> bool {
    metric.unit.as_deref() == Some("%")
}

/// The change from `then` to `now` as a fraction: now / then − 1 of a volume, now − then of a rate.
///
/// The difference of two percentages is in points ÷ 100, so that 0.01 is one point for every rate. None where either
/// is missing, or where a volume has nothing to be compared with: from zero there is no percentage.
pub fn change(metric: &Metric, now: Option<f64>, then: Option<f64>) -> Option<f64> {
    let (now, then) = (now?, then?);
    let change = match is_rate(metric) {
        true if in_percent(metric) => (now - then) / 100.0,
        true => now - then,
        false if then == 0.0 => return None,
        false => now / then - 1.0,
    };
    change.is_finite().then_some(change)
}
