//! Validates a document against a JSON Schema: finds every unknown key, wrong type, missing key and bad value.
//!
//! The schema is the one that `headsup schema` prints, so the accepted and the published form are always the same. Only
//! the parts of JSON Schema that schemars writes are supported.

use serde_json::Value;

use super::{Document, child, last};
use crate::problem::{Problem, Problems, nearest};

/// Returns the document's values without the invalid ones, and a problem for each violation of `schema`.
pub(crate) fn validate(document: &Document<'_>, schema: &Value) -> (Value, Problems) {
    let mut check = Check { document, problems: Problems::default(), wrong: Vec::new() };
    check.value(&document.value, schema, "");
    let mut sound = document.value.clone();
    for pointer in &check.wrong {
        remove(&mut sound, pointer);
    }
    (sound, check.problems)
}

/// Removes the value at `pointer`. A list is removed whole with an invalid item, so that no other item changes its
/// position.
fn remove(value: &mut Value, pointer: &str) {
    let Some(cut) = pointer.rfind('/') else { return };
    match value.pointer_mut(&pointer[..cut]) {
        Some(Value::Object(object)) => {
            object.remove(&last(pointer));
        }
        Some(_) => remove(value, &pointer[..cut]),
        None => {}
    }
}

struct Check<'a> {
    document: &'a Document<'a>,
    problems: Problems,
    /// Pointers of the invalid values.
    wrong: Vec<String>,
}

impl Check<'_> {
    fn value(&mut self, value: &Value, schema: &Value, pointer: &str) {
        if let Some(branches) = schema.get("anyOf").and_then(Value::as_array) {
            return match branches.iter().find(|branch| fits_type(value, branch)) {
                Some(branch) => self.value(value, branch, pointer),
                None => self.wrong_type(value, branches, schema, pointer),
            };
        }
        if !fits_type(value, schema) {
            return self.wrong_type(value, std::slice::from_ref(schema), schema, pointer);
        }
        if let Some(wanted) = schema.get("const").filter(|wanted| *wanted != value) {
            self.bad(pointer, format!("{} is {value}, and only {wanted} is known", named(pointer)), about(schema));
        }
        if let Some(words) = words_of(schema) {
            self.word(value, &words, pointer);
        }
        self.size(value, schema, pointer);
        match value {
            Value::Object(_) => self.object(value, schema, pointer),
            Value::Array(items) => {
                if let Some(each) = schema.get("items") {
                    for (index, item) in items.iter().enumerate() {
                        self.value(item, each, &child(pointer, &index.to_string()));
                    }
                }
            }
            _ => {}
        }
    }

    fn object(&mut self, value: &Value, schema: &Value, pointer: &str) {
        let Some(object) = value.as_object() else { return };
        let none = serde_json::Map::new();
        let known = schema.get("properties").and_then(Value::as_object).unwrap_or(&none);
        let others = schema.get("additionalProperties");
        for (key, value) in object {
            let below = child(pointer, key);
            match (known.get(key), others) {
                (Some(schema), _) => self.value(value, schema, &below),
                (None, Some(Value::Bool(false))) => {
                    let help = match nearest(key, known.keys().map(String::as_str)) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("the keys here are {}", listed(known.keys().map(String::as_str))),
                    };
                    let message = format!("unknown key `{key}`{}", place_words(pointer));
                    self.problems
                        .push(Problem::error("unknown-key", message).at(self.document.place(&below)).help(help));
                }
                (None, Some(each)) => {
                    if let Some(words) = schema.pointer("/propertyNames/enum").and_then(Value::as_array) {
                        self.word(&Value::String(key.clone()), words, &below);
                    }
                    self.value(value, each, &below);
                }
                (None, None) => {}
            }
        }
        for key in schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
            if !object.contains_key(key) {
                let help = known.get(key).map(about).unwrap_or_default();
                let message = format!("`{key}` is missing{}", place_words(pointer));
                self.problems.push(Problem::error("missing-key", message).at(self.document.place(pointer)).help(help));
            }
        }
    }

    fn word(&mut self, value: &Value, words: &[Value], pointer: &str) {
        if words.contains(value) {
            return;
        }
        let words = || words.iter().filter_map(Value::as_str);
        let help = match value.as_str().and_then(|word| nearest(word, words())) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("one of {}", listed(words())),
        };
        self.bad(pointer, format!("{value} is not a word that {} can be", named(pointer)), help);
    }

    fn size(&mut self, value: &Value, schema: &Value, pointer: &str) {
        let bound = |key: &str| schema.get(key).and_then(Value::as_f64);
        let (size, min, max, what) = match value {
            Value::Number(number) => {
                (number.as_f64(), bound("minimum"), bound("maximum").or(format_maximum(schema)), "")
            }
            Value::String(text) => {
                (Some(text.chars().count() as f64), bound("minLength"), bound("maxLength"), " characters long")
            }
            Value::Array(items) => (Some(items.len() as f64), bound("minItems"), bound("maxItems"), " items long"),
            _ => return,
        };
        let Some(size) = size else { return };
        if min.is_some_and(|min| size < min) || max.is_some_and(|max| size > max) {
            let allowed = match (min, max) {
                (Some(min), Some(max)) if min == max => format!("{min}"),
                (Some(min), Some(max)) => format!("from {min} to {max}"),
                (Some(min), None) => format!("at least {min}"),
                (None, max) => format!("at most {}", max.unwrap_or_default()),
            };
            self.bad(pointer, format!("{} must be {allowed}{what}, not {size}", named(pointer)), about(schema));
        }
    }

    fn wrong_type(&mut self, value: &Value, branches: &[Value], schema: &Value, pointer: &str) {
        let wanted: Vec<&str> = branches.iter().map(type_words).collect();
        let message = format!("{} must be {}, not {}", named(pointer), wanted.join(" or "), type_of(value));
        self.wrong.push(pointer.to_owned());
        let problem = Problem::error("wrong-type", message).at(self.document.place(pointer)).help(about(schema));
        self.problems.push(problem);
    }

    fn bad(&mut self, pointer: &str, message: String, help: String) {
        self.wrong.push(pointer.to_owned());
        self.problems.push(Problem::error("bad-value", message).at(self.document.place(pointer)).help(help));
    }
}

