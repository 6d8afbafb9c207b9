//! Tables as one workbook for spreadsheets: a sheet each, with a header that stays in sight and filters.

use std::path::{Path, PathBuf};

use csv::StringRecord;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use super::Book;
use crate::error::Error;
use crate::write::TABLES;
use crate::write::schema::{Column, Kind, Table};

/// Rows of a sheet, the header counted (limits of Excel).
const ROWS: u32 = 1_048_576;
/// Characters of a cell, as UTF-16 counts them.
const CHARACTERS: usize = 32_767;

/// All tables.
pub(super) struct Sheets {
    path: PathBuf,
    workbook: Workbook,
    sheets: Vec<Sheet>,
    /// Rows of a sheet; a test has fewer.
    most: u32,
}

/// What was put into a sheet.
struct Sheet {
    table: &'static Table,
    rows: u32,
    /// Rows that did not fit.
    left: u64,
    /// Cells that were cut.
    cut: u64,
}

impl Sheets {
    /// Begins a workbook; its rows lie in files below `sort` until it is finished.
    pub(super) fn create(path: &Path, sort: &Path) -> Result<Self, Error> {
        let failed = |error| failed(path, error);
        let mut workbook = Workbook::new();
        workbook.set_tempdir(sort).map_err(failed)?;
        workbook.set_properties(&properties().map_err(failed)?);
        let mut sheets = Vec::new();
        for table in TABLES {
            header(&mut workbook, table).map_err(failed)?;
            sheets.push(Sheet { table, rows: 1, left: 0, cut: 0 });
        }
        Ok(Self { path: path.to_owned(), workbook, sheets, most: ROWS })
    }

    fn write(&mut self, table: usize, row: &StringRecord) -> Result<(), XlsxError> {
        let sheet = &mut self.sheets[table];
        let worksheet = self.workbook.worksheet_from_index(table)?;
        for ((column, cell), at) in sheet.table.columns.iter().zip(row).zip(0..) {
            match (column.kind, cell.parse::<f64>()) {
                _ if cell.is_empty() => {}
                (Kind::Integer, Ok(number)) => _ = worksheet.write_number(sheet.rows, at, number)?,
                (Kind::Boolean, _) => _ = worksheet.write_boolean(sheet.rows, at, cell == "true")?,
                _ => {
                    let (text, is_cut) = fitting(cell);
                    sheet.cut += u64::from(is_cut);
                    worksheet.write_string(sheet.rows, at, text)?;
                }
            }
        }
        sheet.rows += 1;
        Ok(())
    }

    fn close(&mut self) -> Result<(), XlsxError> {
        for (at, sheet) in self.sheets.iter().enumerate() {
            let last = sheet.table.columns.len().saturating_sub(1) as u16;
            self.workbook.worksheet_from_index(at)?.autofilter(0, 0, sheet.rows - 1, last)?;
        }
        self.workbook.save(&self.path)
    }
}

impl Book for Sheets {
    fn push(&mut self, table: usize, row: &StringRecord) -> Result<(), Error> {
        if self.sheets[table].rows >= self.most {
            self.sheets[table].left += 1;
            return Ok(());
        }
        self.write(table, row).map_err(|error| failed(&self.path, error))
    }

    fn finish(mut self: Box<Self>) -> Result<Vec<String>, Error> {
        self.close().map_err(|error| failed(&self.path, error))?;
        Ok(self.sheets.iter().flat_map(Sheet::messages).collect())
    }
}

impl Sheet {
    fn messages(&self) -> impl Iterator<Item = String> + use<> {
        let Sheet { table, rows, left, cut } = self;
        let kept = rows - 1;
        let left = (*left > 0).then(|| {
            format!(
                "tifa.xlsx: the sheet {} holds the first {kept} rows, {left} more do not fit; take them from the other \
                 files of the run",
                table.name
            )
        });
        let cut =
            (*cut > 0).then(|| format!("tifa.xlsx: {cut} cells of {} were cut at {CHARACTERS} characters", table.name));
        left.into_iter().chain(cut)
    }
}

/// A sheet with its header; rows are written away as they come.
fn header(workbook: &mut Workbook, table: &Table) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let worksheet = workbook.add_worksheet_with_constant_memory()?;
    worksheet.set_name(table.name)?.set_freeze_panes(1, 0)?;
    for (column, at) in table.columns.iter().zip(0..) {
        worksheet.set_column_width(at, width(column))?;
    }
    for (column, at) in table.columns.iter().zip(0..) {
        worksheet.write_string_with_format(0, at, column.name, &bold)?;
    }
    Ok(())
}

/// Width of a column in characters.
fn width(column: &Column) -> f64 {
    match (column.kind, column.name) {
        (Kind::Integer | Kind::Boolean | Kind::Date, _) => 11.0,
        (Kind::String, "evidence" | "detail" | "why") => 60.0,
        (Kind::String, _) => 22.0,
    }
}

/// The day of creation is fixed, so that the same tables give the same bytes.
fn properties() -> Result<DocProperties, XlsxError> {
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    Ok(DocProperties::new().set_title("Tables of a run of tifa").set_creation_datetime(&day))
}

/// The text as far as it fits into a cell, and whether it was cut.
fn fitting(cell: &str) -> (&str, bool) {
    if cell.len() <= CHARACTERS {
        return (cell, false);
    }
    let mut units = 0;
    let end = cell.char_indices().find(|(_, character)| {
        units += character.len_utf16();
        units > CHARACTERS
    });
    end.map_or((cell, false), |(end, _)| (&cell[..end], true))
}

fn failed(path: &Path, error: XlsxError) -> Error {
    let error = match error {
        XlsxError::IoError(error) => error,
        other => std::io::Error::other(other),
    };
    Error::write(path, error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn create(folder: &Path) -> Box<Sheets> {
        Box::new(Sheets::create(&folder.join("tifa.xlsx"), folder).unwrap())
    }

    fn problem(cell: &str) -> StringRecord {
        StringRecord::from(vec![cell, "1", "empty", "=1+1"])
    }

    #[test]
    fn the_same_rows_give_the_same_bytes() {
        let bytes = || {
            let folder = tempfile::tempdir().unwrap();
            let mut sheets = create(folder.path());
            sheets.push(8, &problem("a")).unwrap();
            assert_eq!(sheets.finish().unwrap(), [""; 0]);
            std::fs::read(folder.path().join("tifa.xlsx")).unwrap()
        };
        assert_eq!(bytes(), bytes());
        assert!(bytes().starts_with(b"PK"));
    }

    #[test]
    fn what_does_not_fit_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let mut sheets = create(folder.path());
        sheets.most = 3;
        let long = "提".repeat(CHARACTERS + 1);
        for cell in ["a", &long, "c", "d"] {
            sheets.push(8, &problem(cell)).unwrap();
        }
        let expected = [
            "tifa.xlsx: the sheet problems holds the first 2 rows, 2 more do not fit; take them from the other files of \
             the run",
            "tifa.xlsx: 1 cells of problems were cut at 32767 characters",
        ];
        assert_eq!(sheets.finish().unwrap(), expected);
    }

    #[test]
    fn cells_are_cut_between_characters() {
        assert_eq!(fitting("short"), ("short", false));
        let text = format!("{}😀", "a".repeat(CHARACTERS - 1));
        let (cut, is_cut) = fitting(&text);
        assert_eq!((cut.len(), is_cut), (CHARACTERS - 1, true));
        let fits = "提".repeat(CHARACTERS);
        assert_eq!(fitting(&fits), (fits.as_str(), false));
    }
}
