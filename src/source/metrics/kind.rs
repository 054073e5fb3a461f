//! Infers what a metric measures, and which direction is better, from its name and unit if these are unambiguous. The
//! words are in `data/metric-words.toml`. [`super::series`] uses it if the config says nothing; `headsup init` writes
//! the result into the config.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::Deserialize;

use crate::lexicon::{self, folded};
use crate::team::{Better, Day, Grain, MetricKind};

/// Fewest values of a running total, and fewest increases.
const TOTAL_VALUES: usize = 12;
const TOTAL_RISES: usize = 4;

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Words {
    rate: Vec<String>,
    per: Vec<String>,
    stock: Vec<String>,
    flow: Vec<String>,
    event: Vec<String>,
    up: Vec<String>,
    down: Vec<String>,
    percent: Vec<String>,
    count: Vec<String>,
    time: Vec<String>,
}

static WORDS: LazyLock<Vec<Words>> = LazyLock::new(|| {
    let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/metric-words.toml"));
    // The file is embedded, and a test reads it.
    toml::from_str::<BTreeMap<String, Words>>(text).unwrap_or_default().into_values().collect()
});

/// Returns the kind that a name and a unit show unambiguously, otherwise `None`.
pub fn named(name: &str, unit: Option<&str>) -> Option<MetricKind> {
    let words = words_of(name);
    let has = |of: fn(&Words) -> &Vec<String>| has(&words, of);
    let is_percent = unit.is_some_and(|unit| unit.trim() == "%") || name.contains('%');
    let per = WORDS.iter().flat_map(|list| &list.per).any(|term| words.iter().skip(1).any(|word| word == term));
    if is_percent || has(|list| &list.rate) || per {
        return Some(MetricKind::Rate);
    }
    match (has(|list| &list.stock), has(|list| &list.flow), has(|list| &list.event)) {
        (true, true, _) => None,
        (true, false, _) => Some(MetricKind::Stock),
        (false, true, _) | (false, false, true) => Some(MetricKind::Flow),
        (false, false, false) => None,
    }
}

/// Whether a unit, as it is compared, says percent.
pub(crate) fn is_percent(unit: &str) -> bool {
    unit == "%" || WORDS.iter().flat_map(|list| &list.percent).any(|word| folded(word) == unit)
}

/// Whether a unit, as it is compared, says no more than that things are counted.
pub(crate) fn is_count(unit: &str) -> bool {
    matches!(unit, "#" | "№" | "no" | "n" | "nr")
        || WORDS.iter().flat_map(|list| &list.count).any(|word| folded(word) == unit)
}

/// Whether a name is that of the hours of a time sheet.
pub fn is_time_spent(name: &str) -> bool {
    has(&words_of(name), |list| &list.time)
}

