//! Which columns or keys hold the text and what is known about it: those of the options, else the usual names.

use super::document::{Draft, Place};
use super::metadata;
use super::text::{self, Decoded};
use super::{Columns, Problem};

/// The usual names, for each field the likelier first.
const USUAL: &str = include_str!("columns.csv");

/// What a record tells of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Text,
    Title,
    Date,
    Id,
    Url,
    Outlet,
}

impl Field {
    pub(super) const ALL: [Field; 6] = [Self::Text, Self::Title, Self::Date, Self::Id, Self::Url, Self::Outlet];

    /// The name in the list of usual names and in the option.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Title => "title",
            Self::Date => "date",
            Self::Id => "id",
            Self::Url => "url",
            Self::Outlet => "outlet",
        }
    }
}

impl Columns {
    /// The name that the options give to a field.
    pub(super) fn given(&self, field: Field) -> Option<&str> {
        let name = match field {
            Field::Text => &self.text,
            Field::Title => &self.title,
            Field::Date => &self.date,
            Field::Id => &self.id,
            Field::Url => &self.url,
            Field::Outlet => &self.outlet,
        };
        name.as_deref()
    }
}

/// The column of each field, in the order of [`Field::ALL`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Chosen([Option<usize>; 6]);

/// Why the columns of a file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unfit {
    pub(super) kind: &'static str,
    pub(super) detail: String,
}

impl Unfit {
    pub(super) fn problem(&self, place: &Place, record: &str) -> Problem {
        place.problem(record, self.kind, self.detail.clone())
    }
}

impl Chosen {
    /// Chooses among the names of a header.
    ///
    /// # Errors
    ///
    /// `no_column` if a name of the options is not there, `no_text_column` if no name is that of a text.
    pub(super) fn new(header: &[String], columns: &Columns) -> Result<Self, Unfit> {
        let (mut chosen, lower) = (Self::default(), lower(header.iter().map(String::as_str)));
        for (slot, field) in chosen.0.iter_mut().zip(Field::ALL) {
            *slot = match columns.given(field) {
                Some(name) => Some(position(header, name).ok_or_else(|| no_column(field, name, header))?),
                None => usual(&lower, field).next(),
            };
        }
        if chosen.get(Field::Text).is_some() { Ok(chosen) } else { Err(no_text(header)) }
    }

    /// The number of the column, from 0.
    pub(super) fn get(&self, field: Field) -> Option<usize> {
        let fields = Field::ALL.iter().zip(self.0);
        fields.filter(|(other, _)| **other == field).find_map(|(_, column)| column)
    }
}

/// The place of a name in a header: as it is written, else in any case.
fn position(header: &[String], name: &str) -> Option<usize> {
    let exact = header.iter().position(|column| column == name);
    exact.or_else(|| header.iter().position(|column| is_same(column, name)))
}

fn is_same(column: &str, name: &str) -> bool {
    column.trim().to_lowercase() == name.trim().to_lowercase()
}

/// Names as they are compared with the usual ones.
pub(super) fn lower<'n>(names: impl Iterator<Item = &'n str>) -> Vec<String> {
    names.map(|name| name.trim().to_lowercase()).collect()
}

/// The places at which usual names of a field stand, the likelier first.
pub(super) fn usual(lower: &[String], field: Field) -> impl Iterator<Item = usize> {
    usual_names(field).filter_map(|name| lower.iter().position(|column| column == name))
}

/// The usual names of a field, in the order of the list.
fn usual_names(field: Field) -> impl Iterator<Item = &'static str> {
    let rows = USUAL.lines().skip(1).filter_map(|line| line.split_once(','));
    rows.filter(move |(of, _)| *of == field.name()).map(|(_, name)| name)
}

/// The column that an option names is not there.
pub(super) fn no_column(field: Field, name: &str, header: &[String]) -> Unfit {
    let option = field.name();
    let detail = format!("no column '{name}' for --{option}-column; there are {}", listed(header));
    Unfit { kind: "no_column", detail }
}

/// No column is known to hold the text.
pub(super) fn no_text(header: &[String]) -> Unfit {
    let detail = format!("no column is known to hold the text; name it by --text-column; there are {}", listed(header));
    Unfit { kind: "no_text_column", detail }
}

/// Most names of columns that a message shows, and most characters of each.
const SHOWN: (usize, usize) = (30, 60);

fn listed(header: &[String]) -> String {
    if header.is_empty() {
        return "none".to_owned();
    }
    let short = |name: &String| name.chars().take(SHOWN.1).collect::<String>();
    let mut names: Vec<String> = header.iter().take(SHOWN.0).map(short).collect();
    if header.len() > SHOWN.0 {
        names.push(format!("{} more", header.len() - SHOWN.0));
    }
    names.join(", ")
}

