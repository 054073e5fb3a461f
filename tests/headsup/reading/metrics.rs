//! Tests of metrics: names, units, durations, and columns that are not metrics.

use super::*;

#[test]
fn a_note_among_numbers_does_not_end_the_table() {
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
    // A second table below the first is still recognised as a table of its own.
    let two = "date,visits,orders\n2026-11-02,100,5\n2026-11-03,110,6\n2026-11-04,90,4\n\nday,returns,claims\n2026-11-02,1,2\n2026-11-03,3,4\n";
    let (json, _) = inspected("days.csv", two);
    assert_eq!((&json["read"], &json["records"]), (&3.into(), &6.into()), "{json}");
}

#[test]
fn numbers_without_a_name_or_a_date_are_reported() {
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
    // Ambiguous cells are not read.
    let doubtful = rows(&["€1000.50", "€1001.50", "¥150000", "€1002.50", "¥140000"]);
    for (text, code) in
        [(doubtful.as_str(), "mixed-units"), ("week;latency\n2026-11-06;1,234\n2026-11-13;2,410\n", "decimal-sign")]
    {
        let dir = folder(&source_of("metrics", "data/m.csv"), &[("data/m.csv", text)]);
        assert!(load(dir.path()).is_err_and(|problems| codes(&problems).contains(&code)), "{code}");
    }
    // Only the semicolon suggests that `1,234` is a fraction.
    let (json, code) = inspected("w.csv", "week;visits\n2026-11-06;1,234\n2026-11-13;2,410\n2026-11-20;1,980\n");
    assert!(code == 65 && json["problems"].to_string().contains("decimal-sign"), "{json}");
}

#[test]
fn each_metric_has_its_own_unit() {
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
    // The units of one metric must be convertible.
    let dir = folder(&source_of("metrics", "data/m.csv"), &[("data/m.csv", &long.replace("1300 €", "1300 $"))]);
    assert!(load(dir.path()).is_err_and(|problems| codes(&problems).contains(&"mixed-units")));
}

#[test]
fn durations_of_every_tracker_are_read() {
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
fn ids_and_persons_are_not_metrics() {
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
    // Rows that are open or done, with a date and numbers, are not metrics; without a title they are not tasks either.
    let (json, _) = inspected(
        "setor.csv",
        "Setor,Status,Data,Colaborador\n3475,Concluído,30/01/2026,Maico\n3418,Concluído,30/01/2026,Maico\n3660,A Fazer,31/01/2026,Camila\n",
    );
    assert_ne!(json["table"], "metrics", "{json}");
}

#[test]
fn months_of_one_sheet_are_read() {
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
