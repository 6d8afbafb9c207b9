//! Writes the tables of a run: a folder of CSV files, their description, and the record of the run.
//!
//! Knows rows, offsets in characters, and files; not how anything was found, and no clock.

mod entities;
mod evidence;
mod folder;
mod offsets;
mod package;
mod rows;
mod schema;
mod tables;

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

pub(crate) use evidence::excerpt;
pub(crate) use folder::write_file;
pub use schema::{Column, ForeignKey, Kind, Table};
pub use tables::TABLES;

use crate::error::Error;
use crate::gazetteer::FileHash;
use crate::link::{Decisions, Linker, Links};
use crate::model::{Document, Extraction};
use crate::read::Problem;
use entities::{Entities, Seen};
use folder::{PACKAGE, PROGRAM, RUN, Sheet};
use rows::Page;
use schema::Row;
use tables::{AmbiguousRow, EntityRow, ProblemRow};

/// The tables of a run while it goes on.
///
/// The files have names that end in `.part` until [`Tables::finish`]; if it is never called, they are removed.
#[derive(Debug)]
pub struct Tables {
    folder: PathBuf,
    /// In the order of [`TABLES`].
    sheets: Vec<Sheet>,
    entities: Entities,
    linker: Linker,
    decisions: Decisions,
}

/// What the record of a run says besides counts: all that may differ between runs over the same input.
#[derive(Debug, Clone, Default)]
pub struct RunRecord {
    /// The options of the run, as the program shall show them.
    pub options: Value,
    /// Hash of each gazetteer file.
    pub gazetteers: Vec<FileHash>,
    /// When the run started, ISO 8601.
    pub started: String,
    /// How long it took.
    pub seconds: f64,
}

/// What a run wrote.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// Rows of each table, in the order of [`TABLES`].
    pub rows: Vec<(&'static str, u64)>,
    /// Rows of ambiguous.csv.
    pub undecided: usize,
    /// The five entities with most mentions: name, type, number of mentions.
    pub frequent: Vec<(String, &'static str, usize)>,
}

impl Totals {
    /// Rows of the table of this name; 0 if there is none.
    pub fn rows(&self, table: &str) -> u64 {
        self.rows.iter().find(|(name, _)| *name == table).map_or(0, |(_, rows)| *rows)
    }

    /// Rows that state a fact: offices, meetings, participation and uses of slogans.
    pub fn facts(&self) -> u64 {
        ["positions", "meetings", "participation", "slogans"].iter().map(|table| self.rows(table)).sum()
    }
}

impl Tables {
    /// Opens the tables in `folder`, which is made if need be.
    ///
    /// Tables of an earlier run of tifa are replaced. Other files are left alone; one that has the name of a table is
    /// a reason to refuse the folder, unless `force` is set.
    ///
    /// # Errors
    ///
    /// [`Error::Option`] for a folder that is refused, [`Error::Io`] for one that cannot be written.
    pub fn create(folder: &Path, force: bool) -> Result<Self, Error> {
        folder::prepare(folder, force)?;
        let sheets = TABLES.iter().map(|table| Sheet::create(folder, table)).collect::<Result<_, _>>()?;
        let (entities, linker, decisions) = Default::default();
        Ok(Self { folder: folder.to_owned(), sheets, entities, linker, decisions })
    }

    /// These tables with what the user decided about persons.
    #[must_use]
    pub fn with_decisions(self, decisions: Decisions) -> Self {
        Self { decisions, ..self }
    }

    /// Adds a document. `duplicate_of` is the id of an earlier document with the same text, or empty.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if a file cannot be written.
    pub fn document(&mut self, document: &Document, extraction: &Extraction, duplicate_of: &str) -> Result<(), Error> {
        let keys = self.linker.enter(&document.id, extraction);
        let page = Page::new(document, extraction, &keys);
        self.push(page.document(duplicate_of))?;
        self.extend(page.mentions())?;
        self.extend(page.positions())?;
        self.extend(page.meetings())?;
        self.extend(page.participation())?;
        self.extend(page.slogans())?;
        self.extend(page.relations())?;
        self.entities.add(extraction, &keys);
        Ok(())
    }

    /// Adds a problem.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if the file cannot be written.
    pub fn problem(&mut self, problem: &Problem) -> Result<(), Error> {
        self.push(ProblemRow::from(problem))
    }

    /// Settles who is who, writes the entities, the description and the record of the run, and gives all files their names; the record
    /// comes last, so that a folder with a new one is complete.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if a file cannot be written.
    pub fn finish(mut self, record: &RunRecord) -> Result<Totals, Error> {
        let links = std::mem::take(&mut self.linker).finish(&self.decisions);
        let entities = std::mem::take(&mut self.entities).linked(&links);
        self.extend(entities.iter().map(EntityRow::from))?;
        self.extend(links.pairs.iter().map(AmbiguousRow::from))?;
        self.sheets.iter_mut().try_for_each(Sheet::flush)?;
        for (sheet, table) in self.sheets.iter().zip(TABLES) {
            let columns: Vec<usize> = ids(table).collect();
            sheet.replace(&columns, |key| links.ids.get(key).map(String::as_str))?;
        }
        let totals = Totals {
            rows: TABLES.iter().zip(&self.sheets).map(|(table, sheet)| (table.name, sheet.rows())).collect(),
            undecided: links.pairs.len(),
            frequent: entities.most_frequent(5).into_iter().map(named).collect(),
        };
        self.sheets.into_iter().try_for_each(Sheet::name)?;
        folder::write_json(&self.folder, PACKAGE, &package::package())?;
        folder::write_json(&self.folder, RUN, &run_json(record, &totals, &self.decisions, &links))?;
        Ok(totals)
    }

    fn push<R: Row>(&mut self, row: R) -> Result<(), Error> {
        self.sheets[R::TABLE].push(row)
    }

    fn extend<R: Row>(&mut self, rows: impl Iterator<Item = R>) -> Result<(), Error> {
        rows.into_iter().try_for_each(|row| self.push(row))
    }
}

fn named(seen: &Seen) -> (String, &'static str, usize) {
    (seen.entity.name.clone(), seen.entity.kind, seen.mentions)
}

/// Columns of a table in which keys of persons stand until the run knows who is who. Entities have their ids already,
/// and ambiguous.csv speaks of the keys.
fn ids(table: &Table) -> impl Iterator<Item = usize> {
    let is_open = !["entities", "ambiguous"].contains(&table.name);
    let columns = table.columns.iter().enumerate().filter(move |(_, column)| is_open && column.name.ends_with("_id"));
    columns.map(|(at, _)| at).filter(|&at| at > 0 || table.name == "mentions")
}

fn run_json(record: &RunRecord, totals: &Totals, decisions: &Decisions, links: &Links) -> Value {
    let decided = decisions.file.as_ref().map(|(path, sha256)| {
        json!({"file": path.to_string_lossy(), "sha256": sha256, "rows": decisions.len(), "unused_lines": links.unused})
    });
    let hash = |file: &FileHash| json!({"file": file.file, "sha256": file.sha256});
    json!({
        "program": PROGRAM,
        "version": env!("CARGO_PKG_VERSION"),
        "options": record.options,
        "gazetteers": record.gazetteers.iter().map(hash).collect::<Vec<_>>(),
        "decisions": decided,
        "documents": totals.rows("documents"),
        "problems": totals.rows("problems"),
        "rows": totals.rows.iter().map(|(table, rows)| ((*table).to_owned(), json!(rows))).collect::<Value>(),
        "time": {"start": record.started, "seconds": record.seconds},
    })
}

#[cfg(test)]
mod tests;
