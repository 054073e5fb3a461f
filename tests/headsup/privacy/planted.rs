//! A team in which every field that some copy must not show contains a unique word, and the output for it.

use super::*;

/// A unique word in one field.
#[derive(Debug, Clone)]
pub(super) struct Planted {
    pub(super) word: String,
    /// Where it is, for the message if it leaks.
    pub(super) field: String,
    /// Copies that may contain it.
    pub(super) allowed: Vec<Audience>,
    /// Whether it must be on the manager's page: a word that is never printed would prove nothing.
    pub(super) printed: bool,
}

/// Creates unique words of letters, so that no format splits or escapes them.
struct Planter {
    seed: String,
    planted: Vec<Planted>,
}

impl Planter {
    fn word(&mut self, field: &str, allowed: &[Audience], printed: bool) -> String {
        let mut n = self.planted.len();
        let mut word = format!("Zq{}", self.seed);
        for _ in 0..3 {
            word.push(char::from(b'a' + u8::try_from(n % 26).unwrap()));
            n /= 26;
        }
        self.planted.push(Planted { word: word.clone(), field: field.into(), allowed: allowed.to_vec(), printed });
        word
    }

    /// Creates a word for the manager and the boss.
    fn ours(&mut self, field: &str) -> String {
        self.word(field, &[Me, Boss], true)
    }

    /// Creates a word for nobody: its field is not read.
    fn nobodys(&mut self, field: &str) -> String {
        self.word(field, &[], false)
    }
}

/// The properties that the test varies.
#[derive(Debug, Clone)]
pub(super) struct Variant {
    pub(super) seed: String,
    pub(super) concern: &'static str,
    pub(super) stage: &'static str,
    pub(super) yes: &'static str,
    pub(super) concerns_for_boss: bool,
}

pub(super) fn variants() -> impl Strategy<Value = Variant> {
    (
        "[a-z]{6}",
        prop::sample::select(vec!["concern", "signal", "", "worry", "Konzern?"]),
        prop::sample::select(vec!["private", "agreed", "", "maybe", "PRIVATE"]),
        prop::sample::select(vec!["yes", "true", "1", "x", "Yes"]),
        any::<bool>(),
    )
        .prop_map(|(seed, concern, stage, yes, concerns_for_boss)| Variant {
            seed,
            concern,
            stage,
            yes,
            concerns_for_boss,
        })
}

