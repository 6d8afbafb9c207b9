//! A document or a problem as a block: its rows, and what the run as a whole wants to know of it.

use std::borrow::Cow;
use std::path::Path;

use super::rows::Page;
use super::schema::Row;
use super::tables::ProblemRow;
use crate::error::Error;
use crate::link::{self, Sighting};
use crate::model::{Document, Entity, Extraction};
use crate::read::{Position, Problem};
use crate::reprints::Signature;
use crate::store::{Block, Hash, Head, Name, Notes, Person, Rows};

/// The block of a document with the hash of its content.
///
/// # Errors
///
/// [`Error::Io`] if the rows cannot be packed.
pub fn document_block(
    position: Position,
    hash: Hash,
    document: &Document,
    extraction: &Extraction,
) -> Result<Block, Error> {
    let id = document.id.clone();
    let sightings = link::sightings(&id, extraction);
    let keys: Vec<&str> = sightings.iter().map(|s| s.as_ref().map_or("", Sighting::key)).collect();
    let rows = document_rows(&Page::new(document, extraction, &keys)).and_then(|csv| Rows::pack(&id, &csv));
    let rows = rows.map_err(|error| Error::write(&document.source, error))?;
    let notes = notes(&id, extraction, sightings);
    let head = Head { hash, id, signature: Some(Signature::new(&document.text)) };
    Ok(Block { position, head, notes, rows })
}

/// The block of a problem.
///
/// # Errors
///
/// [`Error::Io`] if the row cannot be packed.
pub fn problem_block(position: Position, problem: &Problem) -> Result<Block, Error> {
    let mut tables = Tables::new();
    let rows = tables.push(ProblemRow::from(problem)).and_then(|()| tables.finish());
    let rows = rows.and_then(|csv| Rows::pack("", &csv));
    let rows = rows.map_err(|error| Error::write(Path::new(&problem.source), error))?;
    Ok(Block { position, head: Head::default(), notes: Notes::default(), rows })
}

fn notes(id: &str, extraction: &Extraction, sightings: Vec<Option<Sighting>>) -> Notes {
    let mut mentions = vec![0; extraction.entities.len()];
    for entity in extraction.mentions.iter().filter_map(|mention| mention.entity) {
        mentions.get_mut(entity.0).into_iter().for_each(|count| *count += 1);
    }
    let published = extraction.profile.published.clone();
    let mut notes = Notes { id: id.to_owned(), published, ..Notes::default() };
    let entities = extraction.entities.iter().zip(mentions).zip(sightings).zip(0..);
    for (((entity, mentions), sighting), at) in entities {
        let name = name(at, entity, mentions);
        match sighting {
            None => notes.others.push(name),
            Some(sighting) => {
                notes.persons.push(Person { name: Name { key: sighting.key().to_owned(), ..name }, sighting });
            }
        }
    }
    notes
}

fn name(at: u32, entity: &Entity, mentions: u64) -> Name {
    let Entity { key, kind, name, name_zh, wikidata, region_code, person: _ } = entity.clone();
    Name { at, key, kind: Cow::Borrowed(kind), name, name_zh, wikidata, region_code, mentions }
}

/// Rows of all tables as CSV, with the place of the table before each.
struct Tables(csv::Writer<Vec<u8>>);

impl Tables {
    fn new() -> Self {
        Self(csv::WriterBuilder::new().has_headers(false).flexible(true).from_writer(Vec::new()))
    }

    fn push<R: Row>(&mut self, row: R) -> std::io::Result<()> {
        Ok(self.0.serialize((R::TABLE, row))?)
    }

    fn extend<R: Row>(&mut self, mut rows: impl Iterator<Item = R>) -> std::io::Result<()> {
        rows.try_for_each(|row| self.push(row))
    }

    fn finish(self) -> std::io::Result<Vec<u8>> {
        self.0.into_inner().map_err(|error| error.into_error())
    }
}

fn document_rows(page: &Page) -> std::io::Result<Vec<u8>> {
    let mut tables = Tables::new();
    tables.push(page.document())?;
    tables.extend(page.mentions())?;
    tables.extend(page.positions())?;
    tables.extend(page.meetings())?;
    tables.extend(page.participation())?;
    tables.extend(page.slogans())?;
    tables.extend(page.relations())?;
    tables.finish()
}
