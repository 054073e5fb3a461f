//! Tests in the spirit of csv-spectrum: input that RFC 4180 does not define, as tools write it.

mod rfc4180;

use std::borrow::Cow;

use proptest::prelude::*;

use super::record::{AROUND, SHOWN};
use super::*;
use crate::problem::Failure;

fn read(text: &str) -> Vec<Vec<String>> {
    read_as(text, Dialect::of(b','))
}

fn read_as(text: &str, dialect: Dialect) -> Vec<Vec<String>> {
    let mut blocks = Blocks::new(text.as_bytes(), "test.csv", dialect, true);
    let mut rows = Vec::new();
    while let Some(block) = blocks.next().unwrap() {
        block.each_record(dialect, |record| rows.push(record.cells().map(Cow::into_owned).collect()));
    }
    rows
}

#[test]
fn quotes_line_ends_and_spaces_are_read() {
    for (text, rows) in [
        ("a,b\n1,2\n", vec![vec!["a", "b"], vec!["1", "2"]]),
        ("a,b\r\n1,2\r\n", vec![vec!["a", "b"], vec!["1", "2"]]),
        ("a,b\r1,2", vec![vec!["a", "b"], vec!["1", "2"]]),
        ("a,\"b, and c\"", vec![vec!["a", "b, and c"]]),
        ("a,\"\",", vec![vec!["a", "", ""]]),
        ("\"\",\"\"\n,\n", vec![vec!["", ""], vec!["", ""]]),
        ("1,\"ha \"\"ha\"\" ha\"\n3,4", vec![vec!["1", "ha \"ha\" ha"], vec!["3", "4"]]),
        (
            "1,\"{\"\"type\"\": \"\"Point\"\", \"\"at\"\": [1.5, 2]}\"",
            vec![vec!["1", "{\"type\": \"Point\", \"at\": [1.5, 2]}"]],
        ),
        ("1,\"once\nupon\n\na time\"\n2,x", vec![vec!["1", "once\nupon\n\na time"], vec!["2", "x"]]),
        ("1,\"once\r\nupon\"\r\n2,x\r\n", vec![vec!["1", "once\r\nupon"], vec!["2", "x"]]),
        ("a,ʤ\n1,\"ä\"", vec![vec!["a", "ʤ"], vec!["1", "ä"]]),
        (" a , \"b, c\" ,d", vec![vec!["a", "b, c", "d"]]),
        ("\"abc\"def,1", vec![vec!["abcdef", "1"]]),
        ("24\" wide,1", vec![vec!["24\" wide", "1"]]),
        ("\n\na,b\n\n\n1,2\n\n", vec![vec!["a", "b"], vec!["1", "2"]]),
    ] {
        assert_eq!(read(text), rows, "{text:?}");
    }
    let mysql = Dialect { backslash: true, ..Dialect::of(b',') };
    assert_eq!(read_as(r#""a \"b\", c",2"#, mysql), [["a \"b\", c", "2"]]);
}

#[test]
fn a_record_knows_its_line_and_a_cell_its_place() {
    let dialect = Dialect::of(b';');
    let text = "a;b\r\n\"x\r\ny\";\"é;\"\r\n\r\nq;rest";
    let mut records = Records::new(text, 1, dialect);
    assert_eq!(records.next().unwrap().line, 1);
    let second = records.next().unwrap();
    assert_eq!(second.line, 2);
    let place = second.place(1, "f.csv", true);
    assert_eq!((place.line, place.column), (3, 5));
    let excerpt = place.excerpt.unwrap();
    assert_eq!(&excerpt.text[excerpt.start..excerpt.start + excerpt.len], "é;");
    let third = records.next().unwrap();
    assert_eq!((third.line, third.after_gap), (5, true));
    assert_eq!(third.place(1, "f.csv", false).excerpt, None);
}

#[test]
fn an_open_quote_is_reported_with_its_place() {
    let mut blocks = Blocks::new(&b"a,b\n1,2\n3,\"x\n4,5"[..], "f.csv", Dialect::of(b','), true);
    let Err(Failure::Input(problems)) = blocks.next() else { panic!("an error") };
    let place = problems.0[0].place.as_ref().unwrap();
    assert_eq!((problems.0[0].code, place.line, place.column), ("unclosed-quote", 3, 3));
}

#[test]
fn a_record_of_any_length_is_read_or_refused() {
    let long = format!("a,\"{}\"\n1,2", "x,\n".repeat(1_000_000));
    assert_eq!(read(&long).len(), 2);
    let mut blocks = Blocks::new(std::io::repeat(b'x'), "f.csv", Dialect::of(b','), true);
    let Err(Failure::Input(problems)) = blocks.next() else { panic!("an error") };
    assert_eq!(problems.0[0].code, "record-too-long");
}

#[test]
fn the_part_of_a_long_line_around_the_cell_is_shown_with_its_true_column() {
    let cell = |n: usize| format!("é{n}");
    let text = (0..10_000).map(cell).collect::<Vec<_>>().join(",");
    let dialect = Dialect::of(b',');
    let mut records = Records::new(&text, 1, dialect);
    let record = records.next().unwrap();
    let mut at = 1;
    for column in 0..10_000 {
        let place = record.place(column, "wide.csv", true);
        let excerpt = place.excerpt.unwrap();
        assert_eq!(&excerpt.text[excerpt.start..excerpt.start + excerpt.len], cell(column));
        assert_eq!(place.column, at);
        assert!(excerpt.text.len() <= 2 * AROUND.start() + 6, "{}", excerpt.text);
        at += cell(column).chars().count() as u64 + 1;
    }
    let long = format!("a,{},b", "x".repeat(64 * 1024));
    let excerpt = Records::new(&long, 1, dialect).next().unwrap().place(1, "long.csv", true).excerpt.unwrap();
    assert_eq!((excerpt.start, excerpt.len, excerpt.text.len()), (2, SHOWN, SHOWN + 2));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn text_is_split_alike_on_both_paths(
        text in prop_oneof![
            "([ab,;é \t]{0,5}|[\r\n,]|\r\n|[a-z]{80}){0,40}",
            "((\"[ab,;é \t]{0,9}\"|[ab;é \t]{0,5})(,|\r|\n|\r\n)){0,40}(\"[ab,;é \t]{0,9}\"|[ab;é \t]{0,5})",
        ],
    ) {
        let dialect = Dialect::of(b',');
        let mut short = Records::new(&text, 7, dialect);
        let mut long = Records::new(&text, 7, dialect).carefully();
        loop {
            let known = |record: Record<'_>| (record.raw.to_owned(), record.spans.to_vec(), record.line, record.after_gap);
            let (short, long) = (short.next().map(known), long.next().map(known));
            prop_assert_eq!(&short, &long);
            if short.is_none() {
                break;
            }
        }
    }
}
