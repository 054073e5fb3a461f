//! Tests of tasks: which rows are tasks, and their titles, statuses and dates.

use super::*;

#[test]
fn a_task_with_nothing_but_a_title_is_a_task() {
    for (name, text, all) in [
        (
            "board.csv",
            "Title,Status,Assignee,Due\nShip search,Doing,Ann Osei,2026-12-01\nFix import,Done,Bob Marsh,2026-11-20\n\
             Write docs,Todo,Ann Osei,2026-12-05\nAlerts,Doing,Bob Marsh,2026-12-09\nSchema,Done,Ann Osei,2026-11-02\n\
             Pilot,Todo,Bob Marsh,2026-12-12\nBuy domain,,,\nInterview customers,,,\n",
            8,
        ),
        (
            "aufgaben.csv",
            "Nr.;Aufgabe;Zuständig;Fällig;Status\n1;Regale bestellen;Ute;27.11.2026;offen\n2;Boden streichen;Kai;13.11.2026;erledigt\n\
             3;Drucker tauschen;Ute;04.12.2026;offen\n4;Telefon anmelden;Kai;11.12.2026;offen\n5;Schilder drucken;Ute;11.12.2026;offen\n\
             6;Schlüssel zählen;Kai;18.12.2026;offen\n\n;Einweihung planen;;;\n;Nachbarn einladen;;;\n",
            8,
        ),
        (
            "taches.tsv",
            "Tâche\tPilote\tÉchéance\tÉtat\nChoisir un outil\tLéa\t15/11/2026\tterminé\nFormer\tHugo\t30/11/2026\ten cours\n\
             Migrer\tLéa\t15/12/2026\tà faire\nTester\tHugo\t18/12/2026\tà faire\nOuvrir\tLéa\t20/12/2026\tà faire\nAnnoncer\t\t\t\n",
            6,
        ),
    ] {
        let (json, code) = inspected(name, text);
        assert_eq!(
            (code, &json["table"], &json["read"], &json["records"]),
            (0, &"tasks".into(), &all.into(), &all.into()),
            "{name}: {json}"
        );
        let (team, problems) = team(&[(name, text)]);
        assert_eq!(team.tasks.len(), all, "{name}: {problems:?}");
        assert!(!codes(&problems).contains(&"rows-skipped"), "{name}: {problems:?}");
    }
}

#[test]
fn tasks_below_a_note_are_read_and_the_note_is_reported_everywhere() {
    let mut text = "id,title,status\n".to_owned();
    (1..=1200).for_each(|n| text += &format!("{n},Task {n},Done\n"));
    text += "\nNotes,see board,Ann\n";
    (1201..=1500).for_each(|n| text += &format!("{n},Task {n},Open\n"));
    let (json, code) = inspected("late.csv", &text);
    assert_eq!((code, &json["read"], &json["skipped"][0]["line"]), (0, &1500.into(), &1203.into()));
    let said = |problems: &str| {
        assert!(problems.contains("rows-skipped") && problems.contains("Notes,see board,Ann"), "{problems}");
        assert!(problems.contains("all_rows = true"), "{problems}");
    };
    said(&json["problems"].to_string());
    let dir = folder(&source_of("tasks", "data/late.csv"), &[("data/late.csv", &text)]);
    let (team, _) = load(dir.path()).unwrap_or_else(|problems| panic!("{problems:?}"));
    assert_eq!(team.tasks.len(), 1500);
    said(&ends(&["check", s(dir.path()), "--as-of", AS_OF], 0).1);
    said(&ends(&["render", s(dir.path()), "--as-of", AS_OF, "--format", "json"], 0).1);
    // With `all_rows`, every row is read.
    let all = format!("{}all_rows = true\n", source_of("tasks", "data/late.csv"));
    std::fs::write(dir.path().join("headsup.toml"), format!("[team]\nname = \"T\"\n{all}")).expect("a config");
    assert_eq!(load(dir.path()).map(|(team, _)| team.tasks.len()).unwrap_or_default(), 1501);
}

