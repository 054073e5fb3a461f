//! The fixed words of a language with its plurals, dates and numbers: `templates/words/*.toml`, one file for each
//! language.
//!
//! A sentence is a pattern with named placeholders, so equal facts always give equal words. A new language is a new
//! file. The plural rules come from the Unicode CLDR by way of `intl_pluralrules`. The formats of numbers, shares and
//! amounts are the CLDR's too, copied into the `[form]` of each file: eight lines for each language are smaller than
//! icu4x with its data. [`crate::brief`] uses this module, and the renderers do for their few own words.

mod dates;
mod money;
mod unbroken;

pub(crate) use unbroken::unbroken;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use include_dir::{Dir, File, include_dir};
use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use serde::Deserialize;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates/words");

type Lazy = LazyLock<Words, Box<dyn FnOnce() -> Words + Send>>;

/// Words by the name of their file, which is the language's. A file is parsed when its language is first used.
static ALL: LazyLock<BTreeMap<&'static str, Lazy>> = LazyLock::new(|| {
    let parsed = |file: &'static File<'static>| -> Lazy {
        LazyLock::new(Box::new(|| {
            let text = file.contents_utf8().expect("a words file is UTF-8");
            Words::parse(text).unwrap_or_else(|e| panic!("{}: {e}", file.path().display()))
        }))
    };
    FILES.files().filter_map(|file| Some((file.path().file_stem()?.to_str()?, parsed(file)))).collect()
});

static LANGUAGES: LazyLock<Vec<&'static str>> = LazyLock::new(|| ALL.keys().copied().collect());

/// Marks a period, such as `Q4`, that fills a phrase's placeholder for a day. It is never printed.
pub const AS_WRITTEN: char = '\u{2063}';

/// The words of one language.
pub struct Words {
    /// BCP 47 language tag.
    pub language: String,
    form: Form,
    phrases: BTreeMap<String, Phrase>,
    plurals: PluralRules,
}

/// How a language writes numbers and dates.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    decimal: String,
    group: String,
    /// Smallest number of digits before the decimal sign for which groups are separated.
    group_from: usize,
    percent: String,
    /// An amount with a currency sign: `$480`, `480 €`.
    money: String,
    /// An amount with a currency code: `EUR 480`.
    money_code: String,
    quote: String,
    /// Quotation marks inside quotation marks.
    quote_inner: String,
    /// The separator of the last two items of a list; the others are separated by `list_comma`.
    list_and: String,
    list_comma: String,
    /// The separator of a name and the statement about it, with its spaces.
    colon: String,
    semicolon: String,
    /// A day whose month is written next to it: the `14` of `14 to 20 November`.
    day: String,
    day_month: String,
    /// A date with the short name of its weekday: `Tue 24 Nov`.
    weekday_day: String,
    /// A weekday of the coming week, after `by`: `Tuesday`.
    weekday_soon: String,
    day_month_long: String,
    day_month_year: String,
    day_month_year_long: String,
    full_date: String,
    /// How the first of a month is written, such as `1er`; other days are numbers.
    first_day: String,
    months: [String; 12],
    months_short: [String; 12],
    /// Monday first.
    weekdays: [String; 7],
    /// What replaces the words before a day when a period follows them: `due on 4 December`, `due Q4`.
    before_period: BTreeMap<String, String>,
    weekdays_short: [String; 7],
    /// Articles and numerals, such as `A` and `Two`, after whose lower case a name can be used inside a sentence.
    articles: Vec<String>,
    /// Verbs that begin a request, such as `Drop`; with a leading hyphen, endings of such verbs.
    deeds: Vec<String>,
    /// Endings of such verbs when they are the last word of a request.
    last_deeds: Vec<String>,
}

#[derive(Debug)]
enum Phrase {
    One(String),
    /// Forms by CLDR category: `one`, `other`, …; `other` is always present. In every language, `two` means exactly
    /// two.
    Plural(BTreeMap<String, String>),
}

