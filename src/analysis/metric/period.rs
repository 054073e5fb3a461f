//! The value of a metric in a period, and the comparison of two periods: weeks, months and to-date spans, or the
//! months, quarters or years that its rows cover. [`super::state`] uses it. The rules are those of the Working
//! Backwards WBR app, so that the numbers agree; periods that are not comparable are not compared.

use chrono::{Days, Months, NaiveDate, Weekday};

use super::change::{Change, change, in_percent};
use crate::analysis::calendar::{self, Span};
use crate::team::{Aggregate, Day, Grain, Metric};

/// Number of weeks that determine on which days a metric usually has a value.
const RECENT_WEEKS: u64 = 13;
/// A weekday is expected to have a row if this share of the recent weeks, in percent, and at least this many of them
/// have one. A week without it is incomplete.
const EXPECTED: (u64, u64) = (80, 4);
/// Share of the days of both years that must be known for to-date figures to be compared.
const COVERED: f64 = 0.9;

/// The values of one metric up to as-of.
pub(crate) struct Series<'a> {
    metric: &'a Metric,
    /// Days up to as-of, oldest first.
    days: Vec<(NaiveDate, &'a Day)>,
    as_of: NaiveDate,
    week_ends: Weekday,
    /// First and newest day with a value.
    first: NaiveDate,
    newest: NaiveDate,
    /// For each day of the week, the closing day last: whether at least half of the recent weeks have a value on it.
    usual: [bool; 7],
    /// Whether nearly all of the recent weeks have a value on it, so that a week without one is incomplete.
    expected: [bool; 7],
    /// Usual last day of a week with a value, and usual number of such days.
    reach: Option<(usize, usize)>,
}

impl<'a> Series<'a> {
    /// Returns `None` if the metric has no value up to `as_of`.
    pub(crate) fn new(metric: &'a Metric, as_of: NaiveDate, week_ends: Weekday) -> Option<Self> {
        let days: Vec<(NaiveDate, &Day)> = metric.days.range(..=as_of).map(|(date, day)| (*date, day)).collect();
        let mut present = days.iter().filter(|(_, day)| day.count > 0).map(|(date, _)| *date);
        let first = present.next()?;
        let newest = present.next_back().unwrap_or(first);
        let mut series = Self {
            metric,
            days,
            as_of,
            week_ends,
            first,
            newest,
            usual: [false; 7],
            expected: [false; 7],
            reach: None,
        };
        if metric.grain.months().is_some() {
            series.usual = [true; 7];
        } else {
            (series.usual, series.expected) = series.usual_days();
            series.reach = series.usual_reach();
        }
        Some(series)
    }

    /// Returns the last closed week; or month, quarter or year for a metric with such rows.
    pub(crate) fn last_closed(&self) -> Option<Span> {
        if self.metric.grain.months().is_none() {
            return self.last_closed_week().map(week);
        }
        let newest = self.row_span(self.newest);
        let is_closed = newest.end <= self.as_of;
        let last = if is_closed { newest } else { self.periods_before(newest, 1) };
        (last.start >= self.first).then_some(last)
    }

    /// Returns all closed weeks, or months, quarters or years, oldest first.
    pub(crate) fn closed(&self) -> Vec<Span> {
        let Some(last) = self.last_closed() else { return Vec::new() };
        if self.metric.grain.months().is_none() {
            return self.closed_weeks(last.end).into_iter().map(week).collect();
        }
        let mut spans: Vec<Span> =
            (0..).map(|back| self.periods_before(last, back)).take_while(|span| span.start >= self.first).collect();
        spans.reverse();
        spans
    }

    /// Returns the unfinished period, if there are data for it.
    pub(crate) fn open(&self) -> Option<Span> {
        let newest = match self.metric.grain.months() {
            Some(_) => self.row_span(self.newest),
            None => week(self.week_of(self.newest)),
        };
        (self.last_closed() != Some(newest)).then_some(newest)
    }

    /// Returns the period that is `back` periods before `span`.
    pub(crate) fn periods_before(&self, span: Span, back: u32) -> Span {
        match self.metric.grain.months() {
            Some(months) => self.row_span(span.start - Months::new(months * back)),
            None => week(span.end - Days::new(7 * u64::from(back))),
        }
    }

    /// Returns the comparable period a year before: a week ended 364 days before, on the same weekday.
    pub(crate) fn year_before(&self, span: Span) -> Span {
        match self.metric.grain.months() {
            Some(months) => self.periods_before(span, 12 / months),
            None => self.periods_before(span, 52),
        }
    }

