//! The brief as data, `headsup.brief/2`: every number that the brief prints, unrounded, under the contract's names.
//! What the copy may not show is not in the analysis, so it is not in here. For scripts, and for `batch`.

use serde::Serialize;

use crate::analysis::Analysis;
use crate::brief::Brief;
use crate::problem::{Failure, Problems};
use crate::team::SourceRead;

/// The document; the analysis adds its own fields.
#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    version: &'static str,
    copy: &'static str,
    headline: &'a str,
    summary: &'a [String],
    #[serde(flatten)]
    analysis: serde_json::Map<String, serde_json::Value>,
    sources: &'a [SourceRead],
    problems: &'a Problems,
}

/// Writes the document, indented, with a final line break.
pub fn write(
    brief: &Brief,
    analysis: &Analysis,
    sources: &[SourceRead],
    problems: &Problems,
) -> Result<String, Failure> {
    let fault = |e: serde_json::Error| Failure::Fault(format!("the brief cannot be written as JSON: {e}"));
    let serde_json::Value::Object(mut analysis) = serde_json::to_value(analysis).map_err(fault)? else {
        return Err(Failure::Fault("the analysis is no JSON object".into()));
    };
    // The contract's `since` is the date; whether a 1:1 was recorded then stands beside it.
    if let Some(serde_json::Value::Object(since)) = analysis.remove("since") {
        for (key, value) in since {
            let name = if key == "date" { "since".to_owned() } else { format!("since_{key}") };
            analysis.insert(name, value);
        }
    }
    let document = Document {
        schema: "headsup.brief/2",
        version: env!("CARGO_PKG_VERSION"),
        copy: brief.audience.name(),
        headline: &brief.title,
        summary: &brief.summary,
        analysis,
        sources,
        problems,
    };
    let mut text = serde_json::to_string_pretty(&document).map_err(fault)?;
    text.push('\n');
    Ok(text)
}
