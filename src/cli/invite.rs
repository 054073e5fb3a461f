//! `headsup invite`: the brief into a calendar — an exported event, an event of its own, or one on a CalDAV server.

use std::path::PathBuf;

use clap::Args;

use super::render::Which;
use super::{Terminal, secret, surroundings};
use crate::config::Format;
use crate::deliver::caldav::{Client, Login};
use crate::deliver::ics::Calendar;
use crate::deliver::ics::occurrence::{Meeting, find};
use crate::deliver::ics::splice::{Change, splice};
use crate::deliver::{ident, invite};
use crate::input;
use crate::output::{self, Mode};
use crate::pipeline::{self, RenderedBrief};
use crate::problem::{Failure, Problem};
use crate::redact::Audience;
use crate::render;

/// Put the brief into the calendar invite of the 1:1.
#[derive(Debug, Args)]
pub struct Invite {
    #[command(flatten)]
    pub which: Which,
    /// The meeting as exported from a calendar; without it an event of its own is made
    #[arg(long, value_name = "FILE.ics")]
    pub event: Option<PathBuf>,
    /// Which event, where the file or the calendar holds several
    #[arg(long)]
    pub uid: Option<String>,
    /// Where to write the calendar file; `-` prints it [default: TEAM_DIR/out/DATE-invite.ics]
    #[arg(long, value_name = "FILE.ics", conflicts_with_all = ["in_place", "caldav"])]
    pub out: Option<PathBuf>,
    /// Overwrite the file given by --event
    #[arg(long, requires = "event", conflicts_with = "caldav")]
    pub in_place: bool,
    /// Put it into this calendar, or this event, on a CalDAV server (HEADSUP_CALDAV_USER, HEADSUP_CALDAV_PASSWORD)
    #[arg(long, value_name = "URL")]
    pub caldav: Option<String>,
    /// Link to the brief instead of putting it inside (Google Calendar and Thunderbird show only links)
    #[arg(long, value_name = "URL")]
    pub link: Option<String>,
    /// Which copy [default: shared]
    #[arg(long = "for", value_name = "COPY", value_enum, default_value = "shared")]
    pub audience: Audience,
    /// Add one to SEQUENCE, for calendars that ignore an update without it
    #[arg(long)]
    pub bump_sequence: bool,
}

impl Invite {
    pub fn run(&self, terminal: &Terminal) -> Result<(), Failure> {
        let link = self.link.as_deref().map(checked_link).transpose()?;
        let link = link.as_deref();
        let request = self.which.request(self.audience, Some(vec![Format::Pdf]))?;
        let rendered = pipeline::run(&self.which.team_dir, &request)?;
        terminal.show(&rendered.problems);
        let name = rendered.file_name(Format::Pdf);
        let change = Change {
            attachment: if link.is_some() {
                None
            } else {
                rendered.bytes(Format::Pdf).map(|bytes| (name.as_str(), bytes))
            },
            link,
            stamp: surroundings::stamp(request.as_of)?,
            bump_sequence: self.bump_sequence,
            strip_method: self.caldav.is_some(),
        };
        match &self.caldav {
            Some(url) => self.to_server(url, &rendered, &change, terminal),
            None => self.to_file(&rendered, &change, terminal),
        }
    }

    /// Finds the meeting and makes the change, if this copy may go to its guests.
    fn changed(
        &self,
        calendar: &Calendar<'_>,
        rendered: &RenderedBrief,
        change: &Change<'_>,
    ) -> Result<Vec<u8>, Failure> {
        let meeting = self.meeting(calendar, rendered)?;
        invite::allowed(self.audience, &invite::guests(calendar, &meeting), &rendered.config.team)?;
        Ok(splice(calendar, &meeting, change))
    }

    fn meeting(&self, calendar: &Calendar<'_>, rendered: &RenderedBrief) -> Result<Meeting, Failure> {
        let timezone = rendered.config.calendar.timezone;
        Ok(find(calendar, self.uid.as_deref(), self.which.on, rendered.analysis.as_of, timezone)?)
    }

