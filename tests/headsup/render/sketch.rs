//! A brief with every kind of block in it: the content of the design's two sketched pages, with charts drawn by hand.

use chrono::NaiveDate;
use headsup::brief::{
    Align, Banner, Block, Brief, Bullet, Figure, Item, Labels, List, Meter, Section, Setting, Span, Spans, Style,
    Table, TableColumn, TableRow, Tile, Tiles,
};
use headsup::chart::{Chart, Tone};
use headsup::clearance::Audience;

/// Spans from a line of marks: `*strong*`, `_emphasis_`, `~quiet~`, `!warning!`, `^accent^`, `[badge]`, `{good badge}`,
/// `+inserted+`, `<deleted>`; all else is plain.
pub fn line(marked: &str) -> Spans {
    const MARKS: [(char, char, Style); 9] = [
        ('*', '*', Style::Strong),
        ('_', '_', Style::Emphasis),
        ('~', '~', Style::Quiet),
        ('!', '!', Style::Warning),
        ('^', '^', Style::Accent),
        ('[', ']', Style::Badge),
        ('{', '}', Style::BadgeGood),
        ('+', '+', Style::Inserted),
        ('<', '>', Style::Deleted),
    ];
    let mut spans = Spans::new();
    let mut rest = marked;
    while let Some((at, (_, close, style))) =
        rest.char_indices().find_map(|(at, c)| Some((at, *MARKS.iter().find(|(open, ..)| *open == c)?)))
    {
        let inner = &rest[at + 1..];
        let end = inner.find(close).expect("a mark is closed");
        if at > 0 {
            spans.push(Span::plain(&rest[..at]));
        }
        spans.push(Span::new(style, &inner[..end]));
        rest = &inner[end + close.len_utf8()..];
    }
    if !rest.is_empty() {
        spans.push(Span::plain(rest));
    }
    spans
}

pub fn text(marked: &str) -> Block {
    Block::Text { spans: line(marked), worth: 50 }
}

pub fn list(label: Option<&str>, inline: bool, items: &[(Bullet, &str)]) -> Block {
    Block::List(List {
        label: label.map(str::to_owned),
        items: items.iter().map(|(bullet, text)| Item { bullet: *bullet, spans: line(text), worth: 50 }).collect(),
        inline,
        more: "more.items",
        left_out: None,
    })
}

pub fn table(caption: &str, columns: &[(&str, f64)], show_head: bool, row_heads: bool, rows: &[&[&str]]) -> Block {
    Block::Table(Table {
        caption: caption.into(),
        columns: columns
            .iter()
            .map(|(title, width)| TableColumn { title: (*title).into(), width: *width, align: Align::Left })
            .collect(),
        show_head,
        row_heads,
        rows: rows
            .iter()
            .map(|row| TableRow { cells: row.iter().map(|cell| line(cell)).collect(), worth: 50 })
            .collect(),
        more: "more.rows",
        left_out: None,
    })
}

pub fn section(id: &'static str, title: &str, setting: Setting, blocks: Vec<Block>) -> Section {
    Section { id, title: title.into(), setting, blocks }
}

fn chart(title: &str, alt: &str, width: f64, height: f64, drawing: &str) -> Chart {
    let svg = format!(
        r#"<svg width="{width}" height="{height}" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">{drawing}</svg>"#
    );
    Chart { title: title.into(), alt: alt.into(), svg, width, height, labels: Vec::new() }
}

