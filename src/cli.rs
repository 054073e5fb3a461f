//! The command line: one file a command; [`commands`] lists them, and [`Terminal`] is all that they may use of the outside.

pub mod add;
pub mod backtest;
pub mod batch;
pub mod check;
mod commands;
mod fault;
mod help;
pub mod init;
pub mod inspect;
pub mod invite;
pub mod mail;
pub mod manual;
pub mod progress;
pub mod prompt;
pub mod record;
pub mod render;
pub mod report;
pub mod schema;
pub mod secret;
pub mod surroundings;
pub mod templates;
mod terminal;
mod version;
pub mod watch;
pub mod week;

pub use commands::{Cli, Command, main};
pub use terminal::Terminal;
