//! Gives each part of a brief that may be cut its place, as `n`, so that the template can mark its position; and
//! removes what only a screen can show.

use serde_json::Value;

type Places<'a> = std::iter::Copied<std::slice::Iter<'a, usize>>;

/// Numbers the parts in the sections of a brief, given as data, by `places` in the same order.
pub(crate) fn number(brief: &mut Value, places: &[usize]) {
    let mut places = places.iter().copied();
    for section in each(&mut brief["sections"]) {
        blocks(&mut section["blocks"], &mut places);
    }
}

fn blocks(list: &mut Value, places: &mut Places) {
    for block in each(list) {
        let kind = block["kind"].as_str().map(str::to_owned);
        let of = &mut block["of"];
        match kind.as_deref() {
            Some("text" | "meter") => one(of, places),
            Some("list") => each(&mut of["items"]).for_each(|item| one(item, places)),
            Some("table") => each(&mut of["rows"]).for_each(|row| one(row, places)),
            Some("tiles") => each(&mut of["tiles"]).for_each(|tile| {
                one(tile, places);
                on_paper(&mut tile["chart"]);
            }),
            Some("figure") => {
                one(of, places);
                on_paper(&mut of["chart"]);
                blocks(&mut of["beside"], places);
            }
            Some("columns") => each(of).for_each(|column| blocks(column, places)),
            _ => {}
        }
    }
}

/// A part that the whole brief does not contain gets no number.
fn one(thing: &mut Value, places: &mut Places) {
    let place = places.next().and_then(|place| i64::try_from(place).ok());
    if let (Some(place), Some(thing)) = (place, thing.as_object_mut()) {
        thing.insert("n".to_owned(), place.into());
    }
}

/// Removes the tooltips of a chart, which are useless in print.
fn on_paper(chart: &mut Value) {
    if let Some(chart) = chart.as_object_mut() {
        chart.remove("spots");
    }
}

fn each(list: &mut Value) -> impl Iterator<Item = &mut Value> {
    list.as_array_mut().into_iter().flatten()
}
