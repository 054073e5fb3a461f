//! Tests of the lexicon.

use super::*;

#[test]
fn every_language_file_is_loaded() {
    for file in FILES.files() {
        let code = file.path().file_stem().unwrap().to_str().unwrap();
        // `metrics.toml` holds the names of metrics in all languages.
        if code == "metrics" {
            continue;
        }
        let language = parse(code, file.contents_utf8().unwrap()).unwrap_or_else(|error| panic!("{code}: {error}"));
        assert!(!language.tables.is_empty(), "{code}");
        assert!(languages().iter().any(|known| known.code == code), "{code}");
    }
    assert!(ORDER.iter().zip(languages()).all(|(code, language)| *code == language.code));
}

#[test]
fn folding_ignores_blanks_case_and_accents() {
    for same in ["Due date", "due_date", "DueDate", "DUE-DATE", " due  date ", "Due Date*"] {
        assert_eq!(folded(same), "duedate");
    }
    assert_eq!(folded("Fällig am"), folded("fallig AM"));
    assert_eq!(folded_with_digraphs("Fällig am").as_deref(), Some("faelligam"));
    assert_eq!((folded("% done"), folded("done"), folded("Łódź")), ("%done".into(), "done".into(), "lodz".into()));
    assert_eq!((folded("🟢"), folded("✅ Done"), folded("担当者")), ("🟢".into(), "done".into(), "担当者".into()));
    assert_eq!(folded("담당자"), "담당자");
}

#[test]
fn a_character_is_folded_alike_alone_and_beside_others() {
    for c in (0..0xa000).filter_map(char::from_u32).filter(|c| folds_alone(*c)) {
        // Beside a circled digit the whole text is taken apart.
        assert_eq!(folded(&format!("a{c}b①")), folded(&format!("a{c}b")) + "1", "{c}");
    }
}

#[test]
fn small_words_may_be_left_out() {
    assert_eq!(folded_without_small_words("Date d'échéance").as_deref(), Some("dateecheance"));
    assert_eq!(folded_without_small_words("Fecha de vencimiento").as_deref(), Some("fechavencimiento"));
    assert_eq!(folded_without_small_words("DateEcheance"), None);
    assert_eq!(folded_without_small_words("de"), None);
}

#[test]
fn a_file_name_can_mention_its_table() {
    for (stem, table) in [
        ("milestones", "milestones"),
        ("Meilensteine-2026", "milestones"),
        ("risk_register", "risks"),
        ("riesgos", "risks"),
        ("ActionItems", "tasks"),
        ("tareas", "tasks"),
        ("kpis", "metrics"),
    ] {
        assert!(tables_named(stem).contains(table), "{stem}: {:?}", tables_named(stem));
    }
    assert!(tables_named("export").is_empty() && tables_named("data (2)").is_empty());
}

#[test]
fn a_kind_of_row_has_its_table() {
    for (word, table) in [
        ("Risk", Some("risks")),
        ("Risiko", Some("risks")),
        ("Action", Some("tasks")),
        ("Issue", Some("tasks")),
        ("Issues", Some("tasks")),
        ("Milestone", Some("milestones")),
        ("Tarea", Some("tasks")),
        ("Decision", None),
        ("High", None),
        ("Ann", None),
    ] {
        assert_eq!(table_of_row(word), table, "{word}");
    }
}

#[test]
fn words_for_no_value_are_missing() {
    for word in ["tbd", "TBD", "offen", "à définir", "A definir", "por definir", "未定", "not set"] {
        assert!(is_missing(word), "{word}");
    }
    assert!(!is_missing("Q1") && !is_missing("Ende November") && !is_missing(""));
}
