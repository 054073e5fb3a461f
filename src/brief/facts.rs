//! The facts that the headline may state, each with its rank, its size, whether it is new, and its sentence.
//!
//! There is one file for each subject; [`super::headline`] ranks the facts and chooses. The sentence patterns are in
//! the words files. "Unless" is written only from an ask's `if_not`, a reason only from a `reason`.

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
pub(super) use milestones::stated_beside_late;

/// Returns all facts, in the order of the data.
pub(super) fn facts(context: &Context) -> Vec<Fact> {
    let mut facts = Vec::new();
    facts.extend(asks::facts(context));
    facts.extend(milestones::facts(context));
    facts.extend(drift::facts(context));
    facts.extend(metrics::facts(context));
    facts.extend(quarter::facts(context));
    facts
}