/// The cells of a record, each as bytes or text, in the order of [`Field::ALL`].
#[derive(Debug, Clone, Default)]
pub(super) struct Cells<T>(pub(super) [T; 6]);

impl Cells<Vec<u8>> {
    /// Bytes of all cells.
    pub(super) fn weight(&self) -> usize {
        self.0.iter().map(Vec::len).sum()
    }

    /// The document of the record; cells are UTF-8, and what of them is broken is replaced.
    pub(super) fn draft(self) -> Draft {
        let mut notes = Vec::new();
        let cells = self.0.map(|bytes| {
            let Decoded { text, note } = text::utf8(bytes);
            if !note.is_empty() {
                notes.push(note);
            }
            text
        });
        let mut draft = Cells(cells).draft();
        draft.notes.splice(0..0, notes);
        draft
    }
}

impl Cells<String> {
    /// The document of the record.
    pub(super) fn draft(self) -> Draft {
        let [text, title, date, id, url, outlet] = self.0;
        let mut draft = Draft { text, name: id.trim().to_owned(), ..Draft::default() };
        draft.metadata.title = title.trim().to_owned();
        draft.metadata.url = url.trim().to_owned();
        draft.metadata.outlet = outlet.trim().to_owned();
        match metadata::date(&date) {
            Some(day) => draft.metadata.published = day,
            None if date.trim().is_empty() => {}
            None => draft.notes.push(metadata::date_note(&date)),
        }
        draft
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(names: &str) -> Vec<String> {
        names.split(',').map(str::to_owned).collect()
    }

    fn chosen(names: &str, columns: &Columns) -> Result<[Option<usize>; 6], Unfit> {
        Chosen::new(&header(names), columns).map(|chosen| chosen.0)
    }

    #[test]
    fn usual_names_are_known_in_any_case_and_in_chinese() {
        let usual = |names| chosen(names, &Columns::default()).unwrap();
        assert_eq!(usual("ID,Headline,Date,Body,Link,Source"), [Some(3), Some(1), Some(2), Some(0), Some(4), Some(5)]);
        assert_eq!(usual("标题,正文,日期,来源,链接"), [Some(1), Some(0), Some(2), None, Some(4), Some(3)]);
        assert_eq!(usual("body,x, Text "), [Some(2), None, None, None, None, None]);
    }

    #[test]
    fn options_go_before_usual_names() {
        let columns = Columns { text: Some("Words".into()), id: Some("n".into()), ..Columns::default() };
        assert_eq!(chosen("text,words,N,id", &columns).unwrap(), [Some(1), None, None, Some(2), None, None]);
    }

    #[test]
    fn missing_columns_are_told_with_those_that_are_there() {
        let unfit = chosen("a,b", &Columns::default()).unwrap_err();
        let detail = "no column is known to hold the text; name it by --text-column; there are a, b";
        assert_eq!((unfit.kind, unfit.detail.as_str()), ("no_text_column", detail));
        let columns = Columns { url: Some("web".into()), ..Columns::default() };
        let unfit = chosen("text,b", &columns).unwrap_err();
        assert_eq!(unfit.detail, "no column 'web' for --url-column; there are text, b");
        assert_eq!(unfit.kind, "no_column");
        let many: Vec<String> = (0..32).map(|n| n.to_string()).collect();
        assert!(listed(&many).ends_with(", 29, 2 more"));
    }

    #[test]
    fn the_list_has_every_field_and_no_name_twice() {
        for field in Field::ALL {
            assert!(usual_names(field).count() > 5, "{field:?}");
        }
        let mut names: Vec<&str> = Field::ALL.into_iter().flat_map(usual_names).collect();
        let count = names.len();
        assert_eq!(count, USUAL.lines().count() - 1);
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn cells_become_a_document() {
        let cells = ["A text.", " Head ", "2022-05-30T08:00:00Z", " n1 ", "http://x.example/", "Elm Daily"];
        let draft = Cells(cells.map(|cell| cell.as_bytes().to_vec())).draft();
        assert_eq!((draft.text.as_str(), draft.name.as_str(), draft.notes.len()), ("A text.", "n1", 0));
        let metadata = draft.metadata;
        assert_eq!([metadata.title, metadata.published, metadata.outlet], ["Head", "2022-05-30", "Elm Daily"]);
        assert_eq!(metadata.url, "http://x.example/");
    }

    #[test]
    fn broken_bytes_and_dates_are_noted() {
        let cells = [&b"A\xFF"[..], b"", b"03/04/2022", b"", b"", b""].map(<[u8]>::to_vec);
        let draft = Cells(cells).draft();
        let expected = ["1 byte was not UTF-8 and was replaced", "date not understood: 03/04/2022"];
        assert_eq!(draft.notes, expected);
        assert_eq!(draft.metadata.published, "");
    }
}
