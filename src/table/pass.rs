//! A pass over all rows of a file, on all cores. The result does not depend on the number of cores: the file is divided
//! into blocks by its text alone, and the results of the blocks are combined in their order.

use std::io::Read;
use std::sync::Arc;

use rayon::prelude::*;

use crate::problem::Failure;
use crate::table::inspection::Inspection;
use crate::table::layout::structure::{RowContext, Verdict};
use crate::table::row::Row;
use crate::table::text::encoding::Decoded;
use crate::table::text::records::{Block, Blocks, Record};
use crate::table::text::unwrap::Unwrapped;

/// Number of blocks that are processed at a time; as many more are read meanwhile.
const BLOCKS_AT_A_TIME: usize = 8;
/// Most columns of all blocks that are processed at a time: wide tables use fewer blocks, since each column of a block
/// needs memory.
const CELLS_TOGETHER: usize = 8000;

/// An aggregation of the rows of a file while they are counted, so that a file of millions of rows is read once.
pub trait Fold: Sync {
    /// The result of a block.
    type Part: Send;
    /// Returns the columns that are read. They are read as the beginning of the file suggests; if the whole file shows
    /// otherwise for one of them, the result is discarded.
    fn columns(&self) -> Vec<usize>;
    fn start(&self) -> Self::Part;
    fn add(&self, part: &mut Self::Part, row: &Row<'_>);
    /// Adds the result of the next block.
    fn merge(&self, whole: &mut Self::Part, next: Self::Part);
}

/// The blocks of a file, several at a time.
pub(crate) struct BlockBatches {
    blocks: Blocks<Unwrapped<Decoded>>,
    together: usize,
    read: Vec<Arc<Block>>,
    progress: RowContext,
}

/// A processed block, and the context before it.
pub(crate) struct Done {
    block: Arc<Block>,
    known: RowContext,
}

/// The result of a block, and the context for the next one.
struct Worked<T> {
    done: Done,
    yielded: T,
    progress: RowContext,
}

impl BlockBatches {
    /// Starts at the beginning of the file of `inspection`.
    pub(crate) fn of(inspection: &Inspection) -> Result<Self, Failure> {
        let mut blocks = inspection.blocks()?;
        let together = (CELLS_TOGETHER / inspection.structure.width().max(1)).clamp(2, BLOCKS_AT_A_TIME);
        let read = read(&mut blocks, together)?;
        Ok(Self { blocks, together, read, progress: RowContext::default() })
    }

    /// Passes the rows of the next blocks to `add`, and the result of each block to `take`. Returns `None` at the end
    /// of the file.
    pub(crate) fn next<T: Send>(
        &mut self,
        inspection: &Inspection,
        start: impl Fn() -> T + Sync,
        add: impl Fn(&mut T, &Record<'_>, Verdict) + Sync,
        mut take: impl FnMut(T),
    ) -> Result<Option<Vec<Done>>, Failure> {
        if self.read.is_empty() {
            inspection.stamp.verify_unchanged(&inspection.path, &inspection.file)?;
            return Ok(None);
        }
        let wave = std::mem::take(&mut self.read);
        let known = self.progress;
        let (next, worked) = rayon::join(
            || read(&mut self.blocks, self.together),
            || {
                let each = wave.into_par_iter().map(|block| work(inspection, Done { block, known }, &start, &add));
                each.collect::<Vec<_>>()
            },
        );
        let mut all = Vec::with_capacity(worked.len());
        for worked in worked {
            // A table that starts in one block may continue in the next ones.
            let worked = if self.progress.knows_more_than(&known) {
                work(inspection, Done { known: self.progress, ..worked.done }, &start, &add)
            } else {
                worked
            };
            self.progress = worked.progress;
            take(worked.yielded);
            all.push(worked.done);
        }
        self.read = next?;
        Ok(Some(all))
    }
}

/// Aggregates the rows of blocks that have been processed before.
pub(crate) fn again<F: Fold>(inspection: &Inspection, done: Vec<Done>, fold: &F, whole: &mut F::Part) {
    let add = |part: &mut F::Part, record: &Record<'_>, verdict| add_data(inspection, fold, part, record, verdict);
    let parts = done.into_par_iter().map(|done| work(inspection, done, &|| fold.start(), &add).yielded);
    parts.collect::<Vec<_>>().into_iter().for_each(|part| fold.merge(whole, part));
}

/// Adds a row if it is data.
pub(crate) fn add_data<F: Fold>(
    inspection: &Inspection,
    fold: &F,
    part: &mut F::Part,
    record: &Record<'_>,
    verdict: Verdict,
) {
    if verdict == Verdict::Data {
        fold.add(part, &Row { record: *record, inspection });
    }
}

fn work<T>(
    inspection: &Inspection,
    done: Done,
    start: &impl Fn() -> T,
    add: &impl Fn(&mut T, &Record<'_>, Verdict),
) -> Worked<T> {
    let mut progress = done.known;
    if let Some(record) = done.block.before(inspection.dialect).as_mut().map(|before| before.next()) {
        progress.follow(record.is_none_or(|record| inspection.structure.is_gap(&record)));
    }
    let mut yielded = start();
    done.block.each_record(inspection.dialect, |record| {
        if record.line <= inspection.header_line {
            return;
        }
        match inspection.structure.judge(&record, &mut progress) {
            Verdict::Nothing => {}
            verdict => add(&mut yielded, &inspection.structure.own(&record), verdict),
        }
    });
    Worked { done, yielded, progress }
}

fn read<R: Read>(blocks: &mut Blocks<R>, together: usize) -> Result<Vec<Arc<Block>>, Failure> {
    let mut wave = Vec::with_capacity(together);
    while wave.len() < together {
        match blocks.next()? {
            Some(block) => wave.push(block),
            None => break,
        }
    }
    Ok(wave)
}
