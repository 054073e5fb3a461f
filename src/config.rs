//! `headsup.toml` → [`Config`], with every problem of the file found at once and placed.
//!
//! The names are the contract of the README's reference; `headsup schema` prints them as JSON Schema.
//! Every command that reads a team folder calls [`Config::load`] first.
//!
//! A new key is a field of [`raw`] (with a doc comment that says how to write it), a field here, and a line in [`resolve`].

mod raw;
mod resolve;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::{Datelike as _, NaiveDate, Weekday};

use crate::document::{Document, schema_of, validate};
use crate::fold::fold;
use crate::input;
use crate::problem::{Failure, Place, Problem, Problems};
use crate::table::ReadingOptions;
use crate::team::{Aggregate, Better, MetricKind, TableKind};

/// A team folder's configuration, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// The team folder.
    pub dir: PathBuf,
    pub team: TeamSection,
    pub calendar: Calendar,
    /// `[calendar] off`: first and last days of the times without work.
    pub off: Vec<(NaiveDate, NaiveDate)>,
    /// `[quarter] start, end`.
    pub quarter: Option<(NaiveDate, NaiveDate)>,
    pub sources: Vec<Source>,
    pub metrics: Vec<MetricSection>,
    pub brief: BriefSection,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct TeamSection {
    pub name: String,
    pub manager: String,
    pub manager_email: Option<String>,
    pub boss: String,
    pub boss_email: Option<String>,
    pub boss_since: Option<NaiveDate>,
    pub members: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calendar {
    /// The day a week closes; default Sunday (ISO).
    pub week_ends: Weekday,
    /// Month (1 to 12) in which the fiscal year starts; default 1.
    pub fiscal_year_starts: u32,
    pub timezone: chrono_tz::Tz,
    /// The weekday of the 1:1, where it is known.
    pub one_on_one: Option<Weekday>,
}

impl Calendar {
    /// The day of the next 1:1 on or after `date`, where its weekday is known.
    pub fn next_one_on_one(&self, date: NaiveDate) -> Option<NaiveDate> {
        let weekday = self.one_on_one?;
        date.iter_days().take(7).find(|day| day.weekday() == weekday)
    }
}

impl Default for Calendar {
    fn default() -> Self {
        Self { week_ends: Weekday::Sun, fiscal_year_starts: 1, timezone: chrono_tz::UTC, one_on_one: None }
    }
}

/// One `[[source]]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    pub table: TableKind,
    /// Relative to the team folder; may be a glob.
    pub file: String,
    /// Of the `file` key in headsup.toml, for problems that point back at the config.
    pub place: Place,
    pub preset: Option<String>,
    pub reading: ReadingOptions,
    /// Days before it counts as stale; None: as often as its rows come.
    pub cadence: Option<u32>,
    pub skip_bad_rows: bool,
    /// field → header names or 1-based positions.
    pub columns: BTreeMap<String, Vec<String>>,
    /// Of each key of `columns` in headsup.toml.
    pub column_places: BTreeMap<String, Place>,
    /// field → our word → words of the export.
    pub values: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// Task types that count as work; default all but epics and sub-tasks.
    pub counts: Option<Vec<String>>,
}

/// One `[[metric]]`.
#[derive(Debug, Clone, PartialEq)]
pub struct MetricSection {
    pub name: String,
    /// Of the `name` key in headsup.toml.
    pub place: Place,
    /// Default: the name.
    pub column: String,
    /// Default: what the aggregate implies, or the name leaves no doubt about.
    pub kind: Option<MetricKind>,
    /// Default: what the preset or the kind says of the column.
    pub aggregate: Option<Aggregate>,
    pub numerator: Option<String>,
    pub denominator: Option<String>,
    /// Column → the values of which its rows must have one.
    pub filter: BTreeMap<String, Vec<String>>,
    pub better: Option<Better>,
    pub unit: Option<String>,
    pub target: Option<f64>,
    /// Targets that change over time: from date, value.
    pub targets: Vec<(NaiveDate, f64)>,
    pub bps: bool,
    pub baseline_from: Option<NaiveDate>,
    pub baseline_until: Option<NaiveDate>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum WeighBy {
    #[default]
    Count,
    Estimate,
}

/// Which open tasks make the plan for the next two weeks, besides those in doing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NextRule {
    DueWithin { days: u32 },
    Sprint(String),
    Label(String),
}

impl Default for NextRule {
    fn default() -> Self {
        NextRule::DueWithin { days: 14 }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Paper {
    #[default]
    A4,
    UsLetter,
}

/// A file format that `render` writes.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
    clap::ValueEnum,
)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    Pdf,
    Html,
    Md,
    Txt,
    Json,
}

