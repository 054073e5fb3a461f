//! One milestone on its lane: which form it takes, where its dates lie, and the bars between them.

use super::*;

/// Half the width of a diamond, in points.
pub(super) const RADIUS: f64 = 4.2;

/// A mark with its dates as points across the picture.
pub(super) struct LaidMark<'a> {
    pub mark: &'a Mark,
    /// Where its diamond stands.
    pub x: f64,
    /// How many marks of the same days stand below it.
    pub level: usize,
    original: Option<f64>,
    agreed: Option<f64>,
    /// Which edge its date lies beyond.
    beyond: Option<Form>,
}

impl<'a> LaidMark<'a> {
    /// None where the milestone has no date at all.
    pub fn new(mark: &'a Mark, layout: &Layout) -> Option<Self> {
        let date = mark.done_on.or(mark.expected).or(mark.agreed).or(mark.original)?;
        let beyond = match date {
            date if date < layout.start => Some(Form::ArrowLeft),
            date if date > layout.end => Some(Form::ArrowRight),
            _ => None,
        };
        let x = layout.x(date);
        let place = |date: Option<NaiveDate>| date.map(|date| layout.x(date));
        // A date that the diamond would cover is not drawn: the note says it.
        let clear = |other: &f64| (other - x).abs() > RADIUS;
        let agreed = place(mark.agreed).filter(clear);
        let original = place(mark.original).filter(|&original| (original - agreed.unwrap_or(x)).abs() > RADIUS);
        Some(Self { mark, x, level: 0, original, agreed, beyond })
    }

    /// From its leftmost to its rightmost ink.
    pub fn extent(&self) -> (f64, f64) {
        let dates = [self.original, self.agreed].into_iter().flatten();
        let (left, right) = dates.fold((self.x, self.x), |(left, right), x| (left.min(x), right.max(x)));
        (left - RADIUS, right + RADIUS)
    }

    /// Quiet dots from the original to the agreed date, a bar from the agreed date to the one expected now.
    pub fn draw(&self, area: &Area, y: f64) -> Drawn {
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
            area.draw(&level(agreed, self.x, if late { stroke(colour, 2.2) } else { stroke(GREY, 0.6) }))?;
            area.draw(&shape(agreed, Form::Ring, 1.9, if late { colour } else { GREY }, 0.9))?;
        }
        let radius = if self.mark.foreign { RADIUS - 1.3 } else { RADIUS };
        let done = self.mark.done_on.is_some();
        let form = if done && !self.mark.foreign { Form::Diamond } else { Form::HollowDiamond };
        area.draw(&shape(self.x, form, radius, colour, 1.1))?;
        if done && self.mark.foreign {
            area.draw(&shape(self.x, Form::Dot, 0.9, colour, 0.0))?;
        }
        if let Some(arrow) = self.beyond {
            let side = if arrow == Form::ArrowLeft { -1.0 } else { 1.0 };
            area.draw(&shape(self.x + side * (radius + 2.8), arrow, 1.6, colour, 0.0))?;
        }
        Ok(())
    }
}
