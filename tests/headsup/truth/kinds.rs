//! Tests of special teams and weeks: what their briefs say if there is little data. Also small inputs that were once
//! read wrongly, with the right result.

use chrono::{Days, NaiveDate};

use super::{Case, is, title};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn text_of(case: &Case, as_of: &str) -> String {
    case.rendered(as_of, "boss", "md").replace('\u{a0}', " ")
}

/// Returns `all` tasks of a milestone, of which `done` are finished, one each day from `from` on. All were created a
/// week before that.
fn tasks(milestone: &str, from: &str, done: u64, all: u64) -> String {
    let from = day(from);
    let created = from - Days::new(7);
    let row = |n: u64| match n < done {
        true => format!("{milestone}-{n},t{n},{milestone},done,{created},{from},{}\n", from + Days::new(n)),
        false => format!("{milestone}-{n},t{n},{milestone},todo,{created},,\n"),
    };
    (0..all).map(row).collect()
}

const TASKS: &str = "key,title,milestone,status,created,started,done_on\n";

#[test]
fn a_task_without_a_title_is_called_by_its_key() {
    let rows = "key,status,milestone,due\nPAY-1,In Progress,Release,2026-11-25\nPAY-2,To Do,,2026-11-27\n";
    let milestones = "milestone,agreed_due\nRelease,2026-12-04\n";
    let text = Case::new(&[("tasks", rows), ("milestones", milestones)]).text();
    assert!(text.contains("PAY-1") && text.contains("“PAY-2”") && !text.contains("“”"), "{text}");
}

#[test]
fn the_first_weeks_call_nothing_late_by_pace_and_forecast_no_date_from_one_task() {
    let rows = format!("{TASKS}{}", tasks("M1", "2026-10-01", 1, 20));
    let case = Case::new(&[("tasks", &rows), ("milestones", "milestone,agreed_due\nM1,2026-12-18\n")]);
    let text = text_of(&case, "2026-10-07");
    assert!(!text.contains("days late") && !text.contains("0 weeks"), "{text}");
    assert!(!title(&text).contains("M1 is") && !text.contains(" by 18 December:"), "{text}");
    // This quarter begins in November.
    let fiscal = Case::of(
        "fiscal_year_starts = \"february\"\n",
        &[("tasks", &rows), ("milestones", "milestone,agreed_due\nM1,2027-01-20\n")],
    );
    let text = text_of(&fiscal, "2026-11-02");
    assert!(text.contains("week 1 of 13") && !text.contains("0 weeks of finished work"), "{text}");
}

#[test]
fn one_old_task_does_not_change_the_forecast() {
    let of = |last: &str| {
        let rows = format!("{TASKS}{}{last}", tasks("M1", "2026-10-26", 25, 34));
        let case = Case::new(&[("tasks", &rows), ("milestones", "milestone,agreed_due\nM1,2026-12-18\n")]);
        case.json()["objectives"][0]["milestones"][0]["forecast"]["p50"].clone()
    };
    let (clean, old) = (of("T-9,o,M1,todo,2026-10-12,,\n"), of("T-9,carried over,M1,doing,2026-08-01,2026-08-20,\n"));
    assert!(clean.is_string());
    assert_eq!(clean, old);
}

#[test]
fn a_milestone_stated_done_with_open_tasks_is_mentioned() {
    let rows = format!("{TASKS}{}", tasks("M1", "2026-11-05", 13, 22));
    let milestones = "milestone,agreed_due,status,done_on\nM1,2026-12-01,done,2026-11-10\n";
    let case = Case::new(&[("tasks", &rows), ("milestones", milestones)]);
    assert_eq!(case.status("M1"), is("done", "finished"));
    assert!(case.text().contains("M1: stated done; 9 of 22 tasks open."), "{}", case.text());
}

#[test]
fn all_tasks_done_is_not_done() {
    let rows = format!("{TASKS}{}", tasks("M1", "2026-11-10", 9, 9));
    let case = Case::new(&[("tasks", &rows), ("milestones", "milestone,agreed_due\nM1,2026-12-01\n")]);
    let text = case.text();
    assert!(text.contains("M1: all 9 known tasks done, not reported done."), "{text}");
    assert!(text.contains("| tasks done, not reported done |") && !text.contains("odds"), "{text}");
    assert!(!title(&text).contains("done on"), "{text}");
}