impl Format {
    /// Ending of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Pdf => "pdf",
            Format::Html => "html",
            Format::Md => "md",
            Format::Txt => "txt",
            Format::Json => "json",
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct BriefSection {
    pub pages: u32,
    pub paper: Paper,
    pub formats: Vec<Format>,
    pub language: String,
    pub concerns: bool,
    pub confidential_labels: Vec<String>,
    /// `on_error = "banner"`.
    pub banner_on_error: bool,
    pub weigh_by: WeighBy,
    pub next: NextRule,
    /// Section (lower-case title) → weeks between showings.
    pub every: BTreeMap<String, u32>,
    /// The manager's own headline, by copy (`me`, `boss`, `shared`, or `all`).
    pub headline: BTreeMap<String, String>,
    /// The 1:1 that headline is for; None: every one.
    pub headline_on: Option<NaiveDate>,
    /// `#1f5fbf`.
    pub accent: Option<String>,
    /// Relative to the team folder.
    pub logo: Option<String>,
    /// A family in the team folder's `fonts/`.
    pub font: Option<String>,
    pub system_fonts: bool,
}

impl BriefSection {
    /// The manager's own headline for a copy on the day of a 1:1, if there is one: that copy's, else the one for all.
    pub fn headline_for(&self, copy: &str, on: NaiveDate) -> Option<&str> {
        if self.headline_on.is_some_and(|day| day != on) {
            return None;
        }
        self.headline.get(copy).or_else(|| self.headline.get("all")).map(String::as_str)
    }
}

impl Default for BriefSection {
    fn default() -> Self {
        Self {
            pages: 2,
            paper: Paper::A4,
            formats: vec![Format::Pdf, Format::Html],
            language: "en".into(),
            concerns: false,
            confidential_labels: Vec::new(),
            banner_on_error: false,
            weigh_by: WeighBy::Count,
            next: NextRule::default(),
            every: BTreeMap::from([("for me".to_owned(), 4)]),
            headline: BTreeMap::new(),
            headline_on: None,
            accent: None,
            logo: None,
            font: None,
            system_fonts: false,
        }
    }
}

/// The brief's sections, as `[brief.every]` names them: their English titles in lower case.
pub const SECTIONS: [&str; 15] = [
    "decided last time",
    "needed from you",
    "where the quarter stands",
    "moved away from what we agreed",
    "value since the last 1:1",
    "signals",
    "said and done",
    "next two weeks",
    "people",
    "cross-team",
    "risks",
    "beyond revenue and retention",
    "team goals",
    "for me",
    "concerns",
];

/// Keys whose lines are not shown in problems: addresses, names of people, and words that only one copy may hold.
const PRIVATE: [&str; 4] = ["/team/members", "/team/manager_email", "/team/boss_email", "/brief/headline"];

/// Whether a path lies in the folder for what nobody else may read.
pub fn is_private(file: &str) -> bool {
    file.split(['/', '\\']).any(|part| fold(part) == "private")
}

impl Source {
    /// Whether its files lie in the folder for what nobody else may read.
    pub fn is_private(&self) -> bool {
        is_private(&self.file)
    }
}

impl Config {
    /// Reads `dir/headsup.toml`. Warnings come beside the config; errors are the failure.
    pub fn load(dir: &Path) -> Result<(Config, Problems), Failure> {
        match Config::read(dir)? {
            (Some(config), problems) if !problems.has_errors() => Ok((config, problems)),
            (_, problems) => Err(problems.into()),
        }
    }

    /// Reads what of `dir/headsup.toml` makes sense, so that the files it names can be looked at even where another part
    /// of it is wrong, and all problems are shown at once. None: nothing can be made of it.
    pub fn read(dir: &Path) -> Result<(Option<Config>, Problems), Failure> {
        let path = dir.join("headsup.toml");
        let shown = input::shown(&path);
        let bytes = input::whole(&path, &shown, input::BY_HAND).map_err(|failure| match failure {
            Failure::Io { source, .. } if source.kind() == std::io::ErrorKind::NotFound => {
                Problem::error("no-config", format!("there is no {shown}"))
                    .help("name a team folder, or make one: headsup init DIR")
                    .into()
            }
            failure => failure,
        })?;
        let text = std::str::from_utf8(&bytes).map_err(|error| {
            let line = bytes[..error.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count() as u64 + 1;
            Problem::error("bad-encoding", "this is not UTF-8")
                .at(Place::at(&shown, line, 1))
                .help("save headsup.toml as UTF-8")
        })?;
        Config::parse(dir, &shown, text.strip_prefix('\u{feff}').unwrap_or(text))
    }

    /// The same from the file's text; `shown` is the file's name for people.
    fn parse(dir: &Path, shown: &str, text: &str) -> Result<(Option<Config>, Problems), Failure> {
        let document = Document::parse(shown, text, &PRIVATE)?;
        let (sound, mut problems) = validate(&document, &schema());
        let config = serde_json::from_value(sound).map(|raw| resolve::resolve(dir, raw, &document, &mut problems));
        problems.0.sort_by_key(|problem| problem.place.as_ref().map(|place| (place.line, place.column)));
        match config {
            Ok(config) => Ok((Some(config), problems)),
            Err(error) if problems.is_empty() => Err(Failure::Fault(format!("the schema let {error} pass"))),
            Err(_) => Ok((None, problems)),
        }
    }
}

/// The JSON Schema of headsup.toml: what [`Config::load`] checks against.
pub fn schema() -> serde_json::Value {
    schema_of::<raw::RawConfig>()
}
