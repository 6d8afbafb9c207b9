//! A folder of gazetteer files as the user keeps it: reading it, and switching rows off.

use super::source::SourceFile;
use super::source::forms::{Entry, Table};
use super::source::load::Placed;
use super::source::rows::{OffRow, OfficeRow, PostRow, RegionRow, Row, SurnameRow, SyllableRow};
use super::{Parts, rows::EnglishRow};
use crate::error::{Error, Fault};
use std::path::Path;

/// The CSV files of `folder`, by name. Other files are passed over.
///
/// # Errors
/// [`Error::Io`] if the folder or a file in it cannot be read.
pub fn read(folder: &Path) -> Result<Vec<SourceFile>, Error> {
    let entries = std::fs::read_dir(folder).map_err(|error| Error::read(folder, error))?;
    let mut names: Vec<String> =
        entries.filter_map(|e| e.ok()).map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| name.ends_with(".csv"));
    names.sort();
    let file = |name: String| {
        let path = folder.join(&name);
        let bytes = std::fs::read(&path).map_err(|error| Error::read(&path, error))?;
        Ok(SourceFile { name, label: path.display().to_string(), bytes })
    };
    names.into_iter().map(file).collect()
}

/// What is wrong with a row of off.csv that names no row.
pub(super) fn no_such_row(off: &OffRow) -> String {
    format!("`{}` has no row with the key `{}`; `tifa gazetteer lookup` shows keys", off.file, off.key)
}

impl Parts {
    /// Takes away the rows that off.csv names.
    pub(super) fn switch_off(&mut self, off: &[Placed<OffRow>], faults: &mut Vec<Fault>) {
        for Placed { row, file, line } in off {
            if let Err(message) = self.switch_off_row(row) {
                faults.push(Fault { file: file.clone(), line: *line, message });
            }
        }
    }

    fn switch_off_row(&mut self, off: &OffRow) -> Result<(), String> {
        if off.reason.trim().is_empty() {
            return Err("column `reason`: say why the row is switched off".into());
        }
        if off.file == EnglishRow::FILE {
            return self.english.remove(&off.key).then_some(()).ok_or_else(|| no_such_row(off));
        }
        let index = self.rows.find(&off.file, &off.key).ok_or_else(|| no_such_row(off))?;
        match off.file.as_str() {
            PostRow::FILE => _ = self.rows.posts.remove(index),
            OfficeRow::FILE => _ = self.rows.offices.remove(index),
            SurnameRow::FILE => _ = self.rows.surnames.remove(index),
            SyllableRow::FILE => _ = self.rows.syllables.remove(index),
            file => {
                self.hide(Table::of_file(file).map(|table| Entry { table, row: index }).into_iter().collect());
                self.regions_off.extend((file == RegionRow::FILE).then_some(index));
            }
        }
        Ok(())
    }
}
