//! Tests of which files and rows are read: exports of several dates, logs with several tables, empty logs, the user's
//! mapping.

use super::*;

#[test]
fn most_of_a_file_is_never_skipped() {
    let mut text = "date,visits,orders\n".to_owned();
    (1..=6).for_each(|n| text += &format!("2026-11-0{n},{n}00,{n}\n"));
    (1..=12).for_each(|n| text += &format!("remark number {n},,\n"));
    let (json, code) = inspected("visits.csv", &text);
    assert_eq!(code, 65, "{json}");
    assert!(json["problems"].to_string().contains("most-skipped"), "{json}");
}

#[test]
fn the_users_mapping_overrules_every_guess() {
    let rows = "Component,Status,Completion,Target date\nVision agreed,Completed,100,2026-10-30\nSponsors named,In Progress,75,2026-11-27\n";
    let config = format!(
        "{}[source.columns]\nmilestone = \"Component\"\nprogress = \"Completion\"\n",
        source_of("milestones", "data/m.csv")
    );
    let dir = folder(&config, &[("data/m.csv", rows)]);
    let (team, problems) = load(dir.path()).unwrap_or_else(|problems| panic!("{problems:?}"));
    assert!(codes(&problems).is_empty(), "{problems:?}");
    let found: Vec<_> =
        team.milestones.iter().map(|it| (it.progress, it.done_on, it.due.map(|d| d.to_string()))).collect();
    assert_eq!(found, [(Some(1.0), None, Some("2026-10-30".into())), (Some(0.75), None, Some("2026-11-27".into()))]);
}

#[test]
fn nothing_is_invented() {
    let tasks = "ID;STATUS;TITLE;CREATION_DATE;COMPLETION_DATE;VERSION\n1;done;Draft protocol;2026-09-01;2026-10-02;1.1\n2;done;Server;2026-09-02;2026-10-03;1.1\n3;done;Timeout;2026-09-05;2026-10-05;?\n4;not started;Registration;2026-09-09;;\n";
    let (team, problems) = team(&[("tasks.csv", tasks)]);
    assert_eq!(names(&team), ["1.1"]);
    assert!(team.milestones.iter().all(|it| it.due.is_none() && it.original.is_none() && it.done_on.is_none()));
    assert!(codes(&problems).contains(&"no-date"), "{problems:?}");
    // Values that differ from row to row cannot be milestones.
    let wbs = "WBS,Task,Owner,Deliverable\nA1,Autosave,Dev,current.json\nA2,History,Dev,index.json\nA3,Lock,Dev,lock file\nA4,Screen,Dev,modal\nA5,Export,QA,dialog\n";
    let (team, _) = self::team(&[("wbs.csv", wbs)]);
    assert_eq!((team.tasks.len(), team.milestones.len()), (5, 0));
    // Levels and techniques are not persons.
    let backlog = "Epica;Tarea;Tipo;Prioridad;Estimacion_dias\nBase;Auditoría inicial;Backend;Alta;0.5\nBase;Refactor de servicios;Backend;Alta;1.5\nDatos;Filtro por fecha;Frontend;Media;1\n";
    let (json, _) = inspected("tareas.csv", backlog);
    assert_eq!(
        (field_of(&json, "Prioridad"), field_of(&json, "Tarea"), field_of(&json, "Estimacion_dias")),
        ("", "title", "estimate")
    );
}

#[test]
fn the_newest_row_of_dated_exports_counts() {
    let header = "Key,Title,Status,Due\n";
    let old = format!("{header}T-1,Wire the pump,In Progress,2026-11-13\nT-2,Calibrate,To Do,2026-11-27\n");
    let new = format!(
        "{header}T-1,Wire the pump,Done,2026-11-13\nT-2,Calibrate,In Progress,2026-12-04\nT-3,Ship,To Do,2026-12-18\n"
    );
    let dir = init(&[("jira-2026-11-13.csv", &old), ("jira-2026-11-20.csv", &new)]);
    assert!(config(&dir).contains("file = \"data/jira*.csv\""), "{}", config(&dir));
    let (team, problems) = load(&dir.path().join("team")).unwrap_or_else(|problems| panic!("{problems:?}"));
    let found: Vec<_> = team.tasks.iter().map(|task| (task.key.as_str(), task.status)).collect();
    assert_eq!(found, [("T-1", TaskStatus::Done), ("T-2", TaskStatus::Doing), ("T-3", TaskStatus::Todo)]);
    assert!(codes(&problems).contains(&"older-export"), "{problems:?}");
    // Two teams that each number from one are not two days of one export.
    let other = format!("{header}T-1,Hire,To Do,2026-11-13\nT-2,Train,To Do,2026-11-27\n");
    let dir = tempfile::tempdir().expect("a folder");
    assert_eq!(init_in(&dir, &[("jira-a.csv", &old), ("jira-b.csv", &other)]).status.code(), Some(65));
}

