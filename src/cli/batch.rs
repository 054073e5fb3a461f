//! `headsup batch`: makes the briefs of all team folders below a folder, and an overview page of them.
//!
//! Each [`worker`] is a separate process that is given one team after another: typst compiles faster in two processes
//! than in two threads, and a failure – even a crash – affects only the team that caused it.

mod progress;
mod shards;
pub(crate) mod worker;

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use chrono::{DateTime, NaiveDate, SubsecRound as _, Utc};
use clap::{Args, ValueEnum};
use rayon::prelude::*;

use super::{Terminal, surroundings};
use crate::config::Format;
use crate::deliver::batch::{Batch, Owner, Shard, TeamFolders, TeamResult, check_one_boss, team_folders};
use crate::deliver::{self, rollup};
use crate::output::{self, Mode};
use crate::problem::Failure;
use crate::redact::Audience;
use crate::words::Words;
use progress::BatchProgress;
use worker::{Answer, Job, Worker};

/// What the pages over the briefs are made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum GroupBy {
    /// A page for each boss
    Boss,
}

/// Make the briefs of all teams below a folder, and an overview page.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  headsup batch teams\n  headsup batch teams --for boss --group-by boss\n  headsup batch teams --shard 3/16 --out briefs"
)]
pub struct BatchCommand {
    /// Folder that contains the team folders; with --merge, the OUT folder of the shards
    pub root: PathBuf,
    /// Date of the data [default: SOURCE_DATE_EPOCH, else today in each team's time zone; with --merge, that of the
    /// shards]
    #[arg(long, value_name = "DATE", value_parser = crate::cli::surroundings::date)]
    pub as_of: Option<NaiveDate>,
    /// Date of the 1:1s [default: each team's next `one_on_one`, else as-of]
    #[arg(long, value_name = "DATE", value_parser = crate::cli::surroundings::date)]
    pub on: Option<NaiveDate>,
    /// Reader of the briefs
    #[arg(long = "for", value_name = "COPY", value_enum, default_value = "shared")]
    pub audience: Audience,
    /// Formats, separated by commas [default: those of each team]
    #[arg(long, value_name = "FORMAT", value_enum, value_delimiter = ',')]
    pub format: Option<Vec<Format>>,
    /// Folder for the briefs, with a folder for each team [default: ROOT/out]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Number of dates whose briefs are kept in OUT; older ones are removed [default: all]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub keep: Option<u16>,
    /// Record each 1:1 whose day is known from --on or `one_on_one`; at most once within 4 days
    #[arg(long)]
    pub record: bool,
    /// Replace what was recorded within 4 days
    #[arg(long, requires = "record")]
    pub replace: bool,
    /// Folder for the histories, if the team folders are read-only [default: each team's history/]
    #[arg(long, value_name = "DIR")]
    pub history: Option<PathBuf>,
    /// Number of parallel workers [default: one per core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: Option<u16>,
    /// Part of the teams to render on this machine, for example 3/16
    #[arg(long, value_name = "I/N", conflicts_with = "merge")]
    pub shard: Option<Shard>,
    /// Combine the batch-I-of-N.json of all shards in ROOT into one batch.json and index.html
    #[arg(long)]
    pub merge: bool,
    /// Make several overview pages instead of one
    #[arg(long, value_name = "WHAT", value_enum)]
    pub group_by: Option<GroupBy>,
    /// Language of the overview page
    #[arg(long, default_value = "en")]
    pub language: String,
}

impl BatchCommand {
    pub fn run(&self, terminal: &Terminal) -> Result<(), Failure> {
        let words = Words::of(&self.language)
            .ok_or_else(|| Failure::Usage(format!("--language: there is {}", Words::languages().join(", "))))?;
        let batch = if self.merge { shards::merged(&self.root, self.as_of)? } else { self.rendered(terminal)? };
        if self.merge {
            self.check_bosses(batch.bosses())?;
        }
        let out = self.out();
        let name = match self.shard {
            Some(Shard { index, of }) => format!("batch-{index}-of-{of}.json"),
            None => "batch.json".to_owned(),
        };
        let path = out.join(name);
        let before = std::fs::read(&path).ok().and_then(|text| serde_json::from_slice::<Batch>(&text).ok());
        let batch = match &before {
            Some(before) => batch.with_times_of(before),
            None => batch,
        };
        // The pages of the copy are written first: whoever sees a new batch.json finds the pages that it describes.
        if self.shard.is_none() {
            self.pages(&batch, &out, words, terminal)?;
        }
        output::write(&path, batch.to_json()?.as_bytes(), self.mode())?;
        summary(&batch, terminal)
    }

