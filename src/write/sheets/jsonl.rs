//! Tables as JSON lines: an object a row, numbers and truth values as such, `null` where nothing is known.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use csv::StringRecord;

use super::{Book, Format};
use crate::error::Error;
use crate::write::TABLES;
use crate::write::schema::{Column, Kind, Table};

/// All tables.
pub(super) struct Sheets(Vec<(PathBuf, BufWriter<File>)>);

impl Sheets {
    /// Opens the files.
    pub(super) fn create(folder: &Path) -> Result<Self, Error> {
        let sheets = TABLES.iter().map(|table| {
            let path = folder.join(Format::Jsonl.file(table));
            let file = File::create(&path).map_err(|error| Error::write(&path, error))?;
            Ok((path, BufWriter::with_capacity(1 << 16, file)))
        });
        sheets.collect::<Result<_, Error>>().map(Self)
    }
}

impl Book for Sheets {
    fn push(&mut self, table: usize, row: &StringRecord) -> Result<(), Error> {
        let (path, writer) = &mut self.0[table];
        object(writer, &TABLES[table], row).map_err(|error| Error::write(&*path, error))
    }

    fn finish(self: Box<Self>) -> Result<Vec<String>, Error> {
        for (path, mut writer) in self.0 {
            writer.flush().map_err(|error| Error::write(path, error))?;
        }
        Ok(Vec::new())
    }
}

fn object(writer: &mut impl Write, table: &Table, row: &StringRecord) -> io::Result<()> {
    for (at, (column, cell)) in table.columns.iter().zip(row).enumerate() {
        write!(writer, "{}\"{}\":", if at == 0 { '{' } else { ',' }, column.name)?;
        value(writer, column, cell)?;
    }
    writer.write_all(b"}\n")
}

fn value(writer: &mut impl Write, column: &Column, cell: &str) -> io::Result<()> {
    match column.kind {
        _ if cell.is_empty() => writer.write_all(b"null"),
        Kind::Integer | Kind::Boolean => writer.write_all(cell.as_bytes()),
        Kind::String | Kind::Date => Ok(serde_json::to_writer(writer, cell)?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_their_types() {
        let at = TABLES.iter().position(|table| table.name == "slogans").unwrap();
        let table = &TABLES[at];
        let cells = table.columns.iter().map(|column| match column.kind {
            Kind::Integer => "7",
            Kind::Boolean => "true",
            _ if column.name == "stance" => "",
            _ => "a\"b\n提",
        });
        let row: StringRecord = cells.collect();
        let mut line = Vec::new();
        object(&mut line, table, &row).unwrap();
        let line = String::from_utf8(line).unwrap();
        assert!(line.ends_with("}\n") && line.matches('\n').count() == 1, "{line}");
        let value: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!((&value["start"], &value["quoted"]), (&7.into(), &true.into()));
        assert_eq!((&value["text"], &value["stance"]), (&"a\"b\n提".into(), &serde_json::Value::Null));
        let names: Vec<&String> = value.as_object().unwrap().keys().collect();
        assert_eq!(names, table.columns.iter().map(|column| column.name).collect::<Vec<_>>());
    }
}
