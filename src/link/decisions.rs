//! What the user decided about persons: a table with the columns `a`, `b` and `decision`, as ambiguous.csv has them.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::error::{Error, Fault, Faults};
use crate::gazetteer::plain_lines;

/// Two persons are one, or are not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// `same`.
    Same,
    /// `different`.
    Different,
}

/// One row of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// A key of the columns `a` and `b` of ambiguous.csv, or an entity id.
    pub a: String,
    /// The other one.
    pub b: String,
    /// What was decided.
    pub verdict: Verdict,
    /// Line in the file, from 1.
    pub line: u64,
}

/// All decisions of a user.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decisions {
    rows: Vec<Decision>,
    /// The file, as it was given, and its SHA-256; `None` where there is no file.
    pub file: Option<(PathBuf, String)>,
}

impl Decisions {
    /// Reads a file of decisions. Rows whose `decision` is empty are passed over, so that ambiguous.csv can be filled
    /// in in part; other columns are not read.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if the file cannot be read, [`Error::Decisions`] with all faults: no such columns, a decision that
    /// is neither `same` nor `different`, rows that contradict each other.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let bytes = std::fs::read(path).map_err(|error| Error::read(path, error))?;
        let mut faults = Vec::new();
        let rows = rows(&path.display().to_string(), &plain_lines(&bytes), &mut faults);
        contradictions(&path.display().to_string(), &rows, &mut faults);
        if !faults.is_empty() {
            faults.sort_by_key(|fault| fault.line);
            return Err(Error::Decisions(Faults(faults)));
        }
        let hash = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { rows, file: Some((path.to_owned(), hash)) })
    }

    /// The decisions in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &Decision> {
        self.rows.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether nothing was decided.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

fn rows(file: &str, bytes: &[u8], faults: &mut Vec<Fault>) -> Vec<Decision> {
    let mut fault = |line: u64, message: String| faults.push(Fault { file: file.into(), line, message });
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.headers().cloned().unwrap_or_default();
    let column = |name: &str| header.iter().position(|cell| cell == name);
    let (Some(a), Some(b), Some(decision)) = (column("a"), column("b"), column("decision")) else {
        fault(1, "the columns `a`, `b` and `decision` are needed, as ambiguous.csv has them".into());
        return Vec::new();
    };
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                fault(error.position().map_or(0, csv::Position::line), error.to_string());
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |column: usize| record.get(column).unwrap_or("").trim().to_string();
        let verdict = match cell(decision).to_lowercase().as_str() {
            "" => continue,
            "same" => Verdict::Same,
            "different" => Verdict::Different,
            other => {
                fault(line, format!("column `decision`: `{other}` is neither `same` nor `different`"));
                continue;
            }
        };
        if cell(a).is_empty() || cell(b).is_empty() || cell(a) == cell(b) {
            fault(line, "columns `a` and `b`: two keys are needed that are not the same".into());
            continue;
        }
        rows.push(Decision { a: cell(a), b: cell(b), verdict, line });
    }
    rows
}

/// Rows that the others together say the opposite of: a chain of `same` between two keys that are `different`.
fn contradictions(file: &str, rows: &[Decision], faults: &mut Vec<Fault>) {
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    for key in rows.iter().flat_map(|row| [row.a.as_str(), &row.b]) {
        let next = numbers.len();
        numbers.entry(key).or_insert(next);
    }
    let mut clusters = super::Clusters::new(numbers.len());
    let pair = |row: &Decision| (numbers[row.a.as_str()], numbers[row.b.as_str()]);
    for row in rows.iter().filter(|row| row.verdict == Verdict::Same) {
        let (a, b) = pair(row);
        clusters.join(a, b, super::Reason::Decision);
    }
    for row in rows.iter().filter(|row| row.verdict == Verdict::Different) {
        let (a, b) = pair(row);
        if clusters.are_one(a, b) {
            let message = format!("`{}` and `{}` are different here, but other rows make them one", row.a, row.b);
            faults.push(Fault { file: file.into(), line: row.line, message });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<Decision>, String> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        let name = file.path().display().to_string();
        let read = Decisions::read(file.path()).map(|decisions| decisions.rows);
        read.map_err(|error| error.to_string().replace(&name, "FILE"))
    }

    #[test]
    fn rows_that_are_not_filled_in_are_passed_over() {
        let rows = read("why,b,a,decision\nx,p2,p1,same\nx,p4,p3,\n\nx,p6,p5, Different \n").unwrap();
        let row = |a: &str, b: &str, verdict, line| Decision { a: a.into(), b: b.into(), verdict, line };
        assert_eq!(rows, [row("p1", "p2", Verdict::Same, 2), row("p5", "p6", Verdict::Different, 4)]);
    }

    #[test]
    fn every_fault_is_told_with_its_line() {
        let told =
            read("a,b,decision\np1,p2,maybe\np1,p1,same\np1,p2,same\np2,p3,same\np3,p1,different\n").unwrap_err();
        let expected = "the decisions cannot be used: 3 faults\n  FILE:2: column `decision`: `maybe` is neither `same` nor \
                        `different`\n  FILE:3: columns `a` and `b`: two keys are needed that are not the same\n  FILE:6: \
                        `p3` and `p1` are different here, but other rows make them one";
        assert_eq!(told, expected);
        let told = read("a,decision\n").unwrap_err();
        assert!(told.ends_with("FILE:1: the columns `a`, `b` and `decision` are needed, as ambiguous.csv has them"));
    }
}
