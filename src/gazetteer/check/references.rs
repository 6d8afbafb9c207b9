//! Rows that name what is not there, or what cannot be.

use super::{Finding, Kind};
use crate::gazetteer::source::Sources;
use crate::gazetteer::source::load::Placed;
use crate::gazetteer::source::rows::*;
use std::collections::BTreeMap;

/// All findings about references.
pub fn check(sources: &Sources) -> Vec<Finding> {
    let regions: BTreeMap<&str, &RegionRow> = sources.regions.iter().map(|p| (p.row.id.as_str(), &p.row)).collect();
    let mut findings: Vec<Finding> = sources.regions.iter().filter_map(|p| placed_in(p, &regions)).collect();
    let unknown = |id: &str| !id.is_empty() && !regions.contains_key(id);
    let message = |id: &str| format!("`{id}` is no id of regions.csv");
    let organizations = sources.organizations.iter().filter(|p| unknown(&p.row.region));
    findings.extend(organizations.map(|p| Finding::new(Kind::Reference, p, message(&p.row.region))));
    let nationalities = sources.words.iter().filter(|p| p.row.class == WordClass::Nationality);
    let nationalities = nationalities.filter(|p| unknown(&p.row.value));
    findings.extend(nationalities.map(|p| Finding::new(Kind::Reference, p, message(&p.row.value))));
    findings
}

/// A division whose parent is lower than itself, whose code does not continue its parent's, or that lies in itself.
fn placed_in(placed: &Placed<RegionRow>, regions: &BTreeMap<&str, &RegionRow>) -> Option<Finding> {
    let row = &placed.row;
    let parent = regions.get(row.parent.as_str())?;
    let message = if lies_in_itself(row, regions) {
        format!("`{}` lies in itself: its parents lead back to it", row.id)
    } else if rank(row.level).zip(rank(parent.level)).is_some_and(|(own, above)| own <= above) {
        format!("a {} cannot lie in the {} `{}`", row.level.name(), parent.level.name(), parent.id)
    } else if row.to.is_empty() && !fits(&row.code, &parent.code) {
        format!("code {} does not begin like that of its parent, {}", row.code, parent.code)
    } else {
        return None;
    };
    Some(Finding::new(Kind::Reference, placed, message))
}

fn lies_in_itself(row: &RegionRow, regions: &BTreeMap<&str, &RegionRow>) -> bool {
    let mut above = row.parent.as_str();
    for _ in 0..regions.len() {
        match regions.get(above) {
            Some(parent) if parent.id == row.id => return true,
            Some(parent) => above = &parent.parent,
            None => return false,
        }
    }
    true
}

/// Place of a division's level in the hierarchy, from the top.
fn rank(level: RegionLevel) -> Option<usize> {
    let levels = [RegionLevel::Country, RegionLevel::Province, RegionLevel::Prefecture, RegionLevel::County];
    levels.iter().position(|l| *l == level)
}

/// Whether a code continues that of the division above it.
fn fits(code: &str, parent: &str) -> bool {
    let stem = parent.trim_end_matches('0');
    code.is_empty() || code.starts_with(stem) || code.get(..4) == parent.get(..4)
}
