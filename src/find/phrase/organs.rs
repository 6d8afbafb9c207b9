//! Organs and organisations: listed names, and names composed from level, region, topic and head.
//!
//! A head ("committee") grows to the left over what can stand before it, joins the organ that ends where it begins
//! ("Provincial Party Committee" + "Standing Committee"), and grows to the right over "of the" + organ or place.

use super::names::{Form, NamePhrases};
use super::places::PlacePhrase;
use crate::find::lexed::Lexed;
use crate::gazetteer::rows::{OrganClass, Scope, TitleClass, WordClass};
use crate::gazetteer::{Entry, Hit, Table, stands_alone};
use crate::model::Level;
use crate::text::figures;
use std::collections::HashMap;

/// An organ's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganPhrase {
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub end: usize,
    /// One past the head, before any "of the ...".
    pub core_end: usize,
    /// Row of organs.csv (head) or organizations.csv.
    pub entry: Entry,
    /// Whether it names a particular organ, as an ORG must.
    pub particular: bool,
    /// Whether the head is a plural.
    pub plural: bool,
    /// Level told by the first level word.
    pub level: Option<Level>,
}

const HEADS: [OrganClass; 4] = [OrganClass::Head, OrganClass::Generic, OrganClass::Purpose, OrganClass::Suffix];
/// Most English words behind a place that belong to the name of its area.
const MOST_AREA_WORDS: usize = 4;
/// Most words of a portfolio behind "of".
const MOST_PORTFOLIO_WORDS: usize = 8;
/// Most lower-case words of a topic before a lower-case head.
const MOST_TOPIC_WORDS: usize = 5;
/// Most tokens of a purpose ("for ...") behind a head.
const MOST_PURPOSE_TOKENS: usize = 30;

/// All organs in the order of the text; parts of longer organs are kept for the titles that need them.
pub fn compose(lexed: &Lexed, names: &NamePhrases, places: &[PlacePhrase]) -> Vec<OrganPhrase> {
    let mut grammar = Grammar::new(lexed, names, places);
    for hit in heads(lexed) {
        if let Some(organ) = grammar.core(hit) {
            grammar.add(organ);
        }
    }
    grammar.complements();
    let mut organs = grammar.organs;
    organs.retain(|organ| !is_stopped(lexed, organ));
    organs.sort_by_key(|o| (o.first, std::cmp::Reverse(o.end)));
    organs
}

/// Heads and listed organisations by end, each the longest of those it overlaps.
fn heads(lexed: &Lexed) -> Vec<Hit> {
    let is_head = |h: &&Hit| match h.entry.table {
        Table::Organization => true,
        Table::Organ => HEADS.contains(&lexed.gazetteers.organs[h.entry.row].class),
        _ => false,
    };
    let mut hits: Vec<Hit> = lexed.hits().iter().filter(is_head).copied().collect();
    hits.sort_by_key(|h| (h.end, h.first, h.entry.table == Table::Organ));
    let mut longest: Vec<Hit> = Vec::new();
    for hit in hits {
        if longest.last().is_some_and(|l| l.end == hit.end && l.first <= hit.first) {
            continue;
        }
        while longest.last().is_some_and(|l| hit.first <= l.first && l.end <= hit.end) {
            longest.pop();
        }
        match longest.last_mut().filter(|l| overlap_as_names(l, &hit)) {
            // "Standing Committee of the Political Bureau" + "Political Bureau of the CPC Central Committee".
            Some(last) => last.end = hit.end,
            None => longest.push(hit),
        }
    }
    longest
}

/// Two listed names of which the second begins inside the first.
fn overlap_as_names(first: &Hit, second: &Hit) -> bool {
    let listed = first.entry.table == Table::Organization && second.entry.table == Table::Organization;
    listed && first.first < second.first && second.first < first.end && first.end < second.end
}

struct Grammar<'a, 'b> {
    lexed: &'b Lexed<'a>,
    names: &'b NamePhrases,
    place_end: HashMap<usize, &'b PlacePhrase>,
    place_start: HashMap<usize, &'b PlacePhrase>,
    organs: Vec<OrganPhrase>,
    by_core_end: HashMap<usize, usize>,
}

/// What the words before a head have told.
#[derive(Default)]
struct Left {
    first: usize,
    /// Whether a place, an ordinal or another organ stands before, not only a level.
    placed: bool,
    anchored: bool,
    proper: bool,
    modified: bool,
    topic_words: usize,
    level: Option<Level>,
}

