//! The data types of a brief: sections that consist of a few kinds of blocks, which every renderer handles.

use chrono::NaiveDate;

use crate::chart::{Chart, Tone, Verdict};
use crate::redact::Audience;

/// The style of a span of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Style {
    Plain,
    Strong,
    Emphasis,
    /// Somebody's words, set apart from the text before.
    Quote,
    /// Who said them, and when, on the next line.
    Speaker,
    Quiet,
    Warning,
    Accent,
    Inserted,
    Deleted,
    /// A small outlined label, such as `not validated`.
    Badge,
    /// A small label in the accent colour, such as `validated: 2 renewals`.
    BadgeGood,
    /// A small shape before its word: the text is the name of a [`Verdict`], in lower case.
    Shape,
}

#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Span {
    pub text: String,
    pub style: Style,
    /// A link: http, https or mailto.
    pub href: Option<String>,
}

impl Span {
    pub fn new(style: Style, text: impl Into<String>) -> Self {
        Self { text: text.into(), style, href: None }
    }

    pub fn plain(text: impl Into<String>) -> Self {
        Self::new(Style::Plain, text)
    }

    pub fn strong(text: impl Into<String>) -> Self {
        Self::new(Style::Strong, text)
    }

    pub fn quiet(text: impl Into<String>) -> Self {
        Self::new(Style::Quiet, text)
    }

    /// Returns the shape of a status or verdict, which precedes its word.
    pub fn shape(verdict: Verdict) -> Self {
        Self::new(Style::Shape, verdict.name())
    }

    pub fn warning(text: impl Into<String>) -> Self {
        Self::new(Style::Warning, text)
    }
}

/// The spans of a line or a paragraph.
pub type Spans = Vec<Span>;

/// The sign before an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Bullet {
    None,
    /// A filled dot: done.
    Filled,
    /// A hollow dot: not done.
    Hollow,
}

/// The importance of something for the boss: from 1 (left out first when the pages are full) to 99, or one of the two
/// constants below.
pub type Priority = u8;

/// Shown only on the web page, never in print: details to look up.
pub const WEB_ONLY: Priority = 0;

/// Never left out: asks, the headline, late milestones.
pub const ALWAYS: Priority = 100;

#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Item {
    pub bullet: Bullet,
    pub spans: Spans,
    #[serde(rename = "worth")]
    pub priority: Priority,
}

#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct List {
    /// A small quiet heading above the list.
    pub label: Option<String>,
    pub items: Vec<Item>,
    /// Whether the items continue in one paragraph instead of having a line each.
    pub inline: bool,
    /// Key of the words that count left-out items: `wins` for "4 wins".
    pub more: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Align {
    Left,
    Right,
}

#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct TableColumn {
    pub title: String,
    /// Share of the width that the columns of fixed width leave. 0: the column is as wide as its content.
    pub width: f64,
    pub align: Align,
}

#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct TableRow {
    pub cells: Vec<Spans>,
    /// Sort keys of the cells for tables that a reader can sort: a date as its day number, a number as itself. Empty:
    /// by text.
    pub keys: Vec<Option<f64>>,
    #[serde(rename = "worth")]
    pub priority: Priority,
}

#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Table {
    /// Description for screen readers.
    pub caption: String,
    pub columns: Vec<TableColumn>,
    /// Whether the header is visible; screen readers always have it.
    pub show_head: bool,
    /// Whether the first cell of a row is its heading.
    pub row_heads: bool,
    pub rows: Vec<TableRow>,
    pub more: &'static str,
}

#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Figure {
    pub chart: Chart,
    /// Blocks to the right of the chart; if empty, the chart takes the whole width.
    pub beside: Vec<Block>,
    #[serde(rename = "worth")]
    pub priority: Priority,
}

/// A metric with its small chart.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Tile {
    pub name: String,
    pub value: String,
    pub chart: Option<Chart>,
    /// The change and the usual range.
    pub note: Spans,
    /// The verdict as a word with its shape, on a line of its own.
    pub verdict: Spans,
    /// Name and value for a summary line if there is no room for the tile; `None` if the tile has more to say.
    #[serde(skip)]
    pub in_brief: Option<String>,
    #[serde(rename = "worth")]
    pub priority: Priority,
}

#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Tiles {
    pub tiles: Vec<Tile>,
    pub more: &'static str,
}

/// Progress towards a goal, as a bar.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Meter {
    pub spans: Spans,
    /// Text of the bar, such as `63 % of goal`.
    pub label: String,
    /// Share done, 0 to 1.
    pub share: Option<f64>,
    #[serde(rename = "worth")]
    pub priority: Priority,
}

