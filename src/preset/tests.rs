use super::*;

fn recognised(header: &str) -> Option<(String, TableKind)> {
    let header: Vec<&str> = header.split(',').collect();
    let presets = Presets::embedded().unwrap();
    presets.recognise(&header, None).map(|found| (found.preset.name.clone(), found.table))
}

#[test]
fn canonical_headers_are_known_for_every_table() {
    let presets = Presets::embedded().unwrap();
    for table in TableKind::ALL {
        // Where a tasks table has one column alone that says which task it is, that is its key, whatever it is called.
        let plain = |name: &&str| !(table == TableKind::Tasks && *name == "id");
        let header: Vec<&str> = table.fields().iter().map(|field| field.name).filter(plain).collect();
        let found = presets.recognise(&header, Some(table)).unwrap();
        let fields: Vec<&str> = found.fields.iter().flatten().map(|field| field.name).collect();
        assert_eq!((found.preset.name.as_str(), fields), (GENERIC, header), "{}", table.name());
    }
}

/// What stands in two lists of which a header or a word can be in one alone.
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
fn a_header_nobody_knows_is_nothing() {
    assert_eq!(recognised("alpha,beta,gamma"), None);
}

#[test]
fn headers_are_compared_without_case_and_signs() {
    assert_eq!(normal(" Fix_Version/s "), normal("fix version s"));
    assert_eq!(normal("Won’t do"), normal("wont DO"));
}
