//! The decisions that the teams need, sorted by date, each with its effect.

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::made::{Made, anchor, tone};
use super::saying::{Saying, flat};
use crate::chart::Tone;
use crate::deliver::batch::{AskLine, BuysLine};

/// A decision that is needed within this time is due this week.
const SOON_DAYS: Days = Days::new(7);
/// The tab of decisions shows those that are needed within this time, and counts the others.
const SHOWN_DAYS: Days = Days::new(14);
/// Most decisions that the tab shows.
const MAX_SHOWN: usize = 400;

#[derive(Serialize)]
pub(crate) struct Decision {
    /// Date such as `Fri 27 Nov`, or that there is none.
    by: String,
    tone: Tone,
    /// Date as a sort key.
    day: Option<i64>,
    is_overdue: bool,
    team: String,
    anchor: String,
    text: String,
    /// Further text: an alternative such as `or keep it and agree 20 December`, or how many days it is overdue.
    rest: Option<String>,
    overdue: Option<String>,
    /// Computed effect, shown in bold.
    buys: Option<String>,
    /// Effect in the manager's own words, if none was computed.
    buys_said: Option<String>,
    open: String,
    #[serde(skip)]
    needed_by: Option<NaiveDate>,
}

/// All decisions, the most urgent first.
pub(crate) struct Due {
    pub all: Vec<Decision>,
    pub dated: usize,
    pub undated: usize,
    pub overdue: usize,
    /// Number of decisions that are not overdue and needed by `until`.
    pub soon: usize,
    pub until: NaiveDate,
    /// The largest effect of one of these decisions on a milestone.
    pub largest: Option<String>,
    as_of: NaiveDate,
}

pub(crate) fn of(made: &[Made], saying: &Saying) -> Due {
    let as_of = saying.as_of;
    let mut asks: Vec<(Made, &AskLine)> =
        made.iter().flat_map(|made| made.card.asks.iter().map(|ask| (*made, ask))).collect();
    asks.sort_by_key(|(made, ask)| (ask.needed_by.is_none(), ask.needed_by, &made.team.path));
    let soon = asks.iter().filter(|(_, ask)| !ask.overdue && is_soon(ask, as_of));
    let until = soon.clone().filter_map(|(_, ask)| ask.needed_by).max().unwrap_or(as_of);
    let urgent = asks.iter().filter(|(_, ask)| ask.overdue || is_soon(ask, as_of));
    let largest = urgent.filter_map(|(_, ask)| Some((ask, moved(ask.buys.as_ref()?)?)));
    let largest = largest.max_by_key(|(_, (_, from, to))| *from - *to).map(|(ask, (buys, from, to))| {
        let text = saying.words.quote(&flat(&ask.text));
        let from = saying.day_before(from, to, saying.day_long(from));
        let (milestone, to) = (flat(&buys.milestone), saying.day_long(to));
        saying.say("rollup.moves", &[("ask", &text), ("milestone", &milestone), ("from", &from), ("to", &to)])
    });
    Due {
        dated: asks.iter().filter(|(_, ask)| ask.needed_by.is_some()).count(),
        undated: asks.iter().filter(|(_, ask)| ask.needed_by.is_none()).count(),
        overdue: asks.iter().filter(|(_, ask)| ask.overdue).count(),
        soon: soon.count(),
        until,
        largest,
        as_of,
        all: asks.iter().map(|(made, ask)| decision(made, ask, saying)).collect(),
    }
}

pub(super) fn is_soon(ask: &AskLine, as_of: NaiveDate) -> bool {
    ask.needed_by.is_some_and(|date| date >= as_of && date <= as_of + SOON_DAYS)
}

/// Returns the dates between which the decision moves a milestone.
fn moved(buys: &BuysLine) -> Option<(&BuysLine, NaiveDate, NaiveDate)> {
    buys.from.zip(buys.to).filter(|(from, to)| to < from).map(|(from, to)| (buys, from, to))
}

