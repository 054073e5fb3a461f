//! One lane: the objective's name and status, its line with the marks, their labels beneath, its outcome.

use plotters::prelude::*;

use super::key::Key;
use super::mark::{LaidMark, RADIUS};
use super::*;
use crate::chart::place::{Anchor, Place, ROWS, Setting};
use crate::chart::{Lane, Mark};

const MARK: Hand = Hand { size: 7.0, bold: false, colour: INK };
/// Points from one level of stacked marks to the next.
const LEVEL: f64 = 8.0;
const LEVELS: usize = 3;
/// Points from the line to the first row of labels.
const DROP: f64 = 6.0;
/// Widest settings of a label: on one line, wrapped, wrapped narrowly.
const WIDTHS: [(f64, usize); 3] = [(130.0, 1), (78.0, 2), (56.0, 2)];

/// A lane with everything in its place.
pub(super) struct LaidLane {
    pub height: f64,
    pub labels: Vec<Label>,
    pub keys: Vec<Key>,
    line: f64,
    marks: Vec<LaidMark>,
    /// Thin lines from a mark to a label that stands further down: x, from, to.
    leaders: Vec<(f64, f64, f64)>,
    status: (Form, f64, Tone),
}

impl LaidLane {
    pub fn new(
        lane: &Lane,
        top: f64,
        span: &Span,
        (names, outcomes): (f64, f64),
        today: f64,
        numbers: &mut usize,
    ) -> Self {
        let mut dated: Vec<(LaidMark, &Mark)> =
            lane.marks.iter().filter_map(|mark| Some((LaidMark::new(mark, span)?, mark))).collect();
        dated.sort_by(|a, b| a.0.x.total_cmp(&b.0.x));
        let levels = stack(&mut dated);
        let line = top + 8.0 + LEVEL * levels.saturating_sub(1) as f64;

        let undated = lane.marks.iter().filter(|mark| LaidMark::new(mark, span).is_none());
        let bounds = (names + 2.0, span.right() + 12.0);
        let mut beneath = label(&dated, line + DROP, bounds, today, numbers);
        beneath.keys.extend(undated.map(|mark| Key::new(None, mark)));

        let (mut labels, left_bottom) = sides(lane, line, names, span.right() + 16.0, outcomes);
        labels.extend(beneath.labels);
        Self {
            height: left_bottom.max(beneath.bottom) + 6.0 - top,
            labels,
            keys: beneath.keys,
            line,
            marks: dated.into_iter().map(|(laid, _)| laid).collect(),
            leaders: beneath.leaders,
            status: (status_form(lane.tone), left_bottom - 5.0, lane.tone),
        }
    }

    /// The line alone, beneath everything else.
    pub fn line(&self, area: &Area, span: &Span) -> Drawn {
        let ends = [(px(span.left()), px(self.line)), (px(span.right()), px(self.line))];
        area.draw(&PathElement::new(ends, stroke(HAIRLINE, 0.8)))
    }