impl<'a, 'b> Grammar<'a, 'b> {
    fn new(lexed: &'b Lexed<'a>, names: &'b NamePhrases, places: &'b [PlacePhrase]) -> Self {
        let mut place_end: HashMap<usize, &PlacePhrase> = HashMap::new();
        let mut place_start: HashMap<usize, &PlacePhrase> = HashMap::new();
        for place in places {
            place_end
                .entry(place.end)
                .and_modify(|p| {
                    if place.first < p.first {
                        *p = place
                    }
                })
                .or_insert(place);
            place_start
                .entry(place.first)
                .and_modify(|p| {
                    if place.end > p.end {
                        *p = place
                    }
                })
                .or_insert(place);
        }
        Grammar { lexed, names, place_end, place_start, organs: Vec::new(), by_core_end: HashMap::new() }
    }

    fn add(&mut self, organ: OrganPhrase) {
        self.by_core_end.insert(organ.end, self.organs.len());
        self.organs.push(organ);
    }

    /// The organ whose head is `hit`, with all that stands before it.
    fn core(&self, hit: Hit) -> Option<OrganPhrase> {
        let listed = hit.entry.table == Table::Organization;
        if !listed && !self.head_fits(hit) {
            return None;
        }
        let left = self.grow_left(hit);
        let particular = listed || self.is_particular(hit, &left);
        let plural = !listed && self.is_plural(hit);
        Some(OrganPhrase {
            first: left.first,
            end: hit.end,
            core_end: hit.end,
            entry: hit.entry,
            particular: particular && !plural,
            plural,
            level: left.level.or_else(|| self.own_level(hit)),
        })
    }

    /// A suffix ("Daily", "University") must have a capital.
    fn head_fits(&self, hit: Hit) -> bool {
        self.lexed.gazetteers.organs[hit.entry.row].class != OrganClass::Suffix || self.lexed.capital(hit.first)
    }

    fn own_level(&self, hit: Hit) -> Option<Level> {
        let g = self.lexed.gazetteers;
        match hit.entry.table {
            Table::Organization => Level::parse(&g.organizations[hit.entry.row].level),
            _ => Level::parse(&g.organs[hit.entry.row].level),
        }
    }

    fn is_plural(&self, hit: Hit) -> bool {
        let last = self.lexed.word(hit.end - 1);
        let singular = self.lexed.has(hit.end - 1, WordClass::Singular) || last.ends_with("ss") || last.len() <= 3;
        self.lexed.token(hit.end - 1).ends_in_s && !singular
    }

    fn is_particular(&self, hit: Hit, left: &Left) -> bool {
        let row = &self.lexed.gazetteers.organs[hit.entry.row];
        let capital = self.lexed.capital(hit.first) && self.lexed.capital(hit.end - 1);
        match row.class {
            OrganClass::Suffix => left.proper || left.anchored,
            OrganClass::Generic => left.placed,
            _ => {
                left.anchored || stands_alone(row.alone, capital, false) || (capital && (left.modified || left.proper))
            }
        }
    }

    fn grow_left(&self, hit: Hit) -> Left {
        let mut left = Left { first: hit.first, ..Left::default() };
        let capital_head = self.lexed.capital(hit.first);
        let listed = hit.entry.table == Table::Organization;
        let suffix = listed || self.lexed.gazetteers.organs[hit.entry.row].class == OrganClass::Suffix;
        if listed && hit.end == hit.first + 1 && self.lexed.gazetteers.organizations[hit.entry.row].class == "party" {
            return left;
        }
        let mut kept = (left.first, 0);
        while left.first > 0 && self.lexed.same_sentence(left.first - 1, hit.first) && self.lexed.adjoins(left.first) {
            let Some((first, plain)) = self.step(&mut left, capital_head, suffix, listed) else { break };
            left.first = first;
            if !plain {
                kept = (first, left.topic_words);
            }
        }
        // Lower-case words that no anchor stands before are no part of the name.
        let public = !listed || self.is_public_row(hit.entry.row);
        if self.is_owned_by_level(left.first) && public && (listed || left.modified || left.topic_words > 0) {
            left.anchored = true;
            // In capitals the name is whole with its owner: "county's Water Bureau".
            left.first -= if capital_head { 2 } else { 0 };
        } else if left.topic_words > kept.1 {
            left.first = kept.0;
        }
        left
    }

