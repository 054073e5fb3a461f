//! A brief with every kind of block in it: the content of the design's two sketched pages, with charts drawn by hand.

use chrono::NaiveDate;
use headsup::brief::{
    Align, Banner, Block, Brief, Bullet, Figure, Item, Labels, List, Meter, Section, SectionStyle, Span, Spans, Style,
    Table, TableColumn, TableRow, Tile, Tiles,
};
use headsup::chart::{self, BurnupInput, Chart, Lane, LaneOutcome, Mark, SparklineInput, TimelineInput, Tone, Verdict};
use headsup::redact::Audience;

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
    Block::Text { spans: line(marked), priority: 50 }
}

pub fn list(label: Option<&str>, inline: bool, items: &[(Bullet, &str)]) -> Block {
    Block::List(List {
        label: label.map(str::to_owned),
        items: items.iter().map(|(bullet, text)| Item { bullet: *bullet, spans: line(text), priority: 50 }).collect(),
        inline,
        more: "wins",
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
            .map(|row| TableRow { cells: row.iter().map(|cell| line(cell)).collect(), keys: vec![], priority: 50 })
            .collect(),
        more: "drift",
        left_out: None,
    })
}

pub fn section(id: &'static str, title: &str, style: SectionStyle, blocks: Vec<Block>) -> Section {
    Section { id, title: title.into(), style, blocks }
}

pub fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).expect("a date")
}

/// A milestone of the time line: its name, note, agreed date, and when it is expected or was done.
pub fn mark(
    name: &str,
    note: &str,
    agreed: NaiveDate,
    expected: Option<NaiveDate>,
    done_on: Option<NaiveDate>,
) -> Mark {
    let late = expected.is_some_and(|date| date > agreed);
    Mark {
        says: String::new(),
        name: name.into(),
        note: note.into(),
        original: Some(agreed),
        agreed: Some(agreed),
        expected,
        done_on,
        tone: if late { Tone::Warning } else { Tone::Plain },
        short_note: None,
        short_detail: None,
        detail: None,
        strong: late,
        foreign: false,
        dropped: false,
        history: Vec::new(),
    }
}

pub fn lane(name: &str, status: &str, verdict: Verdict, outcome: (&str, &str), marks: Vec<Mark>) -> Lane {
    let outcome = LaneOutcome { value: outcome.0.into(), lines: vec![outcome.1.into()], verdict: None };
    Lane { name: name.into(), status: status.into(), verdict, strategy: None, outcome: Some(outcome), marks }
}

fn timeline() -> Chart {
    chart::timeline(&TimelineInput {
        title: "One of three objectives is late: Supplier-risk dataset, 9 days".into(),
        alt: "Supplier-risk dataset: Self-serve release agreed 4 December, expected 13 December, 9 days late. Update \
              speed: on pace. Data quality: ahead."
            .into(),
        start: day(10, 1),
        end: day(12, 31),
        close: None,
        as_of: day(11, 20),
        as_of_label: "20 Nov".into(),
        meeting: None,
        since: Some((day(11, 13), "last 1:1".into())),
        months: vec![(day(10, 1), "Oct".into()), (day(11, 1), "Nov".into()), (day(12, 1), "Dec".into())],
        outcome_title: "outcome".into(),
        lanes: vec![
            lane(
                "Supplier-risk dataset",
                "9 days late",
                Verdict::Late,
                ("3 pilots", "2 of 3 signed"),
                vec![
                    mark("Schema agreed", "done 15 Oct", day(10, 15), None, Some(day(10, 15))),
                    mark("Pilot: 3 customers", "done 10 Nov", day(11, 10), None, Some(day(11, 10))),
                    mark("Self-serve release", "agreed 4 Dec, now 13 Dec", day(12, 4), Some(day(12, 13)), None),
                ],
            ),
            lane(
                "Update speed: 24 h",
                "on pace",
                Verdict::OnPace,
                ("61 h of 24 h", "not moving"),
                vec![
                    mark("Ingest profiled", "done 8 Oct", day(10, 8), None, Some(day(10, 8))),
                    Mark {
                        original: Some(day(11, 20)),
                        ..mark("Batch to stream", "agreed 27 Nov (was 20 Nov)", day(11, 27), Some(day(11, 27)), None)
                    },
                    mark("24 h for all feeds", "agreed 18 Dec", day(12, 18), Some(day(12, 17)), None),
                ],
            ),
            lane(
                "Data quality < 0.5 %",
                "ahead",
                Verdict::Ahead,
                ("0.58 % of 0.5 %", "signal: better"),
                vec![
                    mark("Rules, top 20 feeds", "done 30 Oct", day(10, 30), None, Some(day(10, 30))),
                    mark("Alerts on call", "agreed 27 Nov", day(11, 27), Some(day(11, 25)), None),
                    mark("Error rate held 4 wks", "agreed 24 Dec", day(12, 24), Some(day(12, 14)), None),
                ],
            ),
        ],
        weeks: None,
        width: 499.0,
    })
}

