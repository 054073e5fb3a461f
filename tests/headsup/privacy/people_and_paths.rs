//! Teams that are made to deceive the filter by the names of people and the paths of private files.

use headsup::redact::Audience;

use super::attacks::team;
use super::hostile::{ASKS, LENIENT, files, leaks, quoted, says};

#[test]
fn a_person_is_recognised_in_every_field_and_spelling() {
    let people = "date,person,kind,text\n2026-11-10,Zoë Müller-Lüdenscheidt,highlight,fine\n2026-11-10,Jean-Luc O'Neil,concern,x\n2026-11-10,Nguyễn Văn An,learning,x\n2026-11-10,Søren Kjær,highlight,x\n2026-11-10,Иван Петров,highlight,x\n2026-11-10,王伟,highlight,x\n2026-11-10,José María,highlight,x\n";
    let names = [
        "OSEI",
        "osei's",
        "Zoe",
        "ZOË",
        "Zoe\u{308}",
        "Mueller",
        "Muller",
        "Müller\u{2011}Lüdenscheidt",
        "Lüdenscheidts",
        "Jean Luc",
        "O’Neil",
        "ONEIL",
        "Nguyen",
        "Nguyễn",
        "Soren",
        "Soeren",
        "Kjaer",
        "Ивану",
        "Петрова",
        "王伟",
        "Jose",
        "María",
        "Ada\u{a0}Osei",
        "A\u{200d}da",
        "ａｄａ",
        "@aosei",
        "a.osei@example.org",
        "(Wu)",
        "Wu/Osei",
        "\u{41e}sei",
    ];
    let fields = ["text", "why", "recommendation", "alternative", "if_not", "gives", "amount"];
    let mut teams = Vec::new();
    for (at, name) in names.iter().enumerate() {
        // Each name is put into the text and into one of the other fields.
        for field in ["text", fields[1 + at % (fields.len() - 1)]] {
            let header = "id,asked_on,text,why,recommendation,alternative,if_not,gives,amount,stage,status\n";
            let cell = |of: &str| match of {
                of if of == field => quoted(&format!("SECRET raise for {name} now")),
                "text" => "A decision".to_owned(),
                _ => String::new(),
            };
            let row = format!("1,2026-11-10,{},raised,open\n", fields.map(cell).join(","));
            teams.push((
                format!("{name} in {field}"),
                files(&[("data/asks.csv", format!("{header}{row}")), ("data/people.csv", people.to_owned())]),
            ));
        }
    }
    assert_eq!(leaks("person", &teams, &[Audience::Shared]), Vec::<String>::new());
}

#[test]
#[cfg(unix)]
fn a_private_file_is_private_by_every_path() {
    use std::os::unix::fs::symlink;
    let ask = format!("{ASKS}1,2026-11-10,SECRET ask,w,raised,open,,,,,,\n");
    type Make = fn(&std::path::Path);
    let ways: [(&str, Make); 16] = [
        ("*/asks.csv", |_| {}),
        ("p*/asks.csv", |_| {}),
        ("[p]rivate/asks.csv", |_| {}),
        ("?rivate/asks.csv", |_| {}),
        ("**/asks.csv", |_| {}),
        ("./private/asks.csv", |_| {}),
        ("private//asks.csv", |_| {}),
        ("data/asks.csv", |dir| symlink("../private/asks.csv", dir.join("data/asks.csv")).unwrap()),
        ("data/asks.csv", |dir| symlink(dir.join("private/asks.csv"), dir.join("data/asks.csv")).unwrap()),
        ("data/asks.csv", |dir| std::fs::hard_link(dir.join("private/asks.csv"), dir.join("data/asks.csv")).unwrap()),
        ("data/more/asks.csv", |dir| symlink("../private", dir.join("data/more")).unwrap()),
        ("data/*/asks.csv", |dir| symlink("../private", dir.join("data/more")).unwrap()),
        ("data/two.csv", |dir| {
            symlink("../private/asks.csv", dir.join("data/one.csv")).unwrap();
            symlink("one.csv", dir.join("data/two.csv")).unwrap();
        }),
        ("data/Private/asks.csv", |dir| {
            std::fs::create_dir(dir.join("data/Private")).unwrap();
            std::fs::rename(dir.join("private/asks.csv"), dir.join("data/Private/asks.csv")).unwrap();
        }),
        ("data/asks.csv", |dir| {
            std::fs::create_dir(dir.join("PRIVATE")).unwrap();
            std::fs::rename(dir.join("private/asks.csv"), dir.join("PRIVATE/asks.csv")).unwrap();
            symlink("../PRIVATE/asks.csv", dir.join("data/asks.csv")).unwrap();
        }),
        ("data/asks.csv", |dir| {
            // This folder in private/ is a link that leads out of it.
            std::fs::create_dir(dir.join("data/open")).unwrap();
            std::fs::rename(dir.join("private/asks.csv"), dir.join("data/open/asks.csv")).unwrap();
            symlink("../data/open", dir.join("private/way")).unwrap();
            symlink("../private/way/asks.csv", dir.join("data/asks.csv")).unwrap();
        }),
    ];
    for (pattern, make) in ways {
        let dir = team(LENIENT, &[("tasks", "data/tasks.csv"), ("asks", pattern)], &[("private/asks.csv", &ask)]);
        make(dir.path());
        match std::panic::catch_unwind(|| says(dir.path(), Audience::Shared)) {
            Ok(text) => assert!(!text.contains("SECRET"), "{pattern}"),
            // If a name is refused, nothing is shown either.
            Err(_) => assert!(["./private/asks.csv", "private//asks.csv"].contains(&pattern), "{pattern}"),
        }
    }
}
