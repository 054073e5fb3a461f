//! Ten thousand mutated exports: bytes of all samples and cases are changed, removed, repeated and moved. Each export
//! is read to its end or refused; no row is lost without a message, and none takes long.
//!
//! `cargo test --test headsup mutated:: -- --ignored` runs all of them; a hundred are always run.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use headsup::preset::Presets;
use headsup::problem::Failure;
use headsup::source::recognise::{self, Hints};

/// A random number generator with a fixed seed (xorshift64*, Vigna 2016).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, end: usize) -> usize {
        if end == 0 { 0 } else { (self.next() % end as u64) as usize }
    }
}

/// Texts that people and programs write in the wrong place.
const INSERTED: [&[u8]; 20] = [
    b"\"",
    b",",
    b";",
    b"\t",
    b"\n",
    b"\r\n",
    b"\r",
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b"'",
    b"\\",
    b"|",
    b"#",
    b"Total,,12\n",
    b"\n\n",
    b"sep=;\n",
    b"1,234",
    b"--",
    b"\xc3",
];

fn mutated(original: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = original.to_vec();
    for _ in 0..1 + random.below(6) {
        let at = random.below(bytes.len() + 1);
        match random.below(7) {
            0 => bytes.truncate(at),
            1 => {
                let end = (at + random.below(40)).min(bytes.len());
                bytes.drain(at..end);
            }
            2 => {
                let piece = INSERTED[random.below(INSERTED.len())];
                bytes.splice(at..at, piece.iter().copied());
            }
            3 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = (random.next() & 0xff) as u8;
                }
            }
            4 => {
                let end = (at + random.below(400)).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
            5 => {
                let (from, to) =
                    ([b',', b';', b'\t', b'"'][random.below(4)], [b',', b';', b'|', b' '][random.below(4)]);
                bytes.iter_mut().filter(|byte| **byte == from).for_each(|byte| *byte = to);
            }
            _ => {
                let mut lines: Vec<Vec<u8>> = bytes.split_inclusive(|b| *b == b'\n').map(<[u8]>::to_vec).collect();
                let (one, other) = (random.below(lines.len()), random.below(lines.len()));
                if one < lines.len() && other < lines.len() {
                    lines.swap(one, other);
                }
                bytes = lines.concat();
            }
        }
    }
    bytes
}

fn originals() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<PathBuf> = Vec::new();
    for folder in ["data/samples", "tests/cases/table"] {
        let mut open = vec![root.join(folder)];
        while let Some(next) = open.pop() {
            for entry in std::fs::read_dir(next).expect("a folder") {
                let path = entry.expect("an entry").path();
                match path.is_dir() {
                    true => open.push(path),
                    false if path.extension().is_some_and(|end| end == "csv" || end == "tsv") => files.push(path),
                    false => {}
                }
            }
        }
    }
    files.sort();
    files
}

fn run(count: usize, seed: u64) {
    let originals: Vec<Vec<u8>> = originals().iter().map(|path| std::fs::read(path).expect("a sample")).collect();
    let presets = Presets::embedded().expect("sound presets");
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("mutated.csv");
    let mut random = Random(seed);
    let (mut read, mut refused) = (0, 0);
    for number in 0..count {
        let bytes = mutated(&originals[number % originals.len()], &mut random);
        std::fs::write(&path, &bytes).expect("a file");
        let began = Instant::now();
        match recognise::infer(&path, "mutated.csv", &presets, Hints::default(), true) {
            Ok((inspection, _)) => {
                let mut rows = 0;
                let ended = inspection.rows(&mut |_| rows += 1);
                assert!(ended.is_ok(), "{number}: {ended:?}");
                assert_eq!(
                    inspection.records,
                    rows + inspection.skipped_rows,
                    "{number}: {:?}",
                    String::from_utf8_lossy(&bytes)
                );
                read += 1;
            }
            Err(Failure::Input(problems)) => {
                assert!(problems.has_errors(), "{number}: refused without a reason");
                refused += 1;
            }
            Err(other) => panic!("{number}: {other:?}"),
        }
        assert!(began.elapsed() < Duration::from_secs(20), "{number} took {:?}", began.elapsed());
    }
    eprintln!("{read} read, {refused} refused");
    assert!(read > refused, "{read} read, {refused} refused");
}

#[test]
fn a_hundred_mutated_exports_are_read_or_refused() {
    run(100, 0x5EED);
}

#[test]
#[ignore = "takes minutes"]
fn by_hand_ten_thousand_mutated_exports() {
    run(10_000, 0xC0FFEE);
}
