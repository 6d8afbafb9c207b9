//! What words mean in the gazetteers: every row that holds them, and where nothing does, the rows nearest to them.

use super::super::source::forms::{Table, fold_phrase};
use super::super::source::load::Placed;
use super::super::source::rows::{
    Boundary, EnglishRow, OffRow, PersonRow, PostRow, Row, SurnameRow, SyllableRow, TownshipRow,
};
use super::super::source::variants;
use super::records::{Record, RecordFile, Records};
use std::collections::HashSet;

/// Columns that hold phrases.
const PHRASES: [&str; 8] = ["name", "base", "en", "variants", "text", "pinyin", "syllable", "word"];
/// Column of the Chinese name.
const CHINESE: &str = "zh";
/// How like the words a name must be to be named as near: 1 is the same.
const NEAR: f64 = 0.6;

/// Gazetteers to look words up in: the user's rows above the shipped ones.
#[derive(Debug, Clone)]
pub struct Lookup {
    /// Rows below.
    pub lower: Records,
    /// Rows above, which replace those with the same key.
    pub upper: Records,
}

/// How a row met the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// What was compared: a column, `key` where several make the key, or `variant`.
    pub by: String,
    /// The words as the row has them.
    pub words: String,
}

/// A row that means the words.
#[derive(Debug, Clone)]
pub struct Found<'a> {
    /// The file of the row.
    pub file: &'a RecordFile,
    /// The row.
    pub record: &'a Record,
    /// How it met the words, in the order of its columns.
    pub matches: Vec<Match>,
    /// The row that it replaces, with its file.
    pub replaces: Option<(&'a RecordFile, &'a Record)>,
    /// What switches it off.
    pub off: Option<&'a Placed<OffRow>>,
}

/// A name that is like the words.
#[derive(Debug, Clone)]
pub struct Near<'a> {
    /// The name.
    pub name: String,
    /// The file of its row.
    pub file: &'a RecordFile,
    /// Its row.
    pub record: &'a Record,
}

impl Lookup {
    /// All rows that mean `words`, in the order of the files: by a phrase, by the key, by the Chinese name. A person is
    /// followed by the posts of the person.
    pub fn find(&self, words: &str) -> Vec<Found<'_>> {
        let query = Query::new(words);
        let mut people = HashSet::new();
        let mut all = Vec::new();
        for (file, record, replaces) in self.rows() {
            let mut matches = query.matches(file, record);
            match file.name.as_str() {
                PersonRow::FILE if !matches.is_empty() => _ = people.insert(record.key.as_str()),
                PostRow::FILE => matches.extend(holder(file, record, &people)),
                _ => {}
            }
            if !matches.is_empty() {
                all.push(Found {
                    file,
                    record,
                    matches,
                    replaces,
                    off: self.upper.switches_off(&file.name, &record.key),
                });
            }
        }
        all
    }

    /// Up to `count` names that are like `words`, the likest first; English words, surnames and syllables are not
    /// looked at.
    pub fn nearest(&self, words: &str, count: usize) -> Vec<Near<'_>> {
        let words = words.to_lowercase();
        let mut near: Vec<(f64, Near<'_>)> = Vec::new();
        for (file, record, _) in self.rows().filter(|(file, ..)| has_names(file)) {
            let scored = names(file, record).map(|name| (likeness(&words, &name.to_lowercase()), name));
            if let Some((score, name)) = scored.filter(|(score, _)| *score >= NEAR).max_by(|a, b| a.0.total_cmp(&b.0)) {
                near.push((score, Near { name, file, record }));
            }
        }
        near.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut seen = HashSet::new();
        near.into_iter()
            .map(|(_, near)| near)
            .filter(|near| seen.insert(near.name.to_lowercase()))
            .take(count)
            .collect()
    }

    /// Every row that stands, with the row that it replaces; file by file, the lower rows first.
    fn rows(&self) -> impl Iterator<Item = (&RecordFile, &Record, Option<(&RecordFile, &Record)>)> {
        self.lower.files.iter().zip(&self.upper.files).flat_map(|(lower, upper)| {
            let kept = lower.records.iter().filter(|record| upper.find(&record.key).is_none());
            let users = upper.records.iter().map(move |record| (upper, record, lower.find(&record.key)));
            kept.map(move |record| (lower, record, None))
                .chain(users.map(move |(file, record, old)| (file, record, old.map(|old| (lower, old)))))
        })
    }
}

