//! Conflicts between teams: a team needs people of another team that is off pace itself, or whose own date is later; or
//! two teams need the same people. Names are matched with the teams' names and aliases: "Platform POD" is Platform.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::made::Made;
use super::saying::{Saying, flat};
use super::teams;
use crate::deliver::batch::{MilestoneLine, NeedLine};
use crate::fold;

/// Words that many names of teams begin or end with, and that do not distinguish teams.
const GENERIC_WORDS: [&str; 17] = [
    "the",
    "team",
    "teams",
    "pod",
    "squad",
    "tribe",
    "group",
    "crew",
    "chapter",
    "department",
    "dept",
    "abteilung",
    "gruppe",
    "equipe",
    "equipo",
    "groupe",
    "grupo",
];

/// A conflict: its subject in bold, then the rest.
#[derive(Serialize)]
pub(crate) struct Line {
    lead: String,
    rest: String,
    quiet: Option<String>,
    #[serde(skip)]
    needed_by: Option<NaiveDate>,
}

/// Returns a name without case, accents and generic words, or the whole name if nothing else is left.
fn key(name: &str) -> String {
    let words: Vec<String> = fold::words(name).filter(|word| !GENERIC_WORDS.contains(&word.as_str())).collect();
    if words.is_empty() { fold::fold(name) } else { words.join(" ") }
}

/// Maps each name to its team. A name that two teams share maps to `None`.
fn by_name<'a>(made: &[Made<'a>]) -> BTreeMap<String, Option<Made<'a>>> {
    let mut named: BTreeMap<String, Option<Made>> = BTreeMap::new();
    for one in made {
        let mut names: Vec<String> = one.card.aliases.iter().chain([&one.team.team]).map(|name| key(name)).collect();
        names.sort();
        names.dedup();
        for name in names {
            named.entry(name).and_modify(|other| *other = None).or_insert(Some(*one));
        }
    }
    named
}

/// Returns all conflicts, the most urgent ones first.
pub(crate) fn lines(made: &[Made], saying: &Saying) -> Vec<Line> {
    let named = by_name(made);
    let mut wanted: BTreeMap<String, Vec<(Made, &NeedLine)>> = BTreeMap::new();
    let mut lines = Vec::new();
    for one in made {
        for need in &one.card.needs {
            let target = key(&need.from);
            wanted.entry(target.clone()).or_default().push((*one, need));
            let other = named.get(&target).copied().flatten().filter(|other| other.team.path != one.team.path);
            lines.extend(other.and_then(|other| of_one(one, need, &other, saying)));
        }
    }
    lines.extend(wanted.values().filter_map(|needs| of_many(needs, saying)));
    lines.sort_by_key(|line| (line.needed_by.is_none(), line.needed_by));
    lines
}

/// Describes what one team needs: `Curation wants “A front-end developer” from Platform by 27 November. Platform has 3
/// of 12 objectives off pace.`
fn of_one(one: &Made, need: &NeedLine, other: &Made, saying: &Saying) -> Option<Line> {
    let objectives = other.card.objectives.len();
    let off_pace = teams::off_pace(other.card);
    let later = later_milestone(need, other);
    if off_pace == 0 && later.is_none() {
        return None;
    }
    let (team, from, thing) = (&one.team.team, &other.team.team, saying.words.quote(&flat(&need.text)));
    let places = [("team", team.as_str()), ("from", from), ("thing", &thing)];
    let lead = saying.say("rollup.wants", &places);
    let mut rest = vec![by(need.needed_by, saying)];
    if off_pace > 0 {
        let of = saying.words.whole(objectives as u64);
        rest.push(saying.words.count("rollup.team_off_pace", off_pace as u64, &[("team", from), ("of", &of)]));
    }
    if let Some((milestone, date)) = later {
        let (name, date) =
            (flat(&milestone.name), saying.typed(milestone.expected_period.as_deref(), saying.day_long(date)));
        rest.push(saying.say("rollup.team_expects", &[("team", from), ("milestone", &name), ("date", &date)]));
    }
    let quiet = need.private.then(|| saying.say("asks.private_with", &[("team", from)]));
    Some(Line { lead, rest: rest.join(" "), quiet, needed_by: need.needed_by })
}

/// Returns a milestone of the other team that the need names, if it is expected later than it is needed.
fn later_milestone<'a>(need: &NeedLine, other: &Made<'a>) -> Option<(&'a MilestoneLine, NaiveDate)> {
    let text = fold::fold(&need.text);
    let needed_by = need.needed_by?;
    let named = other.card.milestones.iter().filter(|milestone| {
        let name = fold::fold(&milestone.name);
        name.split(' ').count() > 1 && (text.contains(&name) || name.contains(&text))
    });
    named.filter_map(|milestone| Some((milestone, milestone.expected?))).find(|(_, date)| *date > needed_by)
}

/// Describes what several teams need, with the details: `Platform and Payments both want the security team`.
fn of_many(needs: &[(Made, &NeedLine)], saying: &Saying) -> Option<Line> {
    let mut teams: Vec<String> = needs.iter().map(|(made, _)| made.team.team.clone()).collect();
    teams.sort();
    teams.dedup();
    let (_, first) = needs.first().filter(|_| teams.len() > 1)?;
    let lead = saying.say(
        if teams.len() == 2 { "rollup.both_want" } else { "rollup.all_want" },
        &[("teams", &saying.words.list(&teams)), ("from", &flat(&first.from))],
    );
    let each: Vec<String> = needs
        .iter()
        .map(|(_, need)| {
            let thing = saying.words.quote(&flat(&need.text));
            match need.needed_by {
                Some(date) => format!("{thing} {}", saying.say("common.by", &[("date", &saying.day_long(date))])),
                None => thing,
            }
        })
        .collect();
    let needed_by = needs.iter().filter_map(|(_, need)| need.needed_by).min();
    let rest = format!("{}{}.", saying.words.colon(), each.join(", "));
    Some(Line { lead, rest, quiet: None, needed_by })
}

fn by(date: Option<NaiveDate>, saying: &Saying) -> String {
    match date {
        Some(date) => format!(" {}.", saying.say("common.by", &[("date", &saying.day_long(date))])),
        None => ".".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_team_is_found_by_any_of_its_names() {
        for (one, other) in
            [("Platform POD", "Platform"), ("the Security Team", "Sécurity"), ("Équipe Données", "donnees")]
        {
            assert_eq!(key(one), key(other), "{one}");
        }
        assert_ne!(key("Platform"), key("Platform data"));
        assert_eq!(key("The Team"), "the team", "a team of that name is still one");
    }
}
