//! Plain data → SVG, by plotters. Pure. Colours come from one palette, text is measured with the brief's own font.
//!
//! [`crate::brief`] fills the inputs with words already in the reader's language; the same shapes and labels stand in the
//! PDF and in the HTML (where style sheets recolour them for dark mode by their palette).

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
