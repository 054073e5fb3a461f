//! Puts the brief into a calendar on a server (CalDAV, RFC 4791). The event is fetched, edited and stored at its own
//! address, unless somebody changed it in the meantime. The `invite` command in [`crate::cli`] uses this.

use base64::Engine as _;
use ureq::http::{Request, Response, StatusCode};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use url::Url;

use super::ics::Calendar;
use super::ics::escape_text;
use super::trust;
use crate::input;
use crate::problem::Failure;

/// Credentials for the server, from the environment or a prompt.
#[derive(Debug, Clone)]
pub enum Login {
    Password {
        user: String,
        password: String,
    },
    /// An access token (RFC 6750).
    Token(String),
}

/// An event as the server stores it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    pub href: Url,
    /// Version of the event. `None` if the server does not report one: then the event is not overwritten.
    pub etag: Option<String>,
    pub data: String,
}

/// Capabilities that a calendar reports.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Capabilities {
    /// Size of the largest event that it stores, in bytes.
    pub max_resource_size: Option<u64>,
    /// Whether the server mails the guests itself, so that nobody else should.
    pub schedules: bool,
}

/// A connection to one calendar or one event.
pub struct Client {
    agent: ureq::Agent,
    url: Url,
    login: Option<Login>,
}

impl Client {
    /// Creates a client for `url`, which is a calendar or an event in it. Addresses without TLS are allowed only on
    /// this machine.
    pub fn new(url: &str, login: Option<Login>) -> Result<Self, Failure> {
        let url = Url::parse(url).map_err(|e| Failure::Usage(format!("--caldav is not an address: {e}")))?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Failure::Usage(
                "user and password do not belong on the command line: set HEADSUP_CALDAV_USER and HEADSUP_CALDAV_PASSWORD"
                    .into(),
            ));
        }
        let is_loopback = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        if url.scheme() != "https" && !(url.scheme() == "http" && is_loopback) {
            return Err(Failure::Usage(format!("--caldav {url} would send the brief unencrypted: write https://…")));
        }
        let config = ureq::Agent::config_builder();
        // A server on this machine is reached directly, whatever proxy the environment sets.
        let config = if is_loopback { config.proxy(None) } else { config };
        let agent = config
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            // A redirect could send the password to another server.
            .max_redirects(0)
            .timeout_resolve(Some(trust::TIMEOUT))
            .timeout_connect(Some(trust::TIMEOUT))
            .timeout_recv_response(Some(trust::TIMEOUT))
            .timeout_recv_body(Some(trust::TIMEOUT))
            .timeout_send_body(Some(trust::TIMEOUT * 4))
            .tls_config(tls())
            .user_agent(concat!("headsup/", env!("CARGO_PKG_VERSION")))
            .build()
            .new_agent();
        Ok(Self { agent, url, login })
    }

    /// Returns whether the address is that of one event.
    pub fn is_event(&self) -> bool {
        self.url.path().ends_with(".ics")
    }

    /// Returns the address of the calendar itself: the given address, or the folder of the event.
    fn collection(&self) -> Url {
        let mut url = self.url.clone();
        if self.is_event() {
            url = url.join(".").unwrap_or(url);
        } else if !url.path().ends_with('/') {
            url.set_path(&format!("{}/", self.url.path()));
        }
        url
    }

    /// Asks the server for the capabilities of the calendar.
    pub fn capabilities(&self) -> Result<Capabilities, Failure> {
        let collection = self.collection();
        let ask = "<?xml version=\"1.0\" encoding=\"utf-8\"?><propfind xmlns=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\">\
<prop><resourcetype/><C:max-resource-size/></prop></propfind>";
        let answer = self.call("PROPFIND", &collection, &[("Depth", "0"), XML], ask)?;
        let schedules = header(&answer.0, "DAV").is_some_and(|dav| dav.contains("calendar-auto-schedule"));
        let schedules = schedules || self.options(&collection)?.contains("calendar-auto-schedule");
        check(&answer.0, &collection)?;
        let max_resource_size = xml(&answer.1)?
            .descendants()
            .find(|node| node.has_tag_name(("urn:ietf:params:xml:ns:caldav", "max-resource-size")))
            .and_then(|node| node.text()?.trim().parse().ok());
        Ok(Capabilities { max_resource_size, schedules })
    }

    fn options(&self, url: &Url) -> Result<String, Failure> {
        let (answer, _) = self.call("OPTIONS", url, &[], "")?;
        Ok(header(&answer, "DAV").unwrap_or_default().to_owned())
    }

    /// Fetches the event at the given address.
    pub fn event(&self) -> Result<Stored, Failure> {
        let (answer, data) = self.call("GET", &self.url, &[], "")?;
        check(&answer, &self.url)?;
        let etag = header(&answer, "ETag").map(str::to_owned);
        Ok(Stored { href: self.url.clone(), etag, data })
    }

    /// Fetches the event with this UID, or `None` if the calendar does not contain it.
    pub fn find(&self, uid: &str) -> Result<Option<Stored>, Failure> {
        let collection = self.collection();
        let uid_text = uid.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let ask = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><C:calendar-query xmlns=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\">\
<prop><getetag/><C:calendar-data/></prop><C:filter><C:comp-filter name=\"VCALENDAR\"><C:comp-filter name=\"VEVENT\">\
<C:prop-filter name=\"UID\"><C:text-match collation=\"i;octet\">{uid_text}</C:text-match></C:prop-filter>\
</C:comp-filter></C:comp-filter></C:filter></C:calendar-query>"
        );
        let (answer, body) = self.call("REPORT", &collection, &[("Depth", "1"), XML], &ask)?;
        check(&answer, &collection)?;
        let document = xml(&body)?;
        for response in document.descendants().filter(|node| node.has_tag_name(("DAV:", "response"))) {
            let text = |space: &str, name: &str| {
                response.descendants().find(|node| node.has_tag_name((space, name))).and_then(|node| node.text())
            };
            let data = text("urn:ietf:params:xml:ns:caldav", "calendar-data");
            let (Some(href), Some(data)) = (text("DAV:", "href"), data) else { continue };
            // The server's text match also finds substrings, but the whole UID must match.
            let is_it = Calendar::parse(data.as_bytes(), href).is_ok_and(|calendar| {
                calendar.events().any(|e| calendar.property(e, "UID").is_some_and(|line| line.value().trim() == uid))
            });
            if is_it {
                let href =
                    collection.join(href.trim()).ok().filter(|href| is_of_same_server(href, &self.url)).ok_or_else(
                        || Failure::Refused(format!("the server at {} points elsewhere", place(&self.url))),
                    )?;
                let etag = text("DAV:", "getetag").map(str::to_owned);
                return Ok(Some(Stored { href, etag, data: data.to_owned() }));
            }
        }
        Ok(None)
    }

    /// Stores an event where it was, unless it has changed since it was fetched.
    pub fn update(&self, stored: &Stored, data: &[u8], capabilities: Capabilities) -> Result<(), Failure> {
        let Some(etag) = &stored.etag else {
            return Err(Failure::Refused(format!(
                "the server gives no ETag for {}, so a change in between could be overwritten: attach the brief with --event and import the file",
                place(&self.url)
            )));
        };
        self.put(&stored.href, data, ("If-Match", etag), capabilities)
    }

    /// Stores a new event in the calendar, unless one with its name exists.
    pub fn create(&self, uid: &str, data: &[u8], capabilities: Capabilities) -> Result<Url, Failure> {
        let name: String = uid.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '-' }).collect();
        let href = self
            .collection()
            .join(&format!("{name}.ics"))
            .map_err(|e| Failure::Usage(format!("--caldav {}: {e}", self.url)))?;
        self.put(&href, data, ("If-None-Match", "*"), capabilities)?;
        Ok(href)
    }

    fn put(&self, href: &Url, data: &[u8], condition: (&str, &str), capabilities: Capabilities) -> Result<(), Failure> {
        if let Some(most) = capabilities.max_resource_size
            && data.len() as u64 > most
        {
            return Err(Failure::Refused(format!(
                "the event with the brief has {} bytes and the server stores {most} at most: send a --link instead",
                data.len()
            )));
        }
        // The server may choose the address, so messages show the address that the user gave.
        let place = place(&self.url);
        let text = String::from_utf8_lossy(data);
        let headers = [condition, ("Content-Type", "text/calendar; charset=utf-8")];
        let (answer, body) = self.call("PUT", href, &headers, &text)?;
        match answer.status() {
            StatusCode::PRECONDITION_FAILED => Err(Failure::Refused(format!(
                "the event was changed on the server in the meantime; nothing was overwritten: run the command again ({place})"
            ))),
            StatusCode::CONFLICT | StatusCode::FORBIDDEN if body.contains("no-uid-conflict") => Err(Failure::Refused(
                format!("another event of this calendar has the same UID; nothing was written ({place})"),
            )),
            StatusCode::CONFLICT => Err(Failure::Refused(format!(
                "the server holds this UID elsewhere, or the calendar is gone; nothing was written ({place})"
            ))),
            StatusCode::PAYLOAD_TOO_LARGE | StatusCode::INSUFFICIENT_STORAGE => {
                Err(Failure::Refused(format!("the event is too large for the server: send a --link instead ({place})")))
            }
            _ => check(&answer, href),
        }
    }

    fn call(
        &self,
        method: &str,
        url: &Url,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Result<(Response<()>, String), Failure> {
        let mut request = Request::builder().method(method).uri(url.as_str());
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request = match &self.login {
            None => request,
            Some(Login::Password { user, password }) => {
                let encoded = base64::engine::general_purpose::STANDARD.encode(format!("{user}:{password}"));
                request.header("Authorization", format!("Basic {encoded}"))
            }
            Some(Login::Token(token)) => request.header("Authorization", format!("Bearer {token}")),
        };
        let unsent = |e: &ureq::Error| unanswered(e, url);
        let answer = if body.is_empty() {
            let request = request.body(()).map_err(|e| Failure::Usage(format!("--caldav {}: {e}", place(url))))?;
            self.agent.run(request)
        } else {
            let request =
                request.body(body.to_owned()).map_err(|e| Failure::Usage(format!("--caldav {}: {e}", place(url))))?;
            self.agent.run(request)
        };
        let (parts, mut body) = answer.map_err(|e| unsent(&e))?.into_parts();
        let text = body
            .with_config()
            .limit(input::MAX_CALENDAR_BYTES)
            .lossy_utf8(true)
            .read_to_string()
            .map_err(|e| unsent(&e))?;
        Ok((Response::from_parts(parts, ()), text))
    }
}

