//! Adds amounts that are numbers of one currency and one period; amounts in words are never interpreted.

use crate::words::Words;

/// `$50,000 a year` for `$38,000 a year` and `$12,000 a year`. A single amount is returned as written. `None` if there
/// is none, or if they differ in currency or period.
pub(super) fn sum(words: &Words, amounts: &[&str]) -> Option<String> {
    if let [only] = amounts {
        return Some(super::super::phrase::flat(only));
    }
    let mut parts = amounts.iter().map(|amount| Amount::read(amount));
    let first = parts.next()??;
    let mut all = first.number;
    for part in parts {
        let part = part?;
        if (part.before, part.after) != (first.before, first.after) {
            return None;
        }
        all += part.number;
    }
    let decimals = usize::from(all.fract() != 0.0) * 2;
    Some(format!("{}{}{}", first.before, words.number(all, decimals), first.after))
}

/// A number with the text before and after it: its currency and its period.
struct Amount<'a> {
    before: &'a str,
    number: f64,
    after: &'a str,
}

impl<'a> Amount<'a> {
    /// Returns `None` if there is no number or more than one.
    fn read(text: &'a str) -> Option<Self> {
        let text = text.trim();
        let start = text.find(|c: char| c.is_ascii_digit())?;
        let is_of_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '\u{a0}' | '\u{202f}' | '’');
        let length = text[start..].find(|c: char| !is_of_number(c)).unwrap_or(text.len() - start);
        let digits = text[start..start + length].trim_end_matches(|c: char| !c.is_ascii_digit());
        let (before, after) = (&text[..start], &text[start + digits.len()..]);
        // A range or a change is not an amount.
        let is_plain = !before.contains(['-', '−', '+', '~']) && !after.contains(|c: char| c.is_ascii_digit());
        is_plain.then_some(Self { before, number: number(digits)?, after })
    }
}

/// Groups of three digits are thousands; one or two digits after the last separator are decimals.
fn number(digits: &str) -> Option<f64> {
    let parts: Vec<&str> = digits.split(|c: char| !c.is_ascii_digit()).collect();
    let (last, rest) = parts.split_last()?;
    let whole = |parts: &[&str]| {
        let groups =
            parts.iter().skip(1).all(|part| part.len() == 3) && parts.first().is_some_and(|first| first.len() <= 3);
        (parts.len() == 1 || groups).then(|| parts.concat())
    };
    match (rest.is_empty(), last.len()) {
        (true, _) => last.parse().ok(),
        (false, 3) => whole(&parts)?.parse().ok(),
        (false, 1 | 2) => format!("{}.{last}", whole(rest)?).parse().ok(),
        (false, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_of_one_currency_and_period_are_added() {
        let said =
            |amounts: &[&str]| sum(Words::of_or_english("en"), amounts).map(|text| text.replace('\u{202f}', ","));
        assert_eq!(said(&["$38,000 a year", "$12,500 a year"]).as_deref(), Some("$50,500 a year"));
        assert_eq!(said(&["38 k$ a year", "2.5 k$ a year"]).as_deref(), Some("40.50 k$ a year"));
        assert_eq!(said(&["about what they paid"]).as_deref(), Some("about what they paid"));
        assert_eq!(said(&["$38,000 a year", "€12,000 a year"]), None);
        assert_eq!(said(&["$38,000 a year", "$1,000 a month"]), None);
        assert_eq!(said(&["$38,000", "2 renewals of 3"]), None);
        assert_eq!(said(&["$1,20,000", "$1"]), None);
        assert_eq!(said(&[]), None);
    }
}
