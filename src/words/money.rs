//! Amounts of money, with the currency where the language puts it (CLDR, `currencyFormats`). [`Words::money`] is called
//! for every value whose unit is a currency.

use super::Words;

/// Currency signs; a sign comes before those that it ends with.
const SIGNS: [&str; 12] = ["US$", "R$", "A$", "C$", "S$", "$", "€", "£", "¥", "₹", "₩", "zł"];

/// ISO 4217 codes that are recognised as a unit.
const CODES: [&str; 16] =
    ["USD", "EUR", "GBP", "CHF", "JPY", "CAD", "AUD", "BRL", "MXN", "INR", "CNY", "SEK", "NOK", "DKK", "PLN", "SGD"];

/// A unit that is money: `$`, `k€`, `$ per order`, `EUR/month`.
struct Currency<'u> {
    name: &'u str,
    is_code: bool,
    /// The multiple in which amounts are counted: `k`, `M`.
    scale: &'u str,
    /// The text after the amount: ` per order`.
    rest: &'u str,
}

impl<'u> Currency<'u> {
    fn of(unit: &'u str) -> Option<Self> {
        let unit = unit.trim();
        let names = || SIGNS.iter().map(|name| (name, false)).chain(CODES.iter().map(|name| (name, true)));
        let begins = names().find_map(|(name, is_code)| {
            let (scale, rest) = scale_and_rest(unit.strip_prefix(name)?)?;
            Some(Self { name: &unit[..name.len()], is_code, scale, rest })
        });
        begins.or_else(|| {
            names().find_map(|(name, is_code)| {
                let scale = unit.strip_suffix(name).filter(|scale| is_scale(scale))?;
                Some(Self { name: &unit[scale.len()..], is_code, scale, rest: "" })
            })
        })
    }
}

fn is_scale(text: &str) -> bool {
    matches!(text, "" | "k" | "K" | "m" | "M" | "bn" | "B" | "T")
}

/// Splits the text after the currency's name in a unit into scale and rest: `k`, ` per order`, `/month`. `None` if the
/// text has no valid scale.
fn scale_and_rest(text: &str) -> Option<(&str, &str)> {
    let end = text.find([' ', '/', '\u{a0}']).unwrap_or(text.len());
    let (scale, rest) = text.split_at(end);
    is_scale(scale).then_some((scale, rest))
}

impl Words {
    /// Returns a share without its percent sign, for use beside another that has it: the `20` of `20 → 61%`.
    pub(crate) fn without_percent(&self, share: &str) -> String {
        let sign = self.form.percent.split_once("{n}").map_or("%", |(_, sign)| sign);
        share.strip_suffix(sign).unwrap_or(share).to_owned()
    }

    /// Returns an amount of `unit` in the language's format: `$480`, `480 €`, `−$12.50 per order`. `None` if `unit` is
    /// not a currency.
    pub(crate) fn money(&self, value: f64, decimals: usize, unit: &str) -> Option<String> {
        let Currency { name, is_code, scale, rest } = Currency::of(unit)?;
        let amount = self.number(value.abs(), decimals);
        let sign = if value < 0.0 && amount != self.number(0.0, decimals) { "−" } else { "" };
        let form = if is_code { &self.form.money_code } else { &self.form.money };
        // The scale comes directly after the number if the currency sign comes first ("$45k"), else before the sign
        // ("45 k€").
        let is_sign_first = form.starts_with("{unit}");
        let (name, amount) = match is_sign_first {
            true => (name.to_owned(), format!("{amount}{scale}")),
            false => (format!("{scale}{name}"), amount),
        };
        Some(format!("{sign}{}{rest}", self.fill(form, &[("unit", &name), ("n", &amount)])))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_has_its_place_for_the_currency() {
        let written = |language: &str, value: f64, decimals: usize, unit: &str| {
            let words = Words::of(language).unwrap();
            words.money(value, decimals, unit).map(|text| text.replace(['\u{a0}', '\u{202f}'], " "))
        };
        let in_all = |unit: &str| ["en", "de", "fr", "es", "pt"].map(|l| written(l, 45310.0, 0, unit).unwrap());
        assert_eq!(in_all("$"), ["$45,310", "45.310 $", "45 310 $", "45.310 $", "$ 45.310"]);
        assert_eq!(in_all("€"), ["€45,310", "45.310 €", "45 310 €", "45.310 €", "€ 45.310"]);
        assert_eq!(in_all("EUR"), ["EUR 45,310", "45.310 EUR", "45 310 EUR", "45.310 EUR", "EUR 45.310"]);
        assert_eq!(in_all("k€"), ["€45,310k", "45.310 k€", "45 310 k€", "45.310 k€", "€ 45.310k"]);
        assert_eq!(written("en", -12.5, 2, "$ per order").unwrap(), "−$12.50 per order");
        assert_eq!(written("de", -12.5, 2, "€/Monat").unwrap(), "−12,50 €/Monat");
        assert_eq!(written("en", -0.2, 0, "R$").unwrap(), "R$0");
        assert_eq!(written("es", 1284.0, 0, "€").unwrap(), "1.284 €");
        for unit in ["", "hours", "%", "kg", "$ave", "EURO", "USDC", "m", "€uros"] {
            assert_eq!(written("en", 1.0, 0, unit), None, "{unit}");
        }
    }
}
