//! `headsup check`: reports everything that is wrong with a team folder at once. It writes nothing.

mod untold;

use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::NaiveDate;
use clap::Args;

use super::report::{self, ReportFormat, as_typed};
use super::{Terminal, surroundings};
use crate::analysis::Timeframe;
use crate::analysis::metric::{self, MetricInputs};
use crate::config::Config;
use crate::history::Recorded;
use crate::pipeline;
use crate::problem::{Failure, Place, Problem, Problems, Severity};
use crate::redact::{Guarded, redact};
use crate::source;

/// List everything that is wrong with a team folder, and how to fix it.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  headsup check my-team\n  headsup check my-team --strict --format json")]
pub struct Check {
    /// Team folder
    #[arg(default_value = ".")]
    pub team_dir: PathBuf,
    /// Date of the data [default: SOURCE_DATE_EPOCH, else today]
    #[arg(long, value_name = "DATE", value_parser = crate::cli::surroundings::date)]
    pub as_of: Option<NaiveDate>,
    /// Format of the list [default: text; github in a GitHub workflow]
    #[arg(long, value_enum)]
    pub format: Option<ReportFormat>,
    /// Treat warnings as errors
    #[arg(long)]
    pub strict: bool,
}

impl Check {
    pub fn run(&self, terminal: &Terminal) -> Result<(), Failure> {
        let problems = self.problems()?;
        let format = self.format.unwrap_or(terminal.report_format());
        match format {
            ReportFormat::Json => terminal.print(&report::json(&terminal.redacted(&problems)))?,
            format => terminal.reporting(format).show(&problems),
        }
        if problems.has_errors() {
            // The problems have been shown already, in the requested format.
            return Err(Failure::Input(Problems::default()));
        }
        if self.strict && problems.0.iter().any(|problem| problem.severity == Severity::Warning) {
            return Err(Failure::Findings("there are warnings, and --strict makes them errors".into()));
        }
        terminal.say(&format!("{} is in order", self.team_dir.join("headsup.toml").display()));
        Ok(())
    }

    fn problems(&self) -> Result<Problems, Failure> {
        let (config, mut problems) = match Config::read(&self.team_dir) {
            Ok((Some(config), problems)) => (config, problems),
            Ok((None, problems)) | Err(Failure::Input(problems)) => return Ok(problems),
            Err(other) => return Err(other),
        };
        let as_of = surroundings::as_of(self.as_of, config.calendar.timezone)?;
        let recorded = match Recorded::load(&self.team_dir, as_of) {
            Ok((recorded, found)) => {
                problems.extend(found);
                Some(recorded)
            }
            Err(Failure::Input(found)) => {
                problems.extend(found);
                None
            }
            Err(other) => return Err(other),
        };
        match source::load(&config, as_of) {
            Ok((team, found)) => {
                problems.extend(found);
                problems.0.extend(metric_notes(&config, &team, as_of));
                let seen = redact(&team, surroundings::reader(), true);
                let frame = Timeframe::of(&config, as_of, as_of, None);
                problems.0.extend(untold::notes(&config, &seen, &recorded.unwrap_or_default(), &frame)?);
            }
            Err(Failure::Input(found)) => problems.extend(found),
            Err(other) => return Err(other),
        }
        if let Err(problem) = pipeline::words(&config) {
            problems.push(problem);
        }
        problems.0.extend(tracked_private_files(&self.team_dir));
        Ok(problems)
    }
}

/// Returns notes on metrics that the manager may want to record in the config: a change of level, or the kind of a
/// metric if it is unknown.
fn metric_notes(config: &Config, team: &Guarded, as_of: NaiveDate) -> Vec<Problem> {
    let (team, _) = redact(team, surroundings::reader(), true).into_parts();
    let inputs = MetricInputs::at(&config.calendar, config.quarter, as_of);
    let mut notes = Vec::new();
    for metric in &team.metrics {
        let section = config.metrics.iter().find(|section| section.name == metric.name);
        let place = section.map_or_else(|| Place::file("headsup.toml"), |section| section.place.clone());
        let name = &metric.name;
        if let Some(since) = metric::state(metric, &inputs).level_since {
            let message = format!("\"{name}\" has kept a new level since {since}; its usual range counts from there");
            let help = format!("if it is here to stay, write in its [[metric]]:\nbaseline = \"{since}\"");
            notes.push(Problem::note("new-level", message).at(place.clone()).help(help));
        }
        if metric.kind.is_none() && !metric.days.is_empty() {
            let message = format!("it is not known what \"{name}\" measures: only its latest value is said");
            let help = "write in its [[metric]] one of: kind = \"flow\" (it adds up) · kind = \"rate\" (a mean) · kind = \"stock\" (what there is) · kind = \"cumulative\" (a running total)";
            notes.push(Problem::note("metric-kind", message).at(place).help(help));
        }
    }
    notes
}

/// Finds files of `private/` that git tracks. Without git, or outside of a repository, the list is empty.
fn tracked_private_files(dir: &Path) -> Vec<Problem> {
    // The settings of a repository must not be able to start a foreign program.
    let listed = Command::new("git")
        .args(["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-C"])
        .arg(dir)
        .args(["ls-files", "-z", "--", "private"])
        .output();
    let Ok(listed) = listed else { return Vec::new() };
    String::from_utf8_lossy(&listed.stdout)
        .split('\0')
        .filter(|name| listed.status.success() && !name.is_empty())
        .map(|name| {
            Problem::warning("tracked-private", "this file is private, and git tracks it")
                .at(Place::file(dir.join(name).display().to_string()))
                .help(format!("git rm --cached {}, and write private/ into .gitignore", as_typed(Path::new(name))))
        })
        .collect()
}
