//! `headsup batch`: the briefs of all team folders below one, and the page over them.
//!
//! Each [`worker`] is a process of its own and is given one team after another: typst compiles faster in two processes
//! than in two threads, and whatever happens to one team — even a crash — is that team's alone.

pub mod worker;

use std::collections::VecDeque;
use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::sync::Mutex;

use chrono::NaiveDate;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::{Terminal, surroundings};
use crate::clearance::Audience;
use crate::config::Format;
use crate::deliver::batch::{Batch, SCHEMA, Shard, TeamFolders, TeamResult, team_folders};
use crate::deliver::rollup;
use crate::output::{self, Mode};
use crate::problem::Failure;
use crate::words::Words;
use worker::{Job, Worker};

/// Make the briefs of all teams below a folder, and a page over them.
#[derive(Debug, Args)]
pub struct BatchCommand {
    /// The folder with the team folders below it; with --merge the OUT folder of the shards.
    pub root: PathBuf,
    /// Date of the data [default: SOURCE_DATE_EPOCH, else today]
    #[arg(long, value_name = "DATE", value_parser = crate::cli::surroundings::date)]
    pub as_of: Option<NaiveDate>,
    /// Which copy, for all teams [default: shared]
    #[arg(long = "for", value_name = "COPY", value_enum, default_value = "shared")]
    pub audience: Audience,
    /// Formats, separated by commas [default: those of each team]
    #[arg(long, value_name = "FORMAT", value_enum, value_delimiter = ',')]
    pub format: Option<Vec<Format>>,
    /// Where each team's brief goes, below its path [default: ROOT/out]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Record each brief in its team's history: the 1:1s were held
    #[arg(long)]
    pub record: bool,
    /// Workers side by side [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: Option<u16>,
    /// Take one part of the teams, as 3/16, for many machines
    #[arg(long, value_name = "I/N", conflicts_with = "merge")]
    pub shard: Option<Shard>,
    /// Join the batch-I-of-N.json of all shards in ROOT into one batch.json and index.html
    #[arg(long)]
    pub merge: bool,
    /// Language of the page over the briefs
    #[arg(long, default_value = "en")]
    pub language: String,
}

impl BatchCommand {
    pub fn run(&self, terminal: &Terminal) -> Result<(), Failure> {
        let batch = if self.merge { self.merged()? } else { self.rendered(terminal)? };
        let out = self.out();
        let name = match self.shard {
            Some(Shard { index, of }) => format!("batch-{index}-of-{of}.json"),
            None => "batch.json".to_owned(),
        };
        let mode = if self.audience == Audience::Shared { Mode::Normal } else { Mode::Private };
        output::write(&out.join(name), batch.to_json()?.as_bytes(), mode)?;
        if self.shard.is_none() {
            let words = Words::of(&self.language)
                .ok_or_else(|| Failure::Usage(format!("--language: there is {}", Words::languages().join(", "))))?;
            let index = out.join("index.html");
            output::write(&index, rollup::page(&batch, words)?.as_bytes(), mode)?;
            terminal.print(&format!("{}\n", index.display()))?;
        }
        self.summary(&batch, terminal)
    }

    fn out(&self) -> PathBuf {
        match &self.out {
            Some(out) => out.clone(),
            None if self.merge => self.root.clone(),
            None => self.root.join("out"),
        }
    }

    /// Reads the shards' results.
    fn merged(&self) -> Result<Batch, Failure> {
        let mut shards = Vec::new();
        let mut names: Vec<PathBuf> = std::fs::read_dir(&self.root)
            .and_then(|entries| entries.map(|entry| entry.map(|e| e.path())).collect())
            .map_err(|e| Failure::read(&self.root, e))?;
        names.sort();
        for path in names {
            let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
            let Some(shard) = name.strip_prefix("batch-").and_then(|n| n.strip_suffix(".json")) else { continue };
            let Ok(shard) = shard.replace("-of-", "/").parse::<Shard>() else { continue };
            let text = std::fs::read_to_string(&path).map_err(|e| Failure::read(&path, e))?;
            let batch: Batch = serde_json::from_str(&text)
                .ok()
                .filter(|batch: &Batch| batch.schema == SCHEMA)
                .ok_or_else(|| Failure::Usage(format!("{} is no {SCHEMA}: run that shard again", path.display())))?;
            shards.push((shard, batch));
        }
        if let Some((Shard { of, .. }, _)) = shards.first() {
            let missing: Vec<String> = (1..=*of)
                .filter(|index| !shards.iter().any(|(s, _)| s.index == *index && s.of == *of))
                .map(|index| format!("{index}/{of}"))
                .collect();
            if !missing.is_empty() || shards.len() != *of as usize {
                return Err(Failure::Usage(format!(
                    "the shards in {} do not make a whole: missing {}",
                    self.root.display(),
                    if missing.is_empty() {
                        "none, but there are shards of another split".into()
                    } else {
                        missing.join(", ")
                    }
                )));
            }
        }
        Batch::merge(shards.into_iter().map(|(_, batch)| batch).collect())
    }

