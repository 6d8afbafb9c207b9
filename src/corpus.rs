//! Runs a corpus: reads and extracts many documents at once, and hands the results on in the order of the input.
//!
//! The only place that knows threads. What a result is good for is the business of the caller's sink; so is time.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::model::{Document, Extraction};
use crate::pipeline::Extractor;
use crate::read::{Item, Problem};

/// Documents that are in work at once; as many again wait for the sink.
const CHUNK: usize = 256;

/// A document with what was found in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finished {
    /// The document, with an id that no other document of the run has.
    pub document: Document,
    /// What was found.
    pub extraction: Extraction,
    /// Id of the first document of the run whose text is the same but for white space; empty if there is none.
    pub duplicate_of: String,
}

/// Extracts all items on `threads` threads (0: one for each core) and gives each result to `sink` in input order.
///
/// `tick` is called, on any thread, after each document or problem with the bytes of text that were read. A document
/// on which the extractor panics becomes a [`Problem`] of the kind `internal`. Memory is bounded by two chunks of
/// documents and a few dozen bytes for each document of the run, by which equal ids and texts are known.
///
/// # Errors
///
/// The first error of `sink`, which ends the run; [`Error::Option`] if the threads cannot be started.
pub fn run(
    extractor: &Extractor,
    items: impl Iterator<Item = Item>,
    threads: usize,
    sink: impl FnMut(Result<Finished, Problem>) -> Result<(), Error>,
    tick: impl Fn(u64) + Sync,
) -> Result<(), Error> {
    run_with(&|document| extractor.extract(document), items, threads, sink, &tick)
}

fn run_with(
    extract: &(impl Fn(&Document) -> Extraction + Sync),
    items: impl Iterator<Item = Item>,
    threads: usize,
    mut sink: impl FnMut(Result<Finished, Problem>) -> Result<(), Error>,
    tick: &(impl Fn(u64) + Sync),
) -> Result<(), Error> {
    let pool = pool(threads)?;
    let mut items = items.fuse();
    let mut register = Register::default();
    let mut ready = Vec::new();
    loop {
        let chunk: Vec<_> = items.by_ref().take(CHUNK).collect();
        let is_last = chunk.is_empty();
        let mut next = Vec::new();
        pool.in_place_scope(|scope| {
            scope.spawn(|_| next = chunk.into_par_iter().map(|item| work(item, extract, tick)).collect());
            ready.drain(..).try_for_each(|made: Result<Made, Problem>| sink(made.map(|made| register.enter(made))))
        })?;
        if is_last {
            return Ok(());
        }
        ready = next;
    }
}

fn pool(threads: usize) -> Result<rayon::ThreadPool, Error> {
    let builder = rayon::ThreadPoolBuilder::new().num_threads(threads);
    builder.build().map_err(|error| Error::Option(format!("cannot start {threads} threads: {error}; ask for fewer")))
}

/// What one thread makes of one document, before the order of the run is known.
struct Made {
    document: Document,
    extraction: Extraction,
    fingerprint: Fingerprint,
}

fn work(
    item: Item,
    extract: &(impl Fn(&Document) -> Extraction + Sync),
    tick: &(impl Fn(u64) + Sync),
) -> Result<Made, Problem> {
    let document = item.raw.and_then(|raw| raw.read());
    let bytes = document.as_ref().map_or(0, |document| document.text.len() as u64);
    let made = document.and_then(|document| {
        let extraction = guarded(&document, extract)?;
        Ok(Made { fingerprint: fingerprint(&document.text), document, extraction })
    });
    tick(bytes);
    made
}

/// Extracts; a panic becomes a problem. Nothing outlives the panic, because the extractor has no state.
fn guarded(document: &Document, extract: &impl Fn(&Document) -> Extraction) -> Result<Extraction, Problem> {
    catch_unwind(AssertUnwindSafe(|| extract(document))).map_err(|panic| {
        let said = panic.downcast_ref::<String>().map(String::as_str);
        let said = said.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message");
        Problem {
            source: document.source.clone(),
            record: document.record.clone(),
            problem: "internal".into(),
            detail: format!("the program failed on this document ({said}); please report it with the text"),
        }
    })
}

type Fingerprint = [u8; 16];

/// Half of the SHA-256 over the words of a text.
fn fingerprint(text: &str) -> Fingerprint {
    let mut hash = Sha256::new();
    for word in text.split_whitespace() {
        hash.update(word);
        hash.update([0]);
    }
    let mut print = Fingerprint::default();
    print.iter_mut().zip(hash.finalize()).for_each(|(to, from)| *to = from);
    print
}

