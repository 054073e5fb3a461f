//! Compares the briefs of small teams with their files: statuses, dates, lists, tasks, asks.
//!
//! Each case is a team of a few rows, which the program renders: [`Case::new`] gives its tables, and the checks read
//! its JSON and its Markdown. Each new case is a new function.

mod agreed;
mod counted;
mod folder;
mod judge;
mod kinds;
mod made;
mod quarters;
mod rolled;
mod teams;
mod weeks;

use serde_json::Value;
use tempfile::TempDir;

use crate::program::{ends, s};

const AS_OF: &str = "2026-11-20";

/// A team folder with its brief.
struct Case {
    dir: TempDir,
}

impl Case {
    /// Creates a case from tables by name, with the contents of their files, which are not in `private/`.
    fn new(tables: &[(&str, &str)]) -> Self {
        Self::of("", tables)
    }

    /// Creates a case with additional lines of the config.
    fn of(config: &str, tables: &[(&str, &str)]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut toml = String::from("[team]\nname = \"Case\"\nmanager = \"Dana Reyes\"\nboss = \"Alex Kim\"\n");
        toml += "[calendar]\nweek_ends = \"friday\"\n";
        toml += config;
        for (table, text) in tables {
            std::fs::write(dir.path().join(format!("{table}.csv")), text).unwrap();
            toml += &format!("[[source]]\ntable = \"{table}\"\nfile = \"{table}.csv\"\n");
        }
        std::fs::write(dir.path().join("headsup.toml"), toml).unwrap();
        Self { dir }
    }

    fn rendered(&self, as_of: &str, copy: &str, format: &str) -> String {
        let dir = s(self.dir.path());
        ends(&["render", dir, "--as-of", as_of, "--for", copy, "--format", format, "--out", "-"], 0).0
    }

    /// Returns the Markdown with plain spaces.
    fn text(&self) -> String {
        self.rendered(AS_OF, "boss", "md").replace('\u{a0}', " ")
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.rendered(AS_OF, "boss", "json")).unwrap()
    }

    /// Returns the name, the status and the cause of each milestone that has a lane.
    fn statuses(&self) -> Vec<(String, String, String)> {
        let json = self.json();
        let objectives = json["objectives"].as_array().unwrap();
        let milestones = objectives.iter().flat_map(|objective| objective["milestones"].as_array().unwrap());
        let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        milestones.map(|it| (word(&it["name"]), word(&it["status"]), word(&it["because"]))).collect()
    }

    fn status(&self, name: &str) -> (String, String) {
        let found = self.statuses().into_iter().find(|(of, ..)| of == name);
        found.map(|(_, status, because)| (status, because)).unwrap_or_else(|| panic!("no lane has {name}"))
    }
}

