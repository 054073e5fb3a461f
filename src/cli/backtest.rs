//! `headsup backtest`: how often the forecast held in the past, before and after its correction.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chrono::{NaiveDate, Weekday};
use clap::{Args, ValueEnum};

use super::{Terminal, surroundings};
use crate::analysis::backtest::{self, Held, Record, WorkHistory};
use crate::analysis::calibrate::Kind;
use crate::config::Config;
use crate::problem::Failure;
use crate::redact::{Audience, redact};
use crate::source::{self, past};

/// Show how often past forecasts would have held.
///
/// Walks through the past week by week, forecasts with only what was known then, and compares with what happened.
/// A file needs the day on which each task was finished; a column `project` makes one series each.
#[derive(Debug, Args)]
pub struct Backtest {
    /// The team folder, or a CSV file of tasks
    #[arg(default_value = ".", value_name = "TEAM_DIR | TASKS.csv")]
    pub from: PathBuf,
    /// Date of a team folder's data [default: SOURCE_DATE_EPOCH, else today]
    #[arg(long, value_name = "DATE", value_parser = crate::cli::surroundings::date)]
    pub as_of: Option<NaiveDate>,
    #[arg(long, value_enum, default_value_t)]
    pub format: Output,
}

/// How the record is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Output {
    /// Tables
    #[default]
    Text,
    /// All forecasts, as headsup.backtest/1
    Json,
}

impl Backtest {
    pub fn run(&self, terminal: &Terminal) -> Result<(), Failure> {
        let (series, week_ends) =
            if self.from.is_dir() { self.of_team(terminal)? } else { of_file(&self.from, terminal)? };
        let record = backtest::record(&series, week_ends);
        match self.format {
            Output::Text => terminal.print(&text(&record, &series)),
            Output::Json => {
                let json = serde_json::to_string(&record).map_err(|error| Failure::Fault(error.to_string()))?;
                terminal.print(&format!("{json}\n"))
            }
        }
    }

    /// The team's whole work is one series, as in its brief.
    fn of_team(&self, terminal: &Terminal) -> Result<(Vec<WorkHistory>, Weekday), Failure> {
        let (config, mut problems) = Config::load(&self.from)?;
        let as_of = surroundings::as_of(self.as_of, config.calendar.timezone)?;
        let (team, found) = source::load(&config, as_of)?;
        problems.extend(found);
        terminal.show(&problems);
        // The track record is counts and dates alone.
        let team = redact(&team, Audience::Me, false);
        Ok((vec![WorkHistory::of_tasks(&team.team().name, &team.team().tasks)], config.calendar.week_ends))
    }
}

fn of_file(path: &Path, terminal: &Terminal) -> Result<(Vec<WorkHistory>, Weekday), Failure> {
    let (projects, problems) = past::read(path)?;
    terminal.show(&problems);
    Ok((projects.into_iter().map(|(name, finished)| WorkHistory::new(name, finished)).collect(), Weekday::Sun))
}

/// The record as tables: all series together with plain resampling beside it, then each series.
fn text(record: &Record, series: &[WorkHistory]) -> String {
    let mut out = String::new();
    if record.forecasts.is_empty() {
        return "No forecast could be tried out: it takes four closed weeks, and some more to see what came of it.\n"
            .into();
    }
    let several = if series.len() == 1 { "1 series".to_owned() } else { format!("{} series", series.len()) };
    let _ = writeln!(
        out,
        "{} forecasts over {several}, each with only what was known in its week.\n",
        record.forecasts.len()
    );
    let _ = writeln!(out, "                                corrected         plain resampling");
    let _ = writeln!(out, "                                P50     P85       P50     P85");
    let _ = writeln!(out, "should hold                     50 %    85 %      50 %    85 %");
    for (held, plain) in record.horizons.iter().zip(&record.plain) {
        let (p50, p85) = (share(held.p50_held), share(held.p85_held));
        let (plain50, plain85) = (share(plain.p50_held), share(plain.p85_held));
        let _ = writeln!(out, "{:<18} n {:>7}    {p50}   {p85}     {plain50}   {plain85}", question(held), held.n);
    }
    if series.len() > 1 {
        let _ = writeln!(out, "\nEach series, corrected: n, P50, P85");
        for series in series {
            let _ = writeln!(out, "{}", series.name);
            let made = record.forecasts.iter().filter(|made| made.series == series.name);
            for held in backtest::held(made) {
                let _ = writeln!(
                    out,
                    "  {:<18} {:>7}    {}   {}",
                    question(&held),
                    held.n,
                    share(held.p50_held),
                    share(held.p85_held)
                );
            }
        }
    }
    out
}

fn question(held: &Held) -> String {
    match held.kind {
        Kind::Count => format!("how many in {} weeks", held.weeks),
        Kind::Date => format!("when, {} weeks' work", held.weeks),
    }
}

fn share(held: Option<f64>) -> String {
    held.map_or_else(|| "   –".to_owned(), |held| format!("{:>3.0} %", 100.0 * held))
}
