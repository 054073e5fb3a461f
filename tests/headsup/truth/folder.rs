//! Writes a generated team as a folder: its config and its tables. A column that no row fills is left out, so that all
//! subsets of a table's fields occur.

use std::path::Path;

use chrono::NaiveDate;

use super::made::{Noted, Rng, Team, When, header_word, stated_words, table, work_words};

fn day(date: Option<NaiveDate>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}

fn written(when: Option<&When>) -> String {
    when.map(|when| when.written.clone()).unwrap_or_default()
}

fn flag(yes: bool) -> String {
    if yes { "yes" } else { "" }.to_owned()
}

impl Team {
    /// Removes the columns that are empty in every row, except required ones. Headers are in the team's language.
    fn slim(
        &self,
        dir: &Path,
        config: &mut String,
        (file, name): (&str, &str),
        needs: &[&str],
        header: &[&str],
        rows: Vec<Vec<String>>,
    ) {
        let kept: Vec<usize> = (0..header.len())
            .filter(|&column| needs.contains(&header[column]) || rows.iter().any(|row| !row[column].is_empty()))
            .collect();
        let header: Vec<&str> = kept.iter().map(|&column| header_word(self.headers, name, header[column])).collect();
        let rows = rows.into_iter().map(|row| kept.iter().map(|&column| row[column].clone()).collect()).collect();
        table(dir, config, (file, name), &header, rows);
    }

    /// Writes the team. Random choices here (which of several words, which order of rows) do not change what is true.
    pub fn write(&self, dir: &Path) {
        let rng = &mut Rng(self.seed ^ 0x5eed);
        let mut config = format!(
            "[team]\nname = \"Nordlicht\"\nmanager = \"Dana Reyes\"\nboss = \"Alex Kim\"\nmembers = [\"Ana Osei\", \"Bo Lind\"]\n\
             [calendar]\nweek_ends = \"friday\"\n[brief]\nlanguage = \"{}\"\nconfidential_labels = [\"hr\"]\n",
            self.language
        );
        if !self.metric.is_empty() {
            config += "[[metric]]\nname = \"Backlog age\"\ncolumn = \"age\"\naggregate = \"mean\"\nbetter = \"down\"\n";
        }
        if !self.objectives.is_empty() && rng.in_100(70) {
            let rows = self.objectives.iter().map(|(name, stated, reason)| {
                vec![name.clone(), stated.as_ref().map(|(_, word)| word.clone()).unwrap_or_default(), reason.clone()]
            });
            self.slim(
                dir,
                &mut config,
                ("objectives", "objectives"),
                &["objective"],
                &["objective", "status", "reason"],
                rows.collect(),
            );
        }
        if !self.milestones.is_empty() {
            let mut rows: Vec<Vec<String>> = self
                .milestones
                .iter()
                .map(|it| {
                    vec![
                        it.objective.clone(),
                        it.name.clone(),
                        day(it.start),
                        written(it.original.as_ref()),
                        written(it.due.as_ref()),
                        day(it.done_on),
                        it.progress.map(|share| format!("{share}%")).unwrap_or_default(),
                        it.stated.as_ref().map(|(_, word)| word.clone()).unwrap_or_default(),
                        it.reason.clone(),
                        it.owner_team.clone(),
                        flag(it.confidential),
                    ]
                })
                .collect();
            if rng.in_100(30) {
                rows.reverse();
            }
            let header = [
                "objective",
                "milestone",
                "start",
                "agreed_due",
                "due",
                "done_on",
                "progress",
                "status",
                "reason",
                "owner_team",
                "confidential",
            ];
            self.slim(dir, &mut config, ("milestones", "milestones"), &["milestone"], &header, rows);
        }
        self.write_tasks(dir, &mut config, rng);
        self.write_logs(dir, &mut config);
        std::fs::write(dir.join("headsup.toml"), config).expect("a file");
    }

    /// Writes the tasks to one file or distributes them over several.
    fn write_tasks(&self, dir: &Path, config: &mut String, rng: &mut Rng) {
        let mut files: Vec<Vec<Vec<String>>> = vec![Vec::new(); self.files];
        for (at, it) in self.tasks.iter().enumerate() {
            let labels = [it.label, if it.secret { "hr" } else { "" }].into_iter().filter(|label| !label.is_empty());
            files[at % self.files].push(vec![
                it.key.clone(),
                it.title.clone(),
                if it.counts { "Story" } else { "Epic" }.to_owned(),
                it.milestone.clone(),
                (*rng.of(work_words(self.language, it.work))).to_owned(),
                day(it.created),
                day(it.started),
                day(it.done_on),
                written(it.due.as_ref()),
                labels.collect::<Vec<_>>().join(", "),
            ]);
        }
        let header = ["key", "title", "type", "milestone", "status", "created", "started", "done_on", "due", "labels"];
        for (number, rows) in files.into_iter().enumerate().filter(|(_, rows)| !rows.is_empty()) {
            let name = if number == 0 { "tasks".to_owned() } else { format!("tasks{number}") };
            self.slim(dir, config, (&name, "tasks"), &["key", "status"], &header, rows);
        }
    }

