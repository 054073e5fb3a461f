//! Ten invented teams of very different size and language, and agendas of managers: folders of exports that are
//! rendered as a user would. [`super::validators`] checks the properties of all pages.

use std::path::Path;

use headsup::brief::Brief;
use headsup::config::Format;
use headsup::pipeline::{self, Request};
use headsup::redact::Audience;

/// Folders with the date of their boss copy: a start-up with one milestone; twelve objectives with forty milestones;
/// long titles in French; decimal commas in German; thirty metrics in Portuguese; text that our fonts cannot show;
/// neither tasks nor metrics; everything late; everything done; one page in Spanish. They include US Letter, accent
/// colours and every language.
const TEAMS: [(&str, &str); 10] = [
    ("start-up", "2026-11-20"),
    ("platform", "2026-11-20"),
    ("service-public", "2026-11-20"),
    ("mittelstand", "2026-11-20"),
    ("suporte", "2026-11-20"),
    ("scripts", "2026-11-20"),
    ("no-tasks", "2026-11-20"),
    ("all-late", "2026-11-20"),
    ("all-done", "2026-12-30"),
    ("no-metrics", "2026-11-20"),
];

/// Copies of managers, each an agenda before the boss's brief: name, folder, date. The example has concerns, requests
/// to sound out and goals; the others are in German, in French, in scripts that our fonts cannot show, with very many
/// objectives, and with little content.
const AGENDAS: [(&str, &str, &str); 7] = [
    ("curation-me", "examples/curation", "2026-11-20"),
    ("mittelstand-me", "tests/cases/teams/mittelstand", "2026-11-20"),
    ("service-public-me", "tests/cases/teams/service-public", "2026-11-20"),
    ("scripts-me", "tests/cases/teams/scripts", "2026-11-20"),
    ("platform-me", "tests/cases/teams/platform", "2026-11-20"),
    ("all-late-me", "tests/cases/teams/all-late", "2026-11-20"),
    ("start-up-me", "tests/cases/teams/start-up", "2026-11-20"),
];

pub struct Team {
    pub name: &'static str,
    pub brief: Brief,
    /// Most pages of the brief.
    pub pages: u32,
    /// Number of times that the brief was typeset.
    pub compiles: usize,
    pub pdf: Vec<u8>,
    pub html: Vec<u8>,
}

pub fn all() -> Vec<Team> {
    let boss = TEAMS.into_iter().map(|(name, as_of)| {
        let folder = format!("tests/cases/teams/{name}");
        team(name, &folder, as_of, Audience::Boss)
    });
    boss.chain(AGENDAS.into_iter().map(|(name, folder, as_of)| team(name, folder, as_of, Audience::Me))).collect()
}

fn team(name: &'static str, folder: &str, as_of: &str, audience: Audience) -> Team {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let request = Request {
        as_of: as_of.parse().expect("a date"),
        on: None,
        since: None,
        audience,
        formats: Some(vec![Format::Pdf, Format::Html]),
    };
    let made = pipeline::run(&folder, &request).unwrap_or_else(|failure| panic!("{name}: {failure}"));
    let bytes = |format| made.bytes(format).expect("what was asked for").to_vec();
    Team {
        name,
        pages: made.config.brief.pages,
        compiles: made.compiles,
        pdf: bytes(Format::Pdf),
        html: bytes(Format::Html),
        brief: made.brief,
    }
}

/// Typesetting costs as much as the typesetter alone needs for the page: a brief that fits is typeset once, one that is
/// cut usually twice, and sometimes once more.
#[test]
fn briefs_are_typeset_few_times() {
    let example = team("curation", "examples/curation", "2026-11-20", Audience::Boss);
    let all: Vec<Team> = all().into_iter().chain([example]).collect();
    let is_cut = |team: &&Team| team.compiles > 1;
    let said: Vec<String> = all.iter().filter(is_cut).map(|team| format!("{} {}", team.name, team.compiles)).collect();
    assert!(all.iter().all(|team| team.compiles <= 3), "{said:?}");
    let sum: usize = all.iter().map(|team| team.compiles).sum();
    assert!(sum * 10 <= all.len() * 17, "{sum} for {}: {said:?}", all.len());
}
