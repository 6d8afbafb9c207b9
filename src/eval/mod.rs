//! Scores the tables of a run against gold files: precision, recall and F1 of mentions and facts,
//! accuracy of stated values.
//!
//! This file knows the order of the work. The gold format is in `gold`, the search for gold
//! mentions in `spans`, the comparison of strings in `norm`, of facts in `facts`, the counting in
//! `tally`; how a report looks is in `report`.

mod error;
mod facts;
mod gold;
mod label;
mod norm;
mod report;
mod spans;
mod tables;
mod tally;

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::{fs, io};

pub use error::EvalError;
pub use report::{Accuracy, Item, Items, Report, Score};

use facts::Facts;
use gold::Gold;
use label::Label;
use report::quoted;
use spans::{Expanded, Span, Text, absent, relaxed};
use tables::{DocumentRow, MentionRow, Tables, read_error};
use tally::{Accuracies, Counts, Tally};

/// Scores the tables in `output` against the `*.gold` files in `gold_dir`.
///
/// The text of the document with gold `STEM.gold` is `texts/STEM.txt`. Without `texts` it is the
/// file that the `source` column of `documents.csv` names, as it is named there, so that relative
/// paths start from the working directory of the run.
///
/// A document with gold and no row in `documents.csv` counts as wholly missed. If its text is then
/// found neither in `texts` nor beside another source of the run, its gold facts count as missed,
/// but its gold mentions cannot be counted, and a warning says so.
///
/// # Errors
///
/// If a folder, a gold file, a text or a table cannot be read, or does not have its format.
pub fn score(gold_dir: &Path, texts: Option<&Path>, output: &Path) -> Result<Report, EvalError> {
    let files = gold_files(gold_dir)?;
    let tables = Tables::load(output, &files.iter().map(|(stem, _)| stem.as_str()).collect())?;
    let mut scorer = Scorer::new(texts, &tables);
    for (stem, path) in &files {
        scorer.file(stem, path)?;
    }
    Ok(scorer.report())
}

/// The gold files of a folder with their stems, by file name.
fn gold_files(folder: &Path) -> Result<Vec<(String, PathBuf)>, EvalError> {
    let help = "give the folder that holds the gold files";
    let mut paths = list(folder).map_err(|e| read_error("the folder", folder, help, e))?;
    paths.sort();
    let with_stem = |path: PathBuf| Some((gold_stem(&path)?, path));
    let files: Vec<_> = paths.into_iter().filter_map(with_stem).collect();
    if files.is_empty() {
        let path = folder.to_owned();
        return Err(EvalError::NoGold { path });
    }
    Ok(files)
}

fn list(folder: &Path) -> io::Result<Vec<PathBuf>> {
    fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect()
}

fn gold_stem(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_string_lossy();
    name.strip_suffix(".gold").map(str::to_owned)
}

/// What has been counted so far.
struct Scorer<'a> {
    texts: Option<&'a Path>,
    tables: &'a Tables,
    tally: Tally,
    relaxed: HashMap<Label, Counts>,
    accuracy: Accuracies,
    warnings: Vec<String>,
}

impl<'a> Scorer<'a> {
    fn new(texts: Option<&'a Path>, tables: &'a Tables) -> Self {
        Self {
            texts,
            tables,
            tally: Tally::default(),
            relaxed: HashMap::new(),
            accuracy: Accuracies::default(),
            warnings: Vec::new(),
        }
    }

    /// Compares one gold file with the rows of its document.
    fn file(&mut self, stem: &str, path: &Path) -> Result<(), EvalError> {
        let gold = Gold::parse(path, &read("the gold file", path, "save it as UTF-8")?)?;
        let row = self.tables.documents.get(stem);
        let text = self.text(stem, row)?;
        let spans = match &text {
            Some(text) => Expanded::new(&gold, text, |m| self.warnings.push(format!("{stem}.gold:{}", absent(m)))),
            None => Expanded::default(),
        };
        let id = row.map_or("", |row| &row.doc_id);
        if id.is_empty() {
            self.warnings.push(format!("{stem}: no row in documents.csv"));
        }
        self.mentions(stem, &text.unwrap_or_default(), &spans, self.tables.mentions.of(id));
        self.originals(&spans, id);
        self.dates(&spans, id);
        self.facts(stem, &gold, row, id);
        Ok(())
    }

