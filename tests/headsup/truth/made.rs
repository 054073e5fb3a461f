//! Generated teams with the truth about them: any subset of tables and fields, five languages, status words of each
//! language, periods as dates, unusual but valid data. Names and texts contain unique words, so that a sentence of the
//! brief can be traced to its row.

mod drawn;
mod words;

use std::path::Path;

use chrono::{Days, NaiveDate};

use drawn::maybe;
pub use words::{header_word, months, stated_words, work_words};

/// The random number generator Splitmix64, which gives the same teams on every machine.
#[derive(Clone)]
pub struct Rng(pub u64);

impl Rng {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }

    /// Returns true with a probability of `share` percent.
    pub fn in_100(&mut self, share: usize) -> bool {
        self.below(100) < share
    }

    pub fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    fn days(&mut self, from: i64, to: i64) -> i64 {
        from + self.below((to - from + 1) as usize) as i64
    }
}

pub fn plus(date: NaiveDate, days: i64) -> NaiveDate {
    if days < 0 { date - Days::new(days.unsigned_abs()) } else { date + Days::new(days as u64) }
}

/// The meaning of a status word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stated {
    Green,
    Amber,
    Red,
    Done,
    Dropped,
    OnHold,
    Started,
    NotStarted,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    Todo,
    Doing,
    Paused,
    Done,
    Dropped,
}

/// A date as it is written in a file, and the day that it means.
#[derive(Debug, Clone, PartialEq)]
pub struct When {
    pub day: NaiveDate,
    pub written: String,
    pub is_period: bool,
}

#[derive(Debug, Clone, Default)]
pub struct Milestone {
    pub name: String,
    pub objective: String,
    pub start: Option<NaiveDate>,
    pub original: Option<When>,
    pub due: Option<When>,
    /// Dates agreed later: the day of the agreement, and the new date.
    pub moved: Vec<(NaiveDate, NaiveDate)>,
    pub done_on: Option<NaiveDate>,
    pub progress: Option<u32>,
    pub stated: Option<(Stated, String)>,
    pub reason: String,
    pub owner_team: String,
    pub confidential: bool,
}

#[derive(Debug, Clone)]
pub struct Task {
    pub key: String,
    pub title: String,
    pub milestone: String,
    pub work: Work,
    pub counts: bool,
    pub created: Option<NaiveDate>,
    pub started: Option<NaiveDate>,
    pub done_on: Option<NaiveDate>,
    pub due: Option<When>,
    /// Additional label.
    pub label: &'static str,
    pub secret: bool,
}

#[derive(Debug, Clone)]
pub struct Ask {
    pub id: String,
    pub text: String,
    pub details: Vec<String>,
    pub asked_on: Option<NaiveDate>,
    pub needed_by: Option<When>,
    pub open: bool,
    pub raised: bool,
    pub confidential: bool,
    pub milestone: String,
    /// Keys and labels of the tasks that it would drop.
    pub tasks: Vec<String>,
    /// Whether it would drop its milestone.
    pub drops: bool,
}

/// A dated entry of a log: a win, a note about a person, an event, a goal.
#[derive(Debug, Clone)]
pub struct Noted {
    pub date: NaiveDate,
    pub text: String,
    /// Further texts that only the manager and the boss may read.
    pub inner: Vec<String>,
    pub kind: &'static str,
    /// Amount of a win: thousands, currency, period.
    pub amount: Option<(u32, char, &'static str)>,
    pub confidential: bool,
}

/// A generated team with the truth about it.
#[derive(Debug, Clone)]
pub struct Team {
    pub seed: u64,
    pub language: &'static str,
    pub as_of: NaiveDate,
    pub on: Option<NaiveDate>,
    pub copy: &'static str,
    pub objectives: Vec<(String, Option<(Stated, String)>, String)>,
    pub milestones: Vec<Milestone>,
    pub tasks: Vec<Task>,
    pub asks: Vec<Ask>,
    pub wins: Vec<Noted>,
    pub people: Vec<Noted>,
    pub goals: Vec<Noted>,
    pub events: Vec<Noted>,
    pub risks: Vec<(String, bool)>,
    pub metric: Vec<(NaiveDate, f64)>,
    pub has_asks: bool,
    /// Whether some dates are written as weeks, months or quarters.
    pub periods: bool,
    /// Language of the headers.
    pub headers: &'static str,
    /// Number of files over which the tasks are distributed.
    pub files: usize,
}

impl Team {
    pub fn made(seed: u64) -> Self {
        Self::made_on(seed, None)
    }

