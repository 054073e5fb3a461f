//! The judge of a made team's brief. It knows what is true by the team itself and nothing of the code under test: it reads
//! the Markdown and the JSON as their readers do, and names every sentence that is not so.

use std::cell::RefCell;
use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use serde_json::Value;

use super::made::{Milestone, Stated, Task, Team, Work, plus};

/// What is untrue, by its kind, with what shows it.
pub type Faults = Vec<(&'static str, String)>;

pub struct Judge<'a> {
    team: &'a Team,
    /// The Markdown without its marks, a line each.
    lines: Vec<String>,
    json: &'a Value,
    faults: RefCell<Faults>,
}

/// The words of a language that the judge knows.
struct Vocabulary {
    late: &'static [&'static str],
    not_done: &'static str,
    done: &'static [&'static str],
    nothing_needed: &'static str,
    odds: &'static [&'static str],
    nothing_finished: &'static str,
    since_last: &'static str,
    months: [&'static str; 12],
}

fn vocabulary(language: &str) -> Vocabulary {
    match language {
        "de" => Vocabulary {
            late: &["zu spät", "im Verzug"],
            not_done: "nicht als erledigt gemeldet",
            done: &["erledigt", "fertig"],
            nothing_needed: "nichts von Ihnen gebraucht",
            odds: &["Chance", "Wahrscheinlichkeit"],
            nothing_finished: "Keine Aufgabe wurde",
            since_last: "seit dem letzten 1:1",
            months: [
                "januar",
                "februar",
                "märz",
                "april",
                "mai",
                "juni",
                "juli",
                "august",
                "september",
                "oktober",
                "november",
                "dezember",
            ],
        },
        "fr" => Vocabulary {
            late: &["de retard", "en retard"],
            not_done: "pas déclaré terminé",
            done: &["terminé"],
            nothing_needed: "Rien n’est attendu de vous",
            odds: &["chances", "Chances", "robabilité"],
            nothing_finished: "Aucune tâche n’a été",
            since_last: "depuis le dernier 1:1",
            months: [
                "janvier",
                "février",
                "mars",
                "avril",
                "mai",
                "juin",
                "juillet",
                "août",
                "septembre",
                "octobre",
                "novembre",
                "décembre",
            ],
        },
        "es" => Vocabulary {
            late: &["de retraso", "con retraso"],
            not_done: "no consta como terminado",
            done: &["terminado", "hecho", "terminó"],
            nothing_needed: "no se necesita nada de usted",
            odds: &["robabilidad"],
            nothing_finished: "No se ha terminado ninguna",
            since_last: "desde el último 1:1",
            months: [
                "enero",
                "febrero",
                "marzo",
                "abril",
                "mayo",
                "junio",
                "julio",
                "agosto",
                "septiembre",
                "octubre",
                "noviembre",
                "diciembre",
            ],
        },
        "pt" => Vocabulary {
            late: &["de atraso", "atrasado"],
            not_done: "não consta como concluído",
            done: &["concluído"],
            nothing_needed: "Nada é necessário da sua parte",
            odds: &["hance", "robabilidade"],
            nothing_finished: "Nenhuma tarefa foi",
            since_last: "desde o último 1:1",
            months: [
                "janeiro",
                "fevereiro",
                "março",
                "abril",
                "maio",
                "junho",
                "julho",
                "agosto",
                "setembro",
                "outubro",
                "novembro",
                "dezembro",
            ],
        },
        _ => Vocabulary {
            late: &["late"],
            not_done: "not reported done",
            done: &["done"],
            nothing_needed: "Nothing is needed from you",
            odds: &["odds", "Odds", "chance"],
            nothing_finished: "No task was finished",
            since_last: "since the last 1:1",
            months: [
                "january",
                "february",
                "march",
                "april",
                "may",
                "june",
                "july",
                "august",
                "september",
                "october",
                "november",
                "december",
            ],
        },
    }
}

/// The word of a text that stands nowhere else: its first with a capital.
pub fn token(text: &str) -> &str {
    let is_word = |c: char| c.is_alphanumeric();
    text.split(|c: char| !is_word(c)).find(|word| word.starts_with(char::is_uppercase)).unwrap_or(text)
}

