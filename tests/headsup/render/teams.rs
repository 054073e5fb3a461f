//! Ten made teams of very different size and language, and agendas of managers: folders of exports rendered whole, as a
//! user would. What must hold for every page is asked in [`super::validators`].

use std::path::Path;

use headsup::brief::Brief;
use headsup::config::Format;
use headsup::pipeline::{self, Request};
use headsup::redact::Audience;

/// The folder, and the day of its boss copy: a start-up of one milestone; twelve objectives with forty; long titles in
/// French; decimal commas in German; thirty metrics in Portuguese; text that our fonts lack; neither tasks nor metrics;
/// everything late; everything done; one page in Spanish. US Letter, own accents and every language are among them.
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

/// Copies of managers, each an agenda before the boss's brief: name, folder, day. The example has concerns, requests to sound
/// out and goals; the others are in German, in French, in scripts that our fonts lack, of very many objectives, of little.
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
    /// The page budget.
    pub pages: u32,
    /// How often it was set.
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

/// Each setting costs as much as the typesetter alone takes for the page: a brief that fits is set once, one that is cut
/// twice, and now and then once more.
#[test]
fn briefs_are_set_few_times() {
    let example = team("curation", "examples/curation", "2026-11-20", Audience::Boss);
    let all: Vec<Team> = all().into_iter().chain([example]).collect();
    let is_cut = |team: &&Team| team.compiles > 1;
    let said: Vec<String> = all.iter().filter(is_cut).map(|team| format!("{} {}", team.name, team.compiles)).collect();
    assert!(all.iter().all(|team| team.compiles <= 3), "{said:?}");
    let sum: usize = all.iter().map(|team| team.compiles).sum();
    assert!(sum * 10 <= all.len() * 17, "{sum} for {}: {said:?}", all.len());
}
