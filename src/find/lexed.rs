//! A text together with the gazetteer phrases found in it: what every finder works on.
//!
//! Finders ask here for words and phrases by token; none of them reads the text again.

use crate::gazetteer::rows::{OrganClass, TitleClass, WordClass};
use crate::gazetteer::{Entry, Gazetteers, Hit, Table};
use crate::model::Span;
use crate::text::{Shape, Text, Token, TokenKind};

/// Text, hits and look-up tables by token.
#[derive(Debug)]
pub struct Lexed<'a> {
    /// The text.
    pub text: &'a Text<'a>,
    /// The gazetteers.
    pub gazetteers: &'a Gazetteers,
    /// Hits by first token, longer first.
    hits: Vec<Hit>,
    /// For each token: where its hits begin in `hits`; one more at the end.
    starts: Vec<usize>,
    /// Indices into `hits` by end token, longer first.
    by_end: Vec<usize>,
    /// For each token: where the hits ending before it begin in `by_end`; one more at the end.
    ends: Vec<usize>,
    /// For each token: bits of the classes that the single word belongs to.
    classes: Vec<u64>,
    /// For each token: bits of the tables of the hits that begin there, and that end before it.
    tables: Vec<[u16; 2]>,
}

impl<'a> Lexed<'a> {
    /// Finds all gazetteer phrases in `text`.
    pub fn new(text: &'a Text<'a>, gazetteers: &'a Gazetteers) -> Self {
        let hits = gazetteers.phrases.find(text);
        let count = text.tokens.len();
        let starts = offsets(count, hits.iter().map(|h| h.first));
        let mut by_end: Vec<usize> = (0..hits.len()).collect();
        by_end.sort_by_key(|&i| (hits[i].end, hits[i].first, hits[i].entry));
        let ends = offsets(count + 1, by_end.iter().map(|&i| hits[i].end));
        let mut classes = vec![0; count];
        for hit in hits.iter().filter(|h| h.entry.table == Table::Word && h.end == h.first + 1) {
            classes[hit.first] |= bit(gazetteers.words[hit.entry.row].class);
        }
        let mut tables = vec![[0; 2]; count + 1];
        for hit in &hits {
            tables[hit.first][0] |= 1 << hit.entry.table as u16;
            tables[hit.end][1] |= 1 << hit.entry.table as u16;
        }
        Lexed { text, gazetteers, hits, starts, by_end, ends, classes, tables }
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.text.tokens.len()
    }

    /// Whether there are no tokens.
    pub fn is_empty(&self) -> bool {
        self.text.tokens.is_empty()
    }

    /// The token at `index`.
    pub fn token(&self, index: usize) -> &Token {
        &self.text.tokens[index]
    }

