//! A document between being found and being read: where it stands, and what is left to do for it.

use std::fmt;
use std::io;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::Problem;
use super::stream::Fault;
use crate::model::{Document, Metadata};

/// The file, or the member of an archive, in which a document stands.
#[derive(Debug, Clone)]
pub(super) struct Place {
    source: Arc<str>,
    relative: Arc<str>,
    member: Arc<str>,
}

impl Place {
    /// A file, by its path as given and the one below the given folder, with `/` between its parts.
    pub(super) fn new(source: &str, relative: &str) -> Self {
        Self { source: source.into(), relative: relative.into(), member: "".into() }
    }

    /// A member of this archive.
    pub(super) fn with_member(&self, name: &str) -> Self {
        Self { member: name.into(), ..self.clone() }
    }

    /// The path below the given folder.
    pub(super) fn relative(&self) -> &str {
        &self.relative
    }

    /// The name of a record for the tables: with the member before it where there is one.
    fn record(&self, inner: &str) -> String {
        match (self.member.is_empty(), inner.is_empty()) {
            (true, _) => inner.to_owned(),
            (false, true) => self.member.as_ref().to_owned(),
            (false, false) => format!("{}:{inner}", self.member),
        }
    }

    pub(super) fn problem(&self, record: &str, kind: &'static str, detail: impl Into<String>) -> Problem {
        Problem::new(&self.source, self.record(record), kind, detail)
    }

    pub(super) fn io(&self, record: &str, error: &io::Error) -> Problem {
        Problem::io(&self.source, self.record(record), error)
    }
}

/// What a reader makes of a document; where it stands is added by [`Raw`].
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// The value of the id column; empty where there is none.
    pub(super) name: String,
    pub(super) metadata: Metadata,
    pub(super) text: String,
    pub(super) notes: Vec<String>,
}

type Finish = Box<dyn FnOnce() -> Result<Draft, Problem> + Send>;

/// A document that was found, but not decoded or parsed yet.
///
/// Made on the one thread that reads, finished on any.
pub struct Raw {
    place: Place,
    record: String,
    weight: usize,
    limit: u64,
    finish: Finish,
}

impl Raw {
    /// A record of `place` that takes `weight` bytes of memory; its text may be `limit` bytes long.
    pub(super) fn new(
        place: &Place,
        record: impl Into<String>,
        weight: usize,
        limit: u64,
        finish: impl FnOnce() -> Result<Draft, Problem> + Send + 'static,
    ) -> Self {
        Self { place: place.clone(), record: record.into(), weight, limit, finish: Box::new(finish) }
    }

    /// Bytes that the document holds in memory, or will when it is read: of a file of its own, its length on disk.
    pub fn weight(&self) -> usize {
        self.weight
    }

    /// The path as given, and the record in the file, by which a message names the document.
    pub fn name(&self) -> (String, String) {
        (self.place.source.as_ref().to_owned(), self.place.record(&self.record))
    }

    /// Reads the document.
    ///
    /// Its id is made from its path below the given root, its record and its text, so that it is the same wherever
    /// the folder lies. It is not unique where two roots hold the same file: a run numbers such documents.
    ///
    /// # Errors
    ///
    /// A [`Problem`], of the kind `empty`, `too_large` or `invalid_json`; for a file of its own also of those kinds
    /// that concern opening and unpacking.
    pub fn read(self) -> Result<Document, Problem> {
        let draft = (self.finish)()?;
        let inner = if draft.name.is_empty() { &self.record } else { &draft.name };
        if draft.text.trim().is_empty() {
            return Err(self.place.problem(inner, "empty", "it holds no text; remove it or fetch it again"));
        }
        if draft.text.len() as u64 > self.limit {
            return Err(self.place.io(inner, &Fault::TooLarge(self.limit).into()));
        }
        let record = self.place.record(inner);
        Ok(Document {
            id: document_id(&self.place.relative, &record, &draft.text),
            source: self.place.source.as_ref().to_owned(),
            record,
            metadata: draft.metadata,
            text: draft.text,
            notes: draft.notes.join("; "),
        })
    }
}

impl fmt::Debug for Raw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Raw").field("place", &self.place).field("record", &self.record).finish_non_exhaustive()
    }
}

/// First 12 hexadecimal digits of the SHA-256 over path, record and text, with NUL between them.
fn document_id(relative: &str, record: &str, text: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(format!("{relative}\0{record}\0"));
    hash.update(text);
    hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(place: &Place, name: &str, text: &str) -> Raw {
        let draft = Draft { name: name.to_owned(), text: text.to_owned(), ..Draft::default() };
        Raw::new(place, "7", 0, 9, || Ok(draft))
    }

    #[test]
    fn id_is_made_of_path_record_and_text() {
        // printf 'a.txt\0\0text' | sha256sum
        assert_eq!(document_id("a.txt", "", "text"), "0b41d931a82e");
        assert_ne!(document_id("a.txt", "1", "text"), document_id("a.txt", "", "text"));
        assert_ne!(document_id("b.txt", "", "text"), document_id("a.txt", "", "text"));
    }

    #[test]
    fn a_record_is_named_by_member_and_id() {
        let file = Place::new("in/a.zip", "a.zip");
        let member = file.with_member("x/b.csv");
        let record = |raw: Raw| raw.read().unwrap().record;
        assert_eq!(record(raw(&file, "", "text")), "7");
        assert_eq!(record(raw(&file, "n-1", "text")), "n-1");
        assert_eq!(record(raw(&member, "", "text")), "x/b.csv:7");
        let document = raw(&member, "n-1", "text").read().unwrap();
        assert_eq!((document.record.as_str(), document.source.as_str()), ("x/b.csv:n-1", "in/a.zip"));
        assert_eq!(document.id, document_id("a.zip", "x/b.csv:n-1", "text"));
    }

    #[test]
    fn blank_and_overlong_texts_are_problems() {
        let place = Place::new("a.csv", "a.csv");
        let problem = |text| {
            let problem = raw(&place, "", text).read().unwrap_err();
            (problem.record, problem.problem.into_owned())
        };
        assert_eq!(problem(" \r\n\t\u{3000}\n"), ("7".to_owned(), "empty".to_owned()));
        assert_eq!(problem("0123456789"), ("7".to_owned(), "too_large".to_owned()));
    }
}
