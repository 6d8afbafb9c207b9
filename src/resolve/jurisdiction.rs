//! The jurisdiction of a document: whose report it is, so that "our county" and "the Provincial Party Committee" have
//! a place.
//!
//! Evidence is weighed: the level first (what the report calls "our", which organs act in its lead), then the place of
//! that level that its names support. Names cited in passing weigh little.

use super::{BlockKind, Reading, dates, layout, places, townships};
use crate::gazetteer::rows::{RegionLevel, TitleClass, WordClass};
use crate::gazetteer::{Gazetteers, Table};
use crate::model::{Label, Level, Place};
use std::collections::BTreeMap;

/// The jurisdiction that a document is about.
#[derive(Debug, Clone, Default)]
pub struct Jurisdiction {
    /// Level, where known.
    pub level: Option<Level>,
    /// Row of regions.csv, where the place is a known one.
    pub row: Option<usize>,
    /// The row and all that it lies in.
    pub chain: Vec<usize>,
    /// The place as the tables show it; only its level may be known.
    pub place: Place,
}

impl Jurisdiction {
    /// The place of `level` that the document's jurisdiction is or lies in.
    pub fn at(&self, g: &Gazetteers, level: Level) -> Option<Place> {
        if level == Level::Central {
            return Some(centre(g));
        }
        if self.level == Some(level) {
            return Some(self.place.clone()).filter(|p| !p.path.is_empty());
        }
        // "Municipal" in the report of a county-level city is the city itself.
        if level == Level::Prefecture && self.row.is_some_and(|row| is_county_city(g, row)) {
            return Some(self.place.clone());
        }
        let wanted = |&row: &usize| places::level_of(g, row) == Some(level) && Some(row) != self.row;
        let found = self.chain.iter().copied().find(|row| wanted(row));
        // Below a municipality under the centre "municipal" means the municipality.
        let municipality = || {
            self.chain
                .iter()
                .copied()
                .find(|&r| level == Level::Prefecture && is_municipality(g, r) && Some(r) != self.row)
        };
        found.or_else(municipality).map(|row| places::place(g, row, ""))
    }

    /// What tells namesakes of two jurisdictions apart in an entity's key.
    pub fn key_suffix(&self, g: &Gazetteers) -> String {
        // A zone shows the code of the division that it lies in, and is not that division.
        let code = self.row.map_or(&self.place.code, |row| &g.regions[row].code);
        let name = if code.is_empty() { super::slug(self.place.name()) } else { code.clone() };
        if name.is_empty() { String::new() } else { format!("@{name}") }
    }
}

/// The centre as a place.
pub fn centre(g: &Gazetteers) -> Place {
    let code = g.region_index.id("cn").map_or(String::new(), |row| g.regions[row].code.clone());
    Place { path: "China".into(), code, level: Some(Level::Central) }
}

fn is_municipality(g: &Gazetteers, row: usize) -> bool {
    g.regions[row].level == RegionLevel::Province && g.regions[row].zh.ends_with('市')
}

/// Weighs the evidence of `reading`.
pub fn find(reading: &Reading) -> Jurisdiction {
    let ballot = Ballot::count(reading);
    let Some(level) = ballot.level() else { return Jurisdiction::default() };
    if level == Level::Central {
        let g = reading.lexed.gazetteers;
        let row = g.region_index.id("cn");
        return Jurisdiction { level: Some(level), row, chain: row.into_iter().collect(), place: centre(g) };
    }
    ballot.place(reading, level)
}

/// A place as evidence: a known row or a composed name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Named {
    Row(usize),
    Name(String, Level),
}

/// Weights by level and by place. Ordered maps, so that ties never hang on hashing.
#[derive(Default)]
struct Ballot {
    levels: BTreeMap<Level, f64>,
    places: BTreeMap<Named, f64>,
    /// Weight of the names of a row itself, without those of places in it.
    direct: BTreeMap<usize, f64>,
    shown: BTreeMap<usize, BTreeMap<String, usize>>,
}

