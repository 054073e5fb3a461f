//! Tests of charts of every size: labels never overlap or leave the picture, every mark is labelled, and only colours
//! of the palette are used. Some charts are also compared with `tests/cases/chart/NAME/expected.svg`.
//!
//! To change a chart, run `HEADSUP_BLESS=1 cargo test --test headsup chart::` and look at the new pictures.

use std::collections::BTreeSet;
use std::path::Path;

use headsup::chart::{Chart, Label, LabelBox, Mark, TimelineInput, burnup, palette, sparkline, timeline};
use proptest::prelude::*;

mod cases;
mod inputs;

#[test]
fn the_charts_equal_the_kept_pictures() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/chart");
    for (name, chart) in cases::all() {
        check(&chart);
        let file = folder.join(name).join("expected.svg");
        if std::env::var_os("HEADSUP_BLESS").is_some() {
            std::fs::create_dir_all(folder.join(name)).unwrap();
            std::fs::write(&file, chart.picture()).unwrap();
        }
        let expected = std::fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
        assert!(chart.picture() == expected, "{name} differs from {}: see the head of this file", file.display());
    }
}

#[test]
fn a_picture_of_many_marks_with_long_names_leaves_room_on_its_page() {
    let chart = timeline(&cases::five_full_lanes());
    check(&chart);
    assert!(chart.height < 480.0, "{}", chart.height);
    for number in 1..=40 {
        assert!(texts(&chart).contains(&number.to_string().as_str()), "{number} is in the key");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 80, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_time_line_of_any_size_is_valid(input in inputs::timeline()) {
        let chart = timeline(&input);
        check(&chart);
        if let Some(weeks) = &input.weeks {
            prop_assert!(texts(&chart).iter().any(|text| weeks.title.starts_with(text.trim_end_matches('…'))));
        }
        for mark in input.lanes.iter().flat_map(|lane| &lane.marks) {
            prop_assert!(is_said(mark, &chart), "{} is nowhere in {:?}", mark.name, texts(&chart));
        }
        numbers_are_explained(&input, &chart)?;
        prop_assert_eq!(&timeline(&input), &chart);
    }

    #[test]
    fn a_burn_up_of_any_size_is_valid(input in inputs::burnup()) {
        let chart = burnup(&input);
        check(&chart);
        prop_assert!(chart.labels.iter().any(|label| label.text == input.done_label) || input.days.is_empty());
    }

    #[test]
    fn a_sparkline_of_any_values_is_valid(input in inputs::sparkline()) {
        let chart = sparkline(&input);
        check(&chart);
        prop_assert!(chart.labels.is_empty());
    }
}

/// Checks the properties of every chart.
fn check(chart: &Chart) {
    let boxes: Vec<LabelBox> = chart.labels.iter().map(Label::bounds).collect();
    for (index, label) in boxes.iter().enumerate() {
        let inside = label.left >= -0.05
            && label.top >= -0.05
            && label.left + label.width <= chart.width + 0.05
            && label.top + label.height <= chart.height + 0.05;
        assert!(inside, "{label:?} leaves the picture of {} × {}", chart.width, chart.height);
        for other in &boxes[index + 1..] {
            assert!(label.apart(other), "{label:?} touches {other:?}");
        }
    }
    let picture = chart.picture();
    let document = roxmltree::Document::parse(&picture).expect("well-formed");
    let palette: BTreeSet<String> = palette::PALETTE.into_iter().map(palette::hex).collect();
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        for paint in ["fill", "stroke"].into_iter().filter_map(|key| node.attribute(key)) {
            assert!(paint == "none" || palette.contains(paint), "{paint} is not in the palette");
        }
        for attribute in node.attributes() {
            let value = attribute.value();
            assert!(!value.contains("NaN") && !value.contains("inf") && !value.contains("2147483647"), "{value}");
        }
    }
    let written: Vec<&str> =
        document.descendants().filter(|node| node.has_tag_name("text")).filter_map(|node| node.text()).collect();
    assert_eq!(written, texts(chart));
}

fn texts(chart: &Chart) -> Vec<&str> {
    chart.labels.iter().map(|label| label.text.as_str()).collect()
}

/// Returns whether a label begins with the mark's name.
fn is_said(mark: &Mark, chart: &Chart) -> bool {
    let start: String = mark.name.chars().take(3).collect();
    texts(chart).iter().any(|text| text.starts_with(&start))
}

/// Checks that every number below a lane has an entry in the key, and that every entry has a number.
fn numbers_are_explained(input: &TimelineInput, chart: &Chart) -> Result<(), TestCaseError> {
    let numbers: Vec<usize> = texts(chart).iter().filter_map(|text| text.parse().ok()).collect();
    let most = numbers.iter().copied().max().unwrap_or(0);
    prop_assert!(most <= input.lanes.iter().map(|lane| lane.marks.len()).sum());
    for number in 1..=most {
        let spans = texts(chart).iter().any(|text| match text.split_once('–') {
            Some((first, last)) => {
                first.parse().is_ok_and(|first: usize| first <= number)
                    && last.parse().is_ok_and(|last: usize| number <= last)
            }
            None => false,
        });
        let count = numbers.iter().filter(|&&n| n == number).count();
        prop_assert!(count == 2 || (count == 1 && spans), "{number} stands {count} times in {:?}", texts(chart));
    }
    Ok(())
}
