//! `tifa extract`: documents to tables.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::Instant;

use jiff::Timestamp;
use tifa::corpus::{self, Finished};
use tifa::gazetteer::Gazetteers;
use tifa::link::Decisions;
use tifa::pipeline::Extractor;
use tifa::read::{self, Options, Problem};
use tifa::write::{RunRecord, Tables, Totals};

use super::plan::ExtractPlan;
use super::progress::Progress;
use super::{Outcome, console};

/// Problems that are shown; all of them are in the table.
pub(super) const SHOWN: usize = 5;

pub(super) fn run(plan: &ExtractPlan) -> Result<Outcome, Box<dyn Error>> {
    let clock = Clock::start();
    check_input(&plan.paths)?;
    let extractor = Extractor::new(gazetteers(plan.gazetteers.as_deref())?);
    let decisions = plan.decisions.as_deref().map_or_else(|| Ok(Decisions::default()), Decisions::read)?;
    let mut tables = Tables::create(&plan.output, plan.force)?.with_decisions(decisions);
    let progress = if plan.shows_progress { Progress::shown(&plan.paths) } else { Progress::hidden() };
    let problems = fill(&mut tables, &extractor, plan, &progress);
    progress.finish();
    let problems = problems?;
    let seconds = clock.seconds();
    let totals = tables.finish(&record(plan, &extractor, &clock, seconds))?;
    close(plan, &totals, &problems, progress.bytes(), seconds);
    Ok(if problems.is_empty() { Outcome::Complete } else { Outcome::Partial })
}

pub(super) fn gazetteers(folder: Option<&Path>) -> Result<Gazetteers, tifa::error::Error> {
    folder.map_or_else(Gazetteers::shipped, Gazetteers::with_folder)
}

/// Nothing to read is an error before anything is written; what is missing beside something else is a problem.
pub(super) fn check_input(paths: &[PathBuf]) -> Result<(), Box<dyn Error>> {
    let mut first = None;
    for source in read::listing(paths, &Options::default())? {
        match source {
            Ok(_) => return Ok(()),
            Err(problem) => first = first.or(Some(problem)),
        }
    }
    first.map_or(Ok(()), |problem| Err(problem.into()))
}

/// Runs the corpus into the tables; gives the first problems.
fn fill(
    tables: &mut Tables,
    extractor: &Extractor,
    plan: &ExtractPlan,
    progress: &Progress,
) -> Result<Vec<Problem>, tifa::error::Error> {
    let mut problems = Vec::new();
    let sink = |outcome: Result<Finished, Problem>| match outcome {
        Ok(Finished { document, extraction, duplicate_of }) => tables.document(&document, &extraction, &duplicate_of),
        Err(problem) => {
            tables.problem(&problem)?;
            if problems.len() < SHOWN {
                problems.push(problem);
            }
            Ok(())
        }
    };
    let items = read::items(&plan.paths, &Options::default())?;
    corpus::run(extractor, items, plan.threads, sink, |bytes| progress.tick(bytes))?;
    Ok(problems)
}

fn record(plan: &ExtractPlan, extractor: &Extractor, clock: &Clock, seconds: f64) -> RunRecord {
    let started = Timestamp::from_second(clock.start.as_second()).unwrap_or(clock.start).to_string();
    RunRecord { options: plan.to_json(), gazetteers: extractor.gazetteers().hashes.clone(), started, seconds }
}

/// Tells what went wrong, and unless the run is a quiet one, what was done.
fn close(plan: &ExtractPlan, totals: &Totals, problems: &[Problem], bytes: u64, seconds: f64) {
    problems.iter().for_each(console::message);
    let more = totals.rows("problems").saturating_sub(problems.len() as u64);
    if more > 0 {
        console::message(format_args!("{more} more in {}", plan.problems().display()));
    }
    if plan.shows_summary {
        summary(totals, bytes, seconds).iter().for_each(console::line);
        console::line(format_args!("tables in {}", plan.output.display()));
    }
}

fn summary(totals: &Totals, bytes: u64, seconds: f64) -> Vec<String> {
    let counted = |table: &str, one: &str| plural(totals.rows(table), one);
    let megabytes = bytes as f64 / 1e6;
    let mut lines = vec![format!(
        "{} ({megabytes:.1} MB) in {seconds:.1} s: {}, {}, {}",
        counted("documents", "document"),
        counted("mentions", "mention"),
        plural(totals.facts(), "fact"),
        counted("problems", "problem"),
    )];
    if totals.undecided > 0 {
        lines.push(format!("{} in ambiguous.csv: who is who", plural(totals.undecided as u64, "open question")));
    }
    if !totals.frequent.is_empty() {
        let name = |(name, kind, count): &(String, _, _)| format!("{name} ({kind}, {count})");
        lines.push(format!("most frequent: {}", totals.frequent.iter().map(name).collect::<Vec<_>>().join(", ")));
    }
    lines
}

pub(super) fn plural(count: u64, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
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

    /// Seconds since the start, to the millisecond.
    pub(super) fn seconds(&self) -> f64 {
        (self.instant.elapsed().as_secs_f64() * 1000.0).round() / 1000.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_counts_in_the_right_number() {
        let rows = vec![("documents", 1), ("mentions", 20), ("positions", 2), ("slogans", 3), ("problems", 0)];
        let frequent = vec![("Ann Oak".to_owned(), "PERSON", 7), ("Elm".to_owned(), "REGION", 4)];
        let lines = [
            "1 document (1.3 MB) in 0.5 s: 20 mentions, 5 facts, 0 problems",
            "most frequent: Ann Oak (PERSON, 7), Elm (REGION, 4)",
        ];
        assert_eq!(summary(&Totals { rows, frequent, undecided: 0 }, 1_250_001, 0.456), lines);
        let asked = summary(&Totals { undecided: 2, ..Totals::default() }, 0, 0.0);
        assert_eq!(asked[1], "2 open questions in ambiguous.csv: who is who");
        let nothing = summary(&Totals::default(), 0, 0.0);
        assert_eq!(nothing, ["0 documents (0.0 MB) in 0.0 s: 0 mentions, 0 facts, 0 problems"]);
    }
}
