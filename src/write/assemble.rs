//! From the blocks of a run to its tables: rows in input order, with the ids that only the run as a whole knows.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

use csv::{ReaderBuilder, StringRecord, WriterBuilder};
use rayon::ThreadPool;
use rayon::prelude::*;

use super::census::Census;
use super::linked::{Linked, Renamed, frequent};
use super::schema::Row;
use super::sheets::Book;
use super::tables::{AmbiguousRow, EntityRow, TABLES};
use crate::error::Error;
use crate::link::renumbered;
use crate::store::{Entries, Rows};

/// Blocks that are unpacked at once.
const CHUNK: usize = 128;

/// The tables while they are filled.
pub(super) struct Assembly<'b> {
    books: &'b mut [Box<dyn Book>],
    /// Folder of the texts, if they are kept.
    texts: Option<&'b Path>,
    /// Rows of each table, in the order of [`TABLES`].
    pub(super) rows: Vec<u64>,
    /// For each type the entities with most mentions.
    pub(super) frequent: Vec<(String, Vec<(String, u64)>)>,
}

/// A block with all that its rows need.
struct Job {
    rows: Rows,
    /// Id that no other document has; empty for a problem.
    id: String,
    duplicate_of: String,
    ids: HashMap<String, String>,
}

impl<'b> Assembly<'b> {
    pub(super) fn new(books: &'b mut [Box<dyn Book>], texts: Option<&'b Path>) -> Self {
        Self { books, texts, rows: vec![0; TABLES.len()], frequent: Vec::new() }
    }

    /// Adds the rows of all kept documents and of all problems. `tick` is called with the number of blocks done.
    pub(super) fn documents(
        &mut self,
        stores: &[PathBuf],
        census: &mut Census,
        linked: &mut Linked,
        pool: &ThreadPool,
        tick: &dyn Fn(u64),
    ) -> Result<(), Error> {
        let mut entries = Entries::<Rows>::new(stores)?;
        let mut number = 0;
        loop {
            let chunk = chunk(&mut entries, &mut number, census, linked)?;
            if chunk.is_empty() {
                return Ok(());
            }
            chunk.iter().try_for_each(|job| self.text(job))?;
            let made: Vec<_> = pool.install(|| chunk.par_iter().map(Job::records).collect());
            for records in made {
                records?.iter().try_for_each(|(table, record)| self.push(*table, record))?;
            }
            tick(chunk.len() as u64);
        }
    }

    /// Gives a document that got another id a text of its own: equal ids have equal texts.
    fn text(&self, job: &Job) -> Result<(), Error> {
        let Some(texts) = self.texts.filter(|_| job.id != job.rows.id) else { return Ok(()) };
        let (from, to) = (texts.join(format!("{}.txt", job.rows.id)), texts.join(format!("{}.txt", job.id)));
        std::fs::copy(from, &to).map(|_| ()).map_err(|error| Error::write(to, error))
    }

    /// Adds the tables of the run as a whole.
    pub(super) fn entities(&mut self, linked: Linked) -> Result<(), Error> {
        let (mut top, mut batch) = (frequent(), Batch::new());
        for entity in linked.entities {
            let (_, seen) = entity?;
            top.add(&seen);
            batch.push(self, EntityRow::from(&seen))?;
        }
        batch.hand_on(self, EntityRow::TABLE)?;
        for pair in linked.pairs {
            let (.., pair) = pair?;
            batch.push(self, AmbiguousRow::from(&pair))?;
        }
        batch.hand_on(self, AmbiguousRow::TABLE)?;
        self.frequent = top.finish();
        Ok(())
    }

    fn push(&mut self, table: usize, record: &StringRecord) -> Result<(), Error> {
        self.rows[table] += 1;
        self.books.iter_mut().try_for_each(|book| book.push(table, record))
    }
}

/// The next blocks that stand in the tables.
fn chunk(
    entries: &mut Entries<Rows>,
    number: &mut u32,
    census: &mut Census,
    linked: &mut Linked,
) -> Result<Vec<Job>, Error> {
    let mut jobs = Vec::new();
    while jobs.len() < CHUNK {
        let Some(entry) = entries.next() else { break };
        let (_, rows) = entry?;
        if rows.id.is_empty() {
            jobs.push(Job { rows, id: String::new(), duplicate_of: String::new(), ids: HashMap::new() });
            continue;
        }
        if census.is_kept(*number) {
            let (id, duplicate_of) = (census.id(*number, &rows.id), census.duplicate_of(*number)?);
            jobs.push(Job { id, duplicate_of, ids: ids(linked, *number)?, rows });
        }
        *number += 1;
    }
    Ok(jobs)
}

/// The keys of a document that are replaced, with what replaces them.
fn ids(linked: &mut Linked, number: u32) -> Result<HashMap<String, String>, Error> {
    let is_of = |renamed: &Result<Renamed, Error>| renamed.as_ref().map_or(true, |(other, ..)| *other == number);
    let mut ids = HashMap::new();
    while let Some(renamed) = linked.renamed.next_if(is_of) {
        let (_, key, id) = renamed?;
        ids.insert(key, id);
    }
    Ok(ids)
}

