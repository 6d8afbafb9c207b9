//! The command line: from arguments to an exit code.
//!
//! What was typed is in `args`, what it means in `plan`; each command has a file of its own.

mod args;
mod console;
mod extract;
mod gazetteer;
mod harvest;
mod plan;
mod progress;
mod score;

use std::error::Error;
use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};
use plan::{ExtractPlan, HarvestPlan};

/// How a command ended, if not with an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// All input was read.
    Complete,
    /// Some input could not be read; the rest was.
    Partial,
    /// The answer is no: nothing was found, or two things differ.
    Negative,
}

/// Runs the command that was typed.
pub(crate) fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return usage(&error),
    };
    match run(args.command) {
        Ok(Outcome::Complete) => ExitCode::SUCCESS,
        Ok(Outcome::Partial | Outcome::Negative) => ExitCode::from(1),
        Err(error) => {
            console::message(error);
            ExitCode::from(2)
        }
    }
}

fn run(command: Command) -> Result<Outcome, Box<dyn Error>> {
    match command {
        Command::Extract(args) => extract::run(&ExtractPlan::new(args)),
        Command::Harvest(args) => harvest::run(&HarvestPlan::new(args)),
        Command::Score(args) => score::run(&args),
        Command::Gazetteer(command) => gazetteer::run(&command),
    }
}

/// Shows the help, the version or a fault in the arguments. A closed stream is no reason to fail in another way.
fn usage(error: &clap::Error) -> ExitCode {
    let _ = error.print();
    ExitCode::from(if error.use_stderr() { 2 } else { 0 })
}
