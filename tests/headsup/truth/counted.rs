//! What sentences count and what they call it: tasks finished, milestones late, words that nobody knows, whose label.

use super::{Case, is, title};
use crate::program::{ends, s};

#[test]
fn a_label_is_no_reference_to_an_id() {
    let milestones = "id,objective,milestone,due\np1,Win,Search relevance,2026-12-18\np2,Win,Offline,2026-12-18\n";
    let tasks = "title,status,labels\nFix login,In Progress,\"bug, p1\"\nFix logo,Done,\"bug, p1\"\nFind,Done,search relevance\n";
    let case = Case::new(&[("milestones", milestones), ("tasks", tasks)]);
    let json = case.json();
    let of = |name: &str| {
        let milestones = json["objectives"][0]["milestones"].as_array().unwrap();
        milestones.iter().find(|it| it["name"] == name).map(|it| it["tasks_all"].as_u64()).unwrap()
    };
    assert_eq!(of("Search relevance"), Some(1), "by its title alone: {json}");
    // A mapping that somebody wrote is one.
    let mapped = "id,objective,milestone,due,aliases\np1,Win,Search relevance,2026-12-18,p1\n";
    let json = Case::new(&[("milestones", mapped), ("tasks", tasks)]).json();
    assert_eq!(json["objectives"][0]["milestones"][0]["tasks_all"], 3);
}

#[test]
fn finished_tasks_of_another_quarter_are_counted_too() {
    let milestones = "Objective,Milestone,Due\nGrow,Alpha,2026-12-18\nGrow,Beta,2027-01-29\n";
    let tasks = "Key,Title,Milestone,Status,Created,Completed\nA-1,One,Alpha,Done,2026-10-02,2026-11-19\n\
                 A-2,Two,Alpha,Done,2026-10-02,2026-11-18\nA-3,Three,Alpha,In Progress,2026-10-02,\n\
                 B-1,Four,Beta,Done,2026-10-02,2026-11-19\nB-2,Five,Beta,In Progress,2026-10-02,\n";
    let text = Case::new(&[("milestones", milestones), ("tasks", tasks)]).text();
    assert!(text.contains("3 tasks were finished in the last 7 days"), "{text}");
    let one = tasks.replace("2026-11-19", "2026-11-03").replace("A-2,Two,Alpha,Done", "A-2,Two,Beta,Done");
    let text = Case::new(&[("milestones", milestones), ("tasks", &one)]).text();
    assert!(text.contains("1 task was finished in the last 7 days"), "{text}");
}

const RED: &str = "Chatbot,Pilot,2026-12-18,Red,IT security\nFAQ,FAQ live,2026-10-30,Green,\n\
                   Staff,Shift plan,2026-11-13,Amber,\nQA,Weekly,2026-12-30,Green,\n";

#[test]
fn red_before_its_date_is_counted_as_red() {
    let expected = [
        ("en", "2 of 4 open milestones are late, 1 red; worst: FAQ live", "2 of 4 objectives are late, 1 red;"),
        ("de", "2 von 4 offenen Meilensteinen sind im Verzug, 1 rot;", "2 von 4 Zielen sind im Verzug, 1 rot;"),
        ("fr", "2 des 4 jalons ouverts sont en retard, 1 « rouge »", "2 objectifs sur 4 sont en retard, 1 « rouge »"),
        ("es", "2 de 4 hitos abiertos van con retraso, 1 «rojo»;", "2 de los 4 objetivos van con retraso, 1 «rojo»;"),
        (
            "pt",
            "2 de 4 marcos em aberto estão atrasados, 1 “vermelho”;",
            "2 dos 4 objetivos estão atrasados, 1 “vermelho”;",
        ),
    ];
    for (language, headline, section) in expected {
        let rows = format!("Objective,Milestone,Due,Status,Comment\n{RED}");
        let case = Case::of(&format!("[brief]\nlanguage = \"{language}\"\n"), &[("milestones", &rows)]);
        let text = case.text().replace('\u{202f}', " ");
        assert!(title(&text).contains(headline), "{language}: {text}");
        assert!(text.contains(section), "{language}: {text}");
    }
}

#[test]
fn all_red_is_not_late() {
    let rows =
        format!("Objective,Milestone,Due,Status,Comment\n{RED}").replace("10-30", "12-11").replace("11-13", "12-11");
    let text = Case::new(&[("milestones", &rows.replace("Green", "Red"))]).text();
    assert!(!text.contains("are late") && !text.contains("is late"), "{text}");
}

#[test]
fn finished_is_known_in_each_gender() {
    let words = [
        "Zakończony",
        "Zakończona",
        "Zakończone",
        "completata",
        "Conclusa",
        "finalizada",
        "Concluídos",
        "terminées",
        "завершён",
    ];
    for word in words {
        let case = Case::new(&[("milestones", &format!("Milestone,Due,Status\nOld,2026-11-20,{word}\n"))]);
        assert_eq!(case.status("Old"), is("done", "finished"), "{word}");
    }
}

