//! What could be said in the headline: each fact with its rank, its size, whether it is new, and its sentence.
//!
//! One file a subject; [`super::headline`] ranks and chooses. The patterns are a closed set in the words files.
//! "Unless" is written only from an ask's `if_not`, a reason only from a `reason`.

mod asks;
mod drift;
mod fact;
mod metrics;
mod milestones;
mod quarter;

use super::phrase::Context;
pub(super) use drift::subject as subject_of_drift;
pub(super) use fact::{Fact, Rank, Subject};
use fact::{inside, weight};
pub(super) use milestones::and_stated;

/// Everything that could be said, in the order of the data.
pub(super) fn facts(context: &Context) -> Vec<Fact> {
    let mut facts = Vec::new();
    facts.extend(asks::facts(context));
    facts.extend(milestones::facts(context));
    facts.extend(drift::facts(context));
    facts.extend(metrics::facts(context));
    facts.extend(quarter::facts(context));
    facts
}
