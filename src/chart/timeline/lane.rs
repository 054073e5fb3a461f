//! One lane of the timeline: the objective's name, status and strategy, its line with the marks and their history, the
//! labels beneath it, and its outcome. [`super::timeline`] draws it.

use super::beneath::{DROP, LabelRows};
use super::key::Keys;
use super::layout::{CONTEXT, Layout, NAME, OUTCOME, STATUS};
use super::mark::LaidMark;
use crate::chart::lettering::{settable, shorten, wrap};
use crate::chart::palette::{self, HAIRLINE};
use crate::chart::shape::{Form, Shape};
use crate::chart::sheet::{Area, Drawn, points, px, stroke};
use crate::chart::{Label, Lane, Spot, TextStyle, Verdict};
use plotters::prelude::*;

/// Points from one level of stacked marks to the next, and the number of levels.
const LEVEL: f64 = 10.0;
const LEVELS: usize = 7;
/// Number of levels in a dense picture.
const DENSE_LEVELS: usize = 3;
/// Points from a lane's top to its line, and from its lowest text to its end.
const ABOVE: f64 = 13.0;
const BELOW: f64 = 6.0;
/// The two distances above, in a dense picture.
const ABOVE_DENSE: f64 = 11.5;
const BELOW_DENSE: f64 = 2.5;
/// Maximum number of lines of an objective's name and of its strategy.
pub(super) const NAME_LINES: usize = 3;
const STRATEGY_LINES: usize = 2;
/// Points from the baseline of the first line of a name down to the lane's line.
const NAME_RISE: f64 = 4.5;
/// Width of the shape before a status, in points.
pub(super) const INDENT: f64 = 8.0;

/// A lane with the positions of everything in it.
pub(super) struct LaidLane<'a> {
    pub height: f64,
    pub labels: Vec<Label>,
    /// Vertical position of its line.
    pub line: f64,
    marks: Vec<LaidMark<'a>>,
    /// Whether there is room above the marks for their history.
    history: bool,
    /// Thin lines from a mark to a label that is not directly beneath it: x, upper end, lower end.
    leaders: Vec<(f64, f64, f64)>,
    /// Shapes of the status and of the outcome's verdict, with their positions.
    verdicts: Vec<(Verdict, (f64, f64))>,
}

impl<'a> LaidLane<'a> {
    pub(crate) fn new(lane: &'a Lane, top: f64, layout: &Layout, keys: &mut Keys) -> Self {
        let mut marks: Vec<LaidMark> = lane.marks.iter().filter_map(|mark| LaidMark::new(mark, layout)).collect();
        marks.sort_by(|a, b| a.x.total_cmp(&b.x));
        let levels = stack(&mut marks, if layout.dense { DENSE_LEVELS } else { LEVELS });
        let history = levels <= 1 && !layout.dense;
        let risen = match history {
            true => marks.iter().map(LaidMark::history_height).fold(0.0, f64::max),
            false => LEVEL * levels.saturating_sub(1) as f64,
        };
        let (above, below) = if layout.dense { (ABOVE_DENSE, BELOW_DENSE) } else { (ABOVE, BELOW) };
        let line = top + above.max(risen + 3.0);

        let beneath = LabelRows::new(&marks, line + DROP, layout, keys);
        lane.marks.iter().filter(|mark| LaidMark::new(mark, layout).is_none()).for_each(|mark| keys.add_undated(mark));
        let mut verdicts = Vec::new();
        let mut labels = beside_left(lane, line, layout, &mut verdicts);
        labels.extend(beside_right(lane, line, layout, &mut verdicts));
        if history {
            let within = |label: &Label| label.left + label.width <= layout.width;
            let past = marks.iter().filter_map(|mark| past_the_edge(mark, line, layout)).filter(within);
            // Only one label fits: that of the first such mark.
            labels.extend(past.take(1));
        }
        labels.extend(beneath.labels);

        let lowest = labels.iter().map(|label| label.baseline + 0.25 * label.style.size).fold(line, f64::max);
        let leaders = beneath.leaders.iter().map(|&(index, to)| {
            let mark: &LaidMark = &marks[index];
            (mark.x, line - LEVEL * mark.level as f64, to)
        });
        Self { height: lowest + below - top, labels, line, history, leaders: leaders.collect(), verdicts, marks }
    }

    /// Returns a tooltip for each mark.
    pub(crate) fn spots(&self) -> impl Iterator<Item = Spot> {
        const AROUND: f64 = 7.0;
        self.marks.iter().map(|mark| Spot {
            left: mark.x - AROUND,
            top: self.line - LEVEL * mark.level as f64 - AROUND,
            width: 2.0 * AROUND,
            height: 2.0 * AROUND,
            says: mark.mark.says.clone(),
        })
    }

    pub(crate) fn draw(&self, area: &Area) -> Drawn {
        for &(x, from, to) in &self.leaders {
            area.draw(&PathElement::new([(px(x), px(from)), (px(x), px(to))], stroke(HAIRLINE, 0.6)))?;
        }
        for &(verdict, (x, y)) in &self.verdicts {
            draw_verdict(area, verdict, x, y)?;
        }
        if self.history {
            self.marks.iter().try_for_each(|mark| mark.draw_history(area, self.line))?;
        }
        self.marks.iter().try_for_each(|mark| mark.draw(area, self.line - LEVEL * mark.level as f64))
    }
}

