//! Which township a composed name means: the one of that name in the county that the sentence or the document names.
//!
//! No name is found by this list; it only links what was found, so that a gap in it costs a code and no mention.

use super::{Jurisdiction, Reading, places};
use crate::gazetteer::rows::RegionLevel;
use crate::gazetteer::{Gazetteers, Township};
use crate::model::{Label, Level, Place};

/// A township and its county.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linked {
    /// Row of the county in regions.csv.
    pub county: usize,
    /// The township.
    pub township: Township,
}

/// For each mention: the township that a REGION means which is no place of regions.csv.
pub fn link(reading: &Reading, jurisdiction: &Jurisdiction, region_of: &[Option<usize>]) -> Vec<Option<Linked>> {
    let mut linked = vec![None; reading.mentions.len()];
    for mention in reading.of(Label::Region).filter(|&m| region_of[m].is_none()) {
        linked[mention] = find(reading, mention, jurisdiction, region_of);
    }
    linked
}

fn find(reading: &Reading, mention: usize, jurisdiction: &Jurisdiction, region_of: &[Option<usize>]) -> Option<Linked> {
    let listed = !places::candidates_of(reading, &reading.mentions[mention]).is_empty();
    if listed && !is_own(reading, mention, jurisdiction) {
        return None;
    }
    let (name, base) = name_of(reading, mention)?;
    let in_county = |county: usize| sole(reading, county, name, base);
    let beside = beside(reading, mention, region_of).and_then(in_county);
    beside.or_else(|| county_of(reading, jurisdiction).and_then(in_county)).or_else(|| {
        // No county named: the only one of that name in the document's prefecture.
        let mut found = counties_of(reading, jurisdiction).into_iter().filter_map(in_county);
        let first = found.next()?;
        found.next().is_none().then_some(first)
    })
}

/// The name that may be a township's, whole and without its type word. A lake or a village may bear the township's name.
fn name_of<'r>(reading: &'r Reading, mention: usize) -> Option<(&'r str, &'r str)> {
    let candidate = &reading.mentions[mention];
    let place = reading.phrasing.place_at(candidate.first, candidate.end)?;
    let fits = matches!(place.type_value.as_str(), "" | "township");
    fits.then(|| (reading.surface(mention), reading.lexed.surface(place.first, place.base_end)))
}

/// Whether the bare name of a county elsewhere is that of a township in the document's own county.
pub fn is_own(reading: &Reading, mention: usize, jurisdiction: &Jurisdiction) -> bool {
    let candidate = &reading.mentions[mention];
    let candidates = places::candidates_of(reading, candidate);
    let elsewhere = candidates.iter().all(|&row| is_county(reading, row) && !jurisdiction.chain.contains(&row));
    if candidate.end != candidate.first + 1 || candidates.is_empty() || !elsewhere {
        return false;
    }
    let county = county_of(reading, jurisdiction);
    name_of(reading, mention).zip(county).is_some_and(|((name, base), row)| sole(reading, row, name, base).is_some())
}

/// The township that `name` (with its type word) is in a county.
pub fn named(g: &Gazetteers, county: usize, name: &str) -> Option<Township> {
    let base = name.rsplit_once(' ').map_or(name, |(base, _)| base);
    let found = g.townships.find(&g.regions[county].code, name, base);
    if let [only] = found.as_slice() { Some(only.clone()) } else { None }
}

/// The one township of the county with this name.
fn sole(reading: &Reading, county: usize, name: &str, base: &str) -> Option<Linked> {
    let g = reading.lexed.gazetteers;
    let found = g.townships.find(&g.regions[county].code, name, base);
    let [only] = found.as_slice() else { return None };
    Some(Linked { county, township: only.clone() })
}

/// The county that the sentence names nearest to the mention.
fn beside(reading: &Reading, mention: usize, region_of: &[Option<usize>]) -> Option<usize> {
    let distance = |other: usize| reading.mentions[other].first.abs_diff(reading.mentions[mention].first);
    let counties = reading.of_sentence(Label::Region, reading.sentence(mention));
    let counties = counties.filter_map(|m| Some((distance(m), region_of[m]?)));
    counties.filter(|(_, row)| is_county(reading, *row)).min().map(|(_, row)| row)
}

fn is_county(reading: &Reading, row: usize) -> bool {
    let region = &reading.lexed.gazetteers.regions[row];
    region.level == RegionLevel::County && region.code.len() == 6
}

fn county_of(reading: &Reading, jurisdiction: &Jurisdiction) -> Option<usize> {
    jurisdiction.chain.iter().copied().find(|&row| is_county(reading, row))
}

/// The counties of the document's prefecture, where it is one or lies in one.
fn counties_of(reading: &Reading, jurisdiction: &Jurisdiction) -> Vec<usize> {
    let g = reading.lexed.gazetteers;
    let prefecture = jurisdiction.chain.iter().copied().find(|&row| g.regions[row].level == RegionLevel::Prefecture);
    let inside = |&row: &usize| prefecture.is_some() && g.region_index.parent(row) == prefecture;
    (0..g.regions.len()).filter(inside).filter(|&row| is_county(reading, row)).collect()
}

/// The township as a place, shown as written.
pub fn place(reading: &Reading, linked: &Linked, shown: &str) -> Place {
    let county = super::places::place(reading.lexed.gazetteers, linked.county, "");
    let path = format!("{}/{shown}", county.path);
    Place { path, code: linked.township.code.clone(), level: Some(Level::Township) }
}
