//! What a brief is made of: sections of a small closed set of blocks. Renderers know each block once.

use chrono::NaiveDate;

use crate::chart::{Chart, Tone, Verdict};
use crate::redact::Audience;

/// How a run of words is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Style {
    Plain,
    Strong,
    Emphasis,
    Quiet,
    Warning,
    Accent,
    Inserted,
    Deleted,
    /// A small outlined label, as `not validated`.
    Badge,
    /// The same in the accent colour, as `validated: 2 renewals`.
    BadgeGood,
    /// A small shape that goes with the word after it: its text is a [`Verdict`] in lower case.
    Shape,
}

#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Span {
    pub text: String,
    pub style: Style,
    /// http, https or mailto.
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

    /// The shape of a status or verdict, before its word.
    pub fn shape(verdict: Verdict) -> Self {
        Self::new(Style::Shape, verdict.name())
    }

    pub fn warning(text: impl Into<String>) -> Self {
        Self::new(Style::Warning, text)
    }
}

/// A line or a paragraph.
pub type Spans = Vec<Span>;

/// What stands before an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Bullet {
    None,
    /// Done: a filled dot.
    Filled,
    /// Not done: a hollow dot.
    Hollow,
}

/// What something is worth to the boss: 1 (first to go when the pages run out) to 99, or one of the two below.
pub type Priority = u8;

/// Stands on the web page alone: detail to look up, never in print.
pub const WEB_ONLY: Priority = 0;

/// Never gives way: asks, the headline, late milestones.
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
    /// A small quiet heading above.
    pub label: Option<String>,
    pub items: Vec<Item>,
    /// Items run on in one paragraph instead of a line each.
    pub inline: bool,
    /// What its items are, as the words name them: `wins` → "4 wins".
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
    /// Share of the width that columns without one leave, in parts; 0: as wide as what stands in it.
    pub width: f64,
    pub align: Align,
}

#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct TableRow {
    pub cells: Vec<Spans>,
    /// What its cells sort by where a reader may sort: a date as its day, a number as it is. Empty: by the text.
    pub keys: Vec<Option<f64>>,
    #[serde(rename = "worth")]
    pub priority: Priority,
}

#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Table {
    /// For screen readers.
    pub caption: String,
    pub columns: Vec<TableColumn>,
    /// Whether the head is printed; it is always there for screen readers.
    pub show_head: bool,
    /// Whether the first cell of a row is its heading.
    pub row_heads: bool,
    pub rows: Vec<TableRow>,
    pub more: &'static str,
}

#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Figure {
    pub chart: Chart,
    /// What stands to its right; empty: the chart takes the whole width.
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
    /// The change and what is usual.
    pub note: Spans,
    /// A word with its shape, in a line of its own.
    pub verdict: Spans,
    /// Its name and value alone, for a line of those that have no room; None where it has more to say.
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

/// A share of a goal as a bar.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Meter {
    pub spans: Spans,
    /// `63 % of goal`.
    pub label: String,
    /// 0 to 1.
    pub share: Option<f64>,
    #[serde(rename = "worth")]
    pub priority: Priority,
}

/// The closed set. Templates see each as `{"kind": "list", "of": {…}}`.
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
    /// Side by side on paper, one below the other on a small screen.
    Columns(Vec<Vec<Block>>),
}

/// How a section stands on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SectionStyle {
    /// Heading over a rule.
    Ruled,
    /// In a tinted box: what the boss must act on.
    Boxed,
    /// A quiet line or two, its title run in.
    RunIn,
    /// One row of a few facts, each a value over what it is of, between two hairlines.
    Strip,
    /// On a page of its own, at the end.
    OwnPage,
}

#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Section {
    /// Stable, for anchors and for `[brief.every]`: the English title in lower case.
    pub id: &'static str,
    pub title: String,
    #[serde(rename = "setting")]
    pub style: SectionStyle,
    pub blocks: Vec<Block>,
}

impl Section {
    /// A section as its file makes it; the list of sections gives it its id.
    pub(super) fn new(style: SectionStyle, title: String, blocks: Vec<Block>) -> Self {
        Section { id: "", title, style, blocks }
    }

    /// A section that is one quiet line, its title run in.
    pub(super) fn line(title: String, text: String) -> Self {
        let blocks = vec![Block::Text { spans: vec![Span::quiet(text)], priority: ALWAYS }];
        Section::new(SectionStyle::RunIn, title, blocks)
    }
}

impl Brief {
    /// Whether its last section has a page of its own, whatever the budget of pages says.
    pub fn has_own_page(&self) -> bool {
        self.sections.last().is_some_and(|section| section.style == SectionStyle::OwnPage)
    }
}

/// A warning that stands below the summary: data that end early.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Banner {
    pub tone: Tone,
    pub spans: Spans,
}

/// The manager's own page, in the order in which it is spoken. It stands before the brief and outside its page budget.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Agenda {
    /// `Curation · agenda for the 1:1 with Alex Kim`.
    pub kicker: String,
    /// `2 decisions by 27 November, 2 wins and 2 concerns`.
    pub title: String,
    pub parts: Vec<AgendaPart>,
    pub footer: String,
}

/// What is to be done in one go: decide, tell, explain.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct AgendaPart {
    pub label: String,
    /// A few quiet words below the label: `4 asks, by date`.
    pub note: Option<String>,
    pub points: Vec<AgendaPoint>,
    /// Whether it stands in a tinted box, as what is not for the meeting.
    pub is_boxed: bool,
}

/// One thing to say.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct AgendaPoint {
    /// Set larger: words to open or to close with.
    pub is_loud: bool,
    /// The first is what is said, the others are quiet.
    pub lines: Vec<Spans>,
    /// Boxes to tick: `said`, or `yes`, `no`, `later`. None: nothing is to be ticked off.
    pub boxes: Vec<String>,
}

/// The words that stand outside the sections: navigation, marks read aloud, page feet.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Labels {
    /// Of the link that skips to the content.
    pub skip: String,
    /// Of the list of sections.
    pub contents: String,
    /// Heading over the data notes.
    pub notes: String,
    /// What a filled and a hollow bullet say to those who do not see them.
    pub done: String,
    pub not_done: String,
}

/// A whole brief, in one language, for one copy.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Brief {
    /// BCP 47.
    pub language: String,
    pub audience: Audience,
    pub as_of: NaiveDate,
    pub team: String,
    pub author: String,
    /// `Curation · Dana Reyes · brief for the 1:1 with Alex Kim`.
    pub kicker: String,
    /// `Friday 20 November 2026 · week 8 of 13`.
    pub dateline: String,
    pub banners: Vec<Banner>,
    pub title: String,
    /// At most three bullets, whole sentences, the lead of each in bold.
    pub summary: Vec<Spans>,
    pub sections: Vec<Section>,
    /// `For Alex Kim · data to 19 Nov: 6 files, 1,284 rows read, 3 not read`.
    pub footer: String,
    /// Data notes: rows not read, glyphs substituted. In the HTML, and summed up in print.
    pub notes: Vec<String>,
    /// Reading time: `4 min`.
    pub reading_time: String,
    /// The next milestone and one win, a line each, for the body of a mail.
    pub gist: Vec<String>,
    /// In the manager's copy alone.
    pub agenda: Option<Agenda>,
    pub labels: Labels,
}

impl Brief {
    /// The bullets below the title as plain sentences.
    pub fn sentences(&self) -> Vec<String> {
        self.summary.iter().map(|bullet| bullet.iter().map(|span| span.text.as_str()).collect()).collect()
    }
}
