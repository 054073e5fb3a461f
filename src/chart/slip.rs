//! The milestone trend chart: across, the 1:1s; upwards, the date promised at each. A line that rises is a slip.

use chrono::{Duration, NaiveDate};
use plotters::prelude::*;

use super::lettering::{self, settable};
use super::palette::{self, GREY, HAIRLINE, INK};
use super::place::spread;
use super::shape::{Form, Shape};
use super::sheet::{self, Drawn, Frame, px, stroke};
use super::{Chart, Label, SlipInput, SlipLine, TextStyle, Tone};

const WORDS: TextStyle = TextStyle { size: 7.0, bold: false, colour: GREY };
const FOOT: f64 = 11.0;

/// Points between the labels of an axis.
const GAP: f64 = 5.0;

/// Earliest and latest of an axis, and where they stand on the picture.
struct Axis {
    first: NaiveDate,
    last: NaiveDate,
    from: f64,
    to: f64,
}

impl Axis {
    /// At least `days` long.
    fn new(dates: impl Iterator<Item = NaiveDate>, days: i64) -> Option<Self> {
        let (first, last) = dates.fold((NaiveDate::MAX, NaiveDate::MIN), |(a, b), date| (a.min(date), b.max(date)));
        let (first, last) = (first <= last).then_some((first, last))?;
        let missing = (days - (last - first).num_days()).max(0);
        let first = first.checked_sub_signed(Duration::days(missing / 2))?;
        Some(Self { first, last: last.checked_add_signed(Duration::days(missing - missing / 2))?, from: 0.0, to: 0.0 })
    }

    fn at(&self, date: NaiveDate) -> f64 {
        let share = (date - self.first).num_days() as f64 / (self.last - self.first).num_days() as f64;
        self.from + share * (self.to - self.from)
    }
}

pub(super) fn slip(input: &SlipInput) -> Chart {
    let pitch = WORDS.leading();
    let height = input.height.max(FOOT + 8.0 + pitch * input.lines.len() as f64);
    let points = || input.lines.iter().flat_map(|line| &line.points);
    let axes = Axis::new(points().map(|point| point.0), 1).zip(Axis::new(points().map(|point| point.1), 14));
    let frame = Frame { title: &input.title, alt: &input.alt, width: input.width, height };
    let Some((mut across, mut up)) = axes else { return sheet::draw(&frame, Vec::new(), |_| Ok(())) };

    let dates: Vec<(NaiveDate, String)> = input
        .dates
        .iter()
        .filter(|(date, _)| (up.first..=up.last).contains(date))
        .map(|(date, name)| (*date, settable(name)))
        .collect();
    let names = input.lines.iter().map(|line| style(line).width(&settable(&line.name))).fold(0.0, f64::max);
    let names = names.min(input.width * 0.42);
    let left = dates.iter().map(|(_, name)| WORDS.width(name)).fold(8.0, f64::max) + 5.0;
    let right = input.width - names - 10.0;
    (across.from, across.to, up.from, up.to) = (left, right, height - FOOT - 5.0, 6.0);

    let ends: Vec<_> = input.lines.iter().filter_map(|line| Some((line, *line.points.last()?))).collect();
    let wanted: Vec<f64> = ends.iter().map(|(_, (_, date))| up.at(*date) - pitch / 2.0).collect();
    let tops = spread(&wanted, pitch, (0.0, height - FOOT));
    let mut labels = Vec::new();
    for ((line, _), top) in ends.iter().zip(&tops) {
        let style = style(line);
        let name = lettering::shorten(&settable(&line.name), style.size, style.bold, names);
        labels.push(Label::new(&name, right + 10.0, top + pitch - 2.0, style));
    }
    labels.extend(date_labels(&dates, &up));
    labels.extend(meeting_labels(&input.meetings, &across, height - 2.0, input.width));

    sheet::draw(&frame, labels, |area| -> Drawn {
        let mut chart = ChartBuilder::on(area)
            .margin_left(px(left))
            .margin_right(px(input.width - right))
            .margin_top(px(up.to))
            .margin_bottom(px(height - up.from))
            .build_cartesian_2d(across.first..across.last, up.first..up.last)?;
        let rules = dates.iter().map(|&(date, _)| [(across.first, date), (across.last, date)]);
        chart.draw_series(rules.map(|ends| PathElement::new(ends, stroke(HAIRLINE, 0.5))))?;
        area.draw(&PathElement::new(
            [(px(left), px(height - FOOT)), (px(right), px(height - FOOT))],
            stroke(INK, 0.8),
        ))?;
        for ((line, at), top) in ends.iter().zip(&tops) {
            let (colour, loud) = (palette::of(line.tone), line.tone == Tone::Warning);
            chart.draw_series(LineSeries::new(
                line.points.iter().copied(),
                stroke(colour, if loud { 1.6 } else { 0.9 }),
            ))?;
            chart.draw_series(PointSeries::of_element(
                line.points.iter().copied(),
                px(0.9),
                colour,
                &|at, radius, _| Shape { at, form: Form::Dot, radius, stroke: 0, colour },
            ))?;
            let form = if loud { Form::Dot } else { Form::Ring };
            let (radius, stroke_width) = (px(2.0), px(1.0).unsigned_abs());
            chart.plotting_area().draw(&Shape { at: *at, form, radius, stroke: stroke_width, colour })?;
            let (y, middle) = (up.at(at.1), top + pitch / 2.0);
            if (middle - y).abs() > 1.0 {
                let leader = [(px(across.at(at.0) + 3.0), px(y)), (px(right + 9.0), px(middle))];
                area.draw(&PathElement::new(leader, stroke(HAIRLINE, 0.6)))?;
            }
        }
        Ok(())
    })
}

fn style(line: &SlipLine) -> TextStyle {
    TextStyle { colour: palette::of(line.tone), bold: line.tone == Tone::Warning, ..WORDS }
}

/// Promised dates at the left, from the lowest; those that would touch another are left out.
fn date_labels(dates: &[(NaiveDate, String)], up: &Axis) -> Vec<Label> {
    let mut labels: Vec<Label> = Vec::new();
    for (date, name) in dates {
        let label = Label::new(name, 0.0, up.at(*date) + 2.4, WORDS);
        if labels.iter().all(|other| label.bounds().apart(&other.bounds())) {
            labels.push(label);
        }
    }
    labels
}

/// The 1:1s beneath: the last, and every so many before it that there is room for.
fn meeting_labels(meetings: &[(NaiveDate, String)], across: &Axis, baseline: f64, most: f64) -> Vec<Label> {
    let within = meetings.iter().rev().filter(|(date, _)| (across.first..=across.last).contains(date));
    let every: Vec<Label> = within
        .map(|(date, name)| {
            let name = settable(name);
            let width = WORDS.width(&name);
            let left = (across.at(*date) - width / 2.0).clamp(0.0, (most - width).max(0.0));
            Label::new(&name, left, baseline, WORDS)
        })
        .collect();
    let fits = |step: &usize| {
        let chosen: Vec<_> = every.iter().step_by(*step).collect();
        chosen.windows(2).all(|pair| pair[0].bounds().clear_of(&pair[1].bounds(), GAP, 0.0))
    };
    let step = (1..=every.len().max(1)).find(fits).unwrap_or(1);
    every.into_iter().step_by(step).collect()
}
