//! Tests pages with other programs: browsers, validators, PDF readers. `.ci/tools` installs them; a test whose program
//! is missing fails with a message. (`cargo test -- --skip validators` runs the tests that need only cargo.)

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use headsup::brief::Brief;
use headsup::config::Format;
use headsup::pipeline::{self, Request};
use headsup::redact::Audience;
use headsup::render::{self, Theme};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::{assert_as_kept, cases, page, teams};
use crate::any_team;

/// Runs a program in the repository. Returns whether it succeeded, and its output in either case.
fn run(program: &str, arguments: &[&str]) -> (bool, String) {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap_or_else(|e| panic!("{program} cannot be run ({e}); `.ci/tools` installs it"));
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (output.status.success(), said)
}

fn tool(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools").join(path);
    assert!(path.exists(), "{} is missing; `.ci/tools` installs it", path.display());
    path.to_str().expect("a path in UTF-8").to_owned()
}

/// The pages of a brief as files.
struct Pages {
    name: &'static str,
    brief: Brief,
    budget: u32,
    pdf: PathBuf,
    html: PathBuf,
}

impl Pages {
    fn write(name: &'static str, brief: Brief, budget: u32, pdf: &[u8], html: &[u8]) -> Self {
        let [pdf, html] = [("pdf", pdf), ("html", html)].map(|(suffix, bytes)| {
            let path = page(&format!("{name}-validated.{suffix}"));
            std::fs::write(&path, bytes).expect("the page can be written");
            path
        });
        Pages { name, brief, budget, pdf, html }
    }

    fn pdf(&self) -> &str {
        self.pdf.to_str().expect("a path in UTF-8")
    }
}

/// The cases, the invented teams, and managers' copies with an agenda. They are made once for all tests, which run in
/// parallel.
static ALL: LazyLock<Vec<Pages>> = LazyLock::new(|| {
    let theme = Theme { pages: 2, ..Theme::default() };
    let cases = cases().into_iter().map(|(name, brief)| {
        let (pdf, html) = (render::pdf(&brief, &theme).unwrap().bytes, render::html(&brief, &theme).unwrap());
        Pages::write(name, brief, theme.pages, &pdf, html.as_bytes())
    });
    let teams = teams::all().into_iter();
    cases.chain(teams.map(|team| Pages::write(team.name, team.brief, team.pages, &team.pdf, &team.html))).collect()
});

fn htmls() -> Vec<&'static str> {
    ALL.iter().map(|pages| pages.html.to_str().expect("a path in UTF-8")).collect()
}

#[test]
#[ignore = "needs .ci/tools"]
fn html_passes_the_nu_checker() {
    let jar = tool("node_modules/vnu-jar/build/dist/vnu.jar");
    // The validator only checks for a nonce; that the policy's hash allows our script is tested in the browser.
    let policy = "Inline script violates Content Security Policy.*";
    let options = ["-jar", &jar, "--Werror", "--filterpattern", policy];
    let (content, said) = run("java", &[&options, htmls().as_slice()].concat());
    assert!(content && said.is_empty(), "{said}");
}

#[test]
#[ignore = "needs .ci/tools"]
fn html_is_accessible_by_axe_and_fits_its_window_in_chromium() {
    tool("node_modules/axe-core/axe.min.js");
    let (content, said) = run("node", &[&[".ci/browse.mjs"], htmls().as_slice()].concat());
    assert!(content && said.trim() == "[]", "{said}");
}

#[test]
#[ignore = "needs .ci/tools"]
fn pdf_is_valid_by_qpdf_and_accessible_by_pdfua() {
    let pdfua = tool("python/bin/pdfua");
    for pages in ALL.iter() {
        let (content, said) = run("qpdf", &["--check", pages.pdf()]);
        assert!(content, "{}: {said}", pages.name);
        let (content, said) = run(&pdfua, &["check", pages.pdf()]);
        assert!(content, "{}: {said}", pages.name);
    }
}

#[test]
#[ignore = "needs .ci/tools"]
fn pdf_meets_further_requirements_of_pdf_ua_and_pdf_a() {
    let python = tool("python/bin/python");
    let check = "tests/check/tagged.py";
    let pdfs: Vec<&str> = ALL.iter().map(Pages::pdf).collect();
    let (content, said) = run(&python, &[&[check], pdfs.as_slice()].concat());
    assert!(content && said.is_empty(), "{said}");

    let bare = page("bare.pdf");
    let bare = bare.to_str().expect("a path in UTF-8");
    run("qpdf", &["--empty", "--pages", pdfs[0], "1", "--", bare]);
    let (_, said) = run(&python, &[check, bare]);
    for missing in ["no language", "not marked as tagged", "no output intent", "no bookmarks"] {
        assert!(said.contains(missing), "what has lost its tags is not found out: {said}");
    }
}

