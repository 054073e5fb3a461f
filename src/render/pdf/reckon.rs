//! About how many pages a brief takes, reckoned from its words by the measures of the page templates. Setting a brief
//! takes a hundred times as long: [`super::super::fit`] reckons first, so that it sets the brief once or twice rather
//! than five times. What comes of the setting counts; a reckoning that is off, as for a user's own templates, costs time
//! alone.

mod filling;

use crate::brief::{
    Block, Brief, Bullet, Figure, List, Section, SectionStyle, Span, Table, TableRow, Tile, Tiles, rows as section_rows,
};
use crate::chart::text_width;
use crate::config::Paper;
use filling::Filling;

/// Points to a millimetre.
const MM: f64 = 72.0 / 25.4;
const BODY: f64 = 9.0;
const SMALL: f64 = 7.5;
/// In ems: from the top of the capitals to the base line, and from there to the capitals of the next line.
const CAPITALS: f64 = 0.714;
const LEADING: f64 = 0.52;
/// Between paragraphs, and between rows of a table, in points.
const SPACING: f64 = 0.66 * BODY;
const ROW_GUTTER: f64 = 5.2;
/// Beside one another: columns of a table, tiles, columns of a section.
const TABLE_GUTTER: f64 = 10.0;
const TILE_GUTTER: f64 = 12.0;
const COLUMN_GUTTER: f64 = 18.0;
const FIGURE_GUTTER: f64 = 14.0;
const HEADING: f64 = 10.5;
/// A line of a row of sections, with what parts it from the next.
const ROW_LINE: f64 = 12.4;

/// Blocks side by side stay on one page unless one of them has so many letters, as `whole` of the page templates counts.
const WHOLE: usize = 1400;
/// So many rows of a table stay together, if none of their cells has more letters than this.
const ROWS: usize = 5;
const SHORT: usize = 150;

/// Pages, the last by how far it is filled, as [`super::extent`] measures them.
pub fn pages(brief: &Brief, paper: Paper) -> f64 {
    let (wide, tall) = match paper {
        Paper::A4 => (210.0 * MM, 297.0 * MM),
        Paper::UsLetter => (612.0, 792.0),
    };
    let (top, column, room) = (41.0, wide - 85.2, tall - 86.3);
    let mut stack = Stack { room, page: 0, at: 0.0, below: None, tied: Vec::new() };
    let title = lines_of(&brief.title, 17.0, true, column);
    stack.add(Piece::spaced((title * (CAPITALS + 0.49) - 0.49) * 17.0, 0.0, 8.5).tied());
    let bullets = brief.summary.iter().map(|line| lines_of(line, BODY, false, column - 10.0)).sum::<f64>();
    stack.add(Piece { below: Some(9.0), ..Piece::new(bullets * (CAPITALS + 0.6) * BODY) });
    for banner in &brief.banners {
        let height = lines(&banner.spans, BODY, column - 16.0) + 10.0;
        stack.add(Piece { below: Some(6.0), ..Piece::new(height) });
    }
    let twelfths = section_rows::twelfths(&brief.sections);
    let mut sections = brief.sections.iter().zip(twelfths).peekable();
    while let Some((section, width)) = sections.next() {
        if width == 12 {
            stack.section(section, column);
            continue;
        }
        let (mut row, mut all) = (vec![(section, width)], width);
        while let Some((section, width)) = sections.next_if(|_| all < 12) {
            all += width;
            row.push((section, width));
        }
        let room = column - COLUMN_GUTTER * (row.len() as f64 - 1.0);
        let of_one = |(section, width): &(&Section, u8)| {
            HEADING * CAPITALS + 8.7 + height(&of_blocks(&section.blocks, room * f64::from(*width) / 12.0))
        };
        // Its columns may run over to the next page, about a line at a time.
        let (tall, head) = (row.iter().map(of_one).fold(0.0, f64::max), HEADING * CAPITALS + 8.7);
        stack.add(Piece::spaced(head.min(tall), 11.0, 0.0).tied());
        let lines = ((tall - head).max(0.0) / ROW_LINE).ceil().max(1.0);
        let line = Piece::spaced((tall - head).max(0.0) / lines, 0.0, 0.0);
        (0..lines as usize).for_each(|_| stack.add(line));
        stack.below = Some(6.0);
    }
    stack.place();
    stack.page as f64 + (top + stack.at) / (top + room)
}

