//! Generates the rows of a team.

use chrono::{Datelike, Days, NaiveDate};

use super::words::{months, stated_words};
use super::{Ask, Milestone, Noted, Rng, Stated, Task, Team, When, Work, plus};

const SYLLABLES: [&str; 24] = [
    "bor", "kem", "lun", "tav", "rix", "dop", "fen", "gul", "hax", "jov", "mib", "nuk", "pez", "qua", "sob", "vyr",
    "wem", "xol", "yud", "zam", "cif", "dru", "elb", "osk",
];

/// Returns a word that no other text contains.
fn coined(rng: &mut Rng, n: &mut usize) -> String {
    *n += 1;
    let part = |at: usize| SYLLABLES[at % SYLLABLES.len()];
    let word = format!("{}{}{}{}", part(*n), part(*n / 24), part(rng.below(24)), part(rng.below(24)));
    word[..1].to_uppercase() + &word[1..]
}

/// Returns a name, sometimes with punctuation that a page must show.
fn name(rng: &mut Rng, n: &mut usize) -> String {
    let word = coined(rng, n);
    match rng.below(12) {
        0 => format!("{word} (phase two)"),
        1 => format!("{word}: API/UX"),
        2 => format!("{word} & Söhne"),
        3 => format!("{word} <beta>"),
        4 => format!("{word} \"v2\""),
        5 => format!("{word} für alle, weltweit"),
        _ => format!("{word} rollout"),
    }
}

fn text(rng: &mut Rng, n: &mut usize) -> String {
    let word = coined(rng, n);
    match rng.below(6) {
        0 => format!("{word} waits for the vendor."),
        1 => format!("the {word} team, which we need; it is away"),
        2 => format!("{word} | and *more*"),
        _ => format!("{word} was changed"),
    }
}

/// Returns the last day of the month of `date`.
fn month_end(date: NaiveDate) -> NaiveDate {
    let (year, month) = if date.month() == 12 { (date.year() + 1, 1) } else { (date.year(), date.month() + 1) };
    NaiveDate::from_ymd_opt(year, month, 1).expect("a day") - Days::new(1)
}

/// Returns `date` as a day, or, if `periods` is set, sometimes as its quarter, month or week.
fn when(rng: &mut Rng, language: &str, date: NaiveDate, periods: bool) -> When {
    let as_day = When { day: date, written: date.to_string(), is_period: false };
    if !periods || rng.in_100(50) {
        return as_day;
    }
    let (year, quarter) = (date.year(), date.month0() / 3 + 1);
    let of = |day, written: String| When { day, written, is_period: true };
    match rng.below(4) {
        0 => {
            let last = NaiveDate::from_ymd_opt(year, quarter * 3, 1).expect("a day");
            of(month_end(last), format!("Q{quarter} {year}"))
        }
        1 => of(month_end(date), format!("{} {year}", months(language)[date.month0() as usize])),
        2 => {
            let week = date.iso_week();
            let sunday = NaiveDate::from_isoywd_opt(week.year(), week.week(), chrono::Weekday::Sun).expect("a day");
            let written = match language {
                "de" => format!("KW {} {}", week.week(), week.year()),
                _ => format!("{}-W{:02}", week.year(), week.week()),
            };
            of(sunday, written)
        }
        _ => of(month_end(date), format!("{:04}-{:02}", year, date.month())),
    }
}

pub(super) fn maybe<T>(rng: &mut Rng, share: usize, value: impl FnOnce(&mut Rng) -> T) -> Option<T> {
    rng.in_100(share).then(|| value(rng))
}

