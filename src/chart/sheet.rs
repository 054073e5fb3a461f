//! The sheet a chart is drawn on: an SVG canvas for plotters, ten times larger than the chart, so that whole
//! pixels are tenths of a point. Every chart ends here.

use std::convert::Infallible;

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::RGBColor;

use super::svg::Svg;
use super::{Chart, Label};

/// Pixels to a point.
const SCALE: f64 = 10.0;

pub(super) type Area<'a> = DrawingArea<Svg<'a>, Shift>;
pub(super) type Drawn = Result<(), DrawingAreaErrorKind<Infallible>>;

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
    let mut svg = String::new();
    {
        let size = (px(width).unsigned_abs(), px(height).unsigned_abs());
        let area = Svg::new(&mut svg, size, (width, height)).into_drawing_area();
        paint(&area).and_then(|()| area.present()).expect("an SVG in memory can always be written");
    }
    Chart { title: frame.title.to_string(), alt: frame.alt.to_string(), svg, width, height, labels, spots: Vec::new() }
}