/// What is never divided between two pages: a line, a row, a chart. In points.
#[derive(Clone, Copy)]
struct Piece {
    height: f64,
    /// The distance that it asks for from what is above and from what is below it; none: as between paragraphs.
    above: Option<f64>,
    below: Option<f64>,
    /// Whether it stays with what comes after it.
    tied: bool,
}

impl Piece {
    /// As far from its neighbours as a paragraph.
    fn new(height: f64) -> Self {
        Self { height, above: None, below: None, tied: false }
    }

    fn spaced(height: f64, above: f64, below: f64) -> Self {
        Self { height, above: Some(above), below: Some(below), tied: false }
    }

    fn tied(self) -> Self {
        Self { tied: true, ..self }
    }
}

/// Pieces of one block, so far from each other.
fn rows(heights: impl Iterator<Item = f64>, gutter: f64) -> Vec<Piece> {
    let mut rows: Vec<Piece> = heights.map(|height| Piece::spaced(height, gutter, gutter)).collect();
    if let Some(first) = rows.first_mut() {
        first.above = None;
    }
    if let Some(last) = rows.last_mut() {
        last.below = None;
    }
    rows
}

/// The distance between two pieces: what is asked for counts before what is usual.
fn gap(below: Option<f64>, above: Option<f64>) -> f64 {
    match (below, above) {
        (Some(below), Some(above)) => below.max(above),
        (one, other) => one.or(other).unwrap_or(SPACING),
    }
}

/// What stands on the pages so far.
struct Stack {
    /// Height of a page.
    room: f64,
    /// Full pages.
    page: usize,
    /// How far the last is filled.
    at: f64,
    /// What the last piece asks for below it.
    below: Option<f64>,
    /// Pieces that have no place yet, for they stay with the next.
    tied: Vec<Piece>,
}

impl Stack {
    fn section(&mut self, section: &Section, column: f64) {
        let titled = if section.title.is_empty() { 0.0 } else { HEADING * CAPITALS };
        match section.style {
            SectionStyle::Ruled | SectionStyle::OwnPage => {
                if section.style == SectionStyle::OwnPage {
                    self.place();
                    self.turn();
                }
                self.add(Piece::spaced(titled + 3.2, 10.5, 5.5).tied());
                self.blocks(&section.blocks, column);
            }
            SectionStyle::Boxed => {
                self.add(Piece::spaced(6.0 + titled, 8.0, 6.0).tied());
                self.blocks(&section.blocks, column - 16.0);
                self.place();
                self.at += 6.0;
                self.below = Some(8.0);
            }
            SectionStyle::RunIn => {
                let title = text_width(&section.title, BODY, true);
                let height = height(&of_blocks(&section.blocks, column - title - TABLE_GUTTER));
                self.add(Piece::spaced(height.max(titled), 8.0, 8.0));
            }
        }
    }

    fn blocks(&mut self, blocks: &[Block], column: f64) {
        of_blocks(blocks, column).into_iter().for_each(|piece| self.add(piece));
    }

    fn add(&mut self, piece: Piece) {
        self.tied.push(piece);
        if !piece.tied {
            self.place();
        }
    }

    /// Gives the pieces that stay together their place: on the next page, where this one has no room for them.
    fn place(&mut self) {
        let pieces = std::mem::take(&mut self.tied);
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return };
        if self.at > 0.0 {
            let gap = gap(self.below, first.above);
            if self.at + gap + height(&pieces) > self.room {
                self.turn();
            } else {
                self.at += gap;
            }
        }
        self.at += height(&pieces);
        self.below = last.below;
        while self.at > self.room {
            self.at -= self.room;
            self.page += 1;
        }
    }

    fn turn(&mut self) {
        if self.at > 0.0 {
            self.page += 1;
            self.at = 0.0;
        }
    }
}

/// Height of pieces one below the other.
fn height(pieces: &[Piece]) -> f64 {
    let gaps = pieces.windows(2).map(|two| gap(two[0].below, two[1].above));
    pieces.iter().map(|piece| piece.height).sum::<f64>() + gaps.sum::<f64>()
}