    /// "Hanil Cell (Guangdong) Co., Ltd.": a place in brackets inside a company's name.
    fn bracketed_place(&self, end: usize) -> Option<usize> {
        let inner = end.checked_sub(1).filter(|&i| self.lexed.is(i, ")"))?;
        let place = self.place_end.get(&inner)?;
        place.first.checked_sub(1).filter(|&i| self.lexed.is(i, "("))
    }

    /// "the county's": the organ is that of the jurisdiction.
    fn is_owned_by_level(&self, first: usize) -> bool {
        first >= 2 && self.lexed.is_possessive(first - 1) && self.lexed.has(first - 2, WordClass::LevelNoun)
    }

    /// Takes one more phrase on the left; tells its first token and whether it is a plain lower-case word.
    fn step(&self, left: &mut Left, capital_head: bool, suffix: bool, listed: bool) -> Option<(usize, bool)> {
        let end = left.first;
        if self.lexed.token(end).glued && suffix {
            return None;
        }
        if suffix
            && !listed
            && let Some(first) = self.bracketed_place(end)
        {
            left.anchored = true;
            return Some((first, false));
        }
        self.join(left, end, listed)
            .or_else(|| self.modifier(left, end))
            .or_else(|| self.level(left, end))
            .or_else(|| self.place(left, end))
            .map(|first| (first, false))
            .or_else(|| self.ordinal(left, end).map(|first| (first, false)))
            .or_else(|| self.capital_word(left, end, capital_head && !listed, suffix).map(|first| (first, false)))
            .or_else(|| self.topic_word(left, end, capital_head || listed).map(|first| (first, true)))
    }

    /// An organ that ends here, perhaps with a possessive or a bracketed short form between.
    fn join(&self, left: &mut Left, end: usize, listed: bool) -> Option<usize> {
        let possessive = self.lexed.is_possessive(end - 1);
        let bracket =
            end >= 3 && self.lexed.is(end - 1, ")") && self.lexed.is(end - 3, "(") && self.lexed.capital(end - 2);
        let before = if possessive {
            end - 1
        } else if bracket {
            end - 3
        } else {
            end
        };
        let organ = self.by_core_end.get(&before).map(|&i| &self.organs[i])?;
        if listed && !possessive && !self.is_public(organ) {
            return None;
        }
        let suffix = organ.entry.table == Table::Organ
            && self.lexed.gazetteers.organs[organ.entry.row].class == OrganClass::Suffix;
        if organ.plural || (suffix && !possessive) {
            return None;
        }
        let own = possessive && self.is_own(organ, organ.first);
        left.anchored |= organ.particular || own;
        left.placed |= organ.particular || own;
        left.modified = true;
        left.level = left.level.or(organ.level);
        Some(organ.first)
    }

    /// An organ of party or state, to which another organ can belong; a company or platform is none.
    fn is_public(&self, organ: &OrganPhrase) -> bool {
        organ.entry.table == Table::Organ || self.is_public_row(organ.entry.row)
    }

    /// A row of organizations.csv that is an organ of party or state.
    fn is_public_row(&self, row: usize) -> bool {
        let class = self.lexed.gazetteers.organizations[row].class.as_str();
        matches!(class, "party" | "state" | "congress" | "cppcc" | "army")
    }

    /// A topic or "Party" of organs.csv, perhaps with a possessive.
    fn modifier(&self, left: &mut Left, end: usize) -> Option<usize> {
        let before = if self.lexed.is_possessive(end - 1) { end - 1 } else { end };
        let hit = self.lexed.organ_before(before, &[OrganClass::Modifier])?;
        if before != end && !self.is_party(hit) {
            return None;
        }
        left.modified |= !self.is_party(hit);
        Some(hit.first)
    }

    fn is_party(&self, hit: Hit) -> bool {
        self.lexed.gazetteers.organs[hit.entry.row].id == "m-party"
    }

    fn level(&self, left: &mut Left, end: usize) -> Option<usize> {
        let hit = self.lexed.class_before(end, WordClass::Level)?;
        if self.is_level_list(hit.first) {
            return None;
        }
        left.anchored = true;
        left.level = Level::parse(self.lexed.value(hit)).or(left.level);
        Some(hit.first)
    }