impl Job {
    /// The rows as they shall stand in their tables, with the places of these.
    fn records(&self) -> Result<Vec<(usize, StringRecord)>, Error> {
        let failed = |error| Error::read(format!("rows of the document {}", self.id), error);
        let csv = self.rows.unpack().map_err(failed)?;
        let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(csv.as_slice());
        let records = reader.records().map(|record| self.settled(&record?));
        records.collect::<Result<_, csv::Error>>().map_err(|error| failed(error.into()))
    }

    /// A row with the ids of the run.
    fn settled(&self, record: &StringRecord) -> Result<(usize, StringRecord), csv::Error> {
        let place = record.get(0).and_then(|place| place.parse::<usize>().ok());
        let table = place.and_then(|place| Some((place, TABLES.get(place)?)));
        let (place, table) = table.ok_or_else(|| std::io::Error::other("a row of no table"))?;
        let cells = table.columns.iter().zip(record.iter().skip(1));
        Ok((place, cells.map(|(column, cell)| self.cell(table.name, column.name, cell)).collect()))
    }

    fn cell<'c>(&'c self, table: &str, column: &str, cell: &'c str) -> Cow<'c, str> {
        match (table, column) {
            ("documents", "duplicate_of") => Cow::Borrowed(&self.duplicate_of),
            _ if column.ends_with("_id") && !cell.is_empty() => self.id(cell),
            _ => Cow::Borrowed(cell),
        }
    }

    /// What stands for an id or the key of a person. In a document that got another id, all ids begin or end with it.
    fn id<'c>(&'c self, cell: &'c str) -> Cow<'c, str> {
        if self.id == self.rows.id {
            return Cow::Borrowed(self.ids.get(cell).map_or(cell, String::as_str));
        }
        let rest = cell.strip_prefix(self.rows.id.as_str()).filter(|rest| rest.is_empty() || rest.starts_with('-'));
        let cell = rest.map_or_else(|| renumbered(cell, &self.rows.id, &self.id), |rest| format!("{}{rest}", self.id));
        Cow::Owned(self.ids.get(&cell).cloned().unwrap_or(cell))
    }
}

/// Rows of one table that become cells together: a reader of CSV is costly to make.
struct Batch {
    writer: csv::Writer<Vec<u8>>,
    count: usize,
}

impl Batch {
    fn new() -> Self {
        Self { writer: WriterBuilder::new().has_headers(false).from_writer(Vec::new()), count: 0 }
    }

    fn push<R: Row>(&mut self, assembly: &mut Assembly, row: R) -> Result<(), Error> {
        self.writer.serialize(row).map_err(|error| Error::write(TABLES[R::TABLE].name, error.into()))?;
        self.count += 1;
        if self.count < CHUNK { Ok(()) } else { self.hand_on(assembly, R::TABLE) }
    }

    /// Gives what there is to the table.
    fn hand_on(&mut self, assembly: &mut Assembly, table: usize) -> Result<(), Error> {
        let failed = |error| Error::write(TABLES[table].name, error);
        let Self { writer, .. } = std::mem::replace(self, Self::new());
        let csv = writer.into_inner().map_err(|error| failed(error.into_error()))?;
        let mut reader = ReaderBuilder::new().has_headers(false).from_reader(csv.as_slice());
        for record in reader.records() {
            assembly.push(table, &record.map_err(|error| failed(error.into()))?)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(own: &str, id: &str) -> Job {
        let rows = Rows::pack(own, b"").unwrap();
        let ids = [("person:a@1~x", "person:a@1"), ("person:b#d-2", "person:b-1")];
        let ids = ids.map(|(key, id)| (key.to_owned(), id.to_owned())).into();
        Job { rows, id: id.into(), duplicate_of: "d".into(), ids }
    }

    fn cells(job: &Job, cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| job.cell("mentions", "entity_id", cell).into_owned()).collect()
    }

    #[test]
    fn keys_become_ids() {
        let job = job("d", "d");
        let expected = ["person:a@1", "person:b#d", "region:d", "d-m1", "", "d"];
        assert_eq!(cells(&job, &["person:a@1~x", "person:b#d", "region:d", "d-m1", "", "d"]), expected);
        assert_eq!(job.cell("mentions", "text", "person:a@1~x"), "person:a@1~x");
        assert_eq!(job.cell("documents", "duplicate_of", ""), "d");
    }

    #[test]
    fn the_ids_of_a_document_follow_its_own() {
        let job = job("d", "d-2");
        let expected = ["person:a@1", "person:b-1", "region:d", "d-2-m1", "d-2", "dd-m1"];
        assert_eq!(cells(&job, &["person:a@1~x", "person:b#d", "region:d", "d-m1", "d", "dd-m1"]), expected);
    }
}