fn timeline() -> Chart {
    let mut drawing = String::new();
    for (lane, (name, status, colour)) in [
        ("Supplier-risk dataset", "9 days late", "#b45309"),
        ("Update speed: 24 h", "on pace", "#1a1d21"),
        ("Data quality &lt; 0.5 %", "ahead", "#1a1d21"),
    ]
    .into_iter()
    .enumerate()
    {
        let y = 30.0 + 40.0 * lane as f64;
        drawing += &format!(
            r##"<text x="0" y="{y}" font-family="Noto Sans" font-size="6.5" font-weight="bold" fill="#1a1d21">{name}</text>
            <text x="0" y="{}" font-family="Noto Sans" font-size="6" font-weight="bold" fill="{colour}">{status}</text>
            <line x1="116" y1="{y}" x2="407" y2="{y}" stroke="#d5d9df" stroke-width="0.75"/>
            <polygon points="{},{y} 350,{} {},{y} 350,{}" fill="{colour}"/>"##,
            y + 9.0,
            346,
            y - 4.0,
            354,
            y + 4.0,
        );
    }
    chart(
        "One of three objectives is late",
        "Supplier-risk dataset: Self-serve release agreed 4 December, expected 13 December, 9 days late. Update speed: on \
         pace. Data quality: ahead.",
        499.0,
        140.0,
        &drawing,
    )
}

fn burnup() -> Chart {
    chart(
        "19 of 43 tasks done, plan was 27",
        "Tasks done rose from 0 on 1 October to 19 on 20 November; scope rose from 34 to 43; the plan stands at 27.",
        150.0,
        85.0,
        r##"<polyline points="0,78 40,66 80,48" fill="none" stroke="#1f5fbf" stroke-width="1.5"/>
        <line x1="0" y1="78" x2="150" y2="78" stroke="#1a1d21" stroke-width="0.75"/>
        <text x="60" y="42" font-family="Noto Sans" font-size="6" font-weight="bold" fill="#1f5fbf">19 done</text>"##,
    )
}

fn sparkline(name: &str) -> Chart {
    chart(
        &format!("{name}: within its usual range"),
        &format!("{name}: twelve weeks, the newest within the usual range."),
        116.0,
        28.0,
        r##"<rect x="0" y="4" width="116" height="20" fill="#eef1f5"/>
        <polyline points="2,14 20,10 40,16 60,12 80,15 112,11" fill="none" stroke="#1a1d21" stroke-width="1"/>
        <circle cx="112" cy="11" r="1.8" fill="#1a1d21"/>"##,
    )
}

fn tile(name: &str, value: &str, note: &str) -> Tile {
    Tile { name: name.into(), value: value.into(), chart: Some(sparkline(name)), note: line(note), worth: 50 }
}

