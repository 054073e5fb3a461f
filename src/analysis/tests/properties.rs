//! Properties that hold for any team.

use proptest::prelude::*;

use super::*;
use crate::history::{History, Snapshot};
use crate::redact::{Audience, Guarded, redact};
use crate::team::MilestoneId;

const STATUS: [TaskStatus; 4] = [TaskStatus::Todo, TaskStatus::Doing, TaskStatus::Done, TaskStatus::Dropped];

/// One of up to 30 tasks of two milestones or none, created and done between 15 September and 13 November.
fn a_task(key: usize) -> impl Strategy<Value = Task> {
    let date = || prop::option::of((0u64..60).prop_map(|days| day("2026-09-15") + chrono::Days::new(days)));
    let milestone = prop::option::of(prop::sample::select(vec!["M1", "M2"]));
    (prop::sample::select(STATUS.to_vec()), milestone, date(), date(), any::<bool>()).prop_map(
        move |(status, milestone, created, done_on, confidential)| Task {
            milestone: milestone.map(MilestoneId::from),
            created,
            done_on: done_on.filter(|_| status >= TaskStatus::Done).map(|done| created.map_or(done, |it| it.max(done))),
            confidential,
            ..task(&format!("T{key}"), status)
        },
    )
}

fn tasks() -> impl Strategy<Value = Vec<Task>> {
    (1usize..30).prop_flat_map(|many| (0..many).map(a_task).collect::<Vec<_>>())
}

fn team_of(tasks: Vec<Task>) -> Team {
    let mut team = small_team();
    team.milestones[0].done_on = None;
    Team { tasks, ..team }
}

proptest! {
    #![proptest_config(few_cases())]

    #[test]
    fn analysis_does_not_depend_on_row_order(tasks in tasks(), seed in any::<u64>()) {
        let team = team_of(tasks);
        let mut shuffled = team.clone();
        let mut state = seed | 1;
        shuffled.tasks.sort_by_cached_key(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            state >> 33
        });
        let history = history(&team, &["2026-11-13"]);
        prop_assert_eq!(run(&team, &history), run(&shuffled, &history));
        prop_assert_eq!(recorded(&team, "2026-11-20", &history), recorded(&shuffled, "2026-11-20", &history));
    }

    #[test]
    fn another_finished_task_never_lowers_progress(tasks in tasks(), milestone in 0usize..2) {
        let team = team_of(tasks);
        let mut more = team.clone();
        let milestone = ["M1", "M2"][milestone];
        more.tasks.push(done(milestone, "more", "2026-10-01", "2026-11-18"));
        let progress = |team: &Team| run(team, &History::default()).objectives[0].progress;
        prop_assert!(progress(&more) >= progress(&team), "{:?} < {:?}", progress(&more), progress(&team));
    }

    #[test]
    fn scope_equals_baseline_plus_added_minus_dropped(then in tasks(), now in tasks()) {
        let (then, now) = (team_of(then), team_of(now));
        for history in [history(&then, &["2026-10-02"]), History::default()] {
            if let Some(scope) = &run(&now, &history).objectives[0].scope {
                prop_assert_eq!(scope.now, scope.baseline + scope.added - scope.dropped - scope.moved);
                prop_assert!(scope.unagreed <= scope.added);
            }
        }
    }

    #[test]
    fn nothing_changed_since_a_snapshot_of_the_same_day(tasks in tasks()) {
        let mut team = team_of(tasks);
        team.objectives[0].scope_agreed_on = Some(day("2026-11-13"));
        // The day after, none of the team's dates has changed.
        let history = history(&team, &["2026-11-13"]);
        let next_day = Timeframe { as_of: day("2026-11-16"), on: day("2026-11-16"), ..frame() };
        let analysis = analyse(&redacted(team), &history, &next_day);
        let scope = analysis.objectives[0].scope.as_ref().expect("a scope was agreed");
        prop_assert_eq!((scope.added, scope.dropped, scope.estimated), (0, 0, false));
        prop_assert!(scope.moved == 0 && scope.moved_tasks.is_empty() && scope.reestimated.is_empty() && scope.reopened.is_empty());
        prop_assert!(analysis.vanished.is_empty() && analysis.drift.is_empty());
        prop_assert_eq!(analysis.objectives[0].done_since, 0);
        prop_assert!(analysis.objectives[0].milestones.iter().all(|milestone| !milestone.new));
    }

    #[test]
    fn all_copies_have_equal_counts_and_comparable_snapshots(tasks in tasks()) {
        let team = team_of(tasks);
        let history = history(&team, &["2026-10-02", "2026-11-13"]);
        let all = run(&team, &history);
        let known = KnownTeam::at(redact(&Guarded::new(team.clone()), Audience::Shared, false), frame().as_of);
        let shared = analyse_after(&known, &history, &frame(), &mut Trials::default());
        let numbers = |analysis: &Analysis| {
            let state = &analysis.objectives[0];
            let scope = state.scope.as_ref().map(|scope| (scope.baseline, scope.added, scope.dropped, scope.now));
            (state.progress, state.planned, state.spi, state.done, state.of, state.status, scope)
        };
        prop_assert_eq!(numbers(&all), numbers(&shared));
        // Confidential keys are in no list of the forwarded copy, and in no snapshot.
        let json = serde_json::to_string(&shared).expect("an analysis is JSON") + &Snapshot::of(&shared, &known, &[]).to_json();
        let words: std::collections::BTreeSet<&str> = json.split(|c: char| !c.is_alphanumeric()).collect();
        for task in team.tasks.iter().filter(|task| task.confidential) {
            prop_assert!(!words.contains(task.key.as_str()), "{} in {json}", task.key);
        }
    }
}