#[test]
fn an_unknown_status_is_shown_as_stated_and_asked_for() {
    let rows = "Objective,Milestone,Due,Status\nPay,Store,2026-11-27,Zrypl\nPay,Till,2026-12-18,Green\nPay,Bank,2026-11-06,Zrypl\n";
    let case = Case::new(&[("milestones", rows)]);
    let text = case.text();
    assert!(text.contains("| Store | 27 Nov | 27 Nov | 27 Nov | 27 Nov | “Zrypl”, as stated |"), "{text}");
    assert!(text.contains("late (we say “Zrypl”)"), "{text}");
    assert!(!text.contains("next milestone is “**Store**”"), "it may be done: {text}");
    // What may say anything is in no copy that is forwarded.
    assert!(!case.rendered("2026-11-20", "shared", "md").contains("Zrypl"));
    let (_, said) = ends(&["check", s(case.dir.path()), "--as-of", "2026-11-20"], 0);
    assert!(said.contains("unmapped-status") && said.contains("at_risk = [\"Zrypl\"]"), "{said}");
}

#[test]
fn a_run_reaches_back_over_its_own_side_alone() {
    let weeks = [
        ("08-09", 96.1),
        ("08-16", 96.4),
        ("08-23", 95.9),
        ("08-30", 96.0),
        ("09-06", 96.3),
        ("09-13", 96.6),
        ("09-20", 96.2),
        ("09-27", 96.3),
        ("10-04", 96.8),
        ("10-11", 96.5),
        ("10-18", 96.9),
        ("10-25", 97.1),
        ("11-01", 97.0),
        ("11-08", 97.0),
        ("11-15", 97.3),
        ("11-22", 91.2),
        ("11-29", 94.8),
        ("12-06", 99.9),
        ("12-13", 96.9),
        ("12-20", 97.0),
        ("12-27", 97.1),
    ];
    let rows: String = weeks.iter().map(|(day, value)| format!("2026-{day},{value}%\n")).collect();
    let rows = format!("Week ending,Invoice success rate\n{rows}2027-01-03,97.2%\n2027-01-10,97.0%\n");
    let config = "[[metric]]\nname = \"Invoice success rate\"\nbetter = \"up\"\nkind = \"rate\"\n";
    let case = Case::of(config, &[("metrics", &rows)]);
    let text = case.rendered("2027-01-11", "boss", "md").replace('\u{a0}', " ");
    assert!(!text.contains("since 29 November") && !text.contains("below the usual range"), "{text}");
}

#[test]
fn one_takes_the_singular_and_a_colon_inside_a_word_ends_no_lead() {
    let milestones = "Objective,Milestone,Due\nGrow,Alpha,2026-12-18\n";
    let tasks = "Key,Title,Milestone,Status,Created,Completed\nA-1,One,Alpha,In Progress,2026-10-02,\n\
                 A-2,Two,Alpha,In Progress,2026-10-02,\nA-3,Three,Alpha,In Progress,2026-10-02,\n";
    let case = Case::new(&[("milestones", milestones), ("tasks", tasks)]);
    let dir = s(case.dir.path());
    ends(&["render", dir, "--as-of", "2026-11-13", "--format", "md"], 0);
    ends(&["record", dir, "--as-of", "2026-11-13"], 0);
    let done = tasks.replace("One,Alpha,In Progress,2026-10-02,", "One,Alpha,Done,2026-10-02,2026-11-26");
    std::fs::write(case.dir.path().join("tasks.csv"), done).unwrap();
    let text = case.rendered("2026-11-27", "boss", "md").replace('\u{a0}', " ");
    assert!(text.contains("1 task was finished since the last 1:1."), "{text}");
    assert!(text.contains("1 of the 3 tasks planned on 13 November is done."), "{text}");
}

/// A start is something that happened if the file dates what happened, even in a row that has no other date.
#[test]
fn a_file_reaches_to_the_newest_start_in_it() {
    let done = "T-1,Search,Done,2026-10-01,2026-10-14\nT-2,Index,Done,2026-10-05,2026-11-02\n";
    let tasks = |started: &str| format!("key,title,status,started,done_on\n{done}T-3,Rota,In Progress,{started},\n");
    let text = |tasks: &str| Case::new(&[("tasks", tasks)]).text();
    assert!(text(&tasks("2026-10-06")).contains("to 2 November"), "{}", text(&tasks("2026-10-06")));
    assert!(!text(&tasks("2026-11-18")).contains("Older data"), "{}", text(&tasks("2026-11-18")));
}
