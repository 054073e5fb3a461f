//! A team's own accent colour as it may stand on our pages: as near to what was asked for as text in it can be read.
//! The web page and the PDF take their accent from here; charts are drawn in the default one and recoloured.

/// The darkest ground of a light page and the lightest of a dark one, as the style sheets have them.
const LIGHT_GROUND: Rgb = [0xee, 0xf1, 0xf5];
const DARK_GROUND: Rgb = [0x23, 0x28, 0x2f];
/// Text against its ground (WCAG 2.2, 1.4.3); lines and shapes need less (3 : 1, 1.4.11).
const CONTRAST: f64 = 4.5;

type Rgb = [u8; 3];

/// The accent on both kinds of page, as `#rrggbb`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub(crate) struct Accent {
    pub light: String,
    pub dark: String,
}

impl Accent {
    /// Darkened for light pages and lightened for dark ones, no more than contrast asks; none for what is no `#rrggbb`.
    pub(crate) fn of(written: &str) -> Option<Self> {
        let digits = written.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        let asked = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
        let asked = [asked[1], asked[2], asked[3]];
        Some(Self { light: hex(readable(asked, LIGHT_GROUND, 0)), dark: hex(readable(asked, DARK_GROUND, 255)) })
    }
}

/// The first on the way from `colour` to `end` (black or white, in hundred steps) that stands out from `ground`.
fn readable(colour: Rgb, ground: Rgb, end: u8) -> Rgb {
    let step = |step: u32| {
        colour.map(|channel| {
            let (from, to) = (f64::from(channel), f64::from(end));
            (from + (to - from) * f64::from(step) / 100.0).round() as u8
        })
    };
    (0..=100).map(step).find(|&mixed| contrast(mixed, ground) >= CONTRAST).unwrap_or([end; 3])
}

/// WCAG 2.2, "contrast ratio": 1 to 21.
fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// WCAG 2.2, "relative luminance": 0 to 1.
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
    fn contrast_is_as_wcag_says() {
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
        fn any_accent_can_be_read_on_any_ground(colour in any::<[u8; 3]>()) {
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
