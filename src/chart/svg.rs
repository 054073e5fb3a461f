//! A plotters backend that writes the SVG of the brief, small and easy to style: default attributes are left out,
//! colours are in lower case because style sheets select on them, consecutive lines with one style become one path, and
//! one group holds the attributes that all shapes and labels share. [`super::sheet`] draws on it.

use std::convert::Infallible;
use std::fmt::{Arguments, Write as _};

use plotters::style::RGBColor;
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, DrawingBackend, DrawingErrorKind};

use super::palette;

/// Closes the group and the SVG.
pub(super) const END: &str = "</g></svg>\n";

/// A canvas; sizes are in pixels.
pub(super) struct Svg<'a> {
    svg: &'a mut String,
    size: (u32, u32),
    /// Path data of the latest lines with one style, which no other shape has followed yet.
    lines: String,
    style: Option<Stroke>,
}

/// Colour, opacity and width of lines.
type Stroke = ((u8, u8, u8), f64, u32);

type Done = Result<(), DrawingErrorKind<Infallible>>;

impl<'a> Svg<'a> {
    /// Starts an SVG; `size` is in pixels, `shown` in points.
    pub(crate) fn new(svg: &'a mut String, size: (u32, u32), shown: (f64, f64)) -> Self {
        let _ = writeln!(
            svg,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}pt\" height=\"{}pt\" viewBox=\"0 0 {} {}\">\
             <g font-family=\"Noto Sans, sans-serif\" stroke-linejoin=\"round\">",
            shown.0, shown.1, size.0, size.1
        );
        Self { svg, size, lines: String::new(), style: None }
    }

    fn add(&mut self, element: Arguments) -> Done {
        self.end_lines();
        let _ = writeln!(self.svg, "{element}");
        Ok(())
    }

    fn end_lines(&mut self) {
        if let Some((rgb, alpha, width)) = self.style.take() {
            let (opacity, colour) = (opacity(alpha), hex(rgb));
            let _ = writeln!(
                self.svg,
                "<path fill=\"none\"{opacity} stroke=\"{colour}\" stroke-width=\"{width}\" d=\"{}\"/>",
                self.lines
            );
            self.lines.clear();
        }
    }
}