fn of_blocks(blocks: &[Block], column: f64) -> Vec<Piece> {
    let of_each = |(i, block): (usize, &Block)| {
        let mut pieces = of_block(block, column);
        if let (1.., Block::Figure(figure), Some(first)) = (i, block, pieces.first_mut())
            && figure.beside.is_empty()
        {
            first.above = Some(11.0);
        }
        pieces
    };
    blocks.iter().enumerate().flat_map(of_each).collect()
}

fn of_block(block: &Block, column: f64) -> Vec<Piece> {
    match block {
        Block::Text { spans, .. } => of_text(line_count(spans, BODY, column)),
        Block::List(list) => with_left_out(of_list(list, column), &list.left_out, column),
        Block::Table(table) => with_left_out(of_table(table, column), &table.left_out, column),
        Block::Tiles(tiles) => with_left_out(of_tiles(tiles, column), &tiles.left_out, column),
        Block::Figure(figure) => of_figure(figure, column),
        Block::Meter(meter) => {
            let label = text_width(&meter.label, BODY, false);
            vec![Piece::new(lines(&meter.spans, BODY, column * 0.7 - label - 2.0 * TABLE_GUTTER))]
        }
        Block::Columns(columns) => {
            let each = (column - COLUMN_GUTTER * (columns.len() as f64 - 1.0)) / columns.len() as f64;
            let longest = columns.iter().map(|blocks| of_blocks(blocks, each));
            let longest = longest.max_by(|a, b| height(a).total_cmp(&height(b))).unwrap_or_default();
            let is_whole = columns.iter().all(|blocks| letters(blocks) <= WHOLE);
            if is_whole { vec![Piece::new(height(&longest))] } else { longest }
        }
    }
}

/// How many letters stand in a column, and some more for each line that ends before its edge.
fn letters(blocks: &[Block]) -> usize {
    let of_spans = |spans: &[Span]| 40 + spans.iter().map(|span| span.text.len()).sum::<usize>();
    let of_block = |block: &Block| match block {
        Block::Text { spans, .. } => of_spans(spans),
        Block::List(list) => list.items.iter().map(|item| of_spans(&item.spans)).sum(),
        _ => WHOLE + 1,
    };
    blocks.iter().map(of_block).sum()
}

/// Lines of a paragraph: neither its first nor its last stands alone on a page.
fn of_text(lines: usize) -> Vec<Piece> {
    let mut pieces = rows(std::iter::repeat_n(CAPITALS * BODY, lines), LEADING * BODY);
    if let [first, .., before, _] = &mut pieces[..] {
        (first.tied, before.tied) = (true, true);
    } else if let [first, _] = &mut pieces[..] {
        first.tied = true;
    }
    pieces
}

fn with_left_out(mut pieces: Vec<Piece>, said: &Option<String>, column: f64) -> Vec<Piece> {
    pieces.extend(said.iter().flat_map(|said| of_text(lines_of(said, BODY, false, column) as usize)));
    pieces
}

fn of_list(list: &List, column: f64) -> Vec<Piece> {
    let label = list.label.iter().map(|_| Piece::spaced(BODY * CAPITALS, 0.85 * BODY, 0.6 * BODY).tied());
    if list.inline {
        let mut filling = Filling::new(column, BODY);
        for (i, item) in list.items.iter().enumerate() {
            // As wide as the bullet of this one and what parts it from the one before.
            filling.add(if i == 0 { "" } else { "\u{a0}\u{a0}· " }, false);
            filling.add(if item.bullet == Bullet::None { "" } else { "\u{a0}\u{a0}\u{a0}" }, false);
            filling.add_all(&item.spans);
        }
        return label.chain(of_text(filling.lines as usize)).collect();
    }
    let items = list.items.iter().flat_map(|item| {
        let room = if item.bullet == Bullet::None { column } else { column - 8.0 };
        of_text(line_count(&item.spans, BODY, room))
    });
    label.chain(items).collect()
}

