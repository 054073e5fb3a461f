//! Names with the address that a tool exports beside them: `Name (https://…)`, `[Name](https://…)`, `Name <https://…>`.
//! [`crate::table::Row::text`] keeps the name alone.

use std::borrow::Cow;

/// Returns a text with each name alone, without the address beside it. An address that stands alone stays.
pub(crate) fn without_addresses(text: &str) -> Cow<'_, str> {
    if !text.contains("://") && !text.contains(".md)") {
        return Cow::Borrowed(text);
    }
    let (mut out, mut rest) = (String::new(), text);
    while let Some(at) = rest.find(['(', '<']) {
        let (before, from) = rest.split_at(at);
        out += before;
        match address(from) {
            Some(length) if is_beside_a_name(&out) => {
                name_alone(&mut out);
                rest = &from[length..];
            }
            _ => {
                out += &from[..1];
                rest = &from[1..];
            }
        }
    }
    out += rest;
    let out = out.trim();
    if out.is_empty() || out == text { Cow::Borrowed(text) } else { Cow::Owned(out.to_owned()) }
}

/// Returns the length of the address in brackets with which a text begins, or `None` if it does not begin with one.
fn address(text: &str) -> Option<usize> {
    let (open, close) = if text.starts_with('<') { ('<', '>') } else { ('(', ')') };
    let mut depth = 0;
    let end = text.char_indices().find(|(_, c)| {
        depth += i32::from(*c == open) - i32::from(*c == close);
        depth == 0 || c.is_whitespace()
    });
    let (end, _) = end.filter(|(_, c)| *c == close)?;
    let inside = &text[1..end];
    let is_address = inside.split_once("://").is_some_and(|(scheme, rest)| {
        !scheme.is_empty() && scheme.bytes().all(|b| b.is_ascii_alphanumeric()) && !rest.is_empty()
    });
    // Pages of a wiki that were exported together: `Name (Projects/Name%201a2b.md)`.
    (is_address || inside.ends_with(".md")).then_some(end + 1)
}

/// Returns whether what was read so far ends with a name that an address can belong to.
fn is_beside_a_name(before: &str) -> bool {
    before.trim_end().chars().next_back().is_some_and(|c| !matches!(c, ',' | ';' | '|' | '\n' | ':' | '('))
}

/// Removes the blanks before an address, and the brackets of `[Name]` around the name.
fn name_alone(out: &mut String) {
    if let Some(inner) = out.strip_suffix(']')
        && let Some((before, name)) = inner.rsplit_once('[')
        && !name.is_empty()
    {
        *out = format!("{before}{name}");
        return;
    }
    out.truncate(out.trim_end().len());
}

#[cfg(test)]
mod tests {
    use super::without_addresses;

    #[test]
    fn a_name_stands_without_its_address() {
        for (text, name) in [
            ("Apollo (https://www.notion.so/Apollo-1a2b)", "Apollo"),
            ("Apollo (https://www.notion.so/Apollo-1a2b), Zeus (v2) (https://n.so/Z?pvs=4)", "Apollo, Zeus (v2)"),
            ("[Security](https://jira.example.com/browse/AB-100)", "Security"),
            ("See [the page](https://example.org/A_(b)) first", "See the page first"),
            ("Vertrag <https://wiki.example.de/x/1>", "Vertrag"),
            ("Umbau (Projekte/Umbau%201a2b.md)", "Umbau"),
        ] {
            assert_eq!(without_addresses(text), name);
        }
        for text in
            ["https://example.org", "(https://example.org)", "Read https://example.org", "Phase (two)", "a, (x://y)"]
        {
            assert_eq!(without_addresses(text), text);
        }
    }
}
