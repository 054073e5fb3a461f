//! Both ends of the pipes to a worker process: [`super::BatchCommand`] gives jobs, `headsup batch-worker` makes briefs.
//!
//! A worker answers for several teams at once, since the disk is waited for once for all of them: till then their briefs
//! are written, but have no names. Where a worker dies, the team that it was at is to blame; those whose briefs it held
//! are made again, each answered for alone.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use clap::Args;
use serde::{Deserialize, Serialize};

use crate::clearance::Audience;
use crate::cli::{Terminal, render};
use crate::config::Format;
use crate::deliver::batch::TeamResult;
use crate::history;
use crate::output::{self, Unnamed};
use crate::pipeline::{self, Request};
use crate::problem::Failure;

/// So long, and of so many teams, are briefs held: what a kill costs, and what the open files of a process allow.
const LONGEST_HELD: Duration = Duration::from_secs(1);
const MOST_HELD: usize = 32;

/// A worker says nothing but where it ends by a fault.
const LAST_WORDS: u64 = 4096;

/// What a worker is told: one line of JSON a team.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Job {
    pub dir: PathBuf,
    pub path: String,
    pub out: PathBuf,
    pub as_of: NaiveDate,
    pub audience: Audience,
    pub format: Option<Vec<Format>>,
    pub record: bool,
    /// Answered for at once, with all that is held.
    pub alone: bool,
}

/// What a worker has come to.
#[derive(Default)]
pub struct Ended {
    pub results: Vec<TeamResult>,
    /// Was held by a worker that died.
    pub again: Vec<Job>,
}

/// A worker process and the pipes to it.
pub struct Worker {
    child: Child,
    orders: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    /// Told and not answered for.
    held: Vec<Job>,
}

