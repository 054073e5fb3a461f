//! Words for confidentiality in the headers and cells of exports, in the languages that are read. [`super::mapping`] finds
//! the columns that mark rows by them, [`super::marks`] the rows.

use crate::fold::{fold, is_unspaced};

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

/// Folded headers of columns by which a tracker restricts who sees an issue.
const RESTRICTIONS: &[&str] = &[
    "security level",
    "visible to",
    "restricted to",
    "sicherheitsstufe",
    "sichtbar fur",
    "niveau de securite",
    "visible pour",
    "nivel de seguridad",
    "visible para",
    "nivel de seguranca",
    "visivel para",
];

/// Folded words for what everybody may see.
const OPEN: &[&str] = &[
    "public",
    "publico",
    "publique",
    "offentlich",
    "open",
    "all",
    "all users",
    "alle",
    "tous",
    "todos",
    "everyone",
    "everybody",
    "anyone",
    "none",
    "no",
    "keine",
    "aucun",
    "aucune",
    "ninguno",
    "nenhum",
];

/// Returns whether a header is that of a tracker's own restriction.
pub(super) fn is_restriction(header: &str) -> bool {
    let header = format!(" {} ", fold(header));
    RESTRICTIONS.iter().any(|name| header.contains(&format!(" {name} ")))
}

/// Returns whether a cell of a tracker's own restriction restricts its row.
pub(super) fn is_restricting(cell: &str) -> bool {
    !OPEN.contains(&fold(cell).as_str()) && !crate::lexicon::is_missing(cell)
}

/// Returns whether a cell of a column of levels says that its row is confidential, by a word anywhere in it: `Strictly
/// confidential`, `4 - Confidential`, `HR only`, `not public`. What is internal may be seen in the company; a longer
/// text is a remark.
pub(super) fn is_secret(cell: &str) -> bool {
    const MAX_WORDS: usize = 6;
    const NOT: &[&str] = &["not", "non", "nicht", "no", "nao", "kein", "keine", "pas", "nie", "ikke", "niet"];
    const ONLY: &[&str] = &["only", "nur", "uniquement", "seulement", "solo", "apenas", "somente", "alleen"];
    let folded = fold(cell);
    let words: Vec<&str> = folded.split(' ').collect();
    if words.len() > MAX_WORDS {
        return false;
    }
    (0..words.len()).any(|at| {
        let (word, rest) = (words[at], words[at..].join(" "));
        let is_negated = at > 0 && NOT.contains(&words[at - 1]);
        let begins = |stem: &&str| match stem.len() {
            0..=3 => word == *stem,
            _ => *stem != "intern" && rest.starts_with(*stem) || word.chars().any(is_unspaced) && word.contains(*stem),
        };
        let is_open = OPEN.contains(&word) || word.starts_with("public");
        let is_restricted = ["classified", "tlp red", "tlp amber"].iter().any(|stem| rest.starts_with(stem))
            || (ONLY.contains(&word) && (at == 0 || words[at - 1] != "read"));
        match is_negated {
            true => is_open,
            false => is_restricted || SECRECY.iter().any(begins),
        }
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
        for cell in [
            "Confidential",
            "strictly confidential",
            "Streng vertraulich",
            "RESTRICTED",
            "private",
            "機密",
            "Highly Confidential",
            "Top secret",
            "Très confidentiel",
            "4 - Confidential",
            "C3 / Confidential",
            "HR only",
            "not public",
            "TLP:RED",
            "Do not share",
        ] {
            assert!(is_secret(cell), "{cell}");
        }
        let open = [
            "Public",
            "Internal",
            "intern",
            "",
            "öffentlich",
            "not confidential",
            "Unrestricted",
            "TLP:GREEN",
            "read only",
        ];
        assert!(open.iter().all(|cell| !is_secret(cell)));
        assert!(!is_secret("private customers of the north ask for it"));
    }

    #[test]
    fn a_tracker_restricts_by_any_name_of_a_group() {
        assert!(
            ["Security Level", "Custom field (Security Level)", "Visible to"].iter().all(|one| is_restriction(one))
        );
        assert!(["Management only", "Leads"].iter().all(|cell| is_restricting(cell)));
        assert!(["Public", "All", "None"].iter().all(|cell| !is_restricting(cell)));
    }
}
