//! Splits text into records of cells at quotes, delimiters and line endings, without interpreting the cells.
//!
//! The csv crate reads files that follow RFC 4180. This reader exists because a cell must know its place in the file (a
//! problem underlines it), because spaces before a quote and stray quotes are read as their authors meant them, and
//! because a damaged file must lead to a clear error that names the line on which a quote was opened.
//! [`crate::table::infer`] and [`crate::table::Inspection::rows`] read through [`Blocks`] of whole [`Records`].

mod blocks;
mod dialect;
mod index;
mod record;
mod scanner;
mod span;
mod split;
mod splitter;

pub(crate) use blocks::{Block, Blocks, valid};
pub(crate) use dialect::Dialect;
pub(crate) use index::RecordIndex;
pub(crate) use record::Record;
use span::Span;
pub(crate) use splitter::Records;

#[cfg(test)]
mod tests;
