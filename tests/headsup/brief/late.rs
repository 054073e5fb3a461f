//! Tests of what is said about many late milestones, about dates that cannot be estimated, and about dates that were
//! not agreed yet.

use headsup::analysis::*;
use headsup::brief::{ALWAYS, Block, List};
use headsup::redact::Audience;
use headsup::team::*;
use headsup::words::Words;

use super::story::*;

fn quarter(analysis: &Analysis) -> String {
    let brief = compose(analysis);
    plain(&told(brief.sections.iter().find(|section| section.id == "where the quarter stands").unwrap()))
}

fn lists(analysis: &Analysis) -> Vec<List> {
    fn of(blocks: &[Block], found: &mut Vec<List>) {
        for block in blocks {
            match block {
                Block::List(list) if list.more == "late" => found.push(list.clone()),
                Block::Figure(figure) => of(&figure.beside, found),
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    compose(analysis).sections.iter().for_each(|section| of(&section.blocks, &mut found));
    found
}

/// Returns one objective with `n` late milestones, each later than the one before.
fn many(n: u64) -> Analysis {
    let milestones = (1..=n).map(|i| late(&format!("Step {i}"), day(11, 30), i)).collect();
    Analysis { objectives: vec![objective("Launch", Status::Late, milestones)], ..empty() }
}

/// Returns a milestone whose pace leads to a date `days` days away.
fn by_pace(name: &str, days: u64) -> MilestoneState {
    let mut milestone = late(name, day(12, 4), days);
    milestone.forecast.as_mut().unwrap().method = ForecastMethod::Pace;
    milestone.forecast.as_mut().unwrap().odds = None;
    milestone
}

#[test]
fn the_worst_comes_first() {
    let told = quarter(&many(3));
    let place = |name: &str| told.find(&format!("{name} days late:")).unwrap_or_else(|| panic!("{told}"));
    assert!(place("Step 3, 3") < place("Step 2, 2"));
}

#[test]
fn a_shared_reason_is_given_once() {
    let mut analysis = many(20);
    for milestone in &mut analysis.objectives[0].milestones[..2] {
        milestone.reason = Some("the vendor is late".into());
    }
    for milestone in &mut analysis.objectives[0].milestones[10..] {
        milestone.stated = Some(Status::OnPace);
    }
    let told = quarter(&analysis);
    assert_eq!(told.matches("no reason given").count(), 1, "{told}");
    assert!(told.contains("18 late: no reason given"), "{told}");
    assert!(told.contains("Step 2, 2 days late: the vendor is late."), "few alike have a line each: {told}");
    assert!(told.contains("10 of these are reported as on pace."), "{told}");
    let read = plain(&compose(&analysis).sentences().join(" "));
    assert!(read.contains("18 of the 20 late milestones have no reason given."), "{read}");
    let read = plain(&compose(&many(4)).sentences().join(" "));
    assert!(read.contains("None of the 4 late milestones has a reason given."), "{read}");
}

#[test]
fn of_many_late_milestones_the_worst_are_named_and_the_others_counted() {
    let lists = lists(&many(40));
    let worths: Vec<_> = lists.iter().flat_map(|list| &list.items).map(|item| item.priority).collect();
    assert_eq!(worths.len(), 40);
    assert_eq!(worths.iter().filter(|priority| **priority == ALWAYS).count(), 12);
    assert!(worths.is_sorted_by(|a, b| a >= b), "the least late go first: {worths:?}");
}

#[test]
fn a_forecast_a_year_after_the_quarter_is_not_a_date() {
    let analysis = |days| Analysis {
        objectives: vec![objective("Launch", Status::Late, vec![by_pace("Cut over", days)])],
        ..empty()
    };
    // 392 days after 4 December is 31 December of the next year, one year after the end of the quarter.
    let near = analysis(392);
    assert_eq!(
        plain(&compose(&near).title),
        "Cut over will be done on 31 December 2027 at the pace so far, 392 days late"
    );
    let far = analysis(393);
    assert_eq!(
        plain(&compose(&far).title),
        "Cut over is not in sight at the pace so far; it was agreed for 4 December"
    );
    let told = quarter(&far);
    assert!(told.contains("Cut over, not in sight at the pace so far: no reason given."), "{told}");
    assert!(told.contains("agreed 4 Dec, not in sight"), "{told}");
    for audience in [Audience::Me, Audience::Boss, Audience::Shared] {
        for language in Words::languages() {
            let text = text(&compose_for(&far, language, audience));
            assert!(!text.contains("2028") && !text.contains("393"), "{language}: {text}");
        }
    }
    // A promised date is always shown.
    let promised = MilestoneState { due: Some(day(12, 4) + chrono::Days::new(900)), ..by_pace("Cut over", 393) };
    let promised = Analysis { objectives: vec![objective("Launch", Status::Late, vec![promised])], ..empty() };
    assert!(plain(&compose(&promised).title).contains("2029"), "{}", compose(&promised).title);
}

#[test]
fn the_headline_about_several_milestones_says_how_its_date_was_estimated() {
    let of = |worst: MilestoneState| {
        let others = [late("Two", day(12, 4), 3), late("Three", day(12, 4), 5)];
        let milestones = [worst].into_iter().chain(others).collect();
        plain(&compose(&Analysis { objectives: vec![objective("Launch", Status::Late, milestones)], ..empty() }).title)
    };
    let all = "All 3 open milestones are late; worst: One, ";
    assert_eq!(of(late("One", day(12, 4), 9)), format!("{all}expected on 13 December, 9 days late"));
    assert_eq!(of(by_pace("One", 9)), format!("{all}13 December at the pace so far, 9 days late"));
    assert_eq!(of(by_pace("One", 2000)), format!("{all}not in sight at the pace so far"));
}

#[test]
fn a_promised_date_in_the_past_is_not_called_expected() {
    let overdue = |name: &str, agreed, days| MilestoneState {
        forecast: None,
        because: StatusCause::AgreedDatePassed,
        ..late(name, agreed, days)
    };
    let of = |milestones| {
        let objectives = vec![objective("Launch", Status::Late, milestones)];
        plain(&compose(&Analysis { objectives, ..empty() }).title)
    };
    let one = overdue("Patrol", day(11, 10), 10);
    assert_eq!(
        of(vec![one.clone()]),
        "Patrol was agreed for 10 November and is not reported done, at least 10 days late"
    );
    let others = [overdue("Two", day(11, 16), 4), overdue("Three", day(11, 17), 3)];
    assert_eq!(
        of([one].into_iter().chain(others).collect()),
        "All 3 open milestones are late; worst: Patrol, not reported done, at least 10 days late"
    );
}

#[test]
fn finished_milestones_are_not_compared_with_the_reported_status() {
    let mut finished = done("Schema", day(10, 16), day(10, 15));
    finished.stated = Some(Status::AtRisk);
    let milestones = vec![finished, on_pace("Release", day(12, 4))];
    let analysis = Analysis { objectives: vec![objective("Launch", Status::OnPace, milestones)], ..empty() };
    assert!(!quarter(&analysis).contains("reported"), "{}", quarter(&analysis));
}

#[test]
fn a_share_of_milestones_is_not_called_one_of_tasks() {
    let with_tasks = |tasks_all| MilestoneState { tasks_all, ..on_pace("Release", day(12, 4)) };
    let told = |second: MilestoneState| {
        let milestones = vec![with_tasks(43), second];
        quarter(&Analysis { objectives: vec![objective("Launch", Status::OnPace, milestones)], ..empty() })
    };
    assert!(told(with_tasks(2)).contains("19 of 43 tasks done, 44%"));
    assert!(told(with_tasks(0)).contains("44% done over all milestones, 19 of 43 tasks"));
}

#[test]
fn changes_of_dates_are_listed_by_milestone_the_worst_first() {
    let moved = |name: &str, to| Drift {
        milestone: Some(name.into()),
        milestone_name: Some(name.into()),
        ..drift(About::Date, "Launch", DriftDetail::Date { from: day(11, 20), to })
    };
    let drift = vec![moved("Beta", day(11, 27)), moved("Release", day(12, 24))];
    let brief = compose(&Analysis { drift, ..many(1) });
    let section = brief.sections.iter().find(|section| section.id == "moved away from what we agreed").unwrap();
    let told = plain(&told(section));
    let lines: Vec<&str> = told.lines().skip(1).map(|line| line.trim_end_matches(" | to agree")).collect();
    assert_eq!(lines, ["Release | 20 November | 24 December", "Beta | 20 November | 27 November"]);
}

/// Before the first brief nothing was agreed, so no language calls a date agreed.
#[test]
fn a_first_brief_calls_no_date_agreed() {
    let moved = MilestoneState { original: Some(day(11, 20)), ..on_pace("Patrol", day(12, 11)) };
    let promised = MilestoneState { due: Some(day(12, 20)), ..late("Handbook", day(12, 4), 9) };
    let reason = Some("the vendor is late".into());
    let waiting = MilestoneState { tasks_all: 3, tasks_before: 14, reason, ..late("Release", day(12, 4), 9) };
    let milestones = vec![
        done("Schema", day(10, 16), day(10, 16)),
        moved,
        promised,
        waiting,
        by_pace("Index", 30),
        by_pace("Cut over", 3000),
        ahead("Beta", day(12, 18), 12),
    ];
    let elsewhere = vec![MilestoneState { agreed: Some(day(12, 31)), ..milestone("Next", Status::NotReported) }];
    let agreed = Analysis { objectives: vec![objective("Launch", Status::Late, milestones)], elsewhere, ..empty() };
    let first = Analysis { first_brief: true, since: Since { date: day(11, 13), recorded: false }, ..agreed.clone() };
    let words = [
        ("en", "agreed"),
        ("de", "vereinbart"),
        ("es", "acordad"),
        ("fr", "convenu"),
        ("fr", "fixé"),
        ("pt", "combinad"),
    ];
    for (language, word) in words {
        let own = |analysis: &Analysis| {
            let text = text(&compose_for(analysis, language, Audience::Boss)).to_lowercase();
            // The phrase "not agreed yet" is allowed.
            let not_yet = Words::of(language).unwrap().say("quarter.not_agreed_yet", &[]).to_lowercase();
            text.replace(&not_yet, "").matches(word).count()
        };
        assert!(own(&agreed) > 0, "{language}: the words are those of a brief after it");
        assert_eq!(own(&first), 0, "{language}: {}", text(&compose_for(&first, language, Audience::Boss)));
    }
    let detail = DriftDetail::Date { from: day(11, 20), to: day(12, 11) };
    let milestone = Some(MilestoneId::from("Patrol"));
    let moved = Drift { milestone, milestone_name: Some("Patrol".into()), ..drift(About::Date, "Launch", detail) };
    let moved = Analysis { drift: vec![moved], objectives: Vec::new(), ..first.clone() };
    assert_eq!(plain(&compose(&moved).title), "Patrol was planned for 20 November and is now due on 11 December");
    let told = quarter(&first);
    for note in [
        "due 11 Dec (was 20 Nov)",
        "planned 4 Dec, now due 20 Dec",
        "due 4 Dec, forecast 13 Dec",
        "due 4 Dec, at this pace 3 Jan",
        "due 4 Dec, not in sight",
        "due 18 Dec, expected 6 Dec",
        "14 tasks of earlier milestones must be done first.",
        "“Next”, due on 31 Dec",
    ] {
        assert!(told.contains(note), "{note}: {told}");
    }
}
