//! Tables as CSV: RFC 4180 but for line feeds as row ends, UTF-8; for spreadsheets with a byte order mark and without
//! formulas.

use std::borrow::Cow;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use csv::{StringRecord, Writer, WriterBuilder};

use super::{Book, Format};
use crate::error::Error;
use crate::write::TABLES;

/// Starts of cells that spreadsheets take for formulas, with their full-width forms (OWASP, "CSV Injection").
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// All tables.
pub(super) struct Sheets {
    sheets: Vec<(PathBuf, Writer<File>)>,
    is_safe: bool,
}

impl Sheets {
    /// Opens the files and writes the headers.
    pub(super) fn create(folder: &Path, is_safe: bool) -> Result<Self, Error> {
        let sheets = TABLES.iter().map(|table| {
            let path = folder.join(Format::Csv.file(table));
            let failed = |error: std::io::Error| Error::write(&path, error);
            let mut file = File::create(&path).map_err(failed)?;
            if is_safe {
                file.write_all("\u{FEFF}".as_bytes()).map_err(failed)?;
            }
            let mut writer = WriterBuilder::new().buffer_capacity(1 << 16).from_writer(file);
            let header = table.columns.iter().map(|column| column.name);
            writer.write_record(header).map_err(|error| failed(error.into()))?;
            Ok((path, writer))
        });
        Ok(Self { sheets: sheets.collect::<Result<_, Error>>()?, is_safe })
    }
}

impl Book for Sheets {
    fn push(&mut self, table: usize, row: &StringRecord) -> Result<(), Error> {
        let (path, writer) = &mut self.sheets[table];
        let written = match self.is_safe {
            true => writer.write_record(row.iter().map(|cell| safe(cell).into_owned())),
            false => writer.write_record(row),
        };
        written.map_err(|error| Error::write(&*path, error.into()))
    }

    fn finish(self: Box<Self>) -> Result<Vec<String>, Error> {
        for (path, mut writer) in self.sheets {
            writer.flush().map_err(|error| Error::write(path, error))?;
        }
        Ok(Vec::new())
    }
}

/// A cell that no spreadsheet reads as a formula: an apostrophe before it makes it text.
fn safe(cell: &str) -> Cow<'_, str> {
    if cell.starts_with(FORMULA) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_look_like_formulas_become_text() {
        let unsafe_cells = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠a"];
        for cell in unsafe_cells {
            assert_eq!(safe(cell), format!("'{cell}"), "{cell:?}");
        }
        for cell in ["", "1", "a=1", " =1", "2020-01-01", "'quoted"] {
            assert_eq!(safe(cell), cell, "{cell:?}");
        }
    }

    #[test]
    fn a_table_for_spreadsheets_starts_with_a_mark() {
        let folder = tempfile::tempdir().unwrap();
        for (is_safe, expected) in [(false, "=a,\"b,\"\"c\"\"\"\n"), (true, "'=a,\"b,\"\"c\"\"\"\n")] {
            let mut sheets = Box::new(Sheets::create(folder.path(), is_safe).unwrap());
            let row = StringRecord::from(["=a", "b,\"c\""].into_iter().chain(["x"; 2]).take(4).collect::<Vec<_>>());
            sheets.push(8, &row).unwrap();
            assert_eq!(sheets.finish().unwrap(), [""; 0]);
            let text = std::fs::read_to_string(folder.path().join("problems.csv")).unwrap();
            assert_eq!(text.starts_with("\u{FEFF}source,record,problem,detail\n"), is_safe, "{text}");
            assert!(text.ends_with(&expected.replace('\n', ",x,x\n")), "{text}");
        }
    }
}
