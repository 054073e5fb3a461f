//! Yes and no, in the languages that exports come in: what stands in a column of boxes to tick. [`super::kinds`] counts
//! them; readers of flags ask for one.

const YES: [&str; 17] =
    ["yes", "true", "1", "y", "t", "x", "ja", "oui", "si", "sí", "sim", "да", "✓", "✔", "☑", "checked", "ticked"];
const NO: [&str; 13] = ["no", "false", "0", "n", "f", "nein", "non", "não", "nao", "нет", "☐", "unchecked", "unticked"];

/// Whether a trimmed cell says yes or no; None if it says neither.
pub fn answer(cell: &str) -> Option<bool> {
    if cell.len() > "unchecked".len() {
        return None;
    }
    let lower = cell.to_lowercase();
    match lower.as_str() {
        yes if YES.contains(&yes) => Some(true),
        no if NO.contains(&no) => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::answer;

    #[test]
    fn an_answer_is_yes_or_no() {
        assert_eq!(["TRUE", "Sí", "x", "☑", "Да"].map(answer), [Some(true); 5]);
        assert_eq!(["FALSE", "Não", "0"].map(answer), [Some(false); 3]);
        assert_eq!(["", "done", "not yet", "2"].map(answer), [None; 4]);
    }
}
