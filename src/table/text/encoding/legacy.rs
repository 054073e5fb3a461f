//! Detects the encoding of text that is not Unicode: usually Windows-1252; Windows-1250 or 1251 if a spreadsheet in
//! Eastern Europe wrote it; Big5, GBK or Shift_JIS further east. [`super::Encoding::find`] uses it.

use std::fs::File;
use std::io::{self, Read};

use chardetng::EncodingDetector;
use encoding_rs::{Encoding, WINDOWS_1252};

/// Bytes that are read at a time.
const CHUNK: usize = 64 * 1024;
/// Number of bytes outside ASCII that are enough for a decision.
const ENOUGH_BYTES: u64 = 1 << 20;
/// Fewest bytes outside ASCII, and fewest different ones, for a decision: with less, a pound sign or a space of another
/// system would look like a language.
const MIN_BYTES: u64 = 24;
const MIN_KINDS: usize = 5;

/// Returns the encoding of the rest of `file`.
pub(crate) fn find(mut file: File) -> io::Result<&'static Encoding> {
    let mut detector = EncodingDetector::new();
    let mut kinds = [false; 256];
    let mut outside = 0;
    let mut chunk = vec![0; CHUNK];
    while outside < ENOUGH_BYTES {
        let n = file.read(&mut chunk)?;
        if n == 0 {
            break;
        }
        if chunk[..n].is_ascii() {
            continue;
        }
        for byte in chunk[..n].iter().filter(|byte| !byte.is_ascii()) {
            kinds[usize::from(*byte)] = true;
            outside += 1;
        }
        detector.feed(&chunk[..n], false);
    }
    detector.feed(&[], true);
    let is_told = outside >= MIN_BYTES && kinds.iter().filter(|seen| **seen).count() >= MIN_KINDS;
    Ok(if is_told { detector.guess(None, false) } else { WINDOWS_1252 })
}
