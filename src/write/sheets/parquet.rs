//! Tables as Apache Parquet: strings, 64-bit integers, booleans and dates; every column may be null.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use csv::StringRecord;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{Type, TypePtr};

use super::{Book, Format};
use crate::error::Error;
use crate::write::TABLES;
use crate::write::schema::{Column, Kind, Table};

/// Bytes of cells of a table that wait to be written together.
const GROUP: usize = 8 << 20;
/// Days from 1970-01-01 to the beginning of the calendar of [`jiff::civil::Date`].
const EPOCH: jiff::civil::Date = jiff::civil::date(1970, 1, 1);

/// All tables.
pub(super) struct Sheets(Vec<Sheet>);

struct Sheet {
    path: PathBuf,
    table: &'static Table,
    writer: SerializedFileWriter<File>,
    waiting: Vec<StringRecord>,
    bytes: usize,
}

impl Sheets {
    /// Opens the files.
    pub(super) fn create(folder: &Path) -> Result<Self, Error> {
        TABLES.iter().map(|table| Sheet::create(folder, table)).collect::<Result<_, _>>().map(Self)
    }
}

impl Book for Sheets {
    fn push(&mut self, table: usize, row: &StringRecord) -> Result<(), Error> {
        let sheet = &mut self.0[table];
        sheet.bytes += row.as_slice().len() + row.len() * size_of::<usize>();
        sheet.waiting.push(row.clone());
        if sheet.bytes >= GROUP { sheet.flush() } else { Ok(()) }
    }

    fn finish(self: Box<Self>) -> Result<Vec<String>, Error> {
        for mut sheet in self.0 {
            sheet.flush()?;
            let path = sheet.path;
            sheet.writer.close().map_err(|error| failed(&path, error))?;
        }
        Ok(Vec::new())
    }
}

impl Sheet {
    fn create(folder: &Path, table: &'static Table) -> Result<Self, Error> {
        let path = folder.join(Format::Parquet.file(table));
        let file = File::create(&path).map_err(|error| Error::write(&path, error))?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_created_by(concat!("tifa ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        let schema = schema(table).map_err(|error| failed(&path, error))?;
        let writer = SerializedFileWriter::new(file, schema, Arc::new(properties));
        let writer = writer.map_err(|error| failed(&path, error))?;
        Ok(Self { path, table, writer, waiting: Vec::new(), bytes: 0 })
    }

    /// Writes what waits as one group of rows.
    fn flush(&mut self) -> Result<(), Error> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let rows = std::mem::take(&mut self.waiting);
        self.bytes = 0;
        let path = &self.path;
        let mut group = self.writer.next_row_group().map_err(|error| failed(path, error))?;
        for (at, column) in self.table.columns.iter().enumerate() {
            let cells: Vec<&str> = rows.iter().map(|row| row.get(at).unwrap_or_default()).collect();
            write_column(&mut group, column, &cells).map_err(|error| failed(path, error))?;
        }
        group.close().map(|_| ()).map_err(|error| failed(path, error))
    }
}

fn failed(path: &Path, error: ParquetError) -> Error {
    Error::write(path, std::io::Error::other(error))
}

fn schema(table: &Table) -> Result<TypePtr, ParquetError> {
    let fields = table.columns.iter().map(|column| {
        let (physical, logical) = types(column.kind);
        let field = Type::primitive_type_builder(column.name, physical).with_logical_type(logical);
        field.with_repetition(Repetition::OPTIONAL).build().map(Arc::new)
    });
    Type::group_type_builder(table.name).with_fields(fields.collect::<Result<_, _>>()?).build().map(Arc::new)
}

fn types(kind: Kind) -> (Physical, Option<LogicalType>) {
    match kind {
        Kind::String => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Integer => (Physical::INT64, None),
        Kind::Boolean => (Physical::BOOLEAN, None),
        Kind::Date => (Physical::INT32, Some(LogicalType::Date)),
    }
}

fn write_column(
    group: &mut SerializedRowGroupWriter<File>,
    column: &Column,
    cells: &[&str],
) -> Result<(), ParquetError> {
    let Some(mut writer) = group.next_column()? else { return Ok(()) };
    match writer.untyped() {
        ColumnWriter::ByteArrayColumnWriter(typed) => {
            let (values, levels) = typed_cells(cells, |cell| Some(ByteArray::from(cell)));
            typed.write_batch(&values, Some(&levels), None)?;
        }
        ColumnWriter::Int64ColumnWriter(typed) => {
            let (values, levels) = typed_cells(cells, |cell| cell.parse().ok());
            typed.write_batch(&values, Some(&levels), None)?;
        }
        ColumnWriter::BoolColumnWriter(typed) => {
            let (values, levels) = typed_cells(cells, |cell| cell.parse().ok());
            typed.write_batch(&values, Some(&levels), None)?;
        }
        ColumnWriter::Int32ColumnWriter(typed) => {
            let (values, levels) = typed_cells(cells, days);
            typed.write_batch(&values, Some(&levels), None)?;
        }
        _ => return Err(ParquetError::General(format!("no writer for the column {}", column.name))),
    }
    writer.close()
}

/// The values that are there, and for each cell 1 if it has one.
fn typed_cells<T>(cells: &[&str], parse: impl Fn(&str) -> Option<T>) -> (Vec<T>, Vec<i16>) {
    let parsed: Vec<Option<T>> = cells.iter().map(|cell| if cell.is_empty() { None } else { parse(cell) }).collect();
    let levels = parsed.iter().map(|value| i16::from(value.is_some())).collect();
    (parsed.into_iter().flatten().collect(), levels)
}

/// Days since 1970-01-01.
fn days(cell: &str) -> Option<i32> {
    let date: jiff::civil::Date = cell.parse().ok()?;
    EPOCH.until(date).ok().map(|span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::file::reader::{FileReader, SerializedFileReader};

    #[test]
    fn rows_come_back_with_their_types() {
        let folder = tempfile::tempdir().unwrap();
        let at = TABLES.iter().position(|table| table.name == "meetings").unwrap();
        let mut sheets = Box::new(Sheets::create(folder.path()).unwrap());
        let cell = |column: &Column| match (column.kind, column.name) {
            (Kind::Integer, _) => "7",
            (Kind::Boolean, _) => "false",
            (_, "start_date") => "2022-05-30",
            (_, "end_date" | "place") => "",
            _ => "提法",
        };
        let row: StringRecord = TABLES[at].columns.iter().map(cell).collect();
        sheets.push(at, &row).unwrap();
        sheets.push(at, &row).unwrap();
        sheets.finish().unwrap();
        let file = File::open(folder.path().join("meetings.parquet")).unwrap();
        let reader = SerializedFileReader::new(file).unwrap();
        let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
        assert_eq!(rows.len(), 2);
        let shown = rows[0].to_string();
        for part in ["name: \"提法\"", "sentence: 7", "reported: false", "start_date: 2022-05-30", "end_date: null"] {
            assert!(shown.contains(part), "{part} in {shown}");
        }
        let empty = File::open(folder.path().join("problems.parquet")).unwrap();
        assert_eq!(SerializedFileReader::new(empty).unwrap().metadata().file_metadata().num_rows(), 0);
    }

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(
            ["1970-01-01", "1969-12-31", "2022-05-30", "????-05-30"].map(days),
            [Some(0), Some(-1), Some(19142), None]
        );
    }
}
