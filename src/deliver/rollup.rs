//! The page over the briefs of a batch: what several teams need first, then each team's headline and a link to its
//! brief. For a boss with several managers; `headsup batch` writes it as `index.html`.

use serde::Serialize;

use super::batch::{AskLine, Batch, Card, Reason, TeamResult};
use crate::chart::Tone;
use crate::problem::Failure;
use crate::render;
use crate::team::Status;
use crate::words::Words;

/// The most asks that stand at the top of the page; each team's card counts all of its own.
const MOST_ASKS: usize = 12;

#[derive(Serialize)]
struct Page<'a> {
    language: &'a str,
    style: &'a str,
    title: String,
    kicker: String,
    dateline: String,
    labels: Labels,
    asks: Vec<Ask<'a>>,
    /// How many asks there are beyond those.
    more_asks: Option<String>,
    failed: Vec<Failed<'a>>,
    teams: Vec<Team<'a>>,
    footer: String,
}

#[derive(Serialize)]
struct Labels {
    skip: String,
    asks: String,
    failed: String,
    teams: String,
    team: String,
    reason: String,
}

#[derive(Serialize)]
struct Ask<'a> {
    text: &'a str,
    team: &'a str,
    anchor: String,
    due: Option<String>,
    tone: Tone,
}

#[derive(Serialize)]
struct Failed<'a> {
    path: &'a str,
    manager: &'a str,
    /// Where to write to whoever answers for the team.
    mailto: Option<String>,
    message: Vec<Piece<'a>>,
    more: Option<String>,
}

/// A part of a reason; names of columns and files stand between backticks.
#[derive(Serialize)]
struct Piece<'a> {
    text: &'a str,
    code: bool,
}

#[derive(Serialize)]
struct Team<'a> {
    anchor: String,
    team: &'a str,
    manager: &'a str,
    headline: &'a str,
    href: Option<String>,
    stale: Option<String>,
    objectives: Vec<Objective<'a>>,
    asks: String,
    files: Vec<File>,
}

#[derive(Serialize)]
struct Objective<'a> {
    name: &'a str,
    status: String,
    tone: Tone,
}

#[derive(Serialize)]
struct File {
    href: String,
    format: String,
}

/// The whole page. `folder` below OUT of a team with a brief is its path below the root.
pub fn page(batch: &Batch, words: &Words) -> Result<String, Failure> {
    let made: Vec<(&TeamResult, &Card)> = batch.teams.iter().filter_map(|t| Some((t, t.brief.as_ref()?))).collect();
    let failed: Vec<(&TeamResult, &Reason)> =
        batch.teams.iter().filter_map(|t| Some((t, t.failed.as_ref()?))).collect();
    let copy = words.say(&format!("masthead.copy_{}", batch.copy.name()), &[]);
    let count = batch.teams.len() as u64;
    let asked: usize = made.iter().map(|(_, card)| card.asks.len()).sum();
    let more_asks = asked.checked_sub(MOST_ASKS).filter(|more| *more > 0);
    let page = Page {
        language: &words.language,
        style: render::stylesheet(),
        title: words.count("rollup.title", count, &[("news", &news(&made, failed.len(), words))]),
        kicker: words.say("rollup.kicker", &[]),
        dateline: words.full_date(batch.as_of),
        labels: Labels {
            skip: words.say("rollup.skip", &[]),
            asks: words.say("rollup.asks_title", &[]),
            failed: words.say("rollup.failed_title", &[]),
            teams: words.say("rollup.teams_title", &[]),
            team: words.say("rollup.team", &[]),
            reason: words.say("rollup.reason", &[]),
        },
        asks: asks(&made, words),
        more_asks: more_asks.map(|more| words.count("rollup.more_asks", more as u64, &[])),
        failed: failed
            .iter()
            .map(|(team, reason)| Failed {
                path: &team.path,
                manager: &team.owner.manager,
                mailto: team.owner.manager_email.as_deref().and_then(mailto),
                message: pieces(&reason.message),
                more: (reason.problems > 1).then(|| words.count("rollup.more", reason.problems as u64 - 1, &[])),
            })
            .collect(),
        teams: by_trouble(&made).into_iter().map(|(team, card)| card_of(team, card, words)).collect(),
        footer: words.count(
            "rollup.footer",
            count,
            &[("copy", &copy), ("date", &words.day_month_year_long(batch.as_of))],
        ),
    };
    render::rollup(&page)
}

fn pieces(message: &str) -> Vec<Piece<'_>> {
    message.split('`').enumerate().map(|(at, text)| Piece { text, code: at % 2 == 1 }).collect()
}

/// How many objectives of a team stand so.
fn standing(card: &Card, status: Status) -> usize {
    card.objectives.iter().filter(|objective| objective.status == status).count()
}

/// The page's finding: how many objectives are late or at risk, how many briefs are missing.
fn news(made: &[(&TeamResult, &Card)], failed: usize, words: &Words) -> String {
    let total = |status| made.iter().map(|(_, card)| standing(card, status)).sum::<usize>();
    let counts =
        [("rollup.late", total(Status::Late)), ("rollup.at_risk", total(Status::AtRisk)), ("rollup.failed", failed)];
    let parts: Vec<String> =
        counts.iter().filter(|(_, n)| *n > 0).map(|(key, n)| words.count(key, *n as u64, &[])).collect();
    if parts.is_empty() { words.say("rollup.all_well", &[]) } else { words.list(&parts) }
}

