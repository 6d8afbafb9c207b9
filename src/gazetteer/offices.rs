//! Offices by rank and organ: what an office is called, whatever words a translator chose.

use super::source::rows::{OfficeRow, TitleClass, TitleRow};
use super::validate::LOCAL;
use crate::model::Level;
use std::collections::HashMap;

/// Stands for any rank, or for the beginning of any organ's name.
const ANY: &str = "*";
/// Where the old name of the organ goes.
const PLACEHOLDER: &str = "{}";

/// Standard rank and organ of an office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// Rank with its modifiers.
    pub role: String,
    /// Organ without place and level; empty if the title names none and none follows from it.
    pub organization: String,
}

/// Rows of offices.csv.
#[derive(Debug, Clone, Default)]
pub struct Offices {
    rows: Vec<OfficeRow>,
    /// For each modifier of titles.csv, by row: the first modifier with the same Chinese.
    modifiers: HashMap<usize, usize>,
}

impl Offices {
    pub(super) fn new(titles: &[TitleRow], rows: Vec<OfficeRow>) -> Self {
        let mut first: HashMap<&str, usize> = HashMap::new();
        let modifiers = titles.iter().enumerate().filter(|(_, title)| title.class == TitleClass::Modifier);
        let same = modifiers.map(|(row, title)| (row, *first.entry(title.zh.as_str()).or_insert(row)));
        Self { modifiers: same.collect(), rows }
    }

    /// The modifier that stands for this one: "vice" is "deputy".
    pub fn modifier(&self, row: usize) -> usize {
        self.modifiers.get(&row).copied().unwrap_or(row)
    }

    /// The office of the rank with this id and standard wording at an organ with this standard name (or none) at
    /// `level`. The first row that fits counts; without one, rank and organ stay as they are.
    pub fn standard(&self, rank: &str, wording: &str, organ: &str, level: Option<Level>) -> Office {
        let fits =
            |row: &&OfficeRow| is_rank(&row.rank, rank) && is_organ(&row.organ, organ) && is_level(&row.level, level);
        let row = self.rows.iter().find(fits);
        let or = |cell: Option<&String>, default: &str| match cell {
            Some(cell) if !cell.is_empty() => cell.replace(PLACEHOLDER, default),
            _ => default.to_string(),
        };
        Office { role: or(row.map(|r| &r.role), wording), organization: or(row.map(|r| &r.organization), organ) }
    }
}

fn is_rank(cell: &str, rank: &str) -> bool {
    cell.split('|').any(|name| name == ANY || name == rank)
}

fn is_organ(cell: &str, organ: &str) -> bool {
    cell.split('|').any(|pattern| match pattern.strip_prefix(ANY) {
        Some(ending) => !organ.is_empty() && organ.ends_with(ending),
        None => pattern == organ,
    })
}

fn is_level(cell: &str, level: Option<Level>) -> bool {
    match cell {
        "" => true,
        LOCAL => level.is_some_and(|level| level != Level::Central),
        name => level == Level::parse(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offices(rows: &[[&str; 5]]) -> Offices {
        let row = |[rank, organ, level, role, organization]: &[&str; 5]| OfficeRow {
            rank: (*rank).into(),
            organ: (*organ).into(),
            level: (*level).into(),
            role: (*role).into(),
            organization: (*organization).into(),
            note: String::new(),
        };
        Offices::new(&[], rows.iter().map(row).collect())
    }

    fn standard(offices: &Offices, rank: &str, organ: &str, level: Option<Level>) -> (String, String) {
        let Office { role, organization } = offices.standard(rank, &format!("the {rank}"), organ, level);
        (role, organization)
    }

    fn pair(role: &str, organization: &str) -> (String, String) {
        (role.into(), organization.into())
    }

    #[test]
    fn the_first_row_that_fits_counts_and_empty_cells_change_nothing() {
        let offices = offices(&[
            ["chief|head", "* Bureau", "", "director", ""],
            ["mayor", "|Government", "", "", "Government"],
            ["*", "Assembly", "local", "", "Local Assembly"],
            ["*", "*", "central", "", "National {}"],
        ]);
        assert_eq!(standard(&offices, "head", "Health Bureau", None), pair("director", "Health Bureau"));
        assert_eq!(standard(&offices, "head", "Bureau", None), pair("the head", "Bureau"));
        assert_eq!(standard(&offices, "mayor", "", Some(Level::County)), pair("the mayor", "Government"));
        assert_eq!(standard(&offices, "x", "Assembly", Some(Level::County)), pair("the x", "Local Assembly"));
        assert_eq!(standard(&offices, "x", "Assembly", None), pair("the x", "Assembly"));
        assert_eq!(standard(&offices, "x", "Bank", Some(Level::Central)), pair("the x", "National Bank"));
        assert_eq!(standard(&offices, "x", "", Some(Level::Central)), pair("the x", ""));
    }
}
