//! What one document tells of a person, as nodes: name and office in a place, name in a place, or a bare name.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Index;

use serde::{Deserialize, Serialize};

use super::decisions::{Decisions, Verdict};
use super::documents::Documents;
use crate::gazetteer::month;
use crate::model::{Candidate, Entity, EntityId, Extraction, Level, NameForm, Person, Place, Position};
use crate::resolve::slug;

/// Between name and place in a key.
const PLACE: char = '@';
/// Between place and office in a key.
const OFFICE: char = '~';
/// Between a name and the document that it is known from alone.
pub(super) const DOCUMENT: char = '#';
/// Status of an office that the person no longer holds.
const PAST: [&str; 2] = ["former", "removed"];

/// A place as far as persons are told apart by it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Where {
    /// Code, or name in lower case; empty if unknown.
    pub(super) key: String,
    /// Path from province down.
    pub(super) path: String,
    level: Option<Level>,
}

impl Where {
    fn new(place: &Place) -> Self {
        let key = if place.code.is_empty() { slug(&place.path) } else { place.code.clone() };
        Self { key, path: place.path.clone(), level: place.level }
    }

    /// Whether the key is a code of a division.
    fn is_coded(&self) -> bool {
        self.key.len() >= 6 && self.key.bytes().all(|b| b.is_ascii_digit())
    }

    /// Whether this place lies in the other one, or is it.
    pub(super) fn is_in(&self, other: &Where) -> bool {
        let stem = other.key.trim_end_matches('0');
        if self.is_coded() && other.is_coded() {
            // Two digits a level; a stem of odd length has lost a nought of its own.
            let stem = &other.key[..stem.len().next_multiple_of(2).min(other.key.len())];
            return self.key.starts_with(stem);
        }
        let rest = self.path.strip_prefix(&other.path);
        !other.path.is_empty() && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The province, by code or path.
    pub(super) fn province(&self) -> &str {
        if self.is_coded() { &self.key[..2] } else { self.path.split('/').next().unwrap_or("") }
    }
}

/// A name with what stands beside it, and where it was seen.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Node {
    pub(super) key: String,
    /// Name in lower case, by which namesakes are found.
    pub(super) slug: String,
    /// Name as first written.
    pub(super) name: String,
    pub(super) place: Where,
    /// "secretary, Party Committee"; empty if unknown.
    pub(super) office: String,
    pub(super) form: NameForm,
    pub(super) byline: bool,
    pub(super) listed: bool,
    /// Month of the earliest and of the latest report; `None` if none is dated.
    pub(super) first: Option<i32>,
    pub(super) last: Option<i32>,
    /// Days of the earliest and of the latest report, ISO 8601, or empty.
    pub(super) days: (String, String),
    /// Numbers of the documents in which it is a person's main node.
    pub(super) documents: Documents,
    /// Documents in which it was seen at all.
    pub(super) seen: usize,
    /// First document.
    pub(super) document: String,
    pub(super) candidates: BTreeMap<String, Candidate>,
    /// First sighting: number of the document, place of the entity in it, place among the nodes of the person.
    pub(super) order: (u32, u32, u32),
}

impl Node {
    /// Whether nothing but the name and one document is known.
    pub(super) fn is_weak(&self) -> bool {
        self.place.key.is_empty() && self.office.is_empty() && !self.listed
    }

    /// Whether few persons of the place bear the name: a full name in a county, a city or among the leaders of a
    /// province; a short one only in a county. At the centre there are too many.
    pub(super) fn is_rare_in_place(&self) -> bool {
        let level = self.place.level.filter(|_| !self.byline && !self.listed);
        match self.form {
            NameForm::Full => level.is_some_and(|level| level != Level::Central),
            NameForm::Other => level.is_some_and(|level| level != Level::Central) && self.slug.contains('-'),
            NameForm::Short => level.is_some_and(|level| level >= Level::County),
            NameForm::Surname => false,
        }
    }

    /// Months between the sightings of two nodes; 0 where they overlap or are not dated.
    pub(super) fn gap(&self, other: &Node) -> i32 {
        let between = |early: &Node, late: &Node| Some(late.first? - early.last?);
        between(self, other).max(between(other, self)).unwrap_or(0).max(0)
    }

    /// The key without the office.
    pub(super) fn short_key(&self) -> String {
        let is_placed = !self.place.key.is_empty() && !self.byline;
        let office = self.key.find(OFFICE).filter(|_| is_placed);
        self.key[..office.unwrap_or(self.key.len())].to_string()
    }
}

/// The name in a key, written as one word: "Wangqiang" is how some write Wang Qiang.
pub(super) fn name(key: &str) -> String {
    let name = key.trim_start_matches("person:");
    name.split([PLACE, OFFICE, DOCUMENT]).next().unwrap_or(name).replace('-', "")
}

