//! Words that influence how cells are read: words for "missing", and words in headers that promise dates or lists.

use crate::table::values::leading::longest_by_first;

/// Words for "missing" in a column of any kind.
const MISSING: &[&str] =
    &["-", "--", "---", "—", "–", "n/a", "#n/a", "null", "\\n", "(null)", "(blank)", "[]", "{}", "[null]"];

/// Words for "missing" in a column of numbers or dates; elsewhere they are ordinary words.
const NO_VALUE: &[&str] = &[
    ".",
    "..",
    "...",
    ":",
    "?",
    "na",
    "n.a.",
    "none",
    "(none)",
    "nil",
    "nan",
    "nat",
    "tbd",
    "tba",
    "unknown",
    "not set",
    "(not set)",
    "unresolved",
    "unset",
    "never",
    "k.a.",
    "k. a.",
    "нет",
    "s.o.",
    "0000-00-00",
    "0000-00-00 00:00:00",
    "not available",
    "no data",
    "*",
];

/// Most bytes of such a word; `#INVALID COLUMN VALUE` is the longest one.
const LONGEST_NO_VALUE: usize = 24;

/// What Excel, Google Sheets and Smartsheet show if a formula fails: "missing" in a column of any kind.
const FAILED: &[&str] = &[
    "#N/A",
    "#REF!",
    "#REF",
    "#DIV/0!",
    "#VALUE!",
    "#NAME?",
    "#NUM!",
    "#NULL!",
    "#SPILL!",
    "#CALC!",
    "#ERROR!",
    "#BLOCKED",
    "#BOOLEAN EXPECTED",
    "#CIRCULAR REFERENCE",
    "#CONTACT EXPECTED",
    "#DATE EXPECTED",
    "#DIVIDE BY ZERO",
    "#INCORRECT ARGUMENT",
    "#INCORRECT ARGUMENT SET",
    "#INVALID COLUMN VALUE",
    "#INVALID DATA TYPE",
    "#INVALID OPERATION",
    "#INVALID REF",
    "#INVALID VALUE",
    "#NO MATCH",
    "#NUMBER EXPECTED",
    "#OVERFLOW",
    "#PERMISSION ERROR",
    "#UNPARSEABLE",
    "#UNSUPPORTED CROSS-SHEET FORMULA",
];

/// Returns whether a cell means "missing" in any column. Blank cells are handled before.
pub(crate) fn is_missing(cell: &str) -> bool {
    (cell.len() <= 8 && may_be(cell) && contains(MISSING, cell)) || (cell.starts_with('#') && FAILED.contains(&cell))
}

/// Returns whether a cell means "missing" in a column of numbers or dates.
pub(crate) fn is_no_value(cell: &str) -> bool {
    may_be(cell) && (contains(MISSING, cell) || contains(NO_VALUE, cell) || is_sign(cell))
}

/// Returns whether a cell consists of signs only (`**`, `…`, `$ -`, `#####`), or is a missing value with its reason as
/// Eurostat writes it (`: c`).
fn is_sign(cell: &str) -> bool {
    let signs = |c: char| c.is_ascii_punctuation() || matches!(c, ' ' | '–' | '—' | '…' | '·' | '€' | '£');
    cell.chars().all(signs) || cell.strip_prefix(": ").is_some_and(is_flag) || is_failed_formula(cell)
}

/// Returns whether a spreadsheet shows this text for a failed formula: `#DIV/0!`, `#NO MATCH`, `#UNPARSEABLE`.
fn is_failed_formula(cell: &str) -> bool {
    let Some(words) = cell.strip_prefix('#') else { return false };
    words.len() > 2 && words.bytes().all(|b| b.is_ascii_uppercase() || matches!(b, b' ' | b'/' | b'!' | b'?' | b'0'))
}

/// Returns whether a unit is a flag of Eurostat or the OECD after a number: `b` (break in the series), `p`, `e`, `bep`.
pub(crate) fn is_flag(unit: &str) -> bool {
    unit.len() <= 3 && unit.bytes().all(|b| b.is_ascii_lowercase())
}

