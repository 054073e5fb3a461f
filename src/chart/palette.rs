//! The colours of every chart. Charts use no others, because the HTML recolours them for dark mode by their hex values.
//! All are safe for colour-blind readers and distinguishable in greyscale.

use plotters::style::RGBColor;

use super::Tone;

/// Important lines and text.
pub const INK: RGBColor = RGBColor(0x1a, 0x1d, 0x21);
/// Secondary text.
pub const GREY: RGBColor = RGBColor(0x5b, 0x64, 0x72);
/// Grid lines and leader lines.
pub const HAIRLINE: RGBColor = RGBColor(0xd5, 0xd9, 0xdf);
/// Shaded areas.
pub const BAND: RGBColor = RGBColor(0xee, 0xf1, 0xf5);
/// What the reader should look at first.
pub const ACCENT: RGBColor = RGBColor(0x1f, 0x5f, 0xbf);
/// Late, at risk, or outside the usual range on the bad side.
pub const WARNING: RGBColor = RGBColor(0xb4, 0x53, 0x09);
/// The background, inside hollow shapes.
pub const PAPER: RGBColor = RGBColor(0xff, 0xff, 0xff);

/// Every colour that a chart may use.
pub const PALETTE: [RGBColor; 7] = [INK, GREY, HAIRLINE, BAND, ACCENT, WARNING, PAPER];

/// Returns a colour in the form of SVG attributes: `#1a1d21`.
pub fn hex(RGBColor(red, green, blue): RGBColor) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// Serialises a colour as [`hex`] writes it.
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

/// Returns the colour for text and shapes of a tone.
pub(super) fn of(tone: Tone) -> RGBColor {
    match tone {
        Tone::Plain => INK,
        Tone::Quiet => GREY,
        Tone::Good => ACCENT,
        Tone::Warning => WARNING,
    }
}
