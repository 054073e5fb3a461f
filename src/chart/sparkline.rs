//! A metric's small chart: its weeks against their usual range, signals marked.

use std::collections::BTreeMap;

use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;

use super::palette::{ACCENT, BAND, GREY, HAIRLINE, INK, WARNING};
use super::shape::{Form, Shape};
use super::sheet::{self, Area, Drawn, Frame, px, stroke};
use super::svg::Svg;
use super::{Chart, SparklineInput};

/// Points left free on every side for dots.
const MARGIN: f64 = 3.5;
/// From so many weeks in a row on, a signal is a thick line with a form at its end: a form a week would be a chain.
const LONG_RUN: usize = 3;
/// Points of a dash and from one dash to the next.
const DASH: (f64, f64) = (2.4, 4.0);

/// Weeks, by their place, against values.
type Plot<'a> = DrawingArea<Svg<'a>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

pub fn sparkline(input: &SparklineInput) -> Chart {
    let frame = Frame { title: &input.title, alt: &input.alt, width: input.width, height: input.height };
    let values: Vec<Option<f64>> = input.values.iter().map(|value| value.filter(|value| value.is_finite())).collect();
    let last = values.len().saturating_sub(1).max(1) as f64;
    let (low, high) = reach(&values, input);
    sheet::draw(&frame, Vec::new(), |area| {
        let inner = area.margin(px(MARGIN), px(MARGIN), px(MARGIN), px(MARGIN));
        let mut chart = ChartBuilder::on(&inner).build_cartesian_2d(0.0..last, low..high)?;
        let plot = chart.plotting_area().clone();
        usual_range(input, area, &plot)?;
        target(input, area, &plot, (low, high))?;
        for &event in input.events.iter().filter(|&&event| event < values.len()) {
            let (x, _) = plot.map_coordinate(&(event as f64, low));
            area.draw(&PathElement::new([(x, px(input.height - 4.0)), (x, px(input.height))], stroke(GREY, 1.0)))?;
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

/// The band between the limits, and its centre line.
fn usual_range(input: &SparklineInput, area: &Area, plot: &Plot) -> Drawn {
    let Some((lower, centre, upper)) = input.range else { return Ok(()) };
    let [lower, centre, upper] = [lower, centre, upper].map(|value| plot.map_coordinate(&(0.0, value)).1);
    let right = px(input.width);
    area.draw(&Rectangle::new([(0, upper), (right, lower)], BAND.filled()))?;
    area.draw(&PathElement::new([(0, centre), (right, centre)], stroke(HAIRLINE, 0.6)))
}

/// A dashed line, or an arrow at the edge that the target lies beyond.
fn target(input: &SparklineInput, area: &Area, plot: &Plot, (low, high): (f64, f64)) -> Drawn {
    let Some(target) = input.target else { return Ok(()) };
    if (low..=high).contains(&target) {
        let (_, y) = plot.map_coordinate(&(0.0, target));
        let starts = (0..).map(|dash| f64::from(dash) * DASH.1).take_while(|start| start + DASH.0 <= input.width);
        for start in starts {
            area.draw(&PathElement::new([(px(start), y), (px(start + DASH.0), y)], stroke(GREY, 0.6)))?;
        }
        return Ok(());
    }
    let (form, y) = if target > high { (Form::ArrowUp, 2.0) } else { (Form::ArrowDown, input.height - 2.0) };
    area.draw(&Shape { at: (px(MARGIN), px(y)), form, radius: px(1.8), stroke: 0, colour: GREY })
}

/// A dot at the newest value; over the weeks that a signal marks, a form for what it means.
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
        let marked = if points.len() < LONG_RUN { 0 } else { points.len() - 1 };
        plot.draw(&PathElement::new(points.clone(), stroke(colour, 2.0)))?;
        for &at in points.get(marked..).unwrap_or_default() {
            plot.draw(&Shape { at, form, radius: px(2.4), stroke: px(1.3).unsigned_abs(), colour })?;
        }
    }
    Ok(())
}

/// The signals, weeks in a row of one judgement together.
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

/// The lowest and the highest thing to be shown; never the same. A target so far off that it would flatten the line
/// is left out, and shown as an arrow at the edge.
fn reach(values: &[Option<f64>], input: &SparklineInput) -> (f64, f64) {
    let range = input.range.into_iter().flat_map(|(lower, _, upper)| [lower, upper]);
    let shown = values.iter().copied().flatten().chain(range).filter(|value| value.is_finite());
    let span = |(low, high): (f64, f64), value: f64| (low.min(value), high.max(value));
    let (low, high) = shown.fold((f64::INFINITY, f64::NEG_INFINITY), span);
    if low > high {
        return (0.0, 1.0);
    }
    let (low, high) = match input.target.filter(|target| target.is_finite()) {
        Some(target) if low == high || (low - target).max(target - high) <= high - low => span((low, high), target),
        _ => (low, high),
    };
    if low == high { (low - low.abs().max(1.0) * 0.5, high + high.abs().max(1.0) * 0.5) } else { (low, high) }
}

/// The values between two gaps, with their places.
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
        }
    }

    #[test]
    fn a_target_is_in_reach_unless_it_would_flatten_the_line() {
        assert_eq!(reach(&[Some(10.0), None, Some(14.0)], &input(Some(17.0))), (10.0, 17.0));
        assert_eq!(reach(&[Some(10.0), Some(14.0)], &input(Some(90.0))), (10.0, 14.0));
        assert_eq!(reach(&[Some(5.0), Some(5.0)], &input(None)), (2.5, 7.5));
        assert_eq!(reach(&[None], &input(Some(3.0))), (0.0, 1.0));
    }

    #[test]
    fn signals_in_a_row_stand_together() {
        let (up, down) = (Some(true), Some(false));
        let runs = signalled(&[(3, up), (4, up), (5, down), (7, down), (8, down)]);
        assert_eq!(runs, vec![(up, vec![3, 4]), (down, vec![5]), (down, vec![7, 8])]);
    }

    #[test]
    fn a_gap_breaks_the_line_and_is_no_zero() {
        let runs = runs(&[Some(1.0), Some(2.0), None, Some(3.0), None, None]);
        assert_eq!(runs, vec![vec![(0.0, 1.0), (1.0, 2.0)], vec![(3.0, 3.0)]]);
    }
}
