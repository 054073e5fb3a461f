//! About how many pages a brief takes, reckoned from its words by the measures of the page templates. Setting a brief
//! takes a hundred times as long: [`super::super::fit`] reckons first, so that it sets the brief once or twice rather
//! than five times. What comes of the setting counts; a reckoning that is off, as for a user's own templates, costs time
//! alone.

use crate::brief::{Block, Brief, Figure, List, Section, Setting, Span, Style, Table, Tile, Tiles};
use crate::chart::text_width;
use crate::config::Paper;

/// Points to a millimetre.
const MM: f64 = 72.0 / 25.4;
const BODY: f64 = 9.0;
const SMALL: f64 = 7.5;
/// In ems: from the top of the capitals to the base line, and from there to the capitals of the next line.
const CAPITALS: f64 = 0.714;
const LEADING: f64 = 0.52;
/// Between paragraphs, and between rows of a table, in points.
const SPACING: f64 = 0.66 * BODY;
const ROW_GUTTER: f64 = 6.2;
/// Beside one another: columns of a table, tiles, columns of a section.
const TABLE_GUTTER: f64 = 10.0;
const TILE_GUTTER: f64 = 12.0;
const COLUMN_GUTTER: f64 = 18.0;

/// Blocks side by side that are no higher stay on one page.
const WHOLE: f64 = 125.0;

/// Pages, the last by how far it is filled.
pub fn pages(brief: &Brief, paper: Paper) -> f64 {
    let (width, height) = match paper {
        Paper::A4 => (210.0 * MM, 297.0 * MM),
        Paper::UsLetter => (612.0, 792.0),
    };
    let (column, room) = (width - 34.0 * MM, height - 31.0 * MM);
    let kicker = SMALL * CAPITALS + 8.0;
    let banners: f64 = brief.banners.iter().map(|banner| lines(&banner.spans, BODY, column - 16.0) + 16.0).sum();
    let title = lines_of(&brief.title, 16.0, true, column) * 1.16 * 16.0 + 9.0 - 0.45 * 16.0;
    let summary = lines_of(&brief.summary.join(" "), 10.0, false, column) * (CAPITALS + 0.55) * 10.0 + 8.0 - 5.5;
    let mut stack = Stack { room, at: kicker + banners + title + summary };
    brief.sections.iter().for_each(|section| stack.section(section, column));
    stack.at / room
}

/// What stands on the pages so far.
struct Stack {
    /// Height of a page.
    room: f64,
    /// Height of all pages before, and of what stands on this one.
    at: f64,
}

impl Stack {
    fn section(&mut self, section: &Section, column: f64) {
        let titled = if section.title.is_empty() { 0.0 } else { 9.8 * CAPITALS };
        match section.setting {
            Setting::Ruled | Setting::OwnPage => {
                if section.setting == Setting::OwnPage {
                    self.turn();
                }
                self.add(10.5 + titled + 3.2 + 5.5, false);
                for (i, block) in section.blocks.iter().enumerate() {
                    let height = of_block(block, column);
                    self.add(if i == 0 { height } else { height + SPACING }, is_whole(block, height));
                }
            }
            Setting::Boxed => {
                let blocks = of_blocks(&section.blocks, column - 16.0);
                self.add(8.0 + 6.0 + titled + 6.0 + blocks + 6.0 + 8.0 - SPACING, false);
            }
            Setting::RunIn => {
                let title = text_width(&section.title, BODY, true);
                self.add(8.0 + of_blocks(&section.blocks, column - title - TABLE_GUTTER).max(titled), false);
            }
        }
    }

    /// Adds what is so high; what stays whole goes on to the next page where this one has no room for it.
    fn add(&mut self, height: f64, whole: bool) {
        if whole && self.at % self.room + height > self.room {
            self.turn();
        }
        self.at += height;
    }

    fn turn(&mut self) {
        self.at = (self.at / self.room).ceil() * self.room;
    }
}

/// Whether a block is never divided between pages.
fn is_whole(block: &Block, height: f64) -> bool {
    match block {
        Block::Figure(figure) => figure.beside.is_empty() || height <= WHOLE,
        Block::Columns(_) => height <= WHOLE,
        Block::Text { .. } | Block::List(_) | Block::Table(_) | Block::Tiles(_) | Block::Meter(_) => false,
    }
}

/// One below the other, with what stands between them.
fn of_blocks(blocks: &[Block], column: f64) -> f64 {
    let heights = blocks.iter().map(|block| of_block(block, column) + SPACING);
    (heights.sum::<f64>() - SPACING).max(0.0)
}

fn of_block(block: &Block, column: f64) -> f64 {
    match block {
        Block::Text { spans, .. } => lines(spans, BODY, column),
        Block::List(list) => of_list(list, column) + left_out(&list.left_out, column),
        Block::Table(table) => of_table(table, column) + left_out(&table.left_out, column),
        Block::Tiles(tiles) => of_tiles(tiles, column) + left_out(&tiles.left_out, column),
        Block::Figure(figure) => of_figure(figure, column),
        Block::Meter(meter) => lines(&meter.spans, BODY, column * 0.5),
        Block::Columns(columns) => {
            let each = (column - COLUMN_GUTTER * (columns.len() as f64 - 1.0)) / columns.len() as f64;
            columns.iter().map(|blocks| of_blocks(blocks, each)).fold(0.0, f64::max)
        }
    }
}

