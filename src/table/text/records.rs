//! Text → records of cells: quotes, delimiters and line ends, nothing of what the cells mean.
//!
//! The csv crate reads what RFC 4180 says; this reader is ours because a cell must know its place in the file (a problem
//! underlines it), because blanks before a quote and stray quotes are read as their writers meant them, and because a
//! damaged file must end in a clear error that names the line on which a quote was opened.
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
