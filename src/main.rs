//! The command `tifa`: parses what was typed, runs it, and turns the outcome into an exit code.
//!
//! All that prints stands here and in `cli`; the library never does.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
