//! CSV and TSV: a header, and a document in each row.

use std::io::{self, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use csv::ByteRecord;

use super::columns::{Cells, Chosen, Field};
use super::document::Raw;
use super::records::{Job, Records, failed};
use super::stream::{self, Fault, Stream};
use super::{Format, Problem, text};

/// The documents of a table.
pub(super) fn records(job: Job, stream: Stream) -> Records {
    match text::transcoded(stream).and_then(|(stream, note)| Table::open(&job, stream, note)) {
        Ok(table) => Box::new(table),
        Err(error) => failed(&job.place, &error),
    }
}

/// Stops a record that never ends, before it fills the memory.
struct Budget {
    inner: Stream,
    spent: Arc<AtomicU64>,
    limit: u64,
}

impl Read for Budget {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // What is read ahead of a record is no more than a buffer.
        if self.spent.load(Ordering::Relaxed) > self.limit.saturating_add(buffer.len() as u64) {
            return Err(Fault::TooLarge(self.limit).into());
        }
        let count = self.inner.read(buffer)?;
        self.spent.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// The columns of a table, once its header was read.
struct Layout {
    chosen: Chosen,
    width: usize,
}

struct Table {
    job: Job,
    reader: csv::Reader<Budget>,
    spent: Arc<AtomicU64>,
    /// In what encoding the file was read; empty for UTF-8.
    note: Arc<str>,
    layout: Option<Layout>,
    record: ByteRecord,
    /// Number of the row before, from 1, not counting the header.
    row: u64,
    is_done: bool,
}

impl Table {
    fn open(job: &Job, stream: Stream, note: String) -> io::Result<Self> {
        let (head, stream) = stream::peek(stream, text::HEAD)?;
        let (spent, limit) = (Arc::new(AtomicU64::new(0)), job.context.limits.document);
        let inner: Stream = Box::new(BufReader::new(stream));
        let budget = Budget { inner, spent: Arc::clone(&spent), limit };
        let mut builder = csv::ReaderBuilder::new();
        builder.has_headers(false).flexible(true).delimiter(delimiter(job.format, &head));
        let reader = builder.from_reader(budget);
        let (layout, record) = (None, ByteRecord::new());
        Ok(Self { job: job.clone(), reader, spent, note: note.into(), layout, record, row: 0, is_done: false })
    }

    /// Reads the next row; false at the end.
    fn advance(&mut self) -> Result<bool, Problem> {
        self.spent.store(0, Ordering::Relaxed);
        let read = self.reader.read_byte_record(&mut self.record);
        read.map_err(|error| {
            self.is_done = true;
            let (record, error) = ((self.row + 1).to_string(), into_io(error));
            self.job.place.io(&record, &error)
        })
    }

    /// Reads the header, and chooses the columns by it.
    fn header(&mut self) -> Result<Option<Layout>, Problem> {
        if !self.advance()? {
            return Ok(None);
        }
        let names: Vec<String> = self.record.iter().map(|name| text::utf8(name.to_vec()).text).collect();
        let chosen = Chosen::new(&names, &self.job.context.columns);
        let chosen = chosen.map_err(|unfit| unfit.problem(&self.job.place, ""))?;
        Ok(Some(Layout { chosen, width: names.len() }))
    }

    /// The row that was read, as a document.
    fn raw(&self, layout: &Layout) -> Result<Raw, Problem> {
        let (place, record) = (&self.job.place, self.row.to_string());
        if self.record.len() != layout.width {
            return Err(place.problem(&record, "row_width", self.misfit(layout.width)));
        }
        let cell = |field| layout.chosen.get(field).and_then(|column| self.record.get(column)).unwrap_or_default();
        let cells = Cells(Field::ALL.map(|field| cell(field).to_vec()));
        let (note, limit) = (Arc::clone(&self.note), self.job.context.limits.document);
        Ok(Raw::new(place, record, cells.weight(), limit, move || {
            let mut draft = cells.draft();
            draft.notes.splice(0..0, Some(note.as_ref().to_owned()).filter(|note| !note.is_empty()));
            Ok(draft)
        }))
    }

    fn misfit(&self, width: usize) -> String {
        let line = self.record.position().map_or(0, csv::Position::line);
        let count = self.record.len();
        format!(
            "{count} cells where the header has {width}, in line {line}; mend the row, or quote what holds a separator"
        )
    }
}

/// The error of the stream below, or what the table itself has.
fn into_io(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        kind => Fault::Damaged(format!("{kind:?}")).into(),
    }
}

impl Iterator for Table {
    type Item = Result<Raw, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        let layout = match self.layout.take().map_or_else(|| self.header(), |layout| Ok(Some(layout))) {
            Ok(layout) => layout?,
            Err(problem) => {
                self.is_done = true;
                return Some(Err(problem));
            }
        };
        match self.advance() {
            Ok(true) => {
                self.row += 1;
                let raw = self.raw(&layout);
                self.layout = Some(layout);
                Some(raw)
            }
            Ok(false) => {
                self.is_done = true;
                None
            }
            Err(problem) => Some(Err(problem)),
        }
    }
}

