//! The labels of a chart, with their positions and styles. They are separate from the shapes because each format sets
//! text in its own way: the web page as SVG, the PDF as text of its pages.

use std::fmt::Write as _;

use plotters::style::RGBColor;
use serde::{Deserialize, Serialize};

use super::{lettering, palette};

/// The style of a label.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TextStyle {
    /// Font size in points.
    pub size: f64,
    pub bold: bool,
    #[serde(with = "palette::as_hex")]
    pub colour: RGBColor,
}

impl TextStyle {
    /// Returns the distance between two baselines.
    pub(super) fn leading(self) -> f64 {
        self.size * 1.2
    }

    pub(super) fn width(self, text: &str) -> f64 {
        lettering::width(text, self.size, self.bold)
    }

    /// Returns the box of a text, from its tallest letter to its lowest.
    pub(super) fn bounds(self, left: f64, baseline: f64, width: f64) -> LabelBox {
        LabelBox { left, top: baseline - 0.8 * self.size, width, height: self.size }
    }
}

/// A line of text with its position, in points from the upper left corner of the chart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Label {
    pub text: String,
    pub left: f64,
    pub baseline: f64,
    /// Measured width; the text is fitted to it in any font.
    pub width: f64,
    #[serde(rename = "hand")]
    pub style: TextStyle,
}

impl Label {
    /// Returns a label that begins at `left`.
    pub(super) fn new(text: &str, left: f64, baseline: f64, style: TextStyle) -> Self {
        let width = style.width(text);
        Self { text: text.to_string(), left, baseline, width, style }
    }

    pub fn bounds(&self) -> LabelBox {
        self.style.bounds(self.left, self.baseline, self.width)
    }

    /// Writes the label as an element of an SVG whose unit is a tenth of a point.
    pub(super) fn write_svg(&self, svg: &mut String) {
        let [left, baseline, size, width] =
            [self.left, self.baseline, self.style.size, self.width].map(|points| (points * 10.0).round() as i32);
        let colour = palette::hex(self.style.colour);
        let weight = if self.style.bold { " font-weight=\"bold\"" } else { "" };
        let _ = write!(
            svg,
            "<text x=\"{left}\" y=\"{baseline}\" font-size=\"{size}\" fill=\"{colour}\"{weight} textLength=\"{width}\" \
             lengthAdjust=\"spacingAndGlyphs\">"
        );
        for c in self.text.chars() {
            match c {
                '&' => svg.push_str("&amp;"),
                '<' => svg.push_str("&lt;"),
                '>' => svg.push_str("&gt;"),
                c => svg.push(c),
            }
        }
        svg.push_str("</text>\n");
    }
}

/// The area of a label, in points from the upper left corner.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelBox {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}

impl LabelBox {
    /// Whether the two boxes neither overlap nor touch.
    pub fn apart(&self, other: &Self) -> bool {
        self.clear_of(other, 0.0, 0.0)
    }

    /// Whether the boxes are more than `across` points apart horizontally, or more than `up` points vertically.
    pub(super) fn clear_of(&self, other: &Self, across: f64, up: f64) -> bool {
        self.left + self.width + across < other.left
            || other.left + other.width + across < self.left
            || self.top + self.height + up < other.top
            || other.top + other.height + up < self.top
    }

    /// Whether the point is inside the label or at most one point outside.
    pub(super) fn covers(&self, (x, y): (f64, f64)) -> bool {
        (self.left - 1.0..=self.left + self.width + 1.0).contains(&x)
            && (self.top - 1.0..=self.top + self.height + 1.0).contains(&y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_in_an_svg_keeps_its_place_and_its_width() {
        let style = TextStyle { size: 7.0, bold: true, colour: palette::INK };
        let label = Label { text: "a < b & c".into(), left: 0.5, baseline: 6.04, width: 4.2, style };
        let mut svg = String::new();
        label.write_svg(&mut svg);
        let expected = "<text x=\"5\" y=\"60\" font-size=\"70\" fill=\"#1a1d21\" font-weight=\"bold\" textLength=\"42\" \
                        lengthAdjust=\"spacingAndGlyphs\">a &lt; b &amp; c</text>\n";
        assert_eq!(svg, expected);
    }

    #[test]
    fn a_label_survives_serialisation() {
        let label = Label::new("4 Dec", 1.0, 2.0, TextStyle { size: 7.0, bold: false, colour: palette::WARNING });
        let data = serde_json::to_value(&label).unwrap();
        assert_eq!(data["hand"]["colour"], "#b45309");
        assert_eq!(serde_json::from_value::<Label>(data).unwrap(), label);
    }
}
