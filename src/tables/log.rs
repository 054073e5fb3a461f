//! Logs: tables of rows that stand for themselves, which a team keeps by hand. A row type says how one is read
//! ([`LogRow::read`]), which rows are one thing, and what becomes of several of them ([`LogRow::fold`]).
//! [`crate::source`] reads the files and passes marks of confidentiality on before the rows are folded.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::cells::Cells;
use super::ids::{MilestoneId, ObjectiveId};
use crate::problem::{Place, Problems};

/// A row that knows whether it is confidential. Every table's rows do: whoever reads a file marks them by the file that
/// they come from and by their own mark, so that no table can forget to.
pub trait Marked {
    /// Marks it as confidential. Nothing takes a mark away.
    fn mark(&mut self);

    fn is_marked(&self) -> bool;

    /// Its row cannot be read whole. Whether it is kept all the same, for its mark: then it says nothing else.
    /// `is_read`: it is counted among the rows read all the same.
    fn fail(&mut self, is_read: bool) -> bool {
        let _ = is_read;
        false
    }

    /// The objective that it belongs to: what belongs to a confidential one is confidential.
    fn objective(&mut self) -> Option<&mut ObjectiveId> {
        None
    }

    /// The milestone that it belongs to: what belongs to a confidential one is confidential.
    fn milestone(&mut self) -> Option<&mut MilestoneId> {
        None
    }
}

/// What is kept of a row that is counted and no more.
impl Marked for () {
    fn mark(&mut self) {}

    fn is_marked(&self) -> bool {
        false
    }
}

/// Marks a row in its field `confidential`. What it belongs to is named after it: `objective: ObjectiveId`.
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
    /// What its rows become: mostly itself.
    type Item;

    /// The field that says what it is; a problem of the whole row stands there.
    const SAID_IN: &'static str;

    fn read(cells: &mut impl Cells) -> Self;

    /// When it was written. Rows of after as-of are not known yet.
    fn written_on(&self) -> Option<NaiveDate>;

    /// Whether it counts also where its date lies ahead.
    fn is_planned(&self) -> bool {
        false
    }

    /// Whether the copy that may be forwarded leaves it out for what it says itself.
    fn is_not_forwarded(&self) -> bool {
        false
    }

    /// What it says: rows of one id or one text are one thing, of which all are confidential if one is.
    fn said(&self) -> String;

    /// What the rows of all files come to, those included that are not known.
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
    /// Whether it was written by as-of and can be read whole. Another says nothing, but that it is confidential.
    pub is_known: bool,
    pub place: Place,
    pub lines: Lines,
    /// Whether a copy may leave it out, as far as was known when it was read.
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

    /// A mark holds for the other rows of the same thing, also from a row that is of no use otherwise.
    fn fail(&mut self, _is_read: bool) -> bool {
        self.is_known = false;
        true
    }
}

/// Of the rows of one id that are known the newest, in the place of the first; rows without an id all stay. A row
/// without a date is the newest by its place in the file.
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
