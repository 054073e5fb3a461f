//! Teams that are made to deceive the filter, many of each kind: SECRET is in a row that any reader of the file would
//! call confidential, in whatever notation, and must not appear anywhere.

use std::collections::BTreeMap;

use headsup::config::Format;
use headsup::pipeline::{self, Request};
use headsup::redact::Audience;

use super::attacks::team;

const TASKS: &str = "key,title,status,milestone,parent,created,done_on,labels\n";
pub(super) const ASKS: &str =
    "id,asked_on,text,why,stage,status,objective,milestone,needed_by,answered_on,answer,confidential\n";
pub(super) const LENIENT: &str =
    "[brief]\non_error = \"banner\"\nconfidential_labels = [\"hr\", \"Kündigung\", \"人事\"]";

/// The files of a team by their paths.
type Files = BTreeMap<&'static str, String>;

pub(super) fn says(dir: &std::path::Path, audience: Audience) -> String {
    let formats = Some(vec![Format::Html, Format::Md, Format::Json]);
    let as_of = "2026-11-20".parse().unwrap();
    let request = Request { as_of, on: None, since: None, audience, formats };
    let rendered = pipeline::run(dir, &request).unwrap_or_else(|error| panic!("{error}: {error:?}"));
    let files: String = rendered.files.iter().map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned()).collect();
    files + &rendered.snapshot.to_json()
}

/// Renders teams of one kind and returns those whose output contains the word.
pub(super) fn leaks(kind: &str, teams: &[(String, Files)], audiences: &[Audience]) -> Vec<String> {
    let mut leaks = Vec::new();
    for (name, files) in teams {
        let table = |file: &str| file.rsplit('/').next().unwrap().split(['.', '-']).next().unwrap().to_owned();
        let tables: Vec<(String, &str)> = files.keys().map(|file| (table(file), *file)).collect();
        let mut sources: Vec<(&str, &str)> = tables.iter().map(|(table, file)| (table.as_str(), *file)).collect();
        if !files.contains_key("data/tasks.csv") {
            sources.push(("tasks", "data/tasks.csv"));
        }
        let files: Vec<(&str, &str)> = files.iter().map(|(file, text)| (*file, text.as_str())).collect();
        let dir = team(LENIENT, &sources, &files);
        for audience in audiences {
            let text = says(dir.path(), *audience);
            if let Some(at) = text.find("SECRET") {
                let start = text.floor_char_boundary(at.saturating_sub(60));
                let end = text.floor_char_boundary((at + 40).min(text.len()));
                leaks.push(format!("{kind}, {name:?}, {audience:?}: …{}…", &text[start..end]));
            }
        }
    }
    leaks
}

