//! plotters' SVG → the SVG that the brief carries: the same picture, smaller, and fit to be styled.
//!
//! plotters writes one element a line, with every attribute whether it is a default or not. Here defaults go,
//! colours become lower case (style sheets select on them), runs of lines with one style become one path, and one group
//! holds what all shapes and labels share.

use std::fmt::Write;

/// Closes the group and the SVG.
pub(super) const END: &str = "</g></svg>\n";

/// `size` is in points.
pub(super) fn tidy(raw: &str, size: (f64, f64)) -> String {
    let mut svg = String::with_capacity(raw.len() / 2);
    let mut path = Path::default();
    for element in raw.lines().filter_map(Element::parse) {
        if let Some(data) = element.path_data() {
            path.extend(&element, &data, &mut svg);
            continue;
        }
        path.end(&mut svg);
        match element.name {
            "svg" => {
                let _ = write!(
                    svg,
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}pt\" height=\"{}pt\" viewBox=\"{}\">\
                     <g font-family=\"Noto Sans, sans-serif\" stroke-linejoin=\"round\">",
                    size.0,
                    size.1,
                    element.get("viewBox"),
                );
            }
            name => {
                let _ = write!(svg, "<{name}{}/>", element.attributes_but(&[]));
            }
        }
        svg.push('\n');
    }
    path.end(&mut svg);
    svg.push_str(END);
    svg
}

/// Lines and polylines of one style, as one path.
#[derive(Default)]
struct Path {
    style: String,
    data: String,
}

impl Path {
    fn extend(&mut self, element: &Element, data: &str, svg: &mut String) {
        let style = element.attributes_but(&["x1", "y1", "x2", "y2", "points", "fill"]);
        if style != self.style {
            self.end(svg);
            self.style = style;
        }
        self.data.push_str(data);
    }

    fn end(&mut self, svg: &mut String) {
        if !self.data.is_empty() {
            let _ = writeln!(svg, "<path fill=\"none\"{} d=\"{}\"/>", self.style, self.data);
            self.data.clear();
        }
        self.style.clear();
    }
}

struct Element<'a> {
    name: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
}

impl<'a> Element<'a> {
    /// An opening tag as plotters writes it, alone on its line; none for anything else.
    fn parse(line: &'a str) -> Option<Self> {
        let inner = line.strip_prefix('<')?.trim_end_matches('>').trim_end_matches('/');
        let (name, mut rest) = inner.split_once(' ')?;
        let mut attributes = Vec::new();
        while let Some((key, after)) = rest.split_once("=\"") {
            let (value, next) = after.split_once('"')?;
            attributes.push((key.trim_start(), value));
            rest = next;
        }
        Some(Self { name, attributes })
    }

    fn get(&self, key: &str) -> &'a str {
        self.attributes.iter().find(|(k, _)| *k == key).map_or("", |(_, value)| value)
    }

    /// The points of a line or polyline, as path data; none for other elements.
    fn path_data(&self) -> Option<String> {
        let points: Vec<(i32, i32)> = match self.name {
            "line" => vec![self.point("x1", "y1")?, self.point("x2", "y2")?],
            "polyline" => self.points(),
            _ => return None,
        };
        let (first, rest) = points.split_first()?;
        let closed = rest.len() > 1 && rest.last() == Some(first);
        let mut data = format!("M{} {}", first.0, first.1);
        let mut last = *first;
        for &(x, y) in if closed { &rest[..rest.len() - 1] } else { rest } {
            if (x, y) != last {
                let _ = write!(data, "l{} {}", x - last.0, y - last.1);
            }
            last = (x, y);
        }
        if closed {
            data.push('Z');
        }
        Some(data)
    }

    fn point(&self, x: &str, y: &str) -> Option<(i32, i32)> {
        Some((self.get(x).parse().ok()?, self.get(y).parse().ok()?))
    }

    fn points(&self) -> Vec<(i32, i32)> {
        let pairs = self.get("points").split_whitespace().filter_map(|pair| pair.split_once(','));
        pairs.filter_map(|(x, y)| Some((x.parse().ok()?, y.parse().ok()?))).collect()
    }

    /// What is no default and not among `but`, ready to stand in a tag.
    fn attributes_but(&self, but: &[&str]) -> String {
        let unstroked = self.get("stroke") == "none";
        let mut written = String::new();
        for &(key, value) in &self.attributes {
            let value = value.trim();
            let default = match key {
                "opacity" => value == "1",
                "stroke" => value == "none",
                "stroke-width" => unstroked,
                _ => false,
            };
            if default || but.contains(&key) {
                continue;
            }
            let value = match key {
                "fill" | "stroke" => value.to_lowercase(),
                _ => value.to_string(),
            };
            let _ = write!(written, " {key}=\"{value}\"");
        }
        written
    }
}

#[cfg(test)]
mod tests {
    use super::tidy;

    #[test]
    fn runs_of_lines_become_one_path_and_defaults_go() {
        let raw = "<svg width=\"100\" height=\"50\" viewBox=\"0 0 100 50\" xmlns=\"http://www.w3.org/2000/svg\">\n\
                   <line opacity=\"1\" stroke=\"#D5D9DF\" stroke-width=\"5\" x1=\"1\" y1=\"2\" x2=\"3\" y2=\"4\"/>\n\
                   <polyline fill=\"none\" opacity=\"1\" stroke=\"#D5D9DF\" stroke-width=\"5\" points=\"9,9 8,9 8,8 9,9 \"/>\n\
                   <circle cx=\"5\" cy=\"6\" r=\"7\" opacity=\"1\" fill=\"#1A1D21\" stroke=\"none\" stroke-width=\"1\"/>\n</svg>\n";
        let expected = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10pt\" height=\"5pt\" viewBox=\"0 0 100 50\">\
                        <g font-family=\"Noto Sans, sans-serif\" stroke-linejoin=\"round\">\n\
                        <path fill=\"none\" stroke=\"#d5d9df\" stroke-width=\"5\" d=\"M1 2l2 2M9 9l-1 0l0 -1Z\"/>\n\
                        <circle cx=\"5\" cy=\"6\" r=\"7\" fill=\"#1a1d21\"/>\n</g></svg>\n";
        assert_eq!(tidy(raw, (10.0, 5.0)), expected);
    }
}
