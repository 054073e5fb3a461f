//! The section "moved away from what we agreed": dates, scope and wording, then and now, and whether the change was
//! agreed.

use chrono::NaiveDate;

use super::phrase::{Context, flat, name_of};
use super::{Align, Block, Section, SectionStyle, Span, Spans, Style, Table, TableColumn, TableRow};
use crate::analysis::{Change, Drift, DriftDetail, Scope, WordChange};
use crate::brief::priorities;

/// Number of words kept on either side of a change of wording; an ellipsis replaces the rest.
const WORDS_AROUND: usize = 3;

pub(super) fn section(context: &Context) -> Option<Section> {
    let drift = &context.analysis.drift;
    let title = context.say("title.drift", &[]);
    if drift.is_empty() {
        let unchanged =
            unchanged(context).filter(|_| !(context.analysis.first_brief || context.analysis.nothing_agreed));
        return unchanged.map(|key| Section::line(title, context.say(key, &[])));
    }
    let open = drift.iter().filter(|drift| drift.agreed_on.is_none()).count();
    let title = match open {
        0 => title,
        // Where nothing was agreed yet, nothing is to be agreed again.
        _ if context.analysis.first_brief || context.analysis.nothing_agreed => title,
        open => {
            let open = context.words.whole(open as u64);
            context.count("changed.to_agree", drift.len(), &[("title", &title), ("open", &open)])
        }
    };
    let head = |key: &str, width| TableColumn { title: context.say(key, &[]), width, align: Align::Left };
    // If only dates moved, the first column names the milestones, the latest first.
    let dates = drift.iter().all(|drift| matches!(drift.detail, DriftDetail::Date { .. }));
    let (what, then, now) = if dates { (45.0, 19.0, 19.0) } else { (26.0, 26.0, 31.0) };
    let mut rows: Vec<&Drift> = drift.iter().collect();
    if dates {
        rows.sort_by_key(|drift| (drift.agreed_on.is_some(), std::cmp::Reverse(days_moved(drift))));
    }
    let table = Table {
        caption: context.say("drift.caption", &[]),
        columns: vec![
            head("drift.what", what),
            head("drift.then", then),
            head("drift.now", now),
            head("drift.standing", 17.0),
        ],
        show_head: true,
        row_heads: true,
        rows: rows.into_iter().enumerate().map(|(rank, drift)| row(context, drift, rank, dates)).collect(),
        more: "drift",
    };
    Some(Section::new(SectionStyle::Ruled, title, vec![Block::Table(table)]))
}

/// Returns what can be said if no change is known: that nothing changed, if the scope is known too and no date moved
/// forward; else only that no date was postponed.
fn unchanged(context: &Context) -> Option<&'static str> {
    let objectives = || context.analysis.objectives.iter();
    let mut milestones = objectives().flat_map(|it| &it.milestones).filter(|it| it.agreed.is_some()).peekable();
    let has_dates = milestones.peek().is_some();
    let is_earlier = milestones.any(|it| it.done_on.is_none() && it.due < it.agreed && it.due.is_some());
    let agreed = has_dates || objectives().any(|it| it.scope.is_some() || it.wording.is_some());
    let is_scope_known = objectives().all(|it| it.of == 0 || it.scope.is_some());
    match agreed && is_scope_known && !is_earlier {
        true => Some("drift.none"),
        false => has_dates.then_some("drift.none_later"),
    }
}

/// Returns the days by which a date moved; 0 for other changes.
pub(super) fn days_moved(drift: &Drift) -> i64 {
    match drift.detail {
        DriftDetail::Date { from, to } => (to - from).num_days(),
        _ => 0,
    }
}

/// Returns a row of the table; `dates`: the table contains only dates.
fn row(context: &Context, drift: &Drift, rank: usize, dates: bool) -> TableRow {
    let objective = name_of(&drift.objective_name, &drift.objective);
    let milestone = drift.milestone_name.as_deref().map(flat);
    // `Scope, Supplier-risk dataset`, with the kind in bold.
    let of = |kind: &str, name: String| vec![Span::strong(context.say(kind, &[])), Span::plain(format!(", {name}"))];
    let day = |date: &NaiveDate| vec![Span::plain(moved_day(context, drift, *date))];
    let (what, then, now) = match &drift.detail {
        DriftDetail::Date { from, to } if dates => {
            (vec![Span::plain(milestone.unwrap_or(objective))], day(from), day(to))
        }
        DriftDetail::Date { from, to } => (of("changed.date", milestone.unwrap_or(objective)), day(from), day(to)),
        DriftDetail::Scope(scope) => {
            (of("changed.scope", objective), scope_then(context, scope), scope_now(context, scope))
        }
        DriftDetail::Wording { words } => (
            of("changed.wording", objective),
            wording(context, words, Change::Deleted, Style::Deleted),
            wording(context, words, Change::Inserted, Style::Inserted),
        ),
    };
    let agreed = drift.agreed_on.is_some();
    let place = if agreed { priorities::CHANGE_AGREED } else { priorities::CHANGE_TO_AGREE };
    TableRow {
        cells: vec![what, then, now, agreement_text(context, drift)],
        keys: Vec::new(),
        priority: place.at(rank),
    }
}

