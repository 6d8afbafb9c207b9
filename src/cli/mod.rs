//! The command line: from arguments to an exit code.
//!
//! What was typed is in `args`, with what a project's file adds by `project`; what it means is in `plan`; each command
//! has a file of its own.

mod args;
mod console;
mod dry;
mod extract;
mod gazetteer;
mod harvest;
mod merge;
mod pages;
mod plan;
mod progress;
mod project;
mod score;
mod stop;
mod summary;

use std::env;
use std::error::Error;
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use args::{Args, Command};
use plan::{ExtractPlan, HarvestPlan, MergePlan};

/// How a command ended, if not with an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// All input was read.
    Complete,
    /// Some input could not be read; the rest was.
    Partial,
    /// The answer is no: nothing was found, or two things differ.
    Negative,
    /// The user wanted it to end.
    Stopped,
}

/// Runs the command that was typed.
pub(crate) fn main() -> ExitCode {
    let typed = match project::completed(&Args::command(), env::args_os().collect()) {
        Ok(typed) => typed,
        Err(error) => return failed(error.as_ref()),
    };
    let args = match Args::try_parse_from(typed) {
        Ok(args) => args,
        Err(error) => return usage(&error),
    };
    match run(args.command) {
        Ok(Outcome::Complete) => ExitCode::SUCCESS,
        Ok(Outcome::Partial | Outcome::Negative) => ExitCode::from(1),
        Ok(Outcome::Stopped) => ExitCode::from(stop::CODE),
        Err(error) => failed(error.as_ref()),
    }
}

fn run(command: Command) -> Result<Outcome, Box<dyn Error>> {
    match command {
        Command::Extract(args) => extract::run(&ExtractPlan::new(args)),
        Command::Harvest(args) => harvest::run(&HarvestPlan::new(args)),
        Command::Merge(args) => merge::run(&MergePlan::new(args)),
        Command::Score(args) => score::run(&args),
        Command::Gazetteer(command) => gazetteer::run(&command),
        Command::Completions(args) => pages::completions(args.shell),
        Command::Man(args) => pages::man(args.command.as_deref()),
    }
}

fn failed(error: &dyn Error) -> ExitCode {
    console::message(error);
    ExitCode::from(2)
}

/// Shows the help, the version or a fault in the arguments. A closed stream is no reason to fail in another way.
fn usage(error: &clap::Error) -> ExitCode {
    let _ = error.print();
    ExitCode::from(if error.use_stderr() { 2 } else { 0 })
}
