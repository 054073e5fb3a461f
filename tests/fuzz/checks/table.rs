//! Any bytes as an export: the survey, every row and the profile end without a panic, and no row is lost.

use headsup::table;
use headsup::table::ReadingOptions;

pub fn check(bytes: &[u8]) {
    let Ok(file) = tempfile::NamedTempFile::new() else { return };
    if std::fs::write(file.path(), bytes).is_err() {
        return;
    }
    let Ok(survey) = table::survey(file.path(), "fuzz.csv", &ReadingOptions::default(), true) else { return };
    let mut read = 0;
    let each = &mut |row: &table::Row<'_>| {
        read += 1;
        for column in 0..=survey.columns.len().min(64) {
            let _ = (row.text(column), row.list(column), row.date(column), row.number(column), row.place(column));
        }
    };
    assert!(survey.rows(each).is_ok());
    assert_eq!(survey.records, read + survey.skipped_rows);
    assert!(table::profile(&survey, &vec![None; survey.columns.len()]).is_ok());
}
