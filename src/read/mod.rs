//! Reads input: lists the files under the given paths, finds the documents in them, and reads one as a [`Document`].
//!
//! What a document says is no matter of this stage, nor how many are read at once (`corpus`): one thread asks
//! [`Items`] for what is next, any thread finishes a [`Raw`]. What cannot be read becomes a [`Problem`], never an end
//! of the run. No file is ever held in memory as a whole, but for single documents.

mod archive;
mod blocks;
mod columns;
mod document;
mod entry;
mod format;
mod html;
mod http;
mod json;
mod lines;
mod list;
mod metadata;
mod meter;
mod object;
mod options;
mod page;
mod parquet;
mod problem;
mod records;
mod scan;
mod seek;
mod stream;
mod table;
mod tar;
#[cfg(test)]
mod testing;
mod text;
mod warc;
mod zip;

use std::iter;
use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use document::Raw;
pub use format::{Compression, Format};
pub use meter::Meter;
pub use options::{Columns, Limits, Options, Shard};
pub use problem::Problem;

use crate::error::Error;
#[cfg(doc)]
use crate::model::Document;
use document::Place;
use entry::{Content, Entry};
use list::{Listing, Rules};
use meter::Toll;
use options::Filter;
use records::{Context, Job, Records};

/// Where a document stands in the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    /// Number of the file in the order of the listing, from 0; what cannot be listed has a number too.
    pub file: u64,
    /// Number of the document or problem in the file, from 0.
    pub record: u64,
}

/// A document that was found, or what could not be read in its place.
#[derive(Debug)]
pub struct Item {
    /// Where it stands; positions grow from item to item.
    pub position: Position,
    /// The document, which is still to be read.
    pub raw: Result<Raw, Problem>,
}

/// A file that would be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The path as given.
    pub path: PathBuf,
    /// What it holds; of a pipe, what the options say or `Text`, since it does not tell before it is read.
    pub format: Format,
    /// How it is packed.
    pub compression: Compression,
    /// Bytes on disk; 0 where nobody knows.
    pub bytes: u64,
}

/// Finds the documents under the given paths (`-` for standard input), lazily and in bounded memory.
///
/// Their order depends on the paths, on the names of files and on what is in them alone.
///
/// # Errors
///
/// [`Error::Option`] for a glob that is none.
pub fn items(paths: &[PathBuf], options: &Options) -> Result<Items, Error> {
    let filter = Arc::new(Filter::new(options)?);
    let rules = Rules { filter: Arc::clone(&filter), format: options.format };
    Ok(Items::new(list::entries(paths, &rules), filter, options))
}

/// Lists the files that [`items`] would read, without looking into them but where a name does not tell the format.
///
/// # Errors
///
/// [`Error::Option`] for a glob that is none.
pub fn listing(
    paths: &[PathBuf],
    options: &Options,
) -> Result<impl Iterator<Item = Result<Listed, Problem>> + use<>, Error> {
    let rules = Rules { filter: Arc::new(Filter::new(options)?), format: options.format };
    Ok(list::entries(paths, &rules).map(move |entry| entry.map(|entry| listed(&entry, rules.format))))
}

fn listed(entry: &Entry, given: Option<Format>) -> Listed {
    let unknown = || (given.unwrap_or(Format::Text), Compression::None);
    let (format, compression) = entry.kind.unwrap_or_else(unknown);
    Listed { path: entry.path(), format, compression, bytes: entry.bytes.unwrap_or_default() }
}

/// Finds the documents of bytes as if they stood in a file of this name; for tests and fuzzing.
///
/// # Errors
///
/// [`Error::Option`] for a glob that is none.
#[doc(hidden)]
pub fn items_of(bytes: Vec<u8>, name: &str, options: &Options) -> Result<Items, Error> {
    let entry = Entry {
        place: Place::new(name, name),
        bytes: Some(bytes.len() as u64),
        content: Content::Memory(bytes.into()),
        kind: format::of_name(name),
        is_named: false,
    };
    let filter = Arc::new(Filter::new(options)?);
    Ok(Items::new(Box::new(iter::once(Ok(entry))), filter, options))
}

/// The documents of the input, one after the other; made by [`items`].
pub struct Items {
    listing: Listing,
    context: Arc<Context>,
    shard: Option<Shard>,
    meter: Meter,
    /// Number of files that were begun.
    files: u64,
    open: Option<Open>,
}

/// The file that is being read.
struct Open {
    place: Place,
    records: Records,
    /// What is to be paid at the end of a file that is read at any place.
    toll: Option<Toll>,
    position: Position,
    /// Whether it is right that nothing is found in it.
    may_be_empty: bool,
}

impl Items {
    fn new(listing: Listing, filter: Arc<Filter>, options: &Options) -> Self {
        let (columns, limits, format) = (options.columns.clone(), options.limits, options.format);
        let context = Context { filter, columns, limits, format };
        let (meter, shard) = (Meter::default(), options.shard);
        Self { listing, context: Arc::new(context), shard, meter, files: 0, open: None }
    }

    /// Counts the bytes of input files that were read so far, here and by [`Raw::read`].
    pub fn meter(&self) -> Meter {
        self.meter.clone()
    }

    /// Takes the next file of the listing up; `None` at its end.
    fn begin(&mut self) -> Option<Open> {
        let entry = self.listing.next()?;
        let position = Position { file: self.files, record: 0 };
        self.files += 1;
        Some(match entry {
            Ok(entry) => self.open(entry, position),
            Err(problem) => {
                let records = Box::new(iter::once(Err(problem)));
                Open { place: Place::new("", ""), records, toll: None, position, may_be_empty: true }
            }
        })
    }

    fn open(&self, entry: Entry, position: Position) -> Open {
        let toll = entry.toll(&self.meter);
        let (format, compression) = entry.kind.unwrap_or((Format::Text, Compression::None));
        let job = Job {
            place: entry.place.clone(),
            format,
            compression,
            weight: entry.bytes.and_then(|bytes| usize::try_from(bytes).ok()).unwrap_or_default(),
            selects: !entry.is_named,
            context: Arc::clone(&self.context),
        };
        let (content, paid) = (entry.content, toll.clone());
        let seeks = matches!(format, Format::Parquet | Format::Zip) && compression == Compression::None;
        let open = Box::new(move || content.open(&paid, seeks));
        let records = if entry.kind.is_some() { records::records(job, open) } else { records::sniffed(job, open) };
        let may_be_empty = format.is_archive() && self.context.filter.is_selective();
        Open { place: entry.place, records, toll: seeks.then_some(toll), position, may_be_empty }
    }
}

impl Open {
    /// The next document of the file; a file without any is a problem.
    fn next(&mut self) -> Option<Item> {
        let raw = self.records.next().or_else(|| {
            let is_empty = self.position.record == 0 && !self.may_be_empty;
            is_empty.then(|| Err(self.place.problem("", "empty", "it holds no document; remove it or fetch it again")))
        })?;
        let position = self.position;
        self.position.record += 1;
        Some(Item { position, raw })
    }
}

impl Iterator for Items {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            let Some(open) = &mut self.open else {
                self.open = Some(self.begin()?);
                continue;
            };
            match open.next() {
                Some(item) if self.shard.is_none_or(|s| s.holds(item.position.file, item.position.record)) => {
                    return Some(item);
                }
                Some(_) => {}
                None => {
                    open.toll.iter().for_each(Toll::settle);
                    self.open = None;
                }
            }
        }
    }
}
