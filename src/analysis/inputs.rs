//! The inputs of every part of the analysis: the team as known at as-of, the dates of the timeframe, and the earlier
//! 1:1s.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::index::{Ever, Index};
use super::snapshot_index::SnapshotIndex;
use super::{Quarter, Since, Timeframe, calendar};
use crate::history::{History, ItemId, Snapshot};
use crate::redact::Audience;
use crate::team::Team;

pub(super) struct Inputs<'a> {
    pub team: &'a Team,
    pub index: Index<'a>,
    pub audience: Audience,
    pub frame: &'a Timeframe,
    /// Recorded 1:1s before as-of, oldest first.
    pub recorded: Vec<&'a Snapshot>,
    /// An index of each recorded 1:1, oldest first, for look-ups by id.
    pub meetings: Vec<SnapshotIndex<'a>>,
    /// For each milestone, the tasks that it had at any recorded 1:1.
    pub ever: Ever<'a>,
    pub since: Since,
    pub quarter: Quarter,
    /// Whether the boss has not seen a brief of this team yet.
    pub first_brief: bool,
    /// What the last recorded brief could show; `None` if that was not recorded, or `--since` names another day.
    pub shown: Option<&'a BTreeSet<ItemId>>,
    /// Whether the team has tasks and no plan.
    pub has_only_tasks: bool,
}

impl<'a> Inputs<'a> {
    pub(crate) fn new(team: &'a Team, audience: Audience, history: &'a History, frame: &'a Timeframe) -> Self {
        let mut recorded: Vec<&Snapshot> =
            history.snapshots.iter().filter(|snapshot| snapshot.as_of < frame.as_of).collect();
        recorded.sort_by_key(|snapshot| snapshot.as_of);
        // A new boss attended none of the earlier 1:1s.
        let shown = recorded.iter().rev().find(|snapshot| team.boss_since.is_none_or(|since| snapshot.as_of >= since));
        let since = match (frame.since, shown) {
            (Some(date), _) => Since { date, recorded: true },
            (None, Some(last)) => Since { date: last.as_of, recorded: true },
            (None, None) => Since { date: frame.as_of - Days::new(7), recorded: false },
        };
        let quarter = calendar::quarter(frame.as_of, frame.quarter, &frame.calendar);
        let first_brief = shown.is_none();
        let last = shown.filter(|last| last.as_of == since.date);
        let items = last.and_then(|last| last.items.as_ref());
        let (index, ever) = (Index::of(team), Ever::of(&recorded));
        let meetings = recorded.iter().map(|then| SnapshotIndex::new(then)).collect();
        Self {
            team,
            index,
            audience,
            frame,
            recorded,
            meetings,
            ever,
            since,
            quarter,
            first_brief,
            shown: items,
            has_only_tasks: has_only_tasks(team),
        }
    }

    pub(crate) fn as_of(&self) -> NaiveDate {
        self.frame.as_of
    }

    /// Returns the 1:1 that news is compared with.
    pub(crate) fn last(&self) -> Option<&'a Snapshot> {
        self.recorded.iter().rev().find(|snapshot| snapshot.as_of <= self.since.date).copied()
    }

    /// Returns the day of the brief before the last. A signal that was first reported after it counts as news in at
    /// most two briefs.
    pub(crate) fn news_after(&self) -> NaiveDate {
        let mut shown = self.recorded.iter().rev().map(|snapshot| snapshot.as_of);
        let before = shown.find(|on| *on < self.since.date).filter(|_| self.since.recorded);
        before.unwrap_or(self.since.date - Days::new(7))
    }
}

/// Whether objectives are named only by tasks. The names are then projects, not agreed objectives.
fn has_only_tasks(team: &Team) -> bool {
    let named = team.wins.iter().map(|it| &it.objective).chain(team.asks.iter().map(|it| &it.objective));
    let mut named = named.chain(team.agreements.iter().map(|it| &it.objective)).flatten();
    team.milestones.is_empty() && team.objectives.iter().all(|it| it.implied) && named.next().is_none()
}
