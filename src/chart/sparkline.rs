//! A metric's small chart: its weeks against their usual range, with signals marked.

use std::collections::BTreeMap;

use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;

use super::palette::{ACCENT, BAND, GREY, HAIRLINE, INK, WARNING};
use super::shape::{Form, Shape};
use super::sheet::{self, Area, Drawn, Frame, px, stroke};
use super::svg::Svg;
use super::{Chart, Label, PathLine, SparklineInput, Spot, TextStyle};

/// Margin in points on every side, for dots.
const MARGIN: f64 = 3.5;
/// From this many consecutive weeks on, a signal is a thick line with a form at its end; a form for every week would
/// look like a chain.
const MIN_LINE_WEEKS: usize = 3;
/// Length of a dash, and distance from one dash to the next, in points.
const DASH: (f64, f64) = (2.4, 4.0);

/// Style of the label at the end of a line.
const LABEL: TextStyle = TextStyle { size: 7.0, bold: false, colour: GREY };
const LABEL_GAP: f64 = 3.0;
/// Number of dashes of a path.
const PATH_DASHES: u32 = 24;
/// A target is inside the picture unless it is more than this many times the spread of the values away.
const MAX_TARGET_DISTANCE: f64 = 4.0;

/// Maps weeks, by index, and values to the canvas.
type Plot<'a> = DrawingArea<Svg<'a>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

pub fn sparkline(input: &SparklineInput) -> Chart {
    let chart = drawn(input);
    let spots = spots(input);
    Chart { spots, ..chart }
}

/// Returns a strip with a tooltip for each value.
fn spots(input: &SparklineInput) -> Vec<Spot> {
    let last = input.said.len().saturating_sub(1).max(1) as f64;
    let label = label(input).map_or(0.0, |(_, width)| width + LABEL_GAP);
    let room = input.width - label - 2.0 * MARGIN;
    let place = |at: usize| match &input.path {
        Some(path) => path.places.get(at).map_or(1.0, |place| place.clamp(0.0, 1.0)),
        None => at as f64 / last,
    };
    let width = (room / last).min(room / 3.0);
    let said = input.said.iter().enumerate().filter(|(_, says)| !says.is_empty());
    let spot = |(at, says): (usize, &String)| {
        let left = (MARGIN + place(at) * room - width / 2.0).max(0.0);
        Spot { left, top: 0.0, width, height: input.height, says: says.clone() }
    };
    said.map(spot).collect()
}

fn drawn(input: &SparklineInput) -> Chart {
    let frame = Frame { title: &input.title, alt: &input.alt, width: input.width, height: input.height };
    let values: Vec<Option<f64>> = input.values.iter().map(|value| value.filter(|value| value.is_finite())).collect();
    if let Some(path) = &input.path {
        return along(&frame, input, path, &values);
    }
    let last = values.len().saturating_sub(1).max(1) as f64;
    let (low, high) = reach(&values, input);
    let shows_target = input.target.is_some_and(|target| (low..=high).contains(&target));
    let label = if shows_target { label(input) } else { None };
    let right = input.width - label.as_ref().map_or(0.0, |(_, width)| width + LABEL_GAP);
    let labels = label.into_iter().zip(input.target).map(|((text, _), target)| {
        let share = (high - target) / (high - low);
        let y = MARGIN + share * (input.height - 2.0 * MARGIN) + LABEL.size * 0.36;
        let colour = if input.misses { WARNING } else { GREY };
        let style = TextStyle { colour, bold: input.misses, ..LABEL };
        Label::new(&text, right + LABEL_GAP, y.clamp(LABEL.size * 0.8, input.height), style)
    });
    sheet::draw(&frame, labels.collect(), |area| {
        let inner = area.margin(px(MARGIN), px(MARGIN), px(MARGIN), px(MARGIN + input.width - right));
        let mut chart = ChartBuilder::on(&inner).build_cartesian_2d(0.0..last, low..high)?;
        let plot = chart.plotting_area().clone();
        usual_range(input, right, area, &plot)?;
        target(input, right, area, &plot, (low, high))?;
        for &event in input.events.iter().filter(|&&event| event < values.len()) {
            let (x, _) = plot.map_coordinate(&(event as f64, low));
            area.draw(&PathElement::new([(x, px(input.height - 4.0)), (x, px(input.height))], stroke(GREY, 1.0)))?;
        }
        if input.columns {
            return columns(input, &values, area, &plot);
        }
        for run in runs(&values) {
            if let [alone] = run[..] {
                chart.draw_series([Circle::new(alone, px(0.8), INK.filled())])?;
            }
            chart.draw_series(LineSeries::new(run, stroke(INK, 1.1)))?;
        }
        signals(input, &values, &plot)
    })
}

