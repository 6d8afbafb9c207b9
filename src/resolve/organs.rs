//! Which organisation an ORG mention names: a listed one, or an organ of a place, the same in all renderings.

use super::{Jurisdiction, Reading, jurisdiction, places, slug};
use crate::find::phrase::OrganPhrase;
use crate::gazetteer::rows::{OrganClass, WordClass};
use crate::gazetteer::{Hit, Table};
use crate::model::{Entity, Label};
use crate::text::figures;

/// The entity of an ORG mention. `region_of` has for each REGION mention its row.
pub fn entity(reading: &Reading, mention: usize, jurisdiction: &Jurisdiction, region_of: &[Option<usize>]) -> Entity {
    let candidate = &reading.mentions[mention];
    let g = reading.lexed.gazetteers;
    let listed = candidate.entry.filter(|e| e.table == Table::Organization && !candidate.rule.starts_with("org."));
    if let Some(entry) = listed {
        let row = &g.organizations[g.same_organization[entry.row]];
        return Entity {
            key: format!("org:{}", row.id),
            kind: Label::Org.name(),
            name: row.en.clone(),
            name_zh: row.zh.clone(),
            ..Entity::default()
        };
    }
    let name = reading.surface(mention).split_whitespace().collect::<Vec<_>>().join(" ");
    let plain = Entity { kind: Label::Org.name(), ..Entity::default() };
    let organ = reading.phrasing.organ_at(candidate.first, candidate.end).and_then(|organ| {
        let code = owner(reading, organ, jurisdiction, region_of)?;
        let standard = slug(&standard_name(reading, organ));
        (!standard.is_empty()).then(|| (format!("org:{standard}@{code}"), code))
    });
    if let Some((key, region_code)) = organ {
        return Entity { key, name, region_code, ..plain };
    }
    let is_placed = places::names_place(reading, candidate);
    let at = if is_placed { String::new() } else { jurisdiction.key_suffix(g) };
    Entity { key: format!("org:{}{at}", slug(&name)), name, ..plain }
}

/// Code of the place whose organ it is: the one that its name says, or that of its level. None for a company or
/// school, whose name says more than a place, and where no place with a code is known.
fn owner(
    reading: &Reading,
    organ: &OrganPhrase,
    jurisdiction: &Jurisdiction,
    region_of: &[Option<usize>],
) -> Option<String> {
    let g = reading.lexed.gazetteers;
    if organ.entry.table == Table::Organization || is_suffix(reading, organ) {
        return None;
    }
    let code = match places::place_in(reading, organ.first, organ.end) {
        Some(region) => g.regions[region_of[region]?].code.clone(),
        None => {
            let level = jurisdiction::level_in(reading, organ.first, organ.end);
            level.map_or(Some(jurisdiction.place.clone()), |level| jurisdiction.at(g, level))?.code
        }
    };
    (!code.is_empty()).then_some(code)
}

fn is_suffix(reading: &Reading, organ: &OrganPhrase) -> bool {
    let g = reading.lexed.gazetteers;
    organ.entry.table == Table::Organ && g.organs[organ.entry.row].class == OrganClass::Suffix
}

/// The name of an organ in standard wording, the outer organ first: "Party Committee Standing Committee". A company or
/// a school keeps its whole name, of which the place is a part.
pub fn standard_name(reading: &Reading, organ: &OrganPhrase) -> String {
    let lexed = reading.lexed;
    if is_suffix(reading, organ) {
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
