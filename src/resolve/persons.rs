//! Which names of a document are one person: full names, surnames alone, and misspelt names.

use super::people::Context;
use super::{Reading, Resolved, slug};
use crate::model::{Entity, EntityId, Label};
use crate::text::fold_word;
use std::collections::{HashMap, HashSet};

/// Links every PERSON mention to an entity.
pub fn link(reading: &Reading, resolved: &mut Resolved) {
    let keys = keys(reading);
    let listed = listed(reading, resolved, &keys);
    let mut full: HashMap<&str, EntityId> = HashMap::new();
    for mention in reading.of(Label::Person).filter(|&m| !is_surname(reading, m)) {
        let Some(key) = keys[mention].as_deref() else { continue };
        let id = *full.entry(key).or_insert_with(|| {
            let entity = match listed.get(key) {
                Some(&row) => known(reading, row),
                None => unknown(reading, mention, &resolved.jurisdiction.key_suffix(reading.lexed.gazetteers)),
            };
            resolved.intern(entity)
        });
        resolved.entity_of[mention] = Some(id);
    }
    for mention in reading.of(Label::Person).filter(|&m| is_surname(reading, m)) {
        let owner = owner(reading, resolved, mention);
        let id = owner.unwrap_or_else(|| {
            resolved.intern(unknown(reading, mention, &resolved.jurisdiction.key_suffix(reading.lexed.gazetteers)))
        });
        resolved.entity_of[mention] = Some(id);
    }
    for mention in reading.of(Label::Person) {
        if let Some(id) = resolved.entity_of[mention] {
            resolved.canonical[mention].clone_from(&resolved.entities[id.0].name);
        }
    }
}

/// For each mention of a full name: the name that it is counted by, one for all its spellings.
fn keys(reading: &Reading) -> Vec<Option<String>> {
    let spellings = spellings(reading);
    let mut keys = vec![None; reading.mentions.len()];
    for mention in reading.of(Label::Person).filter(|&m| !is_surname(reading, m)) {
        let own = joined(reading, mention);
        keys[mention] = Some(spellings.get(&own).cloned().unwrap_or(own));
    }
    keys
}

/// For each name: the person of people.csv that one of its mentions shows it to be.
fn listed(reading: &Reading, resolved: &Resolved, keys: &[Option<String>]) -> HashMap<String, usize> {
    let context = Context::new(reading, &resolved.jurisdiction, &resolved.region_of, &resolved.profile.published);
    let with_key = || keys.iter().enumerate().filter_map(|(mention, key)| Some((mention, key.as_deref()?)));
    let local: HashSet<&str> = with_key().filter(|(m, _)| context.is_local(*m)).map(|(_, key)| key).collect();
    let mut listed = HashMap::new();
    for (mention, key) in with_key() {
        if let Some(row) = (!listed.contains_key(key)).then(|| context.find(mention, local.contains(key))).flatten() {
            listed.insert(key.to_string(), row);
        }
    }
    listed
}

fn is_surname(reading: &Reading, mention: usize) -> bool {
    reading.mentions[mention].rule == "person.surname"
}

/// The name without spaces and apostrophes, folded.
fn joined(reading: &Reading, mention: usize) -> String {
    fold_word(reading.surface(mention)).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The last full name before the mention (else the first behind it) with its surname.
fn owner(reading: &Reading, resolved: &Resolved, mention: usize) -> Option<EntityId> {
    let surname = fold_word(reading.surface(mention));
    let bears = |&m: &usize| {
        let first = reading.mentions[m].first;
        let words = first..reading.mentions[m].end;
        let part = fold_word(reading.lexed.word(first)) == surname
            || words.clone().any(|i| fold_word(reading.lexed.word(i)) == surname && !is_chinese(reading, first));
        !is_surname(reading, m) && !reading.mentions[m].byline && part
    };
    let named: Vec<usize> = reading.of(Label::Person).filter(bears).collect();
    let before = named.iter().rev().find(|&&m| m < mention);
    before.or(named.first()).and_then(|&m| resolved.entity_of[m])
}

/// Whether the first word of a name is a Chinese surname.
fn is_chinese(reading: &Reading, first: usize) -> bool {
    reading.lexed.gazetteers.names.surname(reading.lexed.word(first)).is_some()
}

/// A person of whom only the name is known; namesakes are told apart by jurisdiction.
fn unknown(reading: &Reading, mention: usize, suffix: &str) -> Entity {
    let name = reading.surface(mention).split_whitespace().collect::<Vec<_>>().join(" ");
    Entity { key: format!("person:{}{suffix}", slug(&name)), kind: Label::Person.name(), name, ..Entity::default() }
}

fn known(reading: &Reading, row: usize) -> Entity {
    let row = &reading.lexed.gazetteers.people[row];
    Entity {
        key: format!("person:{}", row.id),
        kind: Label::Person.name(),
        name: row.name.clone(),
        name_zh: row.zh.clone(),
        wikidata: row.wikidata.clone(),
        ..Entity::default()
    }
}

/// Misspelt names: each spelling that belongs to another one, with the spelling to count by.
///
/// Two spellings are one person where surname and first syllable of the given name agree, the rest differs in at most
/// two letters, they never stand in one sentence, and one of them occurs only once.
fn spellings(reading: &Reading) -> HashMap<String, String> {
    let mut order: Vec<String> = Vec::new();
    let mut count: HashMap<String, usize> = HashMap::new();
    let mut sentences: HashMap<String, Vec<usize>> = HashMap::new();
    let mut surname: HashMap<String, String> = HashMap::new();
    for mention in reading.of(Label::Person).filter(|&m| !is_surname(reading, m) && !reading.mentions[m].byline) {
        let key = joined(reading, mention);
        if !count.contains_key(&key) {
            order.push(key.clone());
        }
        *count.entry(key.clone()).or_default() += 1;
        sentences.entry(key.clone()).or_default().push(reading.sentence(mention));
        surname.insert(key, fold_word(reading.lexed.word(reading.mentions[mention].first)));
    }
    let mut same = HashMap::new();
    for (i, a) in order.iter().enumerate() {
        for b in &order[i + 1..] {
            let apart = sentences[a].iter().all(|s| !sentences[b].contains(s));
            let once = count[a] == 1 || count[b] == 1;
            if apart
                && once
                && surname[a] == surname[b]
                && are_close(&a[surname[a].len().min(a.len())..], &b[surname[b].len().min(b.len())..])
            {
                let (rare, usual) = if count[a] < count[b] { (a, b) } else { (b, a) };
                same.entry(rare.clone()).or_insert_with(|| usual.clone());
            }
        }
    }
    same
}

/// Given names that begin alike and differ by at most two letters; short ones are never close.
fn are_close(a: &str, b: &str) -> bool {
    let begins = a.len() >= 5 && b.len() >= 5 && a.as_bytes()[..3] == b.as_bytes()[..3];
    begins && strsim::levenshtein(a, b) <= 2
}
