//! Tests that text from a CSV file stays text in every format, whatever it looks like, and that no path leaves the team
//! folder.

use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// Texts that could be misinterpreted: as HTML, Typst, handlebars, CDATA, a spreadsheet formula, a calendar property, a
/// terminal escape, a change of text direction, a path.
const HOSTILE: [&str; 10] = [
    "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "#read(\"/etc/passwd\") #import \"@preview/x:1.0.0\" $ x $ *b* _i_ `c` @ref <label>",
    "{{lookup this \"x\"}} {{{spans}}} {{> section}}",
    "]]></svg><svg onload=alert(3)>",
    "=cmd|'/C calc'!A0",
    "break\r\nX-INJECTED:1\r\nATTENDEE:mailto:eve@example.org",
    "red \u{1b}[31m alert \u{1b}]8;;https://evil.example\u{7} bell",
    "\u{202e}txet sdrawkcab\u{202c} \u{2066}isolated",
    "../../../../etc/passwd",
    "[link](javascript:alert(4)) | pipe | **bold** ~~gone~~ <!-- -->",
];

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// Creates a team with only such texts.
fn team() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, text: String| std::fs::write(dir.path().join(name), text).unwrap();
    let each = |row: &dyn Fn(usize, &str) -> String| -> String {
        HOSTILE.iter().enumerate().map(|(n, text)| row(n, &quoted(text)) + "\n").collect()
    };
    write(
        "wins.csv",
        "date,text,kind,evidence,link,validated_by\n".to_owned()
            + &each(&|_, text| format!("2026-11-18,{text},feature,{text},javascript:alert(5),{text}")),
    );
    write(
        "asks.csv",
        "id,asked_on,text,why,if_not,needed_by,stage\n".to_owned()
            + &each(&|n, text| format!("a{n},2026-11-10,{text},{text},{text},2026-11-2{n},raised")),
    );
    write(
        "milestones.csv",
        "objective,milestone,agreed_due,due,progress,reason\n".to_owned()
            + &each(&|n, text| {
                let name = format!("{} {n}\"", &text[..text.len() - 1]);
                format!("{text},{name},2026-11-{:02},2026-12-1{n},40%,{text}", n + 1)
            }),
    );
    write("events.csv", "date,metric,text\n".to_owned() + &each(&|_, text| format!("2026-11-18,,{text}")));
    let days = (0..84).map(|day| chrono::NaiveDate::from_ymd_opt(2026, 8, 28).unwrap() + chrono::Days::new(day));
    write(
        "metrics.csv",
        "date,metric,value\n".to_owned()
            + &days.map(|day| format!("{day},{},{}\n", quoted(HOSTILE[0]), day.to_string().len())).collect::<String>(),
    );
    let sources = ["wins", "asks", "milestones", "events", "metrics"]
        .iter()
        .map(|table| format!("[[source]]\ntable = \"{table}\"\nfile = \"{table}.csv\"\n"))
        .collect::<String>();
    let name = HOSTILE[0].replace('"', "'");
    write(
        "headsup.toml",
        format!(
            "[team]\nname = \"{name}\"\nmanager = \"{{{{manager}}}}\"\nmanager_email = \"dana@example.org\"\nboss_email = \"alex@example.org\"\n[brief]\npages = 8\n{sources}"
        ),
    );
    dir
}

fn headsup(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_headsup")).args(args).env("NO_COLOR", "1").env_remove("CI").output().unwrap()
}