/// Returns the word for the kind in the config.
pub fn word(kind: MetricKind) -> String {
    let word = serde_json::to_value(kind).ok();
    word.and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Returns the better direction if a name shows it unambiguously: down for "Churn".
pub fn better(name: &str) -> Option<Better> {
    let words = words_of(name);
    match (has(&words, |list| &list.up), has(&words, |list| &list.down)) {
        (true, false) => Some(Better::Up),
        (false, true) => Some(Better::Down),
        _ => None,
    }
}

/// Returns whether values by date are a running total: there are at least twelve values and four increases, and each
/// decrease is one to a tenth or less, as at the beginning of a period. Values of longer periods may rise for a year
/// without being a total, so they must also be constant at least once.
pub fn is_running_total(days: &BTreeMap<NaiveDate, Day>, grain: Grain) -> bool {
    let values: Vec<f64> = days.values().filter(|day| day.count > 0).map(|day| day.last).collect();
    let pairs = || values.windows(2).map(|pair| (pair[0], pair[1]));
    let falls = pairs().filter(|(before, now)| now < before);
    let are_resets =
        falls.clone().all(|(before, now)| now <= before / 10.0) && falls.count() * TOTAL_VALUES <= values.len();
    let rises = pairs().filter(|(before, now)| now > before).count();
    let stands_still = grain == Grain::Day || pairs().any(|(before, now)| now == before);
    values.len() >= TOTAL_VALUES && rises >= TOTAL_RISES && are_resets && stands_still
}

fn has(words: &[String], of: fn(&Words) -> &Vec<String>) -> bool {
    WORDS.iter().flat_map(of).any(|term| {
        let term: Vec<&str> = term.split(' ').collect();
        words.windows(term.len()).any(|near| near.iter().zip(&term).all(|(word, part)| is_like(word, part)))
    })
}

/// Returns whether a word matches `part`, in which `*` stands for the beginning or the end.
fn is_like(word: &str, part: &str) -> bool {
    match (part.strip_prefix('*'), part.strip_suffix('*')) {
        (Some(end), _) => word.len() > end.len() && word.ends_with(end),
        (_, Some(start)) => word.starts_with(start),
        _ => word == part,
    }
}

/// Returns the folded words of a name.
fn words_of(name: &str) -> Vec<String> {
    lexicon::words(name).iter().map(|word| folded(word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_leave_no_doubt_have_a_kind() {
        use MetricKind::{Flow, Rate, Stock};
        for (name, unit, kind) in [
            ("Churn %", None, Some(Rate)),
            ("Invoice success rate", None, Some(Rate)),
            ("Time to first invoice (h)", None, Some(Rate)),
            ("Tickets closed", None, Some(Flow)),
            ("Support tickets", None, Some(Flow)),
            ("Invoiced", None, Some(Flow)),
            ("Hours", None, Some(Flow)),
            ("MRR (k€)", None, Some(Stock)),
            ("Backlog", None, Some(Stock)),
            ("Open orders", None, Some(Stock)),
            ("Headcount", None, Some(Stock)),
            ("Erstantwortzeit (h)", None, Some(Rate)),
            ("Kosten je Ticket", None, Some(Rate)),
            ("Tickets gelöst", None, Some(Flow)),
            ("Eskalationen", None, Some(Flow)),
            ("Taux d'erreur", None, Some(Rate)),
            ("Commandes par jour", None, Some(Rate)),
            ("Tickets résolus", None, Some(Flow)),
            ("Usuarios activos", None, Some(Stock)),
            ("Incidencias", None, Some(Flow)),
            ("Chamados concluídos", None, Some(Flow)),
            ("Quality", Some("%"), Some(Rate)),
            // For these names a reader would have to ask.
            ("Customers", None, None),
            ("Backlog items closed", None, None),
            ("Widgets", None, None),
            ("Pro", None, None),
            ("TicketsClosed", None, Some(Flow)),
            ("error_rate", None, Some(Rate)),
        ] {
            assert_eq!(named(name, unit), kind, "{name}");
        }
    }

    #[test]
    fn names_say_which_way_is_better() {
        use Better::{Down, Up};
        for (name, way) in [
            ("Churn", Some(Down)),
            ("Records in error", Some(Down)),
            ("Update lag", Some(Down)),
            ("MRR", Some(Up)),
            ("Tickets resolved", Some(Up)),
            ("Erstantwortzeit (h)", Some(Down)),
            ("Kundenzufriedenheit", Some(Up)),
            ("Délai de réponse", Some(Down)),
            ("Reclamações", Some(Down)),
            ("Error rate success", None),
            ("Bugs closed", None),
            ("Headcount", None),
        ] {
            assert_eq!(better(name), way, "{name}");
        }
    }

    #[test]
    fn a_running_total_is_told_by_its_shape() {
        let days = |values: &[f64]| -> BTreeMap<NaiveDate, Day> {
            let first: NaiveDate = "2026-09-01".parse().expect("a date");
            let day = |value: f64| Day { sum: value, count: 1, min: value, max: value, last: value, denominator: 0.0 };
            values.iter().enumerate().map(|(at, value)| (first + chrono::Days::new(at as u64), day(*value))).collect()
        };
        let total = [0.0, 0.0, 1.0, 1.0, 1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 4.0, 4.0];
        assert!(is_running_total(&days(&total), Grain::Day));
        assert!(!is_running_total(&days(&total[..11]), Grain::Day));
        let again = [&total[..], &[0.0, 1.0, 2.0]].concat();
        assert!(is_running_total(&days(&again), Grain::Day));
        let fell = [&total[..], &[3.0]].concat();
        assert!(!is_running_total(&days(&fell), Grain::Day));
        let grows: Vec<f64> = (1..=14).map(f64::from).collect();
        assert!(!is_running_total(&days(&grows), Grain::Month));
    }
}
