//! The two ends of the pipes to a worker process: [`super::BatchCommand`] sends jobs, `headsup batch-worker` makes
//! briefs.
//!
//! A worker writes a brief, renames its files and answers; the batch waits for the disk once, at its end. If a worker
//! dies, the team that it was working on is reported as failed, and a new worker continues with the next one.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Instant;

use chrono::{DateTime, NaiveDate, Utc};
use clap::Args;
use serde::{Deserialize, Serialize};

use crate::cli::{Terminal, render, surroundings};
use crate::config::Format;
use crate::deliver::batch::{Owner, TeamResult, prune};
use crate::history::files::{RecordedBefore, record_once};
use crate::output::Durability;
use crate::pipeline::{self, RenderedBrief, Request};
use crate::problem::Failure;
use crate::redact::Audience;

/// Most bytes that are read from the stderr of a worker that died.
const MAX_LAST_WORDS: u64 = 4096;

/// What a worker is asked to do: one line of JSON for each team.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Job {
    pub dir: PathBuf,
    pub path: String,
    pub out: PathBuf,
    /// Folder of a service with more snapshots of the team, where new ones are recorded too.
    pub history: Option<PathBuf>,
    /// Date of the data. `None` means the day of `moment` in the team's time zone.
    pub as_of: Option<NaiveDate>,
    /// Start of the batch: the same moment for all teams.
    pub moment: DateTime<Utc>,
    /// Day of the 1:1.
    pub on: Option<NaiveDate>,
    pub audience: Audience,
    pub format: Option<Vec<Format>>,
    pub record: bool,
    pub replace: bool,
    /// How many dates of briefs to keep in `out`. `None` keeps all of them.
    pub keep: Option<usize>,
}

/// What a worker answers: one line of JSON for each job.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Answer {
    pub result: TeamResult,
    /// Files that changed and have not been synced yet.
    pub written: Vec<PathBuf>,
}

impl Answer {
    fn failed(job: &Job, failure: &Failure) -> Self {
        let result = TeamResult::failed(&job.path, Owner::of(&job.dir), failure, job.audience);
        Self { result, written: Vec::new() }
    }
}

