//! The only CSV reader: it turns the bytes of any export into rows whose cells know their place and kind.
//!
//! A file is inspected first — encoding, dialect, header line, kind and format of each column over all of its cells —
//! and then read in a stream, so that a file of any size takes bounded memory. `inspect` prints the inspection,
//! [`crate::source`] reads the rows. Nothing is guessed silently: an ambiguous cell or column is a
//! [`Problem`](crate::problem::Problem).
//!
//! The modules, from the lowest layer to the highest:
//!
//! | module | what it does |
//! |---|---|
//! | [`options`] | options for how a file is read |
//! | [`values`] | one cell → its possible meanings; the cells of a column → its kind |
//! | [`text`] | bytes → text → records of cells |
//! | [`layout`] | the first records → delimiter, header, tables beside and below, totals |
//! | [`inspection`] | how a file is read, as [`infer`](infer()) found it |
//! | [`counted`], [`columns`], [`pass`], [`profile`] | all records → columns with their kind, and the aggregate of a [`Fold`] |
//! | [`reader`], [`row`] | an inspected file → its [`Row`]s |
//! | [`odd_units`] | the places of cells whose unit differs from that of their column |
//! | [`skips`] | the problems for rows that are skipped |
//! | [`append`] | appending a row in the format of the file |
//!
//! Most cells of a large file take a fast path: they have no quotes or spaces, are numbers as programs write them, or
//! have occurred before ([`Memo`]). For each fast path, a property test checks that it gives the same result as the
//! general path.

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
pub use layout::totals::is_total_name;
pub use options::{DateOrder, Hidden, ReadingOptions};
pub use pass::Fold;
pub use profile::{Profile, profile};
pub use row::Row;
pub use text::progress;
pub use values::answer::{answer, same_answer};
pub(crate) use values::dates;
pub use values::kinds::Kind;
pub use values::memo::Memo;
pub use values::numbers::{conversion, is_amount, is_short_clock, scale};
pub use values::periods::lacks_year;
