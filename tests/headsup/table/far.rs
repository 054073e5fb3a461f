//! Tests of repeated headers and other tables so far down in a file that its beginning does not show them.

use headsup::table;
use headsup::table::ReadingOptions;

/// Returns days with a metric, more than the beginning of a file that is examined.
fn days(n: usize) -> String {
    let day = |i: usize| format!("2026-{:02}-{:02},{},{}.5\n", 1 + i / 28 % 12, 1 + i % 28, 100 + i, i % 9);
    (0..n).map(day).collect()
}

/// Returns the number of rows read, and the skipped rows with their reasons, each reason once.
fn read(text: &str) -> (u64, Vec<(u64, String)>) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("far.csv");
    std::fs::write(&path, text).unwrap();
    let inspection = table::infer(&path, "far.csv", &ReadingOptions::default(), true).unwrap();
    assert_eq!(inspection.skipped.len() as u64, inspection.skipped_rows);
    let mut reasons: Vec<(u64, String)> = Vec::new();
    for skipped in &inspection.skipped {
        if reasons.last().is_none_or(|(_, reason)| *reason != skipped.reason) {
            reasons.push((skipped.line, skipped.reason.clone()));
        }
    }
    let mut rows = 0;
    inspection.rows(&mut |_| rows += 1).unwrap();
    assert_eq!(rows, inspection.records - inspection.skipped_rows, "both passes judge alike");
    (rows, reasons)
}

#[test]
fn a_header_repeated_in_other_words_is_not_a_row() {
    let text = format!("Date,Orders,Hours\n{}DATE,Orders (n),Hours worked\n{}", days(1500), days(1200));
    assert_eq!(read(&text), (2700, vec![(1502, "the header again".to_owned())]));
}

#[test]
fn another_table_directly_below_is_not_read_wherever_it_is() {
    let words = "words where other rows have numbers or dates: a header of other columns, or a note";
    let other = |line: u64| (line, "belongs to another table, which starts in line 1502".to_owned());
    // Its rows have other types, which shows that the words above them are a header.
    let people = "Region,Head,Phone\nNorth,Ann,117\nSouth,Bob,118\n";
    let told = vec![(1502, words.to_owned()), other(1503)];
    assert_eq!(read(&format!("date,orders,hours\n{}{people}", days(1500))), (1500, told.clone()));
    // It shares a column with this table and has others.
    let returns = format!("Date,Returns,Reasons\n{}", days(5));
    assert_eq!(read(&format!("Date,Orders,Hours\n{}{returns}", days(1500))), (1500, vec![other(1502)]));
    // More than one block of the file follows it.
    let offices = "North of the river and the harbour,Ann Osei,117\nSouth of the railway,Max Laurent,118\n";
    let long = format!("date,orders,hours\n{}{people}{}", days(1500), offices.repeat(20_000));
    assert_eq!(read(&long), (1500, told));
}

#[test]
fn words_between_numbers_are_reported_and_do_not_end_the_table() {
    let text = format!("date,orders,hours\n{}as agreed,no data,out of office\n{}", days(1500), days(1200));
    let reason = "words where other rows have numbers or dates: a header of other columns, or a note";
    assert_eq!(read(&text), (2700, vec![(1502, reason.to_owned())]));
    // A single word is a cell that cannot be read.
    assert_eq!(read(&format!("date,orders,hours\n{}2026-12-01,many,3\n", days(1500))), (1501, Vec::new()));
}
