//! What only the run as a whole knows of its documents: numbers, ids that differ, and which are reprints.

use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::reprints::{Finder, Reprints};
use crate::slots::Slots;
use crate::spill::Sorter;
use crate::store::{Entries, Head};

/// Ids that the sorter holds.
const IN_MEMORY: usize = 1 << 18;

/// The documents of a run, numbered in input order.
pub(super) struct Census {
    ids: Ids,
    /// Number of a document and which one with its id it is (2, 3 ...), by number.
    repeated: Vec<(u32, u32)>,
    reprints: Reprints,
    /// Whether only the first of equal texts is kept.
    unique: bool,
}

impl Census {
    /// Counts the documents of these stores. Files lie below `folder`.
    pub(super) fn new(stores: &[PathBuf], folder: &Path, unique: bool) -> Result<Self, Error> {
        let mut ids = Ids(Slots::create(&folder.join("ids"))?);
        let mut sorter = Sorter::new(folder, IN_MEMORY)?;
        let mut finder = Finder::new(folder)?;
        for entry in Entries::<Head>::new(stores)? {
            let (_, head) = entry?;
            if let Some(signature) = &head.signature {
                finder.add(signature)?;
                sorter.push((head.id.clone(), ids.0.count))?;
                ids.append(&head.id)?;
            }
        }
        Ok(Self { ids, repeated: repeated(sorter)?, reprints: finder.finish()?, unique })
    }

    /// Documents that are left out, because they reprint another one.
    pub(super) fn left_out(&self) -> u64 {
        if self.unique { self.reprints.count() } else { 0 }
    }

    /// Whether the document stands in the tables.
    pub(super) fn is_kept(&self, number: u32) -> bool {
        !self.unique || self.reprints.of(number).is_none()
    }

    /// The id that no other document of the run has: its own, or with `-2`, `-3` ... behind it.
    pub(super) fn id(&self, number: u32, own: &str) -> String {
        match self.repeated.binary_search_by_key(&number, |(number, _)| *number) {
            Ok(at) => format!("{own}-{}", self.repeated[at].1),
            Err(_) => own.to_owned(),
        }
    }

    /// The id of the first document with the text of this one; empty if it is the first.
    pub(super) fn duplicate_of(&mut self, number: u32) -> Result<String, Error> {
        let Some(first) = self.reprints.of(number) else { return Ok(String::new()) };
        let own = self.ids.get(first)?;
        Ok(self.id(first, &own))
    }
}

fn repeated(sorter: Sorter<(String, u32)>) -> Result<Vec<(u32, u32)>, Error> {
    let mut all = Vec::new();
    let (mut before, mut count) = (String::new(), 0);
    for item in sorter.sorted()? {
        let (id, number) = item?;
        count = if id == before { count + 1 } else { 1 };
        if count > 1 {
            all.push((number, count));
        }
        before = id;
    }
    all.sort_unstable();
    Ok(all)
}

/// Ids by number of the document, each in as many bytes as the longest may have: that of a reader has 12.
struct Ids(Slots<32>);

impl Ids {
    fn append(&mut self, id: &str) -> Result<(), Error> {
        let mut bytes = [0; 32];
        let Some(room) = bytes.get_mut(..id.len()) else {
            return Err(Error::Option(format!("{id}: the id of a document has more than 32 bytes")));
        };
        room.copy_from_slice(id.as_bytes());
        self.0.push(&bytes)
    }

    fn get(&mut self, number: u32) -> Result<String, Error> {
        Ok(String::from_utf8_lossy(&self.0.get(number)?).trim_end_matches('\0').to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_ids_are_numbered_in_input_order() {
        let folder = tempfile::tempdir().unwrap();
        let mut sorter = Sorter::new(folder.path(), 3).unwrap();
        for (number, id) in (0..).zip(["b", "a", "b", "c", "a", "b"]) {
            sorter.push((id.to_owned(), number)).unwrap();
        }
        assert_eq!(repeated(sorter).unwrap(), [(2, 2), (4, 2), (5, 3)]);
    }

    #[test]
    fn ids_are_found_by_number() {
        let folder = tempfile::tempdir().unwrap();
        let mut ids = Ids(Slots::create(&folder.path().join("ids")).unwrap());
        ["0123456789ab", "d1", "d2"].into_iter().for_each(|id| ids.append(id).unwrap());
        assert_eq!([2, 0].map(|number| ids.get(number).unwrap()), ["d2", "0123456789ab"]);
        assert!(ids.append(&"x".repeat(33)).is_err());
    }
}