impl Team {
    pub(super) fn plan(&mut self, rng: &mut Rng, n: &mut usize) {
        let of = rng.below(4);
        let names: Vec<String> = (0..of).map(|_| name(rng, n)).collect();
        let periods = self.periods;
        let (with_status, with_progress, with_done, with_reason) =
            (rng.in_100(65), rng.in_100(55), rng.in_100(60), rng.in_100(70));
        let (with_due, with_agreed) = (rng.in_100(60), rng.in_100(80));
        let language = self.language;
        for objective in &names {
            let stated = maybe(rng, 30, |rng| self.stated(rng))
                .filter(|(meaning, _)| !matches!(meaning, Stated::Done | Stated::Dropped));
            let reason = if stated.is_some() && rng.in_100(70) { text(rng, n) } else { String::new() };
            self.objectives.push((objective.clone(), stated, reason));
        }
        let many = *rng.of(&[1, 2, 3, 4, 5, 6, 9, 14]);
        for _ in 0..many {
            let day = plus(self.as_of, rng.days(-80, 70));
            let day = if rng.in_100(6) { plus(day, *rng.of(&[-400, 300])) } else { day };
            let original = (with_agreed || !with_due).then(|| when(rng, language, day, periods));
            let agreed = original.as_ref().map_or(day, |original| original.day);
            let due = with_due.then(|| {
                let day = if rng.in_100(70) { agreed } else { plus(agreed, rng.days(-10, 30)) };
                when(rng, language, day, periods && day != agreed)
            });
            let mut milestone = Milestone {
                name: name(rng, n),
                objective: if names.is_empty() || rng.in_100(10) { String::new() } else { rng.of(&names).clone() },
                start: maybe(rng, 20, |rng| plus(agreed, -rng.days(15, 90))),
                original,
                due,
                progress: if with_progress {
                    maybe(rng, 85, |rng| *rng.of(&[0, 0, 10, 35, 50, 80, 95, 100]))
                } else {
                    None
                },
                stated: if with_status { maybe(rng, 85, |rng| self.stated(rng)) } else { None },
                owner_team: if rng.in_100(8) { "Platform".to_owned() } else { String::new() },
                confidential: rng.in_100(6),
                ..Milestone::default()
            };
            if with_done && rng.in_100(35) {
                milestone.done_on = Some(plus(agreed, rng.days(-12, 12)));
            }
            if with_reason && rng.in_100(60) {
                milestone.reason = text(rng, n);
            }
            self.milestones.push(milestone);
        }
        // Dates that were agreed again are in a log of agreements.
        for at in 0..self.milestones.len() {
            let date = self.milestones[at].agreed();
            if let (Some(date), true) = (date, rng.in_100(10)) {
                let on = plus(self.as_of, -rng.days(1, 40));
                self.milestones[at].moved.push((on, plus(date, rng.days(3, 30))));
            }
        }
    }

    fn stated(&self, rng: &mut Rng) -> (Stated, String) {
        use Stated::*;
        let meaning = *rng.of(&[Green, Green, Amber, Red, Done, Done, Dropped, OnHold, Started, NotStarted]);
        (meaning, (*rng.of(stated_words(self.language, meaning))).to_owned())
    }

    pub(super) fn work(&mut self, rng: &mut Rng, n: &mut usize) {
        use Work::*;
        let many = *rng.of(&[1, 4, 12, 30, 70, 120]);
        let (dated, with_due) = (rng.in_100(85), rng.in_100(50));
        let milestones: Vec<String> = self.milestones.iter().map(|milestone| milestone.name.clone()).collect();
        for key in 0..many {
            let work = *rng.of(&[Todo, Todo, Doing, Done, Done, Done, Paused, Dropped]);
            let created = plus(self.as_of, -rng.days(0, 120));
            let done_on = (work == Done && dated && rng.in_100(95)).then(|| plus(created, rng.days(0, 40)));
            self.tasks.push(Task {
                key: format!("K-{}", key + 1),
                title: if rng.in_100(95) { format!("{} task", coined(rng, n)) } else { String::new() },
                milestone: if milestones.is_empty() || rng.in_100(12) {
                    String::new()
                } else {
                    rng.of(&milestones).clone()
                },
                work,
                counts: !rng.in_100(8),
                created: dated.then_some(created),
                started: maybe(rng, 40, |rng| plus(created, rng.days(0, 10))),
                done_on,
                due: maybe(rng, if with_due { 60 } else { 0 }, |rng| {
                    let day = plus(self.as_of, rng.days(-40, 40));
                    when(rng, self.language, day, self.periods)
                }),
                label: *rng.of(&["", "", "alpha", "beta"]),
                secret: rng.in_100(5),
            });
        }
    }

