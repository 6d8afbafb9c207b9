//! Which names of a document are one person: full names, surnames alone, and misspelt names.

use super::{Reading, Resolved, slug};
use crate::gazetteer::Table;
use crate::model::{Entity, EntityId, Label};
use crate::text::fold_word;
use std::collections::HashMap;

/// Links every PERSON mention to an entity.
pub fn link(reading: &Reading, resolved: &mut Resolved) {
    let mut full: HashMap<String, EntityId> = HashMap::new();
    let spellings = spellings(reading);
    for mention in reading.of(Label::Person).filter(|&m| !is_surname(reading, m)) {
        let key = spellings.get(&joined(reading, mention)).cloned().unwrap_or_else(|| joined(reading, mention));
        let id = *full
            .entry(key)
            .or_insert_with(|| resolved.intern(entity(reading, mention, &resolved.jurisdiction.key_suffix())));
        resolved.entity_of[mention] = Some(id);
    }
    for mention in reading.of(Label::Person).filter(|&m| is_surname(reading, m)) {
        let owner = owner(reading, resolved, mention);
        let id =
            owner.unwrap_or_else(|| resolved.intern(entity(reading, mention, &resolved.jurisdiction.key_suffix())));
        resolved.entity_of[mention] = Some(id);
    }
    for mention in reading.of(Label::Person) {
        if let Some(id) = resolved.entity_of[mention] {
            resolved.canonical[mention].clone_from(&resolved.entities[id.0].name);
        }
    }
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

fn entity(reading: &Reading, mention: usize, suffix: &str) -> Entity {
    let name = reading.surface(mention).split_whitespace().collect::<Vec<_>>().join(" ");
    let plain = Entity {
        key: format!("person:{}{suffix}", slug(&name)),
        kind: Label::Person.name(),
        name,
        ..Entity::default()
    };
    let listed = reading.mentions[mention].entry.filter(|e| e.table == Table::Person);
    let Some(entry) = listed.filter(|e| has_fitting_post(reading, e.row, suffix)) else { return plain };
    let row = &reading.lexed.gazetteers.people[entry.row];
    Entity {
        key: format!("person:{}", row.id),
        name: row.name.clone(),
        name_zh: row.zh.clone(),
        wikidata: row.wikidata.clone(),
        ..plain
    }
}

/// A listed name is linked only where one of its posts fits: at the centre, or in the document's own province.
fn has_fitting_post(reading: &Reading, person: usize, suffix: &str) -> bool {
    let g = reading.lexed.gazetteers;
    let id = &g.people[person].id;
    let province = suffix.trim_start_matches('@').get(..2).filter(|code| code.bytes().all(|b| b.is_ascii_digit()));
    let posts = g.posts.iter().filter(|p| &p.person == id);
    posts.into_iter().any(|post| {
        let region = g.region_index.id(&post.region).and_then(|row| g.regions[row].code.get(..2));
        post.region == "cn" || (province.is_some() && region == province)
    })
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
