//! What a run has made of each document, on the disk until all of them are done.
//!
//! A [`Block`] holds the finished rows of a document and what the run as a whole wants to know of it; *segments* are
//! files of some hundred blocks in input order. Tables are made from segments alone, so a run that was killed can go
//! on, and parts made on several machines can be put together. Knows no text and no gazetteer.

mod block;
mod folder;
mod replace;
mod segment;
mod spare;
mod stream;

pub use block::{Block, Hash, Head, Name, Notes, Person, Rows, content_hash};
pub use folder::{Opened, Store};
pub use stream::{Entries, segments_below};
