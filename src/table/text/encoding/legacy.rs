//! Which encoding text is in that is not Unicode: Windows-1252 mostly; Windows-1250 or 1251 where a spreadsheet of
//! Eastern Europe wrote it, Big5, GBK or Shift_JIS further east. [`super::Encoding::find`] asks.

use std::fs::File;
use std::io::{self, Read};

use chardetng::EncodingDetector;
use encoding_rs::{Encoding, WINDOWS_1252};

/// Bytes that are read at a time.
const CHUNK: usize = 64 * 1024;
/// Bytes outside ASCII that are enough to tell.
const ENOUGH: u64 = 1 << 20;
/// With fewer of them, or of fewer kinds, a pound sign or a blank of another system would look like a language.
const LEAST: u64 = 24;
const LEAST_KINDS: usize = 5;

/// The encoding of the rest of `file`.
pub(crate) fn find(mut file: File) -> io::Result<&'static Encoding> {
    let mut detector = EncodingDetector::new();
    let mut kinds = [false; 256];
    let mut outside = 0;
    let mut chunk = vec![0; CHUNK];
    while outside < ENOUGH {
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
    let is_told = outside >= LEAST && kinds.iter().filter(|seen| **seen).count() >= LEAST_KINDS;
    Ok(if is_told { detector.guess(None, false) } else { WINDOWS_1252 })
}
