//! Tests of the PDF: pages, budget, fonts, a team's own design.

use headsup::brief::{Block, Brief, SectionStyle};
use headsup::config::Paper;
use headsup::problem::Failure;
use headsup::render::{self, Theme};

use super::{cases, page, sketch, variants};

fn two_pages() -> Theme {
    Theme { pages: 2, ..Theme::default() }
}

fn codes(problems: &headsup::problem::Problems) -> Vec<&str> {
    problems.0.iter().map(|problem| problem.code).collect()
}

/// Returns the problems of an input that is refused.
fn refused<T>(result: Result<T, Failure>) -> Vec<headsup::problem::Problem> {
    match result {
        Err(Failure::Input(problems)) => problems.0,
        Err(other) => panic!("not refused as input: {other}"),
        Ok(_) => panic!("not refused"),
    }
}

#[test]
fn every_case_fits_two_pages_on_both_papers() {
    for (name, brief) in cases() {
        for (paper, suffix) in [(Paper::A4, "a4"), (Paper::UsLetter, "letter")] {
            let pdf = render::pdf(&brief, &Theme { paper, ..two_pages() }).unwrap();
            std::fs::write(page(&format!("{name}-{suffix}.pdf")), &pdf.bytes).unwrap();
            assert!(pdf.pages <= 2, "{name} takes {} pages on {suffix}", pdf.pages);
            assert!(!codes(&pdf.problems).contains(&"pages"), "{name} on {suffix}: {:?}", pdf.problems);
        }
    }
}

#[test]
fn two_runs_give_the_same_bytes() {
    let brief = sketch::brief();
    assert!(render::pdf(&brief, &two_pages()).unwrap().bytes == render::pdf(&brief, &two_pages()).unwrap().bytes);
}

#[test]
fn the_budget_decides_the_pages() {
    let brief = variants::large();
    let pages = [1, 2, 3].map(|pages| render::pdf(&brief, &Theme { pages, ..Theme::default() }).unwrap().pages);
    assert_eq!(pages, [1, 2, 3]);
}

#[test]
fn concerns_are_on_a_separate_page() {
    let mut brief = variants::first();
    brief.sections.push(sketch::section("concerns", "Concerns", SectionStyle::OwnPage, vec![sketch::text("One.")]));
    for pages in [1, 2] {
        let pdf = render::pdf(&brief, &Theme { pages, ..Theme::default() }).unwrap();
        assert_eq!((pdf.pages, pdf.problems.0.len()), (2, 0), "whatever the budget says");
    }
}

#[test]
fn a_glyph_without_a_font_is_noted_and_does_not_stop_the_run() {
    let brief = Brief { title: "Released 🎉 in 東京".into(), ..variants::first() };
    let pdf = render::pdf(&brief, &two_pages()).unwrap();
    let notes: Vec<_> = pdf.problems.0.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(notes, ["no font has U+4EAC, U+6771, U+1F389: printed as \u{fffd}"]);
    assert!(pdf.problems.0[0].help.contains("fonts/"));
}

#[test]
fn a_font_of_the_team_adds_glyphs_and_a_bad_one_is_reported() {
    let theme = Theme {
        fonts: vec![
            ("fonts/team.ttf".into(), ttf_noto_sans::BOLD.to_vec()),
            ("fonts/broken.ttf".into(), b"no font".to_vec()),
        ],
        font: Some("Team Sans".into()),
        ..two_pages()
    };
    let pdf = render::pdf(&variants::first(), &theme).unwrap();
    assert_eq!(codes(&pdf.problems), ["bad-font", "unknown-font"]);
    assert_eq!(pdf.problems.0[0].place.as_ref().unwrap().file, "fonts/broken.ttf");
}

