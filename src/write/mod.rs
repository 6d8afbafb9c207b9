//! Writes the tables of a run: a folder of files, their description, and the record of the run.
//!
//! [`Run`] keeps what was made of each document in a work folder (`store`); when the last one is done, the tables are
//! made from it and take their place as one. Knows rows, offsets in characters, and files; not how anything was found,
//! and no clock.

mod assemble;
mod block;
mod census;
mod entities;
mod evidence;
mod folder;
mod linked;
mod merge;
mod offsets;
mod package;
mod record;
mod rows;
mod schema;
mod sheets;
mod tables;

use std::path::{Path, PathBuf};

use serde_json::Value;

pub use block::{document_block, problem_block};
pub(crate) use evidence::excerpt;
pub(crate) use folder::write_file;
pub use merge::{Shards, shards};
pub use record::{RunRecord, Totals};
pub use schema::{Column, ForeignKey, Kind, Table};
pub use sheets::Format;
pub use tables::TABLES;

use crate::corpus;
use crate::error::Error;
use crate::link::Decisions;
use crate::model::Document;
use crate::read::Shard;
use crate::store::{Block, Hash, Opened, Store};
use assemble::Assembly;
use census::Census;
use folder::{PACKAGE, RUN};
use record::Made;

/// How the tables of a run are to be written.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Formats of the tables.
    pub formats: Vec<Format>,
    /// Whether CSV is made safe for spreadsheets, with a workbook beside it.
    pub excel: bool,
    /// Whether only the first of equal texts is kept.
    pub unique: bool,
    /// Whether files that tifa did not write may be overwritten.
    pub force: bool,
    /// Whether to go on with an unfinished run.
    pub resume: bool,
    /// Which part of the input this is; a part has no tables, but what [`shards`] and [`Run::merge`] make them from.
    pub shard: Option<Shard>,
    /// Folder for the texts as they were read, one file a document, named by its id.
    pub texts: Option<PathBuf>,
    /// Threads; 0 for one on each core.
    pub threads: usize,
    /// What the user decided about persons.
    pub decisions: Decisions,
    /// Version and gazetteers: only what these made can be put together.
    pub maker: Value,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            formats: vec![Format::Csv],
            excel: false,
            unique: false,
            force: false,
            resume: false,
            shard: None,
            texts: None,
            threads: 0,
            decisions: Decisions::default(),
            maker: Value::Null,
        }
    }
}

impl Settings {
    /// The names of all files of the run.
    fn files(&self) -> Vec<String> {
        match self.shard {
            Some(_) => vec![merge::SEGMENTS.to_owned(), RUN.to_owned()],
            None => folder::names(&sheets::files(&self.formats, self.excel)),
        }
    }
}

/// A run while it goes on. If it is dropped before its end, what is done stays in the work folder.
#[derive(Debug)]
pub struct Run {
    output: PathBuf,
    settings: Settings,
    store: Store,
    /// Documents of an unfinished run that need not be done again.
    pub resumed: usize,
    /// Whether an unfinished run was thrown away.
    pub discarded: bool,
}

impl Run {
    /// Opens a run whose tables shall stand in the folder `output`, which is made if need be.
    ///
    /// Tables of an earlier run of tifa are replaced at the end. Other files are left alone; one that has the name of a
    /// table is a reason to refuse the folder, unless `force` is set.
    ///
    /// # Errors
    ///
    /// [`Error::Option`] for a folder that is refused or in use, or an unfinished run that cannot be gone on with;
    /// [`Error::Io`] for a folder that cannot be written.
    pub fn open(output: &Path, settings: Settings) -> Result<Self, Error> {
        if !settings.force {
            folder::check(output, &settings.files())?;
        }
        if let Some(texts) = &settings.texts {
            std::fs::create_dir_all(texts).map_err(|error| Error::write(texts, error))?;
        }
        let Opened { store, resumed, discarded } = Store::open(output, &settings.maker, settings.resume)?;
        Ok(Self { output: output.to_owned(), settings, store, resumed, discarded })
    }

