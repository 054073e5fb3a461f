//! Estimates the height of a brief after a cut, page by page. Its parts are grouped in units that a page break does not
//! divide. Heights come from the typesetter's measurements, and for parts it has not set yet from their number of
//! characters.

mod unit;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use unit::GAP;
pub(super) use unit::{TILES_ACROSS, Unit};
pub(super) use walk::units;

/// The position of a part: its page, and its upper and lower edge in points below the top of the page's text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Extent {
    pub page: usize,
    pub top: f64,
    pub bottom: f64,
}

/// Positions of parts by their place; a part that continues on another page has several.
pub type Measured = BTreeMap<usize, Vec<Extent>>;

/// Space above a section in points; it is dropped at the top of a page.
const ABOVE_SECTION: f64 = 11.0;
/// Height of the line about what is left out, in points.
const LEFT_OUT: f64 = 16.0;

/// What has been measured so far.
#[derive(Debug, Clone, Default)]
pub struct Heights {
    /// Height of each part.
    things: BTreeMap<usize, f64>,
    /// Space between each unit, by its index, and the one before.
    leads: BTreeMap<usize, f64>,
    /// How much taller each unit is than its parts together.
    more: BTreeMap<usize, f64>,
}

impl Heights {
    /// Takes in the measurements of a brief without the `gone` parts.
    pub(super) fn learn(&mut self, units: &[Unit], gone: &BTreeSet<usize>, measured: &Measured) {
        for (place, parts) in measured {
            self.things.insert(*place, parts.iter().map(|part| part.bottom - part.top).sum());
        }
        // Position of the previous unit.
        let mut before: Option<Extent> = None;
        for (number, unit) in units.iter().enumerate() {
            let parts: Vec<Extent> =
                unit.places().filter_map(|place| measured.get(&place)).flatten().copied().collect();
            let pages = || parts.iter().map(|part| part.page);
            let (Some(first), Some(last)) = (pages().min(), pages().max()) else { continue };
            let on = |page: usize| parts.iter().filter(move |part| part.page == page);
            let top = on(first).map(|part| part.top).fold(f64::INFINITY, f64::min);
            let bottom = on(last).map(|part| part.bottom).fold(0.0, f64::max);
            match before {
                Some(end) if end.page == first => {
                    self.leads.insert(number, (top - end.bottom).max(0.0));
                }
                None if first == 0 => {
                    self.leads.insert(number, top);
                }
                // The unit begins at the top of a page.
                _ if unit.opens => {
                    self.leads.entry(number).or_insert(top + ABOVE_SECTION);
                }
                _ => {}
            }
            if first == last {
                let own: f64 = unit.rows(gone).0.iter().map(|row| row.height(gone, &self.things)).sum();
                self.more.insert(number, bottom - top - own);
            }
            before = Some(Extent { page: last, top, bottom });
        }
    }

    /// Estimates the used height of each page without the `gone` parts, in points, on pages of `room` points.
    pub(super) fn filled(&self, units: &[Unit], gone: &BTreeSet<usize>, room: f64) -> Vec<f64> {
        let mut pages = vec![0.0_f64];
        // Whether the heading of the section is already placed.
        let mut is_headed = false;
        for (number, unit) in units.iter().enumerate() {
            is_headed &= !unit.opens;
            let (rows, splits) = unit.rows(gone);
            let heights = rows.iter().map(|row| row.height(gone, &self.things));
            let rows: Vec<f64> = heights.filter(|height| *height > 0.0).collect();
            let Some(first) = rows.first() else { continue };
            let lead = self.leads.get(&number).copied().unwrap_or(unit.lead);
            // The heading goes with the first remaining unit of its section.
            let lead = if is_headed || unit.opens { lead } else { lead.max(unit.heading) };
            is_headed = true;
            let all = rows.iter().sum::<f64>() + self.more.get(&number).copied().unwrap_or_default();
            let y = pages.last().copied().unwrap_or_default();
            if y > 0.0 && y + lead + if splits { *first - GAP } else { all } > room {
                pages.push(0.0);
            }
            let is_at_top = pages.last().is_some_and(|y| *y == 0.0) && number > 0;
            let lead = if is_at_top { (lead - ABOVE_SECTION).max(0.0) } else { lead };
            place(&mut pages, lead, &rows, all, room, splits);
        }
        if !gone.is_empty() {
            match pages.last_mut() {
                Some(y) if *y + LEFT_OUT <= room => *y += LEFT_OUT,
                _ => pages.push(LEFT_OUT),
            }
        }
        pages
    }
}

/// Places a unit on the last page, and continues on further pages if needed.
fn place(pages: &mut Vec<f64>, lead: f64, rows: &[f64], all: f64, room: f64, splits: bool) {
    let mut y = pages.pop().unwrap_or_default() + lead;
    if !splits || y + all <= room {
        y += all;
        // A part taller than a page continues on the next one.
        while y > room && splits {
            pages.push(room);
            y -= room;
        }
        pages.push(y);
        return;
    }
    for row in rows {
        // The space below the last row of a page is dropped.
        if y + row - GAP > room && y > 0.0 {
            pages.push(y - GAP);
            y = 0.0;
        }
        y += row;
    }
    pages.push(y);
}
