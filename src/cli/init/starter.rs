//! The files of a new team folder: the config with a source for every table, a quarter to fill in, and empty logs.

use chrono::{Datelike as _, Days, Duration, Months, NaiveDate};

use super::exports::Exports;
use super::new_file::{NewFile, quoted};
use crate::team::TableKind;
use crate::team::starter::{BOSS, MANAGER, OBJECTIVE, STEPS, WORDING};

/// Days after which a file that is edited at the start of each quarter counts as out of date.
const QUARTERLY: u32 = 100;
const MONTHLY: u32 = 35;

/// Path of the plan in a folder that was made without one.
pub(crate) const MILESTONES: &str = "data/milestones.csv";

/// Returns all files of the new folder.
pub(crate) fn files(team: &str, as_of: NaiveDate, exports: Exports) -> Vec<NewFile> {
    let quarter = Quarter::to_plan(as_of);
    let mut config = head(team, &exports);
    let mut files = vec![NewFile::new(".gitignore", "private/\nout/\n")];
    for source in &exports.sources {
        config += &format!("\n{source}");
    }
    if !exports.has(TableKind::Tasks) {
        config += TASKS_TO_COME;
    }
    if !exports.has(TableKind::Metrics) {
        config += METRICS_TO_COME;
    }
    // An example plan is written only for a folder without exports: milestones that no export mentions must not be
    // invented.
    let rows = if exports.is_empty() { quarter.milestones() } else { exports.milestones.clone() };
    if exports.is_empty() || !rows.is_empty() {
        files.push(NewFile::new(MILESTONES, table(TableKind::Milestones, &rows)));
        config += &source(MILESTONES, TableKind::Milestones, MONTHLY);
        // A milestone of which only the name is known is not the heading of a group.
        config += "all_rows = true\n";
    }
    if exports.is_empty() {
        files.push(NewFile::new("data/objectives.csv", table(TableKind::Objectives, &[quarter.objective()])));
        config += &source("data/objectives.csv", TableKind::Objectives, QUARTERLY);
    }
    let logs = TableKind::ALL.iter().filter_map(|kind| Some((*kind, kind.table().starter?)));
    for (kind, cadence) in logs.filter(|(kind, _)| !exports.has(*kind)) {
        let path = format!("data/{}.csv", kind.name());
        files.push(NewFile::new(&path, table(kind, &[])));
        config += &source(&path, kind, cadence);
    }
    config +=
        "\n# What only you may see lies in private/, which git ignores: concerns, private asks, your own goals.\n";
    for (path, kind) in [
        ("private/concerns.csv", TableKind::People),
        ("private/asks.csv", TableKind::Asks),
        ("private/goals.csv", TableKind::Goals),
    ] {
        if exports.copies.iter().any(|copy| copy.path == path) {
            continue;
        }
        files.push(NewFile::private(path, table(kind, &[])));
        config += &source(path, kind, MONTHLY);
    }
    for metric in &exports.metrics {
        config += &format!("\n{metric}");
    }
    config += BRIEF;
    if let Some(language) = exports.facts.language {
        config += &format!("language = \"{language}\"\n");
    }
    if exports.facts.is_american {
        config += "paper = \"us-letter\"\n";
    }
    files.push(NewFile::new("headsup.toml", config));
    files.extend(exports.copies);
    files
}

fn head(team: &str, exports: &Exports) -> String {
    let facts = &exports.facts;
    let members: Vec<String> = facts.members.iter().map(|name| quoted(name)).collect();
    let members = if members.is_empty() { String::new() } else { format!("members = [{}]\n", members.join(", ")) };
    let week_ends = match facts.week_ends {
        Some(day) => format!("week_ends = \"{day}\"\n"),
        None => "week_ends = \"friday\"           # or the day on which your week closes\n".to_owned(),
    };
    format!(
        "# What the brief of this team is made of. `headsup schema` names every key; `headsup check` says what is wrong.\n\
         version = 1\n\n[team]\nname = {}\nmanager = \"{MANAGER}\"\nboss = \"{BOSS}\"\n\
         # manager_email = \"you@example.org\"\n# boss_email = \"boss@example.org\"\n{members}\n\
         [calendar]\n{week_ends}# timezone = \"Europe/Berlin\"\n",
        quoted(team)
    )
}

