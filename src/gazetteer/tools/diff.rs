//! How two sets of gazetteer files differ, row by row.

use super::super::source::rows::{EnglishRow, OffRow, Row};
use super::super::{folder, source};
use super::records::{Record, RecordFile, Records};
use crate::error::{Error, Fault};

/// A row in which two sets differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Name of the file.
    pub file: String,
    /// Key of the row.
    pub key: String,
    /// What became of it.
    pub change: Change,
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// Cells have changed.
    Changed(Vec<Cell>),
    /// It is switched off for this reason.
    Off(String),
}

/// A cell that has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The column.
    pub column: String,
    /// The cell before; empty also where there was no such column.
    pub old: String,
    /// The cell after, in the same way.
    pub new: String,
}

/// The rows that `b` has and `a` has not, the other way round, and those that differ: by file, within a file in the
/// order of `a`, new rows at the end. The order of rows and columns makes no difference.
pub fn compare(a: &Records, b: &Records) -> Vec<Difference> {
    let of_file = |(a, b): (&RecordFile, &RecordFile)| {
        let old = a.records.iter().filter_map(|row| match b.find(&row.key) {
            Some(new) => changed(a, row, b, new),
            None => Some(difference(a, row, Change::Removed)),
        });
        let new = b.records.iter().filter(|row| a.find(&row.key).is_none());
        old.chain(new.map(|row| difference(b, row, Change::Added))).collect::<Vec<_>>()
    };
    a.files.iter().zip(&b.files).flat_map(of_file).collect()
}

/// What changes where `b` is a user's folder above `a`: the rows that it adds, replaces with other cells, or switches
/// off; in the order of [`compare`].
///
/// # Errors
/// [`Error::Gazetteer`] where off.csv names a row that neither has.
pub fn overlay(a: &Records, b: &Records) -> Result<Vec<Difference>, Error> {
    source::close(unknown_rows(a, b)).map_err(Error::Gazetteer)?;
    let of_file = |(a, b_file): (&RecordFile, &RecordFile)| {
        let off = |row: &Record| b.switches_off(&a.name, &row.key).map(|off| Change::Off(off.row.reason.clone()));
        let old = a.records.iter().filter_map(|row| match off(row) {
            Some(change) => Some(difference(a, row, change)),
            None => changed(a, row, b_file, b_file.find(&row.key)?),
        });
        let new = b_file.records.iter().filter(|row| a.find(&row.key).is_none());
        old.chain(new.map(|row| difference(b_file, row, off(row).unwrap_or(Change::Added)))).collect::<Vec<_>>()
    };
    let files = a.files.iter().zip(&b.files).filter(|(a, _)| a.name != OffRow::FILE);
    Ok(files.flat_map(of_file).collect())
}

fn difference(file: &RecordFile, row: &Record, change: Change) -> Difference {
    Difference { file: file.name.clone(), key: row.key.clone(), change }
}

/// The cells that differ, in the order of the old columns; nothing if there are none.
fn changed(a: &RecordFile, old: &Record, b: &RecordFile, new: &Record) -> Option<Difference> {
    let more = b.columns.iter().filter(|column| !a.columns.contains(column));
    let cells: Vec<Cell> = a
        .columns
        .iter()
        .chain(more)
        .map(|column| Cell { column: column.clone(), old: a.cell(old, column).into(), new: b.cell(new, column).into() })
        .filter(|cell| cell.old != cell.new)
        .collect();
    (!cells.is_empty()).then(|| difference(a, old, Change::Changed(cells)))
}

/// Rows of off.csv that switch nothing off. English words may be switched off that nobody has listed.
fn unknown_rows(a: &Records, b: &Records) -> Vec<Fault> {
    let has =
        |files: &Records, off: &OffRow| files.files.iter().any(|f| f.name == off.file && f.find(&off.key).is_some());
    let unknown = b.off.iter().filter(|off| off.row.file != EnglishRow::FILE && !has(a, &off.row) && !has(b, &off.row));
    unknown
        .map(|off| Fault { file: off.file.clone(), line: off.line, message: folder::no_such_row(&off.row) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::records::tests::records;
    use super::*;

    const OLD: &str = "id,zh,en\na,甲,ash\nb,乙,elm\nc,丙,oak\n";

    /// `sign file key` with the changed cells behind.
    fn told(differences: &[Difference]) -> Vec<String> {
        let cell = |c: &Cell| format!(" {}: {} -> {}", c.column, c.old, c.new);
        let one = |d: &Difference| match &d.change {
            Change::Added => format!("+ {} {}", d.file, d.key),
            Change::Removed => format!("- {} {}", d.file, d.key),
            Change::Changed(cells) => format!("~ {} {}{}", d.file, d.key, cells.iter().map(cell).collect::<String>()),
            Change::Off(reason) => format!("off {} {}: {reason}", d.file, d.key),
        };
        differences.iter().map(one).collect()
    }

    fn set(files: &[(&str, &str)]) -> Records {
        records(files).unwrap()
    }

    #[test]
    fn rows_are_compared_by_key_whatever_their_order() {
        let a = set(&[("slogans.csv", OLD), ("organs.csv", OLD)]);
        let b =
            set(&[("slogans.csv", "en,id,zh,case\nnew,z,丁,\nyew,b,乙,exact\nash,a,甲,\n"), ("verbs.csv", "id\nv\n")]);
        let expected = [
            "~ slogans.csv b en: elm -> yew case:  -> exact",
            "- slogans.csv c",
            "+ slogans.csv z",
            "- organs.csv a",
            "- organs.csv b",
            "- organs.csv c",
            "+ verbs.csv v",
        ];
        assert_eq!(told(&compare(&a, &b)), expected);
        assert_eq!(compare(&a, &a), []);
    }

    #[test]
    fn above_another_only_the_rows_there_are_count() {
        let a = set(&[("slogans.csv", OLD)]);
        let off = "file,key,reason\nslogans.csv,c,out of use\nenglish.csv,may,a month\n";
        let b = set(&[("slogans.csv", "id,zh,en\nb,乙,yew\na,甲,ash\nz,丁,new\n"), ("off.csv", off)]);
        let expected = ["~ slogans.csv b en: elm -> yew", "off slogans.csv c: out of use", "+ slogans.csv z"];
        assert_eq!(told(&overlay(&a, &b).unwrap()), expected);
    }

    #[test]
    fn a_row_that_nobody_has_cannot_be_switched_off() {
        let b = set(&[("off.csv", "file,key,reason\nslogans.csv,y,gone\n")]);
        let error = overlay(&set(&[("slogans.csv", OLD)]), &b).unwrap_err().to_string();
        assert!(error.contains("mine/off.csv:2: `slogans.csv` has no row with the key `y`; "), "{error}");
    }
}
