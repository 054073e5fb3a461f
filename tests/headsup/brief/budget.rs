//! Tests of the page budget: each cut makes the brief shorter, everything that is cut is counted, and what the boss
//! must see is never cut.

use headsup::analysis::*;
use headsup::brief::budget::{Budget, Cut};
use headsup::brief::{Block, Brief, Style};
use headsup::team::*;

use super::story::*;

/// Returns a team of an unreasonable size: 12 objectives, 40 milestones, 40 wins, 30 metrics, 30 asks, 200 upcoming
/// tasks.
fn giant() -> Analysis {
    let mut giant = story();
    let milestones = |o: u32| {
        (0..4).map(move |m| match (o + m) % 3 {
            0 => late(&format!("Milestone {o}.{m}"), day(12, 4), 5 + u64::from(m)),
            1 => on_pace(&format!("Milestone {o}.{m}"), day(12, 18)),
            _ => done(&format!("Milestone {o}.{m}"), day(11, 10), day(11, 10)),
        })
    };
    giant.objectives = (0..12)
        .map(|o| {
            let status = if o % 3 == 0 { Status::Late } else { Status::OnPace };
            objective(&format!("Objective {o}"), status, milestones(o).collect())
        })
        .collect();
    giant.value = (0..40)
        .map(|i| win(&format!("Win {i}"), if i % 2 == 0 { Drives::Revenue } else { Drives::Retention }, None))
        .collect();
    giant.metrics =
        (0..30).map(|i| metric(&format!("Metric {i}"), "", &[14.0, 16.0, 15.0, 17.0, 14.0, 15.0, 16.0])).collect();
    giant.asks =
        (1..=30).map(|i| ask(i, &format!("Decide on matter {i}"), AskKind::Decision, Some(day(12, 1)))).collect();
    giant.next.groups = (0..40)
        .map(|g| NextGroup {
            objective: None,
            objective_name: None,
            milestone: Some(MilestoneId(format!("M{g}"))),
            milestone_name: Some(format!("Step {g}")),
            tasks: (0..5).map(|t| task(&format!("T-{g}-{t}"), &format!("Task {g}.{t}"))).collect(),
        })
        .collect();
    giant.goals = (0..9).map(|i| GoalState { goal: format!("Goal {i}"), ..story().goals[0].clone() }).collect();
    giant
}

fn shortened(brief: &Brief, cuts: usize) -> Brief {
    Budget::of(brief).shortened(&Cut::of(cuts))
}

fn cuts(brief: &Brief) -> usize {
    Budget::of(brief).max_cuts()
}

fn length(brief: &Brief) -> usize {
    text(brief).chars().count()
}

#[test]
fn each_cut_makes_a_brief_no_longer_and_the_last_makes_it_short() {
    let brief = compose(&giant());
    let whole = length(&shortened(&brief, 0));
    // A summary may be a few characters longer than the short text that it replaces.
    let slack = 60;
    let lengths: Vec<usize> = (0..=cuts(&brief)).map(|n| length(&shortened(&brief, n))).collect();
    assert!(lengths.windows(2).all(|pair| pair[1] <= pair[0] + slack));
    assert!(*lengths.last().unwrap() * 10 < whole * 3, "{} of {whole}", lengths.last().unwrap());
    assert_eq!(shortened(&brief, cuts(&brief)), shortened(&brief, usize::MAX));
}

#[test]
fn what_was_cut_is_counted_in_one_line_at_the_end() {
    let brief = compose(&giant());
    let titles = |brief: &Brief| brief.sections.iter().map(|section| section.title.clone()).collect::<Vec<_>>();
    assert_eq!(titles(&shortened(&brief, 0)), titles(&brief));
    for n in (7..=cuts(&brief)).step_by(7) {
        let short = shortened(&brief, n);
        let (line, sections) = short.sections.split_last().unwrap();
        assert_eq!(line.title, "In the HTML version");
        assert!(told(line).lines().count() == 2, "{}", told(line));
        for section in sections {
            assert!(titles(&brief).contains(&section.title));
            assert!(told(section).lines().count() > 1, "after {n} cuts \"{}\" says nothing", section.title);
        }
    }
    let least = plain(&text(&shortened(&brief, usize::MAX)));
    for thing in ["41 wins", "30 metrics", "10 goals"] {
        assert!(least.contains(thing), "{thing}\n{least}");
    }
}