/// Most nodes in a server's answer: an answer about thousands of events has fewer.
const MAX_NODES: u32 = 500_000;

const XML: (&str, &str) = ("Content-Type", "application/xml; charset=utf-8");

/// Returns whether an address that a server sent belongs to that server: same scheme, host and port, and without a
/// user.
fn is_of_same_server(href: &Url, url: &Url) -> bool {
    let server = |url: &Url| (url.scheme().to_owned(), url.host_str().map(str::to_owned), url.port_or_known_default());
    server(href) == server(url) && href.username().is_empty() && href.password().is_none()
}

/// Returns the TLS configuration with the trusted authorities.
fn tls() -> TlsConfig {
    let authorities = trust::authorities();
    if authorities.is_empty() {
        return TlsConfig::default();
    }
    let certificates: Vec<_> = authorities.iter().map(|der| Certificate::from_der(der).to_owned()).collect();
    TlsConfig::builder().root_certs(RootCerts::from(certificates)).build()
}

/// Describes that there was no answer. The user may try again, unless the certificate of the server is not trusted.
fn unanswered(error: &ureq::Error, url: &Url) -> Failure {
    if trust::is_untrusted(error) {
        return Failure::Refused(trust::untrusted(url.host_str().unwrap_or("the calendar server")));
    }
    match error {
        ureq::Error::Timeout(_)
        | ureq::Error::HostNotFound
        | ureq::Error::ConnectionFailed
        | ureq::Error::Io(_)
        | ureq::Error::Tls(_)
        | ureq::Error::Rustls(_) => {
            Failure::TryAgain(format!("the calendar server at {} does not answer: {}", place(url), reason(error)))
        }
        // A server that answers this will answer the same a minute later.
        _ => Failure::Refused(format!("{}: {}; is this a CalDAV address?", place(url), reason(error))),
    }
}

