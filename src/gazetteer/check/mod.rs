//! What a careful reader would ask about gazetteer files that load: rows that hide each other, dates that cannot be,
//! names that are not what their Chinese says, words without a guard.
//!
//! Each finding has file, line and a hint. What was looked at and is right stands in accepted.csv with its reason.

mod dates;
mod phrases;
mod readings;
mod references;

use super::folder;
use super::shipped;
use super::source::load::Placed;
use super::source::rows::Row;
use super::source::{Compiled, Sources};
use crate::error::Error;
use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

/// Kinds of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The files cannot be used at all.
    Fault,
    /// One variant under two entries, or one thing in two rows.
    Duplicate,
    /// A variant that adds nothing to those before it in its row.
    Redundant,
    /// A variant that is never found, whatever the text.
    Unreachable,
    /// A short or common word without a guard.
    Unguarded,
    /// Dates that contradict each other.
    Date,
    /// A row that names what is not there, or what cannot be.
    Reference,
    /// A romanised name that is no reading of its Chinese.
    Reading,
    /// A row of accepted.csv that accepts nothing.
    Stale,
}

impl Kind {
    /// The word for it in reports and in accepted.csv.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Fault => "fault",
            Kind::Duplicate => "duplicate",
            Kind::Redundant => "redundant",
            Kind::Unreachable => "unreachable",
            Kind::Unguarded => "unguarded",
            Kind::Date => "date",
            Kind::Reference => "reference",
            Kind::Reading => "reading",
            Kind::Stale => "stale",
        }
    }
}

/// Something to look at in a gazetteer file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// File name, or path of a user's file.
    pub file: String,
    /// Line, from 1; 0 where the whole file is meant.
    pub line: u64,
    /// What kind of finding.
    pub kind: Kind,
    /// Key of the row; empty for faults.
    pub key: String,
    /// What is wrong, and how to mend it.
    pub message: String,
}

impl Finding {
    fn new<R: Row>(kind: Kind, placed: &Placed<R>, message: String) -> Self {
        Self { file: placed.file.clone(), line: placed.line, kind, key: placed.row.key(), message }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: {}", self.file, self.line, self.kind.name(), self.message)
    }
}

/// Checks the shipped files.
pub fn shipped() -> Vec<Finding> {
    let mut faults = Vec::new();
    let sources = Sources::read(&shipped::sources(), &mut faults);
    all(sources, faults)
}

/// Checks the files of a user's folder, together with the shipped ones that they change. Only findings in the user's
/// files are given.
///
/// # Errors
/// [`Error::Io`] if the folder cannot be read.
pub fn folder(folder: &Path) -> Result<Vec<Finding>, Error> {
    let users = folder::read(folder)?;
    let mut faults = Vec::new();
    let upper = Sources::read(&users, &mut faults);
    let lower = Sources::read(&shipped::sources(), &mut Vec::new());
    let own: BTreeSet<&str> = users.iter().map(|file| file.label.as_str()).collect();
    let mut findings = all(lower.overlaid(upper), faults);
    findings.retain(|finding| own.contains(finding.file.as_str()));
    Ok(findings)
}

/// All findings in the order of files and lines.
fn all(sources: Sources, faults: Vec<crate::error::Fault>) -> Vec<Finding> {
    let mut findings = match Compiled::of(sources.clone(), faults) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.0.into_iter().map(fault).collect(),
    };
    findings.extend(phrases::check(&sources));
    findings.extend(dates::check(&sources));
    findings.extend(references::check(&sources));
    findings.extend(readings::check(&sources));
    let mut findings = unaccepted(findings, &sources);
    findings.sort();
    findings.dedup();
    findings
}

fn fault(fault: crate::error::Fault) -> Finding {
    Finding { file: fault.file, line: fault.line, kind: Kind::Fault, key: String::new(), message: fault.message }
}

/// Takes away what accepted.csv accepts; rows of it that accept nothing are findings themselves.
fn unaccepted(findings: Vec<Finding>, sources: &Sources) -> Vec<Finding> {
    let name = |file: &str| file.rsplit(['/', '\\']).next().unwrap_or(file).to_string();
    let mut used = vec![false; sources.accepted.len()];
    let mut left = Vec::new();
    for finding in findings {
        let accepts = |p: &Placed<super::rows::AcceptedRow>| {
            p.row.file == name(&finding.file) && p.row.key == finding.key && p.row.finding == finding.kind.name()
        };
        match sources.accepted.iter().position(accepts) {
            Some(index) => used[index] = true,
            None => left.push(finding),
        }
    }
    let stale = sources.accepted.iter().zip(used).filter(|(_, used)| !used);
    let message = || "accepts nothing: the row or the finding is gone; delete the line".to_string();
    left.extend(stale.map(|(placed, _)| Finding::new(Kind::Stale, placed, message())));
    left
}
