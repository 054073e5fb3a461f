//! Describes the format of a column for `headsup inspect`.

use super::{CellFormat, Tally};
use crate::table::options::DateOrder;

/// Describes a format for people, with a cell of the column as the example.
pub(crate) fn describe(format: &CellFormat, tally: &Tally) -> String {
    let example = tally.first.as_ref().map_or("", |e| if e.place.excerpt.is_some() { e.text.as_str() } else { "" });
    let as_in = if example.is_empty() { String::new() } else { format!(", as {example}") };
    match format {
        CellFormat::Date { fiscal_years: true, .. } => format!("fiscal years{as_in}"),
        CellFormat::Date { order, .. } if tally.shape.is_some() => match order {
            Some(DateOrder::Dmy) => format!("day first{as_in}"),
            Some(DateOrder::Mdy) => format!("month first{as_in}"),
            _ => format!("year first{as_in}"),
        },
        CellFormat::Date { .. } if example.is_empty() => "dates".to_owned(),
        CellFormat::Date { .. } => example.to_owned(),
        CellFormat::IntegerDate(form) => format!("{}{as_in}", form.name()),
        CellFormat::Pattern(pattern) => pattern.clone(),
        CellFormat::Number { code: true, .. } => "codes".to_owned(),
        CellFormat::Number { decimal, unit, scaled, code: false } => {
            let votes = tally.decimals;
            let sign = match decimal {
                _ if votes.point_only + votes.comma_only + votes.open_comma + votes.open_point == 0 => "whole numbers",
                ',' => "decimal comma",
                _ => "decimal point",
            };
            let unit = if unit.is_empty() { String::new() } else { format!(", {unit}") };
            let scaled = if *scaled && unit.is_empty() { ", thousands and millions" } else { "" };
            format!("{sign}{unit}{scaled}")
        }
        CellFormat::Duration if tally.clocks > 0 => format!("hours{as_in}"),
        CellFormat::Duration => format!("hours of work, 8 a day and 40 a week{as_in}"),
        CellFormat::Text => String::new(),
        CellFormat::List { separator: None } => "one value a cell".to_owned(),
        CellFormat::List { separator: Some('\n') } => "separated by line ends".to_owned(),
        CellFormat::List { separator: Some(separator) } => format!("separated by `{separator}`"),
    }
}