/// The greatest length, by the first byte, of the words above and of cells that consist of signs. It quickly rejects
/// most cells.
const LONGEST_BY_FIRST: [usize; 256] = {
    let (mut longest, mut i) = ([LONGEST_NO_VALUE; 256], 0);
    while i < 256 {
        if (i as u8).is_ascii_alphanumeric() {
            longest[i] = 0;
        }
        i += 1;
    }
    longest_by_first(NO_VALUE, longest_by_first(MISSING, longest))
};

/// Returns whether the cell may be one of these words.
fn may_be(cell: &str) -> bool {
    match cell.as_bytes() {
        [] => false,
        [b'0', rest @ ..] => rest.starts_with(b"000-"),
        [first, ..] => cell.len() <= LONGEST_BY_FIRST[usize::from(*first)],
    }
}

fn contains(words: &[&str], cell: &str) -> bool {
    words.iter().any(|word| word.eq_ignore_ascii_case(cell))
        || (!cell.is_ascii() && words.contains(&cell.to_lowercase().as_str()))
}

const DATE_WORDS: &[&str] = &[
    "date",
    "dates",
    "day",
    "days",
    "datetime",
    "timestamp",
    "time",
    "month",
    "week",
    "period",
    "when",
    "created",
    "updated",
    "modified",
    "changed",
    "opened",
    "closed",
    "resolved",
    "completed",
    "finished",
    "started",
    "due",
    "deadline",
    "posted",
    "at",
    "on",
    "ds",
    "dt",
    "yyyymmdd",
    "datum",
    "tag",
    "monat",
    "erstellt",
    "fällig",
    "buchungstag",
    "valuta",
    "jour",
    "mois",
    "échéance",
    "fecha",
    "día",
    "mes",
    "vencimiento",
    "data",
    "giorno",
    "mese",
    "scadenza",
    "dia",
    "mês",
    "maand",
    "dag",
    "дата",
    "день",
    "месяц",
    "срок",
    "создано",
    "обновлено",
];

/// Returns whether a header promises dates, so that whole numbers below it may be days.
pub(crate) fn is_date_header(header: &str) -> bool {
    words(header).any(|word| DATE_WORDS.contains(&word.as_str()) || word.ends_with("date") || word.ends_with("datum"))
        && !words(header).any(|word| {
            matches!(
                word.as_str(),
                "count"
                    | "number"
                    | "total"
                    | "sum"
                    | "spent"
                    | "per"
                    | "estimate"
                    | "estimated"
                    | "logged"
                    | "remaining"
            )
        })
}

const LIST_WORDS: &[&str] = &[
    "labels",
    "label",
    "tags",
    "tag",
    "components",
    "component",
    "sprint",
    "sprints",
    "versions",
    "version",
    "assignees",
    "members",
    "watchers",
    "topics",
    "categories",
    "links",
    "owners",
    "collaborators",
    "followers",
    "dependencies",
    "blocked",
    "blocking",
    "predecessors",
    "attachments",
    "reviewers",
    "aliases",
    "people",
    "keywords",
    "metadata",
    "etiquetas",
    "étiquettes",
    "stichwörter",
    "stichworte",
    "schlagwörter",
    "etichette",
    "метки",
    "теги",
    "watcher",
    "teams",
    "participants",
];

/// Returns whether a header promises several values in each cell.
pub(crate) fn promises_lists(header: &str) -> bool {
    words(header).any(|word| LIST_WORDS.contains(&word.as_str()))
}

/// Returns whether a header names versions: `1.10` is then not a number.
pub(crate) fn promises_versions(header: &str) -> bool {
    words(header).any(|word| matches!(word.as_str(), "version" | "versions" | "release" | "releases" | "build"))
}

