//! Generates briefs of any content: random blocks with random text in any script, for properties that hold for all
//! briefs.

use super::sketch;
use chrono::NaiveDate;
use headsup::brief::{
    Align, Banner, Block, Brief, Bullet, Figure, Item, List, Meter, Section, SectionStyle, Span, Spans, Style, Table,
    TableColumn, TableRow, Tile, Tiles,
};
use headsup::chart::{self, Chart, SparklineInput, Tone};
use headsup::redact::Audience;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// Generates usual and unusual words: scripts, combining marks, addresses, markup, control characters.
pub fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => "[a-zäöüßéñ]{1,12}",
        2 => "[А-яЁё]{2,14}",
        1 => "[Α-ω]{2,10}",
        1 => "[\u{4e00}-\u{4e20}]{1,8}",
        1 => "[\u{627}-\u{64a}]{1,8}",
        1 => "[\u{915}-\u{939}\u{93e}-\u{94d}]{1,6}",
        1 => prop::sample::select(vec![
            "🎉", "👩‍👩‍👧", "✅", "⚠️", "é\u{301}\u{302}", "\u{0}", "\u{7}\u{feff}", "\u{202e}abc", "\u{e000}", "a\tb\nc", "",
            "https://example.org/a/very/long/path?with=query&and=more#and-a-fragment", "JIRA_PROJECT_KEY-12345-with-a-suffix",
            "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz", "<script>alert(1)</script>", "#read(\"/etc/passwd\")",
            "{{lookup}}", "]]>", "*strong*", "$x$", "\\", "@label", "12.5 %", "1 234,56 €",
        ]).prop_map(str::to_owned),
    ];
    vec(piece, 0..12).prop_map(|words| words.join(" "))
}

fn spans() -> impl Strategy<Value = Spans> {
    let style = prop::sample::select(vec![
        Style::Plain,
        Style::Strong,
        Style::Emphasis,
        Style::Quiet,
        Style::Warning,
        Style::Accent,
        Style::Inserted,
        Style::Deleted,
        Style::Badge,
        Style::BadgeGood,
    ]);
    let href = option::weighted(
        0.1,
        prop::sample::select(vec!["https://example.org/?a=1&b=2", "mailto:a@b.c", "javascript:alert(1)"]),
    );
    vec((style, text(), href).prop_map(|(style, text, href)| Span { text, style, href: href.map(str::to_owned) }), 0..4)
}

fn drawing() -> impl Strategy<Value = Chart> {
    (text(), text(), vec(option::weighted(0.9, -1e3..1e3), 0..20)).prop_map(|(title, alt, values)| {
        chart::sparkline(&SparklineInput {
            title,
            alt,
            values,
            range: Some((-500.0, 0.0, 500.0)),
            target: None,
            signals: vec![],
            events: vec![],
            width: 116.0,
            height: 30.0,
            ..SparklineInput::default()
        })
    })
}

fn list() -> impl Strategy<Value = Block> {
    let bullet = prop::sample::select(vec![Bullet::None, Bullet::Filled, Bullet::Hollow]);
    let item = (bullet, spans(), 1u8..=100).prop_map(|(bullet, spans, priority)| Item { bullet, spans, priority });
    (option::of(text()), vec(item, 0..12), any::<bool>())
        .prop_map(|(label, items, inline)| Block::List(List { label, items, inline, more: "wins" }))
}

fn table() -> impl Strategy<Value = Block> {
    (1usize..6).prop_flat_map(|columns| {
        let column = (text(), 5.0..70.0, any::<bool>()).prop_map(|(title, width, right)| TableColumn {
            title,
            width,
            align: if right { Align::Right } else { Align::Left },
        });
        let row =
            (vec(spans(), columns), 1u8..=100).prop_map(|(cells, priority)| TableRow { cells, keys: vec![], priority });
        (text(), vec(column, columns), any::<bool>(), any::<bool>(), vec(row, 0..12)).prop_map(
            |(caption, columns, show_head, row_heads, rows)| {
                Block::Table(Table { caption, columns, show_head, row_heads, rows, more: "drift" })
            },
        )
    })
}

fn block() -> impl Strategy<Value = Block> {
    let tile = (text(), text(), option::of(drawing()), spans(), spans(), 1u8..=100).prop_map(
        |(name, value, chart, note, verdict, priority)| Tile {
            name,
            value,
            chart,
            note,
            verdict,
            in_brief: None,
            priority,
        },
    );
    let leaf = prop_oneof![
        (spans(), 1u8..=100).prop_map(|(spans, priority)| Block::Text { spans, priority }),
        list(),
        table(),
        vec(tile, 0..9).prop_map(|tiles| Block::Tiles(Tiles { tiles, more: "metrics" })),
        (spans(), text(), option::of(-0.5..1.5), 1u8..=100)
            .prop_map(|(spans, label, share, priority)| Block::Meter(Meter { spans, label, share, priority })),
    ];
    leaf.prop_recursive(2, 12, 4, |inner| {
        prop_oneof![
            vec(vec(inner.clone(), 0..3), 1..3).prop_map(Block::Columns),
            (drawing(), vec(inner, 0..3), 1u8..=100).prop_map(|(chart, beside, priority)| Block::Figure(Figure {
                chart,
                beside,
                priority
            })),
        ]
    })
}

/// Generates a whole brief.
pub fn brief() -> impl Strategy<Value = Brief> {
    let style = prop::sample::select(vec![
        SectionStyle::Ruled,
        SectionStyle::Boxed,
        SectionStyle::RunIn,
        SectionStyle::OwnPage,
    ]);
    let section = (text(), style, vec(block(), 0..4)).prop_map(|(title, style, blocks)| Section {
        id: "any",
        title,
        style,
        blocks,
    });
    let banner = spans().prop_map(|spans| Banner { tone: Tone::Warning, spans });
    let language = prop::sample::select(vec!["en", "de", "fr", "pt-BR", "ar", "x", ""]);
    (language, text(), text(), vec(spans(), 0..5), vec(section, 0..8), vec(banner, 0..2), text(), vec(text(), 0..3))
        .prop_map(|(language, team, title, summary, sections, banners, footer, notes)| Brief {
            language: language.into(),
            audience: Audience::Boss,
            as_of: NaiveDate::from_ymd_opt(2026, 11, 20).expect("a date"),
            author: team.clone(),
            kicker: team.clone(),
            dateline: footer.clone(),
            team,
            banners,
            title,
            summary,
            sections,
            footer,
            notes,
            reading_time: "4 min".into(),
            labels: sketch::labels(),
            gist: Vec::new(),
            agenda: None,
        })
}