    /// "city and provincial committees": one level of a list tells of no particular organ.
    fn is_level_list(&self, first: usize) -> bool {
        let joint = first > 1 && (self.lexed.is_word(first - 1, "and") || self.lexed.is(first - 1, ","));
        joint && self.lexed.has(first - 2, WordClass::Level)
    }

    fn place(&self, left: &mut Left, end: usize) -> Option<usize> {
        let possessive = self.lexed.is_possessive(end - 1);
        let place = self.place_end.get(&(if possessive { end - 1 } else { end }))?;
        left.anchored = true;
        left.placed = true;
        left.proper = true;
        left.level = left.level.or(place_level(&place.type_value));
        Some(place.first)
    }

    fn ordinal(&self, left: &mut Left, end: usize) -> Option<usize> {
        let hit = self.lexed.class_before(end, WordClass::Ordinal).map(|h| h.first);
        let capital = self.lexed.capital(end);
        let figure = figures::ordinal(self.lexed.word(end - 1)).is_some().then_some(end - 1);
        let numbered = end >= 3 && self.lexed.is_word(end - 3, "No") && self.lexed.is(end - 2, ".");
        let figures = self.lexed.word(end - 1).bytes().all(|b| b.is_ascii_digit());
        let number = (numbered && figures && self.lexed.same_sentence(end - 3, end - 1)).then(|| end - 3);
        // "the third inspection team": in lower case a number tells of no particular organ.
        left.anchored = left.anchored || (capital && (hit.is_some() || figure.is_some()));
        left.placed = left.placed || (capital && (hit.is_some() || figure.is_some()));
        hit.or(figure).or(number)
    }

    /// A capitalised word that is part of a proper name, or "and" between two such words.
    fn capital_word(&self, left: &mut Left, end: usize, wanted: bool, suffix: bool) -> Option<usize> {
        let index = end - 1;
        if !wanted {
            return None;
        }
        if self.joins_capitals(index) {
            return Some(index);
        }
        let glued = self.lexed.token(end).glued;
        if !self.lexed.is_plain_word(index) || !(self.lexed.capital(index) || glued) || self.stops(index) {
            return None;
        }
        left.modified = true;
        // A school or paper is told by a proper name; an English word alone ("Rolling News") is none.
        let pinyin = self.lexed.gazetteers.names.syllables(self.lexed.word(index)).is_some_and(|n| n >= 2);
        left.proper |= self.lexed.capital(index)
            && if suffix { pinyin } else { !self.lexed.has_any(index, &[WordClass::NoName, WordClass::Nationality]) };
        Some(index)
    }

    /// "and", "&" or a comma inside a name such as "Science and Technology Department".
    fn joins_capitals(&self, index: usize) -> bool {
        let both =
            index > 0 && self.lexed.capital(index - 1) && self.lexed.capital(index + 1) && !self.stops(index - 1);
        let joint = matches!(self.lexed.word(index), "and" | "&");
        let party =
            index > 0 && self.lexed.organ_before(index, &[OrganClass::Modifier]).is_some_and(|h| self.is_party(h));
        both && !party && joint && !self.by_core_end.contains_key(&index) && !self.place_end.contains_key(&index)
    }

    /// What no organ's name holds: names of persons, ranks, function words, verbs of headlines.
    fn stops(&self, index: usize) -> bool {
        let function = [
            WordClass::Determiner,
            WordClass::Preposition,
            WordClass::Conjunction,
            WordClass::Pronoun,
            WordClass::Auxiliary,
            WordClass::Adverb,
            WordClass::Month,
            WordClass::Weekday,
            WordClass::Address,
            WordClass::RelativeDay,
        ];
        let word = self.lexed.word(index);
        let finite =
            self.lexed.is_verb(index) && (word.ends_with('s') || word.ends_with("ed") || word.ends_with("ing"));
        let byline = self.lexed.class_at(index, WordClass::Byline).is_some()
            || self.lexed.class_before(index + 1, WordClass::Byline).is_some();
        let person = self.names.covering(index).is_some_and(|n| n.form > Form::Weak);
        let rank = self.lexed.title_at(index, TitleClass::Rank).is_some()
            || self.lexed.title_before(index + 1, TitleClass::Rank).is_some();
        self.lexed.has_any(index, &function) || finite || byline || person || rank
    }

