//! The sheet a chart is drawn on: plotters' SVG backend on a canvas ten times larger than the chart, so that whole
//! pixels are tenths of a point, and labels at measured places. Every chart ends here.

use std::io;
use std::sync::Once;

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontStyle, RGBColor, register_font};

use super::{Chart, LabelBox, lettering, tidy};

/// Pixels to a point.
const SCALE: f64 = 10.0;
/// As [`tidy`] names it for every text of a chart.
pub(super) const FAMILY: &str = "Noto Sans";
/// plotters writes a size divided by this.
const PLOTTERS_SIZE: f64 = 1.24;

pub(super) type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
pub(super) type Drawn = Result<(), DrawingAreaErrorKind<io::Error>>;

/// Points to pixels.
pub(super) fn px(points: f64) -> i32 {
    (points * SCALE).round() as i32
}

/// Pixels to points.
pub(super) fn points(px: i32) -> f64 {
    f64::from(px) / SCALE
}

/// A stroke, `points` wide.
pub(super) fn stroke(colour: RGBColor, points: f64) -> ShapeStyle {
    colour.stroke_width(px(points).unsigned_abs())
}

/// How a label is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hand {
    /// In points.
    pub size: f64,
    pub bold: bool,
    pub colour: RGBColor,
}

impl Hand {
    /// From one baseline to the next.
    pub fn leading(self) -> f64 {
        self.size * 1.2
    }

    pub fn width(self, text: &str) -> f64 {
        lettering::width(text, self.size, self.bold)
    }

    /// Where a text would stand, from its tallest letter to its lowest.
    pub fn bounds(self, left: f64, baseline: f64, width: f64) -> LabelBox {
        LabelBox { text: String::new(), left, top: baseline - 0.8 * self.size, width, height: self.size }
    }
}

/// A line of text at its place, in points.
#[derive(Debug, Clone)]
pub(super) struct Label {
    pub text: String,
    pub left: f64,
    pub baseline: f64,
    pub width: f64,
    pub hand: Hand,
}

impl Label {
    /// A text that begins at `left`.
    pub fn new(text: &str, left: f64, baseline: f64, hand: Hand) -> Self {
        let width = hand.width(text);
        Self { text: text.to_string(), left, baseline, width, hand }
    }

    pub fn bounds(&self) -> LabelBox {
        LabelBox { text: self.text.clone(), ..self.hand.bounds(self.left, self.baseline, self.width) }
    }
}

/// What a chart says and how large it is.
pub(super) struct Frame<'a> {
    pub title: &'a str,
    pub alt: &'a str,
    /// In points.
    pub width: f64,
    pub height: f64,
}

/// Paints the shapes, then the labels over them.
pub(super) fn draw(frame: &Frame, mut labels: Vec<Label>, paint: impl FnOnce(&Area) -> Drawn) -> Chart {
    register_fonts();
    let (width, height) = (points(px(frame.width)), points(px(frame.height)));
    labels.retain(|label| !label.text.is_empty());
    let mut raw = String::new();
    {
        let size = (px(width).unsigned_abs(), px(height).unsigned_abs());
        let area = SVGBackend::with_string(&mut raw, size).into_drawing_area();
        paint(&area)
            .and_then(|()| labels.iter().try_for_each(|label| write(&area, label)))
            .and_then(|()| area.present())
            .expect("an SVG in memory can always be written");
    }
    let widths: Vec<i32> = labels.iter().map(|label| px(label.width)).collect();
    Chart {
        title: frame.title.to_string(),
        alt: frame.alt.to_string(),
        svg: tidy::tidy(&raw, (width, height), &widths),
        width,
        height,
        labels: labels.iter().map(Label::bounds).collect(),
    }
}

fn write(area: &Area, label: &Label) -> Drawn {
    let style = if label.hand.bold { FontStyle::Bold } else { FontStyle::Normal };
    let size = label.hand.size * SCALE * PLOTTERS_SIZE;
    let text = TextStyle::from((FAMILY, size, style).into_font())
        .color(&label.hand.colour)
        .pos(Pos::new(HPos::Left, VPos::Bottom));
    area.draw(&Text::new(label.text.as_str(), (px(label.left), px(label.baseline)), text))
}

/// plotters falls back to guesses where it does not know a font.
fn register_fonts() {
    static REGISTERED: Once = Once::new();
    REGISTERED.call_once(|| {
        // Refused only if the embedded files were no fonts; then plotters guesses, and our own measuring stands.
        let _ = register_font(FAMILY, FontStyle::Normal, ttf_noto_sans::REGULAR);
        let _ = register_font(FAMILY, FontStyle::Bold, ttf_noto_sans::BOLD);
    });
}
