//! Gazetteer files as they are written: cells by column, each row with its key and its line.
//!
//! Nothing is checked but what it takes to tell rows apart; the labels in the cells are a matter of `source`.

use super::super::source::load::{self, Placed};
use super::super::source::rows::{OffRow, Row};
use super::super::source::{self, KEYS, SourceFile};
use super::super::{folder, shipped};
use crate::error::{Error, Fault};
use std::collections::HashMap;
use std::path::Path;

/// A row as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Line in the file, from 1.
    pub line: u64,
    /// Identity within the file.
    pub key: String,
    cells: Vec<String>,
}

/// The rows of one file.
#[derive(Debug, Clone, Default)]
pub struct RecordFile {
    /// File name ("slogans.csv").
    pub name: String,
    /// How the file is named to the user: the path where there is one.
    pub label: String,
    /// Columns in the order of the file.
    pub columns: Vec<String>,
    /// Rows in the order of the file.
    pub records: Vec<Record>,
    places: HashMap<String, usize>,
}

impl RecordFile {
    /// The cell of a row of this file; empty where the file lacks the column.
    pub fn cell<'a>(&self, record: &'a Record, column: &str) -> &'a str {
        self.columns.iter().position(|c| c == column).map_or("", |at| &record.cells[at])
    }

    /// Column and cell for each column of a row of this file.
    pub fn cells<'a>(&'a self, record: &'a Record) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.columns.iter().zip(&record.cells).map(|(column, cell)| (column.as_str(), cell.as_str()))
    }

    /// The row with this key.
    pub fn find(&self, key: &str) -> Option<&Record> {
        self.places.get(key).map(|at| &self.records[*at])
    }

    fn new(name: &str) -> Self {
        Self { name: name.into(), label: name.into(), ..Self::default() }
    }

    fn read(file: &SourceFile, key: &[&str], faults: &mut Vec<Fault>) -> Self {
        let mut read = Self { label: file.label.clone(), ..Self::new(&file.name) };
        let bytes = load::plain(&file.bytes);
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let places = match read.header(reader.headers(), key) {
            Ok(places) => places,
            Err(message) => {
                faults.push(Fault { file: file.label.clone(), line: 1, message });
                return read;
            }
        };
        for row in reader.records() {
            match row {
                Ok(row) => read.push(&row, load::line_of(&bytes, row.position()), &places, faults),
                Err(error) => faults.push(load::row_fault(&read.label, &bytes, &error)),
            }
        }
        read
    }

    /// Takes the columns; gives the places of those that make the key, or what is wrong.
    fn header(&mut self, header: csv::Result<&csv::StringRecord>, key: &[&str]) -> Result<Vec<usize>, String> {
        self.columns = header.map_err(|error| error.to_string())?.iter().map(String::from).collect();
        let place = |name: &str| self.columns.iter().position(|column| column == name);
        let missing = |name: &str| format!("no column `{name}`, which tells the rows apart");
        key.iter().map(|name| place(name).ok_or_else(|| missing(name))).collect()
    }

    fn push(&mut self, row: &csv::StringRecord, line: u64, key: &[usize], faults: &mut Vec<Fault>) {
        let key = key.iter().map(|at| &row[*at]).collect::<Vec<_>>().join("/");
        if let Some(first) = self.find(&key) {
            let message = load::duplicate(&key, first.line);
            faults.push(Fault { file: self.label.clone(), line, message });
            return;
        }
        self.places.insert(key.clone(), self.records.len());
        self.records.push(Record { line, key, cells: row.iter().map(String::from).collect() });
    }
}

/// A set of gazetteer files.
#[derive(Debug, Clone)]
pub struct Records {
    /// Every file that a gazetteer may have, in the fixed order of the files; one that is not there has no rows.
    pub files: Vec<RecordFile>,
    /// Rows of off.csv.
    pub off: Vec<Placed<OffRow>>,
}

impl Records {
    /// The files that lie in the program.
    ///
    /// # Errors
    /// None that a built program can have.
    pub fn shipped() -> Result<Self, Error> {
        Self::read(&shipped::sources())
    }

    /// The files of a folder.
    ///
    /// # Errors
    /// [`Error::Io`] if the folder cannot be read, [`Error::Gazetteer`] where rows cannot be told apart: unknown
    /// files, rows with too few or too many cells, keys that stand twice.
    pub fn of_folder(folder: &Path) -> Result<Self, Error> {
        Self::read(&folder::read(folder)?)
    }

    /// No files.
    pub fn none() -> Self {
        Self { files: KEYS.iter().map(|(name, _)| RecordFile::new(name)).collect(), off: Vec::new() }
    }

