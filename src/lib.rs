//! tifa (提法, a set political wording) turns Chinese official news in English into tables: who holds which office,
//! who chaired, addressed and attended which meeting, and which slogan was said by whom.
//!
//! The heart is one pure function, [`pipeline::Extractor::extract`]: a [`model::Document`] in, a
//! [`model::Extraction`] out. Everything else reads documents, runs many of them at once, or writes tables.
#![warn(missing_docs, clippy::print_stdout, clippy::print_stderr)]
#![forbid(unsafe_code)]

pub mod corpus;
pub mod error;
pub mod eval;
pub mod find;
pub mod gazetteer;
pub mod harvest;
pub mod link;
pub mod model;
pub mod overlap;
pub mod pipeline;
pub mod read;
pub mod relate;
pub mod reprints;
pub mod resolve;
mod slots;
pub mod spill;
pub mod store;
pub mod text;
pub mod write;
