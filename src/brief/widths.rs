//! Chooses the widths of a table's columns: those of its section if all cells fit; otherwise columns that fit one line
//! keep it, and the remaining width goes where it saves most lines. [`compose`](super::compose()) calls it. Pure.

use std::collections::HashMap;

use super::rows::twelfths;
use super::{Block, Section, SectionStyle, Span, Style, Table, WEB_ONLY};
use crate::chart::text_width;
use crate::words::{Words, unbroken};

/// Width of the page's text, and the horizontal padding of a box, in points.
const PAGE: f64 = 510.0;
const BOX: f64 = 18.0;
/// Total gap between sections that share a row of the page, and gap between the columns of a table, in points.
const GAPS: f64 = 24.0;
const GUTTER: f64 = 10.0;
/// Font sizes of a cell and of a header, and width of a shape, in points.
const CELL: f64 = 9.0;
const HEAD: f64 = 7.5;
const SHAPE: f64 = 6.0;
/// Possible error of a measured width, in points.
const MEASURE_ERROR: f64 = 0.6;
/// Tables with more rows keep the widths of their section.
const MAX_ROWS: usize = 40;
/// Share of a table's width that is moved from one column to another in a step, and maximum number of steps.
const STEP: f64 = 0.015;
const MAX_STEPS: usize = 9;
/// Cost of a word that does not fit its column, in lines, and cost of a line of a row, in lines of its cells.
const BROKEN_WORD_COST: usize = 20;
const ROW_COST: usize = 100;

pub(super) fn fit(sections: &mut [Section], words: &Words) {
    let languages = [words, Words::of_or_english("en")];
    let shares = twelfths(sections);
    for (section, share) in sections.iter_mut().zip(shares) {
        let room = if share == 12 { PAGE } else { (PAGE - GAPS) * f64::from(share) / 12.0 };
        let room = if section.style == SectionStyle::Boxed { room - BOX } else { room };
        for block in &mut section.blocks {
            if let Block::Table(table) = block {
                fit_table(table, room, &languages);
            }
        }
    }
}

/// The widths of the words of a cell, and its width on one line.
struct Cell {
    words: Vec<f64>,
    all: f64,
}

impl Cell {
    fn of(spans: &[Span], languages: &[&Words]) -> Self {
        let (mut words, mut begins) = (Vec::new(), true);
        for span in spans {
            let bold = matches!(span.style, Style::Strong | Style::Warning);
            let text = unbroken(&span.text, languages);
            let mut parts: Vec<&str> = text.split(' ').collect();
            if span.style == Style::Shape {
                parts = vec![""];
            }
            for (nth, part) in parts.iter().enumerate() {
                begins |= nth > 0;
                let own = if span.style == Style::Shape { SHAPE } else { text_width(part, CELL, bold) };
                if own == 0.0 {
                    continue;
                }
                match words.last_mut() {
                    Some(last) if !begins => *last += own,
                    _ => words.push(own),
                }
                begins = false;
            }
        }
        let all = words.iter().sum::<f64>() + blank() * words.len().saturating_sub(1) as f64 + MEASURE_ERROR;
        Self { words, all }
    }

    fn lines(&self, width: f64) -> usize {
        let (mut lines, mut x, blank) = (1, 0.0, blank());
        for word in &self.words {
            if x > 0.0 && x + blank + word + MEASURE_ERROR > width {
                (lines, x) = (lines + 1, *word);
            } else {
                x += if x > 0.0 { blank + word } else { *word };
            }
        }
        lines + self.words.iter().filter(|word| **word > width).count() * BROKEN_WORD_COST
    }
}

fn blank() -> f64 {
    text_width(" ", CELL, false)
}

fn fit_table(table: &mut Table, page: f64, languages: &[&Words]) {
    let columns = table.columns.len();
    let room = page - GUTTER * columns.saturating_sub(1) as f64;
    let drawn: f64 = table.columns.iter().map(|column| column.width).sum();
    let printed = table.rows.iter().filter(|row| row.priority != WEB_ONLY);
    let rows: Vec<Vec<Cell>> =
        printed.map(|row| row.cells.iter().map(|cell| Cell::of(cell, languages)).collect()).collect();
    if columns < 2 || rows.is_empty() || rows.len() > MAX_ROWS || table.columns.iter().any(|it| it.width <= 0.0) {
        return;
    }
    let longest = |nth: usize| rows.iter().filter_map(|row| row.get(nth)).map(|cell| cell.all).fold(0.0, f64::max);
    let head = |nth: usize| if table.show_head { text_width(&table.columns[nth].title, HEAD, false) } else { 0.0 };
    let needs: Vec<f64> = (0..columns).map(|nth| longest(nth).max(head(nth))).collect();
    let shares: Vec<f64> = table.columns.iter().map(|column| column.width / drawn).collect();
    let (mut widths, open) = filled(&needs, &shares, room);
    // The lines of each row in a column of a width: the same few widths are tried again and again.
    let mut known: HashMap<(usize, u64), Vec<usize>> = HashMap::new();
    // The lines of all rows cost most; the lines of their cells cost a little, so that a row of two long cells improves
    // step by step.
    let mut cost = |widths: &[f64]| -> usize {
        let (mut tallest, mut all) = (vec![0; rows.len()], 0);
        for (nth, width) in widths.iter().enumerate() {
            let lines = known
                .entry((nth, width.to_bits()))
                .or_insert_with(|| rows.iter().map(|row| row.get(nth).map_or(0, |cell| cell.lines(*width))).collect());
            tallest.iter_mut().zip(lines.iter()).for_each(|(tallest, lines)| *tallest = *lines.max(tallest));
            all += lines.iter().sum::<usize>();
        }
        tallest.iter().sum::<usize>() * ROW_COST + all
    };
    let mut min = cost(&widths);
    // Width is moved between columns as long as that saves lines.
    while let Some((fewer, better)) = moves(&open, columns)
        .map(|(to, from)| {
            let mut other = widths.clone();
            for (from, steps) in from {
                other[from] -= room * STEP * steps as f64;
                other[to] += room * STEP * steps as f64;
            }
            other
        })
        .filter(|other| other.iter().enumerate().all(|(nth, width)| *width >= head(nth)))
        .map(|other| (cost(&other), other))
        .filter(|(fewer, _)| *fewer < min)
        .min_by_key(|(fewer, _)| *fewer)
    {
        (min, widths) = (fewer, better);
    }
    for (column, width) in table.columns.iter_mut().zip(widths) {
        column.width = width / room * 100.0;
    }
}

