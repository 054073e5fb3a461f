//! Cases for the effects of asks: they equal an analysis of an export in which the tasks are dropped.

use chrono::Days;
use proptest::prelude::*;

use crate::analysis::fixtures::{ask, day, few_cases, milestone, objective, run, task_of};
use crate::analysis::{Analysis, Effect, MilestoneState};
use crate::history::History;
use crate::team::{About, Task, TaskStatus, Team};

/// Returns a team that finished these numbers of tasks in the last weeks, with two milestones under one objective and
/// perhaps another objective. Every third open task has the label `extra`, every fifth `more`.
fn team(finished: &[u32], open: (u32, u32), unrelated: bool) -> Team {
    let mut tasks = Vec::new();
    for (back, count) in finished.iter().rev().enumerate() {
        for n in 0..*count {
            let of = if (back + n as usize).is_multiple_of(3) { "B" } else { "A" };
            let mut done = task_of(of, &format!("D{}", tasks.len()), TaskStatus::Done);
            done.done_on = Some(day("2026-11-20") - Days::new(7 * back as u64 + u64::from(n % 5)));
            done.created = done.done_on.map(|done| done - Days::new(6));
            tasks.push(done);
        }
    }
    for (of, count) in [("A", open.0), ("B", open.1)] {
        for n in 0..count {
            let mut todo = task_of(of, &format!("{of}{n}"), TaskStatus::Todo);
            todo.created = Some(day("2026-10-01"));
            todo.labels.extend((n % 3 == 0).then(|| "extra".to_owned()));
            todo.labels.extend((n % 5 == 0).then(|| "more".to_owned()));
            tasks.push(todo);
        }
    }
    let mut team = Team {
        objectives: vec![objective("O")],
        milestones: vec![milestone("O", "A", "2026-12-04"), milestone("O", "B", "2026-12-18")],
        tasks,
        ..Team::default()
    };
    if unrelated {
        team.objectives.insert(0, objective("U"));
        team.milestones.push(milestone("U", "C", "2026-12-11"));
        for n in 0..60 {
            let mut done = task_of("C", &format!("U{n}"), TaskStatus::Done);
            done.done_on = Some(day("2026-11-20") - Days::new(n));
            team.tasks.push(done);
        }
        team.tasks.push(task_of("C", "U-open", TaskStatus::Todo));
    }
    team
}

fn state<'a>(analysis: &'a Analysis, id: &str) -> &'a MilestoneState {
    let mut milestones = analysis.objectives.iter().flat_map(|objective| &objective.milestones);
    milestones.find(|milestone| milestone.id.as_str() == id).expect("a milestone")
}

fn without(team: &Team, label: &str) -> Team {
    let mut team = team.clone();
    let named = team.tasks.iter_mut().filter(|task| task.labels.iter().any(|own| own == label));
    named.filter(|task| task.status == TaskStatus::Todo).for_each(|task| task.status = TaskStatus::Dropped);
    team
}

