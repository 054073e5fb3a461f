//! What was agreed at a recorded 1:1 stays agreed, whatever the exports say later: dates, scope.

use super::{Case, title};
use crate::program::{ends, s};

const AT: &str = "2026-11-30";
const NEXT: &str = "2026-12-07";

impl Case {
    /// The 1:1 at which the boss confirmed what the brief showed.
    fn confirmed(&self) {
        let dir = s(self.dir.path());
        ends(&["render", dir, "--as-of", AT, "--format", "md"], 0);
        ends(&["record", dir, "--as-of", AT, "--agree", "confirm"], 0);
    }

    fn write(&self, table: &str, rows: &str) {
        std::fs::write(self.dir.path().join(format!("{table}.csv")), rows).unwrap();
    }

    fn next(&self) -> String {
        self.rendered(NEXT, "boss", "md").replace('\u{a0}', " ")
    }
}

const AGREEMENTS: (&str, &str) = ("agreements", "date,objective,milestone,what,from,to,with\n");

#[test]
fn a_date_that_moves_in_the_export_is_not_agreed_by_that() {
    let rows = "Objective,Milestone,Due,Status\nGrow,Pilot,2026-12-11,Green\nGrow,Launch,2027-01-29,Green\n";
    let case = Case::new(&[("milestones", rows), AGREEMENTS]);
    case.confirmed();
    case.write("milestones", &rows.replace("12-11", "12-18").replace("01-29", "02-26"));
    let text = case.next();
    assert!(text.contains("| Pilot | 11 Dec | 11 Dec | 18 Dec |"), "{text}");
    assert!(text.contains("| Launch | 29 Jan 2027 | 29 Jan 2027 | 26 Feb 2027 |"), "{text}");
    assert!(text.contains("to agree") && !text.contains("agreed 18 Dec") && !text.contains("| held |"), "{text}");
    assert!(!text.contains("Nothing has changed"), "{text}");
    // Agreed again it is agreed.
    let dir = s(case.dir.path());
    ends(&["render", dir, "--as-of", NEXT, "--format", "md"], 0);
    ends(&["record", dir, "--as-of", NEXT, "--agree", "date:Pilot"], 0);
    let text = case.rendered("2026-12-08", "boss", "md").replace('\u{a0}', " ");
    assert!(text.contains("| Pilot | 11 Dec | 18 Dec | 18 Dec |") && text.contains("yes, 7 Dec"), "{text}");
}

#[test]
fn an_agreed_date_that_is_given_stays_what_it_is() {
    let rows = "Objective,Milestone,Agreed due,Due\nGrow,Pilot,2026-12-11,2026-12-11\n";
    let case = Case::new(&[("milestones", rows), AGREEMENTS]);
    case.confirmed();
    case.write("milestones", "Objective,Milestone,Agreed due,Due\nGrow,Pilot,2026-12-04,2026-12-11\n");
    assert!(case.next().contains("| Pilot | 4 Dec | 4 Dec | 11 Dec |"), "{}", case.next());
}

#[test]
fn what_is_added_after_a_confirmation_is_told() {
    let milestones = "Objective,Milestone,Due\nGrow,Alpha,2026-12-18\n";
    let tasks = "Key,Title,Milestone,Status,Created,Completed\nA-1,One,Alpha,Done,2026-11-02,2026-11-27\n\
                 A-2,Two,Alpha,In Progress,2026-11-02,\nA-3,Three,Alpha,In Progress,2026-11-02,\n";
    let case = Case::new(&[("milestones", milestones), ("tasks", tasks), AGREEMENTS]);
    case.confirmed();
    assert!(case.next().contains("Nothing has changed from what we agreed."), "{}", case.next());
    let added = ["A-4,Four", "A-5,Five", "A-6,Six"].map(|task| format!("{task},Alpha,To Do,2026-12-02,\n")).concat();
    case.write("tasks", &(tasks.to_owned() + &added));
    let text = case.next();
    assert!(text.contains("3 tasks added to “**Grow**” since 30 November were never agreed"), "{text}");
    assert!(text.contains("3 tasks on 30 Nov") && text.contains("6 (+3)"), "{text}");
    assert!(!text.contains("Nothing has changed"), "{text}");
    // One finished task of six is no pace to tell a date by.
    assert!(!text.contains("2027") && !text.contains("not in sight"), "{text}");
    assert!(title(&text).contains("18 December"), "{text}");
}

#[test]
fn that_nothing_changed_is_said_of_what_is_known_alone() {
    let milestones = "Objective,Milestone,Agreed due,Due\nGrow,Alpha,2026-12-18,2026-12-18\n";
    let tasks = "Key,Title,Milestone,Status,Created\nA-1,One,Alpha,In Progress,2026-11-02\n";
    let case = Case::new(&[("milestones", milestones), ("tasks", tasks), AGREEMENTS]);
    let dir = s(case.dir.path());
    ends(&["render", dir, "--as-of", AT, "--format", "md"], 0);
    ends(&["record", dir, "--as-of", AT], 0);
    let text = case.next();
    assert!(text.contains("No date was put off from what we agreed."), "no scope was agreed: {text}");
}
