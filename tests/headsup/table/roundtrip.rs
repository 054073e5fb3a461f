//! Generates tables in every dialect, encoding, date and number format, and checks that reading restores the values.

use chrono::{Datelike as _, NaiveDate};
use headsup::table::{self, Fold, Inspection, Kind, ReadingOptions};
use proptest::prelude::*;

#[derive(Debug, Clone)]
struct Row {
    day: NaiveDate,
    /// Value in hundredths.
    number: i64,
    text: String,
}

/// A fold that collects the lines on which rows start.
struct Lines;

impl Fold for Lines {
    type Part = Vec<u64>;
    fn columns(&self) -> Vec<usize> {
        Vec::new()
    }
    fn start(&self) -> Vec<u64> {
        Vec::new()
    }
    fn add(&self, lines: &mut Vec<u64>, row: &table::Row<'_>) {
        lines.push(row.line());
    }
    fn merge(&self, whole: &mut Vec<u64>, next: Vec<u64>) {
        whole.extend(next);
    }
}

/// A fold that computes the sum and the count of the third column.
struct Sum;

impl Fold for Sum {
    type Part = (f64, u64);
    fn columns(&self) -> Vec<usize> {
        vec![2]
    }
    fn start(&self) -> (f64, u64) {
        (0.0, 0)
    }
    fn add(&self, (sum, count): &mut (f64, u64), row: &table::Row<'_>) {
        *sum += row.number(2).ok().flatten().unwrap_or_default();
        *count += 1;
    }
    fn merge(&self, (sum, count): &mut (f64, u64), next: (f64, u64)) {
        *sum += next.0;
        *count += next.1;
    }
}

#[derive(Debug, Clone)]
struct Writing {
    delimiter: char,
    line_end: &'static str,
    encoding: &'static str,
    mark: bool,
    date: &'static str,
    decimal: char,
    group: &'static str,
    quote_all: bool,
    final_line_end: bool,
    preamble: usize,
    sep_line: bool,
    quote: char,
    /// Whether each line except the preamble is quoted as a whole.
    wrapped: bool,
}

const DATES: [&str; 10] = [
    "%Y-%m-%d",
    "%Y-%m-%dT%H:%M:%SZ",
    "%Y-%m-%d %H:%M:%S%.3f",
    "%d/%m/%Y",
    "%m/%d/%y",
    "%d.%m.%Y",
    "%d/%b/%y %-I:%M %p",
    "%b %-d, %Y",
    "%a, %d-%b-%Y",
    "%-d %B %Y",
];

fn writing() -> impl Strategy<Value = Writing> {
    let dialect = (
        prop::sample::select(vec![',', ';', '\t', '|']),
        prop::sample::select(vec!["\n", "\r\n", "\r"]),
        prop::sample::select(vec!["utf-8", "utf-16le", "utf-16be", "windows-1252"]),
        any::<bool>(),
        any::<bool>(),
        any::<bool>(),
        0..4_usize,
        any::<bool>(),
        prop::sample::select(vec![('"', false), ('\'', false), ('"', true)]),
    );
    let formats = (
        prop::sample::select(DATES.to_vec()),
        prop::sample::select(vec![('.', ""), ('.', ","), (',', "."), (',', "\u{a0}"), ('.', "'")]),
    );
    (dialect, formats).prop_map(|(dialect, (date, (decimal, group)))| {
        let (delimiter, line_end, encoding, mark, quote_all, final_line_end, preamble, sep_line, quotes) = dialect;
        let (quote, wrapped) = quotes;
        let sep_line = sep_line && preamble == 0 && !wrapped;
        // A single cell in single quotes could be a word that starts with an apostrophe.
        let quote_all = quote_all || quote == '\'';
        Writing {
            delimiter,
            line_end,
            encoding,
            mark,
            date,
            decimal,
            group,
            quote_all,
            final_line_end,
            preamble,
            sep_line,
            quote,
            wrapped,
        }
    })
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let row = (0..3000_i32, -10_000_000..10_000_000_i64, "[a-zé][a-zé ,;|\"\t]{0,12}[a-zé]").prop_map(
        |(day, number, text)| Row {
            day: NaiveDate::from_num_days_from_ce_opt(738_000 + day).unwrap(),
            number,
            text: text.split_whitespace().collect::<Vec<_>>().join(" "),
        },
    );
    prop::collection::vec(row, 3..40)
}

