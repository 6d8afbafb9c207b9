//! From counted names to the rows of gazetteer files, with fresh ids and the columns that the files have.

use std::collections::HashSet;
use std::path::Path;

use serde::Serialize;
use serde_json::Value;

use super::Harvest;
use super::tally::{Counted, Tally};
use crate::error::Error;
use crate::gazetteer::rows::{
    Alone, Case, OrganizationRow, PersonRow, Row, SloganKind, SloganRow, TitleClass, TitleRow,
};
use crate::gazetteer::source::variants;
use crate::gazetteer::{QUOTED, shipped_files};
use crate::resolve::slug;

/// The files that a harvest writes, in their order.
pub(super) const FILES: [&str; 4] = [PersonRow::FILE, TitleRow::FILE, SloganRow::FILE, OrganizationRow::FILE];
/// The class of organisations of which no more is known.
const OTHER: &str = "other";

/// A file of rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its name, which is that of a gazetteer file.
    pub file: &'static str,
    /// Its columns.
    pub header: Vec<String>,
    /// Its rows, each with one cell for each column.
    pub rows: Vec<Vec<String>>,
}

/// The columns of each of [`FILES`].
#[derive(Debug)]
pub(super) struct Headers(Vec<Vec<String>>);

impl Headers {
    /// The columns as `folder` has them, where it has the file; else those of the shipped file.
    pub(super) fn read(folder: Option<&Path>) -> Result<Self, Error> {
        FILES.iter().map(|file| header(file, folder)).collect::<Result<_, _>>().map(Self)
    }
}

fn header(file: &str, folder: Option<&Path>) -> Result<Vec<String>, Error> {
    let path = folder.map(|folder| folder.join(file)).filter(|path| path.exists());
    let bytes = path.map_or_else(
        || Ok(shipped(file).as_bytes().to_vec()),
        |path| std::fs::read(&path).map_err(|error| Error::read(path, error)),
    )?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let mut reader = csv::Reader::from_reader(bytes);
    let cells = reader.headers().map_err(|error| Error::read(file, error.into()))?;
    Ok(cells.iter().map(str::to_owned).collect())
}

fn shipped(file: &str) -> &'static str {
    shipped_files().iter().find(|(name, _)| *name == file).map_or("", |(_, text)| text)
}

/// The rows of each file, the most frequent names first.
pub(super) fn sheets(harvest: &Harvest, least: u64) -> Vec<Sheet> {
    let g = harvest.gazetteers;
    let cells = [
        rows(&harvest.people, least, Ids::of(&g.people), person),
        rows(&harvest.titles, least, Ids::of(&g.titles), title),
        rows(&harvest.slogans, least, Ids::of(&g.slogans), slogan),
        rows(&harvest.organizations, least, Ids::of(&g.organizations), organization),
    ];
    let files = FILES.into_iter().zip(&harvest.headers.0).zip(cells);
    files.map(|((file, header), rows)| sheet(file, header, &rows)).collect()
}

fn sheet(file: &'static str, header: &[String], rows: &[Value]) -> Sheet {
    let cells = |row: &Value| header.iter().map(|column| cell(&row[column.as_str()])).collect();
    Sheet { file, header: header.to_vec(), rows: rows.iter().map(cells).collect() }
}

