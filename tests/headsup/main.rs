//! The only integration test binary. Each file beside this one tests a capability through the library or the program.

mod add;
mod any_team;
mod backtest;
mod batch;
mod brief;
mod chart;
mod check;
#[cfg(unix)]
mod completions;
mod config;
mod delivery;
mod example;
mod examples;
mod faults;
mod floors;
mod forget;
mod fuzz;
mod headline;
mod history;
mod hostile;
mod init;
#[cfg(unix)]
mod init_asks;
mod kpi_sheets;
mod ledger;
mod metric_faults;
mod metric_targets;
mod metric_words;
mod metrics;
mod monthly;
mod mutated;
mod peers;
mod periods;
mod plans;
mod preset;
mod privacy;
mod problems;
mod program;
mod promises;
#[cfg(unix)]
mod prompts;
mod proposals;
mod reading;
mod record;
mod remarks;
mod render;
mod risks;
mod secure;
mod skips;
mod source;
mod table;
mod truth;
mod watch;
mod words;
