//! Tasks finished in each closed week, as bars under the lanes on the same time axis, against the usual range.
//! [`super::timeline`] draws it.

use super::layout::{CONTEXT, Layout, NAME, STATUS};
use crate::chart::lettering::{settable, wrap};
use crate::chart::palette::{self, BAND, GREY, INK};
use crate::chart::sheet::{Area, Drawn, points, px, stroke};
use crate::chart::{Label, Spot, TextStyle, WeekBars};
use plotters::prelude::*;

/// Height of the strip, and of its tallest bar, in points.
const HEIGHT: f64 = 50.0;
const MAX_BAR_HEIGHT: f64 = 30.0;
/// Gap between two bars, and width of the narrowest bar that is drawn, in points.
const GAP: f64 = 3.0;
const MIN_BAR_WIDTH: f64 = 1.5;
/// Smallest room beside the bars for a remark, in points; with less room it is under the title.
const MIN_REMARK_WIDTH: f64 = 90.0;
/// Style of unusual values.
const UNUSUAL: TextStyle = TextStyle { colour: palette::WARNING, ..STATUS };

/// The strip with the positions of everything in it.
pub(super) struct LaidWeeks {
    pub labels: Vec<Label>,
    pub bottom: f64,
    /// Left, right, height, and whether it is unusual.
    bars: Vec<(f64, f64, f64, bool)>,
    /// Tooltip of each bar.
    said: Vec<String>,
    /// Lower and upper end of the usual range, as heights.
    usual: Option<(f64, f64)>,
    base: f64,
    across: (f64, f64),
}

impl LaidWeeks {
    pub(crate) fn new(weeks: &WeekBars, top: f64, layout: &Layout) -> Self {
        let base = top + HEIGHT;
        let most = weeks.bars.iter().map(|bar| bar.count).chain(weeks.usual.map(|(_, high)| high)).fold(1.0, f64::max);
        let tall = |count: f64| MAX_BAR_HEIGHT * count / most;
        let mut labels = Vec::new();
        let mut beside = base - 27.0;
        let mut add = |text: &str, style: TextStyle, labels: &mut Vec<Label>| {
            for line in wrap(&settable(text), style.size, style.bold, layout.names, 2) {
                labels.push(Label::new(&line, 0.0, beside, style));
                beside += style.leading();
            }
        };
        add(&weeks.title, NAME, &mut labels);
        weeks.lines.iter().for_each(|line| add(line, CONTEXT, &mut labels));
        let (mut bars, mut said) = (Vec::new(), Vec::new());
        for bar in &weeks.bars {
            let (left, right) = (layout.x(bar.from) + GAP / 2.0, layout.x(bar.to) - GAP / 2.0);
            if right - left < MIN_BAR_WIDTH {
                continue;
            }
            let style = if bar.unusual { UNUSUAL } else { STATUS };
            let width = style.width(&bar.label);
            // A number wider than its bar would touch its neighbour's.
            if width < right - left + GAP {
                let middle = (left + right - width) / 2.0;
                labels.push(Label::new(&bar.label, middle, base - tall(bar.count) - 2.0, style));
            }
            bars.push((left, right, tall(bar.count), bar.unusual));
            said.push(bar.says.clone());
        }
        if let Some((lead, line)) = &weeks.remark {
            let edge = bars.last().map_or(points(layout.across.0), |bar| bar.1).max(layout.today.unwrap_or_default());
            let (left, room) = (edge + 4.0, points(layout.across.1) - edge - 6.0);
            if room >= MIN_REMARK_WIDTH {
                let mut baseline = base - 20.0;
                let texts = [(lead, UNUSUAL), (line, CONTEXT)].into_iter().filter(|(text, _)| !text.is_empty());
                for (text, style) in texts {
                    for part in wrap(&settable(text), style.size, style.bold, room, 2) {
                        labels.push(Label::new(&part, left, baseline, style));
                        baseline += style.leading();
                    }
                }
            } else {
                add(lead, UNUSUAL, &mut labels);
                if !line.is_empty() {
                    add(line, CONTEXT, &mut labels);
                }
            }
        }
        let lowest = labels.iter().map(|label| label.baseline + 2.0).fold(base, f64::max);
        let across = (points(layout.across.0), points(layout.across.1));
        let usual = weeks.usual.map(|(low, high)| (tall(low), tall(high)));
        Self { labels, bottom: lowest + 3.0, bars, said, usual, base, across }
    }

    pub(crate) fn spots(&self) -> impl Iterator<Item = Spot> {
        let spot = |(&(left, right, ..), says): (&(f64, f64, f64, bool), &String)| {
            let (top, width) = (self.base - HEIGHT, right - left);
            Spot { left, top, width, height: HEIGHT, says: says.clone() }
        };
        self.bars.iter().zip(&self.said).map(spot)
    }

    pub(crate) fn draw(&self, area: &Area) -> Drawn {
        let y = |height: f64| px(self.base - height);
        if let (Some((low, high)), Some(last)) = (self.usual, self.bars.last()) {
            let corners = [(px(self.across.0), y(high)), (px(last.1), y(low))];
            area.draw(&Rectangle::new(corners, BAND.filled()))?;
        }
        for &(left, right, height, unusual) in &self.bars {
            let colour = if unusual { palette::WARNING } else { GREY };
            area.draw(&Rectangle::new([(px(left), y(height)), (px(right), y(0.0))], colour.filled()))?;
        }
        let ends = [(px(self.across.0), y(0.0)), (px(self.across.1), y(0.0))];
        area.draw(&PathElement::new(ends, stroke(INK, 1.0)))
    }
}
