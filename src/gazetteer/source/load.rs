//! Reads gazetteer files into rows and collects every fault with its line.

use super::rows::Row;
use crate::error::Fault;
use std::collections::HashMap;

/// A row and where it stands.
#[derive(Debug, Clone)]
pub struct Placed<R> {
    /// The row.
    pub row: R,
    /// File name or path.
    pub file: String,
    /// Line, from 1.
    pub line: u64,
}

/// Reads one file of rows `R`; bad rows become faults and are left out.
pub fn read<R: Row>(file: &str, bytes: &[u8], faults: &mut Vec<Fault>) -> Vec<Placed<R>> {
    let bytes = plain(bytes);
    let bytes = bytes.as_slice();
    let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(bytes);
    if !header_fits::<R>(file, &mut reader, faults) {
        return Vec::new();
    }
    let mut rows = Vec::new();
    for result in reader.deserialize::<R>() {
        match result {
            Ok(row) => rows.push(Placed { row, file: file.to_string(), line: 0 }),
            Err(error) => faults.push(row_fault(file, bytes, &error)),
        }
    }
    place(bytes, &mut rows, faults.iter().filter(|f| f.file == file).map(|f| f.line).collect());
    rows
}

/// The file without byte order mark and with one kind of line end: the reader counts lines by the line feed.
pub fn plain(bytes: &[u8]) -> Vec<u8> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let ends_line = |i: usize| bytes[i] == b'\r' && bytes.get(i + 1) == Some(&b'\n');
    (0..bytes.len()).filter(|&i| !ends_line(i)).map(|i| bytes[i]).collect()
}

/// Numbers the rows by the lines of their records, leaving out those that were faulty.
fn place<R>(bytes: &[u8], rows: &mut [Placed<R>], faulty: Vec<u64>) {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let lines = reader.records().filter_map(|r| r.ok().map(|r| line_of(bytes, r.position())));
    for (row, line) in rows.iter_mut().zip(lines.filter(|line| !faulty.contains(line))) {
        row.line = line;
    }
}

fn header_fits<R: Row>(file: &str, reader: &mut csv::Reader<&[u8]>, faults: &mut Vec<Fault>) -> bool {
    let found: Vec<String> = match reader.headers() {
        Ok(header) => header.iter().map(String::from).collect(),
        Err(error) => {
            faults.push(Fault { file: file.into(), line: 1, message: error.to_string() });
            return false;
        }
    };
    let is_known = |c: &&String| R::COLUMNS.contains(&c.as_str()) || R::OPTIONAL.contains(&c.as_str());
    let unknown = found.iter().filter(|c| !is_known(c)).map(|c| format!("unknown column `{c}`"));
    let missing = R::COLUMNS.iter().filter(|c| !found.iter().any(|f| f == *c)).map(|c| format!("no column `{c}`"));
    let wrong: Vec<String> = unknown.chain(missing).collect();
    if wrong.is_empty() {
        return true;
    }
    let may = if R::OPTIONAL.is_empty() { String::new() } else { format!(" and may be {}", R::OPTIONAL.join(",")) };
    let message = format!("{}; the columns are {}{may}", wrong.join(", "), R::COLUMNS.join(","));
    faults.push(Fault { file: file.into(), line: 1, message });
    false
}

/// Line of a record, from 1; 0 if it is not known. The reader counts empty lines before a record to it.
pub fn line_of(bytes: &[u8], position: Option<&csv::Position>) -> u64 {
    position.map_or(0, |position| {
        let rest = bytes.get(position.byte() as usize..).unwrap_or_default();
        position.line() + rest.iter().take_while(|byte| **byte == b'\n').count() as u64
    })
}

/// What is wrong with a row that the reader refuses.
pub fn row_fault(file: &str, bytes: &[u8], error: &csv::Error) -> Fault {
    let line = line_of(bytes, error.position());
    let message = match error.kind() {
        csv::ErrorKind::Deserialize { err, .. } => match err.field() {
            Some(field) => format!("column {}: {}", field + 1, err.kind()),
            None => err.kind().to_string(),
        },
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("{len} cells where {expected_len} are due; quote cells that hold a comma")
        }
        csv::ErrorKind::Utf8 { .. } => "bytes that are no UTF-8; save the file as UTF-8".to_string(),
        _ => error.to_string(),
    };
    Fault { file: file.into(), line, message }
}

/// Rows of two layers joined: what became of the rows of the upper one.
#[derive(Debug, Clone)]
pub struct Joined<R> {
    /// All rows: the lower layer with replacements in place, then the additions.
    pub rows: Vec<R>,
    /// For each row of the upper layer: its index in `rows`.
    pub places: Vec<usize>,
    /// Number of rows of the lower layer.
    pub lower: usize,
}