/// Writes the team. Returns the words in it.
pub(super) fn team(dir: &Path, variant: &Variant) -> Vec<Planted> {
    let Variant { seed, concern, stage, yes, concerns_for_boss } = variant;
    let mut p = Planter { seed: seed.clone(), planted: Vec::new() };
    let write = |file: &str, text: String| {
        let path = dir.join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let headlines = [p.word("headline of me", &[Me], true), p.word("headline of boss", &[Me, Boss], false)];
    let private_file = p.word("file in private/", &[Me], false);
    let members = [p.word("member without a highlight", &[Me], true)];

    let concern_allowed: &[Audience] = if *concerns_for_boss { &[Me, Boss] } else { &[Me] };
    let c = |p: &mut Planter, field: &str| p.word(field, concern_allowed, true);
    let mut people = "date,person,kind,text,ask,hypothesis,next_step,confidential\n".to_owned();
    let row = [
        c(&mut p, "concern: person"),
        concern.to_string(),
        c(&mut p, "concern: text"),
        p.word("concern: ask", concern_allowed, false),
        c(&mut p, "concern: hypothesis"),
        c(&mut p, "concern: next step"),
    ];
    people += &format!("2026-11-18,{},\n", row.join(","));
    let row = [
        p.ours("highlight, confidential: person"),
        "highlight".into(),
        p.ours("highlight, confidential: text"),
        p.ours("highlight, confidential: ask"),
        p.nobodys("highlight: hypothesis"),
        p.nobodys("highlight: next step"),
    ];
    // The manager may see their own notes.
    for planted in p.planted.iter_mut().rev().take(2) {
        planted.allowed = vec![Me];
    }
    people += &format!("2026-11-18,{},{yes}\n", row.join(","));
    people += &format!("2026-11-18,Open Person,highlight,built the sheet,{},,,\n", p.ours("highlight: wish"));
    let row = [p.ours("highlight in private/: person"), p.ours("highlight in private/: text")];
    people += &format!("2026-11-18,{},highlight,{},,,,\n", row[0], row[1]);
    write(&format!("private/{private_file}.csv"), people);
    let row = [p.ours("raised ask in private/: text"), p.ours("raised ask in private/: why")];
    let asks =
        format!("id,asked_on,kind,text,why,stage,status\np1,2026-11-10,decision,{},{},raised,open\n", row[0], row[1]);
    write(&format!("private/asks{private_file}.csv"), asks);

    let mut asks = "id,asked_on,kind,text,why,recommendation,alternative,if_not,objective,milestone,from_team,needed_by,stage,status,answered_on,answer,confidential\n".to_owned();
    for (id, stage, confidential) in [("a1", *stage, ""), ("a2", "raised", *yes)] {
        let f = |what: &str| format!("ask {id}: {what}");
        let row = [
            format!("{id}{}", p.word(&f("id"), &[Me, Boss], false)),
            "2026-11-10,decision".into(),
            p.ours(&f("text")),
            p.ours(&f("why")),
            p.word(&f("recommendation"), &[Me, Boss], false),
            p.word(&f("alternative"), &[Me, Boss], false),
            p.word(&f("if not"), &[Me, Boss], false),
            "Speed".into(),
            String::new(),
            p.word(&f("from team"), &[Me, Boss], false),
            "2026-11-25".into(),
            stage.to_string(),
            "open,,".into(),
        ];
        asks += &format!("{},{confidential}\n", row.join(","));
    }
    let row = [p.ours("granted ask: text"), p.ours("granted ask: answer")];
    asks += &format!("a3,2026-11-01,decision,{},,,,,,,,,{stage},granted,2026-11-18,{},\n", row[0], row[1]);
    asks += "a4,2026-11-10,decision,An open question,,,,,Speed,,,2026-11-26,raised,open,,,\n";
    write("data/asks.csv", asks);

    let wins = [
        p.ours("win: text"),
        p.word("win: amount", &[Me, Boss], false),
        p.word("win: evidence", &[Me, Boss], false),
        p.word("win: validated by", &[Me, Boss], false),
        p.word("win: with team", &[Me, Boss], false),
        p.word("win: people", &[Me, Boss], false),
    ];
    write(
        "data/wins.csv",
        format!(
            "date,text,kind,amount,evidence,validated_by,with_team,people,confidential\n2026-11-18,{},feature,{},{},{},{},{},{yes}\n2026-11-18,An open win,feature,,,,,,\n",
            wins[0], wins[1], wins[2], wins[3], wins[4], wins[5]
        ),
    );
    let goals = [
        p.ours("my goal"),
        p.word("my goal: target", &[Me, Boss], false),
        p.word("my goal: note", &[Me, Boss], false),
        p.ours("my goal: feedback"),
        p.ours("team goal, confidential"),
    ];
    write(
        "data/goals.csv",
        format!(
            "goal,who,target,progress,note,date,feedback,confidential\n{},me,{},20%,{},2026-11-10,{},\n{},team,,30%,,2026-11-10,,{yes}\nAn open goal,team,,40%,,2026-11-10,,\n",
            goals[0], goals[1], goals[2], goals[3], goals[4]
        ),
    );

    let milestones = [
        p.ours("milestone: name"),
        p.ours("milestone: reason"),
        p.word("milestone: alias", &[Me, Boss], false),
        p.word("milestone: id", &[Me, Boss], false),
    ];
    write(
        "data/milestones.csv",
        format!(
            "id,objective,milestone,agreed_due,due,progress,reason,aliases,confidential\nopen,Speed,An open milestone,2026-12-11,2026-12-11,,,,\n{},Speed,{},2026-11-06,2026-12-18,20%,{},{},{yes}\n",
            milestones[3], milestones[0], milestones[1], milestones[2]
        ),
    );
    let agreed = p.word("agreement about a confidential milestone", &[Me, Boss], false);
    write(
        "data/agreements.csv",
        format!("date,milestone,what,from,to,with\n2026-11-18,{},scope,{agreed},{agreed},{agreed}\n", milestones[3]),
    );

    let mut tasks = "key,title,type,milestone,status,created,done_on,assignee,labels,secret column\n".to_owned();
    for n in 0..6 {
        let done = if n % 2 == 0 { "done,2026-10-05,2026-11-18" } else { "doing,2026-10-05," };
        tasks += &format!("T-{n},Open task {n},task,open,{done},,,\n");
    }
    for (n, done) in [(7, "done,2026-10-05,2026-11-18"), (8, "doing,2026-10-05,")] {
        let title = p.word(&format!("task {n}: title"), &[Me], false);
        let row = [
            p.word(&format!("task {n}: key"), &[Me], false),
            title,
            "task".into(),
            "open".into(),
            done.into(),
            p.nobodys(&format!("task {n}: assignee")),
            format!("\"hr, {}\"", p.word(&format!("task {n}: label"), &[Me], false)),
            p.nobodys(&format!("task {n}: a column nobody asked for")),
        ];
        tasks += &format!("{}\n", row.join(","));
    }
    let loose = [p.word("task of no milestone: title", &[Me], false), p.word("milestone value of it", &[Me], false)];
    tasks += &format!("T-9,{},task,{},todo,2026-10-05,,,hr,\n", loose[0], loose[1]);
    write("data/tasks.csv", tasks);

    write(
        "headsup.toml",
        format!(
            "[team]\nname = \"Curation\"\nmanager = \"Dana\"\nmanager_email = \"dana@example.org\"\nboss = \"Alex\"\nmembers = [\"Open Person\", \"{}\"]\n\
[brief]\npages = 6\nconfidential_labels = [\"hr\"]\nconcerns = {concerns_for_boss}\n[brief.headline]\nme = \"{}\"\nboss = \"{}\"\n[brief.every]\n\"for me\" = 1\n{}",
            members[0],
            headlines[0],
            headlines[1],
            [
                ("people", format!("private/{private_file}.csv")),
                ("asks", "data/asks.csv".into()),
                ("asks", format!("private/asks{private_file}.csv")),
                ("wins", "data/wins.csv".into()),
                ("goals", "data/goals.csv".into()),
                ("milestones", "data/milestones.csv".into()),
                ("agreements", "data/agreements.csv".into()),
                ("tasks", "data/tasks.csv".into()),
            ]
            .iter()
            .map(|(table, file)| format!("[[source]]\ntable = \"{table}\"\nfile = \"{file}\"\n"))
            .collect::<String>()
        ),
    );
    p.planted
}

/// Returns everything that can be read from a PDF: the text of its pages, and every stream and string, decompressed.
pub(super) fn unpacked(pdf: &[u8]) -> String {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), pdf).unwrap();
    let run = |program: &str, args: &[&str]| {
        let output =
            Command::new(program).args(args).output().unwrap_or_else(|e| panic!("{program}: {e}; run .ci/tools"));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let path = file.path().to_str().unwrap();
    let mut all = run("pdftotext", &["-raw", path, "-"]).replace("-\n", "").replace('\n', "");
    let raw = Command::new("qpdf").args(["--qdf", "--object-streams=disable", path, "-"]).output();
    let raw = raw.unwrap_or_else(|e| panic!("qpdf: {e}; run .ci/tools")).stdout;
    all += &String::from_utf8_lossy(&raw);
    // Strings of a PDF may be UTF-16, where every other byte is the letter.
    all.extend(raw.iter().filter(|byte| **byte != 0).map(|byte| char::from(*byte)));
    all += &run("pdfinfo", &[path]);
    all += &run("pdfinfo", &["-meta", path]);
    all
}

