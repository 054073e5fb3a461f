//! Presets describe as data how one tool writes its exports. `data/presets/*.toml` are embedded; a team folder's
//! `presets/*.toml` take precedence. A new tracker needs a new file there and no Rust.
//!
//! [`crate::source`] asks which preset fits a header and which field each column is; `headsup inspect` and `headsup
//! init --from` show the same answer.

mod layout;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use include_dir::{Dir, include_dir};

pub use crate::fold::normal;
use crate::input::{self, is_outside};
use crate::lexicon;
use crate::problem::{Failure, Problem, Problems, nearest};
use crate::tables::Field;
use crate::team::TableKind;
pub use layout::{Layout, Preset};

static EMBEDDED_FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/data/presets");

static EMBEDDED: LazyLock<Result<Vec<Preset>, Problems>> = LazyLock::new(|| {
    let mut presets = Vec::new();
    let mut problems = Problems::default();
    for file in EMBEDDED_FILES.files() {
        let shown = format!("data/presets/{}", file.path().display());
        match layout::parse_checked(&shown, &stem(file.path()), file.contents_utf8().unwrap_or_default()) {
            Ok(preset) => presets.push(preset),
            Err(problem) => problems.push(problem),
        }
    }
    presets.push(generic());
    if problems.is_empty() { Ok(presets) } else { Err(problems) }
});

/// Builds the generic preset from the lexicon: the names of each table's fields in all supported languages.
fn generic() -> Preset {
    let languages = lexicon::languages();
    let mut preset = Preset {
        name: GENERIC.to_owned(),
        title: "Any table with a header".to_owned(),
        export: None,
        wrap: Vec::new(),
        ambiguous: languages.iter().flat_map(|language| &language.ambiguous).map(|header| normal(header)).collect(),
        nouns: languages.iter().flat_map(|language| &language.nouns).map(|noun| lexicon::folded(noun)).collect(),
        tables: TableKind::ALL.iter().map(|table| (*table, Layout::default())).collect(),
    };
    // The longest come first: "action item" before "action".
    preset.nouns.sort_by_key(|noun| std::cmp::Reverse(noun.len()));
    for (at, language) in languages.iter().enumerate() {
        for (&table, layout) in &mut preset.tables {
            if let Some(words) = language.tables.get(table.name()) {
                layout.add(table, words);
            }
            // A risk that is done or dropped like a task is closed.
            let work = language.tables.get("tasks").and_then(|words| words.values.get("status"));
            for (ours, theirs) in work.into_iter().flatten().filter(|_| table == TableKind::Risks) {
                let state = if matches!(ours.as_str(), "done" | "dropped") { "closed" } else { "open" };
                layout.add_words("status", &BTreeMap::from([(state.to_owned(), theirs.clone())]), |_| true);
            }
            // The status of a metric uses the words of an objective's, but only those for a plan: a metric is never
            // begun or done.
            let states = language.tables.get("objectives").and_then(|words| words.values.get("status"));
            if let Some(words) = states.filter(|_| table == TableKind::Metrics) {
                layout.add_words("status", words, |ours| STATES_OF_METRICS.contains(&ours));
            }
            // The English words and our own field names take precedence over other languages.
            if at == 0 {
                layout.add_names(table);
            }
        }
    }
    preset
}

/// The statuses that a team may state of a metric.
const STATES_OF_METRICS: [&str; 9] =
    ["green", "amber", "red", "on_pace", "ahead", "at_risk", "late", "off_track", "blocked"];

/// The name of the preset for files of no known tool: the canonical headers and their common synonyms.
pub const GENERIC: &str = "generic";

/// All presets that a team folder can use; its own come first.
#[derive(Debug, Clone)]
pub struct Presets(Vec<Cow<'static, Preset>>);

/// What a header was recognised as: the tool, the table, and the field of each column.
#[derive(Debug, Clone)]
pub struct Recognised<'a> {
    pub preset: &'a Preset,
    pub layout: &'a Layout,
    pub table: TableKind,
    /// The field of each header.
    pub fields: Vec<Option<Field>>,
    /// How well each column fits its field: 0 is best.
    pub ranks: Vec<usize>,
    /// From 0 to 100.
    pub confidence: i32,
    /// Other possible tables, with the confidence of each.
    pub alternatives: Vec<(TableKind, i32)>,
}

impl Presets {
    /// Returns the presets that come with headsup.
    pub fn embedded() -> Result<Presets, Failure> {
        match &*EMBEDDED {
            Ok(presets) => Ok(Presets(presets.iter().map(Cow::Borrowed).collect())),
            Err(problems) => Err(problems.clone().into()),
        }
    }

    /// Returns the presets of `dir/presets/*.toml`, then the embedded ones.
    pub fn load(dir: &Path) -> Result<Presets, Failure> {
        let mut presets = Vec::new();
        let mut problems = Problems::default();
        for path in own_files(&dir.join("presets"))? {
            let shown = input::shown(&path);
            let Ok(text) = String::from_utf8(input::read_whole(&path, &shown, input::MAX_HANDWRITTEN_BYTES)?) else {
                let problem = Problem::error("bad-encoding", format!("{shown} is not UTF-8"));
                problems.push(problem.help("save it as UTF-8"));
                continue;
            };
            match layout::parse(&shown, &stem(&path), &text) {
                Ok(preset) => presets.push(Cow::Owned(preset)),
                Err(found) => problems.extend(found),
            }
        }
        if problems.has_errors() {
            return Err(problems.into());
        }
        presets.extend(Presets::embedded()?.0);
        Ok(Presets(presets))
    }