/// Markdown as its reader sees it.
fn plain(markdown: &str) -> Vec<String> {
    let unmarked = |line: &str| -> String {
        let mut out = String::new();
        let mut letters = line.chars();
        while let Some(c) = letters.next() {
            match c {
                '\\' => out.extend(letters.next()),
                '*' | '\u{2060}' => {}
                '\u{a0}' | '\u{202f}' => out.push(' '),
                c => out.push(c),
            }
        }
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    markdown.lines().map(unmarked).filter(|line| !line.is_empty()).collect()
}

/// What of a line is said together: a row of a table as a whole, else what stands between stops.
fn segments(line: &str) -> Vec<&str> {
    if line.starts_with('|') {
        return vec![line];
    }
    line.split(". ").flat_map(|part| part.split("; ")).flat_map(|part| part.split(" · ")).collect()
}

fn date(value: &Value) -> Option<NaiveDate> {
    value.as_str()?.parse().ok()
}

impl<'a> Judge<'a> {
    pub fn of(team: &'a Team, markdown: &str, json: &'a Value) -> Faults {
        let judge = Self { team, lines: plain(markdown), json, faults: RefCell::default() };
        judge.milestones();
        judge.objectives();
        judge.headline();
        judge.asks();
        judge.news();
        judge.marks();
        judge.dates();
        judge.copies();
        judge.faults.into_inner()
    }

    fn fault(&self, kind: &'static str, what: impl Into<String>) {
        self.faults.borrow_mut().push((kind, what.into()));
    }

    fn says(&self, word: &str) -> bool {
        self.lines.iter().any(|line| line.contains(word))
    }

    /// Lines that hold this word.
    fn lines_with(&self, word: &str) -> Vec<String> {
        self.lines.iter().filter(|line| line.contains(word)).cloned().collect()
    }

    /// Whether the copy may show it.
    fn shows(&self, milestone: &Milestone) -> bool {
        !(self.team.is_shared() && milestone.confidential)
    }

    fn json_milestone(&self, name: &str) -> Option<&'a Value> {
        let json = self.json;
        let lanes = json["objectives"].as_array().into_iter().flatten();
        let lanes = lanes.flat_map(|objective| objective["milestones"].as_array().into_iter().flatten());
        lanes.chain(json["elsewhere"].as_array().into_iter().flatten()).find(|it| it["name"] == name)
    }

    fn milestones(&self) {
        let (team, words) = (self.team, vocabulary(self.team.language));
        for milestone in team.milestones.iter().filter(|milestone| self.shows(milestone)) {
            let name = token(&milestone.name);
            let lines = self.lines_with(name);
            let Some(json) = self.json_milestone(&milestone.name) else {
                self.fault("a milestone is nowhere in the JSON", &milestone.name);
                continue;
            };
            if lines.is_empty() {
                self.fault("a milestone is nowhere on the page", &milestone.name);
                continue;
            }
            let status = json["status"].as_str().unwrap_or_default();
            let (done, overdue) = (milestone.is_done(team.as_of), milestone.is_overdue(team.as_of));
            let expected = match () {
                () if done => Some("done"),
                () if milestone.is_dropped(self.team.as_of) => Some("dropped"),
                () if overdue => Some("late"),
                () => None,
            };
            if let Some(expected) = expected
                && status != expected
            {
                self.fault("a status is not so", format!("{}: {status}, it is {expected}", milestone.name));
            }
            if expected.is_none() && matches!(status, "done" | "dropped") {
                self.fault("an open one is called done", format!("{}: {status}", milestone.name));
            }
            self.milestone_dates(milestone, json);
            self.milestone_tasks(milestone, json);
            let is_late = |segment: &&str| words.late.iter().any(|late| segment.contains(late));
            let said: Vec<&str> = lines.iter().flat_map(|line| segments(line)).filter(|it| it.contains(name)).collect();
            if done {
                let was_late = milestone.done_on.zip(milestone.agreed()).is_some_and(|(done, agreed)| done > agreed);
                for segment in said.iter().filter(|segment| !segment.starts_with('|')) {
                    if is_late(segment) && !(was_late && words.done.iter().any(|done| segment.contains(done))) {
                        self.fault("a done one is called late", format!("{}: {segment}", milestone.name));
                    }
                    if segment.contains(words.not_done) {
                        self.fault("a done one is called not done", format!("{}: {segment}", milestone.name));
                    }
                }
            }
            if overdue && !said.iter().any(|segment| is_late(segment) || segment.contains(words.not_done)) {
                self.fault("an overdue one goes unsaid", format!("{}: {said:?}", milestone.name));
            }
            if milestone.agreed().is_none() && matches!(status, "on_pace" | "ahead") && json["because"] != "stated" {
                self.fault("on pace for no date", milestone.name.clone());
            }
            let red_before_its_date = !overdue && json["because"] == "stated" && status == "late";
            if red_before_its_date && !milestone.stated.as_ref().is_some_and(|(stated, _)| *stated == Stated::Red) {
                self.fault("late as nobody stated", milestone.name.clone());
            }
            let may_be_left_out = team.is_shared();
            if status == "late"
                && !milestone.reason.is_empty()
                && !may_be_left_out
                && !self.says(token(&milestone.reason))
            {
                self.fault("a reason of what is late goes unsaid", format!("{}: {}", milestone.name, milestone.reason));
            }
            let of_later = milestone.done_on.is_some_and(|done| done > team.as_of);
            if milestone.stated.is_some() && !of_later && json["stated"].is_null() && json["stated_as"].is_null() {
                self.fault("a stated status is lost", format!("{}: {:?}", milestone.name, milestone.stated));
            }
        }
    }

    fn milestone_dates(&self, milestone: &Milestone, json: &Value) {
        if date(&json["agreed"]) != milestone.agreed() {
            self.fault(
                "an agreed date is not so",
                format!("{}: {} is {:?}", milestone.name, json["agreed"], milestone.agreed()),
            );
        }
        let done = milestone.done_on.filter(|done| *done <= self.team.as_of);
        if date(&json["done_on"]) != done {
            self.fault("a done date is not so", format!("{}: {} is {done:?}", milestone.name, json["done_on"]));
        }
        let period = milestone.due.as_ref().or(milestone.original.as_ref()).filter(|when| when.is_period);
        if json["period"].as_str() != period.map(|when| when.written.as_str()) {
            self.fault("a period is not as written", format!("{}: {} is {period:?}", milestone.name, json["period"]));
        }
    }

    /// Tasks of a milestone as known at as-of.
    fn tasks_of(&self, milestone: &Milestone) -> Vec<&'a Task> {
        let team = self.team;
        let known = |task: &&Task| task.counts && task.created.is_none_or(|created| created <= team.as_of);
        team.tasks.iter().filter(known).filter(|task| task.milestone == milestone.name).collect()
    }

    fn is_done(&self, task: &Task) -> bool {
        task.work == Work::Done && task.done_on.is_none_or(|done| done <= self.team.as_of)
    }

    fn milestone_tasks(&self, milestone: &Milestone, json: &Value) {
        let tasks = self.tasks_of(milestone);
        let done = tasks.iter().filter(|task| self.is_done(task)).count() as u64;
        let open = tasks.iter().filter(|task| task.work != Work::Dropped && !self.is_done(task)).count() as u64;
        let all = if milestone.is_dropped(self.team.as_of) { done } else { done + open };
        let said = (json["tasks_done"].as_u64(), json["tasks_all"].as_u64());
        if said != (Some(done), Some(all)) {
            self.fault("tasks are not counted right", format!("{}: {said:?}, it is {done} of {all}", milestone.name));
        }
    }

    fn objectives(&self) {
        if self.team.is_shared() {
            return;
        }
        for (name, stated, reason) in &self.team.objectives {
            let is_off = matches!(stated, Some((Stated::Red | Stated::Amber, _)));
            let json = self.json["objectives"].as_array().into_iter().flatten().find(|it| it["name"] == **name);
            // The table of objectives is not always there.
            let is_read = json.is_some_and(|json| !json["stated"].is_null());
            if is_read && is_off && !reason.is_empty() && !self.says(token(reason)) {
                self.fault("a reason of an objective goes unsaid", format!("{name}: {reason}"));
            }
        }
        let since = date(&self.json["since"]).expect("since");
        for objective in self.json["objectives"].as_array().into_iter().flatten() {
            let lanes = objective["milestones"].as_array().into_iter().flatten();
            let ours = lanes.filter_map(|lane| self.team.milestones.iter().find(|it| lane["name"] == it.name));
            let ours: Vec<&Milestone> = ours.filter(|milestone| milestone.owner_team.is_empty()).collect();
            let tasks: Vec<&Task> = ours.iter().flat_map(|milestone| self.tasks_of(milestone)).collect();
            let done: Vec<&&Task> = tasks.iter().filter(|task| self.is_done(task)).collect();
            let of_dropped =
                |task: &&&Task| ours.iter().any(|it| it.is_dropped(self.team.as_of) && it.name == task.milestone);
            let open = tasks.iter().filter(|task| task.work != Work::Dropped && !self.is_done(task));
            let all = done.len() + open.filter(|task| !of_dropped(task)).count();
            let news = done.iter().filter(|task| task.done_on.is_some_and(|day| since < day && day <= self.team.as_of));
            let counts = [done.len() as u64, all as u64, news.count() as u64].map(Some);
            let said = ["done", "of", "done_since"].map(|key| objective[key].as_u64());
            if said != counts {
                self.fault(
                    "an objective's tasks do not add up",
                    format!("{}: {said:?}, it is {counts:?}", objective["name"]),
                );
            }
        }
    }

    fn headline(&self) {
        let words = vocabulary(self.team.language);
        let said = self.json["headline"].as_str().unwrap_or_default().replace(['\u{a0}', '\u{202f}'], " ");
        let title = said.split_whitespace().collect::<Vec<_>>().join(" ");
        // The manager's own copy begins with an agenda; the others with the headline.
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
        // What is late and has a lane leads.
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

    fn asks(&self) {
        let (team, words) = (self.team, vocabulary(self.team.language));
        let known = |ask: &&super::made::Ask| ask.asked_on.is_none_or(|on| on <= team.as_of);
        // What belongs to a confidential milestone is not shared.
        let is_secret = |name: &str| team.milestones.iter().any(|it| it.name == name && it.confidential);
        let may = |ask: &&super::made::Ask| {
            !team.is_shared() || (ask.raised && !ask.confidential && !is_secret(&ask.milestone))
        };
        let open: Vec<&super::made::Ask> = team.asks.iter().filter(known).filter(|ask| ask.open).collect();
        for ask in open.iter().copied().filter(|ask| may(ask)) {
            if !self.says(token(&ask.text)) {
                self.fault("an open ask is nowhere", ask.text.clone());
            }
        }
        if self.says(words.nothing_needed) && (!open.is_empty() || team.asks.is_empty() || team.is_shared()) {
            self.fault("an ask is denied", format!("{} open", open.len()));
        }
    }

    /// Wins: each of the last days once, none of the days to come.
    fn news(&self) {
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

    /// Blanks, places left unfilled, odds of nothing or of certainty.
    fn marks(&self) {
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

    /// Each date that is printed is one of the files', or one of those that are computed as such.
    fn dates(&self) {
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
            known.extend([task.created, task.started, task.done_on, task.due].into_iter().flatten());
        }
        for ask in &team.asks {
            known.extend([ask.asked_on, ask.needed_by].into_iter().flatten());
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

    /// What a copy may not show stands nowhere in it.
    fn copies(&self) {
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
            if self.says(mark) || json.contains(mark) {
                self.fault("a copy shows what it may not", format!("{copy}: {kind}, {text}"));
            }
        }
    }
}

/// Dates that the JSON says are computed: forecasts, effects, the quarter, the weeks.
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

/// The days that a line names: `4 Dec`, `4. Dezember`, `1er décembre`, `4 de diciembre de 2026`.
fn dates_in(line: &str, language: &str, this_year: i32) -> Vec<NaiveDate> {
    let months = vocabulary(language).months;
    let words: Vec<&str> =
        line.split(|c: char| c.is_whitespace() || "(),;:|–→".contains(c)).filter(|it| !it.is_empty()).collect();
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let day = word.trim_end_matches("er").trim_end_matches('.');
        let Ok(day) = day.parse::<u32>() else { continue };
        let rest: Vec<&&str> = words[at + 1..].iter().filter(|word| **word != "de").take(2).collect();
        let Some(month) = rest.first().map(|word| word.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase())
        else {
            continue;
        };
        if month.chars().count() < 3 {
            continue;
        }
        let Some(month) = months.iter().position(|name| name.starts_with(&month)) else { continue };
        let year = rest.get(1).map(|word| word.trim_matches(|c: char| !c.is_ascii_digit()));
        let year = year.filter(|year| year.len() == 4).and_then(|year| year.parse().ok()).unwrap_or(this_year);
        found.extend(NaiveDate::from_ymd_opt(year, month as u32 + 1, day));
    }
    found
}

#[test]
fn the_judge_reads_dates_as_people_write_them() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let cases = [
        (
            "en",
            "agreed 4 Dec, forecast 13 December 2027 (85% by 26 Dec)",
            vec!["2026-12-04", "2027-12-13", "2026-12-26"],
        ),
        ("de", "am 4. Dezember, zum 1. Okt. fertig; 12 Aufgaben", vec!["2026-12-04", "2026-10-01"]),
        ("fr", "le 1er décembre, 20 nov. 2025", vec!["2026-12-01", "2025-11-20"]),
        ("es", "el 4 de diciembre de 2026, 5 mar", vec!["2026-12-04", "2026-03-05"]),
        ("pt", "em 4 de dezembro, 2 out.", vec!["2026-12-04", "2026-10-02"]),
    ];
    for (language, line, dates) in cases {
        let dates: Vec<NaiveDate> = dates.into_iter().map(day).collect();
        assert_eq!(dates_in(line, language, 2026), dates, "{line}");
    }
}