fn of_table(table: &Table, column: f64) -> Vec<Piece> {
    let parts: f64 = table.columns.iter().map(|column| column.width).sum();
    let gutters = TABLE_GUTTER * (table.columns.len() as f64 - 1.0);
    // A column without a width is as wide as its widest cell.
    let own = |i: usize| {
        let wide = |spans: &Vec<Span>| spans.iter().map(|span| text_width(&span.text, BODY, false)).sum::<f64>();
        table.rows.iter().filter_map(|row| row.cells.get(i)).map(wide).fold(0.0, f64::max)
    };
    let own: Vec<f64> =
        table.columns.iter().enumerate().map(|(i, c)| if c.width > 0.0 { 0.0 } else { own(i) }).collect();
    let room = (column - gutters - own.iter().sum::<f64>()).max(40.0);
    let share = |i: usize| match table.columns.get(i) {
        Some(c) if c.width > 0.0 => room * c.width / parts,
        Some(_) => own[i] + 0.1,
        None => column,
    };
    let head = table.show_head.then_some(SMALL * CAPITALS);
    let row = |row: &TableRow| {
        let cells = row.cells.iter().enumerate().map(|(i, cell)| lines(cell, BODY, share(i)));
        cells.fold(0.0, f64::max)
    };
    let mut pieces = rows(head.into_iter().chain(table.rows.iter().map(row)), ROW_GUTTER);
    let letters = |cell: &[Span]| cell.iter().map(|span| span.text.len()).sum::<usize>();
    let together =
        table.rows.len() <= ROWS && table.rows.iter().flat_map(|row| &row.cells).all(|cell| letters(cell) <= SHORT);
    let tied = if together { pieces.len().saturating_sub(1) } else { usize::from(table.show_head) };
    pieces.iter_mut().take(tied).for_each(|piece| piece.tied = true);
    pieces
}

fn of_tiles(tiles: &Tiles, column: f64) -> Vec<Piece> {
    let across = ((column + TILE_GUTTER) / 118.0).floor().clamp(1.0, 4.0);
    let side_by_side = across.min((tiles.tiles.len() as f64).max(3.0));
    let each = (column - TILE_GUTTER * (side_by_side - 1.0)) / side_by_side;
    let row = |row: &[Tile]| row.iter().map(|tile| of_tile(tile, each)).fold(0.0, f64::max);
    rows(tiles.tiles.chunks(side_by_side as usize).map(row), 8.0)
}

fn of_tile(tile: &Tile, width: f64) -> f64 {
    let name = lines_of(&tile.name, BODY, false, width - text_width(&tile.value, BODY, true) - 4.0);
    let chart = tile.chart.as_ref().map_or(0.0, |chart| chart.height * width / chart.width);
    text(name, BODY) + 3.0 + chart + 3.0 + lines(&tile.note, SMALL, width) + lines(&tile.verdict, SMALL, width)
}

fn of_figure(figure: &Figure, column: f64) -> Vec<Piece> {
    let is_alone = figure.beside.is_empty();
    let width = if is_alone { column } else { figure.chart.width };
    let title = text(lines_of(&figure.chart.title, 8.0, true, width), 8.0) + 4.0;
    let chart = title + figure.chart.height * width / figure.chart.width;
    if is_alone {
        return vec![Piece::new(chart)];
    }
    let beside = of_blocks(&figure.beside, column - width - FIGURE_GUTTER);
    if letters(&figure.beside) <= WHOLE {
        return vec![Piece::spaced(chart.max(height(&beside)), 9.0, 9.0)];
    }
    // What stands beside the chart is as one with it; lines below it go on to the next page.
    let along = (1..=beside.len()).find(|&n| height(&beside[..n]) >= chart).unwrap_or(beside.len());
    let (along, rest) = beside.split_at(along);
    let along = Piece { above: Some(9.0), ..Piece::new(chart.max(height(along))) };
    std::iter::once(along).chain(rest.iter().copied()).collect()
}

/// Height of so many lines of text.
fn text(lines: f64, size: f64) -> f64 {
    (lines * (CAPITALS + LEADING) - LEADING) * size
}

/// Height of a paragraph.
fn lines(spans: &[Span], size: f64, column: f64) -> f64 {
    text(line_count(spans, size, column) as f64, size)
}

fn line_count(spans: &[Span], size: f64, column: f64) -> usize {
    let mut filling = Filling::new(column, size);
    filling.add_all(spans);
    filling.lines as usize
}

fn lines_of(line: &str, size: f64, bold: bool, column: f64) -> f64 {
    let mut filling = Filling::new(column, size);
    filling.add(line, bold);
    filling.lines
}
