//! The effect of an ask: the forecast if the ask were granted, beside the current forecast.
//!
//! Both forecasts use the same random numbers, and the same rates, shares and arrivals learned from the past. Only the
//! open work differs: the tasks that the ask names are left out, or the tasks that it brings (`gives = "+8 in 2
//! weeks"`, the manager's estimate) are done by others from the day on which it is needed. [`super::asks`] stores the
//! effect with each ask.

use std::cell::{Cell, OnceCell};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::Days;

use super::forecast::{Gift, Remaining};
use super::inputs::Inputs;
use super::sizes::Sizes;
use super::states::{MilestoneState, ObjectiveState};
use super::work::{MilestoneWork, Work};
use super::workload::{Question, Trials};
use crate::team::{About, Ask, MilestoneId, Status, Task};

mod said;

pub use said::{Effect, Moved};
use said::{MIN_ODDS_CHANGE, said};

/// Maximum number of effects that are computed, the most urgent asks first, because each needs its own trials.
const MAX_MEASURED: u32 = 40;
/// Maximum number of rows that are examined to find what asks change, the most urgent asks first. If many asks name
/// very many tasks each, the effects of the less urgent ones are not computed.
const MAX_EXAMINED: usize = 2_000_000;

/// The inputs for the effects of asks.
pub(super) struct Effects<'a> {
    pub inputs: &'a Inputs<'a>,
    pub works: &'a [Work<'a>],
    pub sizes: &'a Sizes,
    /// The current objectives with their forecasts, in the order of `works`.
    pub objectives: &'a [ObjectiveState],
    pub question: &'a Question,
    places: OnceCell<Places<'a>>,
    measured: Cell<u32>,
    examined: Cell<usize>,
}

/// The places of everything that asks may name.
struct Places<'a> {
    /// The milestones that count, by objective.
    milestones: Vec<Vec<&'a MilestoneWork<'a>>>,
    states: HashMap<&'a MilestoneId, &'a MilestoneState>,
    by_id: HashMap<&'a MilestoneId, Place>,
    /// Milestones by lower-case id, name and alias.
    by_name: HashMap<String, Vec<Place>>,
    /// Queued tasks of open milestones, with their index in the milestone, by lower-case key, parent and label.
    tasks: HashMap<String, Vec<(Place, usize, &'a Task)>>,
}

impl<'a> Places<'a> {
    fn of(works: &'a [Work<'a>], objectives: &'a [ObjectiveState]) -> Self {
        let milestones: Vec<Vec<&MilestoneWork>> = works.iter().map(|work| work.counted().collect()).collect();
        let states = objectives.iter().flat_map(|objective| &objective.milestones);
        let mut places = Self {
            states: states.map(|state| (&state.id, state)).collect(),
            by_id: HashMap::new(),
            by_name: HashMap::new(),
            tasks: HashMap::new(),
            milestones,
        };
        for (objective, list) in places.milestones.iter().enumerate() {
            for (milestone, work) in list.iter().enumerate() {
                let place = (objective, milestone);
                places.by_id.entry(&work.milestone.id).or_insert(place);
                for name in names_of(work) {
                    places.by_name.entry(name.to_ascii_lowercase()).or_default().push(place);
                }
                for (number, task) in work.queued_tasks().enumerate().filter(|_| work.is_open()) {
                    for name in task.names() {
                        places.tasks.entry(name.to_ascii_lowercase()).or_default().push((place, number, task));
                    }
                }
            }
        }
        places
    }
}

/// What granting changes: tasks that are left out, and work that others do.
#[derive(Default)]
struct Change<'a> {
    without: Vec<(Place, &'a Task)>,
    gifts: Vec<(Place, Gift)>,
}

/// Index of a milestone's objective, and of the milestone among those that count.
type Place = (usize, usize);

impl Change<'_> {
    fn leaves_out(&self) -> HashSet<*const Task> {
        self.without.iter().map(|(_, task)| std::ptr::from_ref(*task)).collect()
    }
}

