//! The canvas that every chart is drawn on: an SVG for plotters, ten times larger than the chart, so that a whole pixel
//! is a tenth of a point.

use std::convert::Infallible;

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::RGBColor;

use super::svg::Svg;
use super::{Chart, Label};

/// Pixels per point.
const SCALE: f64 = 10.0;

pub(super) type Area<'a> = DrawingArea<Svg<'a>, Shift>;
pub(super) type Drawn = Result<(), DrawingAreaErrorKind<Infallible>>;

/// Converts points to pixels.
pub(super) fn px(points: f64) -> i32 {
    (points * SCALE).round() as i32
}

/// Converts pixels to points.
pub(super) fn points(px: i32) -> f64 {
    f64::from(px) / SCALE
}

/// Returns a stroke that is `points` wide.
pub(super) fn stroke(colour: RGBColor, points: f64) -> ShapeStyle {
    colour.stroke_width(px(points).unsigned_abs())
}

/// Texts and size of a chart.
pub(super) struct Frame<'a> {
    pub title: &'a str,
    pub alt: &'a str,
    /// Width and height in points.
    pub width: f64,
    pub height: f64,
}

/// Draws the shapes with `paint` and adds the labels, which are drawn over them.
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
