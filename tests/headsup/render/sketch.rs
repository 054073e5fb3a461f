//! A brief with every kind of block: the content of the two sketched pages of the design, with charts drawn by hand.

mod blocks;
mod charts;

use chrono::NaiveDate;
use headsup::brief::{
    Align, Banner, Block, Brief, Bullet, Figure, Item, Labels, List, Meter, Section, SectionStyle, Span, Spans, Style,
    Table, TableColumn, TableRow, Tile, Tiles,
};
use headsup::chart::{self, BurnupInput, Chart, Lane, LaneOutcome, Mark, SparklineInput, TimelineInput, Tone, Verdict};
use headsup::redact::Audience;

pub use blocks::*;
pub use charts::*;

/// Returns the sketched brief.
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
        labels: labels(),
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

/// Returns the banner of a brief with a stale source.
pub fn stale_banner() -> Banner {
    Banner {
        tone: Tone::Warning,
        spans: line("*Stale:* data/metrics.csv ends on 2 November, 18 days ago. What rests on it is unknown."),
    }
}