/// What only the run as a whole can know of a document: that another one has its id or its text.
#[derive(Default)]
struct Register {
    ids: HashMap<Box<str>, usize>,
    texts: HashMap<Fingerprint, Box<str>>,
}

impl Register {
    /// Takes up the next document in input order.
    fn enter(&mut self, made: Made) -> Finished {
        let Made { mut document, extraction, fingerprint } = made;
        document.id = self.unique(document.id);
        let first = self.texts.get(&fingerprint).map(|id| id.to_string());
        if first.is_none() {
            self.texts.insert(fingerprint, document.id.as_str().into());
        }
        Finished { document, extraction, duplicate_of: first.unwrap_or_default() }
    }

    /// The id, with `-2`, `-3` ... if it has been seen before.
    fn unique(&mut self, id: String) -> String {
        let count = self.ids.entry(id.as_str().into()).or_default();
        *count += 1;
        if *count == 1 { id } else { format!("{id}-{count}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Profile;
    use crate::read::{Options, items};
    use std::fs;
    use std::path::{Path, PathBuf};
    use std::sync::atomic::{AtomicU64, Ordering};

    fn write(folder: &Path, name: &str, text: &str) {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn count(document: &Document) -> Extraction {
        assert!(!document.text.contains("poison"), "poisoned by {}", document.text.len());
        let profile = Profile { characters: document.text.chars().count(), ..Profile::default() };
        Extraction { profile, ..Extraction::default() }
    }

    fn collect(paths: &[PathBuf], threads: usize) -> (Vec<Result<Finished, Problem>>, u64) {
        let (mut all, bytes) = (Vec::new(), AtomicU64::new(0));
        let sink = |outcome| {
            all.push(outcome);
            Ok(())
        };
        let tick = |read| _ = bytes.fetch_add(read, Ordering::Relaxed);
        run_with(&count, items(paths, &Options::default()).unwrap(), threads, sink, &tick).unwrap();
        (all, bytes.into_inner())
    }

    #[test]
    fn order_is_that_of_the_input_whatever_the_threads() {
        let folder = tempfile::tempdir().unwrap();
        for n in 0..600 {
            write(folder.path(), &format!("{n:03}.txt"), &"x".repeat(n + 1));
        }
        let paths = [folder.path().to_owned()];
        let (one, bytes) = collect(&paths, 1);
        assert_eq!((one.len(), bytes), (600, 600 * 601 / 2));
        let lengths: Vec<_> = one.iter().map(|f| f.as_ref().unwrap().extraction.profile.characters).collect();
        assert_eq!(lengths, (1..=600).collect::<Vec<_>>());
        assert_eq!(one, collect(&paths, 4).0);
    }

    #[test]
    fn a_panic_costs_one_document() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "a.txt", "fine");
        write(folder.path(), "b.txt", "poison");
        write(folder.path(), "c.txt", "fine too");
        let (all, _) = collect(&[folder.path().to_owned()], 2);
        assert!(all[0].is_ok() && all[2].is_ok());
        let problem = all[1].as_ref().unwrap_err();
        assert_eq!(problem.problem, "internal");
        let detail = "the program failed on this document (poisoned by 6); please report it with the text";
        assert_eq!(problem.detail, detail);
    }

    #[test]
    fn equal_ids_are_numbered_and_equal_texts_are_linked() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["one/a.txt", "two/a.txt", "three/a.txt"] {
            write(folder.path(), name, "same text");
        }
        write(folder.path(), "one/b.txt", " same\n text\n");
        let paths = ["two", "one", "three"].map(|root| folder.path().join(root));
        let (all, _) = collect(&paths, 4);
        let all: Vec<_> = all.into_iter().map(Result::unwrap).collect();
        let id = &all[0].document.id;
        let other = &all[2].document.id;
        let ids: Vec<_> = all.iter().map(|f| f.document.id.as_str()).collect();
        assert_eq!(ids, [id, &format!("{id}-2"), other, &format!("{id}-3")]);
        let first: Vec<_> = all.iter().map(|f| f.duplicate_of.as_str()).collect();
        assert_eq!(first, ["", id, id, id]);
    }

    #[test]
    fn the_run_ends_with_the_first_error_of_the_sink() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "a.txt", "text");
        let sink = |_| Err(Error::Option("full".into()));
        let result =
            run_with(&count, items(&[folder.path().to_owned()], &Options::default()).unwrap(), 1, sink, &|_| ());
        assert_eq!(result.unwrap_err().to_string(), "full");
    }

    #[test]
    fn no_items_make_no_results() {
        assert_eq!(collect(&[], 3).0, []);
    }
}
