//! What exports mean, read without a config: `init` makes a team of them, `inspect` shows how, and each case says what is
//! right. Every kind of fault that was found on real exports stands here with its value, and with variants in other
//! languages and from other tools.

use std::path::Path;

use headsup::config::Config;
use headsup::problem::{Failure, Problem};
use headsup::redact::{Audience, redact};
use headsup::source;
use headsup::team::{MetricKind, TaskStatus, Team};
use serde_json::Value;
use tempfile::TempDir;

use crate::program::{ends, run, s};

const AS_OF: &str = "2026-11-20";

/// A folder `team` that `init` made of these exports; the exports lie beside it.
fn init(exports: &[(&str, &str)]) -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    let output = init_in(&dir, exports);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    dir
}

fn init_in(dir: &TempDir, exports: &[(&str, &str)]) -> std::process::Output {
    let team = dir.path().join("team");
    let mut args = vec!["init".to_owned(), s(&team).to_owned(), "--as-of".into(), AS_OF.into(), "--from".into()];
    for (name, text) in exports {
        let path = dir.path().join(name);
        std::fs::write(&path, text).expect("a file");
        args.push(s(&path).to_owned());
    }
    run(&args.iter().map(String::as_str).collect::<Vec<_>>())
}

fn config(dir: &TempDir) -> String {
    std::fs::read_to_string(dir.path().join("team/headsup.toml")).expect("a config")
}

fn load(dir: &Path) -> Result<(Team, Vec<Problem>), Vec<Problem>> {
    let (config, _) = Config::load(dir).expect("a sound config");
    match source::load(&config, AS_OF.parse().expect("a date")) {
        Ok((team, problems)) => Ok((redact(&team, Audience::Me, true).into_parts().0, problems.0)),
        Err(Failure::Input(problems)) => Err(problems.0),
        Err(other) => panic!("{other:?}"),
    }
}

/// The team of these exports, and what is said of it.
fn team(exports: &[(&str, &str)]) -> (Team, Vec<Problem>) {
    let dir = init(exports);
    load(&dir.path().join("team")).unwrap_or_else(|problems| panic!("{problems:?}"))
}

/// A folder with this config below `[team]`, and these files.
fn folder(config: &str, files: &[(&str, &str)]) -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(dir.path().join("data")).expect("a folder");
    for (name, text) in files {
        std::fs::write(dir.path().join(name), text).expect("a file");
    }
    std::fs::write(dir.path().join("headsup.toml"), format!("[team]\nname = \"T\"\n{config}")).expect("a config");
    dir
}

fn source_of(table: &str, file: &str) -> String {
    format!("[[source]]\ntable = \"{table}\"\nfile = \"{file}\"\n")
}

/// What `inspect --format json` prints, and its exit code.
fn inspected(name: &str, text: &str) -> (Value, i32) {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join(name);
    std::fs::write(&path, text).expect("a file");
    let output = run(&["inspect", s(&path), "--format", "json"]);
    let json = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    (json, output.status.code().unwrap_or(-1))
}

fn field_of<'a>(json: &'a Value, column: &str) -> &'a str {
    let columns = json["columns"].as_array().expect("columns");
    let column = columns.iter().find(|it| it["name"] == column).unwrap_or_else(|| panic!("no {column} in {json}"));
    column["field"].as_str().unwrap_or_default()
}

fn codes(problems: &[Problem]) -> Vec<&str> {
    problems.iter().map(|problem| problem.code).filter(|code| *code != "placeholder").collect()
}

fn titles(team: &Team) -> Vec<&str> {
    team.tasks.iter().map(|task| task.title.as_str()).collect()
}

fn names(team: &Team) -> Vec<&str> {
    team.milestones.iter().map(|milestone| milestone.name.as_str()).collect()
}

/// The values of a metric by its days.
fn values(team: &Team, name: &str) -> Vec<(String, f64)> {
    let metric = team.metrics.iter().find(|metric| metric.name == name).unwrap_or_else(|| panic!("no {name}"));
    metric.days.iter().filter(|(_, day)| day.count > 0).map(|(on, day)| (on.to_string(), day.last)).collect()
}

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
fn tasks_below_a_note_are_read_and_the_note_is_said_everywhere() {
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
    // Whoever says that every row is one gets every row.
    let all = format!("{}all_rows = true\n", source_of("tasks", "data/late.csv"));
    std::fs::write(dir.path().join("headsup.toml"), format!("[team]\nname = \"T\"\n{all}")).expect("a config");
    assert_eq!(load(dir.path()).map(|(team, _)| team.tasks.len()).unwrap_or_default(), 1501);
}

