//! The forms under which rows are found: folded phrases, each with the rows that it may mean and their policies.
//!
//! Phrases go into a minimal automaton (a finite-state transducer), because variants share beginnings and ends: it
//! can be stored, and needs no building when the program starts. How texts are searched with it is in `phrases`.

use super::rows::*;
use super::variants;
use crate::text::{Language, Text, TokenKind, fold_word};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Bits of an automaton's value that hold the number of forms; the rest is the index of the first.
const COUNT_BITS: u32 = 16;

/// The gazetteer that an entry comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Table {
    /// regions.csv
    Region,
    /// slogans.csv
    Slogan,
    /// people.csv
    Person,
    /// organizations.csv
    Organization,
    /// organs.csv
    Organ,
    /// titles.csv
    Title,
    /// meetings.csv
    Meeting,
    /// verbs.csv
    Verb,
    /// triggers.csv
    Trigger,
    /// stoplist.csv
    Stop,
    /// lexicon.csv
    Word,
}

/// Files whose rows are looked for in texts, with their tables and how phrases are capitalised in them.
const MATCHED: [(&str, Table, Case); 11] = [
    matched::<RegionRow>(),
    matched::<SloganRow>(),
    matched::<PersonRow>(),
    matched::<OrganizationRow>(),
    matched::<OrganRow>(),
    matched::<TitleRow>(),
    matched::<MeetingRow>(),
    matched::<VerbRow>(),
    matched::<TriggerRow>(),
    matched::<StopRow>(),
    matched::<WordRow>(),
];

const fn matched<R: Matched>() -> (&'static str, Table, Case) {
    (R::FILE, R::TABLE, R::CASE)
}

impl Table {
    /// The table whose rows stand in `file`, if they are looked for in texts.
    pub fn of_file(file: &str) -> Option<Table> {
        MATCHED.iter().find(|(name, ..)| *name == file).map(|(_, table, _)| *table)
    }

    /// How its phrases must be capitalised where a row does not say.
    pub fn case(self) -> Case {
        MATCHED.iter().find(|(_, table, _)| *table == self).map_or(Case::Any, |(.., case)| *case)
    }
}

/// A row of a gazetteer, by its index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Entry {
    /// The gazetteer.
    pub table: Table,
    /// Index of the row.
    pub row: usize,
}

/// What a text must look like where a phrase counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// How it is capitalised.
    pub case: Case,
    /// What may touch it.
    pub boundary: Boundary,
    /// What must stand near it: empty, `quoted`, or words joined by `|`.
    pub context: String,
}

/// A phrase of one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// The row.
    pub entry: Entry,
    /// Index of its policy.
    pub policy: u16,
    /// The phrase as written, where the policy wants it letter for letter.
    pub exact: Option<String>,
}

/// Compiled phrases of a set of rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Forms {
    /// The automaton: folded phrase to place and number of its forms.
    pub automaton: Vec<u8>,
    /// Forms, those of one phrase together.
    pub forms: Vec<Form>,
    /// Different policies.
    pub policies: Vec<Policy>,
}

/// Place and number of the forms behind a value of the automaton.
pub fn unpack(value: u64) -> std::ops::Range<usize> {
    let first = (value >> COUNT_BITS) as usize;
    first..first + (value & ((1 << COUNT_BITS) - 1)) as usize
}

/// Collects phrases before they are compiled.
#[derive(Debug, Default)]
pub struct Builder {
    phrases: BTreeMap<String, Vec<Form>>,
    policies: Vec<Policy>,
}

impl Builder {
    /// Adds all phrases of a row; an error says what is wrong with which variant.
    pub fn add_row<R: Matched>(&mut self, row: &R, index: usize) -> Result<(), String> {
        let (case, boundary, context) = row.policy();
        let case = case.unwrap_or(R::CASE);
        let boundary = boundary.unwrap_or(Boundary::Word);
        variants::expand_cell(context)?;
        let policy = Policy { case, boundary, context: context.to_string() };
        let entry = Entry { table: R::TABLE, row: index };
        for cell in row.cells() {
            for phrase in variants::expand_cell(cell)? {
                self.add(&phrase, entry, &policy);
            }
        }
        Ok(())
    }

    /// Adds `phrase` for `entry`; phrases without words are passed over.
    pub fn add(&mut self, phrase: &str, entry: Entry, policy: &Policy) {
        let folded = fold_phrase(phrase);
        if folded.is_empty() {
            return;
        }
        let exact = (policy.case == Case::Exact).then(|| phrase.trim().to_string());
        let form = Form { entry, policy: self.policy(policy), exact };
        let forms = self.phrases.entry(folded).or_default();
        if !forms.contains(&form) && forms.len() < 1 << COUNT_BITS {
            forms.push(form);
        }
    }

    fn policy(&mut self, policy: &Policy) -> u16 {
        let known = self.policies.iter().position(|p| p == policy);
        known.unwrap_or_else(|| {
            self.policies.push(policy.clone());
            self.policies.len() - 1
        }) as u16
    }

    /// Compiles the automaton; fails only where there are too many phrases for it.
    pub fn build(self) -> Result<Forms, String> {
        let mut forms = Vec::new();
        let mut automaton = fst::MapBuilder::memory();
        for (phrase, of_phrase) in self.phrases {
            let value = ((forms.len() as u64) << COUNT_BITS) | of_phrase.len() as u64;
            automaton.insert(phrase, value).map_err(|error| error.to_string())?;
            forms.extend(of_phrase);
        }
        let automaton = automaton.into_inner().map_err(|error| error.to_string())?;
        Ok(Forms { automaton, forms, policies: self.policies })
    }
}

/// The form in which a phrase is matched: `folded words `, a space behind each token.
pub fn fold_phrase(phrase: &str) -> String {
    let text = Text::new(phrase, &Language::default());
    let mut words = String::new();
    for token in &text.tokens {
        push_folded(&mut words, text.surface(token.span), token.kind);
        words.push(' ');
    }
    words
}

/// Appends the folded form of a token. Marks that differ only in print are made one.
pub fn push_folded(words: &mut String, surface: &str, kind: TokenKind) {
    match kind {
        TokenKind::Possessive => {
            words.push_str(if surface.len() > 1 && surface.ends_with(['s', 'S']) { "'s" } else { "'" })
        }
        TokenKind::Mark => words.push_str(surface),
        _ if surface.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) => words.push_str(surface),
        _ => words.push_str(&fold_word(surface)),
    }
}