/// The cell as a file has it; what a row leaves open is empty.
fn cell(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn rows<R: Serialize>(tally: &Tally, least: u64, mut ids: Ids, row: fn(String, Counted) -> R) -> Vec<Value> {
    let names = tally.most_frequent(least).into_iter().filter(|counted| is_plain(&counted.name));
    let rows = names.filter_map(|counted| Some(row(ids.fresh(&counted.name)?, counted)));
    rows.filter_map(|row| serde_json::to_value(row).ok()).collect()
}

/// Whether the syntax of variants takes the name as it stands.
fn is_plain(name: &str) -> bool {
    variants::expand_cell(name).is_ok_and(|forms| forms == [name])
}

/// Ids that are in use.
struct Ids(HashSet<String>);

impl Ids {
    /// The ids of these rows, whose key is their id.
    fn of<R: Row>(rows: &[R]) -> Self {
        Self(rows.iter().map(Row::key).collect())
    }

    /// An id for `name` that no other row has; none for a name without letters.
    fn fresh(&mut self, name: &str) -> Option<String> {
        let slug = slug(name);
        if slug.is_empty() {
            return None;
        }
        let numbered = (2..).map(|n| format!("{slug}-{n}"));
        let id = std::iter::once(slug.clone()).chain(numbered).find(|id| !self.0.contains(id))?;
        self.0.insert(id.clone());
        Some(id)
    }
}

fn person(id: String, Counted { name, note }: Counted) -> PersonRow {
    PersonRow {
        id,
        zh: String::new(),
        name,
        variants: String::new(),
        wikidata: String::new(),
        born: String::new(),
        died: String::new(),
        link: None,
        note,
        case: None,
        boundary: None,
        context: String::new(),
    }
}

fn title(id: String, Counted { name, note }: Counted) -> TitleRow {
    TitleRow {
        id,
        zh: String::new(),
        en: name,
        variants: String::new(),
        class: TitleClass::Rank,
        level: String::new(),
        alone: Alone::Person,
        note,
        case: None,
        boundary: None,
        context: String::new(),
    }
}

/// A formula counts in quotation marks only, as it was found: "two committees" is an ordinary count without them.
fn slogan(id: String, Counted { name, note }: Counted) -> SloganRow {
    SloganRow {
        id,
        zh: String::new(),
        en: name,
        kind: SloganKind::Numbered,
        year: String::new(),
        variants: String::new(),
        note,
        case: None,
        boundary: None,
        context: QUOTED.to_owned(),
    }
}

fn organization(id: String, Counted { name, note }: Counted) -> OrganizationRow {
    OrganizationRow {
        id,
        zh: String::new(),
        en: name,
        variants: String::new(),
        class: OTHER.to_owned(),
        level: String::new(),
        region: String::new(),
        note,
        case: Some(Case::Capital),
        boundary: None,
        context: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_numbered_where_they_are_in_use() {
        let mut ids = Ids(HashSet::from(["ash-lin".into(), "ash-lin-2".into()]));
        let given: Vec<_> = ["Ash Lin", "Ash-Lin", "Oak", "oak", "!"].map(|name| ids.fresh(name)).into();
        let expected = [Some("ash-lin-3"), Some("ash-lin-4"), Some("oak"), Some("oak-2"), None];
        assert_eq!(given, expected.map(|id| id.map(str::to_owned)));
    }

    #[test]
    fn names_that_the_syntax_of_variants_would_change_make_no_row() {
        assert!(is_plain("Elm Company") && is_plain("Elm (Group) Company"));
        for name in ["Elm (Ash", "Elm [Ash]", "Elm (Ash/Oak)", "Elm | Ash", ""] {
            assert!(!is_plain(name), "{name}");
        }
    }

    #[test]
    fn cells_stand_under_the_columns_of_the_file() {
        let counted = || Counted { name: "nine lanterns".into(), note: "2".into() };
        let rows = [serde_json::to_value(slogan("x".into(), counted())).unwrap()];
        let with = |columns: &str| {
            let header: Vec<String> = columns.split(',').map(str::to_owned).collect();
            sheet(SloganRow::FILE, &header, &rows).rows[0].join(",")
        };
        assert_eq!(with("id,zh,en,kind,year,variants,context,note"), "x,,nine lanterns,numbered,,,quoted,2");
        assert_eq!(with("note,kind,en,id,zh,year,variants"), "2,numbered,nine lanterns,x,,,");
    }

    #[test]
    fn headers_have_all_columns_of_their_rows() {
        let headers = Headers::read(None).unwrap().0;
        let columns = [PersonRow::COLUMNS, TitleRow::COLUMNS, SloganRow::COLUMNS, OrganizationRow::COLUMNS];
        for (header, columns) in headers.iter().zip(columns) {
            assert!(columns.iter().all(|column| header.iter().any(|h| h == column)), "{header:?}");
        }
        assert!(headers[2].contains(&"context".to_owned()) && headers[3].contains(&"case".to_owned()));
    }
}
