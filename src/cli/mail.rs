//! `headsup mail`: makes a mail with the brief, and writes it as a draft or sends it.

use std::collections::BTreeSet;
use std::path::PathBuf;

use chrono::{NaiveDate, NaiveDateTime};
use clap::Args;

use super::render::Which;
use super::secret::{self, Secret};
use super::{Terminal, copy, surroundings};
use crate::config::{Config, Format};
use crate::deliver::ics::Calendar;
use crate::deliver::ics::occurrence::find;
use crate::deliver::mail::{Email, Login, Server, mailbox, send, write};
use crate::deliver::{ident, invite};
use crate::input;
use crate::output::{self, Mode};
use crate::pipeline::{self, Request};
use crate::problem::Failure;
use crate::redact::Audience;
use crate::render;

/// Write a mail with the brief, or send it.
///
/// Without --smtp it writes a draft that a mail program opens, ready to be sent. With --event the mail is the
/// organizer's update of the meeting.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  headsup mail my-team --dry-run\n  headsup mail my-team --for boss\n  headsup mail my-team --smtp smtps://smtp.example.org"
)]
pub struct Mail {
    #[command(flatten)]
    pub which: Which,
    /// Exported meeting to update (iMIP REQUEST) [default: none, an ordinary mail]
    #[arg(long, value_name = "FILE.ics")]
    pub event: Option<PathBuf>,
    /// Event in a file with several
    #[arg(long)]
    pub uid: Option<String>,
    /// Your own address [default: manager_email]
    #[arg(long, value_name = "ADDRESS")]
    pub me: Option<String>,
    /// Recipient [default: the meeting's guests, else boss_email]
    #[arg(long, value_name = "ADDRESS")]
    pub to: Vec<String>,
    /// Copy to send; boss only if it goes to you and your boss alone [default: shared]
    #[arg(long = "for", value_name = "COPY", value_enum)]
    pub audience: Option<Audience>,
    /// Server to send with: smtps://HOST or smtp://HOST:587?tls=required. The login is in HEADSUP_SMTP_USER and
    /// HEADSUP_SMTP_PASSWORD, or HEADSUP_SMTP_TOKEN for XOAUTH2
    #[arg(long, value_name = "URL")]
    pub smtp: Option<String>,
    /// File for the draft; `-` prints it [default: TEAM_DIR/out/DATE-brief-COPY.eml]
    #[arg(long, value_name = "FILE.eml", conflicts_with = "smtp")]
    pub out: Option<PathBuf>,
    /// Show recipients, copy, subject and what is left out; write and send nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Increase SEQUENCE, for calendars that otherwise ignore an update
    #[arg(long, requires = "event")]
    pub bump_sequence: bool,
}

/// The sender and the recipients of the mail, and the update of the meeting that it may carry.
struct Addressed {
    me: String,
    to: Vec<String>,
    /// Everybody who sees it, including guests of the meeting who are not recipients.
    guests: BTreeSet<String>,
    update: Option<String>,
}

impl Mail {
    pub fn run(&self, terminal: &Terminal) -> Result<(), Failure> {
        // The recipients decide which copy is made.
        let (config, _) = Config::load(&self.which.team_dir)?;
        let request = self.which.request(Audience::Shared, Some(vec![Format::Pdf]))?;
        let stamp = surroundings::stamp(request.as_of)?;
        let addressed = self.addressed(&config, request.as_of, stamp)?;
        let choice = copy::settle(self.audience, &addressed.guests, &config.team, terminal)?;
        let rendered = pipeline::run(&self.which.team_dir, &Request { audience: choice.audience, ..request.clone() })?;
        terminal.show(&rendered.problems);

        let team = &rendered.config.team;
        let boss = team.boss_email.as_deref().map(invite::address);
        let named = |address: &String| if Some(invite::address(address)) == boss { team.boss.as_str() } else { "" };
        let to = addressed.to.iter().map(|address| mailbox(named(address), address)).collect::<Result<Vec<_>, _>>()?;
        let pdf = rendered.bytes(Format::Pdf).unwrap_or_default();
        let file_name = rendered.file_name(Format::Pdf);
        let email = Email {
            from: mailbox(&team.manager, &addressed.me)?,
            to,
            subject: format!("{}: {}", rendered.analysis.team, rendered.brief.title),
            text: render::text(&rendered.brief),
            request: addressed.update,
            file_name: &file_name,
            pdf,
            date: stamp.and_utc().timestamp(),
            is_draft: self.smtp.is_none(),
            ident: ident(&[rendered.analysis.team.as_bytes(), stamp.to_string().as_bytes(), pdf]),
        };
        if self.dry_run {
            return terminal.print(&format!(
                "From: {}\nTo: {}\nSubject: {}\nAttached: {file_name}, {} KB{}\nCopy: {}\nNothing was {}.\n",
                email.from.email,
                addresses(&email),
                email.subject,
                pdf.len().div_ceil(1000),
                if email.request.is_some() { ", in an update of the meeting" } else { "" },
                copy::described(&choice, &rendered),
                if self.smtp.is_some() { "sent" } else { "written" },
            ));
        }
        terminal.say(&copy::described(&choice, &rendered));
        let message = write(&email)?;
        if let Some(url) = &self.smtp {
            let login = secret::login("SMTP")?.map(|secret| match secret {
                Secret::Password { user, password } => Login::Password { user, password },
                Secret::Token { user, token } => Login::Token { user: user.unwrap_or(addressed.me), token },
            });
            send(&message, &Server { url: url.clone(), login })?;
            terminal.say(&format!("sent to {} as the {} copy", addresses(&email), choice.audience.name()));
            return Ok(());
        }
        let out = self.out.clone().unwrap_or_else(|| {
            let name = format!("{}-brief-{}.eml", request.as_of, choice.audience.name());
            self.which.team_dir.join("out").join(name)
        });
        if out.as_os_str() == "-" {
            return terminal.print_bytes(&message.formatted());
        }
        output::write(&out, &message.formatted(), Mode::Private)?;
        terminal.print(&format!("{}\n", out.display()))
    }

    fn addressed(&self, config: &Config, as_of: NaiveDate, stamp: NaiveDateTime) -> Result<Addressed, Failure> {
        let team = &config.team;
        let me = self.me.as_deref().or(team.manager_email.as_deref()).ok_or_else(|| {
            Failure::Usage("who sends this? set manager_email in headsup.toml, or say --me ADDRESS".into())
        })?;
        let mut guests = BTreeSet::new();
        let update = match &self.event {
            None => None,
            Some(event) => {
                let shown = event.display().to_string();
                let bytes = input::read_whole(event, &shown, input::MAX_CALENDAR_BYTES)?;
                let calendar = Calendar::parse(&bytes, &shown)?;
                let meeting = find(&calendar, self.uid.as_deref(), self.which.on, as_of, config.calendar.timezone)?;
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
        if to.is_empty() {
            return Err(Failure::Usage("the mail has nobody to go to: say --to ADDRESS, or set boss_email".into()));
        }
        guests.extend(to.iter().map(|address| invite::address(address)));
        Ok(Addressed { me: me.to_owned(), to, guests, update })
    }
}

fn addresses(email: &Email<'_>) -> String {
    email.to.iter().map(|mailbox| mailbox.email.to_string()).collect::<Vec<_>>().join(", ")
}