#[derive(Debug, thiserror::Error)]
enum WordsError {
    #[error(transparent)]
    Toml(#[from] toml::de::Error),
    #[error("`{0}` is no language tag with known plural rules")]
    Language(String),
    #[error("`{0}` is neither a text nor plural forms with `other`")]
    Phrase(String),
}

impl Words {
    /// Returns the words of `language` (`en`, `de-AT`, …), or `None` if there is no file for it.
    pub fn of(language: &str) -> Option<&'static Words> {
        let primary = language.split(['-', '_']).next().unwrap_or(language).to_ascii_lowercase();
        ALL.get(language).or_else(|| ALL.get(primary.as_str())).map(|words| &**words)
    }

    /// Returns the words of `language`, or the English ones if there is no file for it.
    pub fn of_or_english(language: &str) -> &'static Words {
        Self::of(language).unwrap_or_else(|| &ALL["en"])
    }

    /// Returns the available languages, in alphabetical order.
    pub fn languages() -> &'static [&'static str] {
        &LANGUAGES
    }

    /// Whether there is a phrase `key`.
    pub fn has(&self, key: &str) -> bool {
        self.phrases.contains_key(key)
    }

    /// Returns the phrase `key` with its `{placeholders}` filled. An unknown key is returned itself; the tests rule
    /// this out.
    pub fn say(&self, key: &str, places: &[(&str, &str)]) -> String {
        match self.phrases.get(key) {
            Some(Phrase::One(pattern)) => self.fill(pattern, places),
            Some(Phrase::Plural(forms)) => self.fill(&forms["other"], places),
            None => key.to_owned(),
        }
    }

    /// Returns the phrase `key` in the plural form for `n`; `{n}` is filled with `n`.
    pub fn count(&self, key: &str, n: u64, places: &[(&str, &str)]) -> String {
        let number = self.whole(n);
        let places: Vec<(&str, &str)> = std::iter::once(("n", number.as_str())).chain(places.iter().copied()).collect();
        match self.phrases.get(key) {
            Some(Phrase::Plural(forms)) => {
                let exact = if n == 2 { "two" } else { self.category(n) };
                let form = forms.get(exact).or_else(|| forms.get(self.category(n))).or_else(|| forms.get("other"));
                form.map_or_else(|| key.to_owned(), |pattern| self.fill(pattern, &places))
            }
            _ => self.say(key, &places),
        }
    }

    /// Returns the name of a thing in the form for the inside of a sentence: `a developer` for `A developer`. `None` if
    /// the text does not begin with an article, or the language would have to decline it.
    pub fn thing_within(&self, text: &str) -> Option<String> {
        let (first, rest) = text.split_once(' ')?;
        let is_article = self.form.articles.iter().any(|article| article == first);
        is_article.then(|| format!("{} {rest}", first.to_lowercase()))
    }

    /// Whether a text is a plain request that a sentence can continue: `Drop supplier scoring`. False for more than one
    /// clause, and for a text that names its deadline.
    pub(crate) fn says_what_to_do(&self, text: &str) -> bool {
        let by = self.say("common.by", &[("date", "")]);
        let is_simple = !text.contains([';', ':', '?', '!', '…', '(']) && !text.contains(". ");
        let ends_in = |word: &str, ending: &str| {
            word.strip_suffix(ending)
                .is_some_and(|stem| stem.chars().count() > 1 && word.chars().all(char::is_alphabetic))
        };
        let first = text.split(' ').next().unwrap_or_default().to_lowercase();
        let begins = self.form.deeds.iter().any(|deed| match deed.strip_prefix('-') {
            Some(ending) => ends_in(&first, ending),
            None => first == *deed,
        });
        let last = text.rsplit(' ').next().filter(|last| last.starts_with(char::is_lowercase)).unwrap_or_default();
        let ends = self.form.last_deeds.iter().any(|ending| ends_in(last, ending));
        is_simple && (begins || ends) && !text.to_lowercase().contains(&format!(" {} ", by.trim()))
    }

    /// Returns a number with `decimals` decimals, the language's separators and a typographic minus sign.
    ///
    /// ```
    /// use headsup::words::Words;
    ///
    /// let [english, german] = ["en", "de"].map(|language| Words::of(language).unwrap());
    /// assert_eq!(english.number(-1234.5, 1), "−1,234.5");
    /// assert_eq!(german.number(1234.5, 1), "1.234,5");
    /// assert_eq!(english.percent(0.445, 0), "45%");
    /// ```
    pub fn number(&self, value: f64, decimals: usize) -> String {
        let plain = format!("{:.decimals$}", half_up(value.abs(), decimals));
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let mut out = String::new();
        if value < 0.0 && plain.bytes().any(|b| b.is_ascii_digit() && b != b'0') {
            out.push('−');
        }
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i) % 3 == 0 && whole.len() >= self.form.group_from {
                out.push_str(&self.form.group);
            }
            out.push(digit);
        }
        if !fraction.is_empty() {
            out.push_str(&self.form.decimal);
            out.push_str(fraction);
        }
        out
    }

    /// Returns a whole number with the language's separators.
    pub fn whole(&self, n: u64) -> String {
        self.number(n as f64, 0)
    }

    /// Returns a share (0 to 1) as a percentage, such as `44%`.
    pub fn percent(&self, share: f64, decimals: usize) -> String {
        self.in_percent(share * 100.0, decimals)
    }

    /// Returns a number of percent, such as `0.58%`.
    pub fn in_percent(&self, value: f64, decimals: usize) -> String {
        self.fill(&self.form.percent, &[("n", &self.number(value, decimals))])
    }

    /// Returns a text in the language's quotation marks; marks inside it become inner ones.
    pub fn quote(&self, text: &str) -> String {
        let marks =
            |pattern: &str| pattern.split_once("{text}").map(|(open, close)| (open.to_owned(), close.to_owned()));
        let outer = marks(&self.form.quote).zip(marks(&self.form.quote_inner));
        let text = match outer.filter(|((open, close), _)| text.contains(&**open) && text.contains(&**close)) {
            Some(((open, close), (inner_open, inner_close))) => {
                text.replace(&open, &inner_open).replace(&close, &inner_close)
            }
            None => text.to_owned(),
        };
        self.fill(&self.form.quote, &[("text", &text)])
    }

    /// Returns `: ` with the spaces of the language.
    pub fn colon(&self) -> &str {
        &self.form.colon
    }

    /// Returns `; ` with the spaces of the language.
    pub fn semicolon(&self) -> &str {
        &self.form.semicolon
    }

    /// Returns a list such as `a, b and c`.
    pub fn list<S: AsRef<str>>(&self, parts: &[S]) -> String {
        match parts {
            [] => String::new(),
            [one] => one.as_ref().to_owned(),
            [first @ .., last] => {
                let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
                format!("{}{}{}", first.join(&self.form.list_comma), self.form.list_and, last.as_ref())
            }
        }
    }

    /// Returns every key with its patterns: for the test that all languages have the same phrases.
    pub fn patterns(&self) -> impl Iterator<Item = (&str, Vec<&str>)> {
        self.phrases.iter().map(|(key, phrase)| {
            let patterns = match phrase {
                Phrase::One(pattern) => vec![pattern.as_str()],
                Phrase::Plural(forms) => forms.values().map(String::as_str).collect(),
            };
            (key.as_str(), patterns)
        })
    }

    /// Returns the plural category of `n`, one of [`CATEGORIES`].
    fn category(&self, n: u64) -> &'static str {
        CATEGORIES[match self.plurals.select(n) {
            Ok(PluralCategory::ZERO) => 0,
            Ok(PluralCategory::ONE) => 1,
            Ok(PluralCategory::TWO) => 2,
            Ok(PluralCategory::FEW) => 3,
            Ok(PluralCategory::MANY) => 4,
            Ok(PluralCategory::OTHER) | Err(_) => 5,
        }]
    }

    /// Fills the `{placeholders}` of a pattern in one pass, so that braces in a user's text stay as they are. A value
    /// that begins with [`AS_WRITTEN`] is a period: words before it that belong to a day are replaced by those for a
    /// period.
    fn fill(&self, pattern: &str, places: &[(&str, &str)]) -> String {
        let mut out = String::with_capacity(pattern.len() + 32);
        let mut rest = pattern;
        while let Some(start) = rest.find('{') {
            let (before, from) = rest.split_at(start);
            out.push_str(before);
            let place = from.find('}').map(|end| (&from[1..end], &from[end + 1..]));
            let Some((name, after)) = place else {
                out.push_str(from);
                return out;
            };
            match places.iter().find(|(place, _)| *place == name).map(|(_, text)| (text, text.strip_prefix(AS_WRITTEN)))
            {
                Some((_, Some(period))) => {
                    let of_day = self.form.before_period.iter().find(|(of_day, _)| out.ends_with(of_day.as_str()));
                    if let Some((of_day, of_period)) = of_day {
                        out.truncate(out.len() - of_day.len());
                        out.push_str(of_period);
                    }
                    out.push_str(period);
                }
                Some((text, None)) => out.push_str(text),
                None => out.push_str(&from[..from.len() - after.len()]),
            }
            rest = after;
        }
        out.push_str(rest);
        out
    }

    fn parse(text: &str) -> Result<Words, WordsError> {
        #[derive(Deserialize)]
        struct File {
            language: String,
            form: Form,
            #[serde(flatten)]
            phrases: toml::Table,
        }
        let file: File = toml::from_str(&text.replace('~', "\u{a0}"))?;
        let plurals = file
            .language
            .parse::<unic_langid::LanguageIdentifier>()
            .ok()
            .and_then(|id| PluralRules::create(id, PluralRuleType::CARDINAL).ok())
            .ok_or_else(|| WordsError::Language(file.language.clone()))?;
        let mut phrases = BTreeMap::new();
        collect(&mut phrases, "", &file.phrases)?;
        Ok(Words { language: file.language, form: file.form, phrases, plurals })
    }
}

