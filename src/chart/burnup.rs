//! A burn-up chart: finished work against scope, the plan, and the forecast as a band.

use chrono::NaiveDate;
use plotters::prelude::*;

use super::lettering::{self, settable};
use super::palette::{self, ACCENT, GREY, HAIRLINE, INK};
use super::shape::{Form, Shape};
use super::sheet::{self, Drawn, Frame, px, stroke};
use super::{BurnupInput, Chart, Label, LabelBox, Spot, TextStyle, Tone};

const LABEL: TextStyle = TextStyle { size: 7.0, bold: false, colour: GREY };
/// Points below the zero line, for dates.
const FOOT: f64 = 12.5;

/// Points above the largest amount, for a label, and on the right, for half a dot.
const TOP: f64 = 10.0;
const RIGHT: f64 = 4.0;

/// Maps dates and amounts to points on the picture.
struct Scale {
    start: NaiveDate,
    end: NaiveDate,
    today: NaiveDate,
    max: f64,
    width: f64,
    height: f64,
}

impl Scale {
    fn new(input: &BurnupInput) -> Self {
        let end = input.end.max(input.start.succ_opt().unwrap_or(input.start));
        let days = input.days.iter().flat_map(|&(_, done, scope)| [done, scope]);
        let amounts = days.chain(input.plan.iter().map(|plan| plan.1)).chain(input.band.iter().map(|band| band.3));
        Self {
            start: input.start,
            end,
            today: input.as_of.clamp(input.start, end),
            max: amounts.filter(|amount| amount.is_finite()).fold(1.0, f64::max),
            width: input.width - RIGHT,
            height: input.height,
        }
    }

    fn has(&self, date: NaiveDate) -> bool {
        (self.start..=self.end).contains(&date)
    }

    fn x(&self, date: NaiveDate) -> f64 {
        let days = (self.end - self.start).num_days() as f64;
        (date - self.start).num_days() as f64 / days * self.width
    }

    fn y(&self, amount: f64) -> f64 {
        self.height - FOOT - amount / self.max * (self.height - FOOT - TOP)
    }

    fn point(&self, &(date, amount): &(NaiveDate, f64)) -> (f64, f64) {
        (self.x(date), self.y(amount))
    }
}

type Line = Vec<(NaiveDate, f64)>;

/// The lines of the chart, limited to its dates.
struct Lines {
    done: Line,
    scope: Line,
    plan: Line,
    low: Line,
    median: Line,
    high: Line,
}

impl Lines {
    fn new(input: &BurnupInput, scale: &Scale) -> Self {
        let within = |points: &mut dyn Iterator<Item = (NaiveDate, f64)>| -> Line {
            points.filter(|(date, amount)| (scale.start..=scale.end).contains(date) && amount.is_finite()).collect()
        };
        let done = within(&mut input.days.iter().map(|&(date, done, _)| (date, done)));
        // The forecast starts at the work done today.
        let now = done.last().copied().filter(|now| input.band.first().is_some_and(|band| now.0 < band.0));
        let ahead = |amount: fn(&(NaiveDate, f64, f64, f64)) -> f64| {
            within(&mut now.into_iter().chain(input.band.iter().map(|band| (band.0, amount(band)))))
        };
        Self {
            scope: within(&mut input.days.iter().map(|&(date, _, scope)| (date, scope))),
            plan: within(&mut input.plan.iter().copied()),
            low: ahead(|band| band.1),
            median: ahead(|band| band.2),
            high: ahead(|band| band.3),
            done,
        }
    }

    /// Returns closely spaced points along all lines, so that the overlap of a label can be counted.
    fn points_on_lines(&self, scale: &Scale) -> Vec<(f64, f64)> {
        let drawn = [&self.done, &self.scope, &self.plan, &self.low, &self.median, &self.high];
        let mut lines: Vec<Vec<(f64, f64)>> =
            drawn.iter().map(|line| line.iter().map(|point| scale.point(point)).collect()).collect();
        let today = scale.x(scale.today);
        lines.push(vec![(today, scale.y(0.0)), (today, scale.y(scale.max))]);
        if let Some(&(_, scope)) = self.scope.last() {
            lines.push(vec![(today, scale.y(scope)), (scale.width, scale.y(scope))]);
        }
        let inside = self.low.iter().zip(&self.high).map(|(low, high)| vec![scale.point(low), scale.point(high)]);
        lines.extend(inside);
        lines.iter().flat_map(|line| line.windows(2)).flat_map(|pair| along(pair[0], pair[1])).collect()
    }
}