/// Id of the place from which the centre reports.
const CAPITAL: &str = "r110000";
const OUR: f64 = 6.0;
const WHOLE: f64 = 0.8;
const LEAD: f64 = 3.0;
const PASSING: f64 = 0.5;
const MEMBER: f64 = 0.3;
const OUTLET: f64 = 2.5;
const ANCESTOR: f64 = 0.6;
const MINISTRY: f64 = 0.4;
/// Tokens of the first sentence in which the acting organ is named.
const LEAD_TOKENS: usize = 16;

impl Ballot {
    fn count(reading: &Reading) -> Self {
        let mut ballot = Ballot::default();
        ballot.self_reference(reading);
        ballot.organs(reading);
        ballot.regions(reading);
        ballot
    }

    fn vote(&mut self, level: Level, weight: f64) {
        *self.levels.entry(level).or_default() += weight;
    }

    /// "our county", "the whole city", "county-wide".
    fn self_reference(&mut self, reading: &Reading) {
        let lexed = reading.lexed;
        for index in 1..lexed.len() {
            let Some(level) = lexed.class_at(index, WordClass::LevelNoun).and_then(|h| Level::parse(lexed.value(h)))
            else {
                continue;
            };
            if level == Level::Central || lexed.capital(index) {
                continue;
            }
            let our = lexed.has(index - 1, WordClass::Our);
            let whole = lexed.has(index - 1, WordClass::Whole);
            let possessed = whole && !lexed.is_word(index + 1, "of");
            if our {
                self.vote(level, OUR);
            } else if possessed {
                self.vote(level, WHOLE);
            }
        }
    }

    /// Organs and offices: those of the lead weigh most.
    fn organs(&mut self, reading: &Reading) {
        // Who reports is not who acts; the outlets are weighed below.
        let organs = reading.of(Label::Org).filter(|&m| !layout::is_media(reading, m));
        for mention in organs.chain(reading.of(Label::Title)) {
            let Some(level) = level_of_mention(reading, mention) else { continue };
            let weight = weight_of(reading, mention);
            if level != Level::Central || (weight >= LEAD && acts_in_lead(reading, mention)) {
                self.vote(level, weight);
            } else if is_ministry(reading, mention) {
                self.vote(level, MINISTRY);
            }
        }
        self.seats(reading);
        let central = reading.of(Label::Org).any(|m| layout::is_media(reading, m) && is_central_media(reading, m));
        if central && !is_dispatched_locally(reading) {
            self.vote(Level::Central, 1.0);
        }
    }

    /// A listed outlet speaks for the place of its seat ("Changjiang Daily" for Wuhan).
    fn seats(&mut self, reading: &Reading) {
        let g = reading.lexed.gazetteers;
        for mention in reading.of(Label::Org).filter(|&m| layout::is_media(reading, m)) {
            let entry = reading.mentions[mention].entry.filter(|e| e.table == Table::Organization);
            let seat = entry.and_then(|e| g.region_index.id(&g.organizations[e.row].region));
            if let Some(row) = seat {
                self.add_row(g, row, OUTLET);
                if let Some(level) = places::level_of(g, row).filter(|l| *l != Level::Central) {
                    self.vote(level, OUTLET / 4.0);
                }
            }
        }
    }

    fn regions(&mut self, reading: &Reading) {
        let g = reading.lexed.gazetteers;
        for mention in reading.of(Label::Region) {
            let rows: Vec<usize> = places::candidates_of(reading, &reading.mentions[mention])
                .into_iter()
                .filter(|&r| g.regions[r].to.is_empty())
                .collect();
            let weight = region_weight(reading, mention);
            for &row in &rows {
                self.add_row(g, row, weight / rows.len() as f64);
                let surface = reading.surface(mention).split_whitespace().collect::<Vec<_>>().join(" ");
                if !is_part(reading, mention, row) {
                    *self.shown.entry(row).or_default().entry(surface).or_default() += 1;
                }
            }
            if rows.is_empty() {
                self.add_name(reading, mention, weight);
            }
            let level = rows.first().and_then(|&r| places::level_of(g, r)).filter(|l| *l != Level::Central);
            if let Some(level) = level.filter(|_| rows.len() == 1) {
                self.vote(level, region_level_weight(reading, mention, weight));
            }
        }
    }

