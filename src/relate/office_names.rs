//! What an office is called, the same in all renderings: rank and organ in standard wording, without place and level.
//!
//! "member of the Standing Committee of the Municipal Party Committee" and "Standing Committee member of the Yueyang
//! Municipal Party Committee" are one office; place and level have columns of their own. Which words are one organ and
//! one office is said by organs.csv and offices.csv.

use crate::find::cues;
use crate::find::phrase::OrganPhrase;
use crate::gazetteer::rows::{OrganClass, TitleClass, TriggerClass, WordClass};
use crate::gazetteer::{Hit, Office, Table};
use crate::model::Level;
use crate::resolve::Reading;
use crate::text::figures;

/// The office that a TITLE mention names, of a place of this level.
pub fn office(reading: &Reading, title: usize, level: Option<Level>) -> Office {
    let g = reading.lexed.gazetteers;
    let candidate = &reading.mentions[title];
    let entry = candidate.entry.filter(|e| e.table == Table::Title).map(|e| &g.titles[e.row]);
    let (rank, wording) = entry.map_or(("", ""), |row| (row.id.as_str(), row.en.as_str()));
    let organ = reading.phrasing.organs_in(candidate.first, candidate.end).max_by_key(|o| (o.end - o.first, o.first));
    let organ = organ.map_or(String::new(), |organ| standard_name(reading, organ));
    let office = g.offices.standard(rank, wording, &organ, level);
    let mut words = modifiers(reading, title);
    words.push(&office.role);
    Office { role: words.join(" ").to_lowercase(), organization: office.organization }
}

/// "vice", "executive": what stands before the rank, but for what tells the state of the office ("acting").
fn modifiers<'a>(reading: &'a Reading, title: usize) -> Vec<&'a str> {
    let lexed = reading.lexed;
    let candidate = &reading.mentions[title];
    let rank = (candidate.first..candidate.end).find_map(|i| lexed.title_at(i, TitleClass::Rank));
    let end = rank.filter(|h| h.end <= candidate.end).map_or(candidate.end, |h| h.first);
    let mut words = Vec::new();
    let mut at = candidate.first;
    while at < end {
        let modifier = lexed.title_at(at, TitleClass::Modifier);
        let row = modifier.map(|h| lexed.gazetteers.offices.modifier(h.entry.row));
        let is_state = cues::triggers_at(lexed, at, TriggerClass::Status).next().is_some();
        words.extend(row.filter(|_| !is_state).map(|row| lexed.gazetteers.titles[row].en.as_str()));
        // "executive deputy" is one modifier, not two.
        at = modifier.map_or(at + 1, |h| h.end);
    }
    words
}

/// The name of an organ in standard wording, the outer organ first: "Party Committee Standing Committee". A company or
/// a school keeps its whole name, of which the place is a part.
fn standard_name(reading: &Reading, organ: &OrganPhrase) -> String {
    let lexed = reading.lexed;
    if organ.entry.table == Table::Organ && lexed.gazetteers.organs[organ.entry.row].class == OrganClass::Suffix {
        return lexed.surface(organ.first, organ.end).split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let mut name = Name { reading, parts: vec![Vec::new()] };
    let mut at = organ.first;
    while at < organ.end {
        at = name.take(at, organ.end);
    }
    name.parts.iter().rev().flatten().map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// The parts of a name that "of the" joins, in the order of the text.
struct Name<'a> {
    reading: &'a Reading<'a>,
    parts: Vec<Vec<String>>,
}

impl Name<'_> {
    /// Takes the phrase that begins at `at` and tells where the next begins.
    fn take(&mut self, at: usize, end: usize) -> usize {
        if let Some((next, words)) = self.organ(at, end) {
            if let Some(part) = self.parts.last_mut() {
                part.push(words);
            }
            return next;
        }
        if let Some(next) = self.silent(at, end) {
            return next;
        }
        let lexed = self.reading.lexed;
        if lexed.is_word(at, "of") {
            self.parts.push(Vec::new());
        } else if lexed.is_plain_word(at) || lexed.is(at, "&") || lexed.is(at, ",") {
            self.word(lexed.word(at));
        }
        at + 1
    }

    /// A listed organisation or a head of organs.csv, with its standard words.
    fn organ(&self, at: usize, end: usize) -> Option<(usize, String)> {
        let lexed = self.reading.lexed;
        let g = lexed.gazetteers;
        let listed = lexed.starting(at, Table::Organization).find(|h| h.end <= end && h.end > h.first);
        let head = lexed.organ_at(at, &[OrganClass::Head, OrganClass::Generic]).filter(|h| h.end <= end);
        match (listed, head) {
            (Some(listed), head) if head.is_none_or(|head| head.end <= listed.end) && !self.is_party(listed, end) => {
                Some((listed.end, g.organizations[listed.entry.row].en.clone()))
            }
            (_, Some(head)) if g.organs[head.entry.row].one == "yes" => {
                Some((head.end, g.organs[head.entry.row].en.clone()))
            }
            (_, Some(head)) => {
                let words = lexed.surface(head.first, head.end).split_whitespace().map(capitalised);
                Some((head.end, words.collect::<Vec<_>>().join(" ").replace('’', "'")))
            }
            _ => None,
        }
    }

    /// "CPC" before a committee says nothing that the committee does not.
    fn is_party(&self, hit: Hit, end: usize) -> bool {
        let lexed = self.reading.lexed;
        let heads = [OrganClass::Head, OrganClass::Generic, OrganClass::Purpose];
        let is_plain = !(hit.first..hit.end).any(|at| lexed.organ_at(at, &heads).is_some());
        is_plain && hit.end < end && lexed.gazetteers.organizations[hit.entry.row].class == "party"
    }

    /// The end of a place, a level, a number of a term or a party's name, which do not tell organs apart.
    fn silent(&self, at: usize, end: usize) -> Option<usize> {
        let lexed = self.reading.lexed;
        let level = lexed.class_at(at, WordClass::Level).map(|h| h.end);
        let place = self.reading.phrasing.place_starting(at).map(|p| p.end);
        let party = lexed.starting(at, Table::Organization).find(|&h| self.is_party(h, end)).map(|h| h.end);
        let ordinal = lexed.class_at(at, WordClass::Ordinal).map(|h| h.end);
        let ordinal = ordinal.or(figures::ordinal(lexed.word(at)).map(|_| at + 1));
        let of_term = ordinal.filter(|&next| lexed.class_at(next, WordClass::Level).is_some());
        let little = lexed.has(at, WordClass::Determiner) || lexed.is_possessive(at);
        let bracket = lexed.is(at, "(") && lexed.is(at + 2, ")");
        let found = [level, place, party, of_term, little.then_some(at + 1), bracket.then_some(at + 3)];
        found.into_iter().flatten().filter(|&next| next <= end).max()
    }

    fn word(&mut self, word: &str) {
        let Some(part) = self.parts.last_mut() else { return };
        match word {
            "," => _ = part.last_mut().map(|last| last.push(',')),
            "and" | "for" | "&" => part.push(word.replace('&', "and")),
            _ => part.push(capitalised(word)),
        }
    }
}

/// The word with a capital.
fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
