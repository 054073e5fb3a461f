//! One pass over all rows of a file, on every core, with the same result on any number of them: the file is cut into
//! blocks by its text alone, and what the blocks yield is taken in their order.

use std::io::Read;

use rayon::prelude::*;

use super::Survey;
use super::records::{Block, Blocks, Record};
use super::structure::{Progress, Verdict};
use crate::problem::Failure;

/// Blocks that are worked on at a time; as many more are read meanwhile.
const TOGETHER: usize = 8;
/// Fewer of a table of thousands of columns, of each of which something is kept for each block.
const CELLS_TOGETHER: usize = 8000;

/// What a block yielded, and what the next one must know.
struct Worked<T> {
    block: Block,
    yielded: T,
    progress: Progress,
}

impl Survey {
    /// Hands every row below the header to `add`, block by block, and what came of each block to `take`.
    pub(super) fn each_block<T: Send>(
        &self,
        start: impl Fn() -> T + Sync,
        add: impl Fn(&mut T, &Record<'_>, Verdict) + Sync,
        mut take: impl FnMut(T),
    ) -> Result<(), Failure> {
        let mut blocks = self.blocks()?;
        let together = (CELLS_TOGETHER / self.structure.width().max(1)).clamp(2, TOGETHER);
        let mut progress = Progress::default();
        let mut wave = read_wave(&mut blocks, together)?;
        while !wave.is_empty() {
            let known = progress;
            let work = |block: Block| self.work(block, known, &start, &add);
            let (next, worked) = rayon::join(
                || read_wave(&mut blocks, together),
                || wave.into_par_iter().map(work).collect::<Vec<Worked<T>>>(),
            );
            for worked in worked {
                // Another table that starts in one block goes on in those after it.
                let worked = if progress.knows_more_than(&known) {
                    self.work(worked.block, progress, &start, &add)
                } else {
                    worked
                };
                progress = worked.progress;
                take(worked.yielded);
            }
            wave = next?;
        }
        self.edition.still(&self.path, &self.file)
    }

    fn work<T>(
        &self,
        block: Block,
        known: Progress,
        start: &impl Fn() -> T,
        add: &impl Fn(&mut T, &Record<'_>, Verdict),
    ) -> Worked<T> {
        let mut progress = known;
        if let Some(record) = block.before(self.dialect).as_mut().map(|before| before.next()) {
            progress.follow(record.is_none_or(|record| self.structure.is_nothing(&record)));
        }
        let mut yielded = start();
        let mut records = block.records(self.dialect);
        while let Some(record) = records.next() {
            if record.line <= self.header_line {
                continue;
            }
            match self.structure.judge(&record, &mut progress) {
                Verdict::Nothing => {}
                verdict => add(&mut yielded, &record, verdict),
            }
        }
        Worked { block, yielded, progress }
    }
}

fn read_wave<R: Read>(blocks: &mut Blocks<R>, together: usize) -> Result<Vec<Block>, Failure> {
    let mut wave = Vec::with_capacity(together);
    while wave.len() < together {
        match blocks.next()? {
            Some(block) => wave.push(block),
            None => break,
        }
    }
    Ok(wave)
}
