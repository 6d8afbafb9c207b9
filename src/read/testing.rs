//! What the tests of the readers share: bytes in, documents out.

use super::{Item, Limits, Options, Problem, items_of};
use crate::model::Document;

/// What is found in a file of this name, in its order.
pub(super) fn found(name: &str, bytes: &[u8], options: &Options) -> Vec<Result<Document, Problem>> {
    let items: Vec<Item> = items_of(bytes.to_vec(), name, options).unwrap().collect();
    assert!(items.windows(2).all(|pair| pair[0].position < pair[1].position));
    items.into_iter().map(|item| item.raw.and_then(|raw| raw.read())).collect()
}

/// The documents of a file without problems.
pub(super) fn read(name: &str, bytes: &[u8]) -> Vec<Document> {
    found(name, bytes, &Options::default()).into_iter().map(Result::unwrap).collect()
}

/// `RECORD TEXT` for each document and `RECORD KIND` for each problem, with so many bytes for a document.
pub(super) fn outcomes(name: &str, bytes: &[u8], document: u64) -> Vec<String> {
    let options = Options { limits: Limits { document, ..Limits::default() }, ..Options::default() };
    let short = |outcome| match outcome {
        Ok(Document { record, text, .. }) => format!("{record} {text}"),
        Err(Problem { record, problem, .. }) => format!("{record} {problem}"),
    };
    found(name, bytes, &options).into_iter().map(short).collect()
}
