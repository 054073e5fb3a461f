//! Made teams, each with what is true of it: any subset of tables and fields, five languages, statuses in their words,
//! periods as dates, data that are odd but legal. Names and texts are words that stand nowhere else, so that a sentence
//! of the brief can be traced to the row that it is about.

use std::path::Path;

use chrono::{Datelike, Days, NaiveDate};

/// Splitmix64: the same teams on every machine.
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

    /// True in so many of a hundred cases.
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

/// What a status word means.
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

/// The words of a language in the files, by what they mean.
pub fn stated_words(language: &str, meaning: Stated) -> &'static [&'static str] {
    use Stated::*;
    match (language, meaning) {
        ("de", Green) => &["Grün", "im Plan", "auf Kurs"],
        ("de", Amber) => &["Gelb", "gefährdet"],
        ("de", Red) => &["Rot", "nicht im Plan", "im Verzug"],
        ("de", Done) => &["Fertig", "abgeschlossen"],
        ("de", Dropped) => &["gestrichen", "abgebrochen"],
        ("de", OnHold) => &["pausiert", "auf Eis"],
        ("de", Started) => &["in Arbeit", "läuft"],
        ("de", NotStarted) => &["nicht begonnen", "geplant"],
        ("fr", Green) => &["vert", "dans les temps"],
        ("fr", Amber) => &["orange", "à risque"],
        ("fr", Red) => &["Rouge", "en retard"],
        ("fr", Done) => &["terminé", "Terminée"],
        ("fr", Dropped) => &["abandonné", "annulé"],
        ("fr", OnHold) => &["en pause", "suspendu"],
        ("fr", Started) => &["en cours"],
        ("fr", NotStarted) => &["non commencé", "prévu"],
        ("es", Green) => &["verde"],
        ("es", Amber) => &["ámbar", "en riesgo"],
        ("es", Red) => &["Rojo", "con retraso"],
        ("es", Done) => &["hecho", "Concluido"],
        ("es", Dropped) => &["descartado", "cancelado"],
        ("es", OnHold) => &["en pausa"],
        ("es", Started) => &["en curso"],
        ("es", NotStarted) => &["sin empezar", "pendiente"],
        ("pt", Green) => &["verde"],
        ("pt", Amber) => &["amarelo", "em risco"],
        ("pt", Red) => &["Vermelho", "atrasado"],
        ("pt", Done) => &["concluído", "Concluida"],
        ("pt", Dropped) => &["cancelado", "descartado"],
        ("pt", OnHold) => &["em pausa"],
        ("pt", Started) => &["em andamento"],
        ("pt", NotStarted) => &["não iniciado", "pendente"],
        (_, Green) => &["Green", "on track", "On pace"],
        (_, Amber) => &["Amber", "at risk", "yellow"],
        (_, Red) => &["Red", "off track", "Blocked"],
        (_, Done) => &["Done", "Complete", "closed"],
        (_, Dropped) => &["dropped", "Cancelled"],
        (_, OnHold) => &["on hold", "Paused"],
        (_, Started) => &["In Progress", "started"],
        (_, NotStarted) => &["Not started", "planned"],
    }
}

pub fn work_words(language: &str, meaning: Work) -> &'static [&'static str] {
    use Work::*;
    match (language, meaning) {
        ("de", Todo) => &["Offen", "zu erledigen"],
        ("de", Doing) => &["in Arbeit"],
        ("de", Paused) => &["pausiert", "geparkt"],
        ("de", Done) => &["erledigt", "Fertig"],
        ("de", Dropped) => &["abgebrochen", "entfällt"],
        ("fr", Todo) => &["à faire"],
        ("fr", Doing) => &["en cours"],
        ("fr", Paused) => &["en pause"],
        ("fr", Done) => &["terminé", "fait"],
        ("fr", Dropped) => &["annulé"],
        ("es", Todo) => &["pendiente", "por hacer"],
        ("es", Doing) => &["en curso", "en proceso"],
        ("es", Paused) => &["en pausa"],
        ("es", Done) => &["hecho", "Concluida"],
        ("es", Dropped) => &["cancelado"],
        ("pt", Todo) => &["pendente", "a fazer"],
        ("pt", Doing) => &["em andamento"],
        ("pt", Paused) => &["em pausa"],
        ("pt", Done) => &["feito", "concluído"],
        ("pt", Dropped) => &["cancelado"],
        (_, Todo) => &["To Do", "open", "Backlog"],
        (_, Doing) => &["In Progress", "in review"],
        (_, Paused) => &["Parked", "on hold"],
        (_, Done) => &["Done", "closed", "Resolved"],
        (_, Dropped) => &["Won't do", "cancelled"],
    }
}

/// A date as a file gives it, and the day that it means.
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
    /// Dates agreed later: on, to.
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
    pub due: Option<NaiveDate>,
    pub secret: bool,
}

#[derive(Debug, Clone)]
pub struct Ask {
    pub id: String,
    pub text: String,
    pub details: Vec<String>,
    pub asked_on: Option<NaiveDate>,
    pub needed_by: Option<NaiveDate>,
    pub open: bool,
    pub raised: bool,
    pub confidential: bool,
    pub milestone: String,
}

/// Something dated that a log holds: a win, a note about a person, an event, a goal.
#[derive(Debug, Clone)]
pub struct Noted {
    pub date: NaiveDate,
    pub text: String,
    /// Texts beside it that only the manager and the boss may read.
    pub inner: Vec<String>,
    pub kind: &'static str,
    pub confidential: bool,
}

