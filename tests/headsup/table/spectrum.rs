//! Tests with the files of csv-spectrum (an npm package that `.ci/tools` installs), which CSV readers in many languages
//! use: each file must be read as the JSON beside it.

use headsup::table;
use headsup::table::ReadingOptions;
use serde_json::Value;

use crate::program::tool;

/// Returns the rows of the JSON file, in which a single row may not be in a list.
fn expected(name: &str) -> Vec<Value> {
    let bytes = std::fs::read(tool(&format!("node_modules/csv-spectrum/json/{name}.json"))).unwrap();
    match serde_json::from_str(&String::from_utf8_lossy(&bytes)).unwrap() {
        Value::Array(rows) => rows,
        row => vec![row],
    }
}

#[test]
#[ignore = "needs .ci/tools"]
fn csv_spectrum_is_read_as_its_json_says() {
    let folder = tool("node_modules/csv-spectrum/csvs");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert!(names.len() >= 12, "{names:?}");
    for name in names {
        let path = folder.join(format!("{name}.csv"));
        let inspection = table::infer(&path, &name, &ReadingOptions::default(), true).unwrap();
        let wanted = expected(&name);
        let mut rows = 0;
        inspection
            .rows(&mut |row| {
                for column in &inspection.columns {
                    let text = wanted[rows][&column.name].as_str().unwrap_or_else(|| panic!("{name}: {}", column.name));
                    // The JSON has a different number here than the CSV file.
                    if (name.as_str(), column.name.as_str()) != ("location_coordinates", "Contact Phone Number") {
                        assert_eq!(row.cell(column.position).unwrap_or_default(), text, "{name}, line {}", row.line());
                    }
                }
                rows += 1;
            })
            .unwrap();
        assert_eq!(rows, wanted.len(), "{name}");
    }
}
