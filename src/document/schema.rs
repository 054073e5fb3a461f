//! JSON Schemas: of the types that a TOML file is read into, by which [`crate::config`] and [`crate::preset`] validate, and
//! of what the program writes as JSON.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use schemars::transform::transform_subschemas;

/// The JSON Schema of a TOML file that is written as `T`.
pub(crate) fn schema_of<T: JsonSchema>() -> serde_json::Value {
    SchemaSettings::draft2020_12()
        .with(|settings| settings.inline_subschemas = true)
        .with_transform(without_null)
        .into_generator()
        .into_root_schema_for::<T>()
        .to_value()
}

/// The JSON Schema of what is written as `T`: a value that is missing is null there.
pub(crate) fn output_schema_of<T: JsonSchema>() -> serde_json::Value {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>().to_value()
}

/// TOML has no null: a key that may be left out is one that is not required, nothing more.
fn without_null(schema: &mut schemars::Schema) {
    if let Some(serde_json::Value::Array(types)) = schema.get_mut("type") {
        types.retain(|name| name != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            schema.insert("type".into(), only);
        }
    }
    if let Some(serde_json::Value::Array(words)) = schema.get_mut("enum") {
        words.retain(|word| !word.is_null());
    }
    if let Some(serde_json::Value::Array(branches)) = schema.get_mut("anyOf") {
        branches.retain(|branch| branch.get("type").is_none_or(|name| name != "null"));
        // What is left of an optional type is that type.
        if let [serde_json::Value::Object(only)] = branches.as_slice() {
            let only = only.clone();
            schema.remove("anyOf");
            for (key, value) in only {
                if schema.get(&key).is_none() {
                    schema.insert(key, value);
                }
            }
        }
    }
    transform_subschemas(&mut without_null, schema);
}