#[test]
fn a_text_beside_a_key_is_the_title() {
    for (text, first) in [
        (
            "ID,Description,Status,Sprint,Due date\n41,Order the cable,In Progress,S1,2026-11-27\n42,Lay the cable,To Do,S1,2026-12-01\n",
            "Order the cable",
        ),
        (
            "id,nombre,actividad,fechaFin,estatus\na1,Irene P,Revisar avance,2026-11-23,Atrasado\na2,Oscar L,Documentar integración,2026-11-20,Concluido\n",
            "Revisar avance",
        ),
        (
            "Nr;Name;Vorhaben;Stand;bis\n1;Petra K;Makros überarbeiten;offen;27.11.2026\n2;Jörg S;Anbieter wählen;erledigt;13.11.2026\n",
            "Makros überarbeiten",
        ),
        (
            "ID,Nome,Atividade,Prazo,Status\n1,Rui S,Rever contrato,27/11/2026,Em andamento\n2,Inês L,Formar equipa,13/11/2026,Concluído\n",
            "Rever contrato",
        ),
    ] {
        let (team, problems) = team(&[("list.csv", text)]);
        assert_eq!(titles(&team).first(), Some(&first), "{problems:?}");
    }
}

#[test]
fn a_title_with_capitals_is_not_a_person() {
    for text in [
        "Tarea,Curso,Fecha_Entrega,Estado\nProyecto Final,Sistemas AI,2026-11-20,Pendiente\nExamen Parcial,Bases de Datos,2026-11-05,Entregado\nEnsayo Largo,Redes,2026-12-01,Pendiente\n",
        "Task,Course,Due,Status\nFinal Project,Applied AI,2026-11-20,Open\nMidterm Exam,Data Bases,2026-11-05,Done\nLong Essay,Networks,2026-12-01,Open\n",
    ] {
        let (team, problems) = team(&[("list.csv", text)]);
        let first = text.lines().nth(1).and_then(|line| line.split(',').next());
        assert_eq!(titles(&team).first().copied(), first, "{problems:?}");
    }
}

#[test]
fn action_logs_are_tasks() {
    for (name, text) in [
        (
            "actions.csv",
            "Date,Client,Item,Owner,Due Date,Status,Priority,Notes\n11/12/2026,Acme,Upload logo files,Client,11/24/2026,Pending,High,3 branches remaining\n11/12/2026,Acme,Set payee labels,Us,11/13/2026,Complete,High,\n11/17/2026,Birch,Test order templates,Client,11/25/2026,In Progress,Medium,\n",
        ),
        (
            "gantt.csv",
            "Task Name,Assignee,Start Date,End Date,Duration (h),Dependencies\nBuild the state machine,A,2026-11-09,2026-11-12,3,\nBuild the event bus,A,2026-11-13,2026-11-20,2,Build the state machine\n",
        ),
        (
            "weekly.csv",
            "program,workstream,description,owner,status,due_date,last_update\nScale,Hardware,Confirm the ship date,Alex,Open,2026-11-23,2026-11-18\nScale,Software,Finish release notes,Sam,Closed,2026-11-20,2026-11-19\n",
        ),
        (
            "massnahmen.csv",
            "Nr;Thema;Maßnahme;Wer;Bis wann;Erledigt;Bemerkung\n1;Lager;Regale bestellen;Ute;27.11.2026;nein;\n2;Lager;Boden streichen;Kai;13.11.2026;ja;\n",
        ),
        (
            "plan d'action.csv",
            "N°;Action;Pilote;Échéance;Avancement;Commentaire\n1;Choisir le fournisseur;Léa Martin;15/11/2026;100 %;signé\n2;Former les équipes;Hugo Petit;30/11/2026;40 %;\n",
        ),
        (
            "azioni.csv",
            "Attività;Responsabile;Scadenza;Stato;Priorità\nFirmare il contratto;Giulia Rossi;13/11/2026;Completata;Alta\nConfigurare il server;Marco Bianchi;27/11/2026;In corso;Media\n",
        ),
        (
            "ja.csv",
            "No,タスク名,担当者,期限,ステータス,備考\n1,要件定義,田中,2026/11/13,完了,\n2,画面設計,佐藤,2026/11/27,進行中,レビュー待ち\n",
        ),
        (
            "ko.csv",
            "번호,업무명,담당자,시작일,마감일,상태\n1,요구사항 정리,김민수,2026-11-02,2026-11-13,완료\n2,화면 설계,이지은,2026-11-16,2026-11-27,진행중\n",
        ),
        (
            "ru.csv",
            "№;Задача;Ответственный;Срок;Статус\n1;Подготовить договор;Иванов И.;13.11.2026;Выполнено\n2;Настроить сервер;Петров П.;27.11.2026;В работе\n",
        ),
        (
            "nl.csv",
            "Actie;Eigenaar;Deadline;Voortgang;Opmerking\nContract tekenen;Jan de Vries;13-11-2026;100%;\nServer inrichten;Piet Bakker;27-11-2026;50%;wacht op levering\n",
        ),
        (
            "fr.csv",
            "TacheID,DescriptionTache,StatutTache,Priorite,DateCreation,DateEcheance,HeuresEstimees\n1,Recueillir les besoins,En cours,Basse,2026-10-14,2026-11-03,31\n2,Écrire la page,Terminée,Moyenne,2026-02-02,2026-02-20,26\n",
        ),
    ] {
        let (team, problems) = team(&[(name, text)]);
        let rows = text.lines().count() - 1;
        assert_eq!(team.tasks.len(), rows, "{name}: {problems:?}");
        assert!(team.tasks.iter().all(|task| !task.title.is_empty() && task.due.is_some()), "{name}: {:?}", team.tasks);
        let is_odd = |code: &&str| matches!(*code, "unmapped-status" | "bad-date" | "rows-skipped");
        assert!(!codes(&problems).iter().any(is_odd), "{name}: {problems:?}");
    }
}

