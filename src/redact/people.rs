//! Finds people's names in texts. An ask that names somebody of the team is about that person's wish, training or pay,
//! and is left out of a forwardable copy; so is a doubtful one.

use std::collections::{BTreeSet, HashSet};

use super::likeness::Likeness;
use crate::fold::{fold, is_unspaced, words};
use crate::team::{Ask, Team};

/// Names that are also ordinary words, folded: they count as names only if written like one.
const ORDINARY: &str = " an art as at bank banks bell best bill black brook brown case chase church cook day do drew \
early el field frank grace grant gray green grove hand hill hope in is it jan joy june king la le long love ma man \
mark march may mi mo my no of on or page pat pearl penny price ray rich rob rose royal said si short so star stone su sue \
summer sun sunny to um un us wade ward west white will wood woods young ";

/// Particles of names, folded.
const PARTICLES: &str = " af al auf av bin da das de del den der des di do dos du e el ibn la le les op te ten ter und \
van vom von y zu zum zur ";

/// Words about a person's career, pay or health, folded: an ask with one of them is left out if any of its texts names
/// somebody.
const PERSONAL: &[&str] = &[
    "raise",
    "salary",
    "pay",
    "bonus",
    "promotion",
    "promote",
    "course",
    "training",
    "coaching",
    "mentor",
    "certificate",
    "conference",
    "sabbatical",
    "leave",
    "parental",
    "sick",
    "illness",
    "burnout",
    "dismissal",
    "termination",
    "severance",
    "visa",
    "relocation",
    "retention",
    "counteroffer",
    "performance",
    "review",
    "gehalt",
    "gehaltserhohung",
    "beforderung",
    "kurs",
    "schulung",
    "weiterbildung",
    "elternzeit",
    "krank",
    "kundigung",
    "augmentation",
    "salaire",
    "promotion",
    "formation",
    "cours",
    "conge",
    "maladie",
    "licenciement",
    "aumento",
    "salario",
    "sueldo",
    "ascenso",
    "curso",
    "formacion",
    "baja",
    "despido",
    "promocao",
    "formacao",
    "licenca",
    "doenca",
    "demissao",
];

/// Words that introduce the number of an ask in a note, folded.
const POINTERS: &[&str] = &[
    "ask",
    "asks",
    "id",
    "no",
    "nr",
    "number",
    "see",
    "siehe",
    "anfrage",
    "bitte",
    "voir",
    "demande",
    "ver",
    "solicitud",
    "peticion",
    "pedido",
    "and",
    "und",
    "et",
    "y",
    "e",
];

/// The names of a team's people, and the asks that notes about them refer to.
pub(super) struct People {
    /// Folded parts of names that are not ordinary words.
    parts: HashSet<String>,
    /// Folded parts of names that are also ordinary words.
    ordinary: HashSet<String>,
    /// Folded parts of names without their last vowel, to which languages add the ends of cases.
    declined: HashSet<String>,
    /// Folded names in scripts without blanks between words.
    unspaced: Fragments,
    /// Folded parts of names that are long enough to be found inside an address.
    in_addresses: Fragments,
    /// Ids that a wish may refer to: folded runs of one to four of its words.
    pointed_at: HashSet<String>,
    wishes: Likeness,
}

