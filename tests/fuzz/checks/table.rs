//! Reads any bytes as an export: the inspection, every row and the profile end without a panic, and no row is lost.

use headsup::table;
use headsup::table::ReadingOptions;

pub fn check(bytes: &[u8]) {
    let Ok(file) = tempfile::NamedTempFile::new() else { return };
    if std::fs::write(file.path(), bytes).is_err() {
        return;
    }
    let Ok(inspection) = table::infer(file.path(), "fuzz.csv", &ReadingOptions::default(), true) else { return };
    let mut read = 0;
    let each = &mut |row: &table::Row<'_>| {
        read += 1;
        for column in 0..=inspection.columns.len().min(64) {
            let _ = (row.text(column), row.list(column), row.date(column), row.number(column), row.place(column));
        }
    };
    assert!(inspection.rows(each).is_ok());
    assert_eq!(inspection.records, read + inspection.skipped_rows);
    assert!(table::profile(&inspection, &vec![None; inspection.columns.len()]).is_ok());
}
