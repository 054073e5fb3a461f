//! Words behind a number that multiply it.

/// Thousands, millions, billions in a word behind the number.
pub fn scale(unit: &str) -> Option<f64> {
    match unit {
        "k" | "K" | "thousand" => Some(1e3),
        "M" | "mn" | "mio" | "Mio" | "MM" | "million" => Some(1e6),
        "B" | "bn" | "Bn" | "Mrd" | "billion" => Some(1e9),
        _ => None,
    }
}
