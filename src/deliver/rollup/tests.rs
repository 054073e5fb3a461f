//! Tests for the page over several teams: the order of news, conflicts between teams, and pages for many teams.

use super::*;
use crate::deliver::batch::{
    AskLine, BuysLine, Card, MilestoneLine, NeedLine, ObjectiveLine, Owner, PersonLine, WinLine,
};

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

fn milestone(name: &str, status: Status, slip: i64) -> MilestoneLine {
    let agreed = day("2026-12-04");
    MilestoneLine {
        name: name.into(),
        status,
        status_as: None,
        agreed: Some(agreed),
        expected: Some(agreed + chrono::Days::new(slip as u64)),
        agreed_period: None,
        expected_period: None,
        slip_days: Some(slip),
        slip_since_days: Some(5),
        odds: Some(0.2),
        weeks: 20,
        reason: None,
    }
}

fn card(status: Status, slip: i64) -> Card {
    Card {
        manager: "Dana <b>".into(),
        headline: "All well".into(),
        objectives: vec![ObjectiveLine { name: "Speed".into(), status, status_as: None, outcome_still: false }],
        milestones: vec![milestone("Release", status, slip)],
        files: vec!["b.pdf".into(), "b.html".into()],
        ..Card::default()
    }
}

fn team(path: &str, brief: Card) -> TeamResult {
    let failed = TeamResult::failed(path, Owner::default(), &Failure::Usage(String::new()), Audience::Shared);
    TeamResult { brief: Some(brief), failed: None, ..failed }
}

fn page_of(teams: Vec<TeamResult>) -> String {
    let batch = Batch::new(day("2026-11-20"), Audience::Shared, teams, Vec::new());
    let html = page(&batch, Words::of_or_english("en")).unwrap();
    // The embedded fonts are long, so they are cut off.
    html.split_once("</style>").unwrap().1.replace('\u{a0}', " ")
}

#[test]
fn the_worst_news_comes_first_and_failures_above_all() {
    let page = page_of(vec![
        team("a team", card(Status::OnPace, 0)),
        team("b", card(Status::Late, 9)),
        team("c", card(Status::Late, 35)),
        TeamResult::failed("d", Owner::default(), &Failure::Usage("no data".into()), Audience::Shared),
    ]);
    assert!(page.contains("<h1>2 of 3 teams are off pace; 1 team has no brief</h1>"), "{page}");
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("no {text}: {page}"));
    assert!(at("id=\"failed\"") < at("id=\"teams\""));
    assert!(at("35 days late") < at("9 days late") && at("9 days late") < at("a%20team/b.html"));
    assert!(page.contains("on 8 January 2027, 35 days late") && page.contains("Dana &lt;b&gt;"), "{page}");
    assert!(page.contains("no data") && !page.contains("<b>"));
    assert!(page.contains("+5 days") && page.contains("odds 20%"));
}

#[test]
fn decisions_are_sorted_by_date_and_show_their_effect() {
    let ask = |text: &str, by: Option<&str>| AskLine {
        text: text.into(),
        needed_by: by.map(day),
        overdue: by.is_some_and(|by| day(by) < day("2026-11-20")),
        ..AskLine::default()
    };
    let buys = BuysLine {
        milestone: "Release".into(),
        agreed: Some(day("2026-12-04")),
        from: Some(day("2026-12-13")),
        to: Some(day("2026-12-02")),
        odds_from: Some(0.2),
        odds_to: Some(0.61),
        weeks: 20,
    };
    let drop = AskLine { buys: Some(buys), ..ask("Drop scoring", Some("2026-11-24")) };
    let asks = vec![ask("A title", None), drop, ask("A developer", Some("2026-11-13"))];
    let page = page_of(vec![team("a", Card { asks, ..card(Status::Late, 9) })]);
    let title = "1 decision is overdue and 1 is due by 24 November; “Drop scoring” moves Release from about 13 to about 2 December";
    assert!(page.contains(&format!("<h1>{title}</h1>")), "{page}");
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("no {text}: {page}"));
    assert!(at("A developer.</bdi>") < at("Drop scoring</bdi>") && at("Drop scoring</bdi>") < at("A title</bdi>"));
    assert!(page.contains("7 days overdue") && page.contains("Tue 24 Nov"));
    assert!(page.contains("<strong>13 → 2 Dec; odds of 4 Dec 20 → 61%</strong>"), "{page}");
    assert!(page.contains("1 overdue") && page.contains("1 due") && page.contains("1 later"));
}

#[test]
fn conflicts_match_teams_by_their_names_and_aliases() {
    let need = |text: &str, from: &str, private| NeedLine {
        text: text.into(),
        from: from.into(),
        needed_by: Some(day("2026-11-27")),
        private,
    };
    let with = |needs, card: Card| Card { needs, ..card };
    let platform = Card { aliases: vec!["Base".into()], ..card(Status::Late, 12) };
    let page = page_of(vec![
        team("Curation", with(vec![need("A developer", "Platform POD", true)], card(Status::OnPace, 0))),
        team("Platform", with(vec![need("Two days", "the security team", false)], platform)),
        team(
            "Payments",
            with(vec![need("An auditor", "Security", false), need("Load", "base", false)], card(Status::OnPace, 0)),
        ),
    ]);
    let of_one = "<strong>Curation wants “A developer” from Platform</strong> by 27 November. Platform has 1 of 1 objectives off pace.";
    assert!(page.contains(of_one), "{page}");
    assert!(page.contains("Not yet raised with Platform."));
    assert!(page.contains("<strong>Payments wants “Load” from Platform</strong>"));
    assert!(page.contains("<strong>Payments and Platform both want "), "{page}");
    assert!(page.contains("“Two days” by 27 November") && page.contains("“An auditor” by 27 November"));
}

