//! What a metric amounts to in a period, and how two periods compare. [`super::metric`] asks for weeks, months and
//! to-date spans, and of a metric whose rows stand for months, quarters or years for those in the place of weeks; the rules are those of the Working Backwards WBR app, so that its numbers and ours agree.

use chrono::{Days, Months, NaiveDate, Weekday};

use super::calendar::{self, Span};
use crate::team::{Aggregate, Day, Metric};

/// Weeks that decide on which days a metric usually has a value.
const RECENT_WEEKS: u64 = 13;

/// The values of one metric up to as-of.
pub struct Series<'a> {
    metric: &'a Metric,
    /// Up to as-of, oldest first: hundreds of spans are cut from them.
    days: Vec<(NaiveDate, &'a Day)>,
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
        let days: Vec<(NaiveDate, &Day)> = metric.days.range(..=as_of).map(|(date, day)| (*date, day)).collect();
        let mut present = days.iter().filter(|(_, day)| day.count > 0).map(|(date, _)| *date);
        let first = present.next()?;
        let newest = present.next_back().unwrap_or(first);
        let mut series = Self { metric, days, as_of, week_ends, first, newest, usual: [false; 7] };
        series.usual = if metric.grain.months().is_some() { [true; 7] } else { series.usual_days() };
        Some(series)
    }

    /// The last closed week, or month, quarter or year of a metric whose rows stand for such.
    pub fn last_closed(&self) -> Option<Span> {
        if self.metric.grain.months().is_none() {
            return self.last_closed_week().map(week);
        }
        let newest = self.row_span(self.newest);
        let is_closed = newest.end <= self.as_of;
        let last = if is_closed { newest } else { self.periods_before(newest, 1) };
        (last.start >= self.first).then_some(last)
    }

    /// All closed weeks, or months, quarters or years, oldest first.
    pub fn closed(&self) -> Vec<Span> {
        let Some(last) = self.last_closed() else { return Vec::new() };
        if self.metric.grain.months().is_none() {
            return self.closed_weeks(last.end).into_iter().map(week).collect();
        }
        let mut spans: Vec<Span> =
            (0..).map(|back| self.periods_before(last, back)).take_while(|span| span.start >= self.first).collect();
        spans.reverse();
        spans
    }

    /// The open one, where the data reach into it.
    pub fn open(&self) -> Option<Span> {
        let newest = match self.metric.grain.months() {
            Some(_) => self.row_span(self.newest),
            None => week(self.week_of(self.newest)),
        };
        (self.last_closed() != Some(newest)).then_some(newest)
    }

    /// The period so many before `span`.
    pub fn periods_before(&self, span: Span, back: u32) -> Span {
        match self.metric.grain.months() {
            Some(months) => self.row_span(span.start - Months::new(months * back)),
            None => week(span.end - Days::new(7 * u64::from(back))),
        }
    }

    /// The period to compare with a year before: of weeks that which closed 364 days before, on the same weekday.
    pub fn year_before(&self, span: Span) -> Span {
        match self.metric.grain.months() {
            Some(months) => self.periods_before(span, 12 / months),
            None => self.periods_before(span, 52),
        }
    }

    /// What a row of this date stands for.
    fn row_span(&self, start: NaiveDate) -> Span {
        Span { start, end: self.metric.grain.last_day(start, self.week_ends) }
    }

    /// Closing day of the last closed week: closed by as-of, and the data reach it.
    ///
    /// They reach it once they reach the metric's last usual day: a metric of working days never has a value on
    /// the Sunday on which its week closes, and a weekly one may be dated on any day.
    fn last_closed_week(&self) -> Option<NaiveDate> {
        let newest_week = self.week_of(self.newest);
        let reached = self.usual.iter().rposition(|usual| *usual).is_none_or(|last| self.position(self.newest) >= last);
        let closing = if newest_week <= self.as_of && reached { newest_week } else { newest_week - Days::new(7) };
        (closing >= self.week_of(self.first)).then_some(closing)
    }

    /// Closing days of all weeks up to the last closed one, oldest first.
    ///
    /// A sum over a first week that the data enter half-way is no week's sum, so that week is left out.
    fn closed_weeks(&self, last: NaiveDate) -> Vec<NaiveDate> {
        let cut = self.metric.aggregate == Aggregate::Sum
            && self.usual.iter().position(|usual| *usual).is_some_and(|usual| self.position(self.first) > usual);
        let weeks = calendar::closed_weeks(self.first, last, self.week_ends);
        weeks.into_iter().skip(usize::from(cut)).collect()
    }

    /// The rows of `span` as one value; None where there are none, or where a sum would lack a day.
    ///
    /// Days are folded first and the period is made of days (the mean of a week is the mean of its days, however
    /// many rows each has). A day whose cell is empty makes a sum unknown, unless the metric usually has no value
    /// on that day of the week; a day without a row is no day of the metric.
    pub fn value(&self, span: Span) -> Option<f64> {
        let rows = self.days_of(span);
        let days = || rows.iter().map(|(_, day)| *day).filter(|day| day.count > 0);
        days().next()?;
        let value = match self.metric.aggregate {
            Aggregate::Sum if rows.iter().any(|(date, day)| day.count == 0 && self.is_usual(*date)) => return None,
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

    fn days_of(&self, span: Span) -> &[(NaiveDate, &'a Day)] {
        let from = &self.days[self.days.partition_point(|(date, _)| *date < span.start)..];
        &from[..from.partition_point(|(date, _)| *date <= span.end)]
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
            let days = self.days_of(Span { start: closing - Days::new(6), end: closing });
            for (date, _) in days.iter().filter(|(_, day)| day.count > 0) {
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

/// The seven days that close on `closing`.
fn week(closing: NaiveDate) -> Span {
    Span { start: closing - Days::new(6), end: closing }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::team::BaselineWindow;
    use proptest::prelude::*;

    fn metric(aggregate: Aggregate, unit: Option<&str>) -> Metric {
        Metric {
            name: "Made".into(),
            aggregate,
            better: None,
            unit: unit.map(str::to_owned),
            targets: Vec::new(),
            baseline: BaselineWindow::default(),
            bps: false,
            grain: Default::default(),
            days: Default::default(),
        }
    }

    #[test]
    fn a_volume_changes_by_a_ratio_and_a_rate_by_a_difference() {
        let (volume, percentage) = (metric(Aggregate::Sum, None), metric(Aggregate::Mean, Some("%")));
        let basis_points = Metric { bps: true, ..metric(Aggregate::Mean, None) };
        let near = |change: Option<f64>, expected: f64| change.is_some_and(|change| (change - expected).abs() < 1e-12);
        assert!(near(change(&volume, Some(120.0), Some(100.0)), 0.2));
        // 2.5 % after 2 % is half a point; so is 0.025 after 0.02.
        assert!(near(change(&percentage, Some(2.5), Some(2.0)), 0.005));
        assert!(near(change(&basis_points, Some(0.025), Some(0.02)), 0.005));
        // A rate can rise from zero, a volume cannot in percent.
        assert!(near(change(&percentage, Some(0.5), Some(0.0)), 0.005));
        assert_eq!(change(&volume, Some(5.0), Some(0.0)), None);
        assert_eq!([change(&volume, None, Some(1.0)), change(&volume, Some(1.0), None)], [None, None]);
    }

    #[test]
    fn a_ratio_never_averages_ratios() {
        let mut errors = metric(Aggregate::Ratio, None);
        let day = |sum, denominator| Day { sum, denominator, count: 1, ..Day::default() };
        let monday: NaiveDate = "2026-11-16".parse().expect("a date");
        // 1 of 10 and 9 of 10,000: 0.1 %, where the mean of both shares would be 5 %.
        errors.days.extend([(monday, day(1.0, 10.0)), (monday + Days::new(1), day(9.0, 9990.0))]);
        let span = Span { start: monday, end: monday + Days::new(6) };
        let value = |metric: &Metric| Series::new(metric, span.end, Weekday::Sun).and_then(|series| series.value(span));
        assert_eq!(value(&errors), Some(0.001));
        // Nothing to divide by is no value.
        errors.days = [(monday, day(1.0, 0.0))].into();
        assert_eq!(value(&errors), None);
    }

    proptest! {
        #[test]
        fn a_month_of_a_sum_is_the_sum_of_its_parts(values in proptest::collection::vec(-1e3..1e3f64, 31), cut in 1u64..30) {
            let first: NaiveDate = "2026-10-01".parse().expect("a date");
            let mut sum = metric(Aggregate::Sum, None);
            let day = |value: &f64| Day { sum: *value, count: 1, ..Day::default() };
            sum.days.extend((0u64..).zip(&values).map(|(at, value)| (first + Days::new(at), day(value))));
            let last = first + Days::new(30);
            let series = Series::new(&sum, last, Weekday::Sun).expect("values");
            let part = |start, end| series.value(Span { start, end }).unwrap_or_default();
            let (middle, all) = (first + Days::new(cut), part(first, last));
            prop_assert!((part(first, middle - Days::new(1)) + part(middle, last) - all).abs() < 1e-6);
        }
    }
}