/// Returns all files of one copy, by name.
pub(super) fn outputs(dir: &Path, audience: Audience) -> Vec<(String, String)> {
    let request = Request {
        as_of: "2026-11-20".parse().unwrap(),
        on: None,
        since: None,
        audience,
        formats: Some(vec![Format::Pdf, Format::Html, Format::Md, Format::Txt, Format::Json]),
    };
    let made = pipeline::run(dir, &request).unwrap_or_else(|failure| panic!("{failure:?}"));
    let mut all: Vec<(String, String)> = made
        .files
        .iter()
        .map(|(format, bytes)| {
            let text = match format {
                Format::Pdf => unpacked(bytes),
                _ => String::from_utf8(bytes.clone()).unwrap(),
            };
            (format!("{format:?}"), text)
        })
        .collect();
    all.push(("file name".into(), made.file_name(Format::Pdf)));
    all
}

/// Returns what `headsup` prints on both streams when a person runs it, and the files that it makes.
pub(super) fn printed(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_headsup"))
        .args(args)
        .env_remove("CI")
        .env_remove("GITHUB_ACTIONS")
        .output()
        .unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// Returns what a command makes. Its messages are left out: they tell the manager which asks a copy leaves out.
pub(super) fn sent(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_headsup"))
        .args(args)
        .env_remove("CI")
        .env_remove("GITHUB_ACTIONS")
        .output()
        .unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}
