//! User names and passwords: from the environment, else from a prompt at a terminal. Never from headsup.toml, since a
//! batch runs other people's folders, and never from the command line, which others can see.

use std::io::IsTerminal as _;

use crate::problem::Failure;

/// A user and a password for a server.
pub struct Secret {
    pub user: String,
    pub password: String,
}

/// Reads `HEADSUP_<of>_USER` and `HEADSUP_<of>_PASSWORD`; without a user there is no login.
pub fn login(of: &str, user: Option<String>) -> Result<Option<Secret>, Failure> {
    let variable = |what: &str| std::env::var(format!("HEADSUP_{of}_{what}")).ok().filter(|value| !value.is_empty());
    let Some(user) = user.or_else(|| variable("USER")) else {
        return Ok(None);
    };
    if let Some(password) = variable("PASSWORD") {
        return Ok(Some(Secret { user, password }));
    }
    if !std::io::stdin().is_terminal() {
        return Err(Failure::Usage(format!("set HEADSUP_{of}_PASSWORD: there is no terminal to ask for it")));
    }
    let password = rpassword::prompt_password(format!("Password of {user}: "))
        .map_err(|e| Failure::Usage(format!("no password could be read: {e}")))?;
    Ok(Some(Secret { user, password }))
}
