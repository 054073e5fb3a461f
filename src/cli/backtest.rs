//! `headsup backtest`: how often the forecast held in the past, and how its error compares with that of simple methods.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use chrono::{NaiveDate, Weekday};
use clap::{Args, ValueEnum};

use super::{Terminal, surroundings};
use crate::analysis::backtest::score::{Record, Score, scores};
use crate::analysis::backtest::{self, Kind, WorkHistory};
use crate::analysis::calendar::Span;
use crate::config::Config;
use crate::problem::Failure;
use crate::redact::{Audience, redact};
use crate::source::{self, past};

/// Show how often past forecasts would have held.
///
/// For each past week, it forecasts with what was known then and compares with what happened. A CSV file needs the day
/// on which each task was finished; with a column `project`, each project is a series of its own.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  headsup backtest my-team\n  headsup backtest tasks.csv --format json")]
pub struct Backtest {
    /// Team folder, or a CSV file of tasks
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

    /// Loads the team's work as one series, as in its brief.
    fn of_team(&self, terminal: &Terminal) -> Result<(Vec<WorkHistory>, Weekday), Failure> {
        let (config, mut problems) = Config::load(&self.from)?;
        let as_of = surroundings::as_of(self.as_of, config.calendar.timezone)?;
        let (team, found) = source::load(&config, as_of)?;
        problems.extend(found);
        terminal.show(&problems);
        // The track record consists of counts and dates only, so the manager's copy may be used.
        let team = redact(&team, Audience::Me, false);
        let off = config.off.iter().map(|(start, end)| Span { start: *start, end: *end }).collect();
        let history = WorkHistory::of_tasks(&team.team().name, &team.team().tasks, off);
        Ok((vec![history], config.calendar.week_ends))
    }
}

fn of_file(path: &Path, terminal: &Terminal) -> Result<(Vec<WorkHistory>, Weekday), Failure> {
    let (projects, problems) = past::read(path)?;
    terminal.show(&problems);
    Ok((projects.into_iter().map(|(name, tasks)| WorkHistory::new(name, tasks, Vec::new())).collect(), Weekday::Sun))
}

/// Formats the record as tables: first all series together, then how often the forecasts of each one held.
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
    let _ = writeln!(out, "How often it held (where that lies with 90 % confidence)");
    let _ = writeln!(out, "                          n    P50 (promised 50 %)   P85 (promised 85 %)");
    for score in &record.horizons {
        let (p50, p85) = (held(score.p50_held, score.p50_interval), held(score.p85_held, score.p85_interval));
        let _ = writeln!(out, "{:<18} {:>8}    {p50:<20}  {p85}", question(score), score.n);
    }
    let _ = writeln!(out, "\nWhat it lost (pinball loss, mean over series): smaller is better");
    let _ = writeln!(out, "                         headsup   12 weeks resampled   negative binomial, 26 weeks");
    for score in &record.horizons {
        let (plain, binomial) = (against(score.loss, score.loss_plain), against(score.loss, score.loss_nb));
        let unit = if score.kind == Kind::Count { "tasks" } else { "days" };
        let own = score.loss.map_or_else(|| "–".to_owned(), |loss| format!("{loss:.2} {unit}"));
        let _ = writeln!(out, "{:<18} {own:>13}   {plain:<18}   {binomial}", question(score));
    }
    if series.len() > 1 {
        let _ = writeln!(out, "\nEach series: n, P50, P85");
        for series in series {
            let _ = writeln!(out, "{}", series.name);
            let made: Vec<_> = record.forecasts.iter().filter(|made| made.series == series.name).collect();
            for score in scores(&made) {
                let (p50, p85) = (share(score.p50_held), share(score.p85_held));
                let _ = writeln!(out, "  {:<18} {:>7}    {p50}   {p85}", question(&score), score.n);
            }
        }
    }
    out
}

fn question(score: &Score) -> String {
    match score.kind {
        Kind::Count => format!("how many in {} weeks", score.weeks),
        Kind::Date => format!("when, {} weeks' work", score.weeks),
    }
}

fn share(held: Option<f64>) -> String {
    held.map_or_else(|| "   –".to_owned(), |held| format!("{:>3.0} %", 100.0 * held))
}

/// Formats the share of forecasts that held, with its interval: `51 % (47 to 55)`.
fn held(held: Option<f64>, interval: Option<[f64; 2]>) -> String {
    let range = interval.map(|[low, high]| format!(" ({:.0} to {:.0})", 100.0 * low, 100.0 * high));
    share(held) + &range.unwrap_or_default()
}

/// Formats the loss of another method, followed by the ratio of our loss to it: `3.30 (× 0.91)`.
fn against(loss: Option<f64>, other: Option<f64>) -> String {
    match loss.zip(other) {
        Some((loss, other)) if other > 0.0 => format!("{other:.2} (× {:.2})", loss / other),
        Some((_, other)) => format!("{other:.2}"),
        None => "–".to_owned(),
    }
}