#[test]
fn logos_of_all_kinds_that_browsers_support_are_accepted() {
    let svg = br##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="10" height="10" fill="#1f5fbf"/></svg>"##;
    let theme = |name: &str, bytes: &[u8]| Theme { logo: Some((name.into(), bytes.to_vec())), ..two_pages() };
    render::pdf(&variants::first(), &theme("art/logo.svg", svg)).unwrap();
    let problems = refused(render::pdf(&variants::first(), &theme("art/logo.png", b"no picture")));
    assert_eq!((problems[0].code, problems[0].place.as_ref().unwrap().file.as_str()), ("bad-logo", "art/logo.png"));
    let bomb = "<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>\
                <!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;'>]><svg xmlns='http://www.w3.org/2000/svg'><text>&d;&d;&d;&d;</text></svg>";
    let none = "<svg xmlns='http://www.w3.org/2000/svg' width='1e30' height='0'/>";
    for svg in [bomb, none, "<svg", ""] {
        let problems = refused(render::pdf(&variants::first(), &theme("logo.svg", svg.as_bytes())));
        assert_eq!(problems[0].code, "bad-logo", "{svg}");
    }
}

#[test]
fn a_template_of_the_team_replaces_ours_and_its_error_has_a_place() {
    let own = |text: &str| Theme { templates: [("pdf/brief.typ".to_owned(), text.to_owned())].into(), ..two_pages() };
    let plain = own("#let data = json(\"brief.json\")\n#set document(title: data.brief.title)\n= #data.brief.title\n");
    assert_eq!(render::pdf(&sketch::brief(), &plain).unwrap().pages, 1);

    let problems = refused(render::pdf(&sketch::brief(), &own("#let data = json(\"brief.json\")\n#data.briefs\n")));
    let place = problems[0].place.as_ref().unwrap();
    assert_eq!((place.file.as_str(), place.line), ("templates/pdf/brief.typ", 2));
    assert!(problems[0].message.contains("briefs"), "{}", problems[0].message);
}

#[test]
fn a_template_cannot_read_files_or_packages() {
    for reach in [
        "read(\"/etc/passwd\")",
        "read(\"../headsup.toml\")",
        "csv(\"../data/tasks.csv\")",
        "{ import \"@preview/cetz:0.3.0\" }",
    ] {
        let templates = [("pdf/brief.typ".to_owned(), format!("#{reach}"))].into();
        let problems = refused(render::pdf(&variants::first(), &Theme { templates, ..two_pages() }));
        assert_eq!(problems[0].place.as_ref().unwrap().line, 1, "{reach}: {}", problems[0].message);
    }
}

#[test]
fn a_very_long_cell_is_not_cut_off_at_the_edge() {
    let mut brief = variants::first();
    let long = "a sentence that goes on and on ".repeat(125);
    brief.sections.push(sketch::section(
        "long",
        "Long",
        SectionStyle::Ruled,
        vec![sketch::table("Long", &[("a", 1.0), ("b", 1.0)], false, true, &[&["x", &long]])],
    ));
    brief.sections.push(sketch::section(
        "wide",
        "Wide",
        SectionStyle::Ruled,
        vec![Block::Columns(vec![vec![sketch::text(&"W".repeat(3000))], vec![]])],
    ));
    let pdf = render::pdf(&brief, &Theme { pages: 20, ..Theme::default() }).unwrap();
    std::fs::write(page("long.pdf"), &pdf.bytes).unwrap();
    assert_eq!(codes(&pdf.problems), [] as [&str; 0]);
    assert!(pdf.pages > 2);
}

#[test]
fn an_emoji_before_a_name_is_left_out_with_a_note_and_others_are_replaced() {
    let mut brief = variants::first();
    brief.title = "Most of all 🚀 Launch the site is late".into();
    let lines = ["🚀 Launch the site", "Data quality ✅", "Rate us 👍 or 👎"].map(sketch::text);
    brief.sections.push(sketch::section("emoji", "Emoji", SectionStyle::Ruled, lines.to_vec()));
    let pdf = render::pdf(&brief, &two_pages()).unwrap();
    std::fs::write(page("emoji.pdf"), &pdf.bytes).unwrap();
    let data = String::from_utf8(pdf.data).unwrap();
    for said in ["Most of all Launch the site is late", "\"Launch the site\"", "Data quality �", "Rate us � or �"]
    {
        assert!(data.contains(said), "{said}: {data}");
    }
    let notes: Vec<&str> = pdf.problems.0.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(
        notes,
        [
            "no font has U+1F680 (in “Emoji”): left out before a text",
            "no font has U+2705, U+1F44D, U+1F44E (in “Emoji”): printed as �",
        ]
    );
}
