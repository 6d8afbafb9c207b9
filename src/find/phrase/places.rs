//! Place names: those of regions.csv, and those composed of a proper name and a type word ("Jiumiao Town").

use super::names::{Form, NamePhrase, NamePhrases};
use crate::find::lexed::Lexed;
use crate::gazetteer::rows::{Scope, TitleClass, WordClass};
use crate::gazetteer::{Entry, Table};
use crate::text::Shape;
use std::collections::HashMap;

/// A place name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacePhrase {
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub end: usize,
    /// Rows of regions.csv whose name this is; several for namesakes, none for a composed name.
    pub entries: Vec<Entry>,
    /// Level told by the type word (a level, `city`, `village`, `zone`, `water`, `mountain`); empty without one.
    pub type_value: String,
    /// End of the name proper, before the type word.
    pub base_end: usize,
}

/// Most words of a composed name before its type word.
const MOST_WORDS: usize = 3;

/// All places, longest first at each token; nested ones are kept.
pub fn compose(lexed: &Lexed, names: &NamePhrases) -> Vec<PlacePhrase> {
    let mut places = Vec::new();
    for index in 0..lexed.len() {
        places.extend(known_at(lexed, index));
        places.extend(composed_before_type(lexed, index, names));
        places.extend(type_of_name(lexed, index));
    }
    let again = bare_again(lexed, &places, names);
    places.extend(again);
    places.retain(|place| !is_stopped(lexed, place) && !is_inside_name(place, names));
    places.sort_by_key(|p| (p.first, std::cmp::Reverse(p.end)));
    places.dedup_by(|b, a| {
        let same = (a.first, a.end) == (b.first, b.end);
        if same && a.entries.is_empty() {
            a.entries = std::mem::take(&mut b.entries);
        }
        same
    });
    places
}

/// "Zhongchi" where the text also has "Zhongchi Town": the name without its type word.
fn bare_again(lexed: &Lexed, places: &[PlacePhrase], names: &NamePhrases) -> Vec<PlacePhrase> {
    let composed =
        places.iter().filter(|p| p.base_end == p.first + 1 && p.end > p.base_end && is_pinyin(lexed, p.first));
    let bases: HashMap<&str, &PlacePhrase> = composed
        .filter(|p| lexed.gazetteers.names.syllables(lexed.word(p.first)).is_some_and(|n| n >= 2))
        .map(|p| (lexed.word(p.first), p))
        .collect();
    let free = |i: &usize| {
        lexed.capital(*i) && names.covering(*i).is_none() && lexed.class_at(i + 1, WordClass::RegionType).is_none()
    };
    let bare = |index: usize| {
        let place = bases.get(lexed.word(index))?;
        Some(PlacePhrase {
            first: index,
            end: index + 1,
            entries: Vec::new(),
            type_value: place.type_value.clone(),
            base_end: index + 1,
        })
    };
    (0..lexed.len()).filter(free).filter_map(bare).collect()
}

/// Names of regions.csv at `index`, namesakes of one length together.
fn known_at(lexed: &Lexed, index: usize) -> Vec<PlacePhrase> {
    let mut places: Vec<PlacePhrase> = Vec::new();
    for hit in lexed.starting(index, Table::Region).filter(|h| has_shape(lexed, h.first, h.end)) {
        match places.iter_mut().find(|p| p.end == hit.end) {
            Some(place) => place.entries.push(hit.entry),
            None => places.push(PlacePhrase {
                first: index,
                end: hit.end,
                entries: vec![hit.entry],
                type_value: type_value(lexed, index, hit.end),
                base_end: hit.end,
            }),
        }
    }
    places
}

/// Each word of a known name that is no type word or little word has a capital.
fn has_shape(lexed: &Lexed, first: usize, end: usize) -> bool {
    (first..end).all(|i| {
        lexed.token(i).shape != Shape::Lower
            || lexed.token(i).glued
            || lexed.has_any(
                i,
                &[
                    WordClass::RegionType,
                    WordClass::Preposition,
                    WordClass::Determiner,
                    WordClass::LevelNoun,
                    WordClass::Conjunction,
                ],
            )
    })
}

fn type_value(lexed: &Lexed, first: usize, end: usize) -> String {
    let hit = lexed.class_before(end, WordClass::RegionType).filter(|h| h.first > first);
    hit.map_or(String::new(), |h| lexed.value(h).to_string())
}

/// A proper name before the type word that begins at `index`.
fn composed_before_type(lexed: &Lexed, index: usize, names: &NamePhrases) -> Option<PlacePhrase> {
    let type_hit = lexed.class_at(index, WordClass::RegionType)?;
    let mut end = type_hit.end;
    let mut value = lexed.value(type_hit);
    while let Some(next) = following_type(lexed, index, end, value) {
        end = next.end;
        value = lexed.value(next);
    }
    let first = proper_start(lexed, index, names, value == "zone")?;
    let capital_type = lexed.capital(index);
    let known = lexed.ending(index, Table::Region).any(|h| h.first == first);
    let pinyin = (first..index).any(|i| is_pinyin(lexed, i));
    let local = matches!(value, "village" | "township" | "water" | "mountain");
    let division = !matches!(value, "water" | "mountain" | "zone" | "village");
    let fits = if capital_type {
        pinyin || known || (local && is_all_proper(lexed, first, index))
    } else {
        division && (known || (pinyin && index == first + 1))
    };
    (fits && !lexed.token(index).glued).then(|| PlacePhrase {
        first,
        end,
        entries: Vec::new(),
        type_value: value.to_string(),
        base_end: index,
    })
}

