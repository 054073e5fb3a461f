//! Units that belong to a metric and not to a column: in a table with a row for each metric, or with names and values.

use super::kind;
use crate::lexicon::folded;
use crate::source::record::Record;
use crate::table::{conversion, scale};

/// From this size of plain numbers on, `1.2m` among them means a million.
const AMOUNTS: f64 = 100_000.0;

/// What a cell of a unit column says, as the brief prints it: `%` for "Prozent", `k€` for "TEUR"; None for what is but
/// counted: "Anzahl", "#", "pcs".
pub fn stated(text: &str) -> Option<String> {
    let text = text.trim();
    let bare = folded(text);
    if bare.is_empty() || kind::is_count(&bare) {
        return None;
    }
    if kind::is_percent(&bare) {
        return Some("%".to_owned());
    }
    Some(money(text).unwrap_or_else(|| text.to_owned()))
}

/// Thousands and millions of a currency, however they are written: `T€`, `TEUR`, `Tsd. €`, `$'000`, `Mio. €`, `in k€`.
fn money(text: &str) -> Option<String> {
    const SIGNS: [(&str, &str); 10] = [
        ("euros", "€"),
        ("euro", "€"),
        ("eur", "€"),
        ("€", "€"),
        ("us$", "US$"),
        ("r$", "R$"),
        ("reais", "R$"),
        ("$", "$"),
        ("£", "£"),
        ("zł", "zł"),
    ];
    let lower = text.to_lowercase();
    let lower = lower.strip_prefix("in ").or_else(|| lower.strip_prefix("en ")).unwrap_or(&lower);
    let (at, sign, written) = SIGNS.iter().find_map(|(word, sign)| Some((lower.find(word)?, *sign, *word)))?;
    let rest = format!("{} {}", &lower[..at], &lower[at + written.len()..]);
    let scale = match rest.trim().trim_matches(['.', '(', ')', ' ']) {
        "" => "",
        "k" | "t" | "tsd" | "tausend" | "thousand" | "thousands" | "'000" | "000" | "'000s" | "000s" | "mil"
        | "miles" | "milhares" | "milliers" | "tys" => "k",
        "m" | "mio" | "mn" | "mln" | "million" | "millions" | "millionen" | "millones" | "milhões" | "mi" => "M",
        "bn" | "mrd" | "b" => "bn",
        _ => return None,
    };
    Some(format!("{scale}{sign}"))
}

/// The unit in which the numbers of one metric are written.
#[derive(Debug, Default)]
pub(crate) struct Units {
    usual: Option<String>,
    largest: f64,
    /// What a column of units says of the numbers beside it, which bare ones are in.
    stated: Option<String>,
}

impl Units {
    /// Those of a row whose numbers stand in these columns: what its column of units says, else the commonest one that the
    /// cells carry; of equals the first.
    pub(crate) fn of_row(
        record: &Record<'_, '_>,
        columns: impl Iterator<Item = usize>,
        stated: Option<String>,
    ) -> Self {
        let mut counts: Vec<(String, usize)> = Vec::new();
        let mut units = Self { stated, ..Self::default() };
        for (value, unit) in columns.filter_map(|column| record.amount_at(column)) {
            units.note(value, &unit);
            match counts.iter_mut().find(|(known, _)| *known == unit) {
                Some((_, count)) => *count += 1,
                None => counts.push((unit, 1)),
            }
        }
        let named = counts.into_iter().rev().filter(|(unit, _)| !unit.is_empty() && scale(unit).is_none());
        let usual = named.max_by_key(|(_, count)| *count).map(|(unit, _)| unit).filter(|unit| !units.is_million(unit));
        units.usual = usual;
        units
    }

    /// What the column of units says of the next number.
    pub(crate) fn say(&mut self, stated: Option<String>) {
        self.stated = stated;
    }

    /// The unit that the numbers are in, as far as they say it.
    pub(crate) fn usual(&self) -> Option<&str> {
        self.usual.as_deref()
    }

    fn note(&mut self, value: f64, unit: &str) {
        let scaled = scale(unit).unwrap_or(1.0) * value;
        self.largest = self.largest.max(scaled.abs());
    }

    fn is_million(&self, unit: &str) -> bool {
        unit == "m" && self.largest >= AMOUNTS
    }

    /// Returns the number of a column in the metric's unit, which the first number with a unit sets. A unit of another
    /// kind is a problem.
    pub(crate) fn read(&mut self, record: &mut Record<'_, '_>, column: usize) -> Option<f64> {
        let Some((value, own)) = record.amount_at(column) else { return record.number_at(column) };
        self.note(value, &own);
        if let Some(scale) = scale(&own) {
            return Some(value * scale / self.stated.as_deref().map_or(1.0, scale_of));
        }
        if self.is_million(&own) {
            return Some(value * 1e6 / self.stated.as_deref().map_or(1.0, scale_of));
        }
        let unit = if own.is_empty() { self.stated.clone().unwrap_or_default() } else { own };
        match &self.usual {
            _ if unit.is_empty() => Some(value),
            Some(usual) if *usual != unit => {
                let factor = conversion(&unit, usual);
                // A column of units and the sign of a cell may name one unit in two ways.
                if factor.is_none() && self.stated.is_some() {
                    return Some(value);
                }
                if factor.is_none() {
                    record.odd_unit(column, &usual.clone(), &unit);
                }
                factor.map(|factor| value * factor)
            }
            Some(_) => Some(value),
            None => {
                self.usual = Some(unit);
                Some(value)
            }
        }
    }
}

/// How much one of a unit of money counts for: `k€` a thousand.
fn scale_of(unit: &str) -> f64 {
    let before = ["€", "US$", "R$", "$", "£", "zł"].iter().find_map(|sign| unit.strip_suffix(sign));
    before.and_then(scale).unwrap_or(1.0)
}

#[cfg(test)]
mod tests {
    use super::stated;

    #[test]
    fn units_are_what_people_call_them() {
        for (text, unit) in [
            ("%", Some("%")),
            ("Prozent", Some("%")),
            ("por ciento", Some("%")),
            ("procent", Some("%")),
            ("percentuale", Some("%")),
            ("h", Some("h")),
            ("Tage", Some("Tage")),
            ("R$", Some("R$")),
            ("T€", Some("k€")),
            ("TEUR", Some("k€")),
            ("Tsd. €", Some("k€")),
            ("Mio. €", Some("M€")),
            ("EUR", Some("€")),
            ("mil R$", Some("kR$")),
            ("$'000", Some("k$")),
            ("€/month", Some("€/month")),
            ("#", None),
            ("nº", None),
            ("Anzahl", None),
            ("Stück", None),
            ("szt.", None),
            ("nombre", None),
            ("pcs", None),
        ] {
            assert_eq!(stated(text).as_deref(), unit, "{text}");
        }
    }
}
