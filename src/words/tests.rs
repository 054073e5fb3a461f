//! Cases for words: plurals, dates, numbers and lists in each language.

use chrono::NaiveDate;

use super::*;

fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

#[test]
fn a_words_file_is_named_after_its_language() {
    for language in Words::languages() {
        assert_eq!(Words::of(language).unwrap().language, *language);
    }
}

#[test]
fn numbers_have_the_format_of_the_language() {
    let en = Words::of("en").unwrap();
    assert_eq!(en.number(1284.0, 0), "1,284");
    assert_eq!(en.number(-0.04, 1), "0.0", "a rounded zero has no sign");
    assert_eq!(en.number(-2.36, 1), "−2.4");
    assert_eq!(en.number(-62.5, 0), "−63", "halves go up, as people round");
    assert_eq!(en.number(1.0e300, 0).chars().filter(char::is_ascii_digit).count(), 301);
    assert_eq!(en.percent(0.625, 0), "63%");
    assert_eq!(en.percent(0.44, 0), "44%");
    assert_eq!(en.in_percent(0.58, 2), "0.58%");
}

#[test]
fn dates_have_the_format_of_the_language() {
    let en = Words::of("en").unwrap();
    let date = day(2026, 11, 20);
    assert_eq!(en.day_month(date), "20\u{a0}Nov");
    assert_eq!(en.full_date(date), "Friday 20\u{a0}November 2026");
    assert_eq!(en.month_short(date), "Nov");
}

#[test]
fn a_plural_takes_its_form() {
    let en = Words::of("en").unwrap();
    assert_eq!(en.count("slip.late", 1, &[]), "1\u{a0}day late");
    assert_eq!(en.count("slip.late", 9, &[]), "9\u{a0}days late");
    assert_eq!(en.count("slip.late", 2, &[]), "2\u{a0}days late");
    assert_eq!(en.count("quarter.timeline_title_well", 2, &[]), "Both objectives are on pace");
}

#[test]
fn words_before_a_day_are_replaced_before_a_period() {
    let due = |language: &str, period: &str| Words::of(language).unwrap().fill("X, {on}", &[("on", period)]);
    assert_eq!(due("en", "\u{2063}Q4"), "X, Q4");
    let filled = |language: &str, pattern: &str| {
        Words::of(language).unwrap().fill(pattern, &[("agreed", "\u{2063}Q4"), ("on", "4 December")])
    };
    assert_eq!(
        filled("en", "due on {agreed}, agreed for {agreed}, done on {on}"),
        "due Q4, agreed for Q4, done on 4 December"
    );
    assert_eq!(filled("de", "war für den {agreed} vereinbart, vom {agreed}"), "war für Q4 vereinbart, von Q4");
    assert_eq!(filled("fr", "convenu pour le {agreed}, d’ici au {agreed}"), "convenu pour Q4, d’ici à Q4");
    assert_eq!(filled("es", "para el {agreed}, del {agreed}"), "para Q4, de Q4");
    assert_eq!(filled("pt", "para {agreed}"), "para Q4");
}

#[test]
fn braces_in_a_text_are_not_placeholders() {
    let en = Words::of("en").unwrap();
    assert_eq!(en.fill("{a} and {b}", &[("a", "{b}"), ("b", "x")]), "{b} and x");
    assert_eq!(en.fill("open { brace", &[]), "open { brace");
}

#[test]
fn lists_end_with_and() {
    let en = Words::of("en").unwrap();
    assert_eq!(en.list(&["a"]), "a");
    assert_eq!(en.list(&["a", "b", "c"]), "a, b and c");
}

#[test]
fn a_region_falls_back_to_its_language() {
    assert!(Words::of("en-GB").is_some());
    assert!(Words::of("xx").is_none());
    assert!(Words::languages().contains(&"en"));
}

#[test]
fn each_language_has_its_own_dates_and_numbers() {
    let written = |language: &str| {
        let words = Words::of(language).unwrap();
        let first = day(2026, 12, 1);
        [
            words.day_month(day(2026, 11, 20)),
            words.full_date(first),
            words.number(45310.5, 1),
            words.number(1284.0, 0),
            words.in_percent(0.58, 2),
            words.quote("x"),
        ]
        .map(|text| text.replace(['\u{a0}', '\u{202f}'], " "))
    };
    assert_eq!(written("de"), ["20. Nov.", "Dienstag, 1. Dezember 2026", "45.310,5", "1.284", "0,58 %", "„x“"]);
    assert_eq!(written("fr"), ["20 nov.", "mardi 1er décembre 2026", "45 310,5", "1 284", "0,58 %", "« x »"]);
    assert_eq!(written("es"), ["20 nov", "martes, 1 de diciembre de 2026", "45.310,5", "1.284", "0,58 %", "«x»"]);
    assert_eq!(written("pt"), ["20 nov.", "terça-feira, 1º de dezembro de 2026", "45.310,5", "1.284", "0,58%", "“x”"]);
}

#[test]
fn zero_is_singular_in_french_and_plural_in_english() {
    let said = |language: &str| Words::of(language).unwrap().count("common.days", 0, &[]).replace('\u{a0}', " ");
    assert_eq!(said("fr"), "0 jour");
    assert_eq!(said("en"), "0 days");
}

#[test]
fn quotation_marks_inside_others_become_inner_ones() {
    let quoted = |language: &str, text: &str| Words::of(language).unwrap().quote(text);
    assert_eq!(quoted("en", "“Drop it” by Tuesday"), "“‘Drop it’ by Tuesday”");
    assert_eq!(quoted("de", "„Weg damit“ bis Dienstag"), "„‚Weg damit‘ bis Dienstag“");
    assert_eq!(quoted("es", "«Quitarlo» el martes"), "«“Quitarlo” el martes»");
    assert_eq!(quoted("en", "the suppliers’ ear"), "“the suppliers’ ear”");
}