/// The sketched brief.
pub fn brief() -> Brief {
    let sections = vec![
        section(
            "decided last time",
            "Decided last time, 13 November",
            Setting::RunIn,
            vec![list(
                None,
                false,
                &[
                    (Bullet::None, "Batch to stream moves to 27 November: done."),
                    (Bullet::None, "Two pilot contracts: granted, signed 17 November."),
                    (Bullet::None, "Platform mentor: granted, not started."),
                ],
            )],
        ),
        section(
            "needed from you",
            "Needed from you",
            Setting::Boxed,
            vec![table(
                "What is needed from you, most urgent first",
                &[("No.", 0.4), ("Ask", 9.0), ("Needed by", 1.6), ("Open", 2.0)],
                false,
                false,
                &[
                    &[
                        "1",
                        "*One front-end developer from the Platform POD for two weeks*, to win the three pilot accounts. \
                         If not: 13 December. Private: not yet raised with Platform.",
                        "!by 27 Nov!",
                        "~new~",
                    ],
                    &[
                        "2",
                        "*Drop supplier scoring from this quarter.* Alternative: keep it and agree 20 December.",
                        "by 24 Nov",
                        "~open 1 week~",
                    ],
                    &[
                        "3",
                        "*Course for A. Osei, 480 $*, who built the metrics sheet the team runs on.",
                        "by 4 Dec",
                        "~open 3 weeks~",
                    ],
                ],
            )],
        ),
        section(
            "where the quarter stands",
            "Where the quarter stands",
            Setting::Ruled,
            vec![
                Block::Figure(Figure { chart: timeline(), beside: vec![], worth: 90 }),
                Block::Figure(Figure {
                    chart: burnup(),
                    beside: vec![
                        text(
                            "*Supplier-risk dataset*: “Pilot accounts can look up any supplier’s risk themselves.” ~Confirmed 2 October.~",
                        ),
                        text(
                            "19 of 43 tasks done, 44 %; planned by now 62 %. Odds of 4 December: 31 %; half of the trials end by \
                              13 December, 85 % by 22 December (8 weeks of throughput; this team’s 85 % dates held 84 % of the time).",
                        ),
                        text("*Late because* the search page waits on a front-end developer since 3 November."),
                        text("~Update speed and data quality are on pace or ahead: charts in the web page.~"),
                    ],
                    worth: 80,
                }),
            ],
        ),
        section(
            "moved away from what we agreed",
            "Moved away from what we agreed",
            Setting::Ruled,
            vec![table(
                "What moved away from what was agreed",
                &[("What", 2.0), ("Agreed", 3.0), ("Now", 3.6), ("Agreed again", 1.8)],
                false,
                true,
                &[
                    &[
                        "Dataset, scope",
                        "34 tasks on 2 October",
                        "43: 11 added, 2 dropped; _supplier scoring_ is 6",
                        "!6 of 11 not yet: ask 2!",
                    ],
                    &[
                        "Dataset, wording",
                        "“look up any supplier’s risk”",
                        "“look up +and score+ any supplier’s risk”",
                        "!not yet: ask 2!",
                    ],
                    &["Update speed, date", "_Batch to stream_ 20 November", "27 November", "agreed 13 November"],
                ],
            )],
        ),
        section(
            "value since the last 1:1",
            "Value since the last 1:1",
            Setting::Ruled,
            vec![Block::Columns(vec![
                vec![list(
                    Some("New revenue"),
                    false,
                    &[
                        (
                            Bullet::None,
                            "*Ownership links shipped to the three pilot accounts.* Two signed, 38 k$ a year. {validated: both accounts}",
                        ),
                        (Bullet::None, "*Sanctions feed for APAC.* Opens 14 accounts in the pipeline. [not validated]"),
                    ],
                )],
                vec![list(
                    Some("Retention"),
                    false,
                    &[
                        (
                            Bullet::None,
                            "*Bad-address errors down 34 %.* Two renewal blockers closed. {validated: 2 renewals}",
                        ),
                        (
                            Bullet::None,
                            "*Review queue designed with the Interface POD.* A check takes 3 clicks, was 9. [not validated]",
                        ),
                    ],
                )],
            ])],
        ),
        section(
            "signals",
            "Signals",
            Setting::Ruled,
            vec![Block::Tiles(Tiles {
                tiles: vec![
                    tile("Records in error", "0.58 %", "^2 weeks below the usual range^"),
                    tile("Update lag, hours", "61", "usual 55 to 66 · target 24"),
                    tile("Feeds added a week", "16", "usual range"),
                    tile("Retention, 90 days", "97.0 %", "usual range · target 96 %"),
                ],
                more: "more.metrics",
                left_out: None,
            })],
        ),
        section(
            "said and done",
            "Said and done, next two weeks",
            Setting::Ruled,
            vec![Block::Columns(vec![
                vec![
                    list(
                        Some("Said on 6 November · 5 of 7 done, 2 unplanned"),
                        true,
                        &[
                            (Bullet::Filled, "Pilot accounts loaded"),
                            (Bullet::Filled, "Address rules live"),
                            (Bullet::Filled, "Feed 18 on stream"),
                            (Bullet::Filled, "Alert rota"),
                            (Bullet::Filled, "Runbook"),
                        ],
                    ),
                    list(
                        None,
                        false,
                        &[
                            (Bullet::Hollow, "!Search page reviewed!: waits on a front-end developer"),
                            (Bullet::Hollow, "!Feed 19 on stream!: moved, agreed"),
                        ],
                    ),
                ],
                vec![
                    list(
                        Some("Next, to 4 December"),
                        false,
                        &[
                            (Bullet::None, "*Self-serve release* search page, access rights, price sheet"),
                            (Bullet::None, "*Batch to stream* feeds 19 to 22, lag dashboard"),
                            (Bullet::None, "*Alerts on call* first full week"),
                        ],
                    ),
                    text(
                        "~Build up to no milestone: “Tidy wiki”, “Vendor call”. 12 % of finished work lay outside the objectives.~",
                    ),
                ],
            ])],
        ),
        section(
            "people",
            "People",
            Setting::Ruled,
            vec![Block::Columns(vec![
                vec![list(
                    None,
                    false,
                    &[
                        (
                            Bullet::None,
                            "*A. Osei* went from no code to the sheet that tracks all team metrics. ^Ask 3: course.^",
                        ),
                        (
                            Bullet::None,
                            "*T. Ibarra* learns Python in spare time; the first data check is merged. ^4 h of a developer a month.^",
                        ),
                    ],
                )],
                vec![list(
                    None,
                    false,
                    &[(
                        Bullet::None,
                        "*M. Laurent* runs the intake process for two PODs now. ^Wants a mentor in product.^",
                    )],
                )],
            ])],
        ),
        section(
            "cross-team",
            "Cross-team",
            Setting::Ruled,
            vec![table(
                "Resources from and for other teams",
                &[("What", 6.0), ("Stage", 3.0), ("By", 2.4)],
                true,
                true,
                &[
                    &[
                        "*Interface POD*: review queue built into the workbench, for retention of the top ten accounts",
                        "raised 10 November",
                        "decision by 1 December",
                    ],
                    &["*Sales needs from us*: a sample file for two prospects", "agreed", "25 November"],
                ],
            )],
        ),
        section(
            "beyond revenue and retention",
            "Beyond revenue and retention",
            Setting::Ruled,
            vec![text(
                "*Culture* feedback week held, 8 of 8 took part. *Onboarding* guide cut from 5 days to 3. *Process* one intake form for two PODs.",
            )],
        ),
        section(
            "team goals",
            "Team goals",
            Setting::Ruled,
            vec![Block::Meter(Meter {
                spans: line("*Everyone works with AI tools by June.* 5 of 8 use them weekly, 4 a month ago."),
                label: "63 % of goal".into(),
                share: Some(0.63),
                worth: 50,
            })],
        ),
        section(
            "for me",
            "For me",
            Setting::Ruled,
            vec![text(
                "Which outcome would show you that I am ready for Senior Manager? Feedback of 23 October: “run one cross-POD project”. Under way: the intake form above.",
            )],
        ),
    ];
    Brief {
        language: "en".into(),
        audience: Audience::Boss,
        as_of: NaiveDate::from_ymd_opt(2026, 11, 20).expect("a date"),
        team: "Curation".into(),
        author: "Dana Reyes".into(),
        kicker: "Curation · brief for the 1:1".into(),
        dateline: "Friday 20 November 2026 · week 8 of 13 · since 13 November".into(),
        banners: vec![],
        title: "Self-serve release lands on 13 December, 9 days late, unless a front-end developer joins by 27 November".into(),
        summary: vec![
            "Six of the eleven tasks added to the dataset since 2 October were not agreed.".into(),
            "Data-quality errors left their usual range for the better: 0.58 % of records, from 0.88 %.".into(),
            "Update speed is on pace, but its outcome does not move: 61 hours.".into(),
        ],
        sections,
        footer: "Curation · brief for the 1:1 on 20 Nov 2026 · copy for the boss · data to 19 Nov · 6 files, 1 284 rows read, 3 not read".into(),
        notes: vec!["data/jira.csv: 3 rows not read: two subtotals and a repeated header.".into()],
        reading_time: "4 min".into(),
        labels: Labels {
            skip: "Skip to the brief".into(),
            contents: "Contents".into(),
            notes: "Data notes".into(),
            done: "done".into(),
            not_done: "not done".into(),
        },
    }
}

/// What a brief looks like when a source is stale.
pub fn stale_banner() -> Banner {
    Banner {
        tone: Tone::Warning,
        spans: line("*Stale:* data/metrics.csv ends on 2 November, 18 days ago. What rests on it is unknown."),
    }
}
