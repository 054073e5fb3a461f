//! The table of the teams, the worst news first, and the filters above it. It is never sorted by odds, since the odds
//! of two teams cannot be compared.

use serde::Serialize;

use super::decisions::is_soon;
use super::made::{Made, anchor, tone, url_path};
use super::saying::{Saying, flat};
use crate::chart::Tone;
use crate::deliver::batch::{Card, MilestoneLine, ObjectiveLine};
use crate::team::{StatedAs, Status};

/// The statuses of objectives in the order of the totals, each with its shape.
pub(super) const SHAPES: [(Status, &str); 7] = [
    (Status::Late, "late"),
    (Status::AtRisk, "at_risk"),
    (Status::OnPace, "on_pace"),
    (Status::Ahead, "ahead"),
    (Status::Done, "done"),
    (Status::NotStarted, "not_known"),
    (Status::NotReported, "not_known"),
];

#[derive(Serialize)]
pub(crate) struct Row {
    anchor: String,
    team: String,
    manager: String,
    href: Option<String>,
    objectives: Vec<Count>,
    worst: String,
    /// Status such as `9 days late` or `at risk`.
    standing: String,
    standing_tone: Tone,
    /// Reason for the status, shown on the second line.
    reason: Option<String>,
    since: String,
    since_tone: Tone,
    finished: Option<String>,
    next: Option<String>,
    next_day: Option<String>,
    odds: Option<String>,
    odds_tone: Tone,
    asks_overdue: Option<String>,
    asks_due: Option<String>,
    asks_later: Option<String>,
    files: Vec<File>,
    /// Filters that the team matches: `off overdue`.
    is: String,
    by_worst: usize,
    by_since: i64,
    by_next: Option<i64>,
    by_asks: usize,
    /// Description of the counts for screen readers.
    objectives_said: String,
}

#[derive(Serialize)]
struct Count {
    n: String,
    shape: &'static str,
}

#[derive(Serialize)]
struct File {
    href: String,
    format: String,
}

#[derive(Serialize)]
pub(crate) struct Filter {
    /// Filter that the rows match. Empty for all rows.
    id: &'static str,
    label: String,
    n: String,
}

/// Returns how many objectives of a team have this status.
pub(super) fn standing(card: &Card, status: Status) -> usize {
    card.objectives.iter().filter(|objective| objective.status == status).count()
}

pub(super) fn off_pace(card: &Card) -> usize {
    standing(card, Status::Late) + standing(card, Status::AtRisk)
}

pub(super) fn is_off_pace(card: &Card) -> bool {
    off_pace(card) > 0 || worst(card).is_some_and(|worst| worst.status == Status::Late)
}

/// Returns whether a milestone slipped since the last 1:1.
pub(super) fn is_worse(card: &Card) -> bool {
    slipped(card).is_some_and(|days| days > 0)
}

/// Returns the largest slip of an open milestone since the last 1:1, or the largest recovery if none slipped.
fn slipped(card: &Card) -> Option<i64> {
    card.milestones.iter().filter_map(|milestone| milestone.slip_since_days).max_by_key(|days| (*days > 0, days.abs()))
}

/// Returns the key of the phrase for the objectives of these teams that have this status.
pub(super) fn word<'a>(mut cards: impl Iterator<Item = &'a Card>, status: Status) -> &'static str {
    let is_red = |objective: &ObjectiveLine| objective.status == status && objective.status_as.is_some();
    match status {
        // What is red by its team's word is not late before its agreed date.
        Status::Late if cards.any(|card| card.objectives.iter().any(is_red)) => "rollup.strip_late_or_red",
        Status::Late => "rollup.strip_late",
        Status::AtRisk => "rollup.strip_at_risk",
        Status::OnPace => "rollup.strip_on_pace",
        Status::Ahead => "rollup.strip_ahead",
        Status::Done => "rollup.strip_done",
        Status::NotStarted => "rollup.strip_not_started",
        Status::NotReported | Status::Dropped => "rollup.strip_not_reported",
    }
}

fn worst(card: &Card) -> Option<&MilestoneLine> {
    card.milestones.first()
}