impl Worker {
    fn start() -> std::io::Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .args(["--quiet", "batch-worker"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let pipes = child.stdin.take().zip(child.stdout.take());
        let (orders, answers) = pipes.ok_or_else(|| std::io::Error::other("the worker has no pipes"))?;
        Ok(Self { child, orders: Some(orders), answers: BufReader::new(answers), held: Vec::new() })
    }

    /// Takes one job; a worker that dies of it is replaced for the next one.
    pub fn take(slot: &mut Option<Worker>, job: Job) -> Ended {
        let worker = match slot {
            Some(worker) => worker,
            None => match Worker::start() {
                Ok(worker) => slot.insert(worker),
                Err(error) => return Ended { results: vec![failed(&job, &error.to_string())], again: Vec::new() },
            },
        };
        worker.held.push(job);
        match worker.told() {
            Ok(results) => Ended { results, again: Vec::new() },
            Err(error) => slot.take().map(|worker| worker.died(&error)).unwrap_or_default(),
        }
    }

    /// Tells it the newest job, and hears what is answered for.
    fn told(&mut self) -> std::io::Result<Vec<TeamResult>> {
        let mut order = serde_json::to_vec(&self.held.last())?;
        order.push(b'\n');
        let orders = self.orders.as_mut().ok_or(std::io::ErrorKind::BrokenPipe)?;
        orders.write_all(&order)?;
        orders.flush()?;
        self.answer()
    }

    fn answer(&mut self) -> std::io::Result<Vec<TeamResult>> {
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        let results: Vec<TeamResult> = serde_json::from_str(&line)?;
        if !results.is_empty() {
            self.held.clear();
        }
        Ok(results)
    }

    /// There is no more to do: it answers for what it holds.
    pub fn finish(mut self) -> Ended {
        self.orders = None;
        match self.answer() {
            Ok(results) => {
                let _ = self.child.wait();
                Ended { results, again: Vec::new() }
            }
            Err(_) => Ended { results: Vec::new(), again: self.held_again() },
        }
    }

    /// Blames the newest job, with what the worker said when it ended by a fault: where that is.
    fn died(mut self, error: &std::io::Error) -> Ended {
        let blamed = self.held.pop();
        let again = self.held_again();
        let _ = self.child.kill();
        let mut said = String::new();
        if let Some(stderr) = self.child.stderr.take() {
            let _ = stderr.take(LAST_WORDS).read_to_string(&mut said);
        }
        let why = said.lines().last().map_or_else(|| error.to_string(), str::to_owned);
        Ended { results: blamed.map(|job| failed(&job, &why)).into_iter().collect(), again }
    }

    fn held_again(&mut self) -> Vec<Job> {
        self.held.drain(..).map(|job| Job { alone: true, ..job }).collect()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // Its order book is closed with us; one that hangs must not outlive the batch.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn failed(job: &Job, why: &str) -> TeamResult {
    let failure = Failure::Fault(format!("the worker ended while it made this brief ({why})"));
    TeamResult::failed(&job.path, &failure, job.audience)
}

/// The other end of the pipes. Not for people.
#[derive(Debug, Args)]
pub struct WorkerCommand {}

impl WorkerCommand {
    pub fn run(&self, terminal: &Terminal) -> Result<(), Failure> {
        // Every core has a worker already: this thread does it all, and hands nothing to another and back.
        let alone = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread();
        alone.build_global().map_err(|e| Failure::Fault(e.to_string()))?;
        let mut held = Held::default();
        for line in std::io::stdin().lock().lines() {
            let line = line.map_err(|e| Failure::read("standard input", e))?;
            let job: Job = serde_json::from_str(&line).map_err(|e| Failure::Usage(format!("not a job: {e}")))?;
            let is_alone = job.alone;
            held.hold(job);
            let results = if is_alone || held.is_full() { held.named() } else { Vec::new() };
            answer(&results, terminal)?;
        }
        answer(&held.named(), terminal)
    }
}

fn answer(results: &[TeamResult], terminal: &Terminal) -> Result<(), Failure> {
    let line = serde_json::to_string(results).map_err(|e| Failure::Fault(e.to_string()))?;
    terminal.print(&(line + "\n"))
}

/// Briefs that are written and have no names yet, and since when there are any.
#[derive(Default)]
struct Held {
    briefs: Vec<(Job, TeamResult, Unnamed)>,
    since: Option<Instant>,
}

impl Held {
    fn hold(&mut self, job: Job) {
        let (result, files) = make(&job)
            .unwrap_or_else(|failure| (TeamResult::failed(&job.path, &failure, job.audience), Unnamed::default()));
        self.since.get_or_insert_with(Instant::now);
        self.briefs.push((job, result, files));
    }

    fn is_full(&self) -> bool {
        self.briefs.len() >= MOST_HELD || self.since.is_some_and(|since| since.elapsed() >= LONGEST_HELD)
    }

    /// Gives all of them their names.
    fn named(&mut self) -> Vec<TeamResult> {
        self.since = None;
        let (mut teams, mut files) = (Vec::new(), Vec::new());
        for (job, result, unnamed) in self.briefs.drain(..) {
            teams.push((job, result));
            files.push(unnamed);
        }
        let named = teams.into_iter().zip(output::name_all(files));
        let result = |((job, result), named): ((Job, TeamResult), Result<(), Failure>)| match named {
            Ok(()) => result,
            Err(failure) => TeamResult::failed(&job.path, &failure, job.audience),
        };
        named.map(result).collect()
    }
}

/// Makes the brief of a team, but for the names of its files.
fn make(job: &Job) -> Result<(TeamResult, Unnamed), Failure> {
    let request =
        Request { as_of: job.as_of, on: None, since: None, audience: job.audience, formats: job.format.clone() };
    // Seen from its own folder, a team's files have the names it knows them by, wherever the batch runs.
    std::env::set_current_dir(&job.dir).map_err(|e| Failure::read(&job.dir, e))?;
    let team = Path::new(".");
    let made = pipeline::run(team, &request)?;
    let files = if job.record {
        // What is recorded was handed over.
        render::write(&made, &job.out)?;
        history::files::keep(team, &made.snapshot)?;
        Unnamed::default()
    } else {
        render::written(&made, &job.out)?
    };
    Ok((TeamResult::made(&job.path, &made), files))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_survives_its_line() {
        let job = Job {
            dir: "/teams/a b".into(),
            path: "a b".into(),
            out: "/out".into(),
            as_of: "2026-11-20".parse().unwrap(),
            audience: Audience::Shared,
            format: Some(vec![Format::Pdf]),
            record: false,
            alone: false,
        };
        let line = serde_json::to_string(&job).unwrap();
        assert!(!line.contains('\n'));
        let back: Job = serde_json::from_str(&line).unwrap();
        assert_eq!((back.dir, back.path, back.as_of), (job.dir, job.path, job.as_of));
    }
}
