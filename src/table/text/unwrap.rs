//! Takes away the quotes around whole lines, and what stands behind them, as the text is read.
//! [`crate::table::layout::wrapping`] finds out whether a file is wrapped.

use std::io::{self, Read};

/// Bytes that are read at a time.
const STEP: usize = 64 << 10;

/// How the lines of a file are wrapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wrapping {
    /// What stands behind the lines once for each empty column; also behind those that needed no quotes.
    pub filler: Option<u8>,
    /// Also those that needed no quotes stand in them.
    pub all: bool,
}

impl Wrapping {
    /// How many signs were taken away in a record before what stands `before` a cell in its line; `is_first`: that is
    /// the record's first line. A line that needed no quotes has some only where all have.
    pub(crate) fn taken(self, record: &str, before: &str, is_first: bool) -> usize {
        let needs = |text: &str| text.bytes().any(|b| matches!(b, b'"' | b'\n' | b'\r') || Some(b) == self.filler);
        let doubled = before.bytes().filter(|b| *b == b'"').count();
        if self.all || needs(record) { doubled + usize::from(is_first) } else { 0 }
    }
}

/// Where the reading stands in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    Start,
    /// In a line, or the rest of one, that has no quotes around it.
    Bare,
    Inside,
    /// Behind a quote inside: a second one makes it a sign, anything else closes the line.
    Quote,
}

/// Takes the quotes away, and what stands behind them.
#[derive(Debug)]
pub(crate) struct Unwrapper {
    wrapping: Wrapping,
    at: At,
    /// Fillers that nothing but the line's end has followed yet.
    fillers: usize,
}

impl Unwrapper {
    pub(crate) fn new(wrapping: Wrapping) -> Self {
        Self { wrapping, at: At::Start, fillers: 0 }
    }

    /// Adds what is inside of `bytes` to `text`.
    pub(crate) fn unwrap(&mut self, bytes: &[u8], text: &mut Vec<u8>) {
        for &byte in bytes {
            self.at = match (self.at, byte) {
                (At::Inside, b'"') => At::Quote,
                (At::Inside, _) | (At::Quote, b'"') => {
                    text.push(byte);
                    At::Inside
                }
                (_, b'\n' | b'\r') => {
                    self.fillers = 0;
                    text.push(byte);
                    At::Start
                }
                (At::Start, b'"') => At::Inside,
                (..) if Some(byte) == self.wrapping.filler => {
                    self.fillers += 1;
                    At::Bare
                }
                (..) => {
                    self.put_fillers(text);
                    text.push(byte);
                    At::Bare
                }
            };
        }
    }

    /// Fillers that something follows are none.
    fn put_fillers(&mut self, text: &mut Vec<u8>) {
        if let Some(filler) = self.wrapping.filler {
            text.resize(text.len() + std::mem::take(&mut self.fillers), filler);
        }
    }
}

/// A stream of text whose lines stand in quotes, or do not.
pub(crate) struct Unwrapped<R> {
    input: R,
    unwrapper: Option<Unwrapper>,
    /// What is unwrapped and not handed out.
    text: Vec<u8>,
    given: usize,
}

impl<R: Read> Unwrapped<R> {
    pub(crate) fn new(input: R, wrapping: Option<Wrapping>) -> Self {
        Self { input, unwrapper: wrapping.map(Unwrapper::new), text: Vec::new(), given: 0 }
    }
}

impl<R: Read> Read for Unwrapped<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let Some(unwrapper) = &mut self.unwrapper else { return self.input.read(out) };
        while self.given == self.text.len() {
            let mut bytes = vec![0; STEP];
            let n = self.input.read(&mut bytes)?;
            if n == 0 {
                return Ok(0);
            }
            self.text.clear();
            self.given = 0;
            unwrapper.unwrap(&bytes[..n], &mut self.text);
        }
        let n = out.len().min(self.text.len() - self.given);
        out[..n].copy_from_slice(&self.text[self.given..self.given + n]);
        self.given += n;
        Ok(n)
    }
}
