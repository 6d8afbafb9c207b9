//! What is kept of one document, or of one problem.

use std::borrow::Cow;
use std::io;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::link::Sighting;
use crate::model::Document;
use crate::read::Position;
use crate::reprints::Signature;

/// Level of zstd: fast, and rows shrink to a quarter of their size all the same.
pub(super) const LEVEL: i32 = 1;

/// Half of a SHA-256 over all that a reader knows of a document.
pub type Hash = [u8; 16];

/// One document or problem of a run, in three parts that are read one without the others.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// Its place in the input.
    pub position: Position,
    /// By what it is known.
    pub head: Head,
    /// What it tells of persons and other entities.
    pub notes: Notes,
    /// Its rows.
    pub rows: Rows,
}

/// By what a document is known.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// Hash of the content; zeros for a problem.
    pub hash: Hash,
    /// Id that another document of the run may have too; empty for a problem.
    pub id: String,
    /// By what reprints are found; none for a problem.
    pub signature: Option<Signature>,
}

impl Head {
    /// Whether this is a document and no problem.
    pub fn is_document(&self) -> bool {
        self.signature.is_some()
    }
}

/// What a document tells the run as a whole.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Notes {
    /// Id of the document, as in the head; empty for a problem.
    pub id: String,
    /// Day of publication, ISO 8601, or empty.
    pub published: String,
    /// Persons, in the order of the document's entities.
    pub persons: Vec<Person>,
    /// All other entities, in that order.
    pub others: Vec<Name>,
}

/// A person of a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// As an entity, with the key that the rows have.
    pub name: Name,
    /// By what it may be known in other documents.
    pub sighting: Sighting,
}

/// An entity of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// Place among the entities of the document.
    pub at: u32,
    /// Key in the rows.
    pub key: String,
    /// Type, as the tables name it.
    pub kind: Cow<'static, str>,
    /// Standard or fullest name.
    pub name: String,
    /// Chinese name, or empty.
    pub name_zh: String,
    /// Wikidata id, or empty.
    pub wikidata: String,
    /// Code of the region, or empty.
    pub region_code: String,
    /// Mentions in the document.
    pub mentions: u64,
}

/// Rows of all tables as CSV without headers, each with the place of its table as the first cell; packed, because many
/// wait at a time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows {
    /// Id of the document, as in the head; empty for a problem.
    pub id: String,
    packed: Vec<u8>,
}

impl Rows {
    /// Packs rows.
    ///
    /// # Errors
    ///
    /// An error of the packer; none is known that plain bytes could cause.
    pub fn pack(id: &str, csv: &[u8]) -> io::Result<Self> {
        Ok(Self { id: id.to_owned(), packed: zstd::encode_all(csv, LEVEL)? })
    }

    /// The rows as they were packed.
    ///
    /// # Errors
    ///
    /// An error if the bytes are not those of [`Rows::pack`].
    pub fn unpack(&self) -> io::Result<Vec<u8>> {
        zstd::decode_all(self.packed.as_slice())
    }
}

/// The hash by which a document is known to have been done: over id, source, record, metadata, notes and text.
pub fn content_hash(document: &Document) -> Hash {
    let Document { id, source, record, metadata, text, notes } = document;
    let metadata = [&metadata.title, &metadata.published, &metadata.outlet, &metadata.url];
    let mut hash = Sha256::new();
    for part in [id, source, record, notes].into_iter().chain(metadata).chain([text]) {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    let mut half = Hash::default();
    half.iter_mut().zip(hash.finalize()).for_each(|(to, from)| *to = from);
    half
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_packed_and_unpacked() {
        let csv = b"1,a,b\n".repeat(500);
        let rows = Rows::pack("d1", &csv).unwrap();
        assert!(rows.packed.len() < 100);
        assert_eq!(rows.unpack().unwrap(), csv);
        assert!(Rows { packed: b"no frame".to_vec(), ..rows }.unpack().is_err());
    }

    #[test]
    fn the_hash_tells_parts_apart() {
        let document = |title: &str, text: &str| {
            let mut document = Document { text: text.into(), ..Document::default() };
            document.metadata.title = title.into();
            content_hash(&document)
        };
        assert_eq!(document("a", "b"), document("a", "b"));
        assert_ne!(document("a", "b"), document("", "ab"));
        assert_ne!(document("a", "b"), document("b", "a"));
    }
}