    /// The block of a document with this content, if the unfinished run has done it.
    pub fn done(&self, hash: &Hash) -> Option<Block> {
        self.store.done(hash)
    }

    /// Keeps the text of a document, if texts are to be kept.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if it cannot be written.
    pub fn keep_text(&self, document: &Document) -> Result<(), Error> {
        let Some(folder) = &self.settings.texts else { return Ok(()) };
        let path = folder.join(format!("{}.txt", document.id));
        std::fs::write(&path, &document.text).map_err(|error| Error::write(path, error))
    }

    /// Keeps the next blocks, in input order. What was pushed is not lost when the program is killed.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if they cannot be written.
    pub fn push(&self, blocks: &[Block]) -> Result<(), Error> {
        self.store.push(blocks)
    }

    /// Makes the tables (for a shard: the part of a run that [`Run::merge`] takes) and puts them in their place.
    /// `tick` is called with numbers of documents whose rows were written, `seconds` at the end.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if a file cannot be read or written; then the work folder stays, and the tables of an earlier run.
    pub fn finish(self, record: &RunRecord, tick: &dyn Fn(u64), seconds: &dyn Fn() -> f64) -> Result<Totals, Error> {
        let stores = [self.store.segments()];
        match self.settings.shard {
            Some(shard) => self.keep(shard, record, seconds),
            None => self.assemble(&stores, record, tick, seconds),
        }
    }

    /// Makes the tables of a whole run from its shards, as one run over the whole input would.
    ///
    /// # Errors
    ///
    /// As [`Run::finish`].
    pub fn merge(
        self,
        shards: &Shards,
        record: &RunRecord,
        tick: &dyn Fn(u64),
        seconds: &dyn Fn() -> f64,
    ) -> Result<Totals, Error> {
        self.assemble(&shards.stores, record, tick, seconds)
    }

    fn assemble(
        self,
        stores: &[PathBuf],
        record: &RunRecord,
        tick: &dyn Fn(u64),
        seconds: &dyn Fn() -> f64,
    ) -> Result<Totals, Error> {
        let pool = corpus::pool(self.settings.threads)?;
        let (sort, new) = (self.store.sort_folder()?, self.store.new_folder()?);
        let mut census = Census::new(stores, &sort, self.settings.unique)?;
        let mut linked = linked::link(stores, &sort, &census, &self.settings.decisions)?;
        let unused = std::mem::take(&mut linked.unused);
        let mut books = sheets::open(&new, &sort, &self.settings.formats, self.settings.excel)?;
        let mut assembly = Assembly::new(&mut books, self.settings.texts.as_deref());
        assembly.documents(stores, &mut census, &mut linked, &pool, tick)?;
        assembly.entities(linked)?;
        let Assembly { rows, frequent, .. } = assembly;
        let messages = books.into_iter().map(sheets::Book::finish).collect::<Result<Vec<_>, _>>()?.concat();
        let rows = TABLES.iter().map(|table| table.name).zip(rows).collect();
        let totals = Totals { rows, frequent, messages, left_out: census.left_out() };
        let made = Made { files: self.settings.files(), settings: &self.settings, unused, seconds: seconds() };
        folder::write_json(&new, PACKAGE, &package::package(&self.settings.formats, self.settings.excel))?;
        folder::write_json(&new, RUN, &made.json(record, &totals))?;
        self.store.replace(&folder::old_files(&self.output))?;
        Ok(totals)
    }

    /// Leaves the blocks as they are, for a later merge.
    fn keep(self, shard: Shard, record: &RunRecord, seconds: &dyn Fn() -> f64) -> Result<Totals, Error> {
        let new = self.store.new_folder()?;
        let totals = merge::totals(&[self.store.segments()])?;
        let made =
            Made { files: self.settings.files(), settings: &self.settings, unused: Vec::new(), seconds: seconds() };
        folder::write_json(&new, RUN, &made.shard_json(shard, record, &totals))?;
        self.store.keep_segments()?;
        self.store.replace(&folder::old_files(&self.output))?;
        Ok(totals)
    }
}

#[cfg(test)]
mod tests;
