//! The compiled gazetteers as bytes: what the build script writes and the program reads when it starts.
//!
//! The automata are used where they lie; only rows and lists of forms are read into memory.

use super::forms::{Form, Forms, Policy};
use super::{Compiled, Rows};
use serde::{Deserialize, Serialize};

/// A compiled set of gazetteer files.
#[derive(Debug, Serialize, Deserialize)]
pub struct Image<'a> {
    /// Name and SHA-256 of each file.
    pub hashes: Vec<(String, String)>,
    /// Rows of all files but the two that are only looked up.
    pub rows: Rows,
    /// Forms, those of one phrase together.
    pub forms: Vec<Form>,
    /// Different policies of forms.
    pub policies: Vec<Policy>,
    /// Automaton of phrases.
    pub phrases: &'a [u8],
    /// Automaton of English words.
    pub english: &'a [u8],
    /// Automaton of townships: county, name and Chinese name.
    pub townships: &'a [u8],
}

impl Compiled {
    /// The bytes of the image. An error says what could not be written.
    pub fn to_bytes(&self) -> Result<Vec<u8>, String> {
        let Forms { automaton, forms, policies } = &self.forms;
        let image = Image {
            hashes: self.hashes.clone(),
            rows: self.rows.clone(),
            forms: forms.clone(),
            policies: policies.clone(),
            phrases: automaton,
            english: &self.english,
            townships: &self.townships,
        };
        postcard::to_allocvec(&image).map_err(|error| error.to_string())
    }
}

impl<'a> Image<'a> {
    /// Reads the bytes that [`Compiled::to_bytes`] wrote.
    pub fn from_bytes(bytes: &'a [u8]) -> Result<Self, String> {
        postcard::from_bytes(bytes).map_err(|error| error.to_string())
    }
}