/// Describes in our words why there was no answer: messages do not repeat what a server wrote.
fn reason(error: &ureq::Error) -> String {
    match error {
        ureq::Error::Timeout(_) => format!("nothing came within {} seconds", trust::TIMEOUT.as_secs()),
        ureq::Error::HostNotFound => "there is no machine of that name".to_owned(),
        ureq::Error::ConnectionFailed => "nothing answers there".to_owned(),
        ureq::Error::Io(error) => error.kind().to_string(),
        ureq::Error::Tls(_) | ureq::Error::Rustls(_) => "no secure connection can be made".to_owned(),
        ureq::Error::BodyExceedsLimit(most) => format!("its answer has more than {most} bytes"),
        _ => "its answer is not understood".to_owned(),
    }
}

/// Returns an address without the parts that may be secret.
fn place(url: &Url) -> String {
    format!("{}{}", url.host_str().unwrap_or("?"), escape_text(url.path()))
}

fn header<'a>(answer: &'a Response<()>, name: &str) -> Option<&'a str> {
    answer.headers().get(name)?.to_str().ok()
}

/// Converts an HTTP status to the matching failure.
fn check(answer: &Response<()>, url: &Url) -> Result<(), Failure> {
    let status = answer.status();
    let url = place(url);
    match status.as_u16() {
        200..=299 => Ok(()),
        401 => Err(Failure::Refused(format!(
            "the calendar server does not know this user, password or token ({url}): set HEADSUP_CALDAV_USER and HEADSUP_CALDAV_PASSWORD, or HEADSUP_CALDAV_TOKEN"
        ))),
        403 => Err(Failure::Refused(format!("the calendar server does not allow this ({url})"))),
        404 | 410 => Err(Failure::Refused(format!("there is no calendar or event at {url}"))),
        300..=399 => Err(Failure::Refused(format!(
            "what was at {url} has moved; headsup follows no redirects with a password: give the new address"
        ))),
        429 | 500..=599 => Err(Failure::TryAgain(format!("the calendar server has trouble: {status} ({url})"))),
        _ => Err(Failure::Refused(format!("the calendar server refused: {status} ({url})"))),
    }
}

fn xml(text: &str) -> Result<roxmltree::Document<'_>, Failure> {
    let options = roxmltree::ParsingOptions { nodes_limit: MAX_NODES, ..Default::default() };
    roxmltree::Document::parse_with_options(text, options).map_err(|_| {
        Failure::Refused("the calendar server's answer cannot be read: is this a CalDAV address?".to_owned())
    })
}

#[cfg(test)]
mod tests;
