//! Composes the brief from its sections.

use super::phrase::Context;
use super::{Brief, Options, Section, bounds, budget, gist, headline, masthead, widths};
use crate::analysis::Analysis;
use crate::words::Words;

/// Turns an analysis into sentences, tables and charts.
pub fn compose(analysis: &Analysis, words: &Words, options: &Options) -> Brief {
    let mut context = Context::new(analysis, words, options.audience);
    let (title, summary) = headline::headline(&context, options.headline);
    context.title.clone_from(&title);
    let rests = |section: &Section| analysis.resting.iter().any(|resting| resting == section.id);
    let (resting, sections): (Vec<Section>, Vec<Section>) = super::sections(&context).partition(rests);
    let mut brief = Brief {
        language: words.language.clone(),
        audience: options.audience,
        as_of: analysis.as_of,
        team: analysis.team.clone(),
        author: analysis.manager.clone(),
        kicker: masthead::kicker(&context),
        dateline: masthead::dateline(&context),
        banners: masthead::banners(&context),
        title,
        summary,
        sections,
        footer: masthead::footer(&context, options),
        notes: masthead::notes(&context, options, &resting),
        reading_time: String::new(),
        labels: masthead::labels(&context),
        gist: gist::gist(&context),
        agenda: None,
    };
    bounds::bound(&mut brief, words);
    widths::fit(&mut brief.sections, words);
    brief.reading_time = budget::Budget::of(&brief).shortened(&budget::Cut::default()).reading_time;
    brief
}
