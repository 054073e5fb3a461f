//! One preset file: for each table the headers that give the tool away, the headers of each field, and the tool's
//! words for ours. Parsed and checked by the same means as headsup.toml.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Deserialize;

use crate::document::{Document, child, schema_of, validate};
use crate::problem::{Problem, Problems, nearest};
use crate::table::{DateOrder, same_answer};
use crate::tables::Field;
use crate::team::{Aggregate, TableKind};

/// How one tool writes its exports.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[schemars(title = "A preset of headsup", deny_unknown_fields)]
pub struct Preset {
    /// The file's name without `.toml`.
    #[serde(skip)]
    pub name: String,
    /// What people call the tool, as title = "Jira".
    pub title: String,
    /// What the tool wraps around a header, with * for the header itself, as wrap = ["Custom field (*)"].
    #[serde(default)]
    pub wrap: Vec<String>,
    /// Headers that stand in lists of every kind, so that they alone tell no table.
    #[serde(default)]
    pub ambiguous: Vec<String>,
    /// How each table of the tool is written.
    #[serde(rename = "table")]
    pub tables: BTreeMap<TableKind, Layout>,
}

/// How the tool writes one table.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Layout {
    /// The signature: of each list one header must stand in the file, as header = [["Issue key", "Vorgangsschlüssel"]].
    #[serde(default)]
    pub header: Vec<Vec<String>>,
    /// Headers that no such table has: where one of them stands, the header alone does not tell this table.
    #[serde(default)]
    pub unless: Vec<String>,
    /// For each field its headers, the best first, as due = ["Due date", "Fällig"].
    #[serde(default)]
    pub columns: BTreeMap<String, Vec<String>>,
    /// For each field our words and the tool's words for them.
    #[serde(default)]
    pub values: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// A row that names a parent is a sub-task, where the tool has no column that says so.
    #[serde(default)]
    pub subtasks_have_parent: bool,
    /// Order of day, month and year, where the tool always writes the same.
    pub date_order: Option<DateOrder>,
    /// Words with which the tool says that there is no value.
    #[serde(default)]
    pub missing: Vec<String>,
    /// Columns of a metrics table that are not averaged over a week: how their days add up, as sum = ["Sessions"].
    #[serde(default)]
    pub aggregate: BTreeMap<Aggregate, Vec<String>>,
    /// Header, as it is compared → how good it is for its field, and that field.
    #[serde(skip)]
    by_header: BTreeMap<String, (usize, Field)>,
    /// Field → the tool's word, as it is compared → our word.
    #[serde(skip)]
    by_word: BTreeMap<String, BTreeMap<String, String>>,
}

/// Parses a preset file; `shown` is its name for people.
pub fn parse(shown: &str, name: &str, text: &str) -> Result<Preset, Problems> {
    let document = Document::parse(shown, text, &[])?;
    let (sound, mut problems) = validate(&document, &schema_of::<Preset>());
    let mut preset: Preset = match serde_json::from_value(sound) {
        Ok(preset) => preset,
        Err(error) if problems.is_empty() => {
            return Err(Problem::error("bad-preset", format!("{shown} is no preset: {error}")).into());
        }
        Err(_) => return Err(problems),
    };
    for (table, layout) in &preset.tables {
        for (key, names) in
            [("columns", layout.columns.keys().collect::<Vec<_>>()), ("values", layout.values.keys().collect())]
        {
            for field in names.into_iter().filter(|name| table.field(name).is_none()) {
                let pointer = child(&format!("/table/{}/{key}", table.name()), field);
                let help = match nearest(field, table.fields().iter().map(|field| field.name)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => String::new(),
                };
                let message = format!("`{field}` is no field of {}", table.name());
                problems.push(Problem::error("bad-value", message).at(document.place(&pointer)).help(help));
            }
        }
    }
    for (table, layout) in &preset.tables {
        for (field, words) in &layout.values {
            let known = table.field(field).map_or(&[][..], |field| field.words());
            let is_ours = |word: &String| known.is_empty() || known.contains(&word.as_str());
            for word in words.keys().filter(|word| !is_ours(word)) {
                let pointer = child(&child(&format!("/table/{}/values", table.name()), field), word);
                let message = format!("`{word}` is no word of `{field}` in {}", table.name());
                let help = format!("its words are {}", known.join(", "));
                problems.push(Problem::error("bad-value", message).at(document.place(&pointer)).help(help));
            }
        }
    }
    if problems.has_errors() {
        return Err(problems);
    }
    preset.index(name);
    Ok(preset)
}

/// Parses one of our own presets, which the tests have checked with [`parse`]: at each start of the program, so in haste.
pub fn parse_checked(shown: &str, name: &str, text: &str) -> Result<Preset, Problem> {
    let mut preset: Preset =
        toml::from_str(text).map_err(|error| Problem::error("bad-preset", format!("{shown} is no preset: {error}")))?;
    preset.index(name);
    Ok(preset)
}