    /// Generates the team as of a given day.
    pub fn made_on(seed: u64, as_of: Option<NaiveDate>) -> Self {
        let rng = &mut Rng(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) + 7);
        let n = &mut 0;
        let language = *rng.of(&["en", "en", "de", "fr", "es", "pt"]);
        let days = ["2026-11-20", "2026-11-20", "2026-10-05", "2026-12-28", "2026-08-14", "2027-01-04", "2026-06-15"];
        let drawn: NaiveDate = rng.of(&days).parse().expect("a date");
        let as_of = as_of.unwrap_or(drawn);
        let mut team = Self {
            seed,
            language,
            as_of,
            on: maybe(rng, 20, |rng| plus(as_of, rng.days(1, 5))),
            copy: *rng.of(&["boss", "boss", "boss", "shared", "shared", "me"]),
            objectives: Vec::new(),
            milestones: Vec::new(),
            tasks: Vec::new(),
            asks: Vec::new(),
            wins: Vec::new(),
            people: Vec::new(),
            goals: Vec::new(),
            events: Vec::new(),
            risks: Vec::new(),
            metric: Vec::new(),
            has_asks: false,
            periods: false,
            headers: "en",
            files: 1,
        };
        if rng.in_100(50) {
            team.headers = language;
        }
        team.periods = rng.in_100(30);
        if rng.in_100(25) {
            team.files = 2 + rng.below(2);
        }
        let kind = rng.below(10);
        if kind != 0 {
            team.plan(rng, n);
        }
        if kind == 0 || rng.in_100(60) {
            team.work(rng, n);
        }
        team.has_asks = rng.in_100(60);
        if team.has_asks {
            team.ask(rng, n);
        }
        team.logs(rng, n);
        if rng.in_100(40) {
            let first = plus(as_of, -7 * rng.days(4, 40));
            team.metric = (0..60)
                .map(|week| plus(first, 7 * week))
                .filter(|day| *day <= as_of)
                .map(|day| (day, 20.0 + rng.below(30) as f64))
                .collect();
        }
        if team.milestones.is_empty() && team.tasks.is_empty() && team.metric.is_empty() && team.wins.is_empty() {
            team.plan(rng, n);
        }
        team
    }

    /// Returns whether the shared copy may show it.
    pub fn is_shared(&self) -> bool {
        self.copy == "shared"
    }

    /// Returns the day of the meeting.
    pub fn meeting(&self) -> NaiveDate {
        self.on.unwrap_or(self.as_of)
    }
}

impl Milestone {
    /// Returns the agreed date: the first one that was written, as changed by agreements.
    pub fn agreed(&self) -> Option<NaiveDate> {
        let first = self.original.as_ref().or(self.due.as_ref()).map(|when| when.day);
        self.moved.last().map(|(_, to)| *to).or(first)
    }

    fn says(&self, meaning: Stated) -> bool {
        self.stated.as_ref().is_some_and(|(stated, _)| *stated == meaning)
    }

    /// Returns whether a row says that it was done by the end of `as_of`. Rows about later days do not count.
    pub fn is_done(&self, as_of: NaiveDate) -> bool {
        match self.done_on {
            Some(done) => done <= as_of,
            None => !self.is_dropped(as_of) && (self.says(Stated::Done) || self.progress == Some(100)),
        }
    }

    pub fn is_dropped(&self, as_of: NaiveDate) -> bool {
        self.done_on.is_none_or(|done| done > as_of) && self.says(Stated::Dropped)
    }

    pub fn is_overdue(&self, as_of: NaiveDate) -> bool {
        !self.is_done(as_of) && !self.says(Stated::Dropped) && self.agreed().is_some_and(|agreed| agreed < as_of)
    }
}

/// Writes a table; an empty one has its header.
pub fn table(dir: &Path, config: &mut String, (file, name): (&str, &str), header: &[&str], rows: Vec<Vec<String>>) {
    *config += &format!("[[source]]\ntable = \"{name}\"\nfile = \"{file}.csv\"\n");
    let mut csv = csv::Writer::from_path(dir.join(format!("{file}.csv"))).expect("a file");
    csv.write_record(header).expect("a row");
    rows.iter().for_each(|row| csv.write_record(row).expect("a row"));
    csv.flush().expect("a file");
}
