//! One part of all blocks of a run, in input order, from one store or from several that share the input.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use super::segment::{self, Part};
use crate::error::Error;
use crate::read::Position;

/// Ending of the names of segments.
pub(super) const ENDING: &str = "seg";

/// The segments in a folder, in their order.
///
/// # Errors
///
/// [`Error::Io`] if the folder cannot be read.
pub fn segments_below(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let failed = |error| Error::read(folder, error);
    let mut paths = Vec::new();
    for entry in folder.read_dir().map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|ending| ending == ENDING) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// Gives the entries of several folders of segments by position. Holds one segment of each in memory.
pub struct Entries<P> {
    sources: Vec<Source<P>>,
}

impl<P: Part> Entries<P> {
    /// The entries of these folders.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if a folder cannot be read.
    pub fn new(folders: &[PathBuf]) -> Result<Self, Error> {
        let source = |folder: &PathBuf| Ok(Source { segments: segments_below(folder)?.into(), open: VecDeque::new() });
        Ok(Self { sources: folders.iter().map(source).collect::<Result<_, Error>>()? })
    }

    fn advance(&mut self) -> Result<Option<(Position, P)>, Error> {
        let mut first: Option<(Position, usize)> = None;
        for (at, source) in self.sources.iter_mut().enumerate() {
            let Some(position) = source.position()? else { continue };
            if first.is_none_or(|(other, _)| position < other) {
                first = Some((position, at));
            }
        }
        Ok(first.and_then(|(_, at)| self.sources[at].open.pop_front()))
    }
}

impl<P: Part> Iterator for Entries<P> {
    type Item = Result<(Position, P), Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.advance().transpose()
    }
}

struct Source<P> {
    segments: VecDeque<PathBuf>,
    open: VecDeque<(Position, P)>,
}

impl<P: Part> Source<P> {
    /// The position of the next entry.
    fn position(&mut self) -> Result<Option<Position>, Error> {
        while self.open.is_empty() {
            let Some(path) = self.segments.pop_front() else { return Ok(None) };
            self.open = segment::read(&path)?.into();
        }
        Ok(self.open.front().map(|(position, _)| *position))
    }
}

#[cfg(test)]
mod tests {
    use super::super::block::Head;
    use super::super::segment::tests::block;
    use super::*;

    #[test]
    fn entries_of_several_stores_come_by_position() {
        let folder = tempfile::tempdir().unwrap();
        let stores = [vec![vec![0, 3], vec![6]], vec![vec![1, 4]], vec![], vec![vec![2], vec![5]]];
        let mut folders = Vec::new();
        for (at, segments) in stores.iter().enumerate() {
            let store = folder.path().join(at.to_string());
            std::fs::create_dir(&store).unwrap();
            for (number, files) in segments.iter().enumerate() {
                let blocks: Vec<_> = files.iter().map(|&file| block(file, "x")).collect();
                segment::write(&store.join(format!("{number}.seg")), &blocks).unwrap();
            }
            std::fs::write(store.join("0.part"), "begun").unwrap();
            folders.push(store);
        }
        let entries = Entries::<Head>::new(&folders).unwrap();
        let files: Vec<u64> = entries.map(|entry| entry.unwrap().0.file).collect();
        assert_eq!(files, [0, 1, 2, 3, 4, 5, 6]);
        assert!(Entries::<Head>::new(&[folder.path().join("nowhere")]).is_err());
    }
}
