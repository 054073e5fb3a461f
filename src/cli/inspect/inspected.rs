//! All that is known about a file that `headsup inspect` looks at.

use crate::preset::Recognised;
use crate::problem::Problems;
use crate::table::{Inspection, Profile};
use crate::team::Grain;

/// All that is known about a file.
pub(crate) struct InspectedFile<'a> {
    pub inspection: Inspection,
    pub profiles: Vec<Profile>,
    pub recognised: Option<Recognised<'a>>,
    /// What a row stands for, of metrics.
    pub grain: Grain,
    pub problems: Problems,
}
