//! Asks for the names of the manager and the boss: a folder that `init` has just made does not contain them, but the
//! brief shows them.

use super::memory::Memory;
use crate::cli::{Terminal, prompt};
use crate::config::Config;
use crate::input;
use crate::output::{self, Mode};
use crate::problem::Failure;
use crate::source::append;
use crate::tables::TableKind;
use crate::team::starter::{BOSS, MANAGER};

/// Asks for the names that are still placeholders. Returns whether headsup.toml has changed.
pub(crate) fn ask(
    config: &Config,
    memory: &mut Memory,
    as_of: chrono::NaiveDate,
    again: bool,
    terminal: &Terminal,
) -> Result<bool, Failure> {
    let mut has_changed = false;
    for (known, starter, question) in [
        (&config.team.manager, MANAGER, "Your name, as the brief says it (empty: later)"),
        (&config.team.boss, BOSS, "Your boss's name (empty: later)"),
    ] {
        let asked = Memory::item(TableKind::People, &format!("name {starter}"));
        if known != starter || (!again && memory.is_asked(&asked, as_of - chrono::Days::new(7))) {
            continue;
        }
        let Some(name) = prompt::line(question)? else {
            memory.ask(asked, as_of)?;
            continue;
        };
        let _lock = append::lock(&config.dir)?;
        let path = config.dir.join("headsup.toml");
        let text = String::from_utf8_lossy(&input::read_whole(&path, "headsup.toml", input::MAX_HANDWRITTEN_BYTES)?)
            .into_owned();
        match with_name(&text, starter, &name) {
            Some(new) => {
                output::write(&path, new.as_bytes(), Mode::Normal)?;
                has_changed = true;
            }
            None => terminal.say("  write it into headsup.toml, under [team]"),
        }
    }
    Ok(has_changed)
}

/// Returns the config with a name in place of the placeholder, or `None` if this would change anything else.
fn with_name(text: &str, starter: &str, name: &str) -> Option<String> {
    let old = format!("\"{starter}\"");
    let new = text.replacen(&old, &toml::Value::String(name.to_owned()).to_string(), 1);
    let team = |text: &str| Some(toml::from_str::<toml::Table>(text).ok()?.get("team")?.as_table()?.clone());
    let says_it = |it: &toml::Value| it.as_str() == Some(name);
    (text.matches(&old).count() == 1 && team(&new)?.values().any(says_it)).then_some(new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_replaces_the_placeholder() {
        let config = "[team]\nname = \"T\"\nmanager = \"Your Name\"\n";
        let new = with_name(config, MANAGER, "Zoë \"Z\" Ø").unwrap();
        assert!(new.contains("manager = 'Zoë \"Z\" Ø'"), "{new}");
        assert!(with_name(&config.replace("T\"", "Your Name\""), MANAGER, "Zoë").is_none());
    }
}