fn effect_of(analysis: &Analysis, id: &str) -> Option<Effect> {
    analysis.asks.iter().find(|ask| ask.id.0 == id).expect("an ask").effect.clone()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..few_cases() })]

    #[test]
    fn an_effect_equals_an_analysis_without_the_tasks(
        finished in proptest::collection::vec(1u32..7, 8..20),
        open in (6u32..30, 3u32..20),
        turned in any::<bool>(),
    ) {
        let mut team = team(&finished, open, true);
        for (id, label, of) in [("A-01", "extra", "B"), ("A-02", "more", "A"), ("A-03", "extra", "A")] {
            let mut ask = ask(id, "Drop the extra work");
            ask.tasks = vec![label.to_owned()];
            ask.milestone = Some(of.into());
            team.asks.push(ask);
        }
        if turned {
            team.asks.reverse();
        }
        let before = run(&team, &History::default());
        for (id, label, of) in [("A-01", "extra", "B"), ("A-02", "more", "A"), ("A-03", "extra", "A")] {
            let dropped = run(&without(&team, label), &History::default());
            let (from, to) = (state(&before, of).forecast, state(&dropped, of).forecast);
            let (from, to) = (from.expect("a forecast"), to.expect("a forecast"));
            let days = (from.p50 - to.p50).num_days();
            let gain = to.odds.zip(from.odds).map_or(0.0, |(to, from)| to - from);
            match effect_of(&before, id) {
                Some(effect) => {
                    prop_assert_eq!(effect.milestone.as_str(), of);
                    prop_assert!(effect.p50_from.is_none_or(|date| date == from.p50));
                    prop_assert!(effect.p50_to.is_none_or(|date| date == to.p50), "{:?} {:?}", effect, to);
                    prop_assert!(effect.p85_to.is_none() || effect.p85_to == to.p85);
                    prop_assert_eq!((effect.odds_from, effect.odds_to), (from.odds, to.odds));
                    prop_assert!(days >= 3 || gain >= 0.10);
                }
                None => prop_assert!(days < 3 && gain < 0.10, "{} days, {}", days, gain),
            }
        }
        // The joint effect of all three equals an analysis without both labels.
        if let Some(all) = &before.all_granted {
            let both = run(&without(&without(&team, "extra"), "more"), &History::default());
            let to = state(&both, all.milestone.as_str()).forecast.expect("a forecast");
            prop_assert!(all.p50_to.is_none_or(|date| date == to.p50));
        }
    }
}

#[test]
fn an_unrelated_objective_changes_no_effect() {
    let (alone, beside) = (team(&[4; 16], (12, 8), false), team(&[4; 16], (12, 8), true));
    let (alone, beside) = (run(&alone, &History::default()), run(&beside, &History::default()));
    for id in ["A", "B"] {
        assert_eq!(state(&alone, id).forecast, state(&beside, id).forecast);
    }
}

#[test]
fn an_ask_has_an_effect_on_its_milestone_or_the_next() {
    let mut team = team(&[4; 16], (20, 8), false);
    let mut drop = ask("A-01", "Drop the extra work");
    drop.tasks = vec!["EXTRA".to_owned()];
    drop.objective = Some("O".into());
    let hands = crate::team::Ask {
        id: crate::team::AskId("A-02".into()),
        tasks: vec![],
        gives: Some("+8 in 2 weeks".into()),
        needed_by: Some(day("2026-11-23")),
        ..drop.clone()
    };
    let whole = crate::team::Ask {
        id: crate::team::AskId("A-03".into()),
        tasks: vec!["Milestone A".into()],
        milestone: Some("A".into()),
        ..drop.clone()
    };
    let words =
        crate::team::Ask { id: crate::team::AskId("A-04".into()), gives: Some("a mentor".into()), ..hands.clone() };
    team.asks = vec![drop, hands, whole, words];
    let analysis = run(&team, &History::default());
    let effect = |id: &str| effect_of(&analysis, id);
    // 20 tasks at 4 a week: A is five weeks away, late for 4 December. Seven of its tasks are extra.
    let dropped = effect("A-01").expect("an effect");
    assert_eq!((dropped.milestone.as_str(), dropped.without, dropped.brings), ("A", 10, None));
    assert!(dropped.days().is_some_and(|days| (9..=24).contains(&days)), "{dropped:?}");
    let brought = effect("A-02").expect("an effect");
    assert_eq!((brought.milestone.as_str(), brought.without, brought.brings), ("A", 0, Some(8.0)));
    assert!(brought.days().is_some_and(|days| (9..=24).contains(&days)), "{brought:?}");
    // Without A, B is next.
    assert_eq!(effect("A-03").expect("an effect").milestone.as_str(), "B");
    assert_eq!(effect("A-04"), None);
    // With a confidential task among them, no copy states the effect.
    team.tasks.iter_mut().filter(|task| task.key.0 == "A0").for_each(|task: &mut Task| task.confidential = true);
    assert_eq!(effect_of(&run(&team, &History::default()), "A-01"), None);
}