#[test]
fn an_export_of_last_week_does_not_deny_newer_work() {
    let rows = format!("{TASKS}{}", tasks("M1", "2026-10-12", 24, 40));
    let case = Case::new(&[("tasks", &rows), ("milestones", "milestone,agreed_due\nM1,2026-12-18\n")]);
    let text = text_of(&case, "2026-11-20");
    assert!(!text.contains("No task was finished"), "{text}");
    assert!(text.contains("24 of 40 (as of 4 Nov)") || text.contains("24 of 40 tasks done"), "{text}");
    assert!(text.contains("(as of 4 Nov)") && !text.contains("Odds of"), "{text}");
}

#[test]
fn a_week_in_which_everything_is_done_is_not_a_first_brief() {
    let rows = "objective,milestone,agreed_due,done_on\nPay,A,2026-12-04,2026-12-03\nPay,B,2026-12-18,2026-12-22\n";
    let case = Case::new(&[("milestones", rows)]);
    let text = text_of(&case, "2026-12-28");
    assert_eq!(title(&text), "# Both milestones of the quarter are done");
    assert!(!text.contains("please agree"), "{text}");
}

#[test]
fn a_first_brief_with_trouble_opens_with_it() {
    let rows = "objective,milestone,agreed_due\nPay,A,2026-11-06\nPay,B,2026-12-18\n";
    let text = Case::new(&[("milestones", rows)]).text();
    assert!(title(&text).contains("A was due on 6 November and is not reported done"), "{text}");
    assert!(text.contains("First brief"), "{text}");
}

#[test]
fn only_metrics_only_logs_and_only_stated_words_each_get_a_brief() {
    let mut rows = "date,Records in error\n".to_owned();
    (0..12).for_each(|week| rows += &format!("{},{}\n", day("2026-08-28") + Days::new(7 * week), 20 + week % 3));
    let text = Case::of("[[metric]]\nname = \"Records in error\"\n", &[("metrics", &rows)]).text();
    assert!(title(&text).contains("Records in error"), "{text}");
    assert!(!text.contains("objectives are") && !text.contains("please agree"), "{text}");

    let wins = "date,text,kind\n2026-11-18,The import is live,feature\n";
    let asks = "id,asked_on,kind,text,needed_by,status\nA-01,2026-11-13,decision,Sign the annex,2026-11-24,open\n";
    let text = Case::new(&[("wins", wins), ("asks", asks)]).text();
    assert!(title(&text).contains("Sign the annex") && text.contains("The import is live"), "{text}");
    assert!(!text.contains("no data") && !text.contains("please agree"), "{text}");

    let text =
        Case::new(&[("objectives", "objective,status,reason\nPay,Red,Legal has not signed\nFind,Green,\n")]).text();
    assert!(text.contains("red, as stated") && text.contains("Legal has not signed"), "{text}");
}

#[test]
fn a_quarter_without_objectives_names_those_of_others() {
    let rows = "objective,quarter\nPay,Q1 2027\n";
    let milestones = "objective,milestone,agreed_due\nPay,Beta,2027-02-12\n";
    let case = Case::new(&[("objectives", rows), ("milestones", milestones)]);
    let text = case.text();
    assert!(text.contains("“Beta”") && text.contains("| Beta | 12 Feb 2027 |"), "{text}");
    assert!(!title(&text).contains("on pace"), "{text}");
}

#[test]
fn the_day_of_the_meeting_is_distinguished_from_that_of_the_data() {
    let case = Case::new(&[("milestones", "milestone,agreed_due\nA,2026-12-18\n")]);
    let dir = crate::program::s(case.dir.path());
    let args = ["render", dir, "--as-of", "2026-11-20", "--on", "2026-11-24", "--format", "html", "--out", "-"];
    let html = crate::program::ends(&args, 0).0.replace('\u{a0}', " ");
    assert!(html.contains("Tuesday 24 November 2026") && html.contains("as of 20 Nov 2026"), "{html}");
    assert!(html.contains("1:1 24 Nov"), "the time line marks both");
}

#[test]
fn findings_and_vanished_tasks_are_for_the_manager() {
    let rows = format!("{TASKS}{}T-x,bad,Nowhere,todo,2026-10-05,,\n", tasks("M1", "2026-11-12", 3, 9));
    let milestones = "objective,milestone,agreed_due\nPay,M1,2026-12-18\n";
    let wins = "date,text,objective\n2026-11-18,The import is live,PAYY\n";
    let case = Case::new(&[("tasks", &rows), ("milestones", milestones), ("wins", wins)]);
    let boss = case.text();
    assert!(!boss.contains("Nowhere") && !boss.contains("PAYY"), "{boss}");
}
