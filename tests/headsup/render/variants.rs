//! Briefs unlike the sketched one: a first brief, one in many scripts, one full of dangerous text, and that of a very
//! large team.

use headsup::brief::{
    Align, Block, Brief, Bullet, Figure, Item, List, Section, SectionStyle, Span, Style, Table, TableColumn, TableRow,
    Tiles,
};
use headsup::chart::{self, TimelineInput, Verdict};

use super::sketch::{self, day, line, list, mark, section, table, text, tile};

/// Returns a brief with little content: one section and one line.
pub fn first() -> Brief {
    Brief {
        title: "First brief: please agree these objectives, milestones and dates".into(),
        summary: vec![vec![Span::plain("Two objectives, three milestones.")]],
        sections: vec![
            section("needed from you", "Needed from you", SectionStyle::Boxed, vec![text("Nothing this week.")]),
            section(
                "where the quarter stands",
                "Where the quarter stands",
                SectionStyle::Ruled,
                vec![list(
                    None,
                    false,
                    &[(Bullet::Hollow, "*Catalogue*: 31 December"), (Bullet::Filled, "*Import*: done 3 November")],
                )],
            ),
        ],
        notes: vec![],
        ..sketch::brief()
    }
}

/// Returns text that the built-in fonts can show, and text that they cannot.
pub fn scripts() -> Brief {
    let rows: &[&[&str]] = &[
        &["Deutsch", "Größenänderungsmaßnahmen, Straße, Übergrößenträgerschaft, Donaudampfschifffahrtsgesellschaft"],
        &["Русский", "Проверка качества данных завершена раньше срока"],
        &["Ελληνικά", "Η ποιότητα των δεδομένων βελτιώθηκε"],
        &["Tiếng Việt", "Chất lượng dữ liệu đã được cải thiện đáng kể"],
        &["日本語", "データ品質の改善"],
        &["العربية", "تحسين جودة البيانات في 20 نوفمبر"],
        &["हिन्दी", "डेटा की गुणवत्ता"],
        &["Emoji", "done ✅ late ⚠️ party 🎉 family 👩‍👩‍👧 flag 🇩🇪"],
        &["Zalgo", "Z̸̢̛a̶̧͝l̵̨͘g̷̛̕o̸͜͠"],
    ];
    Brief {
        language: "de".into(),
        title: "Veröffentlichung am 13. Dezember, 9 Tage zu spät — Проект «Поставщики», Έργο, Dự án".into(),
        sections: vec![
            section(
                "scripts",
                "Schriften",
                SectionStyle::Ruled,
                vec![table("Sprachen", &[("Sprache", 1.0), ("Satz", 4.0)], true, true, rows)],
            ),
            section(
                "long",
                "Lange Wörter",
                SectionStyle::Ruled,
                vec![
                    table(
                        "Schmale Spalten",
                        &[("a", 1.0), ("b", 1.0), ("c", 1.0), ("d", 1.0), ("e", 1.0), ("f", 1.0)],
                        false,
                        true,
                        &[&[
                            "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz",
                            "https://example.org/a/very/long/path/to/a/page?query=string#fragment",
                            "SUPPLIER-RISK-DATASET-EXPORT-2026-11-20",
                            "0123456789012345678901234567890123456789",
                            "Infrastrukturverantwortlichkeit",
                            "*Qualitätssicherungsbeauftragter*",
                        ]],
                    ),
                    text(&format!("Ein Wort ohne Ende: {}", "unendlich".repeat(30))),
                ],
            ),
        ],
        ..sketch::brief()
    }
}

/// Returns text that could be interpreted as markup, code or a command.
pub fn hostile() -> Brief {
    const TRAPS: [&str; 12] = [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "#read(\"/etc/passwd\") #import \"@preview/x:1.0.0\"",
        "{{lookup this \"x\"}} {{{raw}}} {{> partial}}",
        "]]></style></svg><!-- -->",
        "**bold** _it_ `code` [a](javascript:alert(1)) ![i](http://example.org/x.png) | pipe | # head",
        "=cmd|' /C calc'!A0",
        "\u{1b}[31mred\u{1b}[0m \u{7}\u{0}\u{feff}\u{e000}",
        "\u{202e}desrever\u{202c} \u{2066}isolated\u{2069}",
        "one\r\nATTACH:http://example.org\r\ntwo\ttab",
        "- list 1. list > quote --- rule",
        "& &amp; &#x3c; \\ \" ' $x^2$ @label <label>",
    ];
    let items = |style| {
        let item = |trap: &&str| Item { bullet: Bullet::None, spans: vec![Span::new(style, *trap)], priority: 50 };
        Block::List(List {
            label: Some(TRAPS[0].into()),
            items: TRAPS.iter().map(item).collect(),
            inline: false,
            more: "wins",
        })
    };
    let href = |link: &str| Span { href: Some(link.into()), ..Span::plain(TRAPS[0]) };
    let links =
        vec![href("https://example.org/?a=1&b=\"><script>"), href("javascript:alert(1)"), href("mailto:a@example.org")];
    Brief {
        title: TRAPS[..2].join(" "),
        team: TRAPS[0].into(),
        author: TRAPS[1].into(),
        kicker: TRAPS[3].into(),
        summary: TRAPS.map(|trap| vec![Span::plain(trap)]).to_vec(),
        sections: vec![
            section(
                "plain",
                TRAPS[0],
                SectionStyle::Ruled,
                vec![items(Style::Plain), Block::Text { spans: links, priority: 50 }],
            ),
            section("badge", TRAPS[2], SectionStyle::Boxed, vec![items(Style::Badge)]),
            section(
                "table",
                TRAPS[3],
                SectionStyle::Ruled,
                vec![Block::Table(Table {
                    caption: TRAPS[4].into(),
                    columns: vec![TableColumn { title: TRAPS[5].into(), width: 1.0, align: Align::Left }],
                    show_head: true,
                    row_heads: false,
                    rows: TRAPS
                        .iter()
                        .map(|trap| TableRow { cells: vec![vec![Span::plain(*trap)]], keys: vec![], priority: 50 })
                        .collect(),
                    more: "drift",
                })],
            ),
        ],
        notes: TRAPS.map(str::to_owned).to_vec(),
        footer: TRAPS[6].into(),
        ..sketch::brief()
    }
}

