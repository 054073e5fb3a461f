//! `headsup add`: appends a row to a log from the command line. The file keeps its dialect, its encoding and the order
//! of its columns; when two processes append at the same time, both rows are kept.
//!
//! The items and their arguments come from the declarations in [`crate::tables`], so a new field becomes an option
//! without any change here.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::builder::{NonEmptyStringValueParser, PossibleValuesParser};
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches, Subcommand};

use super::{Terminal, surroundings};
use crate::config::Config;
use crate::pipeline;
use crate::problem::{Failure, Problem, nearest};
use crate::redact::{Audience, redact};
use crate::source::append::{self, Value};
use crate::tables::{Field, FieldKind, Item, Private, TableKind};

/// Add a row to a log: a win, an ask, a note about a person, a goal or a risk.
///
/// If the team has no log of that kind yet, it is created.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  headsup add win \"Matching live for all suppliers\" --kind feature --validated-by Northwind\n  headsup add ask \"Drop supplier scoring from this quarter\" --needed-by \"next friday\"\n  headsup add risk \"The supplier switches its API off\" --likelihood high --impact high"
)]
pub struct Add {
    /// Team folder
    #[arg(long, value_name = "DIR", default_value = ".", global = true, help_heading = "Global options")]
    pub team_dir: PathBuf,
    /// Date of the row [default: SOURCE_DATE_EPOCH, else today]
    #[arg(long, value_name = "DATE", value_parser = crate::cli::surroundings::date, global = true)]
    pub date: Option<NaiveDate>,
    #[command(subcommand)]
    pub row: NewRow,
}

impl Add {
    pub fn run(&self, terminal: &Terminal) -> Result<(), Failure> {
        let (config, problems) = Config::load(&self.team_dir)?;
        terminal.show(&problems);
        let date = surroundings::as_of(self.date, config.calendar.timezone)?;
        self.row.check_references(&self.team_dir, date)?;
        let mut fields = self.row.fields.clone();
        fields.push((self.row.item.dated, date.into()));
        let added = append::add(&config, self.row.table, self.row.private, &fields)?;
        let log = surroundings::shown_log(&config.dir, &added.file);
        if added.is_new_log {
            terminal.say(&format!("made {log} and named it in headsup.toml"));
        }
        if !surroundings::under_ci() {
            terminal.say(&self.row.shown_in(added.id.as_deref()));
        }
        terminal.print(&format!("{log}\n"))
    }
}

