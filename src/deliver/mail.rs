//! Makes a mail with the brief: an `.eml` draft, or a mail that is sent by SMTP. The mail of an organizer carries the
//! updated meeting as an iMIP REQUEST (RFC 6047), an ordinary mail only the PDF. The same input gives the same bytes,
//! since date, id and boundaries are parameters.

use std::sync::mpsc;
use std::time::Duration;

use lettre::address::{Address, Envelope};
use lettre::message::header::{ContentDisposition, ContentTransferEncoding, ContentType, MessageId};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart, SinglePart};
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{Certificate, CertificateStore, Tls, TlsParameters};
use lettre::transport::smtp::response::Severity;
use lettre::{SmtpTransport, Transport as _};

use super::ics::splice::safe_file_name;
use super::trust;
use crate::problem::Failure;
use crate::render;

/// The parts of a mail to be written.
#[derive(Debug, Clone)]
pub(crate) struct Email<'a> {
    pub from: Mailbox,
    pub to: Vec<Mailbox>,
    pub subject: String,
    /// The summary as plain text.
    pub text: String,
    /// REQUEST that updates the meeting. `None` for an ordinary mail.
    pub request: Option<String>,
    pub file_name: &'a str,
    pub pdf: &'a [u8],
    /// Seconds since 1970, for the `Date` header.
    pub date: i64,
    /// Whether the mail is a draft that a mail program opens and sends, as opposed to a received mail.
    pub is_draft: bool,
    /// Source of `Message-ID` and the boundaries: the same for the same mail.
    pub ident: String,
}

/// Parses an address with or without a name.
pub(crate) fn mailbox(name: &str, address: &str) -> Result<Mailbox, Failure> {
    let parsed: Address = address
        .trim()
        .parse()
        .map_err(|_| Failure::Usage(format!("\"{address}\" is not a mail address: write it as name@example.org")))?;
    let name = render::on_one_line(name);
    Ok(Mailbox::new((!name.trim().is_empty()).then_some(name), parsed))
}

/// Returns the finished mail.
///
/// Its structure is `multipart/mixed( multipart/alternative( text/plain, text/calendar; method=REQUEST ),
/// application/pdf )`. The calendar part must be in the first part, since old versions of Outlook look only there. It
/// has no disposition, since it would then be shown as a file.
pub(crate) fn write(email: &Email<'_>) -> Result<Message, Failure> {
    let fault = |what: &str| Failure::Fault(format!("the mail cannot be built: {what}"));
    let content_type = |text: &str| ContentType::parse(text).map_err(|_| fault(text));
    let plain = || -> Result<SinglePart, Failure> {
        Ok(SinglePart::builder().header(content_type("text/plain; charset=utf-8")?).body(email.text.clone()))
    };
    let pdf = SinglePart::builder()
        .header(content_type("application/pdf")?)
        .header(ContentDisposition::attachment(&safe_file_name(email.file_name)))
        .header(ContentTransferEncoding::Base64)
        .body(email.pdf.to_vec());
    let mixed = MultiPart::mixed().boundary(format!("headsup-mixed-{}", email.ident));
    let body = match &email.request {
        None => mixed.singlepart(plain()?).singlepart(pdf),
        Some(request) => {
            let calendar = SinglePart::builder()
                .header(content_type("text/calendar; method=REQUEST; charset=utf-8")?)
                .header(ContentTransferEncoding::Base64)
                .body(request.clone());
            let alternative = MultiPart::alternative()
                .boundary(format!("headsup-alternative-{}", email.ident))
                .singlepart(plain()?)
                .singlepart(calendar);
            mixed.multipart(alternative).singlepart(pdf)
        }
    };
    let domain = email.from.email.domain();
    let date = std::time::UNIX_EPOCH
        .checked_add(std::time::Duration::from_secs(u64::try_from(email.date).unwrap_or(0)))
        .unwrap_or(std::time::UNIX_EPOCH);
    let mut builder = Message::builder()
        .from(email.from.clone())
        .subject(render::on_one_line(&email.subject))
        .date(date)
        .header(MessageId::from(format!("<headsup-{}@{domain}>", email.ident)));
    for to in &email.to {
        builder = builder.to(to.clone());
    }
    if email.is_draft {
        // With this header, Outlook opens the file as a draft with a button to send it.
        let unsent = HeaderName::new_from_ascii_str("X-Unsent");
        builder = builder.raw_header(HeaderValue::new(unsent, "1".to_owned()));
    }
    let to = email.to.iter().map(|mailbox| mailbox.email.clone()).collect();
    let envelope = Envelope::new(Some(email.from.email.clone()), to)
        .map_err(|_| Failure::Usage("the mail has nobody to go to: say --to ADDRESS, or set boss_email".into()))?;
    builder.envelope(envelope).multipart(body).map_err(|e| fault(&e.to_string()))
}

