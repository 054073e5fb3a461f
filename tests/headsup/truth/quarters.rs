//! From one quarter to the next: what lies in another one has one date, a slip there is told, and the last one closes.

use super::{Case, title};

#[test]
fn a_milestone_of_another_quarter_has_one_date_named_for_what_it_is_and_its_slip_is_told() {
    let rows = "objective,milestone,agreed_due,due\nRollout,Dayton go-live,2026-12-14,2026-12-21\n\
        Rollout,Reno go-live,2027-01-22,2027-02-05\nRollout,Handover,2027-02-26,2027-02-26\n";
    let text = Case::new(&[("milestones", rows)]).text();
    assert!(text.contains("“Reno go-live”, planned for 22 Jan 2027, now due on 5 Feb 2027"), "{text}");
    assert!(text.contains("“Handover”, due on 26 Feb 2027") && !text.contains("due on 22 Jan"), "{text}");
    let changed = text.split("## Changed").nth(1).unwrap();
    assert!(changed.contains("Reno go-live") && changed.contains("5 February 2027"), "{changed}");
    assert!(!changed.contains("Handover"), "{changed}");
}

#[test]
fn the_first_brief_of_a_quarter_closes_the_last_of_objectives_that_go_on() {
    let rows = "objective,milestone,agreed_due,done_on\nBilling,Export,2026-11-27,2026-12-10\n\
        Billing,Onboarding,2026-12-18,2026-12-18\nBilling,Migration,2026-12-18,\nBilling,Next,2027-02-12,\n\
        Search,Index,2026-12-11,2026-12-09\nSearch,Ranking,2027-03-05,\n";
    let case = Case::new(&[("milestones", rows)]);
    let of = |as_of: &str| case.rendered(as_of, "boss", "md").replace('\u{a0}', " ");
    let text = of("2027-01-04");
    assert!(text.contains("The last quarter closed") && text.contains("1 of 2 objectives met"), "{text}");
    assert!(text.contains("2 of 3 milestones done") && text.contains("1 of 1 milestone done"), "{text}");
    assert!(title(&text).contains("Migration"), "{text}");
    assert!(!of("2027-02-01").contains("last quarter"), "only its first brief");
    // A milestone that was moved into this quarter was one of the last.
    let moved = "date,objective,milestone,what,from,to,with\n\
        2026-12-11,Billing,Migration,date,2026-12-18,2027-01-29,Alex Kim\n";
    let text = Case::new(&[("milestones", rows), ("agreements", moved)]).rendered("2027-01-04", "boss", "md");
    assert!(text.replace('\u{a0}', " ").contains("2 of 3 milestones done"), "{text}");
    // Where nothing of the last quarter is known, nobody knows how it closed.
    let rows = "objective,milestone,agreed_due\nBilling,Migration,2026-12-18\nBilling,Next,2027-02-12\n";
    let case = Case::new(&[("milestones", rows)]);
    assert!(!case.rendered("2027-01-04", "boss", "md").contains("last quarter"));
}

#[test]
fn rows_of_a_plan_weigh_by_their_duration() {
    let plan = "ID,Task Mode,Task Name,Duration,Start,Finish,Outline Level,% Complete,Baseline Start,Baseline Finish\n\
        1,Auto Scheduled,Carrier API,30 days,11/9/26,12/18/26,1,45%,11/9/26,12/18/26\n\
        2,Auto Scheduled,   Rate shopping,15 days,11/9/26,11/27/26,2,90%,11/9/26,11/27/26\n\
        3,Auto Scheduled,   Label printing,15 days,11/30/26,12/18/26,2,0%,11/30/26,12/18/26\n\
        4,Auto Scheduled,   Carrier cut-over,0 days,12/18/26,12/18/26,2,0%,12/18/26,12/18/26\n";
    let case = Case::new(&[("milestones", plan)]);
    let text = case.rendered("2026-11-30", "boss", "md").replace('\u{a0}', " ");
    assert!(text.contains("45% done") && text.contains("planned by now 50%"), "{text}");
    let done = plan.replace(",90%,", ",100%,").replace(",0%,11/30", ",100%,11/30");
    let text = Case::new(&[("milestones", &done)]).rendered("2026-12-14", "boss", "md").replace('\u{a0}', " ");
    assert!(text.contains("99% done"), "the go-live is still to come: {text}");
}

#[test]
fn a_milestone_that_was_reached_is_named_and_a_plan_has_its_day() {
    let rows =
        "objective,milestone,agreed_due,done_on\nBilling,Export,2026-11-20,2026-11-19\nBilling,Next,2026-12-18,\n";
    let tasks =
        "key,title,milestone,status,created,done_on\nT-1,One,Next,Doing,2026-11-02,\nT-2,Two,Next,To do,2026-11-02,\n";
    let case = Case::new(&[("milestones", rows), ("tasks", tasks)]);
    let dir = crate::program::s(case.dir.path());
    for day in ["2026-11-06", "2026-11-13"] {
        crate::program::ends(&["render", dir, "--as-of", day], 0);
        crate::program::ends(&["record", dir, "--as-of", day], 0);
    }
    let text = case.text();
    assert!(text.contains("milestone reached: Export"), "{text}");
    assert!(
        text.contains("The one task planned on 6 November is not done") || text.contains("Planned 6 November"),
        "{text}"
    );
    assert!(!text.contains("planned last time") && !text.contains("1**:1"), "{text}");
}
