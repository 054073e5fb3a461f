//! Removes a name from the bytes of a file, in any encoding that exports use.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Replaces a name that was removed.
const REMOVED: &str = "[removed]";

/// A text file after decoding.
struct Decoded {
    text: String,
    encoding: &'static Encoding,
    has_bom: bool,
}

fn decoded(bytes: &[u8]) -> Option<Decoded> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let (text, had_errors) = encoding.decode_without_bom_handling(&bytes[length..]);
        return (!had_errors).then(|| Decoded { text: text.into_owned(), encoding, has_bom: true });
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(Decoded { text: text.to_owned(), encoding: UTF_8, has_bom: false });
    }
    // In UTF-16 without a byte order mark, every second byte of ASCII letters is zero.
    for encoding in [UTF_16LE, UTF_16BE] {
        let at = usize::from(encoding == UTF_16LE);
        let zeros = bytes.iter().skip(at).step_by(2).filter(|byte| **byte == 0).count();
        if bytes.len() % 2 == 0 && zeros * 4 > bytes.len() {
            let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
            return (!had_errors).then(|| Decoded { text: text.into_owned(), encoding, has_bom: false });
        }
    }
    let is_binary = bytes.contains(&0);
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    (!is_binary).then(|| Decoded { text: text.into_owned(), encoding: WINDOWS_1252, has_bom: false })
}

impl Decoded {
    fn encoded(&self, text: &str) -> Vec<u8> {
        let mut bytes: Vec<u8> = match (self.has_bom, self.encoding) {
            (true, encoding) if encoding == UTF_16LE => vec![0xFF, 0xFE],
            (true, encoding) if encoding == UTF_16BE => vec![0xFE, 0xFF],
            (true, _) => vec![0xEF, 0xBB, 0xBF],
            (false, _) => Vec::new(),
        };
        match self.encoding {
            encoding if encoding == UTF_16LE => bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes)),
            encoding if encoding == UTF_16BE => bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes)),
            encoding => bytes.extend(encoding.encode(text).0.iter()),
        }
        bytes
    }
}

/// Returns the byte ranges where a name occurs in a text as a whole word, in any case.
fn places(text: &str, name: &str) -> Vec<std::ops::Range<usize>> {
    let name: Vec<char> = name.chars().flat_map(char::to_lowercase).collect();
    let letters: Vec<(usize, char)> =
        text.char_indices().flat_map(|(at, c)| c.to_lowercase().map(move |lower| (at, lower))).collect();
    let mut found: Vec<std::ops::Range<usize>> = Vec::new();
    let mut at = 0;
    while at + name.len() <= letters.len() {
        let end = at + name.len();
        let is_word = |neighbour: Option<&(usize, char)>| neighbour.is_none_or(|(_, c)| !c.is_alphanumeric());
        let is_same = letters[at..end].iter().map(|(_, c)| *c).eq(name.iter().copied());
        if is_same && is_word(at.checked_sub(1).and_then(|before| letters.get(before))) && is_word(letters.get(end)) {
            let stop = letters.get(end).map_or(text.len(), |(stop, _)| *stop);
            found.push(letters[at].0..stop);
            at = end;
        } else {
            at += 1;
        }
    }
    found
}

/// Returns whether a file names the person.
pub(crate) fn holds(bytes: &[u8], name: &str) -> bool {
    decoded(bytes).is_some_and(|it| !places(&it.text, name).is_empty())
}

/// Replaces a name in a file. Returns the new bytes and the number of replacements, or `None` if the name does not
/// occur or the file is not text.
pub(crate) fn name(bytes: &[u8], name: &str) -> Option<(Vec<u8>, usize)> {
    let file = decoded(bytes)?;
    let places = places(&file.text, name);
    if places.is_empty() {
        return None;
    }
    let mut text = file.text.clone();
    for place in places.iter().rev() {
        text.replace_range(place.clone(), REMOVED);
    }
    Some((file.encoded(&text), places.len()))
}

