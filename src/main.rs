//! The program: everything is in the library.

/// Setting a brief asks for memory in a million small pieces.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    headsup::cli::main()
}
