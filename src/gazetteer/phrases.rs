//! All phrases of all gazetteers in one automaton, matched on folded words.
//!
//! Text and phrases are brought to the same form: folded tokens with one space between them (`fold_tokens`). A
//! pattern carries that space at both ends, so that a match always covers whole words and no boundary need be
//! checked. Matches overlap; what stands is decided later.

use super::rows::Case;
use crate::text::{Language, Shape, Text, TokenKind, fold_word};
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::collections::HashMap;

/// Least length in bytes of a word that must have its capital where a name has one.
const LEAST_CONTENT_WORD: usize = 4;

/// The gazetteer that an entry comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

/// A row of a gazetteer, by its index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Entry {
    /// The gazetteer.
    pub table: Table,
    /// Index of the row.
    pub row: usize,
}

/// A phrase of an entry found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// The entry.
    pub entry: Entry,
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub end: usize,
}

#[derive(Debug, Clone)]
struct Form {
    entry: Entry,
    case: Case,
    /// The phrase as written in the gazetteer; compared letter for letter where `case` is exact.
    exact: String,
}

/// Collects phrases before they are compiled.
#[derive(Debug, Default)]
pub struct Builder {
    patterns: Vec<String>,
    forms: Vec<Vec<Form>>,
    places: HashMap<String, usize>,
}

impl Builder {
    /// Adds `phrase` for `entry`; phrases without words are passed over.
    pub fn add(&mut self, phrase: &str, entry: Entry, case: Case) {
        let folded = fold_phrase(phrase);
        if folded.trim().is_empty() {
            return;
        }
        let next = self.patterns.len();
        let place = *self.places.entry(folded.clone()).or_insert(next);
        if place == next {
            self.patterns.push(folded);
            self.forms.push(Vec::new());
        }
        let form = Form { entry, case, exact: phrase.trim().to_string() };
        if !self.forms[place].iter().any(|f| f.entry == entry && f.case == case) {
            self.forms[place].push(form);
        }
    }

    /// Compiles the automaton; fails only where the patterns are too large for it.
    pub fn build(self) -> Result<Phrases, String> {
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(&self.patterns)
            .map_err(|error| error.to_string())?;
        Ok(Phrases { automaton, forms: self.forms })
    }
}

/// The compiled phrases.
#[derive(Debug, Clone)]
pub struct Phrases {
    automaton: AhoCorasick,
    forms: Vec<Vec<Form>>,
}

impl Phrases {
    /// Every phrase that occurs in `text`, by first token, then longer first, then entry.
    pub fn find(&self, text: &Text) -> Vec<Hit> {
        let folded = Folded::new(text);
        let mut hits = Vec::new();
        for found in self.automaton.find_overlapping_iter(&folded.words) {
            let first = folded.token_at[found.start()];
            let end = folded.token_at[found.end() - 1];
            let forms = self.forms[found.pattern().as_usize()].iter();
            let fitting = forms.filter(|form| form.fits(text, first, end));
            hits.extend(fitting.map(|form| Hit { entry: form.entry, first, end }));
        }
        hits.sort_by_key(|hit| (hit.first, std::cmp::Reverse(hit.end), hit.entry));
        hits.dedup();
        hits
    }

    /// Number of different phrases.
    pub fn len(&self) -> usize {
        self.forms.len()
    }

    /// Whether there are no phrases.
    pub fn is_empty(&self) -> bool {
        self.forms.is_empty()
    }

    /// The number of raw matches of the automaton in `text`: what a bare scan costs.
    pub fn scan(&self, text: &Text) -> usize {
        self.automaton.find_overlapping_iter(&Folded::new(text).words).count()
    }
}

impl Form {
    fn fits(&self, text: &Text, first: usize, end: usize) -> bool {
        let lead = text.tokens[first];
        match self.case {
            Case::Any => true,
            Case::Capital => lead.shape != Shape::Lower && (first..end).all(|i| is_capital_or_little(text, i)),
            Case::Lead => lead.shape != Shape::Lower,
            Case::Exact => text.surface(text.token_span(first, end)) == self.exact,
        }
    }
}

/// Each content word of a name begins with a capital; little words and type words behind it need not.
fn is_capital_or_little(text: &Text, index: usize) -> bool {
    let token = &text.tokens[index];
    token.shape != Shape::Lower || token.glued || token.span.len() < LEAST_CONTENT_WORD
}

