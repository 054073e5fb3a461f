//! Records, in debug builds, which fields of each table its reader asks for, so that a test can compare them with the
//! declared fields. [`super::mapping`] records each request.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::tables::{TABLES, TableKind};

/// One bit for each field of each table, in the order of the declaration.
static ASKED: [AtomicU64; TABLES.len()] = [const { AtomicU64::new(0) }; TABLES.len()];

/// Records that the reader of `table` asked for `field`. Asking for an undeclared field is an internal error.
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
            // A summary row of a plan, or one that is not planned, is not read.
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
            // Work is never attributed to single persons in figures. Only `headsup init` reads this field, for the list
            // of members.
            let unread = unread.map(|(_, field)| field.name).filter(|name| *name != "assignee");
            let unread: Vec<&str> = unread.collect();
            assert!(unread.is_empty(), "declared in {} and never read: {unread:?}", table.name);
        }
    }
}
