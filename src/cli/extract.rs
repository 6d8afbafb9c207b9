//! `tifa extract`: documents to tables.

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use jiff::Timestamp;
use tifa::corpus::{self, Done, Ended};
use tifa::gazetteer::Gazetteers;
use tifa::pipeline::Extractor;
use tifa::read::{self, Items, Problem};
use tifa::write::{Run, RunRecord};

use super::plan::{ExtractPlan, InputPlan};
use super::progress::{Progress, Writing};
use super::summary::{self, SHOWN};
use super::{Outcome, console, dry, stop};

pub(super) fn run(plan: &ExtractPlan) -> Result<Outcome, Box<dyn Error>> {
    if plan.dry_run {
        return dry::run(&plan.input);
    }
    let clock = Clock::start();
    check_input(&plan.input)?;
    let extractor = Extractor::new(gazetteers(plan.gazetteers.as_deref())?);
    let run = Run::open(&plan.tables.output, plan.settings(extractor.gazetteers())?)?;
    tell(&run);
    stop::listen();
    let items = read::items(&plan.input.paths, &plan.input.options)?;
    let progress = Progress::new(plan.voice, &plan.input, items.meter());
    let filled = fill(&run, &extractor, items, plan.threads, &progress);
    progress.finish();
    let (ended, problems) = filled?;
    if ended == Ended::Stopped {
        let documents = summary::plural(progress.documents(), "document");
        console::message(format_args!("stopped after {documents}; the same command with --resume goes on"));
        return Ok(Outcome::Stopped);
    }
    let writing = Writing::new(plan.voice, progress.documents());
    let record = record(plan, &extractor, &clock);
    let totals = run.finish(&record, &|documents| writing.tick(documents), &|| clock.seconds());
    writing.finish();
    let totals = totals?;
    summary::close(plan, &totals, &problems, progress.bytes(), clock.seconds());
    Ok(if problems.is_empty() { Outcome::Complete } else { Outcome::Partial })
}

pub(super) fn gazetteers(folder: Option<&Path>) -> Result<Gazetteers, tifa::error::Error> {
    folder.map_or_else(Gazetteers::shipped, Gazetteers::with_folder)
}

/// Nothing to read is an error before anything is written; what is missing beside something else is a problem.
pub(super) fn check_input(input: &InputPlan) -> Result<(), Box<dyn Error>> {
    let mut first = None;
    for file in read::listing(&input.paths, &input.options)? {
        match file {
            Ok(_) => return Ok(()),
            Err(problem) => first = first.or(Some(problem)),
        }
    }
    first.map_or(Ok(()), |problem| Err(problem.into()))
}

/// Tells what became of an unfinished run.
fn tell(run: &Run) {
    if run.discarded {
        console::message("an unfinished run was thrown away; --resume would have gone on with it");
    }
    if run.resumed > 0 {
        console::message(format_args!("going on: {} are done", summary::plural(run.resumed as u64, "document")));
    }
}

/// Runs the corpus; gives the first problems.
fn fill(
    run: &Run,
    extractor: &Extractor,
    items: Items,
    threads: usize,
    progress: &Progress,
) -> Result<(Ended, Vec<Problem>), tifa::error::Error> {
    let mut problems = Vec::new();
    let work = |item| {
        let done = corpus::block(extractor, run, item);
        progress.tick(done.as_ref().map_or(0, |done| done.bytes));
        done
    };
    let sink = |results: Vec<Result<Done, tifa::error::Error>>| {
        let mut blocks = Vec::new();
        for done in results {
            let done = done?;
            problems.extend(done.problem.filter(|_| problems.len() < SHOWN));
            blocks.push(done.block);
        }
        run.push(&blocks)
    };
    let ended = corpus::run(items, threads, stop::asked(), &work, sink)?;
    Ok((ended, problems))
}

fn record(plan: &ExtractPlan, extractor: &Extractor, clock: &Clock) -> RunRecord {
    RunRecord { options: plan.to_json(), gazetteers: extractor.gazetteers().hashes.clone(), started: clock.started() }
}

/// When the run started, for the record and for the duration.
pub(super) struct Clock {
    start: Timestamp,
    instant: Instant,
}

impl Clock {
    pub(super) fn start() -> Self {
        Self { start: Timestamp::now(), instant: Instant::now() }
    }

    /// The start in ISO 8601, to the second.
    pub(super) fn started(&self) -> String {
        Timestamp::from_second(self.start.as_second()).unwrap_or(self.start).to_string()
    }

    /// Seconds since the start, to the millisecond.
    pub(super) fn seconds(&self) -> f64 {
        (self.instant.elapsed().as_secs_f64() * 1000.0).round() / 1000.0
    }
}
