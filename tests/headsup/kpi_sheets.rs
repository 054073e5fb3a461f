//! Sheets of metrics, time sheets and risk lists as people keep them by hand: what `init` and `render` make of each
//! without an edit, in several languages.

use std::path::Path;

use serde_json::Value;

use crate::program::headsup;

/// What a first brief from one export says: as JSON, as Markdown, and what `check` says.
struct First {
    brief: Value,
    page: String,
    check: String,
}

impl First {
    fn of(name: &str, text: &str) -> Self {
        let dir = tempfile::tempdir().expect("a folder");
        let export = dir.path().join(name);
        std::fs::write(&export, text).expect("an export");
        let team = dir.path().join("team");
        let run = |arguments: &[&str], paths: &[&Path]| {
            let output =
                headsup().args(arguments).args(paths).args(["--as-of", "2026-11-20"]).output().expect("headsup runs");
            let errors = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.success(), "{name}: {errors}");
            (String::from_utf8(output.stdout).expect("UTF-8").replace(['\u{a0}', '\u{202f}'], " "), errors)
        };
        run(&["init"], &[&team, Path::new("--from"), &export]);
        let render = |format: &str| run(&["render", "--format", format, "--out", "-"], &[&team]).0;
        Self {
            brief: serde_json::from_str(&render("json")).expect("JSON"),
            page: render("md").replace('\\', ""),
            check: run(&["check"], &[&team]).1,
        }
    }

    #[track_caller]
    fn metric(&self, name: &str) -> &Value {
        let metrics = self.brief["metrics"].as_array().expect("metrics");
        metrics.iter().find(|metric| metric["name"] == name).unwrap_or_else(|| panic!("no {name}: {metrics:?}"))
    }

    fn headline(&self) -> &str {
        self.brief["headline"].as_str().unwrap_or_default()
    }
}

#[test]
fn each_row_has_its_unit_and_its_direction() {
    for (name, header, rate, time, money) in [
        ("pt.csv", "Indicador;Unidade;Sentido;Meta", "%;maior é melhor", "h;menor é melhor", "R$;maior é melhor"),
        (
            "de.csv",
            "Kennzahl;Einheit;Richtung;Soll",
            "Prozent;höher ist besser",
            "h;niedriger ist besser",
            "TEUR;steigend",
        ),
        ("fr.csv", "Indicateur;Unité;Sens;Objectif", "pourcentage;à la hausse", "h;à la baisse", "k€;à la hausse"),
        ("es.csv", "Indicador;Unidad;Sentido;Meta", "por ciento;mayor es mejor", "h;menor es mejor", "EUR;aumentar"),
        ("it.csv", "Indicatore;Unità;Direzione;Obiettivo", "percento;crescente", "h;decrescente", "€;crescente"),
        (
            "nl.csv",
            "Indicator;Eenheid;Richting;Streefwaarde",
            "procent;hoger is beter",
            "h;lager is beter",
            "k€;omhoog",
        ),
        ("pl.csv", "Wskaźnik;Jednostka;Kierunek;Cel", "procent;rosnąco", "h;malejąco", "zł;wzrost"),
        ("en.csv", "KPI;Unit;Polarity;Goal", "%;higher is better", "h;lower is better", "$'000;up"),
    ] {
        let months = "2026-06;2026-07;2026-08;2026-09;2026-10";
        let text = format!(
            "{header};{months}\nAlpha;{rate};90;88,1;88,9;90,5;91,0;90,8\nBeta;{time};4;3,9;4,1;4,0;3,8;6,8\nGamma;{money};150;120;122;125;128;131\n"
        );
        let first = First::of(name, &text);
        let of = |metric: &str, key: &str| first.metric(metric)[key].clone();
        assert_eq!((of("Alpha", "unit"), of("Alpha", "better")), ("%".into(), "up".into()), "{name}");
        assert_eq!((of("Beta", "unit"), of("Beta", "better")), ("h".into(), "down".into()), "{name}");
        assert_eq!((of("Beta", "target_met"), of("Alpha", "target_met")), (false.into(), true.into()), "{name}");
        let unit = of("Gamma", "unit").as_str().unwrap_or_default().to_owned();
        assert!(["R$", "k€", "€", "zł", "k$"].contains(&unit.as_str()), "{name}: {unit}");
        assert!(first.headline().starts_with("Beta") || first.page.contains("**Beta**"), "{name}: {}", first.page);
    }
}

#[test]
fn what_is_counted_has_no_unit() {
    for word in ["#", "nº", "Anzahl", "Stück", "nombre", "cantidad", "szt.", "aantal"] {
        let first = First::of("kpi.csv", &format!("KPI,Unit,2026-09,2026-10\nTickets closed,{word},12,15\n"));
        assert_eq!(first.metric("Tickets closed")["unit"], Value::Null, "{word}");
        // What stands in brackets is part of the name then, and a level never is a unit.
        let first = First::of("kpi.csv", &format!("KPI,Unit,2026-09,2026-10\nIncidents (h),{word},12,15\n"));
        assert_eq!(first.metric("Incidents (h)")["unit"], Value::Null, "{word}");
    }
    let first = First::of("kpi.csv", "KPI,2026-09,2026-10\nOpen incidents (P1),2,1\nLead time (h),12,15\n");
    assert_eq!(first.metric("Open incidents (P1)")["unit"], Value::Null);
    assert_eq!(first.metric("Lead time (h)")["unit"], Value::from("h"));
}

