//! Writes the brief as data, `headsup.brief/2`: every number that the brief prints, unrounded, for scripts and for
//! `batch`. The analysis does not contain what the copy may not show, so the data does not either.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::analysis::Analysis;
use crate::brief::Brief;
use crate::document::output_schema_of;
use crate::problem::{Failure, Problems};
use crate::team::SourceRead;

/// The content of the JSON besides the brief.
#[derive(Debug, Clone, Copy)]
pub struct Data<'a> {
    pub analysis: &'a Analysis,
    pub sources: &'a [SourceRead],
    pub problems: &'a Problems,
}

/// The fields that the brief adds to the analysis.
#[derive(Serialize, JsonSchema)]
struct Head<'a> {
    /// `headsup.brief/1`
    schema: &'static str,
    /// Version of headsup that wrote it.
    version: &'static str,
    copy: &'static str,
    headline: &'a str,
    summary: Vec<String>,
    sources: &'a [SourceRead],
    problems: &'a Problems,
}

/// The whole document.
#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    #[serde(flatten)]
    analysis: Map<String, Value>,
}

/// Returns the JSON Schema of the document.
pub(crate) fn schema() -> Value {
    let (head, mut whole) = (output_schema_of::<Head<'static>>(), output_schema_of::<Analysis>());
    for key in ["properties", "$defs"] {
        let more = head.get(key).and_then(Value::as_object).cloned().unwrap_or_default();
        if let Some(there) = whole.get_mut(key).and_then(Value::as_object_mut) {
            there.extend(more);
        }
    }
    if let Some(properties) = whole.get_mut("properties").and_then(Value::as_object_mut) {
        properties.insert("since".into(), json!({ "type": "string", "format": "date" }));
        properties.insert("since_recorded".into(), json!({ "type": "boolean" }));
        let names: Vec<Value> = properties.keys().cloned().map(Value::String).collect();
        whole["required"] = names.into();
    }
    whole["title"] = "headsup.brief".into();
    whole
}

/// Returns the document, indented, with a final line break.
pub(crate) fn write(brief: &Brief, data: &Data) -> Result<String, Failure> {
    let Data { analysis, sources, problems } = *data;
    let fault = |e: serde_json::Error| Failure::Fault(format!("the brief cannot be written as JSON: {e}"));
    let Value::Object(mut analysis) = serde_json::to_value(analysis).map_err(fault)? else {
        return Err(Failure::Fault("the analysis is no JSON object".into()));
    };
    // In the document, `since` is the date; `since_recorded` says whether a 1:1 was recorded then.
    if let Some(Value::Object(since)) = analysis.remove("since") {
        for (key, value) in since {
            let name = if key == "date" { "since".to_owned() } else { format!("since_{key}") };
            analysis.insert(name, value);
        }
    }
    let head = Head {
        schema: "headsup.brief/2",
        version: env!("CARGO_PKG_VERSION"),
        copy: brief.audience.name(),
        headline: &brief.title,
        summary: brief.sentences(),
        sources,
        problems,
    };
    let document = Document { head, analysis };
    let mut text = serde_json::to_string_pretty(&document).map_err(fault)?;
    text.push('\n');
    Ok(text)
}
