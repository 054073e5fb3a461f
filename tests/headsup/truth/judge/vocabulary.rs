//! The words of a language that the judge knows, and the dates in its lines.

use chrono::NaiveDate;

use super::super::made::months;

/// The words of a language that the judge knows.
pub struct Vocabulary {
    pub late: &'static [&'static str],
    pub not_done: &'static str,
    pub done: &'static [&'static str],
    pub nothing_needed: &'static str,
    pub odds: &'static [&'static str],
    pub nothing_finished: &'static str,
    pub since_last: &'static str,
}

pub fn vocabulary(language: &str) -> Vocabulary {
    match language {
        "de" => Vocabulary {
            late: &["zu spät", "im Verzug"],
            not_done: "nicht als erledigt gemeldet",
            done: &["erledigt", "fertig"],
            nothing_needed: "nichts von Ihnen gebraucht",
            odds: &["Chance", "Wahrscheinlichkeit"],
            nothing_finished: "Keine Aufgabe wurde",
            since_last: "seit dem letzten 1:1",
        },
        "fr" => Vocabulary {
            late: &["de retard", "en retard"],
            not_done: "pas déclaré terminé",
            done: &["terminé"],
            nothing_needed: "Rien n’est attendu de vous",
            odds: &["chances", "Chances", "robabilité"],
            nothing_finished: "Aucune tâche n’a été",
            since_last: "depuis le dernier 1:1",
        },
        "es" => Vocabulary {
            late: &["de retraso", "con retraso"],
            not_done: "no consta como terminado",
            done: &["terminado", "hecho", "terminó"],
            nothing_needed: "no se necesita nada de usted",
            odds: &["robabilidad"],
            nothing_finished: "No se ha terminado ninguna",
            since_last: "desde el último 1:1",
        },
        "pt" => Vocabulary {
            late: &["de atraso", "atrasado"],
            not_done: "não consta como concluído",
            done: &["concluído"],
            nothing_needed: "Nada é necessário da sua parte",
            odds: &["hance", "robabilidade"],
            nothing_finished: "Nenhuma tarefa foi",
            since_last: "desde o último 1:1",
        },
        _ => Vocabulary {
            late: &["late"],
            not_done: "not reported done",
            done: &["done"],
            nothing_needed: "Nothing is needed from you",
            odds: &["odds", "Odds", "chance"],
            nothing_finished: "No task was finished",
            since_last: "since the last 1:1",
        },
    }
}

/// Returns the dates in a line: `4 Dec`, `4. Dezember`, `1er décembre`, `4 de diciembre de 2026`.
pub fn dates_in(line: &str, language: &str, this_year: i32) -> Vec<NaiveDate> {
    let months = months(language).map(str::to_lowercase);
    let words: Vec<&str> =
        line.split(|c: char| c.is_whitespace() || "(),;:|–→".contains(c)).filter(|it| !it.is_empty()).collect();
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let day = word.trim_end_matches("er").trim_end_matches('.');
        let Ok(day) = day.parse::<u32>() else { continue };
        let rest: Vec<&&str> = words[at + 1..].iter().filter(|word| **word != "de").take(2).collect();
        let Some(month) = rest.first().map(|word| word.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase())
        else {
            continue;
        };
        if month.chars().count() < 3 {
            continue;
        }
        let Some(month) = months.iter().position(|name| name.starts_with(&month)) else { continue };
        let year = rest.get(1).map(|word| word.trim_matches(|c: char| !c.is_ascii_digit()));
        let year = year.filter(|year| year.len() == 4).and_then(|year| year.parse().ok()).unwrap_or(this_year);
        found.extend(NaiveDate::from_ymd_opt(year, month as u32 + 1, day));
    }
    found
}

#[test]
fn the_judge_reads_dates_as_people_write_them() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let cases = [
        (
            "en",
            "agreed 4 Dec, forecast 13 December 2027 (85% by 26 Dec)",
            vec!["2026-12-04", "2027-12-13", "2026-12-26"],
        ),
        ("de", "am 4. Dezember, zum 1. Okt. fertig; 12 Aufgaben", vec!["2026-12-04", "2026-10-01"]),
        ("fr", "le 1er décembre, 20 nov. 2025", vec!["2026-12-01", "2025-11-20"]),
        ("es", "el 4 de diciembre de 2026, 5 mar", vec!["2026-12-04", "2026-03-05"]),
        ("pt", "em 4 de dezembro, 2 out.", vec!["2026-12-04", "2026-10-02"]),
    ];
    for (language, line, dates) in cases {
        let dates: Vec<NaiveDate> = dates.into_iter().map(day).collect();
        assert_eq!(dates_in(line, language, 2026), dates, "{line}");
    }
}