/// What must hold of a text where a phrase of this row counts: `case`, `boundary` and `context`, each with what is
/// usual in the file where the row does not say. Nothing for rows that are not looked for in texts.
pub fn policies(file: &RecordFile, record: &Record) -> Vec<(&'static str, String)> {
    let Some(table) = Table::of_file(&file.name) else { return Vec::new() };
    let usual = [("case", table.case().name()), ("boundary", Boundary::Word.name()), ("context", "")];
    let said = |(column, usual): (&'static str, &str)| match file.cell(record, column) {
        "" => (column, usual.to_owned()),
        cell => (column, cell.to_owned()),
    };
    usual.map(said).into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

/// The words, ready to be compared.
struct Query<'a> {
    words: &'a str,
    folded: String,
}

impl<'a> Query<'a> {
    fn new(words: &'a str) -> Self {
        Self { words: words.trim(), folded: fold_phrase(words) }
    }

    fn matches(&self, file: &RecordFile, record: &Record) -> Vec<Match> {
        if self.words.is_empty() {
            return Vec::new();
        }
        let key = (record.key == self.words).then(|| Match { by: key_name(file, record), words: record.key.clone() });
        let cells = file.cells(record).filter(|(_, cell)| !cell.is_empty());
        let cells: Vec<Match> = cells.filter_map(|(column, cell)| self.by_cell(&file.name, column, cell)).collect();
        key.into_iter().filter(|key| !cells.contains(key)).chain(cells.iter().cloned()).collect()
    }

    fn by_cell(&self, file: &str, column: &str, cell: &str) -> Option<Match> {
        if column == CHINESE {
            let words = std::iter::once(cell).chain(cell.split('|')).find(|part| part.trim() == self.words)?;
            return Some(Match { by: column.into(), words: words.trim().into() });
        }
        let by = if column == "variants" { "variant" } else { column };
        let same = |form: &String| self.is_form(file, form);
        let words = is_phrase(file, column).then(|| forms(cell).into_iter().find(same)).flatten()?;
        Some(Match { by: by.into(), words })
    }

    /// Townships are linked without regard to apostrophes.
    fn is_form(&self, file: &str, form: &str) -> bool {
        let folded = fold_phrase(form);
        folded == self.folded || (file == TownshipRow::FILE && bare(&folded) == bare(&self.folded))
    }
}

fn bare(folded: &str) -> String {
    folded.replace('\'', "")
}

/// The column that is the key, or `key` where there are several.
fn key_name(file: &RecordFile, record: &Record) -> String {
    let column = file.cells(record).find(|(_, cell)| *cell == record.key).map(|(column, _)| column);
    column.unwrap_or("key").to_owned()
}

/// The post's holder, if it is one of these people.
fn holder(posts: &RecordFile, post: &Record, people: &HashSet<&str>) -> Option<Match> {
    let person = posts.cell(post, "person");
    people.contains(person).then(|| Match { by: "person".into(), words: person.into() })
}

/// In the files of names, the column `word` says whether the name is an English word too.
fn is_phrase(file: &str, column: &str) -> bool {
    PHRASES.contains(&column) && (column != "word" || file == EnglishRow::FILE)
}

/// The forms of a cell; as it stands where its brackets are at fault.
fn forms(cell: &str) -> Vec<String> {
    variants::expand_cell(cell).unwrap_or_else(|_| vec![cell.to_owned()])
}

fn has_names(file: &RecordFile) -> bool {
    ![EnglishRow::FILE, SyllableRow::FILE, SurnameRow::FILE].contains(&file.name.as_str())
}

/// All names of a row, English and Chinese.
fn names<'a>(file: &'a RecordFile, record: &'a Record) -> impl Iterator<Item = String> + 'a {
    let cells = file.cells(record).filter(|(column, _)| *column == CHINESE || is_phrase(&file.name, column));
    cells.flat_map(|(_, cell)| forms(cell))
}

/// From 0 (nothing alike) to 1; 0 also where the lengths alone keep it below [`NEAR`].
fn likeness(a: &str, b: &str) -> f64 {
    let (short, long) = (a.chars().count().min(b.chars().count()), a.chars().count().max(b.chars().count()));
    if (short as f64) < NEAR * long as f64 { 0.0 } else { strsim::normalized_levenshtein(a, b) }
}

#[cfg(test)]
mod tests {
    use super::super::records::tests::records;
    use super::*;

    const SLOGANS: &str = "id,zh,en,variants,case,context\ntall-towers,塔高,Tall Towers,(tall/2) spires,,\n\
                           still-ponds,池静|湖静,still ponds,,exact,quoted\n";
    const PEOPLE: &str = "id,name\nbo-ash,Bo Ash\n";
    const POSTS: &str = "person,title,organization,region,from\nbo-ash,Mayor,City,cn,2001\nli-oak,Mayor,City,cn,2001\n";