/// The folded words of a text with one space before, between and behind them.
struct Folded {
    words: String,
    /// For each byte of `words` that is a space: the index of the token that follows it.
    token_at: Vec<usize>,
}

impl Folded {
    fn new(text: &Text) -> Self {
        let capacity = text.source.len() + text.source.len() / 4 + 2;
        let mut folded = Folded { words: String::with_capacity(capacity), token_at: Vec::with_capacity(capacity) };
        let mut sentence = usize::MAX;
        for (index, token) in text.tokens.iter().enumerate() {
            if token.sentence != sentence {
                // A mark that no phrase holds, so that no match runs from one sentence into the next.
                folded.push("\n", index);
                sentence = token.sentence;
            }
            folded.push(" ", index);
            push_folded(&mut folded.words, text.surface(token.span), token.kind);
            folded.token_at.resize(folded.words.len(), index);
        }
        folded.push(" ", text.tokens.len());
        folded
    }

    fn push(&mut self, separator: &str, next: usize) {
        // A space before the mark between sentences closes the last word.
        if separator == "\n" && !self.words.is_empty() {
            self.words.push(' ');
            self.token_at.resize(self.words.len(), next);
        }
        self.words.push_str(separator);
        self.token_at.resize(self.words.len(), next);
    }
}

/// Appends the folded form of a token. Marks that differ only in print are made one.
fn push_folded(words: &mut String, surface: &str, kind: TokenKind) {
    match kind {
        TokenKind::Possessive => {
            words.push_str(if surface.len() > 1 && surface.ends_with(['s', 'S']) { "'s" } else { "'" })
        }
        TokenKind::Mark => words.push_str(surface),
        _ if surface.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) => words.push_str(surface),
        _ => words.push_str(&fold_word(surface)),
    }
}

/// The form in which a phrase is matched: ` folded words `, tokens separated by one space.
pub fn fold_phrase(phrase: &str) -> String {
    let text = Text::new(phrase, &Language::default());
    let mut words = String::from(" ");
    for token in &text.tokens {
        push_folded(&mut words, text.surface(token.span), token.kind);
        words.push(' ');
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(phrases: &[(&str, Case)], source: &str) -> Vec<String> {
        let mut builder = Builder::default();
        for (row, (phrase, case)) in phrases.iter().enumerate() {
            builder.add(phrase, Entry { table: Table::Slogan, row }, *case);
        }
        let text = Text::new(source, &Language::default());
        let hits = builder.build().unwrap().find(&text);
        hits.iter().map(|h| text.surface(text.token_span(h.first, h.end)).to_string()).collect()
    }

    #[test]
    fn whole_words_in_any_spelling_of_hyphens_case_and_apostrophes() {
        let phrases = [("high-quality", Case::Any), ("Xi'an", Case::Any)];
        assert_eq!(found(&phrases, "High - quality in Xi’an, highquality"), ["High - quality", "Xi’an"]);
        assert_eq!(found(&phrases, "a high - quality, High quality"), ["high - quality", "High quality"]);
        assert_eq!(found(&[("art", Case::Any)], "party arts"), Vec::<String>::new());
    }

    #[test]
    fn adjoining_and_nested_phrases_are_all_found() {
        let phrases = [("party committee", Case::Any), ("committee", Case::Any), ("secretary", Case::Any)];
        assert_eq!(found(&phrases, "party committee secretary"), ["party committee", "committee", "secretary"]);
    }

    #[test]
    fn case_policies() {
        let phrases = [("reading", Case::Capital), ("CPC", Case::Exact)];
        assert_eq!(found(&phrases, "reading in Reading by the CPC and cpc"), ["Reading", "CPC"]);
    }

    #[test]
    fn no_match_runs_over_a_sentence_end() {
        assert_eq!(found(&[("rural revitalization", Case::Any)], "It is rural\nrevitalization"), Vec::<String>::new());
        assert_eq!(found(&[("rural", Case::Any)], "It is rural\nrural"), ["rural", "rural"]);
    }

    #[test]
    fn diacritics_do_not_matter() {
        assert_eq!(found(&[("Lüshun", Case::Any)], "Lushun and Lüshun"), ["Lushun", "Lüshun"]);
    }
}
