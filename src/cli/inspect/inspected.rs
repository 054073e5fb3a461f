//! The data that `headsup inspect` collects about a file.

use crate::preset::Recognised;
use crate::problem::Problems;
use crate::table::{Inspection, Profile};
use crate::team::Grain;

/// All that is known about an inspected file.
pub(crate) struct InspectedFile<'a> {
    pub inspection: Inspection,
    pub profiles: Vec<Profile>,
    pub recognised: Option<Recognised<'a>>,
    /// The period that a row of metrics stands for.
    pub grain: Grain,
    pub problems: Problems,
}