    /// A lower-case noun of a topic ("grassroots organization construction coordination group").
    fn topic_word(&self, left: &mut Left, end: usize, capital_head: bool) -> Option<usize> {
        let index = end - 1;
        let plain = self.lexed.is_plain_word(index) && !self.lexed.capital(index);
        if capital_head
            || !plain
            || left.topic_words >= MOST_TOPIC_WORDS
            || self.stops(index)
            || self.lexed.is_verb(index)
        {
            return None;
        }
        left.topic_words += 1;
        Some(index)
    }

    /// Grows organs to the right, from the last to the first, so that a complement is whole when it is taken.
    fn complements(&mut self) {
        let mut order: Vec<usize> = (0..self.organs.len()).collect();
        order.sort_by_key(|&i| std::cmp::Reverse(self.organs[i].first));
        let mut by_first: HashMap<usize, usize> = HashMap::new();
        for index in order {
            let organ = self.organs[index].clone();
            let complement = self.complement(&organ, &by_first);
            let from = complement.map_or(organ.end, |(end, _, _)| end);
            let seat = self.seat(&organ, from, &by_first).map(|end| (end, true, complement.and_then(|c| c.2)));
            if let Some((end, particular, level)) = seat.or(complement) {
                let grown = &mut self.organs[index];
                grown.end = end;
                let told = self.lexed.capital(grown.core_end - 1) || grown.core_end - grown.first >= 2;
                grown.particular |= particular && told && !grown.plural;
                grown.level = level.or(grown.level);
            }
            let longest = by_first.entry(self.organs[index].first).or_insert(index);
            if self.organs[*longest].end < self.organs[index].end {
                *longest = index;
            }
        }
    }

    /// End of the complement, whether it makes the organ a particular one, and its level.
    fn complement(
        &self,
        organ: &OrganPhrase,
        by_first: &HashMap<usize, usize>,
    ) -> Option<(usize, bool, Option<Level>)> {
        let end = self.skip_bracket(organ.end);
        if self.lexed.is(end, "for") && self.takes_purpose(organ) {
            return self.purpose(end + 1).map(|end| (end, self.lexed.capital(organ.core_end - 1), None));
        }
        if !self.lexed.is(end, "of") || !self.lexed.same_sentence(organ.first, end) {
            return None;
        }
        let after = end + 1 + usize::from(self.lexed.is_word(end + 1, "the"));
        if !self.lexed.same_sentence(organ.first, after) {
            return None;
        }
        if self.is_suffix(organ) {
            // "Agricultural University of Japan": a school's or company's name goes on with a place only.
            return self.place_start.get(&after).filter(|_| organ.particular).map(|place| (place.end, true, None));
        }
        if let Some(&index) = by_first.get(&after) {
            let inner = &self.organs[index];
            let place = self.place_start.get(&inner.end).filter(|_| inner.end == after + 1);
            let end = place.map_or(inner.end, |p| p.end);
            return (!inner.plural).then_some((
                end,
                inner.particular || self.is_own(inner, after),
                place.map_or(inner.level, |p| place_level(&p.type_value)),
            ));
        }
        if let Some(place) = self.place_start.get(&after).map(|place| self.lowest(place)) {
            return Some((self.area_end(place), true, place_level(&place.type_value)));
        }
        self.sitting(after, by_first).or_else(|| self.portfolio_of(organ, after, by_first))
    }

    /// "the Ministry", "the Commission": a capitalised head alone behind the article is the reporter's own organ.
    fn is_own(&self, organ: &OrganPhrase, first: usize) -> bool {
        let head = organ.entry.table == Table::Organ && organ.core_end == first + 1 && !organ.plural;
        head && first > 0 && self.lexed.capital(first) && self.lexed.is_word(first - 1, "the")
    }

    /// "Huizhou Zhongkai High-tech Zone": a place with its type word follows the place that it lies in.
    fn lowest<'p>(&'p self, place: &'p PlacePhrase) -> &'p PlacePhrase {
        let next = self.place_start.get(&place.end).filter(|next| {
            next.end > next.first + 1
                && self.lexed.same_sentence(place.first, next.first)
                && self.lexed.adjoins(next.first)
        });
        next.map_or(place, |next| self.lowest(next))
    }