/// What stands between the cells: a tab in TSV, else what the header shows.
fn delimiter(format: Format, head: &[u8]) -> u8 {
    let header = head.split(|byte| matches!(byte, b'\n' | b'\r')).find(|line| !line.is_empty()).unwrap_or_default();
    let has = |byte| header.contains(&byte);
    match format {
        Format::Tsv => b'\t',
        _ if has(b',') => b',',
        _ if has(b';') => b';',
        _ if has(b'\t') => b'\t',
        _ => b',',
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{found, outcomes, read};
    use super::super::{Columns, Options};

    #[test]
    fn rows_are_documents_with_what_the_columns_say() {
        let csv = b"\xEF\xBB\xBFtitle,text,date,url,source,doc_id\r\n\
            Head,\"One, \"\"two\"\"\r\nthree\",2022-05-30,http://x.example,Elm Daily,\r\nB,Second,,,,n2\r\n";
        let documents = read("in/a.csv", csv);
        let first = &documents[0];
        assert_eq!((first.text.as_str(), first.record.as_str()), ("One, \"two\"\r\nthree", "1"));
        assert_eq!([&first.metadata.title, &first.metadata.published], ["Head", "2022-05-30"]);
        assert_eq!([&first.metadata.url, &first.metadata.outlet], ["http://x.example", "Elm Daily"]);
        assert_eq!((documents[1].record.as_str(), documents.len()), ("n2", 2));
    }

    #[test]
    fn separators_are_told_from_the_header() {
        assert_eq!(outcomes("a.csv", b"id;text\n1;One, two", 100), ["1 One, two"]);
        assert_eq!(outcomes("a.csv", b"id\ttext\n1\tOne, two", 100), ["1 One, two"]);
        assert_eq!(outcomes("a.tsv", b"id\tte,xt\ttext\n1\tx\tOne", 100), ["1 One"]);
    }

    #[test]
    fn a_row_of_the_wrong_width_costs_no_more_than_itself() {
        let csv = b"id,text\n,\"one\nmore\"\n,two,three\n\n,four\n";
        assert_eq!(outcomes("a.csv", csv, 100), ["1 one\nmore", "2 row_width", "3 four"]);
        let problem = found("a.csv", csv, &Options::default()).remove(1).unwrap_err();
        let expected =
            "3 cells where the header has 2, in line 4; mend the row, or quote what holds a separator".to_owned();
        assert_eq!(problem.detail, expected);
    }

    #[test]
    fn a_quote_that_never_closes_ends_the_file() {
        let csv = format!("id,text\n,one\n,\"two\n{}", ",x\n".repeat(100_000));
        assert_eq!(outcomes("a.csv", csv.as_bytes(), 50_000), ["1 one", "2 too_large"]);
    }

    #[test]
    fn columns_that_are_missing_are_told() {
        assert_eq!(outcomes("a.csv", b"a,b\n1,2\n3,4\n", 100), [" no_text_column"]);
        let columns = Columns { text: Some("words".into()), ..Columns::default() };
        let options = Options { columns, ..Options::default() };
        let problem = found("a.csv", b"a,b\n1,2\n", &options).remove(0).unwrap_err();
        assert_eq!(problem.problem, "no_column");
        assert_eq!(outcomes("a.csv", b"", 100), [" empty"]);
        assert_eq!(outcomes("a.csv", b"text\n", 100), [" empty"]);
    }

    #[test]
    fn rows_without_a_text_are_empty() {
        assert_eq!(outcomes("a.csv", b"id,text\n,one\n,\n", 100), ["1 one", "2 empty"]);
    }

    #[test]
    fn other_encodings_are_told_from_the_head() {
        let csv = "标题,正文\n会议,林河县召开经济工作会议，县委书记主持会议并讲话。\n";
        let (bytes, _, _) = encoding_rs::GB18030.encode(csv);
        let documents = read("a.csv", &bytes);
        assert_eq!(documents[0].text, "林河县召开经济工作会议，县委书记主持会议并讲话。");
        assert_eq!((documents[0].metadata.title.as_str(), documents[0].notes.as_str()), ("会议", "read as GB18030"));
    }
}
