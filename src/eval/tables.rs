//! The tables of a run, as far as they are scored: the columns that count, of the documents that
//! have gold.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{BufReader, ErrorKind};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::error::EvalError;
use super::spans::Span;

/// A row of `documents.csv`.
#[derive(Debug, Deserialize)]
pub(super) struct DocumentRow {
    pub(super) doc_id: String,
    pub(super) source: String,
    #[serde(default)]
    pub(super) published: String,
    #[serde(default)]
    pub(super) region: String,
    #[serde(default)]
    pub(super) level: String,
    #[serde(default)]
    pub(super) characters: String,
}

/// A row of `mentions.csv`.
#[derive(Debug, Deserialize)]
pub(super) struct MentionRow {
    doc_id: String,
    #[serde(rename = "type")]
    pub(super) label: String,
    start: usize,
    end: usize,
    pub(super) canonical: String,
}

impl MentionRow {
    pub(super) fn span(&self) -> Span {
        Span { start: self.start, end: self.end }
    }
}

/// A row of `positions.csv`.
#[derive(Debug, Deserialize)]
pub(super) struct PositionRow {
    doc_id: String,
    pub(super) person: String,
    pub(super) title: String,
    pub(super) region: String,
}

/// A row of `meetings.csv`.
#[derive(Debug, Deserialize)]
pub(super) struct MeetingRow {
    pub(super) meeting_id: String,
    doc_id: String,
    pub(super) name: String,
    #[serde(default)]
    pub(super) kind: String,
    #[serde(default)]
    pub(super) region: String,
    #[serde(default)]
    start_date: String,
    #[serde(default)]
    end_date: String,
    #[serde(default)]
    pub(super) place: String,
    reported: String,
}

impl MeetingRow {
    /// Whether the meeting is one that the document reports, not one that it cites.
    pub(super) fn is_reported(&self) -> bool {
        self.reported.eq_ignore_ascii_case("true")
    }

    /// The day, or the first and the last day.
    pub(super) fn date(&self) -> String {
        match self.end_date.as_str() {
            end if end.is_empty() || end == self.start_date => self.start_date.clone(),
            end => format!("{}/{end}", self.start_date),
        }
    }
}

/// A row of `participation.csv`.
#[derive(Debug, Deserialize)]
pub(super) struct ParticipationRow {
    pub(super) meeting_id: String,
    doc_id: String,
    pub(super) person: String,
    pub(super) role: String,
}

/// A row of `slogans.csv`.
#[derive(Debug, Deserialize)]
pub(super) struct SloganRow {
    doc_id: String,
    pub(super) slogan_zh: String,
    pub(super) speaker_type: String,
    pub(super) speaker: String,
    start: usize,
    end: usize,
}

impl SloganRow {
    pub(super) fn span(&self) -> Span {
        Span { start: self.start, end: self.end }
    }
}

/// A row that belongs to a document.
pub(super) trait OfDocument {
    fn document(&self) -> &str;
}

macro_rules! of_document {
    ($($row:ty),*) => { $(impl OfDocument for $row { fn document(&self) -> &str { &self.doc_id } })* };
}

of_document!(MentionRow, PositionRow, MeetingRow, ParticipationRow, SloganRow);

/// The rows of a table by document, in the order of the table.
#[derive(Debug)]
pub(super) struct ByDocument<R>(HashMap<String, Vec<R>>);

impl<R: OfDocument + DeserializeOwned> ByDocument<R> {
    fn load(folder: &Path, table: &str, documents: &HashSet<&str>) -> Result<Self, EvalError> {
        let mut rows: HashMap<String, Vec<R>> = HashMap::new();
        load(folder, table, |row: R| {
            if documents.contains(row.document()) {
                rows.entry(row.document().to_owned()).or_default().push(row);
            }
        })?;
        Ok(Self(rows))
    }
}

impl<R> ByDocument<R> {
    /// The rows of a document.
    pub(super) fn of(&self, document: &str) -> &[R] {
        self.0.get(document).map_or(&[], Vec::as_slice)
    }
}

/// The tables of a run.
#[derive(Debug)]
pub(super) struct Tables {
    pub(super) documents: Documents,
    pub(super) mentions: ByDocument<MentionRow>,
    pub(super) positions: ByDocument<PositionRow>,
    pub(super) meetings: ByDocument<MeetingRow>,
    pub(super) participation: ByDocument<ParticipationRow>,
    pub(super) slogans: ByDocument<SloganRow>,
}