#[test]
fn a_month_of_one_week_has_no_total() {
    let first =
        First::of("kpi.csv", "KPI,Unit,W44,W45,W46\nOrders shipped,,40.4,41,39\nOn-time delivery,%,94.1,95.2,93.8\n");
    for name in ["Orders shipped", "On-time delivery"] {
        let metric = first.metric(name);
        let months = metric["months"].as_array().expect("months");
        assert!(months.iter().all(|month| month["value"].is_null()), "{name}: {months:?}");
        assert_eq!(metric["qtd_since"], "2026-10-26", "{name}: the quarter's figure says from when on it counts");
    }
    assert_eq!(first.metric("Orders shipped")["qtd"], 120.4);
}

#[test]
fn weeks_without_a_year_have_several_names() {
    for header in
        ["S44,S45,S46", "KW 44,KW 45,KW 46", "Sem. 44,Sem. 45,Sem. 46", "W44,W45,W46", "tydz. 44,tydz. 45,tydz. 46"]
    {
        let first = First::of("kpi.csv", &format!("KPI,{header}\nTickets closed,11,12,15\n"));
        assert_eq!(first.metric("Tickets closed")["weeks"][2]["ending"], "2026-11-13", "{header}");
    }
}

#[test]
fn the_week_of_a_time_sheet_that_has_just_begun_is_not_compared() {
    for (name, header) in [
        ("horas.csv", "Fecha;Persona;Proyecto;Horas"),
        ("zeit.csv", "Datum;Mitarbeiter;Projekt;Stunden"),
        ("heures.csv", "Date;Personne;Projet;Heures"),
        ("horas-desc.csv", "Fecha;Persona;Descripción;Horas"),
    ] {
        // Every week begins on a Monday; its other days differ.
        let rows = [
            ("2026-10-26", "6,5"),
            ("2026-10-28", "7,0"),
            ("2026-10-29", "8,0"),
            ("2026-11-02", "6,0"),
            ("2026-11-03", "7,5"),
            ("2026-11-06", "8,0"),
            ("2026-11-09", "4,5"),
            ("2026-11-12", "9,0"),
            ("2026-11-13", "8,0"),
            ("2026-11-16", "4,0"),
        ];
        let rows: String = (rows.iter().zip(["Diseño web", "Pruebas", "Llamadas con clientes"].iter().cycle()))
            .map(|((day, hours), what)| format!("{day};Ana Ruiz;{what};{hours}\n"))
            .collect();
        let first = First::of(name, &format!("{header}\n{rows}"));
        let metrics = first.brief["metrics"].as_array().expect("metrics");
        assert_eq!(metrics.len(), 1, "{name}: {metrics:?}");
        assert_eq!((&metrics[0]["kind"], &metrics[0]["latest"]), (&"flow".into(), &21.5.into()), "{name}");
        assert_eq!(metrics[0]["partial"]["value"], 4.0, "{name}");
    }
}

#[test]
fn of_risks_that_are_rated_alike_none_is_the_largest() {
    let german = "Risiko;Eintrittswahrscheinlichkeit;Auswirkung;Maßnahme;Status;Verantwortlich\n\
        Lieferant fällt aus;hoch;hoch;Zweiten aufbauen;offen;Krüger\nUmgebung fehlt;hoch;hoch;Mieten;offen;Maier\n\
        Prüfung verzögert sich;hoch;hoch;Früh einreichen;geschlossen;Berger\nKürzung;niedrig;mittel;;in Bearbeitung;Krüger\n";
    let first = First::of("risiken.csv", german);
    assert!(
        first.headline().starts_with("3 Risiken sind offen; 2 davon sind mit hoch × hoch bewertet"),
        "{}",
        first.headline()
    );
    let numbers = "Risk,Likelihood (1-5),Impact (1-5),Status\nLate delivery,4,5,open\nPeople leave,5,4,open\nOutage,5,5,mitigated\n";
    let first = First::of("risks.csv", numbers);
    assert!(first.headline().starts_with("2 risks are open: "), "{}", first.headline());
    for (closed, open) in [
        ("mitigiert", "in Bearbeitung"),
        ("cerrado", "en curso"),
        ("atténué", "en cours"),
        ("encerrado", "em andamento"),
    ] {
        let text = format!(
            "Risk,Likelihood,Impact,Status\nOne,high,high,{closed}\nTwo,low,low,{open}\nThree,high,low,{open}\n"
        );
        let first = First::of("risks.csv", &text);
        assert_eq!(first.brief["risks"].as_array().map(Vec::len), Some(2), "{closed}: {}", first.check);
        assert!(first.headline().contains("Three"), "{closed}: {}", first.headline());
    }
}

