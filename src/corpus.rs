//! Runs a corpus: reads and extracts many documents at once, and hands the results on in the order of the input.
//!
//! The only place that knows threads. What a result is good for is the business of the caller; so is time.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use crate::error::Error;
use crate::model::{Document, Extraction};
use crate::pipeline::Extractor;
use crate::read::{Item, Problem, Raw};
use crate::store::{Block, content_hash};
use crate::write::{Run, document_block, problem_block};

/// Documents that are in work at once; as many again wait to be read, and for the sink.
const CHUNK: usize = 256;
/// Bytes of text that are in work at once, if that is less.
const WEIGHT: usize = 4 << 20;

/// How a run over a corpus ended, if not with an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// At the end of the input.
    Complete,
    /// Because it was told to stop.
    Stopped,
}

/// Does `work` for all items on `threads` threads (0: one for each core) and gives the results to `sink` in input
/// order, some hundred at a time. When `stop` becomes true, what is in work is still handed on.
///
/// Memory is bounded by three chunks of items or results.
///
/// # Errors
///
/// The first error of `sink`, which ends the run; [`Error::Option`] if the threads cannot be started.
pub fn run<T: Send>(
    mut items: impl Iterator<Item = Item>,
    threads: usize,
    stop: &AtomicBool,
    work: &(impl Fn(Item) -> T + Sync),
    mut sink: impl FnMut(Vec<T>) -> Result<(), Error>,
) -> Result<Ended, Error> {
    let pool = pool(threads)?;
    let (mut chunk, mut ready) = (take(&mut items), Vec::new());
    while !chunk.is_empty() || !ready.is_empty() {
        let (mut made, is_stopped) = (Vec::new(), stop.load(Ordering::Relaxed));
        let now = if is_stopped { Vec::new() } else { std::mem::take(&mut chunk) };
        pool.in_place_scope(|scope| {
            scope.spawn(|_| made = now.into_par_iter().map(work).collect());
            sink(std::mem::take(&mut ready))?;
            if !is_stopped {
                chunk = take(&mut items);
            }
            Ok::<_, Error>(())
        })?;
        ready = made;
        if is_stopped && ready.is_empty() {
            return Ok(Ended::Stopped);
        }
    }
    Ok(Ended::Complete)
}

/// Threads for a run; 0 for one on each core.
///
/// # Errors
///
/// [`Error::Option`] if they cannot be started.
pub(crate) fn pool(threads: usize) -> Result<rayon::ThreadPool, Error> {
    let builder = rayon::ThreadPoolBuilder::new().num_threads(threads);
    builder.build().map_err(|error| Error::Option(format!("cannot start {threads} threads: {error}; ask for fewer")))
}

/// The next items, not too many and not too large.
fn take(items: &mut impl Iterator<Item = Item>) -> Vec<Item> {
    let (mut chunk, mut weight) = (Vec::new(), 0);
    while chunk.len() < CHUNK && weight < WEIGHT {
        let Some(item) = items.next() else { break };
        weight += item.raw.as_ref().map_or(0, Raw::weight);
        chunk.push(item);
    }
    chunk
}

/// Reads a document. A panic on the way becomes a [`Problem`] of the kind `internal`.
///
/// # Errors
///
/// The problem that stands in its place, or that reading makes.
pub fn read(raw: Result<Raw, Problem>) -> Result<Document, Problem> {
    let raw = raw?;
    let (source, record) = raw.name();
    catch_unwind(AssertUnwindSafe(|| raw.read())).unwrap_or_else(|panic| Err(internal(source, record, panic.as_ref())))
}

/// Extracts. A panic on the way becomes a [`Problem`] of the kind `internal`; nothing outlives it, because the
/// extractor has no state.
///
/// # Errors
///
/// That problem.
pub fn extract(extractor: &Extractor, document: &Document) -> Result<Extraction, Problem> {
    guarded(document, |document| extractor.extract(document))
}

/// What became of an item.
#[derive(Debug)]
pub struct Done {
    /// What is to be kept of it.
    pub block: Block,
    /// What could not be read.
    pub problem: Option<Problem>,
    /// Bytes of its text.
    pub bytes: u64,
}