    pub fn draw(&self, area: &Area) -> Drawn {
        for &(x, from, to) in &self.leaders {
            area.draw(&PathElement::new([(px(x), px(from)), (px(x), px(to))], stroke(HAIRLINE, 0.5)))?;
        }
        let (form, y, tone) = self.status;
        area.draw(&Shape {
            at: (px(2.4), px(y)),
            form,
            radius: px(2.0),
            stroke: px(0.9).unsigned_abs(),
            colour: palette::of(tone),
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

/// Marks whose bars would cover one another are stacked; returns how many levels that takes.
fn stack(marks: &mut [(LaidMark, &Mark)]) -> usize {
    let mut ends = [f64::NEG_INFINITY; LEVELS];
    let mut used = 0;
    for (mark, _) in marks.iter_mut() {
        let (left, right) = mark.extent();
        let free = (0..LEVELS).find(|&level| ends[level] <= left + 1.0);
        mark.level = free.unwrap_or(0);
        ends[mark.level] = ends[mark.level].max(right);
        used = used.max(mark.level + 1);
    }
    used
}

/// What stands beneath a lane's line.
struct Beneath {
    labels: Vec<Label>,
    keys: Vec<Key>,
    leaders: Vec<(f64, f64, f64)>,
    bottom: f64,
}

/// A label as it may be set: its lines with their hands.
type Lines = Vec<(String, Hand)>;

/// The label of each mark beneath it; where they have no room, numbers, with a key for each.
fn label(marks: &[(LaidMark, &Mark)], top: f64, bounds: (f64, f64), today: f64, numbers: &mut usize) -> Beneath {
    let written: Vec<Vec<Lines>> = marks.iter().map(|(_, mark)| settings(mark)).collect();
    let anchors: Vec<Anchor> = marks.iter().zip(&written).map(|((laid, _), ways)| anchor(laid.x, ways)).collect();
    if let Some(places) = stagger(&anchors, bounds, today) {
        let xs = anchors.iter().map(|anchor| anchor.x);
        let chosen = written.iter().zip(&places).map(|(ways, place)| &ways[place.setting]);
        return arrange(xs.zip(chosen).zip(places.iter().copied()), top, Vec::new());
    }
    let first = *numbers;
    *numbers += marks.len();
    let keys = marks.iter().enumerate().map(|(index, (_, mark))| Key::new(Some(first + index), mark)).collect();
    let (groups, places) = numbered(marks, first, bounds, today);
    arrange(groups.iter().map(|(x, lines)| (*x, lines)).zip(places), top, keys)
}

/// The ways to set a label, widest first: name and note on a line each, then wrapped.
fn settings(mark: &Mark) -> Vec<Lines> {
    let (name, note) = (settable(&mark.name), settable(&mark.note));
    let note_hand = Hand { colour: if mark.tone == Tone::Warning { palette::WARNING } else { GREY }, ..MARK };
    let mut ways: Vec<Lines> = Vec::new();
    for (limit, most) in WIDTHS {
        let mut lines: Lines = Vec::new();
        for (text, hand) in [(&name, MARK), (&note, note_hand)] {
            lines.extend(lettering::wrap(text, hand.size, hand.bold, limit, most).into_iter().map(|line| (line, hand)));
        }
        if ways.iter().all(|way| way.len() != lines.len() || way.iter().zip(&lines).any(|(a, b)| a.0 != b.0)) {
            ways.push(lines);
        }
    }
    ways
}

fn anchor(x: f64, ways: &[Lines]) -> Anchor {
    let letters = |lines: &Lines| lines.iter().map(|(text, _)| text.chars().count()).sum::<usize>() as f64;
    let most = ways.iter().map(letters).fold(0.0, f64::max);
    let settings = ways
        .iter()
        .map(|lines| Setting {
            width: lines.iter().map(|(text, hand)| hand.width(text)).fold(0.0, f64::max),
            cost: 1.5 * (most - letters(lines)) + 5.0 * lines.len().saturating_sub(2) as f64,
        })
        .collect();
    Anchor { x, settings }
}

/// Numbers in place of names; neighbours share a label (`4–6`) until all have room.
fn numbered(
    marks: &[(LaidMark, &Mark)],
    first: usize,
    bounds: (f64, f64),
    today: f64,
) -> (Vec<(f64, Lines)>, Vec<Place>) {
    let mut groups: Vec<(usize, usize)> = (0..marks.len()).map(|index| (index, index)).collect();
    loop {
        let lines: Vec<(f64, Lines)> = groups
            .iter()
            .map(|&(from, to)| {
                let text =
                    if from == to { format!("{}", first + from) } else { format!("{}–{}", first + from, first + to) };
                ((marks[from].0.x + marks[to].0.x) / 2.0, vec![(text, Hand { bold: true, ..MARK })])
            })
            .collect();
        let anchors: Vec<Anchor> = lines.iter().map(|(x, line)| anchor(*x, std::slice::from_ref(line))).collect();
        if let Some(places) = stagger(&anchors, bounds, today) {
            return (lines, places);
        }
        let distance = |index: usize| anchors[index + 1].x - anchors[index].x;
        let Some(nearest) = (0..groups.len().saturating_sub(1)).min_by(|&a, &b| distance(a).total_cmp(&distance(b)))
        else {
            return (Vec::new(), Vec::new());
        };
        groups[nearest].1 = groups[nearest + 1].1;
        groups.remove(nearest + 1);
    }
}

/// Labels and leaders from the rows found for them.
fn arrange<'a>(chosen: impl Iterator<Item = ((f64, &'a Lines), Place)>, top: f64, keys: Vec<Key>) -> Beneath {
    let chosen: Vec<_> = chosen.collect();
    let mut heights = [0.0_f64; ROWS];
    for ((_, lines), place) in &chosen {
        heights[place.row] = heights[place.row].max(lines.iter().map(|(_, hand)| hand.leading()).sum());
    }
    let row_top = |row: usize| top + heights[..row].iter().sum::<f64>() + 2.5 * row as f64;
    let mut beneath = Beneath { labels: Vec::new(), keys, leaders: Vec::new(), bottom: top };
    for ((x, lines), place) in &chosen {
        let widest = lines.iter().map(|(text, hand)| hand.width(text)).fold(0.0, f64::max);
        let mut baseline = row_top(place.row);
        if place.row > 0 {
            let (left, right) = (place.left, place.left + widest);
            let to = if *x < left || *x > right { baseline + MARK.size } else { baseline };
            beneath.leaders.push((*x, top - DROP + RADIUS, to));
        }
        for (text, hand) in lines.iter() {
            baseline += hand.leading();
            // Lines keep to their mark: centred, or flush with the edge that is nearest to it.
            let slack = widest - hand.width(text);
            let share = ((x - place.left) / widest.max(1.0)).clamp(0.0, 1.0);
            beneath.labels.push(Label::new(text, place.left + slack * share, baseline - 1.4, *hand));
        }
        beneath.bottom = beneath.bottom.max(baseline);
    }
    beneath
}

/// Name and status at the left, outcome at the right; and how far down they reach.
fn sides(lane: &Lane, line: f64, names: f64, outcome_left: f64, outcomes: f64) -> (Vec<Label>, f64) {
    let mut labels = Vec::new();
    let mut baseline = line + 2.8;
    for text in lettering::wrap(&settable(&lane.name), NAME.size, true, names - 4.0, 2) {
        labels.push(Label::new(&text, 0.0, baseline, NAME));
        baseline += NAME.leading();
    }
    let status = Hand { size: 7.0, bold: true, colour: palette::of(lane.tone) };
    let word = lettering::shorten(&settable(&lane.status), status.size, true, names - 12.0);
    labels.push(Label::new(&word, 7.5, baseline, status));
    let bottom = baseline + 2.4;
    if let Some((value, remark)) = &lane.outcome {
        let room = outcomes - 6.0;
        let value = lettering::shorten(&settable(value), NAME.size, true, room);
        labels.push(Label::new(&value, outcome_left, line + 2.8, NAME));
        for (index, text) in lettering::wrap(&settable(remark), CONTEXT.size, false, room, 2).iter().enumerate() {
            let baseline = line + 2.8 + NAME.leading() + CONTEXT.leading() * index as f64;
            labels.push(Label::new(text, outcome_left, baseline, CONTEXT));
        }
    }
    (labels, bottom)
}