    pub fn iter(&self) -> impl Iterator<Item = &Preset> {
        self.0.iter().map(|preset| &**preset)
    }

    /// Returns the preset with this name; fails with a list of the names.
    pub fn named(&self, name: &str) -> Result<&Preset, Problem> {
        self.iter().find(|preset| preset.name == name).ok_or_else(|| {
            let names = || self.iter().map(|preset| preset.name.as_str());
            let help = match nearest(name, names()) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!("one of {}", names().collect::<Vec<_>>().join(", ")),
            };
            Problem::error("unknown-preset", format!("there is no preset \"{name}\"")).help(help)
        })
    }

    /// Returns what a file with this header is. `table`, if known, narrows the search.
    ///
    /// A tool's preset fits if the header contains its whole signature and nothing that rules it out. If several fit,
    /// the longest signature wins, then the best fields.
    pub fn recognise(&self, header: &[&str], table: Option<TableKind>) -> Option<Recognised<'_>> {
        let mut best: Option<((usize, usize), Recognised<'_>)> = None;
        for preset in self.iter() {
            for (&kind, layout) in &preset.tables {
                if table.is_some_and(|table| table != kind) {
                    continue;
                }
                let Some(signs) = layout.signs_in(preset, header).filter(|signs| *signs > 0) else { continue };
                if layout.is_ruled_out(preset, header) {
                    continue;
                }
                let recognised = self.with(preset, kind, layout, header);
                let fit = (signs, layout.points(preset, header));
                if best.as_ref().is_none_or(|(most, _)| fit > *most) {
                    best = Some((fit, recognised));
                }
            }
        }
        best.map(|(_, recognised)| recognised)
    }

    /// Returns which hand-written log has this header: wins, asks, goals and the like.
    pub fn recognise_log(&self, header: &[&str]) -> Option<Recognised<'_>> {
        let preset = self.named(GENERIC).ok()?;
        let logs = preset
            .tables
            .iter()
            .filter(|(table, _)| !matches!(table.name(), "tasks" | "milestones" | "objectives" | "risks" | "metrics"));
        let found = logs.filter_map(|(&table, layout)| {
            let recognised = self.with(preset, table, layout, header);
            (recognised.has_required() && recognised.is_identified(header))
                .then(|| (layout.points(preset, header), recognised))
        });
        found.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, recognised)| recognised)
    }

    /// Returns the fields of a header under a known preset and table.
    pub fn with<'a>(
        &'a self,
        preset: &'a Preset,
        table: TableKind,
        layout: &'a Layout,
        header: &[&str],
    ) -> Recognised<'a> {
        let found: Vec<_> = header.iter().map(|name| layout.field_of(preset, name)).collect();
        let fields = found.iter().map(|field| field.map(|(_, field)| field)).collect();
        let ranks = found.iter().map(|field| field.map_or(usize::MAX, |(rank, _)| rank)).collect();
        Recognised { ranks, ..Recognised::of(preset, layout, table, fields) }
    }
}

impl<'a> Recognised<'a> {
    /// Returns a result of full confidence.
    pub fn of(preset: &'a Preset, layout: &'a Layout, table: TableKind, fields: Vec<Option<Field>>) -> Self {
        let ranks = vec![usize::MAX; fields.len()];
        Recognised { preset, layout, table, fields, ranks, confidence: 100, alternatives: Vec::new() }
    }
}

impl Recognised<'_> {
    /// Returns the positions of a field's columns.
    pub fn positions(&self, wanted: &str) -> impl Iterator<Item = usize> {
        let fields = self.fields.iter().enumerate();
        fields.filter(move |(_, field)| field.is_some_and(|field| field.name == wanted)).map(|(position, _)| position)
    }

    fn has(&self, wanted: &str) -> bool {
        self.fields.iter().flatten().any(|field| field.name == wanted)
    }

    /// Whether the table's required fields are all present.
    fn has_required(&self) -> bool {
        self.table.required().iter().all(|group| group.iter().any(|name| self.has(name)))
    }

    /// Whether a header that no tool claims identifies this table: it needs a column that only this table has, and
    /// enough known columns that a name or a date in an arbitrary list is not mistaken for it.
    fn is_identified(&self, header: &[&str]) -> bool {
        let pairs = || header.iter().zip(&self.fields);
        let identifies = |(name, field): (&&str, &Option<Field>)| {
            field.filter(|_| !self.preset.ambiguous.contains(&normal(name))).map(|field| field.name)
        };
        let identifying: Vec<&str> = pairs().filter_map(identifies).collect();
        let names = self.fields.iter().flatten().map(|field| field.name);
        let found = names.collect::<std::collections::BTreeSet<_>>().len();
        !identifying.is_empty()
            && (found * 2 >= header.len() || (identifying.len() > 1 && found > 2 && found * 4 >= header.len()))
    }
}

/// Returns the team folder's own preset files, sorted by name. A link that leads out of the folder is left out.
fn own_files(dir: &Path) -> Result<Vec<std::path::PathBuf>, Failure> {
    let entries = match std::fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Failure::read(dir, error)),
    };
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| Failure::read(dir, error))?.path();
        if path.extension().is_some_and(|extension| extension == "toml") && !is_outside(dir, &path) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
