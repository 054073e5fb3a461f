//! Makes a team's accent colour readable on our pages, and changes it no more than necessary. The web page and the PDF
//! take their accent from here; charts are drawn in the default accent and recoloured.

/// The darkest background of the light page and the lightest of the dark page in the style sheets.
const LIGHT_GROUND: Rgb = [0xee, 0xf1, 0xf5];
const DARK_GROUND: Rgb = [0x23, 0x28, 0x2f];
/// Minimum contrast of text and background (WCAG 2.2, 1.4.3). Lines and shapes need only 3 : 1 (1.4.11).
const CONTRAST: f64 = 4.5;

type Rgb = [u8; 3];

/// The accent for light and for dark pages, as `#rrggbb`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub(crate) struct Accent {
    pub light: String,
    pub dark: String,
}

impl Accent {
    /// Darkens a colour for light pages and lightens it for dark ones, as far as contrast requires. `None` if the text
    /// is not `#rrggbb`.
    pub(crate) fn of(written: &str) -> Option<Self> {
        let digits = written.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        let asked = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
        let asked = [asked[1], asked[2], asked[3]];
        Some(Self { light: hex(readable(asked, LIGHT_GROUND, 0)), dark: hex(readable(asked, DARK_GROUND, 255)) })
    }
}

/// Mixes `colour` with `end` (black or white) in steps of 1 %; returns the first mix with enough contrast on `ground`.
fn readable(colour: Rgb, ground: Rgb, end: u8) -> Rgb {
    let step = |step: u32| {
        colour.map(|channel| {
            let (from, to) = (f64::from(channel), f64::from(end));
            (from + (to - from) * f64::from(step) / 100.0).round() as u8
        })
    };
    (0..=100).map(step).find(|&mixed| contrast(mixed, ground) >= CONTRAST).unwrap_or([end; 3])
}

/// Contrast ratio, 1 to 21 (WCAG 2.2, "contrast ratio").
fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Relative luminance, 0 to 1 (WCAG 2.2, "relative luminance").
fn luminance(colour: Rgb) -> f64 {
    let [red, green, blue] = colour.map(|channel| {
        let share = f64::from(channel) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn hex([red, green, blue]: Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rgb(hex: &str) -> Rgb {
        [1, 3, 5].map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
    }

    #[test]
    fn contrast_equals_the_wcag_examples() {
        assert_eq!(contrast([0; 3], [255; 3]), 21.0);
        // #767676 is the lightest grey that passes on white: 4.54.
        assert!((contrast([0x76; 3], [255; 3]) - 4.54).abs() < 0.005);
    }

    #[test]
    fn a_readable_colour_stays_and_a_pale_one_is_darkened() {
        assert_eq!(Accent::of("#1F5FBF").unwrap().light, "#1f5fbf");
        assert_eq!(Accent::of("#84b4f7").unwrap().dark, "#84b4f7");
        assert_eq!(Accent::of("#f2c94c").unwrap().light, "#806b28");
        assert_eq!(Accent::of("yellow"), None);
    }

    proptest! {
        #[test]
        fn any_accent_has_enough_contrast(colour in any::<[u8; 3]>()) {
            let accent = Accent::of(&hex(colour)).unwrap();
            for ground in [LIGHT_GROUND, [255; 3]] {
                prop_assert!(contrast(rgb(&accent.light), ground) >= CONTRAST, "{accent:?} on {ground:?}");
            }
            for ground in [DARK_GROUND, [0x15, 0x18, 0x1c]] {
                prop_assert!(contrast(rgb(&accent.dark), ground) >= CONTRAST, "{accent:?} on {ground:?}");
            }
        }
    }
}
