//! A field of a table: its name, the kind of its cells, who may see them, and how to fill it in.

/// The kind of a field's cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    Text,
    /// A list: all values of all columns with that name.
    List,
    Date,
    Number,
    /// A share from 0 to 1, or in percent.
    Share,
    /// One of these words, or a word that is mapped to one.
    Word(&'static [&'static str]),
    /// One of these words, a word that is mapped to one, or a number on a scale.
    Rating(&'static [&'static str]),
    /// Yes or no.
    Flag,
}

/// The copy with the most readers that may show a field's text. The state of a row (confidential, private, not raised)
/// can only reduce the readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SeenBy {
    /// Used to match, to count or to sort; no copy prints its text.
    Nobody,
    /// The manager.
    Me,
    /// The manager and the boss.
    Boss,
    /// Everybody to whom the brief may be forwarded.
    Shared,
}

/// A field of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Header of the field, and its key in the config.
    pub name: &'static str,
    pub kind: FieldKind,
    pub seen_by: SeenBy,
    /// Description for `headsup add --help`.
    pub help: &'static str,
    /// Example of a valid cell.
    pub example: &'static str,
    /// Names of the field in earlier versions, which are still read.
    pub old_names: &'static [&'static str],
    /// Whether it is a promised or planned date, which does not show how recent a file is.
    pub is_planned: bool,
}

impl Field {
    /// Creates a field of a kind; each of the functions below creates one particular kind.
    pub const fn new(
        kind: FieldKind,
        name: &'static str,
        seen_by: SeenBy,
        help: &'static str,
        example: &'static str,
    ) -> Self {
        Self { name, kind, seen_by, help, example, old_names: &[], is_planned: false }
    }

    /// Adds names that the field had in earlier versions.
    pub const fn once_named(mut self, names: &'static [&'static str]) -> Self {
        self.old_names = names;
        self
    }

    /// Makes it a promised or planned date.
    pub const fn planned(mut self) -> Self {
        self.is_planned = true;
        self
    }

    /// Returns whether the field has, or had, that name.
    pub fn is_named(&self, name: &str) -> bool {
        self.name == name || self.old_names.contains(&name)
    }

    /// Returns the words that its cells may contain; fields of other kinds have none.
    pub fn words(&self) -> &'static [&'static str] {
        match self.kind {
            FieldKind::Word(words) | FieldKind::Rating(words) => words,
            _ => &[],
        }
    }
}

pub(super) const fn text(name: &'static str, seen_by: SeenBy, help: &'static str, example: &'static str) -> Field {
    Field::new(FieldKind::Text, name, seen_by, help, example)
}

pub(super) const fn list(name: &'static str, seen_by: SeenBy, help: &'static str, example: &'static str) -> Field {
    Field::new(FieldKind::List, name, seen_by, help, example)
}

pub(super) const fn date(name: &'static str, seen_by: SeenBy, help: &'static str, example: &'static str) -> Field {
    Field::new(FieldKind::Date, name, seen_by, help, example)
}

pub(super) const fn number(name: &'static str, seen_by: SeenBy, help: &'static str, example: &'static str) -> Field {
    Field::new(FieldKind::Number, name, seen_by, help, example)
}

pub(super) const fn share(name: &'static str, seen_by: SeenBy, help: &'static str, example: &'static str) -> Field {
    Field::new(FieldKind::Share, name, seen_by, help, example)
}

/// A field whose cells contain one of `words`; the first of them is its example.
pub(super) const fn word(
    name: &'static str,
    words: &'static [&'static str],
    seen_by: SeenBy,
    help: &'static str,
) -> Field {
    Field::new(FieldKind::Word(words), name, seen_by, help, words[0])
}

/// A field whose cells rate something: with one of `words`, from the least to the most, or with a number.
pub(super) const fn rating(
    name: &'static str,
    words: &'static [&'static str],
    seen_by: SeenBy,
    help: &'static str,
) -> Field {
    Field::new(FieldKind::Rating(words), name, seen_by, help, words[0])
}

/// A field that says yes or no. The answer decides who sees the row, and is not printed itself.
pub(super) const fn flag(name: &'static str, help: &'static str) -> Field {
    Field::new(FieldKind::Flag, name, SeenBy::Nobody, help, "yes")
}

/// The field of every table with rows that not everybody may read.
pub(super) const CONFIDENTIAL: Field = flag("confidential", "Leave it out of the copy that may be forwarded");