/// A second type word: "River Basin", "New Area Industrial Park".
fn following_type(lexed: &Lexed, index: usize, end: usize, value: &str) -> Option<crate::gazetteer::Hit> {
    let next =
        lexed.class_at(end, WordClass::RegionType).filter(|_| lexed.capital(end) && lexed.same_sentence(index, end))?;
    let pair = (value, lexed.value(next));
    matches!(pair, ("water", "mountain" | "water") | ("zone" | "city" | "county", "zone")).then_some(next)
}

/// First token of the run of proper words that ends before `index`.
///
/// A zone's name begins with its city; before another type a known place is a name of its own.
fn proper_start(lexed: &Lexed, index: usize, names: &NamePhrases, zone: bool) -> Option<usize> {
    let mut first = index;
    while first > 0
        && index - first < MOST_WORDS
        && is_proper(lexed, first - 1, index)
        && !ends_person(first, index, names)
        && !(first < index && ends_known_place(lexed, first) && (!zone || begins_known_place(lexed, first, index)))
    {
        first -= 1;
    }
    (first < index).then_some(first)
}

/// "Ganzhou Dingnan County": a known place before another is a name of its own.
fn ends_known_place(lexed: &Lexed, end: usize) -> bool {
    lexed.ending(end, Table::Region).next().is_some()
}

/// "Huizhou Zhongkai High-tech Zone": a listed zone needs no city before it.
fn begins_known_place(lexed: &Lexed, first: usize, type_index: usize) -> bool {
    lexed.starting(first, Table::Region).any(|h| h.end > type_index)
}

/// A person's name that ends before `index` is no part of the place that follows it.
fn ends_person(index: usize, type_index: usize, names: &NamePhrases) -> bool {
    index < type_index && names.ending(index).is_some_and(|n| n.form > Form::Weak)
}

fn is_proper(lexed: &Lexed, index: usize, before: usize) -> bool {
    let function = [
        WordClass::Determiner,
        WordClass::Preposition,
        WordClass::Conjunction,
        WordClass::Pronoun,
        WordClass::Auxiliary,
        WordClass::Level,
        WordClass::RegionType,
        WordClass::Weekday,
        WordClass::Byline,
        WordClass::Label,
        WordClass::Ordinal,
        WordClass::Nationality,
    ];
    let word = lexed.word(index);
    let acronym = word.len() > 1 && word.len() <= 5 && word.chars().all(char::is_uppercase);
    let month = lexed.has(index, WordClass::Month) && !is_pinyin(lexed, index);
    let participle = (word.ends_with("ing") || word.ends_with("ed")) && !is_pinyin(lexed, index);
    lexed.capital(index)
        && !acronym
        && !month
        && !participle
        && lexed.same_sentence(index, before)
        && (lexed.token(index + 1).span.start == lexed.token(index).span.end + 1 || lexed.token(index + 1).glued)
        && !lexed.has_any(index, &function)
        && (!lexed.is_verb(index) || is_pinyin(lexed, index))
        && lexed.title_at(index, TitleClass::Rank).is_none()
}

///
/// One English word before a type word ("Ancient Town", "Military Subdistrict") is a description.
fn is_all_proper(lexed: &Lexed, first: usize, end: usize) -> bool {
    let described = (first..end).all(|i| lexed.gazetteers.is_english(lexed.word(i)));
    if described && end == first + 1 {
        return false;
    }
    (first..end)
        .all(|i| !lexed.has_any(i, &[WordClass::NoName, WordClass::LevelNoun, WordClass::Group, WordClass::Adverb]))
}

/// Whether the word can be the pinyin of a place.
fn is_pinyin(lexed: &Lexed, index: usize) -> bool {
    let word = lexed.word(index);
    lexed.capital(index)
        && lexed.gazetteers.names.syllables(word).is_some()
        && !lexed.gazetteers.names.is_english_syllable(word)
}

/// "town of Yanna": a type word, "of", and a proper name.
fn type_of_name(lexed: &Lexed, index: usize) -> Option<PlacePhrase> {
    let type_hit = lexed.class_at(index, WordClass::RegionType)?;
    let name = type_hit.end + 1;
    let division = matches!(lexed.value(type_hit), "township" | "county" | "village" | "city" | "prefecture");
    let alone = !lexed.capital(index) || index == 0 || !lexed.capital(index - 1);
    let typed = lexed.class_at(name + 1, WordClass::RegionType).is_some() && lexed.capital(name + 1);
    let fits = division
        && alone
        && !typed
        && lexed.is(type_hit.end, "of")
        && lexed.same_sentence(index, name)
        && is_pinyin(lexed, name);
    let goes_on = lexed.capital(name + 1) && lexed.same_sentence(name, name + 1) && lexed.token(name + 1).glued;
    (fits && !goes_on).then(|| PlacePhrase {
        first: index,
        end: name + 1,
        entries: lexed.starting(name, Table::Region).filter(|h| h.end == name + 1).map(|h| h.entry).collect(),
        type_value: lexed.value(type_hit).to_string(),
        base_end: name + 1,
    })
}

fn is_stopped(lexed: &Lexed, place: &PlacePhrase) -> bool {
    let from = place.first.saturating_sub(4);
    (from..=place.first).any(|start| {
        let stops = lexed.starting(start, Table::Stop).filter(|h| h.end >= place.end);
        stops.into_iter().any(|h| lexed.gazetteers.stops[h.entry.row].scope == Scope::Region)
    })
}

/// A place name that is part of a person's name is no place.
fn is_inside_name(place: &PlacePhrase, names: &NamePhrases) -> bool {
    let inside =
        |n: &NamePhrase| n.form > Form::Weak && place.end <= n.end && (n.first, n.end) != (place.first, place.end);
    names.covering(place.first).is_some_and(inside)
}