/// The server that accepts the mail.
#[derive(Debug, Clone)]
pub(crate) struct Server {
    /// Address: `smtps://host:465` or `smtp://host:587?tls=required`; plain `smtp://` is allowed only on this machine.
    pub url: String,
    pub login: Option<Login>,
}

/// Credentials for the server.
#[derive(Debug, Clone)]
pub(crate) enum Login {
    Password {
        user: String,
        password: String,
    },
    /// An access token (XOAUTH2), which Microsoft 365 and Google accept.
    Token {
        user: String,
        token: String,
    },
}

/// Slowest connection that is waited for, in bytes per second.
const MIN_BYTES_PER_SECOND: u64 = 20_000;

/// Sends a mail. After a 4xx answer or a lost connection the user may try again (exit code 75); a 5xx answer, a
/// certificate that is not trusted or a login method that the server does not offer is final (exit code 76).
pub(crate) fn send(message: &Message, server: &Server) -> Result<(), Failure> {
    let url = url::Url::parse(&server.url)
        .map_err(|e| Failure::Usage(format!("--smtp {}: {e}; write smtps://mail.example.org", server.url)))?;
    if url.password().is_some() {
        return Err(Failure::Usage("a password does not belong on the command line: set HEADSUP_SMTP_PASSWORD".into()));
    }
    let is_loopback = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    let starts_tls = url.query_pairs().any(|(key, value)| key == "tls" && value == "required");
    if url.scheme() != "smtps" && !starts_tls && !is_loopback {
        return Err(Failure::Usage(format!(
            "--smtp {} would send the brief unencrypted: write smtps://… or add ?tls=required",
            server.url
        )));
    }
    let host = url.host_str().unwrap_or_default();
    let usage = |e: lettre::transport::smtp::Error| Failure::Usage(format!("--smtp {}: {e}", server.url));
    let mut builder = SmtpTransport::from_url(&server.url).map_err(usage)?.timeout(Some(trust::TIMEOUT));
    if url.scheme() == "smtps" || starts_tls {
        let parameters = tls(host).map_err(usage)?;
        builder =
            builder.tls(if url.scheme() == "smtps" { Tls::Wrapper(parameters) } else { Tls::Required(parameters) });
    }
    builder = match &server.login {
        None => builder,
        Some(Login::Password { user, password }) => {
            builder.credentials(Credentials::new(user.clone(), password.clone()))
        }
        Some(Login::Token { user, token }) => {
            builder.credentials(Credentials::new(user.clone(), token.clone())).authentication(vec![Mechanism::Xoauth2])
        }
    };
    // The time-out applies to each read, so an answer that arrives byte by byte would never time out.
    let wait = trust::TIMEOUT * 4 + Duration::from_secs(message.formatted().len() as u64 / MIN_BYTES_PER_SECOND);
    let (transport, message) = (builder.build(), message.clone());
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || tell.send(transport.send(&message)));
    match told.recv_timeout(wait) {
        // A server that asks for more at the end has not accepted the mail.
        Ok(Ok(answer)) if answer.code().severity != Severity::PositiveCompletion => {
            Err(Failure::TryAgain(format!("the mail was not sent: the server answered {}", answer.code())))
        }
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => Err(not_sent(&error, host, server.login.as_ref())),
        Err(_) => Err(Failure::TryAgain(format!(
            "{host} did not take the mail within {} seconds; it may have been sent: look into the mailbox before you try again",
            wait.as_secs()
        ))),
    }
}

/// Returns how the connection to `host` is encrypted, and which authorities are trusted.
fn tls(host: &str) -> Result<TlsParameters, lettre::transport::smtp::Error> {
    let authorities = trust::authorities();
    let mut builder = TlsParameters::builder(host.trim_matches(['[', ']']).to_owned());
    if !authorities.is_empty() {
        builder = builder.certificate_store(CertificateStore::None);
    }
    for authority in authorities {
        // A certificate that cannot be read is not trusted.
        if let Ok(certificate) = Certificate::from_der(authority) {
            builder = builder.add_root_certificate(certificate);
        }
    }
    builder.build()
}

