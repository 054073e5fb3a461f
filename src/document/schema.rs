//! Makes JSON Schemas: of the types that TOML files are read into, which [`crate::config`] and [`crate::preset`]
//! validate against, and of the JSON that the program writes.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use schemars::transform::transform_subschemas;

/// Returns the JSON Schema of a TOML file that is read into `T`.
pub(crate) fn schema_of<T: JsonSchema>() -> serde_json::Value {
    SchemaSettings::draft2020_12()
        .with(|settings| settings.inline_subschemas = true)
        .with_transform(without_null)
        .into_generator()
        .into_root_schema_for::<T>()
        .to_value()
}

/// Returns the JSON Schema of the JSON that `T` is written as; a missing value is null there.
pub(crate) fn output_schema_of<T: JsonSchema>() -> serde_json::Value {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>().to_value()
}

/// Removes null from a schema: TOML has no null, so an optional key is only one that is not required.
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
        // One branch is left of an optional type: the type itself.
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
