//! Header words and status words of all supported languages, from `data/lexicon/LANG.toml`, keyed by table and field.
//!
//! [`crate::preset`] builds the generic preset from all languages together; [`crate::table`] asks which words mean that
//! there is no value; `headsup init` asks which language a header is in. A new language is a new file.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use include_dir::{Dir, include_dir};
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::decompose_compatible;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data/lexicon");

/// Order of the languages: if a word has different meanings in two languages, the earlier language decides. Languages
/// that are not listed come last.
const ORDER: [&str; 15] = ["en", "de", "fr", "es", "pt", "it", "nl", "pl", "ru", "sv", "da", "no", "ja", "zh", "ko"];

static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| {
    let files = FILES.files();
    // `metrics.toml` belongs to no language and does not parse as one.
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
    /// ISO 639-1 code, which is also the name of the file.
    #[serde(skip)]
    pub code: String,
    /// Name of the language in English.
    pub title: String,
    /// Nouns that a header may contain besides its field: the "Task" of "Task status".
    #[serde(default)]
    pub nouns: Vec<String>,
    /// Cells that mean "no value" where a date or a number is expected.
    #[serde(default)]
    pub missing: Vec<String>,
    /// Statuses of work that waits for somebody else.
    #[serde(default)]
    pub waiting: Vec<String>,
    /// Headers that lists of every kind have, so that they alone do not identify a table.
    #[serde(default)]
    pub ambiguous: Vec<String>,
    /// Words by the name of their table.
    #[serde(rename = "table")]
    pub tables: BTreeMap<String, TableWords>,
}

/// The words of one table in one language.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableWords {
    /// Headers that only this table has.
    #[serde(default)]
    pub own: Vec<String>,
    /// Headers that this table never has.
    #[serde(default)]
    pub unless: Vec<String>,
    /// Headers that this table may have but that are not read.
    #[serde(default)]
    pub also: Vec<String>,
    /// Headers by field, the best first.
    #[serde(default)]
    pub columns: BTreeMap<String, Vec<String>>,
    /// Words by field and by our word for them.
    #[serde(default)]
    pub values: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

/// Length in bytes above which no header is known.
const MAX_HEADER_LEN: usize = 80;

/// Returns all languages, English first.
pub fn languages() -> &'static [Language] {
    &LANGUAGES
}

fn parse(code: &str, text: &str) -> Result<Language, toml::de::Error> {
    Ok(Language { code: code.to_owned(), ..toml::from_str(text)? })
}

/// Returns a header or a word in the form in which it is compared: only letters and digits, in lower case, without
/// accents, so that `Due date`, `due_date`, `DueDate` and `DUE-DATE` are equal. `%`, `#`, `№` and a question mark are
/// kept: `%` and `# done` are not `done`. A text of other signs only, such as `🟢`, is only trimmed.
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
        // The standard library's look-up is slow for these.
        'а'..='я' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '一'..='鿿' | '\u{1100}'..='\u{11ff}' => folded.push(c),
        _ if c.is_alphanumeric() => folded.push(c),
        _ => {}
    };
    if text.is_ascii() {
        text.chars().for_each(&mut add);
    } else if text.chars().all(folds_alone) {
        for small in text.chars().flat_map(char::to_lowercase) {
            match small {
                '\0'..='\u{7f}' | '一'..='鿿' => add(small),
                _ => decompose_compatible(small, &mut add),
            }
        }
    } else {
        text.to_lowercase().nfkd().for_each(&mut add);
        // NFKD took Korean syllables and Japanese voiced signs apart: compose them again.
        if !folded.is_ascii() {
            folded = folded.nfc().collect();
        }
    }
    // `⚪️` becomes `⚪`: a variation selector only says how a sign is drawn.
    if folded.is_empty() { text.trim().trim_end_matches(['\u{fe0e}', '\u{fe0f}']).to_owned() } else { folded }
}

/// Returns whether a character is folded independently of its neighbours, and its parts are never composed again. True for
/// Latin and Cyrillic letters, kana and Han.
fn folds_alone(c: char) -> bool {
    matches!(c, '\0'..='\u{7f}' | '\u{c0}'..='\u{24f}' | '\u{400}'..='\u{482}' | '\u{48a}'..='\u{4ff}'
        | '\u{2010}'..='\u{2015}' | '\u{2018}'..='\u{201f}' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '一'..='鿿')
}

