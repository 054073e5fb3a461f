//! Checks a logo before it is unpacked or drawn: a few hundred bytes can unpack to gigabytes, and a few SVG elements
//! can take hours to draw. What a logo needs is allowed; everything else is refused, with advice.

use std::collections::HashMap;

use roxmltree::{Document, Node, ParsingOptions};

use crate::problem::{Place, Problem};

/// Largest number of pixels; each takes four bytes when unpacked.
const MAX_PIXELS: usize = 16_000_000;
/// Largest size of an SVG in bytes; a traced photograph is larger than a logo needs to be.
const MAX_SVG_BYTES: usize = 1 << 20;
/// Largest number of elements, attributes and texts in an SVG.
const MAX_NODES: u32 = 50_000;
/// Deepest nesting of elements.
const MAX_DEPTH: usize = 100;
/// Longest side of an SVG, in its own units.
const MAX_SIDE: f64 = 20_000.0;
/// Largest number of elements that draw others again: `use`, patterns, masks, markers, clip paths.
const MAX_REPEATED: usize = 200;

/// Checks that a picture is small enough to unpack and draw. A file that is neither an SVG nor has a size in its header
/// is left to the renderer.
pub(super) fn check(logo: &str, bytes: &[u8]) -> Result<(), Problem> {
    let wrong = |message: String, help: &str| {
        Err(Problem::error("bad-logo", message).at(Place::file(logo)).help(help.to_owned()))
    };
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return wrong("the picture is compressed".to_owned(), "save it as plain SVG, or as PNG");
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(512)]).into_owned();
    let named_svg = logo.rsplit('.').next().is_some_and(|ending| ending.eq_ignore_ascii_case("svg"));
    if named_svg || head.trim_start_matches('\u{feff}').trim_start().starts_with('<') {
        return match svg(bytes) {
            Ok(()) => Ok(()),
            Err(message) => wrong(message, "save it as a simpler SVG, or as PNG with 600 pixels"),
        };
    }
    match imagesize::blob_size(bytes) {
        Ok(size) if size.width.saturating_mul(size.height) > MAX_PIXELS => wrong(
            format!("the picture has {} × {} pixels, more than 16 million", size.width, size.height),
            "save it smaller: on paper a logo takes 600 pixels at the most",
        ),
        _ => Ok(()),
    }
}

/// Checks an SVG; returns what is wrong with it.
fn svg(bytes: &[u8]) -> Result<(), String> {
    if bytes.len() > MAX_SVG_BYTES {
        return Err(format!("the picture has {} bytes; an SVG may have {MAX_SVG_BYTES}", bytes.len()));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| "the picture is not UTF-8".to_owned())?;
    // Nested entities can expand a text without limit, and no logo needs them.
    if text.contains("<!ENTITY") {
        return Err("the picture defines entities".to_owned());
    }
    // Many exports have a doctype without entities, which is harmless.
    let options = ParsingOptions { allow_dtd: true, nodes_limit: MAX_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options)
        .map_err(|error| format!("the picture is not an SVG that can be read: {}", error.pos()))?;
    let root = document.root_element();
    for name in ["width", "height"] {
        let number = root.attribute(name).and_then(|value| leading_number(value));
        if number.is_some_and(|number| !(0.0..=MAX_SIDE).contains(&number)) {
            return Err(format!("the picture's {name} is not between 0 and {MAX_SIDE}"));
        }
    }
    let view: Vec<f64> =
        root.attribute("viewBox").unwrap_or_default().split([' ', ',']).filter_map(leading_number).collect();
    if view.iter().any(|number| number.abs() > MAX_SIDE * 100.0) {
        return Err("the picture's view is too large".to_owned());
    }
    let mut ids: HashMap<&str, Node<'_, '_>> = HashMap::new();
    let mut repeated = 0;
    for (depth, node) in with_depth(root) {
        if depth > MAX_DEPTH {
            return Err(format!("the picture's elements nest more than {MAX_DEPTH} deep"));
        }
        if let Some(id) = node.attribute("id") {
            ids.insert(id, node);
        }
        match node.tag_name().name() {
            name @ ("filter" | "image" | "foreignObject" | "script") => {
                return Err(format!("the picture has a `{name}`, which a logo may not have"));
            }
            "use" | "pattern" | "mask" | "marker" | "clipPath" => repeated += 1,
            _ => {}
        }
    }
    if repeated > MAX_REPEATED {
        return Err(format!("the picture repeats more than {MAX_REPEATED} of its elements"));
    }
    // A repeated element may not contain `use`: ten levels of ten repetitions draw ten thousand million elements.
    let nests = |node: &Node<'_, '_>| {
        let target = node.attributes().find(|it| it.name() == "href").and_then(|it| it.value().strip_prefix('#'));
        let target = target.and_then(|id| ids.get(id));
        target.is_some_and(|target| target.descendants().any(|inner| inner.tag_name().name() == "use"))
    };
    let mut uses = root.descendants().filter(|node| node.tag_name().name() == "use");
    if uses.any(|node| nests(&node)) {
        return Err("the picture repeats what repeats others".to_owned());
    }
    Ok(())
}