/// The asks of all teams, the most urgent first.
fn asks<'a>(made: &[(&'a TeamResult, &'a Card)], words: &Words) -> Vec<Ask<'a>> {
    let mut all: Vec<(&TeamResult, &AskLine)> =
        made.iter().flat_map(|(team, card)| card.asks.iter().map(move |ask| (*team, ask))).collect();
    all.sort_by_key(|(_, ask)| (ask.needed_by.is_none(), ask.needed_by));
    all.into_iter()
        .take(MOST_ASKS)
        .map(|(team, ask)| Ask {
            text: &ask.text,
            team: &team.team,
            anchor: anchor(team),
            due: ask.needed_by.map(|date| {
                let key = if ask.overdue { "rollup.overdue" } else { "rollup.due" };
                words.say(key, &[("date", &words.day_month(date))])
            }),
            tone: if ask.overdue { Tone::Warning } else { Tone::Quiet },
        })
        .collect()
}

/// Teams with late objectives first, then those at risk; otherwise in the order of their paths.
fn by_trouble<'a>(made: &[(&'a TeamResult, &'a Card)]) -> Vec<(&'a TeamResult, &'a Card)> {
    let mut teams = made.to_vec();
    teams.sort_by_key(|(_, card)| std::cmp::Reverse((standing(card, Status::Late), standing(card, Status::AtRisk))));
    teams
}

fn card_of<'a>(team: &'a TeamResult, card: &'a Card, words: &Words) -> Team<'a> {
    let mut objectives: Vec<_> = card.objectives.iter().collect();
    objectives.sort_by_key(|objective| crate::analysis::severity(objective.status));
    let href = |file: &str| match team.path.as_str() {
        "." => url_path(file),
        path => format!("{}/{}", url_path(path), url_path(file)),
    };
    let page = card.files.iter().find(|file| file.ends_with(".html")).or(card.files.first());
    Team {
        anchor: anchor(team),
        team: &team.team,
        manager: &card.manager,
        headline: &card.headline,
        href: page.map(|file| href(file)),
        stale: card.stale.then(|| words.say("rollup.stale", &[])),
        objectives: objectives
            .into_iter()
            .map(|objective| {
                let status = words.say(&format!("status.{}", name_of(objective.status)), &[]);
                Objective {
                    name: &objective.name,
                    status: match objective.outcome_still {
                        true => words.say("rollup.outcome_still", &[("status", &status)]),
                        false => status,
                    },
                    tone: match objective.status {
                        Status::Late | Status::AtRisk => Tone::Warning,
                        Status::Done | Status::Ahead => Tone::Good,
                        Status::OnPace => Tone::Plain,
                        Status::NotStarted | Status::Dropped | Status::NotReported => Tone::Quiet,
                    },
                }
            })
            .collect(),
        asks: match card.asks.len() {
            0 => String::new(),
            n => words.count("rollup.asks", n as u64, &[]),
        },
        files: card
            .files
            .iter()
            .map(|file| File {
                href: href(file),
                format: file.rsplit('.').next().unwrap_or_default().to_ascii_uppercase(),
            })
            .collect(),
    }
}

/// The word of a status in the words file, as serde spells it.
fn name_of(status: Status) -> String {
    serde_json::to_value(status).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

/// An anchor that is unique and made of letters and digits alone.
fn anchor(team: &TeamResult) -> String {
    format!("team-{}", super::ident(&[team.path.as_bytes()]))
}

/// The address of a mail to somebody.
fn mailto(address: &str) -> Option<String> {
    let (name, domain) = address.split_once('@')?;
    Some(format!("mailto:{}@{}", url_path(name), url_path(domain)))
}

/// A path of folders and a file as part of an address.
fn url_path(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => out.push(byte as char),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deliver::batch::{ObjectiveLine, Owner};
    use crate::redact::Audience;

    fn card(headline: &str, status: Status) -> Card {
        Card {
            manager: "Dana <b>".into(),
            headline: headline.into(),
            summary: Vec::new(),
            objectives: vec![ObjectiveLine { name: "Speed".into(), status, outcome_still: false }],
            asks: vec![AskLine { text: "A developer".into(), needed_by: "2026-11-27".parse().ok(), overdue: false }],
            files: vec!["b.pdf".into(), "b.html".into()],
            stale: false,
        }
    }

    fn team(path: &str, brief: Card) -> TeamResult {
        let failed = TeamResult::failed(path, Owner::default(), &Failure::Usage(String::new()), Audience::Shared);
        TeamResult { brief: Some(brief), failed: None, ..failed }
    }

    #[test]
    fn trouble_comes_first_and_the_title_says_it() {
        let teams = vec![
            team("a team", card("All well", Status::OnPace)),
            team("b", card("Self-serve is late", Status::Late)),
            TeamResult::failed("c", Owner::default(), &Failure::Usage("no data".into()), Audience::Shared),
        ];
        let batch = Batch::new("2026-11-20".parse().unwrap(), Audience::Shared, teams, Vec::new());
        let page = page(&batch, Words::of_or_english("en")).unwrap();
        assert!(page.contains("<title>3\u{a0}teams: 1\u{a0}objective late and 1\u{a0}brief missing</title>"), "{page}");
        assert!(page.find("Self-serve is late") < page.find("All well"), "{page}");
        assert!(page.contains("href=\"a%20team/b.html\"") && page.contains("Dana &lt;b&gt;"), "{page}");
        assert!(page.contains("no data") && !page.contains("<b>"), "{page}");
    }
}
