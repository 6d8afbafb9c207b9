//! Surnames and syllables: what a Chinese personal name can be made of.

use super::rows::{SurnameRow, SyllableRow};
use crate::text::fold_word;
use std::collections::{HashMap, HashSet};

/// Longest run of syllables that can be a name, in bytes.
const LONGEST: usize = 24;

/// How common a surname is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Frequency {
    /// Seldom met.
    Rare,
    /// Among the four hundred commonest.
    Regular,
    /// Among the hundred commonest.
    Common,
}

/// What is known of a surname's reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Surname {
    /// How common it is.
    pub frequency: Frequency,
    /// Whether it is an English word too.
    pub word: bool,
}

/// Readings of surnames and syllables.
#[derive(Debug, Clone, Default)]
pub struct Names {
    surnames: HashMap<String, Surname>,
    syllables: HashSet<String>,
    words: HashSet<String>,
}

impl Names {
    /// Builds the tables from the rows of surnames.csv and syllables.csv.
    pub fn new<'a>(
        surnames: impl Iterator<Item = &'a SurnameRow>,
        syllables: impl Iterator<Item = &'a SyllableRow>,
    ) -> Self {
        let mut names = Names::default();
        for row in surnames {
            let frequency = match row.frequency.as_str() {
                "common" => Frequency::Common,
                "regular" => Frequency::Regular,
                _ => Frequency::Rare,
            };
            names.surnames.insert(fold_word(&row.pinyin), Surname { frequency, word: row.word });
        }
        for row in syllables {
            names.syllables.insert(row.syllable.clone());
            if row.word {
                names.words.insert(row.syllable.clone());
            }
        }
        names
    }

    /// The surname read as `word` (any case).
    pub fn surname(&self, word: &str) -> Option<Surname> {
        self.surnames.get(&fold_word(word)).copied()
    }

    /// Least number of pinyin syllables that make up `word` (apostrophes divide); `None` if it is no pinyin.
    pub fn syllables(&self, word: &str) -> Option<usize> {
        let folded = fold_word(word);
        folded.split('\'').map(|part| self.least(part)).sum()
    }

    /// Whether `word` is a single syllable that is an English word too.
    pub fn is_english_syllable(&self, word: &str) -> bool {
        self.words.contains(&fold_word(word))
    }

    /// Whether `word` can be a surname and a given name of one or two syllables run together ("Wangqiang").
    pub fn is_fused(&self, word: &str) -> bool {
        let folded = fold_word(word);
        let splits = folded.char_indices().skip(1).map(|(at, _)| folded.split_at(at));
        splits.into_iter().any(|(surname, given)| {
            self.surnames.contains_key(surname) && self.syllables(given).is_some_and(|n| n <= 2)
        })
    }

    fn least(&self, part: &str) -> Option<usize> {
        if part.is_empty() || part.len() > LONGEST || !part.is_ascii() {
            return None;
        }
        let mut least: [Option<usize>; LONGEST + 1] = [None; LONGEST + 1];
        least[0] = Some(0);
        for start in 0..part.len() {
            let Some(count) = least[start] else { continue };
            for end in start + 1..=part.len().min(start + 6) {
                if self.syllables.contains(&part[start..end]) {
                    least[end] = Some(least[end].map_or(count + 1, |n| n.min(count + 1)));
                }
            }
        }
        least[part.len()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        let surname = |pinyin: &str| SurnameRow {
            pinyin: pinyin.into(),
            zh: String::new(),
            compound: false,
            frequency: "common".into(),
            word: false,
        };
        let syllable = |s: &&str| SyllableRow { syllable: s.to_string(), word: *s == "long" };
        let surnames = [surname("wang"), surname("ji")];
        let syllables: Vec<SyllableRow> =
            ["wang", "qiang", "zheng", "long", "ji", "en", "jin", "ping", "xi", "an", "xian"]
                .iter()
                .map(syllable)
                .collect();
        Names::new(surnames.iter(), syllables.iter())
    }

    #[test]
    fn syllables_are_counted() {
        assert_eq!(names().syllables("Jinping"), Some(2));
        assert_eq!(names().syllables("Ji'en"), Some(2));
        assert_eq!(names().syllables("Xian"), Some(1));
        assert_eq!(names().syllables("Xi'an"), Some(2));
        assert_eq!(names().syllables("County"), None);
    }

    #[test]
    fn fused_names_begin_with_a_surname() {
        assert!(names().is_fused("Wangqiang"));
        assert!(names().is_fused("Jizheng"));
        assert!(!names().is_fused("Qiangwang"));
        assert!(!names().is_fused("Wang"));
    }
}
