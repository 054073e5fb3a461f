//! `headsup invite`: puts the brief into a calendar, as part of an exported event, as a new event, or in one on a
//! CalDAV server.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Args;

use super::render::Which;
use super::secret::{self, Secret};
use super::{Terminal, copy, surroundings};
use crate::config::{Config, Format};
use crate::deliver::caldav::{Client, Login, Stored};
use crate::deliver::ics::Calendar;
use crate::deliver::ics::occurrence::{Meeting, find};
use crate::deliver::ics::splice::{Change, splice};
use crate::deliver::invite::Choice;
use crate::deliver::{ident, invite};
use crate::input;
use crate::output::{self, Mode};
use crate::pipeline::{self, RenderedBrief, Request};
use crate::problem::{Failure, Problem};
use crate::redact::Audience;
use crate::render;

/// Attach the brief to the calendar invite of the 1:1.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  headsup invite my-team --event meeting.ics\n  headsup invite my-team --caldav https://calendar.example.org/dana/work/ --dry-run"
)]
pub struct Invite {
    #[command(flatten)]
    pub which: Which,
    /// Meeting, as exported from a calendar [default: a new event is made]
    #[arg(long, value_name = "FILE.ics")]
    pub event: Option<PathBuf>,
    /// Event in a file or calendar with several
    #[arg(long)]
    pub uid: Option<String>,
    /// Calendar file to write; `-` prints it [default: TEAM_DIR/out/DATE-invite.ics]
    #[arg(long, value_name = "FILE.ics", conflicts_with_all = ["in_place", "caldav"])]
    pub out: Option<PathBuf>,
    /// Overwrite the file of --event
    #[arg(long, requires = "event", conflicts_with = "caldav")]
    pub in_place: bool,
    /// Calendar or event on a CalDAV server to update. The login is in HEADSUP_CALDAV_USER and HEADSUP_CALDAV_PASSWORD, or
    /// HEADSUP_CALDAV_TOKEN
    #[arg(long, value_name = "URL")]
    pub caldav: Option<String>,
    /// Link to the brief instead of attaching it (Google Calendar and Thunderbird show only links)
    #[arg(long, value_name = "URL")]
    pub link: Option<String>,
    /// Copy to attach; boss only if you and your boss alone are invited [default: shared]
    #[arg(long = "for", value_name = "COPY", value_enum)]
    pub audience: Option<Audience>,
    /// Show guests, copy and what is left out; write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Increase SEQUENCE, for calendars that otherwise ignore an update
    #[arg(long)]
    pub bump_sequence: bool,
}

/// What is known before the brief is made. The guests decide which copy of the brief it is.
struct Asked<'a> {
    invite: &'a Invite,
    config: Config,
    request: Request,
    link: Option<String>,
    terminal: &'a Terminal,
}

/// A calendar file with the brief in it, and the messages about it.
struct Filled {
    bytes: Vec<u8>,
    said: String,
}

impl Invite {
    pub fn run(&self, terminal: &Terminal) -> Result<(), Failure> {
        let link = self.link.as_deref().map(checked_link).transpose()?;
        let (config, _) = Config::load(&self.which.team_dir)?;
        let request = self.which.request(Audience::Shared, Some(vec![Format::Pdf]))?;
        let asked = Asked { invite: self, config, request, link, terminal };
        match &self.caldav {
            Some(url) => asked.to_server(url),
            None => asked.to_file(),
        }
    }
}

