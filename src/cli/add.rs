//! `headsup add`: one row more for a log, from the command line. The file keeps its dialect, its encoding and the order
//! of its columns; two at once lose nothing.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::builder::NonEmptyStringValueParser as NonEmpty;
use clap::builder::PossibleValuesParser as OneOf;
use clap::{Args, Subcommand};

use super::{Terminal, surroundings};
use crate::config::Config;
use crate::pipeline;
use crate::problem::{Failure, Problem, nearest};
use crate::source::append::{self, Field, Value};
use crate::team::TableKind;

/// Append a row to a log.
#[derive(Debug, Args)]
pub struct Add {
    /// The team folder.
    #[arg(long, value_name = "DIR", default_value = ".", global = true)]
    pub team_dir: PathBuf,
    /// The row's date [default: SOURCE_DATE_EPOCH, else today]
    #[arg(long, value_name = "DATE", value_parser = crate::cli::surroundings::date, global = true)]
    pub date: Option<NaiveDate>,
    #[command(subcommand)]
    pub row: RowOf,
}

/// Which log.
#[derive(Debug, Subcommand)]
pub enum RowOf {
    Win(Win),
    Ask(Ask),
    Person(Person),
    Goal(Goal),
    Agreement(Agreement),
}

const KINDS_OF_WINS: [&str; 11] = [
    "revenue",
    "retention",
    "feature",
    "dataset",
    "quality",
    "speed",
    "cross-team",
    "morale",
    "culture",
    "process",
    "onboarding",
];

/// Something that drove value.
#[derive(Debug, Args)]
pub struct Win {
    #[arg(value_parser = NonEmpty::new())]
    pub text: String,
    #[arg(long, value_parser = OneOf::new(KINDS_OF_WINS))]
    pub kind: Option<String>,
    /// Where the kind does not say it
    #[arg(long, value_parser = OneOf::new(["revenue", "retention", "beyond"]))]
    pub drives: Option<String>,
    #[arg(long)]
    pub amount: Option<String>,
    #[arg(long)]
    pub evidence: Option<String>,
    #[arg(long, value_name = "URL")]
    pub link: Option<String>,
    /// The customer or the customer data that confirms it; without it the claim is "not validated"
    #[arg(long, value_name = "WHO")]
    pub validated_by: Option<String>,
    #[arg(long, value_name = "TEAM")]
    pub with_team: Option<String>,
    #[arg(long)]
    pub people: Option<String>,
    #[arg(long)]
    pub objective: Option<String>,
    #[arg(long)]
    pub confidential: bool,
}

/// Something needed from the boss, or from another team.
#[derive(Debug, Args)]
pub struct Ask {
    #[arg(value_parser = NonEmpty::new())]
    pub text: String,
    #[arg(long, value_parser = OneOf::new(["decision", "resource", "expense", "feedback"]))]
    pub kind: Option<String>,
    #[arg(long)]
    pub why: Option<String>,
    #[arg(long)]
    pub recommendation: Option<String>,
    #[arg(long)]
    pub alternative: Option<String>,
    #[arg(long)]
    pub if_not: Option<String>,
    #[arg(long, value_name = "DATE", value_parser = crate::cli::surroundings::date)]
    pub needed_by: Option<NaiveDate>,
    #[arg(long)]
    pub objective: Option<String>,
    #[arg(long)]
    pub milestone: Option<String>,
    #[arg(long, value_name = "TEAM")]
    pub from_team: Option<String>,
    #[arg(long, value_name = "TEAM")]
    pub to_team: Option<String>,
    /// Only raised asks may be forwarded
    #[arg(long, default_value = "private", value_parser = OneOf::new(["private", "agreed", "raised"]))]
    pub stage: String,
    /// Into the file in private/
    #[arg(long)]
    pub private: bool,
    #[arg(long)]
    pub confidential: bool,
}

/// A note about somebody. Concerns and signals go to private/.
#[derive(Debug, Args)]
pub struct Person {
    #[arg(value_parser = NonEmpty::new())]
    pub person: String,
    #[arg(value_parser = NonEmpty::new())]
    pub text: String,
    #[arg(long, default_value = "highlight", value_parser = OneOf::new(["highlight", "learning", "concern", "signal"]))]
    pub kind: String,
    /// The ask that goes with it
    #[arg(long)]
    pub ask: Option<String>,
    #[arg(long)]
    pub hypothesis: Option<String>,
    #[arg(long)]
    pub next_step: Option<String>,
    #[arg(long)]
    pub confidential: bool,
}

/// A long-term goal, or how far one has come. Your own go to private/.
#[derive(Debug, Args)]
pub struct Goal {
    #[arg(value_parser = NonEmpty::new())]
    pub goal: String,
    #[arg(long, default_value = "team", value_parser = OneOf::new(["team", "me"]))]
    pub who: String,
    #[arg(long)]
    pub horizon: Option<String>,
    #[arg(long)]
    pub target: Option<String>,
    /// As 62%
    #[arg(long)]
    pub progress: Option<String>,
    #[arg(long)]
    pub note: Option<String>,
    #[arg(long)]
    pub feedback: Option<String>,
    #[arg(long)]
    pub confidential: bool,
}

/// Something the boss agreed to.
#[derive(Debug, Args)]
pub struct Agreement {
    #[arg(value_parser = OneOf::new(["date", "scope", "wording", "confirm"]))]
    pub what: String,
    #[arg(long)]
    pub objective: Option<String>,
    #[arg(long)]
    pub milestone: Option<String>,
    #[arg(long)]
    pub from: Option<String>,
    #[arg(long)]
    pub to: Option<String>,
    /// With whom, if not the boss
    #[arg(long)]
    pub with: Option<String>,
}

