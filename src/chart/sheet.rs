//! The sheet a chart is drawn on: plotters' SVG backend on a canvas ten times larger than the chart, so that whole
//! pixels are tenths of a point. Every chart ends here.

use std::io;

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::RGBColor;

use super::{Chart, Label, tidy};

/// Pixels to a point.
const SCALE: f64 = 10.0;

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

/// What a chart says and how large it is.
pub(super) struct Frame<'a> {
    pub title: &'a str,
    pub alt: &'a str,
    /// In points.
    pub width: f64,
    pub height: f64,
}

/// Paints the shapes; the labels stand over them.
pub(super) fn draw(frame: &Frame, mut labels: Vec<Label>, paint: impl FnOnce(&Area) -> Drawn) -> Chart {
    let (width, height) = (points(px(frame.width)), points(px(frame.height)));
    labels.retain(|label| !label.text.is_empty());
    let mut raw = String::new();
    {
        let size = (px(width).unsigned_abs(), px(height).unsigned_abs());
        let area = SVGBackend::with_string(&mut raw, size).into_drawing_area();
        paint(&area).and_then(|()| area.present()).expect("an SVG in memory can always be written");
    }
    Chart {
        title: frame.title.to_string(),
        alt: frame.alt.to_string(),
        svg: tidy::tidy(&raw, (width, height)),
        width,
        height,
        labels,
    }
}
