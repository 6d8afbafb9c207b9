//! `tifa merge`: the parts of a run to its tables.

use std::error::Error;

use tifa::write::{self, Run, RunRecord};

use super::extract::Clock;
use super::plan::{MergePlan, Voice};
use super::progress::Writing;
use super::{Outcome, console, summary};

pub(super) fn run(plan: &MergePlan) -> Result<Outcome, Box<dyn Error>> {
    let clock = Clock::start();
    let shards = write::shards(&plan.parts)?;
    let run = Run::open(&plan.tables.output, plan.settings(shards.maker.clone())?)?;
    let record = RunRecord { options: plan.to_json(), started: clock.started(), ..RunRecord::default() };
    let writing = Writing::new(plan.voice, shards.blocks);
    let totals = run.merge(&shards, &record, &|documents| writing.tick(documents), &|| clock.seconds());
    writing.finish();
    let totals = totals?;
    totals.messages.iter().for_each(console::message);
    if plan.voice != Voice::Quiet {
        summary::lines(&totals, None, clock.seconds()).iter().for_each(console::line);
        console::line(format_args!("tables in {}", plan.tables.output.display()));
    }
    if totals.rows("problems") == 0 {
        return Ok(Outcome::Complete);
    }
    let problems = summary::plural(totals.rows("problems"), "problem");
    console::message(format_args!("{problems} in {}", plan.tables.problems().display()));
    Ok(Outcome::Partial)
}