    /// Returns the span that a row with this date covers.
    fn row_span(&self, date: NaiveDate) -> Span {
        match self.metric.grain {
            Grain::Week => week(self.week_of(date)),
            grain => Span { start: date, end: grain.last_day(date, self.week_ends) },
        }
    }

    /// Returns the closing day of the last week that ended by as-of and whose data are complete.
    ///
    /// Data are complete if they extend as far into the week as usual, or cover as many days as usual: a metric of
    /// working days never has a value on the Sunday on which its week closes, and a weekly one may be dated on any day.
    fn last_closed_week(&self) -> Option<NaiveDate> {
        let newest_week = self.week_of(self.newest);
        let reached = self.reach.is_none_or(|(last, days)| {
            self.position(self.newest) >= last || self.positions(week(newest_week)).count() >= days
        });
        let closing = if newest_week <= self.as_of && reached { newest_week } else { newest_week - Days::new(7) };
        (closing >= self.week_of(self.first)).then_some(closing)
    }

    /// Returns the closing days of all weeks up to the last closed one, oldest first.
    ///
    /// A sum over a first week in whose middle the data begin is incomplete, so that week is left out.
    fn closed_weeks(&self, last: NaiveDate) -> Vec<NaiveDate> {
        let weeks = calendar::closed_weeks(self.first, last, self.week_ends);
        weeks.into_iter().skip(usize::from(self.cuts_first_week())).collect()
    }

    fn cuts_first_week(&self) -> bool {
        self.metric.aggregate == Aggregate::Sum
            && self.usual.iter().position(|usual| *usual).is_some_and(|usual| self.position(self.first) > usual)
    }

    /// Returns the value of `span`, a week or the span of a row; `None` if it has no rows, or if a sum would be
    /// incomplete.
    ///
    /// Rows are aggregated to days first and days to the period (the mean of a week is the mean of its days, however
    /// many rows each has). A day whose cell is empty makes a sum unknown, unless the metric usually has no value on
    /// that weekday; a day without a row does not belong to the metric.
    pub(crate) fn value(&self, span: Span) -> Option<f64> {
        let rows = self.days_of(span);
        let is_unknown = |(date, day): &(NaiveDate, &Day)| day.count == 0 && self.is_usual(*date);
        if self.metric.aggregate == Aggregate::Sum && rows.iter().any(is_unknown) {
            return None;
        }
        self.fold(rows.iter().map(|(_, day)| (*day, 1.0)))
    }

    /// Returns the value of any span of days. Weekly and monthly rows count by the share of their days within it. A
    /// span shorter than a monthly row, or a sum that would lack a row, has no value.
    ///
    /// Worked example: weekly sums of 70 that close on 1, 8 and 15 November add up to 10 + 70 + 70 = 150 for 1 to 15
    /// November.
    ///
    /// The value of a stock is that of its last row in the span; a weekly row that ends after it does not count.
    pub(crate) fn over(&self, span: Span) -> Option<f64> {
        let is_last_of_weeks = self.metric.aggregate == Aggregate::Last && self.metric.grain == Grain::Week;
        if self.metric.grain == Grain::Day || is_last_of_weeks {
            return self.value(span);
        }
        let rows = self.rows_over(span);
        let is_longer = |row: &Span| row.days() > span.days() && self.metric.grain.months().is_some();
        let known: i64 = rows.iter().map(|(_, row)| shared_days(*row, span)).sum();
        let wanted = shared_days(Span { start: self.row_span(self.first).start, end: span.end }, span);
        let lacks = self.metric.aggregate == Aggregate::Sum && known < wanted;
        if lacks || rows.iter().any(|(_, row)| is_longer(row)) {
            return None;
        }
        let is_sum = self.metric.aggregate == Aggregate::Sum;
        self.fold(rows.iter().map(|(day, row)| {
            let days = shared_days(*row, span) as f64;
            (*day, if is_sum { days / row.days() as f64 } else { days })
        }))
    }

