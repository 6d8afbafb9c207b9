//! `tifa score`: the tables of a run against gold files.

use std::error::Error;

use super::args::ScoreArgs;
use super::{Outcome, console};

pub(super) fn run(args: &ScoreArgs) -> Result<Outcome, Box<dyn Error>> {
    let report = tifa::eval::score(&args.gold, args.texts.as_deref(), &args.output)?;
    let text = if args.json { report.to_json() } else { report.to_text(args.errors) };
    console::result(&text)?;
    Ok(Outcome::Complete)
}
