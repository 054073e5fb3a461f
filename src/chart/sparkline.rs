//! A metric's small chart: its weeks against their usual range, signals marked.

use plotters::prelude::*;

use super::palette::{ACCENT, BAND, GREY, HAIRLINE, INK, WARNING};
use super::shape::{Form, Shape};
use super::sheet::{self, Drawn, Frame, px, stroke};
use super::{Chart, SparklineInput};

/// Points left free on every side for dots.
const MARGIN: f64 = 3.5;

pub(super) fn sparkline(input: &SparklineInput) -> Chart {
    let frame = Frame { title: &input.title, alt: &input.alt, width: input.width, height: input.height };
    let last = input.values.len().saturating_sub(1).max(1) as f64;
    let (low, high) = reach(input);
    sheet::draw(&frame, Vec::new(), |area| -> Drawn {
        let inner = area.margin(px(MARGIN), px(MARGIN), px(MARGIN), px(MARGIN));
        let mut chart = ChartBuilder::on(&inner).build_cartesian_2d(0.0..last, low..high)?;
        let plot = chart.plotting_area().clone();
        let edge_to_edge = |value: f64| {
            let (_, y) = plot.map_coordinate(&(0.0, value));
            [(0, y), (px(input.width), y)]
        };
        if let Some((lower, centre, upper)) = input.range {
            let ([from, _], [_, to]) = (edge_to_edge(upper), edge_to_edge(lower));
            area.draw(&Rectangle::new([from, to], BAND.filled()))?;
            area.draw(&PathElement::new(edge_to_edge(centre), stroke(HAIRLINE, 0.6)))?;
        }
        if let Some(target) = input.target.filter(|target| !(low..=high).contains(target)) {
            let (form, y) = if target > high { (Form::ArrowUp, 2.0) } else { (Form::ArrowDown, input.height - 2.0) };
            area.draw(&Shape { at: (px(3.5), px(y)), form, radius: px(1.8), stroke: 0, colour: GREY })?;
        } else if let Some(target) = input.target {
            let ends = edge_to_edge(target);
            for x in (0..px(input.width)).step_by(px(4.0) as usize) {
                area.draw(&PathElement::new(
                    [(x, ends[0].1), ((x + px(2.4)).min(ends[1].0), ends[0].1)],
                    stroke(GREY, 0.6),
                ))?;
            }
        }
        for &event in input.events.iter().filter(|&&event| event < input.values.len()) {
            let (x, _) = plot.map_coordinate(&(event as f64, low));
            let tick = [(x, px(input.height - 4.0)), (x, px(input.height))];
            area.draw(&PathElement::new(tick, stroke(GREY, 1.0)))?;
        }
        for run in runs(&input.values) {
            if let [alone] = run[..] {
                chart.draw_series([Circle::new(alone, px(0.8), INK.filled())])?;
            }
            chart.draw_series(LineSeries::new(run, stroke(INK, 1.1)))?;
        }
        let point = |index: usize| Some((index as f64, (*input.values.get(index)?)?));
        let last = input.values.iter().rposition(Option::is_some);
        if let Some(at) = last.and_then(point) {
            plot.draw(&Shape { at, form: Form::Dot, radius: px(1.9), stroke: 0, colour: INK })?;
        }
        for &(index, favourable) in &input.signals {
            let Some(at) = point(index) else { continue };
            let (form, colour) = match favourable {
                Some(true) => (Form::Ring, ACCENT),
                Some(false) => (Form::Dot, WARNING),
                None => (Form::HollowDiamond, INK),
            };
            plot.draw(&Shape { at, form, radius: px(2.4), stroke: px(1.3).unsigned_abs(), colour })?;
        }
        Ok(())
    })
}

/// The lowest and the highest thing to be shown; never the same. A target so far off that it would flatten the line
/// is left out, and shown as an arrow at the edge.
fn reach(input: &SparklineInput) -> (f64, f64) {
    let range = input.range.into_iter().flat_map(|(lower, _, upper)| [lower, upper]);
    let shown = input.values.iter().copied().flatten().chain(range).filter(|value| value.is_finite());
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
            Some(value) if value.is_finite() => {
                if let Some(run) = runs.last_mut() {
                    run.push((index as f64, *value));
                }
            }
            _ => runs.push(Vec::new()),
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(values: &[f64], target: Option<f64>) -> SparklineInput {
        SparklineInput {
            title: String::new(),
            alt: String::new(),
            values: values.iter().copied().map(Some).collect(),
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
        assert_eq!(reach(&input(&[10.0, 14.0], Some(17.0))), (10.0, 17.0));
        assert_eq!(reach(&input(&[10.0, 14.0], Some(90.0))), (10.0, 14.0));
        assert_eq!(reach(&input(&[5.0, 5.0], None)), (2.5, 7.5));
        assert_eq!(reach(&input(&[], Some(3.0))), (0.0, 1.0));
        assert_eq!(reach(&input(&[f64::NAN, f64::INFINITY], None)), (0.0, 1.0));
    }

    #[test]
    fn a_gap_breaks_the_line_and_is_no_zero() {
        let runs = runs(&[Some(1.0), Some(2.0), None, Some(3.0), None, None]);
        assert_eq!(runs, vec![vec![(0.0, 1.0), (1.0, 2.0)], vec![(3.0, 3.0)]]);
    }
}