    fn add_row(&mut self, g: &Gazetteers, row: usize, weight: f64) {
        *self.direct.entry(row).or_default() += weight;
        let mut factor = 1.0;
        for ancestor in g.region_index.ancestors(row) {
            *self.places.entry(Named::Row(ancestor)).or_default() += weight * factor;
            factor *= ANCESTOR;
        }
    }

    /// A composed name of a county, zone or township that no gazetteer lists.
    fn add_name(&mut self, reading: &Reading, mention: usize, weight: f64) {
        let candidate = &reading.mentions[mention];
        let place = reading.phrasing.place_at(candidate.first, candidate.end);
        let level = place.and_then(|p| match p.type_value.as_str() {
            "county" | "zone" => Some(Level::County),
            "township" => Some(Level::Township),
            _ => None,
        });
        if let Some(level) = level {
            let surface = reading.surface(mention).split_whitespace().collect::<Vec<_>>().join(" ");
            *self.places.entry(Named::Name(surface, level)).or_default() += weight;
        }
    }

    fn level(&self) -> Option<Level> {
        let best = self.levels.iter().max_by(|a, b| a.1.total_cmp(b.1))?;
        Some(*best.0)
    }

    /// The place of `level` with the greatest weight.
    fn place(&self, reading: &Reading, level: Level) -> Jurisdiction {
        let g = reading.lexed.gazetteers;
        let fits = |named: &Named| match named {
            Named::Row(row) => {
                places::level_of(g, *row) == Some(level)
                    || (level == Level::Prefecture && (is_county_city(g, *row) || is_municipality(g, *row)))
            }
            Named::Name(_, l) => *l == level,
        };
        let fitting = self.places.iter().filter(|(named, _)| fits(named));
        let weighed: Vec<(&Named, f64)> =
            fitting.map(|(named, weight)| (named, weight + self.support(g, named))).collect();
        let best = weighed.iter().max_by(|a, b| a.1.total_cmp(&b.1));
        match best.map(|(named, _)| *named) {
            Some(Named::Row(row)) if self.has_equal(g, *row, &weighed) => self.open(g, *row, level),
            Some(Named::Row(row)) => self.known(g, self.city_within(g, *row)),
            Some(Named::Name(name, level)) => self.composed(reading, name, *level),
            None => Jurisdiction {
                level: Some(level),
                place: Place { level: Some(level), ..Place::default() },
                ..Jurisdiction::default()
            },
        }
    }

    /// What the names of higher places add to a place in them.
    fn support(&self, g: &Gazetteers, named: &Named) -> f64 {
        let Named::Row(row) = named else { return 0.0 };
        let above = g.region_index.ancestors(*row).into_iter().skip(1);
        ANCESTOR * above.filter_map(|r| self.direct.get(&r)).sum::<f64>()
    }

    /// Whether a namesake weighs the same: nothing in the text tells which is meant.
    fn has_equal(&self, g: &Gazetteers, row: usize, weighed: &[(&Named, f64)]) -> bool {
        let own = weighed.iter().find(|(n, _)| **n == Named::Row(row)).map_or(0.0, |(_, w)| *w);
        weighed.iter().any(|(named, weight)| match named {
            Named::Row(other) => {
                *other != row && g.regions[*other].base == g.regions[row].base && (weight - own).abs() < f64::EPSILON
            }
            Named::Name(..) => false,
        })
    }

    /// A place of which only the name is settled.
    fn open(&self, g: &Gazetteers, row: usize, level: Level) -> Jurisdiction {
        let name = self.shown.get(&row).and_then(|forms| forms.keys().next()).unwrap_or(&g.regions[row].name);
        let place = Place { path: name.clone(), code: String::new(), level: Some(level) };
        Jurisdiction { level: Some(level), place, ..Jurisdiction::default() }
    }

    /// A county-level city that is named more than the prefecture it lies in: "municipal" is its own.
    fn city_within(&self, g: &Gazetteers, row: usize) -> usize {
        let own = self.direct.get(&row).copied().unwrap_or(0.0);
        let inside = self
            .direct
            .iter()
            .filter(|(r, w)| is_county_city(g, **r) && g.region_index.parent(**r) == Some(row) && **w > own);
        inside.max_by(|a, b| a.1.total_cmp(b.1)).map_or(row, |(r, _)| *r)
    }

