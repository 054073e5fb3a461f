//! What each chart is drawn from: plain data, with words already in the language of the reader.

use chrono::NaiveDate;
use serde::Serialize;

/// How loud something is drawn or written. Never the only carrier of a meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
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
    /// `agreed 4 Dec, forecast 13 Dec`.
    pub note: String,
    /// All that the picture shows of it, in words.
    pub says: String,
    /// The same where there is less room: `13 Dec, +9 days`.
    pub short_note: Option<String>,
    /// A further line, in grey: `8 of 20 · odds of 4 Dec 20%`.
    pub detail: Option<String>,
    /// That beside the short note: `8 of 20 · odds 20%`.
    pub short_detail: Option<String>,
    pub original: Option<NaiveDate>,
    pub agreed: Option<NaiveDate>,
    /// The later of due and P50.
    pub expected: Option<NaiveDate>,
    pub done_on: Option<NaiveDate>,
    pub tone: Tone,
    /// The name is set in bold: the next milestone, or one that is off pace.
    pub strong: bool,
    /// Another team's: a diamond within a diamond.
    pub foreign: bool,
    /// Struck through.
    pub dropped: bool,
    /// What was expected at the last 1:1s, and that date in words, oldest first; empty for what is done.
    pub history: Vec<(NaiveDate, String)>,
}

/// What stands beside a lane: the objective's outcome metric.
#[derive(Debug, Clone, PartialEq)]
pub struct LaneOutcome {
    /// `61 h`.
    pub value: String,
    /// `update lag`, `target 24 h`.
    pub lines: Vec<String>,
    /// `not moving`, and how loud it is.
    pub verdict: Option<(String, Verdict)>,
}

/// A status or a verdict as a shape, so that colour is never its only carrier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// A filled triangle: late, misses its target.
    Late,
    /// A hollow triangle: at risk.
    AtRisk,
    /// A ring: on pace, as usual.
    OnPace,
    /// A dot: ahead, meets its target.
    Ahead,
    /// A diamond: done.
    Done,
    /// Two dashes: not reported, not started, dropped.
    NotKnown,
}

impl Verdict {
    /// As templates know it: `at_risk`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::AtRisk => "at_risk",
            Self::OnPace => "on_pace",
            Self::Ahead => "ahead",
            Self::Done => "done",
            Self::NotKnown => "not_known",
        }
    }

    /// How loud its word is.
    pub fn tone(self) -> Tone {
        match self {
            Self::Late | Self::AtRisk => Tone::Warning,
            Self::OnPace | Self::Done => Tone::Plain,
            Self::Ahead => Tone::Good,
            Self::NotKnown => Tone::Quiet,
        }
    }
}

/// Tasks finished in each closed week of the quarter, on the same axis as the lanes.
#[derive(Debug, Clone, PartialEq)]
pub struct WeekBars {
    /// `Tasks finished a week`, and what it counts below.
    pub title: String,
    pub lines: Vec<String>,
    pub bars: Vec<WeekBar>,
    /// The usual range, as it was forecast.
    pub usual: Option<(f64, f64)>,
    /// What the bars say, beside them: a lead, and a line below.
    pub remark: Option<(String, String)>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct WeekBar {
    /// The day before the week's first, and its last.
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub count: f64,
    pub label: String,
    /// `week ending 13 Nov: 2`
    pub says: String,
    /// Outside what was usual.
    pub unusual: bool,
}

/// An objective on the time line.
#[derive(Debug, Clone, PartialEq)]
pub struct Lane {
    pub name: String,
    pub status: String,
    pub verdict: Verdict,
    /// The strategy that the objective serves.
    pub strategy: Option<String>,
    pub outcome: Option<LaneOutcome>,
    pub marks: Vec<Mark>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct TimelineInput {
    pub title: String,
    pub alt: String,
    pub start: NaiveDate,
    /// Of the picture: the quarter's end, or later where dates lie beyond it.
    pub end: NaiveDate,
    /// The first day after the quarter and a few words for it (`quarter ends`), where the picture goes on.
    pub close: Option<(NaiveDate, String)>,
    pub as_of: NaiveDate,
    pub as_of_label: String,
    /// The day of the meeting and the few words for it (`1:1 24 Nov`), where that is not as-of.
    pub meeting: Option<(NaiveDate, String)>,
    /// The last 1:1, and the few words for it (`last 1:1`).
    pub since: Option<(NaiveDate, String)>,
    /// First day of each month in the span, and its name.
    pub months: Vec<(NaiveDate, String)>,
    pub outcome_title: String,
    pub lanes: Vec<Lane>,
    pub weeks: Option<WeekBars>,
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
    /// What some of these days say: `13 Nov: 30 of 43 done`.
    pub said: Vec<(NaiveDate, String)>,
    pub plan: Vec<(NaiveDate, f64)>,
    /// date, low, middle, high.
    pub band: Vec<(NaiveDate, f64, f64, f64)>,
    /// `19 done`, `43 in scope`, `plan`, `forecast`, and the dates at both ends and of today.
    pub done_label: String,
    pub scope_label: String,
    pub plan_label: String,
    pub band_label: String,
    pub start_label: String,
    pub end_label: String,
    pub as_of_label: String,
    /// When its last milestone was agreed for, and when its tasks are forecast to be done, each with what may stand below the
    /// axis, the longest first.
    pub agreed: Option<(NaiveDate, Vec<String>)>,
    pub forecast: Option<(NaiveDate, Vec<String>)>,
    pub tone: Tone,
    pub width: f64,
    pub height: f64,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct SparklineInput {
    pub title: String,
    pub alt: String,
    /// Oldest first; None is a gap, never a zero.
    pub values: Vec<Option<f64>>,
    /// Each value in words, with its week: `week ending 13 Nov: 0.66%`.
    pub said: Vec<String>,
    /// lower, centre, upper.
    pub range: Option<(f64, f64, f64)>,
    pub target: Option<f64>,
    /// Indices into `values` that a signal marks, and whether it is favourable.
    pub signals: Vec<(usize, Option<bool>)>,
    /// Indices into `values` that an event marks.
    pub events: Vec<usize>,
    /// Set at the end of the target's line, or of the path: `0.5`, `3 by 31 Dec`.
    pub target_label: String,
    /// The target is missed: its line is in the colour of what to act on.
    pub misses: bool,
    /// Small counts are columns, not a line.
    pub columns: bool,
    /// The way to a target; the values then lie along it.
    pub path: Option<PathLine>,
    pub width: f64,
    pub height: f64,
}

/// The straight way to a target, and where along it the values lie.
#[derive(Debug, Clone, PartialEq)]
pub struct PathLine {
    pub from: f64,
    pub to: f64,
    /// Share of the way that has passed at each value, 0 to 1.
    pub places: Vec<f64>,
    /// A running total goes in steps.
    pub steps: bool,
}
