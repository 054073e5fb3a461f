//! Decides whether the cells of a row are names of columns above numbers and dates. This distinguishes a header and its
//! further lines from data rows with mistyped cells.

use crate::lexicon;
use crate::table::layout::sample::{CellType, SampleRow};

/// Returns whether the cells of a row can be names: words, or words beside a run of years, months or numbers.
pub(crate) fn names_columns(row: &SampleRow) -> bool {
    let words = row.types().iter().filter(|cell_type| **cell_type == CellType::Text).count();
    let others: Vec<&str> = row
        .cells
        .iter()
        .zip(row.types())
        .filter(|(_, cell_type)| matches!(cell_type, CellType::Number | CellType::Date))
        .map(|(cell, _)| cell.as_ref())
        .collect();
    let addresses = row.types().contains(&CellType::Address);
    !addresses && (others.is_empty() && words > 0 || (words > 0 || others.len() > 2) && is_run(&others))
}

/// Returns whether the cells are years, months, days or whole numbers in equal steps, as in tables with one column for
/// each period.
fn is_run(cells: &[&str]) -> bool {
    let numbers: Option<Vec<i64>> = cells.iter().map(|cell| cell.parse().ok()).collect();
    let dates = || -> Option<Vec<i64>> {
        let day =
            |cell: &&str| crate::table::values::dates::read(cell)?.day(Some(crate::table::options::DateOrder::Dmy));
        cells.iter().map(|cell| Some(i64::from(chrono::Datelike::num_days_from_ce(&day(cell)?)))).collect()
    };
    match numbers {
        Some(numbers) => {
            let steps: Vec<i64> = numbers.windows(2).map(|pair| pair[1] - pair[0]).collect();
            let even = steps.windows(2).all(|pair| pair[0] == pair[1]) && steps.iter().all(|step| step.abs() == 1);
            let years = numbers.iter().all(|n| (1900..=2100).contains(n));
            let rising = steps.iter().all(|step| *step > 0) || steps.iter().all(|step| *step < 0);
            match numbers.len() {
                0 => false,
                1 => years,
                2 => even && years,
                _ => even || (years && rising),
            }
        }
        None => dates().is_some_and(|days| {
            days.len() == 1 || days.windows(2).all(|p| p[0] < p[1]) || days.windows(2).all(|p| p[0] > p[1])
        }),
    }
}

/// Returns the type of each column whose cells are nearly all numbers or nearly all dates.
pub(crate) fn typed_columns(below: &[&SampleRow]) -> Vec<Option<CellType>> {
    let width = below.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let mut counts = vec![[0_usize; 3]; width];
    for row in below {
        for (cell_type, [numbers, dates, others]) in row.types().iter().zip(&mut counts) {
            match cell_type {
                CellType::Blank => {}
                CellType::Number => *numbers += 1,
                CellType::Date => *dates += 1,
                CellType::Text | CellType::Address => *others += 1,
            }
        }
    }
    let typed = |[numbers, dates, others]: [usize; 3]| {
        let all = numbers + dates + others;
        match () {
            () if all > 0 && numbers * 5 >= all * 4 => Some(CellType::Number),
            () if all > 0 && dates * 5 >= all * 4 => Some(CellType::Date),
            () => None,
        }
    };
    counts.into_iter().map(typed).collect()
}

/// Returns whether the row has more names than values in columns of numbers or dates.
pub(crate) fn names_more(row: &SampleRow, typed: &[Option<CellType>]) -> bool {
    let columns = || typed.iter().enumerate().filter_map(|(column, typed)| Some((column, (*typed)?)));
    let is_name = |(column, typed): (usize, CellType)| match row.cell_type(column) {
        CellType::Blank => true,
        CellType::Text => !is_mistyped(&row.cells[column], typed),
        _ => false,
    };
    columns().filter(|(column, _)| row.cell_type(*column) == CellType::Text).count() > 1
        && columns().all(is_name)
        && names_columns(row)
}

/// Returns whether a text in a column of numbers or dates is a mistyped value rather than a name: `2026-13-45`, `12O`.
fn is_mistyped(cell: &str, typed: CellType) -> bool {
    match typed {
        CellType::Date => cell.contains(|c: char| c.is_ascii_digit()),
        _ => cell.starts_with(|c: char| c.is_ascii_digit()) || !cell.contains(char::is_alphabetic),
    }
}

/// Returns whether a row fills a column of each list. Without lists, the result is false.
pub(crate) fn is_whole(row: &SampleRow, required: &[Vec<usize>]) -> bool {
    let is_filled = |column: &usize| row.cell_type(*column) != CellType::Blank;
    !required.is_empty() && required.iter().all(|columns| columns.iter().any(is_filled))
}

/// Returns whether every text in a column of numbers or dates can be its name: a word that headers have, one from the
/// header itself, or a unit or format in brackets.
pub(crate) fn tells_names(row: &SampleRow, header: &SampleRow, typed: &[Option<CellType>]) -> bool {
    let words = |text: &str| lexicon::words(text).into_iter().collect::<std::collections::BTreeSet<_>>();
    let names = |column: usize| {
        let cell = row.cells.get(column).map_or("", |cell| cell.as_ref());
        let own = header.cells.get(column).map_or("", |cell| cell.as_ref());
        cell.is_empty()
            || lexicon::is_header(cell)
            || lexicon::is_date_header(cell)
            || cell.starts_with(['(', '['])
            || is_form_of_dates(cell)
            || !words(cell).is_disjoint(&words(own))
    };
    typed.iter().enumerate().filter(|(_, typed)| typed.is_some()).all(|(column, _)| names(column))
}

/// Returns whether a cell is a date format: `yyyy-mm-dd`, `TT.MM.JJJJ`, `jj/mm/aaaa`.
fn is_form_of_dates(cell: &str) -> bool {
    let mut parts = cell.split(['-', '.', '/', ' ']).filter(|part| !part.is_empty()).peekable();
    let is_part = |part: &str| {
        let letters: Vec<char> = part.to_lowercase().chars().collect();
        (2..=4).contains(&letters.len())
            && letters.first().is_some_and(|first| "ymdjtag".contains(*first) && letters.iter().all(|c| c == first))
    };
    parts.peek().is_some() && parts.all(is_part)
}

/// Returns whether a row has names in columns that the header leaves blank, and nothing elsewhere.
pub(crate) fn completes(row: &SampleRow, header: &SampleRow) -> bool {
    let is_blank = |row: &SampleRow, column: usize| row.cell_type(column) == CellType::Blank;
    let mut columns = (0..row.cells.len()).filter(|column| !is_blank(row, *column));
    let is_open = |column: usize| {
        column < header.cells.len() && is_blank(header, column) && row.cell_type(column) == CellType::Text
    };
    row.filled() > 1 && columns.all(is_open)
}

pub(crate) fn are_objects(row: &SampleRow) -> bool {
    row.filled() > 1 && row.cells.iter().all(|cell| cell.is_empty() || (cell.starts_with("{\"") && cell.ends_with('}')))
}

/// Returns whether a text in a column of numbers or dates cannot belong to a header.
pub(crate) fn has_slips(row: &SampleRow, typed: &[Option<CellType>]) -> bool {
    let mut texts = typed.iter().enumerate().filter(|(column, _)| row.cell_type(*column) == CellType::Text);
    texts.any(|(column, typed)| *typed == Some(CellType::Date) && is_mistyped(&row.cells[column], CellType::Date))
}
