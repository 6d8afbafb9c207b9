//! Candidates for mentions: one finder per type, all working on the same text, hits and phrases.
//!
//! No finder knows another; what stands where candidates overlap is decided in `overlap`.

pub mod cues;
pub mod dates;
pub mod lexed;
pub mod meetings;
pub mod orgs;
pub mod persons;
pub mod phrase;
pub mod regions;
pub mod slogans;
pub mod titles;

use crate::gazetteer::Entry;
use crate::model::{Label, Rule};
use dates::DateExpression;
pub use lexed::Lexed;
pub use phrase::Phrasing;

/// A stretch of tokens that may be a mention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Type.
    pub label: Label,
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub end: usize,
    /// Rule or gazetteer entry that made it.
    pub rule: Rule,
    /// Gazetteer entry that it names, where one is known.
    pub entry: Option<Entry>,
    /// What a DATE says; `None` for other types.
    pub date: Option<DateExpression>,
    /// Whether the name stands in a byline: its bearer is no official.
    pub byline: bool,
}

impl Candidate {
    /// A candidate without entry, date or byline.
    pub fn new(label: Label, first: usize, end: usize, rule: impl Into<Rule>) -> Self {
        Candidate { label, first, end, rule: rule.into(), entry: None, date: None, byline: false }
    }

    /// The same with its gazetteer entry.
    pub fn with_entry(mut self, entry: Option<Entry>) -> Self {
        self.entry = entry;
        self
    }
}

/// A rule as the documentation and the tests see it.
#[derive(Debug, Clone, Copy)]
pub struct RuleInfo {
    /// Id, as it stands in the tables.
    pub id: &'static str,
    /// Type of mention it makes.
    pub label: Label,
    /// What it says and why it holds in the language or the genre.
    pub explanation: &'static str,
    /// Texts and the surface that the rule must find in each.
    pub matches: &'static [(&'static str, &'static str)],
    /// Texts and a surface that must not be found as this type in each.
    pub rejects: &'static [(&'static str, &'static str)],
}

/// A finder: the type of mention it makes, its rules, and its function.
pub struct Finder {
    /// Type of its candidates.
    pub label: Label,
    /// Rules that it applies, besides gazetteer entries.
    pub rules: &'static [RuleInfo],
    /// Finds candidates.
    pub find: fn(&Lexed, &Phrasing) -> Vec<Candidate>,
}

/// All finders in their fixed order.
pub const FINDERS: [Finder; 7] = [
    Finder { label: Label::Person, rules: persons::RULES, find: persons::find },
    Finder { label: Label::Title, rules: titles::RULES, find: titles::find },
    Finder { label: Label::Org, rules: orgs::RULES, find: orgs::find },
    Finder { label: Label::Region, rules: regions::RULES, find: regions::find },
    Finder { label: Label::Meeting, rules: meetings::RULES, find: meetings::find },
    Finder { label: Label::Slogan, rules: slogans::RULES, find: slogans::find },
    Finder { label: Label::Date, rules: dates::RULES, find: dates::find },
];

/// Candidates of all finders.
pub fn candidates(lexed: &Lexed, phrasing: &Phrasing) -> Vec<Candidate> {
    FINDERS.iter().flat_map(|finder| (finder.find)(lexed, phrasing)).collect()
}