/// Reads and extracts one item for a run, unless the run has done it before.
///
/// # Errors
///
/// [`Error::Io`] if its text is to be kept and cannot be written.
pub fn block(extractor: &Extractor, run: &Run, item: Item) -> Result<Done, Error> {
    let position = item.position;
    let failed =
        |problem: Problem, bytes| Ok(Done { block: problem_block(position, &problem)?, problem: Some(problem), bytes });
    let document = match read(item.raw) {
        Ok(document) => document,
        Err(problem) => return failed(problem, 0),
    };
    let (hash, bytes) = (content_hash(&document), document.text.len() as u64);
    run.keep_text(&document)?;
    if let Some(block) = run.done(&hash) {
        return Ok(Done { block: Block { position, ..block }, problem: None, bytes });
    }
    match extract(extractor, &document) {
        Ok(extraction) => {
            let block = document_block(position, hash, &document, &extraction)?;
            Ok(Done { block, problem: None, bytes })
        }
        Err(problem) => failed(problem, bytes),
    }
}

fn guarded(document: &Document, extract: impl FnOnce(&Document) -> Extraction) -> Result<Extraction, Problem> {
    catch_unwind(AssertUnwindSafe(|| extract(document)))
        .map_err(|panic| internal(document.source.clone(), document.record.clone(), panic.as_ref()))
}

fn internal(source: String, record: String, panic: &(dyn Any + Send)) -> Problem {
    let said = panic.downcast_ref::<String>().map(String::as_str);
    let said = said.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message");
    let detail = format!("the program failed on this document ({said}); please report it with the text");
    Problem { source, record, problem: "internal".into(), detail }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Options, items};
    use std::fs;
    use std::path::Path;

    fn write(folder: &Path, name: &str, text: &str) {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn length(item: Item) -> usize {
        read(item.raw).unwrap().text.len()
    }

    fn collect(folder: &Path, threads: usize, stop: &AtomicBool) -> (Vec<usize>, Vec<usize>, Ended) {
        let (mut all, mut chunks) = (Vec::new(), Vec::new());
        let sink = |results: Vec<usize>| {
            chunks.push(results.len());
            all.extend(results);
            stop.store(all.len() >= 300, Ordering::Relaxed);
            Ok(())
        };
        let items = items(&[folder.to_owned()], &Options::default()).unwrap();
        let ended = run(items, threads, stop, &length, sink).unwrap();
        (all, chunks, ended)
    }

    #[test]
    fn order_is_that_of_the_input_whatever_the_threads() {
        let folder = tempfile::tempdir().unwrap();
        for n in 0..290 {
            write(folder.path(), &format!("{n:03}.txt"), &"x".repeat(n + 1));
        }
        let (one, chunks, ended) = collect(folder.path(), 1, &AtomicBool::new(false));
        assert_eq!(one, (1..=290).collect::<Vec<_>>());
        assert_eq!((chunks, ended), (vec![0, CHUNK, 290 - CHUNK], Ended::Complete));
        assert_eq!(one, collect(folder.path(), 4, &AtomicBool::new(false)).0);
    }

    #[test]
    fn a_run_that_is_stopped_hands_on_what_is_in_work() {
        let folder = tempfile::tempdir().unwrap();
        for n in 0..1000 {
            write(folder.path(), &format!("{n:04}.txt"), "x");
        }
        let (all, _, ended) = collect(folder.path(), 2, &AtomicBool::new(false));
        assert_eq!((all.len(), ended), (3 * CHUNK, Ended::Stopped));
    }

    #[test]
    fn large_documents_go_in_smaller_chunks() {
        let folder = tempfile::tempdir().unwrap();
        for n in 0..6 {
            write(folder.path(), &format!("{n}.txt"), &"x ".repeat(1 << 20));
        }
        let (all, chunks, _) = collect(folder.path(), 2, &AtomicBool::new(false));
        assert_eq!((all.len(), chunks), (6, vec![0, 2, 2, 2]));
    }

    #[test]
    fn a_panic_costs_one_document() {
        let document = Document { source: "a.txt".into(), record: "7".into(), ..Document::default() };
        let problem = guarded(&document, |document| panic!("poisoned by {}", document.record)).unwrap_err();
        let detail = "the program failed on this document (poisoned by 7); please report it with the text";
        assert_eq!((problem.problem.as_ref(), problem.detail.as_str()), ("internal", detail));
        assert_eq!((problem.source.as_str(), problem.record.as_str()), ("a.txt", "7"));
    }

    #[test]
    fn the_run_ends_with_the_first_error_of_the_sink() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "a.txt", "text");
        let items = items(&[folder.path().to_owned()], &Options::default()).unwrap();
        let sink = |results: Vec<usize>| if results.is_empty() { Ok(()) } else { Err(Error::Option("full".into())) };
        let result = run(items, 1, &AtomicBool::new(false), &length, sink);
        assert_eq!(result.unwrap_err().to_string(), "full");
    }
}
