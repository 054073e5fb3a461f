//! The quarter's timeline: a lane for each objective, its milestones as diamonds, agreed dates against expected dates,
//! today, and the time since the last 1:1.

use chrono::NaiveDate;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;

use super::lettering::{settable, shorten};
use super::palette::{BAND, GREY, HAIRLINE, INK};
use super::place::clear_parts;
use super::sheet::{self, Area, Drawn, Frame, px, stroke};
use super::{Chart, Label, LabelBox, TextStyle, TimelineInput};

mod beneath;
mod key;
mod lane;
mod layout;
mod mark;
mod weeks;

use lane::LaidLane;
use layout::{CONTEXT, HEAD, Layout, MAX_LANES_HEIGHT, STATUS};

/// The lanes from top to bottom, and the key to their numbers.
struct Laid<'a> {
    lanes: Vec<LaidLane<'a>>,
    keys: key::Keys,
    bottom: f64,
}

impl<'a> Laid<'a> {
    fn new(input: &'a TimelineInput, layout: &Layout) -> Self {
        let mut laid = Laid { lanes: Vec::new(), keys: key::Keys::default(), bottom: HEAD };
        for lane in &input.lanes {
            let lane = LaidLane::new(lane, laid.bottom, layout, &mut laid.keys);
            laid.bottom += lane.height;
            laid.lanes.push(lane);
        }
        laid
    }

    /// Returns the height of the whole picture.
    fn height(&self, input: &TimelineInput) -> f64 {
        self.keys.columns(self.bottom, input.width).1
    }
}

pub fn timeline(input: &TimelineInput) -> Chart {
    let mut layout = Layout::new(input);
    let mut laid = Laid::new(input, &layout);
    if laid.bottom > MAX_LANES_HEIGHT {
        layout.dense = true;
        let dense = Laid::new(input, &layout);
        if dense.height(input) < laid.height(input) {
            laid = dense;
        }
    }
    let Laid { lanes, keys, bottom } = laid;
    let mut labels = head(input, &layout);
    labels.extend(lanes.iter().flat_map(|lane| &lane.labels).cloned());
    let weeks = input.weeks.as_ref().map(|weeks| weeks::LaidWeeks::new(weeks, bottom, &layout));
    labels.extend(weeks.iter().flat_map(|weeks| &weeks.labels).cloned());
    let bottom = weeks.as_ref().map_or(bottom, |weeks| weeks.bottom);
    let boxes: Vec<LabelBox> = labels.iter().map(Label::bounds).collect();
    let (entries, height) = keys.columns(bottom, input.width);
    labels.extend(entries);

    let frame = Frame { title: &input.title, alt: &input.alt, width: input.width, height };
    let spots = lanes.iter().flat_map(LaidLane::spots).chain(weeks.iter().flat_map(weeks::LaidWeeks::spots)).collect();
    let chart = sheet::draw(&frame, labels, |area| {
        let (x, y) = (layout.start..layout.end, 0.0..height);
        let across = layout.across.0..layout.across.1;
        let plot = area.apply_coord_spec(Cartesian2d::<RangedDate<NaiveDate>, RangedCoordf64>::new(
            x,
            y,
            (across, 0..px(height)),
        ));
        let within = |date: NaiveDate| date.clamp(layout.start, layout.end);
        if let Some((since, _)) = &input.since {
            let corners = [(within(*since), HEAD), (within(input.as_of), bottom)];
            plot.draw(&Rectangle::new(corners, BAND.mix(0.8).filled()))?;
        }
        if let Some((next_day, _)) = &input.close {
            rule(area, layout.x(*next_day), (HEAD - 10.0, bottom), &boxes, stroke(GREY, 0.9))?;
        }
        let clear = |x: &f64| input.close.as_ref().is_none_or(|(next_day, _)| (x - layout.x(*next_day)).abs() > 2.5);
        for x in input.months.iter().map(|(month, _)| layout.x(*month)).filter(clear) {
            rule(area, x, (HEAD - 10.0, bottom), &boxes, stroke(HAIRLINE, 0.5))?;
        }
        for lane in &lanes {
            let ends = [(layout.start, lane.line), (layout.end, lane.line)];
            plot.draw(&PathElement::new(ends, stroke(HAIRLINE, 1.0)))?;
        }
        if let Some(weeks) = &weeks {
            weeks.draw(area)?;
        }
        if let Some((meeting, _)) = &input.meeting {
            rule(area, layout.x(*meeting), (HEAD - 10.0, bottom), &boxes, stroke(GREY, 0.9))?;
        }
        if let Some(today) = layout.today {
            rule(area, today, (HEAD - 10.0, bottom), &boxes, stroke(INK, 1.0))?;
        }
        lanes.iter().try_for_each(|lane| lane.draw(area))
    });
    Chart { spots, ..chart }
}