/// Returns twelve objectives, forty milestones, thirty metrics, and much text about them.
pub fn large() -> Brief {
    let lanes = (1..=12)
        .map(|n| {
            let name = format!("Objective {n}: {}", ["reach every supplier", "faster updates", "fewer errors"][n % 3]);
            let status = ["on pace", "9 days late", "ahead"][n % 3];
            let verdict = [Verdict::OnPace, Verdict::Late, Verdict::Ahead][n % 3];
            let marks = (0..if n < 5 { 4 } else { 3 })
                .map(|m| {
                    let agreed = day(10, 1) + chrono::Days::new((m * 22 + n * 2) as u64);
                    mark(
                        &format!("Milestone {n}.{}", m + 1),
                        "agreed 4 Dec, now 13 Dec",
                        agreed,
                        Some(agreed + chrono::Days::new(9)),
                        None,
                    )
                })
                .collect();
            sketch::lane(&name, status, verdict, (&format!("{n}0 of 120"), "not moving"), marks)
        })
        .collect();
    let timeline = chart::timeline(&TimelineInput {
        title: "Four of twelve objectives are late".into(),
        alt: "Objectives 1, 4, 7 and 10 are 9 days late; four are ahead; four are on pace.".into(),
        start: day(10, 1),
        end: day(12, 31),
        close: None,
        as_of: day(11, 20),
        as_of_label: "20 Nov".into(),
        meeting: None,
        since: Some((day(11, 13), "last 1:1".into())),
        months: vec![(day(10, 1), "Oct".into()), (day(11, 1), "Nov".into()), (day(12, 1), "Dec".into())],
        outcome_title: "outcome".into(),
        lanes,
        weeks: None,
        width: 499.0,
    });
    let sketched = sketch::brief();
    let sections = sketched.sections.into_iter().map(|mut section| {
        match section.id {
            "where the quarter stands" => {
                section.blocks[0] = Block::Figure(Figure { chart: timeline.clone(), beside: vec![], priority: 95 });
                let burnup = section.blocks[1].clone();
                section.blocks.extend(std::iter::repeat_n(burnup, 4));
            }
            "signals" => {
                let tiles =
                    (0..30).map(|n| tile(&format!("Metric {n} of the team"), "97.0\u{a0}%", "usual range")).collect();
                section.blocks = vec![Block::Tiles(Tiles { tiles, more: "metrics" })];
            }
            _ => {
                section.blocks = section.blocks.iter().flat_map(|block| std::iter::repeat_n(grown(block), 2)).collect()
            }
        }
        fade(&mut section);
        section
    });
    Brief { sections: sections.collect(), ..sketch::brief() }
}

/// Returns a block with three times as much content.
fn grown(block: &Block) -> Block {
    let mut block = block.clone();
    match &mut block {
        Block::List(list) => list.items = vec![list.items.clone(); 3].concat(),
        Block::Table(table) => table.rows = vec![table.rows.clone(); 3].concat(),
        Block::Columns(columns) => columns.iter_mut().flatten().for_each(|block| *block = grown(block)),
        Block::Text { spans, .. } => {
            spans.extend(line(" And so on, for a while longer than anybody wants to read it."))
        }
        Block::Figure(_) | Block::Tiles(_) | Block::Meter(_) => {}
    }
    block
}

/// Lowers the priority of later blocks, as in a ranked brief.
fn fade(section: &mut Section) {
    fn next(left: &mut u8) -> u8 {
        *left = left.saturating_sub(2).max(5);
        *left
    }
    fn blocks(list: &mut [Block], left: &mut u8) {
        for block in list {
            match block {
                Block::Text { priority, .. } => *priority = next(left),
                Block::List(list) => list.items.iter_mut().for_each(|item| item.priority = next(left)),
                Block::Table(table) => table.rows.iter_mut().for_each(|row| row.priority = next(left)),
                Block::Tiles(tiles) => tiles.tiles.iter_mut().for_each(|tile| tile.priority = next(left)),
                Block::Meter(meter) => meter.priority = next(left),
                Block::Figure(figure) => {
                    figure.priority = next(left);
                    blocks(&mut figure.beside, left);
                }
                Block::Columns(columns) => columns.iter_mut().for_each(|column| blocks(column, left)),
            }
        }
    }
    blocks(&mut section.blocks, &mut 90);
}