/// A worker process and the pipes to it.
pub(crate) struct Worker {
    child: Child,
    jobs: ChildStdin,
    answers: BufReader<ChildStdout>,
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
        let (jobs, answers) = pipes.ok_or_else(|| std::io::Error::other("the worker has no pipes"))?;
        Ok(Self { child, jobs, answers: BufReader::new(answers) })
    }

    /// Runs one job. If the worker dies during it, it is removed from `slot`, and the next job starts a new one.
    pub(crate) fn run(slot: &mut Option<Worker>, job: &Job) -> Answer {
        let worker = match slot {
            Some(worker) => worker,
            None => match Worker::start() {
                Ok(worker) => slot.insert(worker),
                Err(error) => return Answer::failed(job, &Failure::Fault(error.to_string())),
            },
        };
        worker.answer(job).unwrap_or_else(|error| {
            let why = slot.take().map_or_else(|| error.to_string(), |worker| worker.last_words(&error));
            Answer::failed(job, &Failure::Fault(format!("the worker ended without an answer: {why}")))
        })
    }

    fn answer(&mut self, job: &Job) -> std::io::Result<Answer> {
        let mut line = serde_json::to_vec(job)?;
        line.push(b'\n');
        self.jobs.write_all(&line)?;
        self.jobs.flush()?;
        let mut answer = String::new();
        self.answers.read_line(&mut answer)?;
        Ok(serde_json::from_str(&answer)?)
    }

    /// Returns what a worker printed when it died: after an internal error, the place in the source.
    fn last_words(mut self, error: &std::io::Error) -> String {
        let _ = self.child.kill();
        let mut said = String::new();
        if let Some(stderr) = self.child.stderr.take() {
            let _ = stderr.take(MAX_LAST_WORDS).read_to_string(&mut said);
        }
        said.lines().last().map_or_else(|| error.to_string(), str::to_owned)
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // A worker that hangs must not outlive the batch.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The other end of the pipes. Not for people.
#[derive(Debug, Args)]
pub struct WorkerCommand {}

impl WorkerCommand {
    pub(crate) fn run(&self, terminal: &Terminal) -> Result<(), Failure> {
        // There is one worker for each core already, so this thread does all of the work and hands nothing to other
        // threads.
        let alone = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread();
        alone.build_global().map_err(|e| Failure::Fault(e.to_string()))?;
        for line in std::io::stdin().lock().lines() {
            let line = line.map_err(|e| Failure::read("standard input", e))?;
            let job: Job = serde_json::from_str(&line).map_err(|e| Failure::Usage(format!("not a job: {e}")))?;
            let begun = Instant::now();
            let mut answer = make(&job).unwrap_or_else(|failure| Answer::failed(&job, &failure));
            answer.result.seconds = (begun.elapsed().as_secs_f64() * 1000.0).round() / 1000.0;
            let answer = serde_json::to_string(&answer).map_err(|e| Failure::Fault(e.to_string()))?;
            terminal.print(&(answer + "\n"))?;
        }
        Ok(())
    }
}

/// Makes and writes the brief of a team, and records its 1:1.
fn make(job: &Job) -> Result<Answer, Failure> {
    // Run from its own folder, a team's files have the same names in messages wherever the batch runs.
    std::env::set_current_dir(&job.dir).map_err(|e| Failure::read(&job.dir, e))?;
    let team = Path::new(".");
    let rendered = pipeline::run_with(team, job.history.as_deref(), |config| {
        let as_of = job.as_of.unwrap_or_else(|| surroundings::day_of(job.moment, config.calendar.timezone));
        let on = job.on.or_else(|| config.calendar.next_one_on_one(as_of));
        Request { as_of, on, since: None, audience: job.audience, formats: job.format.clone() }
    })?;
    let written = render::write_with(&rendered, &job.out, Durability::Later)?;
    let mut result = TeamResult::made(&job.path, &rendered);
    if job.record {
        match record(job, team, &rendered)? {
            Ok(on) => result.recorded = Some(on),
            Err(why) => result.not_recorded = Some(why),
        }
    }
    if let Some(keep) = job.keep {
        prune(&job.out, keep)?;
    }
    Ok(Answer { result, written })
}

/// Records the 1:1 if it is known to take place. Returns its day, or the reason why nothing was recorded.
fn record(job: &Job, team: &Path, rendered: &RenderedBrief) -> Result<Result<NaiveDate, String>, Failure> {
    if job.on.is_none() && rendered.config.calendar.one_on_one.is_none() {
        return Ok(Err("no 1:1 is known: add one_on_one = \"friday\" under [calendar], or --on DATE".to_owned()));
    }
    let recorded = record_once(team, job.history.as_deref(), &rendered.snapshot, job.replace)?;
    Ok(match recorded {
        Ok(()) => Ok(rendered.snapshot.on),
        Err(RecordedBefore { as_of }) => {
            Err(format!("a 1:1 was recorded for {as_of}, within 4 days: add --replace to record this one instead"))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_can_be_read_back_from_its_line_of_json() {
        let job = Job {
            dir: "/teams/a b".into(),
            path: "a b".into(),
            out: "/out".into(),
            history: Some("/history/a b".into()),
            as_of: None,
            moment: "2026-11-20T05:00:00Z".parse().unwrap(),
            on: "2026-11-20".parse().ok(),
            audience: Audience::Shared,
            format: Some(vec![Format::Pdf]),
            record: true,
            replace: false,
            keep: Some(8),
        };
        let line = serde_json::to_string(&job).unwrap();
        assert!(!line.contains('\n'));
        let back: Job = serde_json::from_str(&line).unwrap();
        assert_eq!((back.dir, back.path, back.moment, back.on), (job.dir, job.path, job.moment, job.on));
    }
}
