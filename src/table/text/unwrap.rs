//! Removes the quotes around whole lines, and what follows them, while the text is read.
//! [`crate::table::layout::wrapping`] detects whether a file is wrapped.

use std::io::{self, Read};

/// Bytes that are read at a time.
const READ_BYTES: usize = 64 << 10;

/// How the lines of a file are wrapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wrapping {
    /// Character that follows each line once for each empty column, even lines that needed no quotes.
    pub filler: Option<u8>,
    /// Whether lines that needed no quotes are quoted, too.
    pub all: bool,
}

impl Wrapping {
    /// Returns how many characters were removed from a record's line before the text `before` a cell. `is_first` says
    /// that this is the first line of the record. From a line that needed no quotes, characters were removed only if
    /// all lines are quoted.
    pub(crate) fn taken(self, record: &str, before: &str, is_first: bool) -> usize {
        let needs = |text: &str| text.bytes().any(|b| matches!(b, b'"' | b'\n' | b'\r') || Some(b) == self.filler);
        let doubled = before.bytes().filter(|b| *b == b'"').count();
        if self.all || needs(record) { doubled + usize::from(is_first) } else { 0 }
    }
}

/// The state of reading a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    Start,
    /// In a line, or the rest of one, without quotes around it.
    Bare,
    Inside,
    /// After a quote inside the line: a second one makes it a quote character, anything else ends the wrapped line.
    Quote,
}

/// Removes the quotes and what follows them.
#[derive(Debug)]
pub(crate) struct Unwrapper {
    wrapping: Wrapping,
    at: At,
    /// Number of fillers that have been read since the last other character.
    fillers: usize,
}

impl Unwrapper {
    pub(crate) fn new(wrapping: Wrapping) -> Self {
        Self { wrapping, at: At::Start, fillers: 0 }
    }

    /// Appends the contents of `bytes` to `text`.
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

    /// Keeps the fillers: something follows them, so they belong to the text.
    fn put_fillers(&mut self, text: &mut Vec<u8>) {
        if let Some(filler) = self.wrapping.filler {
            text.resize(text.len() + std::mem::take(&mut self.fillers), filler);
        }
    }
}

/// A stream of text whose lines may be wrapped.
pub(crate) struct Unwrapped<R> {
    input: R,
    unwrapper: Option<Unwrapper>,
    /// Unwrapped text that has not been returned yet.
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
            let mut bytes = vec![0; READ_BYTES];
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
