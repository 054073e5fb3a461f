//! One preset file: for each table the headers that identify the tool, the headers of each field, and the tool's words
//! for ours. It is parsed and checked like headsup.toml.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Deserialize;

use crate::document::{Document, child, schema_of, validate};
use crate::fold::normal;
use crate::lexicon::{TableWords, folded, folded_with_digraphs, folded_without_small_words};
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
    /// Where in the tool its exports are made, as export = "Filters › your filter › Export › CSV".
    #[serde(default)]
    pub export: Option<String>,
    /// What the tool wraps around a header, with * for the header itself, as wrap = ["Custom field (*)"].
    #[serde(default)]
    pub wrap: Vec<String>,
    /// Headers that stand in lists of every kind, so that they alone tell no table.
    #[serde(default)]
    pub ambiguous: Vec<String>,
    /// Of the lexicon: what a header may name besides its field.
    #[serde(skip)]
    pub nouns: Vec<String>,
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
    /// Of the lexicon: headers that tell this table from others.
    #[serde(skip)]
    pub own: BTreeSet<String>,
    /// Of the lexicon: headers that such a table has and that are not read.
    #[serde(skip)]
    pub also: BTreeSet<String>,
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

/// Parses and checks a preset file; `shown` is its name in messages.
pub(crate) fn parse(shown: &str, name: &str, text: &str) -> Result<Preset, Problems> {
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

/// Parses a preset without validating it: embedded presets are validated by the tests, and every start of the program
/// parses them.
pub(crate) fn parse_checked(shown: &str, name: &str, text: &str) -> Result<Preset, Problem> {
    let mut preset: Preset =
        toml::from_str(text).map_err(|error| Problem::error("bad-preset", format!("{shown} is no preset: {error}")))?;
    preset.index(name);
    Ok(preset)
}

impl Layout {
    /// Builds the look-up maps from the lists.
    fn index(&mut self, table: TableKind) {
        for sign in &mut self.header {
            *sign = sign.iter().map(|name| normal(name)).collect();
        }
        for (name, headers) in &self.columns {
            let Some(field) = table.field(name) else { continue };
            for (rank, header) in headers.iter().enumerate() {
                self.by_header.insert(folded(header), (rank, field));
            }
        }
        // In any export a header that is the field's own name, or a former one, is that field.
        self.add_names(table);
        for (field, words) in &self.values {
            let pairs = words.iter().flat_map(|(ours, theirs)| {
                // `yes` and `no` stand for all words with that meaning.
                let alike = theirs.iter().flat_map(|word| same_answer(word)).copied();
                alike.chain(theirs.iter().map(String::as_str)).map(|word| (folded(word), ours.clone()))
            });
            self.by_word.insert(field.clone(), pairs.collect());
        }
    }

    /// Returns the number of the signature's headers, or `None` if one of them is missing.
    pub fn signs_in(&self, preset: &Preset, header: &[&str]) -> Option<usize> {
        if self.header.is_empty() {
            return Some(0);
        }
        let there: BTreeSet<String> = header.iter().map(|name| preset.bare(name)).collect();
        let found = |sign: &Vec<String>| sign.iter().any(|name| there.contains(name));
        self.header.iter().all(found).then_some(self.header.len())
    }

    /// Whether the header contains a column that this table never has.
    pub fn is_ruled_out(&self, preset: &Preset, header: &[&str]) -> bool {
        let mut bare = header.iter().map(|name| preset.bare(name));
        bare.any(|name| self.unless.iter().any(|other| normal(other) == name))
    }

    /// Returns the field of a header, by the preset's names and the field's own, with its rank: 0 is best.
    pub fn field_of(&self, preset: &Preset, header: &str) -> Option<(usize, Field)> {
        preset.readings(header).iter().find_map(|name| self.by_header.get(name)).copied()
    }

    /// Whether only this table has this header.
    pub fn is_own(&self, preset: &Preset, header: &str) -> bool {
        preset.readings(header).iter().any(|name| self.own.contains(name))
    }

    /// Whether this table may have this header, though it is not read.
    pub fn is_usual(&self, preset: &Preset, header: &str) -> bool {
        preset.readings(header).iter().any(|name| self.also.contains(name))
    }

    /// Adds the words of one language. Known words keep their meaning.
    pub(super) fn add(&mut self, table: TableKind, words: &TableWords) {
        for (name, headers) in &words.columns {
            let Some(field) = table.field(name) else { continue };
            for (rank, header) in headers.iter().enumerate() {
                for key in all_foldings(header) {
                    self.by_header.entry(key).or_insert((rank, field));
                }
            }
        }
        for (field, words) in &words.values {
            self.add_words(field, words, |_| true);
        }
        self.own.extend(words.own.iter().flat_map(|word| all_foldings(word)));
        self.also.extend(words.also.iter().flat_map(|word| all_foldings(word)));
        self.unless.extend(words.unless.iter().cloned());
    }

    /// Adds one language's words for the values of a field, for those values that are `wanted`.
    pub(super) fn add_words(
        &mut self,
        field: &str,
        words: &BTreeMap<String, Vec<String>>,
        wanted: impl Fn(&str) -> bool,
    ) {
        let known = self.by_word.entry(field.to_owned()).or_default();
        for (ours, theirs) in words.iter().filter(|(ours, _)| wanted(ours)) {
            for word in theirs {
                // `yes` and `no` stand for all words with that meaning.
                let alike = same_answer(word).iter().copied().chain([word.as_str()]);
                for key in alike.flat_map(all_foldings) {
                    known.entry(key).or_insert_with(|| ours.clone());
                }
            }
        }
    }

    /// Adds the fields by their own names, including those of earlier versions.
    pub(super) fn add_names(&mut self, table: TableKind) {
        for field in table.fields() {
            for name in [field.name].iter().chain(field.old_names) {
                self.by_header.entry(folded(name)).or_insert((usize::MAX, *field));
            }
        }
    }

    /// Rates how well a header fits: points for each field found, more for the best names of a field.
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

    /// Returns how the days of a column are aggregated to a week, if the preset lists the column.
    pub fn aggregate_of(&self, header: &str) -> Option<Aggregate> {
        let header = normal(header);
        let mut all = self.aggregate.iter();
        all.find(|(_, names)| names.iter().any(|name| normal(name) == header)).map(|(aggregate, _)| *aggregate)
    }

    /// Returns our word for one of the tool's. Accents and signs around the word do not count: `✅ Done`.
    pub fn word(&self, field: &str, theirs: &str) -> Option<&str> {
        self.by_word.get(field)?.get(&folded(theirs)).map(String::as_str)
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

    /// Returns a header in the form in which it is compared, without the tool's wrapping.
    fn bare(&self, header: &str) -> String {
        normal(self.unwrapped(header))
    }

    fn unwrapped<'h>(&self, header: &'h str) -> &'h str {
        let header = header.trim();
        let inner = |wrap: &String| {
            let (before, after) = wrap.split_once('*')?;
            header.strip_prefix(before)?.strip_suffix(after)
        };
        self.wrap.iter().find_map(inner).unwrap_or(header)
    }

    /// Returns the possible readings of a header, in the form in which headers are compared, the likeliest first: all
    /// of it; without a question mark and brackets; each of two languages around a slash; without its noun ("Task
    /// status").
    fn readings(&self, header: &str) -> Vec<String> {
        let whole = self.unwrapped(header);
        let mut readings = vec![folded(whole)];
        let mut add = |reading: String| {
            if !reading.is_empty() && !readings.contains(&reading) {
                readings.push(reading);
            }
        };
        let bare = without_brackets(whole);
        let bare = bare.trim().trim_end_matches(['?', '*', ':', '!']);
        add(folded(bare));
        folded_without_small_words(bare).into_iter().for_each(&mut add);
        if let [first, second] = bare.split(['/', '|', '\n']).collect::<Vec<_>>()[..] {
            add(folded(first));
            add(folded(second));
        }
        let short = folded(bare);
        for noun in &self.nouns {
            let rest = short.strip_prefix(noun.as_str()).or_else(|| short.strip_suffix(noun.as_str()));
            rest.filter(|rest| rest.chars().count() > 1).map(str::to_owned).into_iter().for_each(&mut add);
        }
        readings
    }

    /// Returns the layout of a table; fails with a list of the preset's tables.
    pub fn layout(&self, table: TableKind) -> Result<&Layout, Problem> {
        self.tables.get(&table).ok_or_else(|| {
            let tables: Vec<&str> = self.tables.keys().map(|table| table.name()).collect();
            let message = format!("the preset \"{}\" has no table {}", self.name, table.name());
            Problem::error("unknown-preset", message).help(format!("it has {}; leave preset out", tables.join(", ")))
        })
    }
}

/// Returns all forms in which a word of the lexicon may be written, folded.
fn all_foldings(word: &str) -> impl Iterator<Item = String> {
    [Some(folded(word)), folded_with_digraphs(word), folded_without_small_words(word)].into_iter().flatten()
}

/// Returns a header without its brackets: `Effort (h)` as `Effort`.
fn without_brackets(header: &str) -> String {
    let mut depth = 0_usize;
    let mut bare = String::with_capacity(header.len());
    for c in header.chars() {
        match c {
            '(' | '[' | '（' => depth += 1,
            ')' | ']' | '）' => depth = depth.saturating_sub(1),
            _ if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    bare
}
