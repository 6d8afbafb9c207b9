//! What could be otherwise: persons joined on thin evidence, and persons of one name who stay apart.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::LONGEST_GAP;
use super::clusters::Clusters;
use super::nodes::{Node, Nodes};
use crate::model::NameForm;

/// Why a bare name is asked about.
const BARE: &str = "same name, but nothing else is said of one of them";

/// Whether a pair was made one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum State {
    /// They are one entity.
    Joined,
    /// They are two.
    Apart,
}

impl State {
    /// The name in the tables.
    pub fn name(self) -> &'static str {
        match self {
            State::Joined => "joined",
            State::Apart => "apart",
        }
    }
}

/// Two nodes that may be one person or two.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Pair {
    /// Name as written on the first side.
    pub name: String,
    /// What the program made of them.
    pub state: State,
    /// Why, and what speaks for the opposite.
    pub why: String,
    /// One side.
    pub a: Side,
    /// The other side.
    pub b: Side,
}

/// One side of a [`Pair`].
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Side {
    /// Key of the node, for the decision.
    pub key: String,
    /// Offices and places.
    pub about: String,
    /// Earliest day of publication, ISO 8601, or empty.
    pub first: String,
    /// Latest day of publication, ISO 8601, or empty.
    pub last: String,
    /// Documents that name it.
    pub documents: usize,
    /// The first of them.
    pub document: String,
}

/// Who holds an office, to be compared with the other holders of it. In order: by office, then by first sighting.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Holder {
    /// Key of the place, and the office in standard wording.
    pub office: (String, String),
    order: (u32, u32, u32),
    slug: String,
    name: String,
    /// The entity.
    id: String,
    side: Side,
}

/// All open questions of a group with the names they belong to. `settled` tells of which two nodes the user has
/// decided.
pub(super) fn find(
    nodes: &Nodes,
    clusters: &Clusters,
    names: &BTreeMap<String, Vec<usize>>,
    settled: &dyn Fn(usize, usize) -> bool,
) -> Vec<(String, Pair)> {
    let asker = Asker { nodes, clusters, settled };
    let mut all = Vec::new();
    for (name, group) in names {
        let mut pairs = Vec::new();
        asker.joined(group, &mut pairs);
        asker.apart(group, &mut pairs);
        asker.listed(group, &mut pairs);
        all.extend(pairs.into_iter().map(|pair| (name.clone(), pair)));
    }
    all
}

/// Holders of offices with full names.
pub(super) fn holders(nodes: &Nodes, ids: &[String]) -> Vec<Holder> {
    let is_full = |node: &Node| node.form == NameForm::Full && !node.office.is_empty() && !node.place.key.is_empty();
    let holder = |(node, id): (&Node, &String)| Holder {
        office: (node.place.key.clone(), node.office.clone()),
        order: node.order,
        slug: node.slug.clone(),
        name: node.name.clone(),
        id: id.clone(),
        side: side(node),
    };
    let all = ids.iter().enumerate().map(|(node, id)| (&nodes[node], id));
    all.filter(|(node, _)| is_full(node)).map(holder).collect()
}

/// Names that differ by one letter among the holders of one office. `settled` tells of which two entities the user
/// has decided.
pub fn misspelt(holders: &[Holder], settled: &dyn Fn(&str, &str) -> bool) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (at, a) in holders.iter().enumerate() {
        for b in &holders[at + 1..] {
            if a.id != b.id && are_close(&a.slug, &b.slug) && !settled(&a.id, &b.id) {
                let why = "same office and place, and the names differ by one letter".to_owned();
                let (name, state) = (a.name.clone(), State::Apart);
                pairs.push(Pair { name, state, why, a: a.side.clone(), b: b.side.clone() });
            }
        }
    }
    pairs
}

struct Asker<'a> {
    nodes: &'a Nodes,
    clusters: &'a Clusters,
    settled: &'a dyn Fn(usize, usize) -> bool,
}

