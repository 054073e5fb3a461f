//! How the picture of a time line is divided, and the styles of its texts.

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
/// Points of lanes beyond which a picture is too tall for half a page.
pub(crate) const TALL: f64 = 330.0;
/// Points above the first lane, for months and today.
pub(crate) const HEAD: f64 = 14.0;
/// Points from the span's end to where labels, and arrows to later dates, end.
pub(crate) const OVERHANG: f64 = 10.0;
/// Widths of the columns beside the span, as shares of the picture: names, outcomes.
pub(crate) const NAMES: f64 = 0.216;
pub(crate) const OUTCOMES: f64 = 0.153;

/// How the picture is divided, and dates to points across it. What lies outside the span is drawn at its edge.
pub(crate) struct Layout {
    pub dates: RangedDate<NaiveDate>,
    pub start: NaiveDate,
    pub end: NaiveDate,
    /// The left and right edge of the span, in pixels.
    pub across: (i32, i32),
    /// Widths of the columns beside the span.
    pub names: f64,
    pub outcomes: f64,
    pub outcome_left: f64,
    pub today: Option<f64>,
    pub width: f64,
    /// How much another row of labels costs: the more lanes, the dearer.
    pub row_cost: f64,
    /// Whether marks have numbers in place of names and are stacked no higher than need be, so that the picture is low.
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

    /// Where labels of marks may stand.
    pub(crate) fn bounds(&self) -> (f64, f64) {
        (self.names + 4.0, points(self.across.1) + OVERHANG)
    }
}
