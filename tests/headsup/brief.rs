//! Tests of the brief of an analysis: the contents and the order of its sections, and what they leave out.

mod agenda;
mod budget;
mod late;
pub mod story;

use headsup::analysis::{Analysis, ForecastMethod, MilestoneState, Stale, StatusCause};
use headsup::brief::Block;
use headsup::redact::Audience;
use headsup::team::{Status, TableKind};
use story::*;

#[test]
fn the_sections_have_the_order_and_titles_of_the_design() {
    let titles: Vec<String> = compose(&story()).sections.into_iter().map(|section| plain(&section.title)).collect();
    let expected = [
        "Needed from you",
        "Decided 13 November",
        "Where the quarter stands: 1 of 3 objectives is late (Self-serve release, 9 days late)",
        "Changed from what we agreed: 2 of 3 changes still to agree",
        "Value since 13 November: 38 k$ a year, 2 of 4 wins validated by customers",
        "Metrics: 2 miss their target",
        "Planned 6 November: 1 of 3 done",
        "Next two weeks, to 4 December",
        "People: what changed since 1 October",
        "Cross-team",
        "Beyond revenue and retention",
        "Team goals",
        "For me",
    ];
    assert_eq!(titles, expected);
}

fn section<'a>(brief: &'a headsup::brief::Brief, id: &str) -> &'a headsup::brief::Section {
    brief.sections.iter().find(|section| section.id == id).unwrap_or_else(|| panic!("no section {id}"))
}

fn says(analysis: &headsup::analysis::Analysis, id: &str) -> String {
    plain(&told(section(&compose(analysis), id)))
}

#[test]
fn a_late_milestone_prints_its_reason_or_that_none_was_given() {
    let mut analysis = story();
    let told = says(&analysis, "where the quarter stands");
    assert!(told.contains("Self-serve release, 9 days late: the search page waits on a front-end developer"));
    assert!(told.contains("We say at risk; the numbers say late."), "the stated status stands beside the computed one");
    analysis.objectives[0].milestones[2].reason = None;
    let told = says(&analysis, "where the quarter stands");
    assert!(told.contains("Self-serve release, 9 days late: no reason given."), "{told}");
}

#[test]
fn a_change_of_plan_shows_before_and_after_and_whether_it_was_agreed() {
    let told = says(&story(), "moved away from what we agreed");
    let lines: Vec<&str> = told.lines().skip(1).collect();
    assert_eq!(
        lines,
        [
            "Scope, Supplier-risk dataset | 34 tasks on 2 Oct | 43 (+11, −2); 6 of 11 are “supplier scoring” | 6 to agree: ask A-02",
            "Wording, Supplier-risk dataset | “… can look up any supplier’s risk themselves.” | “… can look up and score any supplier’s risk themselves.” | to agree: ask A-02",
            "Date, Batch to stream | 20 November | 27 November | yes, 13 Nov",
        ]
    );
}

#[test]
fn a_claim_without_a_customer_is_marked() {
    let told = says(&story(), "value since the last 1:1");
    assert!(
        told.contains("Ownership links shipped to the three pilot accounts. 38 k$ a year. Two signed.")
            && told.contains("validated: both accounts"),
        "{told}"
    );
    assert!(told.contains("Sanctions feed for APAC. No evidence yet.") && told.contains("not validated"), "{told}");
}

#[test]
fn a_first_brief_has_nothing_to_compare_with() {
    let analysis = headsup::analysis::Analysis {
        first_brief: true,
        since: headsup::analysis::Since { date: day(11, 13), recorded: false },
        decided: Vec::new(),
        plan_review: None,
        ..story()
    };
    let brief = compose(&analysis);
    let text = text(&brief);
    assert!(text.contains("First brief: please agree these objectives, milestones and dates"), "{text}");
    assert!(text.contains("## Value in the last 7 days"));
    assert!(!text.contains("since the last 1:1") && !text.contains("Decided last time"));
}

