//! Runs of words that have the form of a personal name, whatever stands around them.
//!
//! A Chinese name is a surname of one or two syllables and a given name of one or two, written in two or three
//! capitalised words. Names that only their surroundings show (fused, foreign, single) are left to the finder.

use crate::find::lexed::Lexed;
use crate::gazetteer::rows::{Scope, WordClass};
use crate::gazetteer::{Entry, Frequency, Surname, Table};
use crate::text::TokenKind;

/// Longest reading of a surname of two syllables, in bytes.
const LONGEST_SURNAME: usize = 12;

/// How surely a run of words is a name by its form alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// Could be one; needs support.
    Weak,
    /// Has the form of a name and of nothing else.
    Strong,
    /// Stands in people.csv.
    Listed,
}

/// A run of words in the form of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamePhrase {
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub end: usize,
    /// How sure it is.
    pub form: Form,
    /// Row of people.csv, if listed.
    pub entry: Option<Entry>,
}

/// The names of a text and which token each covers.
#[derive(Debug, Clone, Default)]
pub struct NamePhrases {
    /// Names in the order of the text; none overlaps another.
    pub list: Vec<NamePhrase>,
    /// For each token: index of the name that covers it.
    covering: Vec<Option<usize>>,
}

impl NamePhrases {
    /// The name that covers the token `index`.
    pub fn covering(&self, index: usize) -> Option<&NamePhrase> {
        self.covering.get(index).copied().flatten().map(|i| &self.list[i])
    }

    /// The name that begins at `index`.
    pub fn starting(&self, index: usize) -> Option<&NamePhrase> {
        self.covering(index).filter(|n| n.first == index)
    }

    /// The name that ends before `end`.
    pub fn ending(&self, end: usize) -> Option<&NamePhrase> {
        end.checked_sub(1).and_then(|last| self.covering(last)).filter(|n| n.end == end)
    }
}

/// All names in the order of the text; none overlaps another.
pub fn compose(lexed: &Lexed) -> NamePhrases {
    let mut names = NamePhrases { list: Vec::new(), covering: vec![None; lexed.len()] };
    let mut index = 0;
    while index < lexed.len() {
        let Some(name) = name_at(lexed, index) else {
            index += 1;
            continue;
        };
        names.covering[name.first..name.end].fill(Some(names.list.len()));
        index = name.end;
        names.list.push(name);
    }
    names
}

fn name_at(lexed: &Lexed, first: usize) -> Option<NamePhrase> {
    if !lexed.capital(first) || lexed.token(first).glued {
        return None;
    }
    let (listed, composed) = (listed_at(lexed, first), chinese_at(lexed, first));
    // "Zhang Zhong Yu" is not the listed Zhang Zhong.
    let longer = composed.filter(|c| listed.is_some_and(|l| c.end > l.end));
    longer.or(listed).or(composed).filter(|name| !is_stopped(lexed, name))
}

/// A name of people.csv, each word capitalised.
fn listed_at(lexed: &Lexed, first: usize) -> Option<NamePhrase> {
    let hit = lexed
        .starting(first, Table::Person)
        .find(|h| h.end > first + 1 && (h.first..h.end).all(|i| lexed.capital(i) || lexed.token(i).glued))?;
    // A longer given name than the listed one is another person: "Li Keqiang" in "Li Keqiang" only.
    let goes_on = joins_given(lexed, hit.end);
    (!goes_on).then_some(NamePhrase { first, end: hit.end, form: Form::Listed, entry: Some(hit.entry) })
}

fn joins_given(lexed: &Lexed, index: usize) -> bool {
    index < lexed.len() && lexed.token(index).glued && lexed.is_plain_word(index)
}

/// Surname and given name by their syllables.
fn chinese_at(lexed: &Lexed, first: usize) -> Option<NamePhrase> {
    let names = &lexed.gazetteers.names;
    if let Some(end) = hyphened_end(lexed, first).or_else(|| western_given(lexed, first)) {
        return Some(NamePhrase { first, end, form: Form::Strong, entry: None });
    }
    // "Hu Yan" is a surname and a given name, unless a given name follows ("Hu Yan Zhuo").
    let compound = compound_surname(lexed, first).filter(|_| given_end(lexed, first + 2).is_some());
    let surname = compound.or_else(|| names.surname(lexed.word(first)))?;
    let given = first + 1 + usize::from(compound.is_some());
    let Some(end) = given_end(lexed, given) else {
        return foreign_given(lexed, given).then_some(NamePhrase {
            first,
            end: given + 1,
            form: Form::Weak,
            entry: None,
        });
    };
    let syllables: usize = (given..end).filter_map(|i| names.syllables(lexed.word(i))).sum();
    let long = syllables >= 2;
    let english = is_english_given(lexed, given) || (surname.word && lexed.begins_sentence(first) && !long);
    let typed = is_before_region_type(lexed, end);
    let form = match (long, surname.frequency) {
        _ if english || typed => Form::Weak,
        (true, _) => Form::Strong,
        (false, Frequency::Rare) => Form::Weak,
        (false, _) if names.is_english_syllable(lexed.word(given)) => Form::Weak,
        (false, _) => Form::Strong,
    };
    Some(NamePhrase { first, end, form, entry: None })
}

/// "Ou Yang Haibo", "Au Yeung": a surname of two syllables in two words.
fn compound_surname(lexed: &Lexed, first: usize) -> Option<Surname> {
    let next = first + 1;
    let spaced = lexed.same_sentence(first, next) && lexed.capital(next) && !lexed.token(next).glued;
    if !spaced || lexed.word(first).len() + lexed.word(next).len() > LONGEST_SURNAME {
        return None;
    }
    let joined = format!("{}{}", lexed.word(first), lexed.word(next));
    lexed.gazetteers.names.surname(&joined)
}