/// Returns the folded form of a word with its umlauts written as two letters, `Fällig` as `Faellig`; `None` without
/// umlauts.
pub fn folded_with_digraphs(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    lower.contains(['ä', 'ö', 'ü']).then(|| folded(&lower.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue")))
}

/// Returns the folded form of a header without the small words that some people leave out: `Date d'échéance` as
/// `DateEcheance`. `None` if it has none.
pub fn folded_without_small_words(text: &str) -> Option<String> {
    const SMALL: [&str; 24] = [
        "d", "da", "das", "de", "del", "della", "dell", "den", "der", "des", "di", "do", "dos", "du", "el", "het", "l",
        "la", "le", "les", "of", "the", "van", "von",
    ];
    // A single word has no small words, and all small words are ASCII.
    let continues_word = |c: char| c.is_alphanumeric() && !c.is_uppercase();
    let is_single_word = text.starts_with(char::is_alphanumeric) && text.chars().skip(1).all(continues_word);
    if is_single_word || !text.bytes().any(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    let all: Vec<String> = words(text);
    let kept: Vec<&str> = all.iter().map(String::as_str).filter(|word| !SMALL.contains(word)).collect();
    (!kept.is_empty() && kept.len() < all.len()).then(|| folded(&kept.concat()))
}

/// Returns the words of a header, in lower case: `TicketsClosed`, `tickets_closed` and `Tickets closed` have two.
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

/// Returns the tables that the name of a file mentions, in any language: `meilensteine-2026.csv`, `RiskRegister.csv`.
pub fn tables_named(stem: &str) -> BTreeSet<&'static str> {
    let named = words(stem);
    let pairs = named.windows(2).map(<[String]>::concat);
    let named: BTreeSet<String> = named.iter().cloned().chain(pairs).map(|word| folded(&word)).collect();
    let is_named = |word: &str| {
        let word = folded(word);
        let plural = |end: &str| named.contains(&format!("{word}{end}"));
        word.chars().count() > 2 && (named.contains(&word) || plural("s") || plural("e") || plural("en"))
    };
    let of = |language: &'static Language| {
        let tables = language.tables.iter().filter(|(_, words)| words.own.iter().any(|word| is_named(word)));
        tables.map(|(table, _)| table.as_str())
    };
    LANGUAGES.iter().flat_map(of).collect()
}

/// Returns the table that a word in a column of row kinds belongs to: `Risk`, `Action`, `Issue`, `Meilenstein`.
pub fn table_of_row(word: &str) -> Option<&'static str> {
    static WORDS: LazyLock<BTreeMap<String, &'static str>> = LazyLock::new(|| {
        let mut words = BTreeMap::new();
        // Milestones and risks are always called so; everything else in a list is work.
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

/// Whether a header names an identifier and not a quantity: `ID`, `#`, `Lfd. Nr.`, `customer_id`.
pub fn is_id(header: &str) -> bool {
    static WORDS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        let keys = LANGUAGES.iter().filter_map(|language| language.tables.get("tasks")?.columns.get("key"));
        keys.flatten().map(|word| folded(word)).filter(|word| !matches!(word.as_str(), "number" | "code")).collect()
    });
    let has_id_suffix = |header: &str| {
        let lower = header.trim().to_lowercase();
        let last = lower.rsplit([' ', '_', '-', '.']).next().unwrap_or_default();
        matches!(last, "id" | "ids" | "uuid" | "guid") && last.len() < lower.len()
    };
    has_id_suffix(header) || header.ends_with("Id") || header.ends_with("ID") || WORDS.contains(&folded(header))
}

/// Whether a header is known in any language.
pub fn is_header(header: &str) -> bool {
    static WORDS: LazyLock<BTreeSet<String>> = LazyLock::new(|| headers(|_| true));
    header.len() <= MAX_HEADER_LEN && WORDS.contains(&folded(header))
}

/// Whether a header names a field of dates, in any language.
pub fn is_date_header(header: &str) -> bool {
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
    header.len() <= MAX_HEADER_LEN && WORDS.contains(&folded(header))
}

