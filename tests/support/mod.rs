//! What several test modules share: the shipped extractor, built once, and the texts that lie in the repository.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;

use tifa::corpus;
use tifa::gazetteer::Gazetteers;
use tifa::model::{Document, Extraction, Label};
use tifa::pipeline::Extractor;
use tifa::read::{Options, items};
use tifa::write::{Run, RunRecord, Settings};

/// An extractor with the shipped gazetteers; loading takes long, so all tests share it.
pub fn shipped() -> &'static Extractor {
    static SHIPPED: OnceLock<Extractor> = OnceLock::new();
    SHIPPED.get_or_init(|| Extractor::new(Gazetteers::shipped().unwrap()))
}

/// A path below the root of the repository.
pub fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// A document that is nothing but a text.
pub fn document(text: &str) -> Document {
    Document { text: text.to_owned(), ..Document::default() }
}

/// What the shipped extractor finds in a text.
pub fn extract(text: &str) -> Extraction {
    shipped().extract(&document(text))
}

/// Surfaces of the mentions with `label`, in the order of the text.
pub fn surfaces<'t>(text: &'t str, extraction: &Extraction, label: Label) -> Vec<&'t str> {
    extraction.mentions.iter().filter(|m| m.label == label).map(|m| &text[m.span.start..m.span.end]).collect()
}

/// The files of a folder whose names end in `.extension`, sorted.
pub fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(root(folder)).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|e| e == extension)).collect();
    files.sort();
    files
}

/// Name of a file without folder and extension.
pub fn stem(path: &Path) -> &str {
    path.file_stem().unwrap().to_str().unwrap()
}

/// Extracts these files into the run, as far as `most` documents.
pub fn fill(run: &Run, paths: &[PathBuf], options: &Options, most: usize) {
    let work = |item| corpus::block(shipped(), run, item).unwrap();
    let sink = |done: Vec<corpus::Done>| run.push(&done.into_iter().map(|done| done.block).collect::<Vec<_>>());
    let items = items(paths, options).unwrap().take(most);
    corpus::run(items, 0, &AtomicBool::new(false), &work, sink).unwrap();
}

/// Writes the tables of a run over these files.
pub fn write_tables(paths: &[PathBuf], output: &Path, settings: Settings) {
    let run = Run::open(output, settings).unwrap();
    fill(&run, paths, &Options::default(), usize::MAX);
    run.finish(&RunRecord::default(), &|_| (), &|| 0.0).unwrap();
}

/// All files of a folder but `run.json`, which holds the time.
pub fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let files = entries.map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()));
    files.filter(|(name, _)| name != "run.json").collect()
}
