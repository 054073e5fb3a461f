//! The checked configuration of a team folder.

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::{Datelike as _, NaiveDate, Weekday};

use crate::fold::fold;
use crate::problem::Place;
use crate::table::ReadingOptions;
use crate::tables::word_enum;
use crate::team::{Aggregate, Better, MetricKind, TableKind};

/// The checked configuration of a team folder.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// The team folder.
    pub dir: PathBuf,
    pub team: TeamSection,
    pub calendar: Calendar,
    /// First and last days of periods without work, from `[calendar] off`.
    pub off: Vec<(NaiveDate, NaiveDate)>,
    /// Start and end, from `[quarter]`.
    pub quarter: Option<(NaiveDate, NaiveDate)>,
    pub sources: Vec<Source>,
    pub metrics: Vec<MetricSection>,
    pub brief: BriefSection,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct TeamSection {
    pub name: String,
    /// Other names by which other teams call this one.
    pub aliases: Vec<String>,
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
    /// The weekday of the 1:1, if known.
    pub one_on_one: Option<Weekday>,
}

impl Calendar {
    /// Returns the day of the next 1:1 on or after `date`, if its weekday is known.
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
    /// Position of the `file` key in headsup.toml, for problems that point at the config.
    pub place: Place,
    pub preset: Option<String>,
    pub reading: ReadingOptions,
    /// Days after which it counts as stale; `None`: decided by the time that its rows cover.
    pub cadence: Option<u32>,
    pub skip_bad_rows: bool,
    /// Header names or 1-based positions by field.
    pub columns: BTreeMap<String, Vec<String>>,
    /// Positions of the keys of `columns` in headsup.toml.
    pub column_places: BTreeMap<String, Place>,
    /// Words of the export by field and by our word.
    pub values: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// Task types that count as work; default all but epics and sub-tasks.
    pub counts: Option<Vec<String>>,
    /// Values by header: only rows that have one of them are read.
    pub filter: BTreeMap<String, Vec<String>>,
}

/// One `[[metric]]`.
#[derive(Debug, Clone, PartialEq)]
pub struct MetricSection {
    pub name: String,
    /// Position of the `name` key in headsup.toml.
    pub place: Place,
    /// A column of a wide file, or a value of a long file's metric column. Default: the name.
    pub column: String,
    /// Default: implied by the aggregate, or by a name that leaves no doubt.
    pub kind: Option<MetricKind>,
    /// Default: decided by the preset or the kind.
    pub aggregate: Option<Aggregate>,
    pub numerator: Option<String>,
    pub denominator: Option<String>,
    /// Values by column: only rows that have one of them count.
    pub filter: BTreeMap<String, Vec<String>>,
    pub better: Option<Better>,
    pub unit: Option<String>,
    pub target: Option<f64>,
    /// Targets that change over time: first day and value.
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

/// Which open tasks are planned for the next two weeks, besides those in progress.
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

impl Paper {
    /// Returns the height of a page in points.
    pub fn height(self) -> f64 {
        match self {
            Paper::A4 => 841.89,
            Paper::UsLetter => 792.0,
        }
    }
}

word_enum! {
    /// A file format that `render` writes, by the ending of its files.
    #[derive(clap::ValueEnum)]
    pub enum Format {
        Pdf = "pdf",
        Html = "html",
        Md = "md",
        Txt = "txt",
        Json = "json",
    }
}

impl Format {
    /// Returns the extension of its files.
    pub fn extension(self) -> &'static str {
        self.word()
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
    /// Whether to render despite errors, with a banner on top (`on_error = "banner"`).
    pub banner_on_error: bool,
    pub weigh_by: WeighBy,
    pub next: NextRule,
    /// Weeks between showings, by lower-case section title.
    pub every: BTreeMap<String, u32>,
    /// The manager's own headline by copy: `me`, `boss`, `shared` or `all`.
    pub headline: BTreeMap<String, String>,
    /// The day of the 1:1 that `headline` is for; `None`: any.
    pub headline_on: Option<NaiveDate>,
    /// A colour such as `#1f5fbf`.
    pub accent: Option<String>,
    /// Path relative to the team folder.
    pub logo: Option<String>,
    /// A font family in the team folder's `fonts/`.
    pub font: Option<String>,
    pub system_fonts: bool,
}

impl BriefSection {
    /// Returns the manager's own headline for a copy at the 1:1 on `on`: the one for that copy, else the one for all.
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

/// Whether a path has a folder named `private`, which only the manager may read.
pub fn is_private(file: &str) -> bool {
    file.split(['/', '\\']).any(|part| fold(part) == "private")
}

impl Source {
    /// Whether its files are in a `private` folder, which only the manager may read.
    pub fn is_private(&self) -> bool {
        is_private(&self.file)
    }
}
