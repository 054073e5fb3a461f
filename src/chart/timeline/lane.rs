//! One lane: the objective's name and status, its line with the marks, their labels beneath, its outcome.

use super::beneath::{DROP, LabelRows};
use super::key::Keys;
use super::mark::LaidMark;
use super::*;

/// Points from one level of stacked marks to the next.
const LEVEL: f64 = 9.0;
const LEVELS: usize = 7;
/// Of a dense picture.
const FEW_LEVELS: usize = 3;
/// Points from a lane's top to its line, and from its lowest text to its end.
const ABOVE: f64 = 8.0;
const BELOW: f64 = 6.0;
/// Lines that an objective's name may take.
pub(super) const NAME_LINES: usize = 3;
/// Room for the shape before a status.
pub(super) const INDENT: f64 = 7.5;

/// A lane with everything in its place.
pub(super) struct LaidLane<'a> {
    pub height: f64,
    pub labels: Vec<Label>,
    /// How far down its line stands.
    pub line: f64,
    marks: Vec<LaidMark<'a>>,
    /// Thin lines from a mark to a label that does not stand right beneath it: x, from, to.
    leaders: Vec<(f64, f64, f64)>,
    status: Tone,
    status_middle: f64,
}

impl<'a> LaidLane<'a> {
    pub fn new(lane: &'a Lane, top: f64, layout: &Layout, keys: &mut Keys) -> Self {
        let mut marks: Vec<LaidMark> = lane.marks.iter().filter_map(|mark| LaidMark::new(mark, layout)).collect();
        marks.sort_by(|a, b| a.x.total_cmp(&b.x));
        let levels = stack(&mut marks, if layout.dense { FEW_LEVELS } else { LEVELS });
        let line = top + ABOVE + LEVEL * levels.saturating_sub(1) as f64;

        let beneath = LabelRows::new(&marks, line + DROP, layout, keys);
        lane.marks.iter().filter(|mark| LaidMark::new(mark, layout).is_none()).for_each(|mark| keys.add_undated(mark));
        let mut labels = name_and_status(lane, line, layout);
        let status_middle = labels.last().map_or(line, |status| status.baseline - 2.5);
        labels.extend(outcome(lane, line, layout));
        labels.extend(beneath.labels);

        let lowest = labels.iter().map(|label| label.baseline + 0.25 * label.style.size).fold(line, f64::max);
        let leaders = beneath.leaders.iter().map(|&(index, to)| {
            let mark: &LaidMark = &marks[index];
            (mark.x, line - LEVEL * mark.level as f64, to)
        });
        Self {
            height: lowest + BELOW - top,
            labels,
            line,
            leaders: leaders.collect(),
            status: lane.tone,
            status_middle,
            marks,
        }
    }

    pub fn draw(&self, area: &Area) -> Drawn {
        for &(x, from, to) in &self.leaders {
            area.draw(&PathElement::new([(px(x), px(from)), (px(x), px(to))], stroke(HAIRLINE, 0.6)))?;
        }
        area.draw(&Shape {
            at: (px(2.4), px(self.status_middle)),
            form: status_form(self.status),
            radius: px(2.0),
            stroke: px(0.9).unsigned_abs(),
            colour: palette::of(self.status),
        })?;
        self.marks.iter().try_for_each(|mark| mark.draw(area, self.line - LEVEL * mark.level as f64))
    }
}

/// A status differs by its shape as well as by its word and colour.
fn status_form(tone: Tone) -> Form {
    match tone {
        Tone::Warning => Form::Triangle,
        Tone::Good => Form::Dot,
        Tone::Plain => Form::Ring,
        Tone::Quiet => Form::Dash,
    }
}

/// Marks that would cover one another are stacked on so many levels at the most, the longer the bar the higher; returns
/// how many that takes.
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

/// The name beside the line, the status beneath it and last.
fn name_and_status(lane: &Lane, line: f64, layout: &Layout) -> Vec<Label> {
    let mut labels = Vec::new();
    let mut baseline = line + 2.8;
    for text in wrap(&settable(&lane.name), NAME.size, true, layout.names, NAME_LINES) {
        labels.push(Label::new(&text, 0.0, baseline, NAME));
        baseline += NAME.leading();
    }
    let status = TextStyle { colour: palette::of(lane.tone), ..STATUS };
    let word = shorten(&settable(&lane.status), status.size, true, layout.names - INDENT);
    labels.push(Label::new(&word, INDENT, baseline, status));
    labels
}

fn outcome(lane: &Lane, line: f64, layout: &Layout) -> Vec<Label> {
    let Some((value, remark)) = &lane.outcome else { return Vec::new() };
    let mut baseline = line + 2.8;
    let value = shorten(&settable(value), NAME.size, true, layout.outcomes);
    let mut labels = vec![Label::new(&value, layout.outcome_left, baseline, NAME)];
    baseline += NAME.leading();
    for text in wrap(&settable(remark), CONTEXT.size, false, layout.outcomes, 2) {
        labels.push(Label::new(&text, layout.outcome_left, baseline, CONTEXT));
        baseline += CONTEXT.leading();
    }
    labels
}
