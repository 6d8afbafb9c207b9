//! Sorts more than fits into memory: what is pushed comes back in order, by way of files in a work folder.
//!
//! Sorted runs are written to files and merged, not too many at a time (D. Knuth, "The Art of Computer Programming",
//! vol. 3, 5.4). Own code, because the crate at hand (`extsort` 0.5) gives nothing back when its memory is just
//! empty at the end. Knows nothing of what is sorted.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::{self, File};
use std::io::{self, BufReader, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;
use tempfile::TempDir;

use crate::error::Error;

/// Files that are merged at a time; each takes some 400 kB of memory.
const WIDTH: usize = 16;
/// Files are packed fast, and with a small window.
const LEVEL: i32 = 1;
const WINDOW_LOG: u32 = 17;

/// What can be sorted: items of one total order, so that the result does not depend on how many fit into memory.
pub trait Item: Ord + Serialize + DeserializeOwned {}

impl<T: Ord + Serialize + DeserializeOwned> Item for T {}

/// Takes items in any order.
pub struct Sorter<T> {
    held: Vec<T>,
    most: usize,
    runs: Vec<PathBuf>,
    /// Runs made so far, by which they are named.
    count: usize,
    folder: TempDir,
}

impl<T: Item> Sorter<T> {
    /// A sorter that holds `most` items in memory and puts the others into files below `folder`.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if no folder can be made there.
    pub fn new(folder: &Path, most: usize) -> Result<Self, Error> {
        let folder = TempDir::new_in(folder).map_err(|error| Error::write(folder, error))?;
        Ok(Self { held: Vec::new(), most, runs: Vec::new(), count: 0, folder })
    }

    /// Adds an item.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if a file cannot be written.
    pub fn push(&mut self, item: T) -> Result<(), Error> {
        if self.held.len() >= self.most {
            let mut held = std::mem::take(&mut self.held);
            held.sort_unstable();
            self.write(held.drain(..).map(Ok))?;
            self.held = held;
        }
        self.held.push(item);
        Ok(())
    }

    /// Sorts what was added.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if a file cannot be written or read.
    pub fn sorted(mut self) -> Result<Sorted<T>, Error> {
        self.held.sort_unstable();
        while self.runs.len() > WIDTH {
            let some: Vec<PathBuf> = self.runs.drain(..WIDTH).collect();
            self.write(Merge::new(&some, Vec::new())?)?;
            some.iter().try_for_each(|path| fs::remove_file(path).map_err(|error| Error::write(path, error)))?;
        }
        let merge = Merge::new(&self.runs, std::mem::take(&mut self.held))?;
        Ok(Sorted { merge, _folder: self.folder })
    }

    /// Writes sorted items as one more run.
    fn write(&mut self, items: impl Iterator<Item = Result<T, Error>>) -> Result<(), Error> {
        let path = self.folder.path().join(self.count.to_string());
        let failed = |error| Error::write(&path, error);
        let mut run = encoder(&path).map_err(failed)?;
        for item in items {
            write_item(&mut run, &item?).map_err(failed)?;
        }
        run.finish().map_err(failed)?;
        self.count += 1;
        self.runs.push(path);
        Ok(())
    }
}

/// Gives the items of a [`Sorter`] in order; its files are removed with it.
pub struct Sorted<T> {
    merge: Merge<T>,
    _folder: TempDir,
}

impl<T: Item> Iterator for Sorted<T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.merge.next()
    }
}

/// Gives the items of several runs, and of one in memory, in order.
struct Merge<T> {
    runs: Vec<Run<T>>,
    /// The first item of each run that is not at its end.
    heads: BinaryHeap<Reverse<(T, usize)>>,
}

enum Run<T> {
    Disk(PathBuf, zstd::Decoder<'static, BufReader<File>>),
    Memory(std::vec::IntoIter<T>),
}

impl<T: Item> Merge<T> {
    fn new(paths: &[PathBuf], held: Vec<T>) -> Result<Self, Error> {
        let open = |path: &PathBuf| {
            let opened = File::open(path).and_then(zstd::Decoder::new);
            opened.map(|run| Run::Disk(path.clone(), run)).map_err(|error| Error::read(path, error))
        };
        let mut runs = paths.iter().map(open).collect::<Result<Vec<_>, _>>()?;
        runs.push(Run::Memory(held.into_iter()));
        let mut merge = Self { runs, heads: BinaryHeap::new() };
        (0..merge.runs.len()).try_for_each(|run| merge.refill(run))?;
        Ok(merge)
    }

    fn refill(&mut self, at: usize) -> Result<(), Error> {
        let next = match &mut self.runs[at] {
            Run::Memory(items) => items.next(),
            Run::Disk(path, run) => read_item(run).map_err(|error| Error::read(&*path, error))?,
        };
        self.heads.extend(next.map(|item| Reverse((item, at))));
        Ok(())
    }
}

impl<T: Item> Iterator for Merge<T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let Reverse((item, run)) = self.heads.pop()?;
        Some(self.refill(run).map(|()| item))
    }
}

fn encoder(path: &Path) -> io::Result<zstd::Encoder<'static, File>> {
    let mut encoder = zstd::Encoder::new(File::create(path)?, LEVEL)?;
    encoder.window_log(WINDOW_LOG)?;
    Ok(encoder)
}

/// Writes the length of an item (4 bytes, little-endian) and the item.
fn write_item(writer: &mut impl Write, item: &impl Serialize) -> io::Result<()> {
    let bytes = postcard::to_allocvec(item).map_err(io::Error::other)?;
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    writer.write_all(&length.to_le_bytes())?;
    writer.write_all(&bytes)
}

/// Reads an item; none at the end.
fn read_item<T: DeserializeOwned>(reader: &mut impl Read) -> io::Result<Option<T>> {
    let mut length = [0; 4];
    match reader.read_exact(&mut length) {
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
        read => read?,
    }
    let mut bytes = vec![0; u32::from_le_bytes(length) as usize];
    reader.read_exact(&mut bytes)?;
    postcard::from_bytes(&bytes).map(Some).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(items: impl Iterator<Item = (String, u32)>, most: usize) -> Vec<(String, u32)> {
        let folder = tempfile::tempdir().unwrap();
        let mut sorter = Sorter::new(folder.path(), most).unwrap();
        items.for_each(|item| sorter.push(item).unwrap());
        let all = sorter.sorted().unwrap().collect::<Result<_, _>>().unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "files are left");
        all
    }

    #[test]
    fn order_does_not_depend_on_what_fits_into_memory() {
        let items = || (0..500u32).map(|n| (format!("{}", n * 7919 % 101), n * 31 % 499));
        let mut expected: Vec<_> = items().collect();
        expected.sort();
        // Just full at the end, more runs than are merged at a time, one run, none.
        for most in [4, 3, 1, 19, 250, 499, 500, 1000] {
            assert_eq!(sorted(items(), most), expected, "{most} in memory");
        }
        assert_eq!(sorted(std::iter::empty(), 3), []);
    }

    #[test]
    fn a_file_that_ends_within_an_item_is_an_error() {
        let mut bytes = Vec::new();
        write_item(&mut bytes, &"word").unwrap();
        assert_eq!(read_item::<String>(&mut bytes.as_slice()).unwrap().as_deref(), Some("word"));
        assert_eq!(read_item::<String>(&mut [].as_slice()).unwrap(), None);
        bytes.pop();
        assert!(read_item::<String>(&mut bytes.as_slice()).is_err());
    }
}