#[test]
fn missing_parts_that_would_mislead_are_explained() {
    let text = text(&compose(&empty()));
    for line in [
        "Nothing is needed from you this week.",
        "No objective or milestone is in the data for this quarter, so how it stands is not reported.",
        "Nothing to claim since the last 1:1.",
        "No plan was recorded two weeks ago, so there is nothing to compare.",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    for absent in ["## People", "## Cross-team", "## Team goals", "## For me", "## Concerns", "## Metrics"] {
        assert!(!text.contains(absent), "{absent}");
    }
}

#[test]
fn a_quiet_week_of_metrics_says_so() {
    let analysis =
        headsup::analysis::Analysis { metrics: vec![metric("Feeds", "", &[14.0, 16.0, 15.0, 17.0])], ..empty() };
    assert!(says(&analysis, "signals").contains("No signal this week."));
    assert!(!says(&story(), "signals").contains("No signal this week."));
}

#[test]
fn a_section_that_is_not_due_is_left_out() {
    let analysis = headsup::analysis::Analysis { resting: vec!["for me".into()], ..story() };
    let brief = compose(&analysis);
    assert!(brief.sections.iter().all(|section| section.id != "for me"));
    assert!(brief.notes.iter().any(|note| note.contains("For me")), "left out, and said in the notes");
    let german = compose_for(&analysis, "de", Audience::Boss);
    assert!(german.notes.iter().any(|note| note.contains("In eigener Sache")), "by its title: {:?}", german.notes);
}

#[test]
fn concerns_are_on_a_page_of_their_own_for_the_boss() {
    use headsup::brief::SectionStyle;
    let boss = compose_for(&story_for_me(), "en", Audience::Boss);
    assert_eq!(section(&boss, "concerns").style, SectionStyle::OwnPage);
    assert!(boss.agenda.is_none() && !text(&boss).contains("no highlight for"));
}

#[test]
fn old_data_are_mentioned_in_one_line_below_the_summary() {
    let of = |file: &str, table, newest| Stale { file: file.into(), table, newest, days: 18, cadence: 8 };
    let stale =
        vec![of("data/jira.csv", TableKind::Tasks, day(11, 2)), of("data/kpi.csv", TableKind::Metrics, day(10, 30))];
    let analysis = Analysis { stale, vanished: vec!["CUR-1".into(), "CUR-2".into()], ..story() };
    let brief = compose(&analysis);
    let line =
        "Older data: data/jira.csv to 2 November and data/kpi.csv to 30 October. What rests on them stands as of then.";
    assert_eq!(brief.banners.len(), 1);
    assert!(!brief.title.contains("jira") && brief.sentences().iter().all(|line| !line.contains("jira")));
    let markdown = headsup::render::markdown(&brief);
    let (summary, old) = (markdown.find(brief.sentences()[0].split(' ').next().unwrap()), markdown.find("Older data"));
    assert!(summary < old && old < markdown.find("## "), "{markdown}");
    assert!(plain(&text(&brief)).contains(line), "{}", text(&brief));
    assert!(!text(&brief).contains("gone from the export"));
}

#[test]
fn weeks_after_an_old_export_are_not_counted() {
    let mut analysis = story();
    analysis.plan_review.as_mut().unwrap().done = None;
    let said = plain(&told(section(&compose(&analysis), "said and done")));
    assert!(said.contains("Planned 6 November: 3 tasks, not yet reported"), "{said}");
    assert!(!said.contains(" of 3 done") && !plain(&text(&compose(&analysis))).contains("tasks planned on "));
}

#[test]
fn milestones_of_other_quarters_are_named() {
    let of = |name: &str, agreed| MilestoneState { agreed, ..milestone(name, Status::NotReported) };
    let elsewhere = vec![of("Second market", Some(day(12, 31))), of("Old", Some(day(6, 30))), of("Undated", None)];
    let line = "3 milestones of other quarters: “Second market”, agreed for 31 Dec; “Undated”; “Old”, agreed for 30 Jun and not reported done.";
    for objectives in [story().objectives, Vec::new()] {
        let analysis = Analysis { objectives, elsewhere: elsewhere.clone(), ..story() };
        let quarter = plain(&told(section(&compose(&analysis), "where the quarter stands")));
        assert!(quarter.contains(line), "{quarter}");
    }
    // Of many milestones, the next five are named, and the others counted.
    let many: Vec<MilestoneState> = (1..=86).map(|n| of(&format!("Step {n}"), Some(day(12, 31)))).collect();
    let elsewhere = [many, vec![done("First", day(8, 1), day(8, 1))]].concat();
    let quarter = plain(&told(section(&compose(&Analysis { elsewhere, ..story() }), "where the quarter stands")));
    assert!(quarter.contains("“Step 5”, agreed for 31 Dec, and 81 more in the HTML version."), "{quarter}");
    assert!(quarter.contains("1 milestone of another quarter is done or dropped."), "{quarter}");
    assert!(quarter.contains("\nStep 86 |"), "the table has them all: {quarter}");
}

#[test]
fn a_late_milestone_explains_what_its_dates_do_not_show() {
    let row = |milestone: MilestoneState| {
        let analysis = Analysis { objectives: vec![objective("Launch", Status::Late, vec![milestone])], ..story() };
        plain(&told(section(&compose(&analysis), "where the quarter stands")))
    };
    let late = late("Release", day(12, 4), 9);
    assert!(row(late.clone()).contains("agreed 4 Dec, forecast 13 Dec"));
    let promised = MilestoneState { forecast: None, due: Some(day(12, 8)), ..late.clone() };
    assert!(row(promised).contains("agreed 4 Dec, now due 8 Dec"));
    let waiting = MilestoneState { tasks_all: 3, tasks_done: 2, tasks_before: 14, ..late.clone() };
    assert!(row(waiting).contains("14 tasks of earlier milestones must be done first."));
    let by_pace = MilestoneState { forecast: None, slip_days: Some(0), because: StatusCause::LowPace, ..late.clone() };
    assert!(row(by_pace.clone()).contains("Judged by its own pace so far."));
    // It is late by the date that follows from the pace, not by the promised date.
    let projected = MilestoneState { projected: Some(day(12, 29)), due: Some(day(12, 4)), ..by_pace };
    assert!(row(projected).contains("agreed 4 Dec, at this pace 29 Dec"));
    let mut progressing = late;
    progressing.forecast.as_mut().unwrap().method = ForecastMethod::Pace;
    let row = row(progressing);
    assert!(row.contains("at this pace 13 Dec") && row.contains("8 weeks of progress"), "{row}");
}

#[test]
fn a_value_of_an_older_week_names_its_week() {
    let revenue = metric("Revenue", "", &[10.0, 12.0, 11.0]);
    let mut refunds = metric("Refunds", "", &[1.0, 3.0, 2.0]);
    refunds.weeks.iter_mut().for_each(|point| point.ending = point.ending - chrono::Days::new(7));
    let signals = |metrics| plain(&told(section(&compose(&Analysis { metrics, ..story() }), "signals")));
    assert!(!signals(vec![revenue.clone()]).contains("week ending"));
    let told = signals(vec![revenue, refunds]);
    assert!(told.contains("2 (week ending 13 Nov)"), "{told}");
}

#[test]
fn an_outcome_is_shown_beside_its_lane_with_its_target() {
    let brief = compose(&story());
    let labels = section(&brief, "where the quarter stands").blocks.iter().find_map(|block| match block {
        Block::Figure(figure) => Some(figure.chart.labels.iter().map(|label| label.text.as_str()).collect::<Vec<_>>()),
        _ => None,
    });
    let labels = plain(&labels.unwrap().join(" "));
    assert!(labels.contains("61 hours Update lag target 24 hours, not moving misses its target"), "{labels}");
}

#[test]
fn the_footer_names_the_data_of_the_brief() {
    let brief = compose(&story());
    assert_eq!(plain(&brief.footer), "For Alex Kim · data to 19 Nov: 2 files, 1,284 rows read, 3 not read");
    assert_eq!(plain(&brief.reading_time), "3 min");
    assert_eq!(plain(&brief.dateline), "Friday 20 November 2026 · week 8 of 13");
}

#[test]
fn findings_are_quoted_to_the_manager_and_counted_to_others() {
    use headsup::problem::{Place, Problem, Problems};
    let problem = Problem::warning("unmatched-milestone", "\"Project Falcon\" names no milestone").at(Place::at(
        "data/jira.csv",
        3,
        1,
    ));
    let problems = Problems(vec![problem]);
    let notes = |audience| {
        let options = headsup::brief::Options { audience, headline: None, sources: &[], problems: &problems };
        headsup::brief::compose(&story(), headsup::words::Words::of("en").unwrap(), &options).notes.join("\n")
    };
    assert!(notes(Audience::Me).contains("data/jira.csv:3: \"Project Falcon\""));
    for copy in [Audience::Boss, Audience::Shared] {
        assert!(!notes(copy).contains("Falcon") && plain(&notes(copy)).contains("1 finding in the data"));
    }
}

#[test]
fn the_same_analysis_makes_the_same_brief() {
    assert_eq!(compose(&story()), compose(&story()));
}

#[test]
fn many_objectives_are_split_into_time_lines_with_those_off_pace_first() {
    let objectives = (1..=9).map(|n| {
        let name = format!("Objective {n}");
        match n {
            8 => objective(&name, Status::Late, vec![late("Step 8", day(12, 4), 40)]),
            _ => objective(&name, Status::OnPace, vec![on_pace(&format!("Step {n}"), day(12, 18))]),
        }
    });
    let analysis = headsup::analysis::Analysis { objectives: objectives.collect(), ..empty() };
    let brief = compose(&analysis);
    let quarter = brief.sections.iter().find(|s| s.id == "where the quarter stands").unwrap();
    let charts: Vec<_> = quarter
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Figure(figure) if figure.chart.width > 300.0 => Some(&figure.chart),
            _ => None,
        })
        .collect();
    let titles: Vec<_> = charts.iter().map(|chart| plain(&chart.title)).collect();
    assert!(plain(&quarter.title).ends_with("1 of 9 objectives is late (Step 8, 40 days late)"), "{}", quarter.title);
    assert_eq!(titles[0], "", "the section's title says it");
    assert_eq!(titles[1..], ["Objectives 2 to 5 of 9: on pace 4", "Objectives 6 to 9 of 9: on pace 4"]);
    assert!(charts[0].alt.contains("Objective 8") && !charts[1].alt.contains("Objective 8"));
    // Dates after the quarter are part of the picture, and all pictures cover the same period.
    for chart in charts {
        let texts: Vec<_> = chart.labels.iter().map(|label| label.text.as_str()).collect();
        assert!(texts.contains(&"quarter ends") && texts.contains(&"Jan"), "{texts:?}");
    }
}