    fn known(&self, g: &Gazetteers, row: usize) -> Jurisdiction {
        let typed = matches!(g.regions[row].level, RegionLevel::County | RegionLevel::Zone);
        let forms = self.shown.get(&row).filter(|_| typed);
        let shown = forms
            .and_then(|forms| forms.iter().filter(|(s, _)| s.contains(' ')).max_by_key(|(_, n)| **n))
            .map_or("", |(s, _)| s.as_str());
        let place = places::place(g, row, shown);
        Jurisdiction { level: place.level, row: Some(row), chain: g.region_index.ancestors(row), place }
    }

    /// A name that no gazetteer knows lies in the best supported division above it; a township in a county that has one
    /// of that name, if such a county is named, be it only in the page's navigation.
    fn composed(&self, reading: &Reading, name: &str, level: Level) -> Jurisdiction {
        let g = reading.lexed.gazetteers;
        let above = |row: usize| places::level_of(g, row).is_some_and(|l| l < level && l > Level::Central);
        let rows = self.places.iter().filter_map(|(named, weight)| match named {
            Named::Row(row) if above(*row) => Some((*row, weight)),
            _ => None,
        });
        let township = |row: usize| (level == Level::Township).then(|| townships::named(g, row, name)).flatten();
        let best = |rows: &mut dyn Iterator<Item = (usize, &f64)>| rows.max_by(|a, b| a.1.total_cmp(b.1)).map(|r| r.0);
        let named = reading.of(Label::Region).filter_map(|m| places::sole_candidate(reading, m));
        let parent = best(&mut rows.clone().filter(|(row, _)| township(*row).is_some()))
            .or_else(|| named.into_iter().find(|&row| above(row) && township(row).is_some()))
            .or(best(&mut rows.clone()));
        let path = parent.map_or(name.to_string(), |row| format!("{}/{name}", places::place(g, row, "").path));
        let code = parent.and_then(township).map_or(String::new(), |township| township.code);
        let chain = parent.map_or(Vec::new(), |row| g.region_index.ancestors(row));
        Jurisdiction { level: Some(level), row: None, chain, place: Place { path, code, level: Some(level) } }
    }
}

/// "X Development Zone" lies in the county X, which is not called so.
fn is_part(reading: &Reading, mention: usize, row: usize) -> bool {
    let c = &reading.mentions[mention];
    let zone = reading.phrasing.place_at(c.first, c.end).is_some_and(|p| p.type_value == "zone");
    zone && reading.lexed.gazetteers.regions[row].level == RegionLevel::County
}

fn is_county_city(g: &Gazetteers, row: usize) -> bool {
    g.regions[row].level == RegionLevel::County && g.regions[row].zh.ends_with('市')
}

/// Level of an ORG or TITLE by its words.
pub fn level_of_mention(reading: &Reading, mention: usize) -> Option<Level> {
    let candidate = &reading.mentions[mention];
    if candidate.label == Label::Org {
        let organ = reading.phrasing.organ_at(candidate.first, candidate.end);
        return organ.and_then(|o| o.level);
    }
    level_in(reading, candidate.first, candidate.end)
}

/// Level told by the level words, organs and ranks inside the tokens `first..end`; the last organ's counts.
pub fn level_in(reading: &Reading, first: usize, end: usize) -> Option<Level> {
    let lexed = reading.lexed;
    let g = lexed.gazetteers;
    let organs = reading.phrasing.organs_in(first, end);
    let organ = organs.max_by_key(|o| o.end - o.first).and_then(|o| o.level);
    let word =
        (first..end).filter_map(|i| lexed.class_at(i, WordClass::Level)).find_map(|h| Level::parse(lexed.value(h)));
    let noun =
        (first..end).filter_map(|i| lexed.class_at(i, WordClass::LevelNoun)).find_map(|h| Level::parse(lexed.value(h)));
    let rank = || {
        (first..end)
            .flat_map(|i| lexed.starting(i, Table::Title))
            .filter_map(|h| Level::parse(&g.titles[h.entry.row].level))
            .last()
    };
    organ.or(word).or(noun).or_else(rank)
}

