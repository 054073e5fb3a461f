//! The colours of every chart. The HTML recolours them for dark mode by selecting on their hex values, so a chart
//! uses no other; all are safe for colour-blind readers and tell apart in greyscale.

use plotters::style::RGBColor;

use super::Tone;

/// Lines and text that matter.
pub const INK: RGBColor = RGBColor(0x1a, 0x1d, 0x21);
/// Text that gives context.
pub const GREY: RGBColor = RGBColor(0x5b, 0x64, 0x72);
/// Grids and leaders.
pub const HAIRLINE: RGBColor = RGBColor(0xd5, 0xd9, 0xdf);
/// Shaded spans.
pub const BAND: RGBColor = RGBColor(0xee, 0xf1, 0xf5);
/// What the reader should look at first.
pub const ACCENT: RGBColor = RGBColor(0x1f, 0x5f, 0xbf);
/// Late, at risk, out of the usual range for the worse.
pub const WARNING: RGBColor = RGBColor(0xb4, 0x53, 0x09);
/// The page itself, inside hollow shapes.
pub const PAPER: RGBColor = RGBColor(0xff, 0xff, 0xff);

/// Every colour that a chart may use.
pub const PALETTE: [RGBColor; 7] = [INK, GREY, HAIRLINE, BAND, ACCENT, WARNING, PAPER];

/// As it stands in an SVG attribute: `#1a1d21`.
pub fn hex(RGBColor(red, green, blue): RGBColor) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// A colour in data, as [`hex`] writes it.
pub(super) mod as_hex {
    use plotters::style::RGBColor;
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    pub(crate) fn serialize<S: Serializer>(colour: &RGBColor, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&super::hex(*colour))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<RGBColor, D::Error> {
        let text = String::deserialize(deserializer)?;
        let known = super::PALETTE.into_iter().find(|colour| super::hex(*colour) == text);
        known.ok_or_else(|| D::Error::custom(format!("{text} is no colour of a chart")))
    }
}

/// The colour that words and shapes of a tone take.
pub(super) fn of(tone: Tone) -> RGBColor {
    match tone {
        Tone::Plain => INK,
        Tone::Quiet => GREY,
        Tone::Good => ACCENT,
        Tone::Warning => WARNING,
    }
}
