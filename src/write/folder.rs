//! The output folder: files are written beside their final names and take these at the end, and files that tifa did
//! not write are not touched.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::Value;

use super::schema::Table;
use super::tables::TABLES;
use crate::error::Error;

/// The description of the tables.
pub(super) const PACKAGE: &str = "datapackage.json";
/// The record of the run, by which a folder is known to be of tifa.
pub(super) const RUN: &str = "run.json";
/// What stands in [`RUN`] under `program`.
pub(super) const PROGRAM: &str = "tifa";

/// Makes the folder, and refuses one that holds files of our names but no run of tifa.
pub(super) fn prepare(folder: &Path, force: bool) -> Result<(), Error> {
    fs::create_dir_all(folder).map_err(|error| Error::write(folder, error))?;
    if force || is_ours(folder) {
        return Ok(());
    }
    let names = TABLES.iter().map(file_name).chain([PACKAGE.into(), RUN.into()]);
    match names.into_iter().find(|name| folder.join(name).exists()) {
        None => Ok(()),
        Some(name) => Err(Error::Option(format!(
            "{}: this file was not written by tifa and would be lost; write to another folder, or overwrite it with \
             --force",
            folder.join(name).display()
        ))),
    }
}

/// Whether the folder holds the record of a run of tifa.
fn is_ours(folder: &Path) -> bool {
    let record = fs::read(folder.join(RUN)).ok().and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
    record.is_some_and(|record| record["program"] == PROGRAM)
}

pub(super) fn file_name(table: &Table) -> String {
    format!("{}.csv", table.name)
}

/// A file that is being written; it is removed if it never gets its final name.
#[derive(Debug)]
struct Part {
    path: PathBuf,
    part: PathBuf,
    is_named: bool,
}

impl Part {
    fn create(folder: &Path, name: &str) -> Result<(Self, File), Error> {
        let part = folder.join(format!("{name}.part"));
        let file = File::create(&part).map_err(|error| Error::write(&part, error))?;
        Ok((Self { path: folder.join(name), part, is_named: false }, file))
    }

    fn rename(self) -> Result<(), Error> {
        let path = self.path.clone();
        self.rename_to(&path)
    }

    fn rename_to(mut self, path: &Path) -> Result<(), Error> {
        fs::rename(&self.part, path).map_err(|error| Error::write(path, error))?;
        self.is_named = true;
        Ok(())
    }

    /// The folder of the file.
    fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }

    /// Its final name.
    fn name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.is_named {
            // Nothing can be done about a failure, and the run has failed already.
            let _ = fs::remove_file(&self.part);
        }
    }
}

/// A table that is being written.
#[derive(Debug)]
pub(super) struct Sheet {
    csv: csv::Writer<File>,
    rows: u64,
    part: Part,
}

impl Sheet {
    /// Opens the table and writes its header.
    pub(super) fn create(folder: &Path, table: &Table) -> Result<Self, Error> {
        let (part, file) = Part::create(folder, &file_name(table))?;
        let csv = csv::WriterBuilder::new().has_headers(false).buffer_capacity(1 << 16).from_writer(file);
        let mut sheet = Self { csv, rows: 0, part };
        let header = table.columns.iter().map(|column| column.name);
        sheet.csv.write_record(header).map_err(|error| failed(&sheet.part, error))?;
        Ok(sheet)
    }

    pub(super) fn push(&mut self, row: impl Serialize) -> Result<(), Error> {
        self.rows += 1;
        self.csv.serialize(row).map_err(|error| failed(&self.part, error))
    }

    /// Rows so far, without the header.
    pub(super) fn rows(&self) -> u64 {
        self.rows
    }

    /// Brings all rows to the disk; the file keeps its temporary name.
    pub(super) fn flush(&mut self) -> Result<(), Error> {
        self.csv.flush().map_err(|error| failed(&self.part, error))
    }

    /// Replaces cells of some columns by what `new` has for them; other bytes stay as they are. To be called once all
    /// rows are on the disk.
    pub(super) fn replace<'n>(&self, columns: &[usize], new: impl Fn(&str) -> Option<&'n str>) -> Result<(), Error> {
        if columns.is_empty() {
            return Ok(());
        }
        let (beside, file) = Part::create(self.part.folder(), &format!("{}.ids", self.part.name()))?;
        let old = File::open(&self.part.part).map_err(|error| failed(&self.part, error))?;
        let mut reader = csv::ReaderBuilder::new().has_headers(false).buffer_capacity(1 << 16).from_reader(old);
        let mut writer = csv::WriterBuilder::new().buffer_capacity(1 << 16).from_writer(file);
        let mut record = csv::StringRecord::new();
        while reader.read_record(&mut record).map_err(|error| failed(&self.part, error))? {
            let cells = record.iter().enumerate();
            let replaced = cells.map(|(at, cell)| columns.contains(&at).then(|| new(cell)).flatten().unwrap_or(cell));
            writer.write_record(replaced).map_err(|error| failed(&beside, error))?;
        }
        writer.flush().map_err(|error| failed(&beside, error))?;
        drop((reader, writer));
        beside.rename_to(&self.part.part)
    }

    /// Gives the file its final name.
    pub(super) fn name(self) -> Result<(), Error> {
        let Self { csv, part, .. } = self;
        drop(csv);
        part.rename()
    }
}

fn failed(part: &Part, error: impl Into<io::Error>) -> Error {
    Error::write(&part.part, error.into())
}

/// Writes a JSON file, indented, with a line end.
pub(super) fn write_json(folder: &Path, name: &str, value: &Value) -> Result<(), Error> {
    write_file(folder, name, format!("{value:#}\n").as_bytes())
}

/// Writes a file beside its final name, which it takes when it is complete.
///
/// # Errors
/// [`Error::Io`] if it cannot be written or renamed; then no part of it is left.
pub(crate) fn write_file(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), Error> {
    let (part, _) = Part::create(folder, name)?;
    fs::write(&part.part, bytes).map_err(|error| failed(&part, error))?;
    part.rename()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_with_foreign_tables_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        fs::write(folder.join("README.md"), "mine").unwrap();
        prepare(folder, false).unwrap();
        let path = folder.join("mentions.csv");
        fs::write(&path, "mine").unwrap();
        let message = format!(
            "{}: this file was not written by tifa and would be lost; write to another folder, or overwrite it with \
             --force",
            path.display()
        );
        assert_eq!(prepare(folder, false).unwrap_err().to_string(), message);
        prepare(folder, true).unwrap();
        write_json(folder, RUN, &serde_json::json!({"program": "other"})).unwrap();
        assert!(prepare(folder, false).is_err());
        write_json(folder, RUN, &serde_json::json!({"program": PROGRAM})).unwrap();
        prepare(folder, false).unwrap();
    }

    #[test]
    fn a_table_that_is_not_finished_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let sheet = Sheet::create(folder.path(), &TABLES[8]).unwrap();
        assert!(folder.path().join("problems.csv.part").exists());
        drop(sheet);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let folder = tempfile::tempdir().unwrap();
        let mut sheet = Sheet::create(folder.path(), &TABLES[8]).unwrap();
        sheet.push(("a,b", "say \"x\"", "two\nlines", "提 ")).unwrap();
        sheet.push(("", 1, true, None::<usize>)).unwrap();
        assert_eq!(sheet.rows(), 2);
        sheet.flush().unwrap();
        sheet.name().unwrap();
        let expected = "source,record,problem,detail\n\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",提 \n,1,true,\n";
        assert_eq!(fs::read_to_string(folder.path().join("problems.csv")).unwrap(), expected);
    }
}
