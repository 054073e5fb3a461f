//! A finished chart: shapes as SVG, and words over them.

use serde::{Deserialize, Serialize};

use super::label::Label;
use super::svg;

/// A finished chart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Chart {
    /// The finding, as a sentence or a phrase.
    pub title: String,
    /// What it shows, in words and with its numbers.
    pub alt: String,
    /// Its shapes.
    pub svg: String,
    /// In points.
    pub width: f64,
    pub height: f64,
    /// Its words, over the shapes.
    pub labels: Vec<Label>,
    /// What it tells where a reader points; a page on paper has no use for it.
    #[serde(default)]
    pub spots: Vec<Spot>,
}

/// A part of a chart that tells its values: in points, from the upper left.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Spot {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
    pub says: String,
}

impl Chart {
    /// Shapes and words as one SVG.
    pub fn picture(&self) -> String {
        let end = self.svg.rfind(svg::END).unwrap_or(self.svg.len());
        let (shapes, end) = self.svg.split_at(end);
        let mut picture = shapes.to_owned();
        self.labels.iter().for_each(|label| label.write_svg(&mut picture));
        picture + end
    }
}
