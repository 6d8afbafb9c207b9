//! Labels that are plain text in the rows (levels, roles, kinds) and what may stand in them.
//!
//! A label that no stage knows would be passed over in silence; here it is a fault with file and line.

use super::load::Placed;
use super::rows::{
    MeetingRow, OfficeRow, OrganRow, OrganizationRow, Row, SurnameRow, TitleRow, TriggerClass, TriggerRow, VerbRow,
    WordClass, WordRow,
};
use crate::error::Fault;
use crate::model::{Level, Role};

/// Level of a rank that belongs to no jurisdiction.
pub const NO_JURISDICTION: &str = "none";
/// Level of an office anywhere below the centre.
pub const LOCAL: &str = "local";
/// Level of an organisation outside the country.
const FOREIGN: &str = "foreign";
/// Kinds of event of the output contract.
pub const KINDS: [&str; 18] = [
    "standing_committee",
    "plenary",
    "congress",
    "work_conference",
    "study_session",
    "review",
    "seminar",
    "symposium",
    "mobilization",
    "inspection",
    "ceremony",
    "press",
    "executive",
    "party_group",
    "democratic_life",
    "forum",
    "visit",
    "other",
];
/// States of an office of the output contract.
pub const STATUSES: [&str; 5] = ["former", "acting", "elect", "appointed", "removed"];
const FREQUENCIES: [&str; 3] = ["common", "regular", "rare"];

/// Rows whose plain-text labels can be checked.
pub trait Labelled: Row {
    /// Column, value and what is wrong with it, for each label that no stage knows.
    fn unknown_labels(&self) -> Vec<String>;
}

/// Adds a fault for each unknown label of `rows`.
pub fn check<R: Labelled>(rows: &[Placed<R>], faults: &mut Vec<Fault>) {
    for placed in rows {
        for message in placed.row.unknown_labels() {
            faults.push(Fault { file: placed.file.clone(), line: placed.line, message });
        }
    }
}

fn unless(known: bool, column: &str, value: &str, allowed: &str) -> Option<String> {
    (!known).then(|| format!("column `{column}`: unknown label `{value}`; it may be {allowed}"))
}

fn level(column: &str, value: &str, more: &[&str]) -> Option<String> {
    let known = value.is_empty() || Level::parse(value).is_some() || more.contains(&value);
    unless(known, column, value, "central, province, prefecture, county, township or empty")
}

fn role(column: &str, value: &str) -> Option<String> {
    let known = value.is_empty() || Role::parse(value).is_some();
    let names: Vec<&str> = Role::ALL.iter().map(|r| r.name()).collect();
    unless(known, column, value, &format!("{} or empty", names.join(", ")))
}

fn one_of(column: &str, value: &str, allowed: &[&str]) -> Option<String> {
    unless(value.is_empty() || allowed.contains(&value), column, value, &allowed.join(", "))
}

fn number(column: &str, value: &str) -> Option<String> {
    unless(value.parse::<i32>().is_ok(), column, value, "a whole number")
}

impl Labelled for OrganizationRow {
    fn unknown_labels(&self) -> Vec<String> {
        level("level", &self.level, &[FOREIGN]).into_iter().collect()
    }
}

impl Labelled for OrganRow {
    fn unknown_labels(&self) -> Vec<String> {
        level("level", &self.level, &[NO_JURISDICTION]).into_iter().chain(one_of("one", &self.one, &["yes"])).collect()
    }
}

impl Labelled for OfficeRow {
    fn unknown_labels(&self) -> Vec<String> {
        level("level", &self.level, &[LOCAL]).into_iter().collect()
    }
}

impl Labelled for TitleRow {
    fn unknown_labels(&self) -> Vec<String> {
        level("level", &self.level, &[NO_JURISDICTION]).into_iter().collect()
    }
}

impl Labelled for MeetingRow {
    fn unknown_labels(&self) -> Vec<String> {
        one_of("kind", &self.kind, &KINDS).into_iter().collect()
    }
}

impl Labelled for VerbRow {
    fn unknown_labels(&self) -> Vec<String> {
        role("role", &self.role).into_iter().collect()
    }
}

impl Labelled for TriggerRow {
    fn unknown_labels(&self) -> Vec<String> {
        let fault = match self.class {
            TriggerClass::Passive | TriggerClass::Inverted | TriggerClass::Companion => role("value", &self.value),
            TriggerClass::Status | TriggerClass::Appointment => one_of("value", &self.value, &STATUSES),
            TriggerClass::Inspection => one_of("value", &self.value, &KINDS),
            _ => None,
        };
        fault.into_iter().collect()
    }
}

impl Labelled for SurnameRow {
    fn unknown_labels(&self) -> Vec<String> {
        one_of("frequency", &self.frequency, &FREQUENCIES).into_iter().collect()
    }
}

impl Labelled for WordRow {
    fn unknown_labels(&self) -> Vec<String> {
        let fault = match self.class {
            WordClass::Level | WordClass::LevelNoun => level("value", &self.value, &[]),
            WordClass::Number | WordClass::Ordinal | WordClass::Month | WordClass::Weekday | WordClass::RelativeDay => {
                number("value", &self.value)
            }
            _ => None,
        };
        fault.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(class: WordClass, value: &str) -> WordRow {
        WordRow {
            text: "x".into(),
            class,
            value: value.into(),
            note: String::new(),
            case: None,
            boundary: None,
            context: String::new(),
        }
    }

    #[test]
    fn a_level_that_no_stage_knows_is_named() {
        let faults = word(WordClass::Level, "provincial").unknown_labels();
        assert_eq!(faults.len(), 1);
        assert!(faults[0].starts_with("column `value`: unknown label `provincial`; it may be central, province"));
        assert!(word(WordClass::Level, "province").unknown_labels().is_empty());
    }

    #[test]
    fn months_are_numbers() {
        assert_eq!(
            word(WordClass::Month, "May").unknown_labels(),
            ["column `value`: unknown label `May`; it may be a whole number"]
        );
        assert!(word(WordClass::RelativeDay, "-1").unknown_labels().is_empty());
    }

    #[test]
    fn roles_and_statuses_belong_to_their_triggers() {
        let trigger = |class, value: &str| TriggerRow {
            id: "t".into(),
            variants: "x".into(),
            class,
            value: value.into(),
            note: String::new(),
            case: None,
            boundary: None,
            context: String::new(),
        };
        assert!(trigger(TriggerClass::Passive, "presided").unknown_labels().is_empty());
        assert_eq!(trigger(TriggerClass::Passive, "former").unknown_labels().len(), 1);
        assert_eq!(trigger(TriggerClass::Status, "presided").unknown_labels().len(), 1);
    }
}
