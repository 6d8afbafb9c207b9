//! Nodes joined into persons, with the reasons, and with what must stay apart.

/// Why two nodes are one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The user says so.
    Decision,
    /// One document gives both to one person.
    Document,
    /// One name in one place within a few years.
    Place,
}

impl Reason {
    const ALL: [Reason; 3] = [Reason::Decision, Reason::Document, Reason::Place];

    /// The name in the tables.
    pub fn name(self) -> &'static str {
        match self {
            Reason::Decision => "decision",
            Reason::Document => "document",
            Reason::Place => "place",
        }
    }
}

/// A partition of the nodes `0..len`.
#[derive(Debug)]
pub struct Clusters {
    /// For each node: the first node of its cluster that names it.
    root: Vec<usize>,
    /// For each root: its nodes.
    members: Vec<Vec<usize>>,
    /// For each root: which of [`Reason::ALL`] joined it.
    reasons: Vec<[bool; 3]>,
    forbidden: Vec<(usize, usize)>,
}

impl Clusters {
    /// Each node by itself.
    pub fn new(len: usize) -> Self {
        Self {
            root: (0..len).collect(),
            members: (0..len).map(|node| vec![node]).collect(),
            reasons: vec![[false; 3]; len],
            forbidden: Vec::new(),
        }
    }

    /// Keeps two nodes apart, whatever is joined later.
    pub fn forbid(&mut self, a: usize, b: usize) {
        self.forbidden.push((a, b));
    }

    /// Joins the clusters of two nodes, unless that would join what must stay apart; tells whether they are one now.
    pub fn join(&mut self, a: usize, b: usize, reason: Reason) -> bool {
        let (a, b) = (self.root[a], self.root[b]);
        if a != b {
            if self.is_forbidden(a, b) {
                return false;
            }
            // The larger one keeps its name, so that no node is renamed often.
            let (to, from) = if self.members[a].len() >= self.members[b].len() { (a, b) } else { (b, a) };
            let moved = std::mem::take(&mut self.members[from]);
            moved.iter().for_each(|&node| self.root[node] = to);
            self.members[to].extend(moved);
            let more = self.reasons[from];
            let new = Reason::ALL.map(|other| other == reason);
            let reasons = more.into_iter().zip(new);
            self.reasons[to].iter_mut().zip(reasons).for_each(|(to, (more, new))| *to |= more | new);
        }
        true
    }

    /// Whether joining two clusters would join what must stay apart.
    fn is_forbidden(&self, a: usize, b: usize) -> bool {
        let parts = |&(x, y): &(usize, usize)| {
            let roots = (self.root[x], self.root[y]);
            roots == (a, b) || roots == (b, a)
        };
        self.forbidden.iter().any(parts)
    }

    /// Whether two nodes are one person.
    pub fn are_one(&self, a: usize, b: usize) -> bool {
        self.root[a] == self.root[b]
    }

    /// Whether a node names its cluster.
    pub fn is_root(&self, node: usize) -> bool {
        self.root[node] == node
    }

    /// The node that names the cluster.
    pub fn root(&self, node: usize) -> usize {
        self.root[node]
    }

    /// All nodes of a node's cluster.
    pub fn members(&self, node: usize) -> &[usize] {
        &self.members[self.root[node]]
    }

    /// What joined a node's cluster, in a fixed order.
    pub fn reasons(&self, node: usize) -> impl Iterator<Item = Reason> + '_ {
        Reason::ALL.into_iter().zip(self.reasons[self.root[node]]).filter(|(_, is)| *is).map(|(reason, _)| reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_forbidden_stays_apart_through_any_chain() {
        let mut clusters = Clusters::new(4);
        clusters.forbid(0, 3);
        assert!(clusters.join(0, 1, Reason::Document) && clusters.join(3, 2, Reason::Place));
        assert!(!clusters.join(1, 2, Reason::Place));
        assert!(clusters.are_one(0, 1) && clusters.are_one(2, 3) && !clusters.are_one(0, 3));
    }

    #[test]
    fn reasons_of_both_sides_are_kept_in_their_order() {
        let mut clusters = Clusters::new(4);
        clusters.join(0, 1, Reason::Place);
        clusters.join(2, 3, Reason::Decision);
        clusters.join(0, 2, Reason::Document);
        let names: Vec<&str> = clusters.reasons(3).map(Reason::name).collect();
        assert_eq!(names, ["decision", "document", "place"]);
        assert_eq!(clusters.members(1).len(), 4);
        assert_eq!((0..4).filter(|&node| clusters.is_root(node)).count(), 1);
    }
}
