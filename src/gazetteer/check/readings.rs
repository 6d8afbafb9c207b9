//! Romanised names against the readings of their Chinese.
//!
//! Only names that have the form of pinyin are compared: official names of Tibetan, Uygur, Mongolian and foreign places
//! and persons follow other rules. A reading among the variants is enough.

use super::{Finding, Kind};
use crate::gazetteer::Names;
use crate::gazetteer::source::load::Placed;
use crate::gazetteer::source::rows::*;
use crate::gazetteer::source::{Sources, variants};
use crate::text::fold_word;
use pinyin::ToPinyinMulti;
use std::collections::BTreeSet;

/// Most readings of a name that are tried.
const MOST_READINGS: usize = 512;

/// All findings about romanisation.
pub fn check(sources: &Sources) -> Vec<Finding> {
    let names = Names::new(sources.surnames.iter().map(|p| &p.row), sources.syllables.iter().map(|p| &p.row));
    let divisions = sources.regions.iter().filter(|p| !p.row.code.is_empty());
    let mut findings: Vec<Finding> =
        divisions.filter_map(|p| finding(&names, p, &p.row.base, &p.row.zh, &[&p.row.name, &p.row.variants])).collect();
    let chinese =
        sources.people.iter().filter(|p| p.row.name.split(' ').next().is_some_and(|w| names.surname(w).is_some()));
    findings.extend(chinese.filter_map(|p| finding(&names, p, &p.row.name, &p.row.zh, &[&p.row.variants])));
    findings
}

/// A finding where a name in the form of pinyin is no beginning of a reading of `zh`, and no variant is.
fn finding<R: Row>(names: &Names, placed: &Placed<R>, name: &str, zh: &str, cells: &[&str]) -> Option<Finding> {
    // Behind the name itself stand words that the base leaves out ("county"): one character more is enough.
    let syllables: Option<usize> = name.split([' ', '-']).map(|word| names.syllables(word)).sum();
    let readings = readings(&zh.chars().take(syllables? + 1).collect::<String>());
    if zh.is_empty() || readings.is_empty() {
        return None;
    }
    let reads = |form: &str| readings.iter().any(|reading| begins(&letters(form), reading));
    let forms = cells.iter().flat_map(|cell| variants::expand_cell(cell).unwrap_or_default());
    if reads(name) || forms.into_iter().any(|form| form.split(' ').next().is_some_and(reads)) {
        return None;
    }
    let first = readings.first().map_or("", String::as_str);
    let message =
        format!("`{name}` is no reading of {zh} (`{first}`); mend the name, or give the reading as a variant");
    Some(Finding::new(Kind::Reading, placed, message))
}

/// Chinese names end in words that the base leaves out ("县"), so the base is the beginning of a reading.
fn begins(letters: &str, reading: &str) -> bool {
    !letters.is_empty() && reading.starts_with(letters)
}

fn letters(name: &str) -> String {
    fold_word(name).chars().filter(char::is_ascii_alphabetic).collect()
}

/// Readings of the Chinese characters, without tones, joined; empty where a character has none.
fn readings(zh: &str) -> Vec<String> {
    let mut readings = vec![String::new()];
    for c in zh.chars().filter(|c| !matches!(c, '·' | '•')) {
        let Some(multi) = c.to_pinyin_multi() else { return Vec::new() };
        let syllables: BTreeSet<String> = multi.into_iter().map(|p| letters(p.plain())).collect();
        readings = readings.iter().flat_map(|head| syllables.iter().map(move |s| format!("{head}{s}"))).collect();
        readings.truncate(MOST_READINGS);
    }
    readings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reading_of_a_heteronym_counts() {
        assert!(
            readings("朝阳").contains(&"chaoyang".to_string()) && readings("朝阳").contains(&"zhaoyang".to_string())
        );
        assert!(readings("吕梁").contains(&"luliang".to_string()));
        assert!(readings("A县").is_empty());
    }
}
