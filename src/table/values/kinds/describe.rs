//! A column's format as `headsup inspect` shows it.

use super::{Format, Tally};
use crate::table::options::DateOrder;

/// A format for people, with a cell of the column as the example.
pub fn describe(format: &Format, tally: &Tally) -> String {
    let example = tally.first.as_ref().map_or("", |e| if e.place.excerpt.is_some() { e.text.as_str() } else { "" });
    let as_in = if example.is_empty() { String::new() } else { format!(", as {example}") };
    match format {
        Format::Date { fiscal_years: true, .. } => format!("fiscal years{as_in}"),
        Format::Date { order, .. } if tally.shape.is_some() => match order {
            Some(DateOrder::Dmy) => format!("day first{as_in}"),
            Some(DateOrder::Mdy) => format!("month first{as_in}"),
            _ => format!("year first{as_in}"),
        },
        Format::Date { .. } if example.is_empty() => "dates".to_owned(),
        Format::Date { .. } => example.to_owned(),
        Format::IntegerDate(form) => format!("{}{as_in}", form.name()),
        Format::Pattern(pattern) => pattern.clone(),
        Format::Number { code: true, .. } => "codes".to_owned(),
        Format::Number { decimal, unit, scaled, code: false } => {
            let votes = tally.decimals;
            let sign = match decimal {
                _ if votes.point_only + votes.comma_only + votes.open_comma + votes.open_point == 0 => "whole numbers",
                ',' => "decimal comma",
                _ => "decimal point",
            };
            let unit = if unit.is_empty() { String::new() } else { format!(", {unit}") };
            format!("{sign}{unit}{}", if *scaled { ", thousands and millions" } else { "" })
        }
        Format::Duration if tally.clocks > 0 => format!("hours{as_in}"),
        Format::Duration => format!("hours of work, 8 a day and 40 a week{as_in}"),
        Format::Text => String::new(),
        Format::List { separator: None } => "one value a cell".to_owned(),
        Format::List { separator: Some('\n') } => "separated by line ends".to_owned(),
        Format::List { separator: Some(separator) } => format!("separated by `{separator}`"),
    }
}