/// The plural categories of the CLDR.
const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// Flattens `[table] key = …` to `table.key`. A table of plural categories becomes one phrase with its forms.
fn collect(phrases: &mut BTreeMap<String, Phrase>, path: &str, table: &toml::Table) -> Result<(), WordsError> {
    for (name, value) in table {
        let key = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        match value {
            toml::Value::String(text) => {
                phrases.insert(key, Phrase::One(text.clone()));
            }
            toml::Value::Table(forms) if forms.keys().all(|form| CATEGORIES.contains(&form.as_str())) => {
                let forms = forms
                    .iter()
                    .map(|(form, text)| text.as_str().map(|text| (form.clone(), text.to_owned())))
                    .collect::<Option<BTreeMap<_, _>>>()
                    .filter(|forms| forms.contains_key("other"))
                    .ok_or_else(|| WordsError::Phrase(key.clone()))?;
                phrases.insert(key, Phrase::Plural(forms));
            }
            toml::Value::Table(inner) => collect(phrases, &key, inner)?,
            _ => return Err(WordsError::Phrase(key)),
        }
    }
    Ok(())
}

/// Rounds `value` to a number of decimals, halves up as people do; Rust's formatting rounds 62.5 to 62.
fn half_up(value: f64, decimals: usize) -> f64 {
    let unit = 10f64.powi(i32::try_from(decimals).unwrap_or(i32::MAX));
    let scaled = value * unit;
    // From 2^52 on a float has no fraction.
    if scaled < 4_503_599_627_370_496.0 { scaled.round() / unit } else { value }
}

#[cfg(test)]
mod tests;