impl Tables {
    /// Reads the rows of the documents with these file stems. A table that is not there is an empty
    /// one.
    pub(super) fn load(folder: &Path, stems: &HashSet<&str>) -> Result<Self, EvalError> {
        let help = "give the folder with the tables of a run";
        fs::read_dir(folder).map_err(|source| read_error("the folder", folder, help, source))?;
        let documents = Documents::load(folder, stems)?;
        let ids = documents.by_stem.values().map(|row| row.doc_id.as_str()).filter(|id| !id.is_empty()).collect();
        Ok(Self {
            mentions: ByDocument::load(folder, "mentions.csv", &ids)?,
            positions: ByDocument::load(folder, "positions.csv", &ids)?,
            meetings: ByDocument::load(folder, "meetings.csv", &ids)?,
            participation: ByDocument::load(folder, "participation.csv", &ids)?,
            slogans: ByDocument::load(folder, "slogans.csv", &ids)?,
            documents,
        })
    }
}

/// The documents of a run that have gold, by file stem, and where the others of the run lie.
#[derive(Debug, Default)]
pub(super) struct Documents {
    by_stem: HashMap<String, DocumentRow>,
    /// The folder and the file name extension of each source.
    places: BTreeSet<(PathBuf, OsString)>,
}

impl Documents {
    fn load(folder: &Path, stems: &HashSet<&str>) -> Result<Self, EvalError> {
        let mut documents = Self::default();
        load(folder, "documents.csv", |row| documents.push(row, stems))?;
        Ok(documents)
    }

    /// Of several documents with one stem the last counts.
    fn push(&mut self, row: DocumentRow, stems: &HashSet<&str>) {
        let path = Path::new(&row.source);
        let extension = path.extension().unwrap_or_default().to_owned();
        self.places.insert((path.with_file_name(""), extension));
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        if stems.contains(&*stem) {
            self.by_stem.insert(stem.into_owned(), row);
        }
    }

    /// The row of the document with this file stem.
    pub(super) fn get(&self, stem: &str) -> Option<&DocumentRow> {
        self.by_stem.get(stem)
    }

    /// The text file of a document that the run does not know, if it lies beside a source of the
    /// run and is named like one.
    pub(super) fn beside(&self, stem: &str) -> Option<PathBuf> {
        let path = |(folder, extension): &(PathBuf, OsString)| {
            let mut name = OsString::from(stem);
            if !extension.is_empty() {
                name.push(".");
                name.push(extension);
            }
            folder.join(name)
        };
        self.places.iter().map(path).find(|path| path.is_file())
    }
}

/// Hands each row of a table to `take`. Rows with too few or too many cells are errors.
fn load<R: DeserializeOwned>(folder: &Path, table: &str, mut take: impl FnMut(R)) -> Result<(), EvalError> {
    let path = folder.join(table);
    let file = match File::open(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        file => file.map_err(|source| read_error("the table", &path, "see that it may be read", source))?,
    };
    for row in csv::Reader::from_reader(BufReader::new(file)).deserialize() {
        take(row.map_err(|source| EvalError::Table { path: path.clone(), source })?);
    }
    Ok(())
}

/// The error of a file or folder that cannot be read.
pub(super) fn read_error(what: &'static str, path: &Path, help: &'static str, source: std::io::Error) -> EvalError {
    EvalError::Read { what, path: path.to_owned(), help, source }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_meetings() {
        let date = |start: &str, end: &str| {
            let table = format!("meeting_id,doc_id,name,reported,start_date,end_date\n1,d,n,True,{start},{end}\n");
            let row: MeetingRow = csv::Reader::from_reader(table.as_bytes()).deserialize().next().unwrap().unwrap();
            assert!(row.is_reported());
            row.date()
        };
        assert_eq!(date("1999-05-01", ""), "1999-05-01");
        assert_eq!(date("1999-05-01", "1999-05-01"), "1999-05-01");
        assert_eq!(date("1999-05-01", "1999-05-03"), "1999-05-01/1999-05-03");
        assert_eq!(date("", "1999-05-03"), "/1999-05-03");
    }

    #[test]
    fn the_last_document_of_a_stem_counts() {
        let mut documents = Documents::default();
        let row = |source: &str, id: &str| {
            let table = format!("doc_id,source\n{id},{source}\n");
            csv::Reader::from_reader(table.as_bytes()).deserialize().next().unwrap().unwrap()
        };
        for (source, id) in [("in/a.b.txt", "1"), ("old/a.b.html", "2"), ("in/c.txt", "3")] {
            documents.push(row(source, id), &HashSet::from(["a.b"]));
        }
        assert_eq!(documents.get("a.b").map(|row| row.doc_id.as_str()), Some("2"));
        assert!(documents.get("c").is_none());
        assert_eq!(documents.places.len(), 2);
    }
}