#[test]
fn status_words_are_known_in_each_language() {
    for (todo, doing, done) in [
        ("Not Started", "In Progress", "Completed"),
        ("Por hacer", "En proceso", "Concluido"),
        ("Pendiente", "En curso", "Finalizado"),
        ("A fazer", "Em andamento", "Concluído"),
        ("À faire", "En cours", "Terminée"),
        ("Offen", "In Bearbeitung", "Erledigt"),
        ("Da fare", "In corso", "Completato"),
        ("Do zrobienia", "W toku", "Zakończone"),
        ("Te doen", "Bezig", "Klaar"),
        ("未着手", "進行中", "完了"),
    ] {
        let text = format!(
            "Key,Title,status_code,Due\nA-1,Close signed,{done},2026-11-18\nA-2,Load,{doing},2026-11-27\nA-3,Move,{todo},2026-12-04\n"
        );
        let (team, problems) = team(&[("t.csv", &text)]);
        let found: Vec<TaskStatus> = team.tasks.iter().map(|task| task.status).collect();
        assert_eq!(found, [TaskStatus::Done, TaskStatus::Doing, TaskStatus::Todo], "{done}: {problems:?}");
    }
}

#[test]
fn one_bad_date_affects_only_its_cell() {
    let text = "key,title,status,due\nT-1,Wire the pump,Done,11/13/2026\nT-2,Calibrate,In Progress,11/31/2026\nT-3,Handbook,To Do,12/04/2026\n";
    let (team, problems) = team(&[("tasks.csv", text)]);
    let due: Vec<_> = team.tasks.iter().map(|task| task.due.map(|due| due.to_string())).collect();
    assert_eq!(due, [Some("2026-11-13".to_owned()), None, Some("2026-12-04".to_owned())]);
    let odd: Vec<_> = problems.iter().filter(|problem| problem.code == "bad-date").collect();
    assert!(matches!(odd[..], [one] if one.place.as_ref().is_some_and(|place| place.line == 3)), "{problems:?}");
}

#[test]
fn a_bad_date_beside_a_status_is_a_warning_and_alone_an_error() {
    let rows = "milestone,due,status\nSchema,2026-11-13,done\nPilot,2026-11-31,at risk\nLaunch,2026-12-18,on track\n";
    let (team, problems) = team(&[("m.csv", rows)]);
    assert_eq!((team.milestones.len(), team.milestones[1].due), (3, None), "{problems:?}");
    let dates = "milestone,due\nSchema,2026-11-13\nPilot,2026-11-31\nLaunch,2026-12-18\n";
    let dir = folder(&source_of("milestones", "data/m.csv"), &[("data/m.csv", dates)]);
    assert!(load(dir.path()).is_err_and(|problems| codes(&problems).contains(&"bad-date")));
}

#[test]
fn a_repeated_number_is_reported_and_stays_the_key() {
    let text = "ID,Task,Status,Due\n1,Wire the pump,Done,2026-11-13\n2,Calibrate,Open,2026-11-27\n2,Handbook,Open,2026-12-04\n3,Ship,Open,2026-12-18\n";
    let dir = tempfile::tempdir().expect("a folder");
    let output = init_in(&dir, &[("list.csv", text)]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(65), "{said}");
    assert!(said.contains("repeated-id") && said.contains("list.csv:4") && said.contains("key = []"), "{said}");
}