#[test]
fn an_export_that_no_source_names_is_reported() {
    let dir = folder(
        &source_of("milestones", "data/m.csv"),
        &[("data/m.csv", "milestone,due\nPilot,2026-12-04\n"), ("data/old.csv", "a,b\n1,2\n"), ("data/notes.txt", "x")],
    );
    let (_, problems) = load(dir.path()).unwrap_or_else(|problems| panic!("{problems:?}"));
    let said: Vec<_> = problems.iter().filter(|problem| problem.code == "unread-file").collect();
    assert!(
        matches!(said[..], [one] if one.place.as_ref().is_some_and(|place| place.file.ends_with("old.csv"))),
        "{problems:?}"
    );
}

#[test]
fn one_log_can_contain_several_tables() {
    for (text, tasks, risks) in [
        (
            "ID,Type,Description,Owner,Due date,Status,Probability,Impact,Mitigation\n1,Risk,Supplier goes out of business,Ana,,Open,High,High,Second source\n2,Action,Book the test lab,Bo,2026-11-27,Open,,,\n3,Issue,Scanner drops packets,Cy,2026-11-13,In progress,,,\n4,Decision,Use the old contract,Ana,,Closed,,,\n",
            &["Book the test lab", "Scanner drops packets"][..],
            &["Supplier goes out of business"][..],
        ),
        (
            "Nr;Art;Beschreibung;Zuständig;Fällig;Status;Wahrscheinlichkeit;Auswirkung\n1;Risiko;Lieferant fällt aus;Ute;;offen;hoch;hoch\n2;Maßnahme;Labor buchen;Kai;27.11.2026;offen;;\n3;Maßnahme;Vertrag prüfen;Ute;13.11.2026;erledigt;;\n",
            &["Labor buchen", "Vertrag prüfen"],
            &["Lieferant fällt aus"],
        ),
    ] {
        let dir = init(&[("log.csv", text)]);
        assert!(config(&dir).contains("where = {"), "{}", config(&dir));
        let (team, problems) = load(&dir.path().join("team")).unwrap_or_else(|problems| panic!("{problems:?}"));
        assert_eq!(titles(&team), tasks, "{problems:?}");
        let found: Vec<&str> = team.risks.iter().map(|risk| risk.risk.as_str()).collect();
        assert_eq!(found, risks);
    }
}

#[test]
fn empty_logs_have_no_effect() {
    let dir = init(&[("t.csv", "Key,Title,Status,Due\nT-1,Wire the pump,To Do,2026-11-27\n")]);
    let (text, _) = ends(&["render", s(&dir.path().join("team")), "--as-of", AS_OF, "--format", "md", "--out", "-"], 0);
    assert!(!text.contains("Nothing is needed") && !text.contains("Nothing to claim"), "{text}");
}

#[test]
fn three_sheets_of_one_team_make_a_brief_without_an_edit() {
    let tasks = "Nr.;Aufgabe;Verantwortlich;Projekt;Begonnen;Fällig;Erledigt am;Ampel;Bemerkung\n\
        1;Makros überarbeiten;Petra;Selbsthilfe;01.10.2026;15.10.2026;14.10.2026;Grün;\n\
        2;Pilot vorbereiten;Jörg;Chatbot;09.11.2026;30.11.2026;;Rot;wartet auf die Prüfung\n\
        3;Kurs neu aufsetzen;Sabine;Besetzung;15.10.2026;KW 50;;Gelb;\n\
        4;Portal verlinken;Petra;Selbsthilfe;;Q1;;Grün;\n";
    let milestones = "Ziel;Meilenstein;Termin;Status;Kommentar\nSelbsthilfe;FAQ live;Ende Oktober;Grün;\nChatbot;Pilot 10 %;Ende November;Rot;Prüfung\n\
        Chatbot;Rollout;Q1;Gelb;\nBesetzung;Schicht steht;KW 48;Gelb;\n";
    let kpis = "KPI Kundenservice 2026;;;;;\nKennzahl;Ziel;Aug 26;Sep 26;Okt 26;Nov 26\nErstantwortzeit (h);4;4,8;4,6;4,4;5,9\nCSAT;90 %;89 %;89,1 %;90,2 %;87,5 %\n\
        Tickets gelöst;1.200;1.205;1.190;1.240;1.265\nKosten je Ticket;6,50 €;7,05 €;6,90 €;6,80 €;6,70 €\n";
    let dir = init(&[("aufgaben.csv", tasks), ("meilensteine.csv", milestones), ("kpis.csv", kpis)]);
    let (team, problems) = load(&dir.path().join("team")).unwrap_or_else(|problems| panic!("{problems:?}"));
    assert_eq!((team.tasks.len(), team.milestones.len(), team.metrics.len()), (4, 4, 4), "{problems:?}");
    assert_eq!(values(&team, "Kosten je Ticket").last(), Some(&("2026-11-01".to_owned(), 6.7)));
    let targets: Vec<_> = team.metrics.iter().map(|metric| metric.targets.first().map(|it| it.value)).collect();
    assert_eq!(targets, [Some(4.0), Some(90.0), Some(1200.0), Some(6.5)]);
    assert_eq!(team.milestones[3].due.map(|due| due.to_string()).as_deref(), Some("2026-11-29"));
    assert!(config(&dir).contains("language = \"de\""), "{}", config(&dir));
}
