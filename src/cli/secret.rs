//! Reads user names, passwords and tokens from the environment, otherwise from a prompt at a terminal. They are never
//! read from headsup.toml, since a batch runs other people's folders, nor from the command line, which other users of
//! the machine can see.

use std::io::IsTerminal as _;

use crate::problem::Failure;

/// Credentials for a server.
pub(crate) enum Secret {
    Password { user: String, password: String },
    Token { user: Option<String>, token: String },
}

/// Reads `HEADSUP_<of>_TOKEN`, otherwise `HEADSUP_<of>_USER` and `HEADSUP_<of>_PASSWORD`. Returns `None` if none of
/// them is set: then there is no login.
pub(crate) fn login(of: &str) -> Result<Option<Secret>, Failure> {
    let variable = |what: &str| std::env::var(format!("HEADSUP_{of}_{what}")).ok().filter(|value| !value.is_empty());
    let user = variable("USER");
    if let Some(token) = variable("TOKEN") {
        return Ok(Some(Secret::Token { user, token }));
    }
    let Some(user) = user else {
        return Ok(None);
    };
    if let Some(password) = variable("PASSWORD") {
        return Ok(Some(Secret::Password { user, password }));
    }
    if !std::io::stdin().is_terminal() {
        return Err(Failure::Usage(format!(
            "set HEADSUP_{of}_PASSWORD or HEADSUP_{of}_TOKEN: there is no terminal to ask for it"
        )));
    }
    let password = rpassword::prompt_password(format!("Password of {user}: "))
        .map_err(|e| Failure::Usage(format!("no password could be read: {e}")))?;
    Ok(Some(Secret::Password { user, password }))
}
