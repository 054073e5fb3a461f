//! Plain data → SVG, by plotters. Pure. Colours come from one palette, text is measured with the brief's own font.
//!
//! [`crate::brief`] fills the inputs with words already in the reader's language; the same SVG stands in the PDF and
//! in the HTML (where style sheets recolour it for dark mode by its palette).

use chrono::NaiveDate;

/// A finished chart.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Chart {
    /// The finding, as a sentence or a phrase.
    pub title: String,
    /// What it shows, in words and with its numbers.
    pub alt: String,
    pub svg: String,
    /// In points.
    pub width: f64,
    pub height: f64,
}

/// How loud something is drawn or written. Never the only carrier of a meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    Plain,
    Quiet,
    Good,
    Warning,
}

/// A milestone on a lane.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    pub name: String,
    /// `agreed 4 Dec, now 13 Dec`.
    pub note: String,
    pub original: Option<NaiveDate>,
    pub agreed: Option<NaiveDate>,
    /// The later of due and P50.
    pub expected: Option<NaiveDate>,
    pub done_on: Option<NaiveDate>,
    pub tone: Tone,
    /// Another team's: drawn smaller and hollow.
    pub foreign: bool,
}

/// An objective on the time line.
#[derive(Debug, Clone, PartialEq)]
pub struct Lane {
    pub name: String,
    pub status: String,
    pub tone: Tone,
    /// Outcome metric: value, and a remark below.
    pub outcome: Option<(String, String)>,
    pub marks: Vec<Mark>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct TimelineInput {
    pub title: String,
    pub alt: String,
    pub start: NaiveDate,
    pub end: NaiveDate,
    pub as_of: NaiveDate,
    pub as_of_label: String,
    pub since: Option<NaiveDate>,
    /// First day of each month in the span, and its name.
    pub months: Vec<(NaiveDate, String)>,
    pub outcome_title: String,
    pub lanes: Vec<Lane>,
    /// Width in points.
    pub width: f64,
}

#[derive(Debug, Clone, PartialEq)]
pub struct BurnupInput {
    pub title: String,
    pub alt: String,
    pub start: NaiveDate,
    pub end: NaiveDate,
    pub as_of: NaiveDate,
    /// date, done, scope.
    pub days: Vec<(NaiveDate, f64, f64)>,
    pub plan: Vec<(NaiveDate, f64)>,
    /// date, low, middle, high.
    pub band: Vec<(NaiveDate, f64, f64, f64)>,
    /// `19 done`, `43 in scope`, `plan`, and the dates at both ends.
    pub done_label: String,
    pub scope_label: String,
    pub plan_label: String,
    pub start_label: String,
    pub end_label: String,
    pub tone: Tone,
    pub width: f64,
    pub height: f64,
}

#[derive(Debug, Clone, PartialEq)]
pub struct SparklineInput {
    pub title: String,
    pub alt: String,
    /// Oldest first; None is a gap, never a zero.
    pub values: Vec<Option<f64>>,
    /// lower, centre, upper.
    pub range: Option<(f64, f64, f64)>,
    pub target: Option<f64>,
    /// Indices into `values` that a signal marks, and whether it is favourable.
    pub signals: Vec<(usize, Option<bool>)>,
    /// Indices into `values` that an event marks.
    pub events: Vec<usize>,
    pub width: f64,
    pub height: f64,
}

/// The milestone trend chart: what was promised at each 1:1. A line that rises is a slip.
#[derive(Debug, Clone, PartialEq)]
pub struct SlipInput {
    pub title: String,
    pub alt: String,
    /// name, then (day of the 1:1, date promised).
    pub lines: Vec<(String, Tone, Vec<(NaiveDate, NaiveDate)>)>,
    pub date_labels: Vec<(NaiveDate, String)>,
    pub width: f64,
    pub height: f64,
}

pub fn timeline(_input: &TimelineInput) -> Chart {
    todo!()
}

pub fn burnup(_input: &BurnupInput) -> Chart {
    todo!()
}

pub fn sparkline(_input: &SparklineInput) -> Chart {
    todo!()
}

pub fn slip(_input: &SlipInput) -> Chart {
    todo!()
}
