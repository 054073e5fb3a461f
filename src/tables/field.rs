//! One field of a table: its name, what its cells hold, who may see them, and how to fill it in.

/// What the cells of a field are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    Text,
    /// All values of all columns of that name.
    List,
    Date,
    Number,
    /// 0 to 1, or percent.
    Share,
    /// One of these words, or a word that is mapped to one.
    Word(&'static [&'static str]),
    /// One of these words, a word that is mapped to one, or a number on a scale.
    Rating(&'static [&'static str]),
    /// yes or no.
    Flag,
}

/// The widest copy that a field's text may reach. What a row says of itself (confidential, private, not raised) only
/// narrows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SeenBy {
    /// It is used to match, to count or to sort; no copy prints its text.
    Nobody,
    /// The manager.
    Me,
    /// The manager and the boss.
    Boss,
    /// Whoever the brief is forwarded to.
    Shared,
}

/// One field of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its header, and its key in the config.
    pub name: &'static str,
    pub kind: FieldKind,
    pub seen_by: SeenBy,
    /// What it says, for `headsup add --help`.
    pub help: &'static str,
    /// A cell that can be read.
    pub example: &'static str,
    /// Its names in earlier versions, which are read as well.
    pub old_names: &'static [&'static str],
    /// A date that is promised or planned: it does not tell how fresh a file is.
    pub is_planned: bool,
}

impl Field {
    /// A field of that kind; the functions below have a name for each.
    pub const fn new(
        kind: FieldKind,
        name: &'static str,
        seen_by: SeenBy,
        help: &'static str,
        example: &'static str,
    ) -> Self {
        Self { name, kind, seen_by, help, example, old_names: &[], is_planned: false }
    }

    /// With a name that an earlier version had for it.
    pub const fn once_named(mut self, names: &'static [&'static str]) -> Self {
        self.old_names = names;
        self
    }

    /// A date that is promised or planned.
    pub const fn planned(mut self) -> Self {
        self.is_planned = true;
        self
    }

    /// Whether it goes, or went, by that name.
    pub fn is_named(&self, name: &str) -> bool {
        self.name == name || self.old_names.contains(&name)
    }

    /// The words that its cells may say; none of fields of other kinds.
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

/// A field whose cells say one of `words`; the first of them is its example.
pub(super) const fn word(
    name: &'static str,
    words: &'static [&'static str],
    seen_by: SeenBy,
    help: &'static str,
) -> Field {
    Field::new(FieldKind::Word(words), name, seen_by, help, words[0])
}

/// A field whose cells say how much of something there is: one of `words`, from least to most, or a number.
pub(super) const fn rating(
    name: &'static str,
    words: &'static [&'static str],
    seen_by: SeenBy,
    help: &'static str,
) -> Field {
    Field::new(FieldKind::Rating(words), name, seen_by, help, words[0])
}

/// A field that says yes or no. The answer decides who sees the row; it is not printed itself.
pub(super) const fn flag(name: &'static str, help: &'static str) -> Field {
    Field::new(FieldKind::Flag, name, SeenBy::Nobody, help, "yes")
}

/// The field of every table with rows that not everybody may read.
pub(super) const CONFIDENTIAL: Field = flag("confidential", "Leave it out of the copy that may be forwarded");