/// Writes the rows as a spreadsheet would.
fn write(rows: &[Row], how: &Writing) -> Vec<u8> {
    let mut text = String::new();
    if how.sep_line {
        text += &format!("sep={}{}", how.delimiter, how.line_end);
    }
    for i in 0..how.preamble {
        text += &format!("Report line {i}{}", how.line_end);
    }
    let cell = |value: &str| {
        if how.quote_all || value.contains([how.delimiter, '"', '\n']) {
            let quote = how.quote.to_string();
            format!("{quote}{}{quote}", value.replace(how.quote, &quote.repeat(2)))
        } else {
            value.to_owned()
        }
    };
    let delimiter = how.delimiter.to_string();
    let line = |cells: [&str; 3]| {
        let line = cells.map(cell).join(&delimiter);
        if how.wrapped { format!("\"{}\"", line.replace('"', "\"\"")) } else { line }
    };
    let mut lines = vec![line(["Finished on", "Cost", "Résumé"])];
    for row in rows {
        let day = row.day.and_hms_opt(9, 29, 0).unwrap().format(how.date).to_string();
        lines.push(line([&day, &number(row.number, how), &row.text]));
    }
    text += &lines.join(how.line_end);
    if how.final_line_end {
        text += how.line_end;
    }
    encode(&text, how)
}

fn number(hundredths: i64, how: &Writing) -> String {
    let digits = (hundredths.abs() / 100).to_string();
    let mut grouped = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped += how.group;
        }
        grouped.push(digit);
    }
    let sign = if hundredths < 0 { "-" } else { "" };
    format!("{sign}{grouped}{}{:02}", how.decimal, hundredths.abs() % 100)
}