/// Draws a verdict's shape, so that verdicts differ in more than word and colour.
fn draw_verdict(area: &Area, verdict: Verdict, x: f64, y: f64) -> Drawn {
    let (form, radius) = match verdict {
        Verdict::Late => (Form::Triangle, 2.6),
        Verdict::AtRisk => (Form::HollowTriangle, 2.4),
        Verdict::OnPace => (Form::Ring, 2.0),
        Verdict::Ahead => (Form::Dot, 2.3),
        Verdict::Done => (Form::Diamond, 2.6),
        Verdict::NotKnown => (Form::Dashes, 3.0),
    };
    let colour = palette::of(verdict.tone());
    area.draw(&Shape { at: (px(x), px(y)), form, radius: px(radius), stroke: px(1.0).unsigned_abs(), colour })
}

/// Stacks marks that would overlap on at most `levels` levels, those with longer bars higher. Returns the number of
/// levels used.
fn stack(marks: &mut [LaidMark], levels: usize) -> usize {
    let mut taken: Vec<Vec<(f64, f64)>> = vec![Vec::new(); levels];
    let length = |mark: &LaidMark| mark.extent().1 - mark.extent().0;
    let mut shortest_first: Vec<&mut LaidMark> = marks.iter_mut().collect();
    shortest_first.sort_by(|a, b| length(a).total_cmp(&length(b)));
    for mark in shortest_first {
        let (left, right) = mark.extent();
        let free = |bars: &Vec<(f64, f64)>| bars.iter().all(|bar| bar.1 <= left + 1.0 || right <= bar.0 + 1.0);
        mark.level = taken.iter().position(free).unwrap_or(levels - 1);
        taken[mark.level].push((left, right));
    }
    taken.iter().rposition(|bars| !bars.is_empty()).map_or(0, |highest| highest + 1)
}

/// Returns the labels on the left: the name beside the line, beneath it the status with its shape, then the strategy.
fn beside_left(lane: &Lane, line: f64, layout: &Layout, verdicts: &mut Vec<(Verdict, (f64, f64))>) -> Vec<Label> {
    let mut labels = Vec::new();
    let mut baseline = line - NAME_RISE;
    for text in wrap(&settable(&lane.name), NAME.size, true, layout.names, NAME_LINES) {
        labels.push(Label::new(&text, 0.0, baseline, NAME));
        baseline += NAME.leading();
    }
    baseline -= 1.2;
    let status = TextStyle { colour: palette::of(lane.verdict.tone()), ..STATUS };
    for (nth, word) in wrap(&settable(&lane.status), status.size, true, layout.names - INDENT, 2).iter().enumerate() {
        if nth == 0 {
            verdicts.push((lane.verdict, (2.8, baseline - 2.6)));
        }
        labels.push(Label::new(word, INDENT, baseline, status));
        baseline += status.leading();
    }
    let strategy = lane.strategy.as_deref().filter(|_| !layout.dense).map(settable).unwrap_or_default();
    for text in wrap(&strategy, CONTEXT.size, false, layout.names, STRATEGY_LINES) {
        labels.push(Label::new(&text, 0.0, baseline, CONTEXT));
        baseline += CONTEXT.leading();
    }
    labels
}

/// Returns the labels of the outcome on the right: value, name and target, and its verdict with a shape.
fn beside_right(lane: &Lane, line: f64, layout: &Layout, verdicts: &mut Vec<(Verdict, (f64, f64))>) -> Vec<Label> {
    let Some(outcome) = &lane.outcome else { return Vec::new() };
    let left = layout.outcome_left;
    let mut baseline = line + 1.5;
    let value = shorten(&settable(&outcome.value), OUTCOME.size, true, layout.outcomes);
    let mut labels = vec![Label::new(&value, left, baseline, OUTCOME)];
    baseline += CONTEXT.leading() + 0.8;
    for line in &outcome.lines {
        for text in wrap(&settable(line), CONTEXT.size, false, layout.outcomes, 2) {
            labels.push(Label::new(&text, left, baseline, CONTEXT));
            baseline += CONTEXT.leading();
        }
    }
    if let Some((word, verdict)) = &outcome.verdict {
        let style = TextStyle { colour: palette::of(verdict.tone()), ..STATUS };
        let word = shorten(&settable(word), style.size, true, layout.outcomes - INDENT);
        verdicts.push((*verdict, (left + 2.8, baseline - 2.6)));
        labels.push(Label::new(&word, left + INDENT, baseline, style));
    }
    labels
}

/// Returns the latest date of a history that lies beyond the right edge, as a label beside its arrow.
fn past_the_edge(mark: &LaidMark, line: f64, layout: &Layout) -> Option<Label> {
    let (date, height) = mark.history_past_edge()?;
    // A lower label would overlap the outcome.
    (height > 12.0).then(|| Label::new(date, points(layout.across.1) + 5.0, line - height + 2.5, CONTEXT))
}