    /// The surface of the token at `index`, empty beyond the text.
    pub fn word(&self, index: usize) -> &'a str {
        self.text.tokens.get(index).map_or("", |t| t.span.of(self.text.source))
    }

    /// The surface of the tokens `first..end`.
    pub fn surface(&self, first: usize, end: usize) -> &'a str {
        self.span(first, end).of(self.text.source)
    }

    /// The bytes of the tokens `first..end`.
    pub fn span(&self, first: usize, end: usize) -> Span {
        self.text.token_span(first, end)
    }

    /// Whether the token at `index` is a mark or word written exactly so.
    pub fn is(&self, index: usize, surface: &str) -> bool {
        self.word(index) == surface
    }

    /// Whether the token at `index` is `word` in any case.
    pub fn is_word(&self, index: usize, word: &str) -> bool {
        self.word(index).eq_ignore_ascii_case(word)
    }

    /// Whether the single word at `index` belongs to `class`.
    pub fn has(&self, index: usize, class: WordClass) -> bool {
        self.classes.get(index).is_some_and(|bits| bits & bit(class) != 0)
    }

    /// Whether the single word at `index` belongs to any of `classes`.
    pub fn has_any(&self, index: usize, classes: &[WordClass]) -> bool {
        classes.iter().any(|&class| self.has(index, class))
    }

    /// Whether the token is a word with a capital at its beginning.
    pub fn capital(&self, index: usize) -> bool {
        self.text.tokens.get(index).is_some_and(|t| matches!(t.shape, Shape::Title | Shape::Upper))
    }

    /// Whether the token is a word (letters).
    pub fn is_plain_word(&self, index: usize) -> bool {
        self.text.tokens.get(index).is_some_and(|t| t.kind == TokenKind::Word)
    }

    /// Whether the token is a mark of punctuation.
    pub fn is_mark(&self, index: usize) -> bool {
        self.text.tokens.get(index).is_none_or(|t| t.kind == TokenKind::Mark)
    }

    /// Whether the token is a possessive ending.
    pub fn is_possessive(&self, index: usize) -> bool {
        self.text.tokens.get(index).is_some_and(|t| t.kind == TokenKind::Possessive)
    }

    /// Whether both tokens exist and stand in the same sentence.
    pub fn same_sentence(&self, a: usize, b: usize) -> bool {
        a < self.len() && b < self.len() && self.token(a).sentence == self.token(b).sentence
    }

    /// Whether at most one character stands between the token and the one before it; more is a break of layout.
    pub fn adjoins(&self, index: usize) -> bool {
        index > 0
            && index < self.len()
            && self.token(index).span.start <= self.token(index - 1).span.end + 3
            && !self.text.source[self.token(index - 1).span.end..self.token(index).span.start].contains("  ")
    }

    /// Whether the token begins its sentence (opening quotation marks and brackets aside).
    pub fn begins_sentence(&self, index: usize) -> bool {
        let mut at = index;
        while at > 0 && self.same_sentence(at - 1, index) {
            at -= 1;
            if !matches!(self.word(at), "\"" | "“" | "‘" | "'" | "(" | "（") {
                return false;
            }
        }
        true
    }

    /// First token of the sentence that holds `index`.
    pub fn sentence_start(&self, index: usize) -> usize {
        self.text.sentences[self.token(index).sentence].first_token
    }

    /// One past the last token of the sentence that holds `index`.
    pub fn sentence_end(&self, index: usize) -> usize {
        self.text.sentences[self.token(index).sentence].end_token
    }

    /// All hits in the order of the text.
    pub fn hits(&self) -> &[Hit] {
        &self.hits
    }

    /// Whether any gazetteer phrase begins at `index`.
    pub fn hits_at(&self, index: usize) -> bool {
        matches!((self.starts.get(index), self.starts.get(index + 1)), (Some(from), Some(to)) if from < to)
    }

    /// Hits of `table` that begin at `index`, longer first.
    pub fn starting(&self, index: usize, table: Table) -> impl Iterator<Item = Hit> + '_ {
        let range = match (self.starts.get(index), self.starts.get(index + 1)) {
            (Some(&from), Some(&to)) if self.has_table(index, 0, table) => from..to,
            _ => 0..0,
        };
        self.hits[range].iter().copied().filter(move |h| h.entry.table == table)
    }

    /// Hits of `table` that end before token `end`, longer first.
    pub fn ending(&self, end: usize, table: Table) -> impl Iterator<Item = Hit> + '_ {
        let range = match (self.ends.get(end), self.ends.get(end + 1)) {
            (Some(&from), Some(&to)) if self.has_table(end, 1, table) => from..to,
            _ => 0..0,
        };
        self.by_end[range].iter().map(|&i| self.hits[i]).filter(move |h| h.entry.table == table)
    }

    /// Whether a hit of `table` begins at (side 0) or ends before (side 1) the token.
    fn has_table(&self, index: usize, side: usize, table: Table) -> bool {
        self.tables.get(index).is_some_and(|bits| bits[side] & (1 << table as u16) != 0)
    }

    /// The longest lexicon entry of `class` that begins at `index`.
    pub fn class_at(&self, index: usize, class: WordClass) -> Option<Hit> {
        self.starting(index, Table::Word).find(|h| self.gazetteers.words[h.entry.row].class == class)
    }

    /// The longest lexicon entry of `class` that ends before token `end`.
    pub fn class_before(&self, end: usize, class: WordClass) -> Option<Hit> {
        self.ending(end, Table::Word).find(|h| self.gazetteers.words[h.entry.row].class == class)
    }

    /// Value of the lexicon entry of a hit.
    pub fn value(&self, hit: Hit) -> &'a str {
        &self.gazetteers.words[hit.entry.row].value
    }

    /// The longest hit of titles.csv with `class` at `index`.
    pub fn title_at(&self, index: usize, class: TitleClass) -> Option<Hit> {
        self.starting(index, Table::Title).find(|h| same_class(self.gazetteers.titles[h.entry.row].class, class))
    }

    /// The longest hit of titles.csv with `class` that ends before `end`.
    pub fn title_before(&self, end: usize, class: TitleClass) -> Option<Hit> {
        self.ending(end, Table::Title).find(|h| same_class(self.gazetteers.titles[h.entry.row].class, class))
    }

    /// The longest hit of organs.csv with one of `classes` at `index`.
    pub fn organ_at(&self, index: usize, classes: &[OrganClass]) -> Option<Hit> {
        self.starting(index, Table::Organ).find(|h| classes.contains(&self.gazetteers.organs[h.entry.row].class))
    }

    /// The longest hit of organs.csv with one of `classes` that ends before `end`.
    pub fn organ_before(&self, end: usize, classes: &[OrganClass]) -> Option<Hit> {
        self.ending(end, Table::Organ).find(|h| classes.contains(&self.gazetteers.organs[h.entry.row].class))
    }

    /// Whether the word at `index` is a finite verb of verbs.csv.
    pub fn is_verb(&self, index: usize) -> bool {
        self.starting(index, Table::Verb).next().is_some()
    }

    /// Id of the entry in its gazetteer, as a rule name ("slogans:two-establishes").
    pub fn rule(&self, entry: Entry) -> String {
        let g = self.gazetteers;
        match entry.table {
            Table::Region => format!("regions:{}", g.regions[entry.row].id),
            Table::Slogan => format!("slogans:{}", g.slogans[entry.row].id),
            Table::Person => format!("people:{}", g.people[entry.row].id),
            Table::Organization => format!("organizations:{}", g.organizations[entry.row].id),
            Table::Organ => format!("organs:{}", g.organs[entry.row].id),
            Table::Title => format!("titles:{}", g.titles[entry.row].id),
            Table::Meeting => format!("meetings:{}", g.meetings[entry.row].id),
            Table::Verb => format!("verbs:{}", g.verbs[entry.row].id),
            Table::Trigger => format!("triggers:{}", g.triggers[entry.row].id),
            Table::Stop => format!("stoplist:{}", g.stops[entry.row].text),
            Table::Word => format!("lexicon:{}", g.words[entry.row].text),
        }
    }
}

/// A seat in a body is a rank too.
fn same_class(found: TitleClass, wanted: TitleClass) -> bool {
    found == wanted || (wanted == TitleClass::Rank && found == TitleClass::Seat)
}

fn bit(class: WordClass) -> u64 {
    1 << class as u64
}

/// For sorted `keys` below `count`: where each key begins, and the end behind the last.
fn offsets(count: usize, keys: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut starts = vec![0; count + 1];
    for key in keys {
        starts[key + 1] += 1;
    }
    for index in 0..count {
        starts[index + 1] += starts[index];
    }
    starts
}