impl People {
    pub(super) fn of(team: &Team) -> Self {
        let mut names: BTreeSet<&str> = team.members.iter().map(String::as_str).collect();
        names.extend(team.people.iter().map(|note| note.person.as_str()));
        names.extend(team.wins.iter().flat_map(|win| &win.people).map(String::as_str));
        let (mut parts, mut ordinary, mut unspaced) = (HashSet::new(), HashSet::new(), Fragments::default());
        for name in names {
            let has_capital = name.chars().any(char::is_uppercase);
            // A whole name may be written as one word, in either order: AdaOsei, oseiada.
            let whole: Vec<String> = words(name).filter(|word| word.chars().count() > 1).collect();
            if whole.len() > 1 {
                parts.insert(whole.concat());
                parts.insert(whole.into_iter().rev().collect());
            }
            // Parts may also be written as one word: ONeil, MaryJane.
            let joined = name.split_whitespace().map(|part| part.replace(|c: char| !c.is_alphanumeric(), ""));
            let apart = name.split(|c: char| !c.is_alphanumeric()).map(str::to_owned);
            for word in apart.chain(joined).filter(|word| !word.is_empty()) {
                let (word, folded) = (word.as_str(), fold(&word));
                // Initials and particles ("A.", "de", "van der") are too common to name anybody. Where the whole name
                // is in small letters, only known particles are.
                let is_short = word.chars().all(char::is_lowercase) && word.chars().count() < 4;
                let is_particle = is_short && (has_capital || PARTICLES.contains(&format!(" {folded} ")));
                if word.chars().any(is_unspaced) {
                    unspaced.add(&folded);
                } else if folded.chars().count() < 2 || is_particle {
                } else if ORDINARY.contains(&format!(" {folded} ")) {
                    ordinary.insert(folded);
                } else {
                    parts.extend(spellings(word).into_iter().filter(|other| other.chars().count() > 3));
                    parts.insert(folded);
                }
            }
        }
        let wishes: Vec<&str> = team.people.iter().filter_map(|note| note.ask.as_deref()).collect();
        let mut pointed_at = HashSet::new();
        for wish in &wishes {
            pointed_at.extend(references(wish));
        }
        let declined = parts.iter().filter_map(|part| declined(part)).collect();
        let mut in_addresses = Fragments::default();
        parts.iter().filter(|part: &&String| part.chars().count() > 3).for_each(|part| in_addresses.add(part));
        Self { parts, ordinary, declined, unspaced, in_addresses, pointed_at, wishes: Likeness::of(wishes.into_iter()) }
    }

    /// Whether an ask is about a person: a note refers to it, its text or its parties name somebody, or it contains a
    /// word about careers, pay or health and any of its texts names somebody.
    pub(super) fn is_personal(&self, ask: &Ask) -> bool {
        self.pointed_at.contains(&fold(ask.id.as_str()))
            || self.wishes.matches(&ask.text)
            || self.names_anybody(&ask.text)
            || sides_of(ask).into_iter().flatten().any(|side| self.names_anybody(side))
            || (texts(ask).any(|text| words(text).any(|word| PERSONAL.contains(&word.as_str())))
                && texts(ask)
                    .any(|text| self.names_anybody(text) || words(text).any(|word| self.ordinary.contains(&word))))
    }

    /// Whether a text names anybody, by any part of a name, in an inflected form, or in an address.
    pub(super) fn names_anybody(&self, text: &str) -> bool {
        if self.unspaced.is_any_in(&fold(text).replace(' ', "")) {
            return true;
        }
        let is_part = |word: &str| self.parts.contains(word);
        let is_declined = |word: &str| {
            let stems = ENDINGS.iter().filter_map(|ending| word.strip_suffix(ending));
            stems.filter(|stem| stem.chars().count() > 3).any(|stem| self.declined.contains(stem))
        };
        if words(text).any(|word| is_part(&word) || possible_stems(&word).any(is_part) || is_declined(&word)) {
            return true;
        }
        self.is_named_like_a_word(text) || self.is_named_in_an_address(text)
    }

    /// Whether a text has a name that is also an ordinary word, or a short one in another case, with a capital that is
    /// not the start of a sentence: "Will", not "will"; "Anny", not "any".
    fn is_named_like_a_word(&self, text: &str) -> bool {
        if self.ordinary.is_empty() && self.declined.is_empty() {
            return false;
        }
        let is_name = |word: &str| {
            let mut stems = ENDINGS.iter().filter_map(|ending| word.strip_suffix(ending));
            self.ordinary.contains(word) || stems.any(|stem| self.declined.contains(stem))
        };
        let mut begins = true;
        let mut rest = text;
        while let Some(start) = rest.find(char::is_alphanumeric) {
            begins |= rest[..start].contains(['.', '!', '?', ':', '\n', '"', '“', '„', '«']);
            rest = &rest[start..];
            let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            let word = &rest[..end];
            if !begins && word.starts_with(char::is_uppercase) && is_name(&fold(word)) {
                return true;
            }
            begins = false;
            rest = &rest[end..];
        }
        false
    }

    /// Whether an address contains a name: `aosei@example.org` and `@aosei` name Osei.
    fn is_named_in_an_address(&self, text: &str) -> bool {
        let addresses = text.split_whitespace().filter(|word| word.contains('@'));
        addresses.flat_map(words).any(|word| self.in_addresses.is_any_in(&word))
    }
}