impl DrawingBackend for Svg<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Done {
        Ok(())
    }

    /// Finishes the drawing.
    fn present(&mut self) -> Done {
        self.end_lines();
        self.svg.push_str(END);
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, colour: BackendColor) -> Done {
        self.draw_rect((x, y), (x + 1, y + 1), &colour, true)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Done {
        self.draw_path([from, to], style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Done {
        let BackendColor { alpha, rgb } = style.color();
        let path: Vec<BackendCoord> = path.into_iter().collect();
        let Some((first, rest)) = path.split_first().filter(|_| alpha != 0.0) else { return Ok(()) };
        let style = Some((rgb, alpha, style.stroke_width()));
        if style != self.style {
            self.end_lines();
            self.style = style;
        }
        let _ = write!(self.lines, "M{} {}", first.0, first.1);
        let is_closed = rest.len() > 1 && rest.last() == Some(first);
        for step in path.windows(2).take(rest.len() - usize::from(is_closed)) {
            if step[0] != step[1] {
                let _ = write!(self.lines, "l{} {}", step[1].0 - step[0].0, step[1].1 - step[0].1);
            }
        }
        if is_closed {
            self.lines.push('Z');
        }
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        (left, top): BackendCoord,
        (right, bottom): BackendCoord,
        style: &S,
        fill: bool,
    ) -> Done {
        let Some(paint) = paint(style, fill) else { return Ok(()) };
        let (width, height) = (right - left, bottom - top);
        self.add(format_args!("<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\"{paint}/>"))
    }

    fn draw_circle<S: BackendStyle>(&mut self, (x, y): BackendCoord, radius: u32, style: &S, fill: bool) -> Done {
        let Some(paint) = paint(style, fill) else { return Ok(()) };
        let circle = format_args!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"{paint}");
        if fill {
            self.add(format_args!("{circle}/>"))
        } else {
            self.add(format_args!("{circle} stroke-width=\"{}\"/>", style.stroke_width()))
        }
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, corners: I, style: &S) -> Done {
        let Some(paint) = paint(style, true) else { return Ok(()) };
        let mut points = String::new();
        for (x, y) in corners {
            let _ = write!(points, "{}{x},{y}", if points.is_empty() { "" } else { " " });
        }
        self.add(format_args!("<polygon{paint} points=\"{points}\"/>"))
    }
}

/// Returns the attributes of a filled or outlined shape, or `None` if it is invisible.
fn paint(style: &impl BackendStyle, fill: bool) -> Option<String> {
    let BackendColor { alpha, rgb } = style.color();
    let (opacity, colour) = (opacity(alpha), hex(rgb));
    let paint = match fill {
        true => format!("{opacity} fill=\"{colour}\""),
        false => format!("{opacity} fill=\"none\" stroke=\"{colour}\""),
    };
    (alpha != 0.0).then_some(paint)
}

fn opacity(alpha: f64) -> String {
    if alpha == 1.0 { String::new() } else { format!(" opacity=\"{alpha}\"") }
}

fn hex((red, green, blue): (u8, u8, u8)) -> String {
    palette::hex(RGBColor(red, green, blue))
}

#[cfg(test)]
mod tests {
    use plotters::style::{Color as _, ShapeStyle};

    use super::*;
    use crate::chart::palette::{HAIRLINE, INK};

    #[test]
    fn consecutive_lines_become_one_path_without_default_attributes() -> Done {
        let line = |width| ShapeStyle { stroke_width: width, ..ShapeStyle::from(HAIRLINE) };
        let mut drawn = String::new();
        let mut svg = Svg::new(&mut drawn, (100, 50), (10.0, 5.0));
        svg.draw_line((1, 2), (3, 4), &line(5))?;
        svg.draw_path([(9, 9), (8, 9), (8, 9), (8, 8), (9, 9)], &line(5))?;
        svg.draw_line((1, 1), (2, 1), &line(6))?;
        svg.draw_circle((5, 6), 7, &INK.filled(), true)?;
        svg.draw_circle((5, 6), 7, &line(5), false)?;
        svg.draw_rect((1, 2), (4, 4), &INK.mix(0.5), true)?;
        svg.fill_polygon([(1, 2), (3, 4), (5, 6)], &INK.filled())?;
        svg.fill_polygon([(1, 2), (3, 4), (5, 6)], &INK.mix(0.0))?;
        svg.present()?;
        let expected = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10pt\" height=\"5pt\" viewBox=\"0 0 100 50\">\
                        <g font-family=\"Noto Sans, sans-serif\" stroke-linejoin=\"round\">\n\
                        <path fill=\"none\" stroke=\"#d5d9df\" stroke-width=\"5\" d=\"M1 2l2 2M9 9l-1 0l0 -1Z\"/>\n\
                        <path fill=\"none\" stroke=\"#d5d9df\" stroke-width=\"6\" d=\"M1 1l1 0\"/>\n\
                        <circle cx=\"5\" cy=\"6\" r=\"7\" fill=\"#1a1d21\"/>\n\
                        <circle cx=\"5\" cy=\"6\" r=\"7\" fill=\"none\" stroke=\"#d5d9df\" stroke-width=\"5\"/>\n\
                        <rect x=\"1\" y=\"2\" width=\"3\" height=\"2\" opacity=\"0.5\" fill=\"#1a1d21\"/>\n\
                        <polygon fill=\"#1a1d21\" points=\"1,2 3,4 5,6\"/>\n</g></svg>\n";
        assert_eq!(drawn, expected);
        Ok(())
    }
}
