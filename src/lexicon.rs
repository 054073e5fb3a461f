//! Header words and status words in the languages that exports come in: `data/lexicon/LANG.toml`, keyed table and field.
//!
//! [`crate::preset`] makes of all languages together the preset that reads what no tool's own does; [`crate::table`] asks
//! which words mean that there is no value; `headsup init` asks which language a header is in. A new language is a new file.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization as _;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data/lexicon");

/// English first: of two languages that give one word two meanings the earlier one stands.
const ORDER: [&str; 15] = ["en", "de", "fr", "es", "pt", "it", "nl", "pl", "ru", "sv", "da", "no", "ja", "zh", "ko"];

static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| {
    let files = ORDER.iter().filter_map(|code| FILES.get_file(format!("{code}.toml")));
    files.filter_map(|file| parse(file.path().file_stem()?.to_str()?, file.contents_utf8()?).ok()).collect()
});

/// The words of one language.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Language {
    /// ISO 639-1, as the file is called.
    #[serde(skip)]
    pub code: String,
    /// In English.
    pub title: String,
    /// What a header may name besides its field: the "Task" of "Task status".
    #[serde(default)]
    pub nouns: Vec<String>,
    /// Cells that say "no value" where dates or numbers are expected.
    #[serde(default)]
    pub missing: Vec<String>,
    /// Headers that stand in lists of every kind, so that they alone tell no table.
    #[serde(default)]
    pub ambiguous: Vec<String>,
    /// By the name of the table.
    #[serde(rename = "table")]
    pub tables: BTreeMap<String, TableWords>,
}

/// The words of one table in one language.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableWords {
    /// Headers that tell this table from the others.
    #[serde(default)]
    pub own: Vec<String>,
    /// Headers that no such table has.
    #[serde(default)]
    pub unless: Vec<String>,
    /// Headers that such a table has and that are not read.
    #[serde(default)]
    pub also: Vec<String>,
    /// Field → its headers, the best first.
    #[serde(default)]
    pub columns: BTreeMap<String, Vec<String>>,
    /// Field → our word → the words that mean it.
    #[serde(default)]
    pub values: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

/// All languages, English first.
pub fn languages() -> &'static [Language] {
    &LANGUAGES
}

fn parse(code: &str, text: &str) -> Result<Language, toml::de::Error> {
    Ok(Language { code: code.to_owned(), ..toml::from_str(text)? })
}

/// A header or a word as it is compared: letters and digits alone, in lower case, without accents, so that `Due date`,
/// `due_date`, `DueDate` and `DUE-DATE` are one. `%`, `#`, `№` and a question mark at the end count: `%` and `# done` are
/// not `done`. A text of other signs alone, as `🟢`, stays.
pub fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut add = |c: char| match c {
        'a'..='z' | '0'..='9' => folded.push(c),
        'A'..='Z' => folded.push(c.to_ascii_lowercase()),
        '%' | '#' | '№' | '?' => folded.push(c),
        'ß' => folded.push_str("ss"),
        'ł' => folded.push('l'),
        'ø' => folded.push('o'),
        'æ' => folded.push_str("ae"),
        'đ' | 'ð' => folded.push('d'),
        'ı' => folded.push('i'),
        '\u{300}'..='\u{36f}' => {}
        _ if c.is_alphanumeric() => folded.push(c),
        _ => {}
    };
    if text.is_ascii() {
        text.chars().for_each(&mut add);
    } else {
        text.to_lowercase().nfkd().for_each(&mut add);
        // Syllables of Korean and voiced signs of Japanese come together again.
        folded = folded.nfc().collect();
    }
    if folded.is_empty() { text.trim().to_owned() } else { folded }
}

/// The other way to write a word with umlauts, as it is compared: `Fällig` is `Faellig` too.
pub fn folded_with_digraphs(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    lower.contains(['ä', 'ö', 'ü']).then(|| folded(&lower.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue")))
}

/// Whether a header names what tells things apart and counts nothing: `ID`, `#`, `Lfd. Nr.`, `customer_id`.
pub fn is_id(header: &str) -> bool {
    static WORDS: LazyLock<std::collections::BTreeSet<String>> = LazyLock::new(|| {
        let keys = LANGUAGES.iter().filter_map(|language| language.tables.get("tasks")?.columns.get("key"));
        keys.flatten().map(|word| folded(word)).filter(|word| !matches!(word.as_str(), "number" | "code")).collect()
    });
    let ends_so = |header: &str| {
        let lower = header.trim().to_lowercase();
        let last = lower.rsplit([' ', '_', '-', '.']).next().unwrap_or_default();
        matches!(last, "id" | "ids" | "uuid" | "guid") && last.len() < lower.len()
    };
    ends_so(header) || header.ends_with("Id") || header.ends_with("ID") || WORDS.contains(&folded(header))
}

/// Whether a word says how a plan is kept — green, at risk, delayed — and nothing of whether the work is done.
pub fn is_of_plan(word: &str) -> bool {
    const PLAN: [&str; 7] = ["green", "amber", "red", "on_pace", "at_risk", "late", "ahead"];
    static WORDS: LazyLock<std::collections::BTreeSet<String>> = LazyLock::new(|| {
        let status = LANGUAGES.iter().filter_map(|language| language.tables.get("milestones")?.values.get("status"));
        let of_plan = status.flat_map(|words| words.iter().filter(|(ours, _)| PLAN.contains(&ours.as_str())));
        of_plan.flat_map(|(_, words)| words).map(|word| folded(word)).collect()
    });
    WORDS.contains(&folded(word))
}

/// Whether a cell says in words that there is no value: "tbd", "offen", "à définir".
pub fn is_missing(cell: &str) -> bool {
    static WORDS: LazyLock<std::collections::BTreeSet<String>> =
        LazyLock::new(|| LANGUAGES.iter().flat_map(|language| &language.missing).map(|word| folded(word)).collect());
    // No such word is longer, and a date or a number has digits.
    cell.len() <= 60 && !cell.bytes().any(|b| b.is_ascii_digit()) && WORDS.contains(&folded(cell))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_read() {
        for file in FILES.files() {
            let code = file.path().file_stem().unwrap().to_str().unwrap();
            // What metrics are called stands in one file.
            if code == "metrics" {
                continue;
            }
            let language = parse(code, file.contents_utf8().unwrap()).unwrap_or_else(|error| panic!("{code}: {error}"));
            assert!(ORDER.contains(&code) && !language.tables.is_empty(), "{code}");
        }
        assert_eq!(languages().len(), ORDER.len());
    }

    #[test]
    fn blanks_case_and_accents_do_not_count() {
        for same in ["Due date", "due_date", "DueDate", "DUE-DATE", " due  date ", "Due Date*"] {
            assert_eq!(folded(same), "duedate");
        }
        assert_eq!(folded("Fällig am"), folded("fallig AM"));
        assert_eq!(folded_with_digraphs("Fällig am").as_deref(), Some("faelligam"));
        assert_eq!((folded("% done"), folded("done"), folded("Łódź")), ("%done".into(), "done".into(), "lodz".into()));
        assert_eq!((folded("🟢"), folded("✅ Done"), folded("担当者")), ("🟢".into(), "done".into(), "担当者".into()));
        assert_eq!(folded("담당자"), "담당자");
    }

    #[test]
    fn words_for_no_value() {
        for word in ["tbd", "TBD", "offen", "à définir", "A definir", "por definir", "未定", "not set"] {
            assert!(is_missing(word), "{word}");
        }
        assert!(!is_missing("Q1") && !is_missing("Ende November") && !is_missing(""));
    }
}
