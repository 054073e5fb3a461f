//! The list of sections, and the brief that they make together.

use super::phrase::Context;
use super::{
    Brief, Options, Section, asks, beyond, budget, concerns, cross_team, decided, drift, goals, headline, masthead,
    next, people, plan_review, quarter, risks, signals, talking_points, value,
};
use crate::analysis::Analysis;
use crate::words::Words;

/// The sections, in the order of the brief. Each is made from the context, or has nothing to say.
const SECTIONS: [fn(&Context) -> Option<Section>; 16] = [
    talking_points::section,
    decided::section,
    asks::section,
    quarter::section,
    drift::section,
    value::section,
    signals::section,
    plan_review::section,
    next::section,
    people::section,
    cross_team::section,
    risks::section,
    beyond::section,
    goals::team,
    goals::for_me,
    concerns::section,
];

/// Says an analysis in sentences, tables and charts.
pub fn compose(analysis: &Analysis, words: &Words, options: &Options) -> Brief {
    let context = Context::new(analysis, words, options.audience);
    let (title, summary) = headline::headline(&context, options.headline);
    let rests = |section: &Section| analysis.resting.iter().any(|resting| resting == section.id);
    let told = SECTIONS.iter().filter_map(|section| section(&context));
    let (resting, sections): (Vec<Section>, Vec<Section>) = told.partition(rests);
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
    };
    brief.reading_time = budget::Budget::of(&brief).shortened(&budget::Cut::default()).reading_time;
    brief
}