/// For each entity of a document: the nodes of the person, the main one first; none for what is no person.
pub(super) fn of(document: &str, extraction: &Extraction) -> Vec<Vec<Node>> {
    let report = Report { document, extraction };
    let entities = extraction.entities.iter().enumerate();
    entities.map(|(id, entity)| entity.person.as_ref().map_or_else(Vec::new, |p| report.nodes(id, entity, p))).collect()
}

struct Report<'a> {
    document: &'a str,
    extraction: &'a Extraction,
}

impl Report<'_> {
    fn nodes(&self, id: usize, entity: &Entity, person: &Person) -> Vec<Node> {
        let name = entity.key.trim_start_matches("person:");
        let slug = name.split([PLACE, OFFICE]).next().unwrap_or(name);
        let plain = Node {
            slug: slug.to_string(),
            name: entity.name.clone(),
            form: person.form,
            byline: person.byline,
            listed: person.listed,
            ..Node::default()
        };
        let published = &self.day();
        let with = |mut node: Node, is_past: bool| {
            if !is_past && !published.is_empty() {
                (node.first, node.last) = (month(published, 1), month(published, 1));
                node.days = (published.clone(), published.clone());
            }
            node.candidates = person.candidates.iter().map(|c| (c.key.clone(), c.clone())).collect();
            node
        };
        if person.listed || person.byline {
            return vec![with(Node { key: entity.key.clone(), ..plain }, false)];
        }
        let mut held: Vec<&Position> = self.extraction.positions.iter().filter(|p| p.person == EntityId(id)).collect();
        // What somebody was is no place to look for them now.
        held.sort_by_key(|position| PAST.contains(&position.status));
        let offices = held.iter().filter_map(|p| Some(with(office(&plain, p)?, PAST.contains(&p.status))));
        let mut nodes: Vec<Node> = offices.collect();
        if nodes.first().is_none_or(|node| node.days.0.is_empty() && !published.is_empty()) {
            nodes.insert(0, with(self.bare(&plain), false));
        }
        nodes
    }

    /// The day of publication, or that on which the report shows offices held.
    fn day(&self) -> String {
        let Extraction { profile, positions, .. } = self.extraction;
        let observed = || positions.iter().map(|position| &position.observed).find(|day| !day.is_empty());
        let known = Some(&profile.published).filter(|day| !day.is_empty());
        known.or_else(observed).cloned().unwrap_or_default()
    }

    /// The node of a name without an office: that of the place that the report is about, if it is below the centre.
    fn bare(&self, plain: &Node) -> Node {
        let place = Where::new(&self.extraction.profile.region);
        let is_local = place.level.is_some_and(|level| level != Level::Central) && plain.form != NameForm::Surname;
        if is_local && !place.key.is_empty() {
            Node { key: format!("person:{}{PLACE}{}", plain.slug, place.key), place, ..plain.clone() }
        } else {
            Node { key: format!("person:{}{DOCUMENT}{}", plain.slug, self.document), ..plain.clone() }
        }
    }
}

/// The node of an office; none if neither its place nor its organ is known.
fn office(plain: &Node, position: &Position) -> Option<Node> {
    let place = Where::new(&position.region);
    let parts = [position.role.as_str(), &position.organization];
    let office = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    if place.key.is_empty() && position.organization.is_empty() {
        return None;
    }
    let at = if place.key.is_empty() { String::new() } else { format!("{PLACE}{}", place.key) };
    Some(Node { key: format!("person:{}{at}{OFFICE}{}", plain.slug, slug(&office)), place, office, ..plain.clone() })
}

/// All nodes of a run, in the order in which they were first seen.
#[derive(Debug, Default)]
pub(super) struct Nodes {
    all: Vec<Node>,
    by_key: HashMap<String, usize>,
    /// Nodes that one document gives to one person, both ways round.
    together: BTreeSet<(usize, usize)>,
}

impl Index<usize> for Nodes {
    type Output = Node;

    fn index(&self, node: usize) -> &Node {
        &self.all[node]
    }
}

impl Nodes {
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// Takes up a node of the document with this id.
    pub(super) fn enter(&mut self, draft: Node, document: &str) -> usize {
        let node = match self.by_key.get(&draft.key) {
            Some(&node) => node,
            None => {
                self.by_key.insert(draft.key.clone(), self.all.len());
                self.all.push(Node { document: document.to_string(), ..draft.clone() });
                self.all.len() - 1
            }
        };
        self.all[node].add(draft);
        node
    }