#[test]
fn wins_and_people_are_mentioned() {
    let win = WinLine {
        text: "Links shipped".into(),
        people: vec!["M. Laurent".into()],
        amount: None,
        evidence: Some("two accounts signed".into()),
        validated: true,
    };
    let person = PersonLine { person: "A. Osei".into(), text: "wrote the sheet".into(), wish: Some("a course".into()) };
    let page = page_of(vec![team("a", Card { wins: vec![win], people: vec![person], ..card(Status::OnPace, 0) })]);
    assert!(page.contains("<strong><bdi>M. Laurent</bdi></strong>, <bdi>a</bdi>: Links shipped: two accounts signed"));
    assert!(page.contains("A. Osei") && page.contains("Would help: a course"), "{page}");
}

/// Returns four hundred teams, each with three asks, two needs and some wins.
fn four_hundred() -> Vec<TeamResult> {
    let team = |n: u32| {
        let ask = |k: u32| AskLine {
            text: format!("Decide on matter {k} of team {n} before the quarter ends"),
            needed_by: Some(day("2026-11-10") + chrono::Days::new(u64::from((n * 7 + k * 11) % 60))),
            overdue: (n * 7 + k * 11) % 60 < 10,
            if_not: Some("four milestones slip into January".into()),
            ..AskLine::default()
        };
        let status = [Status::Late, Status::OnPace, Status::AtRisk, Status::Ahead][n as usize % 4];
        let need = NeedLine {
            text: "A developer for two weeks".into(),
            from: format!("Team {}", n % 13),
            needed_by: Some(day("2026-11-27")),
            private: false,
        };
        let card = Card {
            asks: (0..3).map(ask).collect(),
            needs: if n % 9 == 0 { vec![need] } else { Vec::new() },
            milestones: vec![
                milestone(&format!("Milestone with a long name {n}"), status, i64::from(n % 40)),
                milestone("Next", Status::OnPace, 0),
            ],
            ..card(status, 0)
        };
        team(&format!("region {}/Team {n}", n % 5), card)
    };
    (0..400).map(team).collect()
}

#[test]
fn many_teams_get_a_line_each_and_a_tab_for_each_part_within_a_megabyte() {
    let batch = Batch::new(day("2026-11-20"), Audience::Shared, four_hundred(), Vec::new());
    let html = page(&batch, Words::of_or_english("en")).unwrap();
    assert!(html.len() < 1_000_000, "{} bytes", html.len());
    assert!(html.contains("<body class=\"rollup many\">") && html.contains("class=\"tabs\""));
    assert_eq!(html.matches("<tr id=\"t").count(), 400);
    assert!(html.find("id=\"teams\"") < html.find("id=\"decisions\""), "the teams are the first tab");
    // Teams are never sorted by odds.
    assert!(!html.contains("by-odds") && !html.contains("data-by=\"odds\""));
}

#[test]
fn every_language_fills_all_placeholders() {
    for language in Words::languages() {
        let batch = Batch::new(day("2026-11-20"), Audience::Boss, four_hundred(), Vec::new());
        let html = page(&batch, Words::of(language).unwrap()).unwrap();
        let body = html.split_once("</style>").unwrap().1.split_once("<script>").unwrap().0;
        let places = body.replace("{n}", "").replace("{of}", "");
        assert!(!places.contains('{'), "{language}: {}", &places[places.find('{').unwrap_or(0)..][..80]);
        assert!(!body.contains("rollup."), "{language}: a key shows");
    }
}

#[test]
fn tasks_are_added_up_over_the_same_closed_week_only() {
    let of = |path: &str, week: &str, finished: (u32, u32)| {
        let card = Card { finished: Some(finished), finished_week: Some(day(week)), ..card(Status::OnPace, 0) };
        team(path, card)
    };
    let page = page_of(vec![
        of("a", "2026-11-20", (3, 5)),
        of("b", "2026-11-20", (4, 6)),
        of("c", "2026-11-13", (90, 90)),
        team("d", card(Status::OnPace, 0)),
    ]);
    let strip = page.split_once("totals").unwrap().1.split("</ul>").next().unwrap();
    let text: String = strip.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
    assert!(
        text.contains("7") && text.contains("tasks done in the week to 20 Nov, 11 before (2 of 4 teams)"),
        "{text}"
    );
}

#[test]
fn periods_are_printed_as_typed() {
    let mut late = card(Status::Late, 27);
    late.milestones[0].expected_period = Some("Q4 2026".into());
    late.milestones[0].agreed_period = Some("Dec".into());
    let page = page_of(vec![team("a", late)]);
    assert!(page.contains(" Q4 2026, 27 days late") && !page.contains("on Q4"), "{page}");
    assert!(page.contains("Dec") && !page.contains("4 Dec"), "{page}");
}
