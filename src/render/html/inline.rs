//! What is written into the page from here and not from a template: spans, charts, images as data. All of it escaped.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use handlebars::html_escape;
use serde_json::Value;

/// A line of spans. Text in an unforeseen writing direction is isolated, so that it cannot reorder what follows.
pub fn spans(spans: &Value) -> String {
    let mut html = String::new();
    for span in spans.as_array().into_iter().flatten() {
        let text = html_escape(span["text"].as_str().unwrap_or_default());
        let text = if is_right_to_left(&text) { format!("<bdi>{text}</bdi>") } else { text };
        let styled = match span["style"].as_str().unwrap_or_default() {
            "strong" => format!("<strong>{text}</strong>"),
            "emphasis" => format!("<em>{text}</em>"),
            "inserted" => format!("<ins>{text}</ins>"),
            "deleted" => format!("<del>{text}</del>"),
            "warning" => format!("<strong class=\"warning\">{text}</strong>"),
            style @ ("quiet" | "accent" | "badge" | "badgegood") => format!("<span class=\"{style}\">{text}</span>"),
            _ => text,
        };
        match span["href"].as_str().filter(|href| crate::render::is_safe(href)) {
            Some(href) => html += &format!("<a href=\"{}\">{styled}</a>", html_escape(href)),
            None => html += &styled,
        }
    }
    html
}

fn is_right_to_left(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'))
}

/// An SVG in the page: it scales with its box, is one image to a screen reader, and says in words what it shows.
pub fn chart(chart: &Value) -> String {
    let (Some(svg), Some(width), Some(height)) =
        (chart["svg"].as_str(), chart["width"].as_f64(), chart["height"].as_f64())
    else {
        return String::new();
    };
    let Some(start) = svg.find("<svg") else { return String::new() };
    let Some(end) = svg[start..].find('>') else { return String::new() };
    let (opening, drawing) = svg[start..].split_at(end + 1);
    let view_box = attribute(opening, "viewBox").unwrap_or_else(|| format!("0 0 {width} {height}"));
    format!(
        "<svg viewBox=\"{}\" style=\"--w:{width:.1}pt\" role=\"img\" aria-label=\"{}\">{drawing}",
        html_escape(&view_box),
        html_escape(chart["alt"].as_str().unwrap_or_default()),
    )
}

/// The value of an attribute in an opening tag.
fn attribute(opening: &str, name: &str) -> Option<String> {
    let (_, rest) = opening.split_once(&format!(" {name}=\""))?;
    Some(rest.split_once('"')?.0.to_owned())
}

/// An image file as a data URI; None for a kind that browsers and typst do not both know.
pub fn data_uri(name: &str, bytes: &[u8]) -> Option<String> {
    let kind = match name.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "svg" => "image/svg+xml",
        "gif" => "image/gif",
        "webp" => "image/webp",
        _ => return None,
    };
    Some(format!("data:{kind};base64,{}", STANDARD.encode(bytes)))
}
