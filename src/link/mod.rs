//! Which persons of different documents are one: by name, office, place and date, and by what the user decided.
//!
//! A document gives each person one or more *nodes*: name and office in a place, name in a place, or a name with
//! nothing beside it. Nodes become one entity where there is evidence, and stay apart where there is none; what could
//! be otherwise is written down as a [`Pair`] for the user to decide. Knows no texts and no files but the decisions.

mod clusters;
mod decisions;
mod nodes;
mod pairs;

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::model::Extraction;
use clusters::{Clusters, Reason};
pub use decisions::{Decision, Decisions, Verdict};
use nodes::{Node, Nodes};
pub use pairs::{Pair, Side, State};

/// Most months between two sightings of one person in one place without any in between.
const LONGEST_GAP: i32 = 60;

/// Collects the persons of a run, document by document.
#[derive(Debug, Default)]
pub struct Linker {
    nodes: Nodes,
    documents: u32,
}

/// Who is who in a run.
#[derive(Debug, Default)]
pub struct Links {
    /// For each node key: the id of its entity.
    pub ids: HashMap<String, String>,
    /// For each id: what is known of the entity besides its mentions.
    pub persons: HashMap<String, Linked>,
    /// What could be otherwise, by name.
    pub pairs: Vec<Pair>,
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

impl Linker {
    /// Takes up a document. Tells for each of its entities the key of its node, by which [`Links::ids`] knows it; an
    /// empty one for what is no person.
    pub fn enter(&mut self, document: &str, extraction: &Extraction) -> Vec<String> {
        self.documents += 1;
        let persons = nodes::of(document, extraction);
        persons.into_iter().map(|drafts| self.person(drafts, document)).collect()
    }

    /// Enters the nodes of one person, the main one first; tells its key.
    fn person(&mut self, drafts: Vec<Node>, document: &str) -> String {
        let mut main = None;
        for draft in drafts {
            let node = self.nodes.enter(draft, document);
            let first = *main.get_or_insert(node);
            if first == node {
                self.nodes.seen(node, self.documents);
            } else {
                self.nodes.tie(first, node);
            }
        }
        main.map_or(String::new(), |node| self.nodes[node].key.clone())
    }

    /// Joins what belongs together.
    pub fn finish(mut self, decisions: &Decisions) -> Links {
        let (decided, unused) = self.nodes.decided(decisions);
        let mut clusters = Clusters::new(self.nodes.len());
        for &(a, b, verdict) in &decided {
            match verdict {
                Verdict::Different => clusters.forbid(a, b),
                Verdict::Same => _ = clusters.join(a, b, Reason::Decision),
            }
        }
        for (a, b) in self.nodes.ties() {
            clusters.join(a, b, Reason::Document);
        }
        let names = self.nodes.by_name();
        for group in names.values() {
            self.join_places(group, &mut clusters);
        }
        let decided: HashSet<(usize, usize)> = decided.iter().flat_map(|&(a, b, _)| [(a, b), (b, a)]).collect();
        let settled = |a: usize, b: usize| decided.contains(&(a, b));
        let pairs = pairs::find(&self.nodes, &clusters, &names, &settled);
        let ids = self.ids(&clusters);
        let persons = self.persons(&clusters, &ids);
        let ids = ids.into_iter().enumerate().map(|(node, id)| (self.nodes[node].key.clone(), id)).collect();
        Links { ids, persons, pairs, unused }
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

    fn persons(&self, clusters: &Clusters, ids: &[String]) -> HashMap<String, Linked> {
        let mut persons = HashMap::new();
        for root in (0..self.nodes.len()).filter(|&node| clusters.is_root(node)) {
            let members = clusters.members(root);
            let mut documents: Vec<u32> =
                members.iter().flat_map(|&m| self.nodes[m].documents.iter().copied()).collect();
            documents.sort_unstable();
            documents.dedup();
            let listed = members.iter().any(|&m| self.nodes[m].listed);
            // What a single document says needs no reason.
            let told = |reason: &Reason| *reason == Reason::Decision || documents.len() > 1;
            let shared = members.iter().any(|&m| self.nodes[m].documents.len() > 1 && !self.nodes[m].office.is_empty());
            let reasons =
                [(listed, "listed"), (shared, "office")].into_iter().filter(|(is, _)| *is).map(|(_, name)| name);
            let evidence: Vec<&str> = reasons.chain(clusters.reasons(root).filter(told).map(Reason::name)).collect();
            let linked = Linked {
                documents: documents.len(),
                evidence: evidence.join("; "),
                listed: self.nodes.listed_names(&ids[root]),
            };
            persons.insert(ids[root].clone(), linked);
        }
        persons
    }
}

#[cfg(test)]
mod tests;
