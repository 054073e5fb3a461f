//! Words after a number that multiply it, and units that are converted to each other.

/// Returns the factor of a word for thousands, millions or billions after a number. `None` for other words.
pub fn scale(unit: &str) -> Option<f64> {
    match unit {
        "k" | "K" | "thousand" => Some(1e3),
        "M" | "mn" | "mio" | "Mio" | "MM" | "million" => Some(1e6),
        "B" | "bn" | "Bn" | "Mrd" | "billion" => Some(1e9),
        _ => None,
    }
}

/// Units of one kind, each with its value in a common unit.
type Units = &'static [(&'static str, f64)];

const TIME: Units = &[
    ("ns", 1e-9),
    ("us", 1e-6),
    ("µs", 1e-6),
    ("μs", 1e-6),
    ("ms", 1e-3),
    ("msec", 1e-3),
    ("s", 1.0),
    ("sec", 1.0),
    ("secs", 1.0),
    ("sek", 1.0),
    ("Sek", 1.0),
    ("seconds", 1.0),
    ("m", 60.0),
    ("min", 60.0),
    ("mins", 60.0),
    ("Min", 60.0),
    ("minutes", 60.0),
    ("h", 3600.0),
    ("hr", 3600.0),
    ("hrs", 3600.0),
    ("Std", 3600.0),
    ("hours", 3600.0),
];
const BYTES: Units = &[("kB", 1e3), ("KB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12)];
const MASS: Units = &[("mg", 1e-6), ("g", 1e-3), ("kg", 1.0), ("t", 1e3)];
const LENGTH: Units = &[("mm", 1e-3), ("cm", 1e-2), ("m", 1.0), ("km", 1e3)];

fn worth(units: Units, unit: &str) -> Option<f64> {
    units.iter().find(|(own, _)| *own == unit).map(|(_, worth)| *worth)
}

/// Returns the factor that converts a number from `unit` to `wanted`, or `None` if they are not of one kind.
pub fn conversion(unit: &str, wanted: &str) -> Option<f64> {
    [TIME, BYTES, MASS, LENGTH].iter().find_map(|kind| Some(worth(kind, unit)? / worth(kind, wanted)?))
}

/// Returns whether all of these are units of one kind. Minutes, hours and days alone are working time, which has a
/// separate format.
pub(crate) fn are_of_one_kind<'a>(units: impl Iterator<Item = &'a str> + Clone) -> bool {
    let all = |kind: Units| units.clone().all(|unit| worth(kind, unit).is_some());
    let is_measured = || units.clone().any(|unit| worth(TIME, unit).is_some_and(|worth| worth <= 1.0));
    (all(TIME) && is_measured()) || [BYTES, MASS, LENGTH].into_iter().any(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_one_kind_are_converted() {
        assert_eq!(conversion("s", "ms"), Some(1000.0));
        assert_eq!(conversion("min", "s"), Some(60.0));
        assert_eq!(conversion("GB", "MB"), Some(1000.0));
        assert_eq!((conversion("s", "MB"), conversion("€", "$")), (None, None));
        for (units, are) in [
            (&["ms", "s"][..], true),
            (&["s", "min", "h"], true),
            (&["m", "km"], true),
            (&["h", "min"], false),
            (&["ms", "%"], false),
            (&["€", "¥"], false),
        ] {
            assert_eq!(are_of_one_kind(units.iter().copied()), are, "{units:?}");
        }
    }
}
