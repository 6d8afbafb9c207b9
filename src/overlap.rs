//! Which candidates stand where they overlap: one total order, in one place.
//!
//! Mentions of different types may nest (a REGION in an ORG in a TITLE); mentions of one type never overlap. Within a
//! type the longer candidate wins, then the one that begins earlier, then the one whose rule comes first in the
//! alphabet. Across types, a name inside a slogan is none, and a place inside a name is none.

use crate::find::Candidate;
use crate::model::Label;
use std::cmp::Reverse;

/// The candidates that stand, in the order of the text: by first token, then longer first, then label.
pub fn resolve(candidates: Vec<Candidate>) -> Vec<Candidate> {
    let mut standing: Vec<Candidate> =
        Label::ALL.into_iter().flat_map(|label| longest_of(&candidates, label)).collect();
    drop_inside(&mut standing, Label::Person, Label::Slogan, |_| true);
    drop_inside(&mut standing, Label::Person, Label::Region, is_guess);
    drop_inside(&mut standing, Label::Person, Label::Org, is_guess);
    drop_in_listed(&mut standing);
    drop_inside(&mut standing, Label::Region, Label::Person, |_| true);
    standing.sort_by_key(|a| (a.first, Reverse(a.end), a.label));
    standing
}

/// A name inside a listed organisation's name ("Wen Wei Po") is no person.
fn drop_in_listed(standing: &mut Vec<Candidate>) {
    let listed: Vec<(usize, usize)> = standing
        .iter()
        .filter(|c| c.label == Label::Org && c.rule.starts_with("organizations:"))
        .map(|c| (c.first, c.end))
        .collect();
    standing
        .retain(|c| c.label != Label::Person || !listed.iter().any(|&(first, end)| first <= c.first && c.end <= end));
}

/// Whether a name rests on its surroundings and not on its form.
fn is_guess(candidate: &Candidate) -> bool {
    candidate.rule.starts_with("person.")
        && !matches!(candidate.rule.as_ref(), "person.surname_given" | "person.single_name")
}

fn longest_of(candidates: &[Candidate], label: Label) -> Vec<Candidate> {
    let mut of_label: Vec<&Candidate> = candidates.iter().filter(|c| c.label == label).collect();
    of_label.sort_by(|a, b| rank(a).cmp(&rank(b)));
    let last = of_label.iter().map(|c| c.end).max().unwrap_or(0);
    let mut taken = vec![false; last];
    let mut kept = Vec::new();
    for candidate in of_label {
        let range = candidate.first..candidate.end;
        if !taken[range.clone()].iter().any(|&t| t) {
            taken[range].fill(true);
            kept.push(candidate.clone());
        }
    }
    kept
}

/// The total order: what sorts first stands.
fn rank(candidate: &Candidate) -> (Reverse<usize>, usize, bool, &str) {
    let length = candidate.end - candidate.first;
    (Reverse(length), candidate.first, candidate.entry.is_none(), candidate.rule.as_ref())
}

/// Drops the `inner` candidates that lie inside an `outer` one and that `weak` gives up.
fn drop_inside(standing: &mut Vec<Candidate>, inner: Label, outer: Label, weak: fn(&Candidate) -> bool) {
    let last = standing.iter().map(|c| c.end).max().unwrap_or(0);
    // For each token: one past the outer candidate that covers it.
    let mut covered = vec![0; last];
    for candidate in standing.iter().filter(|c| c.label == outer) {
        covered[candidate.first..candidate.end].fill(candidate.end);
    }
    standing.retain(|c| c.label != inner || covered[c.first] < c.end || !weak(c));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(label: Label, first: usize, end: usize, rule: &'static str) -> Candidate {
        Candidate::new(label, first, end, rule)
    }

    fn ranges(candidates: Vec<Candidate>) -> Vec<(Label, usize, usize)> {
        resolve(candidates).iter().map(|c| (c.label, c.first, c.end)).collect()
    }

    #[test]
    fn the_longer_of_one_type_stands() {
        let found = ranges(vec![candidate(Label::Org, 2, 4, "a"), candidate(Label::Org, 0, 4, "b")]);
        assert_eq!(found, [(Label::Org, 0, 4)]);
    }

    #[test]
    fn of_equal_length_the_earlier_stands_whatever_the_order() {
        let (a, b) = (candidate(Label::Org, 0, 2, "z"), candidate(Label::Org, 1, 3, "a"));
        assert_eq!(ranges(vec![a.clone(), b.clone()]), [(Label::Org, 0, 2)]);
        assert_eq!(ranges(vec![b, a]), [(Label::Org, 0, 2)]);
    }

    #[test]
    fn types_nest() {
        let found = ranges(vec![candidate(Label::Region, 0, 1, "a"), candidate(Label::Org, 0, 3, "b")]);
        assert_eq!(found, [(Label::Org, 0, 3), (Label::Region, 0, 1)]);
    }

    #[test]
    fn a_name_in_a_slogan_and_a_place_in_a_name_fall() {
        let name = candidate(Label::Person, 0, 2, "person.surname_given");
        assert_eq!(ranges(vec![name.clone(), candidate(Label::Slogan, 0, 5, "s")]), [(Label::Slogan, 0, 5)]);
        assert_eq!(ranges(vec![name, candidate(Label::Region, 1, 2, "r")]), [(Label::Person, 0, 2)]);
    }

    #[test]
    fn a_guessed_name_yields_to_an_organ() {
        let guess = candidate(Label::Person, 0, 1, "person.beside_title");
        assert_eq!(ranges(vec![guess, candidate(Label::Org, 0, 2, "o")]), [(Label::Org, 0, 2)]);
    }
}
