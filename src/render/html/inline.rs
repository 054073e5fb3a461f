//! Writes the parts of the page that no template writes: spans, charts, images as data. All text is escaped.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use handlebars::html_escape;
use serde::Deserialize as _;
use serde_json::Value;

use crate::chart::{Chart, Spot};

/// Returns the HTML of a line of spans.
pub(crate) fn spans(spans: &Value) -> String {
    let mut html = String::new();
    for span in spans.as_array().into_iter().flatten() {
        let text = html_escape(span["text"].as_str().unwrap_or_default());
        let styled = match span["style"].as_str().unwrap_or_default() {
            "strong" => format!("<strong>{text}</strong>"),
            "emphasis" => format!("<em>{text}</em>"),
            "quote" => format!("<blockquote><em>{text}</em></blockquote>"),
            "speaker" => format!("<span class=\"speaker\">{text}</span>"),
            "inserted" => format!("<ins>{text}</ins>"),
            "deleted" => format!("<del>{text}</del>"),
            // The word joiner keeps a shape and its word on one line.
            "shape" => format!("<span class=\"shape {text}\" aria-hidden=\"true\"></span>\u{2060}"),
            "warning" => format!("<strong class=\"warning\">{text}</strong>"),
            style @ ("quiet" | "accent" | "badge" | "badgegood") => format!("<span class=\"{style}\">{text}</span>"),
            _ => text,
        };
        match span["href"].as_str() {
            Some(href) => html += &format!("<a href=\"{}\">{styled}</a>", html_escape(href)),
            None => html += &styled,
        }
    }
    html
}

/// Returns the HTML of a row's cells. With `row_heads` the first cell is the row's heading.
pub(crate) fn cells(row: &Value, columns: &Value, row_heads: &Value) -> String {
    let mut html = String::new();
    for (i, cell) in row["cells"].as_array().into_iter().flatten().enumerate() {
        let cell = spans(cell);
        if i == 0 && row_heads == true {
            html += &format!("<th scope=\"row\">{cell}</th>");
            continue;
        }
        let of_column = |name: &str| html_escape(columns[i][name].as_str().unwrap_or_default());
        // For small screens, which leave out an empty cell and the label of one that is a word: `new`.
        let kind = match row["cells"][i].as_array().map(Vec::as_slice) {
            Some([only]) if only["text"] == "–" => " blank",
            Some([only]) if !only["text"].as_str().is_some_and(|text| text.contains(|c: char| c.is_numeric())) => {
                " word"
            }
            _ => "",
        };
        html += &format!("<td class=\"{}{kind}\" data-label=\"{}\"", of_column("align"), of_column("title"));
        if let Some(key) = row["keys"][i].as_f64() {
            html += &format!(" data-sort=\"{key}\"");
        }
        html += &format!(">{cell}</td>");
    }
    html
}

/// Returns a chart as an SVG that scales with its container and that a screen reader reads as one image with a
/// description.
pub(crate) fn chart(chart: &Value) -> String {
    let Ok(chart) = Chart::deserialize(chart) else { return String::new() };
    let svg = chart.picture();
    let Some((opening, drawing)) = svg.find("<svg").and_then(|start| svg[start + 4..].split_once('>')) else {
        return String::new();
    };
    // The page sets the size; attributes that the shapes inherit are kept.
    let inherited: String = attributes(opening)
        .filter(|(name, _)| !matches!(*name, "xmlns" | "width" | "height" | "style" | "role" | "class"))
        .map(|(name, value)| format!(" {name}=\"{value}\""))
        .collect();
    let said = [&chart.alt, &chart.title].into_iter().find(|text| !text.trim().is_empty());
    let label = html_escape(said.map_or("—", |text| text));
    let drawing = drawing.trim_end();
    let (shapes, end) = drawing.split_at(drawing.rfind("</svg>").unwrap_or(drawing.len()));
    format!("<svg{inherited} role=\"img\" aria-label=\"{label}\">{shapes}{}{end}", spots(&chart.spots))
}

/// Returns invisible rectangles with tooltips for the spots of a chart; the page's script shows them for the keyboard
/// too.
fn spots(spots: &[Spot]) -> String {
    let px = |points: f64| (points * 10.0).round() as i32;
    let spot = |spot: &Spot| {
        let (x, y, width, height) = (px(spot.left), px(spot.top), px(spot.width), px(spot.height));
        let says = html_escape(&spot.says);
        format!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"><title>{says}</title></rect>\n")
    };
    if spots.is_empty() {
        return String::new();
    }
    format!("<g class=\"spots\">\n{}</g>", spots.iter().map(spot).collect::<String>())
}

/// Returns the name and the value, as written, of each attribute of an opening tag.
fn attributes(opening: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut parts = opening.split('"');
    std::iter::from_fn(move || Some((parts.next()?.trim().strip_suffix('=')?, parts.next()?)))
}

/// Returns an image file as a data URI, or `None` for a format that browsers and typst do not both support.
pub(crate) fn data_uri(name: &str, bytes: &[u8]) -> Option<String> {
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
