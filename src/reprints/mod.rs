//! Which documents of a run are reprints of one another: near-equal texts, in bounded memory.
//!
//! MinHash with banding (A. Broder, "On the resemblance and containment of documents", 1997; J. Leskovec et al.,
//! "Mining of Massive Datasets", chapter 3): documents that share a band are compared by signature. Signatures lie in a file,
//! bands are sorted outside memory; four bytes a document stay in memory.

mod signature;

use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::slots::Slots;
use crate::spill::Sorter;
pub use signature::Signature;

/// Least share of equal bins of two signatures, as an estimate of the share of equal five-word runs of two texts.
pub const SIMILAR: f64 = 0.8;
/// Documents of one band with which a further one is compared.
const LEADERS: usize = 8;
/// Items of a few bytes that a sorter holds in memory.
const IN_MEMORY: usize = 1 << 19;

/// The signatures of a run by number of the document.
type Signatures = Slots<{ Signature::BYTES }>;

/// Takes the signatures of a run in input order.
pub struct Finder {
    file: Signatures,
    exact: Sorter<(u64, u32)>,
    folder: PathBuf,
}

/// For each document the first one that it reprints.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Reprints {
    first: Vec<u32>,
}

impl Reprints {
    /// The number of the first document with this text; none if it is the first.
    pub fn of(&self, document: u32) -> Option<u32> {
        self.first.get(document as usize).copied().filter(|&first| first != document)
    }

    /// Documents that reprint an earlier one.
    pub fn count(&self) -> u64 {
        self.first.iter().zip(0..).filter(|&(&first, at)| first != at).count() as u64
    }
}

impl Finder {
    /// A finder whose files lie below `folder`.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if they cannot be made.
    pub fn new(folder: &Path) -> Result<Self, Error> {
        let file = Signatures::create(&folder.join("signatures"))?;
        Ok(Self { file, exact: Sorter::new(folder, IN_MEMORY)?, folder: folder.to_owned() })
    }

    /// Takes the signature of the next document.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if a file cannot be written.
    pub fn add(&mut self, signature: &Signature) -> Result<(), Error> {
        self.exact.push((signature.digest(), self.file.count))?;
        self.file.push(&signature.to_bytes())
    }

    /// Finds the reprints: equal signatures first, then similar ones of what is left.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if a file cannot be written or read.
    pub fn finish(self) -> Result<Reprints, Error> {
        let Self { mut file, exact, folder } = self;
        let mut first: Vec<u32> = (0..file.count).collect();
        let mut before = None;
        for item in exact.sorted()? {
            let (digest, document) = item?;
            match before {
                Some((same, earlier)) if same == digest => first[document as usize] = earlier,
                _ => before = Some((digest, document)),
            }
        }
        similar(&mut file, &folder, &mut first)?;
        settle(&mut first);
        Ok(Reprints { first })
    }
}

/// Joins each document that is no exact reprint to one of its bands that is similar.
fn similar(file: &mut Signatures, folder: &Path, first: &mut [u32]) -> Result<(), Error> {
    let mut bands = Sorter::new(folder, IN_MEMORY)?;
    for document in (0..file.count).filter(|&document| first[document as usize] == document) {
        let signature = Signature::from_bytes(&file.get(document)?);
        signature.bands().try_for_each(|band| bands.push((band, document)))?;
    }
    let mut bucket = Bucket::default();
    for item in bands.sorted()? {
        let (band, document) = item?;
        if bucket.band != Some(band) {
            bucket = Bucket { band: Some(band), alone: Some(document), leaders: Vec::new() };
        } else if first[document as usize] == document {
            bucket.enter(document, file, first)?;
        }
    }
    Ok(())
}

/// The documents of one band.
#[derive(Default)]
struct Bucket {
    band: Option<u64>,
    /// The first one, whose signature is only read when there is a second.
    alone: Option<u32>,
    leaders: Vec<(u32, Signature)>,
}

impl Bucket {
    fn enter(&mut self, document: u32, file: &mut Signatures, first: &mut [u32]) -> Result<(), Error> {
        if let Some(alone) = self.alone.take() {
            self.leaders.push((alone, Signature::from_bytes(&file.get(alone)?)));
        }
        let signature = Signature::from_bytes(&file.get(document)?);
        match self.leaders.iter().find(|(_, leader)| leader.similarity(&signature) >= SIMILAR) {
            Some(&(leader, _)) => first[document as usize] = leader,
            None if self.leaders.len() < LEADERS => self.leaders.push((document, signature)),
            None => {}
        }
        Ok(())
    }
}

/// Leads each document to the first of its chain; links lead backwards, so one pass is enough.
fn settle(first: &mut [u32]) {
    for document in 0..first.len() {
        first[document] = first[first[document] as usize];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(texts: &[String]) -> Vec<Option<u32>> {
        let folder = tempfile::tempdir().unwrap();
        let mut finder = Finder::new(folder.path()).unwrap();
        texts.iter().for_each(|text| finder.add(&Signature::new(text)).unwrap());
        let reprints = finder.finish().unwrap();
        (0..texts.len() as u32).map(|document| reprints.of(document)).collect()
    }

    /// A text of words that no other seed has.
    fn text(seed: usize, words: std::ops::Range<usize>) -> String {
        words.map(|word| format!("w{} ", seed * 10_007 + word * word % 9_973)).collect()
    }

    #[test]
    fn reprints_lead_to_the_first_of_their_text() {
        let a = text(1, 0..300);
        let short = "The mayor spoke.".to_owned();
        let with_byline = format!("Elm Daily, reporter Ann Oak: {a} (editor: Bo Ash)");
        let texts = [text(2, 0..300), a.clone(), short.clone(), with_byline, short, text(3, 0..300), a.to_uppercase()];
        assert_eq!(found(&texts), [None, None, None, Some(1), Some(2), None, Some(1)]);
    }

    #[test]
    fn half_a_text_is_another_text() {
        let texts = [text(1, 0..300), text(1, 0..150), text(1, 150..450)];
        assert_eq!(found(&texts), [None; 3]);
    }

    #[test]
    fn what_is_found_is_counted() {
        let reprints = Reprints { first: vec![0, 0, 2, 0] };
        assert_eq!((reprints.count(), reprints.of(3), reprints.of(9)), (2, Some(0), None));
    }

    #[test]
    fn chains_end_at_their_first_document() {
        let mut first = vec![0, 0, 1, 2, 4];
        settle(&mut first);
        assert_eq!(first, [0, 0, 0, 0, 4]);
    }

    #[test]
    fn many_different_texts_stay_apart() {
        let texts: Vec<String> = (0..400).map(|seed| text(seed + 10, 0..120)).collect();
        assert_eq!(found(&texts), vec![None; 400]);
    }
}