    fn mode(&self) -> Mode {
        if self.audience == Audience::Shared { Mode::Normal } else { Mode::Private }
    }

    /// Writes the overview pages, and deletes those of the other grouping, which would otherwise stay there out of
    /// date.
    fn pages(&self, batch: &Batch, out: &Path, words: &Words, terminal: &Terminal) -> Result<(), Failure> {
        let mut pages = Vec::new();
        match self.group_by {
            None => pages.push(("index.html".to_owned(), rollup::page(batch, words)?)),
            Some(GroupBy::Boss) => {
                for boss in batch.bosses() {
                    pages.push((page_of(boss), rollup::page(&batch.of_boss(boss), words)?));
                }
            }
        }
        for (name, page) in &pages {
            let path = out.join(name);
            output::write(&path, page.as_bytes(), self.mode())?;
            terminal.print(&format!("{}\n", path.display()))?;
        }
        let entries = std::fs::read_dir(out).map_err(|e| Failure::read(out, e))?;
        for name in entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()) {
            let is_page = name == "index.html" || (name.starts_with("boss-") && name.ends_with(".html"));
            if is_page && !pages.iter().any(|(page, _)| *page == name) {
                let path = out.join(name);
                std::fs::remove_file(&path).map_err(|e| Failure::write(&path, e))?;
            }
        }
        Ok(())
    }

    fn out(&self) -> PathBuf {
        match &self.out {
            Some(out) => out.clone(),
            None if self.merge => self.root.clone(),
            None => self.root.join("out"),
        }
    }

    fn check_bosses<'a>(&self, bosses: impl IntoIterator<Item = &'a str>) -> Result<(), Failure> {
        if self.audience == Audience::Boss && self.group_by.is_none() { check_one_boss(bosses) } else { Ok(()) }
    }

    /// Renders the briefs of the teams in this shard.
    fn rendered(&self, terminal: &Terminal) -> Result<Batch, Failure> {
        let started = surroundings::moment()?;
        let TeamFolders { mut paths, passed_over } = team_folders(&self.root)?;
        for folder in &passed_over {
            // The path is quoted, since a name can contain terminal control characters.
            terminal.error(&format!("{:?} is passed over: {}", folder.path, folder.reason));
        }
        if paths.is_empty() && self.shard.is_none() {
            return Err(Failure::Usage(format!("there is no headsup.toml below {}", self.root.display())));
        }
        let root = self.root.canonicalize().map_err(|e| Failure::read(&self.root, e))?;
        if self.audience == Audience::Boss {
            let bosses: Vec<String> = paths.iter().map(|path| Owner::of(&root.join(path)).boss).collect();
            self.check_bosses(bosses.iter().map(String::as_str))?;
        }
        if let Some(shard) = self.shard {
            paths.retain(|path| shard.holds(path));
        }
        let jobs = self.jobs(paths, &root, started)?;
        let answers = self.run_jobs(jobs, terminal)?;
        let as_of = surroundings::as_of(self.as_of, chrono_tz::UTC)?;
        let mut batch = Batch::new(as_of, self.audience, synced(answers, self.audience), passed_over);
        batch.started = Some(started.trunc_subsecs(0));
        batch.ended = Some(surroundings::moment()?.trunc_subsecs(0));
        if surroundings::is_reproducible() {
            batch.teams.iter_mut().for_each(|team| team.seconds = 0.0);
        }
        Ok(batch)
    }

    fn jobs(&self, paths: Vec<String>, root: &Path, moment: DateTime<Utc>) -> Result<VecDeque<Job>, Failure> {
        let absolute = |path: &Path| std::path::absolute(path).map_err(|e| Failure::write(path, e));
        let out = absolute(&self.out())?;
        let history = self.history.as_deref().map(absolute).transpose()?;
        let job = |path: String| Job {
            dir: root.join(&path),
            out: out.join(&path),
            history: history.as_ref().map(|history| history.join(&path)),
            path,
            as_of: self.as_of,
            moment,
            on: self.on,
            audience: self.audience,
            format: self.format.clone(),
            record: self.record,
            replace: self.replace,
            keep: self.keep.map(usize::from),
        };
        Ok(paths.into_iter().map(job).collect())
    }

    /// Distributes the jobs to the workers and returns their answers.
    fn run_jobs(&self, jobs: VecDeque<Job>, terminal: &Terminal) -> Result<Vec<Answer>, Failure> {
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        let workers = self.jobs.map_or_else(cores, usize::from).min(jobs.len().max(1));
        let progress = BatchProgress::new(jobs.len(), terminal);
        let queue = Mutex::new(jobs);
        let answers = Mutex::new(Vec::new());
        std::thread::scope(|scope| {
            for _ in 0..workers {
                scope.spawn(|| {
                    let mut worker = None;
                    while let Some(job) = next(&queue) {
                        let answer = Worker::run(&mut worker, &job);
                        progress.step(&answer.result);
                        if let Ok(mut answers) = answers.lock() {
                            answers.push(answer);
                        }
                    }
                });
            }
        });
        progress.finish();
        answers.into_inner().map_err(|_| Failure::Fault("a worker's thread ended badly".into()))
    }
}

