//! A brief as pages: what each format makes of each block.

mod made;
mod sketch;

use headsup::brief::Brief;
use headsup::render::{self, Theme};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

#[test]
fn the_sketched_brief_is_two_pages_of_pdf() {
    let pdf = render::pdf(&sketch::brief(), &Theme { pages: 2, ..Theme::default() }).unwrap();
    std::fs::create_dir_all("target/render").unwrap();
    std::fs::write("target/render/sketch.pdf", &pdf.bytes).unwrap();
    assert_eq!(pdf.pages, 2);
    assert_eq!(pdf.problems.0, []);
}

#[test]
fn every_format_has_every_section() {
    let brief = Brief { banners: vec![sketch::stale_banner()], ..sketch::brief() };
    let html = render::html(&brief, &Theme::default()).unwrap();
    let markdown = render::markdown(&brief);
    std::fs::create_dir_all("target/render").unwrap();
    std::fs::write("target/render/sketch.html", &html).unwrap();
    std::fs::write("target/render/sketch.md", &markdown).unwrap();
    std::fs::write("target/render/sketch.txt", render::text(&brief)).unwrap();
    for section in &brief.sections {
        assert!(html.contains(&format!(">{}</h2>", section.title)), "{}", section.title);
        assert!(markdown.contains(&format!("## {}", section.title)), "{}", section.title);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, rng_seed: RngSeed::Fixed(5), ..ProptestConfig::default() })]

    #[test]
    fn any_brief_becomes_every_format(brief in made::brief()) {
        let theme = Theme { pages: 2, ..Theme::default() };
        let pdf = render::pdf(&brief, &theme).unwrap();
        let over_budget = pdf.problems.0.iter().any(|problem| problem.code == "pages");
        prop_assert!(pdf.pages <= 2 || over_budget);
        let html = render::html(&brief, &theme).unwrap();
        prop_assert!(!html.contains("<script") && !html.contains("javascript:"));
        render::markdown(&brief);
        render::text(&brief);
    }
}
