//! Tests of what is never sent to other servers, and of which parts of a server's answer messages may contain.

use super::*;

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

#[test]
fn addresses_on_other_servers_are_refused() {
    let own = url("https://cal.example.org/dav/");
    for same in ["https://cal.example.org/other/event.ics", "https://CAL.example.org:443/x"] {
        assert!(is_of_same_server(&url(same), &own), "{same}");
    }
    for other in [
        "http://cal.example.org/x",
        "https://cal.example.org:8443/x",
        "https://cal.example.org.evil.org/x",
        "https://evil.org/cal.example.org",
        "https://user@cal.example.org/x",
        "https://:secret@cal.example.org/x",
        "ftp://cal.example.org/x",
    ] {
        assert!(!is_of_same_server(&url(other), &own), "{other}");
    }
}

#[test]
fn an_address_with_a_user_is_refused_and_not_shown() {
    for text in [
        "https://dana:SECRET@cal.example.org/",
        "http://dana:SECRET@127.0.0.1:5232/",
        "http://dana:SECRET@cal.example.org/",
        "https://SECRET@cal.example.org/",
        "SECRET:",
    ] {
        let Err(refused) = Client::new(text, None) else { panic!("{text} is taken") };
        assert_eq!(refused.exit_code(), 2);
        assert!(!refused.to_string().contains("SECRET"), "{refused}");
    }
    assert!(Client::new("http://cal.example.org/", None).is_err());
    assert!(Client::new("http://127.0.0.1:5232/cal/", None).is_ok());
}

#[test]
fn messages_never_contain_text_from_a_server() {
    let own = url("https://cal.example.org/dav/");
    for status in [300, 302, 401, 403, 404, 429, 500, 599, 418] {
        let answer =
            Response::builder().status(status).header("X-Reason", "SECRET").header("Location", "https://SECRET/");
        let refused = check(&answer.body(()).unwrap(), &own).unwrap_err();
        assert!(!refused.to_string().contains("SECRET"), "{refused}");
    }
    assert!(!xml("<SECRET").unwrap_err().to_string().contains("SECRET"));
    assert!(xml(&format!("<a>{}</a>", "<b/>".repeat(600_000))).is_err());
    assert!(xml("<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>").is_err());
}
