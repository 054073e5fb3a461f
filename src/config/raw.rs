//! `headsup.toml` as a user writes it. `headsup schema` prints these types as a JSON Schema,
//! [`crate::document::validate`] checks a file against it, and [`super::resolve`] turns them into the checked
//! [`super::Config`]. Editors show the doc comments, and problems use their first paragraph as help: it says how to
//! write the key. Required keys have optional types, so that a file that lacks one is still checked to its end.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Deserialize;

use super::{Format, Paper};
use crate::table::DateOrder;
use crate::team::{Aggregate, Better, MetricKind, TableKind};

/// The configuration of one team folder.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(title = "headsup.toml", deny_unknown_fields)]
pub(crate) struct RawConfig {
    /// Version of this file's form: 1.
    #[schemars(extend("const" = 1))]
    #[expect(dead_code, reason = "all there is to say of it, the schema says")]
    pub version: Option<u32>,
    /// Write a [team] table with the team's name.
    #[schemars(required)]
    pub team: Option<Team>,
    #[serde(default)]
    pub calendar: Calendar,
    pub quarter: Option<Quarter>,
    /// Write a [[source]] for each export, with its table and its file.
    #[serde(default)]
    pub source: Vec<Source>,
    /// One [[metric]] for each number to follow.
    #[serde(default)]
    pub metric: Vec<Metric>,
    #[serde(default)]
    pub brief: Brief,
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Team {
    /// The team's name, as name = "Curation".
    #[schemars(required, length(min = 1, max = 200))]
    pub name: Option<String>,
    /// Other names by which other teams call this one, as aliases = ["Platform POD"].
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Whose brief this is, as manager = "Dana Reyes".
    #[serde(default)]
    pub manager: String,
    /// An address, as "dana@example.org".
    pub manager_email: Option<String>,
    /// Whom the brief is for, as boss = "Alex Kim".
    #[serde(default)]
    pub boss: String,
    /// An address, as "alex@example.org".
    pub boss_email: Option<String>,
    /// The day a new boss began, as boss_since = 2026-01-01.
    pub boss_since: Option<NaiveDate>,
    /// The people of the team, as members = ["A. Osei", "M. Laurent"].
    #[serde(default)]
    pub members: Vec<String>,
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Calendar {
    /// The day on which a week closes, as week_ends = "friday"; default "sunday".
    pub week_ends: Option<DayName>,
    /// The month in which the fiscal year starts, as fiscal_year_starts = "april"; default "january".
    pub fiscal_year_starts: Option<MonthName>,
    /// A name of the tz database, as timezone = "Europe/Berlin"; default "UTC".
    pub timezone: Option<String>,
    /// The weekday of the 1:1, as one_on_one = "friday": the meeting that `headsup batch --record` may assume.
    pub one_on_one: Option<DayName>,
    /// Days without work, as off = ["2026-12-24/2027-01-01", "2026-10-03"]: forecasts pass over them.
    #[serde(default)]
    pub off: Vec<String>,
}

#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum DayName {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum MonthName {
    January = 1,
    February,
    March,
    April,
    May,
    June,
    July,
    August,
    September,
    October,
    November,
    December,
}

/// The quarter, where it is not the calendar's.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Quarter {
    /// The first day, as start = 2026-10-01.
    #[schemars(required)]
    pub start: Option<NaiveDate>,
    /// The last day, as end = 2026-12-31.
    #[schemars(required)]
    pub end: Option<NaiveDate>,
}

