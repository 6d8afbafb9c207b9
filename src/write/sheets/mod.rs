//! The tables as files: one format a module, all fed with the same rows.

mod csv;
mod jsonl;
mod parquet;
mod workbook;

use std::path::Path;

use ::csv::StringRecord;
use serde::{Deserialize, Serialize};

use super::schema::Table;
use crate::error::Error;

/// A format of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// CSV as RFC 4180 describes it, in UTF-8.
    Csv,
    /// Apache Parquet with typed columns.
    Parquet,
    /// A JSON object a line.
    Jsonl,
}

impl Format {
    /// All formats.
    pub const ALL: [Format; 3] = [Format::Csv, Format::Parquet, Format::Jsonl];

    /// The name on the command line, which is also the ending of the files.
    pub fn name(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Parquet => "parquet",
            Format::Jsonl => "jsonl",
        }
    }

    /// The name of the file of a table.
    pub fn file(self, table: &Table) -> String {
        format!("{}.{}", table.name, self.name())
    }
}

/// The file with all tables for spreadsheets.
pub(super) const WORKBOOK: &str = "tifa.xlsx";

/// All tables of a run in one format. Rows come as cells in the order of the columns, empty where nothing is known.
pub(super) trait Book {
    /// Adds a row to the table at this place.
    fn push(&mut self, table: usize, row: &StringRecord) -> Result<(), Error>;

    /// Brings everything to the disk; tells what did not fit.
    fn finish(self: Box<Self>) -> Result<Vec<String>, Error>;
}

/// Opens the tables in these formats; with `excel` CSV is made safe for spreadsheets, and there is a workbook. Files that
/// last only while the tables are made lie in `sort`.
pub(super) fn open(folder: &Path, sort: &Path, formats: &[Format], excel: bool) -> Result<Vec<Box<dyn Book>>, Error> {
    let mut books: Vec<Box<dyn Book>> = Vec::new();
    for format in formats {
        books.push(match format {
            Format::Csv => Box::new(csv::Sheets::create(folder, excel)?),
            Format::Parquet => Box::new(parquet::Sheets::create(folder)?),
            Format::Jsonl => Box::new(jsonl::Sheets::create(folder)?),
        });
    }
    if excel {
        books.push(Box::new(workbook::Sheets::create(&folder.join(WORKBOOK), sort)?));
    }
    Ok(books)
}

/// The names of the files that [`open`] makes.
pub(super) fn files(formats: &[Format], excel: bool) -> Vec<String> {
    let tables = formats.iter().flat_map(|format| super::TABLES.iter().map(|table| format.file(table)));
    tables.chain(excel.then(|| WORKBOOK.to_owned())).collect()
}