/// Whether a header names a field of dates and never one of numbers, as "plan" and "target" do.
pub fn is_only_date_header(header: &str) -> bool {
    const NUMBERS: [&str; 9] = [
        "target",
        "value",
        "start_value",
        "current_value",
        "estimate",
        "amount",
        "weight",
        "progress",
        "percent_complete",
    ];
    static WORDS: LazyLock<BTreeSet<String>> =
        LazyLock::new(|| headers(|field| NUMBERS.contains(&field) || field == "agreed_due"));
    is_date_header(header) && !WORDS.contains(&folded(header))
}

/// Whether a header names the last of several days, in any language.
pub fn is_end(header: &str) -> bool {
    static WORDS: LazyLock<BTreeSet<String>> = LazyLock::new(|| headers(|field| matches!(field, "due" | "until")));
    WORDS.contains(&folded(header))
}

/// Returns the folded headers of all fields for which `wanted` is true.
fn headers(wanted: impl Fn(&str) -> bool) -> BTreeSet<String> {
    let tables = LANGUAGES.iter().flat_map(|language| language.tables.values());
    let fields = tables.flat_map(|table| &table.columns).filter(|(field, _)| wanted(field.as_str()));
    fields.flat_map(|(field, words)| words.iter().chain([field])).map(|word| folded(word)).collect()
}

/// Whether a header names a share done: it has a percent sign and a word for done in any language.
pub fn is_share_done_header(header: &str) -> bool {
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

/// Whether a word says how a plan is going (green, at risk, delayed) and not whether the work is done.
pub fn is_plan_status(word: &str) -> bool {
    plan_status(word).is_some()
}

/// Returns our word for one that says how a plan is going.
pub fn plan_status(word: &str) -> Option<&'static str> {
    const PLAN: [&str; 8] = ["green", "amber", "red", "on_pace", "at_risk", "late", "ahead", "off_track"];
    static WORDS: LazyLock<BTreeMap<String, &str>> = LazyLock::new(|| {
        let status = LANGUAGES.iter().filter_map(|language| language.tables.get("milestones")?.values.get("status"));
        let of_plan = status.flat_map(|words| PLAN.iter().filter_map(|ours| Some((*ours, words.get(*ours)?))));
        of_plan.flat_map(|(ours, words)| words.iter().map(move |word| (folded(word), ours))).collect()
    });
    WORDS.get(&folded(word)).copied()
}

/// Returns our word for a status of a table's rows, such as "done" for "fertig".
pub fn status(table: &str, word: &str) -> Option<&'static str> {
    let word = folded(word);
    let of_table = LANGUAGES.iter().filter_map(|language| language.tables.get(table)?.values.get("status"));
    let mut words = of_table.flatten();
    words.find_map(|(ours, theirs)| theirs.iter().any(|it| folded(it) == word).then_some(ours.as_str()))
}

/// Whether a word says that something is stuck, rather than paused by a decision.
pub fn is_blocked(word: &str) -> bool {
    static WORDS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        let status = LANGUAGES.iter().filter_map(|language| language.tables.get("milestones")?.values.get("status"));
        status.filter_map(|words| words.get("blocked")).flatten().map(|word| folded(word)).collect()
    });
    WORDS.contains(&folded(word))
}

/// Whether a status says that the work waits for somebody else, and was not put aside.
pub fn is_waiting(word: &str) -> bool {
    static WORDS: LazyLock<BTreeSet<String>> =
        LazyLock::new(|| LANGUAGES.iter().flat_map(|language| &language.waiting).map(|word| folded(word)).collect());
    WORDS.contains(&folded(word))
}

/// Whether a cell says in words that there is no value: "tbd", "offen", "à définir".
pub fn is_missing(cell: &str) -> bool {
    static WORDS: LazyLock<BTreeSet<String>> =
        LazyLock::new(|| LANGUAGES.iter().flat_map(|language| &language.missing).map(|word| folded(word)).collect());
    // The longest such word is shorter, and only dates and numbers have digits.
    cell.len() <= 60 && !cell.bytes().any(|b| b.is_ascii_digit()) && WORDS.contains(&folded(cell))
}

#[cfg(test)]
mod tests;
