//! Header words and status words in the languages that exports come in: `data/lexicon/LANG.toml`, keyed table and field.
//!
//! [`crate::preset`] makes of all languages together the preset that reads what no tool's own does; [`crate::table`] asks
//! which words mean that there is no value; `headsup init` asks which language a header is in. A new language is a new file.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization as _;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data/lexicon");

/// English first: of two languages that give one word two meanings the earlier one stands. A language that is not named
/// here comes after these.
const ORDER: [&str; 15] = ["en", "de", "fr", "es", "pt", "it", "nl", "pl", "ru", "sv", "da", "no", "ja", "zh", "ko"];

static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| {
    let files = FILES.files();
    // `metrics.toml`, which is of no language, does not parse as one.
    let all = files.filter_map(|file| parse(file.path().file_stem()?.to_str()?, file.contents_utf8()?).ok());
    let mut all: Vec<Language> = all.collect();
    let place = |code: &str| ORDER.iter().position(|other| *other == code).unwrap_or(ORDER.len());
    all.sort_by_cached_key(|language| (place(&language.code), language.code.clone()));
    all
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

/// No header that we know is longer.
const LONGEST_HEADER: usize = 80;

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
        if !folded.is_ascii() {
            folded = folded.nfc().collect();
        }
    }
    // `⚪️` is `⚪`: what follows says how it is drawn.
    if folded.is_empty() { text.trim().trim_end_matches(['\u{fe0e}', '\u{fe0f}']).to_owned() } else { folded }
}

/// The other way to write a word with umlauts, as it is compared: `Fällig` is `Faellig` too.
pub fn folded_with_digraphs(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    lower.contains(['ä', 'ö', 'ü']).then(|| folded(&lower.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue")))
}

/// A header without the small words that some write and some leave out: `Date d'échéance` is `DateEcheance`. None where it
/// has none.
pub fn folded_without_small_words(text: &str) -> Option<String> {
    const SMALL: [&str; 24] = [
        "d", "da", "das", "de", "del", "della", "dell", "den", "der", "des", "di", "do", "dos", "du", "el", "het", "l",
        "la", "le", "les", "of", "the", "van", "von",
    ];
    // A single word has none, nor has a text without ASCII letters.
    let goes_on = |c: char| c.is_alphanumeric() && !c.is_uppercase();
    let is_one = text.starts_with(char::is_alphanumeric) && text.chars().skip(1).all(goes_on);
    if is_one || !text.bytes().any(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    let all: Vec<String> = words(text);
    let kept: Vec<&str> = all.iter().map(String::as_str).filter(|word| !SMALL.contains(word)).collect();
    (!kept.is_empty() && kept.len() < all.len()).then(|| folded(&kept.concat()))
}

/// The words of a header, in lower case: `TicketsClosed`, `tickets_closed` and `Tickets closed` are two.
pub fn words(text: &str) -> Vec<String> {
    let mut spaced = String::with_capacity(text.len() + 4);
    let mut before = ' ';
    for letter in text.chars() {
        if letter.is_uppercase() && before.is_lowercase() {
            spaced.push(' ');
        }
        spaced.push(letter);
        before = letter;
    }
    let is_between = |c: char| !c.is_alphanumeric() && !('\u{300}'..='\u{36f}').contains(&c);
    spaced.split(is_between).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// The tables that the name of a file speaks of, in any language: `meilensteine-2026.csv`, `RiskRegister.csv`.
pub fn tables_named(stem: &str) -> BTreeSet<&'static str> {
    let spoken = words(stem);
    let pairs = spoken.windows(2).map(<[String]>::concat);
    let spoken: BTreeSet<String> = spoken.iter().cloned().chain(pairs).map(|word| folded(&word)).collect();
    let says = |word: &str| {
        let word = folded(word);
        let plural = |end: &str| spoken.contains(&format!("{word}{end}"));
        word.chars().count() > 2 && (spoken.contains(&word) || plural("s") || plural("e") || plural("en"))
    };
    let of = |language: &'static Language| {
        let tables = language.tables.iter().filter(|(_, words)| words.own.iter().any(|word| says(word)));
        tables.map(|(table, _)| table.as_str())
    };
    LANGUAGES.iter().flat_map(of).collect()
}

/// The table whose things a word calls by name, as the kind of a row: `Risk`, `Action`, `Issue`, `Meilenstein`.
pub fn table_of_row(word: &str) -> Option<&'static str> {
    static WORDS: LazyLock<BTreeMap<String, &'static str>> = LazyLock::new(|| {
        let mut words = BTreeMap::new();
        // What is a milestone or a risk is said so; all else that a list may have is work.
        for (table, field) in [("milestones", "milestone"), ("risks", "risk"), ("tasks", "title")] {
            for language in LANGUAGES.iter() {
                let Some(own) = language.tables.get(table) else { continue };
                let titles = own.columns.get(field).into_iter().flatten().filter(|_| table == "tasks");
                for word in own.own.iter().chain(titles) {
                    let (word, plural) = (folded(word), folded(word) + "s");
                    words.entry(word).or_insert(table);
                    words.entry(plural).or_insert(table);
                }
            }
        }
        words
    });
    WORDS.get(&folded(word)).copied()
}

