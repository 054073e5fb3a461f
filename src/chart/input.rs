//! The inputs of the charts: plain data, with texts in the language of the reader.

use chrono::NaiveDate;
use serde::Serialize;

/// How prominent something is. Never the only carrier of a meaning.
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
    /// Its dates in words: `agreed 4 Dec, forecast 13 Dec`.
    pub note: String,
    /// Description of everything that the picture shows of it.
    pub says: String,
    /// A shorter note for places with less room: `13 Dec, +9 days`.
    pub short_note: Option<String>,
    /// A further line, in grey: `8 of 20 · odds of 4 Dec 20%`.
    pub detail: Option<String>,
    /// The detail that goes with the short note: `8 of 20 · odds 20%`.
    pub short_detail: Option<String>,
    pub original: Option<NaiveDate>,
    pub agreed: Option<NaiveDate>,
    /// The later of due date and P50 forecast.
    pub expected: Option<NaiveDate>,
    pub done_on: Option<NaiveDate>,
    pub tone: Tone,
    /// Whether the name is bold: the next milestone, or one that is off pace.
    pub strong: bool,
    /// Whether another team owns it; then it is a diamond within a diamond.
    pub foreign: bool,
    /// Whether it was dropped; then it is struck through.
    pub dropped: bool,
    /// The date that was expected at each of the last 1:1s, as a date and in words, oldest first; empty if done.
    pub history: Vec<(NaiveDate, String)>,
    /// Whether its last two moves were both to later dates.
    pub slips: bool,
}

/// The objective's outcome metric, shown beside a lane.
#[derive(Debug, Clone, PartialEq)]
pub struct LaneOutcome {
    /// The latest value: `61 h`.
    pub value: String,
    /// Name and target: `update lag`, `target 24 h`.
    pub lines: Vec<String>,
    /// The verdict in words, and its shape: `not moving`.
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
    /// Returns its name in templates, such as `at_risk`.
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

    /// Returns how prominent its word is.
    pub fn tone(self) -> Tone {
        match self {
            Self::Late | Self::AtRisk => Tone::Warning,
            Self::OnPace | Self::Done => Tone::Plain,
            Self::Ahead => Tone::Good,
            Self::NotKnown => Tone::Quiet,
        }
    }
}

/// Tasks finished in each closed week of the quarter, on the time axis of the lanes.
#[derive(Debug, Clone, PartialEq)]
pub struct WeekBars {
    /// Title (`Tasks finished a week`), and below it what is counted.
    pub title: String,
    pub lines: Vec<String>,
    pub bars: Vec<WeekBar>,
    /// Lower and upper end of the usual range, as it was forecast.
    pub usual: Option<(f64, f64)>,
    /// Text beside the bars: a bold lead, and a line below it.
    pub remark: Option<(String, String)>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct WeekBar {
    /// The day before the week, and the week's last day.
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub count: f64,
    pub label: String,
    /// Tooltip: `week ending 13 Nov: 2`.
    pub says: String,
    /// Whether the count is outside the usual range.
    pub unusual: bool,
}

/// An objective on the timeline.
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
    /// The last day of the picture: the quarter's end, or later if there are later dates.
    pub end: NaiveDate,
    /// If the picture extends beyond the quarter: the first day after it, and a label (`quarter ends`).
    pub close: Option<(NaiveDate, String)>,
    pub as_of: NaiveDate,
    pub as_of_label: String,
    /// The day of the meeting and its label (`1:1 24 Nov`), if it is not as-of.
    pub meeting: Option<(NaiveDate, String)>,
    /// The day of the last 1:1 and its label (`last 1:1`).
    pub since: Option<(NaiveDate, String)>,
    /// First day of each month of the picture, and the month's name.
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
    /// Date, amount done and scope of each day.
    pub days: Vec<(NaiveDate, f64, f64)>,
    /// Tooltips of some of these days: `13 Nov: 30 of 43 done`.
    pub said: Vec<(NaiveDate, String)>,
    pub plan: Vec<(NaiveDate, f64)>,
    /// Forecast: date, lower end, median and upper end.
    pub band: Vec<(NaiveDate, f64, f64, f64)>,
    /// Labels: `19 done`, `43 in scope`, `plan`, `forecast`, and the dates at both ends and of today.
    pub done_label: String,
    pub scope_label: String,
    pub plan_label: String,
    pub band_label: String,
    pub start_label: String,
    pub end_label: String,
    pub as_of_label: String,
    /// The agreed date of the last milestone and the forecast date of the last task, each with possible labels, the
    /// longest first.
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
    /// Oldest first; `None` is a gap, never a zero.
    pub values: Vec<Option<f64>>,
    /// Tooltip of each value: `week ending 13 Nov: 0.66%`.
    pub said: Vec<String>,
    /// Usual range: lower limit, centre, upper limit.
    pub range: Option<(f64, f64, f64)>,
    pub target: Option<f64>,
    /// Indices into `values` with a signal, and whether it is favourable.
    pub signals: Vec<(usize, Option<bool>)>,
    /// Indices into `values` with an event.
    pub events: Vec<usize>,
    /// Label at the end of the target's line or of the path: `0.5`, `3 by 31 Dec`.
    pub target_label: String,
    /// Whether the target is missed; then its line has the warning colour.
    pub misses: bool,
    /// Whether values are drawn as columns instead of a line; for small counts.
    pub columns: bool,
    /// The path to a target; the values are then placed along it.
    pub path: Option<PathLine>,
    pub width: f64,
    pub height: f64,
}

/// A straight path to a target, with the positions of the values along it.
#[derive(Debug, Clone, PartialEq)]
pub struct PathLine {
    pub from: f64,
    pub to: f64,
    /// Elapsed share of the path's time at each value, 0 to 1.
    pub places: Vec<f64>,
    /// Whether the values are drawn as steps, because they are a running total.
    pub steps: bool,
}
