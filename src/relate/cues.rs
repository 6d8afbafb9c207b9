//! Small questions about the words around a mention.

use crate::find::Lexed;
use crate::gazetteer::rows::{TriggerClass, WordClass};
use crate::gazetteer::{Hit, Table};
use crate::resolve::Reading;

/// Farthest that a citing phrase reaches, in tokens.
const CITED_REACH: usize = 12;

/// Hits of triggers.csv with `class` that begin at `index`, longer first.
pub fn triggers_at<'l>(lexed: &'l Lexed, index: usize, class: TriggerClass) -> impl Iterator<Item = Hit> + 'l {
    lexed.starting(index, Table::Trigger).filter(move |h| lexed.gazetteers.triggers[h.entry.row].class == class)
}

/// Hits of triggers.csv with `class` that end before `end`, longer first.
pub fn triggers_before<'l>(lexed: &'l Lexed, end: usize, class: TriggerClass) -> impl Iterator<Item = Hit> + 'l {
    lexed.ending(end, Table::Trigger).filter(move |h| lexed.gazetteers.triggers[h.entry.row].class == class)
}

/// Value of the trigger of a hit.
pub fn value<'l>(lexed: &'l Lexed, hit: Hit) -> &'l str {
    &lexed.gazetteers.triggers[hit.entry.row].value
}

/// Whether what begins at `first` is only cited: "the spirit of the meeting of ...".
pub fn is_cited(reading: &Reading, first: usize) -> bool {
    let lexed = reading.lexed;
    let start = lexed.sentence_start(first).max(first.saturating_sub(CITED_REACH));
    let mut end = first;
    while end > start {
        if triggers_before(lexed, end, TriggerClass::Cited).next().is_some() {
            return true;
        }
        let word = end - 1;
        let breaks = matches!(lexed.word(word), ";" | ":" | "." | "(" | ")")
            || (lexed.is(word, ",") && !lexed.has(end, WordClass::Conjunction));
        if breaks {
            return false;
        }
        end = word;
    }
    false
}