    fn to_file(&self, rendered: &RenderedBrief, change: &Change<'_>, terminal: &Terminal) -> Result<(), Failure> {
        let (bytes, default) = match &self.event {
            Some(event) => {
                let shown = event.display().to_string();
                let bytes = input::whole(event, &shown, input::CALENDAR)?;
                let calendar = Calendar::parse(&bytes, &shown)?;
                (self.changed(&calendar, rendered, change)?, self.in_place.then(|| event.clone()))
            }
            None => (own_event(rendered, change)?.1.into_bytes(), None),
        };
        let default = default
            .unwrap_or_else(|| self.which.team_dir.join("out").join(format!("{}-invite.ics", rendered.analysis.on)));
        let out = self.out.clone().unwrap_or(default);
        if out.as_os_str() == "-" {
            return terminal.print_bytes(&bytes);
        }
        output::write(&out, &bytes, Mode::Private)?;
        terminal.print(&format!("{}\n", out.display()))
    }

    fn to_server(
        &self,
        url: &str,
        rendered: &RenderedBrief,
        change: &Change<'_>,
        terminal: &Terminal,
    ) -> Result<(), Failure> {
        let login = secret::login("CALDAV", None)?.map(|s| Login { user: s.user, password: s.password });
        let client = Client::new(url, login)?;
        let capabilities = client.capabilities()?;
        if capabilities.schedules {
            terminal.say("the calendar server tells the guests itself: no mail is needed");
        }
        let exported = match &self.event {
            Some(event) => {
                let shown = event.display().to_string();
                let bytes = input::whole(event, &shown, input::CALENDAR)?;
                Some((shown, bytes))
            }
            None => None,
        };
        let exported = exported.as_ref().map(|(shown, bytes)| Calendar::parse(bytes, shown)).transpose()?;
        let wanted = match (&exported, &self.uid) {
            (_, Some(uid)) => Some(uid.clone()),
            (Some(calendar), None) => {
                let meeting = self.meeting(calendar, rendered)?;
                let (Meeting::InPlace { event } | Meeting::Occurrence { master: event, .. }) = meeting;
                calendar.property(event, "UID").map(|line| line.value().trim().to_owned())
            }
            (None, None) => None,
        };

        let (stored, own) = if client.is_event() {
            (Some(client.event()?), None)
        } else if let Some(uid) = &wanted {
            (client.find(uid)?, None)
        } else {
            let (uid, event) = own_event(rendered, change)?;
            (client.find(&uid)?, Some((uid, event)))
        };
        let href = match (stored, own, exported, wanted) {
            (Some(stored), Some((_, event)), ..) => {
                client.update(&stored, event.as_bytes(), capabilities)?;
                stored.href
            }
            (None, Some((uid, event)), ..) => client.create(&uid, event.as_bytes(), capabilities)?,
            (Some(stored), None, ..) => {
                let calendar = Calendar::parse(stored.data.as_bytes(), stored.href.as_str())?;
                let data = self.changed(&calendar, rendered, change)?;
                client.update(&stored, &data, capabilities)?;
                stored.href
            }
            (None, None, Some(calendar), Some(uid)) => {
                let data = self.changed(&calendar, rendered, change)?;
                client.create(&uid, &data, capabilities)?
            }
            (None, None, _, uid) => {
                let uid = uid.unwrap_or_default();
                return Err(Problem::error("no-event", format!("the calendar has no event with the UID {uid}"))
                    .help("look the UID up in an export of the event, or give that export with --event")
                    .into());
            }
        };
        terminal.print(&format!("{href}\n"))
    }
}

/// A link that a calendar may show, with what no address may hold written as `%20` and so on.
fn checked_link(link: &str) -> Result<String, Failure> {
    match url::Url::parse(link) {
        Ok(url) if matches!(url.scheme(), "https" | "http") => Ok(url.into()),
        _ => Err(Failure::Usage(format!("--link {link}: write an address that begins with https://"))),
    }
}

/// UID and text of an event of our own, for the day of the 1:1.
fn own_event(rendered: &RenderedBrief, change: &Change<'_>) -> Result<(String, String), Failure> {
    // Nobody is invited, but calendars are shared: the rule is the same.
    let alone = [&rendered.config.team.manager_email].into_iter().flatten().map(|e| invite::address(e)).collect();
    invite::allowed(rendered.brief.audience, &alone, &rendered.config.team)?;
    let on = rendered.analysis.on;
    let id = ident(&[rendered.analysis.team.as_bytes(), on.to_string().as_bytes()]);
    let uid = format!("headsup-{id}");
    let event = invite::OwnEvent {
        uid: &uid,
        on,
        summary: &render::on_one_line(&format!("1:1 prep: {}", rendered.analysis.team)),
        description: &render::text(&rendered.brief),
    };
    let text = event.calendar(change);
    Ok((uid, text))
}
