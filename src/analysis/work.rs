//! The structure of the plan: the objectives of this quarter, their milestones with agreed dates, and their tasks.
//! Every number about the plan is computed from it.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use chrono::{Days, NaiveDate};

use super::calendar::{self, Span};
use super::inputs::Inputs;
use crate::team::{About, Agreement, Milestone, MilestoneId, Objective, ObjectiveId, Status, Task, TaskStatus};

/// An objective with its milestones and tasks.
pub(super) struct Work<'a> {
    pub objective: Cow<'a, Objective>,
    /// In agreed order; those without a date last.
    pub milestones: Vec<MilestoneWork<'a>>,
    /// Tasks that name the objective and no milestone.
    pub loose: Vec<&'a Task>,
}

/// A milestone with its tasks.
pub(super) struct MilestoneWork<'a> {
    pub milestone: &'a Milestone,
    /// The original date, moved by agreements.
    pub agreed: Option<NaiveDate>,
    /// Agreed date changes, oldest first: agreed on, new date.
    pub moved: Vec<(NaiveDate, NaiveDate)>,
    pub tasks: Vec<&'a Task>,
    /// Whether it is not another team's.
    pub ours: bool,
}

/// Objectives by quarter.
pub(super) struct Works<'a> {
    pub now: Vec<Work<'a>>,
    /// Objectives of the quarter before.
    pub before: Vec<Work<'a>>,
    /// The quarter before.
    pub last_quarter: Span,
    /// Milestones of all other quarters.
    other: Vec<MilestoneWork<'a>>,
    /// For each milestone of this quarter, the index of its objective, and its own in agreed order.
    places: HashMap<&'a MilestoneId, (usize, usize)>,
    /// For each objective of this quarter and the one before, whether it is in `now` or in `before`, and its index
    /// there.
    objectives: HashMap<ObjectiveId, (bool, usize)>,
}

impl<'a> Works<'a> {
    pub(crate) fn of(inputs: &Inputs<'a>) -> Self {
        let team = inputs.team;
        let mut objectives: Vec<Cow<Objective>> = match inputs.has_only_tasks {
            true => Vec::new(),
            false => team.objectives.iter().map(Cow::Borrowed).collect(),
        };
        if team.milestones.iter().any(|milestone| milestone.objective.is_none()) {
            // Milestones without objective belong to the team itself.
            objectives.push(Cow::Owned(Objective { name: team.name.clone(), ..Objective::default() }));
        }
        let mut tasks = TasksByPlace::of(&team.tasks);
        let quarters = Quarters::of(inputs, &objectives);
        let mut works = Self {
            now: Vec::new(),
            before: Vec::new(),
            last_quarter: quarters.before,
            other: Vec::new(),
            places: HashMap::new(),
            objectives: HashMap::new(),
        };
        let mut by_objective: HashMap<Option<ObjectiveId>, Vec<&'a Milestone>> = HashMap::new();
        for milestone in &team.milestones {
            by_objective.entry(milestone.objective.clone()).or_default().push(milestone);
        }
        let mut agreed = AgreementsByPlace::of(&team.agreements);
        for objective in objectives {
            let id = (!objective.id.as_str().is_empty()).then(|| objective.id.clone());
            let milestones = by_objective.remove(&id).unwrap_or_default().into_iter();
            let mut work = Work {
                milestones: milestones.map(|one| MilestoneWork::of(one, inputs, &mut tasks, &mut agreed)).collect(),
                loose: id.as_ref().map(|id| tasks.loose.remove(id).unwrap_or_default()).unwrap_or_default(),
                objective,
            };
            // An agreement about the objective's date applies to its last milestone.
            let of_objective = id.as_ref().and_then(|id| agreed.of_objectives.remove(id)).unwrap_or_default();
            let last = work.milestones.iter_mut().filter(|it| it.ours).max_by_key(|it| it.agreed);
            if let (Some(last), true) = (last, id.is_some()) {
                last.move_by(of_objective.into_iter());
            }
            work.milestones.sort_by_key(|it| (it.agreed.is_none(), it.agreed, it.milestone.id.clone()));
            match quarters.when(&work) {
                When::Now => {
                    works.other.extend(quarters.take_other_quarters(&mut work));
                    works.now.push(work);
                }
                When::Before => works.before.push(work),
                When::Other => works.other.append(&mut work.milestones),
            }
        }
        for (objective, work) in works.now.iter().enumerate() {
            let places = work.milestones.iter().enumerate().map(|(at, it)| (&it.milestone.id, (objective, at)));
            works.places.extend(places);
        }
        for (is_now, list) in [(true, &works.now), (false, &works.before)] {
            for (place, work) in list.iter().enumerate() {
                works.objectives.entry(work.objective.id.clone()).or_insert((is_now, place));
            }
        }
        works
    }

