//! Tests of the HTML: as kept, self-contained, escaped, and with a team's own templates.

use base64::Engine as _;
use headsup::problem::Failure;
use headsup::render::{self, Theme};
use sha2::Digest as _;

use super::{assert_as_kept, cases, page, sketch, variants};

const SCRIPT: &str = include_str!("../../../src/render/html/script.js");

/// Returns the page from the body on, without style and fonts before it. The script, which is the same on every page,
/// is replaced by a placeholder.
fn body(html: &str) -> String {
    html[html.find("<body>").expect("a page has a body")..].replace(SCRIPT, "…")
}

#[test]
fn the_page_equals_the_kept_file() {
    for (name, brief) in cases() {
        let html = render::html(&brief, &Theme::default()).unwrap();
        std::fs::write(page(&format!("{name}.html")), &html).unwrap();
        assert_as_kept(&format!("{name}/body.html"), &body(&html));
    }
}

#[test]
fn every_page_has_the_script_and_its_policy_lets_it_run() {
    for (name, brief) in cases() {
        let html = render::html(&brief, &Theme::default()).unwrap();
        assert!(html.contains(&format!("<script>{SCRIPT}</script>")), "{name}");
        let hash = base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(SCRIPT));
        assert!(html.contains(&format!("script-src 'sha256-{hash}'")), "{name}");
    }
}

#[test]
fn the_page_is_small_and_needs_nothing_else() {
    let html = render::html(&sketch::brief(), &Theme::default()).unwrap();
    assert!(html.len() < 250_000, "{} bytes", html.len());
    for outside in ["src=\"http", "url(http", "@import", "<script src", "<link"] {
        assert!(!html.contains(outside), "{outside}");
    }
    assert!(html.contains("default-src 'none'"));
}

#[test]
fn no_text_becomes_markup() {
    let html = render::html(&variants::hostile(), &Theme::default()).unwrap();
    assert_eq!(html.matches("<script").count(), 1, "the one of ours");
    assert!(!html.contains("<img src=x") && !html.contains("href=\"javascript:"));
    assert!(html.contains("&lt;script&gt;"));
    assert!(
        !html
            .chars()
            .any(|c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\0'..='\u{8}' | '\u{1b}'))
    );
}

#[test]
fn a_template_of_the_team_replaces_ours_and_its_error_has_a_place() {
    let own =
        |name: &str, text: &str| Theme { templates: [(name.to_owned(), text.to_owned())].into(), ..Theme::default() };
    let html =
        render::html(&sketch::brief(), &own("html/text.hbs", "<p class=\"ours\">{{spans spans}}</p>\n")).unwrap();
    assert!(html.contains("<p class=\"ours\">"));

    for (text, line) in
        [("<p>\n{{spans}\n", 2), ("<p>\n{{no_such_thing}}</p>", 2), ("<p>\n\n{{> no_such_partial}}</p>", 3)]
    {
        let Err(Failure::Input(problems)) = render::html(&sketch::brief(), &own("html/text.hbs", text)) else {
            panic!("{text} is not refused")
        };
        let place = problems.0[0].place.as_ref().unwrap();
        assert_eq!(
            (place.file.as_str(), place.line),
            ("templates/html/text.hbs", line),
            "{text}: {}",
            problems.0[0].message
        );
    }
}

#[test]
fn templates_that_include_one_another_without_end_are_refused() {
    let own = |names: &[(&str, &str)]| {
        let named = names.iter().map(|(name, text)| (format!("html/{name}.hbs"), (*text).to_owned()));
        Theme { templates: named.collect(), ..Theme::default() }
    };
    for (names, said) in [
        (&[("section", "<p></p>{{> section}}")][..], "section → section"),
        (&[("text", "{{#if spans}}{{> list}}{{/if}}"), ("list", "{{> text}}")], "list → text → list"),
        (&[("text", "{{include \"text\"}}")], "“text” is included more than 24 deep"),
        (&[("text", "{{include \"list\"}}"), ("list", "{{> text}}")], "is included more than 24 deep"),
    ] {
        let Err(Failure::Input(problems)) = render::html(&sketch::brief(), &own(names)) else {
            panic!("{said} is not refused")
        };
        assert!(problems.0[0].message.contains(said), "{}", problems.0[0].message);
        assert!(problems.0[0].place.is_some());
    }
}

#[test]
fn the_accent_and_logo_of_the_team_are_used() {
    let theme = Theme {
        accent: Some("#7a1fa2".into()),
        logo: Some(("logo.svg".into(), b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec())),
        ..Theme::default()
    };
    let html = render::html(&sketch::brief(), &theme).unwrap();
    assert!(html.contains("--accent: #7a1fa2") && html.contains("src=\"data:image/svg+xml;base64,"));
}

#[test]
fn every_chart_has_a_description() {
    for (name, brief) in cases() {
        let html = render::html(&brief, &Theme::default()).unwrap();
        let named = html.matches(" role=\"img\" aria-label=\"").count() - html.matches(" aria-label=\"\"").count();
        assert_eq!(html.matches("<svg").count(), named, "{name}");
    }
}