/// Draws a vertical line that is interrupted by labels.
fn rule(area: &Area, x: f64, reach: (f64, f64), labels: &[LabelBox], style: ShapeStyle) -> Drawn {
    clear_parts(x, reach, labels)
        .into_iter()
        .try_for_each(|(from, to)| area.draw(&PathElement::new([(px(x), px(from)), (px(x), px(to))], style)))
}

/// Returns the labels above the lanes: outcomes, today, meeting, months, quarter end, last 1:1. A label that overlaps
/// an earlier one is left out.
fn head(input: &TimelineInput, layout: &Layout) -> Vec<Label> {
    let (least, most) = layout.bounds();
    let mut labels: Vec<Label> = Vec::new();
    let mut add = |text: &str, style: TextStyle, bounds: (f64, f64), places: &dyn Fn(f64) -> Vec<f64>| {
        let text = settable(text);
        let width = style.width(&text);
        let free = |left: f64| {
            let taken =
                labels.iter().any(|other| left < other.left + other.width + 2.5 && other.left < left + width + 2.5);
            left >= bounds.0 && left + width <= bounds.1 && !taken
        };
        if let Some(left) = places(width).into_iter().find(|&left| free(left)) {
            labels.push(Label::new(&text, left, HEAD - 4.0, style));
        }
    };
    if input.lanes.iter().any(|lane| lane.outcome.is_some()) {
        let title = shorten(&settable(&input.outcome_title), CONTEXT.size, false, layout.outcomes);
        add(&title, CONTEXT, (0.0, input.width), &|_| vec![layout.outcome_left]);
    }
    let starts: Vec<(f64, f64)> =
        input.months.iter().map(|(month, name)| (layout.x(*month) + 2.5, CONTEXT.width(&settable(name)))).collect();
    if let Some(today) = layout.today {
        let on_month = |left: f64, width: f64| {
            starts.iter().any(|&(month, wide)| month < left + width + 2.5 && left < month + wide + 2.5)
        };
        add(&input.as_of_label, STATUS, (least, most), &|width| {
            let (right, left) = (today + 2.5, today - 2.5 - width);
            if on_month(right, width) && !on_month(left, width) { vec![left, right] } else { vec![right, left] }
        });
    }
    if let Some((meeting, name)) = &input.meeting {
        let at = layout.x(*meeting);
        add(name, CONTEXT, (least, most), &|width| {
            vec![at + 2.5, at - 2.5 - width, at + STATUS.width(&settable(&input.as_of_label)) + 5.0]
        });
    }
    for (month, name) in &input.months {
        add(name, CONTEXT, (least, most), &|_| vec![layout.x(*month) + 2.5]);
    }
    if let Some((next_day, name)) = &input.close {
        add(name, CONTEXT, (least, most), &|width| vec![layout.x(*next_day) - 2.5 - width]);
    }
    if let Some((since, name)) = &input.since {
        // Over the shaded time if that is wide enough, else as near to it as possible.
        let (from, to) = (layout.x(*since), layout.x(input.as_of));
        add(name, CONTEXT, (least, most), &|width| vec![(from + 2.5).min(to - 2.5 - width), from - width, from + 2.5]);
    }
    labels
}