/// All kinds of blocks. Templates receive each as `{"kind": "list", "of": {…}}`.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[serde(tag = "kind", content = "of", rename_all = "lowercase")]
pub enum Block {
    Text {
        spans: Spans,
        #[serde(rename = "worth")]
        priority: Priority,
    },
    List(List),
    Table(Table),
    Figure(Figure),
    Tiles(Tiles),
    Meter(Meter),
    /// Columns side by side in print, one below the other on a small screen.
    Columns(Vec<Vec<Block>>),
}

/// The layout of a section on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SectionStyle {
    /// A heading over a rule.
    Ruled,
    /// A tinted box, for what the boss must act on.
    Boxed,
    /// A quiet line or two after the title on the same line.
    RunIn,
    /// A row of a few facts between two hairlines, each a value above its label.
    Strip,
    /// A page of its own, at the end.
    OwnPage,
}

#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Section {
    /// Stable id for anchors and for `[brief.every]`: the English title in lower case.
    pub id: &'static str,
    pub title: String,
    #[serde(rename = "setting")]
    pub style: SectionStyle,
    pub blocks: Vec<Block>,
}

impl Section {
    /// Returns a section without its id, which the list of sections sets.
    pub(super) fn new(style: SectionStyle, title: String, blocks: Vec<Block>) -> Self {
        Section { id: "", title, style, blocks }
    }

    /// Returns a section of one quiet line after its title.
    pub(super) fn line(title: String, text: String) -> Self {
        let blocks = vec![Block::Text { spans: vec![Span::quiet(text)], priority: ALWAYS }];
        Section::new(SectionStyle::RunIn, title, blocks)
    }
}

impl Brief {
    /// Whether its last section has a page of its own, outside the page budget.
    pub fn has_own_page(&self) -> bool {
        self.sections.last().is_some_and(|section| section.style == SectionStyle::OwnPage)
    }
}

/// A warning below the summary, for example that the data end early.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Banner {
    pub tone: Tone,
    pub spans: Spans,
}

/// The manager's own page, in speaking order. It comes before the brief and outside its page budget.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Agenda {
    /// For example `Curation · agenda for the 1:1 with Alex Kim`.
    pub kicker: String,
    /// For example `2 decisions by 27 November, 2 wins and 2 concerns`.
    pub title: String,
    pub parts: Vec<AgendaPart>,
    pub footer: String,
}

/// A group of points of one purpose: decide, tell, explain.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct AgendaPart {
    pub label: String,
    /// A short quiet note beside the label: `4 asks, by date`.
    pub note: Option<String>,
    pub points: Vec<AgendaPoint>,
    /// Whether the part is in a tinted box, as what is not for the meeting is.
    pub is_boxed: bool,
}

/// A point of the agenda.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct AgendaPoint {
    /// Whether it is set larger, for words to open or to close with.
    pub is_loud: bool,
    /// The first line is spoken; the others are quiet.
    pub lines: Vec<Spans>,
    /// Boxes to tick: `said`, or `yes`, `no`, `later`. Empty if there is nothing to tick.
    pub boxes: Vec<String>,
}

/// Texts outside the sections: navigation, texts for screen readers, page footers.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Labels {
    /// Text of the link that skips to the content.
    pub skip: String,
    /// Heading of the table of contents.
    pub contents: String,
    /// Heading of the data notes.
    pub notes: String,
    /// Screen-reader texts of the filled and the hollow bullet.
    pub done: String,
    pub not_done: String,
}

/// A whole brief, in one language, for one copy.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Brief {
    /// BCP 47 language tag.
    pub language: String,
    pub audience: Audience,
    pub as_of: NaiveDate,
    pub team: String,
    pub author: String,
    /// For example `Curation · Dana Reyes · brief for the 1:1 with Alex Kim`.
    pub kicker: String,
    /// For example `Friday 20 November 2026 · week 8 of 13`.
    pub dateline: String,
    pub banners: Vec<Banner>,
    pub title: String,
    /// At most three bullets of whole sentences, each beginning in bold.
    pub summary: Vec<Spans>,
    pub sections: Vec<Section>,
    /// For example `For Alex Kim · data to 19 Nov: 6 files, 1,284 rows read, 3 not read`.
    pub footer: String,
    /// Data notes: rows not read, glyphs substituted. The HTML lists them; the print only counts them.
    pub notes: Vec<String>,
    /// Reading time, such as `4 min`.
    pub reading_time: String,
    /// The next milestone and one win, on a line each, for the body of a mail.
    pub gist: Vec<String>,
    /// Only in the manager's copy.
    pub agenda: Option<Agenda>,
    pub labels: Labels,
}

impl Brief {
    /// Returns the bullets below the title as plain sentences.
    pub fn sentences(&self) -> Vec<String> {
        self.summary.iter().map(|bullet| bullet.iter().map(|span| span.text.as_str()).collect()).collect()
    }
}