    /// Returns an objective of this quarter or the one before.
    pub(crate) fn objective(&self, id: &ObjectiveId) -> Option<&Work<'a>> {
        let (is_now, place) = *self.objectives.get(id)?;
        if is_now { self.now.get(place) } else { self.before.get(place) }
    }

    /// Returns the index of an objective of this quarter.
    pub(crate) fn place_of(&self, id: &ObjectiveId) -> Option<usize> {
        self.objectives.get(id).filter(|(is_now, _)| *is_now).map(|(_, place)| *place)
    }

    /// Returns a milestone of this quarter, with the indices of its objective and of itself.
    pub(crate) fn milestone(&self, id: &MilestoneId) -> Option<((usize, usize), &MilestoneWork<'a>)> {
        let place = *self.places.get(id)?;
        Some((place, self.now.get(place.0)?.milestones.get(place.1)?))
    }

    /// Returns the milestones without a lane in this quarter.
    pub(crate) fn elsewhere(&self) -> impl Iterator<Item = &MilestoneWork<'a>> {
        self.before.iter().flat_map(|work| &work.milestones).chain(&self.other)
    }
}

impl<'a> MilestoneWork<'a> {
    fn of(
        milestone: &'a Milestone,
        inputs: &Inputs<'a>,
        tasks: &mut TasksByPlace<'a>,
        agreed: &mut AgreementsByPlace<'a>,
    ) -> Self {
        let team = inputs.team;
        let ours = milestone.owner_team.as_ref().is_none_or(|owner| owner.eq_ignore_ascii_case(&team.name));
        let tasks = tasks.below.remove(&milestone.id).unwrap_or_default();
        let mut work = Self { milestone, agreed: milestone.original, moved: Vec::new(), tasks, ours };
        work.move_by(agreed.of_milestones.remove(&milestone.id).unwrap_or_default().into_iter());
        work
    }

    /// Sets the agreed date: the original, moved only by agreements.
    fn move_by<'b>(&mut self, agreements: impl Iterator<Item = &'b Agreement>) {
        let dates = agreements.filter(|agreement| agreement.what == About::Date);
        self.moved.extend(dates.filter_map(|agreement| Some((agreement.date, agreement.to_date?))));
        self.moved.sort();
        self.agreed = self.moved.last().map(|(_, to)| *to).or(self.agreed);
    }

    /// Returns the planned start of its work.
    pub(crate) fn own_start(&self) -> Option<NaiveDate> {
        self.milestone.start
    }

    /// Whether the start of its work is known: by a plan, or by the dates of its tasks.
    pub(crate) fn has_plan(&self) -> bool {
        let is_dated = |task: &&Task| task.created.or(task.started).or(task.done_on).is_some();
        self.is_planned() || self.tasks.iter().any(is_dated)
    }

    /// Whether it has a plan: its own start, or an agreed date. A due date alone, as epics and lists have it, is not one.
    pub(crate) fn is_planned(&self) -> bool {
        self.milestone.has_baseline || self.own_start().is_some() || !self.moved.is_empty()
    }

    pub(crate) fn is_dropped(&self) -> bool {
        self.milestone.stated == Some(Status::Dropped) && self.milestone.done_on.is_none()
    }

    /// Whether it is reported done: a done date, the status, or a progress of 100 %. Finished tasks alone are not
    /// enough.
    pub(crate) fn is_done(&self) -> bool {
        let milestone = self.milestone;
        // A key result at its target may fall back.
        let typed = milestone.progress.is_some_and(|progress| progress >= 1.0) && milestone.key_result.is_none();
        !self.is_dropped() && (milestone.done_on.is_some() || milestone.stated == Some(Status::Done) || typed)
    }

    /// Returns the day on which it was done, if known.
    pub(crate) fn done_on(&self) -> Option<NaiveDate> {
        self.milestone.done_on
    }

    pub(crate) fn is_open(&self) -> bool {
        !self.is_done() && !self.is_dropped()
    }

    pub(crate) fn open_tasks(&self) -> impl Iterator<Item = &'a Task> {
        self.tasks.iter().copied().filter(|task| is_open(task))
    }

    /// Returns the open tasks that are not paused: the forecast's queue.
    pub(crate) fn queued_tasks(&self) -> impl Iterator<Item = &'a Task> {
        self.tasks.iter().copied().filter(|task| is_queued(task))
    }

    /// Whether all its tasks are done but it is not reported done.
    pub(crate) fn is_only_done_by_tasks(&self) -> bool {
        self.is_open()
            && self.open_tasks().next().is_none()
            && self.tasks.iter().any(|task| task.status == TaskStatus::Done)
    }

    /// Returns the tasks in its scope: no dropped ones, and no open ones of a dropped milestone.
    pub(crate) fn scope(&self) -> impl Iterator<Item = &'a Task> {
        let dropped = self.is_dropped();
        self.tasks.iter().copied().filter(move |task| task.status == TaskStatus::Done || (is_open(task) && !dropped))
    }
}

