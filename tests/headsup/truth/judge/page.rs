//! Judges the lines of a brief in general: the headline, placeholders, dates.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use super::super::made::{Task, plus};
use super::vocabulary::{dates_in, vocabulary};
use super::{Judge, Value, date, segments, token};

impl Judge<'_> {
    pub(super) fn headline(&self) {
        let words = vocabulary(self.team.language);
        let said = self.json["headline"].as_str().unwrap_or_default().replace(['\u{a0}', '\u{202f}'], " ");
        let title = said.split_whitespace().collect::<Vec<_>>().join(" ");
        // The manager's own copy begins with an agenda, other copies begin with the headline.
        let mut lines = self.lines.iter().map(|line| line.trim_start_matches(['#', ' ']));
        let is_first =
            if self.team.copy == "me" { lines.any(|line| line == title) } else { lines.next() == Some(&title) };
        if !is_first {
            self.fault("two headlines", format!("{} / {title}", self.lines[0]));
        }
        let summary: Vec<String> =
            self.json["summary"].as_array().into_iter().flatten().map(|it| it.to_string()).collect();
        if summary.len() > 3 {
            self.fault("more than three bullets", summary.join(" "));
        }
        for sentence in summary.iter().chain([&title]) {
            if sentence.contains(".csv") || sentence.contains("headsup.toml") {
                self.fault("a sentence about a file leads", sentence.clone());
            }
        }
        // A late milestone with a lane leads the headline.
        let lanes = self.json["objectives"].as_array().into_iter().flatten();
        let mut late = lanes.flat_map(|objective| objective["milestones"].as_array().into_iter().flatten());
        let late: Vec<&Value> = late.by_ref().filter(|milestone| milestone["status"] == "late").collect();
        let named = late.iter().any(|milestone| title.contains(token(milestone["name"].as_str().unwrap_or_default())));
        if !late.is_empty() && !named {
            self.fault(
                "what is late does not lead",
                format!("{title}: {:?}", late.iter().map(|it| &it["name"]).collect::<Vec<_>>()),
            );
        }
        let finished = |task: &Task| {
            let since = date(&self.json["since"]);
            self.is_done(task) && task.done_on.is_none_or(|done| since.is_none_or(|since| done > since))
        };
        if self.says(words.nothing_finished) && self.team.tasks.iter().any(|task| task.counts && finished(task)) {
            self.fault("finished tasks are denied", title.clone());
        }
        if self.json["first_brief"] == true && self.says(words.since_last) {
            self.fault("a last 1:1 that never was", self.lines_with(words.since_last).join(" / "));
        }
    }

    /// Checks for double spaces, unfilled placeholders, and odds of zero or one.
    pub(super) fn marks(&self) {
        let words = vocabulary(self.team.language);
        let lines = self.lines.clone();
        let mut odds_column = None;
        for line in &lines {
            for blank in ["“”", "„“", "«»", "« »", "\"\"", "{", "}", ", ,", " ,", "()", ": ."] {
                if line.contains(blank) && !line.contains("\"v2\"") {
                    self.fault("a blank or a bare mark", format!("{blank} in {line}"));
                }
            }
            if line.split_whitespace().any(|word| matches!(word, "NaN" | "inf" | "null")) {
                self.fault("a blank or a bare mark", line.clone());
            }
            let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
            if !line.starts_with('|') {
                odds_column = None;
            } else if let Some(column) = cells.iter().position(|cell| words.odds.iter().any(|odds| cell.contains(odds)))
                && odds_column.is_none()
            {
                odds_column = Some(column);
            }
            let bare = |text: &str| {
                let text = text.replace(' ', "");
                let is_sure = |at: usize, share: &str| {
                    let before = text[..at].chars().next_back();
                    text[at..].starts_with(share) && !before.is_some_and(|c| c.is_ascii_digit() || "<>.,".contains(c))
                };
                text.char_indices().any(|(at, _)| is_sure(at, "0%") || is_sure(at, "100%"))
            };
            let of_odds = match odds_column {
                Some(column) => cells.get(column).map(|cell| (*cell).to_owned()),
                None => segments(line)
                    .into_iter()
                    .find(|it| words.odds.iter().any(|odds| it.contains(odds)))
                    .map(str::to_owned),
            };
            if let Some(said) = of_odds.filter(|said| bare(said)) {
                self.fault("odds of nothing or of certainty", format!("{said} in {line}"));
            }
        }
    }

    /// Checks that each printed date is in the files or is known to be computed.
    pub(super) fn dates(&self) {
        let team = self.team;
        let mut known: BTreeSet<NaiveDate> = [team.as_of, team.meeting(), plus(team.as_of, 14)].into();
        for milestone in &team.milestones {
            let whens = [&milestone.original, &milestone.due].into_iter().flatten().filter(|when| !when.is_period);
            known.extend(whens.map(|when| when.day));
            known.extend(milestone.start);
            known.extend(milestone.done_on);
            known.extend(milestone.moved.iter().flat_map(|(on, to)| [*on, *to]));
        }
        for task in &team.tasks {
            known.extend([task.created, task.started, task.done_on].into_iter().flatten());
            known.extend(task.due.iter().filter(|when| !when.is_period).map(|when| when.day));
        }
        for ask in &team.asks {
            known.extend(ask.asked_on);
            known.extend(ask.needed_by.iter().filter(|when| !when.is_period).map(|when| when.day));
        }
        known.extend(team.wins.iter().chain(&team.people).chain(&team.goals).chain(&team.events).map(|it| it.date));
        known.extend(team.metric.iter().map(|(on, _)| *on));
        computed(self.json, &mut known);
        for line in self.lines.clone() {
            for found in dates_in(&line, team.language, team.as_of.year()) {
                if !known.contains(&found) {
                    self.fault("a date without a source", format!("{found} in {line}"));
                }
            }
        }
    }
}

/// Collects the dates that the JSON gives as computed: forecasts, effects, the quarter, the weeks.
fn computed(json: &Value, known: &mut BTreeSet<NaiveDate>) {
    const KEYS: [&str; 15] = [
        "p50",
        "p85",
        "projected",
        "not_before",
        "p50_from",
        "p50_to",
        "p85_from",
        "p85_to",
        "ending",
        "week",
        "since",
        "until",
        "start",
        "end",
        "expected",
    ];
    match json {
        Value::Object(fields) => {
            for (key, value) in fields {
                if KEYS.contains(&key.as_str()) {
                    known.extend(date(value));
                }
                computed(value, known);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| computed(item, known)),
        _ => {}
    }
}
