//! Keeps dates and changes on one line: `20 December`, `15 Dec → 3 Dec`, `20% → 61%`, `10 %`, `24 h`, in users' texts
//! as well as our own. The brief measures its columns with it, and the renderers join the words.

use std::borrow::Cow;

use super::Words;

const NO_BREAK: char = '\u{a0}';

/// Replaces the blanks inside dates and changes by no-break spaces. `languages` know the names of the months.
pub(crate) fn unbroken<'a>(text: &'a str, languages: &[&Words]) -> Cow<'a, str> {
    if text.contains(' ') && text.bytes().any(|b| b.is_ascii_digit()) {
        Cow::Owned(joined(text, languages))
    } else {
        Cow::Borrowed(text)
    }
}

fn joined(text: &str, languages: &[&Words]) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut words = text.split(' ');
    let mut last = words.next().unwrap_or("");
    out.push_str(last);
    for word in words {
        out.push(if belong(last, word, languages) { NO_BREAK } else { ' ' });
        out.push_str(word);
        last = word;
    }
    out
}

/// Whether no line may end between two words. A word may contain no-break spaces.
fn belong(before: &str, after: &str, languages: &[&Words]) -> bool {
    let (last, first) = (before.rsplit(NO_BREAK).next().unwrap_or(""), after.split(NO_BREAK).next().unwrap_or(""));
    if first == "→" {
        return last.contains(|c: char| c.is_ascii_digit() || c == '%') || is_month(last, languages);
    }
    if first.starts_with('%') || is_unit(first) {
        return last.ends_with(|c: char| c.is_ascii_digit());
    }
    if last == "→" {
        return first.contains(|c: char| c.is_ascii_digit());
    }
    // `December 4`, but not `13 December, 9 days late` or `22 December (8 weeks)`.
    let goes_on = !last.ends_with([',', ';', ':', ')']) && first.starts_with(|c: char| c.is_ascii_digit());
    (is_day(last) && is_month(first, languages))
        || (goes_on && is_month(last, languages) && (is_day(first) || is_year(first)))
}

/// Whether a word is a unit that belongs to the number before it: `24 h`, `480 €`.
fn is_unit(word: &str) -> bool {
    const UNITS: [&str; 22] = [
        "h", "min", "s", "ms", "d", "g", "kg", "t", "mm", "cm", "m", "km", "kB", "MB", "GB", "TB", "kW", "kWh", "€",
        "k€", "$", "k$",
    ];
    UNITS.contains(
        &word.trim_end_matches(|c: char| matches!(c, ',' | ';' | ':' | '.' | ')' | '?' | '!' | '”' | '“' | '»')),
    )
}

/// Whether a word is a day of a month: `4`, `20.`, `1st`, `(4`.
fn is_day(word: &str) -> bool {
    let word = word.trim_start_matches(['(', '“', '„', '«']);
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let rest = word[digits..].trim_end_matches([',', ';', ')', '?', '!', '”', '“', '»']);
    (1..=2).contains(&digits) && ["", ".", "st", "nd", "rd", "th", "er", "º"].contains(&rest)
}

fn is_year(word: &str) -> bool {
    word.len() >= 4 && word.as_bytes()[..2] == *b"20" && word.as_bytes()[2..4].iter().all(u8::is_ascii_digit)
}

fn is_month(word: &str, languages: &[&Words]) -> bool {
    let word = word.trim_end_matches(|c: char| !c.is_alphabetic());
    word.chars().next().is_some_and(char::is_alphabetic) && languages.iter().any(|words| words.is_month(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_changes_stay_on_one_line() {
        let said = |language: &str, text: &str| {
            let languages = [Words::of_or_english(language), Words::of_or_english("en")];
            joined(text, &languages).replace(NO_BREAK, "~")
        };
        assert_eq!(said("en", "keep it and agree 20 December."), "keep it and agree 20~December.");
        assert_eq!(said("en", "13 Dec → 2 Dec; odds 20% → 61%"), "13~Dec~→~2~Dec; odds 20%~→~61%");
        assert_eq!(said("en", "on December 4, 2026 (4 December 2026)"), "on December~4, 2026 (4~December~2026)");
        assert_eq!(said("en", "5 may go; in May 12 of 14"), "5 may go; in May~12 of 14");
        assert_eq!(said("en", "no code in October → the sheet"), "no code in October~→ the sheet");
        assert_eq!(said("de", "am 3. Dezember 2026, 20 % → 61 %"), "am 3.~Dezember~2026, 20~%~→~61~%");
        assert_eq!(said("en", "by 13 December (8 weeks), 9 days late"), "by 13~December (8 weeks), 9 days late");
        assert_eq!(said("en", "Update speed: 24 h, 5 a week"), "Update speed: 24~h, 5 a week");
        assert_eq!(said("fr", "le 1er décembre"), "le 1er~décembre");
        assert_eq!(said("en", " 12 Dec "), " 12~Dec ");
    }
}