impl Asked<'_> {
    /// Returns the choice of the copy for these guests, and its brief.
    fn brief(&self, guests: &BTreeSet<String>) -> Result<(Choice, RenderedBrief), Failure> {
        let choice = copy::settle(self.invite.audience, guests, &self.config.team, self.terminal)?;
        let request = Request { audience: choice.audience, ..self.request.clone() };
        let rendered = pipeline::run(&self.invite.which.team_dir, &request)?;
        self.terminal.show(&rendered.problems);
        Ok((choice, rendered))
    }

    fn change<'a>(&'a self, rendered: &'a RenderedBrief, name: &'a str) -> Result<Change<'a>, Failure> {
        let pdf = rendered.bytes(Format::Pdf).map(|bytes| (name, bytes));
        Ok(Change {
            attachment: pdf.filter(|_| self.link.is_none()),
            link: self.link.as_deref(),
            stamp: surroundings::stamp(self.request.as_of)?,
            bump_sequence: self.invite.bump_sequence,
            strip_method: self.invite.caldav.is_some(),
        })
    }

    fn meeting(&self, calendar: &Calendar<'_>) -> Result<Meeting, Failure> {
        let (uid, on) = (self.invite.uid.as_deref(), self.invite.which.on);
        Ok(find(calendar, uid, on, self.request.as_of, self.config.calendar.timezone)?)
    }

    /// Returns the day of the 1:1.
    fn on(&self) -> chrono::NaiveDate {
        self.request.on.unwrap_or(self.request.as_of)
    }

    /// Puts the brief into the meeting of this calendar.
    fn in_calendar(&self, calendar: &Calendar<'_>) -> Result<Filled, Failure> {
        let meeting = self.meeting(calendar)?;
        let guests = invite::guests(calendar, &meeting);
        let (choice, rendered) = self.brief(&guests)?;
        let name = rendered.file_name(Format::Pdf);
        let bytes = splice(calendar, &meeting, &self.change(&rendered, &name)?);
        Ok(Filled { bytes, said: self.described(&guests, &choice, &rendered) })
    }

    /// Puts the brief into a new event. Nobody is invited, but calendars are shared, so the same rule selects the copy.
    fn in_own_event(&self) -> Result<Filled, Failure> {
        let guests = self.config.team.manager_email.iter().map(|email| invite::address(email)).collect();
        let (choice, rendered) = self.brief(&guests)?;
        let name = rendered.file_name(Format::Pdf);
        let event = invite::OwnEvent {
            uid: &self.own_uid(),
            on: self.on(),
            summary: &render::on_one_line(&format!("1:1 prep: {}", rendered.analysis.team)),
            description: &render::text(&rendered.brief),
        };
        let bytes = event.calendar(&self.change(&rendered, &name)?).into_bytes();
        Ok(Filled { bytes, said: self.described(&guests, &choice, &rendered) })
    }

    fn own_uid(&self) -> String {
        format!("headsup-{}", ident(&[self.config.team.name.as_bytes(), self.on().to_string().as_bytes()]))
    }

    fn described(&self, guests: &BTreeSet<String>, choice: &Choice, rendered: &RenderedBrief) -> String {
        let copy = copy::described(choice, rendered);
        if !self.invite.dry_run {
            return copy;
        }
        let people: Vec<&str> = guests.iter().map(String::as_str).collect();
        let people = if people.is_empty() { "nobody".to_owned() } else { people.join(", ") };
        let attached = match &self.link {
            Some(link) => format!("Link: {link}"),
            None => format!("Attached: {}", rendered.file_name(Format::Pdf)),
        };
        format!("Event: {}\nInvited: {people}\n{attached}\nCopy: {copy}\nNothing was written.\n", self.on())
    }

    /// Reads the exported meeting. Returns `None` if none was given.
    fn exported(&self) -> Result<Option<(String, Vec<u8>)>, Failure> {
        let Some(event) = &self.invite.event else { return Ok(None) };
        let shown = event.display().to_string();
        let bytes = input::read_whole(event, &shown, input::MAX_CALENDAR_BYTES)?;
        Ok(Some((shown, bytes)))
    }

    fn to_file(&self) -> Result<(), Failure> {
        let filled = match self.exported()? {
            Some((shown, bytes)) => self.in_calendar(&Calendar::parse(&bytes, &shown)?)?,
            None => self.in_own_event()?,
        };
        if self.invite.dry_run {
            return self.terminal.print(&filled.said);
        }
        self.terminal.say(&filled.said);
        let in_place = self.invite.event.clone().filter(|_| self.invite.in_place);
        let name = format!("{}-invite.ics", self.on());
        let default = in_place.unwrap_or_else(|| self.invite.which.team_dir.join("out").join(name));
        let out = self.invite.out.clone().unwrap_or(default);
        if out.as_os_str() == "-" {
            return self.terminal.print_bytes(&filled.bytes);
        }
        output::write(&out, &filled.bytes, Mode::Private)?;
        self.terminal.print(&format!("{}\n", out.display()))
    }

    fn to_server(&self, url: &str) -> Result<(), Failure> {
        let login = secret::login("CALDAV")?.map(|secret| match secret {
            Secret::Password { user, password } => Login::Password { user, password },
            Secret::Token { token, .. } => Login::Token(token),
        });
        let client = Client::new(url, login)?;
        let capabilities = client.capabilities()?;
        let exported = self.exported()?;
        let exported = exported.as_ref().map(|(shown, bytes)| Calendar::parse(bytes, shown)).transpose()?;
        let uid = self.wanted_uid(exported.as_ref())?;
        let stored: Option<Stored> = match &uid {
            _ if client.is_event() => Some(client.event()?),
            Some(uid) => client.find(uid)?,
            None => client.find(&self.own_uid())?,
        };
        let is_own = uid.is_none() && !client.is_event();
        let filled = match (&stored, &exported) {
            _ if is_own => self.in_own_event()?,
            (Some(stored), _) => self.in_calendar(&Calendar::parse(stored.data.as_bytes(), stored.href.as_str())?)?,
            (None, Some(calendar)) => self.in_calendar(calendar)?,
            (None, None) => {
                let uid = uid.unwrap_or_default();
                return Err(Problem::error("no-event", format!("the calendar has no event with the UID {uid}"))
                    .help("look the UID up in an export of the event, or give that export with --event")
                    .into());
            }
        };
        if self.invite.dry_run {
            return self.terminal.print(&filled.said);
        }
        self.terminal.say(&filled.said);
        if capabilities.schedules {
            self.terminal.say("the calendar server tells the guests itself: no mail is needed");
        }
        let href = match stored {
            Some(stored) => {
                client.update(&stored, &filled.bytes, capabilities)?;
                stored.href
            }
            None => client.create(&uid.unwrap_or_else(|| self.own_uid()), &filled.bytes, capabilities)?,
        };
        self.terminal.print(&format!("{href}\n"))
    }

    /// Returns the UID that was asked for, otherwise that of the exported meeting. `None` means a new event.
    fn wanted_uid(&self, exported: Option<&Calendar<'_>>) -> Result<Option<String>, Failure> {
        if let Some(uid) = &self.invite.uid {
            return Ok(Some(uid.clone()));
        }
        let Some(calendar) = exported else { return Ok(None) };
        let (Meeting::InPlace { event } | Meeting::Occurrence { master: event, .. }) = self.meeting(calendar)?;
        Ok(calendar.property(event, "UID").map(|line| line.value().trim().to_owned()))
    }
}

/// Checks a link for the calendar, and percent-encodes characters that are not allowed in an address.
fn checked_link(link: &str) -> Result<String, Failure> {
    match url::Url::parse(link) {
        Ok(url) if matches!(url.scheme(), "https" | "http") => Ok(url.into()),
        _ => Err(Failure::Usage(format!("--link {link}: write an address that begins with https://"))),
    }
}
