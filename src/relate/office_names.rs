//! What an office is called, the same in all renderings: rank and organ in standard wording, without place and level.
//!
//! "member of the Standing Committee of the Municipal Party Committee" and "Standing Committee member of the Yueyang
//! Municipal Party Committee" are one office; place and level have columns of their own. Which words are one organ and
//! one office is said by organs.csv and offices.csv.

use crate::find::cues;
use crate::gazetteer::rows::{TitleClass, TriggerClass};
use crate::gazetteer::{Office, Table};
use crate::model::Level;
use crate::resolve::Reading;
use crate::resolve::organs::standard_name;

/// The office that a TITLE mention names, of a place of this level.
pub fn office(reading: &Reading, title: usize, level: Option<Level>) -> Office {
    let g = reading.lexed.gazetteers;
    let candidate = &reading.mentions[title];
    let entry = candidate.entry.filter(|e| e.table == Table::Title).map(|e| &g.titles[e.row]);
    let (rank, wording) = entry.map_or(("", ""), |row| (row.id.as_str(), row.en.as_str()));
    let organ = reading.phrasing.organs_in(candidate.first, candidate.end).max_by_key(|o| (o.end - o.first, o.first));
    let organ = organ.map_or(String::new(), |organ| standard_name(reading, organ));
    let office = g.offices.standard(rank, wording, &organ, level);
    let mut words = modifiers(reading, title);
    words.push(&office.role);
    Office { role: words.join(" ").to_lowercase(), organization: office.organization }
}

/// "vice", "executive": what stands before the rank, but for what tells the state of the office ("acting").
fn modifiers<'a>(reading: &'a Reading, title: usize) -> Vec<&'a str> {
    let lexed = reading.lexed;
    let candidate = &reading.mentions[title];
    let rank = (candidate.first..candidate.end).find_map(|i| lexed.title_at(i, TitleClass::Rank));
    let end = rank.filter(|h| h.end <= candidate.end).map_or(candidate.end, |h| h.first);
    let mut words = Vec::new();
    let mut at = candidate.first;
    while at < end {
        let modifier = lexed.title_at(at, TitleClass::Modifier);
        let row = modifier.map(|h| lexed.gazetteers.offices.modifier(h.entry.row));
        let is_state = cues::triggers_at(lexed, at, TriggerClass::Status).next().is_some();
        words.extend(row.filter(|_| !is_state).map(|row| lexed.gazetteers.titles[row].en.as_str()));
        // "executive deputy" is one modifier, not two.
        at = modifier.map_or(at + 1, |h| h.end);
    }
    words
}