/// A seat in a body: it tells little of whose report it is.
fn is_member_title(reading: &Reading, mention: usize) -> bool {
    let entry = reading.mentions[mention].entry.filter(|e| e.table == Table::Title);
    entry.is_some_and(|e| reading.lexed.gazetteers.titles[e.row].class == TitleClass::Seat)
}

fn weight_of(reading: &Reading, mention: usize) -> f64 {
    let kind = reading.layout.kinds[reading.block(mention)];
    if kind == BlockKind::Boilerplate {
        return 0.0;
    }
    if is_member_title(reading, mention) {
        return MEMBER;
    }
    if is_lead(reading, mention) && !is_cited(reading, mention) { LEAD } else { PASSING }
}

/// Headlines and the first sentence of the body.
fn is_lead(reading: &Reading, mention: usize) -> bool {
    let block = reading.block(mention);
    let kind = reading.layout.kinds[block];
    let first_body = reading.layout.first_body();
    let first_sentence = first_body.map(|b| reading.lexed.text.blocks[b].first_sentence);
    kind == BlockKind::Headline
        || first_sentence.is_some_and(|s| reading.sentence(mention) <= s + 1 && Some(block) == first_body)
}

/// "the spirit of the meeting of the Provincial Party Committee": the organ is cited.
fn is_cited(reading: &Reading, mention: usize) -> bool {
    crate::find::cues::is_cited(reading.lexed, reading.mentions[mention].first)
}

/// A central organ that acts in the lead, not the leader whose words are cited everywhere.
fn acts_in_lead(reading: &Reading, mention: usize) -> bool {
    let candidate = &reading.mentions[mention];
    let lexed = reading.lexed;
    let start = lexed.sentence_start(candidate.first);
    let early = candidate.first - start < LEAD_TOKENS;
    let cited_leader = lexed.is_possessive(candidate.end + 2) || lexed.is_possessive(candidate.end + 1);
    early && !cited_leader
}

/// An organ of the State Council: a report of its own names it more than once.
fn is_ministry(reading: &Reading, mention: usize) -> bool {
    let g = reading.lexed.gazetteers;
    let candidate = &reading.mentions[mention];
    candidate.label == Label::Org
        && candidate.entry.is_some_and(|e| e.table == Table::Organization && g.organizations[e.row].class == "state")
}

fn is_central_media(reading: &Reading, mention: usize) -> bool {
    let g = reading.lexed.gazetteers;
    let entry = reading.mentions[mention].entry;
    entry.is_some_and(|e| e.table == Table::Organization && g.organizations[e.row].level == "central")
}

/// A central agency that writes from a place outside the capital tells of that place.
fn is_dispatched_locally(reading: &Reading) -> bool {
    let g = reading.lexed.gazetteers;
    let dateline = reading.of(Label::Date).find(|&m| dates::is_dateline(reading, m));
    let place = dateline.and_then(|m| dates::dateline_place(reading, m));
    let row = place.and_then(|m| places::sole_candidate(reading, m));
    row.is_some_and(|row| places::level_of(g, row).is_some_and(|l| l > Level::Central) && g.regions[row].id != CAPITAL)
}

fn region_weight(reading: &Reading, mention: usize) -> f64 {
    let candidate = &reading.mentions[mention];
    let kind = reading.layout.kinds[reading.block(mention)];
    if kind == BlockKind::Boilerplate {
        return 0.1;
    }
    let holder = reading.covering(candidate.first, candidate.end).find(|&m| reading.mentions[m].label == Label::Org);
    let base = match holder {
        Some(org) if layout::is_media(reading, org) => OUTLET,
        Some(org) if level_of_mention(reading, org).is_some() => 2.0,
        // A school or company bears the name of any place.
        Some(_) => 1.0,
        None => 1.0,
    };
    base * if is_lead(reading, mention) && !is_cited(reading, mention) { 2.0 } else { 1.0 }
}

/// A place of the lead, or of the outlet's name, speaks for its level.
fn region_level_weight(reading: &Reading, mention: usize, weight: f64) -> f64 {
    if is_lead(reading, mention) || weight >= OUTLET { weight / 4.0 } else { 0.1 }
}
