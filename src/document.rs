//! Parses TOML into JSON values and keeps the position of each, so that problems can underline the key of a wrong
//! value. [`crate::config`] and [`crate::preset`] use it.

mod schema;
mod validate;

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::{Map, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

pub(crate) use schema::{output_schema_of, schema_of};
pub(crate) use validate::validate;

use crate::problem::{Excerpt, Place, Problem, Problems};

/// A parsed TOML file. Values are addressed by JSON pointer, as `/source/0/file`.
#[derive(Debug)]
pub(crate) struct Document<'a> {
    shown: &'a str,
    text: &'a str,
    pub value: Value,
    spans: BTreeMap<String, Range<usize>>,
    /// Pointers at and below which no text may be quoted.
    private: &'static [&'static str],
}

impl<'a> Document<'a> {
    /// Parses `text`; `shown` is the file's name in messages. Returns all syntax errors at once.
    pub(crate) fn parse(
        shown: &'a str,
        text: &'a str,
        private: &'static [&'static str],
    ) -> Result<Document<'a>, Problems> {
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut document = Document { shown, text, value: Value::Null, spans: BTreeMap::new(), private };
        let mut problems = Problems::default();
        for error in errors {
            // The line may contain private text, so none of it is shown.
            let place = document.place_of(error.span().unwrap_or(0..0));
            let help = syntax_help(place.excerpt.as_ref().map_or("", |excerpt| excerpt.text.as_str()));
            let problem = Problem::error("bad-toml", format!("this is not TOML: {}", one_line(error.message())));
            problems.push(problem.at(place.unquoted()).help(help));
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        document.value = document.table(table.into_inner(), String::new(), &mut problems);
        if problems.is_empty() { Ok(document) } else { Err(problems) }
    }

    fn table(&mut self, table: DeTable<'_>, pointer: String, problems: &mut Problems) -> Value {
        let mut object = Map::new();
        for (key, value) in table {
            let below = child(&pointer, key.get_ref());
            self.spans.insert(below.clone(), key.span());
            let value = self.value(value, below, problems);
            object.insert(key.into_inner().into_owned(), value);
        }
        Value::Object(object)
    }

    fn value(&mut self, value: Spanned<DeValue<'_>>, pointer: String, problems: &mut Problems) -> Value {
        match value.into_inner() {
            DeValue::String(text) => Value::String(text.into_owned()),
            DeValue::Boolean(flag) => Value::Bool(flag),
            DeValue::Datetime(date) => Value::String(date.to_string()),
            DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
                Ok(number) => Value::from(number),
                Err(_) => self.unusable_number(&pointer, problems),
            },
            DeValue::Float(number) => {
                match number.as_str().parse::<f64>().ok().and_then(serde_json::Number::from_f64) {
                    Some(number) => Value::Number(number),
                    None => self.unusable_number(&pointer, problems),
                }
            }
            DeValue::Array(items) => {
                let mut list = Vec::new();
                for (index, item) in items.into_iter().enumerate() {
                    let below = child(&pointer, &index.to_string());
                    self.spans.insert(below.clone(), item.span());
                    list.push(self.value(item, below, problems));
                }
                Value::Array(list)
            }
            DeValue::Table(table) => self.table(table, pointer, problems),
        }
    }

    fn unusable_number(&self, pointer: &str, problems: &mut Problems) -> Value {
        let message = format!("`{}` is a number that cannot be used", last(pointer));
        problems.push(Problem::error("bad-value", message).at(self.place(pointer)));
        Value::Null
    }

    /// Returns the position of the key (or list item) at `pointer`, or of the nearest written key above it.
    pub(crate) fn place(&self, pointer: &str) -> Place {
        let mut at = pointer;
        loop {
            if let Some(span) = self.spans.get(at) {
                let place = self.place_of(span.clone());
                if self.private.iter().any(|&private| within(pointer, private)) {
                    return place.unquoted();
                }
                return place;
            }
            match at.rfind('/') {
                Some(cut) => at = &at[..cut],
                None => return Place::file(self.shown),
            }
        }
    }

    /// Returns the line and column of a span of bytes, with the line's text and the part to underline.
    fn place_of(&self, span: Range<usize>) -> Place {
        let start = self.text.floor_char_boundary(span.start.min(self.text.len()));
        let end = self.text.ceil_char_boundary(span.end.clamp(start, self.text.len()));
        let line_start = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = self.text[line_start..].find('\n').map_or(self.text.len(), |at| line_start + at);
        let line = self.text[..line_start].matches('\n').count() as u64 + 1;
        let column = self.text[line_start..start].chars().count() as u64 + 1;
        let excerpt = Excerpt {
            text: self.text[line_start..line_end].trim_end_matches('\r').to_owned(),
            start: start - line_start,
            len: end.min(line_end) - start.min(line_end),
        };
        Place { file: self.shown.to_owned(), line, column, excerpt: Some(excerpt) }
    }
}

/// Returns how to correct a line that is not TOML. Looks only at the line's shape, because the line may contain private
/// text.
fn syntax_help(line: &str) -> &'static str {
    let value = line.split_once('=').map_or("", |(_, value)| value).trim();
    let is_text = value.starts_with(['"', '\'']);
    let is_other = value.starts_with(['[', '{', 't', 'f', '+', '-']) || value.starts_with(|c: char| c.is_ascii_digit());
    if value.contains('"') && value.contains('\\') {
        "a Windows path wants single quotes, as in file = 'data\\jira.csv', or forward slashes"
    } else if is_text && value.matches(['"', '\'']).count() == 1 {
        "close the quotes, as in name = \"Curation\""
    } else if !value.is_empty() && !is_text && !is_other {
        "put text in quotes, as in name = \"Curation\""
    } else {
        "a line is key = \"value\", or a heading as [team] or [[source]]"
    }
}

/// Returns the pointer of `key` below `pointer` (RFC 6901).
pub(crate) fn child(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// Returns the last key of a pointer, as the file spells it.
pub(crate) fn last(pointer: &str) -> String {
    pointer.rsplit('/').next().unwrap_or_default().replace("~1", "/").replace("~0", "~")
}

/// Whether `pointer` is `above` or below it; a `*` in `above` matches any one key.
fn within(pointer: &str, above: &str) -> bool {
    let mut keys = pointer.split('/');
    above.split('/').all(|wanted| keys.next().is_some_and(|key| wanted == "*" || key == wanted))
}

fn one_line(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_for_bad_toml_depends_on_the_shape_of_the_line() {
        for (line, help) in [
            (r#"file = "data\jira.csv""#, "a Windows path wants single quotes"),
            (r#"file = ["C:\Users\x.csv"]"#, "a Windows path wants single quotes"),
            ("name = \"Curation", "close the quotes"),
            ("name = Curation", "put text in quotes"),
            ("[[source]", "a line is key"),
        ] {
            let text = format!("[team]\n{line}\n");
            let problems = Document::parse("headsup.toml", &text, &[]).unwrap_err();
            assert!(problems.0[0].help.starts_with(help), "{line}: {}", problems.0[0].help);
            assert_eq!(problems.0[0].place.as_ref().unwrap().line, 2, "{line}");
        }
    }
}