impl<'a> Work<'a> {
    /// Returns all tasks in the objective's scope, without other teams' milestones.
    pub(crate) fn scope(&self) -> impl Iterator<Item = &'a Task> {
        let ours = self.milestones.iter().filter(|milestone| milestone.ours);
        ours.flat_map(MilestoneWork::scope)
            .chain(self.loose.iter().copied().filter(|it| it.status != TaskStatus::Dropped))
    }

    /// Returns all tasks of the objective, including dropped ones.
    pub(crate) fn tasks(&self) -> impl Iterator<Item = &'a Task> {
        let ours = self.milestones.iter().filter(|milestone| milestone.ours);
        ours.flat_map(|milestone| milestone.tasks.iter()).chain(&self.loose).copied()
    }

    /// Returns our milestones that were not dropped: those that count for progress and plan.
    pub(crate) fn counted(&self) -> impl Iterator<Item = &MilestoneWork<'a>> {
        self.milestones.iter().filter(|milestone| milestone.ours && !milestone.is_dropped())
    }

    /// Whether progress is counted in tasks, because every milestone has some.
    pub(crate) fn is_in_tasks(&self) -> bool {
        let mut any = false;
        let all = self.counted().inspect(|_| any = true).all(|milestone| !milestone.tasks.is_empty());
        if any { all } else { !self.loose.is_empty() }
    }

    /// Returns for each milestone the day from which its work is planned: its own start, else the agreed date of the
    /// one before it, else the quarter's start.
    pub(crate) fn planned_from(&self, quarter_start: NaiveDate) -> Vec<NaiveDate> {
        let mut dates: Vec<NaiveDate> = self.counted().filter_map(|other| other.agreed).collect();
        dates.sort_unstable();
        let before = |milestone: &MilestoneWork| {
            let earlier = dates.partition_point(|other| Some(*other) < milestone.agreed);
            earlier.checked_sub(1).and_then(|last| dates.get(last)).copied()
        };
        let from = |milestone: &MilestoneWork| {
            let otherwise = || before(milestone).unwrap_or(quarter_start).max(quarter_start);
            milestone.own_start().unwrap_or_else(otherwise)
        };
        self.milestones.iter().map(from).collect()
    }
}

pub(super) fn is_open(task: &Task) -> bool {
    matches!(task.status, TaskStatus::Todo | TaskStatus::Doing | TaskStatus::Paused)
}

/// Whether a task is open and not paused.
pub(super) fn is_queued(task: &Task) -> bool {
    is_open(task) && task.status != TaskStatus::Paused
}

/// Agreements by the milestone or objective that they name.
struct AgreementsByPlace<'a> {
    of_milestones: HashMap<&'a MilestoneId, Vec<&'a Agreement>>,
    /// Those that name no milestone.
    of_objectives: HashMap<&'a ObjectiveId, Vec<&'a Agreement>>,
}

impl<'a> AgreementsByPlace<'a> {
    fn of(agreements: &'a [Agreement]) -> Self {
        let mut places = Self { of_milestones: HashMap::new(), of_objectives: HashMap::new() };
        for agreement in agreements {
            match (&agreement.milestone, &agreement.objective) {
                (Some(milestone), _) => places.of_milestones.entry(milestone).or_default().push(agreement),
                (None, Some(objective)) => places.of_objectives.entry(objective).or_default().push(agreement),
                (None, None) => {}
            }
        }
        places
    }
}

/// Tasks that count, by their milestone, or else their objective.
struct TasksByPlace<'a> {
    below: BTreeMap<MilestoneId, Vec<&'a Task>>,
    loose: BTreeMap<ObjectiveId, Vec<&'a Task>>,
}

