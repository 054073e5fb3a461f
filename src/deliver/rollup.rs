//! The overview page of a batch for a boss with several managers: decisions that are due, conflicts between teams, wins
//! and people worth mentioning, and a table of the teams, the worst news first. `headsup batch` writes it as
//! `index.html`, or as one page for each boss.
//!
//! It is made only from each team's [`Card`], which contains what the team's copy may show. With few teams, everything
//! is on one page; with many, each part has its own tab and each team has one line.

mod between;
mod decisions;
mod made;
mod people;
mod saying;
mod teams;

use std::collections::BTreeMap;

use serde::Serialize;

use super::batch::{Batch, Reason, TeamResult};
use crate::problem::Failure;
use crate::redact::Audience;
use crate::render;
use crate::team::Status;
use crate::words::Words;
use decisions::Decision;
use made::{Made, url_path};
use saying::Saying;

/// With more decisions or more teams than this, each part has its own tab.
const MAX_DECISIONS_ON_ONE_PAGE: usize = 12;
const MAX_TEAMS_ON_ONE_PAGE: usize = 25;

#[derive(Serialize)]
struct Page {
    language: String,
    title: String,
    kicker: String,
    dateline: String,
    /// Whether each part has its own tab.
    is_many: bool,
    labels: Labels,
    strip: Vec<Total>,
    failed: Vec<Failed>,
    decisions: Vec<Decision>,
    decisions_note: String,
    more_decisions: Option<String>,
    between: Vec<between::Line>,
    notes: Vec<people::Note>,
    teams: Vec<teams::Row>,
    filters: Vec<teams::Filter>,
    tabs: Vec<Tab>,
    footer: String,
}

/// The fixed texts of the page.
#[derive(Serialize)]
struct Labels {
    skip: String,
    failed: String,
    decisions: String,
    between: String,
    notes: String,
    teams: String,
    team: String,
    team_manager: String,
    reason: String,
    by: String,
    decision: String,
    buys: String,
    open_since: String,
    objectives: String,
    worst: String,
    since: String,
    next: String,
    asks: String,
    brief: String,
    web: String,
    filter: String,
    /// Template for the script: `{n} of {of}`.
    shown: String,
    /// Template for the script: `Show all {n}`.
    show_all: String,
}

/// A number with a label: **6** late.
#[derive(Serialize)]
struct Total {
    n: String,
    label: String,
    /// Shape in front of the number.
    shape: Option<&'static str>,
    is_warning: bool,
    /// Whether it is a change since the last 1:1; these are aligned to the right.
    is_change: bool,
}

#[derive(Serialize)]
struct Tab {
    href: &'static str,
    label: String,
    n: String,
}

#[derive(Serialize)]
struct Failed {
    path: String,
    manager: String,
    /// Mail address of the person who is responsible for the team.
    mailto: Option<String>,
    message: Vec<Piece>,
    more: Option<String>,
}

/// A part of a reason. Names of columns and files are set in backticks.
#[derive(Serialize)]
struct Piece {
    text: String,
    code: bool,
}

/// Returns the whole page. The folder of a team's brief in OUT is its path below the root.
pub(crate) fn page(batch: &Batch, words: &Words) -> Result<String, Failure> {
    let made: Vec<Made> =
        batch.teams.iter().filter_map(|team| Some(Made { team, card: team.brief.as_ref()? })).collect();
    let failed: Vec<(&TeamResult, &Reason)> =
        batch.teams.iter().filter_map(|team| Some((team, team.failed.as_ref()?))).collect();
    let saying = Saying { words, as_of: batch.as_of, is_shared: batch.copy == Audience::Shared };
    let due = decisions::of(&made, &saying);
    let is_many = due.dated + due.undated > MAX_DECISIONS_ON_ONE_PAGE || batch.teams.len() > MAX_TEAMS_ON_ONE_PAGE;
    let decisions = due.shown(is_many);
    let more_decisions = due.all.len() - decisions;
    let between = between::lines(&made, &saying);
    let notes = people::notes(&made, &saying, is_many);
    let rows = teams::rows(&made, &saying, is_many);
    let filters = teams::filters(&rows, failed.len(), &saying);
    let page = Page {
        language: words.language.clone(),
        title: title(&made, failed.len(), &due, &saying),
        kicker: kicker(batch, words),
        dateline: dateline(batch, &made, words),
        is_many,
        labels: labels(&made, &saying),
        strip: strip(&made, failed.len(), &saying),
        failed: failed.iter().map(|(team, reason)| failure(team, reason, words)).collect(),
        decisions_note: due.note(words),
        more_decisions: (more_decisions > 0).then(|| words.count("rollup.more_decisions", more_decisions as u64, &[])),
        tabs: tabs(is_many, rows.len(), due.all.len(), between.len(), notes.len(), words),
        decisions: due.all.into_iter().take(decisions).collect(),
        between,
        notes,
        teams: rows,
        filters,
        footer: footer(batch, words),
    };
    render::rollup(&page)
}

