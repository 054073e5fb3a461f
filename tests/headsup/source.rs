//! Tests of loading a team from exports: the result for each table, and the problems of unreadable data.

mod files;
mod logs;
mod metrics;
mod plan;

use std::path::Path;

use chrono::NaiveDate;
use headsup::config::Config;
use headsup::problem::{Failure, Problem, Severity};
use headsup::redact::{Audience, redact};
use headsup::source;
use headsup::team::*;

/// A team folder with these files, loaded as of 2026-11-20.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new(config: &str, files: &[(&str, &str)]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("headsup.toml"), format!("[team]\nname = \"Curation\"\n{config}")).unwrap();
        for (name, text) in files {
            let path = dir.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        Self(dir)
    }

    /// Creates one source for each file, whose table is the name of the file.
    fn of(files: &[(&str, &str)]) -> Self {
        let sources: String = files
            .iter()
            .map(|(name, _)| {
                let table = Path::new(name).file_stem().unwrap().to_str().unwrap();
                format!("[[source]]\ntable = \"{table}\"\nfile = \"{name}\"\n")
            })
            .collect();
        Self::new(&sources, files)
    }

    fn load_as_of(&self, as_of: NaiveDate) -> Result<(Team, Vec<Problem>), Vec<Problem>> {
        let config = match Config::load(self.0.path()) {
            Ok((config, _)) => config,
            Err(error) => panic!("{error}: {error:?}"),
        };
        match source::load(&config, as_of) {
            Ok((team, problems)) => Ok((redact(&team, Audience::Me, true).into_parts().0, problems.0)),
            Err(Failure::Input(problems)) => Err(problems.0),
            Err(other) => panic!("{other}"),
        }
    }

    fn load(&self) -> (Team, Vec<Problem>) {
        self.load_as_of(day(2026, 11, 20)).unwrap_or_else(|problems| panic!("{problems:#?}"))
    }

    fn errors(&self) -> Vec<Problem> {
        self.load_as_of(day(2026, 11, 20)).unwrap_err()
    }
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn said(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(|p| p.message.clone()).collect()
}

const OBJECTIVES: (&str, &str) = (
    "objectives.csv",
    "id,objective,quarter,agreed_on,target,status\nSR,Supplier-risk dataset,Q4 2026,2026-10-02,3,amber\nUS,Update speed,Q4 2026,2026-10-02,24,on track\n",
);

const MILESTONES: (&str, &str) = (
    "milestones.csv",
    "id,objective,milestone,agreed_due,due,done_on,progress,status,reason,aliases\n\
     SR-1,SR,Schema agreed,2026-10-16,2026-10-16,2026-10-15,1,done,,\n\
     SR-2,SR,Pilot,2026-10-30,2026-11-10,,0.5,red,the contract waits,pilot; CUR-7\n\
     US-1,Update speed,Ingest profiled,2026-12-09,,,,,,CUR-1\n",
);
const METRICS: &str = "[[source]]\ntable = \"metrics\"\nfile = \"metrics.csv\"\n";
const WIDE: (&str, &str) = ("m1.csv", "Date,Revenue\n2026-11-16,10\n2026-11-17,20\n2026-11-18,30\n");