impl<'a> TasksByPlace<'a> {
    fn of(tasks: &'a [Task]) -> Self {
        let mut places = Self { below: BTreeMap::new(), loose: BTreeMap::new() };
        let mut tasks: Vec<&Task> = tasks.iter().filter(|task| task.counts).collect();
        tasks.sort_by(|one, other| one.key.cmp(&other.key));
        for task in tasks {
            match (&task.milestone, &task.objective) {
                (Some(milestone), _) => places.below.entry(milestone.clone()).or_default().push(task),
                (None, Some(objective)) => places.loose.entry(objective.clone()).or_default().push(task),
                (None, None) => {}
            }
        }
        places
    }
}

enum When {
    Now,
    Before,
    Other,
}

/// Assigns objectives to quarters: by their label, else by the dates of their milestones.
struct Quarters {
    now: Span,
    before: Span,
    now_key: Option<(u8, i32)>,
    before_key: Option<(u8, i32)>,
}

impl Quarters {
    fn of(inputs: &Inputs, objectives: &[Cow<Objective>]) -> Self {
        let starts = inputs.frame.calendar.fiscal_year_starts;
        let now = Span { start: inputs.quarter.start, end: inputs.quarter.end };
        let before = match inputs.frame.quarter {
            // The quarter before a configured one is assumed to be equally long.
            Some((start, _)) if start == now.start => {
                let start = now.start.checked_sub_days(Days::new(now.days().unsigned_abs())).unwrap_or(NaiveDate::MIN);
                Span { start, end: now.start - Days::new(1) }
            }
            _ => calendar::quarter_of(now.start - Days::new(1), starts),
        };
        let key = |span: Span, years: i32| {
            let middle = span.start + Days::new(span.days() as u64 / 2);
            calendar::quarter_key(&calendar::quarter_label(middle, starts))
                .map(|(quarter, year)| (quarter, year - years))
        };
        // A fiscal year is named after its end, unless the objectives name it after its start.
        let keys: Vec<_> = objectives.iter().filter_map(|it| calendar::quarter_key(it.quarter.as_deref()?)).collect();
        let by_end = starts == 1 || keys.iter().any(|named| Some(*named) == key(now, 0));
        let years = if by_end { 0 } else { 1 };
        Self { now, before, now_key: key(now, years), before_key: key(before, years) }
    }

    fn when(&self, work: &Work) -> When {
        if let Some(key) = work.objective.quarter.as_deref().and_then(calendar::quarter_key) {
            return match Some(key) {
                key if key == self.now_key => When::Now,
                key if key == self.before_key => When::Before,
                _ => When::Other,
            };
        }
        let of_before = |milestone: &MilestoneWork| milestone.agreed.is_some_and(|agreed| self.before.contains(agreed));
        if work.milestones.is_empty() || work.milestones.iter().any(|milestone| self.is_of_now(milestone)) {
            When::Now
        } else if work.milestones.iter().any(of_before) {
            When::Before
        } else {
            When::Other
        }
    }

    /// Whether a milestone was not finished before this quarter, and not first planned for after it.
    fn is_of_now(&self, milestone: &MilestoneWork) -> bool {
        let closed_on = milestone.done_on().or(milestone.agreed).filter(|_| !milestone.is_open());
        let ended_before = closed_on.is_some_and(|date| date < self.now.start);
        let dates = [milestone.milestone.original, milestone.agreed, milestone.milestone.due];
        let first = dates.into_iter().flatten().min();
        !ended_before && first.is_none_or(|date| date <= self.now.end) && !self.is_forgotten(milestone)
    }

    /// Whether a milestone was overdue before the last quarter and has not changed since; `week` asks about it.
    fn is_forgotten(&self, milestone: &MilestoneWork) -> bool {
        let since = self.before.start;
        let lately = |date: Option<NaiveDate>| date.is_some_and(|date| date >= since);
        let row = milestone.milestone;
        milestone.is_open()
            && milestone.agreed.is_some_and(|agreed| agreed < since)
            && !lately(row.due)
            && !milestone.moved.iter().any(|(on, _)| lately(Some(*on)))
            && !row.log.iter().any(|row| lately(Some(row.on)))
            && !milestone.tasks.iter().any(|task| [task.created, task.started, task.done_on].into_iter().any(lately))
    }

    /// An objective without a quarter continues from one to the next, with only this quarter's milestones.
    fn take_other_quarters<'a>(&self, work: &mut Work<'a>) -> Vec<MilestoneWork<'a>> {
        if work.objective.quarter.is_some() {
            return Vec::new();
        }
        work.loose.retain(|task| task.done_on.is_none_or(|done| done >= self.now.start));
        work.milestones.extract_if(.., |milestone| !self.is_of_now(milestone)).collect()
    }
}