/// Returns the rows, the worst news first: the most days late, then at risk, then not reported; equal ones are sorted
/// by path.
pub(crate) fn rows(made: &[Made], saying: &Saying, is_many: bool) -> Vec<Row> {
    let mut teams = made.to_vec();
    teams.sort_by_key(|made| {
        let worst = worst(made.card);
        let severity = worst.map_or(2, |worst| crate::analysis::severity(worst.status));
        let of_objectives = made.card.objectives.iter().map(|objective| crate::analysis::severity(objective.status));
        let slip = worst.and_then(|worst| worst.slip_days).unwrap_or(0);
        (of_objectives.min().unwrap_or(2).min(severity), std::cmp::Reverse(slip), made.team.path.clone())
    });
    teams.iter().enumerate().map(|(rank, made)| row(made, rank, saying, is_many)).collect()
}

fn row(made: &Made, rank: usize, saying: &Saying, is_many: bool) -> Row {
    let (team, card) = (made.team, made.card);
    let as_of = team.as_of.unwrap_or(saying.as_of);
    let href = |file: &str| match team.path.as_str() {
        "." => url_path(file),
        path => format!("{}/{}", url_path(path), url_path(file)),
    };
    let whole = |n: usize| saying.words.whole(n as u64);
    let counts = SHAPES.iter().filter_map(|(status, shape)| {
        let n = standing(card, *status);
        (n > 0).then(|| (*status, Count { n: whole(n), shape }))
    });
    let (statuses, objectives): (Vec<Status>, Vec<Count>) = counts.unzip();
    let said: Vec<String> = (statuses.iter().zip(&objectives))
        .map(|(status, count)| {
            let label =
                saying.words.count(word(std::iter::once(card), *status), standing(card, *status) as u64, &[("of", "")]);
            format!("{} {label}", count.n)
        })
        .collect();
    let overdue = card.asks.iter().filter(|ask| ask.overdue).count();
    let due = card.asks.iter().filter(|ask| !ask.overdue && is_soon(ask, as_of)).count();
    let later = card.asks.len() - overdue - due;
    let asks = |key: &str, n: usize| (n > 0).then(|| saying.words.count(key, n as u64, &[]));
    let page = card.files.iter().find(|file| file.ends_with(".html")).or(card.files.first());
    let (worst_name, standing, is_bad) = news(card, saying, is_many);
    let moved = slipped(card);
    let next = next(card, as_of);
    let is = [
        ("off", is_off_pace(card)),
        ("overdue", overdue > 0),
        ("due", due > 0),
        ("worse", is_worse(card)),
        ("stale", card.stale),
    ];
    let is: Vec<&str> = is.into_iter().filter_map(|(id, holds)| holds.then_some(id)).collect();
    Row {
        anchor: anchor(team),
        team: team.team.clone(),
        manager: card.manager.clone(),
        href: page.map(|file| href(file)),
        objectives_said: said.join(", "),
        objectives,
        worst: worst_name,
        standing,
        standing_tone: tone(is_bad),
        reason: if is_many { None } else { reason(card, saying) },
        since: match moved {
            Some(0) => saying.say("quarter.unmoved", &[]),
            Some(days) => saying.days_moved(days),
            None => "–".to_owned(),
        },
        since_tone: if moved.is_some_and(|days| days > 0) { Tone::Warning } else { Tone::Quiet },
        finished: card.finished.filter(|_| !is_many).map(|(last, before)| {
            let before = whole(before as usize);
            saying.words.count("rollup.tasks_before", last.into(), &[("before", &before)])
        }),
        next: next.filter(|_| !is_many).map(|next| flat(&next.name)),
        next_day: next.and_then(|next| match &next.agreed_period {
            Some(period) => Some(flat(period)),
            None => Some(saying.near_day(next.agreed?)),
        }),
        odds: next.and_then(|next| {
            let odds = saying.odds(next.odds?, next.weeks);
            Some(if is_many { odds } else { saying.say("quarter.mark_odds", &[("odds", &odds)]) })
        }),
        odds_tone: match next.and_then(|next| next.odds) {
            Some(odds) if odds < 0.7 => Tone::Warning,
            _ => Tone::Quiet,
        },
        asks_overdue: asks("rollup.asks_overdue", overdue),
        asks_due: asks("rollup.asks_due", due),
        asks_later: if is_many { None } else { asks("rollup.asks_later", later) },
        files: card
            .files
            .iter()
            .filter(|file| file.ends_with(".html") || file.ends_with(".pdf"))
            .rev()
            .map(|file| {
                let format = file.rsplit('.').next().unwrap_or_default();
                let format = if format == "html" { saying.say("rollup.web", &[]) } else { format.to_ascii_uppercase() };
                File { href: href(file), format }
            })
            .collect(),
        is: is.join(" "),
        by_worst: rank,
        by_since: moved.unwrap_or(i64::from(i32::MIN)),
        by_next: next.and_then(|next| next.agreed).map(|date| (date - as_of).num_days()),
        by_asks: overdue * 1000 + due,
    }
}

