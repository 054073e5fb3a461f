//! Tasks finished in each closed week of the quarter, as bars under the lanes of the time line.

use chrono::Days;

use super::super::phrase::{Context, flat};
use crate::analysis::{FinishedWeek, Throughput};
use crate::chart::{WeekBar, WeekBars};

/// None where the copy may not count the work of so few, or no week has closed.
pub(super) fn bars(context: &Context) -> Option<WeekBars> {
    let throughput = context.analysis.throughput.as_ref()?;
    let last = throughput.weeks.last()?;
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
        unusual: throughput.news && week.ending == last.ending,
    };
    let all = context.say("quarter.weeks_all", &[]);
    Some(WeekBars {
        title: context.say("quarter.weeks_title", &[]),
        lines: std::iter::once(all).chain(usual(context, throughput, "quarter.weeks_usual")).collect(),
        bars: throughput.weeks.iter().map(bar).collect(),
        usual: throughput.usual.map(|usual| (usual.low.into(), usual.high.into())),
        remark: remark(context, throughput, last.done),
    })
}

/// The last weeks' counts in words: `9, 13, 8 and 18; usual 8 to 18`.
pub(super) fn counts(context: &Context) -> Option<String> {
    /// More would be a chart.
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

/// `4, below the usual 8 to 18`, and why where an event of that week says so; that none does only where this copy shows
/// every event of it.
fn remark(context: &Context, throughput: &Throughput, done: u32) -> Option<(String, String)> {
    let usual = throughput.usual.filter(|_| throughput.news)?;
    let key = if done < usual.low { "quarter.weeks_below" } else { "quarter.weeks_above" };
    let (low, high) = (context.words.whole(usual.low.into()), context.words.whole(usual.high.into()));
    let places = [("n", context.words.whole(done.into())), ("low", low), ("high", high)];
    let lead = context.say(key, &places.each_ref().map(|(k, v)| (*k, v.as_str())));
    let reason = match &throughput.reason {
        Some(reason) => context.words.quote(&flat(reason)),
        None if throughput.has_untold => String::new(),
        None => context.no_reason().map(|_| context.say("quarter.weeks_no_reason", &[])).unwrap_or_default(),
    };
    Some((lead, reason))
}
