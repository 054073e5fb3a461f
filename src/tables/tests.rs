//! Tests of all declarations.

use std::collections::BTreeSet;

use super::*;

#[test]
fn the_tables_are_in_the_order_of_their_kinds() {
    assert_eq!(TABLES.map(|table| table.name), TableKind::WORDS);
}

#[test]
fn names_are_unique_and_every_named_field_exists() {
    for table in TABLES {
        let name = table.name;
        let names: Vec<&str> =
            table.fields.iter().flat_map(|f| [f.name].into_iter().chain(f.old_names.iter().copied())).collect();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{name}");
        assert!(names.len() <= 64, "{name}");
        let mut named: Vec<&str> = table.required.concat();
        named.extend(table.newest_by);
        if let Some(item) = &table.item {
            named.extend(item.positional.iter().chain(item.without).chain([&item.dated]));
            named.extend(item.defaults.iter().map(|(field, _)| field));
            if let Private::Unless(field, words) = item.private {
                named.push(field);
                assert!(words.iter().all(|word| table.field(field).unwrap().words().contains(word)), "{name}");
            }
            for (field, word) in item.defaults {
                assert!(table.field(field).unwrap().words().contains(word), "{name}.{field}");
            }
            let needed = table.required.iter().map(|group| group.first().unwrap());
            let is_filled = |field: &&str| item.positional.contains(field) || item.dated == *field;
            assert!(needed.clone().all(|field| is_filled(&field)), "{name}: `add` must fill what a row needs");
        }
        for field in named {
            assert!(table.fields.iter().any(|other| other.name == field), "{name}.{field}");
        }
    }
}

#[test]
fn every_field_has_a_help_text_and_an_example() {
    for (table, field) in TABLES.iter().flat_map(|table| table.fields.iter().map(move |field| (table, field))) {
        let name = format!("{}.{}", table.name, field.name);
        assert!(field.help.starts_with(char::is_uppercase) || field.help.starts_with("off"), "{name}: {}", field.help);
        assert!(!field.help.ends_with('.') && !field.example.is_empty(), "{name}");
        match field.kind {
            FieldKind::Date => assert!(field.example.parse::<chrono::NaiveDate>().is_ok(), "{name}"),
            FieldKind::Number => assert!(field.example.parse::<f64>().is_ok(), "{name}"),
            FieldKind::Share => assert!(field.example.ends_with('%'), "{name}"),
            FieldKind::Word(words) | FieldKind::Rating(words) => assert!(words.contains(&field.example), "{name}"),
            FieldKind::Text | FieldKind::List | FieldKind::Flag => {}
        }
    }
}

#[test]
fn stated_words_are_those_of_both_enums() {
    let words: BTreeSet<&str> = objectives::STATED.iter().copied().collect();
    let said = Status::WORDS.iter().chain(StatedAs::WORDS).map(|word| match *word {
        "not_reported" => "unknown",
        "in_progress" => "started",
        word => word,
    });
    assert_eq!(words, said.collect());
}