#[test]
fn asks_late_milestones_and_the_headline_are_never_cut() {
    let brief = compose(&story());
    let least = shortened(&brief, usize::MAX);
    assert_eq!((&least.title, &least.summary), (&brief.title, &brief.summary));
    let said = plain(&text(&least));
    for needed in ["One front-end developer", "Drop supplier scoring", "Course for A. Osei", "the search page waits"] {
        assert!(said.contains(needed), "{needed}\n{said}");
    }
}

#[test]
fn restored_lines_of_an_objective_are_shown_with_its_name() {
    let brief = compose(&giant());
    let budget = Budget::of(&brief);
    let quarter = |brief: &Brief| brief.sections.iter().find(|s| s.id == "where the quarter stands").cloned().unwrap();
    let bare = |block: &Block| match block {
        Block::Figure(figure) => !figure.beside.is_empty() && !matches!(figure.beside[0], Block::List(_)),
        // A line that begins in bold names its subject.
        Block::Text { spans, priority } => *priority < 98 && spans.iter().all(|span| span.style != Style::Strong),
        _ => false,
    };
    let charts = |cut: &Cut| {
        let blocks = quarter(&budget.shortened(cut)).blocks;
        assert!(!blocks.iter().rev().skip(1).any(bare), "{:?}", blocks.iter().find(|block| bare(block)));
        blocks.iter().filter(|block| matches!(block, Block::Figure(_))).count()
    };
    let none = Cut::of(budget.max_cuts());
    let back = (0..budget.max_cuts()).map(|number| charts(&none.keeping(number))).sum::<usize>();
    assert!(back > 0, "of all that is put back alone, the time line needs no name");
    charts(&Cut::default());
}

#[test]
fn long_lists_are_cut_before_short_ones() {
    let brief = compose(&giant());
    let after = |n: usize| shortened(&brief, n);
    let wins = |brief: &Brief| {
        told(brief.sections.iter().find(|s| s.id.starts_with("value")).unwrap()).matches("- Win").count()
    };
    let people =
        |brief: &Brief| told(brief.sections.iter().find(|s| s.id == "people").unwrap()).matches(" | ").count() / 2;
    let mut n = 0;
    while wins(&after(n)) > 12 {
        n += 1;
    }
    assert_eq!(people(&after(n)), 3, "three people stand while forty wins shrink to twelve");
}

#[test]
fn reference_details_are_not_printed() {
    let brief = compose(&story());
    let is_detail =
        |table: &headsup::brief::Table| table.rows.iter().all(|row| row.priority == headsup::brief::WEB_ONLY);
    let tables = |brief: &Brief| {
        let blocks = brief.sections.iter().flat_map(|section| &section.blocks);
        blocks.filter(|block| matches!(block, Block::Table(table) if is_detail(table))).count()
    };
    assert_eq!(tables(&brief), 2, "all milestones, all metrics");
    assert_eq!(tables(&shortened(&brief, 0)), 0);
    assert_eq!(shortened(&shortened(&brief, 5), 0), shortened(&brief, 5), "what is cut stays cut");
}

#[test]
fn endless_texts_are_only_clipped_as_the_last_resort() {
    let mut endless = story();
    endless.asks[0].why = Some("because of this and that ".repeat(80));
    let brief = compose(&endless);
    let asks = |n: usize| told(shortened(&brief, n).sections.iter().find(|s| s.id == "needed from you").unwrap());
    assert!(asks(cuts(&brief) - 4).len() > 1500);
    assert!(asks(cuts(&brief)).len() < 600, "{}", asks(cuts(&brief)));
    assert!(asks(cuts(&brief)).contains('…'));
}
