//! The division of a timeline's picture, and the styles of its texts.

use chrono::NaiveDate;
use plotters::coord::ranged1d::Ranged;
use plotters::prelude::*;

use crate::chart::palette::{GREY, INK};
use crate::chart::sheet::{points, px};
use crate::chart::{TextStyle, TimelineInput};

pub(crate) const NAME: TextStyle = TextStyle { size: 9.0, bold: true, colour: INK };
pub(crate) const OUTCOME: TextStyle = TextStyle { size: 10.5, bold: true, colour: INK };
pub(crate) const STATUS: TextStyle = TextStyle { size: 7.5, bold: true, colour: INK };
pub(crate) const MARK: TextStyle = TextStyle { size: 7.5, bold: false, colour: INK };
pub(crate) const CONTEXT: TextStyle = TextStyle { size: 7.5, bold: false, colour: GREY };
/// Height of the lanes, in points, above which a picture is too tall for half a page.
pub(crate) const MAX_LANES_HEIGHT: f64 = 330.0;
/// Points above the first lane, for months and today.
pub(crate) const HEAD: f64 = 14.0;
/// Points by which labels, and arrows to later dates, may extend beyond the last day.
pub(crate) const OVERHANG: f64 = 10.0;
/// Widths of the columns for names and outcomes beside the time axis, as shares of the picture.
pub(crate) const NAMES: f64 = 0.216;
pub(crate) const OUTCOMES: f64 = 0.153;

/// The division of the picture. Maps dates to horizontal points; dates outside the picture are drawn at its edge.
pub(crate) struct Layout {
    pub dates: RangedDate<NaiveDate>,
    pub start: NaiveDate,
    pub end: NaiveDate,
    /// Left and right edge of the time axis, in pixels.
    pub across: (i32, i32),
    /// Widths of the columns beside the time axis.
    pub names: f64,
    pub outcomes: f64,
    pub outcome_left: f64,
    pub today: Option<f64>,
    pub width: f64,
    /// Cost of another row of labels; it grows with the number of lanes.
    pub row_cost: f64,
    /// Whether the picture is kept low: marks have numbers instead of names and are stacked less high.
    pub dense: bool,
}

impl Layout {
    pub(crate) fn new(input: &TimelineInput) -> Self {
        let names = input.width * NAMES;
        let outcomes = if input.lanes.iter().any(|lane| lane.outcome.is_some()) { input.width * OUTCOMES } else { 0.0 };
        let beside = if outcomes > 0.0 { outcomes + 4.0 } else { 0.0 };
        let start = input.start;
        let end = input.end.max(start.succ_opt().unwrap_or(start));
        let across = (px(names + 10.0), px(input.width - beside - OVERHANG));
        let dates: RangedDate<NaiveDate> = (start..end).into();
        let today = (start..=end).contains(&input.as_of).then(|| points(dates.map(&input.as_of, across)));
        Self {
            dates,
            start,
            end,
            across,
            names,
            outcomes,
            outcome_left: input.width - outcomes,
            width: input.width,
            today,
            row_cost: 8.0 + 2.5 * input.lanes.len().saturating_sub(3) as f64,
            dense: false,
        }
    }

    pub(crate) fn x(&self, date: NaiveDate) -> f64 {
        points(self.dates.map(&date.clamp(self.start, self.end), self.across))
    }

    /// Returns the left and right limit for the labels of marks.
    pub(crate) fn bounds(&self) -> (f64, f64) {
        (self.names + 4.0, points(self.across.1) + OVERHANG)
    }
}
