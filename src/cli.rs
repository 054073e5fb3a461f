//! The command line. Each command has its own file; [`commands`] lists them, and [`Terminal`] is a command's only
//! access to the outside: messages, problems and results.

pub(crate) mod add;
pub(crate) mod backtest;
pub(crate) mod batch;
mod browser;
pub(crate) mod check;
mod commands;
mod complete;
mod copy;
pub(crate) mod dates;
mod fault;
pub(crate) mod forget;
mod help;
pub(crate) mod init;
pub(crate) mod inspect;
pub(crate) mod invite;
pub(crate) mod mail;
pub(crate) mod manual;
pub(crate) mod progress;
pub(crate) mod prompt;
pub(crate) mod record;
pub(crate) mod render;
pub mod report;
pub(crate) mod schema;
pub(crate) mod secret;
mod start;
pub(crate) mod surroundings;
pub(crate) mod templates;
mod terminal;
mod version;
pub(crate) mod watch;
pub(crate) mod week;

pub use commands::{Cli, Command, main};
pub use terminal::Terminal;