    /// Renders the teams of this shard.
    fn rendered(&self, terminal: &Terminal) -> Result<Batch, Failure> {
        let as_of = surroundings::as_of(self.as_of, chrono_tz::UTC)?;
        let TeamFolders { mut paths, passed } = team_folders(&self.root)?;
        for (folder, why) in passed {
            // Quoted, since a name can hold what a terminal obeys.
            terminal.complain(&format!("{:?} is passed by: {why}", folder.display().to_string()));
        }
        if let Some(shard) = self.shard {
            paths.retain(|path| shard.holds(path));
        } else if paths.is_empty() {
            return Err(Failure::Usage(format!("there is no headsup.toml below {}", self.root.display())));
        }
        let root = self.root.canonicalize().map_err(|e| Failure::read(&self.root, e))?;
        let out = std::path::absolute(self.out()).map_err(|e| Failure::write(self.out(), e))?;
        let jobs: VecDeque<Job> = paths
            .into_iter()
            .map(|path| Job {
                dir: root.join(&path),
                out: out.join(&path),
                path,
                as_of,
                audience: self.audience,
                format: self.format.clone(),
                record: self.record,
                alone: self.record,
            })
            .collect();
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        let workers = self.jobs.map_or_else(cores, usize::from).min(jobs.len().max(1));
        let progress = Progress::new(jobs.len(), terminal);
        let queue = Mutex::new(jobs);
        let results = Mutex::new(Vec::new());
        std::thread::scope(|scope| {
            for _ in 0..workers {
                scope.spawn(|| {
                    let mut worker = None;
                    loop {
                        let ended = match next(&queue) {
                            Some(job) => Worker::take(&mut worker, job),
                            None => match worker.take() {
                                Some(worker) => worker.finish(),
                                None => break,
                            },
                        };
                        ended.results.iter().for_each(|result| progress.step(result));
                        if let (Ok(mut results), Ok(mut queue)) = (results.lock(), queue.lock()) {
                            results.extend(ended.results);
                            queue.extend(ended.again);
                        }
                    }
                });
            }
        });
        progress.finish();
        let results = results.into_inner().map_err(|_| Failure::Fault("a worker's thread ended badly".into()))?;
        Ok(Batch::new(as_of, self.audience, results))
    }

    /// The table of reasons, and how it all ended.
    fn summary(&self, batch: &Batch, terminal: &Terminal) -> Result<(), Failure> {
        let failed = batch.failed();
        let made = batch.teams.len() - failed;
        let width =
            batch.teams.iter().filter(|t| t.failed.is_some()).map(|t| t.path.chars().count()).max().unwrap_or(0);
        for team in &batch.teams {
            if let Some(reason) = &team.failed {
                terminal.complain(&format!("{:width$}  exit {}  {}", team.path, reason.exit, reason.message));
            }
        }
        terminal.say(&format!("{made} of {} briefs made", batch.teams.len()));
        if failed == 0 {
            Ok(())
        } else {
            Err(Failure::Findings(format!("{failed} of {} teams have no brief", batch.teams.len())))
        }
    }
}

/// The next team to do.
fn next(queue: &Mutex<VecDeque<Job>>) -> Option<Job> {
    queue.lock().ok()?.pop_front()
}

/// A bar at a terminal, a line a team elsewhere.
struct Progress {
    bar: Option<ProgressBar>,
    terminal: Terminal,
}

impl Progress {
    fn new(teams: usize, terminal: &Terminal) -> Self {
        let bar = (!terminal.is_quiet() && std::io::stderr().is_terminal()).then(|| {
            let bar = ProgressBar::new(teams as u64);
            // The pattern is fixed, so it cannot fail; the default bar would do as well.
            if let Ok(style) = ProgressStyle::with_template("{bar:32} {pos}/{len} briefs  {eta} left  {msg}") {
                bar.set_style(style);
            }
            bar
        });
        Self { bar, terminal: *terminal }
    }

    fn step(&self, result: &TeamResult) {
        match &self.bar {
            Some(bar) => {
                bar.set_message(result.path.clone());
                bar.inc(1);
            }
            None => self.terminal.say_more(&format!(
                "{}: {}",
                result.path,
                if result.failed.is_some() { "failed" } else { "made" }
            )),
        }
    }

    fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
