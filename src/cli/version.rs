//! `headsup --version`. With `-v` it adds the commit and the target, which a bug report needs.

use std::env::consts::{ARCH, OS};

/// Returns what `--version -v` prints, or `None` if the arguments are not exactly that.
pub(crate) fn verbose(arguments: &[String]) -> Option<String> {
    let is = |names: &[&str]| arguments.iter().any(|argument| names.contains(&argument.as_str()));
    let all = ["--version", "-V", "--verbose", "-v", "-vV", "-Vv"];
    let is_asked = is(&["--version", "-V", "-vV", "-Vv"]) && is(&["--verbose", "-v", "-vV", "-Vv"]);
    (is_asked && arguments.iter().all(|argument| all.contains(&argument.as_str()))).then(|| {
        let commit = option_env!("HEADSUP_COMMIT").unwrap_or("unknown");
        format!("headsup {}\ncommit {commit}\ntarget {}\n", env!("CARGO_PKG_VERSION"), target())
    })
}

/// Returns the target triple of this build.
fn target() -> String {
    let abi = match () {
        () if cfg!(target_env = "gnu") => "gnu",
        () if cfg!(target_env = "musl") => "musl",
        () => "msvc",
    };
    match OS {
        "macos" => format!("{ARCH}-apple-darwin"),
        "windows" => format!("{ARCH}-pc-windows-{abi}"),
        _ => format!("{ARCH}-unknown-{OS}-{abi}"),
    }
}

#[cfg(test)]
mod tests {
    use super::verbose;

    #[test]
    fn the_verbose_version_names_commit_and_target() {
        let asked = |line: &str| verbose(&line.split(' ').map(str::to_owned).collect::<Vec<_>>());
        for line in ["--version -v", "-v --version", "-V --verbose", "-vV"] {
            let said = asked(line).unwrap();
            assert!(said.starts_with(concat!("headsup ", env!("CARGO_PKG_VERSION"), "\ncommit ")), "{said}");
            assert!(said.lines().last().unwrap().contains(std::env::consts::ARCH), "{said}");
        }
        for line in ["--version", "-v", "render -v", "-v --version render"] {
            assert_eq!(asked(line), None, "{line}");
        }
    }
}