/// Returns the words that a value may be. schemars writes them as `enum`, or as `oneOf` if some words have
/// descriptions.
fn words_of(schema: &Value) -> Option<Vec<Value>> {
    let listed = |schema: &Value| match (schema.get("enum"), schema.get("const")) {
        (Some(Value::Array(words)), _) => words.clone(),
        (_, Some(word)) => vec![word.clone()],
        _ => Vec::new(),
    };
    match schema.get("oneOf").and_then(Value::as_array) {
        Some(branches) => Some(branches.iter().flat_map(listed).collect()),
        None => schema.get("enum").map(|_| listed(schema)),
    }
}

/// Returns the largest number that a schema's `format` allows.
fn format_maximum(schema: &Value) -> Option<f64> {
    (schema.get("format")? == "uint32").then(|| f64::from(u32::MAX))
}

fn fits_type(value: &Value, schema: &Value) -> bool {
    let is_date = schema.get("format").and_then(Value::as_str) == Some("date");
    match schema.get("type").and_then(Value::as_str) {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") if is_date => value.as_str().is_some_and(|text| text.parse::<chrono::NaiveDate>().is_ok()),
        Some("string") => value.is_string(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("number") => value.is_number(),
        Some("boolean") => value.is_boolean(),
        _ => true,
    }
}

fn type_words(schema: &Value) -> &'static str {
    match schema.get("type").and_then(Value::as_str) {
        Some("object") => "a table",
        Some("array") => "a list",
        Some("string") if schema.get("format").is_some() => "a date as 2026-11-20",
        Some("string") => "a text in quotes",
        Some("integer") => "a whole number",
        Some("number") => "a number",
        Some("boolean") => "true or false",
        _ => "something else",
    }
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Object(_) => "a table",
        Value::Array(_) => "a list",
        Value::String(_) => "a text",
        Value::Number(number) if number.is_f64() => "a number with decimals",
        Value::Number(_) => "a number",
        Value::Bool(_) => "true or false",
        Value::Null => "nothing",
    }
}

/// Returns the first paragraph of a schema's description, which says how to write the key.
fn about(schema: &Value) -> String {
    let text = schema.get("description").and_then(Value::as_str).unwrap_or_default();
    text.split("\n\n").next().unwrap_or_default().replace('\n', " ").trim_end_matches('.').to_owned()
}

/// Returns how messages name a key; a list item is named by its position.
fn named(pointer: &str) -> String {
    let key = last(pointer);
    match (key.parse::<usize>(), pointer.rfind('/')) {
        (Ok(index), Some(cut)) => format!("item {} of `{}`", index + 1, last(&pointer[..cut])),
        _ => format!("`{key}`"),
    }
}

/// Returns ` in [team]` for the table at `pointer`, or nothing at the top level.
fn place_words(pointer: &str) -> String {
    let keys: Vec<String> = pointer.split('/').skip(1).filter(|key| key.parse::<usize>().is_err()).map(last).collect();
    if keys.is_empty() { String::new() } else { format!(" in [{}]", keys.join(".")) }
}

fn listed<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(", ")
}