/// Returns all elements with their depth, without recursion.
fn with_depth<'a, 'i>(root: Node<'a, 'i>) -> impl Iterator<Item = (usize, Node<'a, 'i>)> {
    let mut todo = vec![(0, root)];
    std::iter::from_fn(move || {
        let (depth, node) = todo.pop()?;
        todo.extend(node.children().filter(Node::is_element).map(|child| (depth + 1, child)));
        Some((depth, node))
    })
}

/// Parses the number at the beginning of a text: `12.5px` as 12.5.
fn leading_number(text: &str) -> Option<f64> {
    let text = text.trim();
    let end = text.find(|c: char| !matches!(c, '0'..='9' | '.' | '-' | '+' | 'e' | 'E')).unwrap_or(text.len());
    text[..end].parse().ok().or_else(|| text[..end].trim_end_matches(['e', 'E']).parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the beginning of a PNG file, with its size in pixels (W3C, PNG specification 11.2.1).
    fn png(width: u32, height: u32) -> Vec<u8> {
        let signature = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR";
        [&signature[..], &width.to_be_bytes(), &height.to_be_bytes(), &[8, 6, 0, 0, 0]].concat()
    }

    #[test]
    fn a_picture_with_too_many_pixels_is_refused_by_its_header() {
        assert!(check("logo.png", &png(4000, 4000)).is_ok());
        let problem = check("logo.png", &png(60_000, 60_000)).unwrap_err();
        assert_eq!((problem.code, problem.place.unwrap().file.as_str()), ("bad-logo", "logo.png"));
        assert!(problem.message.contains("60000 × 60000"), "{}", problem.message);
    }

    #[test]
    fn an_svg_is_drawn_only_if_it_is_simple() {
        let svg = |inner: &str| format!("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{inner}</svg>");
        let doctype = "<?xml version='1.0'?><!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'x.dtd'>";
        for fine in [
            svg(""),
            svg("<g id='a'><path d='M0 0h9'/></g><use href='#a'/>"),
            format!("\u{feff}{doctype}{}", svg("<circle r='3'/>")),
            svg("").replace("'9'", "'100%'"),
        ] {
            assert_eq!(check("l.svg", fine.as_bytes()).map_err(|p| p.message), Ok(()), "{fine}");
        }
        let level = |n: usize| format!("<g id='l{n}'>{}</g>", format!("<use href='#l{}'/>", n - 1).repeat(10));
        for (bomb, why) in [
            (svg("<filter/>"), "`filter`"),
            (svg("<image href='data:image/svg+xml;base64,x'/>"), "`image`"),
            (svg(&"<g>".repeat(200)).replace("</svg>", &("</g>".repeat(200) + "</svg>")), "deep"),
            (svg(&"<g/>".repeat(60_000)), "can be read"),
            (svg("").replace("'9'", "'1e9'"), "width"),
            (svg(&("<g id='l0'/>".to_owned() + &level(1) + &level(2) + "<use href='#l2'/>")), "repeats what"),
            (format!("<!DOCTYPE svg [<!ENTITY a 'aaaa'>]>{}", svg("&a;")), "entities"),
            (svg(&format!("<!-- {} -->", "a".repeat(2 << 20))), "bytes"),
        ] {
            let message = check("l.svg", bomb.as_bytes()).unwrap_err().message;
            assert!(message.contains(why), "{message}");
        }
        // A compressed SVG is refused whatever its extension.
        assert!(check("l.svg", &[0x1f, 0x8b, 8, 0]).unwrap_err().message.contains("compressed"));
    }
}
