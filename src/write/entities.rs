//! Sums over the entities of a run.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::link::{Linked, Links};
use crate::spill::{Sorted, Sorter};
use crate::store::Name;

/// Entities of which sums are held in memory; the frequent ones are there most of the time.
const HELD: usize = 40_000;
/// Partial sums that the sorter holds.
const IN_MEMORY: usize = 20_000;

/// What is known of an entity. In order: by key, then by first appearance.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Seen {
    pub(super) key: String,
    /// First appearance: number of the document, place among its entities.
    pub(super) order: (u32, u32),
    pub(super) kind: Cow<'static, str>,
    pub(super) name: String,
    pub(super) name_zh: String,
    pub(super) wikidata: String,
    pub(super) region_code: String,
    pub(super) mentions: u64,
    pub(super) documents: u64,
    /// Earliest and latest day of publication, ISO 8601, or empty.
    pub(super) first: String,
    pub(super) last: String,
    /// For a person: why its documents tell of one.
    pub(super) evidence: String,
    /// Number of the last document that was counted.
    latest: u32,
}

impl Seen {
    /// What the document with this number and day of publication tells of an entity.
    pub(super) fn new(number: u32, published: &str, name: Name) -> Self {
        let Name { at, key, kind, name, name_zh, wikidata, region_code, mentions } = name;
        let (first, last) = (published.to_owned(), published.to_owned());
        let order = (number, at);
        let (documents, evidence, latest) = (1, String::new(), number);
        Self {
            key,
            order,
            kind,
            name,
            name_zh,
            wikidata,
            region_code,
            mentions,
            documents,
            first,
            last,
            evidence,
            latest,
        }
    }

    /// Adds what later documents tell of the same entity.
    pub(super) fn add(&mut self, later: Seen) {
        let is_same_document = later.documents == 1 && later.latest == self.latest;
        self.documents += if is_same_document { 0 } else { later.documents };
        self.latest = later.latest;
        self.join(later);
    }

    /// Adds what was seen of the same person under another key; the documents are counted elsewhere.
    fn join(&mut self, other: Seen) {
        self.mentions += other.mentions;
        self.date(&other.first);
        self.date(&other.last);
        let pairs = [
            (&mut self.name, other.name),
            (&mut self.name_zh, other.name_zh),
            (&mut self.wikidata, other.wikidata),
            (&mut self.region_code, other.region_code),
        ];
        // What is known already stays.
        pairs.into_iter().filter(|(to, _)| to.is_empty()).for_each(|(to, from)| *to = from);
    }

    fn date(&mut self, published: &str) {
        if !published.is_empty() && (self.first.is_empty() || published < self.first.as_str()) {
            published.clone_into(&mut self.first);
        }
        if published > self.last.as_str() {
            published.clone_into(&mut self.last);
        }
    }

    /// What the links tell of the person as a whole.
    fn tell(&mut self, person: Option<&Linked>) {
        let Some(person) = person else { return };
        self.documents = person.documents as u64;
        self.evidence.clone_from(&person.evidence);
        if let Some([name, name_zh, wikidata]) = &person.listed {
            self.name.clone_from(name);
            self.name_zh.clone_from(name_zh);
            self.wikidata.clone_from(wikidata);
        }
    }
}

/// Adds up all entities of a run that are no persons, in bounded memory.
pub(super) struct Sums {
    held: HashMap<String, Seen>,
    sorter: Sorter<Seen>,
}

impl Sums {
    pub(super) fn new(folder: &Path) -> Result<Self, Error> {
        Ok(Self { held: HashMap::new(), sorter: Sorter::new(folder, IN_MEMORY)? })
    }

    /// Adds the entities of the next document.
    pub(super) fn add(&mut self, number: u32, published: &str, names: Vec<Name>) -> Result<(), Error> {
        names.into_iter().for_each(|name| enter(&mut self.held, Seen::new(number, published, name)));
        // Between two documents only, so that none is counted twice.
        if self.held.len() > HELD { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), Error> {
        self.held.drain().try_for_each(|(_, seen)| self.sorter.push(seen))
    }

    /// Gives each entity once.
    pub(super) fn each(mut self, mut sink: impl FnMut(Seen) -> Result<(), Error>) -> Result<(), Error> {
        self.flush()?;
        let sorted: Sorted<Seen> = self.sorter.sorted()?;
        let mut open: Option<Seen> = None;
        for seen in sorted {
            let seen = seen?;
            match &mut open {
                Some(same) if same.key == seen.key => same.add(seen),
                _ => open.replace(seen).map_or(Ok(()), &mut sink)?,
            }
        }
        open.map_or(Ok(()), sink)
    }
}

fn enter(held: &mut HashMap<String, Seen>, seen: Seen) {
    match held.get_mut(&seen.key) {
        Some(same) => same.add(seen),
        None => _ = held.insert(seen.key.clone(), seen),
    }
}

/// Adds up the persons of a group of names.
#[derive(Default)]
pub(super) struct Persons {
    held: HashMap<String, Seen>,
}

impl Persons {
    pub(super) fn add(&mut self, number: u32, published: &str, name: Name) {
        enter(&mut self.held, Seen::new(number, published, name));
    }

