//! Regions by id and by folded name, and their place in the hierarchy.

use super::rows::{RegionLevel, RegionRow};
use super::source::forms::fold_phrase;
use std::collections::HashMap;

/// Look-up tables over the rows of regions.csv; regions are named by their row index.
#[derive(Debug, Clone, Default)]
pub struct RegionIndex {
    by_id: HashMap<String, usize>,
    by_base: HashMap<String, Vec<usize>>,
    parents: Vec<Option<usize>>,
}

impl RegionIndex {
    /// Builds the tables; rows that are `off` have their place in the hierarchy, but no name.
    pub fn new(regions: &[RegionRow], off: &[usize]) -> Self {
        let by_id: HashMap<String, usize> = regions.iter().enumerate().map(|(i, r)| (r.id.clone(), i)).collect();
        let mut by_base: HashMap<String, Vec<usize>> = HashMap::with_capacity(regions.len());
        for (row, region) in regions.iter().enumerate().filter(|(row, _)| !off.contains(row)) {
            by_base.entry(folded(&region.base)).or_default().push(row);
        }
        let parents = regions.iter().map(|region| by_id.get(&region.parent).copied()).collect();
        Self { by_id, by_base, parents }
    }

    /// The row with this id.
    pub fn id(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// Rows whose base name is `base` in any case, current and retired.
    pub fn base(&self, base: &str) -> &[usize] {
        self.by_base.get(folded(base).as_str()).map_or(&[], Vec::as_slice)
    }

    /// The next higher region.
    pub fn parent(&self, row: usize) -> Option<usize> {
        self.parents.get(row).copied().flatten()
    }

    /// The row itself and all that it lies in, from the lowest up.
    pub fn ancestors(&self, row: usize) -> Vec<usize> {
        let mut chain = vec![row];
        while let Some(parent) = self.parent(chain[chain.len() - 1]).filter(|p| !chain.contains(p)) {
            chain.push(parent);
        }
        chain
    }

    /// The ancestor (or the row itself) of the given level.
    pub fn at_level(&self, regions: &[RegionRow], row: usize, level: RegionLevel) -> Option<usize> {
        self.ancestors(row).into_iter().find(|&r| regions[r].level == level)
    }
}

/// The folded name; a plain word needs no cutting into tokens.
fn folded(base: &str) -> String {
    let plain = base.bytes().all(|b| b.is_ascii_alphabetic());
    if plain { base.to_ascii_lowercase() + " " } else { fold_phrase(base) }
}