    /// The text of a document, if it is known where it lies.
    fn text(&mut self, stem: &str, row: Option<&DocumentRow>) -> Result<Option<Text>, EvalError> {
        let path = match (self.texts, row) {
            (Some(folder), _) => Some(folder.join(format!("{stem}.txt"))),
            (None, Some(row)) => Some(PathBuf::from(&row.source)),
            (None, None) => self.tables.documents.beside(stem),
        };
        let Some(path) = path else {
            self.warnings.push(format!("{stem}: no text found, so that its gold mentions could not be counted"));
            return Ok(None);
        };
        let text = Text::new(&read(
            "the text",
            &path,
            "give the folder of the texts, each in UTF-8 and named after its gold file",
        )?);
        if let (None, Some(row)) = (self.texts, row) {
            self.check_length(stem, &text, row);
        }
        Ok(Some(text))
    }

    /// Warns if the run read another text than the file holds, so that the spans of the run do not
    /// fit it.
    fn check_length(&mut self, stem: &str, text: &Text, row: &DocumentRow) {
        if row.characters.parse().is_ok_and(|characters: usize| characters != text.len()) {
            self.warnings.push(format!(
                "{stem}: the run read {} characters, {} has {}; give the folder of the texts as the run read them",
                row.characters,
                row.source,
                text.len()
            ));
        }
    }

    /// Compares the mentions of each label, exactly and by overlap.
    fn mentions(&mut self, stem: &str, text: &Text, spans: &Expanded, rows: &[MentionRow]) {
        let show = |span: &Span| format!("{} @{}", quoted(text.slice(*span)), span.start);
        for label in Label::ALL {
            let gold = spans.spans(label);
            let predicted: BTreeSet<Span> =
                rows.iter().filter(|row| row.label == label.name()).map(MentionRow::span).collect();
            self.tally.compare(label.name(), stem, &gold, &predicted, show);
            self.relaxed.entry(label).or_default().add(relaxed(&gold, &predicted));
        }
    }

    /// Judges the Chinese originals of slogans; the last row counts if several have one span.
    fn originals(&mut self, spans: &Expanded, id: &str) {
        let rows = self.tables.slogans.of(id).iter();
        let found = rows.map(|row| (row.span(), row.slogan_zh.as_str())).collect();
        let stated = spans.of(Label::Slogan);
        let stated = stated.filter_map(|(span, mention)| Some((span, mention.zh.as_deref()?)));
        let stated = stated.filter(|(_, zh)| !zh.is_empty());
        judge_values(&mut self.accuracy, "slogan_zh", stated, &found);
    }

    /// Judges the values of dates that are known for certain; the last row counts here too.
    fn dates(&mut self, spans: &Expanded, id: &str) {
        let rows = self.tables.mentions.of(id).iter();
        let rows = rows.filter(|row| row.label == Label::Date.name());
        let found = rows.map(|row| (row.span(), row.canonical.as_str())).collect();
        let stated = spans.of(Label::Date);
        let stated = stated.filter_map(|(span, mention)| Some((span, mention.value.as_deref()?)));
        let stated = stated.filter(|(_, value)| !value.contains('?'));
        judge_values(&mut self.accuracy, "date_value", stated, &found);
    }

    fn facts(&mut self, stem: &str, gold: &Gold, document: Option<&DocumentRow>, id: &str) {
        let facts = Facts {
            stem,
            gold,
            document,
            positions: self.tables.positions.of(id),
            meetings: self.tables.meetings.of(id),
            participation: self.tables.participation.of(id),
            slogans: self.tables.slogans.of(id),
        };
        facts.count(&mut self.tally, &mut self.accuracy);
    }

    fn report(mut self) -> Report {
        let labels = Label::ALL.map(Label::name);
        let keys = || labels.into_iter().chain(facts::KEYS);
        let mut rows: Vec<(String, Score)> =
            keys().map(|key| (key.to_owned(), self.tally.sum(&[key]).score())).collect();
        for (label, (_, score)) in Label::ALL.iter().zip(&mut rows) {
            score.relaxed_f1 = Some(self.relaxed.get(label).copied().unwrap_or_default().f1());
        }
        rows.push(("mentions (micro)".to_owned(), self.tally.sum(&labels).score()));
        rows.push(("facts (micro)".to_owned(), self.tally.sum(&facts::KEYS).score()));
        let items = keys().map(|key| self.tally.take_items(key)).collect();
        Report { rows, accuracy: self.accuracy.report(), warnings: self.warnings, items }
    }
}

fn judge_values<'g>(
    accuracy: &mut Accuracies,
    key: &'static str,
    gold: impl Iterator<Item = (Span, &'g str)>,
    found: &HashMap<Span, &str>,
) {
    accuracy.add(key, 0, 0);
    gold.for_each(|(span, value)| accuracy.judge(key, Some(value), |v| found.get(&span) == Some(&v)));
}

fn read(what: &'static str, path: &Path, help: &'static str) -> Result<String, EvalError> {
    fs::read_to_string(path).map_err(|source| read_error(what, path, help, source))
}

#[cfg(test)]
mod tests;