/// Returns the label of the target's line with its width, unless it takes more than half of the chart.
fn label(input: &SparklineInput) -> Option<(String, f64)> {
    let style = TextStyle { bold: input.misses, ..LABEL };
    let width = style.width(&input.target_label);
    (!input.target_label.is_empty() && width < input.width / 2.0).then(|| (input.target_label.clone(), width))
}

/// Draws a column for each week; one with a signal has the colour of the signal.
fn columns(input: &SparklineInput, values: &[Option<f64>], area: &Area, plot: &Plot) -> Drawn {
    let (left, base) = plot.map_coordinate(&(0.0, 0.0));
    let (right, _) = plot.map_coordinate(&(values.len().saturating_sub(1).max(1) as f64, 0.0));
    area.draw(&PathElement::new([(left - px(1.5), base), (right + px(1.5), base)], stroke(HAIRLINE, 0.8)))?;
    for (at, value) in values.iter().enumerate() {
        let Some(value) = value.filter(|value| *value != 0.0) else { continue };
        let (x, top) = plot.map_coordinate(&(at as f64, value));
        let is_newest = at + 1 == values.len();
        let colour = match input.signals.iter().rfind(|(week, _)| *week == at) {
            Some((_, Some(false))) => WARNING,
            Some(_) => ACCENT,
            None => INK,
        };
        let half = px(if is_newest { 1.3 } else { 0.8 });
        area.draw(&Rectangle::new([(x - half, top), (x + half, base)], colour.filled()))?;
    }
    Ok(())
}

