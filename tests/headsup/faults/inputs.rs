//! Tests of unusual and huge inputs: pipes, changing files, ten thousand columns, a million rows.

use super::*;

#[test]
fn a_pipe_is_refused_before_it_is_read() {
    let team = team();
    let metrics = team.path().join("data/metrics.csv");
    std::fs::remove_file(&metrics).unwrap();
    assert!(Command::new("mkfifo").arg(&metrics).status().unwrap().success());
    for args in [&render(s(team.path()), "json", "-")[..], &["inspect", s(&metrics)]] {
        // Nobody writes to the pipe, so opening it would block forever.
        let (_, said) = ends(args, 65);
        assert!(said.contains("a pipe or a device") && said.contains("metrics.csv"), "{said}");
    }
}

#[test]
fn a_pipe_among_the_files_of_the_team_is_refused_too() {
    for name in
        ["headsup.toml", "templates/html/list.hbs", "history/2026-11-13.json", "presets/own.toml", "fonts/own.ttf"]
    {
        let team = team();
        let pipe = team.path().join(name);
        std::fs::create_dir_all(pipe.parent().unwrap()).unwrap();
        let _ = std::fs::remove_file(&pipe);
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let (_, said) = ends(&render(s(team.path()), "html", "-"), 65);
        assert!(said.contains("a pipe or a device") && said.contains(name), "{said}");
    }
    let team = team();
    let pipe = team.path().join("meeting.ics");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    ends(&["invite", s(team.path()), "--as-of", AS_OF, "--event", s(&pipe)], 65);
}

#[test]
fn a_file_that_changes_while_it_is_read_is_refused() {
    let team = team();
    let metrics = team.path().join("data/metrics.csv");
    let inspection = headsup::table::infer(&metrics, "data/metrics.csv", &Default::default(), true).unwrap();
    let mut text = std::fs::read_to_string(&metrics).unwrap();
    text.push_str("2026-11-27,999\n");
    std::fs::write(&metrics, text).unwrap();
    let failure = inspection.rows(&mut |_| {}).unwrap_err();
    assert_eq!(failure.exit_code(), 75);
    assert!(failure.to_string().contains("data/metrics.csv changed while it was read"), "{failure}");
}

#[test]
fn a_source_that_is_missing_or_not_a_file_is_reported() {
    let team = team();
    let metrics = team.path().join("data/metrics.csv");
    std::fs::remove_file(&metrics).unwrap();
    symlink("nowhere.csv", &metrics).unwrap();
    let out = team.path().join("out");
    let (_, message) = ends(&render(s(team.path()), "json", s(&out)), 65);
    assert!(message.contains("data/metrics.csv"), "{message}");
    std::fs::remove_file(&metrics).unwrap();
    std::fs::create_dir(&metrics).unwrap();
    let output = headsup().args(render(s(team.path()), "json", s(&out))).output().unwrap();
    let said = said(&output);
    assert!(matches!(output.status.code(), Some(65 | 74)) && said.contains("data/metrics.csv"), "{said}");
    assert!(!out.exists());
}

#[test]
fn ten_thousand_columns_are_read() {
    let team = team();
    let row = |first: &str, cell: &dyn Fn(usize) -> String| {
        let cells: Vec<String> = (0..10_000).map(cell).collect();
        format!("{first},{}\n", cells.join(","))
    };
    let mut text = row("date", &|n| if n == 7_777 { "errors".into() } else { format!("c{n}") });
    for day in ["2026-11-06", "2026-11-13", "2026-11-20"] {
        text += &row(day, &|n| (n % 10).to_string());
    }
    std::fs::write(team.path().join("data/metrics.csv"), text).unwrap();
    let brief: Value = serde_json::from_str(&ends(&render(s(team.path()), "json", "-"), 0).0).unwrap();
    assert_eq!(brief["metrics"][0]["latest"], 7.0, "{}", brief["metrics"]);
}

#[test]
#[ignore = "needs .ci/tools"]
fn a_cell_of_32_000_letters_is_read_completely_and_shortened_only_in_the_pdf() {
    let team = team();
    let long = "All feeds of the supplier-risk dataset ".repeat(32_000 / 39);
    let text = format!("milestone,objective,agreed_due,progress,reason\n\"{long}\",Speed,2026-11-06,40%,\"{long}\"\n");
    std::fs::write(team.path().join("data/milestones.csv"), text).unwrap();
    let out = team.path().join("out");
    let (_, message) = ends(&render(s(team.path()), "pdf,html,json", s(&out)), 0);
    assert!(message.contains("has more than 4000 characters: cut in the PDF"), "{message}");
    let brief: Value = serde_json::from_slice(&std::fs::read(out.join("2026-11-20-brief-boss.json")).unwrap()).unwrap();
    assert_eq!(brief["objectives"][0]["milestones"][0]["name"], long.trim());
    let pdf = out.join("2026-11-20-brief-boss.pdf");
    let (sound, message) = peer("qpdf", &["--check", s(&pdf)]);
    assert!(sound, "{message}");
}

#[test]
fn one_bad_row_in_a_million_is_one_error_with_its_line() {
    let team = team();
    let mut text = "date,metric,value\n".to_owned();
    let days: Vec<chrono::NaiveDate> =
        "2025-11-20".parse::<chrono::NaiveDate>().unwrap().iter_days().take(365).collect();
    for row in 0..1_000_000 {
        let day = days[row % days.len()];
        let value = if row == 777_776 { "12..5".to_owned() } else { (row % 9).to_string() };
        text += &format!("{day},errors,{value}\n");
    }
    std::fs::write(team.path().join("data/metrics.csv"), text).unwrap();
    let out = team.path().join("out");
    let (_, said) = ends(&render(s(team.path()), "json", s(&out)), 65);
    assert_eq!(said.matches("error[").count(), 1, "{said}");
    assert!(said.contains("data/metrics.csv:777778:") && said.contains("12..5"), "{said}");
    assert!(!out.exists());
}
