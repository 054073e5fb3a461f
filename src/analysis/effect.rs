//! What an ask buys: the forecast as it would be if the ask were granted, beside the forecast as it is.
//!
//! The trials are the same, and so are the rates, shares and arrivals that the past teaches. What changes is the open
//! work: the tasks that the ask names are left out, or tasks that it brings (`gives = "+8 in 2 weeks"`, the manager's
//! estimate) are done by others from the day on which it is needed. [`super::asks`] puts the effect beside each ask.

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
use said::{LEAST_ODDS, said};

/// Effects that are measured, the most urgent asks first: each takes trials of its own.
const MOST_MEASURED: u32 = 40;
/// Rows that are looked at to find what asks change, the most urgent asks first: if many asks name very many tasks
/// each, the effects of the less urgent asks are not computed.
const MOST_LOOKED_AT: usize = 2_000_000;

/// What the effects of asks are computed from.
pub(super) struct Effects<'a> {
    pub inputs: &'a Inputs<'a>,
    pub works: &'a [Work<'a>],
    pub sizes: &'a Sizes,
    /// The objectives as they stand, with their forecasts; by position those of `works`.
    pub objectives: &'a [ObjectiveState],
    pub question: &'a Question,
    places: OnceCell<Places<'a>>,
    measured: Cell<u32>,
    looked_at: Cell<usize>,
}

/// What asks may name, by where it stands.
struct Places<'a> {
    /// The milestones that count, by objective.
    milestones: Vec<Vec<&'a MilestoneWork<'a>>>,
    states: HashMap<&'a MilestoneId, &'a MilestoneState>,
    by_id: HashMap<&'a MilestoneId, Place>,
    /// By lower-case id, name and alias.
    by_name: HashMap<String, Vec<Place>>,
    /// The queued tasks of open milestones, by lower-case key, parent and label: with their number in the milestone.
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

/// What granting changes: tasks to leave out, and work that others do.
#[derive(Default)]
struct Change<'a> {
    without: Vec<(Place, &'a Task)>,
    gifts: Vec<(Place, Gift)>,
}

