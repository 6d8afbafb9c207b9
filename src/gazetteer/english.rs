//! Ordinary English words: a capitalised word that stands here is not taken for a name in another language.

use super::rows::EnglishRow;
use crate::text::fold_word;
use std::borrow::Cow;
use std::collections::HashSet;

/// The shipped words, with what the user added and took away.
#[derive(Debug, Clone)]
pub struct English {
    words: fst::Set<Cow<'static, [u8]>>,
    added: HashSet<String>,
    removed: HashSet<String>,
}

impl English {
    /// Words in a compiled set; an error says what is wrong with its bytes.
    pub(super) fn new(words: Cow<'static, [u8]>) -> Result<Self, String> {
        let words = fst::Set::new(words).map_err(|error| error.to_string())?;
        Ok(Self { words, added: HashSet::new(), removed: HashSet::new() })
    }

    /// The words of these rows.
    #[cfg(feature = "check")]
    pub(super) fn of_rows<'a>(rows: impl Iterator<Item = &'a EnglishRow>) -> Result<Self, String> {
        let mut english = Self::new(Cow::Owned(fst::Set::<Vec<u8>>::default().into_fst().into_inner()))?;
        english.add(rows);
        Ok(english)
    }

    pub(super) fn add<'a>(&mut self, rows: impl Iterator<Item = &'a EnglishRow>) {
        self.added.extend(rows.map(|row| row.word.clone()));
    }

    /// Takes a word away; false if it is none of the words.
    pub(super) fn remove(&mut self, word: &str) -> bool {
        let known = self.has(word);
        self.removed.insert(word.to_string());
        known
    }

    /// Whether `word` is one of the words in any case; regular plurals count.
    pub fn holds(&self, word: &str) -> bool {
        let folded = fold_word(word);
        let known = |stem: Option<&str>| stem.is_some_and(|s| self.has(s));
        known(Some(&folded))
            || known(folded.strip_suffix('s'))
            || known(folded.strip_suffix("es"))
            || folded.strip_suffix("ies").is_some_and(|s| self.has(&format!("{s}y")))
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.words.len() + self.added.len()
    }

    /// Whether there are no words.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn has(&self, word: &str) -> bool {
        let listed = self.words.contains(word) || (!self.added.is_empty() && self.added.contains(word));
        listed && (self.removed.is_empty() || !self.removed.contains(word))
    }
}