#[test]
fn milestones_may_be_called_as_totals_are() {
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
    // A total of tasks is one: it is called so, and has no words beside.
    let tasks = "Task,Owner,Points\nParse,Ann Osei,3\nLoad,Bob Marsh,5\nShip,Ann Osei,2\nTotal,,10\n";
    let (json, _) = inspected("tasks.csv", tasks);
    assert_eq!((&json["read"], &json["skipped"][0]["reason"]), (&3.into(), &"a total of other rows".into()), "{json}");
}

#[test]
fn a_note_among_numbers_ends_no_table() {
    for text in [
        "date,visits,orders\n2026-11-02,100,5\n2026-11-03,110,6\n2026-11-04,90,4\n\nnote,checked by,Ann\n2026-11-05,120,7\n\
         2026-11-06,130,8\n2026-11-07,140,9\n",
        "Tag;visits;orders\n02.11.2026;100;5\n03.11.2026;110;6\n04.11.2026;90;4\n\nHinweis;geprüft;Ute\n05.11.2026;120;7\n\
         06.11.2026;130;8\n07.11.2026;140;9\n",
    ] {
        let (team, problems) = team(&[("days.csv", text)]);
        let sum: f64 = values(&team, "visits").iter().map(|(_, value)| value).sum();
        assert_eq!(sum, 690.0, "{problems:?}");
        assert!(codes(&problems).contains(&"rows-skipped"), "{problems:?}");
    }
    // What is another table stays one.
    let two = "date,visits,orders\n2026-11-02,100,5\n2026-11-03,110,6\n2026-11-04,90,4\n\nday,returns,claims\n2026-11-02,1,2\n2026-11-03,3,4\n";
    let (json, _) = inspected("days.csv", two);
    assert_eq!((&json["read"], &json["records"]), (&3.into(), &6.into()), "{json}");
}

#[test]
fn most_of_a_file_is_never_left_out() {
    let mut text = "date,visits,orders\n".to_owned();
    (1..=6).for_each(|n| text += &format!("2026-11-0{n},{n}00,{n}\n"));
    (1..=12).for_each(|n| text += &format!("remark number {n},,\n"));
    let (json, code) = inspected("visits.csv", &text);
    assert_eq!(code, 65, "{json}");
    assert!(json["problems"].to_string().contains("most-skipped"), "{json}");
}

#[test]
fn numbers_without_a_name_or_a_date_are_said() {
    for (name, text, metric, sum) in [
        (
            "long.csv",
            "date,metric,value\n2026-11-02,errors,5\n2026-11-03,errors,6\n2026-11-04,,7\n2026-11-05,errors,8\n",
            "errors",
            19.0,
        ),
        ("wide.csv", "Datum;Fehler;Anrufe\n02.11.2026;5;30\n;6;31\n04.11.2026;8;32\n", "Fehler", 13.0),
        ("months.csv", "Region,2026-08,2026-09,2026-10\nNorth,1,2,3\nSouth,4,5,6\n,10,11,12\n", "North", 6.0),
        ("no-year.csv", "Region,Jan,Feb,Mar\nNorth,1,2,3\nSouth,4,5,6\nEast,7,8,9\n,10,11,12\n", "South", 15.0),
    ] {
        let (json, code) = inspected(name, text);
        assert_eq!((code, json["skipped"].as_array().map(Vec::len)), (0, Some(1)), "{name}: {json}");
        assert!(json["problems"].to_string().contains("row-left-out"), "{name}: {json}");
        let (team, problems) = team(&[(name, text)]);
        assert_eq!(values(&team, metric).iter().map(|(_, value)| value).sum::<f64>(), sum, "{name}");
        assert!(codes(&problems).contains(&"row-left-out"), "{name}: {problems:?}");
    }
}

