//! The fixed words of a language, its plurals, dates and numbers: `templates/words/*.toml`, a file a language.
//!
//! A sentence is a pattern with named places, so the same facts make the same words. A new language is a new file;
//! its plural rules come from the Unicode CLDR by way of `intl_pluralrules`; how numbers, shares and amounts are written
//! is the CLDR's too, kept in the `[form]` of each file: eight lines a language weigh less than icu4x and its data. [`crate::brief`] is the caller, and the
//! renderers for the few words of their own.

mod dates;
mod money;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use include_dir::{Dir, File, include_dir};
use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use serde::Deserialize;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates/words");

type Lazy = LazyLock<Words, Box<dyn FnOnce() -> Words + Send>>;

/// By the name of the file, which is the language's; a file is parsed when its language is first asked for.
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

/// Stands before a period that fills the place of a day in a phrase: `Q4`. It is never printed.
pub const AS_WRITTEN: char = '\u{2063}';

/// The words of one language.
pub struct Words {
    /// BCP 47.
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
    /// From how many digits before the decimal sign groups are set apart.
    group_from: usize,
    percent: String,
    /// An amount with its sign: `$480`, `480 €`.
    money: String,
    /// An amount with the code of its currency: `EUR 480`.
    money_code: String,
    quote: String,
    /// Within those.
    quote_inner: String,
    /// Between the last two of a list; the others are parted by `list_comma`.
    list_and: String,
    list_comma: String,
    /// What stands between a name and what is said of it, with its spaces.
    colon: String,
    semicolon: String,
    /// A day whose month stands beside it: `14` of `14 to 20 November`.
    day: String,
    day_month: String,
    /// With the short name of the weekday: `Tue 24 Nov`.
    weekday_day: String,
    /// A day of the week that begins, after `by`: `Tuesday`.
    weekday_soon: String,
    day_month_long: String,
    day_month_year: String,
    day_month_year_long: String,
    full_date: String,
    /// What a first of the month is written as, as `1er`; days are numbers elsewhere.
    first_day: String,
    months: [String; 12],
    months_short: [String; 12],
    /// Monday first.
    weekdays: [String; 7],
    /// What stands before a day, and what stands there before a period: `due on 4 December`, `due Q4`.
    before_period: BTreeMap<String, String>,
    weekdays_short: [String; 7],
    /// Words that begin the name of a thing, as `A` and `Two`, where it can stand inside a sentence as it is.
    articles: Vec<String>,
    /// Verbs that begin what somebody is asked to do, as `Drop`; with a hyphen the endings of such verbs.
    deeds: Vec<String>,
    /// The endings of such verbs where they come last.
    last_deeds: Vec<String>,
}

#[derive(Debug)]
enum Phrase {
    One(String),
    /// By CLDR category: `one`, `other`, …; `other` is always there. `two` is for exactly two in any language.
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
    /// The words of `language` (`en`, `de-AT`, …); None where there is no file for it.
    pub fn of(language: &str) -> Option<&'static Words> {
        let primary = language.split(['-', '_']).next().unwrap_or(language).to_ascii_lowercase();
        ALL.get(language).or_else(|| ALL.get(primary.as_str())).map(|words| &**words)
    }

    /// The words of `language`, English where there are none.
    pub fn of_or_english(language: &str) -> &'static Words {
        Self::of(language).unwrap_or_else(|| &ALL["en"])
    }

    /// The languages there are, in alphabetical order.
    pub fn languages() -> &'static [&'static str] {
        &LANGUAGES
    }

    /// Whether there is a phrase `key`.
    pub fn has(&self, key: &str) -> bool {
        self.phrases.contains_key(key)
    }

    /// The phrase `key`, its `{places}` filled. A key that is nowhere is shown as itself, which the tests rule out.
    pub fn say(&self, key: &str, places: &[(&str, &str)]) -> String {
        match self.phrases.get(key) {
            Some(Phrase::One(pattern)) => self.fill(pattern, places),
            Some(Phrase::Plural(forms)) => self.fill(&forms["other"], places),
            None => key.to_owned(),
        }
    }

    /// The phrase `key` in the plural form of `n`; `{n}` is `n`.
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

    /// The name of a thing for the inside of a sentence: `a developer` for `A developer`. None of any other text, and
    /// in a language that would have to put it in another case.
    pub fn thing_within(&self, text: &str) -> Option<String> {
        let (first, rest) = text.split_once(' ')?;
        let is_article = self.form.articles.iter().any(|article| article == first);
        is_article.then(|| format!("{} {rest}", first.to_lowercase()))
    }

    /// Whether a text says what to do, so that a sentence goes on from it: `Drop supplier scoring`. Not what is more than
    /// one clause, or names a day by which it is needed.
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

    /// A number with `decimals` places and the language's separators, its minus a true one.
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

    /// A whole number with the language's separators.
    pub fn whole(&self, n: u64) -> String {
        self.number(n as f64, 0)
    }

    /// A share as `44%`.
    pub fn percent(&self, share: f64, decimals: usize) -> String {
        self.in_percent(share * 100.0, decimals)
    }

    /// A number that is in percent already, as `0.58%`.
    pub fn in_percent(&self, value: f64, decimals: usize) -> String {
        self.fill(&self.form.percent, &[("n", &self.number(value, decimals))])
    }

    /// In the language's quotation marks; those within the text become the inner ones.
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

    /// `: `, with the spaces of the language.
    pub fn colon(&self) -> &str {
        &self.form.colon
    }

    /// `; `, with the spaces of the language.
    pub fn semicolon(&self) -> &str {
        &self.form.semicolon
    }

    /// `a, b and c`.
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

    /// Every key with the patterns behind it: for the test that all languages say the same things.
    pub fn patterns(&self) -> impl Iterator<Item = (&str, Vec<&str>)> {
        self.phrases.iter().map(|(key, phrase)| {
            let patterns = match phrase {
                Phrase::One(pattern) => vec![pattern.as_str()],
                Phrase::Plural(forms) => forms.values().map(String::as_str).collect(),
            };
            (key.as_str(), patterns)
        })
    }

    /// The plural category of `n`, one of [`CATEGORIES`].
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

    /// Fills the `{places}` of a pattern in one pass, so that braces in a user's text are left as they are. A place that
    /// begins with [`AS_WRITTEN`] is a period: the words before it that go with a day give way.
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

/// Flattens `[table] key = …` to `table.key`. A table of plural categories is one phrase with its forms.
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

/// `value` at so many decimals, halves rounded up as people do; Rust's formatting rounds 62.5 to 62.
fn half_up(value: f64, decimals: usize) -> f64 {
    let unit = 10f64.powi(i32::try_from(decimals).unwrap_or(i32::MAX));
    let scaled = value * unit;
    // From here on a float has no halves.
    if scaled < 4_503_599_627_370_496.0 { scaled.round() / unit } else { value }
}

#[cfg(test)]
mod tests;
