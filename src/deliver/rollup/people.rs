//! People worth mentioning: wins with a name to thank, and what people did beyond their job.

use serde::Serialize;

use super::made::Made;
use super::saying::{Saying, flat};
use crate::deliver::batch::Card;

/// Most entries of all teams together if everything is on one page, and most entries of each team on a separate tab.
const MAX_ON_ONE_PAGE: usize = 6;
const MAX_PER_TEAM: usize = 2;

#[derive(Serialize)]
pub(crate) struct Note {
    /// Person to thank, or the team if nobody is named.
    who: String,
    /// Team of the person.
    team: Option<String>,
    text: String,
    wish: Option<String>,
    /// Whether the win is validated.
    validated: Option<String>,
    is_validated: bool,
}

/// Returns validated wins, then people, then the other wins, alternating between the teams.
pub(crate) fn notes(made: &[Made], saying: &Saying, is_many: bool) -> Vec<Note> {
    let most = if is_many { usize::MAX } else { MAX_ON_ONE_PAGE };
    let mut of_teams: Vec<std::vec::IntoIter<Note>> =
        made.iter().map(|made| of_team(made, saying).into_iter()).collect();
    let mut notes = Vec::new();
    for _ in 0..MAX_PER_TEAM.max(if is_many { MAX_PER_TEAM } else { MAX_ON_ONE_PAGE }) {
        notes.extend(of_teams.iter_mut().filter_map(Iterator::next));
    }
    notes.truncate(most);
    notes
}

fn of_team(made: &Made, saying: &Saying) -> Vec<Note> {
    let Card { wins, people, .. } = made.card;
    let team = &made.team.team;
    let win = |validated: bool| {
        wins.iter().filter(move |win| win.validated == validated).map(move |win| {
            let mut text = flat(&win.text);
            let more: Vec<String> = [&win.evidence, &win.amount].into_iter().flatten().map(|part| flat(part)).collect();
            if !more.is_empty() {
                text = format!("{text}{}{}", saying.words.colon(), more.join(saying.words.semicolon()));
            }
            let names: Vec<String> = win.people.iter().map(|name| flat(name)).collect();
            let key = if validated { "rollup.validated" } else { "value.not_validated" };
            Note {
                team: (!names.is_empty()).then(|| team.clone()),
                who: if names.is_empty() { team.clone() } else { saying.words.list(&names) },
                text,
                wish: None,
                validated: Some(saying.say(key, &[])),
                is_validated: validated,
            }
        })
    };
    let people = people.iter().map(|person| Note {
        who: flat(&person.person),
        team: Some(team.clone()),
        text: flat(&person.text),
        wish: person.wish.as_deref().map(|wish| saying.say("agenda.would_help", &[("text", &flat(wish))])),
        validated: None,
        is_validated: false,
    });
    win(true).take(1).chain(people.take(1)).chain(win(true).skip(1)).chain(win(false)).collect()
}
