//! The folder for the tables: which files of an earlier run lie in it, and which are not ours.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::sheets::{self, Format};
use crate::error::Error;

/// The description of the tables.
pub(super) const PACKAGE: &str = "datapackage.json";
/// The record of the run, by which a folder is known to be of tifa.
pub(super) const RUN: &str = "run.json";
/// What stands in [`RUN`] under `program`.
pub(super) const PROGRAM: &str = "tifa";

/// The names of the files of an earlier run; none if the folder holds no record of one.
pub(super) fn old_files(folder: &Path) -> Vec<String> {
    let Some(record) = record(folder) else { return Vec::new() };
    let listed = record["files"].as_array().map(|files| files.iter().filter_map(Value::as_str).map(String::from));
    // Records of the first version list no files.
    listed.map_or_else(|| names(&sheets::files(&[Format::Csv], false)), Iterator::collect)
}

/// The record of a run of tifa in a folder.
pub(super) fn record(folder: &Path) -> Option<Value> {
    let record = fs::read(folder.join(RUN)).ok().and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
    record.filter(|record| record["program"] == PROGRAM)
}

/// All files of a run whose tables are these files.
pub(super) fn names(tables: &[String]) -> Vec<String> {
    tables.iter().cloned().chain([PACKAGE.to_owned(), RUN.to_owned()]).collect()
}

/// Refuses a folder that holds files of the names that we want to write, but are not ours.
///
/// # Errors
///
/// [`Error::Option`] that names the first of them.
pub(super) fn check(folder: &Path, new: &[String]) -> Result<(), Error> {
    if folder.exists() && !folder.is_dir() {
        return Err(Error::Option(format!("{}: this is a file; give a folder for the tables", folder.display())));
    }
    let old = old_files(folder);
    match new.iter().find(|name| !old.contains(name) && folder.join(name).exists()) {
        None => Ok(()),
        Some(name) => Err(Error::Option(format!(
            "{}: this file was not written by tifa and would be lost; write to another folder, or overwrite it with \
             --force",
            folder.join(name).display()
        ))),
    }
}

/// Writes a JSON file, indented, with a line end.
pub(super) fn write_json(folder: &Path, name: &str, value: &Value) -> Result<(), Error> {
    let path = folder.join(name);
    fs::write(&path, format!("{value:#}\n")).map_err(|error| Error::write(path, error))
}

/// Writes a file beside its final name, which it takes when it is complete.
///
/// # Errors
/// [`Error::Io`] if it cannot be written or renamed; then no part of it is left.
pub(crate) fn write_file(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), Error> {
    let part = folder.join(format!("{name}.part"));
    let written = fs::write(&part, bytes).and_then(|()| fs::rename(&part, folder.join(name)));
    written.map_err(|error| {
        // What is left of it is of no use; if it cannot be removed either, the error tells enough.
        let _ = fs::remove_file(&part);
        Error::write(part, error)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_folder_with_foreign_tables_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let new = names(&sheets::files(&[Format::Csv], false));
        fs::write(folder.join("README.md"), "mine").unwrap();
        check(folder, &new).unwrap();
        let path = folder.join("mentions.csv");
        fs::write(&path, "mine").unwrap();
        let message = format!(
            "{}: this file was not written by tifa and would be lost; write to another folder, or overwrite it with \
             --force",
            path.display()
        );
        assert_eq!(check(folder, &new).unwrap_err().to_string(), message);
        check(folder, &names(&sheets::files(&[Format::Jsonl], false))).unwrap();
        write_json(folder, RUN, &json!({"program": "other"})).unwrap();
        assert!(check(folder, &new).is_err());
        write_json(folder, RUN, &json!({"program": PROGRAM})).unwrap();
        check(folder, &new).unwrap();
        write_json(folder, RUN, &json!({"program": PROGRAM, "files": ["mentions.parquet", "run.json"]})).unwrap();
        assert_eq!(check(folder, &new).unwrap_err().to_string(), message);
        assert_eq!(old_files(folder), ["mentions.parquet", "run.json"]);
        assert!(check(&path, &new).unwrap_err().to_string().contains("this is a file"));
    }
}