/// Draws values along the path to a target: the path dashed, the values as a line or as steps, a hairline at today.
fn along(frame: &Frame, input: &SparklineInput, path: &PathLine, values: &[Option<f64>]) -> Chart {
    let known: Vec<(f64, f64)> =
        path.places.iter().zip(values).filter_map(|(place, value)| Some((place.clamp(0.0, 1.0), (*value)?))).collect();
    let all = || known.iter().map(|(_, value)| *value).chain([path.from, path.to]).filter(|value| value.is_finite());
    let (low, high) = (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
    let high = if high > low { high } else { low + 1.0 };
    let label = label(input);
    let right = input.width - label.as_ref().map_or(0.0, |(_, width)| width + LABEL_GAP);
    let labels = label.map(|(text, _)| {
        let share = (high - path.to) / (high - low);
        let y = MARGIN + share * (input.height - 2.0 * MARGIN) + LABEL.size * 0.36;
        Label::new(&text, right + LABEL_GAP, y.clamp(LABEL.size * 0.8, input.height), LABEL)
    });
    sheet::draw(frame, labels.into_iter().collect(), |area| {
        let inner = area.margin(px(MARGIN), px(MARGIN), px(MARGIN), px(MARGIN + input.width - right));
        let mut chart = ChartBuilder::on(&inner).build_cartesian_2d(0.0..1.0, low..high)?;
        let plot = chart.plotting_area().clone();
        let (start, end) = (plot.map_coordinate(&(0.0, low)), plot.map_coordinate(&(1.0, low)));
        area.draw(&PathElement::new([start, end], stroke(HAIRLINE, 0.8)))?;
        for dash in 0..PATH_DASHES {
            let at = |share: f64| (share, path.from + (path.to - path.from) * share);
            let first = f64::from(dash) / f64::from(PATH_DASHES);
            let ends = [at(first), at(first + 0.6 / f64::from(PATH_DASHES))];
            chart.draw_series(LineSeries::new(ends, stroke(GREY, 0.8)))?;
        }
        let Some(&newest) = known.last() else { return Ok(()) };
        let (x, _) = plot.map_coordinate(&newest);
        area.draw(&PathElement::new([(x, px(1.0)), (x, px(input.height - 1.0))], stroke(HAIRLINE, 0.8)))?;
        let line: Vec<(f64, f64)> = if path.steps {
            let steps = known.windows(2).flat_map(|pair| [pair[0], (pair[1].0, pair[0].1)]);
            steps.chain([newest]).collect()
        } else {
            known.clone()
        };
        chart.draw_series(LineSeries::new(line, stroke(INK, 1.3)))?;
        plot.draw(&Shape { at: newest, form: Form::Dot, radius: px(1.9), stroke: 0, colour: INK })
    })
}

/// Draws the band between the limits, and its centre line.
fn usual_range(input: &SparklineInput, right: f64, area: &Area, plot: &Plot) -> Drawn {
    let Some((lower, centre, upper)) = input.range else { return Ok(()) };
    let [lower, centre, upper] = [lower, centre, upper].map(|value| plot.map_coordinate(&(0.0, value)).1);
    let right = px(right);
    area.draw(&Rectangle::new([(0, upper), (right, lower)], BAND.filled()))?;
    area.draw(&PathElement::new([(0, centre), (right, centre)], stroke(HAIRLINE, 0.6)))
}

/// Draws the target as a dashed line, or as an arrow at the edge beyond which it lies.
fn target(input: &SparklineInput, right: f64, area: &Area, plot: &Plot, (low, high): (f64, f64)) -> Drawn {
    let Some(target) = input.target else { return Ok(()) };
    if (low..=high).contains(&target) {
        let (_, y) = plot.map_coordinate(&(0.0, target));
        let starts = (0..).map(|dash| f64::from(dash) * DASH.1).take_while(|start| start + DASH.0 <= right);
        for start in starts {
            area.draw(&PathElement::new(
                [(px(start), y), (px(start + DASH.0), y)],
                stroke(if input.misses { WARNING } else { GREY }, 0.6),
            ))?;
        }
        return Ok(());
    }
    let (form, y) = if target > high { (Form::ArrowUp, 2.0) } else { (Form::ArrowDown, input.height - 2.0) };
    area.draw(&Shape { at: (px(MARGIN), px(y)), form, radius: px(1.8), stroke: 0, colour: GREY })
}

/// Draws a dot at the newest value, and a form for each signal over its weeks.
fn signals(input: &SparklineInput, values: &[Option<f64>], plot: &Plot) -> Drawn {
    let point = |index: usize| Some((index as f64, values.get(index).copied()??));
    if let Some(at) = values.iter().rposition(Option::is_some).and_then(point) {
        plot.draw(&Shape { at, form: Form::Dot, radius: px(1.9), stroke: 0, colour: INK })?;
    }
    for (favourable, weeks) in signalled(&input.signals) {
        let points: Vec<(f64, f64)> = weeks.into_iter().filter_map(point).collect();
        let (form, colour) = match favourable {
            Some(true) => (Form::Ring, ACCENT),
            Some(false) => (Form::Dot, WARNING),
            None => (Form::HollowDiamond, INK),
        };
        let marked = if points.len() < MIN_LINE_WEEKS { 0 } else { points.len() - 1 };
        plot.draw(&PathElement::new(points.clone(), stroke(colour, 2.0)))?;
        for &at in points.get(marked..).unwrap_or_default() {
            plot.draw(&Shape { at, form, radius: px(2.4), stroke: px(1.3).unsigned_abs(), colour })?;
        }
    }
    Ok(())
}

/// Groups consecutive weeks whose signals have the same judgement.
fn signalled(signals: &[(usize, Option<bool>)]) -> Vec<(Option<bool>, Vec<usize>)> {
    let mut runs: Vec<(Option<bool>, Vec<usize>)> = Vec::new();
    let weeks: BTreeMap<usize, Option<bool>> = signals.iter().copied().collect();
    for (week, favourable) in weeks {
        match runs.last_mut() {
            Some((same, weeks)) if *same == favourable && weeks.last().is_some_and(|last| last + 1 == week) => {
                weeks.push(week);
            }
            _ => runs.push((favourable, vec![week])),
        }
    }
    runs
}

/// Returns the lowest and the highest value to show, never equal. A target so far away that it would flatten the line
/// is left out; it is shown as an arrow at the edge.
fn reach(values: &[Option<f64>], input: &SparklineInput) -> (f64, f64) {
    let range = input.range.into_iter().flat_map(|(lower, _, upper)| [lower, upper]);
    // Columns start at zero.
    let base = input.columns.then_some(0.0);
    let shown = values.iter().copied().flatten().chain(range).chain(base).filter(|value| value.is_finite());
    let span = |(low, high): (f64, f64), value: f64| (low.min(value), high.max(value));
    let (low, high) = shown.fold((f64::INFINITY, f64::NEG_INFINITY), span);
    if low > high {
        return (0.0, 1.0);
    }
    let (low, high) = match input.target.filter(|target| target.is_finite()) {
        Some(target) if low == high || (low - target).max(target - high) <= MAX_TARGET_DISTANCE * (high - low) => {
            span((low, high), target)
        }
        _ => (low, high),
    };
    if low == high { (low - low.abs().max(1.0) * 0.5, high + high.abs().max(1.0) * 0.5) } else { (low, high) }
}

/// Returns the values between two gaps, each run with its indices.
fn runs(values: &[Option<f64>]) -> Vec<Vec<(f64, f64)>> {
    let mut runs = vec![Vec::new()];
    for (index, value) in values.iter().enumerate() {
        match value {
            Some(value) => runs.last_mut().into_iter().for_each(|run| run.push((index as f64, *value))),
            None => runs.push(Vec::new()),
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(target: Option<f64>) -> SparklineInput {
        SparklineInput {
            title: String::new(),
            alt: String::new(),
            values: Vec::new(),
            range: None,
            target,
            signals: Vec::new(),
            events: Vec::new(),
            width: 118.0,
            height: 30.0,
            ..SparklineInput::default()
        }
    }

    #[test]
    fn a_target_is_shown_unless_it_would_flatten_the_line() {
        assert_eq!(reach(&[Some(10.0), None, Some(14.0)], &input(Some(17.0))), (10.0, 17.0));
        assert_eq!(reach(&[Some(10.0), Some(14.0)], &input(Some(90.0))), (10.0, 14.0));
        assert_eq!(reach(&[Some(5.0), Some(5.0)], &input(None)), (2.5, 7.5));
        assert_eq!(reach(&[None], &input(Some(3.0))), (0.0, 1.0));
    }

    #[test]
    fn consecutive_signals_are_grouped() {
        let (up, down) = (Some(true), Some(false));
        let runs = signalled(&[(3, up), (4, up), (5, down), (7, down), (8, down)]);
        assert_eq!(runs, vec![(up, vec![3, 4]), (down, vec![5]), (down, vec![7, 8])]);
    }

    #[test]
    fn a_gap_breaks_the_line_and_is_not_zero() {
        let runs = runs(&[Some(1.0), Some(2.0), None, Some(3.0), None, None]);
        assert_eq!(runs, vec![vec![(0.0, 1.0), (1.0, 2.0)], vec![(3.0, 3.0)]]);
    }
}
