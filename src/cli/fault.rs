//! Internal errors, that is, panics: the program prints a line that can be reported, and ends with exit code 70.
//! [`super::main`] installs the hook before anything else.

use std::panic::PanicHookInfo;

use crate::problem::Failure;

/// Installs the hook. After that, a panic on any thread ends the program.
pub(crate) fn install_panic_hook() {
    std::panic::set_hook(Box::new(|info| {
        let failure = Failure::Fault(told(info));
        anstream::eprintln!("headsup: {failure}");
        std::process::exit(i32::from(failure.exit_code()));
    }));
}

/// Describes where the panic happened. Its message is left out: it may contain a cell of an export, and the output may
/// be a CI log.
fn told(info: &PanicHookInfo<'_>) -> String {
    match info.location() {
        Some(place) => format!("{} {}:{}", env!("CARGO_PKG_VERSION"), place.file(), place.line()),
        None => env!("CARGO_PKG_VERSION").to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    /// Environment variable that the test sets for a process in which a panic is to happen.
    const PANIC_VARIABLE: &str = "HEADSUP_TEST_GOES_WRONG";

    #[test]
    fn a_panic_ends_with_exit_code_70_and_shows_no_cell() {
        if std::env::var_os(PANIC_VARIABLE).is_some() {
            super::install_panic_hook();
            let _ = std::thread::spawn(|| panic!("a salary of 100,000")).join();
            return;
        }
        let this = std::env::current_exe().unwrap();
        let args = ["--exact", "cli::fault::tests::a_panic_ends_with_exit_code_70_and_shows_no_cell", "--nocapture"];
        let output = Command::new(this).args(args).env(PANIC_VARIABLE, "1").output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(70), "{said}");
        assert!(said.contains("src/cli/fault.rs:") && !said.contains("salary"), "{said}");
    }
}
