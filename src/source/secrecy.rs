//! Words for confidentiality in the headers and cells of exports, in the languages that are read. [`super::mapping`] finds
//! the columns that mark rows by them, [`super::marks`] the rows.

use crate::fold::fold;

/// Folded beginnings of words for confidentiality.
const SECRECY: &[&str] = &[
    "confiden",
    "konfiden",
    "secret",
    "sensitiv",
    "restricted",
    "internal only",
    "private",
    "geheim",
    "streng",
    "vertraulich",
    "privat",
    "intern",
    "privad",
    "reservad",
    "riservat",
    "restring",
    "restreint",
    "vertrouwelijk",
    "poufn",
    "конфиденц",
    "секрет",
    "机密",
    "保密",
    "機密",
    "秘密",
    "비밀",
    "gizli",
    "fortrolig",
    "luottamuks",
    "strict",
    "not share",
    "not for shar",
    "not to be shared",
    "security level",
    "nda",
];

/// Folded beginnings of headers of columns that say how far a row may be seen.
const LEVELS: &[&str] = &[
    "visib",
    "sichtbar",
    "synlig",
    "zichtbaar",
    "widoczn",
    "видимость",
    "sensib",
    "classif",
    "klassif",
    "clasific",
    "klasyfik",
    "access",
    "zugriff",
    "acces",
    "acceso",
    "toegang",
    "audience",
    "privacy",
    "sharing",
    "schutz",
    "sicherheitsstufe",
];

/// Returns whether a header means confidentiality.
pub(super) fn is_named_by(header: &str) -> bool {
    let header = format!(" {} ", fold(header));
    SECRECY.iter().any(|stem| match stem.len() {
        // A short one is a word of its own: "agenda" speaks of nothing secret.
        0..=3 => header.contains(&format!(" {stem} ")),
        _ => header.contains(*stem),
    })
}

/// Returns whether a header announces levels of visibility.
pub(super) fn is_level(header: &str) -> bool {
    let header = format!(" {}", fold(header));
    LEVELS.iter().any(|stem| header.contains(&format!(" {stem}")))
}

/// Returns whether a cell of a column of levels says that its row is confidential: `Strictly confidential`, `Vertraulich`,
/// `Restricted`. What is internal may be seen in the company; a longer text is a remark.
pub(super) fn is_secret(cell: &str) -> bool {
    const MAX_WORDS: usize = 3;
    let folded = fold(cell);
    let is_open = folded.starts_with("intern") && !folded.starts_with("internal only");
    !is_open
        && folded.split(' ').count() <= MAX_WORDS
        && SECRECY.iter().any(|stem| match stem.len() {
            0..=3 => folded == *stem,
            _ => folded.starts_with(stem),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_may_mean_confidentiality_or_a_level_of_it() {
        assert!(["Streng vertraulich?", "HR private", "NDA", "保密"].iter().all(|header| is_named_by(header)));
        assert!(["Agenda", "Owner"].iter().all(|header| !is_named_by(header) && !is_level(header)));
        assert!(["Visibility", "Data classification", "Sichtbarkeit", "Visibilité"].iter().all(|one| is_level(one)));
    }

    #[test]
    fn a_cell_is_secret_by_its_level() {
        let secret = ["Confidential", "strictly confidential", "Streng vertraulich", "RESTRICTED", "private", "機密"];
        assert!(secret.iter().all(|cell| is_secret(cell)));
        let open = ["Public", "Internal", "intern", "", "öffentlich", "private customers of the north ask for it"];
        assert!(open.iter().all(|cell| !is_secret(cell)));
    }
}