    fn write_logs(&self, dir: &Path, config: &mut String) {
        if self.has_asks {
            let rows = self.asks.iter().map(|it| {
                vec![
                    it.id.clone(),
                    day(it.asked_on),
                    "decision".to_owned(),
                    it.text.clone(),
                    it.details[0].clone(),
                    it.details[1].clone(),
                    it.details[2].clone(),
                    written(it.needed_by.as_ref()),
                    if it.raised { "raised" } else { "private" }.to_owned(),
                    if it.open { "open" } else { "declined" }.to_owned(),
                    it.milestone.clone(),
                    it.tasks.join("; "),
                    if it.drops { "drop" } else { "" }.to_owned(),
                    flag(it.confidential),
                ]
            });
            let header = [
                "id",
                "asked_on",
                "kind",
                "text",
                "why",
                "recommendation",
                "if_not",
                "needed_by",
                "stage",
                "status",
                "milestone",
                "tasks",
                "about",
                "confidential",
            ];
            self.slim(dir, config, ("asks", "asks"), &["id", "text", "status"], &header, rows.collect());
        }
        let rows = |list: &[Noted], row: &dyn Fn(&Noted) -> Vec<String>| list.iter().map(row).collect::<Vec<_>>();
        if !self.wins.is_empty() {
            let rows = rows(&self.wins, &|it| {
                vec![
                    it.date.to_string(),
                    it.text.clone(),
                    it.kind.to_owned(),
                    it.inner[0].clone(),
                    it.amount.map(|(n, currency, period)| format!("{currency}{n},000 {period}")).unwrap_or_default(),
                    flag(it.confidential),
                ]
            });
            let header = ["date", "text", "kind", "validated_by", "amount", "confidential"];
            self.slim(dir, config, ("wins", "wins"), &["text"], &header, rows);
        }
        if !self.people.is_empty() {
            let rows = rows(&self.people, &|it| {
                vec![
                    it.date.to_string(),
                    "Ana Osei".to_owned(),
                    it.kind.to_owned(),
                    it.text.clone(),
                    it.inner[0].clone(),
                    it.inner[1].clone(),
                    flag(it.confidential),
                ]
            });
            self.slim(
                dir,
                config,
                ("people", "people"),
                &["person", "text"],
                &["date", "person", "kind", "text", "ask", "hypothesis", "confidential"],
                rows,
            );
        }
        if !self.goals.is_empty() {
            let rows = rows(&self.goals, &|it| {
                vec![
                    it.date.to_string(),
                    it.text.clone(),
                    it.kind.to_owned(),
                    it.inner[0].clone(),
                    flag(it.confidential),
                ]
            });
            self.slim(
                dir,
                config,
                ("goals", "goals"),
                &["goal"],
                &["date", "goal", "who", "note", "confidential"],
                rows,
            );
        }
        if !self.events.is_empty() {
            let rows = rows(&self.events, &|it| {
                vec![it.date.to_string(), it.text.clone(), it.kind.to_owned(), flag(it.confidential)]
            });
            self.slim(
                dir,
                config,
                ("events", "events"),
                &["date", "text"],
                &["date", "text", "kind", "confidential"],
                rows,
            );
        }
        if !self.risks.is_empty() {
            let rows = self.risks.iter().map(|(text, confidential)| {
                vec![text.clone(), "high".to_owned(), "medium".to_owned(), flag(*confidential)]
            });
            self.slim(
                dir,
                config,
                ("risks", "risks"),
                &["risk"],
                &["risk", "likelihood", "impact", "confidential"],
                rows.collect(),
            );
        }
        let agreed: Vec<Vec<String>> = (self.milestones.iter())
            .flat_map(|it| {
                it.moved.iter().map(|(on, to)| vec![on.to_string(), it.name.clone(), "date".to_owned(), to.to_string()])
            })
            .collect();
        if !agreed.is_empty() {
            table(dir, config, ("agreements", "agreements"), &["date", "milestone", "what", "to"], agreed);
        }
        if !self.metric.is_empty() {
            let rows = self.metric.iter().map(|(on, value)| vec![on.to_string(), value.to_string()]);
            table(dir, config, ("metrics", "metrics"), &["date", "age"], rows.collect());
        }
    }
}

/// Checks that each status word has only one meaning in its language.
#[test]
fn each_status_word_has_one_meaning() {
    use super::made::Stated::*;
    for language in ["en", "de", "fr", "es", "pt"] {
        let all = [Green, Amber, Red, Done, Dropped, OnHold, Started, NotStarted].map(|it| stated_words(language, it));
        let words: Vec<&&str> = all.iter().flat_map(|words| words.iter()).collect();
        let different: std::collections::BTreeSet<_> = words.iter().collect();
        assert_eq!(words.len(), different.len(), "{language}");
    }
}
