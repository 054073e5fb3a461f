//! A fault of headsup itself — what Rust calls a panic — ends with a line that can be reported and exit code 70.
//! [`super::main`] arms it before anything else.

use std::panic::PanicHookInfo;

use crate::problem::Failure;

/// From here on a panic on any thread ends the program.
pub(crate) fn install_panic_hook() {
    std::panic::set_hook(Box::new(|info| {
        let failure = Failure::Fault(told(info));
        anstream::eprintln!("headsup: {failure}");
        std::process::exit(i32::from(failure.exit_code()));
    }));
}

/// Where it happened. The message of a panic may hold a cell of an export, and this may be a CI log: it stays untold.
fn told(info: &PanicHookInfo<'_>) -> String {
    match info.location() {
        Some(place) => format!("{} {}:{}", env!("CARGO_PKG_VERSION"), place.file(), place.line()),
        None => env!("CARGO_PKG_VERSION").to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    /// Set in the process that the test starts, so that there something goes wrong.
    const GOES_WRONG: &str = "HEADSUP_TEST_GOES_WRONG";

    #[test]
    fn a_panic_is_exit_code_70_and_tells_no_cell() {
        if std::env::var_os(GOES_WRONG).is_some() {
            super::install_panic_hook();
            let _ = std::thread::spawn(|| panic!("a salary of 100,000")).join();
            return;
        }
        let this = std::env::current_exe().unwrap();
        let args = ["--exact", "cli::fault::tests::a_panic_is_exit_code_70_and_tells_no_cell", "--nocapture"];
        let output = Command::new(this).args(args).env(GOES_WRONG, "1").output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(70), "{said}");
        assert!(said.contains("src/cli/fault.rs:") && !said.contains("salary"), "{said}");
    }
}