/// Joins `lower` with the rows of `upper`: a row with a known key replaces, any other is added.
pub fn join<R: Row + Clone>(lower: Vec<R>, upper: &[Placed<R>]) -> Joined<R> {
    let count = lower.len();
    let mut rows = lower;
    let known: HashMap<String, usize> =
        if upper.is_empty() { HashMap::new() } else { rows.iter().enumerate().map(|(i, r)| (r.key(), i)).collect() };
    let mut places = Vec::with_capacity(upper.len());
    for placed in upper {
        let place = known.get(&placed.row.key()).copied().unwrap_or(rows.len());
        if place == rows.len() {
            rows.push(placed.row.clone());
        } else {
            rows[place] = placed.row.clone();
        }
        places.push(place);
    }
    Joined { rows, places, lower: count }
}

/// Rows of two layers, each with its place: a row of `upper` with a known key replaces, any other is added.
pub fn overlay<R: Row>(lower: Vec<Placed<R>>, upper: Vec<Placed<R>>) -> Vec<Placed<R>> {
    let mut rows = lower;
    let known: HashMap<String, usize> = rows.iter().enumerate().map(|(i, r)| (r.row.key(), i)).collect();
    for placed in upper {
        match known.get(&placed.row.key()) {
            Some(&place) => rows[place] = placed,
            None => rows.push(placed),
        }
    }
    rows
}

/// Two rows of one file with the same key are a fault.
pub fn find_duplicates<R: Row>(rows: &[Placed<R>], faults: &mut Vec<Fault>) {
    let mut first: HashMap<String, u64> = HashMap::new();
    for placed in rows {
        let key = placed.row.key();
        if let Some(line) = first.get(&key) {
            faults.push(Fault { file: placed.file.clone(), line: placed.line, message: duplicate(&key, *line) });
        } else {
            first.insert(key, placed.line);
        }
    }
}

/// What is said of a second row with a key.
pub fn duplicate(key: &str, line: u64) -> String {
    format!("`{key}` stands in line {line} already; give the row another id or join the two")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::source::rows::WordRow;

    fn read_words(text: &str) -> (Vec<Placed<WordRow>>, Vec<Fault>) {
        let mut faults = Vec::new();
        let rows = read::<WordRow>("lexicon.csv", text.as_bytes(), &mut faults);
        (rows, faults)
    }

    #[test]
    fn rows_know_their_lines() {
        let (rows, faults) = read_words("text,class,value,note\nthe,determiner,,\nin,preposition,,\n");
        assert!(faults.is_empty());
        assert_eq!(rows.iter().map(|r| (r.row.text.as_str(), r.line)).collect::<Vec<_>>(), [("the", 2), ("in", 3)]);
    }

    #[test]
    fn empty_lines_count() {
        let (rows, faults) =
            read_words("text,class,value,note\n\nthe,determiner,,\n\n\nin,article,,\n\nof\nby,preposition,,\n");
        assert_eq!(rows.iter().map(|r| r.line).collect::<Vec<_>>(), [3, 9]);
        assert_eq!(faults.iter().map(|f| f.line).collect::<Vec<_>>(), [6, 8]);
    }

    #[test]
    fn every_bad_row_is_a_fault_with_its_line() {
        let (rows, faults) = read_words("text,class,value,note\nthe,article,,\nin,preposition\nof,preposition,,\n");
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].line, 4);
        assert_eq!(faults.iter().map(|f| f.line).collect::<Vec<_>>(), [2, 3]);
        assert!(faults[0].message.contains("article"), "{}", faults[0].message);
        assert_eq!(faults[1].message, "2 cells where 4 are due; quote cells that hold a comma");
    }

    #[test]
    fn unknown_and_missing_columns_are_named() {
        let (_, faults) = read_words("text,klass,value,note\n");
        let expected = "unknown column `klass`, no column `class`; the columns are text,class,value,note and may be \
                        case,boundary,context";
        assert_eq!(faults[0].message, expected);
    }

    #[test]
    fn a_users_row_replaces_and_adds() {
        let (shipped, _) = read_words("text,class,value,note\none,number,1,\ntwo,number,2,\n");
        let (users, _) = read_words("text,class,value,note\ntwo,number,22,\nthree,number,3,\n");
        let shipped = shipped.into_iter().map(|p| p.row).collect();
        let joined = join(shipped, &users);
        let values: Vec<&str> = joined.rows.iter().map(|r| r.value.as_str()).collect();
        assert_eq!((values, joined.places, joined.lower), (vec!["1", "22", "3"], vec![1, 2], 2));
    }

    #[test]
    fn duplicates_within_a_file_are_faults() {
        let (shipped, _) = read_words("text,class,value,note\none,number,1,\none,number,1,\n");
        let mut faults = Vec::new();
        find_duplicates(&shipped, &mut faults);
        assert_eq!(faults[0].line, 3);
        assert!(faults[0].message.starts_with("`one/number` stands in line 2 already"));
    }
}