/// Waits until all files that the batch wrote are on the disk. A file that cannot be synced is a failure of its team.
fn synced(answers: Vec<Answer>, audience: Audience) -> Vec<TeamResult> {
    let sync = |answer: Answer| match output::sync(&answer.written).into_iter().next() {
        None => answer.result,
        Some((_, failure)) => TeamResult::failed(&answer.result.path, answer.result.owner, &failure, audience),
    };
    answers.into_par_iter().map(sync).collect()
}

/// Returns the file name of a boss's page. Different names get different file names, which are valid on every system.
fn page_of(boss: &str) -> String {
    if boss.is_empty() {
        return "boss-none.html".to_owned();
    }
    let plain: String = boss.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let plain: Vec<&str> = plain.split('-').filter(|part| !part.is_empty()).collect();
    let ident = deliver::ident(&[boss.as_bytes()]);
    format!("boss-{}-{}.html", plain.join("-"), &ident[..ident.len().min(6)])
}

/// Prints the table of failures with their reasons, and the totals.
fn summary(batch: &Batch, terminal: &Terminal) -> Result<(), Failure> {
    let is_listed = |team: &&TeamResult| team.failed.is_some() || team.not_recorded.is_some();
    let listed = || batch.teams.iter().filter(is_listed);
    let width = listed().map(|team| team.path.chars().count()).max().unwrap_or(0);
    for team in listed() {
        if let Some(reason) = &team.failed {
            terminal.error(&format!("{:width$}  exit {}  {}", team.path, reason.exit, reason.message));
        }
        if let Some(reason) = &team.not_recorded {
            terminal.error(&format!("{:width$}  not recorded: {reason}", team.path));
        }
    }
    let counts = batch.counts;
    terminal.say(&format!("{} of {} briefs made", counts.made, counts.teams));
    match counts.failed {
        0 => Ok(()),
        failed => Err(Failure::Findings(format!("{failed} of {} teams have no brief", counts.teams))),
    }
}

/// Takes the next job from the queue. Returns `None` if the queue is empty.
fn next(queue: &Mutex<VecDeque<Job>>) -> Option<Job> {
    queue.lock().ok()?.pop_front()
}

#[cfg(test)]
mod tests {
    use super::page_of;

    #[test]
    fn bosses_with_similar_names_get_separate_pages() {
        let names = ["Alex Kim", "alex kim", "Алекс", "../../etc", ""];
        let pages: std::collections::BTreeSet<String> = names.iter().map(|name| page_of(name)).collect();
        assert_eq!(pages.len(), names.len());
        let is_safe = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        assert!(pages.iter().all(|page| page.strip_suffix(".html").unwrap().chars().all(is_safe)), "{pages:?}");
        assert!(page_of("Alex Kim").starts_with("boss-alex-kim-"));
    }
}
