//! Parquet files: the columns that are used, row by row.
//!
//! The crate may panic on a damaged file; such a panic ends the file as a problem, and nothing else.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use parquet::errors::{ParquetError, Result as Read};
use parquet::file::reader::{ChunkReader, FileReader, Length, SerializedFileReader};
use parquet::record::reader::{ReaderIter, TreeBuilder};
use parquet::record::{Field as Value, Row};
use parquet::schema::types::{SchemaDescPtr, SchemaDescriptor, Type};

use super::Problem;
use super::columns::{Cells, Chosen, Field};
use super::document::Raw;
use super::entry::Input;
use super::records::{Job, Records, bad, failed};
use super::seek::{Seekable, Window};
use super::stream::{self, Fault};

/// Rows that the crate decodes ahead in each column.
const BATCH: usize = 128;

impl Length for Seekable {
    fn len(&self) -> u64 {
        Seekable::len(self)
    }
}

impl ChunkReader for Seekable {
    type T = io::BufReader<Window>;

    fn get_read(&self, start: u64) -> Read<Self::T> {
        Ok(io::BufReader::new(self.window(start, u64::MAX)))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Read<bytes::Bytes> {
        let end = start.saturating_add(length as u64);
        let bytes = stream::read_all(self.window(start, end), length as u64)?;
        let is_whole = bytes.len() == length;
        if is_whole { Ok(bytes.into()) } else { Err(ParquetError::EOF("the data end too early".to_owned())) }
    }
}

/// The documents of a Parquet file.
pub(super) fn records(job: Job, input: Input) -> Records {
    let bytes = match input.seekable() {
        Ok(bytes) => bytes,
        Err(error) => return failed(&job.place, &error),
    };
    match guarded(|| SerializedFileReader::new(bytes)) {
        Ok(reader) => begun(job, reader),
        Err(error) => failed(&job.place, &error),
    }
}

fn begun(job: Job, reader: SerializedFileReader<Seekable>) -> Records {
    let schema = reader.metadata().file_metadata().schema();
    let names: Vec<String> = schema.get_fields().iter().map(|column| column.name().to_owned()).collect();
    let chosen = match Chosen::new(&names, &job.context.columns) {
        Ok(chosen) => chosen,
        Err(unfit) => return bad(unfit.problem(&job.place, "")),
    };
    let names = Field::ALL.map(|field| chosen.get(field).and_then(|at| names.get(at).cloned()));
    match projection(schema, &names) {
        Ok(schema) => Box::new(Parquet { job, reader, schema, names, group: 0, rows: None, row: 0, is_done: false }),
        Err(error) => failed(&job.place, &fault(&error)),
    }
}

/// The schema with no more than the columns that are used.
fn projection(schema: &Type, names: &[Option<String>; 6]) -> Read<SchemaDescPtr> {
    let is_used = |column: &&Arc<Type>| names.iter().flatten().any(|name| name == column.name());
    let used = schema.get_fields().iter().filter(is_used).cloned().collect();
    let root = Type::group_type_builder(schema.name()).with_fields(used).build()?;
    Ok(Arc::new(SchemaDescriptor::new(Arc::new(root))))
}

struct Parquet {
    job: Job,
    reader: SerializedFileReader<Seekable>,
    schema: SchemaDescPtr,
    /// The column of each field, in the order of [`Field::ALL`].
    names: [Option<String>; 6],
    /// Number of the next group of rows.
    group: usize,
    rows: Option<ReaderIter>,
    /// Number of the row before, from 1.
    row: u64,
    is_done: bool,
}

impl Parquet {
    /// The next row; `None` at the end.
    fn advance(&mut self) -> io::Result<Option<Row>> {
        loop {
            if let Some(rows) = &mut self.rows {
                if let Some(row) = guarded(|| rows.next().transpose())? {
                    return Ok(Some(row));
                }
                self.rows = None;
            }
            if self.group >= self.reader.num_row_groups() {
                return Ok(None);
            }
            let (reader, schema, group) = (&self.reader, Arc::clone(&self.schema), self.group);
            self.group += 1;
            self.rows = Some(guarded(|| {
                let group = reader.get_row_group(group)?;
                TreeBuilder::new().with_batch_size(BATCH).as_iter(schema, &*group)
            })?);
        }
    }