impl Asker<'_> {
    fn push(&self, pairs: &mut Vec<Pair>, a: usize, b: usize, why: String) {
        let is_one = self.clusters.are_one(a, b);
        let is_settled = |&a: &usize| self.clusters.members(b).iter().any(|&b| (self.settled)(a, b));
        let is_answered = if is_one { (self.settled)(a, b) } else { self.clusters.members(a).iter().any(is_settled) };
        if is_answered {
            return;
        }
        let state = if is_one { State::Joined } else { State::Apart };
        pairs.push(Pair {
            name: self.nodes[a].name.clone(),
            state,
            why,
            a: side(&self.nodes[a]),
            b: side(&self.nodes[b]),
        });
    }

    /// Different offices of one name in one place that no document gives to one person.
    fn joined(&self, group: &[usize], pairs: &mut Vec<Pair>) {
        let mut offices: BTreeMap<(&str, usize), Vec<usize>> = BTreeMap::new();
        for &node in group.iter().filter(|&&node| !self.nodes[node].office.is_empty()) {
            let key = (self.nodes[node].place.key.as_str(), self.clusters.root(node));
            offices.entry(key).or_default().push(node);
        }
        for mut same in offices.into_values() {
            same.sort_by_key(|&node| (self.nodes[node].first, node));
            for pair in same.windows(2) {
                let (a, b) = (pair[0], pair[1]);
                if !self.nodes.are_together(a, b) {
                    let why =
                        "same name and place within five years, but the offices differ and no document gives both";
                    self.push(pairs, a, b, why.into());
                }
            }
        }
    }

    /// Persons of one name in places of which one lies in the other, or of whom nothing but the name is known.
    fn apart(&self, group: &[usize], pairs: &mut Vec<Pair>) {
        let roots: BTreeSet<usize> = group.iter().map(|&node| self.clusters.root(node)).collect();
        let leader = |root: usize| self.nodes.leader(self.clusters.members(root));
        let mut leaders: Vec<usize> = roots.into_iter().map(leader).collect();
        leaders.sort_by_key(|&node| (self.nodes[node].first, node));
        self.bare(&leaders, pairs);
        leaders.retain(|&node| !self.nodes[node].is_weak());
        for (at, &a) in leaders.iter().enumerate() {
            for &b in &leaders[at + 1..] {
                if let Some(why) = self.likeness(a, b) {
                    self.push(pairs, a, b, why);
                }
            }
        }
    }

    /// Each bare name beside the nearest person of that name in time, one of whom more is known before another bare
    /// name: all pairs would be too many.
    fn bare(&self, leaders: &[usize], pairs: &mut Vec<Pair>) {
        let is_weak = |at: usize| self.nodes[leaders[at]].is_weak();
        for at in (0..leaders.len()).filter(|&at| is_weak(at)) {
            let beside = [at.checked_sub(1), Some(at + 1).filter(|&next| next < leaders.len())];
            let weight = |&b: &usize| (is_weak(b), self.nodes[leaders[at]].gap(&self.nodes[leaders[b]]));
            let Some(b) = beside.into_iter().flatten().min_by_key(weight) else { continue };
            if !is_weak(b) || b > at {
                self.push(pairs, leaders[at], leaders[b], BARE.into());
            }
        }
    }

    /// Why two persons of one name may be one.
    fn likeness(&self, a: usize, b: usize) -> Option<String> {
        let (a, b) = (&self.nodes[a], &self.nodes[b]);
        if a.listed && b.listed {
            return None;
        }
        let gap = a.gap(b);
        let years = if gap > LONGEST_GAP { format!(", {} years apart", gap / 12) } else { String::new() };
        if a.place.key == b.place.key && !a.place.key.is_empty() {
            let common = match (a.form, b.form) {
                (NameForm::Short, _) | (_, NameForm::Short) => "a name that many bear",
                (NameForm::Other, _) | (_, NameForm::Other) => "written in another way",
                _ => "the offices differ",
            };
            return Some(format!("same name and place, but {common}{years}"));
        }
        let nested =
            !a.place.key.is_empty() && !b.place.key.is_empty() && (a.place.is_in(&b.place) || b.place.is_in(&a.place));
        if nested {
            return Some(format!("same name, and one place lies in the other{years}"));
        }
        let near = a.place.province() == b.place.province() && !a.place.province().is_empty() && gap <= LONGEST_GAP;
        (near && a.form == NameForm::Full).then(|| "same name in one province within five years".to_string())
    }

    /// Persons of people.csv with the name of one who is linked to none.
    fn listed(&self, group: &[usize], pairs: &mut Vec<Pair>) {
        for &node in group.iter().filter(|&&node| !self.nodes[node].listed) {
            for (key, candidate) in &self.nodes[node].candidates {
                let is_decided = self
                    .nodes
                    .find(key)
                    .is_some_and(|listed| self.clusters.are_one(node, listed) || (self.settled)(node, listed));
                if is_decided || self.nodes.leader(self.clusters.members(node)) != node {
                    continue;
                }
                let b = Side { key: key.clone(), about: candidate.about.clone(), ..Side::default() };
                let why = format!("a listed person has this name, but {}", candidate.why);
                let name = self.nodes[node].name.clone();
                pairs.push(Pair { name, state: State::Apart, why, a: side(&self.nodes[node]), b });
            }
        }
    }
}

/// What is shown of a node.
fn side(node: &Node) -> Side {
    Side {
        key: node.key.clone(),
        about: about(node),
        first: node.days.0.clone(),
        last: node.days.1.clone(),
        documents: node.seen,
        document: node.document.clone(),
    }
}

/// Names with one surname that differ by one letter.
fn are_close(a: &str, b: &str) -> bool {
    let surname = |name: &str| name.split('-').next().map(str::to_string);
    a != b && surname(a) == surname(b) && strsim::levenshtein(a, b) == 1
}

fn about(node: &Node) -> String {
    [node.office.as_str(), &node.place.path]
        .iter()
        .filter(|part| !part.is_empty())
        .copied()
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_close_by_one_letter_of_the_given_name() {
        assert!(are_close("liu-yanhong", "liu-yanghong"));
        assert!(!are_close("liu-yanhong", "liu-yanhong") && !are_close("liu-yanhong", "li-yanhong"));
        assert!(!are_close("liu-yanhong", "liu-xianghong"));
    }
}
