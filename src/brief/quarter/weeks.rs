//! Tasks finished in each closed week of the quarter, as bars under the lanes of the timeline.

use chrono::Days;

use super::super::phrase::{Context, flat};
use crate::analysis::{FinishedWeek, Throughput};
use crate::chart::{WeekBar, WeekBars};

/// Returns `None` if the copy may not count so few people's work, or no week has closed.
pub(super) fn bars(context: &Context) -> Option<WeekBars> {
    let throughput = context.analysis.throughput.as_ref()?;
    let last = throughput.weeks.last()?;
    let slow = slow_weeks(throughput);
    let unusual = if slow.is_empty() && throughput.news { std::slice::from_ref(last) } else { slow };
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
        unusual: unusual.iter().any(|unusual| unusual.ending == week.ending),
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

/// Returns the last weeks below the usual range: the last one if it is far below, or the last two.
pub(in crate::brief) fn slow_weeks(throughput: &Throughput) -> &[FinishedWeek] {
    let below = |week: &&FinishedWeek| throughput.usual.is_some_and(|usual| week.done < usual.low);
    let weeks = &throughput.weeks[..];
    let many = match weeks.iter().rev().take(2).take_while(below).count() {
        2 => 2,
        1 if throughput.news => 1,
        _ => 0,
    };
    &weeks[weeks.len() - many..]
}

/// `2 and 4, below the usual 8 to 18`, with an event of the last week as the reason. That there is no reason is said
/// only if this copy shows all events of the week.
fn remark(context: &Context, throughput: &Throughput, slow: &[FinishedWeek], last: u32) -> Option<(String, String)> {
    let usual = throughput.usual.filter(|_| throughput.news || !slow.is_empty())?;
    let before = slow.first().filter(|_| slow.len() == 2).map(|week| context.words.whole(week.done.into()));
    let key = match before {
        Some(_) => "quarter.weeks_below_two",
        None if last < usual.low => "quarter.weeks_below",
        None => "quarter.weeks_above",
    };
    let (low, high) = (context.words.whole(usual.low.into()), context.words.whole(usual.high.into()));
    let before = before.unwrap_or_default();
    let places = [("n", context.words.whole(last.into())), ("before", before), ("low", low), ("high", high)];
    let lead = context.say(key, &places.each_ref().map(|(k, v)| (*k, v.as_str())));
    let reason = match &throughput.reason {
        Some(reason) => context.words.quote(&flat(reason)),
        None if throughput.has_untold => String::new(),
        None => context.no_reason().map(|_| context.say("quarter.weeks_no_reason", &[])).unwrap_or_default(),
    };
    Some((lead, reason))
}