    /// "management committee of the Qinzhou Port Area": English words in capitals go on with the place's name.
    fn area_end(&self, place: &PlacePhrase) -> usize {
        let word = |i: &usize| {
            self.lexed.capital(*i)
                && self.lexed.same_sentence(place.first, *i)
                && self.lexed.adjoins(*i)
                && self.lexed.gazetteers.is_english(self.lexed.word(*i))
                && !self.lexed.word(*i).ends_with("ly")
                && !self.stops(*i)
        };
        place.end + (place.end..place.end + MOST_AREA_WORDS).take_while(word).count()
    }

    /// "Presidium of the Third Session of the 9th Municipal People's Congress": an organ of a meeting of an organ.
    fn sitting(&self, after: usize, by_first: &HashMap<usize, usize>) -> Option<(usize, bool, Option<Level>)> {
        let head = (after..after + 3)
            .find_map(|i| self.lexed.starting(i, Table::Meeting).find(|h| crate::find::cues::is_head(self.lexed, h)))?;
        let numbered = self.lexed.has(after, WordClass::Ordinal) || figures::ordinal(self.lexed.word(after)).is_some();
        let of = head.end;
        let inner = of + 1 + usize::from(self.lexed.is_word(of + 1, "the"));
        let whole = self.lexed.is_word(of, "of") && numbered && self.lexed.same_sentence(after, inner);
        let organ = by_first.get(&inner).map(|&i| &self.organs[i]).filter(|_| whole)?;
        Some((organ.end, organ.particular, organ.level))
    }

    /// "Bureau of Culture and Tourism", and the place or organ behind it.
    fn portfolio_of(
        &self,
        organ: &OrganPhrase,
        after: usize,
        by_first: &HashMap<usize, usize>,
    ) -> Option<(usize, bool, Option<Level>)> {
        if organ.entry.table != Table::Organ || !self.lexed.capital(organ.core_end - 1) || organ.plural {
            return None;
        }
        let end = portfolio(self.lexed, self.names, after)?;
        let next = end + 1 + usize::from(self.lexed.is_word(end + 1, "the"));
        let of = self.lexed.is_word(end, "of") && self.lexed.same_sentence(after, next);
        let place = self.place_start.get(&next).filter(|_| of).map(|p| (p.end, true, place_level(&p.type_value)));
        let inner = by_first.get(&next).filter(|_| of).map(|&i| (self.organs[i].end, true, self.organs[i].level));
        inner.or(place).or(Some((end, true, None)))
    }

    /// Where a body has its seat: "Consulate General of Brazil in Guangzhou", "Inspection Team in the Ministry of ...".
    fn seat(&self, organ: &OrganPhrase, end: usize, by_first: &HashMap<usize, usize>) -> Option<usize> {
        let id = (organ.entry.table == Table::Organ).then(|| self.lexed.gazetteers.organs[organ.entry.row].id.as_str());
        let posted =
            self.lexed.class_at(end, WordClass::Posting).filter(|h| self.lexed.same_sentence(end - 1, h.end))?;
        let after = posted.end + usize::from(self.lexed.is_word(posted.end, "the"));
        let organ_end = || {
            let inner = by_first.get(&after).map(|&i| &self.organs[i]).filter(|o| !o.plural);
            inner.filter(|o| (o.particular || self.is_own(o, after)) && !self.is_noun(o.end)).map(|o| o.end)
        };
        match id? {
            "embassy" => self.place_start.get(&after).map(|place| place.end),
            "discipline-group" => organ_end(),
            _ => None,
        }
    }

    /// A lower-case noun that goes on with the phrase: "the NPC organs".
    fn is_noun(&self, index: usize) -> bool {
        let function = [WordClass::Conjunction, WordClass::Preposition, WordClass::Auxiliary, WordClass::Adverb];
        let plain = self.lexed.is_plain_word(index) && self.lexed.same_sentence(index - 1, index);
        plain && !self.lexed.capital(index) && !self.lexed.is_verb(index) && !self.lexed.has_any(index, &function)
    }

    fn is_suffix(&self, organ: &OrganPhrase) -> bool {
        organ.entry.table == Table::Organ && self.lexed.gazetteers.organs[organ.entry.row].class == OrganClass::Suffix
    }

    /// "Central Committee of the Communist Party of China (CPC)" goes on behind the bracket.
    fn skip_bracket(&self, end: usize) -> usize {
        let bracket = self.lexed.is(end, "(") && self.lexed.is(end + 2, ")") && self.lexed.is(end + 3, "of");
        if bracket { end + 3 } else { end }
    }

