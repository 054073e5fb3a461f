//! One milestone on its lane: which form it takes, where its dates lie, and the bars between them.

use plotters::prelude::*;

use super::*;
use crate::chart::Mark;

/// Half the width of a diamond, in points.
pub(super) const RADIUS: f64 = 4.2;

/// A mark with its dates as points across the picture.
pub(super) struct LaidMark {
    /// Where its diamond stands.
    pub x: f64,
    /// How many marks of the same days stand below it.
    pub level: usize,
    original: Option<f64>,
    agreed: Option<f64>,
    form: Form,
    /// Which edge its date lies beyond.
    beyond: Option<Form>,
    tone: Tone,
    foreign: bool,
}

impl LaidMark {
    /// None where the milestone has no date at all.
    pub fn new(mark: &Mark, span: &Span) -> Option<Self> {
        let date = mark.done_on.or(mark.expected).or(mark.agreed).or(mark.original)?;
        let done = mark.done_on.is_some();
        let beyond = match date {
            date if date < span.start => Some(Form::ArrowLeft),
            date if date > span.end => Some(Form::ArrowRight),
            _ => None,
        };
        Some(Self {
            x: span.x(date),
            level: 0,
            original: mark
                .original
                .filter(|&original| mark.agreed.is_some_and(|agreed| agreed != original))
                .map(|d| span.x(d)),
            agreed: mark.agreed.filter(|&agreed| agreed != date).map(|d| span.x(d)),
            form: if done { Form::Diamond } else { Form::HollowDiamond },
            beyond,
            tone: mark.tone,
            foreign: mark.foreign,
        })
    }

    /// From its leftmost to its rightmost ink.
    pub fn extent(&self) -> (f64, f64) {
        let dates = [Some(self.x), self.original, self.agreed];
        let (left, right) = dates.into_iter().flatten().fold((self.x, self.x), |(l, r), x| (l.min(x), r.max(x)));
        (left - RADIUS, right + RADIUS)
    }

    /// Quiet dots from the original to the agreed date, a bar from the agreed date to the one expected now.
    pub fn draw(&self, area: &Area, y: f64) -> Drawn {
        let colour = palette::of(self.tone);
        let shape = |x: f64, form: Form, radius: f64, colour: RGBColor, width: f64| Shape {
            at: (px(x), px(y)),
            form,
            radius: px(radius),
            stroke: px(width).unsigned_abs(),
            colour,
        };
        let agreed = self.agreed.unwrap_or(self.x);
        if let Some(original) = self.original {
            let (from, to) = (original.min(agreed), original.max(agreed));
            let dots = (0..).map(|step| from + 2.4 * f64::from(step)).take_while(|&x| x < to - 1.2);
            for x in dots {
                area.draw(&PathElement::new([(px(x), px(y)), (px(x + 1.0), px(y))], stroke(GREY, 0.8)))?;
            }
            area.draw(&shape(original, Form::Tick, 2.0, GREY, 0.8))?;
        }
        if let Some(agreed) = self.agreed {
            let late = self.x > agreed;
            let bar = if late { stroke(colour, 2.2) } else { stroke(GREY, 0.6) };
            area.draw(&PathElement::new([(px(agreed), px(y)), (px(self.x), px(y))], bar))?;
            area.draw(&shape(agreed, Form::Ring, 1.9, if late { colour } else { GREY }, 0.9))?;
        }
        let radius = if self.foreign { RADIUS - 1.3 } else { RADIUS };
        area.draw(&shape(self.x, self.form, radius, colour, 1.1))?;
        if let Some(arrow) = self.beyond {
            let side = if arrow == Form::ArrowLeft { -1.0 } else { 1.0 };
            area.draw(&shape(self.x + side * (radius + 2.6), arrow, 1.6, colour, 0.5))?;
        }
        Ok(())
    }
}
