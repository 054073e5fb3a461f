//! `headsup mail`: the brief as a mail, written as a draft or sent.

use std::path::PathBuf;

use clap::Args;

use super::render::Which;
use super::{Terminal, secret, surroundings};
use crate::config::Format;
use crate::deliver::ics::Calendar;
use crate::deliver::ics::occurrence::find;
use crate::deliver::mail::{Email, Server, mailbox, send, write};
use crate::deliver::{ident, invite};
use crate::input;
use crate::output::{self, Mode};
use crate::pipeline;
use crate::problem::Failure;
use crate::redact::Audience;
use crate::render;

/// Mail the brief: as a draft, or sent; as the organizer's update of the meeting, or on its own.
#[derive(Debug, Args)]
pub struct Mail {
    #[command(flatten)]
    pub which: Which,
    /// Send the organizer's update (iMIP REQUEST) of this exported meeting; without it an ordinary mail
    #[arg(long, value_name = "FILE.ics")]
    pub event: Option<PathBuf>,
    /// Which event, where the file holds several
    #[arg(long)]
    pub uid: Option<String>,
    /// Your own address [default: manager_email]
    #[arg(long, value_name = "ADDRESS")]
    pub me: Option<String>,
    /// To whom [default: the meeting's guests, else boss_email]
    #[arg(long, value_name = "ADDRESS")]
    pub to: Vec<String>,
    /// Which copy [default: shared]
    #[arg(long = "for", value_name = "COPY", value_enum, default_value = "shared")]
    pub audience: Audience,
    /// Send by this server: smtps://HOST or smtp://HOST:587?tls=required (HEADSUP_SMTP_USER, HEADSUP_SMTP_PASSWORD)
    #[arg(long, value_name = "URL")]
    pub smtp: Option<String>,
    /// Where to write the draft; `-` prints it [default: TEAM_DIR/out/DATE-brief-COPY.eml]
    #[arg(long, value_name = "FILE.eml", conflicts_with = "smtp")]
    pub out: Option<PathBuf>,
    /// Add one to SEQUENCE, for calendars that ignore an update without it
    #[arg(long, requires = "event")]
    pub bump_sequence: bool,
}

impl Mail {
    pub fn run(&self, terminal: &Terminal) -> Result<(), Failure> {
        let request = self.which.request(self.audience, Some(vec![Format::Pdf]))?;
        let rendered = pipeline::run(&self.which.team_dir, &request)?;
        terminal.show(&rendered.problems);
        let team = &rendered.config.team;
        let stamp = surroundings::stamp(request.as_of)?;
        let me = self.me.as_deref().or(team.manager_email.as_deref()).ok_or_else(|| {
            Failure::Usage("who sends this? set manager_email in headsup.toml, or say --me ADDRESS".into())
        })?;

        let mut guests = std::collections::BTreeSet::new();
        let update = match &self.event {
            None => None,
            Some(event) => {
                let shown = event.display().to_string();
                let bytes = input::whole(event, &shown, input::CALENDAR)?;
                let calendar = Calendar::parse(&bytes, &shown)?;
                let timezone = rendered.config.calendar.timezone;
                let meeting = find(&calendar, self.uid.as_deref(), self.which.on, request.as_of, timezone)?;
                invite::require_organizer(&calendar, &meeting, Some(me))?;
                if self.to.is_empty() {
                    invite::require_addresses(&calendar, &meeting)?;
                }
                guests = invite::guests(&calendar, &meeting);
                Some(invite::request(&calendar, &meeting, stamp, self.bump_sequence)?)
            }
        };
        let mut to: Vec<String> = self.to.clone();
        if to.is_empty() {
            to.extend(guests.iter().filter(|guest| **guest != invite::address(me)).cloned());
        }
        if to.is_empty() {
            to.extend(team.boss_email.clone());
        }
        guests.extend(to.iter().map(|address| invite::address(address)));
        invite::allowed(self.audience, &guests, team)?;

        let boss = team.boss_email.as_deref().map(invite::address);
        let to = to
            .iter()
            .map(|address| mailbox(if Some(invite::address(address)) == boss { &team.boss } else { "" }, address))
            .collect::<Result<Vec<_>, _>>()?;
        let pdf = rendered.bytes(Format::Pdf).unwrap_or_default();
        let file_name = rendered.file_name(Format::Pdf);
        let email = Email {
            from: mailbox(&team.manager, me)?,
            to,
            subject: format!("{}: {}", rendered.analysis.team, rendered.brief.title),
            text: render::text(&rendered.brief),
            request: update,
            file_name: &file_name,
            pdf,
            date: stamp.and_utc().timestamp(),
            ident: ident(&[rendered.analysis.team.as_bytes(), stamp.to_string().as_bytes(), pdf]),
        };
        let message = write(&email)?;
        if let Some(url) = &self.smtp {
            let login = secret::login("SMTP", None)?;
            let (user, password) = login.map(|s| (s.user, s.password)).unzip();
            send(&message, &Server { url: url.clone(), user, password })?;
            terminal.say(&format!("sent to {} as the {} copy", addresses(&email), self.audience.name()));
            return Ok(());
        }
        let out = self.out.clone().unwrap_or_else(|| {
            let name = format!("{}-brief-{}.eml", request.as_of, self.audience.name());
            self.which.team_dir.join("out").join(name)
        });
        if out.as_os_str() == "-" {
            return terminal.print_bytes(&message.formatted());
        }
        output::write(&out, &message.formatted(), Mode::Private)?;
        terminal.print(&format!("{}\n", out.display()))
    }
}

fn addresses(email: &Email<'_>) -> String {
    email.to.iter().map(|mailbox| mailbox.email.to_string()).collect::<Vec<_>>().join(", ")
}
