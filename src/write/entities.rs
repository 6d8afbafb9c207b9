//! The entities of a run, added up over its documents.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::link::{Linked, Links};
use crate::model::{Entity, Extraction};

/// An entity and how often and when it was seen.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) entity: Entity,
    pub(super) mentions: usize,
    pub(super) documents: usize,
    /// Earliest day of publication; empty if unknown.
    pub(super) first: String,
    /// Latest day of publication; empty if unknown.
    pub(super) last: String,
    /// For a person: why its documents tell of one.
    pub(super) evidence: String,
    /// The document, by its number in the run, in which it was seen last.
    document: usize,
}

/// All entities so far, in the order in which they were first seen.
#[derive(Debug, Default)]
pub(super) struct Entities {
    seen: Vec<Seen>,
    places: HashMap<String, usize>,
    documents: usize,
}

impl Entities {
    /// Adds the entities and mentions of one document. `keys` has for each entity the key to count it by, or an empty
    /// one for its own.
    pub(super) fn add(&mut self, extraction: &Extraction, keys: &[String]) {
        self.documents += 1;
        let published = &extraction.profile.published;
        let key =
            |(at, own): (usize, &'_ Entity)| keys.get(at).filter(|key| !key.is_empty()).unwrap_or(&own.key).clone();
        let with_key = extraction.entities.iter().enumerate().map(|(at, entity)| (key((at, entity)), entity));
        let places: Vec<_> = with_key.map(|(key, entity)| self.enter(&key, entity, published)).collect();
        let ids = extraction.mentions.iter().filter_map(|mention| mention.entity);
        for place in ids.filter_map(|id| places.get(id.0)) {
            self.seen[*place].mentions += 1;
        }
    }

    /// The place of the entity in the order, with the document counted.
    fn enter(&mut self, key: &str, entity: &Entity, published: &str) -> usize {
        let place = match self.places.get(key) {
            Some(&place) => place,
            None => self.append(key, entity),
        };
        let seen = &mut self.seen[place];
        seen.merge(entity);
        if seen.document != self.documents {
            seen.document = self.documents;
            seen.documents += 1;
            seen.date(published);
        }
        place
    }

    fn append(&mut self, key: &str, entity: &Entity) -> usize {
        // Who else may be meant is the matter of the links.
        let entity = Entity { key: key.to_string(), person: None, ..entity.clone() };
        self.places.insert(key.to_string(), self.seen.len());
        self.seen.push(Seen::new(entity));
        self.seen.len() - 1
    }

    /// These entities with those joined that are one person.
    pub(super) fn linked(self, links: &Links) -> Self {
        let mut linked = Entities { documents: self.documents, ..Entities::default() };
        for mut seen in self.seen {
            let Some(id) = links.ids.get(&seen.entity.key) else {
                linked.places.insert(seen.entity.key.clone(), linked.seen.len());
                linked.seen.push(seen);
                continue;
            };
            seen.entity.key.clone_from(id);
            match linked.places.get(id) {
                Some(&place) => linked.seen[place].join(&seen),
                None => {
                    linked.places.insert(id.clone(), linked.seen.len());
                    seen.tell(links.persons.get(id));
                    linked.seen.push(seen);
                }
            }
        }
        linked
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Seen> {
        self.seen.iter()
    }

    /// The entities with most mentions, of equals the one seen first.
    pub(super) fn most_frequent(&self, count: usize) -> Vec<&Seen> {
        let mut all: Vec<_> = self.seen.iter().collect();
        all.sort_by_key(|seen| Reverse(seen.mentions));
        all.truncate(count);
        all
    }
}

impl Seen {
    fn new(entity: Entity) -> Self {
        let (first, last, evidence) = (String::new(), String::new(), String::new());
        Self { entity, mentions: 0, documents: 0, first, last, evidence, document: 0 }
    }

    /// Adds what was seen of the same person under another key.
    fn join(&mut self, other: &Seen) {
        self.mentions += other.mentions;
        self.merge(&other.entity);
        self.date(&other.first);
        self.date(&other.last);
    }

    /// What the links tell of the person as a whole.
    fn tell(&mut self, person: Option<&Linked>) {
        let Some(person) = person else { return };
        self.documents = person.documents;
        self.evidence.clone_from(&person.evidence);
        if let Some([name, name_zh, wikidata]) = &person.listed {
            self.entity.name.clone_from(name);
            self.entity.name_zh.clone_from(name_zh);
            self.entity.wikidata.clone_from(wikidata);
        }
    }

    /// Fills in what earlier documents did not tell.
    fn merge(&mut self, other: &Entity) {
        let known = &mut self.entity;
        let pairs = [
            (&mut known.name, &other.name),
            (&mut known.name_zh, &other.name_zh),
            (&mut known.wikidata, &other.wikidata),
            (&mut known.region_code, &other.region_code),
        ];
        for (to, from) in pairs.into_iter().filter(|(to, _)| to.is_empty()) {
            to.clone_from(from);
        }
    }

    fn date(&mut self, published: &str) {
        if published.is_empty() {
            return;
        }
        if self.first.is_empty() || published < self.first.as_str() {
            published.clone_into(&mut self.first);
        }
        if published > self.last.as_str() {
            published.clone_into(&mut self.last);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EntityId, Label, Mention, Profile, Span};

    /// A document with the entities of these keys, each with so many mentions.
    fn document(published: &str, keys: &[(&str, usize)]) -> Extraction {
        let entity = |(key, _): &(&str, usize)| Entity { key: (*key).into(), ..Entity::default() };
        let mention = |entity| Mention {
            label: Label::Person,
            span: Span::new(0, 1),
            sentence: 0,
            entity: Some(EntityId(entity)),
            canonical: String::new(),
            rule: "r".into(),
        };
        let mentions = keys.iter().enumerate().flat_map(|(id, &(_, count))| vec![mention(id); count]).collect();
        let profile = Profile { published: published.into(), ..Profile::default() };
        Extraction { profile, entities: keys.iter().map(entity).collect(), mentions, ..Extraction::default() }
    }

    fn sums(entities: &Entities) -> Vec<(&str, usize, usize, &str, &str)> {
        let row = |s: &'_ Seen| (s.mentions, s.documents);
        entities.iter().map(|s| (s.entity.key.as_str(), row(s).0, row(s).1, &*s.first, &*s.last)).collect()
    }

    #[test]
    fn sums_stand_in_the_order_of_first_appearance() {
        let mut entities = Entities::default();
        entities.add(&document("2020-02-02", &[("b", 2), ("a", 0)]), &[]);
        entities.add(&document("", &[("c", 1), ("b", 1)]), &[]);
        entities.add(&document("2019-01-01", &[("a", 1), ("b", 3), ("b", 1)]), &[]);
        let expected =
            [("b", 7, 3, "2019-01-01", "2020-02-02"), ("a", 1, 2, "2019-01-01", "2020-02-02"), ("c", 1, 1, "", "")];
        assert_eq!(sums(&entities), expected);
    }

    #[test]
    fn of_equally_frequent_entities_the_first_comes_first() {
        let mut entities = Entities::default();
        entities.add(&document("", &[("b", 1), ("a", 2), ("c", 1)]), &[]);
        let keys = |count| entities.most_frequent(count).iter().map(|s| s.entity.key.as_str()).collect::<Vec<_>>();
        assert_eq!(keys(2), ["a", "b"]);
        assert_eq!(keys(9), ["a", "b", "c"]);
    }

    #[test]
    fn later_documents_fill_in_what_is_unknown() {
        let mut entities = Entities::default();
        let one = |name: &str, zh: &str| Extraction {
            entities: vec![Entity { key: "k".into(), name: name.into(), name_zh: zh.into(), ..Entity::default() }],
            ..Extraction::default()
        };
        entities.add(&one("Elm", ""), &[]);
        entities.add(&one("Elm City", "榆"), &[]);
        let entity = &entities.iter().next().unwrap().entity;
        assert_eq!((entity.name.as_str(), entity.name_zh.as_str()), ("Elm", "榆"));
    }
}