/// Returns points from `from` to `to`, about 1.5 points apart.
fn along(from: (f64, f64), to: (f64, f64)) -> impl Iterator<Item = (f64, f64)> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let steps = (dx.hypot(dy) / 1.5).ceil().clamp(1.0, 1000.0) as u32;
    (0..=steps).map(move |step| {
        let share = f64::from(step) / f64::from(steps);
        (from.0 + share * dx, from.1 + share * dy)
    })
}

pub fn burnup(input: &BurnupInput) -> Chart {
    let tone = if input.tone == Tone::Warning { palette::WARNING } else { ACCENT };
    let scale = Scale::new(input);
    let lines = Lines::new(input, &scale);
    let labels = labels(input, &scale, &lines, tone);
    let frame = Frame { title: &input.title, alt: &input.alt, width: input.width, height: input.height };
    let spots = spots(input, &scale);
    let chart = sheet::draw(&frame, labels, |area| -> Drawn {
        let mut chart = ChartBuilder::on(area)
            .margin_top(px(TOP))
            .margin_bottom(px(FOOT))
            .margin_right(px(RIGHT))
            .build_cartesian_2d(scale.start..scale.end, 0.0..scale.max)?;
        if lines.low.len() > 1 {
            let outline = lines.low.iter().chain(lines.high.iter().rev()).copied().collect::<Vec<_>>();
            chart.draw_series([Polygon::new(outline, tone.mix(0.16))])?;
        }
        chart.draw_series([
            PathElement::new([(scale.start, 0.0), (scale.end, 0.0)], stroke(INK, 0.8)),
            PathElement::new([(scale.today, 0.0), (scale.today, scale.max)], stroke(INK, 0.6)),
        ])?;
        if let Some(&(from, scope)) = lines.scope.last() {
            chart.draw_series([PathElement::new([(from, scope), (scale.end, scope)], stroke(HAIRLINE, 0.9))])?;
        }
        chart.draw_series(DashedLineSeries::new(lines.plan.clone(), px(1.2), px(2.0), stroke(GREY, 0.7)))?;
        chart.draw_series(LineSeries::new(lines.scope.clone(), stroke(GREY, 0.9)))?;
        chart.draw_series(DashedLineSeries::new(lines.median.clone(), px(3.0), px(1.6), stroke(tone, 0.9)))?;
        chart.draw_series(LineSeries::new(lines.done.clone(), stroke(tone, 1.6)))?;
        for (mark, form, radius) in [(&input.agreed, Form::Ring, 2.2), (&input.forecast, Form::HollowDiamond, 3.8)] {
            if let Some((date, _)) = mark.as_ref().filter(|(date, _)| scale.has(*date)) {
                let shape =
                    Shape { at: (*date, 0.0), form, radius: px(radius), stroke: px(1.0).unsigned_abs(), colour: tone };
                chart.plotting_area().draw(&shape)?;
            }
        }
        if let Some(&at) = lines.done.last() {
            chart.plotting_area().draw(&Shape { at, form: Form::Dot, radius: px(2.4), stroke: 0, colour: tone })?;
        }
        Ok(())
    });
    Chart { spots, ..chart }
}

/// Returns a strip with a tooltip for each day that has a text, as wide as the smallest distance between two.
fn spots(input: &BurnupInput, scale: &Scale) -> Vec<Spot> {
    let (top, height) = (TOP, scale.height - FOOT - TOP);
    let places: Vec<f64> = input.said.iter().map(|(day, _)| scale.x(*day)).collect();
    let width = places.windows(2).map(|pair| pair[1] - pair[0]).fold(40.0, f64::min);
    let spot = |(x, (_, says)): (&f64, &(NaiveDate, String))| {
        let left = (x - width / 2.0).max(0.0);
        Spot { left, top, width, height, says: says.clone() }
    };
    places.iter().zip(&input.said).map(spot).collect()
}