    fn takes_purpose(&self, organ: &OrganPhrase) -> bool {
        organ.entry.table == Table::Organ
            && self.lexed.gazetteers.organs[organ.entry.row].class == OrganClass::Purpose
            && self.lexed.capital(organ.core_end - 1)
    }

    /// End of the purpose behind "for": to the next mark, verb or new phrase.
    fn purpose(&self, from: usize) -> Option<usize> {
        if !self.lexed.same_sentence(from - 1, from) {
            return None;
        }
        let mut end = from;
        while end < self.lexed.len() && end - from < MOST_PURPOSE_TOKENS && self.lexed.same_sentence(from, end) {
            let slogan = self.lexed.starting(end, Table::Slogan).next();
            if slogan.is_none() && !self.in_purpose(end) {
                break;
            }
            end = slogan.map_or(end + 1, |h| h.end);
        }
        while end > from && !self.lexed.is_plain_word(end - 1) && !self.lexed.is_possessive(end - 1) {
            end -= 1;
        }
        (end > from).then_some(end)
    }

    fn in_purpose(&self, index: usize) -> bool {
        let function = self.lexed.has_any(index, &[WordClass::Auxiliary, WordClass::Pronoun]);
        let joint = self.lexed.has_any(index, &[WordClass::Preposition, WordClass::Conjunction, WordClass::Determiner]);
        let lower_verb = self.lexed.is_verb(index) && !self.lexed.capital(index);
        let content = self.lexed.capital(index) || self.lexed.is_possessive(index);
        (content || (joint && self.goes_on(index))) && !function && !lower_verb
    }

    /// A little word belongs to the purpose only before another capitalised word.
    fn goes_on(&self, index: usize) -> bool {
        let next = index + 1 + usize::from(self.lexed.has(index + 1, WordClass::Determiner));
        self.lexed.capital(next) && self.lexed.same_sentence(index, next) && !self.lexed.is(index, "at")
    }
}

/// End of a run of capitalised words behind "of" ("Economy, Trade and Industry"); behind its "and" stands one topic.
pub fn portfolio(lexed: &Lexed, names: &NamePhrases, from: usize) -> Option<usize> {
    let word = |i: usize| is_topic_word(lexed, names, from, i);
    let mut end = from;
    while end < from + MOST_PORTFOLIO_WORDS {
        if word(end) || (end > from && is_list_comma(lexed, end, word)) {
            end += 1;
        } else if end > from && lexed.is_word(end, "and") && word(end + 1) {
            let topic = |i: &usize| word(*i) && lexed.gazetteers.is_english(lexed.word(*i));
            return Some(end + 2 + (end + 2..end + 2 + MOST_PORTFOLIO_WORDS).take_while(topic).count());
        } else {
            break;
        }
    }
    (end > from).then_some(end)
}

/// A capitalised word that can belong to a portfolio: no name, rank, level or byline.
fn is_topic_word(lexed: &Lexed, names: &NamePhrases, from: usize, index: usize) -> bool {
    lexed.capital(index)
        && lexed.same_sentence(from, index)
        && (index == from || lexed.adjoins(index))
        && lexed.class_at(index, WordClass::Byline).is_none()
        && names.covering(index).is_none()
        && lexed.title_at(index, TitleClass::Rank).is_none()
        && !lexed.has(index, WordClass::Level)
}

/// A comma between topics of a list that "and" closes.
fn is_list_comma(lexed: &Lexed, index: usize, word: impl Fn(usize) -> bool) -> bool {
    let next = index + 1;
    let goes_on = word(next) && (lexed.is_word(next + 1, "and") || lexed.is(next + 1, ","));
    lexed.is(index, ",") && (goes_on || (lexed.is_word(next, "and") && word(next + 1)))
}

/// The level told by a place's type word.
pub fn place_level(type_value: &str) -> Option<Level> {
    match type_value {
        "city" => Some(Level::Prefecture),
        "zone" => Some(Level::County),
        "village" => Some(Level::Township),
        other => Level::parse(other),
    }
}

fn is_stopped(lexed: &Lexed, organ: &OrganPhrase) -> bool {
    let stops = lexed.starting(organ.first, Table::Stop).filter(|h| h.end >= organ.end);
    stops.into_iter().any(|h| lexed.gazetteers.stops[h.entry.row].scope == Scope::Org)
}
