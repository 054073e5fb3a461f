//! A burn-up: what is done against what is in scope, the plan, and the forecast as a band.

use chrono::NaiveDate;
use plotters::prelude::*;

use super::lettering::{self, settable};
use super::palette::{self, ACCENT, GREY, HAIRLINE, INK};
use super::shape::{Form, Shape};
use super::sheet::{self, Drawn, Frame, Hand, Label, px, stroke};
use super::{BurnupInput, Chart, Tone};

const WORDS: Hand = Hand { size: 7.0, bold: false, colour: GREY };
/// Points below the zero line, for dates.
const FOOT: f64 = 11.0;

/// Dates and amounts to points on the picture.
struct Scale {
    start: NaiveDate,
    end: NaiveDate,
    top: f64,
    size: (f64, f64),
    most: f64,
}

impl Scale {
    fn x(&self, date: NaiveDate) -> f64 {
        let days = (date.clamp(self.start, self.end) - self.start).num_days() as f64;
        days / (self.end - self.start).num_days().max(1) as f64 * self.size.0
    }

    fn y(&self, amount: f64) -> f64 {
        self.top + self.size.1 * (1.0 - amount / self.most)
    }
}

pub(super) fn burnup(input: &BurnupInput) -> Chart {
    let tone = if input.tone == Tone::Warning { palette::WARNING } else { ACCENT };
    let scale = scale(input);
    let labels = labels(input, &scale, tone);
    let frame = Frame { title: &input.title, alt: &input.alt, width: input.width, height: input.height };
    sheet::draw(&frame, labels, |area| -> Drawn {
        let mut chart = ChartBuilder::on(area)
            .margin_top(px(scale.top))
            .margin_bottom(px(FOOT))
            .margin_right(px(input.width - scale.size.0))
            .build_cartesian_2d(scale.start..scale.end, 0.0..scale.most)?;
        let within = |date: &NaiveDate| (scale.start..=scale.end).contains(date);
        let band: Vec<_> = input.band.iter().filter(|(date, ..)| within(date)).collect();
        let outline = band
            .iter()
            .map(|&&(date, low, ..)| (date, low))
            .chain(band.iter().rev().map(|&&(date, _, _, high)| (date, high)));
        if band.len() > 1 {
            chart.draw_series([Polygon::new(outline.collect::<Vec<_>>(), tone.mix(0.16))])?;
        }
        let foot = input.height - FOOT;
        area.draw(&PathElement::new([(0, px(foot)), (px(scale.size.0), px(foot))], stroke(INK, 0.8)))?;
        let today = scale.x(input.as_of);
        area.draw(&PathElement::new([(px(today), px(scale.top)), (px(today), px(foot))], stroke(HAIRLINE, 0.6)))?;

        let plan = input.plan.iter().copied().filter(|(date, _)| within(date));
        chart.draw_series(DashedLineSeries::new(plan, px(1.2), px(2.0), stroke(GREY, 0.7)))?;
        let scope = input.days.iter().map(|&(date, _, scope)| (date, scope)).filter(|(date, _)| within(date));
        chart.draw_series(LineSeries::new(scope, stroke(GREY, 0.9)))?;
        let median = band.iter().map(|&&(date, _, middle, _)| (date, middle));
        chart.draw_series(DashedLineSeries::new(median, px(3.0), px(1.6), stroke(tone, 0.9)))?;
        let done = input.days.iter().map(|&(date, done, _)| (date, done)).filter(|(date, _)| within(date));
        chart.draw_series(LineSeries::new(done, stroke(tone, 1.7)))?;
        if let Some(&(date, done, _)) = input.days.last() {
            let at = (date.clamp(scale.start, scale.end), done);
            chart.plotting_area().draw(&Shape { at, form: Form::Dot, radius: px(2.4), stroke: 0, colour: tone })?;
        }
        Ok(())
    })
}

/// Room at the right for the labels of lines that run to the edge.
fn scale(input: &BurnupInput) -> Scale {
    let end = input.end.max(input.start.succ_opt().unwrap_or(input.start));
    let amounts = input.days.iter().flat_map(|&(_, done, scope)| [done, scope]);
    let amounts = amounts.chain(input.plan.iter().map(|p| p.1)).chain(input.band.iter().map(|b| b.3));
    let most = amounts.filter(|amount| amount.is_finite()).fold(1.0, f64::max);
    let top = WORDS.leading() + 2.0;
    Scale { start: input.start, end, top, size: (input.width - 4.0, input.height - top - FOOT), most }
}

/// Each label at the first of its places that is free; dates beneath the zero line.
fn labels(input: &BurnupInput, scale: &Scale, tone: RGBColor) -> Vec<Label> {
    let mut labels: Vec<Label> = Vec::new();
    let mut add = |text: &str, hand: Hand, places: &dyn Fn(f64) -> Vec<(f64, f64)>| {
        let text = lettering::shorten(&settable(text), hand.size, hand.bold, input.width);
        let width = hand.width(&text);
        let free = places(width).into_iter().map(|(left, baseline)| {
            let left = left.clamp(0.0, (input.width - width).max(0.0));
            Label::new(&text, left, baseline, hand)
        });
        let mut free = free.filter(|label| {
            let bounds = label.bounds();
            bounds.top >= 0.0
                && bounds.top + bounds.height <= input.height
                && labels.iter().all(|other| bounds.apart(&other.bounds()))
        });
        if let Some(label) = free.next() {
            labels.push(label);
        }
    };
    let base = input.height - 2.0;
    add(&input.start_label, WORDS, &|_| vec![(0.0, base)]);
    add(&input.end_label, WORDS, &|width| vec![(scale.size.0 - width, base)]);
    let bold = Hand { bold: true, ..WORDS };
    add(&input.as_of_label, Hand { colour: INK, ..bold }, &|width| vec![(scale.x(input.as_of) - width / 2.0, base)]);
    if let Some(&(date, done, scope)) = input.days.last() {
        let (x, done_y, scope_y) = (scale.x(date), scale.y(done), scale.y(scope));
        add(&input.done_label, Hand { colour: tone, ..bold }, &|width| {
            vec![
                (x - width - 3.0, done_y - 4.0),
                (x - width - 6.0, done_y - 12.0),
                (x + 5.0, done_y + 9.0),
                (x - width / 2.0, done_y - 6.0),
            ]
        });
        add(&input.scope_label, WORDS, &|width| {
            vec![(x - width, scope_y - 3.0), (x + 3.0, scope_y + 2.5), (x - width, scope_y + 9.0)]
        });
    }
    let beside = |points: Vec<(NaiveDate, f64)>| {
        move |width: f64| {
            let places = points.iter().rev().map(|&(date, amount)| (scale.x(date), scale.y(amount)));
            places.flat_map(|(x, y)| [(x + 4.0, y + 8.0), (x - width - 4.0, y - 3.0)]).collect::<Vec<_>>()
        }
    };
    add(
        &input.band_label,
        Hand { colour: tone, ..WORDS },
        &beside(input.band.iter().map(|&(date, low, ..)| (date, low)).collect()),
    );
    add(&input.plan_label, WORDS, &beside(input.plan.clone()));
    labels
}