#[test]
fn an_agreement_names_the_tasks_of_an_ask_about_scope() {
    let mut team = team(&[4; 16], (20, 8), false);
    let mut drop = ask("A-01", "Drop the extra work");
    (drop.about, drop.objective) = (vec![About::Scope], Some("O".into()));
    team.asks = vec![drop];
    assert_eq!(effect_of(&run(&team, &History::default()), "A-01"), None);
    let mut agreement = crate::analysis::fixtures::agreement("2026-11-13", About::Scope);
    (agreement.objective, agreement.from) = (Some("O".into()), Some("extra".into()));
    team.agreements = vec![agreement];
    assert_eq!(effect_of(&run(&team, &History::default()), "A-01").map(|effect| effect.without), Some(10));
}

#[test]
fn dropping_a_milestone_has_an_effect_on_the_next_one() {
    let mut team = team(&[4; 16], (20, 8), false);
    let mut drop = ask("A-01", "Drop milestone A");
    drop.milestone = Some("A".into());
    team.asks = vec![drop];
    // The text of an ask is not interpreted, and an ask about scope may want more as well as less.
    assert_eq!(effect_of(&run(&team, &History::default()), "A-01"), None);
    team.asks[0].about = vec![About::Scope];
    assert_eq!(effect_of(&run(&team, &History::default()), "A-01"), None);
    team.asks[0].about = vec![About::Drop];
    let before = run(&team, &History::default());
    let effect = effect_of(&before, "A-01").expect("an effect");
    assert_eq!((effect.milestone.as_str(), effect.without), ("B", 20));
    // Equals an analysis in which the open tasks of A are dropped.
    let mut without = team.clone();
    let open = without.tasks.iter_mut().filter(|task| task.status == TaskStatus::Todo && task.key.0.starts_with('A'));
    open.for_each(|task| task.status = TaskStatus::Dropped);
    let (from, to) = (state(&before, "B").forecast, state(&run(&without, &History::default()), "B").forecast);
    let (from, to) = (from.expect("a forecast"), to.expect("a forecast"));
    assert_eq!((effect.p50_from, effect.p50_to), (Some(from.p50), Some(to.p50)));
    assert_eq!((effect.odds_from, effect.odds_to), (from.odds, to.odds));
    // If the ask names tasks, only these are left out; and B is the last milestone, so dropping it moves nothing.
    team.asks[0].tasks = vec!["A1".into()];
    assert_eq!(effect_of(&run(&team, &History::default()), "A-01"), None);
    (team.asks[0].tasks, team.asks[0].milestone) = (Vec::new(), Some("B".into()));
    assert_eq!(effect_of(&run(&team, &History::default()), "A-01"), None);
}

#[test]
fn an_ask_to_move_a_milestone_has_the_odds_of_both_dates() {
    let mut team = team(&[4; 16], (20, 8), false);
    let mut later = ask("A-01", "Move milestone A");
    (later.about, later.milestone) = (vec![About::Date], Some("A".into()));
    team.asks = vec![later];
    team.objectives[0].quarter = Some("Q4 2026".into());
    team.milestones[1].original = Some(day("2027-02-12"));
    // The team's own date equals the agreed one.
    assert_eq!(effect_of(&run(&team, &History::default()), "A-01"), None);
    team.milestones[0].due = Some(day("2026-12-30"));
    let analysis = run(&team, &History::default());
    let effect = effect_of(&analysis, "A-01").expect("an effect");
    let moved = effect.moved.clone().expect("a move");
    assert_eq!((effect.milestone.as_str(), effect.days(), moved.to), ("A", None, day("2026-12-30")));
    // Equals an analysis in which it is agreed for that day.
    let odds_when_agreed = |team: &Team, agreed: &str| {
        let mut team = team.clone();
        team.milestones[0].original = Some(day(agreed));
        state(&run(&team, &History::default()), "A").forecast.and_then(|forecast| forecast.odds)
    };
    assert_eq!(Some(moved.odds_to), odds_when_agreed(&team, "2026-12-30"));
    assert_eq!(moved.odds_from, odds_when_agreed(&team, "2026-12-04"));
    // It now comes after B, which is agreed for 12 February.
    team.milestones[0].due = Some(day("2027-03-05"));
    let behind = effect_of(&run(&team, &History::default()), "A-01").and_then(|effect| effect.moved).expect("a move");
    assert_eq!(Some(behind.odds_to), odds_when_agreed(&team, "2027-03-05"));
}
