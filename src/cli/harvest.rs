//! `tifa harvest`: documents to rows for gazetteers.

use std::error::Error;

use tifa::corpus::{self, Ended};
use tifa::harvest::{Harvest, Output, Sheet};
use tifa::model::{Document, Extraction};
use tifa::pipeline::Extractor;
use tifa::read::{self, Item, Items, Problem};

use super::extract::{Clock, check_input, gazetteers};
use super::plan::{HarvestPlan, Voice};
use super::progress::Progress;
use super::summary::{SHOWN, plural};
use super::{Outcome, console, stop};

/// What a run met, but for the names it found.
#[derive(Default)]
struct Met {
    documents: u64,
    problems: u64,
    /// The first problems.
    shown: Vec<Problem>,
}

pub(super) fn run(plan: &HarvestPlan) -> Result<Outcome, Box<dyn Error>> {
    let clock = Clock::start();
    check_input(&plan.input)?;
    let folder = plan.gazetteers.as_deref();
    let extractor = Extractor::new(gazetteers(folder)?);
    let output = Output::create(&plan.output, folder, plan.force)?;
    let mut harvest = Harvest::new(extractor.gazetteers(), folder)?;
    stop::listen();
    let items = read::items(&plan.input.paths, &plan.input.options)?;
    let progress = Progress::new(plan.voice, &plan.input, items.meter());
    let filled = fill(&mut harvest, &extractor, items, plan.threads, &progress);
    progress.finish();
    let (ended, met) = filled?;
    if ended == Ended::Stopped {
        console::message("stopped; nothing was written");
        return Ok(Outcome::Stopped);
    }
    let sheets = harvest.sheets(plan.least);
    output.write(&sheets)?;
    close(plan, &met, &summary(&sheets, &met, progress.bytes(), clock.seconds()));
    Ok(if met.problems == 0 { Outcome::Complete } else { Outcome::Partial })
}

/// Runs the corpus into the harvest.
fn fill(
    harvest: &mut Harvest,
    extractor: &Extractor,
    items: Items,
    threads: usize,
    progress: &Progress,
) -> Result<(Ended, Met), tifa::error::Error> {
    let mut met = Met::default();
    let work = |item: Item| {
        let document = corpus::read(item.raw);
        progress.tick(document.as_ref().map_or(0, |document| document.text.len() as u64));
        document.and_then(|document| Ok((corpus::extract(extractor, &document)?, document)))
    };
    let sink = |results: Vec<Result<(Extraction, Document), Problem>>| {
        for result in results {
            match result {
                Ok((extraction, document)) => {
                    met.documents += 1;
                    harvest.add(&document, &extraction);
                }
                Err(problem) => met.problem(problem),
            }
        }
        Ok(())
    };
    let ended = corpus::run(items, threads, stop::asked(), &work, sink)?;
    Ok((ended, met))
}

impl Met {
    fn problem(&mut self, problem: Problem) {
        self.problems += 1;
        if self.shown.len() < SHOWN {
            self.shown.push(problem);
        }
    }
}

/// Tells what went wrong, and unless the run is a quiet one, what was done.
fn close(plan: &HarvestPlan, met: &Met, summary: &str) {
    met.shown.iter().for_each(console::message);
    let more = met.problems.saturating_sub(met.shown.len() as u64);
    if more > 0 {
        console::message(format_args!("{}; `tifa extract` lists all of them", plural(more, "more problem")));
    }
    if plan.voice != Voice::Quiet {
        console::line(summary);
        console::line(format_args!("rows in {}", plan.output.display()));
    }
}

fn summary(sheets: &[Sheet], met: &Met, bytes: u64, seconds: f64) -> String {
    let megabytes = bytes as f64 / 1e6;
    let rows: Vec<String> = sheets.iter().map(|sheet| format!("{} {}", sheet.file, sheet.rows.len())).collect();
    let (documents, problems) = (plural(met.documents, "document"), plural(met.problems, "problem"));
    format!("{documents} ({megabytes:.1} MB) in {seconds:.1} s: rows {}, {problems}", rows.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_counts_rows_by_file() {
        let sheet = |file, rows| Sheet { file, header: Vec::new(), rows: vec![Vec::new(); rows] };
        let met = Met { documents: 1, problems: 2, shown: Vec::new() };
        let line = summary(&[sheet("people.csv", 3), sheet("titles.csv", 0)], &met, 1_250_001, 0.456);
        assert_eq!(line, "1 document (1.3 MB) in 0.5 s: rows people.csv 3, titles.csv 0, 2 problems");
    }
}
