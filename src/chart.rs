//! Draws charts: turns plain data into SVG with plotters. Pure. All colours come from one palette, and text is measured
//! in the brief's own font.
//!
//! [`crate::brief`] fills the inputs with texts in the reader's language. The PDF and the HTML use the same shapes and
//! labels; the HTML's style sheets recolour them for dark mode by the palette.

mod burnup;
mod finished;
mod input;
mod label;
mod lettering;
pub mod palette;
mod place;
mod shape;
mod sheet;
mod sparkline;
mod svg;
mod timeline;

pub use burnup::burnup;
pub use finished::{Chart, Spot};
pub use input::{
    BurnupInput, Lane, LaneOutcome, Mark, PathLine, SparklineInput, TimelineInput, Tone, Verdict, WeekBar, WeekBars,
};
pub use label::{Label, LabelBox, TextStyle};
pub use lettering::width as text_width;
pub use sparkline::sparkline;
pub use timeline::timeline;
