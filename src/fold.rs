//! Decides when two texts are the same to a person: case, accents, Unicode forms and the signs between words do not
//! count. [`crate::source`] compares the ids of confidential rows this way, [`crate::redact`] the names of people.
//! [`normal`] is the weaker and faster form, for headers, status words and names.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Returns a header or a word in the form in which it is compared: case, blanks, hyphens, underscores and apostrophes
/// do not count.
pub fn normal(text: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    let mut gap = false;
    let mut add = |c: char| match c {
        // The fast path: most characters are ASCII letters and digits.
        'a'..='z' | '0'..='9' if !gap => normal.push(c),
        '\'' | '’' | '\u{feff}' | '"' => {}
        '_' | '-' | '‐' | '–' | '/' | '.' | ':' => gap = true,
        _ if c.is_whitespace() => gap = true,
        _ => {
            if gap && !normal.is_empty() {
                normal.push(' ');
            }
            gap = false;
            normal.push(c);
        }
    };
    for c in text.chars() {
        // The fast path: the lower case of an ASCII letter is one character.
        if c.is_ascii() { add(c.to_ascii_lowercase()) } else { c.to_lowercase().for_each(&mut add) }
    }
    normal
}

/// Returns the folded words of a text with one blank between them: `#HR-Fälle ` becomes `hr falle`. A text without
/// letters and digits is only trimmed.
pub(crate) fn fold(text: &str) -> String {
    let folded = words(text).collect::<Vec<_>>().join(" ");
    if folded.is_empty() { text.trim().to_owned() } else { folded }
}

/// Returns the folded words of a text, in order. Characters that nobody sees (a soft hyphen, a zero-width sign) are
/// dropped.
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> {
    let mut folded = String::with_capacity(text.len());
    if text.is_ascii() {
        let letter = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { ' ' };
        folded.extend(text.chars().map(letter));
        return of_words(&folded).into_iter();
    }
    for c in text.nfkd() {
        match c {
            c if is_combining_mark(c) || is_invisible(c) => {}
            c if c.is_alphanumeric() => match SMALL_CAPITALS.chars().position(|capital| capital == c) {
                Some(at) => folded.extend("abcdefghijklmnoprstuvwyz".chars().nth(at)),
                None => folded.extend(c.to_lowercase()),
            },
            _ => folded.push(' '),
        }
    }
    // This comes after lower-casing, because only the lower-case form of the capital ẞ becomes two letters.
    let folded = folded.replace('ß', "ss").replace('ø', "o").replace('ł', "l").replace('æ', "ae").replace('œ', "oe");
    of_words(&folded).into_iter()
}

fn of_words(folded: &str) -> Vec<String> {
    folded.split(' ').filter(|word| !word.is_empty()).map(with_latin_lookalikes).collect()
}

/// Small capitals of phonetic alphabets for the letters A to Z; Q and X have none.
const SMALL_CAPITALS: &str = "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ";

/// Whether a script has no blanks between words, or joins short words to the next one, as Arabic and Hebrew do.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{06FF}' | '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{20000}'..='\u{2FFFF}')
}

/// Returns a word with Cyrillic and Greek letters that look like Latin ones replaced by these, if it also has Latin
/// letters.
fn with_latin_lookalikes(word: &str) -> String {
    const LOOKALIKES: [&str; 2] = ["аеорсухіјѕһԁԛԝοανικρτυχнвмткβεζημ", "aeopcyxijshdqwoavikptuxhbmtkbezhm"];
    let is_other = |c: char| LOOKALIKES[0].contains(c);
    if word.is_ascii() || !word.chars().any(is_other) || !word.chars().any(|c| c.is_ascii_alphabetic()) {
        return word.to_owned();
    }
    let latin = |c: char| match LOOKALIKES[0].chars().position(|other| other == c) {
        Some(at) => LOOKALIKES[1].chars().nth(at).unwrap_or(c),
        None => c,
    };
    word.chars().map(latin).collect()
}

/// Whether a character has no width or look of its own.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_look_alike_fold_alike() {
        for (one, other) in [
            ("HR", "#hr"),
            (" hr ", "ＨＲ"),
            ("Fälle", "fa\u{308}lle"),
            ("h\u{200B}r", "hr"),
            ("A-01", "a 01"),
            ("Größe", "GROSSE"),
            ("Søren Łuk", "soren luk"),
            ("\u{41e}sei", "osei"),
            ("ʜʀ", "hr"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} and {other}");
        }
        assert_ne!(fold("A-1"), fold("A-11"));
        assert_ne!(fold("1.2"), fold("12"));
        assert_eq!(fold(" — "), "—");
        for c in (0..=0x7f_u8).map(char::from) {
            // Beside a letter that is not ASCII each is taken apart.
            assert_eq!(fold(&format!("a{c}B ①")), fold(&format!("a{c}B")) + " 1", "{c:?}");
        }
    }
}
