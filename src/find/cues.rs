//! Small questions about words and the words around them, asked by finders and later stages alike.

use crate::gazetteer::rows::{MeetingClass, TriggerClass, WordClass};
use crate::gazetteer::{Hit, Table};

use super::Lexed;

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
pub fn is_cited(lexed: &Lexed, first: usize) -> bool {
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

/// Whether the hit is a row of meetings.csv with this class.
pub fn is_class(lexed: &Lexed, hit: &Hit, class: MeetingClass) -> bool {
    hit.entry.table == Table::Meeting && lexed.gazetteers.meetings[hit.entry.row].class == class
}

/// Whether the hit is a meeting word.
pub fn is_head(lexed: &Lexed, hit: &Hit) -> bool {
    is_class(lexed, hit, MeetingClass::Head) || is_class(lexed, hit, MeetingClass::Weak)
}