fn title(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

fn is(status: &str, because: &str) -> (String, String) {
    (status.to_owned(), because.to_owned())
}

#[test]
fn stated_statuses_are_shown_with_their_reasons_in_each_language() {
    // The statuses overdue, amber, green and done; then the words for late, amber, green and done in five languages.
    let languages = [
        ("Red", "Amber", "Green", "Complete"),
        ("Rot", "Gelb", "Grün", "Abgeschlossen"),
        ("rouge", "orange", "vert", "terminé"),
        ("Rojo", "ámbar", "Verde", "concluido"),
        ("vermelho", "Amarelo", "verde", "Concluída"),
        ("off track", "at risk", "on track", "Done"),
    ];
    for (red, amber, green, done) in languages {
        let rows = format!(
            "Project,Milestone,Due,Status,Comment\nPay,Contract,2026-10-30,{red},Legal has not signed\n\
             Pay,Sandbox,2026-11-27,{amber},Waiting for keys\nPay,First payment,2026-12-18,{green},\n\
             Search,Index,2026-11-13,{done},\nSearch,Test,2026-12-04,{red},No testers\n"
        );
        let case = Case::new(&[("milestones", &rows)]);
        let text = case.text();
        assert!(title(&text).contains("Contract") && title(&text).contains("Legal has not signed"), "{red}: {text}");
        assert!(text.contains("Waiting for keys") && text.contains("as stated"), "{amber}: {text}");
        assert_eq!(case.status("Contract"), is("late", "agreed_date_passed"));
        assert_eq!(case.status("Sandbox"), is("at_risk", "stated"), "{amber}");
        assert_eq!(case.status("First payment"), is("on_pace", "stated"), "{green}");
        assert_eq!(case.status("Index"), is("done", "finished"), "{done}");
        assert_eq!(case.status("Test"), is("late", "stated"), "{red}");
        // Before its date, a red milestone is red and not late.
        assert!(!text.contains("Test, late") && !text.contains("Test is late"), "{text}");
    }
}

#[test]
fn an_overdue_milestone_is_late_whatever_else_is_unknown() {
    let case =
        Case::new(&[("milestones", "Milestone,Due,Done on\nA,2026-10-15,2026-10-14\nB,2026-11-06,\nC,2026-12-18,\n")]);
    let text = case.text();
    assert!(title(&text).contains("B was due on 6 November and is not reported done"), "{text}");
    assert_eq!(case.status("B"), is("late", "agreed_date_passed"));
    assert_eq!(case.status("C"), is("not_reported", "nothing_known"));
    // A date in the past is not the expected one.
    assert!(text.contains("| B | 6 Nov | 6 Nov | 6 Nov |  | late |"), "{text}");
    assert!(!text.contains("days old") && !text.contains("Older data"), "a list never grows old: {text}");
}

#[test]
fn entered_progress_has_a_tolerance_and_a_hundred_percent_is_done() {
    let rows =
        "Milestone,Start,Due,Progress\nA,,2026-10-15,100%\nB,2026-10-15,2026-12-04,66%\nC,2026-12-04,2026-12-18,0%\n";
    let case = Case::new(&[("milestones", rows)]);
    assert_eq!(case.status("A"), is("done", "finished"));
    assert!(case.text().contains("done, date not given"));
    // From 15 October to 4 December, 36 of 50 days have passed, so 72 % were planned.
    assert_eq!(case.status("B"), is("at_risk", "low_pace").clone());
    let typed = Case::new(&[("milestones", "Milestone,Start,Due,Progress\nTyped,2026-10-01,2026-12-04,0.78\n")]);
    assert_eq!(typed.status("Typed"), is("on_pace", "as_planned"));
    // A share done gives no pace if the start of the work is unknown.
    let bare = Case::new(&[("milestones", "Milestone,Due,Progress\nTyped,2026-12-04,0.2\n")]);
    assert_eq!(bare.status("Typed"), is("not_reported", "no_plan"));
    assert!(bare.text().contains("in progress") && !bare.text().contains("pace"), "{}", bare.text());
}

#[test]
fn a_milestone_is_not_started_only_if_nothing_says_otherwise() {
    let rows = "Objective,Milestone,Due,Progress,Status\nBeta,Docs,2026-11-19,90,on track\n\
                Beta,Invites,2026-11-27,80,on track\nBeta,Launch,2026-12-18,0,not started\n";
    let text = Case::new(&[("milestones", rows)]).text();
    assert!(!text.contains("Nothing has been started") && title(&text).contains("Docs"), "{text}");
}

#[test]
fn a_later_date_of_the_team_limits_the_status() {
    let case = Case::new(&[("milestones", "Milestone,Agreed due,Due,Progress\nJanuary,2026-12-18,2027-01-22,95%\n")]);
    assert_eq!(case.status("January"), is("at_risk", "own_date_after_agreed"));
    let text = case.text();
    assert!(text.contains("18 December") && text.contains("22 January 2027"), "{text}");
}

#[test]
fn years_are_printed_and_old_milestones_are_of_another_quarter() {
    let rows = "Milestone,Due\nImage ingest,2025-11-30\nAlerts,2026-12-30\nSurvey,2027-11-30\n";
    let text = Case::new(&[("milestones", rows)]).text();
    assert!(text.contains("“Survey”, due on 30 Nov 2027; “Image ingest”, due on 30 Nov 2025"), "{text}");
    assert!(!title(&text).contains("Image ingest"), "what nobody has touched for a year leads no page: {text}");
}

#[test]
fn many_milestones_of_other_quarters_are_counted_and_listed_in_the_table() {
    let mut rows = "Milestone,Due\nNow,2026-11-25\n".to_owned();
    (1..=86).for_each(|n| rows += &format!("Step {n},2027-{:02}-15\n", 1 + n % 12));
    let text = Case::new(&[("milestones", &rows)]).text();
    assert!(text.contains("86 milestones of other quarters:") && text.contains("and 81 more"), "{text}");
    assert!((1..=86).all(|n| text.contains(&format!("| Step {n} |"))), "each is in the table");
}

#[test]
fn a_team_with_only_tasks_gets_its_open_and_overdue_ones_named() {
    let rows = "key,title,status,assignee,due,done_on\nT-1,Renew the certificate,To Do,Ana,2026-11-02,\n\
                T-2,Answer the auditor,In Progress,Bo,2026-11-13,\nT-3,Ship the form,Done,Ana,2026-11-20,2026-11-18\n\
                T-4,Plan the move,To Do,Bo,2026-12-15,\nT-5,Old idea,Parked,Bo,2026-10-01,\n";
    let text = Case::new(&[("tasks", rows)]).text();
    assert!(title(&text).contains("2 of 4 open tasks are overdue, the longest “Renew the certificate”"), "{text}");
    assert!(text.contains("“Answer the auditor”, due 13 Nov") && text.contains("1 of them is paused"), "{text}");
    assert!(!text.contains("There is no data") && !text.contains("lay outside"), "{text}");
    assert!(!text.contains("Old idea"), "what is paused is not next: {text}");
}

#[test]
fn finished_is_finished_with_and_without_accents() {
    let rows = "clave,título,estado,vencimiento\nA,a,Concluido,2026-11-18\nB,b,CONCLUÍDA,2026-11-18\n\
                C,c,Terminé,2026-11-18\nD,d,termine,2026-11-18\nE,e,Finalizado,2026-11-18\nF,f,En proceso,2026-11-27\n";
    let json = Case::new(&[("tasks", rows)]).json();
    assert_eq!(json["backlog"]["open"], 1, "{}", json["backlog"]);
}

#[test]
fn an_emptied_milestone_is_not_done_and_says_where_its_tasks_went() {
    let milestones = "milestone,agreed_due,due\nCycle 12,2026-11-13,2026-11-13\nCycle 13,2026-11-27,2026-11-27\n";
    let tasks = |cycle: &str| {
        let mut rows = "key,title,status,milestone,created,done_on\n".to_owned();
        (1..=2).for_each(|n| rows += &format!("C-{n},Item {n},Done,Cycle 12,2026-10-12,2026-11-10\n"));
        (3..=30).for_each(|n| rows += &format!("C-{n},Item {n},To Do,{cycle},2026-10-12,\n"));
        rows
    };
    let case = Case::new(&[("tasks", &tasks("Cycle 12")), ("milestones", milestones)]);
    let dir = s(case.dir.path());
    ends(&["render", dir, "--as-of", "2026-11-13", "--format", "md"], 0);
    ends(&["record", dir, "--as-of", "2026-11-13"], 0);
    std::fs::write(case.dir.path().join("tasks.csv"), tasks("Cycle 13")).unwrap();
    let text = case.rendered("2026-11-18", "boss", "md").replace('\u{a0}', " ");
    assert!(text.contains("Cycle 12: 28 of 30 tasks moved to Cycle 13."), "{text}");
    assert!(!text.contains("Cycle 12 was done") && title(&text).contains("not reported done"), "{text}");
}

#[test]
fn past_briefs_are_reproduced_unchanged() {
    let rows = "milestone,agreed_due,done_on,status\nA,2026-12-18,2026-11-25,done\nB,2026-11-10,2026-11-09,done\n";
    let case = Case::new(&[("milestones", rows)]);
    assert_eq!(case.status("A"), is("not_reported", "nothing_known"), "it was not done on 20 November");
    assert_eq!(case.status("B"), is("done", "finished"));
}

#[test]
fn asks_have_their_ids_and_a_withheld_one_is_not_denied() {
    let asks = "id,asked_on,kind,text,needed_by,stage,status,answered_on\n\
                A-07,2026-11-13,decision,Drop the import,2026-11-27,private,open,\n\
                A-02,2026-11-01,decision,Move the date,,raised,granted,2026-11-19\n\
                A-03,2026-11-01,resource,A mentor,,raised,granted,2026-11-19\n";
    let case = Case::new(&[("asks", asks)]);
    let text = case.text();
    assert!(text.contains("A-07"), "{text}");
    assert!(text.contains("Move the date: granted") && !text.contains("Move the date: granted, not"), "{text}");
    assert!(text.contains("A mentor: granted, not delivered yet"), "{text}");
    let shared = case.rendered(AS_OF, "shared", "md");
    assert!(!shared.contains("Nothing is needed") && !shared.contains("A-07"), "{shared}");
    // Positions in the list are not ids.
    ends(&["render", s(case.dir.path()), "--as-of", AS_OF, "--format", "md"], 0);
    let (_, said) = ends(&["record", s(case.dir.path()), "--as-of", AS_OF, "--grant", "1"], 65);
    assert!(said.contains("A-07"), "{said}");
}

#[test]
fn an_empty_log_of_asks_does_not_say_that_nothing_is_needed() {
    let milestones = ("milestones", "milestone,due\nA,2026-12-04\n");
    let header = "id,asked_on,kind,text,needed_by,stage,status\n";
    let empty = Case::new(&[milestones, ("asks", header)]);
    assert!(!empty.text().contains("Nothing is needed"));
    let answered = format!("{header}A-01,2026-10-02,decision,Move the date,,raised,declined\n");
    let answered = Case::new(&[milestones, ("asks", &answered)]);
    assert!(answered.text().contains("Nothing is needed from you this week."));
}

#[test]
fn a_period_is_printed_as_it_is_written() {
    // Columns: the due date as written, its last day, and how it is printed. The current year is left out, and a month
    // is a name.
    let cases = [
        ("Q4 2026", "2026-12-31", "Q4"),
        ("2026-Q4", "2026-12-31", "Q4"),
        ("Dec 2026", "2026-12-31", "December"),
        ("12/2026", "2026-12-31", "December"),
        ("KW 50", "2026-12-13", "KW 50"),
        ("Ende November", "2026-11-30", "Ende November"),
        ("fin novembre", "2026-11-30", "fin novembre"),
        ("Q1 2027", "2027-03-31", "Q1 2027"),
    ];
    for (written, day, printed) in cases {
        let case = Case::new(&[("milestones", &format!("Milestone,Due,Status\nBeta,{written},on track\n"))]);
        let (text, json) = (case.text(), case.json());
        let milestone = json["objectives"][0]["milestones"][0].clone();
        let milestone = if milestone.is_null() { json["elsewhere"][0].clone() } else { milestone };
        assert_eq!((&milestone["due"], &milestone["period"]), (&Value::from(day), &Value::from(written)), "{written}");
        assert!(text.contains(&format!("due {printed}")), "{written}: {text}");
        let its_day: chrono::NaiveDate = day.parse().unwrap();
        for form in ["%-d %b", "%-d %B"] {
            assert!(!text.contains(&its_day.format(form).to_string()), "{written}: {text}");
        }
    }
    // The period is in the middle of a German sentence.
    let german = Case::of("[brief]\nlanguage = \"de\"\n", &[("milestones", "Meilenstein,Termin\nBeta,KW 45\n")]);
    assert!(
        title(&german.text()).contains("Beta war KW 45 fällig und ist nicht als erledigt gemeldet"),
        "{}",
        german.text()
    );
}

#[test]
fn milestones_on_hold_are_not_called_on_pace() {
    let milestones = "milestone,agreed_due,status,reason\nA,2026-12-18,on hold,The vendor was changed\n";
    let tasks =
        "key,title,milestone,status,created,done_on\nT-1,a,A,To Do,2026-11-02,\nT-2,b,A,In progress,2026-11-02,\n";
    let case = Case::new(&[("milestones", milestones), ("tasks", tasks)]);
    assert_eq!(case.status("A"), is("at_risk", "stated"));
    let text = case.text();
    assert!(text.contains("on hold, as stated") && text.contains("The vendor was changed"), "{text}");
    assert!(!text.contains("on pace"), "{text}");
}

#[test]
fn a_burn_up_shows_the_latest_forecast_of_the_tasks_it_counts() {
    let mut tasks = "key,title,milestone,status,created,done_on\n".to_owned();
    (1..=60).for_each(|n| {
        let done = chrono::NaiveDate::from_ymd_opt(2026, 9, 7).unwrap() + chrono::Days::new(n * 6 / 5);
        tasks += &format!("D-{n},Done {n},M1,Done,2026-08-03,{done}\n");
    });
    (1..=14).for_each(|n| tasks += &format!("A-{n},Open {n},M1,To Do,2026-10-05,\n"));
    (1..=12).for_each(|n| tasks += &format!("B-{n},Open {n},M2,To Do,2026-10-05,\n"));
    let milestones = "objective,milestone,agreed_due\nBilling,M1,2026-12-01\nBilling,M2,2026-12-18\n";
    let case = Case::new(&[("milestones", milestones), ("tasks", &tasks)]);
    let json = case.json();
    let milestones = json["objectives"][0]["milestones"].as_array().unwrap();
    let p50 = |milestone: &Value| milestone["forecast"]["p50"].as_str().unwrap().parse::<chrono::NaiveDate>().unwrap();
    let latest = milestones.iter().map(p50).max().unwrap().format("%-d %B").to_string();
    let text = case.text();
    assert!(text.contains(&format!("Billing, 26 tasks left: forecast {latest}, due 18 December")), "{latest}: {text}");
}

/// Returns a tracker's export: `done` tasks are finished in each of twelve weeks, `new` ones are created in each of
/// them, and the rest was created long before.
fn tracker(done: u64, new: u64) -> String {
    let mut rows = "key,title,type,status,assignee,parent,created,done_on\n".to_owned();
    rows += "E-1,Checkout,Epic,To Do,,,2026-06-01,\nE-2,Search,Epic,To Do,,,2026-06-01,\n";
    let first = chrono::NaiveDate::from_ymd_opt(2026, 8, 31).unwrap();
    for week in 0..12 {
        let on = |day: u64| first + chrono::Days::new(7 * week + day);
        for n in 0..done {
            rows += &format!("D-{week}-{n},Done,Story,Done,P{},E-{},2026-06-02,{}\n", n % 4, 1 + n % 2, on(n % 5));
        }
        for n in 0..new {
            rows += &format!("N-{week}-{n},New,Story,To Do,P1,E-{},{},\n", 1 + n % 3 / 2, on(n % 5));
        }
    }
    rows
}

#[test]
fn a_team_with_only_tasks_gets_a_forecast_or_is_told_that_work_grows() {
    let text = Case::new(&[("tasks", &tracker(10, 3))]).text();
    assert!(text.contains("36 tasks are open") && text.contains("What is open now will be done about"), "{text}");
    assert!(text.contains("Tasks finished a week: ") && text.contains("usual "), "{text}");
    assert!(text.contains("| **Checkout** | 24 |") && text.contains("| **Search** | 12 |"), "{text}");
    let text = Case::new(&[("tasks", &tracker(4, 6))]).text();
    assert!(text.contains("Opened 48, finished 32 in eight weeks: the backlog grew by 16."), "{text}");
    assert!(!text.contains("will be done about"), "{text}");
}
