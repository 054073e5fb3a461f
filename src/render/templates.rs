//! The page templates: the built-in ones, and a user's own, which override them by name.
//!
//! A name is the path below `templates/`, such as `pdf/brief.typ` or `html/brief.hbs`. `headsup templates export`
//! writes the built-in templates to files for users to change.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

static PDF: Dir = include_dir!("$CARGO_MANIFEST_DIR/templates/pdf");
static HTML: Dir = include_dir!("$CARGO_MANIFEST_DIR/templates/html");

/// Returns all built-in templates by name, in alphabetical order.
pub(crate) fn built_in() -> BTreeMap<String, &'static str> {
    let files = |folder: &'static str, dir: &'static Dir| {
        dir.files().filter_map(move |file| Some((format!("{folder}/{}", file.path().to_str()?), file.contents_utf8()?)))
    };
    files("pdf", &PDF).chain(files("html", &HTML)).collect()
}

/// Returns the text of a built-in template.
pub(crate) fn built_in_text(name: &str) -> Option<&'static str> {
    let (folder, file) = name.split_once('/')?;
    let dir = match folder {
        "pdf" => &PDF,
        "html" => &HTML,
        _ => return None,
    };
    dir.get_file(file)?.contents_utf8()
}

/// Returns the text of a template: the user's, else the built-in one.
pub(crate) fn find<'a>(own: &'a BTreeMap<String, String>, name: &str) -> Option<&'a str> {
    if let Some(text) = own.get(name) {
        return Some(text);
    }
    built_in_text(name)
}
