//! The milestone trend chart: across, the 1:1s; upwards, the date promised at each. A line that rises is a slip.

use chrono::NaiveDate;
use plotters::prelude::*;

use super::lettering::{self, settable};
use super::palette::{self, GREY, HAIRLINE, INK};
use super::place::spread;
use super::shape::{Form, Shape};
use super::sheet::{self, Drawn, Frame, Hand, Label, px, stroke};
use super::{Chart, SlipInput, Tone};

const WORDS: Hand = Hand { size: 7.0, bold: false, colour: GREY };
const FOOT: f64 = 11.0;

pub(super) fn slip(input: &SlipInput) -> Chart {
    let meetings = reach(input.lines.iter().flat_map(|line| line.points.iter().map(|point| point.0)));
    let promises = reach(
        input
            .lines
            .iter()
            .flat_map(|line| line.points.iter().map(|point| point.1))
            .chain(input.dates.iter().map(|d| d.0)),
    );
    let pitch = WORDS.leading();
    let height = input.height.max(FOOT + 6.0 + pitch * input.lines.len() as f64);
    let dates = input.dates.iter().map(|(_, name)| WORDS.width(&settable(name))).fold(0.0, f64::max);
    let (left, names) = (dates + 6.0, input.width * 0.34);
    let right = input.width - names - 8.0;
    let (top, bottom) = (6.0, height - FOOT);
    let y = |date: NaiveDate| {
        let days = (promises.1 - promises.0).num_days().max(1) as f64;
        bottom - 4.0 - (date - promises.0).num_days() as f64 / days * (bottom - 4.0 - top)
    };
    let x = |date: NaiveDate| {
        let days = (meetings.1 - meetings.0).num_days().max(1) as f64;
        left + (date - meetings.0).num_days() as f64 / days * (right - left)
    };

    let mut labels = Vec::new();
    let ends: Vec<_> = input.lines.iter().filter_map(|line| Some((line, *line.points.last()?))).collect();
    let wanted: Vec<f64> = ends.iter().map(|(_, (_, date))| y(*date) - pitch / 2.0).collect();
    let tops = spread(&wanted, pitch, (0.0, bottom));
    for ((line, _), top) in ends.iter().zip(&tops) {
        let hand = Hand { colour: palette::of(line.tone), bold: line.tone == Tone::Warning, ..WORDS };
        let name = lettering::shorten(&settable(&line.name), hand.size, hand.bold, names);
        labels.push(Label::new(&name, right + 8.0, top + pitch - 2.0, hand));
    }
    along(&mut labels, input.dates.iter().map(|(date, name)| (name, 0.0, y(*date) + 2.4)));
    along(&mut labels, input.meetings.iter().map(|(date, name)| (name, x(*date) - 6.0, height - 2.0)));

    let frame = Frame { title: &input.title, alt: &input.alt, width: input.width, height };
    sheet::draw(&frame, labels, |area| -> Drawn {
        let mut chart = ChartBuilder::on(area)
            .margin_left(px(left))
            .margin_right(px(input.width - right))
            .margin_top(px(top))
            .margin_bottom(px(height - bottom + 4.0))
            .build_cartesian_2d(meetings.0..meetings.1, promises.0..promises.1)?;
        for (date, _) in &input.dates {
            chart.draw_series([PathElement::new([(meetings.0, *date), (meetings.1, *date)], stroke(HAIRLINE, 0.5))])?;
        }
        area.draw(&PathElement::new([(px(left), px(bottom)), (px(right), px(bottom))], stroke(INK, 0.8)))?;
        for ((line, (_, date)), top) in ends.iter().zip(&tops) {
            let colour = palette::of(line.tone);
            let width = if line.tone == Tone::Warning { 1.6 } else { 1.0 };
            chart.draw_series(LineSeries::new(line.points.iter().copied(), stroke(colour, width)))?;
            let form = if line.tone == Tone::Warning { Form::Dot } else { Form::Ring };
            chart.draw_series(line.points.iter().map(|&at| Shape {
                at,
                form,
                radius: px(1.6),
                stroke: px(0.9).unsigned_abs(),
                colour,
            }))?;
            let middle = top + pitch / 2.0;
            if (middle - y(*date)).abs() > 1.0 {
                area.draw(&PathElement::new(
                    [(px(right + 3.0), px(y(*date))), (px(right + 7.0), px(middle))],
                    stroke(HAIRLINE, 0.5),
                ))?;
            }
        }
        Ok(())
    })
}

/// Earliest and latest, never the same day.
fn reach(dates: impl Iterator<Item = NaiveDate>) -> (NaiveDate, NaiveDate) {
    let (first, last) =
        dates.fold((NaiveDate::MAX, NaiveDate::MIN), |(first, last), date| (first.min(date), last.max(date)));
    if first > last {
        return (NaiveDate::default(), NaiveDate::default() + chrono::Days::new(1));
    }
    (first, last.max(first.succ_opt().unwrap_or(first)))
}

/// Adds the labels of an axis, leaving out what would touch a label that is there already.
fn along<'a>(labels: &mut Vec<Label>, axis: impl Iterator<Item = (&'a String, f64, f64)>) {
    for (name, left, baseline) in axis {
        let label = Label::new(&settable(name), left, baseline, WORDS);
        let bounds = label.bounds();
        if labels.iter().map(Label::bounds).all(|other| bounds.apart(&other)) {
            labels.push(label);
        }
    }
}
