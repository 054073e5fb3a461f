//! Judges the stated effects of asks against their tasks; and amounts of money and their sums.

use chrono::NaiveDate;

use super::super::made::{Ask, Task, Team, Work};
use super::vocabulary::dates_in;
use super::{Judge, Value, date, token};
use chrono::Datelike;

/// Smallest effect that may be stated, in days.
const MIN_DAYS: i64 = 3;
const MIN_ODDS_CHANGE: f64 = 0.1;

/// Returns the open tasks that an ask names by key or by label; for an ask that drops its milestone, all its tasks.
/// Tasks on hold do not delay anything.
pub fn named<'a>(team: &'a Team, ask: &Ask) -> Vec<&'a Task> {
    // A task that is finished later is open today.
    let is_later = |task: &Task| task.work == Work::Done && task.done_on.is_some_and(|done| done > team.as_of);
    let is_open = |task: &&Task| task.counts && (matches!(task.work, Work::Todo | Work::Doing) || is_later(task));
    let is_known = |task: &&Task| task.created.is_none_or(|created| created <= team.as_of);
    let is_named = |task: &&Task| match ask.drops && ask.tasks.is_empty() {
        true => task.milestone == ask.milestone,
        false => ask.tasks.iter().any(|name| *name == task.key || name == task.label),
    };
    team.tasks.iter().filter(is_open).filter(is_known).filter(is_named).collect()
}

/// Returns the effect of an ask in the JSON.
pub fn effect<'a>(json: &'a Value, ask: &Ask) -> Option<&'a Value> {
    let asks = json["asks"].as_array().into_iter().flatten();
    let found = asks.into_iter().find(|it| it["text"].as_str().is_some_and(|text| text.contains(token(&ask.text))));
    found.map(|it| &it["effect"]).filter(|effect| !effect.is_null())
}

fn both(effect: &Value, from: &str, to: &str) -> Option<(NaiveDate, NaiveDate)> {
    Some((date(&effect[from])?, date(&effect[to])?))
}

impl Judge<'_> {
    /// Checks that a stated effect is large enough, starts from the milestone's current forecast, leaves out as many
    /// tasks as the ask names, and has the dates of the page.
    pub(super) fn effects(&self) {
        let team = self.team;
        for ask in &team.asks {
            let Some(effect) = effect(self.json, ask) else { continue };
            let (from, to) = (effect["odds_from"].as_f64(), effect["odds_to"].as_f64());
            let dates = both(effect, "p50_from", "p50_to");
            let gain = from.zip(to).map_or(0.0, |(from, to)| to - from);
            let days = dates.map_or(0, |(from, to)| (from - to).num_days());
            let moves = !effect["moved"].is_null();
            if !moves && days < MIN_DAYS && gain < MIN_ODDS_CHANGE - 1e-9 {
                self.fault("an effect too small is said", format!("{}: {effect}", ask.text));
            }
            if days < 0 || gain < 0.0 {
                self.fault("an effect for the worse is said", format!("{}: {effect}", ask.text));
            }
            let lanes = self.json["objectives"].as_array().into_iter().flatten();
            let mut lanes = lanes.flat_map(|objective| objective["milestones"].as_array().into_iter().flatten());
            let milestone = lanes.find(|it| it["id"] == effect["milestone"]);
            let now = milestone.and_then(|it| date(&it["forecast"]["p50"]));
            if dates.is_some_and(|(from, _)| now != Some(from)) {
                self.fault("an effect begins elsewhere", format!("{}: {effect}, forecast {now:?}", ask.text));
            }
            let without = effect["without"].as_u64().unwrap_or_default() as usize;
            if without > named(team, ask).len() {
                self.fault("an effect without too many tasks", format!("{}: {effect}", ask.text));
            }
            if named(team, ask).iter().any(|task| task.secret) && without > 0 {
                self.fault("an effect of what is confidential", format!("{}: {effect}", ask.text));
            }
            let lines = self.lines_with(token(&ask.text));
            let said: Vec<NaiveDate> =
                lines.iter().flat_map(|line| dates_in(line, team.language, team.as_of.year())).collect();
            if let Some((from, to)) = dates.filter(|(from, to)| !(said.contains(from) && said.contains(to))) {
                self.fault("the dates of an effect go unsaid", format!("{}: {from} {to} in {lines:?}", ask.text));
            }
        }
    }

    /// Checks that an amount of money is that of a row, or the sum of wins with the same currency and period.
    pub(super) fn amounts(&self) {
        let told = self.json["value"].as_array().into_iter().flatten();
        let told: Vec<&str> = told.filter_map(|it| it["text"].as_str()).collect();
        let shown = |text: &str| told.iter().any(|it| it.contains(token(text)));
        let wins: Vec<_> = self.team.wins.iter().filter(|win| shown(&win.text)).collect();
        let mut known: Vec<(u64, char, &str)> = Vec::new();
        for win in &self.team.wins {
            known.extend(win.amount.map(|(n, currency, period)| (u64::from(n) * 1_000, currency, period)));
        }
        for kind in [&["revenue"][..], &["retention"], &["revenue", "retention"], &[]] {
            let of_kind = wins.iter().filter(|win| kind.is_empty() || kind.contains(&win.kind));
            let amounts: Vec<(u32, char, &str)> = of_kind.filter_map(|win| win.amount).collect();
            if let Some((_, currency, period)) = amounts.first().copied()
                && amounts.iter().all(|(_, c, p)| (*c, *p) == (currency, period))
            {
                known.push((amounts.iter().map(|(n, ..)| u64::from(*n) * 1_000).sum(), currency, period));
            }
        }
        for line in &self.lines {
            for found in money(line) {
                if !known.iter().any(|(n, currency, period)| found == (*n, *currency, (*period).to_owned())) {
                    self.fault("money without a source", format!("{found:?} in {line}"));
                }
            }
        }
    }
}

/// Returns the amounts in a line such as `$38,000 a year`: number, currency and period.
fn money(line: &str) -> Vec<(u64, char, String)> {
    let mut found = Vec::new();
    for (at, currency) in line.char_indices().filter(|(_, c)| matches!(c, '$' | '€')) {
        let rest = line[at..].chars().skip(1);
        let digits: String =
            rest.take_while(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | ' ' | '\u{a0}' | '\u{202f}')).collect();
        let Ok(number) = digits.chars().filter(char::is_ascii_digit).collect::<String>().parse() else { continue };
        let period = ["a year", "a month"].into_iter().find(|period| line[at..].contains(period)).unwrap_or_default();
        found.push((number, currency, period.to_owned()));
    }
    found
}

#[test]
fn the_judge_reads_money() {
    assert_eq!(
        money("for $38.000 a year; €7,000 a month"),
        [(38_000, '$', "a year".to_owned()), (7_000, '€', "a month".to_owned())]
    );
}