    fn raw(&self, row: Row) -> Raw {
        let columns = row.into_columns();
        let value = |name: &Option<String>| {
            let name = name.as_ref()?;
            columns.iter().find(|(column, _)| column == name).map(|(_, value)| plain(value))
        };
        let cells = Cells(self.names.each_ref().map(|name| value(name).unwrap_or_default()));
        let limit = self.job.context.limits.document;
        Raw::new(&self.job.place, self.row.to_string(), cells.weight(), limit, move || Ok(cells.draft()))
    }
}

/// A value as the text of a cell; dates and moments in ISO 8601.
fn plain(value: &Value) -> Vec<u8> {
    match value {
        Value::Null => Vec::new(),
        Value::Str(text) => text.clone().into_bytes(),
        Value::Bytes(bytes) => bytes.data().to_vec(),
        Value::Date(days) => moment(i64::from(*days).checked_mul(86_400_000)),
        Value::TimestampMillis(millis) => moment(Some(*millis)),
        Value::TimestampMicros(micros) => moment(Some(micros.div_euclid(1000))),
        Value::ListInternal(list) => list.elements().iter().map(plain).collect::<Vec<_>>().join(&b'\n'),
        other => other.to_string().into_bytes(),
    }
}

/// Milliseconds since 1970 as ISO 8601.
fn moment(millis: Option<i64>) -> Vec<u8> {
    let moment = millis.and_then(|millis| jiff::Timestamp::from_millisecond(millis).ok());
    moment.map(|moment| moment.to_string().into_bytes()).unwrap_or_default()
}

/// Calls the crate; an error or a panic of its is a fault of the file.
fn guarded<T>(call: impl FnOnce() -> Read<T>) -> io::Result<T> {
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(result) => result.map_err(|error| fault(&error)),
        Err(_) => Err(Fault::Damaged("its parts do not fit together".to_owned()).into()),
    }
}

/// An error of the crate; one of the file below it is not told apart.
fn fault(error: &ParquetError) -> io::Error {
    Fault::Damaged(error.to_string()).into()
}

impl Iterator for Parquet {
    type Item = Result<Raw, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        self.row += 1;
        match self.advance() {
            Ok(Some(row)) => Some(Ok(self.raw(row))),
            Ok(None) => {
                self.is_done = true;
                None
            }
            Err(error) => {
                self.is_done = true;
                Some(Err(self.job.place.io(&self.row.to_string(), &error)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{outcomes, read};
    use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;
    use std::sync::Arc;

    /// Two groups of two rows each: id, text, an unused list, a moment.
    fn file() -> Vec<u8> {
        let schema = "message m { required int64 id; optional binary text (UTF8); required binary other;
            required int64 published (TIMESTAMP_MILLIS); }";
        let schema = Arc::new(parse_message_type(schema).unwrap());
        let mut bytes = Vec::new();
        let mut writer = SerializedFileWriter::new(&mut bytes, schema, Arc::default()).unwrap();
        for group in 0..2i64 {
            let mut rows = writer.next_row_group().unwrap();
            let mut long = |values: [i64; 2]| {
                let mut column = rows.next_column().unwrap().unwrap();
                column.typed::<Int64Type>().write_batch(&values, None, None).unwrap();
                column.close().unwrap();
            };
            long([group * 2 + 7, group * 2 + 8]);
            let mut text = rows.next_column().unwrap().unwrap();
            text.typed::<ByteArrayType>().write_batch(&[ByteArray::from("会议 held")], Some(&[1, 0]), None).unwrap();
            text.close().unwrap();
            let mut other = rows.next_column().unwrap().unwrap();
            let unused = [ByteArray::from("x"), ByteArray::from("y")];
            other.typed::<ByteArrayType>().write_batch(&unused, None, None).unwrap();
            other.close().unwrap();
            let mut day = rows.next_column().unwrap().unwrap();
            day.typed::<Int64Type>().write_batch(&[1_653_897_600_000, 0], None, None).unwrap();
            day.close().unwrap();
            rows.close().unwrap();
        }
        writer.close().unwrap();
        bytes
    }

    #[test]
    fn rows_of_all_groups_are_documents() {
        assert_eq!(outcomes("a.parquet", &file(), 99), ["7 会议 held", "8 empty", "9 会议 held", "10 empty"]);
    }

    #[test]
    fn moments_become_days() {
        let documents: Vec<_> = super::super::testing::found("a.parquet", &file(), &Default::default());
        assert_eq!(documents[0].as_ref().unwrap().metadata.published, "2022-05-30");
    }

    #[test]
    fn damaged_files_are_told() {
        let bytes = file();
        assert_eq!(outcomes("a.parquet", b"PAR1 no more", 99), [" unreadable"]);
        assert_eq!(outcomes("a.parquet", &bytes[..bytes.len() - 9], 99), [" unreadable"]);
    }

    #[test]
    fn one_that_is_packed_is_laid_down_first() {
        let packed = zstd::encode_all(file().as_slice(), 0).unwrap();
        assert_eq!(outcomes("a.parquet.zst", &packed, 99).len(), 4);
        assert!(read("a.txt", b"x").len() == 1);
    }
}
