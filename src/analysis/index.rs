//! Indexes a team's rows by the ids that refer to them, so that looking up rows of one table for those of another takes
//! time proportional to the rows, not to their product.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;

use crate::history::Snapshot;
use crate::team::{
    About, Agreement, Ask, AskId, AskStatus, Milestone, MilestoneId, Objective, ObjectiveId, Task, TaskKey, Team,
};

/// Longest chain of carried-over milestones that is followed; a longer one is a cycle in the data.
const MAX_CARRIED: usize = 100;

pub(super) struct Index<'a> {
    team: &'a Team,
    milestones: HashMap<&'a MilestoneId, &'a Milestone>,
    objectives: HashMap<&'a ObjectiveId, &'a Objective>,
    asks: HashMap<&'a AskId, &'a Ask>,
    /// Lower-case ids of all asks.
    ask_ids: HashSet<String>,
    agreements_of_objectives: HashMap<&'a ObjectiveId, Vec<&'a Agreement>>,
    agreements_of_milestones: HashMap<&'a MilestoneId, Vec<&'a Agreement>>,
    /// For each milestone, the last day on which a new date was agreed.
    moved_on: HashMap<&'a MilestoneId, NaiveDate>,
    /// The last day on which everything was confirmed at once.
    pub all_confirmed_on: Option<NaiveDate>,
    granted: HashSet<Granted<'a>>,
    /// Tasks by key, built when first needed.
    tasks: OnceCell<HashMap<&'a TaskKey, &'a Task>>,
    task_names: OnceCell<HashSet<String>>,
}

/// What a granted ask settled: the day, the subject, and its milestone, else its objective, else the whole team.
type Granted<'a> = (NaiveDate, About, Option<&'a MilestoneId>, Option<&'a ObjectiveId>);

impl<'a> Index<'a> {
    pub(crate) fn of(team: &'a Team) -> Self {
        let (mut of_objectives, mut of_milestones) = (HashMap::new(), HashMap::new());
        for agreement in &team.agreements {
            if let Some(id) = &agreement.objective {
                of_objectives.entry(id).or_insert_with(Vec::new).push(agreement);
            }
            if let Some(id) = &agreement.milestone {
                of_milestones.entry(id).or_insert_with(Vec::new).push(agreement);
            }
        }
        let mut moved_on: HashMap<&MilestoneId, NaiveDate> = HashMap::new();
        for agreement in team.agreements.iter().filter(|agreement| agreement.to_date.is_some()) {
            if let Some(id) = &agreement.milestone {
                let last = moved_on.entry(id).or_insert(agreement.date);
                *last = agreement.date.max(*last);
            }
        }
        let about_all = |it: &&Agreement| it.objective.is_none() && it.milestone.is_none();
        let confirmed = team.agreements.iter().filter(|it| it.what == About::Confirm).filter(about_all);
        let granted = team.asks.iter().filter(|ask| ask.status == AskStatus::Granted);
        let granted = granted.filter_map(|ask| Some((ask, ask.answered_on?)));
        Self {
            team,
            milestones: first_by(&team.milestones, |it| &it.id),
            objectives: first_by(&team.objectives, |it| &it.id),
            asks: first_by(&team.asks, |it| &it.id),
            ask_ids: team.asks.iter().map(|ask| ask.id.as_str().to_ascii_lowercase()).collect(),
            agreements_of_objectives: of_objectives,
            agreements_of_milestones: of_milestones,
            moved_on,
            all_confirmed_on: confirmed.map(|it| it.date).max(),
            granted: granted
                .flat_map(|(ask, on)| {
                    ask.about.iter().map(move |about| settled(on, *about, &ask.milestone, &ask.objective))
                })
                .collect(),
            tasks: OnceCell::new(),
            task_names: OnceCell::new(),
        }
    }