/// "Lee Sang-kook", "Au Yeung Ka-man": a surname and a given name with a hyphen before its lower-case second part.
fn hyphened_end(lexed: &Lexed, first: usize) -> Option<usize> {
    if !(first + 2..first + 4).any(|i| i < lexed.len() && lexed.token(i).glued) {
        return None;
    }
    let given = first + 1 + usize::from(compound_surname(lexed, first).is_some());
    let second = given + 1;
    if !lexed.same_sentence(first, second) || !lexed.capital(given) || lexed.token(given).glued {
        return None;
    }
    let lower = lexed.token(second).glued && !lexed.capital(second) && lexed.is_plain_word(second);
    // "Chow Wai-kin": behind a surname that is no pinyin a syllable may be an English word; "Li Wei-led" is a name and a participle.
    let other_spelling = lexed.gazetteers.names.syllables(lexed.word(first)).is_none();
    let english = |i: usize| {
        lexed.gazetteers.is_english(lexed.word(i)) && lexed.gazetteers.names.syllables(lexed.word(i)).is_none()
    };
    let known = lexed.gazetteers.names.surname(lexed.word(first)).is_some() || given > first + 1;
    (lower && known && !english(given) && (other_spelling || !english(second))).then_some(second + 1)
}

/// "Kelvin Chow Wai-kin": a given name of another language before surname and hyphened given name.
fn western_given(lexed: &Lexed, first: usize) -> Option<usize> {
    let word = lexed.word(first);
    let name = lexed.is_plain_word(first)
        && lexed.adjoins(first + 1)
        && lexed.same_sentence(first, first + 1)
        && !word.chars().all(char::is_uppercase)
        && !lexed.hits_at(first)
        && !lexed.gazetteers.is_english(word);
    name.then(|| hyphened_end(lexed, first + 1)).flatten()
}

/// A capitalised word behind a surname that is neither pinyin nor English: a name of another language or misspelt.
fn foreign_given(lexed: &Lexed, given: usize) -> bool {
    let word = lexed.word(given);
    let plain = lexed.same_sentence(given - 1, given)
        && lexed.capital(given)
        && lexed.is_plain_word(given)
        && !lexed.token(given).glued;
    let acronym = word.chars().all(char::is_uppercase);
    let known = lexed.hits_at(given) || lexed.gazetteers.is_english(word);
    plain && !acronym && !known && word.len() > 2 && !lexed.gazetteers.is_english(lexed.word(given - 1))
}

/// One past the given name that begins at `given`: one word of one to three syllables, or two of one each.
fn given_end(lexed: &Lexed, given: usize) -> Option<usize> {
    let syllables = given_syllables(lexed, given)?;
    let next = given + 1;
    let two_words = syllables == 1
        && given_syllables(lexed, next) == Some(1)
        && lexed.same_sentence(given, next)
        && given_syllables(lexed, next + 1).is_none()
        && !is_before_region_type(lexed, next + 1);
    let apostrophe = syllables <= 2 && detached_syllable(lexed, next);
    Some(if apostrophe {
        next + 2
    } else if two_words {
        next + 1
    } else {
        next
    })
}

/// "Wang Wei 'an": a syllable that a stray space cut off before its apostrophe.
fn detached_syllable(lexed: &Lexed, index: usize) -> bool {
    let apostrophe = matches!(lexed.word(index), "'" | "’" | "‘");
    let next = index + 1;
    apostrophe
        && lexed.same_sentence(index - 1, index)
        && lexed.same_sentence(index, next)
        && lexed.token(next).span.start == lexed.token(index).span.end
        && lexed.token(index).span.start > lexed.token(index - 1).span.end
        && lexed.gazetteers.names.syllables(lexed.word(next)) == Some(1)
        && !lexed.capital(next)
}

fn given_syllables(lexed: &Lexed, index: usize) -> Option<usize> {
    let token = lexed.text.tokens.get(index)?;
    if token.kind != TokenKind::Word || token.glued || !lexed.capital(index) || !lexed.same_sentence(index - 1, index) {
        return None;
    }
    let word = lexed.word(index);
    let acronym = word.len() > 1
        && word.chars().all(char::is_uppercase)
        && !lexed.word(index - 1).chars().all(char::is_uppercase);
    let function = lexed.has_any(index, &[WordClass::Preposition, WordClass::Determiner, WordClass::Auxiliary]);
    if function && word.len() <= 3 && word.chars().skip(1).all(char::is_lowercase) && lexed.is_word(index, "to") {
        return None;
    }
    lexed.gazetteers.names.syllables(word).filter(|&n| n <= 3 && (!acronym || n == 2))
}

fn is_english_given(lexed: &Lexed, given: usize) -> bool {
    lexed.gazetteers.is_english(lexed.word(given))
}

fn is_before_region_type(lexed: &Lexed, index: usize) -> bool {
    lexed.capital(index) && lexed.class_at(index, WordClass::RegionType).is_some()
}

/// A phrase of the stoplist covers the run.
fn is_stopped(lexed: &Lexed, name: &NamePhrase) -> bool {
    let stops = lexed.starting(name.first, Table::Stop);
    stops.filter(|h| h.end >= name.end).any(|h| lexed.gazetteers.stops[h.entry.row].scope == Scope::Person)
}
