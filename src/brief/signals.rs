//! The section "signals": metrics outside their usual range first, then those that miss their target, the rest small.

mod standing;
mod steps;
mod table;
mod tile;
mod usual;

use super::phrase::Context;
use super::{Block, Bullet, Item, List, Section, SectionStyle, Span, Tiles};
use crate::analysis::MetricState;
use crate::brief::priorities;

/// Number of tiles if fewer metrics than this have anything to say.
const TILES: usize = 8;

use standing::{REST, has_left_usual, in_brief, of_period, older_signal, open_period, rank, signal_text, stated};
pub(super) use standing::{fresh, is_behind, misses, path_today, run_length};
pub(super) use steps::step_to;
pub(super) use usual::{Place, basis, before_newest, bounds, in_units, latest_decimals, limits, place, what};

pub(super) fn section(context: &Context) -> Option<Section> {
    let mut metrics: Vec<&MetricState> = context.analysis.metrics.iter().collect();
    if metrics.is_empty() {
        return None;
    }
    metrics.sort_by_key(|metric| rank(context, metric));
    let mut blocks = Vec::new();
    // The value of an unfinished month may be news that no rule has judged yet.
    if metrics.iter().all(|metric| fresh(metric).is_none() && open_period(metric).is_none()) {
        let line = context.say("signals.none", &[]);
        blocks.push(Block::Text { spans: vec![Span::quiet(line)], priority: priorities::NO_SIGNAL.at(0) });
    }
    let loud = metrics.iter().filter(|metric| rank(context, metric) < REST).count();
    let (tiles, rest) = metrics.split_at(loud.max(TILES).min(metrics.len()));
    blocks.push(Block::Tiles(Tiles {
        tiles: tiles.iter().enumerate().map(|(place, metric)| tile::tile(context, metric, place)).collect(),
        more: "metrics",
    }));
    if !rest.is_empty() {
        let items = rest.iter().enumerate().map(|(place, metric)| Item {
            bullet: Bullet::None,
            spans: vec![Span::plain(in_brief(context, metric))],
            priority: priorities::METRIC_IN_BRIEF.at(place),
        });
        let label = Some(context.say("signals.rest", &[]));
        blocks.push(Block::List(List { label, items: items.collect(), inline: true, more: "metrics" }));
    }
    blocks.push(Block::Table(table::table(context, &metrics)));
    let title = match metrics.iter().filter(|metric| misses(metric)).count() {
        0 => context.say("title.signals", &[]),
        missed => context.count("title.signals_missed", missed, &[]),
    };
    Some(Section::new(SectionStyle::Ruled, title, blocks))
}