/// One export.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Source {
    /// What the file holds, as table = "tasks".
    #[schemars(required)]
    pub table: Option<TableKind>,
    /// The file below the team folder, as file = "data/jira.csv"; with * all files that match are read as one.
    #[schemars(required, length(min = 1, max = 1000))]
    pub file: Option<String>,
    /// The tool that wrote it, as preset = "jira"; left out, it is found from the header.
    pub preset: Option<String>,
    /// One character, as delimiter = ";"; left out, it is found.
    #[schemars(length(min = 1, max = 1))]
    pub delimiter: Option<String>,
    /// How the file is encoded, as encoding = "utf-8"; left out, it is found.
    pub encoding: Option<EncodingName>,
    /// The line of the header, from 1; 0 where there is none; left out, it is found.
    pub header_line: Option<u64>,
    /// Order of day, month and year in dates of numbers, as date_order = "dmy"; left out, it is found.
    pub date_order: Option<DateOrder>,
    /// The decimal sign, as decimal = ","; left out, it is found.
    pub decimal: Option<DecimalSign>,
    /// Date format or order of single columns, as formats = { due = "mdy" }.
    #[serde(default)]
    pub formats: BTreeMap<String, String>,
    /// Words that mean "no value", as missing = ["tbd"].
    #[serde(default)]
    pub missing: Vec<String>,
    /// Every row below the header is read: none is taken for a total, a group, a note or another table, as all_rows = true.
    #[serde(default)]
    pub all_rows: bool,
    /// The character that starts a comment line, as comment = "#".
    #[schemars(length(min = 1, max = 1))]
    pub comment: Option<String>,
    /// The time zone that date-times with an offset are converted to; default that of [calendar].
    pub timezone: Option<String>,
    /// Days before the export counts as stale, as cadence = 8, the default; 39 where a row stands for a month.
    #[schemars(range(min = 1, max = 400))]
    pub cadence: Option<u32>,
    /// What to do with a row that cannot be read: "error", or "skip" to list and count it.
    pub bad_rows: Option<BadRows>,
    /// field = "Header as it stands", or its position from 1, or a list of them.
    #[serde(default)]
    pub columns: BTreeMap<String, HeaderNames>,
    /// For a field, our word = the export's words, as [source.values.status] done = ["Released"].
    #[serde(default)]
    pub values: BTreeMap<String, BTreeMap<String, Words>>,
    /// Only rows with these values are read, as where = { Type = "Risk" }; a list means any of them.
    #[serde(default, rename = "where")]
    pub filter: BTreeMap<String, Words>,
    /// Task types that count as work, as counts = ["Story", "Bug"]; default all but epics and sub-tasks.
    pub counts: Option<Vec<String>>,
}

#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
pub(crate) enum EncodingName {
    #[serde(rename = "utf-8")]
    Utf8,
    #[serde(rename = "utf-16le")]
    Utf16Le,
    #[serde(rename = "utf-16be")]
    Utf16Be,
    #[serde(rename = "windows-1252")]
    Windows1252,
}

impl EncodingName {
    pub(crate) fn name(self) -> &'static str {
        match self {
            EncodingName::Utf8 => "utf-8",
            EncodingName::Utf16Le => "utf-16le",
            EncodingName::Utf16Be => "utf-16be",
            EncodingName::Windows1252 => "windows-1252",
        }
    }
}

#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
pub(crate) enum DecimalSign {
    #[serde(rename = ".")]
    Point,
    #[serde(rename = ",")]
    Comma,
}

