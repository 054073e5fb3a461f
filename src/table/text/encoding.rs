//! Detects the encoding of a file, and decodes its text to a stream of UTF-8. Files that are not text are refused with
//! the name of their format.
//!
//! [`crate::table::infer`] detects it once for each file; [`crate::table::text::records`] reads through [`Decoded`].

mod legacy;

use std::fs::File;
use std::io::{self, Read, Seek as _, SeekFrom};
use std::path::Path;

use encoding_rs::{CoderResult, Decoder, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::problem::{Failure, Place, Problem};
use crate::table::text::progress::ReadProgress;

/// Bytes at the beginning of a file that are examined to distinguish text from other formats.
const HEAD_BYTES: usize = 64 * 1024;

/// The encoding of a file, detected or configured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Encoding {
    inner: &'static encoding_rs::Encoding,
    /// Length of the byte order mark in bytes, 0 without one.
    mark: u64,
    /// Number of bytes that are not valid in a file that is mostly valid UTF-8.
    pub damaged: u64,
}

impl Encoding {
    /// Returns the name: `utf-8`, `utf-16le`, `utf-16be`, `windows-1252`, another one that was detected from the
    /// letters, or the configured one.
    pub(crate) fn name(&self) -> String {
        self.inner.name().to_ascii_lowercase()
    }

    pub(crate) fn has_mark(&self) -> bool {
        self.mark > 0
    }

    /// Returns whether the encoding was inferred from letter frequencies and not from the bytes themselves.
    pub(crate) fn is_rare(&self) -> bool {
        ![UTF_8, UTF_16LE, UTF_16BE, WINDOWS_1252].contains(&self.inner)
    }

    /// Detects the encoding of the file at `path`. `configured` overrules everything except a byte order mark.
    pub(crate) fn find(path: &Path, shown: &str, configured: Option<&str>) -> Result<Self, Failure> {
        let mut file = File::open(path).map_err(|e| Failure::read(path, e))?;
        let mut head = Vec::with_capacity(HEAD_BYTES);
        file.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head).map_err(|e| Failure::read(path, e))?;
        if let Some((inner, mark)) = encoding_rs::Encoding::for_bom(&head) {
            return Ok(Self { inner, mark: mark as u64, damaged: 0 });
        }
        if let Some(label) = configured {
            let inner = encoding_rs::Encoding::for_label(label.as_bytes()).ok_or_else(|| {
                Problem::error("unknown-encoding", format!("there is no encoding called `{label}`"))
                    .at(Place::file(shown))
                    .help("use utf-8, utf-16le, utf-16be or windows-1252")
            })?;
            return Ok(Self { inner, mark: 0, damaged: 0 });
        }
        if let Some(inner) = unmarked_utf16(&head) {
            return Ok(Self { inner, mark: 0, damaged: 0 });
        }
        if let Some((what, help)) = not_a_table(&head) {
            return Err(Problem::error("not-a-table", format!("this is {what}, not a CSV file"))
                .at(Place::file(shown))
                .help(help)
                .into());
        }
        let rest = (head.len() == HEAD_BYTES).then_some(file);
        let validity = Validity::of(head, rest).map_err(|e| Failure::read(path, e))?;
        // Text in other encodings hardly ever looks like UTF-8, so a majority of well-formed characters means UTF-8
        // with a few broken ones.
        let inner = if validity.broken > validity.well_formed {
            let open = || legacy::find(File::open(path)?);
            open().map_err(|e| Failure::read(path, e))?
        } else {
            UTF_8
        };
        let damaged = if inner == UTF_8 { validity.broken } else { 0 };
        Ok(Self { inner, mark: 0, damaged })
    }
}

