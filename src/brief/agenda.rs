//! The manager's agenda for the 1:1, in speaking order: open with, decide, tell, explain, sound out, raise, for me, and
//! what is not for the meeting. [`crate::pipeline`] puts it before the boss's brief.
//!
//! The agenda takes five minutes: each part has few points and counts those that only the brief has.

mod decide;
mod explain;
mod points;

use super::asks::odds_change;
use super::phrase::{Context, capital, flat, stopped};
use super::{Agenda, AgendaPart, AgendaPoint, Span, concerns, masthead};
use crate::analysis::{Analysis, ConcernState, PersonState, WinState};
use crate::redact::Audience;
use crate::team::NoteKind;
use crate::words::Words;
use points::{counted, note, part, short, spoken};

/// Maximum number of wins and of people in the agenda: more would crowd out the decisions.
const MAX_WINS: usize = 2;
const MAX_PEOPLE: usize = 1;
/// Maximum number of concerns raised in one meeting.
const MAX_CONCERNS: usize = 3;

/// Makes the agenda from the analysis for the manager's copy. `headline` is that of the brief after it.
pub fn agenda(analysis: &Analysis, words: &Words, headline: &str) -> Agenda {
    let context = &Context::new(analysis, words, Audience::Me);
    let parts = [
        open_with(context, headline),
        decide::decide(context),
        tell(context),
        explain::explain(context),
        decide::sound_out(context),
        raise(context),
        for_me(context),
        not_for_meeting(context),
    ];
    Agenda {
        kicker: masthead::agenda_kicker(context),
        title: title(context),
        parts: parts.into_iter().flatten().collect(),
        footer: capital(&context.say("agenda.footer", &[("copy", &context.say("masthead.copy_me", &[]))])),
    }
}

/// Returns a title such as `2 decisions by 27 November, 2 wins and 2 concerns`.
fn title(context: &Context) -> String {
    let mut parts = Vec::new();
    let dated = decide::due(context);
    match dated.last() {
        Some((last, date)) => {
            let date = context.as_written(*date, last.needed_period.as_deref(), Context::day_long);
            parts.push(context.count("agenda.decisions", dated.len(), &[("date", &date)]));
        }
        None => parts.extend(counted(context, "agenda.asks", decide::asks(context).count())),
    }
    parts.extend(counted(context, "agenda.wins", wins(context).len()));
    parts.extend(counted(context, "agenda.concerns", context.analysis.concerns.len().min(MAX_CONCERNS)));
    // Late milestones are always explained, but they are the title only if nothing else is.
    if parts.is_empty() {
        parts.extend(counted(context, "agenda.explain_n", explain::late(context).len()));
    }
    if parts.is_empty() { context.say("agenda.nothing", &[]) } else { context.words.list(&parts) }
}

/// The first sentence of the brief, and the effect on the odds of the ask that moves the most.
fn open_with(context: &Context, headline: &str) -> Option<AgendaPart> {
    let mut lines = vec![vec![Span::plain(context.words.quote(&stopped(headline)))]];
    lines.extend(effect_line(context).map(|line| vec![Span::quiet(line)]));
    let point = AgendaPoint { is_loud: true, ..spoken(context, lines) };
    part(context, "agenda.open_with", None, vec![point])
}

/// Returns `Odds of 4 December 20% → 61%; 85% by 15 December, not by 26 December.`
fn effect_line(context: &Context) -> Option<String> {
    let effects = context.analysis.asks.iter().filter_map(|ask| ask.effect.as_ref());
    let effect = effects.max_by_key(|effect| effect.days())?;
    let milestone = context.milestone(&effect.milestone)?;
    let odds = odds_change(context, milestone, effect).zip(milestone.agreed).map(|(odds, agreed)| {
        context.say("agenda.open_odds", &[("agreed", &context.day_long(agreed)), ("odds", &odds)])
    });
    let p85 = effect.p85_from.zip(effect.p85_to).map(|(from, to)| {
        context.say("agenda.open_p85", &[("from", &context.day_long(from)), ("to", &context.day_long(to))])
    });
    let parts: Vec<String> = odds.into_iter().chain(p85).collect();
    (!parts.is_empty()).then(|| stopped(&capital(&parts.join(context.words.semicolon()))))
}

