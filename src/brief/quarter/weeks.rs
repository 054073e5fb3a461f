//! Tasks finished in each closed week of the quarter, as bars under the lanes of the timeline.

use chrono::Days;

use super::super::phrase::{Context, flat};
use crate::analysis::{FinishedWeek, Throughput};
use crate::chart::{WeekBar, WeekBars};

/// Returns `None` if the copy may not count so few people's work, or no week has closed.
pub(super) fn bars(context: &Context) -> Option<WeekBars> {
    let throughput = context.analysis.throughput.as_ref()?;
    let last = throughput.weeks.last()?;
    let slow = throughput.slow_weeks();
    let bar = |week: &FinishedWeek| WeekBar {
        from: week.ending - Days::new(7),
        to: week.ending,
        count: f64::from(week.done),
        label: context.words.whole(week.done.into()),
        says: format!(
            "{}{}{}",
            context.say("signals.of_week", &[("date", &context.day(week.ending))]),
            context.words.colon(),
            context.words.whole(week.done.into())
        ),
        unusual: slow.iter().any(|slow| slow.ending == week.ending),
    };
    let all = context.say("quarter.weeks_all", &[]);
    Some(WeekBars {
        title: context.say("quarter.weeks_title", &[]),
        lines: std::iter::once(all).chain(usual(context, throughput, "quarter.weeks_usual")).collect(),
        bars: throughput.weeks.iter().map(bar).collect(),
        usual: throughput.usual.map(|usual| (usual.low.into(), usual.high.into())),
        remark: remark(context, throughput, slow, last.done),
    })
}

/// The counts of the last weeks in words: `9, 13, 8 and 18; usual 8 to 18`.
pub(super) fn counts(context: &Context) -> Option<String> {
    /// Maximum number of weeks; more would need a chart.
    const SHOWN: usize = 8;
    let throughput = context.analysis.throughput.as_ref()?;
    let skip = throughput.weeks.len().saturating_sub(SHOWN);
    let weeks: Vec<String> =
        throughput.weeks.iter().skip(skip).map(|week| context.words.whole(week.done.into())).collect();
    let usual = usual(context, throughput, "quarter.weeks_usual");
    let said = std::iter::once(context.words.list(&weeks)).chain(usual).collect::<Vec<_>>();
    Some(said.join(context.words.semicolon()))
}

fn usual(context: &Context, throughput: &Throughput, key: &str) -> Option<String> {
    let usual = throughput.usual?;
    let (low, high) = (context.words.whole(usual.low.into()), context.words.whole(usual.high.into()));
    Some(context.say(key, &[("low", &low), ("high", &high)]))
}

/// The event that explains slow weeks, as it is quoted: `“Feedback week”`, with its days if it explains only one of
/// two and names none itself: `“Feedback week”, 9–13 Nov`.
pub(in crate::brief) fn reason(context: &Context, throughput: &Throughput, text: &str) -> String {
    let quoted = context.words.quote(text);
    let names_days = text.chars().any(|letter| letter.is_ascii_digit());
    match throughput.reason_days.filter(|_| throughput.slow == 2 && !names_days) {
        Some((from, to)) if from == to => format!("{quoted}, {}", context.day(from)),
        Some((from, to)) => {
            let from = context.day_before(from, to).unwrap_or_else(|| context.day(from));
            format!("{quoted}, {}", context.say("quarter.weeks_days", &[("from", &from), ("to", &context.day(to))]))
        }
        None => quoted,
    }
}

/// Returns `2 and 5, together below the usual 14 to 41`, with an event of these weeks as the reason. Only a copy that
/// shows all events of the weeks may say that there is no reason.
fn remark(context: &Context, throughput: &Throughput, slow: &[FinishedWeek], last: u32) -> Option<(String, String)> {
    let usual = throughput.usual.filter(|_| throughput.news || !slow.is_empty())?;
    let whole = |n: u32| context.words.whole(n.into());
    let (key, before, usual) = match slow {
        [before, _] => ("quarter.weeks_below_two", whole(before.done), throughput.usual_two?),
        _ if throughput.is_fast() => ("quarter.weeks_above", String::new(), usual),
        _ => ("quarter.weeks_below", String::new(), usual),
    };
    let places = [("n", whole(last)), ("before", before), ("low", whole(usual.low)), ("high", whole(usual.high))];
    let lead = context.say(key, &places.each_ref().map(|(k, v)| (*k, v.as_str())));
    let reason = match &throughput.reason {
        Some(text) => reason(context, throughput, &flat(text)),
        None if throughput.has_untold => String::new(),
        None => context.no_reason().map(|_| context.say("quarter.weeks_no_reason", &[])).unwrap_or_default(),
    };
    Some((lead, reason))
}
