//! In debug builds: which fields of each table its reader asks for, so that a test can hold what is declared against what
//! is read. [`super::mapping`] notes every field that it is asked for.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::tables::{TABLES, TableKind};

/// A bit for each field of each table, in the order of the declaration.
static ASKED: [AtomicU64; TABLES.len()] = [const { AtomicU64::new(0) }; TABLES.len()];

/// Notes that the reader of `table` asked for `field`; one that is not declared is a fault of headsup.
pub(super) fn note(table: TableKind, field: &str) {
    let position = table.fields().iter().position(|declared| declared.name == field);
    debug_assert!(position.is_some(), "`{field}` is not declared in {}", table.name());
    if let Some(position) = position {
        ASKED[table as usize].fetch_or(1 << position, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::tables::FieldKind;

    #[test]
    fn every_declared_field_is_read() {
        let dir = tempfile::tempdir().unwrap();
        let mut config = "[team]\nname = \"Curation\"\n[brief]\non_error = \"banner\"\n".to_owned();
        for table in TABLES {
            let name = table.name;
            config += &format!("[[source]]\ntable = \"{name}\"\nfile = \"{name}.csv\"\n");
            let mut file = csv::Writer::from_path(dir.path().join(format!("{name}.csv"))).unwrap();
            file.write_record(table.fields.iter().map(|field| field.name)).unwrap();
            // A row of a plan that stands for others, or is not planned, is not read.
            let cell = |field: &crate::tables::Field| match (field.name, field.kind) {
                ("is_active", _) => "yes",
                (_, FieldKind::Flag) => "no",
                _ => field.example,
            };
            file.write_record(table.fields.iter().map(cell)).unwrap();
            file.flush().unwrap();
        }
        std::fs::write(dir.path().join("headsup.toml"), config).unwrap();
        let (config, _) = Config::load(dir.path()).unwrap();
        super::super::load(&config, "2026-11-20".parse().unwrap()).unwrap();
        for (table, asked) in TABLES.iter().zip(&ASKED) {
            let asked = asked.load(Ordering::Relaxed);
            let unread = table.fields.iter().enumerate().filter(|(position, _)| asked & (1 << position) == 0);
            // Who works on what is nobody's figure: only `headsup init` takes the members from it.
            let unread = unread.map(|(_, field)| field.name).filter(|name| *name != "assignee");
            let unread: Vec<&str> = unread.collect();
            assert!(unread.is_empty(), "declared in {} and never read: {unread:?}", table.name);
        }
    }
}
