//! The command line: what each command is called, and where its file is. Doc comments are the help.

/// Parses the arguments, runs the command, prints what it has to say; the exit code says how it ended.
pub fn main() -> std::process::ExitCode {
    todo!()
}