/// Returns the wins for the agenda, those validated by a customer first.
fn wins<'a>(context: &Context<'a>) -> Vec<&'a WinState> {
    let mut wins: Vec<&WinState> = context.analysis.value.iter().collect();
    wins.sort_by_key(|win| (win.validated_by.is_none(), win.amount.is_none()));
    wins.truncate(MAX_WINS);
    wins
}

fn tell(context: &Context) -> Option<AgendaPart> {
    let (wins, people) = (wins(context), context.analysis.people.iter().take(MAX_PEOPLE));
    let counts: Vec<String> =
        [counted(context, "agenda.wins", wins.len()), counted(context, "agenda.people", people.clone().count())]
            .into_iter()
            .flatten()
            .collect();
    let points = wins.into_iter().map(|win| self::win(context, win)).chain(people.map(|one| person(context, one)));
    part(context, "agenda.tell", Some(counts.join(", ")), points.collect())
}

/// The claim, its evidence after a colon, and who confirms it.
fn win(context: &Context, win: &WinState) -> AgendaPoint {
    let evidence: Vec<String> = [&win.evidence, &win.amount].into_iter().flatten().map(|text| short(text)).collect();
    let mut line = vec![Span::strong(short(&win.text))];
    if !evidence.is_empty() {
        let evidence = evidence.join(context.words.semicolon());
        line.push(Span::plain(stopped(&format!("{}{evidence}", context.words.colon()))));
    }
    let confirmed = match &win.validated_by {
        Some(who) => context.say("agenda.confirmed_by", &[("who", &flat(who))]),
        None => context.say("agenda.not_confirmed", &[]),
    };
    line.push(Span::quiet(format!(" {confirmed}")));
    spoken(context, vec![line])
}

/// `A. Osei went from no code to the sheet that tracks all team metrics. For ask A-04.`
fn person(context: &Context, person: &PersonState) -> AgendaPoint {
    let text = short(&person.text);
    let change = match &person.before {
        Some(before) => format!("{}{} → {text}", context.words.colon(), flat(before)),
        None if text.starts_with(char::is_lowercase) => format!(" {text}"),
        None => format!("{}{text}", context.words.colon()),
    };
    let mut line = vec![Span::strong(flat(&person.person)), Span::plain(stopped(&change))];
    let ask = person.ask.and_then(|number| context.ask_id(number));
    let wish = match (ask, &person.wish) {
        (Some(ask), _) => Some(context.say("agenda.for_ask", &[("ask", &ask)])),
        (None, Some(wish)) => Some(stopped(&context.say("agenda.would_help", &[("text", &short(wish))]))),
        (None, None) => None,
    };
    line.extend(wish.map(|wish| Span::quiet(format!(" {wish}"))));
    spoken(context, vec![line])
}

/// Concerns and early signals, those not raised yet first, each with what was seen, the hypothesis, the next step and
/// its age.
fn raise(context: &Context) -> Option<AgendaPart> {
    let mut open: Vec<&ConcernState> = context.analysis.concerns.iter().collect();
    open.sort_by_key(|concern| concern.raised_on.is_some());
    let left = open.len().saturating_sub(MAX_CONCERNS);
    open.truncate(MAX_CONCERNS);
    let count = context.words.whole(context.analysis.concerns.len() as u64);
    let mut points: Vec<AgendaPoint> = open.into_iter().map(|concern| self::concern(context, concern)).collect();
    points.extend(counted(context, "agenda.concerns", left).map(|more| note(format!("+ {more}"))));
    part(context, "agenda.raise", Some(context.say("agenda.in_private", &[("n", &count)])), points)
}