/// Returns whether a header names ids: `152BEH` is then not a number with a unit.
pub(crate) fn promises_ids(header: &str) -> bool {
    words(header).any(|word| matches!(word.trim_end_matches(|c: char| c.is_ascii_digit()), "id" | "ids"))
}

/// Returns whether a header names internet addresses: `71.212.133.117` is then not a number.
pub(crate) fn promises_addresses(header: &str) -> bool {
    words(header).any(|word| matches!(word.as_str(), "ip" | "ips" | "ipv4" | "ipaddress"))
}

/// Returns whether a header names time spent or estimated, which is often in seconds.
pub(crate) fn promises_durations(header: &str) -> bool {
    words(header).any(|word| {
        matches!(
            word.as_str(),
            "estimate"
                | "estimated"
                | "spent"
                | "duration"
                | "elapsed"
                | "remaining"
                | "logged"
                | "hours"
                | "aufwand"
                | "dauer"
                | "durée"
                | "duración"
                | "duração"
                | "durata"
                | "duur"
                | "длительность"
        ) || word == "worklog"
    })
}

/// Returns whether a header names working time, in which `1:30` is an hour and a half.
pub(crate) fn promises_work(header: &str) -> bool {
    const WORK: [&str; 38] = [
        "estimate",
        "estimated",
        "estimation",
        "effort",
        "spent",
        "logged",
        "worklog",
        "worked",
        "work",
        "hours",
        "remaining",
        "billable",
        "aufwand",
        "stunden",
        "arbeitszeit",
        "arbeit",
        "geschätzt",
        "heures",
        "effort",
        "charge",
        "estimé",
        "estimée",
        "horas",
        "esfuerzo",
        "esforço",
        "ore",
        "lavoro",
        "uren",
        "godziny",
        "часы",
        "трудозатраты",
        "timmar",
        "timer",
        "工数",
        "工时",
        "시간",
        "estimación",
        "estimativa",
    ];
    words(header).any(|word| WORK.contains(&word.as_str()))
}

/// Returns whether a header says that its numbers are percentages.
pub(crate) fn promises_percentages(header: &str) -> bool {
    header.contains('%')
        || words(header).any(|word| matches!(word.as_str(), "percent" | "percentage" | "pct" | "prozent"))
}

/// Returns the words of a header in lower case; `createdAt` and `created_at` have two words.
fn words(header: &str) -> impl Iterator<Item = String> {
    let mut spaced = String::with_capacity(header.len() + 8);
    let mut before_lower = false;
    for c in header.chars() {
        if c.is_uppercase() && before_lower {
            spaced.push(' ');
        }
        before_lower = c.is_lowercase();
        spaced.push(if c.is_alphanumeric() { c } else { ' ' });
    }
    let lower = spaced.to_lowercase();
    lower.split_whitespace().map(str::to_owned).collect::<Vec<_>>().into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing() {
        assert!(is_missing("--") && is_missing("N/A") && is_missing("NULL"));
        assert!(is_missing("#NO MATCH") && is_missing("#DIV/0!") && !is_missing("#HOTFIX"));
        assert!(!is_missing("none") && is_no_value("None") && is_no_value("..") && is_no_value("TBD"));
        assert!(is_no_value("#DIV/0!") && is_no_value("#DIVIDE BY ZERO") && is_no_value("#NAME?") && is_no_value("**"));
        assert!(!is_no_value("Done") && !is_no_value("0") && !is_no_value("#12") && !is_no_value("#urgent"));
    }

    #[test]
    fn headers_that_promise() {
        assert!(
            is_date_header("Created At")
                && is_date_header("createdAt")
                && is_date_header("Due date")
                && is_date_header("Startdatum")
        );
        assert!(
            !is_date_header("Count")
                && !is_date_header("Views")
                && !is_date_header("Update count")
                && !is_date_header("Orders per day")
        );
        assert!(promises_lists("Fix Version/s") && promises_lists("Labels") && !promises_lists("Assignee"));
    }
}
