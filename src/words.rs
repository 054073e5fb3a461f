//! The fixed words of a language, its plurals, dates and numbers: `templates/words/*.toml`, a file a language.
//!
//! A sentence is a pattern with named places, so the same facts make the same words. [`crate::brief`] is the caller.

use chrono::NaiveDate;

/// The words of one language.
#[derive(Debug)]
pub struct Words {
    pub language: String,
}

impl Words {
    /// The words of `language` (`en`, `de`, …); None where there is no file for it.
    pub fn of(_language: &str) -> Option<&'static Words> {
        todo!()
    }

    /// The languages there are, in alphabetical order.
    pub fn languages() -> &'static [&'static str] {
        todo!()
    }

    /// The phrase `key`, its `{places}` filled.
    pub fn say(&self, _key: &str, _places: &[(&str, &str)]) -> String {
        todo!()
    }

    /// The phrase `key` in the plural form of `n`; `{n}` is `n`.
    pub fn count(&self, _key: &str, _n: u64, _places: &[(&str, &str)]) -> String {
        todo!()
    }

    /// `20 Nov`.
    pub fn day_month(&self, _date: NaiveDate) -> String {
        todo!()
    }

    /// `20 November`.
    pub fn day_month_long(&self, _date: NaiveDate) -> String {
        todo!()
    }

    /// `Friday 20 November 2026`.
    pub fn full_date(&self, _date: NaiveDate) -> String {
        todo!()
    }

    /// A number with `decimals` places and the language's separators.
    pub fn number(&self, _value: f64, _decimals: usize) -> String {
        todo!()
    }

    /// A share as `44 %`.
    pub fn percent(&self, _share: f64, _decimals: usize) -> String {
        todo!()
    }
}