fn concern(context: &Context, concern: &ConcernState) -> AgendaPoint {
    let mut line = vec![Span::strong(flat(&concern.person))];
    if concern.kind == NoteKind::Signal {
        line.push(Span::quiet(format!(", {}", context.say("agenda.signal", &[]))));
    }
    let seen = context.words.quote(&stopped(&capital(&short(&concern.text))));
    line.push(Span::plain(format!("{}{seen}", context.words.colon())));
    let mut details = Vec::new();
    for (key, text) in [("agenda.i_think", &concern.hypothesis), ("agenda.next", &concern.next_step)] {
        details.extend(text.as_deref().map(|text| stopped(&context.say(key, &[("text", &short(text))]))));
    }
    details.push(stopped(&capital(&concerns::state(context, concern))));
    spoken(context, vec![line, vec![Span::quiet(details.join(" "))]])
}

/// The manager's own question, the advice so far and its outcome. Left out in weeks in which the brief's section is.
fn for_me(context: &Context) -> Option<AgendaPart> {
    let analysis = context.analysis;
    let me = analysis.for_me.as_ref().filter(|_| !analysis.resting.iter().any(|id| id == "for me"))?;
    let goal = me.goals.first()?;
    let question = context.say("for_me.question", &[("goal", &flat(&goal.goal))]);
    let mut details = Vec::new();
    if let Some((date, advice)) = me.feedback.first() {
        let text = context.words.quote(&short(advice));
        details.push(stopped(&match date {
            Some(date) => context.say("agenda.advice_on", &[("date", &context.day_long(*date)), ("text", &text)]),
            None => context.say("agenda.advice", &[("text", &text)]),
        }));
    }
    details.extend(goal.note.as_deref().map(|note| stopped(&capital(&short(note)))));
    let mut lines = vec![vec![Span::plain(context.words.quote(&question))]];
    if !details.is_empty() {
        lines.push(vec![Span::quiet(details.join(" "))]);
    }
    part(context, "agenda.for_me", None, vec![AgendaPoint { is_loud: true, ..spoken(context, lines) }])
}

/// People without a highlight, granted asks that are not delivered yet, and tasks that vanished from the export.
fn not_for_meeting(context: &Context) -> Option<AgendaPart> {
    let analysis = context.analysis;
    let mut sentences = Vec::new();
    let never: Vec<String> =
        analysis.coverage.iter().filter(|one| one.weeks.is_none()).map(|one| flat(&one.person)).collect();
    let mut coverage = Vec::new();
    if !never.is_empty() {
        coverage.push(context.say("agenda.no_highlight", &[("people", &context.summed(&never))]));
    }
    let mut by_weeks: std::collections::BTreeMap<i64, Vec<String>> = std::collections::BTreeMap::new();
    for one in &analysis.coverage {
        if let Some(weeks) = one.weeks {
            by_weeks.entry(weeks).or_default().push(flat(&one.person));
        }
    }
    for (weeks, people) in by_weeks.iter().rev() {
        let people = context.summed(people);
        coverage.push(context.count("agenda.no_highlight_weeks", *weeks, &[("people", &people)]));
    }
    if never.is_empty() && !coverage.is_empty() {
        coverage.insert(0, context.say("people.coverage_label", &[]));
        let rest = coverage.split_off(1).join(context.words.semicolon());
        sentences.push(format!("{}{}{rest}", coverage[0], context.words.colon()));
    } else if !coverage.is_empty() {
        sentences.push(coverage.join(context.words.semicolon()));
    }
    let thing = |text: &str| context.words.thing_within(text).unwrap_or_else(|| text.to_owned());
    let owed = analysis.decided.iter().filter(|one| one.owed).map(|one| thing(&short(&one.text)));
    let owed: Vec<String> = owed.collect();
    if !owed.is_empty() {
        let things = context.summed(&owed);
        sentences.push(context.say("agenda.still_to_come", &[("things", &things)]));
    }
    if !analysis.vanished.is_empty() {
        sentences.push(context.count("masthead.vanished", analysis.vanished.len(), &[]));
    }
    let points: Vec<AgendaPoint> = sentences
        .into_iter()
        .map(|line| AgendaPoint { lines: vec![vec![Span::plain(stopped(&line))]], ..note(String::new()) })
        .collect();
    part(context, "agenda.not_for_meeting", None, points).map(|part| AgendaPart { is_boxed: true, ..part })
}