#[test]
fn units_belong_to_cells() {
    let rows = |cells: &[&str]| -> String {
        let row = |(day, cell): (usize, &&str)| format!("2026-11-{:02},\"{cell}\"\n", day + 1);
        format!("date,latency\n{}", cells.iter().enumerate().map(row).collect::<String>())
    };
    let last = |cells: &[&str]| {
        let (team, _) = team(&[("m.csv", &rows(cells))]);
        values(&team, "latency").last().map(|(_, value)| *value)
    };
    assert_eq!(last(&["840 ms", "850 ms", "860 ms", "1.2 s"]), Some(1200.0));
    assert_eq!(last(&["90 s", "80 s", "2 min"]), Some(120.0));
    assert_eq!(last(&["1.5 GB", "1.6 GB", "900 MB"]), Some(0.9));
    assert_eq!(last(&["950000", "870000", "1.2m"]), Some(1_200_000.0));
    assert_eq!(last(&["950k", "870k", "1.2M"]), Some(1_200_000.0));
    for (cells, odd) in [
        (&["€1000.50", "€1001.50", "¥150000", "€1002.50", "¥140000"][..], "2 in lines 4, 6"),
        (&["12 kg", "13 kg", "14 kg", "3 m"], "1 in line 5"),
    ] {
        let (json, code) = inspected("m.csv", &rows(cells));
        let said = json["problems"].to_string();
        assert!(code == 65 && said.contains("mixed-units") && said.contains(odd), "{json}");
    }
    // What cannot be read is read by nobody.
    let doubtful = rows(&["€1000.50", "€1001.50", "¥150000", "€1002.50", "¥140000"]);
    for (text, code) in
        [(doubtful.as_str(), "mixed-units"), ("week;latency\n2026-11-06;1,234\n2026-11-13;2,410\n", "decimal-sign")]
    {
        let dir = folder(&source_of("metrics", "data/m.csv"), &[("data/m.csv", text)]);
        assert!(load(dir.path()).is_err_and(|problems| codes(&problems).contains(&code)), "{code}");
    }
    // Nothing but a semicolon says that `1,234` is a fraction.
    let (json, code) = inspected("w.csv", "week;visits\n2026-11-06;1,234\n2026-11-13;2,410\n2026-11-20;1,980\n");
    assert!(code == 65 && json["problems"].to_string().contains("decimal-sign"), "{json}");
}

#[test]
fn a_metric_has_one_unit_whatever_its_neighbours_have() {
    let months = "KPI,Target,2026-08,2026-09,2026-10\nLatency,300,840 ms,1.2 s,790 ms\nMRR,420,310 k€,318 k€,326 k€\nChurn,2 %,3.1 %,3.0 %,2.9 %\n";
    let (team, problems) = team(&[("kpis.csv", months)]);
    assert_eq!(values(&team, "Latency").iter().map(|(_, value)| *value).collect::<Vec<_>>(), [840.0, 1200.0, 790.0]);
    assert_eq!(values(&team, "Churn").len(), 3, "{problems:?}");
    let long = "date,metric,value\n2026-11-02,Latency,840 ms\n2026-11-02,Revenue,1200 €\n2026-11-03,Latency,1.2 s\n2026-11-03,Revenue,1300 €\n";
    let (team, _) = self::team(&[("long.csv", long)]);
    assert_eq!(values(&team, "Latency").last().map(|(_, value)| *value), Some(1200.0));
    assert_eq!(values(&team, "Revenue").last().map(|(_, value)| *value), Some(1300.0));
    let ziele = "Kennzahl;Ziel;Aug 26;Sep 26;Okt 26\nErstantwort (h);4;6,2;6,0;5,8\nCSAT;90 %;86 %;86,5 %;87 %\nKosten je Ticket;6,50 €;7,80 €;7,75 €;7,60 €\n";
    let (team, problems) = self::team(&[("kpis.csv", ziele)]);
    let targets: Vec<_> = team.metrics.iter().map(|metric| metric.targets.first().map(|it| it.value)).collect();
    assert_eq!(targets, [Some(4.0), Some(90.0), Some(6.5)], "{problems:?}");
    assert!(codes(&problems).is_empty(), "{problems:?}");
    // Of one metric they must go together.
    let dir = folder(&source_of("metrics", "data/m.csv"), &[("data/m.csv", &long.replace("1300 €", "1300 $"))]);
    assert!(load(dir.path()).is_err_and(|problems| codes(&problems).contains(&"mixed-units")));
}

