//! Phrases that stand twice, that are never found, or that are found too easily.

use super::{Finding, Kind};
use crate::gazetteer::English;
use crate::gazetteer::source::forms::fold_phrase;
use crate::gazetteer::source::load::Placed;
use crate::gazetteer::source::rows::*;
use crate::gazetteer::source::{Sources, variants};
use crate::text::{Language, Text};
use std::collections::{BTreeMap, BTreeSet};

/// Longest word, in letters, that needs a guard whatever it means.
const SHORT: usize = 3;

/// A form of a row, with what must be known to judge it.
struct Phrase<'s> {
    /// As written, expanded.
    form: String,
    /// File, line and key of its row.
    file: &'s str,
    line: u64,
    key: String,
    /// Rows whose forms may be alike have different senses: namesakes.
    sense: String,
    /// Whether its policy guards it.
    guarded: bool,
}

impl Phrase<'_> {
    fn finding(&self, kind: Kind, message: String) -> Finding {
        Finding { file: self.file.into(), line: self.line, kind, key: self.key.clone(), message }
    }
}

/// All findings about phrases.
pub fn check(sources: &Sources) -> Vec<Finding> {
    let mut findings = Vec::new();
    let language = Language::new(abbreviations(sources));
    let Ok(english) = English::of_rows(sources.english.iter().map(|p| &p.row)) else { return findings };
    let mut of_table = |phrases: Vec<Phrase>, stopped: Option<Scope>, names: bool| {
        findings.extend(duplicates(&phrases));
        findings.extend(unreachable(&phrases, &language, &stops(sources, stopped)));
        findings.extend(names.then(|| unguarded(&phrases, &english)).into_iter().flatten());
    };
    of_table(phrases(&sources.regions, sense_of_region), Some(Scope::Region), true);
    of_table(phrases(&sources.people, sense_of_person), Some(Scope::Person), true);
    of_table(phrases(&sources.organizations, |r| format!("{} {:?}", r.zh, r.case)), Some(Scope::Org), true);
    of_table(phrases(&sources.slogans, |_| String::new()), Some(Scope::Slogan), true);
    of_table(phrases(&sources.organs, |r| format!("{:?}", r.class)), None, false);
    of_table(phrases(&sources.titles, |r| format!("{:?}", r.class)), None, false);
    of_table(phrases(&sources.meetings, |r| format!("{:?}", r.class)), Some(Scope::Meeting), false);
    of_table(phrases(&sources.verbs, |r| format!("{:?} {}", r.class, r.role)), None, false);
    of_table(phrases(&sources.triggers, |r| format!("{:?} {}", r.class, r.value)), None, false);
    findings.extend(redundant_of_all(sources));
    findings
}

fn abbreviations(sources: &Sources) -> Vec<String> {
    let words = sources.words.iter().filter(|p| p.row.class == WordClass::Abbreviation);
    words.map(|p| p.row.text.clone()).collect()
}

/// Two places of one name are namesakes unless they are of one kind in one place.
fn sense_of_region(row: &RegionRow) -> String {
    format!("{} {:?} {}", row.parent, row.level, row.to)
}

/// Two persons of one name in Chinese too are namesakes if an id in `-2` or the like says so.
fn sense_of_person(row: &PersonRow) -> String {
    let namesake = row.id.rsplit('-').next().is_some_and(|end| end.bytes().all(|b| b.is_ascii_digit()));
    if namesake { row.id.clone() } else { row.zh.clone() }
}

/// Forms of rows. A cell that cannot be expanded is a fault already.
fn phrases<'s, R: Matched>(rows: &'s [Placed<R>], sense: fn(&R) -> String) -> Vec<Phrase<'s>> {
    let mut phrases = Vec::new();
    for Placed { row, file, line } in rows {
        let (case, boundary, context) = row.policy();
        let guarded = case == Some(Case::Exact) || boundary == Some(Boundary::Strict) || !context.is_empty();
        for form in row.cells().iter().flat_map(|cell| variants::expand_cell(cell).unwrap_or_default()) {
            let (key, sense) = (row.key(), sense(row));
            phrases.push(Phrase { form, file, line: *line, key, sense, guarded });
        }
    }
    phrases
}