pub(super) fn files(list: &[(&'static str, String)]) -> Files {
    list.iter().cloned().collect()
}

pub(super) fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

#[test]
fn a_label_is_recognised_in_any_spelling() {
    let labels = [
        "HR",
        "h.r.",
        "ＨＲ",
        "h\u{200b}r",
        "h\u{ad}r",
        "\u{41d}R",
        "\u{1d5c1}\u{1d5cb}",
        "h_r",
        "hr-exit",
        "HR:exit",
        "hr/2026",
        "[hr]",
        "{hr}",
        "“hr”",
        "hr\ttag",
        "tag\nhr",
        "tag, hr",
        "tag;hr",
        "tag|hr",
        "tag hr",
        "#hr",
        "@hr",
        "!hr!",
        "\u{202e}hr",
        "hr\u{feff}",
        "tag\\hr",
        "tag\u{b7}hr",
        "tag；hr",
        "tag，hr",
        "tag、hr",
        "(hr)",
        "<hr>",
        "'hr'",
        "*hr*",
        "hr.",
        "tag/hr/x",
        "Ku\u{308}ndigung",
        "KÜNDIGUNG",
        "kundigung",
        "Kündigung 2026",
        "人事部",
        "tag;人事",
        "ʜʀ",
    ];
    let made = |label: &str| {
        files(&[(
            "data/tasks.csv",
            format!(
                "{TASKS}A-1,SECRET,done,,,2026-10-05,2026-11-18,{}\nT-1,Open,doing,,,2026-10-05,,x\n",
                quoted(label)
            ),
        )])
    };
    let teams: Vec<(String, Files)> = labels.iter().map(|label| ((*label).to_owned(), made(label))).collect();
    assert_eq!(leaks("label", &teams, &[Audience::Shared, Audience::Boss]), Vec::<String>::new());
}

#[test]
fn a_mark_is_recognised_in_every_language_and_column() {
    let yes = [
        "yes",
        "Yes!",
        "ja",
        "oui",
        "sí",
        "sim",
        "да",
        "是",
        "はい",
        "예",
        "tak",
        "kyllä",
        "evet",
        "JA",
        "x",
        "✓",
        "✔️",
        "☑",
        "wahr",
        "vrai",
        "verdadero",
        "1",
        "1.0",
        "on",
        "y",
        "o",
        "=TRUE()",
        "=\"yes\"",
        "'yes",
        "y\u{200b}es",
        "ｙｅｓ",
        "nope",
        "no?",
        "keine",
        "true ",
        "TRUE\r",
        "#NAME?",
        "2",
        "-",
        "?",
        "private",
    ];
    let headers = [
        "confidential",
        "Confidential?",
        "vertraulich",
        "confidentiel",
        "confidencial",
        "riservato",
        "poufne",
        "конфиденциально",
        "機密",
        "gizli",
        "fortrolig",
        "is_confidential",
        "CONFIDENTIAL ",
        "Secret",
    ];
    let wins = |header: &str, yes: &str| {
        files(&[(
            "data/wins.csv",
            format!(
                "date,text,kind,{header}\n2026-11-18,SECRET win,feature,{}\n2026-11-18,Open win,feature,\n",
                quoted(yes)
            ),
        )])
    };
    // A word for "nothing" means the same as an empty cell.
    let nothing = ["-", "?", "#NAME?"];
    let words = yes
        .iter()
        .filter(|yes| !nothing.contains(yes))
        .map(|yes| (format!("confidential: {yes}"), wins("confidential", yes)));
    let columns = headers.iter().map(|header| (format!("{header}: yes"), wins(header, "yes")));
    // A header that only speaks of secrecy is one where each cell says yes or no, in the words of any language.
    let answered = |header: &str, yes: &str, no: &str| {
        let rows = format!("2026-11-18,SECRET win,feature,{yes}\n2026-11-18,Open win,feature,{no}\n");
        files(&[("data/wins.csv", format!("date,text,kind,{header}\n{rows}"))])
    };
    let spoken = [
        ("機密", "はい", "いいえ"),
        ("секретно", "да", "нет"),
        ("do not share", "yes", "no"),
        ("not for sharing", "ja", "nej"),
        ("Security Level", "tak", "nie"),
        ("Under NDA?", "예", "아니요"),
    ];
    let spoken = spoken.map(|(header, yes, no)| (format!("{header}: {yes}"), answered(header, yes, no)));
    let teams: Vec<(String, Files)> = words.chain(columns).chain(spoken).collect();
    assert_eq!(leaks("mark", &teams, &[Audience::Shared]), Vec::<String>::new());
}

#[test]
fn a_row_whose_cells_are_shifted_is_still_marked() {
    let rows = [
        "1,2026-11-10,SECRET, lay-offs,w,raised,open,,,,,,yes\n",
        "1,2026-11-10,\"SECRET\nlay-offs\",w,raised,open,,,,,,\"yes\n\"\n",
        "1,2026-11-10,SECRET,w,raised,open,,,,,,yes,,,,\n",
        "1,2026-11-10,SECRET,w,raised,open,,,,,,,yes\n",
        "1,2026-11-10,SECRET,w,raised,open,,,,,,\t yes \r\n",
        "1,2026-11-10,SECRET,w,raised,open,,,,,,\"y\"\"es\"\n",
        "1,2026-11-10,SECRET,w,raised,open,,,,,,yes\n1,2026-11-11,SECRET again,w,raised,open,,,,,,\n",
        "1,,,,,,,,,,,yes\n1,2026-11-11,SECRET again,w,raised,open,,,,,,\n",
        "2,2026-11-11,SECRET again,w,raised,open,,,,,,\n2,,,,,,,,,,,yes\n",
        "3,not a day,SECRET,w,raised,open,,,,,,yes\n3,2026-11-11,SECRET,w,raised,open,,,,,,no\n",
    ];
    let made = |row: &str| {
        files(&[(
            "data/asks.csv",
            format!("{ASKS}9,2026-11-10,Open ask,w,raised,open,,,,,,\n{row}8,2026-11-10,Another,w,raised,open,,,,,,\n"),
        )])
    };
    let plain = rows.iter().map(|row| ((*row).to_owned(), made(row)));
    let crlf = rows.iter().map(|row| {
        (
            format!("CRLF {row}"),
            files(&[("data/asks.csv", made(row)["data/asks.csv"].replace("\r\n", "\n").replace('\n', "\r\n"))]),
        )
    });
    let marked = rows.iter().map(|row| {
        (format!("BOM {row}"), files(&[("data/asks.csv", format!("\u{feff}{}", made(row)["data/asks.csv"]))]))
    });
    let teams: Vec<(String, Files)> = plain.chain(crlf).chain(marked).collect();
    assert_eq!(leaks("row", &teams, &[Audience::Shared]), Vec::<String>::new());
}

#[test]
fn ids_and_names_match_in_every_spelling() {
    let alike = |one: &str, other: &str| {
        let row =
            |id: &str, text: &str, mark: &str| format!("{},2026-11-10,{text},w,raised,open,,,,,,{mark}\n", quoted(id));
        let (first, then) = (row(one, "Hidden words", "yes"), row(other, "SECRET ask", ""));
        [format!("{ASKS}{first}{then}"), format!("{ASKS}{then}{first}")]
    };
    let pairs = [
        ("A-1", "a-1"),
        ("A-1", "A\u{2011}1"),
        ("A-1", "A–1"),
        ("A-1", "A 1"),
        ("A-1", "A-01"),
        ("A-1", "#A-1"),
        ("A-1", "Ａ－１"),
        ("A-1", "A-1\u{200b}"),
        ("straße", "STRASSE"),
        ("é1", "e\u{301}1"),
        ("1", "001"),
        ("X_9", "x.9"),
    ];
    let mut teams: Vec<(String, Files)> = Vec::new();
    for (one, other) in pairs {
        teams.extend(alike(one, other).map(|text| (format!("{one} {other}"), files(&[("data/asks.csv", text)]))));
    }
    // These spellings of a confidential milestone's or objective's name look the same to a reader.
    for name in [
        "Hid plan",
        "HID PLAN",
        "hid  plan",
        "Hid-Plan",
        "“Hid plan”",
        "Hid\u{a0}plan",
        "H\u{456}d plan",
        "Ｈid plan",
        "hid plan!",
        "h1",
        "#H1",
        "Ｈ１",
        "alias x",
        "ALIAS-X",
    ] {
        let milestones =
            "id,milestone,due,aliases,confidential\nm1,Open step,2026-12-11,,\nh1,Hid plan,2026-12-11,alias x,yes\n"
                .to_owned();
        let task =
            format!("{TASKS}A-1,SECRET task,doing,{},,2026-10-05,,\nT-1,Open,doing,m1,,2026-10-05,,\n", quoted(name));
        let ask = format!("{ASKS}1,2026-11-10,SECRET ask,w,raised,open,,{},,,,\n", quoted(name));
        teams.push((
            format!("task of {name}"),
            files(&[("data/milestones.csv", milestones.clone()), ("data/tasks.csv", task)]),
        ));
        if !name.to_lowercase().contains("alias") {
            teams.push((
                format!("ask of {name}"),
                files(&[("data/milestones.csv", milestones), ("data/asks.csv", ask)]),
            ));
        }
        let objectives = "id,objective,confidential\no1,Open aim,\nh1,Hid plan,yes\nh1,Growth,\n".to_owned();
        let win = format!(
            "date,text,kind,objective\n2026-11-18,SECRET win,feature,{}\n2026-11-18,Open win,feature,o1\n",
            quoted(name)
        );
        if !name.to_lowercase().contains("alias") {
            teams.push((
                format!("win of {name}"),
                files(&[("data/objectives.csv", objectives), ("data/wins.csv", win)]),
            ));
        }
    }
    assert_eq!(leaks("name", &teams, &[Audience::Shared]), Vec::<String>::new());
}

#[test]
fn other_names_of_a_confidential_item_are_not_shown() {
    let teams = [
        ("renamed", files(&[("data/objectives.csv", "id,objective,confidential\no1,SECRET takeover,yes\no1,Growth,\no2,Open,\n".to_owned())])),
        ("renamed before", files(&[("data/objectives.csv", "id,objective,confidential\no2,Open,\no1,SECRET growth,\no1,takeover,yes\n".to_owned())])),
        ("carried", files(&[("data/milestones.csv", "id,milestone,due,carried_from,aliases,confidential\nm1,Open,2026-12-11,SECRET alias,,\nm2,Hid,2026-12-11,,SECRET alias,yes\n".to_owned())])),
        ("carried unknown", files(&[("data/milestones.csv", "id,milestone,due,carried_from\nm1,Open,2026-12-11,SECRET of another\n".to_owned())])),
        ("renamed step", files(&[("data/milestones.csv", "id,milestone,due,as_of,confidential\nm2,SECRET step,2026-12-11,2026-11-01,\nm2,Hid,2026-12-11,2026-11-02,yes\nm2,SECRET new name,2026-12-11,2026-11-10,no\n".to_owned())])),
        ("what it was called before", files(&[("data/milestones.csv", "id,milestone,due,as_of,confidential\nm1,Open,2026-12-11,,\nm2,Alpha,2026-12-11,2026-11-01,yes\nm2,Beta,2026-12-11,2026-11-10,\n".to_owned()), ("data/tasks.csv", format!("{TASKS}A-1,SECRET old,doing,Alpha,,2026-10-05,,\nA-2,SECRET new,doing,Beta,,2026-10-05,,\nT-1,Open,doing,m1,,2026-10-05,,\n"))])),
        ("an alias that is the title of another", files(&[("data/milestones.csv", "id,milestone,due,aliases,confidential\nm1,Alpha,2026-12-11,,\nm2,Beta,2026-12-11,Alpha,yes\n".to_owned()), ("data/tasks.csv", format!("{TASKS}A-1,SECRET,doing,Alpha,,2026-10-05,,\n"))])),
        ("agreed", files(&[("data/milestones.csv", "id,milestone,due,confidential\nm2,Hid,2026-12-11,yes\n".to_owned()), ("data/agreements.csv", "date,milestone,what,from,to\n2026-11-18,m2,scope,SECRET,SECRET\n".to_owned())])),
        ("a note of a hidden kind", files(&[("data/people.csv", "id,date,person,kind,text\n1,2026-11-10,Ada,highlight,SECRET praise\n1,2026-11-12,Ada,besorgt,SECRET worry\n".to_owned())])),
        ("a goal of mine", files(&[("data/goals.csv", "goal,who,progress,date\nSECRET goal,ich,20%,2026-11-10\nOpen goal,team,10%,2026-11-10\n".to_owned())])),
        ("an event of an odd kind", files(&[("data/events.csv", "date,text,kind\n2026-11-10,SECRET illness,krank\n".to_owned()), ("data/metrics.csv", "date,value\n2026-11-01,4\n2026-11-08,5\n2026-11-15,6\n".to_owned())])),
        ("a day off", files(&[("data/events.csv", "date,text,kind\n2026-11-10,SECRET illness,off\n".to_owned())])),
        ("a quoted formula", files(&[("data/asks.csv", format!("{ASKS}1,2026-11-10,\"=HYPERLINK(\"\"http://x/SECRET\"\")\",w,private,open,,,,,,\n"))])),
    ];
    let teams = teams.map(|(name, files)| (name.to_owned(), files));
    assert_eq!(leaks("thing", &teams, &[Audience::Shared]), Vec::<String>::new());
}