fn s(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Returns one format of this team's brief as text.
fn rendered(format: &str) -> String {
    let team = team();
    let output = headsup(&["render", s(team.path()), "--as-of", "2026-11-20", "--format", format, "--out", "-"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(!output.stderr.contains(&0x1b) && !output.stderr.contains(&7), "an escape reaches the terminal");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn no_text_becomes_html_or_script() {
    let html = rendered("html");
    let lower = html.to_lowercase();
    for wrong in ["<script>alert", "<img src=x", "<svg onload", "href=\"javascript", "onerror=alert(2)>"] {
        assert!(!lower.contains(wrong), "{wrong}");
    }
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "the text itself is shown");
    assert!(html.contains("{{lookup this"), "handlebars in a cell stays text");
    assert!(!html.contains(['\u{1b}', '\u{7}', '\u{202e}']), "controls and overrides are gone");
}

#[test]
#[ignore = "needs .ci/tools"]
fn no_text_becomes_typst() {
    let team = team();
    let out = team.path().join("out");
    let output = headsup(&["render", s(team.path()), "--as-of", "2026-11-20", "--format", "pdf", "--out", s(&out)]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let pdf = out.join("2026-11-20-brief-boss.pdf");
    let text = Command::new("pdftotext").args(["-raw", s(&pdf), "-"]).output().expect("pdftotext; run .ci/tools");
    // Long words may be broken at any place, with a zero-width space.
    let text = String::from_utf8_lossy(&text.stdout).replace(['\n', ' ', '\u{200b}'], "");
    assert!(text.contains("#read(\"/etc/passwd\")"), "{text}");
    assert!(!text.contains("root:x:0"), "a file was read");
}

#[test]
fn combining_marks_after_markup_do_not_break_a_drawing() {
    let team = tempfile::tempdir().unwrap();
    // In markup, "&" ends with a semicolon, which a combining mark would join. Joiners and variation selectors have no
    // glyph of their own.
    let names = ["&\u{113c5}", "<\u{113c5}", "\"\u{113c5}", "\u{113c5}", "L\u{200d}", "L\u{fe09}", "L\u{34f}"];
    let rows = names.iter().map(|name| format!("{},{}\n", quoted(&format!("{name} o")), quoted(&format!("{name} m"))));
    let milestones: String = rows.map(|names| names.trim_end().to_owned() + ",2026-11-06,2026-12-18\n").collect();
    std::fs::write(team.path().join("m.csv"), "objective,milestone,agreed_due,due\n".to_owned() + &milestones).unwrap();
    let toml = "[team]\nname = \"T\"\n[[source]]\ntable = \"milestones\"\nfile = \"m.csv\"\n";
    std::fs::write(team.path().join("headsup.toml"), toml).unwrap();
    let output = headsup(&["render", s(team.path()), "--as-of", "2026-11-20", "--format", "pdf"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn no_text_becomes_markdown_or_begins_a_new_line() {
    let markdown = rendered("md");
    assert!(!markdown.replace("\\]", "").contains("](javascript:"), "{markdown}");
    assert!(!markdown.contains("<script>"), "{markdown}");
    let text = rendered("txt");
    assert!(!text.contains(['\u{1b}', '\u{202e}']));
}

#[test]
fn no_text_becomes_a_calendar_property_or_a_mail_header() {
    let team = team();
    let calendar = headsup(&["invite", s(team.path()), "--as-of", "2026-11-20", "--out", "-"]).stdout;
    let calendar = String::from_utf8(calendar).unwrap();
    assert!(
        calendar.starts_with("BEGIN:VCALENDAR")
            && !calendar.contains("\nX-INJECTED")
            && !calendar.contains("\nATTENDEE")
    );
    let mail = headsup(&["mail", s(team.path()), "--as-of", "2026-11-20", "--out", "-"]).stdout;
    let mail = String::from_utf8(mail).unwrap();
    let head = mail.split("\r\n\r\n").next().unwrap();
    assert!(head.contains("Subject:") && !head.contains("\nX-INJECTED") && !head.to_lowercase().contains("\nbcc"));
}

#[test]
fn no_path_leads_out_of_the_team_folder() {
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("secret.csv"), "date,text\n2026-11-18,a secret win\n").unwrap();
    let team = tempfile::tempdir().unwrap();
    let secret = outside.path().join("secret.csv");
    let base = "[team]\nname = \"T\"\n[[source]]\ntable = \"wins\"\nfile = ";
    std::os::unix::fs::symlink(&secret, team.path().join("link.csv")).unwrap();
    std::os::unix::fs::symlink(outside.path(), team.path().join("folder")).unwrap();
    let name = outside.path().file_name().unwrap().to_str().unwrap();
    for file in [format!("../{name}/secret.csv"), s(&secret).to_owned(), "link.csv".into(), "folder/*.csv".into()] {
        std::fs::write(team.path().join("headsup.toml"), format!("{base}\"{file}\"\n")).unwrap();
        let output = headsup(&["render", s(team.path()), "--as-of", "2026-11-20", "--format", "json", "--out", "-"]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(65), "{file}: {said}");
        assert!(!said.contains("a secret win") && output.stdout.is_empty(), "{file}: {said}");
    }
}

#[test]
fn a_cell_of_100_mb_is_refused_with_its_place() {
    let team = tempfile::tempdir().unwrap();
    std::fs::write(
        team.path().join("headsup.toml"),
        "[team]\nname = \"T\"\n[[source]]\ntable = \"wins\"\nfile = \"wins.csv\"\n",
    )
    .unwrap();
    let mut text = b"date,text\n2026-11-18,".to_vec();
    text.resize(100 * 1024 * 1024, b'a');
    std::fs::write(team.path().join("wins.csv"), text).unwrap();
    let output = headsup(&["render", s(team.path()), "--as-of", "2026-11-20"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(65), "{said}");
    assert!(said.contains("wins.csv") && said.len() < 4000, "{}", &said[..said.len().min(4000)]);
    assert!(!team.path().join("out").exists());
}
