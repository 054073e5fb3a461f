//! Tests of plans: milestones, key results, and periods as dates.

use super::*;

#[test]
fn milestones_may_have_names_like_totals() {
    for (text, all) in [
        (
            "milestone,due,progress,reason\nSchema agreed,2026-10-16,1,done early\nPilot,2026-10-30,0.5,contract waits\n\
             Total rewrite,2026-12-01,0.4,\nAverage handling time down,2026-12-11,0.2,vendor\nSum insured feed,2026-12-18,0.1,\n\
             Release,2026-12-20,0.1,late start\n",
            6,
        ),
        (
            "Meilenstein;Termin;Fortschritt;Grund\nSchema;16.10.2026;100 %;\nPilot;30.10.2026;50 %;Vertrag\nGesamt-Umbau;01.12.2026;40 %;\n\
             Summe der Risiken bewertet;11.12.2026;20 %;\nDurchschnitt unter 4 h;18.12.2026;10 %;\nStart;20.12.2026;0 %;\n",
            6,
        ),
        (
            "Jalon;Échéance;Avancement;Motif\nSchéma;16/10/2026;100 %;\nPilote;30/10/2026;50 %;contrat\nTotal revu;01/12/2026;40 %;\n\
             Moyenne sous 4 h;11/12/2026;20 %;\nSomme due encaissée;18/12/2026;10 %;\nLancement;20/12/2026;0 %;\n",
            6,
        ),
    ] {
        let (team, problems) = team(&[("plan.csv", text)]);
        assert_eq!(team.milestones.len(), all, "{text}: {problems:?}");
        assert!(codes(&problems).is_empty(), "{problems:?}");
    }
    // A row with the name of a total and no other words is a total.
    let tasks = "Task,Owner,Points\nParse,Ann Osei,3\nLoad,Bob Marsh,5\nShip,Ann Osei,2\nTotal,,10\n";
    let (json, _) = inspected("tasks.csv", tasks);
    assert_eq!((&json["read"], &json["skipped"][0]["reason"]), (&3.into(), &"a total of other rows".into()), "{json}");
}

#[test]
fn names_and_one_date_are_milestones() {
    for (text, first, due) in [
        (
            "name,description,date\nCommittee chartered,Formal authorization,\"Nov 9, 2026\"\nShort list final,Candidates chosen,\"Dec 10, 2026\"\n",
            "Committee chartered",
            "2026-11-09",
        ),
        (
            "Milstolpe;Planerat;Prognos;Status;Kommentar\nAvtal klart;2026-10-30;2026-11-20;Försenad;jurist sjuk\nPilot igång;2026-11-27;2026-11-27;Enligt plan;\n",
            "Avtal klart",
            "2026-11-20",
        ),
        (
            "Lp.;Kamień milowy;Termin;Status;Uwagi\n1;Umowa podpisana;30.10.2026;Opóźnione;brak podpisu\n2;Pilotaż;27.11.2026;W trakcie;\n",
            "Umowa podpisana",
            "2026-10-30",
        ),
        (
            "Marco;Prazo;Situação;Observações\nContrato assinado;30/10/2026;Atrasado;falta assinatura\nPiloto no ar;27/11/2026;Em andamento;\n",
            "Contrato assinado",
            "2026-10-30",
        ),
        (
            "里程碑,负责人,计划完成日期,状态,备注\n合同签署,张伟,2026-10-30,已延期,等待法务\n试点上线,李娜,2026-11-27,进行中,\n",
            "合同签署",
            "2026-10-30",
        ),
    ] {
        let (team, problems) = team(&[("plan.csv", text)]);
        let found = team.milestones.first().map(|it| (it.name.as_str(), it.due.map(|due| due.to_string())));
        assert_eq!(found, Some((first, Some(due.to_owned()))), "{problems:?}");
    }
}