/// A row to append: the fields that were given, and whether it goes to the file in `private/`.
#[derive(Debug, Clone)]
pub struct NewRow {
    table: TableKind,
    item: &'static Item,
    fields: Vec<(&'static str, Value)>,
    private: bool,
}

/// The id of the argument that sends a row to `private/`.
const PRIVATE: &str = "private";

fn items() -> impl Iterator<Item = (TableKind, &'static Item)> {
    TableKind::ALL.iter().filter_map(|table| Some((*table, table.table().item.as_ref()?)))
}

/// Returns the fields of an item that are options, in the order of the table.
fn options(table: TableKind, item: &'static Item) -> impl Iterator<Item = &'static Field> {
    let is_option = |field: &&Field| {
        let name = field.name;
        !item.positional.contains(&name) && item.dated != name && !item.without.contains(&name)
    };
    table.fields().iter().filter(is_option)
}

fn command(table: TableKind, item: &'static Item) -> Command {
    let positional = item.positional.iter().filter_map(|name| table.fields().iter().find(|field| field.name == *name));
    let arguments = positional.map(|field| argument(field).required(true));
    let options = options(table, item).map(|field| {
        let dashed = |name: &str| name.replace('_', "-");
        let old_names = field.old_names.iter().map(|name| dashed(name));
        let option = argument(field).long(dashed(field.name)).aliases(old_names);
        match item.defaults.iter().find(|(name, _)| *name == field.name) {
            Some((_, word)) => option.default_value(*word),
            None => option,
        }
    });
    let command =
        Command::new(item.name).about(item.about).args(arguments).args(options).after_help(example(table, item));
    match item.private {
        Private::OnRequest => command
            .arg(Arg::new(PRIVATE).long(PRIVATE).action(ArgAction::SetTrue).help("Write it to the file in private/")),
        Private::Never | Private::Unless(..) => command,
    }
}

/// Returns an example of the command, with the first two options that need a value.
fn example(table: TableKind, item: &'static Item) -> String {
    let positional = item.positional.iter().filter_map(|name| table.field(name));
    let quoted = |text: &str| if text.contains(' ') { format!("{text:?}") } else { text.to_owned() };
    let positional = positional.map(|field| format!(" {}", quoted(field.example)));
    let valued = options(table, item).filter(|field| field.kind != FieldKind::Flag && !is_default(item, field));
    let valued = valued.take(2).map(|field| format!(" --{} {}", field.name.replace('_', "-"), quoted(field.example)));
    format!("Examples:\n  headsup add {}{}", item.name, positional.chain(valued).collect::<String>())
}

fn is_default(item: &Item, field: &Field) -> bool {
    item.defaults.iter().any(|(name, word)| *name == field.name && *word == field.example)
}

/// Builds the command-line argument of a field, according to the kind of the field.
fn argument(field: &'static Field) -> Arg {
    let argument = Arg::new(field.name);
    let with_example = || match field.kind {
        FieldKind::Text | FieldKind::List => format!("{}, for example {:?}", field.help, field.example),
        _ => format!("{}, for example {}", field.help, field.example),
    };
    match field.kind {
        FieldKind::Flag => argument.action(ArgAction::SetTrue).help(field.help),
        FieldKind::Word(words) => argument
            .value_name(field.name.to_uppercase())
            .value_parser(PossibleValuesParser::new(words))
            .help(field.help),
        FieldKind::Date => argument.value_name("DATE").value_parser(surroundings::date).help(with_example()),
        FieldKind::Text | FieldKind::List | FieldKind::Number | FieldKind::Share | FieldKind::Rating(_) => argument
            .value_name(field.name.to_uppercase())
            .value_parser(NonEmptyStringValueParser::new())
            .help(with_example()),
    }
}

impl Subcommand for NewRow {
    fn augment_subcommands(command: Command) -> Command {
        let command = command.subcommand_required(true).arg_required_else_help(true);
        command.subcommands(items().map(|(table, item)| self::command(table, item)))
    }

    fn augment_subcommands_for_update(command: Command) -> Command {
        Self::augment_subcommands(command)
    }

    fn has_subcommand(name: &str) -> bool {
        items().any(|(_, item)| item.name == name)
    }
}

impl FromArgMatches for NewRow {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let given = matches.subcommand();
        let found = given.and_then(|(name, given)| Some((items().find(|(_, item)| item.name == name)?, given)));
        let Some(((table, item), given)) = found else {
            return Err(clap::Error::new(clap::error::ErrorKind::MissingSubcommand));
        };
        let positional = table.fields().iter().filter(|field| item.positional.contains(&field.name));
        let mut fields: Vec<(&'static str, Value)> = Vec::new();
        if let (Some(id), Some(first)) = (table.table().newest_by, item.first_id)
            && !given.try_contains_id(id).unwrap_or(false)
        {
            fields.push((id, Value::NextId(first)));
        }
        fields.extend(
            positional.chain(options(table, item)).filter_map(|field| Some((field.name, value(field, given)?))),
        );
        let private = match item.private {
            Private::Never => false,
            Private::OnRequest => given.get_flag(PRIVATE),
            Private::Unless(field, words) => {
                !given.get_one::<String>(field).is_some_and(|word| words.contains(&word.as_str()))
            }
        };
        Ok(Self { table, item, fields, private })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// Returns the value that was given for a field, or `None` if it was not given.
fn value(field: &'static Field, given: &ArgMatches) -> Option<Value> {
    match field.kind {
        FieldKind::Flag => given.get_flag(field.name).then(|| "yes".into()),
        FieldKind::Date => given.get_one::<NaiveDate>(field.name).map(|date| (*date).into()),
        _ => given.get_one::<String>(field.name).map(|text| text.as_str().into()),
    }
}

impl NewRow {
    /// Describes which copies of the brief show the row, and which option would change that.
    fn shown_in(&self, id: Option<&str>) -> String {
        let says = |field: &str, words: &[&str]| {
            let said = self.fields.iter().find(|(name, _)| *name == field);
            said.is_some_and(|(_, value)| matches!(value, Value::Text(text) if words.contains(&text.as_str())))
        };
        let what = id.map_or_else(|| "it".to_owned(), str::to_owned);
        let is_hidden = self.private || says("confidential", &["yes"]);
        match self.table {
            TableKind::People if says("kind", &["concern", "signal"]) => {
                format!("{what} is in your own copy alone; raised with your boss: headsup record --raised {what}")
            }
            TableKind::Asks if !is_hidden && says("stage", &["raised"]) => {
                format!("{what} is in all copies: me, boss and shared")
            }
            TableKind::Asks if !is_hidden => format!(
                "{what} is in the copies me and boss, and not in shared until it is raised: headsup record --raised {what}"
            ),
            _ if is_hidden => format!("{what} is in the copies me and boss, never in shared"),
            _ => format!("{what} is in all copies: me, boss and shared"),
        }
    }

    /// Checks that the objective and the milestone that the row names exist: a row that `render` refuses is useless.
    fn check_references(&self, dir: &Path, as_of: NaiveDate) -> Result<(), Failure> {
        let named = |wanted: &str| {
            self.fields.iter().find_map(|(field, value)| match value {
                Value::Text(text) if *field == wanted => Some(text.as_str()),
                _ => None,
            })
        };
        let (objective, milestone) = (named("objective"), named("milestone"));
        if objective.is_none() && milestone.is_none() {
            return Ok(());
        }
        let team = pipeline::read(dir, as_of)?.team;
        let (team, offered) = (redact(&team, Audience::Me, true), redact(&team, surroundings::reader(), true));
        let (team, offered) = (team.team(), offered.team());
        let objectives: Vec<&str> = team.objectives.iter().flat_map(|o| [o.id.as_str(), o.name.as_str()]).collect();
        let milestones: Vec<&str> = team.milestones.iter().flat_map(|m| [m.id.as_str(), m.name.as_str()]).collect();
        // A suggestion may only name what the reader is allowed to see.
        let offered_objectives: Vec<&str> =
            offered.objectives.iter().flat_map(|o| [o.id.as_str(), o.name.as_str()]).collect();
        let offered_milestones: Vec<&str> =
            offered.milestones.iter().flat_map(|m| [m.id.as_str(), m.name.as_str()]).collect();
        for (what, named, known, offered) in [
            ("objective", objective, objectives, offered_objectives),
            ("milestone", milestone, milestones, offered_milestones),
        ] {
            if let Some(named) = named.filter(|named| !known.contains(named)) {
                let help = nearest(named, offered.iter().copied()).map_or_else(
                    || format!("there are {}", offered.join(" · ")),
                    |near| format!("did you mean \"{near}\"?"),
                );
                return Err(Problem::error("unknown-reference", format!("there is no {what} \"{named}\""))
                    .help(help)
                    .into());
            }
        }
        Ok(())
    }
}