/// Detects UTF-16 without a byte order mark: in Latin letters, digits and line endings every second byte is zero.
fn unmarked_utf16(head: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let (mut even, mut odd) = (0, 0);
    for i in memchr::memchr_iter(0, head) {
        if i % 2 == 0 {
            even += 1;
        } else {
            odd += 1;
        }
    }
    let pairs = head.len() / 2;
    if odd * 5 > pairs && even * 20 < odd {
        Some(UTF_16LE)
    } else if even * 5 > pairs && odd * 20 < even {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Recognises formats that are not tables. Returns the name of the format, and what the user can do.
fn not_a_table(head: &[u8]) -> Option<(&'static str, &'static str)> {
    const SAVE_AS_CSV: &str = "open it in the spreadsheet and save the sheet as \"CSV UTF-8\"";
    const UNPACK: &str = "unpack it and name the CSV file inside";
    const EXPORT_AGAIN: &str = "export again, as CSV";
    let magic: [(&[u8], &str, &str); 9] = [
        (b"PK\x03\x04", "an Excel workbook (.xlsx) or another zip archive", SAVE_AS_CSV),
        (b"\xD0\xCF\x11\xE0", "an old Excel workbook (.xls)", SAVE_AS_CSV),
        (b"\x1F\x8B", "a gzip archive", UNPACK),
        (b"BZh", "a bzip2 archive", UNPACK),
        (b"\x28\xB5\x2F\xFD", "a zstd archive", UNPACK),
        (b"%PDF-", "a PDF", EXPORT_AGAIN),
        (b"SQLite format 3\0", "an SQLite database", EXPORT_AGAIN),
        (b"PAR1", "a Parquet file", EXPORT_AGAIN),
        (b"\x89PNG", "a picture", EXPORT_AGAIN),
    ];
    if let Some((_, what, help)) = magic.into_iter().find(|(start, ..)| head.starts_with(start)) {
        return Some((what, help));
    }
    let text: Vec<u8> = head.iter().copied().skip_while(u8::is_ascii_whitespace).take(64).collect();
    let lower = text.to_ascii_lowercase();
    if lower.starts_with(b"<!doctype") || lower.starts_with(b"<html") {
        return Some(("a web page", "the tool may have asked for a login: sign in, then export again as CSV"));
    }
    if lower.starts_with(b"version https://git-lfs") {
        return Some(("a pointer of Git LFS", "fetch the file that it stands for: git lfs pull"));
    }
    if lower.starts_with(b"<?xml") {
        return Some(("an XML file", EXPORT_AGAIN));
    }
    if lower.starts_with(b"[{\"") || lower.starts_with(b"{\"") || lower.starts_with(b"{\n") || lower.starts_with(b"[\n")
    {
        return Some(("a JSON file", EXPORT_AGAIN));
    }
    if memchr::memchr(0, head).is_some() {
        return Some(("a binary file", EXPORT_AGAIN));
    }
    None
}

/// Counts how much of a file is valid UTF-8.
#[derive(Debug, Default, PartialEq, Eq)]
struct Validity {
    /// Number of well-formed characters outside ASCII.
    well_formed: u64,
    /// Number of broken sequences.
    broken: u64,
}

impl Validity {
    /// Counts the whole file, which begins with `head`.
    fn of(head: Vec<u8>, rest: Option<File>) -> io::Result<Self> {
        let (mut found, mut buffer) = (Self::default(), head);
        let mut tail = found.count(&buffer);
        if let Some(mut file) = rest {
            let mut chunk = vec![0; HEAD_BYTES];
            loop {
                buffer.drain(..buffer.len() - tail);
                let n = file.read(&mut chunk)?;
                if n == 0 {
                    break;
                }
                buffer.extend_from_slice(&chunk[..n]);
                tail = found.count(&buffer);
            }
        }
        found.broken += u64::from(tail > 0);
        Ok(found)
    }

    /// Counts `bytes`. Returns the length of an incomplete sequence at the end.
    fn count(&mut self, bytes: &[u8]) -> usize {
        // Most files are valid. Then each character outside of ASCII has one leading byte.
        if std::str::from_utf8(bytes).is_ok() {
            self.well_formed += bytes.iter().filter(|byte| **byte >= 0xC0).count() as u64;
            return 0;
        }
        for chunk in bytes.utf8_chunks() {
            if !chunk.valid().is_ascii() {
                self.well_formed += chunk.valid().chars().filter(|c| !c.is_ascii()).count() as u64;
            }
            if !chunk.invalid().is_empty() {
                let at_end = chunk.invalid().as_ptr_range().end == bytes.as_ptr_range().end;
                if at_end && std::str::from_utf8(chunk.invalid()).is_err_and(|e| e.error_len().is_none()) {
                    return chunk.invalid().len();
                }
                self.broken += 1;
            }
        }
        0
    }
}

/// The text of a file as UTF-8, without its byte order mark. Damaged UTF-8 is passed through unchanged.
pub(crate) struct Decoded {
    file: File,
    decoder: Option<Decoder>,
    raw: Vec<u8>,
    /// The part of `raw` that is not decoded yet.
    pending: std::ops::Range<usize>,
    ended: bool,
    finished: bool,
    progress: Option<ReadProgress>,
}

impl Decoded {
    pub(crate) fn open(path: &Path, encoding: Encoding) -> io::Result<Self> {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(encoding.mark))?;
        let decoder = (encoding.inner != UTF_8).then(|| encoding.inner.new_decoder_without_bom_handling());
        let raw = if decoder.is_some() { vec![0; HEAD_BYTES] } else { Vec::new() };
        Ok(Self { file, decoder, raw, pending: 0..0, ended: false, finished: false, progress: None })
    }

    /// Reports the progress of reading to `progress`.
    pub(crate) fn telling(self, progress: ReadProgress) -> Self {
        Self { progress: Some(progress), ..self }
    }
}

impl Read for Decoded {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let mut read = |file: &mut File, into: &mut [u8]| {
            let n = file.read(into)?;
            if let Some(progress) = &mut self.progress {
                progress.advance(n as u64);
            }
            Ok(n)
        };
        let Some(decoder) = &mut self.decoder else { return read(&mut self.file, out) };
        // encoding_rs needs room for a whole character.
        if out.len() < 4 {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "the buffer is too small to decode into"));
        }
        loop {
            if self.finished {
                return Ok(0);
            }
            if self.pending.is_empty() && !self.ended {
                let n: usize = read(&mut self.file, &mut self.raw)?;
                self.pending = 0..n;
                self.ended = n == 0;
            }
            let (result, read, written, _) = decoder.decode_to_utf8(&self.raw[self.pending.clone()], out, self.ended);
            self.pending.start += read;
            self.finished = self.ended && result == CoderResult::InputEmpty;
            if written > 0 {
                return Ok(written);
            }
        }
    }
}
