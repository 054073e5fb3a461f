//! The program: everything is in the library.

fn main() -> std::process::ExitCode {
    headsup::cli::main()
}