fn tabs(is_many: bool, teams: usize, decisions: usize, between: usize, notes: usize, words: &Words) -> Vec<Tab> {
    if !is_many {
        return Vec::new();
    }
    let all = [
        ("#teams", "rollup.teams_title", teams),
        ("#decisions", "rollup.decisions_title", decisions),
        ("#between", "rollup.between_title", between),
        ("#notes", "rollup.notes_title", notes),
    ];
    let tab = |(href, key, n): (&'static str, &str, usize)| Tab {
        href,
        label: words.say(key, &[]),
        n: words.whole(n as u64),
    };
    all.into_iter().filter(|(_, _, n)| *n > 0).map(tab).collect()
}

/// Returns the title: `1 decision is overdue and 3 are due by 27 November; “Drop supplier scoring” moves Self-serve
/// release from 13 to 2 December`.
fn title(made: &[Made], failed: usize, due: &decisions::Due, saying: &Saying) -> String {
    let words = saying.words;
    let count = |key: &str, n: usize, places: &[(&str, &str)]| words.count(key, n as u64, places);
    let by = saying.day_long(due.until);
    let mut parts = Vec::new();
    match (due.overdue, due.soon) {
        (0, 0) => {}
        (0, soon) => parts.push(count("rollup.due_by", soon, &[("date", &by)])),
        (overdue, 0) => parts.push(count("rollup.overdue_are", overdue, &[])),
        (overdue, soon) => parts.push(
            words
                .list(&[count("rollup.overdue_are", overdue, &[]), count("rollup.and_due_by", soon, &[("date", &by)])]),
        ),
    }
    let off_pace = made.iter().filter(|made| teams::is_off_pace(made.card)).count();
    match due.largest.clone().filter(|_| made.len() <= MAX_TEAMS_ON_ONE_PAGE) {
        Some(moves) => parts.push(moves),
        None if off_pace > 0 => {
            parts.push(count("rollup.off_pace_of", off_pace, &[("of", &words.whole(made.len() as u64))]));
        }
        None => {}
    }
    if failed > 0 {
        parts.push(count("rollup.failed", failed, &[]));
    }
    if parts.is_empty() {
        parts.push(words.say("rollup.all_well", &[]));
    }
    saying.capital(&parts.join(words.semicolon()))
}

/// Returns the line above the title: `Alex Kim · 4 teams · briefs for the 1:1s`. The boss is named only if all teams
/// have the same one.
fn kicker(batch: &Batch, words: &Words) -> String {
    let teams = words.count("rollup.kicker", batch.teams.len() as u64, &[]);
    match batch.bosses().into_iter().collect::<Vec<_>>()[..] {
        [boss] if !boss.is_empty() => format!("{boss} · {teams}"),
        _ => teams,
    }
}

/// Returns the line with the date: `Friday 20 November 2026 · week 8 of 13`. The week is left out if the teams are in
/// different ones.
fn dateline(batch: &Batch, made: &[Made], words: &Words) -> String {
    let date = words.full_date(batch.as_of);
    let first = made.first().and_then(|made| made.card.week);
    match first.filter(|week| made.iter().all(|made| made.card.week == Some(*week))) {
        Some((week, of)) => {
            let (week, of) = (words.whole(week.into()), words.whole(of.into()));
            format!("{date} · {}", words.say("rollup.week", &[("week", &week), ("weeks", &of)]))
        }
        None => date,
    }
}

fn labels(made: &[Made], saying: &Saying) -> Labels {
    let say = |key: &str| saying.words.say(key, &[]);
    let since = saying.common_since(made).map(|date| saying.day(date));
    Labels {
        skip: say("rollup.skip"),
        failed: say("rollup.failed_title"),
        decisions: say("rollup.decisions_title"),
        between: say("rollup.between_title"),
        notes: say("rollup.notes_title"),
        teams: say("rollup.teams_title"),
        team: say("rollup.team"),
        team_manager: say("rollup.team_manager"),
        reason: say("rollup.reason"),
        by: say("rollup.by"),
        decision: say("rollup.decision"),
        buys: say("rollup.buys"),
        open_since: say("rollup.open_since"),
        objectives: say("rollup.objectives"),
        worst: say("rollup.worst"),
        since: match since {
            Some(date) => saying.words.say("rollup.since", &[("date", &date)]),
            None => say("rollup.since_last"),
        },
        next: say("rollup.next"),
        asks: say("rollup.asks_head"),
        brief: say("rollup.brief"),
        web: say("rollup.web"),
        filter: say("rollup.filter"),
        shown: say("rollup.shown"),
        show_all: say("rollup.show_all"),
    }
}