/// Describes in our words why a mail was not sent: of a server's answer only the code is repeated.
fn not_sent(error: &lettre::transport::smtp::Error, host: &str, login: Option<&Login>) -> Failure {
    let said = |why: &str| format!("the mail was not sent: {why}");
    // A capability that the server lacks will be missing a minute later, too.
    let says = |words: &str| format!("{error:?}").to_lowercase().contains(words);
    match error.status() {
        Some(code) if error.is_permanent() && matches!(code.to_string().as_str(), "530" | "534" | "535") => {
            Failure::Refused(said(&format!(
                "the server answered {code}: it does not take this login; where passwords are switched off, as in \
                 Microsoft 365, set HEADSUP_SMTP_TOKEN, or send through a relay"
            )))
        }
        Some(code) if error.is_permanent() => Failure::Refused(said(&format!("the server answered {code}"))),
        Some(code) => Failure::TryAgain(said(&format!("the server answered {code}"))),
        None if trust::is_untrusted(error) => Failure::Refused(said(&trust::untrusted(host))),
        None if error.is_timeout() || says("timedout") || says("wouldblock") => {
            let seconds = trust::TIMEOUT.as_secs();
            Failure::TryAgain(said(&format!("{host} did not answer within {seconds} seconds")))
        }
        None if error.is_client() && says("starttls") => {
            Failure::Refused(said(&format!("{host} offers no encryption (STARTTLS): write smtps://{host}")))
        }
        None if error.is_client() => Failure::Refused(said(&match login {
            Some(Login::Token { .. }) => {
                format!("{host} takes no access token (XOAUTH2): set HEADSUP_SMTP_PASSWORD instead")
            }
            _ => format!(
                "{host} takes no user and password: set HEADSUP_SMTP_TOKEN to an access token, or send through a relay \
                 that needs no login"
            ),
        })),
        None if error.is_tls() || says("invaliddata") || says("invalidmessage") => Failure::Refused(said(&format!(
            "no secure connection to {host} can be made: is it smtps://{host}:465 or smtp://{host}:587?tls=required?"
        ))),
        None if error.is_response() && says("incomplete response") => {
            Failure::TryAgain(said(&format!("{host} closed the connection")))
        }
        None if error.is_response() => Failure::Refused(said(&format!(
            "the answer of {host} is not understood: is this the address and the port of a mail server?"
        ))),
        None => Failure::TryAgain(said(&format!("{host} cannot be reached"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn email(request: Option<String>) -> Email<'static> {
        Email {
            from: mailbox("Dana Reyes", "dana@example.org").unwrap(),
            to: vec![mailbox("Alex Kim", "alex@example.org").unwrap()],
            subject: "Self-serve lands late\r\nBcc: eve@example.org".into(),
            text: "Zwölf Tage.".into(),
            request,
            file_name: "../a b.pdf",
            pdf: b"%PDF",
            date: 1_795_132_800,
            is_draft: false,
            ident: "abc".into(),
        }
    }

    #[test]
    fn an_ordinary_mail_has_its_parts_in_order_and_no_injected_headers() {
        let mail = String::from_utf8(write(&email(None)).unwrap().formatted()).unwrap();
        assert!(!mail.contains("\r\nBcc"), "{mail}");
        assert!(mail.contains("Date: Fri, 20 Nov 2026 00:00:00 +0000\r\n"), "{mail}");
        assert!(mail.contains("Message-ID: <headsup-abc@example.org>\r\n"), "{mail}");
        assert!(mail.contains("filename=\"a-b.pdf\""), "{mail}");
        let types: Vec<&str> = mail.lines().filter_map(|l| l.strip_prefix("Content-Type: ")).collect();
        assert_eq!(types.len(), 3, "{types:?}");
        assert!(types[0].starts_with("multipart/mixed") && types[2] == "application/pdf", "{types:?}");
    }

    #[test]
    fn a_request_has_its_parts_in_order_and_the_same_bytes_twice() {
        let build = || write(&email(Some("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n".into()))).unwrap().formatted();
        let mail = String::from_utf8(build()).unwrap();
        assert_eq!(mail.as_bytes(), build());
        let types: Vec<&str> = mail.lines().filter_map(|l| l.strip_prefix("Content-Type: ")).collect();
        assert!(types[1].starts_with("multipart/alternative"), "{types:?}");
        assert_eq!(types[3], "text/calendar; method=REQUEST; charset=utf-8");
        assert_eq!(mail.matches("Content-Disposition").count(), 1);
    }

    #[test]
    fn a_draft_is_marked_as_unsent() {
        let draft = write(&Email { is_draft: true, ..email(None) }).unwrap().formatted();
        assert!(String::from_utf8(draft).unwrap().contains("X-Unsent: 1\r\n"));
        assert!(!String::from_utf8(write(&email(None)).unwrap().formatted()).unwrap().contains("X-Unsent"));
    }

    #[test]
    fn no_header_contains_invisible_control_characters() {
        let name = "Dana \u{1b}[31m\u{202e}Reyes\u{9b}";
        let email = Email {
            from: mailbox(name, "dana@example.org").unwrap(),
            subject: "\u{2066}late\u{7}".into(),
            ..email(None)
        };
        assert_eq!(email.from.name.as_deref(), Some("Dana [31mReyes"));
        let mail = String::from_utf8(write(&email).unwrap().formatted()).unwrap();
        assert!(mail.contains("Subject: late\r\n"), "{mail}");
    }

    #[test]
    fn passwords_and_briefs_are_never_sent_unencrypted() {
        let message = write(&email(None)).unwrap();
        for url in ["smtp://mail.example.org", "smtps://dana:secret@mail.example.org", "mail.example.org"] {
            let server = Server { url: url.into(), login: None };
            let failure = send(&message, &server).unwrap_err();
            assert_eq!(failure.exit_code(), 2, "{failure}");
            assert!(!failure.to_string().contains("secret"));
        }
    }
}
