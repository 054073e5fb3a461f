//! The only CSV reader. Bytes of any export → rows whose cells know their place and kind.
//!
//! A file is inspected first — encoding, dialect, header line, kind and format of each column over all of its cells —
//! and then read in a stream, so that a file of any size takes bounded memory. `inspect` prints the inspection,
//! [`crate::source`] reads the rows. Nothing is guessed in silence: what two readings fit is a [`Problem`](crate::problem::Problem).
//!
//! Lowest first:
//!
//! | room | what it turns into what |
//! |---|---|
//! | [`options`] | what a user can fix about how a file is read |
//! | [`values`] | one cell → what it can mean; the cells of a column → its kind |
//! | [`text`] | bytes → text → records of cells |
//! | [`layout`] | the first records → delimiter, header, tables beside and below, totals |
//! | [`inspection`] | how a file is read, as [`infer`](infer()) found it |
//! | [`counted`], [`columns`], [`pass`], [`profile`] | all records → columns with their kind, and whatever a [`Fold`] makes of them |
//! | [`reader`], [`row`] | an inspected file → its [`Row`]s |
//! | [`odd_units`] | where the cells stand that are in another unit than their column |
//! | [`skips`] | what is said of the rows that are left out |
//! | [`append`] | one more row, written as the file is |
//!
//! Most cells of a large file are recognised at once: they have no quotes or blanks, are numbers as programs write
//! them, or occurred before ([`Memo`]). Each of these fast paths stands beside the careful one, and a property test
//! holds the two equal.

pub(crate) mod append;
mod column;
mod columns;
mod counted;
mod infer;
mod inspection;
mod layout;
mod odd_units;
mod options;
mod pass;
mod profile;
mod reader;
mod row;
mod skips;
mod text;
mod values;

pub use column::Column;
pub use infer::{infer, infer_and_fold};
pub use inspection::{Inspection, Skipped};
pub use options::{DateOrder, Hidden, ReadingOptions};
pub use pass::Fold;
pub use profile::{Profile, profile};
pub use row::Row;
pub use text::progress;
pub use values::answer::{answer, same_answer};
pub(crate) use values::dates;
pub use values::kinds::Kind;
pub use values::memo::Memo;
pub use values::numbers::{conversion, scale};
pub use values::periods::lacks_year;