#[test]
fn a_period_means_its_last_day() {
    for (cell, due) in [
        ("Q4 2026", "2026-12-31"),
        ("2026-Q4", "2026-12-31"),
        ("Dec 2026", "2026-12-31"),
        ("11/2026", "2026-11-30"),
        ("KW 50", "2026-12-13"),
        ("2026-W48", "2026-11-29"),
        ("Ende November", "2026-11-30"),
        ("fin novembre", "2026-11-30"),
        ("mid-December", "2026-12-15"),
        ("Q1", "2027-03-31"),
        ("finales de noviembre", "2026-11-30"),
        ("início de dezembro", "2026-12-10"),
    ] {
        let text =
            format!("Milestone,Due,Status\nSignup,{cell},On track\nAudit,2026-12-04,On track\nRegion,tbd,At risk\n");
        let (team, problems) = team(&[("m.csv", &text)]);
        assert_eq!(team.milestones[0].due.map(|due| due.to_string()).as_deref(), Some(due), "{cell}: {problems:?}");
        assert_eq!(team.milestones[2].due, None, "{cell}");
    }
}

#[test]
fn key_results_are_milestones_or_are_refused_with_the_reason() {
    let okr = "Objective,Key Result,Owner,Start,Target,Current,Status\nWin back customers,Churn below 3 %,Ana,5.1,3,4.2,At risk\nWin back customers,NPS at 40,Bo,22,40,31,On track\nShip faster,Lead time under 2 days,Cy,6,2,3.5,On track\n";
    let (team, problems) = team(&[("okr.csv", okr)]);
    assert_eq!(
        (team.objectives.len(), names(&team)),
        (2, vec!["Churn below 3 %", "NPS at 40", "Lead time under 2 days"]),
        "{problems:?}"
    );
    let ziele = "Ziel;Schlüsselergebnis;Verantwortlich;Fortschritt;Bis\nMehr Neukunden;100 Testkunden;Petra;62 %;31.12.2026\nWeniger Ausfälle;Unter 2 Störungen;Sabine;40 %;15.12.2026\n";
    let (team, _) = self::team(&[("ziele.csv", ziele)]);
    assert_eq!((team.milestones.len(), team.milestones[0].progress), (2, Some(0.62)));
    // Target and current value are something to say; a target alone is not.
    let bare = "Objective;Key Result;Target;Current\nWin back customers;Churn below 3 %;3;4.2\nShip faster;Lead time under 2 days;2;3.5\n";
    let (team, _) = self::team(&[("bare.csv", bare)]);
    let now = team.milestones.iter().map(|milestone| milestone.key_result.as_ref().map(|it| it.now));
    assert_eq!(now.collect::<Vec<_>>(), [Some(4.2), Some(3.5)]);
    let undated =
        "Objective;Key Result;Target\nWin back customers;Churn below 3 %;3\nShip faster;Lead time under 2 days;2\n";
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("sheet.csv");
    std::fs::write(&path, undated).expect("a file");
    let (page, _) = ends(&["inspect", s(&path)], 0);
    assert!(page.contains("nothing says when each is due"), "{page}");
}

#[test]
fn milestones_with_the_same_name_are_distinguished_by_their_project() {
    let milestones = "Project,Milestone,Due\nSearch,Alpha,2026-11-13\nSearch,Beta,2026-12-04\nMobile,Beta,2027-01-15\n";
    let tasks = "Key,Title,Project,Milestone,Status\nS-1,Rank results,Search,Beta,Done\nS-2,Index names,Search,Alpha,Done\n\
                 M-1,Store offline,Mobile,Beta,To Do\nM-2,Sync changes,Mobile,Beta,To Do\n";
    let (team, problems) = team(&[("milestones.csv", milestones), ("tasks.csv", tasks)]);
    let due = |key: &str| {
        let task = team.tasks.iter().find(|task| task.key.as_str() == key).expect("the task");
        let milestone = team.milestones.iter().find(|it| Some(&it.id) == task.milestone.as_ref());
        milestone.and_then(|it| it.due).map(|due| due.to_string()).unwrap_or_default()
    };
    assert_eq!(
        (due("S-1"), due("M-1"), due("M-2")),
        ("2026-12-04".into(), "2027-01-15".into(), "2027-01-15".into()),
        "{problems:?}"
    );
    assert_eq!(team.milestones.len(), 3);
}