    /// Those joined that are one person.
    pub(super) fn linked(self, links: &Links) -> Vec<Seen> {
        let mut parts: Vec<Seen> = self.held.into_values().collect();
        parts.sort_by_key(|seen| seen.order);
        let mut persons: Vec<Seen> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for mut part in parts {
            if let Some(id) = links.ids.get(&part.key) {
                part.key.clone_from(id);
            }
            match places.get(&part.key) {
                Some(&place) => persons[place].join(part),
                None => {
                    places.insert(part.key.clone(), persons.len());
                    part.tell(links.persons.get(&part.key));
                    persons.push(part);
                }
            }
        }
        persons
    }
}

/// The entities of each type with most mentions.
#[derive(Debug, Default)]
pub(super) struct Frequent {
    most: usize,
    by_kind: BTreeMap<String, Vec<(String, u64)>>,
}

impl Frequent {
    pub(super) fn new(most: usize) -> Self {
        Self { most, by_kind: BTreeMap::new() }
    }

    /// Takes the entities in the order of first appearance: of equals the earlier one stands first.
    pub(super) fn add(&mut self, seen: &Seen) {
        let top = self.by_kind.entry(seen.kind.to_string()).or_default();
        if top.len() < self.most || top.last().is_some_and(|(_, mentions)| *mentions < seen.mentions) {
            top.push((seen.name.clone(), seen.mentions));
            top.sort_by_key(|(_, mentions)| Reverse(*mentions));
            top.truncate(self.most);
        }
    }

    /// Types by alphabet, each with names and numbers of mentions.
    pub(super) fn finish(self) -> Vec<(String, Vec<(String, u64)>)> {
        self.by_kind.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(at: u32, key: &str, mentions: u64) -> Name {
        Name { at, key: key.into(), kind: "ORG".into(), mentions, ..Name::default() }
    }

    fn sums(documents: &[(&str, &[(&str, u64)])]) -> Vec<Seen> {
        let folder = tempfile::tempdir().unwrap();
        let mut sums = Sums::new(folder.path()).unwrap();
        for (number, (published, keys)) in (0..).zip(documents) {
            let names = (0..).zip(*keys).map(|(at, (key, mentions))| name(at, key, *mentions)).collect();
            sums.add(number, published, names).unwrap();
            // As if the memory were full.
            sums.flush().unwrap();
        }
        let mut all = Vec::new();
        sums.each(|seen| {
            all.push(seen);
            Ok(())
        })
        .unwrap();
        all.sort_by_key(|seen| seen.order);
        all
    }

    #[test]
    fn sums_count_mentions_documents_and_days() {
        let all = sums(&[
            ("2020-02-02", &[("b", 2), ("a", 0)]),
            ("", &[("c", 1), ("b", 1)]),
            ("2019-01-01", &[("a", 1), ("b", 3), ("b", 1)]),
        ]);
        let row = |s: &'_ Seen| (s.key.clone(), s.mentions, s.documents, s.first.clone(), s.last.clone());
        let expected =
            [("b", 7, 3, "2019-01-01", "2020-02-02"), ("a", 1, 2, "2019-01-01", "2020-02-02"), ("c", 1, 1, "", "")]
                .map(|(key, m, d, first, last)| (key.to_owned(), m, d, first.to_owned(), last.to_owned()));
        assert_eq!(all.iter().map(row).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn later_documents_fill_in_what_is_unknown() {
        let mut seen = Seen::new(0, "", Name { name: "Elm".into(), ..name(0, "k", 1) });
        seen.add(Seen::new(1, "", Name { name: "Elm City".into(), name_zh: "榆".into(), ..name(0, "k", 1) }));
        assert_eq!((seen.name.as_str(), seen.name_zh.as_str(), seen.documents), ("Elm", "榆", 2));
    }

    #[test]
    fn persons_that_are_one_are_joined_at_their_first_appearance() {
        let mut persons = Persons::default();
        for (number, key) in [(0, "person:a@1~x"), (1, "person:a@1~y"), (1, "person:a#d")] {
            persons.add(number, "2020-01-01", name(0, key, 2));
        }
        let mut links = Links::default();
        for key in ["person:a@1~x", "person:a@1~y"] {
            links.ids.insert(key.into(), "person:a@1".into());
        }
        let told = Linked { documents: 2, evidence: "place".into(), listed: None };
        links.persons.insert("person:a@1".into(), told);
        let rows: Vec<_> =
            persons.linked(&links).into_iter().map(|s| (s.key, s.mentions, s.documents, s.evidence)).collect();
        let expected = [("person:a@1", 4, 2, "place"), ("person:a#d", 2, 1, "")];
        assert_eq!(rows, expected.map(|(key, m, d, e)| (key.to_owned(), m, d, e.to_owned())));
    }

    #[test]
    fn of_equally_frequent_entities_the_first_comes_first() {
        let mut frequent = Frequent::new(2);
        for (key, mentions) in [("b", 1), ("a", 2), ("c", 1), ("d", 2)] {
            frequent.add(&Seen::new(0, "", Name { name: key.into(), ..name(0, key, mentions) }));
        }
        let expected = vec![("ORG".to_owned(), vec![("a".to_owned(), 2), ("d".to_owned(), 2)])];
        assert_eq!(frequent.finish(), expected);
    }
}
