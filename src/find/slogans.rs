//! SLOGAN: the formulas of slogans.csv, and numbered formulas in quotation marks that no gazetteer knows.

use super::cues::is_head;
use super::{Candidate, Lexed, Phrasing, RuleInfo};
use crate::gazetteer::rows::{Scope, WordClass};
use crate::gazetteer::{Hit, Table};
use crate::model::Label;
use crate::text::is_quote;

/// Rules of this finder.
pub const RULES: &[RuleInfo] = &[RuleInfo {
    id: "slogan.numbered",
    label: Label::Slogan,
    explanation: "A number and a noun in quotation marks are a numbered formula, the commonest form of slogan, also \
                  where the gazetteer does not know it; ordinary counts stand without quotation marks.",
    matches: &[("We must do well the “nine connects”.", "nine connects")],
    rejects: &[
        ("They finished nine projects.", "nine projects"),
        ("He read “nine chapters of the long history of the town”.", "nine chapters of the long history of the town"),
    ],
}];

/// Most words of an unknown formula.
const MOST_WORDS: usize = 4;

/// Known formulas, then unknown numbered ones.
pub fn find(lexed: &Lexed, _phrasing: &Phrasing) -> Vec<Candidate> {
    let known = lexed.hits().iter().filter(|h| h.entry.table == Table::Slogan && !is_stopped(lexed, h));
    let mut found: Vec<Candidate> = known
        .map(|h| Candidate::new(Label::Slogan, h.first, h.end, lexed.rule(h.entry)).with_entry(Some(h.entry)))
        .collect();
    found.extend((1..lexed.len()).filter_map(|index| unknown_at(lexed, index)));
    found
}

fn is_stopped(lexed: &Lexed, hit: &Hit) -> bool {
    let stops = lexed.starting(hit.first, Table::Stop).filter(|s| s.end >= hit.end);
    stops.into_iter().any(|s| lexed.gazetteers.stops[s.entry.row].scope == Scope::Slogan)
}

fn unknown_at(lexed: &Lexed, first: usize) -> Option<Candidate> {
    let number = lexed.class_at(first, WordClass::Number).filter(|_| lexed.word(first).len() > 2);
    if number.is_none() || !is_quote(lexed.word(first - 1)) || !lexed.same_sentence(first - 1, first) {
        return None;
    }
    let mut end = first + 1;
    while lexed.same_sentence(first, end)
        && end - first <= MOST_WORDS
        && lexed.is_plain_word(end)
        && !lexed.capital(end)
    {
        end += 1;
    }
    if lexed.ending(end, Table::Meeting).any(|h| is_head(lexed, &h)) {
        return None;
    }
    let words = end - first;
    let closed = is_quote(lexed.word(end)) || (matches!(lexed.word(end), "," | ".") && is_quote(lexed.word(end + 1)));
    (closed && (2..=MOST_WORDS).contains(&words)).then(|| Candidate::new(Label::Slogan, first, end, RULES[0].id))
}