const TASKS_TO_COME: &str = "
# Your tracker's export, as it comes out of the tool: `headsup inspect FILE` shows how it is read.
# [[source]]
# table = \"tasks\"
# file = \"data/tasks.csv\"
";

const METRICS_TO_COME: &str = "
# Numbers over time: a date and a column each, or date, metric, value.
# [[source]]
# table = \"metrics\"
# file = \"data/metrics.csv\"
# [[metric]]
# name = \"Records in error\"
# better = \"down\"
# target = 0.5
";

const BRIEF: &str = "
[brief]
pages = 2
formats = [\"pdf\", \"html\"]
";

fn source(path: &str, kind: TableKind, cadence: u32) -> String {
    let cadence = if cadence == 8 { String::new() } else { format!("cadence = {cadence}\n") };
    format!("\n[[source]]\ntable = \"{}\"\nfile = {}\n{cadence}", kind.name(), quoted(path))
}

/// Returns a table with these rows, each a list of field and cell, below its canonical header.
fn table(kind: TableKind, rows: &[Vec<(&'static str, String)>]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let fields: Vec<&str> = kind.fields().iter().map(|field| field.name).collect();
    // Writing to memory cannot fail.
    let _ = writer.write_record(&fields);
    for row in rows {
        let cell = |field: &&str| row.iter().find(|(name, _)| name == field).map_or("", |(_, cell)| cell.as_str());
        let _ = writer.write_record(fields.iter().map(cell));
    }
    writer.into_inner().unwrap_or_default()
}

/// The calendar quarter that a new folder plans: the current one, or the next one if this one is nearly over.
struct Quarter {
    start: NaiveDate,
    /// First day that can still be planned.
    from: NaiveDate,
    end: NaiveDate,
}

/// Fewest remaining days that leave time for three milestones.
const MIN_DAYS: i64 = 21;

impl Quarter {
    fn to_plan(day: NaiveDate) -> Self {
        let quarter = Self::of(day);
        let next = quarter.end.succ_opt().unwrap_or(quarter.end);
        if (quarter.end - day).num_days() < MIN_DAYS { Self::of(next) } else { Self { from: day, ..quarter } }
    }

    fn of(day: NaiveDate) -> Self {
        let first = day.with_day(1).unwrap_or(day);
        let start = first.checked_sub_months(Months::new(first.month0() % 3)).unwrap_or(first);
        let end = start.checked_add_months(Months::new(3)).and_then(|next| next.pred_opt()).unwrap_or(day);
        Self { start, from: start, end }
    }

    fn label(&self) -> String {
        format!("Q{} {}", self.start.month0() / 3 + 1, self.start.year())
    }

    fn objective(&self) -> Vec<(&'static str, String)> {
        vec![
            ("id", "O1".to_owned()),
            ("objective", OBJECTIVE.to_owned()),
            ("quarter", self.label()),
            ("wording", WORDING.to_owned()),
        ]
    }

    /// Returns three milestones to fill in, spread over the rest of the quarter, each due on a working day.
    fn milestones(&self) -> Vec<Vec<(&'static str, String)>> {
        let left = (self.end - self.from).num_days();
        let rows = (1..).zip(STEPS).map(|(number, name)| {
            let due = working_day(self.from + Duration::days(left * number / 3)).to_string();
            vec![
                ("id", format!("M{number}")),
                ("objective", "O1".to_owned()),
                ("milestone", name.to_owned()),
                ("agreed_due", due.clone()),
                ("due", due),
            ]
        });
        rows.collect()
    }
}

/// Returns the day itself, or the Friday before a weekend.
fn working_day(day: NaiveDate) -> NaiveDate {
    let weekend = day.weekday().num_days_from_monday().saturating_sub(4);
    day.checked_sub_days(Days::new(u64::from(weekend))).unwrap_or(day)
}
