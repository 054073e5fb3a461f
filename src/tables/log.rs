//! Logs: tables that a team keeps by hand, whose rows do not depend on each other. A row type defines how a row is read
//! ([`LogRow::read`]), which rows are about the same item, and how these are combined ([`LogRow::fold`]).
//! [`crate::source`] reads the files and passes marks of confidentiality on before the rows are combined.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::cells::Cells;
use super::ids::{MilestoneId, ObjectiveId};
use crate::problem::{Place, Problems};

/// A row that can be confidential. The rows of all tables implement this: the reader of a file marks them because of
/// their file or their own mark, so that no table can forget it.
pub trait Marked {
    /// Marks the row as confidential. A mark is never removed.
    fn mark(&mut self);

    fn is_marked(&self) -> bool;

    /// Handles a row that cannot be read completely. Returns whether it is kept for its mark alone. `is_read` says that
    /// it is counted among the rows read.
    fn fail(&mut self, is_read: bool) -> bool {
        let _ = is_read;
        false
    }

    /// Returns the objective of the row: if it is confidential, so is the row.
    fn objective(&mut self) -> Option<&mut ObjectiveId> {
        None
    }

    /// Returns the milestone of the row: if it is confidential, so is the row.
    fn milestone(&mut self) -> Option<&mut MilestoneId> {
        None
    }
}

/// The empty row, for rows that are only counted.
impl Marked for () {
    fn mark(&mut self) {}

    fn is_marked(&self) -> bool {
        false
    }
}

/// Implements [`Marked`] with the field `confidential`. The fields for what the row belongs to follow: `objective:
/// ObjectiveId`.
macro_rules! marked {
    ($row:ty $(, $owner:ident: $id:ident)*) => {
        impl $crate::tables::Marked for $row {
            fn mark(&mut self) {
                self.confidential = true;
            }

            fn is_marked(&self) -> bool {
                self.confidential
            }

            $(fn $owner(&mut self) -> Option<&mut $id> {
                self.$owner.as_mut()
            })*
        }
    };
}
pub(crate) use marked;

/// A row of a log.
pub trait LogRow: Marked + Sized {
    /// The result of combining rows, usually the row type itself.
    type Item;

    /// The field with the main text of the row; problems of the whole row are reported there.
    const SAID_IN: &'static str;

    fn read(cells: &mut impl Cells) -> Self;

    /// Returns when the row was written. Rows from after as-of are not known yet.
    fn written_on(&self) -> Option<NaiveDate>;

    /// Returns whether the row counts even if its date is in the future.
    fn is_planned(&self) -> bool {
        false
    }

    /// Returns whether the copy that may be forwarded leaves out the row because of its own contents.
    fn is_not_forwarded(&self) -> bool {
        false
    }

    /// Returns the main text: rows with the same id or text are the same item, which is confidential if one of them is.
    fn said(&self) -> String;

    /// Combines the rows of all files, including those that are not known yet.
    fn fold(rows: Vec<Logged<Self>>, problems: &mut Problems) -> Vec<Self::Item>;
}

/// The physical lines of one row.
#[derive(Debug, Clone, Copy, Default)]
pub struct Lines {
    pub first: u64,
    pub last: u64,
}

/// A row of a log as it was read.
pub struct Logged<T> {
    pub id: Option<String>,
    pub date: Option<NaiveDate>,
    /// Whether it was written by as-of and can be read completely. Other rows only pass on their mark.
    pub is_known: bool,
    pub place: Place,
    pub lines: Lines,
    /// Whether a copy may leave out the row, as far as was known when it was read.
    pub is_hidden: bool,
    pub item: T,
}

impl<T: Marked> Marked for Logged<T> {
    fn mark(&mut self) {
        self.item.mark();
    }

    fn is_marked(&self) -> bool {
        self.item.is_marked()
    }

    /// A mark applies to the other rows of the same item, even if its own row cannot be used.
    fn fail(&mut self, _is_read: bool) -> bool {
        self.is_known = false;
        true
    }
}

/// Returns the newest known row of each id, in the position of the first one. All rows without an id are kept. Rows
/// without a date are ordered by their position in the file.
pub(crate) fn newest<T>(rows: Vec<Logged<T>>) -> Vec<T> {
    let mut kept: Vec<(Option<NaiveDate>, T)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for Logged { id, date, item, .. } in rows.into_iter().filter(|row| row.is_known) {
        let at = id.map_or(kept.len(), |id| *places.entry(id).or_insert(kept.len()));
        match kept.get_mut(at) {
            Some(old) if date.is_none() || date >= old.0 => *old = (date.or(old.0), item),
            Some(_) => {}
            None => kept.push((date, item)),
        }
    }
    kept.into_iter().map(|(_, item)| item).collect()
}
