//! `tifa harvest`: documents to rows for gazetteers.

use std::error::Error;

use tifa::corpus;
use tifa::harvest::{Harvest, Output, Sheet};
use tifa::pipeline::Extractor;
use tifa::read::{self, Options, Problem};

use super::extract::{Clock, SHOWN, check_input, gazetteers, plural};
use super::plan::HarvestPlan;
use super::progress::Progress;
use super::{Outcome, console};

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
    check_input(&plan.paths)?;
    let folder = plan.gazetteers.as_deref();
    let extractor = Extractor::new(gazetteers(folder)?);
    let output = Output::create(&plan.output, folder, plan.force)?;
    let mut harvest = Harvest::new(extractor.gazetteers(), folder)?;
    let progress = if plan.shows_progress { Progress::shown(&plan.paths) } else { Progress::hidden() };
    let met = fill(&mut harvest, &extractor, plan, &progress);
    progress.finish();
    let met = met?;
    let sheets = harvest.sheets(plan.least);
    output.write(&sheets)?;
    close(plan, &met, &summary(&sheets, &met, progress.bytes(), clock.seconds()));
    Ok(if met.problems == 0 { Outcome::Complete } else { Outcome::Partial })
}

/// Runs the corpus into the harvest.
fn fill(
    harvest: &mut Harvest,
    extractor: &Extractor,
    plan: &HarvestPlan,
    progress: &Progress,
) -> Result<Met, tifa::error::Error> {
    let mut met = Met::default();
    let sink = |outcome| {
        match outcome {
            Ok(finished) => {
                met.documents += 1;
                harvest.add(&finished);
            }
            Err(problem) => met.problem(problem),
        }
        Ok(())
    };
    let items = read::items(&plan.paths, &Options::default())?;
    corpus::run(extractor, items, plan.threads, sink, |bytes| progress.tick(bytes))?;
    Ok(met)
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
    if plan.shows_summary {
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
