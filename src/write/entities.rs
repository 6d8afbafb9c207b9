//! The entities of a run, added up over its documents.

use std::cmp::Reverse;
use std::collections::HashMap;

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
    /// Adds the entities and mentions of one document.
    pub(super) fn add(&mut self, extraction: &Extraction) {
        self.documents += 1;
        let published = &extraction.profile.published;
        let places: Vec<_> = extraction.entities.iter().map(|entity| self.enter(entity, published)).collect();
        let ids = extraction.mentions.iter().filter_map(|mention| mention.entity);
        for place in ids.filter_map(|id| places.get(id.0)) {
            self.seen[*place].mentions += 1;
        }
    }

    /// The place of the entity in the order, with the document counted.
    fn enter(&mut self, entity: &Entity, published: &str) -> usize {
        let place = match self.places.get(&entity.key) {
            Some(&place) => place,
            None => self.append(entity),
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

    fn append(&mut self, entity: &Entity) -> usize {
        let entity = entity.clone();
        self.places.insert(entity.key.clone(), self.seen.len());
        let (first, last) = (String::new(), String::new());
        self.seen.push(Seen { entity, mentions: 0, documents: 0, first, last, document: 0 });
        self.seen.len() - 1
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
        entities.add(&document("2020-02-02", &[("b", 2), ("a", 0)]));
        entities.add(&document("", &[("c", 1), ("b", 1)]));
        entities.add(&document("2019-01-01", &[("a", 1), ("b", 3), ("b", 1)]));
        let expected =
            [("b", 7, 3, "2019-01-01", "2020-02-02"), ("a", 1, 2, "2019-01-01", "2020-02-02"), ("c", 1, 1, "", "")];
        assert_eq!(sums(&entities), expected);
    }

    #[test]
    fn of_equally_frequent_entities_the_first_comes_first() {
        let mut entities = Entities::default();
        entities.add(&document("", &[("b", 1), ("a", 2), ("c", 1)]));
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
        entities.add(&one("Elm", ""));
        entities.add(&one("Elm City", "榆"));
        let entity = &entities.iter().next().unwrap().entity;
        assert_eq!((entity.name.as_str(), entity.name_zh.as_str()), ("Elm", "榆"));
    }
}
