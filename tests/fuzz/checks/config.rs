//! Reads any bytes as headsup.toml: the result is a config, or problems that can all be shown.

use headsup::cli::report;
use headsup::config::Config;
use headsup::problem::{Failure, Problems};

pub fn check(bytes: &[u8]) {
    let Ok(dir) = tempfile::tempdir() else { return };
    if std::fs::write(dir.path().join("headsup.toml"), bytes).is_err() {
        return;
    }
    let problems = match Config::read(dir.path()) {
        Ok((config, problems)) => {
            assert!(config.is_some() || problems.has_errors(), "no config, and nothing says why");
            problems
        }
        Err(Failure::Input(problems)) => problems,
        Err(other) => panic!("{other}"),
    };
    show(&problems);
}

fn show(problems: &Problems) {
    let _ = (report::text(problems), report::json(problems), report::github(problems));
}