    pub(crate) fn milestone(&self, id: &MilestoneId) -> Option<&'a Milestone> {
        self.milestones.get(id).copied()
    }

    pub(crate) fn objective(&self, id: &ObjectiveId) -> Option<&'a Objective> {
        self.objectives.get(id).copied()
    }

    pub(crate) fn ask(&self, id: &AskId) -> Option<&'a Ask> {
        self.asks.get(id).copied()
    }

    /// Whether there is an ask with this id, open or not; case does not count.
    pub(crate) fn has_ask(&self, id: &str) -> bool {
        self.ask_ids.contains(&id.to_ascii_lowercase())
    }

    /// Returns the agreements that name an objective.
    pub(crate) fn agreements_of_objective(&self, id: &ObjectiveId) -> &[&'a Agreement] {
        self.agreements_of_objectives.get(id).map_or(&[], Vec::as_slice)
    }

    /// Returns the agreements that name a milestone.
    pub(crate) fn agreements_of_milestone(&self, id: &MilestoneId) -> &[&'a Agreement] {
        self.agreements_of_milestones.get(id).map_or(&[], Vec::as_slice)
    }

    /// Returns the last day on which a new date was agreed for a milestone.
    pub(crate) fn moved_on(&self, id: &MilestoneId) -> Option<NaiveDate> {
        self.moved_on.get(id).copied()
    }

    /// Whether an agreement only repeats what a granted ask settled on the same day.
    pub(crate) fn repeats_a_granted_ask(&self, agreement: &Agreement) -> bool {
        let Agreement { date, what, milestone, objective, .. } = agreement;
        self.granted.contains(&settled(*date, *what, milestone, objective))
    }

    pub(crate) fn task(&self, key: &TaskKey) -> Option<&'a Task> {
        self.tasks.get_or_init(|| first_by(&self.team.tasks, |task| &task.key)).get(key).copied()
    }

    /// Whether `name` is the key, the parent's key or a label of any task.
    pub(crate) fn names_a_task(&self, name: &str) -> bool {
        let names = || self.team.tasks.iter().flat_map(Task::names).map(str::to_ascii_lowercase).collect();
        self.task_names.get_or_init(names).contains(&name.to_ascii_lowercase())
    }

    /// Returns the first agreed date; for a carried-over milestone, that of the milestone it comes from.
    ///
    /// Worked example: agreed for 4 December, carried from one that was agreed for 30 September: 30 September.
    pub(crate) fn first_original(&self, milestone: &Milestone) -> Option<NaiveDate> {
        let (mut original, mut from) = (milestone.original, milestone.carried_from.as_ref());
        for _ in 0..MAX_CARRIED {
            let Some(earlier) = from.and_then(|id| self.milestone(id)) else { break };
            original = earlier.original.or(original);
            from = earlier.carried_from.as_ref();
        }
        original
    }
}

fn settled<'a>(
    on: NaiveDate,
    about: About,
    milestone: &'a Option<MilestoneId>,
    objective: &'a Option<ObjectiveId>,
) -> Granted<'a> {
    let objective = objective.as_ref().filter(|_| milestone.is_none());
    (on, about, milestone.as_ref(), objective)
}

/// The first row of each id.
fn first_by<'a, T, Id: Eq + std::hash::Hash>(rows: &'a [T], id: impl Fn(&'a T) -> &'a Id) -> HashMap<&'a Id, &'a T> {
    let mut first = HashMap::with_capacity(rows.len());
    for row in rows {
        first.entry(id(row)).or_insert(row);
    }
    first
}

/// The tasks that recorded 1:1s knew in each milestone.
pub(super) struct Ever<'a>(HashMap<&'a MilestoneId, BTreeSet<&'a TaskKey>>);

impl<'a> Ever<'a> {
    pub(crate) fn of(recorded: &[&'a Snapshot]) -> Self {
        let mut ever: HashMap<&MilestoneId, BTreeSet<&TaskKey>> = HashMap::new();
        for (key, at) in recorded.iter().flat_map(|then| &then.tasks) {
            if let Some(milestone) = &at.milestone {
                ever.entry(milestone).or_default().insert(key);
            }
        }
        Self(ever)
    }

    pub(crate) fn in_milestone(&self, id: &MilestoneId) -> Option<&BTreeSet<&'a TaskKey>> {
        self.0.get(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::day;

    #[test]
    fn a_carried_milestone_has_the_first_date_even_in_a_cycle() {
        let milestone = |id: &str, original: &str, from: Option<&str>| Milestone {
            id: id.into(),
            original: Some(day(original)),
            carried_from: from.map(Into::into),
            ..Milestone::default()
        };
        let milestones = vec![
            milestone("c", "2026-12-04", Some("b")),
            milestone("b", "2026-09-30", Some("a")),
            milestone("a", "2026-06-30", None),
            milestone("x", "2026-06-01", Some("y")),
            milestone("y", "2026-07-01", Some("x")),
        ];
        let team = Team { milestones, ..Team::default() };
        let index = Index::of(&team);
        assert_eq!(index.first_original(&team.milestones[0]), Some(day("2026-06-30")));
        assert_eq!(index.first_original(&team.milestones[2]), Some(day("2026-06-30")));
        assert!(index.first_original(&team.milestones[3]).is_some());
    }
}