    pub(super) fn ask(&mut self, rng: &mut Rng, n: &mut usize) {
        for at in 0..rng.below(5) {
            let open = rng.in_100(70);
            let milestones: Vec<&Milestone> = self.milestones.iter().collect();
            let milestone =
                if milestones.is_empty() || rng.in_100(50) { String::new() } else { rng.of(&milestones).name.clone() };
            self.asks.push(Ask {
                id: format!("A-{:02}", 11 + at),
                text: format!("{} for two weeks", coined(rng, n)),
                details: (0..3).map(|_| if rng.in_100(50) { text(rng, n) } else { String::new() }).collect(),
                asked_on: maybe(rng, 90, |rng| plus(self.as_of, -rng.days(0, 50))),
                needed_by: maybe(rng, 70, |rng| {
                    let day = plus(self.as_of, rng.days(-10, 30));
                    when(rng, self.language, day, self.periods)
                }),
                open,
                raised: rng.in_100(50),
                confidential: rng.in_100(10),
                milestone,
                tasks: Vec::new(),
                drops: false,
            });
            let keys: Vec<String> = self.tasks.iter().map(|task| task.key.clone()).collect();
            let ask = self.asks.last_mut().expect("an ask");
            match rng.below(10) {
                0..=2 if !keys.is_empty() => ask.tasks = (0..1 + rng.below(8)).map(|_| rng.of(&keys).clone()).collect(),
                3 | 4 => ask.tasks = vec![(*rng.of(&["alpha", "beta"])).to_owned()],
                5 => ask.drops = !ask.milestone.is_empty(),
                _ => {}
            }
        }
    }

    pub(super) fn logs(&mut self, rng: &mut Rng, n: &mut usize) {
        let as_of = self.as_of;
        let mut noted = |rng: &mut Rng, many: usize, kinds: &[&'static str]| -> Vec<Noted> {
            (0..many)
                .map(|_| Noted {
                    date: plus(as_of, rng.days(-45, 4)),
                    text: text(rng, n),
                    inner: (0..2).map(|_| if rng.in_100(50) { text(rng, n) } else { String::new() }).collect(),
                    kind: *rng.of(kinds),
                    amount: None,
                    confidential: rng.in_100(10),
                })
                .collect()
        };
        let (wins, people, goals, events) = (rng.below(7), rng.below(6), rng.below(3), rng.below(3));
        if rng.in_100(60) {
            self.wins = noted(rng, wins, &["feature", "quality", "culture", "dataset", "revenue", "retention"]);
            let one_kind = rng.in_100(60);
            for win in &mut self.wins {
                let (currency, period) =
                    if one_kind { ('$', "a year") } else { (*rng.of(&['$', '€']), *rng.of(&["a year", "a month"])) };
                win.amount = maybe(rng, 60, |rng| (2 + rng.below(90) as u32, currency, period));
            }
        }
        if rng.in_100(50) {
            self.people = noted(rng, people, &["highlight", "learning", "concern", "signal"]);
        }
        if rng.in_100(30) {
            self.goals = noted(rng, goals, &["me", "team"]);
        }
        if rng.in_100(30) {
            self.events = noted(rng, events, &["off", ""]);
        }
        if rng.in_100(30) {
            self.risks = (0..rng.below(4)).map(|_| (format!("{} may fail", coined(rng, n)), rng.in_100(15))).collect();
        }
    }
}
