//! Tests that the splitter reads RFC 4180 input as the csv crate does.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::super::span::trim;
use super::super::{Dialect, Records};

/// Generates cells with everything that needs quoting.
fn cell() -> impl Strategy<Value = String> {
    let sign = prop_oneof![
        4 => "[a-zé]",
        1 => Just("\"".to_owned()),
        1 => Just(",".to_owned()),
        1 => Just(";".to_owned()),
        1 => Just("\n".to_owned()),
        1 => Just("\r\n".to_owned()),
        1 => Just("\r".to_owned()),
        1 => Just(" ".to_owned()),
    ];
    prop::collection::vec(sign, 0..8).prop_map(|signs| signs.concat())
}

fn table() -> impl Strategy<Value = Vec<Vec<String>>> {
    (2usize..7).prop_flat_map(|width| prop::collection::vec(prop::collection::vec(cell(), width), 1..8))
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 2000, failure_persistence: None, rng_seed: RngSeed::Fixed(4180), ..ProptestConfig::default()
    })]

    #[test]
    fn the_splitter_reads_what_the_csv_crate_reads(
        rows in table(),
        delimiter in prop::sample::select(vec![b',', b';', b'\t', b'|']),
        style in prop::sample::select(vec![csv::QuoteStyle::Necessary, csv::QuoteStyle::Always]),
        line_end in prop::sample::select(vec![csv::Terminator::CRLF, csv::Terminator::Any(b'\n')]),
        is_last_line_ended in any::<bool>(),
    ) {
        let mut writer =
            csv::WriterBuilder::new().delimiter(delimiter).quote_style(style).terminator(line_end).from_writer(Vec::new());
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let mut text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        if !is_last_line_ended {
            text.truncate(text.trim_end_matches(['\r', '\n']).len());
        }
        let mut reader =
            csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).from_reader(text.as_bytes());
        let expected: Vec<Vec<String>> = reader
            .records()
            .map(|record| record.unwrap().iter().map(|cell| trim(cell).to_owned()).collect())
            .collect();
        prop_assert_eq!(expected.len(), rows.len());

        let mut records = Records::new(&text, 1, Dialect::of(delimiter));
        let mut found: Vec<Vec<String>> = Vec::new();
        while let Some(record) = records.next() {
            found.push(record.cells().map(|cell| cell.into_owned()).collect());
        }
        prop_assert!(records.is_at_end());
        prop_assert_eq!(found, expected, "{:?}", text);
    }
}
