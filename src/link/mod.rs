//! Which persons of different documents are one: by name, office, place and date, and by what the user decided.
//!
//! A document gives each person one or more *nodes*: name and office in a place, name in a place, or a name with
//! nothing beside it. Nodes become one entity where there is evidence, and stay apart where there is none; what could
//! be otherwise is written down as a [`Pair`] for the user to decide. Knows no texts and no files but the decisions.

mod clusters;
mod decisions;
mod documents;
mod nodes;
mod pairs;

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::model::Extraction;
use clusters::{Clusters, Reason};
pub use decisions::{Decision, Decisions, Verdict};
use nodes::{Node, Nodes};
pub use pairs::{Holder, Pair, Side, State, misspelt};

/// Most months between two sightings of one person in one place without any in between.
const LONGEST_GAP: i32 = 60;
/// Group of the persons that decisions tell of, whatever their names.
const DECIDED: &str = "";

/// A person of a document, by all that it may be known by: its nodes, the main one first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sighting(Vec<Node>);

/// For each entity of a document what it is known by; none for what is no person.
pub fn sightings(document: &str, extraction: &Extraction) -> Vec<Option<Sighting>> {
    let sighting = |nodes: Vec<Node>| (!nodes.is_empty()).then_some(Sighting(nodes));
    nodes::of(document, extraction).into_iter().map(sighting).collect()
}

impl Sighting {
    /// The key that stands for the person in the rows of the document.
    pub fn key(&self) -> &str {
        self.0.first().map_or("", |node| &node.key)
    }

    /// The same in a document that got another id, because an earlier one has its own.
    #[must_use]
    pub fn renumbered(mut self, old: &str, new: &str) -> Self {
        for node in &mut self.0 {
            node.key = renumbered(&node.key, old, new);
        }
        self
    }
}

/// The key of a node in a document that got another id.
pub fn renumbered(key: &str, old: &str, new: &str) -> String {
    let bare = key.strip_suffix(old).filter(|bare| bare.ends_with(nodes::DOCUMENT));
    bare.map_or_else(|| key.to_owned(), |bare| format!("{bare}{new}"))
}

/// Joins the persons of a run, one group of names after the other.
#[derive(Debug)]
pub struct Linker<'d> {
    decisions: &'d Decisions,
    /// Names of which decisions tell.
    decided: HashSet<String>,
}

/// All sightings of one name, or of all names that decisions tell of: nobody in it is linked to anybody outside.
#[derive(Debug, Default)]
pub struct Group {
    nodes: Nodes,
}

/// Who is who in a group.
#[derive(Debug, Default)]
pub struct Links {
    /// For each node key: the id of its entity.
    pub ids: HashMap<String, String>,
    /// For each id: what is known of the entity besides its mentions.
    pub persons: HashMap<String, Linked>,
    /// What could be otherwise, by name.
    pub pairs: Vec<(String, Pair)>,
    /// Who may be somebody of another name.
    pub holders: Vec<Holder>,
    /// Ids of which the user has decided, both ways round.
    pub settled: HashSet<(String, String)>,
    /// For each document in which the key of a person is not the id: the number of the document, key and id.
    pub renamed: Vec<(u32, String, String)>,
    /// Lines of the decisions that name nobody of this run.
    pub unused: Vec<u64>,
}

/// A person of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Linked {
    /// Documents that name the person.
    pub documents: usize,
    /// What the entity rests on: `listed`, `decision`, `document`, `office`, `place`, joined by `; `.
    pub evidence: String,
    /// Standard name, Chinese name and Wikidata id of a listed person whom only a decision links.
    pub listed: Option<[String; 3]>,
}

impl Group {
    /// Adds a person of the document with this number and id. Documents come in their order, and the persons of one
    /// in that of its entities (`at`).
    pub fn add(&mut self, number: u32, at: u32, document: &str, Sighting(drafts): Sighting) {
        let mut main = None;
        for (draft, order) in drafts.into_iter().zip(0..) {
            let node = self.nodes.enter(Node { order: (number, at, order), ..draft }, document);
            let first = *main.get_or_insert(node);
            if first == node {
                self.nodes.seen(node, number);
            } else {
                self.nodes.tie(first, node);
            }
        }
    }
}

impl<'d> Linker<'d> {
    /// A linker that obeys these decisions.
    pub fn new(decisions: &'d Decisions) -> Self {
        let names = decisions.iter().flat_map(|decision| [&decision.a, &decision.b]).map(|key| nodes::name(key));
        Self { decisions, decided: names.collect() }
    }

    /// The group to which a person belongs.
    pub fn group(&self, sighting: &Sighting) -> String {
        let name = sighting.0.first().map_or_else(String::new, |node| nodes::name(&node.key));
        if self.decided.contains(&name) { DECIDED.to_owned() } else { name }
    }

    /// Whether this is the group of those of whom decisions tell.
    pub fn is_decided(&self, group: &str) -> bool {
        group == DECIDED
    }