/// One form in two rows of one sense. The later row is told of the earlier.
fn duplicates(phrases: &[Phrase]) -> Vec<Finding> {
    let mut first: BTreeMap<(String, &str), &Phrase> = BTreeMap::new();
    let mut findings = Vec::new();
    for phrase in phrases {
        let earlier = *first.entry((fold_phrase(&phrase.form), &phrase.sense)).or_insert(phrase);
        if earlier.key != phrase.key {
            let Phrase { key, line, .. } = earlier;
            let message = format!("`{}` stands under `{key}` (line {line}) too; keep it in one of them", phrase.form);
            findings.push(phrase.finding(Kind::Duplicate, message));
        }
    }
    findings
}

/// Folded forms that the stoplist forbids in this scope.
fn stops(sources: &Sources, scope: Option<Scope>) -> BTreeSet<String> {
    let rows = sources.stops.iter().filter(|p| Some(p.row.scope) == scope);
    rows.flat_map(|p| variants::expand_cell(&p.row.text).unwrap_or_default()).map(|form| fold_phrase(&form)).collect()
}

fn unreachable(phrases: &[Phrase], language: &Language, stops: &BTreeSet<String>) -> Vec<Finding> {
    let fault = |phrase: &Phrase| {
        if stops.contains(&fold_phrase(&phrase.form)) {
            return Some(format!("`{}` stands in stoplist.csv and is never found; delete one of the two", phrase.form));
        }
        let sentences = Text::new(&phrase.form, language).sentences.len();
        (sentences > 1).then(|| {
            format!("`{}` holds the end of a sentence and is never found; write it without the dot", phrase.form)
        })
    };
    phrases.iter().filter_map(|phrase| Some(phrase.finding(Kind::Unreachable, fault(phrase)?))).collect()
}

/// Names of one word that is short or an English word.
fn unguarded(phrases: &[Phrase], english: &English) -> Vec<Finding> {
    let fault = |phrase: &&Phrase| {
        let word = phrase.form.as_str();
        let single = !word.contains(|c: char| !c.is_alphabetic());
        single && !phrase.guarded && (word.chars().count() <= SHORT || english.holds(word))
    };
    let hint = "a short or common word: give it case `exact`, boundary `strict` or a context, or bare `typed`";
    let finding = |phrase: &Phrase| phrase.finding(Kind::Unguarded, format!("`{}` is {hint}", phrase.form));
    phrases.iter().filter(fault).map(finding).collect()
}

fn redundant_of_all(sources: &Sources) -> Vec<Finding> {
    let mut findings = redundant(&sources.regions);
    findings.extend(redundant(&sources.people));
    findings.extend(redundant(&sources.organizations));
    findings.extend(redundant(&sources.slogans));
    findings.extend(redundant(&sources.organs));
    findings.extend(redundant(&sources.titles));
    findings.extend(redundant(&sources.meetings));
    findings.extend(redundant(&sources.verbs));
    findings.extend(redundant(&sources.triggers));
    findings
}

/// Variants all of whose forms stand in the row already, perhaps in another case or with another hyphen.
fn redundant<R: Matched>(rows: &[Placed<R>]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for placed in rows.iter().filter(|p| p.row.policy().0 != Some(Case::Exact)) {
        let mut known: BTreeSet<String> = BTreeSet::new();
        // The third cell is the base of a place, which its other cells may well repeat.
        let cells = placed.row.cells().into_iter().take(2);
        for variant in cells.flat_map(|cell| cell.split('|')).filter(|v| !v.is_empty()) {
            let forms = variants::expand_cell(variant).unwrap_or_default();
            let folded: BTreeSet<String> = forms.iter().map(|form| fold_phrase(form)).collect();
            if !folded.is_empty() && folded.is_subset(&known) {
                let message = format!("`{variant}` adds nothing to what stands before it in the row; delete it");
                findings.push(Finding::new(Kind::Redundant, placed, message));
            }
            known.extend(folded);
        }
    }
    findings
}