/// Places each label where it touches no other and covers as little of the lines as possible. A label without such a
/// place is left out.
fn labels(input: &BurnupInput, scale: &Scale, lines: &Lines, tone: RGBColor) -> Vec<Label> {
    let mut points_on_lines = lines.points_on_lines(scale);
    points_on_lines.sort_by(|a, b| a.0.total_cmp(&b.0));
    // The points are sorted from left to right, so that only those above and below a label are examined.
    let between = |left: f64, right: f64| {
        let from = points_on_lines.partition_point(|(x, _)| *x < left);
        points_on_lines.iter().skip(from).take_while(move |(x, _)| *x <= right)
    };
    let mut labels: Vec<Label> = Vec::new();
    let mut taken: Vec<LabelBox> = Vec::new();
    // Returns whether the label was placed.
    let mut add = |text: &str, style: TextStyle, places: &dyn Fn(f64) -> Vec<(f64, f64)>| -> bool {
        let text = lettering::shorten(&settable(text), style.size, style.bold, input.width);
        if text.is_empty() {
            return true;
        }
        let width = style.width(&text);
        let candidates = places(width).into_iter().enumerate().filter_map(|(rank, (left, baseline))| {
            let left = left.clamp(0.0, input.width - width);
            let bounds = style.bounds(left, baseline, width);
            let inside = bounds.top >= 0.0 && bounds.top + bounds.height <= input.height;
            if !inside || taken.iter().any(|other| !bounds.clear_of(other, 2.5, 1.0)) {
                return None;
            }
            let wide = LabelBox { left: left - 2.0, width: width + 4.0, ..bounds };
            let covered =
                between(wide.left - 1.0, wide.left + wide.width + 1.0).filter(|&&point| wide.covers(point)).count();
            Some((8 * covered + rank, left, baseline))
        });
        let Some((_, left, baseline)) = candidates.min_by_key(|(cost, ..)| *cost) else { return false };
        taken.push(style.bounds(left, baseline, width));
        labels.push(Label::new(&text, left, baseline, style));
        true
    };
    let base = input.height - 2.0;
    let bold = TextStyle { bold: true, ..LABEL };
    let today = scale.x(scale.today);
    add(&input.as_of_label, TextStyle { colour: INK, ..bold }, &|width| vec![(today - width / 2.0, base)]);
    add(&input.start_label, LABEL, &|_| vec![(0.0, base)]);
    for (mark, bold) in [(&input.forecast, true), (&input.agreed, false)] {
        let Some((date, ways)) = mark.as_ref().filter(|(date, _)| scale.has(*date)) else { continue };
        let at = scale.x(*date);
        let style = TextStyle { colour: tone, bold, ..LABEL };
        let places = |width: f64| vec![(at - width / 2.0, base), (at - width + 4.0, base), (at - 4.0, base)];
        let _ = ways.iter().any(|way| add(way, style, &places));
    }
    add(&input.end_label, LABEL, &|width| vec![(scale.width - width, base)]);
    if let (Some(done), Some(scope)) = (lines.done.last(), lines.scope.last()) {
        let ((x, y), (_, scope)) = (scale.point(done), scale.point(scope));
        add(&input.done_label, TextStyle { colour: tone, ..bold }, &|width| {
            let above = [4.0, 8.0, 12.0].map(|up| (x - width - 3.0, y - up));
            let below = [9.0, 12.0].map(|down| (x + 4.0, y + down));
            above.into_iter().chain(below).chain([(x - width / 2.0, y - 6.0), (x - width / 2.0, y + 11.0)]).collect()
        });
        add(&input.scope_label, LABEL, &|width| {
            let along = (1..=4).map(|step| (x - width - 3.0) * (1.0 - f64::from(step) / 4.0));
            let lefts = [scale.width - width, x + 3.0, x - width - 3.0].into_iter().chain(along);
            lefts.flat_map(|left| [(left, scope - 2.5), (left, scope + 8.0)]).collect()
        });
    }
    let beside = |upper: &Line, lower: &Line, width: f64| -> Vec<(f64, f64)> {
        let above = upper.iter().rev().map(|point| scale.point(point)).map(|(x, y)| (x - width - 2.0, y - 2.0));
        let below = lower.iter().rev().map(|point| scale.point(point)).map(|(x, y)| (x + 2.0, y + 8.0));
        below.zip(above).flat_map(|(below, above)| [below, above]).collect()
    };
    let fan: (Line, Line) = (with_points_between(&lines.high), with_points_between(&lines.low));
    add(&input.band_label, TextStyle { colour: tone, ..LABEL }, &|width| beside(&fan.0, &fan.1, width));
    let plan = with_points_between(&lines.plan);
    add(&input.plan_label, LABEL, &|width| beside(&plan, &plan, width));
    labels
}

/// Returns the line with a point for every other day, so that a label can be placed anywhere along it.
fn with_points_between(line: &Line) -> Line {
    let mut points = Vec::new();
    for pair in line.windows(2) {
        let [(from, low), (to, high)] = [pair[0], pair[1]];
        let days = (to - from).num_days();
        for day in (0..days).step_by(2) {
            let share = day as f64 / days as f64;
            points.push((from + chrono::Duration::days(day), low + share * (high - low)));
        }
    }
    points.extend(line.last());
    points
}
