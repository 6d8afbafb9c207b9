//! Regions by id and by folded name, and their place in the hierarchy.

use super::load::Placed;
use super::phrases::fold_phrase;
use super::rows::{PersonRow, PostRow, RegionLevel, RegionRow};
use crate::error::Fault;
use std::collections::{HashMap, HashSet};

/// Look-up tables over the rows of regions.csv; regions are named by their row index.
#[derive(Debug, Clone, Default)]
pub struct RegionIndex {
    by_id: HashMap<String, usize>,
    by_base: HashMap<String, Vec<usize>>,
    parents: Vec<Option<usize>>,
}

impl RegionIndex {
    /// Builds the tables; `places` tells file and line of each row. An unknown parent is a fault.
    pub fn new(regions: &[RegionRow], places: &[(String, u64)], faults: &mut Vec<Fault>) -> Self {
        let by_id: HashMap<String, usize> = regions.iter().enumerate().map(|(i, r)| (r.id.clone(), i)).collect();
        let mut by_base: HashMap<String, Vec<usize>> = HashMap::new();
        let mut parents = Vec::with_capacity(regions.len());
        for (row, region) in regions.iter().enumerate() {
            by_base.entry(fold_phrase(&region.base)).or_default().push(row);
            let parent = by_id.get(&region.parent).copied();
            if parent.is_none() && !region.parent.is_empty() {
                let message = format!("`{}`: no region has the id `{}` named as its parent", region.id, region.parent);
                let (file, line) = places.get(row).cloned().unwrap_or_default();
                faults.push(Fault { file, line, message });
            }
            parents.push(parent);
        }
        Self { by_id, by_base, parents }
    }

    /// The row with this id.
    pub fn id(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// Rows whose base name is `base` in any case, current and retired.
    pub fn base(&self, base: &str) -> &[usize] {
        // A plain word is its own folded form.
        if !base.contains(' ') && base.is_ascii() && !base.contains(['\'', '-']) {
            return self.by_base.get(&format!(" {} ", base.to_ascii_lowercase())).map_or(&[], Vec::as_slice);
        }
        self.by_base.get(&fold_phrase(base)).map_or(&[], Vec::as_slice)
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

/// Posts must name a known person and a known region.
pub(super) fn check_posts(
    posts: &[Placed<PostRow>],
    people: &[PersonRow],
    regions: &RegionIndex,
    faults: &mut Vec<Fault>,
) {
    let ids: HashSet<&str> = people.iter().map(|p| p.id.as_str()).collect();
    for Placed { row, file, line } in posts {
        let unknown_person =
            (!ids.contains(row.person.as_str())).then(|| format!("`{}` is no id of people.csv", row.person));
        let unknown_region =
            regions.id(&row.region).is_none().then(|| format!("`{}` is no id of regions.csv", row.region));
        for message in [unknown_person, unknown_region].into_iter().flatten() {
            faults.push(Fault { file: file.clone(), line: *line, message });
        }
    }
}