/// Returns the width of each column, and the open columns: a column gets the width it needs if its share allows that;
/// the open ones divide the rest by their shares.
fn filled(needs: &[f64], shares: &[f64], room: f64) -> (Vec<f64>, Vec<usize>) {
    let mut open: Vec<usize> = (0..needs.len()).collect();
    if open.iter().all(|nth| needs[*nth] <= room * shares[*nth]) {
        return (shares.iter().map(|share| share * room).collect(), Vec::new());
    }
    let mut widths = needs.to_vec();
    loop {
        let taken: f64 = (0..needs.len()).filter(|nth| !open.contains(nth)).map(|nth| needs[nth]).sum();
        let of_open: f64 = open.iter().map(|nth| shares[*nth]).sum();
        let own = |nth: usize| (room - taken) * shares[nth] / of_open;
        let still: Vec<usize> = open.iter().copied().filter(|nth| needs[*nth] > own(*nth)).collect();
        if still.len() == open.len() {
            open.iter().for_each(|nth| widths[*nth] = own(*nth));
            return (widths, open);
        }
        if still.is_empty() {
            let rest = room - needs.iter().sum::<f64>();
            (0..needs.len()).for_each(|nth| widths[nth] += rest * shares[nth]);
            return (widths, open);
        }
        open = still;
    }
}

/// Returns the possible moves of width to an open column from one or two others, in steps, the smallest first.
fn moves(open: &[usize], columns: usize) -> impl Iterator<Item = (usize, [(usize, usize); 2])> {
    let others = move |to: usize| (0..columns).filter(move |from| *from != to);
    let sources = move |to: usize| others(to).flat_map(move |one| others(to).map(move |other| (one, other)));
    let steps = || (1..=MAX_STEPS).flat_map(|all| (0..=all / 2).map(move |less| (all - less, less)));
    open.iter().copied().flat_map(move |to| {
        sources(to).flat_map(move |(one, other)| steps().map(move |(more, less)| (to, [(one, more), (other, less)])))
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Align, TableColumn, TableRow};
    use super::*;

    fn table(widths: [f64; 3], cells: &[[&str; 3]]) -> Table {
        let column = |width| TableColumn { title: String::new(), width, align: Align::Left };
        let row = |cells: &[&str; 3]| TableRow {
            cells: cells.map(|cell| vec![Span::plain(cell)]).to_vec(),
            keys: Vec::new(),
            priority: 50,
        };
        let rows = cells.iter().map(row).collect();
        let columns = widths.map(column).to_vec();
        Table { caption: String::new(), columns, show_head: true, row_heads: true, rows, more: "asks" }
    }

    fn fitted(widths: [f64; 3], cells: &[[&str; 3]]) -> Vec<f64> {
        let mut table = table(widths, cells);
        fit_table(&mut table, PAGE, &[Words::of_or_english("en")]);
        table.columns.iter().map(|column| column.width).collect()
    }

    #[test]
    fn a_table_that_fits_keeps_its_widths() {
        assert_eq!(fitted([50.0, 25.0, 25.0], &[["Schema agreed", "15 Oct", "done"]]), [50.0, 25.0, 25.0]);
    }

    #[test]
    fn a_column_takes_the_width_others_leave() {
        let risk =
            "Pilot accounts lose interest before self-serve: a weekly call with each of the three of them, and a visit";
        let widths = fitted([58.0, 21.0, 21.0], &[[risk, "medium × high", "new"]]);
        assert!(widths[0] > 75.0 && (widths.iter().sum::<f64>() - 100.0).abs() < 0.01, "{widths:?}");
    }

    #[test]
    fn the_column_that_saves_a_line_gets_the_width() {
        let long = "words that take three lines in less than the half of such a table, and two where the column is wider by a bit";
        let short = "words that take two lines in less than the half of such a table";
        let widths = fitted([45.0, 45.0, 10.0], &[[long, short, "new"]; 3]);
        let lines =
            |text: &str, width: f64| Cell::of(&[Span::plain(text)], &[]).lines(width * (PAGE - 2.0 * GUTTER) / 100.0);
        assert_eq!((lines(long, 45.0), lines(short, 45.0)), (3, 2));
        assert_eq!((lines(long, widths[0]), lines(short, widths[1])), (2, 2), "{widths:?}");
    }

    #[test]
    fn a_date_is_measured_as_one_word() {
        let english = [Words::of_or_english("en")];
        assert_eq!(Cell::of(&[Span::plain("raised 1 Sep 2024")], &english).words.len(), 2);
    }
}