/// Returns the ids that a text may refer to: folded runs of one to four of its words. A number is one only after a word
/// that introduces it, or alone.
pub(super) fn references(text: &str) -> Vec<String> {
    let words: Vec<String> = words(text).collect();
    let mut found = Vec::new();
    for from in 0..words.len() {
        for to in from + 1..=(from + 4).min(words.len()) {
            let run = words[from..to].join(" ");
            let is_number = run.chars().all(|c| c.is_ascii_digit() || c == ' ');
            let is_pointer = words.len() == to - from
                || text.contains(&format!("#{run}"))
                || from.checked_sub(1).is_some_and(|before| POINTERS.contains(&words[before].as_str()));
            if !is_number || is_pointer {
                found.push(run);
            }
        }
    }
    found
}

/// Returns the other spellings of a name, folded: Müller as Mueller, and the reverse.
fn spellings(word: &str) -> [String; 2] {
    let typed = [("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("å", "aa"), ("ø", "oe")];
    let lower: String = unicode_normalization::UnicodeNormalization::nfc(word.to_lowercase().as_str()).collect();
    let spelt = typed.iter().fold(lower, |text, (letter, letters)| text.replace(letter, letters));
    let folded = fold(&spelt);
    let bare =
        [("ae", "a"), ("oe", "o"), ("ue", "u")].iter().fold(folded.clone(), |text, (two, one)| text.replace(two, one));
    [folded, bare]
}

/// Ends of cases that replace the last vowel of a name, folded.
const ENDINGS: &[&str] = &[
    "a", "e", "i", "o", "u", "y", "ou", "ie", "ii", "iej", "ej", "oj", "om", "em", "en", "ta", "lle", "а", "е", "и",
    "у", "ю", "я", "ы", "ои", "еи", "ом", "ем", "ии",
];

/// Returns what a folded name of four or more letters keeps in all cases if its last vowel changes: `ann` of `anna`,
/// `virtas` of `virtanen`.
fn declined(name: &str) -> Option<String> {
    if name.chars().count() < 4 {
        return None;
    }
    match name.strip_suffix("nen") {
        Some(stem) => Some(format!("{stem}s")),
        None => name.strip_suffix(|c: char| "aeiouyаеиоуыэюя".contains(c)).map(str::to_owned),
    }
}

/// Returns the words of which a folded word may be an inflected form: `oseis` of `osei`, `владимиру` of `владимир`. Up
/// to three letters are cut if four or more remain, and an s from any word.
fn possible_stems(word: &str) -> impl Iterator<Item = &str> {
    let ends = word.char_indices().rev().take(3).map(|(at, _)| at);
    let s = word.strip_suffix('s');
    ends.map(|at| &word[..at]).filter(|begin| begin.chars().count() >= 4).chain(s)
}

/// Finds any of many texts inside another, in a time that does not depend on their number.
#[derive(Default)]
struct Fragments {
    texts: HashSet<String>,
    /// The distinct lengths of the texts, in characters.
    lengths: BTreeSet<usize>,
}

impl Fragments {
    fn add(&mut self, text: &str) {
        if !text.is_empty() {
            self.lengths.insert(text.chars().count());
            self.texts.insert(text.to_owned());
        }
    }

    fn is_any_in(&self, text: &str) -> bool {
        if self.texts.is_empty() {
            return false;
        }
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        (0..starts.len()).any(|from| {
            let ends = self.lengths.iter().map_while(|length| starts.get(from + length));
            ends.into_iter().any(|end| self.texts.contains(&text[starts[from]..*end]))
        })
    }
}

/// Returns every text of an ask.
fn texts(ask: &Ask) -> impl Iterator<Item = &str> {
    let sides = [&ask.why, &ask.recommendation, &ask.alternative, &ask.if_not, &ask.gives, &ask.amount, &ask.answer];
    sides.into_iter().chain(sides_of(ask)).filter_map(Option::as_deref).chain([ask.text.as_str()])
}

/// Returns the parties of an ask.
fn sides_of(ask: &Ask) -> [&Option<String>; 2] {
    [&ask.needed_from, &ask.we_owe]
}

/// Returns the texts of an ask besides its main text, so that those that name somebody can be removed.
pub(super) fn side_texts(ask: &mut Ask) -> [&mut Option<String>; 7] {
    [
        &mut ask.why,
        &mut ask.recommendation,
        &mut ask.alternative,
        &mut ask.if_not,
        &mut ask.gives,
        &mut ask.amount,
        &mut ask.answer,
    ]
}

#[cfg(test)]
#[path = "people_tests.rs"]
mod tests;
