//! A finished chart: its shapes as SVG, and its labels.

use serde::{Deserialize, Serialize};

use super::label::Label;
use super::svg;

/// A finished chart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Chart {
    /// The finding, as a sentence or a phrase.
    pub title: String,
    /// Alternative text: what the chart shows, in words and with its numbers.
    pub alt: String,
    /// Its shapes, as SVG.
    pub svg: String,
    /// Width and height in points.
    pub width: f64,
    pub height: f64,
    /// Its labels, which are drawn over the shapes.
    pub labels: Vec<Label>,
    /// Tooltips of parts of the chart; the PDF does not use them.
    #[serde(default)]
    pub spots: Vec<Spot>,
}

/// An area with a tooltip, in points from the upper left corner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Spot {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
    pub says: String,
}

impl Chart {
    /// Returns shapes and labels as one SVG.
    pub fn picture(&self) -> String {
        let end = self.svg.rfind(svg::END).unwrap_or(self.svg.len());
        let (shapes, end) = self.svg.split_at(end);
        let mut picture = shapes.to_owned();
        self.labels.iter().for_each(|label| label.write_svg(&mut picture));
        picture + end
    }
}