/// Describes the worst milestone and its status. If none is off pace, it is the next milestone or the brief's own
/// headline.
fn news(card: &Card, saying: &Saying, is_many: bool) -> (String, String, bool) {
    let Some(worst) = worst(card) else { return (card.headline.clone(), String::new(), false) };
    let name = flat(&worst.name);
    let late = worst.slip_days.filter(|days| *days > 0 && worst.status == Status::Late);
    let standing = match (late, worst.expected) {
        (Some(days), Some(date)) if !is_many => {
            let slip = saying.words.count("slip.late", days.unsigned_abs(), &[]);
            let date = saying.typed(worst.expected_period.as_deref(), saying.day_long(date));
            saying.say("rollup.worst_on", &[("date", &date), ("slip", &slip)])
        }
        (Some(days), expected) => {
            let key = if expected.is_some() { "slip.late" } else { "slip.at_least" };
            format!(", {}", saying.words.count(key, days.unsigned_abs(), &[]))
        }
        (None, _) => format!(", {}", saying.say(status_key(worst.status, worst.status_as), &[])),
    };
    (name, standing, matches!(worst.status, Status::Late | Status::AtRisk))
}

fn status_key(status: Status, word: Option<StatedAs>) -> &'static str {
    match status {
        _ if word == Some(StatedAs::Red) => "status.red",
        _ if word == Some(StatedAs::OffTrack) => "status.off_track",
        _ if word == Some(StatedAs::Amber) => "status.amber",
        _ if word == Some(StatedAs::Blocked) => "status.blocked",
        Status::Late => "status.late",
        Status::AtRisk => "status.at_risk",
        Status::OnPace => "status.on_pace",
        Status::Ahead => "status.ahead",
        Status::Done => "status.done",
        Status::NotStarted => "status.not_started",
        Status::Dropped => "status.dropped",
        Status::NotReported => "status.not_reported",
    }
}

/// Returns the reason of the worst milestone, or that it has none; that an outcome does not move; or that data are old.
fn reason(card: &Card, saying: &Saying) -> Option<String> {
    let worst = worst(card)?;
    let is_off = matches!(worst.status, Status::Late | Status::AtRisk);
    let still = card.objectives.iter().find(|objective| objective.outcome_still);
    match &worst.reason {
        Some(reason) if is_off => Some(flat(reason)),
        // The shared copy leaves out reasons that would reveal an ask, so it must not say that there is no reason.
        None if worst.status == Status::Late && !saying.is_shared => Some(saying.say("common.no_reason", &[])),
        _ if card.stale => Some(saying.say("rollup.stale", &[])),
        _ => still.map(|objective| saying.say("rollup.outcome_still", &[("objective", &flat(&objective.name))])),
    }
}

/// Returns the open milestone with the next agreed date.
fn next(card: &Card, as_of: chrono::NaiveDate) -> Option<&MilestoneLine> {
    let ahead = card.milestones.iter().filter(|milestone| milestone.agreed.is_some_and(|agreed| agreed >= as_of));
    ahead.min_by_key(|milestone| milestone.agreed)
}

/// Returns the filters with the number of teams that match each one. Filters without a match are left out, except
/// "all".
pub(crate) fn filters(rows: &[Row], failed: usize, saying: &Saying) -> Vec<Filter> {
    let count = |id: &str| rows.iter().filter(|row| row.is.split(' ').any(|is| is == id)).count();
    let whole = |n: usize| saying.words.whole(n as u64);
    let ids = [
        ("off", "rollup.filter_off"),
        ("overdue", "rollup.filter_overdue"),
        ("due", "rollup.filter_due"),
        ("worse", "rollup.filter_worse"),
        ("stale", "rollup.filter_stale"),
    ];
    let all = Filter { id: "", label: saying.say("rollup.filter_all", &[]), n: whole(rows.len()) };
    let others = ids.into_iter().map(|(id, key)| (id, key, count(id))).filter(|(_, _, n)| *n > 0);
    let mut filters: Vec<Filter> = [all]
        .into_iter()
        .chain(others.map(|(id, key, n)| Filter { id, label: saying.say(key, &[]), n: whole(n) }))
        .collect();
    if failed > 0 {
        filters.push(Filter { id: "#failed", label: saying.say("rollup.filter_failed", &[]), n: whole(failed) });
    }
    filters
}