    /// Joins what belongs together in a group of this name.
    pub fn link(&self, name: &str, mut group: Group) -> Links {
        let nothing = Decisions::default();
        let decisions = if self.is_decided(name) { self.decisions } else { &nothing };
        let (decided, unused) = group.nodes.decided(decisions);
        let mut clusters = Clusters::new(group.nodes.len());
        for &(a, b, verdict) in &decided {
            match verdict {
                Verdict::Different => clusters.forbid(a, b),
                Verdict::Same => _ = clusters.join(a, b, Reason::Decision),
            }
        }
        for (a, b) in group.nodes.ties() {
            clusters.join(a, b, Reason::Document);
        }
        let decided: HashSet<(usize, usize)> = decided.iter().flat_map(|&(a, b, _)| [(a, b), (b, a)]).collect();
        Links { unused, ..group.settle(&mut clusters, &decided) }
    }
}

impl Group {
    /// Joins by place, and tells who is who.
    fn settle(&self, clusters: &mut Clusters, decided: &HashSet<(usize, usize)>) -> Links {
        let names = self.nodes.by_name();
        for group in names.values() {
            self.join_places(group, clusters);
        }
        let pairs = pairs::find(&self.nodes, clusters, &names, &|a, b| decided.contains(&(a, b)));
        let ids = self.ids(clusters);
        let persons = self.persons(clusters, &ids);
        let settled = decided.iter().map(|&(a, b)| (ids[a].clone(), ids[b].clone())).collect();
        let holders = pairs::holders(&self.nodes, &ids);
        let renamed = self.renamed(&ids);
        let ids = ids.into_iter().enumerate().map(|(node, id)| (self.nodes[node].key.clone(), id)).collect();
        Links { ids, persons, pairs, holders, settled, renamed, unused: Vec::new() }
    }

    fn renamed(&self, ids: &[String]) -> Vec<(u32, String, String)> {
        let nodes = (0..self.nodes.len()).map(|node| (&self.nodes[node], &ids[node]));
        let changed = nodes.filter(|(node, id)| node.key != **id);
        changed.flat_map(|(node, id)| node.documents.iter().map(|n| (n, node.key.clone(), id.clone()))).collect()
    }

    /// One name in one place is one person, where the name is rare enough there and the sightings are not years apart.
    fn join_places(&self, group: &[usize], clusters: &mut Clusters) {
        let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for &node in group.iter().filter(|&&node| self.nodes[node].is_rare_in_place()) {
            places.entry(&self.nodes[node].place.key).or_default().push(node);
        }
        for mut nodes in places.into_values() {
            nodes.sort_by_key(|&node| (self.nodes[node].first, node));
            for pair in nodes.windows(2) {
                if self.nodes[pair[0]].gap(&self.nodes[pair[1]]) <= LONGEST_GAP {
                    clusters.join(pair[0], pair[1], Reason::Place);
                }
            }
        }
    }

    /// The id of each node's entity: that of the listed person, else name and place where no other entity has them,
    /// else the key of its weightiest node.
    fn ids(&self, clusters: &Clusters) -> Vec<String> {
        let leaders: Vec<usize> = (0..self.nodes.len()).map(|node| self.nodes.leader(clusters.members(node))).collect();
        let mut owners: HashMap<String, usize> = HashMap::new();
        let mut shared: HashMap<String, bool> = HashMap::new();
        for &leader in &leaders {
            let short = self.nodes[leader].short_key();
            let owner = *owners.entry(short.clone()).or_insert(leader);
            *shared.entry(short).or_default() |= owner != leader;
        }
        let id = |&leader: &usize| {
            let short = self.nodes[leader].short_key();
            if shared[&short] { self.nodes[leader].key.clone() } else { short }
        };
        leaders.iter().map(id).collect()
    }

    /// Documents in which some node is a person's main one.
    fn documents(&self, members: &[usize]) -> usize {
        if let &[only] = members {
            return self.nodes[only].documents.len();
        }
        let mut documents: Vec<u32> = members.iter().flat_map(|&m| self.nodes[m].documents.iter()).collect();
        documents.sort_unstable();
        documents.dedup();
        documents.len()
    }

    fn persons(&self, clusters: &Clusters, ids: &[String]) -> HashMap<String, Linked> {
        let mut persons = HashMap::new();
        for root in (0..self.nodes.len()).filter(|&node| clusters.is_root(node)) {
            let members = clusters.members(root);
            let documents = self.documents(members);
            let listed = members.iter().any(|&m| self.nodes[m].listed);
            // What a single document says needs no reason.
            let told = |reason: &Reason| *reason == Reason::Decision || documents > 1;
            let shared = members.iter().any(|&m| self.nodes[m].documents.len() > 1 && !self.nodes[m].office.is_empty());
            let reasons =
                [(listed, "listed"), (shared, "office")].into_iter().filter(|(is, _)| *is).map(|(_, name)| name);
            let evidence: Vec<&str> = reasons.chain(clusters.reasons(root).filter(told).map(Reason::name)).collect();
            let linked =
                Linked { documents, evidence: evidence.join("; "), listed: self.nodes.listed_names(&ids[root]) };
            persons.insert(ids[root].clone(), linked);
        }
        persons
    }
}

#[cfg(test)]
mod tests;
