//! The folder of a harvest: checked before the run, written at its end.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::sheets::{FILES, Sheet};
use crate::error::Error;
use crate::write::write_file;

/// A folder that may take the files of a harvest.
#[derive(Debug)]
pub struct Output {
    folder: PathBuf,
}

impl Output {
    /// Makes the folder if need be, and looks whether the files would fall on others.
    ///
    /// # Errors
    /// [`Error::Option`] if it holds a file of the harvest and `force` is not given, or if it is `gazetteers`, the
    /// folder whose rows the harvest is compared with; [`Error::Io`] if it cannot be made.
    pub fn create(folder: &Path, gazetteers: Option<&Path>, force: bool) -> Result<Self, Error> {
        fs::create_dir_all(folder).map_err(|error| Error::write(folder, error))?;
        if gazetteers.is_some_and(|gazetteers| is_same(gazetteers, folder)) {
            return Err(Error::Option(format!(
                "{}: this is the folder of your gazetteers; write the rows to another folder and look through them \
                 there",
                folder.display()
            )));
        }
        let found = FILES.iter().map(|file| folder.join(file)).find(|path| !force && path.exists());
        found.map_or_else(|| Ok(Self { folder: folder.to_owned() }), |path| Err(taken(&path)))
    }

    /// Writes each sheet to its file; one without rows has its header only.
    ///
    /// # Errors
    /// [`Error::Io`] if a file cannot be written.
    pub fn write(&self, sheets: &[Sheet]) -> Result<(), Error> {
        sheets.iter().try_for_each(|sheet| {
            let bytes = bytes(sheet).map_err(|error| Error::write(self.folder.join(sheet.file), error))?;
            write_file(&self.folder, sheet.file, &bytes)
        })
    }
}

fn is_same(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

fn taken(path: &Path) -> Error {
    Error::Option(format!(
        "{}: this file is there already and would be lost; write to another folder, or overwrite it with --force",
        path.display()
    ))
}

fn bytes(sheet: &Sheet) -> Result<Vec<u8>, io::Error> {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(&sheet.header)?;
    sheet.rows.iter().try_for_each(|row| csv.write_record(row))?;
    csv.into_inner().map_err(|error| error.into_error())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(rows: &[[&str; 2]]) -> Sheet {
        let cells = |row: &[&str; 2]| row.map(str::to_owned).to_vec();
        Sheet { file: "titles.csv", header: cells(&["en", "note"]), rows: rows.iter().map(cells).collect() }
    }

    #[test]
    fn files_are_written_whole_and_quoted_where_they_must_be() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b");
        let output = Output::create(&path, None, false).unwrap();
        output.write(&[sheet(&[["abbot", "2 in 1 document: \"An abbot, so.\""]])]).unwrap();
        let expected = "en,note\nabbot,\"2 in 1 document: \"\"An abbot, so.\"\"\"\n";
        assert_eq!(fs::read_to_string(path.join("titles.csv")).unwrap(), expected);
        assert_eq!(fs::read_dir(&path).unwrap().count(), 1);
        output.write(&[sheet(&[])]).unwrap();
        assert_eq!(fs::read_to_string(path.join("titles.csv")).unwrap(), "en,note\n");
    }

    #[test]
    fn files_that_are_there_stay_without_force() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("slogans.csv");
        fs::write(&path, "mine").unwrap();
        let message = Output::create(folder.path(), None, false).unwrap_err().to_string();
        let reason =
            "this file is there already and would be lost; write to another folder, or overwrite it with --force";
        assert_eq!(message, format!("{}: {reason}", path.display()));
        assert!(Output::create(folder.path(), None, true).is_ok());
    }

    #[test]
    fn the_folder_of_the_gazetteers_is_refused_even_with_force() {
        let folder = tempfile::tempdir().unwrap();
        let message = Output::create(folder.path(), Some(&folder.path().join(".")), true).unwrap_err().to_string();
        assert!(message.contains("the folder of your gazetteers"), "{message}");
    }
}
