//! The milestone trend chart: what was promised at each 1:1, once four are on record.

use super::super::Figure;
use super::super::phrase::{Context, flat};
use super::WIDTH;
use super::timeline::months;
use crate::analysis::MilestoneTrend;
use crate::chart::{SlipInput, SlipLine, Tone};

/// The lines that one chart shows; the steadiest beyond these are in the table alone.
const MOST_LINES: usize = 8;

pub(super) fn figure(context: &Context) -> Option<Figure> {
    Some(Figure { chart: crate::chart::slip(&input(context)?), beside: Vec::new(), priority: 34 })
}

/// Days that the promise has moved since the first 1:1 on record.
fn moved(trend: &MilestoneTrend) -> i64 {
    match (trend.points.first(), trend.points.last()) {
        (Some((_, first)), Some((_, last))) => (*last - *first).num_days(),
        _ => 0,
    }
}

pub(super) fn input(context: &Context) -> Option<SlipInput> {
    let mut trends: Vec<&MilestoneTrend> =
        context.analysis.trend.iter().filter(|trend| trend.points.len() > 1).collect();
    trends.sort_by_key(|trend| std::cmp::Reverse(moved(trend).abs()));
    trends.truncate(MOST_LINES);
    let meetings = trends.iter().map(|trend| trend.points.len()).max()?;
    let meetings = context.words.whole(meetings as u64);
    let worst = trends.iter().max_by_key(|trend| moved(trend))?;
    let title = match moved(worst) {
        days @ 1.. => {
            let places = [("milestone", flat(&worst.name)), ("meetings", meetings)];
            context.count("quarter.slip_title_moved", days, &places.each_ref().map(|(k, v)| (*k, v.as_str())))
        }
        _ => context.say("quarter.slip_title_held", &[("meetings", &meetings)]),
    };
    let mut days: Vec<_> = trends.iter().flat_map(|trend| trend.points.iter().map(|(day, _)| *day)).collect();
    days.sort_unstable();
    days.dedup();
    let promised: Vec<_> = trends.iter().flat_map(|trend| trend.points.iter().map(|(_, date)| *date)).collect();
    let said: Vec<String> = trends
        .iter()
        .filter_map(|trend| {
            let ((_, first), (_, last)) = (trend.points.first()?, trend.points.last()?);
            let (first, last) = (context.day(*first), context.day(*last));
            let places = [("milestone", flat(&trend.name)), ("first", first), ("last", last)];
            Some(context.say("quarter.slip_alt_line", &places.each_ref().map(|(k, v)| (*k, v.as_str()))))
        })
        .collect();
    let (start, end) = (context.day_long(*days.first()?), context.day_long(*days.last()?));
    let alt = context.say("quarter.slip_alt", &[("start", &start), ("end", &end), ("lines", &said.join(" "))]);
    Some(SlipInput {
        alt: format!("{title}. {alt}"),
        title,
        lines: trends
            .iter()
            .map(|trend| SlipLine {
                name: flat(&trend.name),
                tone: if moved(trend) > 0 { Tone::Warning } else { Tone::Plain },
                points: trend.points.clone(),
            })
            .collect(),
        dates: months(context, *promised.iter().min()?, *promised.iter().max()?, false),
        meetings: days.iter().map(|day| (*day, context.day(*day))).collect(),
        width: WIDTH,
        height: WIDTH * 0.26,
    })
}
