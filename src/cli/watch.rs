//! `headsup watch`: shows the brief in a browser, and makes it again whenever the files change.

use clap::Args;

use super::render::Which;
use super::{Terminal, browser, report};
use crate::deliver::watch::Watch;
use crate::problem::Failure;
use crate::redact::Audience;

/// Show the brief in a browser, and update it whenever a file changes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  headsup watch my-team --open")]
pub struct WatchCommand {
    #[command(flatten)]
    pub which: Which,
    /// Reader of the brief
    #[arg(long = "for", value_name = "COPY", value_enum, default_value = "boss")]
    pub audience: Audience,
    /// Port of the local server [default: a free one]
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    pub port: u16,
    /// Open the page in the browser
    #[arg(long)]
    pub open: bool,
}

impl WatchCommand {
    pub fn run(&self, terminal: &Terminal) -> Result<(), Failure> {
        let request = self.which.request(self.audience, None)?;
        let mut token = [0; 16];
        getrandom::fill(&mut token).map_err(|e| Failure::Fault(format!("the system gives no randomness: {e}")))?;
        let token: String = token.iter().map(|byte| format!("{byte:02x}")).collect();
        let dir = self.which.team_dir.canonicalize().map_err(|e| Failure::read(&self.which.team_dir, e))?;
        let explain = |problems: &_| anstream::adapter::strip_str(&report::text(problems)).to_string();
        let watch = Watch::start(&dir, request, self.port, &token, explain)?;
        terminal.print(&format!("{}\n", watch.address()))?;
        terminal.say("Ctrl-C ends it");
        if self.open {
            browser::open(watch.address().as_ref(), terminal)?;
        }
        watch.run()
    }
}