fn left_out(said: &Option<String>, column: f64) -> f64 {
    said.as_ref().map_or(0.0, |said| SPACING + text(lines_of(said, BODY, false, column), BODY))
}

fn of_list(list: &List, column: f64) -> f64 {
    let label = if list.label.is_some() { BODY * (CAPITALS + 0.6) } else { 0.0 };
    if list.inline {
        let spans: Vec<Span> = list.items.iter().flat_map(|item| item.spans.clone()).collect();
        let dots = list.items.len() as f64 * 14.0 / column;
        return label + lines(&spans, BODY, column) + dots * BODY;
    }
    let items = list.items.iter().map(|item| {
        let room = if item.bullet == crate::brief::Bullet::None { column } else { column - 8.0 };
        lines(&item.spans, BODY, room) + SPACING
    });
    label + items.sum::<f64>() - SPACING
}

fn of_table(table: &Table, column: f64) -> f64 {
    let parts: f64 = table.columns.iter().map(|column| column.width).sum();
    let gutters = TABLE_GUTTER * (table.columns.len() as f64 - 1.0);
    let share = |i: usize| table.columns.get(i).map_or(column, |c| (column - gutters) * c.width / parts);
    let head = if table.show_head { SMALL * CAPITALS + ROW_GUTTER } else { 0.0 };
    let rows = table.rows.iter().map(|row| {
        let cells = row.cells.iter().enumerate().map(|(i, cell)| lines(cell, BODY, share(i)));
        cells.fold(0.0, f64::max) + ROW_GUTTER
    });
    head + rows.sum::<f64>() - ROW_GUTTER
}

fn of_tiles(tiles: &Tiles, column: f64) -> f64 {
    let across = ((column + TILE_GUTTER) / 118.0).floor().clamp(1.0, 4.0);
    let side_by_side = across.min((tiles.tiles.len() as f64).max(3.0));
    let each = (column - TILE_GUTTER * (side_by_side - 1.0)) / side_by_side;
    let rows = tiles.tiles.chunks(side_by_side as usize);
    rows.map(|row| row.iter().map(|tile| of_tile(tile, each)).fold(0.0, f64::max) + 8.0).sum::<f64>() - 8.0
}

fn of_tile(tile: &Tile, width: f64) -> f64 {
    let name = lines_of(&tile.name, BODY, false, width - text_width(&tile.value, BODY, true) - 4.0);
    let chart = tile.chart.as_ref().map_or(0.0, |chart| chart.height * width / chart.width);
    text(name, BODY) + 3.0 + chart + 3.0 + lines(&tile.note, SMALL, width)
}

fn of_figure(figure: &Figure, column: f64) -> f64 {
    let beside = !figure.beside.is_empty();
    let width = if beside { figure.chart.width } else { column };
    let title = text(lines_of(&figure.chart.title, 8.0, true, width), 8.0) + 4.0;
    let chart = title + figure.chart.height * width / figure.chart.width;
    if beside { chart.max(of_blocks(&figure.beside, column - width - 14.0)) } else { chart }
}

/// Height of so many lines of text.
fn text(lines: f64, size: f64) -> f64 {
    (lines * (CAPITALS + LEADING) - LEADING) * size
}

/// Height of a paragraph.
fn lines(spans: &[Span], size: f64, column: f64) -> f64 {
    let mut filling = Filling::new(column, size);
    spans.iter().for_each(|span| filling.add(&span.text, span.style == Style::Strong));
    text(filling.lines, size)
}

fn lines_of(line: &str, size: f64, bold: bool, column: f64) -> f64 {
    let mut filling = Filling::new(column, size);
    filling.add(line, bold);
    filling.lines
}

/// A paragraph as it fills its lines, word by word.
struct Filling {
    column: f64,
    size: f64,
    blank: f64,
    /// Where the last line ends.
    at: f64,
    lines: f64,
}

impl Filling {
    fn new(column: f64, size: f64) -> Self {
        Self { column: column.max(size), size, blank: text_width(" ", size, false), at: 0.0, lines: 1.0 }
    }

    fn add(&mut self, text: &str, bold: bool) {
        for (i, word) in text.split(' ').enumerate() {
            let before = if i == 0 { 0.0 } else { self.blank };
            let width = text_width(word, self.size, bold);
            if self.at + before + width <= self.column || self.at == 0.0 {
                self.at += before + width;
            } else {
                self.lines += 1.0;
                self.at = width;
            }
            // A word that is wider than the column is divided.
            let over = (self.at / self.column).ceil() - 1.0;
            if over > 0.0 {
                self.lines += over;
                self.at -= over * self.column;
            }
        }
    }
}