/// Returns the totals of all teams: objectives by status, finished tasks and milestones, and the number of teams that
/// slipped.
fn strip(made: &[Made], failed: usize, saying: &Saying) -> Vec<Total> {
    let words = saying.words;
    let total = |n: usize, key: &str, shape, is_warning, is_change| {
        let of = words.whole(made.len() as u64);
        let label = words.count(key, n as u64, &[("of", &of)]);
        Total { n: words.whole(n as u64), label, shape, is_warning, is_change }
    };
    let all: usize = made.iter().map(|made| made.card.objectives.len()).sum();
    let mut totals = vec![total(all, "rollup.strip_objectives", None, false, false)];
    for (status, shape) in teams::SHAPES {
        let n = made.iter().map(|made| teams::standing(made.card, status)).sum::<usize>();
        if n > 0 {
            let cards = made.iter().map(|made| made.card);
            let is_warning = matches!(status, Status::Late | Status::AtRisk);
            totals.push(total(n, teams::word(cards, status), Some(shape), is_warning, false));
        }
    }
    let is_many = made.len() > MAX_TEAMS_ON_ONE_PAGE;
    if let Some(finished) = finished(made).filter(|finished| finished.last > 0 && !is_many) {
        let (of, before) = (words.whole(made.len() as u64), words.whole(finished.before.into()));
        let teams = words.count("rollup.strip_of_teams", finished.teams as u64, &[("of", &of)]);
        let teams = if finished.teams == made.len() { String::new() } else { teams };
        let places = [("date", saying.day(finished.week)), ("before", before), ("teams", teams)];
        let label = words.count(
            "rollup.strip_finished",
            finished.last.into(),
            &places.each_ref().map(|(place, text)| (*place, text.as_str())),
        );
        let n = words.whole(finished.last.into());
        totals.push(Total { n, label, shape: None, is_warning: false, is_change: true });
    }
    let reached: u32 = made.iter().map(|made| made.card.reached).sum();
    if !is_many {
        totals.push(total(reached as usize, "rollup.strip_reached", None, false, true));
    }
    let slipped = made.iter().filter(|made| teams::is_worse(made.card)).count();
    if slipped > 0 {
        totals.push(total(slipped, "rollup.strip_slipped", None, true, true));
    }
    for (n, key) in
        [(made.iter().filter(|made| made.card.stale).count(), "rollup.strip_stale"), (failed, "rollup.strip_failed")]
    {
        if n > 0 {
            totals.push(total(n, key, None, key == "rollup.strip_failed", true));
        }
    }
    totals
}

/// Tasks that several teams finished in the same closed week and in the one before it.
struct Finished {
    week: chrono::NaiveDate,
    last: u32,
    before: u32,
    teams: usize,
}

/// Adds up what teams finished in the last closed week of most of them; of weeks with as many teams, the latest. Teams
/// whose data end in another week are left out, because different weeks cannot be added.
fn finished(made: &[Made]) -> Option<Finished> {
    let mut weeks: BTreeMap<chrono::NaiveDate, Finished> = BTreeMap::new();
    for (week, (last, before)) in made.iter().filter_map(|made| made.card.finished_week.zip(made.card.finished)) {
        let all = weeks.entry(week).or_insert(Finished { week, last: 0, before: 0, teams: 0 });
        all.last += last;
        all.before += before;
        all.teams += 1;
    }
    weeks.into_values().max_by_key(|finished| finished.teams)
}

fn failure(team: &TeamResult, reason: &Reason, words: &Words) -> Failed {
    Failed {
        path: team.path.clone(),
        manager: team.owner.manager.clone(),
        mailto: team.owner.manager_email.as_deref().and_then(mailto),
        message: pieces(&reason.message),
        more: (reason.problems > 1).then(|| words.count("rollup.more", reason.problems as u64 - 1, &[])),
    }
}

fn pieces(message: &str) -> Vec<Piece> {
    message.split('`').enumerate().map(|(at, text)| Piece { text: text.to_owned(), code: at % 2 == 1 }).collect()
}

fn footer(batch: &Batch, words: &Words) -> String {
    let copy = match batch.copy {
        Audience::Me => "rollup.copy_me",
        Audience::Boss => "rollup.copy_boss",
        Audience::Shared => "rollup.copy_shared",
    };
    let copy = words.say(copy, &[]);
    let date = words.day_month_year_long(batch.as_of);
    words.count("rollup.footer", batch.teams.len() as u64, &[("copy", &copy), ("date", &date)])
}

/// Returns the `mailto:` address for a mail to somebody, or `None` if the address is not valid.
fn mailto(address: &str) -> Option<String> {
    let (name, domain) = address.split_once('@')?;
    Some(format!("mailto:{}@{}", url_path(name), url_path(domain)))
}

#[cfg(test)]
mod tests;