fn burnup() -> Chart {
    let done = [0.0, 2.0, 5.0, 7.0, 11.0, 14.0, 18.0, 19.0];
    let scope = [34.0, 34.0, 37.0, 38.0, 43.0, 43.0, 43.0, 43.0];
    let week = |n: usize| day(10, 1) + chrono::Days::new(7 * n as u64 + u64::from(n == 7));
    chart::burnup(&BurnupInput {
        said: Vec::new(),
        title: "19 of 43 tasks done, 27 were planned".into(),
        alt:
            "Tasks done rose from 0 on 1 October to 19 on 20 November; scope rose from 34 to 43; the plan stands at 27."
                .into(),
        start: day(10, 1),
        end: day(12, 31),
        as_of: day(11, 20),
        days: (0..8).map(|n| (week(n), done[n], scope[n])).collect(),
        plan: vec![(day(10, 1), 0.0), (day(12, 4), 34.0)],
        band: vec![(day(11, 20), 19.0, 19.0, 19.0), (day(12, 31), 28.0, 36.0, 43.0)],
        done_label: "19 done".into(),
        scope_label: "43 in scope".into(),
        plan_label: "plan".into(),
        band_label: "forecast".into(),
        start_label: "1 Oct".into(),
        end_label: "31 Dec".into(),
        as_of_label: "20 Nov".into(),
        tone: Tone::Warning,
        width: 165.0,
        height: 92.0,
    })
}

fn sparkline(name: &str, signal: bool) -> Chart {
    let mut values: Vec<_> = [6.1, 5.9, 6.3, 6.0, 6.2, 5.8, 6.1, 6.4, 6.0, 6.1, 5.9, 6.1].map(Some).to_vec();
    if signal {
        values[10..].clone_from_slice(&[Some(5.0), Some(4.9)]);
    }
    chart::sparkline(&SparklineInput {
        title: format!("{name}: within its usual range"),
        alt: format!("{name}: twelve weeks, the newest within the usual range."),
        values,
        range: Some((5.5, 6.05, 6.6)),
        target: Some(5.2),
        signals: if signal { vec![(10, Some(true)), (11, Some(true))] } else { vec![] },
        events: vec![4],
        width: 116.0,
        height: 30.0,
        ..SparklineInput::default()
    })
}

pub fn tile(name: &str, value: &str, note: &str) -> Tile {
    Tile {
        name: name.into(),
        value: value.into(),
        chart: Some(sparkline(name, value == "0.58 %")),
        note: line(note),
        verdict: line("○ as usual"),
        priority: 50,
    }
}

/// The sketched brief.
pub fn brief() -> Brief {
    let sections = vec![
        section(
            "decided last time",
            "Decided last time, 13 November",
            SectionStyle::RunIn,
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
            SectionStyle::Boxed,
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
            SectionStyle::Ruled,
            vec![
                Block::Figure(Figure { chart: timeline(), beside: vec![], priority: 90 }),
                Block::Figure(Figure {
                    chart: burnup(),
                    beside: vec![
                        text(
                            "*Supplier-risk dataset*: “Pilot accounts can look up any supplier’s risk themselves.” ~Confirmed 2 October.~",
                        ),
                        text(
                            "19 of 43 tasks done, 44 %; planned by now 62 %. Odds of 4 December: 31 %; half of the trials end by \
                              13 December, 85 % by 22 December (8 weeks of throughput; this team’s 85 % dates held 84 % of the time).",
                        ),
                        text("*Late because* the search page waits on a front-end developer since 3 November."),
                        text("~Update speed and data quality are on pace or ahead: charts on the web page.~"),
                    ],
                    priority: 80,
                }),
            ],
        ),
        section(
            "moved away from what we agreed",
            "Moved away from what we agreed",
            SectionStyle::Ruled,
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
            SectionStyle::Ruled,
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
                            "*Bad-address errors down 34 %.* Two renewal blockers closed. {validated: 2 renewals}",
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
            SectionStyle::Ruled,
            vec![Block::Tiles(Tiles {
                tiles: vec![
                    tile("Records in error", "0.58 %", "^2 weeks below the usual range^"),
                    tile("Update lag, hours", "61", "usual 55 to 66 · target 24"),
                    tile("Feeds added a week", "16", "usual range"),
                    tile("Retention, 90 days", "97.0 %", "usual range · target 96 %"),
                ],
                more: "metrics",
                left_out: None,
            })],
        ),
        section(
            "said and done",
            "Said and done, next two weeks",
            SectionStyle::Ruled,
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
                        "~Build up to no milestone: “Tidy wiki”, “Vendor call”. 12 % of finished work lay outside the objectives.~",
                    ),
                ],
            ])],
        ),
        section(
            "people",
            "People",
            SectionStyle::Ruled,
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
            SectionStyle::Ruled,
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
            SectionStyle::Ruled,
            vec![text(
                "*Culture* feedback week held, 8 of 8 took part. *Onboarding* guide cut from 5 days to 3. *Process* one intake form for two PODs.",
            )],
        ),
        section(
            "team goals",
            "Team goals",
            SectionStyle::Ruled,
            vec![Block::Meter(Meter {
                spans: line("*Everyone works with AI tools by June.* 5 of 8 use them weekly, 4 a month ago."),
                label: "63 % of goal".into(),
                share: Some(0.63),
                priority: 50,
            })],
        ),
        section(
            "for me",
            "For me",
            SectionStyle::Ruled,
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
        summary: [
            "Six of the eleven tasks added to the dataset since 2 October were not agreed.",
            "Data-quality errors left their usual range for the better: 0.58 % of records, from 0.88 %.",
            "Update speed is on pace, but its outcome does not move: 61 hours.",
        ]
        .map(|line| vec![Span::plain(line)])
        .to_vec(),
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
        gist: Vec::new(),
        agenda: None,
    }
}

pub fn labels() -> Labels {
    Labels {
        skip: "Skip to the brief".into(),
        contents: "Contents".into(),
        notes: "Data notes".into(),
        done: "done".into(),
        not_done: "not done".into(),
    }
}

/// What a brief looks like when a source is stale.
pub fn stale_banner() -> Banner {
    Banner {
        tone: Tone::Warning,
        spans: line("*Stale:* data/metrics.csv ends on 2 November, 18 days ago. What rests on it is unknown."),
    }
}
