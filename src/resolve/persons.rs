//! Which names of a document are one person: full names, surnames alone, and misspelt names.

use super::people::Context;
use super::{Reading, Resolved, slug};
use crate::gazetteer::rows::PersonRow;
use crate::model::{Candidate, Entity, EntityId, Label, NameForm, Person};
use crate::text::fold_word;
use std::collections::{HashMap, HashSet};

/// Behind the key of a reporter: who writes of the officials of a place is none of them.
const BYLINE: &str = "~byline";

/// Links every PERSON mention to an entity.
pub fn link(reading: &Reading, resolved: &mut Resolved) {
    let keys = keys(reading);
    let Listed { rows, candidates } = Listed::new(reading, resolved, &keys);
    let mut full: HashMap<&str, EntityId> = HashMap::new();
    for mention in reading.of(Label::Person).filter(|&m| !is_surname(reading, m)) {
        let Some(key) = keys[mention].as_deref() else { continue };
        let id = *full.entry(key).or_insert_with(|| {
            let entity = match rows.get(key) {
                Some(&row) => known(reading, row),
                None => {
                    let candidates = candidates.get(key).cloned().unwrap_or_default();
                    unknown(reading, resolved, mention, candidates)
                }
            };
            resolved.intern(entity)
        });
        resolved.entity_of[mention] = Some(id);
    }
    for mention in reading.of(Label::Person).filter(|&m| is_surname(reading, m)) {
        let owner = owner(reading, resolved, mention);
        let id = owner.unwrap_or_else(|| resolved.intern(unknown(reading, resolved, mention, Vec::new())));
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
        // A reporter and an official of one name are two persons.
        let byline = if reading.mentions[mention].byline { BYLINE } else { "" };
        keys[mention] = Some(spellings.get(&own).cloned().unwrap_or(own) + byline);
    }
    keys
}

/// What people.csv tells of the names of a document.
struct Listed {
    /// For each name: the person whom one of its mentions shows it to be.
    rows: HashMap<String, usize>,
    /// For each other name: who may be meant.
    candidates: HashMap<String, Vec<Candidate>>,
}

impl Listed {
    fn new(reading: &Reading, resolved: &Resolved, keys: &[Option<String>]) -> Self {
        let context = Context::new(reading, &resolved.jurisdiction, &resolved.region_of, &resolved.profile.published);
        let with_key = || keys.iter().enumerate().filter_map(|(mention, key)| Some((mention, key.as_deref()?)));
        let local: HashSet<&str> = with_key().filter(|(m, _)| context.is_local(*m)).map(|(_, key)| key).collect();
        let (mut rows, mut candidates) = (HashMap::new(), HashMap::new());
        for (mention, key) in with_key().filter(|(mention, _)| !reading.mentions[*mention].byline) {
            let is_local = local.contains(key);
            if let Some(row) = (!rows.contains_key(key)).then(|| context.find(mention, is_local)).flatten() {
                rows.insert(key.to_string(), row);
            }
            if !rows.contains_key(key) && !candidates.contains_key(key) {
                candidates.insert(key.to_string(), context.candidates(mention, is_local));
            }
        }
        Self { rows, candidates }
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

/// A person of whom only the name is known; namesakes are told apart by jurisdiction.
fn unknown(reading: &Reading, resolved: &Resolved, mention: usize, candidates: Vec<Candidate>) -> Entity {
    let name = reading.surface(mention).split_whitespace().collect::<Vec<_>>().join(" ");
    let byline = reading.mentions[mention].byline;
    let place = resolved.jurisdiction.key_suffix(reading.lexed.gazetteers);
    let suffix = if byline { BYLINE } else { "" };
    let form = form(reading, mention);
    Entity {
        key: format!("person:{}{place}{suffix}", name_slug(&name, form)),
        kind: Label::Person.name(),
        name,
        person: Some(Person { listed: false, form, byline, candidates }),
        ..Entity::default()
    }
}

/// The name in lower case; a given name in parts ("Zhong Yu") is one word.
fn name_slug(name: &str, form: NameForm) -> String {
    match name.split_once(' ').filter(|_| matches!(form, NameForm::Full | NameForm::Short)) {
        Some((surname, given)) => format!("{}-{}", slug(surname), slug(given).replace('-', "")),
        None => slug(name),
    }
}

fn form(reading: &Reading, mention: usize) -> NameForm {
    let names = &reading.lexed.gazetteers.names;
    let words: Vec<&str> = reading.surface(mention).split_whitespace().collect();
    match words.as_slice() {
        _ if is_surname(reading, mention) => NameForm::Surname,
        [surname, given @ ..] if !given.is_empty() && names.surname(surname).is_some() => {
            let syllables = given.iter().map(|part| names.syllables(part)).sum::<Option<usize>>();
            match syllables {
                Some(1) => NameForm::Short,
                Some(_) => NameForm::Full,
                None => NameForm::Other,
            }
        }
        _ => NameForm::Other,
    }
}

/// Key of the entity of a row of people.csv.
pub fn listed_key(row: &PersonRow) -> String {
    format!("person:{}", row.id)
}

fn known(reading: &Reading, row: usize) -> Entity {
    let row = &reading.lexed.gazetteers.people[row];
    Entity {
        key: listed_key(row),
        kind: Label::Person.name(),
        name: row.name.clone(),
        name_zh: row.zh.clone(),
        wikidata: row.wikidata.clone(),
        person: Some(Person { listed: true, ..Person::default() }),
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