/// Deletes the rows of a log in which the name is the whole of a cell. Returns the new bytes and the number of deleted
/// rows.
pub(crate) fn rows(bytes: &[u8], name: &str) -> (Vec<u8>, usize) {
    let Some(file) = decoded(bytes) else { return (bytes.to_vec(), 0) };
    let first = file.text.lines().next().unwrap_or_default();
    let delimiter = [b',', b';', b'\t', b'|'].into_iter().max_by_key(|it| first.matches(char::from(*it)).count());
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter.unwrap_or(b','))
        .from_reader(file.text.as_bytes());
    let mut kept = String::with_capacity(file.text.len());
    let (mut record, mut from, mut count) = (csv::StringRecord::new(), 0, 0);
    while reader.read_record(&mut record).unwrap_or(false) {
        let to = usize::try_from(reader.position().byte()).unwrap_or(file.text.len()).min(file.text.len());
        let is_it = record.iter().any(|cell| cell.trim().to_lowercase() == name.to_lowercase());
        if is_it {
            count += 1;
        } else {
            kept += file.text.get(from..to).unwrap_or_default();
        }
        from = to;
    }
    kept += file.text.get(from..).unwrap_or_default();
    if count == 0 { (bytes.to_vec(), 0) } else { (file.encoded(&kept), count) }
}

/// Removes the name from the members of the team in headsup.toml.
pub(crate) fn members(bytes: &[u8], name: &str) -> Vec<u8> {
    let Some(file) = decoded(bytes) else { return bytes.to_vec() };
    let mut text = file.text.clone();
    for place in places(&file.text, name).iter().rev() {
        let (before, after) = (&text[..place.start], &text[place.end..]);
        let is_item = before.ends_with(['"', '\'']) && after.starts_with(['"', '\'']);
        let rest = after.get(1..).unwrap_or_default();
        let in_list = before.rfind('[').is_some_and(|open| before[open..].find(']').is_none());
        if !is_item || !in_list {
            continue;
        }
        let start = place.start - 1;
        let end = place.end + 1;
        let comma_after = rest.trim_start_matches([' ', '\n', '\t']).starts_with(',');
        let range = if comma_after {
            let skip = rest.find(',').map_or(0, |at| at + 1);
            let blanks = rest[skip..].len() - rest[skip..].trim_start_matches(' ').len();
            start..end + skip + blanks
        } else {
            let before = text[..start].trim_end_matches([' ', '\n', '\t']);
            before.strip_suffix(',').map_or(start, str::len)..end
        };
        text.replace_range(range, "");
    }
    file.encoded(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_removed_as_a_whole_word_in_any_case_and_encoding() {
        let text = "Review by m. laurent; M. Laurente; AM. Laurent, M. Laurent";
        let (bytes, count) = name(text.as_bytes(), "M. Laurent").unwrap();
        assert_eq!(count, 2);
        assert_eq!(String::from_utf8(bytes).unwrap(), "Review by [removed]; M. Laurente; AM. Laurent, [removed]");
        let utf_16: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain("Zoë Ø\n".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let (bytes, _) = name(&utf_16, "zoë ø").unwrap();
        let expected: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain("[removed]\n".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(bytes, expected);
        let (bytes, _) = name(b"Zo\xeb done", "Zoë").unwrap();
        assert_eq!(bytes, b"[removed] done");
        assert!(name(b"nobody", "Zo").is_none());
    }

    #[test]
    fn notes_about_a_person_are_deleted_and_other_rows_are_kept() {
        let log = "date,person,text\r\n2026-11-06,A. Osei,\"two\nlines\"\r\n2026-11-07,a. osei,x\r\n2026-11-08,B,A. Osei helped\r\n";
        let (bytes, count) = rows(log.as_bytes(), "A. Osei");
        assert_eq!(count, 2);
        assert_eq!(String::from_utf8(bytes).unwrap(), "date,person,text\r\n2026-11-08,B,A. Osei helped\r\n");
    }

    #[test]
    fn a_member_is_removed_from_the_list() {
        for (before, after) in [
            ("members = [\"A\", \"B. C\", \"D\"]", "members = [\"A\", \"D\"]"),
            ("members = [\"A\", \"B. C\"]", "members = [\"A\"]"),
            ("members = [\"B. C\"]", "members = []"),
            ("members = [\n  \"A\",\n  \"B. C\",\n]", "members = [\n  \"A\",\n  \n]"),
            ("name = \"B. C\"", "name = \"B. C\""),
        ] {
            assert_eq!(String::from_utf8(members(before.as_bytes(), "b. c")).unwrap(), after, "{before}");
        }
    }
}
