//! Tests of a brief as pages: what each format makes of each block.

mod html;
mod made;
mod pdf;
mod sketch;
mod teams;
mod validators;
mod variants;

use std::path::{Path, PathBuf};

use headsup::brief::Brief;
use headsup::render::{self, Theme};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// Returns the briefs whose pages are kept: name and content.
fn cases() -> Vec<(&'static str, Brief)> {
    vec![
        ("sketch", sketch::brief()),
        ("first", variants::first()),
        ("stale", Brief { banners: vec![sketch::stale_banner()], ..sketch::brief() }),
        ("scripts", variants::scripts()),
        ("hostile", variants::hostile()),
        ("large", variants::large()),
    ]
}

/// Returns the path of a page that a test writes for validators and for people.
fn page(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("render");
    std::fs::create_dir_all(&dir).expect("the test's folder can be made");
    dir.join(name)
}

/// Compares with the kept file in `tests/cases/render`, which `HEADSUP_BLESS=1` replaces.
fn assert_as_kept(file: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/render").join(file);
    if std::env::var_os("HEADSUP_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().expect("a file in a folder")).expect("the folder can be made");
        std::fs::write(&path, actual).expect("the case can be written");
        return;
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = kept
        .lines()
        .zip(actual.lines())
        .position(|(a, b)| a != b)
        .unwrap_or(kept.lines().count().min(actual.lines().count()));
    assert!(
        kept == actual,
        "{} differs from line {} on:\n- {}\n+ {}\n(HEADSUP_BLESS=1 keeps what came out)",
        path.display(),
        differs + 1,
        kept.lines().nth(differs).unwrap_or("(end)"),
        actual.lines().nth(differs).unwrap_or("(end)"),
    );
}

#[test]
fn markdown_and_text_equal_the_kept_files() {
    for (name, brief) in cases() {
        assert_as_kept(&format!("{name}/brief.md"), &render::markdown(&brief));
        assert_as_kept(&format!("{name}/brief.txt"), &render::text(&brief));
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 24, failure_persistence: None, rng_seed: RngSeed::Fixed(5), ..ProptestConfig::default()
    })]

    #[test]
    fn any_brief_becomes_every_format(brief in made::brief()) {
        let theme = Theme { pages: 2, ..Theme::default() };
        let pdf = render::pdf(&brief, &theme).unwrap();
        let over_budget = pdf.problems.0.iter().any(|problem| problem.code == "pages");
        // Parts with a separate page at the end are not limited.
        prop_assert!(pdf.pages <= 2 || over_budget || brief.has_own_page());
        let html = render::html(&brief, &theme).unwrap();
        prop_assert!(html.matches("<script").count() == 1 && !html.contains("href=\"javascript:"));
        render::markdown(&brief);
        render::text(&brief);
    }
}
