//! One milestone on its lane: its form, the positions of its dates, and the bars between them.

use super::layout::Layout;
use crate::chart::palette::{self, GREY, INK};
use crate::chart::shape::{Form, Shape};
use crate::chart::sheet::{Area, Drawn, px, stroke};
use crate::chart::{Mark, Tone};
use chrono::NaiveDate;
use plotters::prelude::*;

/// Half the width of a diamond, in points.
pub(super) const RADIUS: f64 = 4.6;

/// A mark with its dates as horizontal points.
pub(super) struct LaidMark<'a> {
    pub mark: &'a Mark,
    /// Position of its diamond.
    pub x: f64,
    /// Number of marks stacked below it.
    pub level: usize,
    original: Option<f64>,
    agreed: Option<f64>,
    /// The edge beyond which its date lies, if any.
    beyond: Option<Form>,
    /// Positions of the dates expected at the last 1:1s, newest first, and the edge beyond which each lies, if any.
    history: Vec<(f64, Option<Form>)>,
}

/// Points from one 1:1 to the next in a milestone's history, and the radius of the dot of each.
const MEETING: f64 = 5.5;
const DOT: f64 = 1.5;

impl<'a> LaidMark<'a> {
    /// Returns `None` if the milestone has no date.
    pub(crate) fn new(mark: &'a Mark, layout: &Layout) -> Option<Self> {
        let date = mark.done_on.or(mark.expected).or(mark.agreed).or(mark.original)?;
        let beyond = |date: NaiveDate| match date {
            date if date < layout.start => Some(Form::ArrowLeft),
            date if date > layout.end => Some(Form::ArrowRight),
            _ => None,
        };
        let x = layout.x(date);
        let place = |date: Option<NaiveDate>| date.map(|date| layout.x(date));
        // A date that the diamond would cover is not drawn; the note has it.
        let clear = |other: &f64| (other - x).abs() > RADIUS;
        let agreed = place(mark.agreed).filter(clear);
        let original = place(mark.original).filter(|&original| (original - agreed.unwrap_or(x)).abs() > RADIUS);
        let history = mark.history.iter().rev().map(|&(then, _)| (layout.x(then), beyond(then))).collect();
        Some(Self { mark, x, level: 0, original, agreed, beyond: beyond(date), history })
    }

    /// Returns how far its history extends above its line, in points.
    pub(crate) fn history_height(&self) -> f64 {
        if self.history.is_empty() { 0.0 } else { DOT + MEETING * self.history.len() as f64 }
    }

    /// Returns the latest date of its history beyond the right edge, in words, and its height above the line.
    pub(crate) fn history_past_edge(&self) -> Option<(&str, f64)> {
        let heights = (1..).map(|nth| MEETING * f64::from(nth));
        let dates = self.mark.history.iter().rev().zip(&self.history).zip(heights);
        let past = dates.filter(|((_, (_, beyond)), _)| *beyond == Some(Form::ArrowRight));
        past.max_by_key(|(((date, _), _), _)| *date).map(|(((_, words), _), height)| (words.as_str(), height))
    }

    /// Draws a dot for the date at each of the last 1:1s, the oldest on top. The line between them is vertical if the
    /// date held and slanted if it moved.
    pub(crate) fn draw_history(&self, area: &Area, y: f64) -> Drawn {
        let held = self.history.iter().all(|(x, _)| (x - self.x).abs() < 0.05);
        let colour = match (held || self.mark.dropped, self.mark.slips && self.mark.tone == Tone::Warning) {
            (true, _) => GREY,
            (false, true) => palette::WARNING,
            (false, false) => INK,
        };
        let mut last = (self.x, y);
        for ((x, beyond), nth) in self.history.iter().zip(1..) {
            let at = (*x, y - MEETING * f64::from(nth));
            let ends = [(px(last.0), px(last.1)), (px(at.0), px(at.1))];
            if held {
                for part in [0.25, 0.55, 0.85] {
                    let dot = |share: f64| (px(at.0), px(last.1 + (at.1 - last.1) * share));
                    area.draw(&PathElement::new([dot(part - 0.08), dot(part + 0.08)], stroke(GREY, 0.7)))?;
                }
            } else {
                area.draw(&PathElement::new(ends, stroke(colour, 1.05)))?;
            }
            last = at;
            let form = beyond.unwrap_or(Form::Dot);
            let radius = if beyond.is_some() {
                1.8
            } else if held {
                1.05
            } else {
                DOT
            };
            area.draw(&Shape { at: (px(at.0), px(at.1)), form, radius: px(radius), stroke: 0, colour })?;
        }
        Ok(())
    }

    /// Returns its leftmost and rightmost point.
    pub(crate) fn extent(&self) -> (f64, f64) {
        let dates = [self.original, self.agreed].into_iter().flatten();
        let (left, right) = dates.fold((self.x, self.x), |(left, right), x| (left.min(x), right.max(x)));
        (left - RADIUS, right + RADIUS)
    }

    /// Draws quiet dots from the original to the agreed date, and a bar from the agreed to the expected date.
    pub(crate) fn draw(&self, area: &Area, y: f64) -> Drawn {
        let colour = palette::of(self.mark.tone);
        let shape = |x: f64, form: Form, radius: f64, colour: RGBColor, width: f64| Shape {
            at: (px(x), px(y)),
            form,
            radius: px(radius),
            stroke: px(width).unsigned_abs(),
            colour,
        };
        let level =
            |from: f64, to: f64, style: ShapeStyle| PathElement::new([(px(from), px(y)), (px(to), px(y))], style);
        let agreed = self.agreed.unwrap_or(self.x);
        if let Some(original) = self.original {
            let (from, to) = (original.min(agreed), original.max(agreed));
            for x in (0..).map(|step| from + 2.4 * f64::from(step)).take_while(|&x| x < to - 1.2) {
                area.draw(&level(x, x + 1.0, stroke(GREY, 0.8)))?;
            }
            area.draw(&shape(original, Form::Tick, 2.0, GREY, 0.8))?;
        }
        if self.agreed.is_some() {
            let late = self.x > agreed;
            area.draw(&level(agreed, self.x, if late { stroke(colour, 1.9) } else { stroke(GREY, 0.6) }))?;
            area.draw(&shape(agreed, Form::Ring, 2.2, if late { colour } else { GREY }, 0.9))?;
        }
        let radius = RADIUS;
        let form = if self.mark.done_on.is_some() { Form::Diamond } else { Form::HollowDiamond };
        area.draw(&shape(self.x, form, radius, colour, 1.2))?;
        if self.mark.foreign {
            let inner = if self.mark.done_on.is_some() { palette::PAPER } else { colour };
            area.draw(&shape(self.x, Form::Diamond, 1.9, inner, 0.0))?;
        }
        if self.mark.dropped {
            area.draw(&shape(self.x, Form::Slash, radius + 1.5, colour, 1.0))?;
        }
        if let Some(arrow) = self.beyond {
            let side = if arrow == Form::ArrowLeft { -1.0 } else { 1.0 };
            area.draw(&shape(self.x + side * (radius + 2.8), arrow, 1.6, colour, 0.0))?;
        }
        Ok(())
    }
}
