//! Which division a place name means, where one name has many places.
//!
//! A namesake is settled by its type word, by a higher place that the text names, and by the jurisdiction of the
//! document; else it stays open.

use super::{Jurisdiction, Reading, townships};
use crate::find::Candidate;
use crate::find::phrase::PlacePhrase;
use crate::gazetteer::Gazetteers;
use crate::gazetteer::rows::RegionLevel;
use crate::model::{Label, Level, Place};

/// For each mention: the row of regions.csv that a REGION means, where it could be settled.
pub fn link(reading: &Reading, jurisdiction: &Jurisdiction) -> Vec<Option<usize>> {
    let mut rows: Vec<Option<usize>> = vec![None; reading.mentions.len()];
    let named: Vec<usize> = reading.of(Label::Region).filter_map(|m| sole_candidate(reading, m)).collect();
    for mention in reading.of(Label::Region).filter(|&m| !townships::is_own(reading, m, jurisdiction)) {
        let candidates = candidates_of(reading, &reading.mentions[mention]);
        rows[mention] = settle(reading.lexed.gazetteers, &candidates, jurisdiction, &named);
    }
    rows
}

/// The row of a REGION mention whose words can mean no other.
pub fn sole_candidate(reading: &Reading, mention: usize) -> Option<usize> {
    let rows = candidates_of(reading, &reading.mentions[mention]);
    if let [only] = rows.as_slice() { Some(*only) } else { None }
}

/// Rows that the words of a REGION mention can mean.
pub fn candidates_of(reading: &Reading, mention: &Candidate) -> Vec<usize> {
    let place = reading.phrasing.place_at(mention.first, mention.end);
    place.map_or(Vec::new(), |place| rows_of(reading, place))
}

/// Rows that a place phrase can mean: those of its name, or those of its base with a fitting type word.
pub fn rows_of(reading: &Reading, place: &PlacePhrase) -> Vec<usize> {
    let g = reading.lexed.gazetteers;
    if !place.entries.is_empty() {
        return place.entries.iter().map(|e| e.row).collect();
    }
    let base = reading.lexed.surface(place.first, place.base_end);
    let fits = |row: &&usize| fits_type(g.regions[**row].level, &place.type_value);
    g.region_index.base(base).iter().filter(fits).copied().collect()
}

fn fits_type(level: RegionLevel, type_value: &str) -> bool {
    match type_value {
        "province" => level == RegionLevel::Province,
        "prefecture" => level == RegionLevel::Prefecture,
        "city" => matches!(level, RegionLevel::Province | RegionLevel::Prefecture | RegionLevel::County),
        "county" => level == RegionLevel::County,
        "zone" => matches!(level, RegionLevel::Zone | RegionLevel::County),
        "water" => level == RegionLevel::Water,
        "mountain" => matches!(level, RegionLevel::Mountain | RegionLevel::Area),
        _ => false,
    }
}

/// The one row that the context leaves, if it does.
fn settle(g: &Gazetteers, rows: &[usize], jurisdiction: &Jurisdiction, named: &[usize]) -> Option<usize> {
    let current: Vec<usize> = rows.iter().copied().filter(|&r| g.regions[r].to.is_empty()).collect();
    let rows = if current.is_empty() { rows } else { &current };
    if rows.len() <= 1 {
        return rows.first().copied();
    }
    let score = |row: usize| {
        let chain = g.region_index.ancestors(row);
        let home = jurisdiction.chain.iter().filter(|r| **r != row && chain.contains(r)).count() * 2
            + usize::from(jurisdiction.chain.contains(&row)) * 3;
        home * 2 + named.iter().filter(|r| **r != row && chain[1..].contains(r) && is_division(g, **r)).count().min(3)
    };
    let best = rows.iter().copied().map(score).max()?;
    let mut standing: Vec<usize> = rows.iter().copied().filter(|&r| score(r) == best).collect();
    standing.sort_by_key(|&r| rank(g.regions[r].level));
    let first = *standing.first()?;
    let alone = standing.iter().filter(|&&r| rank(g.regions[r].level) == rank(g.regions[first].level)).count() == 1;
    alone.then_some(first)
}

fn is_division(g: &Gazetteers, row: usize) -> bool {
    matches!(g.regions[row].level, RegionLevel::Province | RegionLevel::Prefecture | RegionLevel::County)
}

/// Higher divisions are meant before lower ones of the same name.
fn rank(level: RegionLevel) -> u8 {
    match level {
        RegionLevel::Country => 0,
        RegionLevel::Province => 1,
        RegionLevel::Prefecture => 2,
        RegionLevel::County | RegionLevel::Zone => 3,
        _ => 4,
    }
}

/// Whether a place name lies inside the mention.
pub fn names_place(reading: &Reading, mention: &Candidate) -> bool {
    place_in(reading, mention.first, mention.end).is_some()
}

/// The REGION mention inside the tokens `first..end`: the lowest division, the last of equals.
pub fn place_in(reading: &Reading, first: usize, end: usize) -> Option<usize> {
    let inside = reading
        .within(first, end)
        .filter(|&m| reading.mentions[m].label == Label::Region && reading.mentions[m].end <= end);
    inside.last()
}

/// The level of a row as an office knows it.
pub fn level_of(g: &Gazetteers, row: usize) -> Option<Level> {
    match g.regions[row].level {
        RegionLevel::Country => Some(Level::Central),
        RegionLevel::Province => Some(Level::Province),
        RegionLevel::Prefecture => Some(Level::Prefecture),
        RegionLevel::County | RegionLevel::Zone => Some(Level::County),
        _ => None,
    }
}

/// The place of a row, its last part shown as `shown` (as written) where that is not empty.
pub fn place(g: &Gazetteers, row: usize, shown: &str) -> Place {
    let chain = g.region_index.ancestors(row);
    let mut parts: Vec<&str> = Vec::new();
    for &r in chain.iter().rev().filter(|&&r| r != row && is_division(g, r)) {
        parts.push(&g.regions[r].base);
    }
    let own = match g.regions[row].level {
        _ if !shown.is_empty() => shown,
        RegionLevel::County | RegionLevel::Zone => &g.regions[row].name,
        _ => &g.regions[row].base,
    };
    parts.push(own);
    Place { path: parts.join("/"), code: code_of(g, row), level: level_of(g, row) }
}

/// The code of a row; of a zone without one, that of the division that it lies in.
fn code_of(g: &Gazetteers, row: usize) -> String {
    let chain = g.region_index.ancestors(row);
    let reach = if g.regions[row].level == RegionLevel::Zone { chain.as_slice() } else { &chain[..1] };
    let codes = reach.iter().map(|&r| &g.regions[r].code);
    codes.into_iter().find(|code| !code.is_empty()).cloned().unwrap_or_default()
}

/// The place of a row; a county or zone is shown as written where more than its base is.
pub fn place_as_written(g: &Gazetteers, row: usize, surface: &str) -> Place {
    let typed = matches!(g.regions[row].level, RegionLevel::County | RegionLevel::Zone) && surface.contains(' ');
    place(g, row, if typed { surface } else { "" })
}