/// A made team and what is true of it.
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
}

const SYLLABLES: [&str; 24] = [
    "bor", "kem", "lun", "tav", "rix", "dop", "fen", "gul", "hax", "jov", "mib", "nuk", "pez", "qua", "sob", "vyr",
    "wem", "xol", "yud", "zam", "cif", "dru", "elb", "osk",
];

/// A word that no other text holds.
fn coined(rng: &mut Rng, n: &mut usize) -> String {
    *n += 1;
    let part = |at: usize| SYLLABLES[at % SYLLABLES.len()];
    let word = format!("{}{}{}{}", part(*n), part(*n / 24), part(rng.below(24)), part(rng.below(24)));
    word[..1].to_uppercase() + &word[1..]
}

/// A name of a thing, sometimes with signs that a page has to carry.
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

fn months(language: &str) -> [&'static str; 12] {
    match language {
        "de" => [
            "Januar",
            "Februar",
            "März",
            "April",
            "Mai",
            "Juni",
            "Juli",
            "August",
            "September",
            "Oktober",
            "November",
            "Dezember",
        ],
        "fr" => [
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
        "es" => [
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
        "pt" => [
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
        _ => [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
    }
}

/// The last day of the month of `date`.
fn month_end(date: NaiveDate) -> NaiveDate {
    let (year, month) = if date.month() == 12 { (date.year() + 1, 1) } else { (date.year(), date.month() + 1) };
    NaiveDate::from_ymd_opt(year, month, 1).expect("a day") - Days::new(1)
}

/// `date` as a day; where `periods`, sometimes as the quarter, month or week that it lies in.
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

fn maybe<T>(rng: &mut Rng, share: usize, value: impl FnOnce(&mut Rng) -> T) -> Option<T> {
    rng.in_100(share).then(|| value(rng))
}

impl Team {
    pub fn made(seed: u64) -> Self {
        let rng = &mut Rng(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) + 7);
        let n = &mut 0;
        let language = *rng.of(&["en", "en", "de", "fr", "es", "pt"]);
        let days = ["2026-11-20", "2026-11-20", "2026-10-05", "2026-12-28", "2026-08-14", "2027-01-04", "2026-06-15"];
        let as_of: NaiveDate = rng.of(&days).parse().expect("a date");
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
        };
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

    fn plan(&mut self, rng: &mut Rng, n: &mut usize) {
        let of = rng.below(4);
        let names: Vec<String> = (0..of).map(|_| name(rng, n)).collect();
        let periods = rng.in_100(30);
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
        // Dates that were agreed again, in a log of agreements.
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

    fn work(&mut self, rng: &mut Rng, n: &mut usize) {
        use Work::*;
        let many = *rng.of(&[1, 4, 12, 30, 70]);
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
                due: if with_due { maybe(rng, 60, |rng| plus(self.as_of, rng.days(-40, 40))) } else { None },
                secret: rng.in_100(5),
            });
        }
    }

    fn ask(&mut self, rng: &mut Rng, n: &mut usize) {
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
                needed_by: maybe(rng, 70, |rng| plus(self.as_of, rng.days(-10, 30))),
                open,
                raised: rng.in_100(50),
                confidential: rng.in_100(10),
                milestone,
            });
        }
    }

    fn logs(&mut self, rng: &mut Rng, n: &mut usize) {
        let as_of = self.as_of;
        let mut noted = |rng: &mut Rng, many: usize, kinds: &[&'static str]| -> Vec<Noted> {
            (0..many)
                .map(|_| Noted {
                    date: plus(as_of, rng.days(-45, 4)),
                    text: text(rng, n),
                    inner: (0..2).map(|_| if rng.in_100(50) { text(rng, n) } else { String::new() }).collect(),
                    kind: *rng.of(kinds),
                    confidential: rng.in_100(10),
                })
                .collect()
        };
        let (wins, people, goals, events) = (rng.below(7), rng.below(6), rng.below(3), rng.below(3));
        if rng.in_100(60) {
            self.wins = noted(rng, wins, &["feature", "quality", "culture", "dataset"]);
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

    /// Whether nothing but the shared copy would leave it out.
    pub fn is_shared(&self) -> bool {
        self.copy == "shared"
    }

    /// The day of the meeting.
    pub fn meeting(&self) -> NaiveDate {
        self.on.unwrap_or(self.as_of)
    }
}

impl Milestone {
    /// The agreed date: the first that was written, moved by agreements.
    pub fn agreed(&self) -> Option<NaiveDate> {
        let first = self.original.as_ref().or(self.due.as_ref()).map(|when| when.day);
        self.moved.last().map(|(_, to)| *to).or(first)
    }

    fn says(&self, meaning: Stated) -> bool {
        self.stated.as_ref().is_some_and(|(stated, _)| *stated == meaning)
    }

    /// Whether a row says that it was done by the close of `as_of`. What says so of a later day says nothing of this one.
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
pub fn table(dir: &Path, config: &mut String, name: &str, header: &[&str], rows: Vec<Vec<String>>) {
    *config += &format!("[[source]]\ntable = \"{name}\"\nfile = \"{name}.csv\"\n");
    let mut csv = csv::Writer::from_path(dir.join(format!("{name}.csv"))).expect("a file");
    csv.write_record(header).expect("a row");
    rows.iter().for_each(|row| csv.write_record(row).expect("a row"));
    csv.flush().expect("a file");
}