impl Layout {
    /// Makes the look-ups of the lists, once.
    fn index(&mut self, table: TableKind) {
        for sign in &mut self.header {
            *sign = sign.iter().map(|name| normal(name)).collect();
        }
        for field in table.fields() {
            // In any export a header that is the field's own name, or was once, is that field.
            for name in [field.name].iter().chain(field.old_names) {
                self.by_header.insert(normal(name), (usize::MAX, *field));
            }
        }
        for (name, headers) in &self.columns {
            let Some(field) = table.field(name) else { continue };
            for (rank, header) in headers.iter().enumerate() {
                self.by_header.insert(normal(header), (rank, field));
            }
        }
        for (field, words) in &self.values {
            let pairs = words.iter().flat_map(|(ours, theirs)| {
                // `yes` and `no` stand for all words that say so.
                let alike = theirs.iter().flat_map(|word| same_answer(word)).copied();
                alike.chain(theirs.iter().map(String::as_str)).map(|word| (folded(word), ours.clone()))
            });
            self.by_word.insert(field.clone(), pairs.collect());
        }
    }

    /// How many headers of the signature are there; None if one is lacking.
    pub fn signs_in(&self, preset: &Preset, header: &[&str]) -> Option<usize> {
        if self.header.is_empty() {
            return Some(0);
        }
        let there: BTreeSet<String> = header.iter().map(|name| preset.bare(name)).collect();
        let found = |sign: &Vec<String>| sign.iter().any(|name| there.contains(name));
        self.header.iter().all(found).then_some(self.header.len())
    }

    /// Whether a header stands there that no such table has.
    pub fn is_ruled_out(&self, preset: &Preset, header: &[&str]) -> bool {
        let mut bare = header.iter().map(|name| preset.bare(name));
        bare.any(|name| self.unless.iter().any(|other| normal(other) == name))
    }

    /// The field that a header is — one of the preset's, or one that bears the field's own name — and how good it is
    /// for that: 0 is best.
    pub fn field_of(&self, preset: &Preset, header: &str) -> Option<(usize, Field)> {
        self.by_header.get(&preset.bare(header)).copied()
    }

    /// How well a header fits: points for each field that it has, more where it says so in the words that come first.
    pub fn points(&self, preset: &Preset, header: &[&str]) -> usize {
        let mut points: BTreeMap<&str, usize> = BTreeMap::new();
        for (rank, field) in header.iter().filter_map(|name| self.field_of(preset, name)) {
            let earned = match rank {
                0 | usize::MAX => 4,
                1..=3 => 3,
                _ => 2,
            };
            let best = points.entry(field.name).or_default();
            *best = earned.max(*best);
        }
        points.values().sum()
    }

    /// How the days of a column become a week, where the tool's numbers tell.
    pub fn aggregate_of(&self, header: &str) -> Option<Aggregate> {
        let header = normal(header);
        let mut all = self.aggregate.iter();
        all.find(|(_, names)| names.iter().any(|name| normal(name) == header)).map(|(aggregate, _)| *aggregate)
    }

    /// Our word for one of the tool's, with or without its accents, whatever signs people put around it: `✅ Done`.
    pub fn word(&self, field: &str, theirs: &str) -> Option<&str> {
        let words = self.by_word.get(field)?;
        let bare = || theirs.trim_matches(|c: char| !c.is_alphanumeric());
        words.get(&folded(theirs)).or_else(|| words.get(&folded(bare()))).map(String::as_str)
    }
}

impl Preset {
    fn index(&mut self, name: &str) {
        self.name = name.to_owned();
        self.ambiguous = self.ambiguous.iter().map(|header| normal(header)).collect();
        for (&table, layout) in &mut self.tables {
            layout.index(table);
        }
    }

    /// A header as it is compared: without what the tool wraps around it.
    fn bare(&self, header: &str) -> String {
        let header = header.trim();
        for wrap in &self.wrap {
            if let Some((before, after)) = wrap.split_once('*')
                && let Some(inner) = header.strip_prefix(before).and_then(|rest| rest.strip_suffix(after))
            {
                return normal(inner);
            }
        }
        normal(header)
    }

    /// The layout of a table; else the problem that says which the tool has.
    pub fn layout(&self, table: TableKind) -> Result<&Layout, Problem> {
        self.tables.get(&table).ok_or_else(|| {
            let tables: Vec<&str> = self.tables.keys().map(|table| table.name()).collect();
            let message = format!("the preset \"{}\" has no table {}", self.name, table.name());
            Problem::error("unknown-preset", message).help(format!("it has {}; leave preset out", tables.join(", ")))
        })
    }
}

/// A header or a word as it is compared: case, blanks, hyphens, underscores and apostrophes do not count.
pub fn normal(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    let mut gap = false;
    let mut add = |c: char| match c {
        // Most are such.
        'a'..='z' | '0'..='9' if !gap => normal.push(c),
        '\'' | '’' | '\u{feff}' | '"' => {}
        '_' | '-' | '‐' | '–' | '/' | '.' | ':' => gap = true,
        _ if c.is_whitespace() => gap = true,
        _ => {
            if gap && !normal.is_empty() {
                normal.push(' ');
            }
            gap = false;
            normal.push(c);
        }
    };
    for c in text.chars() {
        // Most letters have one small one, and it is near.
        if c.is_ascii() { add(c.to_ascii_lowercase()) } else { c.to_lowercase().for_each(&mut add) }
    }
    normal
}

/// A word as it is compared: [`normal`], and without the accents that people leave out (`concluido`, `termine`).
pub fn folded(text: &str) -> String {
    let bare = |c: char| match c {
        'á' | 'à' | 'â' | 'ã' | 'ä' | 'å' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'õ' | 'ö' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        other => other,
    };
    // An accent may be a character of its own, behind its letter.
    normal(text).chars().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).map(bare).collect()
}
