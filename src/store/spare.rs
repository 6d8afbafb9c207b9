//! What an earlier, unfinished run has done: its blocks by the hash of their content.

use std::collections::{HashMap, VecDeque};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use super::block::{Block, Hash, Head};
use super::segment;

/// Segments that stay unpacked; documents come mostly in the order in which they were done.
const OPEN: usize = 4;

/// Segments of an earlier run. Some 30 bytes a document stay in memory.
#[derive(Debug, Default)]
pub(super) struct Spare {
    segments: Vec<PathBuf>,
    /// Segment and place in it.
    places: HashMap<Hash, (u32, u32)>,
    open: Mutex<VecDeque<(u32, Arc<Vec<Block>>)>>,
}

impl Spare {
    /// Looks through segments. What cannot be read is passed over: its documents are done again.
    pub(super) fn new(segments: Vec<PathBuf>) -> Self {
        let mut places = HashMap::new();
        for (segment, path) in (0..).zip(&segments) {
            let heads = segment::read::<Head>(path).unwrap_or_default();
            let documents = (0..).zip(&heads).filter(|(_, (_, head))| head.is_document());
            places.extend(documents.map(|(at, (_, head))| (head.hash, (segment, at))));
        }
        Self { segments, places, open: Mutex::default() }
    }

    /// Documents that need not be done again.
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    /// The block of the document with this content.
    pub(super) fn find(&self, hash: &Hash) -> Option<Block> {
        let &(segment, at) = self.places.get(hash)?;
        self.blocks(segment)?.get(at as usize).filter(|block| block.head.hash == *hash).cloned()
    }

    fn blocks(&self, segment: u32) -> Option<Arc<Vec<Block>>> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, blocks)) = open.iter().find(|(other, _)| *other == segment) {
            return Some(Arc::clone(blocks));
        }
        // Under the lock, so that threads that want the same segment do not unpack it each.
        let blocks = Arc::new(segment::read_blocks(self.segments.get(segment as usize)?).ok()?);
        open.push_back((segment, Arc::clone(&blocks)));
        if open.len() > OPEN {
            open.pop_front();
        }
        Some(blocks)
    }
}

#[cfg(test)]
mod tests {
    use super::super::segment::tests::block;
    use super::*;

    #[test]
    fn blocks_are_found_by_content_in_any_order() {
        let folder = tempfile::tempdir().unwrap();
        let segments: Vec<PathBuf> = (0..7u64)
            .map(|n| {
                let path = folder.path().join(format!("{n}.seg"));
                segment::write(&path, &[block(2 * n, "a"), block(2 * n + 1, "b")]).unwrap();
                path
            })
            .collect();
        std::fs::write(&segments[3], "damaged").unwrap();
        let spare = Spare::new(segments);
        assert_eq!(spare.len(), 12);
        for file in [13, 0, 5, 2, 9, 1, 12] {
            assert_eq!(spare.find(&[file; 16]).unwrap().position.file, u64::from(file));
        }
        assert_eq!((spare.find(&[6; 16]), spare.find(&[99; 16])), (None, None));
    }
}
