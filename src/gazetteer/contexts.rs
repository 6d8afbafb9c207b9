//! What must stand near a guarded phrase: quotation marks, or one of some words in its sentence.
//!
//! All words that any phrase needs are in one automaton, asked only where a guarded phrase was found.

use super::phrases::Folded;
use super::source::forms::fold_phrase;
use super::source::variants;
use crate::text::Text;
use aho_corasick::AhoCorasick;
use std::collections::HashMap;

/// The context of phrases that count only with a quotation mark on at least one side.
pub const QUOTED: &str = "quoted";

/// The contexts of all policies.
#[derive(Debug, Clone)]
pub struct Contexts {
    words: AhoCorasick,
    /// For each pattern of `words`: its context.
    owners: Vec<usize>,
    /// Number of each context, by its cell.
    numbers: HashMap<String, usize>,
}

impl Contexts {
    /// Compiles the words of the given cells; an error says which cell is wrong.
    pub fn new<'a>(cells: impl Iterator<Item = &'a str>) -> Result<Self, String> {
        let (mut patterns, mut owners, mut numbers) = (Vec::new(), Vec::new(), HashMap::new());
        for cell in cells.filter(|cell| !cell.is_empty() && *cell != QUOTED) {
            let next = numbers.len();
            if numbers.contains_key(cell) {
                continue;
            }
            numbers.insert(cell.to_string(), next);
            for form in variants::expand_cell(cell)? {
                patterns.push(format!(" {}", fold_phrase(&form)));
                owners.push(next);
            }
        }
        let words = AhoCorasick::new(patterns).map_err(|error| error.to_string())?;
        Ok(Self { words, owners, numbers })
    }

    /// Whether the context of this cell is given for the phrase that covers `tokens`.
    pub(super) fn hold(&self, cell: &str, text: &Text, folded: &Folded, tokens: std::ops::Range<usize>) -> bool {
        if cell == QUOTED {
            return text.is_quoted(tokens.start, tokens.end);
        }
        let Some(number) = self.numbers.get(cell) else { return false };
        let sentence = text.sentences[text.tokens[tokens.start].sentence];
        let words = format!(" {}", folded.words(sentence.first_token..sentence.end_token));
        self.words.find_overlapping_iter(&words).any(|found| self.owners[found.pattern()] == *number)
    }
}