    fn lookup(upper: &[(&str, &str)]) -> Lookup {
        let surnames = "pinyin,zh,word\nai,艾|爱,true\n";
        let townships = "code,name\n110101001,Cha'anpu Town\n";
        let lower = [("slogans.csv", SLOGANS), ("people.csv", PEOPLE), ("posts.csv", POSTS)];
        let lower = records(&[&lower[..], &[("surnames.csv", surnames), ("townships.csv", townships)]].concat());
        Lookup { lower: lower.unwrap(), upper: records(upper).unwrap() }
    }

    /// File, key and matches of each row found.
    fn found(lookup: &Lookup, words: &str) -> Vec<String> {
        let by = |m: &Match| format!("{} \"{}\"", m.by, m.words);
        let row = |f: Found<'_>| {
            let matches: Vec<String> = f.matches.iter().map(by).collect();
            format!("{} {}: {}", f.file.name, f.record.key, matches.join(", "))
        };
        lookup.find(words).into_iter().map(row).collect()
    }

    #[test]
    fn rows_are_found_by_phrase_key_and_chinese() {
        let lookup = lookup(&[]);
        assert_eq!(found(&lookup, "tall-Towers"), ["slogans.csv tall-towers: en \"Tall Towers\""]);
        assert_eq!(found(&lookup, "tall-towers"), ["slogans.csv tall-towers: id \"tall-towers\", en \"Tall Towers\""]);
        assert_eq!(found(&lookup, "2 spires"), ["slogans.csv tall-towers: variant \"2 spires\""]);
        assert_eq!(found(&lookup, "湖静"), ["slogans.csv still-ponds: zh \"湖静\""]);
        assert_eq!(found(&lookup, "池静|湖静"), ["slogans.csv still-ponds: zh \"池静|湖静\""]);
        assert_eq!(found(&lookup, "爱"), ["surnames.csv ai: zh \"爱\""]);
        assert_eq!(found(&lookup, "chaanpu town"), ["townships.csv 110101001: name \"Cha'anpu Town\""]);
        assert_eq!(found(&lookup, "ai"), ["surnames.csv ai: pinyin \"ai\""]);
        assert_eq!(found(&lookup, "true"), [""; 0]);
        assert_eq!(found(&lookup, " "), [""; 0]);
    }

    #[test]
    fn posts_follow_their_holder() {
        let post = "posts.csv bo-ash/Mayor/City/cn/2001";
        let expected = ["people.csv bo-ash: name \"Bo Ash\"".to_owned(), format!("{post}: person \"bo-ash\"")];
        assert_eq!(found(&lookup(&[]), "bo ash"), expected);
        assert_eq!(
            found(&lookup(&[]), "bo-ash/Mayor/City/cn/2001"),
            [format!("{post}: key \"bo-ash/Mayor/City/cn/2001\"")]
        );
    }

    #[test]
    fn a_users_row_replaces_and_off_rows_are_told() {
        let slogans = "id,zh,en\ntall-towers,塔,lone towers\n";
        let off = "file,key,reason\npeople.csv,bo-ash,a namesake\n";
        let lookup = lookup(&[("slogans.csv", slogans), ("off.csv", off)]);
        assert_eq!(found(&lookup, "2 spires"), [""; 0]);
        let rows = lookup.find("lone towers");
        let (file, record) = rows[0].replaces.unwrap();
        assert_eq!((rows[0].file.columns.len(), file.columns.len(), record.line), (3, 6, 2));
        let off = lookup.find("Bo Ash")[0].off.unwrap();
        assert_eq!((off.row.reason.as_str(), off.line), ("a namesake", 2));
    }

    #[test]
    fn policies_are_those_of_the_row_or_of_the_file() {
        let lookup = lookup(&[]);
        let of = |words: &str| {
            let rows = lookup.find(words);
            policies(rows[0].file, rows[0].record)
                .iter()
                .map(|(name, value)| format!("{name} {value}"))
                .collect::<Vec<_>>()
        };
        assert_eq!(of("tall towers"), ["case any", "boundary word"]);
        assert_eq!(of("still ponds"), ["case exact", "boundary word", "context quoted"]);
        assert_eq!(of("bo ash"), ["case capital", "boundary word"]);
        assert_eq!(of("ai"), [""; 0]);
    }

    #[test]
    fn the_likest_names_come_first() {
        let lookup = lookup(&[("organs.csv", "id,en\na,tall tower\nb,Still Ponds\n")]);
        let near = |words: &str| lookup.nearest(words, 3).into_iter().map(|n| n.name).collect::<Vec<_>>();
        assert_eq!(near("tall tovers"), ["Tall Towers", "tall tower"]);
        assert_eq!(near("still pond"), ["still ponds"]);
        assert_eq!(near("塔高高"), ["塔高"]);
        assert_eq!(near("nothing of the kind"), [""; 0]);
    }
}