impl<'a> Effects<'a> {
    pub(crate) fn new(
        inputs: &'a Inputs<'a>,
        works: &'a [Work<'a>],
        sizes: &'a Sizes,
        objectives: &'a [ObjectiveState],
        question: &'a Question,
    ) -> Self {
        Self {
            inputs,
            works,
            sizes,
            objectives,
            question,
            places: OnceCell::new(),
            measured: Cell::new(0),
            examined: Cell::new(0),
        }
    }

    fn places(&self) -> &Places<'a> {
        self.places.get_or_init(|| Places::of(self.works, self.objectives))
    }

    /// Returns the effect of one ask. `None` if it cannot be computed, or too many were computed already.
    pub(crate) fn of(&self, ask: &Ask, trials: &mut Trials) -> Option<Effect> {
        if self.measured.get() >= MAX_MEASURED || self.examined.get() >= MAX_EXAMINED {
            return None;
        }
        let Some(change) = self.change(ask) else { return self.moved(ask, trials) };
        let place = self.place(ask, &change)?;
        self.measured.set(self.measured.get() + 1);
        self.measure(place, &change, trials)
    }

    /// Returns the effect of an ask that changes no work but agrees to the team's current date for a milestone. Its
    /// tasks stay the same; if it now comes after another milestone, that one is done first.
    fn moved(&self, ask: &Ask, trials: &mut Trials) -> Option<Effect> {
        let (objective, milestone) = *self.places().by_id.get(ask.milestone.as_ref()?)?;
        let state = self.state((objective, milestone)).filter(|_| ask.about.contains(&About::Date))?;
        let (from, to) = state.agreed.zip(state.due).filter(|(from, to)| from < to && *to >= self.inputs.as_of())?;
        let odds_from = state.forecast?.odds.filter(|_| from >= self.inputs.as_of());
        self.measured.set(self.measured.get() + 1);
        let mut question = self.question.clone();
        let milestones = &mut question.objectives[objective].milestones;
        let mut moved = milestones.remove(milestone);
        moved.agreed = Some(to);
        let id = |place: usize| &self.places().milestones[objective][place].milestone.id;
        let after = |(place, other): (usize, &Remaining)| {
            let place = if place < milestone { place } else { place + 1 };
            (other.agreed.is_none(), other.agreed, id(place)) > (false, Some(to), id(milestone))
        };
        let at = milestones.iter().enumerate().position(after).unwrap_or(milestones.len());
        milestones.insert(at, moved);
        let after = trials.of(question.only((objective, at))).get(objective)?.milestones.get(at).copied()??;
        let odds_to = super::workload::as_known(self.inputs, after).odds.filter(|_| state.hold.is_none())?;
        let is_stated = odds_from.is_none_or(|odds_from| odds_to - odds_from >= MIN_ODDS_CHANGE);
        is_stated.then(|| Effect {
            milestone: state.id.clone(),
            p50_from: None,
            p50_to: None,
            p85_from: None,
            p85_to: None,
            odds_from: None,
            odds_to: None,
            without: 0,
            brings: None,
            moved: Some(Moved { from, to, odds_from, odds_to }),
        })
    }

    /// Returns the joint effect of several asks, on the milestone that the first of them moves.
    pub(crate) fn of_all(&self, asks: &[&Ask], trials: &mut Trials) -> Option<Effect> {
        let mut all = Change::default();
        let mut named = HashSet::new();
        let mut place = None;
        for ask in asks {
            let Some(change) = self.change(ask) else { continue };
            place = place.or_else(|| self.place(ask, &change));
            for (at, task) in change.without {
                // Two asks may name the same task.
                if named.insert(std::ptr::from_ref(task)) {
                    all.without.push((at, task));
                }
            }
            all.gifts.extend(change.gifts);
        }
        self.measure(place?, &all, trials)
    }

    /// Returns `None` if an ask changes no open work, or changes work that not every copy may show.
    fn change(&self, ask: &Ask) -> Option<Change<'a>> {
        let mut change = Change::default();
        // In the order of milestones and their tasks; a task with several matching names is included once.
        let mut named = BTreeMap::new();
        let places = self.places();
        let of_milestone = |place: &Place| {
            let (place, milestone) = (*place, places.milestones[place.0][place.1]);
            let tasks = milestone.queued_tasks().enumerate().filter(|_| milestone.is_open());
            tasks.map(move |(number, task)| ((place, number), task))
        };
        named.extend(self.dropped(ask).iter().flat_map(of_milestone));
        for name in self.names(ask) {
            let name = name.to_ascii_lowercase();
            named.extend(places.by_name.get(&name).into_iter().flatten().flat_map(of_milestone));
            let tasks = places.tasks.get(&name).into_iter().flatten();
            named.extend(tasks.map(|(place, number, task)| ((*place, *number), *task)));
        }
        self.examine(named.len());
        change.without = named.into_iter().map(|((place, _), task)| (place, task)).collect();
        if change.without.iter().any(|(_, task)| task.confidential || task.withheld) {
            return None;
        }
        if let Some((work, weeks)) = ask.gives.as_deref().and_then(parse_gift) {
            let now = self.question.now();
            let from = ask.needed_by.map_or(now + Days::new(1), |day| day.max(now + Days::new(1)));
            let until = from + Days::new(7 * weeks - 1);
            let gift = Gift { work: work * self.sizes.unit(), from, until };
            change.gifts.push((self.place(ask, &change)?, gift));
        }
        (!change.without.is_empty() || !change.gifts.is_empty()).then_some(change)
    }

    /// Returns the milestone that an ask wants to drop: the ask is about `drop` and names no tasks. The text of the ask
    /// is not interpreted.
    fn dropped(&self, ask: &Ask) -> Option<Place> {
        let milestone = ask.milestone.as_ref().filter(|_| ask.tasks.is_empty() && ask.about.contains(&About::Drop))?;
        self.places().by_id.get(milestone).copied()
    }

    /// Returns keys and labels of the tasks that an ask removes: its own; for an ask about scope without any, those
    /// that an agreement about the same scope gives up (`from`).
    fn names(&self, ask: &Ask) -> Vec<String> {
        if !ask.tasks.is_empty() || !ask.about.contains(&About::Scope) {
            return ask.tasks.clone();
        }
        self.examine(self.inputs.team.agreements.len());
        let concerns = |milestone: &Option<MilestoneId>| ask.milestone.is_none() || *milestone == ask.milestone;
        let agreements = self.inputs.team.agreements.iter().filter(|agreement| {
            agreement.what == About::Scope && agreement.objective == ask.objective && concerns(&agreement.milestone)
        });
        let given_up = agreements.filter_map(|agreement| agreement.from.as_deref());
        given_up
            .flat_map(|from| from.split([',', ';', '\n']))
            .map(|name| name.trim().to_owned())
            .filter(|name| !name.is_empty())
            .collect()
    }

    /// Returns the milestone that an ask is about: the one it names, or the next one with work left; else the earliest
    /// one off pace of its objective, of the objectives of its tasks, or of all.
    fn place(&self, ask: &Ask, change: &Change) -> Option<Place> {
        let (milestones, leaves_out) = (&self.places().milestones, change.leaves_out());
        let named = ask.milestone.as_ref().and_then(|id| self.places().by_id.get(id));
        if let Some((objective, milestone)) = named {
            let mut after = (*milestone..milestones[*objective].len()).map(|place| (*objective, place));
            return after.find(|place| self.is_left(*place, &leaves_out));
        }
        self.examine(self.places().by_id.len());
        let touched: BTreeSet<usize> = change.without.iter().map(|((objective, _), _)| *objective).collect();
        let of_ask = |objective: usize| match &ask.objective {
            Some(id) => self.works[objective].objective.id == *id,
            None => touched.is_empty() || touched.contains(&objective),
        };
        let off_pace = |place: &Place| {
            let state = self.state(*place);
            state.is_some_and(|state| matches!(state.status, Status::Late | Status::AtRisk))
        };
        let objectives = (0..milestones.len()).filter(|objective| of_ask(*objective));
        let places = objectives.flat_map(|objective| (0..milestones[objective].len()).map(move |at| (objective, at)));
        places.filter(|place| off_pace(place) && self.is_left(*place, &leaves_out)).min_by_key(|place| {
            let agreed = self.state(*place).and_then(|state| state.agreed);
            (agreed.is_none(), agreed)
        })
    }

    fn examine(&self, rows: usize) {
        self.examined.set(self.examined.get() + rows);
    }

    /// Whether a milestone still has open work after the change.
    fn is_left(&self, (objective, milestone): Place, leaves_out: &HashSet<*const Task>) -> bool {
        let milestone = self.places().milestones[objective][milestone];
        milestone.is_open() && milestone.queued_tasks().any(|task| !leaves_out.contains(&std::ptr::from_ref(task)))
    }

    fn state(&self, (objective, milestone): Place) -> Option<&'a MilestoneState> {
        let places = self.places();
        places.states.get(&places.milestones[objective][milestone].milestone.id).copied()
    }

    fn measure(&self, place: Place, change: &Change, trials: &mut Trials) -> Option<Effect> {
        let state = self.state(place)?;
        let before = state.forecast?;
        let mut question = self.question.clone();
        for ((objective, milestone), task) in &change.without {
            let open = &mut question.objectives[*objective].milestones[*milestone].open;
            *open = (*open - self.sizes.of(task)).max(0.0);
        }
        for ((objective, milestone), gift) in &change.gifts {
            let gifts = &mut question.objectives[*objective].milestones[*milestone].gift;
            let both = gifts.map_or(*gift, |other| Gift {
                work: other.work + gift.work,
                from: other.from.min(gift.from),
                until: other.until.max(gift.until),
            });
            *gifts = Some(both);
        }
        let after = trials.of(question.only(place)).get(place.0)?.milestones.get(place.1).copied()??;
        let after = super::workload::as_known(self.inputs, after);
        let after = state.hold.as_ref().map_or(after, |hold| hold.expected(Some(after), self.inputs.as_of()));
        let mut effect = said(&state.id, state.agreed, self.inputs.as_of(), &before, &after)?;
        effect.without = change.without.len() as u32;
        effect.brings = (!change.gifts.is_empty())
            .then(|| change.gifts.iter().map(|(_, gift)| gift.work).sum::<f64>() / self.sizes.unit());
        Some(effect)
    }
}