fn encode(text: &str, how: &Writing) -> Vec<u8> {
    let marked = if how.mark { format!("\u{feff}{text}") } else { text.to_owned() };
    match how.encoding {
        "utf-16le" => marked.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        "utf-16be" => marked.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        "windows-1252" => text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect(),
        _ => marked.into_bytes(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reading_restores_the_written_values(mut rows in rows(), how in writing()) {
        // One row is unambiguous: a day after the twelfth, and a number with two decimals.
        rows[0].day = rows[0].day.with_day(25).unwrap();
        rows[0].number = 1250;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("table.csv");
        std::fs::write(&path, write(&rows, &how)).unwrap();

        let inspection = table::infer(&path, "table.csv", &ReadingOptions::default(), true).unwrap();
        prop_assert_eq!(inspection.encoding.as_str(), how.encoding);
        prop_assert_eq!(inspection.delimiter, how.delimiter);
        prop_assert_eq!(inspection.header_line, 1 + how.preamble as u64 + u64::from(how.sep_line));
        prop_assert_eq!((inspection.records, inspection.skipped_rows), (rows.len() as u64, 0));
        let kinds: Vec<Kind> = inspection.columns.iter().map(|column| column.kind).collect();
        prop_assert_eq!(kinds, vec![Kind::Date, Kind::Number, Kind::Text]);
        prop_assert!(inspection.columns.iter().all(|column| column.doubt.is_none()));

        let mut read = Vec::new();
        inspection.rows(&mut |row| read.push((row.date(0), row.number(1), row.text(2)))).unwrap();
        for (row, (day, number, text)) in rows.iter().zip(read) {
            prop_assert_eq!(day.unwrap(), Some(row.day));
            prop_assert_eq!(number.unwrap(), Some(row.number as f64 / 100.0));
            prop_assert_eq!(text.as_deref(), Some(row.text.as_str()));
        }

        // Reading in blocks on all cores gives the same rows in the same order.
        let plan = Some(|_: &Inspection| Some(Lines));
        let (_, lines) = table::infer_and_fold(&path, "table.csv", &ReadingOptions::default(), true, plan).unwrap();
        let mut one_by_one = Vec::new();
        inspection.rows(&mut |row| one_by_one.push(row.line())).unwrap();
        prop_assert_eq!(lines, Some(one_by_one));
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("any.csv");
        std::fs::write(&path, &bytes).unwrap();
        if let Ok(inspection) = table::infer(&path, "any.csv", &ReadingOptions::default(), true) {
            let mut read = 0;
            inspection.rows(&mut |_| read += 1).unwrap();
            prop_assert_eq!(inspection.records, read + inspection.skipped_rows);
            table::profile(&inspection, &[]).unwrap();
        }
    }

    #[test]
    fn any_csv_like_text_is_read_or_refused(text in "([a-z0-9\"#;:,.|/\t\r\n% -]|date|total|2026-11-20|1,5|é){0,200}") {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("any.csv");
        std::fs::write(&path, &text).unwrap();
        if let Ok(inspection) = table::infer(&path, "any.csv", &ReadingOptions::default(), true) {
            let mut read = 0;
            inspection.rows(&mut |row| {
                read += 1;
                for column in 0..inspection.columns.len() + 1 {
                    let _ = (row.text(column), row.list(column), row.date(column), row.number(column), row.place(column));
                }
            }).unwrap();
            prop_assert_eq!(inspection.records, read + inspection.skipped_rows);
        }
    }
}

/// Returns a file of metrics that fills a dozen blocks; `value` formats the value of a row.
fn long(value: impl Fn(usize) -> String) -> String {
    let mut text = String::from("date,metric,value,note\n");
    let plain = "a note of some length ".repeat(10);
    for i in 0..40_000 {
        let note = if i % 100 == 0 { "\"two\nlines\"" } else { &plain };
        text += &format!("2026-{:02}-{:02},error rate,{},{note}\n", i % 12 + 1, i % 28 + 1, value(i));
    }
    text
}

fn fold(text: &str) -> (Inspection, Option<(f64, u64)>) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("long.csv");
    std::fs::write(&path, text).unwrap();
    let plan = Some(|_: &Inspection| Some(Sum));
    table::infer_and_fold(&path, "long.csv", &ReadingOptions::default(), true, plan).unwrap()
}

#[test]
fn many_blocks_are_read_as_one() {
    // The text contains quoted line endings, and another table at the end.
    let text = long(|i| format!("{}.25", i % 7)) + "\nregion,head,phone,mail\nnorth,Ann,12,x\n";
    let (inspection, sum) = fold(&text);
    assert_eq!((inspection.records, inspection.skipped_rows), (40_002, 2));
    assert_eq!(inspection.skipped[0].line, 40_000 + 400 + 3);
    let by_hand: f64 = (0..40_000).map(|i| f64::from(i % 7) + 0.25).sum();
    assert_eq!(sum, Some((by_hand, 40_000)));
    let on_one_core = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap().install(|| fold(&text));
    assert_eq!(on_one_core.1, sum);
}

#[test]
fn a_fold_that_the_end_of_a_file_contradicts_is_discarded() {
    // `1,234` is read as a thousand because of the groups in the file, until its last rows have a decimal comma.
    let grouped = |i: usize| format!("\"1,{:03}\"", i % 1000);
    assert!(fold(&long(grouped)).1.is_some());
    let (inspection, sum) = fold(&long(|i| if i < 39_000 { grouped(i) } else { format!("\"1,{}\"", i % 10) }));
    assert_eq!((inspection.columns[2].format.as_str(), sum), ("decimal comma", None));
}
