//! Cases for finding people's names in texts.

use super::*;
use crate::team::{NoteKind, PersonNote};

fn people(names: &[&str], wishes: &[&str]) -> People {
    let note = |wish: &&str| PersonNote {
        id: None,
        date: None,
        person: "Somebody".into(),
        kind: NoteKind::Highlight,
        text: String::new(),
        before: None,
        ask: Some((*wish).to_owned()),
        hypothesis: None,
        next_step: None,
        raised_on: None,
        closed_on: None,
        confidential: false,
    };
    People::of(&Team {
        members: names.iter().map(|name| (*name).to_owned()).collect(),
        people: wishes.iter().map(note).collect(),
        ..Team::default()
    })
}

#[test]
fn a_person_is_named_in_any_form() {
    let people = people(
        &[
            "Ada Osei",
            "Li Wu",
            "Jürgen Müller",
            "Will Hunt",
            "王伟",
            "Ana de la Cruz",
            "Владимир",
            "عمر",
            "Mary O'Neil",
        ],
        &[],
    );
    for text in [
        "Raise for osei",
        "OSEI to lead",
        "Course for Wu",
        "raise: wu",
        "Mu\u{308}ller's training",
        "für Muller",
        "Oseis Kurs",
        "ask aosei@example.org",
        "for @jmuller",
        "a raise for Will",
        "给王伟加薪",
        "Cruz stays",
        "Mueller zum Kurs",
        "给王 伟加薪",
        "\u{41e}sei \u{440}romoted",
        "Oseiego kurs",
        "ONeil training",
        "Course for AdaOsei",
        "#oseiada",
        "LiWus Kurs",
        "Владимиру повышение",
        "زيادة لعمر",
    ] {
        assert!(people.names_anybody(text), "{text}");
    }
    for text in
        ["Will the release hold?", "a will to ship", "de la maison", "A second developer", "looking", "Drop the wulf"]
    {
        assert!(!people.names_anybody(text), "{text}");
    }
}

#[test]
fn a_name_is_met_in_its_cases_and_in_small_letters() {
    let people = people(
        &[
            "Anna Kowalska",
            "Мария Иванова",
            "Андрей Лев",
            "Jana Nováková",
            "Pekka Virtanen",
            "li wu",
            "max",
            "ana de la cruz",
            "Vera Sand",
        ],
        &[],
    );
    for text in
        ["urlop dla Anny", "Kowalskiej", "для Марии", "Андрея", "Novákové", "Virtasen", "Li to 80 %", "move Max"]
    {
        assert!(people.names_anybody(text), "{text}");
    }
    for text in ["any of them", "a very long list", "de la maison", "an annex", "a lino floor"] {
        assert!(!people.names_anybody(text), "{text}");
    }
}

#[test]
fn a_note_refers_to_an_ask_by_id_number_or_words() {
    let people = people(&[], &["see A-09", "#7", "2 hours of a developer", "Rust course in March"]);
    for (id, text, is_meant) in [
        ("a-09", "x", true),
        ("7", "x", true),
        ("2", "Two more testers", false),
        ("5", "A course for Rust", true),
        ("6", "A course of action", false),
    ] {
        let ask =
            Ask { id: id.into(), text: text.into(), ..super::super::tests::ask("x", crate::team::Stage::Raised, "x") };
        assert_eq!(people.is_personal(&ask), is_meant, "{id}: {text}");
    }
}
