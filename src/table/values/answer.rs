//! Words for yes and no in the languages of exports, as in columns of checkboxes. [`crate::table::values::kinds`]
//! counts them, readers of flags use them, and in presets `yes` and `no` stand for all of them.

const YES: [&str; 26] = [
    "yes", "true", "y", "t", "x", "ja", "oui", "si", "sí", "sì", "sim", "tak", "ano", "да", "так", "evet", "kyllä",
    "はい", "是", "예", "네", "✓", "✔", "☑", "checked", "ticked",
];
const NO: [&str; 24] = [
    "no",
    "false",
    "n",
    "f",
    "nein",
    "non",
    "não",
    "nao",
    "nie",
    "nee",
    "nej",
    "nei",
    "нет",
    "ні",
    "hayır",
    "いいえ",
    "否",
    "不是",
    "아니요",
    "아니오",
    "☐",
    "✗",
    "unchecked",
    "unticked",
];

/// Returns whether a trimmed cell says yes or no, or `None` if it says neither.
pub fn answer(cell: &str) -> Option<bool> {
    if cell.len() > "unchecked".len() {
        return None;
    }
    let lower = cell.to_lowercase();
    match lower.as_str() {
        "1" => Some(true),
        "0" => Some(false),
        yes if YES.contains(&yes) => Some(true),
        no if NO.contains(&no) => Some(false),
        _ => None,
    }
}

/// Returns the words with the same answer as a word for yes or no. Digits are left out: as a status, they may be any
/// code.
pub fn same_answer(word: &str) -> &'static [&'static str] {
    match answer(word) {
        Some(true) => &YES,
        Some(false) => &NO,
        None => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::{answer, same_answer};

    #[test]
    fn an_answer_is_yes_or_no() {
        assert_eq!(["TRUE", "Sí", "x", "☑", "Да", "はい", "tak"].map(answer), [Some(true); 7]);
        assert_eq!(["FALSE", "Não", "0", "いいえ", "nej"].map(answer), [Some(false); 5]);
        assert_eq!(["", "done", "not yet", "2"].map(answer), [None; 4]);
        assert!(same_answer("nein").contains(&"☐") && same_answer("done").is_empty());
    }
}