#[test]
fn pdf_declares_its_standards_and_carries_its_fonts() {
    for (name, path) in ALL.iter().map(|pages| (pages.name, pages.pdf())) {
        let (_, metadata) = run("pdfinfo", &["-meta", path]);
        for claim in ["pdfuaid:part>1<", "pdfaid:part>2<", "pdfaid:conformance>A<", "dc:language"] {
            assert!(metadata.contains(claim), "{name} does not say {claim}: {metadata}");
        }
        let (_, fonts) = run("pdffonts", &[path]);
        let rows: Vec<_> = fonts.lines().skip_while(|line| !line.starts_with("---")).skip(1).collect();
        assert!(!rows.is_empty(), "{name}: {fonts}");
        for row in rows {
            let embedded = row.split_whitespace().rev().nth(4);
            assert_eq!(embedded, Some("yes"), "{name}: {row}");
        }
    }
}

#[test]
#[ignore = "needs .ci/tools"]
fn pdf_text_equals_the_kept_file() {
    for (name, _) in cases() {
        let pages = ALL.iter().find(|pages| pages.name == name).expect("all cases are among them");
        let (content, text) = run("pdftotext", &["-raw", pages.pdf(), "-"]);
        assert!(content, "{name}: {text}");
        assert_as_kept(&format!("{name}/pdf.txt"), &text);
    }
}

