//! The quarter's time line: a lane an objective, its milestones as diamonds, dates that were agreed against dates
//! that are expected, today, and the span since the last 1:1.

use chrono::NaiveDate;
use plotters::coord::ranged1d::Ranged;
use plotters::prelude::*;

use super::lettering::{self, settable};
use super::palette::{self, BAND, GREY, HAIRLINE, INK};
use super::place::{clear_parts, stagger};
use super::shape::{Form, Shape};
use super::sheet::{self, Area, Drawn, Frame, Hand, Label, points, px, stroke};
use super::{Chart, LabelBox, TimelineInput, Tone};

mod key;
mod lane;
mod mark;

use lane::LaidLane;

const NAME: Hand = Hand { size: 8.0, bold: true, colour: INK };
const CONTEXT: Hand = Hand { size: 7.0, bold: false, colour: GREY };
/// Points above the first lane, for months and today.
const HEAD: f64 = 14.0;

/// Dates to points across the picture; what lies outside the span is drawn at its edge.
#[derive(Clone)]
pub(super) struct Span {
    dates: RangedDate<NaiveDate>,
    start: NaiveDate,
    end: NaiveDate,
    pixels: (i32, i32),
}

impl Span {
    fn new(start: NaiveDate, end: NaiveDate, left: f64, right: f64) -> Self {
        let end = end.max(start.succ_opt().unwrap_or(start));
        Self { dates: (start..end).into(), start, end, pixels: (px(left), px(right)) }
    }

    fn x(&self, date: NaiveDate) -> f64 {
        points(self.dates.map(&date.clamp(self.start, self.end), self.pixels))
    }

    fn left(&self) -> f64 {
        points(self.pixels.0)
    }

    fn right(&self) -> f64 {
        points(self.pixels.1)
    }
}

pub(super) fn timeline(input: &TimelineInput) -> Chart {
    let names = (input.width * 0.22).clamp(60.0, 120.0);
    let outcomes = match input.lanes.iter().any(|lane| lane.outcome.is_some()) {
        true => (input.width * 0.16).clamp(48.0, 92.0),
        false => 0.0,
    };
    let span = Span::new(input.start, input.end, names + 8.0, input.width - outcomes - 12.0);
    let today = span.x(input.as_of);

    let mut labels = head(input, &span);
    let mut top = HEAD;
    let mut numbers = 1;
    let mut lanes: Vec<LaidLane> = Vec::new();
    for lane in &input.lanes {
        let laid = LaidLane::new(lane, top, &span, (names, outcomes), today, &mut numbers);
        top += laid.height;
        lanes.push(laid);
    }
    let bottom = top;
    let keys = lanes.iter().flat_map(|lane| lane.keys.iter().cloned()).collect::<Vec<_>>();
    let (key_labels, height) = key::columns(&keys, bottom, input.width);
    labels.extend(lanes.iter_mut().flat_map(|lane| std::mem::take(&mut lane.labels)));
    labels.extend(key_labels);

    let frame = Frame { title: &input.title, alt: &input.alt, width: input.width, height };
    let boxes: Vec<LabelBox> = labels.iter().map(Label::bounds).collect();
    sheet::draw(&frame, labels, |area| {
        let plot =
            area.apply_coord_spec(Cartesian2d::<RangedDate<NaiveDate>, plotters::coord::types::RangedCoordf64>::new(
                span.start..span.end,
                0.0..height,
                (span.pixels.0..span.pixels.1, 0..px(height)),
            ));
        if let Some((since, _)) = &input.since {
            let corners = [
                (since.clamp(&span.start, &span.end).to_owned(), HEAD),
                (input.as_of.clamp(span.start, span.end), bottom),
            ];
            plot.draw(&Rectangle::new(corners, BAND.mix(0.8).filled()))?;
        }
        for (month, _) in &input.months {
            rule(area, span.x(*month), (HEAD - 10.0, bottom), &boxes, stroke(HAIRLINE, 0.5))?;
        }
        for lane in &lanes {
            lane.line(area, &span)?;
        }
        rule(area, today, (HEAD - 10.0, bottom), &boxes, stroke(INK, 1.0))?;
        lanes.iter().try_for_each(|lane| lane.draw(area))
    })
}

/// A vertical line that gives way to labels.
fn rule(area: &Area, x: f64, reach: (f64, f64), labels: &[LabelBox], style: ShapeStyle) -> Drawn {
    clear_parts(x, reach, labels)
        .into_iter()
        .try_for_each(|(from, to)| area.draw(&PathElement::new([(px(x), px(from)), (px(x), px(to))], style)))
}

/// Today, the last 1:1, the months and the title of the outcomes: whatever comes first keeps its place.
fn head(input: &TimelineInput, span: &Span) -> Vec<Label> {
    let baseline = HEAD - 4.0;
    let bold = Hand { bold: true, colour: INK, ..CONTEXT };
    let mut labels: Vec<Label> = Vec::new();
    let add = |text: &str, hand: Hand, lefts: &dyn Fn(f64) -> Vec<f64>, right: f64, labels: &mut Vec<Label>| {
        let text = settable(text);
        let width = hand.width(&text);
        let free = lefts(width).into_iter().find(|&left| {
            left >= 0.0
                && left + width <= right
                && labels.iter().all(|other| left + width + 4.0 <= other.left || other.left + other.width + 4.0 <= left)
        });
        if let Some(left) = free {
            labels.push(Label::new(&text, left, baseline, hand));
        }
    };
    let outcome_left = span.right() + 16.0;
    if input.lanes.iter().any(|lane| lane.outcome.is_some()) {
        let title =
            lettering::shorten(&settable(&input.outcome_title), CONTEXT.size, false, input.width - outcome_left);
        add(&title, CONTEXT, &|_| vec![outcome_left], input.width, &mut labels);
    }
    let today = span.x(input.as_of);
    let months: Vec<f64> = input.months.iter().map(|(month, _)| span.x(*month)).collect();
    let on_month =
        |left: f64, width: f64| months.iter().any(|&month| month < left + width + 4.0 && left < month + 18.0);
    let beside_today = |width: f64| {
        let (right, left) = (today + 2.5, today - 2.5 - width);
        if on_month(right, width) && !on_month(left, width) { vec![left, right] } else { vec![right, left] }
    };
    add(&input.as_of_label, bold, &beside_today, span.right() + 12.0, &mut labels);
    for (month, name) in &input.months {
        add(name, CONTEXT, &|_| vec![span.x(*month) + 2.5], span.right() + 12.0, &mut labels);
    }
    if let Some((since, name)) = &input.since {
        let x = span.x(*since);
        add(name, CONTEXT, &|width| vec![x - width - 2.0, x + 2.0], span.right() + 12.0, &mut labels);
    }
    labels
}
