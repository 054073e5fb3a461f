//! Tests that inputs that no person writes are refused, with their place and the limit.

use std::process::Command;

use super::attacks::team;

const ASKS: &str = "id,asked_on,text,stage,status\n";

/// Returns the messages of `check` for a file of asks, and the exit code.
fn checked(asks: &str) -> (Option<i32>, String) {
    let dir = team("", &[("tasks", "data/tasks.csv"), ("asks", "data/asks.csv")], &[("data/asks.csv", asks)]);
    let output = Command::new(env!("CARGO_BIN_EXE_headsup"))
        .args(["check", dir.path().to_str().unwrap(), "--as-of", "2026-11-20"])
        .output()
        .unwrap();
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn a_cell_a_header_and_a_width_beyond_any_spreadsheet_are_refused() {
    let long = "word ".repeat(8_000);
    let wide = format!("{}{}\n", ASKS.trim_end(), ",x".repeat(20_000));
    let header = format!("id,asked_on,text,stage,status,{}\n1,2026-11-10,A,raised,open,\n", "h".repeat(5_000));
    for (asks, code, limit) in [
        (format!("{ASKS}1,2026-11-10,{long},raised,open\n"), "cell-too-long", "32767"),
        (format!("{wide}1,2026-11-10,A,raised,open\n"), "too-wide", "16384"),
        (header, "too-wide", "4096"),
    ] {
        let (status, said) = checked(&asks);
        assert_eq!(status, Some(65), "{code}: {said:.500}");
        assert!(said.contains(&format!("[{code}]")) && said.contains(limit), "{said:.2000}");
        assert!(said.len() < 4_000, "{code} quotes {} bytes", said.len());
    }
}

#[test]
fn a_long_cell_in_an_unused_column_is_accepted() {
    let long = "word ".repeat(8_000);
    let (status, said) = checked(&format!("{},description\n1,2026-11-10,A,raised,open,{long}\n", ASKS.trim_end()));
    assert_eq!(status, Some(0), "{said:.2000}");
}