    /// Notes that one document gives both nodes to one person.
    pub(super) fn tie(&mut self, a: usize, b: usize) {
        self.together.extend([(a, b), (b, a)]);
    }

    /// Nodes that one document gives to one person.
    pub(super) fn ties(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.together.iter().copied().filter(|(a, b)| a < b)
    }

    /// Whether documents give both nodes to one person, themselves or by a third one.
    pub(super) fn are_together(&self, a: usize, b: usize) -> bool {
        let tied = |node: usize| self.together.range((node, 0)..(node + 1, 0)).map(|&(_, other)| other);
        tied(a).any(|third| third == b || tied(b).any(|other| other == third))
    }

    /// The node with this key.
    pub(super) fn find(&self, key: &str) -> Option<usize> {
        self.by_key.get(key).copied()
    }

    /// Counts a document in which the node stands for a person.
    pub(super) fn seen(&mut self, node: usize, document: u32) {
        self.all[node].documents.push(document);
    }

    /// Nodes by name; lone surnames and bylines are namesakes of nobody.
    pub(super) fn by_name(&self) -> BTreeMap<String, Vec<usize>> {
        let mut names: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let is_named = |node: &Node| !node.byline && node.form != NameForm::Surname;
        for (index, node) in self.all.iter().enumerate().filter(|(_, node)| is_named(node)) {
            names.entry(name(&node.key)).or_default().push(index);
        }
        names
    }

    /// The node that speaks for some: a listed one, then the one with most documents, then by key.
    pub(super) fn leader(&self, members: &[usize]) -> usize {
        let weight = |&&m: &&usize| {
            let node = &self.all[m];
            (std::cmp::Reverse((node.listed, !node.is_weak(), node.seen)), &node.key)
        };
        *members.iter().min_by_key(weight).unwrap_or(&0)
    }

    /// Pairs of nodes that decisions tell of, and the lines of decisions that tell of nobody.
    pub(super) fn decided(&mut self, decisions: &Decisions) -> (Vec<(usize, usize, Verdict)>, Vec<u64>) {
        if decisions.is_empty() {
            return Default::default();
        }
        let keys: BTreeMap<String, usize> = self.by_key.iter().map(|(key, &node)| (key.clone(), node)).collect();
        let (mut pairs, mut unused) = (Vec::new(), Vec::new());
        for decision in decisions.iter() {
            let (a, b) = (self.meant(&keys, &decision.a), self.meant(&keys, &decision.b));
            if a.is_empty() || b.is_empty() {
                unused.push(decision.line);
            }
            pairs.extend(a.iter().flat_map(|&a| b.iter().map(move |&b| (a, b, decision.verdict))));
        }
        (pairs, unused)
    }

    /// The nodes that a key of a decision means: that node, or all nodes of that name and place. A listed person whom
    /// no text names plainly is entered.
    fn meant(&mut self, keys: &BTreeMap<String, usize>, key: &str) -> Vec<usize> {
        let wide = format!("{key}{OFFICE}");
        let offices =
            keys.range(wide.clone()..).take_while(|(other, _)| other.starts_with(&wide)).map(|(_, &node)| node);
        let found: Vec<usize> =
            self.find(key).into_iter().chain(offices.filter(|&node| !self.all[node].byline)).collect();
        if !found.is_empty() {
            return found;
        }
        let listed = self.all.iter().find_map(|node| node.candidates.get(key).cloned());
        let enter = |candidate: Candidate| {
            let slug = key.trim_start_matches("person:").to_string();
            let node = Node { key: key.to_string(), slug, name: candidate.name, listed: true, ..Node::default() };
            self.enter(node, "")
        };
        listed.map(enter).into_iter().collect()
    }

    /// Standard name, Chinese name and Wikidata id of a listed person who is known as a candidate.
    pub(super) fn listed_names(&self, key: &str) -> Option<[String; 3]> {
        let node = self
            .by_key
            .get(key)
            .map(|&node| &self.all[node])
            .filter(|node| node.listed && node.documents.is_empty())?;
        let candidate = self.all.iter().find_map(|other| other.candidates.get(&node.key))?;
        Some([candidate.name.clone(), candidate.name_zh.clone(), candidate.wikidata.clone()])
    }
}

impl Node {
    /// Adds another sighting.
    fn add(&mut self, other: Node) {
        self.seen += 1;
        self.first = [self.first, other.first].into_iter().flatten().min();
        self.last = [self.last, other.last].into_iter().flatten().max();
        let (first, last) = other.days;
        if !first.is_empty() && (self.days.0.is_empty() || first < self.days.0) {
            self.days.0 = first;
        }
        if last > self.days.1 {
            self.days.1 = last;
        }
        self.candidates.extend(other.candidates);
    }
}
