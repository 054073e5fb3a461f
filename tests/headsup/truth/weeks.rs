//! Tests of ten weeks of 1:1s, some of which are skipped, and some rendered but not recorded: the news since the last
//! 1:1 are complete and never repeated.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::Value;

use super::made::{Rng, plus, table};
use crate::program::{ends, s};

struct Win {
    /// The date of the win, and the day on which its row was written.
    date: NaiveDate,
    written: NaiveDate,
    /// Whether it was written after the brief of that day was made.
    after: bool,
    text: String,
}

struct Finished {
    key: String,
    done_on: NaiveDate,
    after: bool,
}

struct Weeks {
    wins: Vec<Win>,
    tasks: Vec<Finished>,
    /// The Fridays, whether a brief is made on them, and whether the 1:1 is recorded.
    meetings: Vec<(NaiveDate, bool, bool)>,
}

impl Weeks {
    fn made(seed: u64) -> Self {
        let rng = &mut Rng(seed.wrapping_mul(77) + 5);
        let first: NaiveDate = "2026-10-02".parse().expect("a date");
        let mut weeks = Self { wins: Vec::new(), tasks: Vec::new(), meetings: Vec::new() };
        for week in 0..10 {
            let friday = plus(first, 7 * week);
            // The first and the last one are recorded, so that everything between them is reported.
            let made = week == 0 || week == 9 || !rng.in_100(25);
            weeks.meetings.push((friday, made, made && (week == 0 || week == 9 || !rng.in_100(25))));
            for at in 0..rng.below(4) {
                // The win is written on a day of this week, and dated on that day, a little before, or long ago.
                let written = plus(friday, -(rng.below(7) as i64));
                let back = *rng.of(&[0, 0, 0, 3, 12, 60]);
                let after = written == friday && rng.in_100(60);
                weeks.wins.push(Win { date: plus(written, -back), written, after, text: format!("Win w{week}n{at}x") });
            }
            for at in 0..rng.below(4) {
                let done_on = plus(friday, -(rng.below(7) as i64));
                let after = done_on == friday && rng.in_100(60);
                weeks.tasks.push(Finished { key: format!("T-{week}{at}"), done_on, after });
            }
        }
        weeks
    }

    /// Writes the team's files as they are before the brief of `day` is made.
    fn write(&self, dir: &std::path::Path, day: NaiveDate) {
        let is_there = |on: NaiveDate, after: bool| on < day || (on == day && !after);
        let mut config = String::from(
            "[team]\nname = \"Weeks\"\nmanager = \"Dana Reyes\"\nboss = \"Alex Kim\"\n[calendar]\nweek_ends = \"friday\"\n",
        );
        let wins = self.wins.iter().filter(|win| is_there(win.written, win.after));
        let wins = wins.map(|win| vec![win.date.to_string(), win.text.clone(), "feature".to_owned()]).collect();
        table(dir, &mut config, ("wins", "wins"), &["date", "text", "kind"], wins);
        let tasks = self.tasks.iter().map(|task| {
            let done = is_there(task.done_on, task.after);
            let (status, done_on) = if done { ("Done", task.done_on.to_string()) } else { ("To Do", String::new()) };
            vec![
                task.key.clone(),
                format!("Do {}", task.key),
                "Release".to_owned(),
                status.to_owned(),
                "2026-09-01".to_owned(),
                done_on,
            ]
        });
        table(
            dir,
            &mut config,
            ("tasks", "tasks"),
            &["key", "title", "milestone", "status", "created", "done_on"],
            tasks.collect(),
        );
        let milestones = vec![vec!["Launch".to_owned(), "Release".to_owned(), "2026-12-18".to_owned()]];
        table(dir, &mut config, ("milestones", "milestones"), &["objective", "milestone", "agreed_due"], milestones);
        std::fs::write(dir.join("headsup.toml"), config).expect("a file");
    }
}

fn texts(json: &Value) -> Vec<(String, bool)> {
    let told = ["value", "beyond"].iter().flat_map(|key| json[*key].as_array().into_iter().flatten());
    told.map(|it| (it["text"].as_str().unwrap_or_default().to_owned(), it["added_late"] == true)).collect()
}

#[test]
fn over_ten_weeks_no_news_is_missed_or_repeated() {
    let seeds = std::env::var("HEADSUP_TRUTH_WEEKS").ok().and_then(|n| n.parse().ok()).unwrap_or(3);
    for seed in 0..seeds {
        let weeks = Weeks::made(seed);
        let dir = tempfile::tempdir().expect("a folder");
        let mut told: BTreeMap<String, Vec<(NaiveDate, bool)>> = BTreeMap::new();
        let mut done = 0;
        let mut before: Option<NaiveDate> = None;
        for (friday, made, recorded) in &weeks.meetings {
            weeks.write(dir.path(), *friday);
            if !made {
                continue;
            }
            let (folder, as_of) = (s(dir.path()), friday.to_string());
            ends(&["render", folder, "--as-of", &as_of, "--format", "json"], 0);
            let file = dir.path().join(format!("out/{as_of}-brief-boss.json"));
            let json: Value = serde_json::from_str(&std::fs::read_to_string(file).expect("a file")).expect("JSON");
            let since: NaiveDate = json["since"].as_str().expect("since").parse().expect("a date");
            assert_eq!(
                before.is_some_and(|before| before != since),
                false,
                "{seed} {friday}: since {since}, not {before:?}"
            );
            if *recorded {
                ends(&["record", folder, "--as-of", &as_of], 0);
                for (text, late) in texts(&json) {
                    told.entry(text).or_default().push((*friday, late));
                }
                done += json["objectives"][0]["done_since"].as_u64().expect("a count");
                before = Some(*friday);
            }
        }
        let (first, last) = (weeks.meetings[0].0, weeks.meetings[9].0);
        for win in &weeks.wins {
            let shown = told.get(&win.text).cloned().unwrap_or_default();
            let in_time = win.written < last || (win.written == last && !win.after);
            // The very first brief reports the last seven days.
            let of_first = win.written < first || (win.written == first && !win.after);
            let expected = match (of_first, in_time) {
                (true, _) => usize::from(plus(first, -7) < win.date),
                (false, in_time) => usize::from(in_time),
            };
            assert_eq!(
                shown.len(),
                expected,
                "team {seed}: {} dated {} written {}: {shown:?}",
                win.text,
                win.date,
                win.written
            );
            for (on, late) in shown {
                assert_eq!(late, !of_first && (on - win.date).num_days() > 35, "team {seed}: {} on {on}", win.text);
            }
        }
        let finished = weeks.tasks.iter().filter(|task| task.done_on < last || (task.done_on == last && !task.after));
        assert_eq!(done as usize, finished.count(), "team {seed}: tasks finished");
    }
}