    /// Aggregates days with a value, each with its weight: its share of a sum, or its length for a mean.
    fn fold<'d>(&self, days: impl Iterator<Item = (&'d Day, f64)> + Clone) -> Option<f64> {
        let days = || days.clone().filter(|(day, _)| day.count > 0);
        days().next()?;
        let value = match self.metric.aggregate {
            Aggregate::Sum => days().map(|(day, share)| day.sum * share).sum(),
            Aggregate::Mean => {
                let of = |(day, length): (&Day, f64)| day.sum / day.count as f64 * length;
                days().map(of).sum::<f64>() / days().map(|(_, length)| length).sum::<f64>()
            }
            Aggregate::Min => days().map(|(day, _)| day.min).fold(f64::INFINITY, f64::min),
            Aggregate::Max => days().map(|(day, _)| day.max).fold(f64::NEG_INFINITY, f64::max),
            Aggregate::Last => days().last()?.0.last,
            Aggregate::Ratio => {
                let add = |(over, under), (day, share): (&Day, f64)| {
                    (over + day.sum * share, under + day.denominator * share)
                };
                let (over, under) = days().fold((0.0, 0.0), add);
                // In the unit of targets and printed values: a ratio in percent is 100 × the quotient.
                over / under * if in_percent(self.metric) { 100.0 } else { 1.0 }
            }
        };
        value.is_finite().then_some(value)
    }

    /// Returns the rows with a value that cover days of `span`, with the spans they cover.
    fn rows_over(&self, span: Span) -> Vec<(&'a Day, Span)> {
        // A row's date is at most a year before the last day that it covers, and at most a week after it.
        let near = self.days_of(Span { start: span.start - Days::new(366), end: span.end + Days::new(6) });
        let rows = near.iter().filter(|(_, day)| day.count > 0).map(|(date, day)| (*day, self.row_span(*date)));
        rows.filter(|(_, row)| shared_days(*row, span) > 0).collect()
    }

    /// Whether a closed week lacks a day that nearly all weeks have, so that its sum is incomplete.
    pub(crate) fn lacks_days(&self, week: Span) -> bool {
        self.metric.aggregate == Aggregate::Sum && self.has_expected_days() && self.known_days(week) != self.expected
    }

    /// For an incomplete week, returns how many of its expected days it has, and how many are expected.
    pub(crate) fn lacking(&self, week: Span) -> Option<(usize, usize)> {
        let count = |days: [bool; 7]| days.iter().filter(|day| **day).count();
        self.lacks_days(week).then(|| (count(self.known_days(week)), count(self.expected)))
    }

    fn has_expected_days(&self) -> bool {
        self.metric.grain == Grain::Day && self.expected.contains(&true)
    }

    /// Returns which of the expected days of a week have a value.
    fn known_days(&self, week: Span) -> [bool; 7] {
        let mut known = [false; 7];
        for (date, _) in self.days_of(week).iter().filter(|(_, day)| day.count > 0) {
            known[self.position(*date)] = self.expected[self.position(*date)];
        }
        known
    }

    /// Compares two closed periods. Incomplete weeks are compared by the days that both have, if these are at least
    /// half of a week's; a sum whose week began before the data is not compared.
    pub(crate) fn compare(&self, now: Span, then: Span) -> Change {
        let (value, before) = (self.value(now), self.value(then));
        if self.metric.aggregate != Aggregate::Sum || self.metric.grain != Grain::Day {
            return change(self.metric, value, before);
        }
        if !self.has_expected_days() {
            let cut = then.start < self.first && self.cuts_first_week() && then.contains(self.first);
            return change(self.metric, value, before.filter(|_| !cut));
        }
        let (days, days_before) = (self.known_days(now), self.known_days(then));
        let shared: Vec<bool> = days.iter().zip(days_before).map(|(now, then)| *now && then).collect();
        let count = |days: &[bool]| days.iter().filter(|day| **day).count();
        if days == days_before || value.is_none() || before.is_none() {
            return change(self.metric, value, before);
        }
        if 2 * count(&shared) < count(&self.expected) {
            return Change::default();
        }
        let of = |week: Span| {
            let days = self.days_of(week).iter().filter(|(date, _)| shared[self.position(*date)]);
            self.fold(days.map(|(_, day)| (*day, 1.0)))
        };
        change(self.metric, of(now), of(then))
    }

    /// Compares a to-date span with that of a year before (or two months): no change if less than 90 % of the days of
    /// either are known.
    pub(crate) fn compare_covered(&self, now: Span, then: Span) -> Change {
        if self.covered(now) < COVERED || self.covered(then) < COVERED {
            return Change::default();
        }
        change(self.metric, self.over(now), self.over(then))
    }

    /// Whether the data have enough days of a span for its sum or mean.
    pub(super) fn is_known(&self, span: Span) -> bool {
        self.metric.aggregate == Aggregate::Last || self.covered(span) >= COVERED
    }

    /// Returns the first day that a to-date figure includes, if the data begin later than its span.
    pub(super) fn known_since(&self, span: Span) -> Option<NaiveDate> {
        let first = self.first;
        let missing = (self.row_span(first).start - span.start).num_days() as f64 / span.days() as f64;
        (self.metric.aggregate != Aggregate::Last && missing > 1.0 - COVERED).then_some(first)
    }

    /// Returns the share of a span's days that are known.
    fn covered(&self, span: Span) -> f64 {
        if self.metric.grain != Grain::Day {
            let known: i64 = self.rows_over(span).iter().map(|(_, row)| shared_days(*row, span)).sum();
            return known as f64 / span.days() as f64;
        }
        let reached = Span { start: self.first, end: self.newest };
        let spanned = shared_days(reached, span) as f64 / span.days() as f64;
        if !self.has_expected_days() {
            return spanned;
        }
        let wanted = span.start.iter_days().take_while(|date| *date <= span.end);
        let wanted = wanted.filter(|date| self.expected[self.position(*date)]).count();
        let known =
            self.days_of(span).iter().filter(|(date, day)| day.count > 0 && self.expected[self.position(*date)]);
        if wanted == 0 { spanned } else { known.count() as f64 / wanted as f64 }
    }

    /// Returns the last value before `date`, else the first on or after it, with its day.
    pub(crate) fn last_before(&self, date: NaiveDate) -> Option<(NaiveDate, f64)> {
        let known = || self.days.iter().filter(|(_, day)| day.count > 0).map(|(on, day)| (*on, day.last));
        known().take_while(|(on, _)| *on < date).last().or_else(|| known().find(|(on, _)| *on >= date))
    }

    /// Returns the newest day from `date` on at which a running total restarted, with its value then.
    pub(crate) fn last_reset(&self, date: NaiveDate) -> Option<(NaiveDate, f64)> {
        let known: Vec<(NaiveDate, f64)> =
            self.days.iter().filter(|(_, day)| day.count > 0).map(|(on, day)| (*on, day.last)).collect();
        let resets = known.windows(2).filter(|pair| pair[1].0 >= date && is_reset(pair[0].1, pair[1].1));
        resets.last().map(|pair| pair[1])
    }

    fn days_of(&self, span: Span) -> &[(NaiveDate, &'a Day)] {
        let from = &self.days[self.days.partition_point(|(date, _)| *date < span.start)..];
        &from[..from.partition_point(|(date, _)| *date <= span.end)]
    }

    /// Returns the newest weeks before that of the newest day, as many as determine what is usual.
    fn recent_weeks(&self) -> impl Iterator<Item = Span> {
        let (newest, first) = (self.week_of(self.newest), self.week_of(self.first));
        let closings = (1..=RECENT_WEEKS).map(move |back| newest - Days::new(7 * back));
        closings.take_while(move |closing| *closing >= first).map(week)
    }

    /// Returns the days of a week that have a value, as positions in the week.
    fn positions(&self, week: Span) -> impl Iterator<Item = usize> {
        self.days_of(week).iter().filter(|(_, day)| day.count > 0).map(|(date, _)| self.position(*date))
    }

    /// Returns on which weekdays at least half, and on which nearly all, of the recent weeks have a value.
    fn usual_days(&self) -> ([bool; 7], [bool; 7]) {
        let (mut weeks, mut on) = (0, [0; 7]);
        for week in self.recent_weeks() {
            weeks += 1;
            self.positions(week).for_each(|position| on[position] += 1);
        }
        let (percent, least) = EXPECTED;
        let usual = on.map(|count| weeks > 0 && 2 * count >= weeks);
        (usual, on.map(|count| weeks >= least && 100 * count >= percent * weeks))
    }

    /// Returns the median last day, and the median number of days, on which the recent weeks have values.
    fn usual_reach(&self) -> Option<(usize, usize)> {
        let weeks = self.recent_weeks().map(|week| (self.positions(week).last(), self.positions(week).count()));
        let (mut last, mut days): (Vec<usize>, Vec<usize>) =
            weeks.filter_map(|(last, days)| Some((last?, days))).unzip();
        last.sort_unstable();
        days.sort_unstable();
        last.get(last.len() / 2).copied().zip(days.get(days.len() / 2).copied())
    }

    fn is_usual(&self, date: NaiveDate) -> bool {
        self.usual[self.position(date)]
    }

    fn week_of(&self, date: NaiveDate) -> NaiveDate {
        calendar::week_ending(date, self.week_ends)
    }

    /// Returns 0 for the first day of a week, 6 for the closing day.
    fn position(&self, date: NaiveDate) -> usize {
        6 - (self.week_of(date) - date).num_days().clamp(0, 6) as usize
    }
}

/// Returns the seven days that end on `closing`.
fn week(closing: NaiveDate) -> Span {
    Span { start: closing - Days::new(6), end: closing }
}

/// Returns the number of days that two spans have in common.
fn shared_days(one: Span, other: Span) -> i64 {
    ((one.end.min(other.end) - one.start.max(other.start)).num_days() + 1).max(0)
}

/// Whether a running total restarted: it fell to a tenth or less.
pub(crate) fn is_reset(before: f64, now: f64) -> bool {
    now < before && now <= before / 10.0
}

#[cfg(test)]
mod tests;