/// Returns a date of the moved milestone as its team wrote it, if that is a period.
pub(super) fn written(context: &Context, drift: &Drift, date: NaiveDate) -> Option<String> {
    let milestone = drift.milestone.as_ref().and_then(|id| context.any_milestone(id));
    milestone.and_then(|of| context.written(of, date))
}

/// Returns a date of the moved milestone, for a cell.
fn moved_day(context: &Context, drift: &Drift, date: NaiveDate) -> String {
    written(context, drift, date).unwrap_or_else(|| context.day_long(date))
}

fn scope_then(context: &Context, scope: &Scope) -> Spans {
    let key = if scope.estimated { "drift.scope_then_estimated" } else { "drift.scope_then" };
    vec![Span::plain(context.count(key, scope.baseline, &[("date", &context.day(scope.agreed_on))]))]
}

fn scope_now(context: &Context, scope: &Scope) -> Spans {
    let number = |n: u32| context.words.whole(n.into());
    let key = match (scope.added, scope.dropped) {
        (0, 0) => "drift.scope_same",
        (_, 0) => "drift.scope_now_added",
        (0, _) => "drift.scope_now_dropped",
        _ => "drift.scope_now",
    };
    let (now, added, dropped) = (number(scope.now), number(scope.added), number(scope.dropped));
    let mut spans = vec![Span::plain(context.say(key, &[("now", &now), ("added", &added), ("dropped", &dropped)]))];
    if let Some((label, count)) = scope.added_under.first() {
        spans.push(Span::new(
            Style::Plain,
            context.say("drift.under", &[("label", &flat(label)), ("n", &number(*count)), ("added", &added)]),
        ));
    }
    let also: Vec<String> = [
        ("drift.moved", scope.moved_tasks.len().max(scope.moved as usize)),
        ("drift.reestimated", scope.reestimated.len()),
        ("drift.reopened", scope.reopened.len()),
    ]
    .into_iter()
    .filter(|(_, n)| *n > 0)
    .map(|(key, n)| context.count(key, n, &[]))
    .collect();
    if !also.is_empty() {
        spans.push(Span::quiet(context.say("drift.scope_also", &[("parts", &also.join(", "))])));
    }
    spans
}

/// Returns the words next to a change: the last ones at the beginning of a sentence, the first ones at its end, both in
/// between.
fn around(words: &[&str], change_before: bool, change_after: bool) -> String {
    let (head, tail) = (&words[..words.len().min(WORDS_AROUND)], &words[words.len().saturating_sub(WORDS_AROUND)..]);
    let long = |kept: usize| words.len() > kept + 1;
    match (change_before, change_after) {
        (true, true) if long(2 * WORDS_AROUND) => format!("{} … {}", head.join(" "), tail.join(" ")),
        (false, true) if long(WORDS_AROUND) => format!("… {}", tail.join(" ")),
        (true, false) if long(WORDS_AROUND) => format!("{} …", head.join(" ")),
        _ => words.join(" "),
    }
}

/// Returns one side of a change of wording in quotation marks: the unchanged words, and those of `side` highlighted.
fn wording(context: &Context, words: &[WordChange], side: Change, style: Style) -> Spans {
    let parts: Vec<&WordChange> = words.iter().filter(|w| w.change == Change::Same || w.change == side).collect();
    let mut spans: Spans = Vec::new();
    for (i, part) in parts.iter().enumerate() {
        let text = part.text.split_whitespace().collect::<Vec<_>>();
        let (first, last) = (i == 0, i + 1 == parts.len());
        let same = part.change == Change::Same;
        let text = if same { around(&text, !first, !last) } else { text.join(" ") };
        if text.is_empty() {
            continue;
        }
        if !spans.is_empty() {
            spans.push(Span::plain(" "));
        }
        spans.push(Span::new(if same { Style::Plain } else { style }, text));
    }
    let quote = context.words.quote("\u{0}");
    let (open, close) = quote.split_once('\u{0}').unwrap_or(("", ""));
    spans.insert(0, Span::plain(open));
    spans.push(Span::plain(close));
    spans
}

/// Says when the change was agreed, or that it was not yet, and which ask is about it.
pub(super) fn agreement_text(context: &Context, drift: &Drift) -> Spans {
    if let Some(date) = drift.agreed_on {
        return vec![Span::plain(context.say("drift.agreed", &[("date", &context.day(date))]))];
    }
    let ask = drift.ask.and_then(|number| context.ask_id(number));
    let partly = match &drift.detail {
        DriftDetail::Scope(scope) if scope.unagreed > 0 && scope.unagreed < scope.added => Some(scope),
        _ => None,
    };
    let unagreed = partly.map(|scope| context.words.whole(scope.unagreed.into())).unwrap_or_default();
    let key = match (partly.is_some(), ask.is_some()) {
        (true, true) => "drift.part_not_ask",
        (true, false) => "drift.part_not",
        (false, true) => "drift.not_yet_ask",
        (false, false) => "drift.not_yet",
    };
    let text = context.say(key, &[("unagreed", &unagreed), ("ask", ask.as_deref().unwrap_or_default())]);
    vec![Span::warning(text)]
}
