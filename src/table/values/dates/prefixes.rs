//! Finds the month or weekday that a word names by its first letters: most words do not begin like any name, and are
//! rejected at once. [`super::scan`] looks up every word of a date.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::names::{MONTHS, WEEKDAYS};

/// Minimum number of letters that name a month.
const MIN_NAME_LETTERS: usize = 3;

/// The name of a month.
struct Month {
    name: &'static str,
    number: u32,
    /// Number of bytes, at least three letters, that distinguish it from the names of other months.
    enough: usize,
}

/// All names of months in alphabetical order, so that names with the same beginning are adjacent.
static MONTHS_BY_NAME: LazyLock<Vec<Month>> = LazyLock::new(|| {
    let mut names: Vec<(&str, u32)> =
        (1..).zip(MONTHS).flat_map(|(n, names)| names.iter().map(move |name| (*name, n))).collect();
    names.sort_unstable();
    let is_one = |part: &str, number: u32| {
        let from = names.partition_point(|(name, _)| *name < part);
        names[from..].iter().take_while(|(name, _)| name.starts_with(part)).all(|(_, other)| *other == number)
    };
    let months = names.iter().map(|&(name, number)| {
        let mut ends = name.char_indices().map(|(at, c)| at + c.len_utf8()).skip(MIN_NAME_LETTERS - 1);
        Month { name, number, enough: ends.find(|end| is_one(&name[..*end], number)).unwrap_or(usize::MAX) }
    });
    months.collect()
});

static WEEKDAYS_BY_NAME: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let mut names = WEEKDAYS.to_vec();
    names.sort_unstable();
    names
});

/// The names by their first two bytes. Most words begin differently.
static BEGINNINGS: LazyLock<Vec<(u16, NamePrefix)>> = LazyLock::new(|| {
    let mut beginnings: BTreeMap<u16, NamePrefix> = BTreeMap::new();
    for (at, month) in MONTHS_BY_NAME.iter().enumerate() {
        if let Some(bytes) = month.name.as_bytes().first_chunk() {
            let months = &mut beginnings.entry(u16::from_be_bytes(*bytes)).or_default().months;
            *months = MONTHS_BY_NAME.get(at - months.len()..=at).unwrap_or_default();
        }
    }
    for (at, name) in WEEKDAYS_BY_NAME.iter().enumerate() {
        if let Some(bytes) = name.as_bytes().first_chunk() {
            let weekdays = &mut beginnings.entry(u16::from_be_bytes(*bytes)).or_default().weekdays;
            *weekdays = WEEKDAYS_BY_NAME.get(at - weekdays.len()..=at).unwrap_or_default();
        }
    }
    beginnings.into_iter().collect()
});

/// The names that begin with the first two bytes of a word.
#[derive(Clone, Copy, Default)]
pub(crate) struct NamePrefix {
    months: &'static [Month],
    weekdays: &'static [&'static str],
}

impl NamePrefix {
    /// Returns the names that begin like a lower-case word, or `None` if there are none.
    pub(crate) fn of(word: &str) -> Option<Self> {
        let beginning = u16::from_be_bytes(*word.as_bytes().first_chunk()?);
        let at = BEGINNINGS.binary_search_by_key(&beginning, |(known, _)| *known).ok()?;
        BEGINNINGS.get(at).map(|(_, names)| *names)
    }

    /// Returns the month (1 to 12) that the word names: a full name, or at least three letters with which only one
    /// month begins. Otherwise returns `None`.
    pub(crate) fn month(self, word: &str) -> Option<u32> {
        let month = self.months.iter().find(|month| month.name >= word)?;
        let is_one = month.name == word || (word.len() >= month.enough && month.name.starts_with(word));
        is_one.then_some(month.number)
    }

    /// Returns whether the word names a weekday, in full or by at least its first two letters.
    pub(crate) fn has_weekday(self, word: &str) -> bool {
        let name = self.weekdays.iter().find(|name| **name >= word);
        word.chars().nth(1).is_some() && name.is_some_and(|name| name.starts_with(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(word: &str) -> Option<u32> {
        NamePrefix::of(word)?.month(word)
    }

    fn is_weekday(word: &str) -> bool {
        NamePrefix::of(word).is_some_and(|names| names.has_weekday(word))
    }

    #[test]
    fn names_of_many_languages() {
        for (word, number) in [
            ("jan", 1),
            ("févr", 2),
            ("mrz", 3),
            ("mar", 3),
            ("märz", 3),
            ("avr", 4),
            ("мая", 5),
            ("mei", 5),
            ("jun", 6),
            ("juin", 6),
            ("juil", 7),
            ("июл", 7),
            ("lug", 7),
            ("ago", 8),
            ("sept", 9),
            ("set", 9),
            ("paź", 10),
            ("okt", 10),
            ("out", 10),
            ("lis", 11),
            ("dez", 12),
            ("grudnia", 12),
        ] {
            assert_eq!(month(word), Some(number), "{word}");
        }
    }

    #[test]
    fn a_word_that_could_be_two_months_is_none() {
        assert_eq!(month("jui"), None);
        assert_eq!(month("ju"), None);
        assert_eq!(month("days"), None);
    }

    #[test]
    fn weekdays() {
        assert!(is_weekday("sun") && is_weekday("mi") && is_weekday("wednesday") && is_weekday("чт"));
        assert!(!is_weekday("sunshine") && !is_weekday("x"));
    }
}