#[derive(Debug, Clone, Copy, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum BadRows {
    Error,
    Skip,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum HeaderNames {
    One(String),
    At(u32),
    Some(Vec<HeaderName>),
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum HeaderName {
    Name(String),
    At(u32),
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Words {
    One(String),
    Some(Vec<String>),
}

impl From<Words> for Vec<String> {
    fn from(words: Words) -> Self {
        match words {
            Words::One(word) => vec![word],
            Words::Some(words) => words,
        }
    }
}

/// One number over time.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Metric {
    /// What the brief calls it, as name = "Records in error".
    #[schemars(required, length(min = 1, max = 200))]
    pub name: Option<String>,
    /// A column of a wide file, or a value of a long file's metric column; default the name.
    pub column: Option<String>,
    /// What it measures: rate, flow, stock, cumulative or ratio; left out, it is what aggregate says, or what the name
    /// leaves no doubt about.
    pub kind: Option<MetricKind>,
    /// How rows become a week: sum, mean, min, max, last or ratio; default what the preset or the kind says.
    pub aggregate: Option<Aggregate>,
    /// For a ratio: the column (or metric) above the line.
    pub numerator: Option<String>,
    /// For a ratio: the column (or metric) below the line.
    pub denominator: Option<String>,
    /// Only rows with these values count, as where = { Country = "US" }; a list means any of them.
    #[serde(default, rename = "where")]
    pub filter: BTreeMap<String, Words>,
    /// Which way is better: "up" or "down".
    pub better: Option<Better>,
    /// What the number counts, as unit = "%".
    pub unit: Option<String>,
    /// The value to reach, as target = 0.5.
    pub target: Option<f64>,
    /// Targets that change, as targets = [{ from = 2026-10-01, value = 0.5 }].
    #[serde(default)]
    pub targets: Vec<Target>,
    /// Say changes of a rate in basis points.
    #[serde(default)]
    pub bps: bool,
    /// The day from which the usual range counts, as baseline = "2026-03-02"; or a table with from and until.
    pub baseline: Option<Baseline>,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Target {
    /// The first day it holds, as from = 2026-10-01.
    #[schemars(required)]
    pub from: Option<NaiveDate>,
    /// The value to reach, as value = 0.5.
    #[schemars(required)]
    pub value: Option<f64>,
}

#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Baseline {
    From(NaiveDate),
    Window(BaselineWindow),
}

#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct BaselineWindow {
    /// The range is made anew from this day, as from = 2026-01-01.
    pub from: Option<NaiveDate>,
    /// Later weeks do not move the limits, as until = 2026-06-30.
    pub until: Option<NaiveDate>,
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct Brief {
    /// How many pages the brief may take, as pages = 2.
    #[schemars(range(min = 1, max = 20))]
    pub pages: Option<u32>,
    /// "a4" or "us-letter".
    #[serde(default)]
    pub paper: Paper,
    /// What render writes, as formats = ["pdf", "html"].
    #[schemars(length(min = 1))]
    pub formats: Option<Vec<Format>>,
    /// Language of the brief's fixed words, as language = "en".
    #[schemars(length(min = 2, max = 35))]
    pub language: Option<String>,
    /// true: concerns stand on a last page of the boss copy.
    #[serde(default)]
    pub concerns: bool,
    /// Tasks with these labels count, without their text, as confidential_labels = ["hr"].
    #[serde(default)]
    pub confidential_labels: Vec<String>,
    /// "stop", or "banner" to render with a warning on top.
    pub on_error: Option<OnError>,
    /// What a task weighs: "count", or its "estimate".
    #[serde(default)]
    pub weigh_by: super::WeighBy,
    /// What is next besides tasks in doing, as next = "due within 14 days".
    pub next: Option<String>,
    /// The tasks of this sprint are next; instead of next.
    pub sprint: Option<String>,
    /// The tasks with this label are next; instead of next.
    pub label: Option<String>,
    /// Weeks between showings of a section, as "for me" = 4.
    #[serde(default)]
    #[schemars(extend("propertyNames" = { "enum": super::SECTIONS }), inner(range(min = 1, max = 100)))]
    pub every: BTreeMap<String, u32>,
    /// Your own headline instead of the one by rule: a text for every copy, or a table with one each.
    pub headline: Option<Headline>,
    /// The accent colour, as accent = "#1f5fbf".
    pub accent: Option<String>,
    /// A picture below the team folder, as logo = "logo.svg".
    pub logo: Option<String>,
    /// A font family in the team folder's fonts/, as font = "Inter".
    pub font: Option<String>,
    /// true: glyphs that no other font has are looked up in this machine's fonts.
    #[serde(default)]
    pub system_fonts: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum OnError {
    Stop,
    Banner,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Headline {
    All(String),
    Each(HeadlineFor),
}

#[derive(Debug, Default, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(crate) struct HeadlineFor {
    /// The 1:1 it is for, as on = 2026-11-20; on other days the headline is made by rule.
    pub on: Option<NaiveDate>,
    /// For every copy that has none of its own.
    pub all: Option<String>,
    pub me: Option<String>,
    pub boss: Option<String>,
    pub shared: Option<String>,
}
