//! The lines above and below the sections: kicker, date line, banners, footer, data notes.

use super::phrase::{Context, capital, clipped, flat};
use super::{Banner, Labels, Options, Section, Span};
use crate::chart::Tone;
use crate::redact::Audience;

/// Maximum length of a team's name in the kicker, in characters.
const MAX_TEAM_CHARS: usize = 48;

/// `Curation · Dana Reyes · brief for the 1:1 with Alex Kim`. A forwardable copy is addressed to nobody.
pub(super) fn kicker(context: &Context) -> String {
    let [team, manager, boss] =
        [&context.analysis.team, &context.analysis.manager, &context.analysis.boss].map(|it| flat(it));
    let team = clipped(&team, MAX_TEAM_CHARS);
    let is_with = !boss.is_empty() && context.audience != Audience::Shared;
    let what = context.say(if is_with { "masthead.kicker_with" } else { "masthead.kicker" }, &[("boss", &boss)]);
    [team, manager, what].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// `Curation · agenda for the 1:1 with Alex Kim`.
pub(super) fn agenda_kicker(context: &Context) -> String {
    let (team, boss) = (context.analysis.team.as_str(), context.analysis.boss.trim());
    let key = if boss.is_empty() { "agenda.kicker" } else { "agenda.kicker_with" };
    context.say(key, &[("team", team), ("boss", boss)])
}

/// `Friday 20 November 2026 · week 8 of 13`, and whether it is the first brief.
pub(super) fn dateline(context: &Context) -> String {
    let analysis = context.analysis;
    let (week, weeks) = (analysis.quarter.week.to_string(), analysis.quarter.weeks.to_string());
    let date = context.words.full_date(analysis.on);
    let line = context.say("masthead.dateline", &[("date", &date), ("week", &week), ("weeks", &weeks)]);
    match analysis.first_brief {
        true => format!("{line} · {}", context.say("masthead.first", &[])),
        false => line,
    }
}

/// One banner for all sources whose exports are old. What only the manager can fix, such as tasks that vanished from an
/// export, is in the agenda instead.
pub(super) fn banners(context: &Context) -> Vec<Banner> {
    let warn = |text: String| Banner { tone: Tone::Warning, spans: vec![Span::plain(text)] };
    let mut banners = Vec::new();
    let stale: Vec<String> = (context.analysis.stale.iter())
        .map(|stale| {
            let places = [("file", stale.file.clone()), ("newest", context.day_long(stale.newest))];
            context.say("masthead.stale_item", &places.each_ref().map(|(k, v)| (*k, v.as_str())))
        })
        .collect();
    if !stale.is_empty() {
        banners.push(warn(context.say("masthead.stale", &[("files", &context.words.list(&stale))])));
    }
    banners
}

/// `For Alex Kim · data to 19 Nov: 6 files, 1,284 rows read, 3 not read`.
pub(super) fn footer(context: &Context, options: &Options) -> String {
    let boss = flat(&context.analysis.boss);
    let copy = match context.audience {
        Audience::Me => "masthead.copy_me",
        Audience::Boss if boss.is_empty() => "masthead.copy_boss",
        Audience::Boss => "masthead.copy_for",
        Audience::Shared => "masthead.copy_shared",
    };
    let newest = options.sources.iter().filter_map(|source| source.newest).max();
    let data = match newest {
        Some(date) => context.say("masthead.data_to", &[("date", &context.day(date.min(context.analysis.as_of)))]),
        None => context.say("masthead.data_none", &[]),
    };
    // The as-of date is stated if it differs from the day of the meeting.
    let data = if context.analysis.on == context.analysis.as_of {
        data
    } else {
        let as_of = context.words.day_month_year(context.analysis.as_of);
        context.say("masthead.as_of", &[("date", &as_of), ("data", &data)])
    };
    let copy = capital(&context.say(copy, &[("boss", &boss)]));
    let line = context.say("masthead.footer", &[("copy", &copy), ("data", &data)]);
    let files: std::collections::BTreeSet<&str> = options.sources.iter().map(|source| source.file.as_str()).collect();
    if files.is_empty() {
        return line;
    }
    let read: u64 = options.sources.iter().map(|source| source.read).sum();
    let skipped: u64 = options.sources.iter().map(|source| source.skipped).sum();
    let counts = [
        context.count("masthead.files", files.len(), &[]),
        context.count("masthead.rows_read", read, &[]),
        context.count("masthead.rows_skipped", skipped, &[]),
    ];
    format!("{line}{}{}", context.words.colon(), counts.join(", "))
}

/// Notes on the data: the rows read of each source, the problems found, and the sections that are not shown this week
/// although they have content.
pub(super) fn notes(context: &Context, options: &Options, resting: &[Section]) -> Vec<String> {
    let mut notes: Vec<String> = options
        .sources
        .iter()
        // An empty log matters only to the manager.
        .filter(|source| context.audience == Audience::Me || source.read + source.skipped > 0)
        .map(|source| {
            let (read, skipped) = (context.words.whole(source.read), context.words.whole(source.skipped));
            context.say("masthead.source_note", &[("file", &source.file), ("read", &read), ("skipped", &skipped)])
        })
        .collect();
    let problems = &options.problems.0;
    if context.audience != Audience::Me {
        // Only the manager can fix a problem, and its text may name what this copy leaves out; other copies only count
        // them.
        if !problems.is_empty() {
            notes.push(context.count("masthead.findings", problems.len(), &[]));
        }
    } else {
        notes.extend(problems.iter().map(|problem| match &problem.place {
            Some(place) if place.line > 0 => format!("{}:{}: {}", place.file, place.line, problem.message),
            Some(place) => format!("{}: {}", place.file, problem.message),
            None => problem.message.clone(),
        }));
    }
    let resting: Vec<&str> = resting.iter().map(|section| section.title.as_str()).collect();
    if !resting.is_empty() {
        notes.push(context.say("masthead.resting", &[("sections", &resting.join(", "))]));
    }
    notes
}

pub(super) fn labels(context: &Context) -> Labels {
    Labels {
        skip: context.say("page.skip", &[]),
        contents: context.say("page.contents", &[]),
        notes: context.say("page.notes", &[]),
        done: context.say("page.done", &[]),
        not_done: context.say("page.not_done", &[]),
    }
}
