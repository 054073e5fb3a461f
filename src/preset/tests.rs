//! Cases for presets: the header alone identifies the tool, and every sample is recognised as its preset's.

use super::*;
use crate::source::recognise::{Hints, infer};

fn recognised(header: &str) -> Option<(String, TableKind)> {
    let presets = Presets::embedded().unwrap();
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("export.csv");
    std::fs::write(&path, format!("{header}\n")).unwrap();
    let (_, found) = infer(&path, "export.csv", &presets, Hints::default(), true).unwrap();
    found.map(|found| (found.preset.name.clone(), found.table))
}

#[test]
fn canonical_headers_are_known_for_every_table() {
    let presets = Presets::embedded().unwrap();
    for &table in TableKind::ALL {
        // A tasks table whose only identifying column is `id` uses that column as its key.
        let plain = |name: &&str| !(table == TableKind::Tasks && *name == "id");
        let header: Vec<&str> = table.fields().iter().map(|field| field.name).filter(plain).collect();
        let generic = presets.named(GENERIC).unwrap();
        let found = presets.with(generic, table, generic.layout(table).unwrap(), &header);
        let fields: Vec<&str> = found.fields.iter().flatten().map(|field| field.name).collect();
        assert_eq!((found.preset.name.as_str(), fields), (GENERIC, header), "{}", table.name());
    }
}

#[test]
fn embedded_presets_are_valid_when_checked_in_full() {
    for file in EMBEDDED_FILES.files() {
        let name = stem(file.path());
        let checked = layout::parse(&name, &name, file.contents_utf8().unwrap()).unwrap();
        assert_eq!(format!("{checked:?}"), format!("{:?}", Presets::embedded().unwrap().named(&name).unwrap()));
    }
}

/// Returns the words that are in two lists, though each word may be in one only.
fn twice<'a>(lists: impl Iterator<Item = (&'a String, &'a Vec<String>)>) -> Vec<String> {
    let mut seen = std::collections::BTreeMap::new();
    let mut twice = Vec::new();
    for (list, words) in lists {
        for word in words {
            if let Some(other) = seen.insert(normal(word), list)
                && other != list
            {
                twice.push(format!("{word}: {other} and {list}"));
            }
        }
    }
    twice
}

#[test]
fn no_preset_gives_one_header_to_two_fields() {
    for preset in Presets::embedded().unwrap().iter() {
        for (table, layout) in &preset.tables {
            assert_eq!(twice(layout.columns.iter()), [""; 0], "{} {}", preset.name, table.name());
        }
    }
}

#[test]
fn no_preset_gives_one_word_two_meanings() {
    for preset in Presets::embedded().unwrap().iter() {
        for (table, layout) in &preset.tables {
            for (field, words) in &layout.values {
                assert_eq!(twice(words.iter()), [""; 0], "{} {} {field}", preset.name, table.name());
            }
        }
    }
}

#[test]
fn a_header_of_unknown_columns_is_not_recognised() {
    assert_eq!(recognised("alpha,beta,gamma"), None);
}

#[test]
fn a_plan_of_another_tool_is_not_taken_for_smartsheet() {
    let plan = "Task Name,Duration,Start,Finish,Predecessors";
    let smartsheet = |header: String| recognised(&header).is_some_and(|(preset, _)| preset == "smartsheet");
    assert!(smartsheet(format!("{plan},Assigned To,% Complete")));
    assert!(!smartsheet(format!("Task Mode,{plan},Resource Names,% Complete")));
    assert!(!smartsheet("Task Name,Start,Finish,% Complete".to_owned()));
}

#[test]
fn a_table_of_a_shop_or_a_bank_is_not_taken_for_monday() {
    assert_eq!(recognised("Name,Subitems,Person,Status,Due date").map(|(preset, _)| preset), Some("monday".to_owned()));
    for header in [
        "Date,Time,TimeZone,Name,Type,Status,Currency,Gross,Fee,Net,Item Title,Item ID,Balance",
        "Name,Status,Person,Price,SKU",
    ] {
        assert_ne!(recognised(header).map(|(preset, _)| preset), Some("monday".to_owned()), "{header}");
    }
}

/// Older exports have no section, and people drop columns from the newer ones.
#[test]
fn asana_is_found_without_its_dates() {
    let asana = |header: &str| recognised(header).is_some_and(|(preset, _)| preset == "asana");
    assert!(asana("Task ID,Created At,Completed At,Last Modified,Name,Section/Column,Assignee,Assignee Email"));
    assert!(asana(
        "Task ID,Created At,Completed At,Last Modified,Name,Assignee,Due Date,Tags,Notes,Projects,Parent Task"
    ));
    assert!(asana("Task ID,Name,Section/Column,Assignee,Due Date,Projects"));
    assert!(!asana("Task ID,Name,Assignee,Due Date"));
}

#[test]
fn headers_are_compared_without_case_and_signs() {
    assert_eq!(normal(" Fix_Version/s "), normal("fix version s"));
    assert_eq!(normal("Won’t do"), normal("wont DO"));
}

#[test]
fn common_headers_identify_their_table() {
    for (header, table) in [
        ("id,objective,quarter,agreed_on,target,status", TableKind::Objectives),
        ("objective,milestone,due", TableKind::Milestones),
        ("Milestone,Due date,Progress,RAG", TableKind::Milestones),
        ("key,title,status", TableKind::Tasks),
        ("ID,Task,Owner,State,Created,Closed", TableKind::Tasks),
        ("Aufgabe,Status,Fällig am,Erledigt am", TableKind::Tasks),
        ("date,metric,value", TableKind::Metrics),
        ("Date,Records in error,Update lag (hours)", TableKind::Metrics),
        ("Datum,Umsatz", TableKind::Metrics),
        ("date,text,kind,drives", TableKind::Wins),
        ("date,person,kind,text", TableKind::People),
        ("id,asked_on,kind,text,why,needed_by,status", TableKind::Asks),
        ("goal,who,horizon,progress,feedback", TableKind::Goals),
        ("date,milestone,what,from,to", TableKind::Agreements),
        ("date,metric,text", TableKind::Events),
    ] {
        let expected = Some((GENERIC.to_owned(), table));
        assert_eq!(recognised(header), expected, "{header}");
    }
    for &table in TableKind::ALL {
        let header: Vec<&str> = table.fields().iter().map(|field| field.name).collect();
        assert_eq!(recognised(&header.join(",")).map(|(_, found)| found), Some(table), "{header:?}");
    }
}

#[test]
fn words_for_yes_and_no_are_read_as_a_status() {
    let presets = Presets::embedded().unwrap();
    let generic = presets.named(GENERIC).unwrap();
    for (table, open) in [(TableKind::Tasks, "todo"), (TableKind::Milestones, "not_started")] {
        let layout = generic.layout(table).unwrap();
        let state = |word| layout.word("status", word);
        assert_eq!(["TRUE", "Y", "☑", "да", "x"].map(state), [Some("done"); 5]);
        assert_eq!(["FALSE", "N", "☐", "нет"].map(state), [Some(open); 4]);
        assert_eq!(state("1"), None);
    }
}
