//! Entries of one length in a file, found by number: what every document has a little of, and memory should not hold.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::error::Error;

/// Bytes that wait to be written together.
const PENDING: usize = 1 << 16;

/// A file with entries of `N` bytes, one behind the other.
pub(crate) struct Slots<const N: usize> {
    path: PathBuf,
    file: File,
    pending: Vec<u8>,
    /// Entries so far.
    pub(crate) count: u32,
}

impl<const N: usize> Slots<N> {
    /// An empty file at this path.
    pub(crate) fn create(path: &Path) -> Result<Self, Error> {
        let mut options = File::options();
        let file = options.read(true).write(true).create(true).truncate(true).open(path);
        let file = file.map_err(|error| Error::write(path, error))?;
        Ok(Self { path: path.to_owned(), file, pending: Vec::new(), count: 0 })
    }

    /// Adds an entry.
    pub(crate) fn push(&mut self, entry: &[u8; N]) -> Result<(), Error> {
        self.count += 1;
        self.pending.extend(entry);
        if self.pending.len() >= PENDING { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), Error> {
        let pending = std::mem::take(&mut self.pending);
        let written = self.file.seek(SeekFrom::End(0)).and_then(|_| self.file.write_all(&pending));
        written.map_err(|error| Error::write(&self.path, error))
    }

    /// The entry of this number, from 0.
    pub(crate) fn get(&mut self, number: u32) -> Result<[u8; N], Error> {
        if !self.pending.is_empty() {
            self.flush()?;
        }
        let mut entry = [0; N];
        let read = self.file.seek(SeekFrom::Start(u64::from(number) * N as u64));
        let read = read.and_then(|_| self.file.read_exact(&mut entry));
        read.map(|()| entry).map_err(|error| Error::read(&self.path, error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_found_while_others_are_added() {
        let folder = tempfile::tempdir().unwrap();
        let mut slots = Slots::<3>::create(&folder.path().join("slots")).unwrap();
        slots.push(b"one").unwrap();
        slots.push(b"two").unwrap();
        assert_eq!(slots.get(1).unwrap(), *b"two");
        slots.push(b"six").unwrap();
        assert_eq!([0, 2].map(|number| slots.get(number).unwrap()), [*b"one", *b"six"]);
        assert_eq!(slots.count, 3);
        assert!(slots.get(3).is_err());
    }
}