/// Whether a header names what tells things apart and counts nothing: `ID`, `#`, `Lfd. Nr.`, `customer_id`.
pub fn is_id(header: &str) -> bool {
    static WORDS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
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

/// Whether a header is one of those that we know, in any language.
pub fn is_header(header: &str) -> bool {
    static WORDS: LazyLock<BTreeSet<String>> = LazyLock::new(|| headers(|_| true));
    header.len() <= LONGEST_HEADER && WORDS.contains(&folded(header))
}

/// Whether a header names days, in any language.
pub fn promises_dates(header: &str) -> bool {
    const DATES: [&str; 11] = [
        "date",
        "due",
        "agreed_due",
        "start",
        "started",
        "created",
        "updated",
        "done_on",
        "as_of",
        "agreed_on",
        "until",
    ];
    static WORDS: LazyLock<BTreeSet<String>> = LazyLock::new(|| headers(|field| DATES.contains(&field)));
    header.len() <= LONGEST_HEADER && WORDS.contains(&folded(header))
}

/// The headers of all fields that are wanted.
fn headers(wanted: impl Fn(&str) -> bool) -> BTreeSet<String> {
    let tables = LANGUAGES.iter().flat_map(|language| language.tables.values());
    let fields = tables.flat_map(|table| &table.columns).filter(|(field, _)| wanted(field.as_str()));
    fields.flat_map(|(field, words)| words.iter().chain([field])).map(|word| folded(word)).collect()
}

/// Whether a header promises the share that is done of something: a percent sign, and a word for done in any language.
pub fn promises_share_done(header: &str) -> bool {
    const DONE: [&str; 22] = [
        "complet",
        "conclu",
        "achev",
        "realis",
        "fertig",
        "erledigt",
        "abgeschlossen",
        "done",
        "klar",
        "fardig",
        "ferdig",
        "voltooi",
        "gereed",
        "afgerond",
        "ukoncz",
        "wykon",
        "progress",
        "avan",
        "fortschritt",
        "voortgang",
        "готов",
        "完",
    ];
    let folded = folded(header);
    folded.contains('%') && DONE.iter().any(|stem| folded.contains(stem))
}

/// Whether a word says how a plan is kept — green, at risk, delayed — and nothing of whether the work is done.
pub fn is_of_plan(word: &str) -> bool {
    of_plan(word).is_some()
}

/// Our word for one that says how a plan is kept.
pub fn of_plan(word: &str) -> Option<&'static str> {
    const PLAN: [&str; 8] = ["green", "amber", "red", "on_pace", "at_risk", "late", "ahead", "off_track"];
    static WORDS: LazyLock<BTreeMap<String, &str>> = LazyLock::new(|| {
        let status = LANGUAGES.iter().filter_map(|language| language.tables.get("milestones")?.values.get("status"));
        let of_plan = status.flat_map(|words| PLAN.iter().filter_map(|ours| Some((*ours, words.get(*ours)?))));
        of_plan.flat_map(|(ours, words)| words.iter().map(move |word| (folded(word), ours))).collect()
    });
    WORDS.get(&folded(word)).copied()
}

/// Whether a word says that a thing is stuck, and not that somebody put it aside.
pub fn is_blocked(word: &str) -> bool {
    static WORDS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        let status = LANGUAGES.iter().filter_map(|language| language.tables.get("milestones")?.values.get("status"));
        status.filter_map(|words| words.get("blocked")).flatten().map(|word| folded(word)).collect()
    });
    WORDS.contains(&folded(word))
}

/// Whether a cell says in words that there is no value: "tbd", "offen", "à définir".
pub fn is_missing(cell: &str) -> bool {
    static WORDS: LazyLock<BTreeSet<String>> =
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
            assert!(!language.tables.is_empty(), "{code}");
            assert!(languages().iter().any(|known| known.code == code), "{code}");
        }
        assert!(ORDER.iter().zip(languages()).all(|(code, language)| *code == language.code));
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
    fn small_words_may_be_left_out() {
        assert_eq!(folded_without_small_words("Date d'échéance").as_deref(), Some("dateecheance"));
        assert_eq!(folded_without_small_words("Fecha de vencimiento").as_deref(), Some("fechavencimiento"));
        assert_eq!(folded_without_small_words("DateEcheance"), None);
        assert_eq!(folded_without_small_words("de"), None);
    }

    #[test]
    fn names_of_files_speak_of_tables() {
        for (stem, table) in [
            ("milestones", "milestones"),
            ("Meilensteine-2026", "milestones"),
            ("risk_register", "risks"),
            ("riesgos", "risks"),
            ("ActionItems", "tasks"),
            ("tareas", "tasks"),
            ("kpis", "metrics"),
        ] {
            assert!(tables_named(stem).contains(table), "{stem}: {:?}", tables_named(stem));
        }
        assert!(tables_named("export").is_empty() && tables_named("data (2)").is_empty());
    }

    #[test]
    fn kinds_of_rows() {
        for (word, table) in [
            ("Risk", Some("risks")),
            ("Risiko", Some("risks")),
            ("Action", Some("tasks")),
            ("Issue", Some("tasks")),
            ("Issues", Some("tasks")),
            ("Milestone", Some("milestones")),
            ("Tarea", Some("tasks")),
            ("Decision", None),
            ("High", None),
            ("Ann", None),
        ] {
            assert_eq!(table_of_row(word), table, "{word}");
        }
    }

    #[test]
    fn words_for_no_value() {
        for word in ["tbd", "TBD", "offen", "à définir", "A definir", "por definir", "未定", "not set"] {
            assert!(is_missing(word), "{word}");
        }
        assert!(!is_missing("Q1") && !is_missing("Ende November") && !is_missing(""));
    }
}
