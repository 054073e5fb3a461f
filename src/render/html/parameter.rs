//! Access to the parameters that a template passes to a helper.

use handlebars::{Helper, PathAndJson, RenderError, RenderErrorReason};
use serde_json::Value;

pub(crate) fn parameter<'a>(helper: &'a Helper, index: usize) -> Result<&'a Value, RenderError> {
    let missing = || RenderErrorReason::ParamNotFoundForIndex("a helper of headsup", index).into();
    helper.param(index).map(PathAndJson::value).ok_or_else(missing)
}