#[test]
fn durations_of_every_tracker() {
    for (cells, hours) in [
        (["1w 2d 3h", "2d 4h", "45m"], [59.0, 20.0, 0.75]),
        (["P3DT4H", "PT1H30M", "P1W"], [28.0, 1.5, 40.0]),
        (["1:30", "0:45", "112:15"], [1.5, 0.75, 112.25]),
        (["2 días 4 horas", "3 horas", "1 semana"], [20.0, 3.0, 40.0]),
        (["2 Tage", "4 Std", "1 Woche"], [16.0, 4.0, 40.0]),
        (["2日", "4時間", "30分"], [16.0, 4.0, 0.5]),
    ] {
        let rows: String = (1..).zip(cells).map(|(n, cell)| format!("A-{n},Task {n},open,{cell}\n")).collect();
        let (team, problems) = team(&[("t.csv", &format!("Key,Task,Status,Estimate\n{rows}"))]);
        let found: Vec<Option<f64>> = team.tasks.iter().map(|task| task.estimate).collect();
        assert_eq!(found, hours.map(Some), "{cells:?}: {problems:?}");
    }
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
fn a_title_with_capitals_is_no_person() {
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
fn the_users_mapping_goes_before_every_guess() {
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
fn ids_and_persons_are_no_metrics() {
    for text in [
        "ID;Date;Name;Type;Impact;Probability;Owner\n1;01.10.2026;Supplier fails;External;3;60%;Ana\n2;15.10.2026;Key person leaves;People;4;20%;Bo\n3;13.11.2026;Scope grows;Business;2;40%;Ana\n",
        "Nº;Riesgo;Probabilidad;Impacto;Responsable;Plan de mitigación;Estado\n1;El proveedor no entrega;Alta;Alto;Marta;Segundo proveedor;Abierto\n2;Falta de personal;Media;Bajo;Luis;Contratar;Abierto\n3;Cambio de ley;Baja;Alto;Marta;Consultar;Abierto\n",
        "ID;Risiko;Wahrscheinlichkeit_Brutto;Auswirkung_Brutto;EW netto;Auswirkung netto\nR1;Lieferant fällt aus;4;5;2;4\nR2;Schlüsselperson geht;3;5;2;4\nR3;Umfang wächst;3;4;2;3\n",
        "risk_id,title,existing_controls,L_1to5,I_1to5,score,actions,owner,target_date,status\nR01,Account takeover,MFA partial,4,4,16,Enforce MFA,IT,2027-03-31,Open\nR02,Invoice fraud,none,3,4,12,Two persons,Finance,2027-02-28,Open\nR03,Lost laptop,password,3,3,9,Encrypt,IT,2027-03-31,Open\n",
    ] {
        let (team, problems) = team(&[("list.csv", text)]);
        assert_eq!((team.risks.len(), team.metrics.len()), (3, 0), "{text}: {problems:?}");
        assert!(team.risks.iter().all(|risk| risk.likelihood.is_some() && risk.impact.is_some()), "{text}");
    }
    let (team, _) = team(&[(
        "time.csv",
        "#,Date,User,Hours\n160,2026-11-02,Ana,2.0\n161,2026-11-03,Bo,4.5\n162,2026-11-10,Ana,3.0\n163,2026-11-17,Bo,6.0\n",
    )]);
    let found: Vec<_> = team.metrics.iter().map(|metric| (metric.name.as_str(), metric.kind)).collect();
    assert_eq!(found, [("Hours", Some(MetricKind::Flow))]);
    // Open and done, with a date and numbers: no metrics, and no title to be tasks by.
    let (json, _) = inspected(
        "setor.csv",
        "Setor,Status,Data,Colaborador\n3475,Concluído,30/01/2026,Maico\n3418,Concluído,30/01/2026,Maico\n3660,A Fazer,31/01/2026,Camila\n",
    );
    assert_ne!(json["table"], "metrics", "{json}");
}

#[test]
fn nothing_is_made_up() {
    let tasks = "ID;STATUS;TITLE;CREATION_DATE;COMPLETION_DATE;VERSION\n1;done;Draft protocol;2026-09-01;2026-10-02;1.1\n2;done;Server;2026-09-02;2026-10-03;1.1\n3;done;Timeout;2026-09-05;2026-10-05;?\n4;not started;Registration;2026-09-09;;\n";
    let (team, problems) = team(&[("tasks.csv", tasks)]);
    assert_eq!(names(&team), ["1.1"]);
    assert!(team.milestones.iter().all(|it| it.due.is_none() && it.original.is_none() && it.done_on.is_none()));
    assert!(codes(&problems).contains(&"no-date"), "{problems:?}");
    // What differs from row to row is nothing to build up to.
    let wbs = "WBS,Task,Owner,Deliverable\nA1,Autosave,Dev,current.json\nA2,History,Dev,index.json\nA3,Lock,Dev,lock file\nA4,Screen,Dev,modal\nA5,Export,QA,dialog\n";
    let (team, _) = self::team(&[("wbs.csv", wbs)]);
    assert_eq!((team.tasks.len(), team.milestones.len()), (5, 0));
    // Levels and techniques are no persons.
    let backlog = "Epica;Tarea;Tipo;Prioridad;Estimacion_dias\nBase;Auditoría inicial;Backend;Alta;0.5\nBase;Refactor de servicios;Backend;Alta;1.5\nDatos;Filtro por fecha;Frontend;Media;1\n";
    let (json, _) = inspected("tareas.csv", backlog);
    assert_eq!(
        (field_of(&json, "Prioridad"), field_of(&json, "Tarea"), field_of(&json, "Estimacion_dias")),
        ("", "title", "estimate")
    );
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
fn periods_are_their_last_day() {
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
fn words_of_a_status_are_known_in_each_language() {
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
fn one_bad_date_is_that_cell_alone() {
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
fn a_repeated_number_is_said_and_stays_the_key() {
    let text = "ID,Task,Status,Due\n1,Wire the pump,Done,2026-11-13\n2,Calibrate,Open,2026-11-27\n2,Handbook,Open,2026-12-04\n3,Ship,Open,2026-12-18\n";
    let dir = tempfile::tempdir().expect("a folder");
    let output = init_in(&dir, &[("list.csv", text)]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(65), "{said}");
    assert!(said.contains("repeated-id") && said.contains("list.csv:4") && said.contains("key = []"), "{said}");
}

#[test]
fn of_dated_exports_the_newest_row_counts() {
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
    // Two teams that number from one on are not two days of one export.
    let other = format!("{header}T-1,Hire,To Do,2026-11-13\nT-2,Train,To Do,2026-11-27\n");
    let dir = tempfile::tempdir().expect("a folder");
    assert_eq!(init_in(&dir, &[("jira-a.csv", &old), ("jira-b.csv", &other)]).status.code(), Some(65));
}

#[test]
fn an_export_that_no_source_names_is_said() {
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
fn one_log_is_several_tables() {
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
    for (text, reason) in [
        (
            "Objective;Key Result;Target;Current\nWin back customers;Churn below 3 %;3;4.2\nShip faster;Lead time under 2 days;2;3.5\n",
            "nothing says when each is due",
        ),
        ("KPI,Target,Actual,Unit,Owner\nChurn,2.0,2.4,%,Ana\nNPS,40,31,pts,Bo\n", "nothing says of which day"),
    ] {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("sheet.csv");
        std::fs::write(&path, text).expect("a file");
        let (page, _) = ends(&["inspect", s(&path)], 0);
        assert!(page.contains(reason), "{page}");
    }
}

#[test]
fn months_of_one_sheet() {
    let sheet = "Sales KPIs,,,,\nKPI,Target,2026-08,2026-09,2026-10\nOrders,120,98,104,111\nRevenue,50000,41000,43500,47000\n,,,,\nSupport KPIs,,,,\nKPI,Target,2026-08,2026-09,2026-10\nFirst reply (h),4,6.1,5.2,4.8\nTickets closed,300,280,310,305\n";
    let (team, problems) = team(&[("kpis.csv", sheet)]);
    let found: Vec<_> =
        team.metrics.iter().map(|metric| (metric.name.as_str(), metric.targets.first().map(|it| it.value))).collect();
    assert_eq!(
        found,
        [
            ("Orders", Some(120.0)),
            ("Revenue", Some(50000.0)),
            ("First reply (h)", Some(4.0)),
            ("Tickets closed", Some(300.0))
        ]
    );
    assert!(codes(&problems).contains(&"rows-skipped"), "{problems:?}");
    let monate = "Kennzahl;Ziel;Jan;Feb;Mrz;Apr;Mai;Jun;Jul;Aug;Sep;Okt;Nov;Dez\nErstantwort (h);4;6,2;6,0;5,8;5,9;5,1;4,9;5,0;4,8;4,6;4,4;;\nTickets gelöst;1.200;1.034;1.102;1.150;1.098;1.210;1.187;1.205;1.190;1.240;1.265;;\n";
    let (team, problems) = self::team(&[("kpis.csv", monate)]);
    assert_eq!(values(&team, "Erstantwort (h)").last(), Some(&("2026-10-01".to_owned(), 4.4)));
    assert_eq!(values(&team, "Tickets gelöst").last(), Some(&("2026-10-01".to_owned(), 1265.0)));
    assert!(codes(&problems).contains(&"no-year"), "{problems:?}");
}

#[test]
fn empty_logs_claim_nothing() {
    let dir = init(&[("t.csv", "Key,Title,Status,Due\nT-1,Wire the pump,To Do,2026-11-27\n")]);
    let (text, _) = ends(&["render", s(&dir.path().join("team")), "--as-of", AS_OF, "--format", "md", "--out", "-"], 0);
    assert!(!text.contains("Nothing is needed") && !text.contains("Nothing to claim"), "{text}");
}

#[test]
fn milestones_of_one_name_are_told_apart_by_their_project() {
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