/// Fields of a row; what was not given is left out.
#[derive(Default)]
struct Row<'a>(Vec<Field<'a>>);

impl<'a> Row<'a> {
    fn text(mut self, field: &'a str, value: &Option<String>) -> Self {
        self.0.extend(value.as_deref().map(|value| (field, Value::from(value))));
        self
    }

    fn date(mut self, field: &'a str, value: Option<NaiveDate>) -> Self {
        self.0.extend(value.map(|value| (field, Value::from(value))));
        self
    }

    fn is(mut self, field: &'a str, value: &str) -> Self {
        self.0.push((field, value.into()));
        self
    }

    fn flag(self, field: &'a str, value: bool) -> Self {
        if value { self.is(field, "yes") } else { self }
    }
}

impl Add {
    pub fn run(&self, terminal: &Terminal) -> Result<(), Failure> {
        let (config, problems) = Config::load(&self.team_dir)?;
        terminal.show(&problems);
        let date = surroundings::as_of(self.date, config.calendar.timezone)?;
        let (table, private, row) = self.row.fields(date);
        self.row.known(&self.team_dir, date)?;
        let file = append::add(&config, table, private, &row.0)?;
        terminal.print(&format!("{}\n", file.display()))
    }
}

impl RowOf {
    /// That the objective and the milestone it names are there: a row that `render` refuses helps nobody.
    fn known(&self, dir: &Path, as_of: NaiveDate) -> Result<(), Failure> {
        let (objective, milestone) = match self {
            RowOf::Win(win) => (&win.objective, &None),
            RowOf::Ask(ask) => (&ask.objective, &ask.milestone),
            RowOf::Agreement(agreement) => (&agreement.objective, &agreement.milestone),
            RowOf::Person(_) | RowOf::Goal(_) => return Ok(()),
        };
        if objective.is_none() && milestone.is_none() {
            return Ok(());
        }
        let team = pipeline::read(dir, as_of)?.team;
        let objectives: Vec<&str> = team.objectives.iter().flat_map(|o| [o.id.as_str(), o.name.as_str()]).collect();
        let milestones: Vec<&str> = team.milestones.iter().flat_map(|m| [m.id.as_str(), m.name.as_str()]).collect();
        for (what, named, known) in [("objective", objective, objectives), ("milestone", milestone, milestones)] {
            if let Some(named) = named.as_deref().filter(|named| !known.contains(named)) {
                let help = nearest(named, known.iter().copied()).map_or_else(
                    || format!("there are {}", known.join(" · ")),
                    |near| format!("did you mean \"{near}\"?"),
                );
                return Err(Problem::error("unknown-reference", format!("there is no {what} \"{named}\""))
                    .help(help)
                    .into());
            }
        }
        Ok(())
    }

    /// The log, whether it is the one in private/, and the row.
    fn fields(&self, date: NaiveDate) -> (TableKind, bool, Row<'static>) {
        let row = Row::default();
        match self {
            RowOf::Win(win) => {
                let row = row
                    .date("date", Some(date))
                    .is("text", &win.text)
                    .text("kind", &win.kind)
                    .text("drives", &win.drives)
                    .text("amount", &win.amount)
                    .text("evidence", &win.evidence)
                    .text("link", &win.link)
                    .text("validated_by", &win.validated_by)
                    .text("with_team", &win.with_team)
                    .text("people", &win.people)
                    .text("objective", &win.objective)
                    .flag("confidential", win.confidential);
                (TableKind::Wins, false, row)
            }
            RowOf::Ask(ask) => {
                let mut row = row;
                row.0.push(("id", Value::NextId));
                let row = row
                    .date("asked_on", Some(date))
                    .is("text", &ask.text)
                    .text("kind", &ask.kind)
                    .text("why", &ask.why)
                    .text("recommendation", &ask.recommendation)
                    .text("alternative", &ask.alternative)
                    .text("if_not", &ask.if_not)
                    .date("needed_by", ask.needed_by)
                    .text("objective", &ask.objective)
                    .text("milestone", &ask.milestone)
                    .text("from_team", &ask.from_team)
                    .text("to_team", &ask.to_team)
                    .is("stage", &ask.stage)
                    .flag("confidential", ask.confidential);
                (TableKind::Asks, ask.private, row)
            }
            RowOf::Person(note) => {
                let row = row
                    .date("date", Some(date))
                    .is("person", &note.person)
                    .is("kind", &note.kind)
                    .is("text", &note.text)
                    .text("ask", &note.ask)
                    .text("hypothesis", &note.hypothesis)
                    .text("next_step", &note.next_step)
                    .flag("confidential", note.confidential);
                // What cannot be told to be a highlight is a concern.
                let open = ["highlight", "learning"].contains(&note.kind.as_str());
                (TableKind::People, !open, row)
            }
            RowOf::Goal(goal) => {
                let row = row
                    .date("date", Some(date))
                    .is("goal", &goal.goal)
                    .is("who", &goal.who)
                    .text("horizon", &goal.horizon)
                    .text("target", &goal.target)
                    .text("progress", &goal.progress)
                    .text("note", &goal.note)
                    .text("feedback", &goal.feedback)
                    .flag("confidential", goal.confidential);
                (TableKind::Goals, goal.who != "team", row)
            }
            RowOf::Agreement(agreement) => {
                let row = row
                    .date("date", Some(date))
                    .is("what", &agreement.what)
                    .text("objective", &agreement.objective)
                    .text("milestone", &agreement.milestone)
                    .text("from", &agreement.from)
                    .text("to", &agreement.to)
                    .text("with", &agreement.with);
                (TableKind::Agreements, false, row)
            }
        }
    }
}