/// A milestone by its objective's position and its own among those that count.
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
            looked_at: Cell::new(0),
        }
    }

    fn places(&self) -> &Places<'a> {
        self.places.get_or_init(|| Places::of(self.works, self.objectives))
    }

    /// The effect of one ask. Returns `None` if it cannot be measured or too many asks were measured already.
    pub(crate) fn of(&self, ask: &Ask, trials: &mut Trials) -> Option<Effect> {
        if self.measured.get() >= MOST_MEASURED || self.looked_at.get() >= MOST_LOOKED_AT {
            return None;
        }
        let Some(change) = self.change(ask) else { return self.moved(ask, trials) };
        let place = self.place(ask, &change)?;
        self.measured.set(self.measured.get() + 1);
        self.measure(place, &change, trials)
    }

    /// The effect of an ask about a date that changes no work: the milestone that it names is to be agreed for the date
    /// that the team gives now. Its tasks are those of before; where it now comes after another, that one is done first.
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
        let after =
            trials.of(question.only(objective)).get(question.place_of(objective))?.milestones.get(at).copied()??;
        let odds_to = super::workload::as_known(self.inputs, after).odds.filter(|_| state.hold.is_none())?;
        let is_said = odds_from.is_none_or(|odds_from| odds_to - odds_from >= LEAST_ODDS);
        is_said.then(|| Effect {
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

    /// The effect of several asks granted together, on the milestone that the first of them moves.
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

    /// None where an ask changes no open work, or work that not every copy may know of.
    fn change(&self, ask: &Ask) -> Option<Change<'a>> {
        let mut change = Change::default();
        // In the order of milestones and their tasks; what several names mean once.
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
        self.look_at(named.len());
        change.without = named.into_iter().map(|((place, _), task)| (place, task)).collect();
        if change.without.iter().any(|(_, task)| task.confidential || task.withheld) {
            return None;
        }
        if let Some((work, weeks)) = ask.gives.as_deref().and_then(gives) {
            let now = self.question.now();
            let from = ask.needed_by.map_or(now + Days::new(1), |day| day.max(now + Days::new(1)));
            let until = from + Days::new(7 * weeks - 1);
            let gift = Gift { work: work * self.sizes.unit(), from, until };
            change.gifts.push((self.place(ask, &change)?, gift));
        }
        (!change.without.is_empty() || !change.gifts.is_empty()).then_some(change)
    }

    /// The milestone that an ask says is to be dropped: it is about `drop` and names no tasks. What its text says is
    /// not guessed at.
    fn dropped(&self, ask: &Ask) -> Option<Place> {
        let milestone = ask.milestone.as_ref().filter(|_| ask.tasks.is_empty() && ask.about.contains(&About::Drop))?;
        self.places().by_id.get(milestone).copied()
    }

    /// Keys and labels of the tasks that an ask takes away: its own; of an ask about scope without any those that an
    /// agreement about the same scope gives up (`from`).
    fn names(&self, ask: &Ask) -> Vec<String> {
        if !ask.tasks.is_empty() || !ask.about.contains(&About::Scope) {
            return ask.tasks.clone();
        }
        self.look_at(self.inputs.team.agreements.len());
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

    /// The milestone that an ask is about: the one it names, or the next after one that it drops; else the earliest at
    /// risk or late of its objective, or of those whose tasks it names, or of all.
    fn place(&self, ask: &Ask, change: &Change) -> Option<Place> {
        let (milestones, leaves_out) = (&self.places().milestones, change.leaves_out());
        let named = ask.milestone.as_ref().and_then(|id| self.places().by_id.get(id));
        if let Some((objective, milestone)) = named {
            let mut after = (*milestone..milestones[*objective].len()).map(|place| (*objective, place));
            return after.find(|place| self.is_left(*place, &leaves_out));
        }
        self.look_at(self.places().by_id.len());
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

    fn look_at(&self, rows: usize) {
        self.looked_at.set(self.looked_at.get() + rows);
    }

    /// Whether a milestone has open work when the change is made.
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
        let after =
            trials.of(question.only(place.0)).get(question.place_of(place.0))?.milestones.get(place.1).copied()??;
        let after = super::workload::as_known(self.inputs, after);
        let after = state.hold.as_ref().map_or(after, |hold| hold.expected(Some(after), self.inputs.as_of()));
        let mut effect = said(&state.id, state.agreed, self.inputs.as_of(), &before, &after)?;
        effect.without = change.without.len() as u32;
        effect.brings = (!change.gifts.is_empty())
            .then(|| change.gifts.iter().map(|(_, gift)| gift.work).sum::<f64>() / self.sizes.unit());
        Some(effect)
    }
}

/// What an ask may call a milestone; nothing where the copy may not name it.
fn names_of<'a>(work: &MilestoneWork<'a>) -> impl Iterator<Item = &'a str> {
    let milestone = work.milestone;
    let names = milestone.aliases.iter().map(String::as_str).chain([milestone.id.as_str(), &milestone.name]);
    names.filter(|_| !milestone.withheld)
}

/// Tasks and weeks of `+8 in 2 weeks`; None of anything else.
fn gives(text: &str) -> Option<(f64, u64)> {
    let words: Vec<&str> = text.trim().trim_start_matches('+').split_whitespace().collect();
    let (tasks, rest) = words.split_first()?;
    // "+8 tasks in 2 weeks": the word between is free.
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
    fn tasks_in_weeks_are_read_and_other_words_are_only_quoted() {
        for text in ["+8 in 2 weeks", "8 in 2 weeks", "+8 tasks in 2 weeks", "+8 in 2 Wochen", "+8 en 2 semaines"] {
            assert_eq!(gives(text), Some((8.0, 2)), "{text}");
        }
        for text in
            ["", "8", "two developers", "+8 in two weeks", "8 more in 2 months", "+0 in 2 weeks", "-3 in 1 week"]
        {
            assert_eq!(gives(text), None, "{text}");
        }
    }
}
