//! The small shapes that carry a meaning, as plotters elements. They are drawn, so no font needs to contain them, and
//! each is distinguishable in greyscale.

use std::iter;

use plotters::element::{Drawable, PointCollection};
use plotters::style::{Color, RGBColor, ShapeStyle};
use plotters_backend::{BackendCoord, DrawingBackend, DrawingErrorKind};

use super::palette::PAPER;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A finished milestone.
    Diamond,
    /// An open milestone.
    HollowDiamond,
    Dot,
    Ring,
    /// Action is needed.
    Triangle,
    /// Attention is needed.
    HollowTriangle,
    /// Unknown or not started.
    Dashes,
    /// Strikes through a dropped milestone.
    Slash,
    /// Something is to the left of the picture.
    ArrowLeft,
    /// Something is to the right of the picture.
    ArrowRight,
    /// Something is above the picture.
    ArrowUp,
    /// Something is below the picture.
    ArrowDown,
    /// A date on an axis.
    Tick,
}

/// A form at a position; `radius` is in pixels, from its centre to its edge.
pub(super) struct Shape<C> {
    pub at: C,
    pub form: Form,
    pub radius: i32,
    pub stroke: u32,
    pub colour: RGBColor,
}

impl<'a, C: 'a> PointCollection<'a, C> for &'a Shape<C> {
    type Point = &'a C;
    type IntoIter = iter::Once<&'a C>;

    fn point_iter(self) -> Self::IntoIter {
        iter::once(&self.at)
    }
}

impl<C, DB: DrawingBackend> Drawable<DB> for Shape<C> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        points: I,
        backend: &mut DB,
        _: (u32, u32),
    ) -> Result<(), DrawingErrorKind<DB::ErrorType>> {
        let r = self.radius;
        let filled = self.colour.filled();
        let outline = ShapeStyle { color: self.colour.to_rgba(), filled: false, stroke_width: self.stroke };
        for (x, y) in points {
            let diamond = [(x, y - r), (x + r, y), (x, y + r), (x - r, y)];
            match self.form {
                Form::Diamond => backend.fill_polygon(diamond, &filled)?,
                Form::HollowDiamond => {
                    backend.fill_polygon(diamond, &PAPER)?;
                    backend.draw_path(diamond.into_iter().chain([diamond[0]]), &outline)?;
                }
                Form::Dot => backend.draw_circle((x, y), r.unsigned_abs(), &filled, true)?,
                Form::Ring => {
                    backend.draw_circle((x, y), r.unsigned_abs(), &PAPER, true)?;
                    backend.draw_circle((x, y), r.unsigned_abs(), &outline, false)?;
                }
                Form::Triangle | Form::ArrowUp => {
                    backend.fill_polygon([(x, y - r), (x + r, y + r), (x - r, y + r)], &filled)?
                }
                Form::ArrowDown => backend.fill_polygon([(x, y + r), (x + r, y - r), (x - r, y - r)], &filled)?,
                Form::HollowTriangle => {
                    let corners = [(x, y - r), (x + r, y + r), (x - r, y + r)];
                    backend.fill_polygon(corners, &PAPER)?;
                    backend.draw_path(corners.into_iter().chain([corners[0]]), &outline)?;
                }
                Form::Dashes => {
                    backend.draw_line((x - r, y), (x - r / 4, y), &outline)?;
                    backend.draw_line((x + r / 4, y), (x + r, y), &outline)?;
                }
                Form::Slash => backend.draw_line((x - r, y + r * 3 / 4), (x + r, y - r * 3 / 4), &outline)?,
                Form::ArrowLeft => backend.fill_polygon([(x - r, y), (x + r, y - r), (x + r, y + r)], &filled)?,
                Form::ArrowRight => backend.fill_polygon([(x + r, y), (x - r, y - r), (x - r, y + r)], &filled)?,
                Form::Tick => backend.draw_line((x, y - r), (x, y + r), &outline)?,
            }
        }
        Ok(())
    }
}
