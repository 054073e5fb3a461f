//! Judges what a brief says about asks and wins, and what a copy must not show.

use super::super::made::Ask;
use super::vocabulary::vocabulary;
use super::{Judge, date, token};

impl Judge<'_> {
    pub(super) fn asks(&self) {
        let (team, words) = (self.team, vocabulary(self.team.language));
        let known = |ask: &&Ask| ask.asked_on.is_none_or(|on| on <= team.as_of);
        // Items of a confidential milestone are not in the shared copy.
        let is_secret = |name: &str| team.milestones.iter().any(|it| it.name == name && it.confidential);
        let may = |ask: &&Ask| !team.is_shared() || (ask.raised && !ask.confidential && !is_secret(&ask.milestone));
        let open: Vec<&Ask> = team.asks.iter().filter(known).filter(|ask| ask.open).collect();
        for ask in open.iter().copied().filter(|ask| may(ask)) {
            if !self.says(token(&ask.text)) {
                self.fault("an open ask is nowhere", ask.text.clone());
            }
        }
        if self.says(words.nothing_needed) && (!open.is_empty() || team.asks.is_empty() || team.is_shared()) {
            self.fault("an ask is denied", format!("{} open", open.len()));
        }
    }

    /// Checks that each decision with a date is on the page of a roll-up.
    pub(super) fn decisions(&self) {
        let team = self.team;
        let is_secret = |name: &str| team.milestones.iter().any(|it| it.name == name && it.confidential);
        let may = |ask: &&Ask| !team.is_shared() || (ask.raised && !ask.confidential && !is_secret(&ask.milestone));
        let known = |ask: &&Ask| ask.open && ask.asked_on.is_none_or(|on| on <= team.as_of) && ask.needed_by.is_some();
        for ask in team.asks.iter().filter(known).filter(may) {
            if !self.says(token(&ask.text)) {
                self.fault("a decision is not on the roll-up", ask.text.clone());
            }
        }
    }

    /// Checks that each win of the last days is shown once, and no future one.
    pub(super) fn news(&self) {
        let team = self.team;
        let since = date(&self.json["since"]).expect("since");
        for win in team.wins.iter().filter(|win| !(team.is_shared() && win.confidential)) {
            let told = ["value", "beyond"].iter().flat_map(|key| self.json[*key].as_array().into_iter().flatten());
            let times =
                told.filter(|it| it["text"].as_str().is_some_and(|text| text.contains(token(&win.text)))).count();
            let expected = usize::from(since < win.date && win.date <= team.as_of);
            if times != expected {
                self.fault("a win is told too often or not", format!("{} of {}: {times} times", win.text, win.date));
            }
        }
        let later = team.wins.iter().chain(&team.people).chain(&team.goals).filter(|it| it.date > team.as_of);
        let later: Vec<&str> = later.map(|it| token(&it.text)).collect();
        for text in later {
            if self.says(text) || self.json.to_string().contains(text) {
                self.fault("what is to come has happened", text);
            }
        }
    }

    /// Checks that a copy does not contain what it must not show.
    pub(super) fn copies(&self, elsewhere: &str) {
        let (team, copy) = (self.team, self.team.copy);
        if copy == "me" {
            return;
        }
        let mut withheld: Vec<(&'static str, &str)> = Vec::new();
        let shared = team.is_shared();
        for note in &team.people {
            if matches!(note.kind, "concern" | "signal") || (shared && note.confidential) {
                withheld.extend(
                    [&note.text, &note.inner[0], &note.inner[1]].map(|text| ("a note about a person", text.as_str())),
                );
            } else if shared {
                withheld.push(("a wish of a person", &note.inner[0]));
            }
        }
        withheld.extend(
            team.events
                .iter()
                .filter(|it| it.kind == "off" || (shared && it.confidential))
                .map(|it| ("a day off", it.text.as_str())),
        );
        withheld.extend(
            team.tasks.iter().filter(|task| task.secret).map(|task| ("a confidential task", task.title.as_str())),
        );
        withheld.push(("a member", "Bo Lind"));
        if shared {
            for ask in &team.asks {
                withheld.push(("the id of an ask", ask.id.as_str()));
                if !ask.raised || ask.confidential {
                    withheld
                        .extend(std::iter::once(&ask.text).chain(&ask.details).map(|text| ("an ask", text.as_str())));
                }
            }
            let secret = team.milestones.iter().filter(|it| it.confidential);
            withheld
                .extend(secret.flat_map(|it| [("a milestone", it.name.as_str()), ("a reason", it.reason.as_str())]));
            withheld.extend(team.wins.iter().filter(|it| it.confidential).map(|it| ("a win", it.text.as_str())));
            withheld.extend(
                team.goals
                    .iter()
                    .filter(|it| it.kind == "me" || it.confidential)
                    .map(|it| ("a goal", it.text.as_str())),
            );
            withheld.extend(team.risks.iter().filter(|(_, secret)| *secret).map(|(text, _)| ("a risk", text.as_str())));
        }
        let json = self.json.to_string();
        for (kind, text) in withheld.into_iter().filter(|(_, text)| !text.is_empty()) {
            let mark = if kind == "a member" || kind == "the id of an ask" { text } else { token(text) };
            if !elsewhere.contains(mark) && (self.says(mark) || json.contains(mark)) {
                self.fault("a copy shows what it may not", format!("{copy}: {kind}, {text}"));
            }
        }
    }
}