impl Due {
    /// Returns how many decisions are shown: all of them on a single page, on a tab those of the next two weeks.
    pub(crate) fn shown(&self, is_many: bool) -> usize {
        if !is_many {
            return self.all.len();
        }
        let until = self.as_of + SHOWN_DAYS;
        self.all
            .iter()
            .take_while(|decision| decision.needed_by.is_some_and(|date| date <= until))
            .count()
            .min(MAX_SHOWN)
    }

    /// Returns the counts for the heading: `9 with a date, 1 without`.
    pub(crate) fn note(&self, words: &crate::words::Words) -> String {
        let whole = |n: usize| words.whole(n as u64);
        match (self.dated, self.undated) {
            (dated, 0) => words.count("rollup.dated", dated as u64, &[]),
            (dated, undated) => {
                let undated = whole(undated);
                words.count("rollup.dated_undated", dated as u64, &[("undated", &undated)])
            }
        }
    }
}

fn decision(made: &Made, ask: &AskLine, saying: &Saying) -> Decision {
    let as_of = saying.as_of;
    let (by, is_urgent) = match ask.needed_by {
        Some(date) => {
            let typed = ask.needed_period.as_deref().map(flat);
            (typed.unwrap_or_else(|| saying.near_day(date)), date <= as_of + SOON_DAYS)
        }
        None => (saying.say("asks.no_date", &[]), false),
    };
    let days_over = ask.needed_by.filter(|_| ask.overdue).map(|date| (as_of - date).num_days());
    let buys = ask.buys.as_ref().and_then(|buys| effect(buys, saying));
    let said = match (&ask.gives, &ask.if_not) {
        (Some(gives), _) => Some(saying.say("asks.gives", &[("text", &flat(gives))])),
        (None, Some(if_not)) => Some(saying.say("asks.if_not", &[("text", &flat(if_not))])),
        (None, None) => None,
    };
    let rest = ask.alternative.as_deref().map(|text| saying.say("rollup.alternative", &[("text", &flat(text))]));
    let overdue = days_over.map(|days| saying.words.count("rollup.days_overdue", days.unsigned_abs(), &[]));
    let text = flat(&ask.text);
    let carries_on = rest.is_some() || overdue.is_some();
    let is_stopped = !carries_on || text.ends_with(['.', '?', '!', '…']);
    Decision {
        by,
        tone: if ask.needed_by.is_none() { Tone::Quiet } else { tone(is_urgent) },
        day: ask.needed_by.map(|date| (date - as_of).num_days()),
        is_overdue: ask.overdue,
        team: made.team.team.clone(),
        anchor: anchor(made.team),
        text: if is_stopped { text } else { format!("{text}.") },
        rest,
        overdue,
        buys_said: if buys.is_none() { said } else { None },
        buys,
        open: match ask.asked_on {
            _ if ask.new => saying.say("asks.new", &[]),
            Some(date) => saying.day(date),
            None => "–".to_owned(),
        },
        needed_by: ask.needed_by,
    }
}

/// Describes the effect: `13 → 2 Dec; odds of 4 Dec 20 → 61%`.
fn effect(buys: &BuysLine, saying: &Saying) -> Option<String> {
    let dates = moved(buys)
        .map(|(_, from, to)| format!("{} → {}", saying.day_before(from, to, saying.day(from)), saying.day(to)));
    let odds = buys.odds_from.zip(buys.odds_to).zip(buys.agreed).map(|((from, to), agreed)| {
        let from = saying.words.without_percent(&saying.odds(from, buys.weeks));
        let odds = format!("{from}\u{a0}→ {}", saying.odds(to, buys.weeks));
        saying.say("asks.buys_odds", &[("agreed", &saying.day(agreed)), ("odds", &odds)])
    });
    let parts: Vec<String> = dates.into_iter().chain(odds).collect();
    (!parts.is_empty()).then(|| parts.join(saying.words.semicolon()))
}