    /// Reads files; the order in which they are given does not matter.
    ///
    /// # Errors
    /// As [`Records::of_folder`].
    pub fn read(files: &[SourceFile]) -> Result<Self, Error> {
        let (mut records, mut faults) = (Self::none(), Vec::new());
        for file in files {
            match KEYS.iter().position(|(name, _)| *name == file.name) {
                Some(at) => records.files[at] = RecordFile::read(file, KEYS[at].1, &mut faults),
                None => faults.push(source::unknown_file(&file.label)),
            }
        }
        if faults.is_empty() {
            let off = files.iter().filter(|file| file.name == OffRow::FILE);
            records.off = off.flat_map(|file| load::read(&file.label, &file.bytes, &mut faults)).collect();
        }
        source::close(faults).map_err(Error::Gazetteer)?;
        Ok(records)
    }

    /// The row of off.csv that switches this row off.
    pub fn switches_off(&self, file: &str, key: &str) -> Option<&Placed<OffRow>> {
        self.off.iter().find(|off| off.row.file == file && off.row.key == key)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::super::source::rows::*;
    use super::*;

    /// Records of files given by name and text, labelled with a folder.
    pub(in super::super) fn records(files: &[(&str, &str)]) -> Result<Records, Error> {
        let file = |(name, text): &(&str, &str)| SourceFile {
            name: (*name).into(),
            label: format!("mine/{name}"),
            bytes: text.as_bytes().into(),
        };
        Records::read(&files.iter().map(file).collect::<Vec<_>>())
    }

    fn faults(files: &[(&str, &str)]) -> Vec<String> {
        let Err(Error::Gazetteer(faults)) = records(files) else { panic!("no faults") };
        faults.0.iter().map(ToString::to_string).collect()
    }

    /// Compares keys and lines of the shipped rows of one file with those of the rows as they are loaded.
    fn agree<R: Row>(records: &Records) -> usize {
        let Some((_, text)) = shipped::FILES.iter().find(|(name, _)| *name == R::FILE) else { return 0 };
        let mut faults = Vec::new();
        let rows: Vec<(String, u64)> =
            load::read::<R>(R::FILE, text.as_bytes(), &mut faults).iter().map(|p| (p.row.key(), p.line)).collect();
        let file = records.files.iter().find(|file| file.name == R::FILE).unwrap();
        let written: Vec<(String, u64)> = file.records.iter().map(|r| (r.key.clone(), r.line)).collect();
        assert!(rows == written, "the keys of {} differ", R::FILE);
        rows.len()
    }

    #[test]
    fn keys_are_the_cells_of_the_key_columns_joined() {
        let r = Records::shipped().unwrap();
        let matched = agree::<RegionRow>(&r) + agree::<SloganRow>(&r) + agree::<PersonRow>(&r) + agree::<PostRow>(&r);
        let parts =
            agree::<OrganizationRow>(&r) + agree::<OrganRow>(&r) + agree::<TitleRow>(&r) + agree::<OfficeRow>(&r);
        let words = agree::<MeetingRow>(&r) + agree::<VerbRow>(&r) + agree::<TriggerRow>(&r) + agree::<StopRow>(&r);
        let names = agree::<WordRow>(&r) + agree::<SurnameRow>(&r) + agree::<SyllableRow>(&r);
        let rest = agree::<EnglishRow>(&r) + agree::<TownshipRow>(&r) + agree::<OffRow>(&r) + agree::<AcceptedRow>(&r);
        let all: usize = r.files.iter().map(|file| file.records.len()).sum();
        assert_eq!(matched + parts + words + names + rest, all);
    }

    #[test]
    fn rows_have_lines_keys_and_cells_in_any_order_of_columns() {
        let text = "\u{FEFF}note,class,text,value\r\n\"two\nlines\",month,May,5\r\n\r\n,noun_verb,work,\r\n";
        let records = records(&[("lexicon.csv", text)]).unwrap();
        let file = records.files.iter().find(|file| file.name == "lexicon.csv").unwrap();
        let keys: Vec<_> = file.records.iter().map(|r| (r.line, r.key.as_str())).collect();
        assert_eq!(keys, [(2, "May/month"), (5, "work/noun_verb")]);
        let may = file.find("May/month").unwrap();
        assert_eq!((file.cell(may, "value"), file.cell(may, "zh"), file.label.as_str()), ("5", "", "mine/lexicon.csv"));
        assert_eq!(file.cells(may).map(|(column, _)| column).collect::<Vec<_>>(), ["note", "class", "text", "value"]);
    }

    #[test]
    fn rows_that_cannot_be_told_apart_are_faults() {
        let message = "mine/verbs.csv:1: no column `id`, which tells the rows apart";
        assert_eq!(faults(&[("verbs.csv", "variants\nx\n")]), [message]);
        let twice = "`a` stands in line 2 already; give the row another id or join the two";
        let cells = "1 cells where 2 are due; quote cells that hold a comma";
        assert_eq!(
            faults(&[("verbs.csv", "id,zh\na,\na,\nb\n")]),
            [format!("mine/verbs.csv:3: {twice}"), format!("mine/verbs.csv:4: {cells}")]
        );
        assert!(faults(&[("verb.csv", "")])[0].starts_with("mine/verb.csv:0: no gazetteer has this name"));
    }
}