/// Returns the names by which an ask may refer to a milestone; none if the copy may not name it.
fn names_of<'a>(work: &MilestoneWork<'a>) -> impl Iterator<Item = &'a str> {
    let milestone = work.milestone;
    let names = milestone.aliases.iter().map(String::as_str).chain([milestone.id.as_str(), &milestone.name]);
    names.filter(|_| !milestone.withheld)
}

/// Parses tasks and weeks of a text such as `+8 in 2 weeks`; `None` for any other text.
fn parse_gift(text: &str) -> Option<(f64, u64)> {
    let words: Vec<&str> = text.trim().trim_start_matches('+').split_whitespace().collect();
    let (tasks, rest) = words.split_first()?;
    // One word may be between number and preposition: "+8 tasks in 2 weeks".
    let at = rest.iter().position(|word| ["in", "en", "em"].contains(word)).filter(|at| *at <= 1)?;
    let [weeks, unit] = rest[at + 1..] else { return None };
    let is_weeks = ["week", "woche", "semaine", "semana"].iter().any(|word| unit.to_lowercase().starts_with(word));
    let (tasks, weeks) = (tasks.parse::<f64>().ok()?, weeks.parse::<u64>().ok()?);
    (is_weeks && (0.0..=10_000.0).contains(&tasks) && tasks > 0.0 && (1..=104).contains(&weeks))
        .then_some((tasks, weeks))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tasks_in_weeks_are_parsed_as_a_gift() {
        for text in ["+8 in 2 weeks", "8 in 2 weeks", "+8 tasks in 2 weeks", "+8 in 2 Wochen", "+8 en 2 semaines"] {
            assert_eq!(parse_gift(text), Some((8.0, 2)), "{text}");
        }
        for text in
            ["", "8", "two developers", "+8 in two weeks", "8 more in 2 months", "+0 in 2 weeks", "-3 in 1 week"]
        {
            assert_eq!(parse_gift(text), None, "{text}");
        }
    }
}