/// A word with its position in points.
struct Word {
    page: usize,
    text: String,
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

/// Returns every word of a PDF, from poppler's `-bbox`.
fn words(path: &Path) -> (Vec<Word>, f64, f64) {
    let (_, xml) = run("pdftotext", &["-bbox", path.to_str().expect("a path in UTF-8"), "-"]);
    let attribute = |line: &str, name: &str| -> f64 {
        let (_, rest) = line.split_once(&format!("{name}=\"")).expect("poppler writes it");
        rest.split_once('"').and_then(|(number, _)| number.parse().ok()).expect("a number")
    };
    let (mut found, mut page, mut width, mut height) = (Vec::new(), 0, 0.0, 0.0);
    for line in xml.lines() {
        if line.contains("<page ") {
            page += 1;
            (width, height) = (attribute(line, "width"), attribute(line, "height"));
        } else if line.contains("<word ") {
            let text = line.split_once('>').and_then(|(_, rest)| rest.split_once("</")).map_or("", |(text, _)| text);
            found.push(Word {
                page,
                text: unescaped(text),
                left: attribute(line, "xMin"),
                top: attribute(line, "yMin"),
                right: attribute(line, "xMax"),
                bottom: attribute(line, "yMax"),
            });
        }
    }
    // Text for screen readers only is set in half a point.
    found.retain(|word| word.bottom - word.top > 2.0);
    (found, width, height)
}

/// Returns the characters that the XML of a word stands for.
fn unescaped(text: &str) -> String {
    let pairs = [("&apos;", "'"), ("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")];
    pairs.iter().fold(text.to_owned(), |text, (escaped, plain)| text.replace(escaped, plain))
}

/// Returns words that are in a margin or overlap.
fn misplaced(words: &[Word], width: f64, height: f64) -> Vec<String> {
    let mut misplaced = Vec::new();
    for (i, a) in words.iter().enumerate() {
        let inside = a.left > 40.0 && a.right < width - 40.0 && a.top > 14.0 && a.bottom < height - 14.0;
        if !inside {
            misplaced.push(format!("page {}: “{}” stands in the margin", a.page, a.text));
        }
        for b in words[i + 1..].iter().filter(|b| b.page == a.page) {
            // Lines may touch but letters may not; a combining accent in a test of unusual text may extend further.
            let across = a.right.min(b.right) - a.left.max(b.left);
            let down = a.bottom.min(b.bottom) - a.top.max(b.top);
            let small = (a.bottom - a.top).min(b.bottom - b.top);
            if across >= 4.0 && down >= 0.4 * small {
                misplaced.push(format!("page {}: “{}” and “{}” stand on one another", a.page, a.text, b.text));
            }
        }
    }
    misplaced
}

#[test]
#[ignore = "needs .ci/tools"]
fn pdf_words_are_within_the_margins_and_do_not_overlap() {
    for (name, path) in ALL.iter().map(|pages| (pages.name, &pages.pdf)) {
        let (words, width, height) = words(path);
        assert_eq!(misplaced(&words, width, height), [] as [&str; 0], "{name}");
    }
}

/// Height of the foot of a page, in points.
const FOOT: f64 = 45.0;
/// Smallest part of a page that must be filled.
const FULL: f64 = 0.8;

/// Returns the faults of a brief's pages: too many pages, a page that is half empty, a last page that ends early
/// although the web page has more lines, a heading at the foot of a page.
fn faults(brief: &Brief, budget: u32, pdf: &Path) -> Vec<String> {
    let (words, _, height) = words(pdf);
    let last = words.iter().map(|word| word.page).max().unwrap_or_default();
    let mut faults = Vec::new();
    if last > budget as usize {
        faults.push(format!("{last} pages of {budget}"));
    }
    let room = height - FOOT;
    let filled = |number: usize| {
        let body = words.iter().filter(|word| word.page == number && word.bottom < room);
        body.map(|word| word.bottom).fold(0.0, f64::max) / room
    };
    let empty = (1..last).filter(|page| filled(*page) < FULL);
    faults.extend(empty.map(|page| format!("page {page} is filled to {:.2}", filled(page))));
    // In generated briefs of long texts, each of which fills a large part of a page, less can be restored.
    let is_kept = ALL.iter().any(|pages| pages.pdf == *pdf);
    if is_kept && waiting_lines(brief, &words) && filled(last) < FULL {
        faults.push(format!("lines wait, and the last page is filled to {:.2}", filled(last)));
    }
    let (_, text) = run("pdftotext", &["-layout", pdf.to_str().expect("a path in UTF-8"), "-"]);
    for page in text.split('\u{c}') {
        let lines: Vec<_> = page.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        // The last lines are the foot of the page, which begins with the team's name.
        let body = lines.iter().rposition(|line| brief.footer.starts_with(line.split("  ").next().unwrap_or(line)));
        let lowest = body.and_then(|foot| lines.get(foot.checked_sub(1)?)).copied().unwrap_or_default();
        if brief.sections.iter().any(|section| section.title == lowest) {
            faults.push(format!("“{lowest}” is the last line of a page"));
        }
    }
    faults
}

/// Returns whether something of a line or two was left out, as opposed to charts and tiles, which may not fit into the
/// rest of a page.
fn waiting_lines(brief: &Brief, words: &[Word]) -> bool {
    let text: String = words.iter().map(|word| format!("{} ", word.text)).collect();
    let left_out = text.split_once("In the HTML version").and_then(|(_, rest)| rest.split_once('.'));
    let is_large = |thing: &str| ["chart", "charts", "metric", "metrics"].iter().any(|large| thing.ends_with(large));
    brief.language == "en" && left_out.is_some_and(|(things, _)| !things.trim().split(", ").all(is_large))
}

#[test]
#[ignore = "needs .ci/tools"]
fn pdf_keeps_to_its_budget_and_fills_its_pages() {
    // An agenda has a separate page, which may end early.
    for Pages { name, brief, budget, pdf, .. } in ALL.iter().filter(|pages| pages.brief.agenda.is_none()) {
        assert_eq!(faults(brief, *budget, pdf), [] as [&str; 0], "{name}");
    }
}

#[test]
#[ignore = "needs .ci/tools"]
fn pdf_of_any_team_keeps_to_its_budget_and_fills_its_pages() {
    let config = Config { cases: 40, failure_persistence: None, max_shrink_iters: 40, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let file = page("any-team.pdf");
    let cut = Cell::new(0);
    let result = runner.run(&(any_team::tables(), 1..4_u32), |(tables, pages)| {
        let dir = tempfile::tempdir().expect("a folder");
        any_team::write(dir.path(), &tables, pages);
        // Concerns are on a separate page, even if there are few.
        let config = dir.path().join("headsup.toml");
        let plain = std::fs::read_to_string(&config).expect("the config").replace("concerns = true\n", "");
        std::fs::write(&config, plain).expect("the config");
        let as_of = "2026-11-20".parse().expect("a date");
        let formats = Some(vec![Format::Pdf]);
        let request = Request { as_of, on: None, since: None, audience: Audience::Boss, formats };
        let Ok(made) = pipeline::run(dir.path(), &request) else { return Ok(()) };
        if made.problems.0.iter().any(|problem| problem.code == "pages") {
            return Ok(());
        }
        std::fs::write(&file, made.bytes(Format::Pdf).expect("what was asked for")).expect("the page can be written");
        let (mut words, width, height) = words(&file);
        let waiting = waiting_lines(&made.brief, &words);
        // Only the fonts know the width of other scripts and of unusual characters.
        words.retain(|word| word.text.chars().all(|c| matches!(c, ' '..='\u{24f}' | '\u{2010}'..='\u{203a}')));
        // A mark without a letter may stand on a letter: a combining accent, or what follows one.
        words.retain(|word| word.text.chars().any(char::is_alphanumeric));
        prop_assert_eq!(misplaced(&words, width, height), [] as [&str; 0]);
        prop_assert_eq!(faults(&made.brief, pages, &file), [] as [&str; 0]);
        cut.set(cut.get() + usize::from(waiting));
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{error}"));
    assert!(cut.get() >= 1, "only {} of 40 teams had to be cut", cut.get());
}