#[test]
fn a_sheet_of_last_month_and_this_one_is_read_from_the_day_of_the_data() {
    let text = "KPI,Owner,Goal,Last month,This month,Δ,Trend,RAG,Comment\n\
        Customer satisfaction (%),Dana,90,88,91,+3,↑,G,\nChurn (%),Sam,2.0,2.1,3.4,+1.3,↑,R,Two large accounts left\n";
    let first = First::of("kpi.csv", text);
    let churn = first.metric("Churn (%)");
    assert_eq!((&churn["latest"], &churn["partial"]["value"]), (&2.1.into(), &3.4.into()));
    assert_eq!(first.headline(), "Churn (%) is red, as stated: Two large accounts left");
    assert!(
        first.page.contains("We say green") && first.page.contains("We say red: Two large accounts left"),
        "{}",
        first.page
    );
    for said in ["relative-period", "unread-columns", "Trend"] {
        assert!(first.check.contains(said), "{said}: {}", first.check);
    }
}

#[test]
fn a_sheet_without_a_date_is_of_the_day_of_the_data() {
    let first = First::of(
        "kpi.csv",
        "KPI,Target,Actual,Status,Owner\nSatisfaction,90%,91%,Green,Dana\nChurn,2%,3.4%,Red,Sam\nHandling time,6 min,6.1 min,Amber,Lee\n",
    );
    assert!(first.brief["objectives"].as_array().is_some_and(Vec::is_empty), "{}", first.page);
    assert_eq!((&first.metric("Churn")["latest"], &first.metric("Churn")["unit"]), (&3.4.into(), &"%".into()));
    assert_eq!(first.metric("Handling time")["unit"], "min");
    assert!(first.check.contains("nothing says of which day"), "{}", first.check);
    let german = "Kennzahl;Ziel;Ist;Ampel;Kommentar\nLiefertreue;≥ 95 %;91,2 %;rot;Spediteur gewechselt\nReklamationen;max. 10;8;grün;\nDurchlaufzeit;≤ 5 Tage;5,4 Tage;gelb;\n";
    let first = First::of("kpi.csv", german);
    for (name, met, better) in
        [("Liefertreue", false, "up"), ("Reklamationen", true, "down"), ("Durchlaufzeit", false, "down")]
    {
        let metric = first.metric(name);
        assert_eq!((&metric["target_met"], &metric["better"]), (&met.into(), &better.into()), "{name}: {metric}");
    }
    assert_eq!(first.headline(), "Liefertreue: rot (eigene Angabe): Spediteur gewechselt");
}

#[test]
fn rows_of_totals_and_names_alone_are_no_metrics() {
    let first = First::of(
        "kpi.csv",
        "Indicateur;Objectif;2026-08;2026-09;2026-10;Cumul;Tendance\nTaux de retour;3;2,9;–;5,6;;↑\nVentes;420;402;n/a;431;833;→\nTotal;;;;;;\n",
    );
    let names: Vec<&str> =
        first.brief["metrics"].as_array().into_iter().flatten().filter_map(|metric| metric["name"].as_str()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
    assert!(first.check.contains("row-left-out") && first.check.contains("unread-columns"), "{}", first.check);
    assert_eq!(first.metric("Taux de retour")["target_met"], false);
}

#[test]
fn two_years_of_months_and_quarters_of_a_fiscal_year() {
    let names = ["jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez"];
    let header: Vec<String> = [25, 26].iter().flat_map(|year| names.map(|name| format!("{name}/{year}"))).collect();
    let values: Vec<String> = (0..22).map(|at| format!("{},{}", 30 + at % 3, at % 4)).collect();
    let first = First::of("kpi.csv", &format!("Indicador;Un.;{}\nMargem;%;{};;\n", header.join(";"), values.join(";")));
    assert_eq!(
        (first.metric("Margem")["periods"].as_array().map(Vec::len), &first.metric("Margem")["unit"]),
        (Some(22), &"%".into())
    );
    let first = First::of("kpi.csv", "KPI,Q3 FY26,Q4 FY26,Q1 FY27\nRevenue,12.1,12.8,13.0\n");
    assert!(first.check.contains("future-value") && first.check.contains("fiscal_year_starts"), "{}", first.check);
}

#[test]
fn a_jump_of_few_values_is_told_below_the_title() {
    let rows: String = [1.5, 1.8, 1.2, 1.4, 1.3, 1.5, 1.1, 1.5, 1.1, 1.3, 1.1, 4.6]
        .iter()
        .enumerate()
        .map(|(at, value)| format!("{}-{:02},{value}%\n", 2025 + (at + 10) / 12, (at + 10) % 12 + 1))
        .collect();
    let first = First::of("churn.csv", &format!("Month,Churn rate\n{rows}"));
    assert!(!first.headline().contains("Churn rate"), "{}", first.headline());
    assert!(
        first.page.contains("left its usual range, for the worse: 4.60%") && first.page.contains("provisional."),
        "{}",
        first.page
    );
}
