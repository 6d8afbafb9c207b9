//! Counting: what was found, missed and wrongly found under each key, and how often a stated value
//! was right.

use std::collections::{BTreeMap, BTreeSet};

use super::report::{Accuracy, Item, Items, Score};

/// Hits, misses and false finds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) hits: usize,
    pub(super) missed: usize,
    pub(super) wrong: usize,
}

impl Counts {
    pub(super) fn add(&mut self, other: Self) {
        self.hits += other.hits;
        self.missed += other.missed;
        self.wrong += other.wrong;
    }

    /// Where nothing was predicted, precision is 1 if there was nothing to predict, else 0; where
    /// there is no gold, recall is 1.
    pub(super) fn score(self) -> Score {
        let Self { hits, missed, wrong } = self;
        let precision = ratio(hits, hits + wrong).unwrap_or(if missed == 0 { 1.0 } else { 0.0 });
        let recall = ratio(hits, hits + missed).unwrap_or(1.0);
        let sum = precision + recall;
        let f1 = if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 };
        Score { precision, recall, f1, gold: hits + missed, predicted: hits + wrong, relaxed_f1: None }
    }

    /// F1 computed from the counts; 1 where there is nothing to find and nothing was found.
    pub(super) fn f1(self) -> f64 {
        ratio(2 * self.hits, 2 * self.hits + self.wrong + self.missed).unwrap_or(1.0)
    }
}

fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// The counts of all keys, with what was missed and wrongly found.
#[derive(Debug, Default)]
pub(super) struct Tally(BTreeMap<&'static str, Entry>);

#[derive(Debug, Default)]
struct Entry {
    counts: Counts,
    missed: Vec<Item>,
    wrong: Vec<Item>,
}

impl Tally {
    /// Compares two sets; `show` writes a member of them for the list of errors, which is in the
    /// order of the sets.
    pub(super) fn compare<T: Ord>(
        &mut self,
        key: &'static str,
        document: &str,
        gold: &BTreeSet<T>,
        predicted: &BTreeSet<T>,
        show: impl Fn(&T) -> String,
    ) {
        self.hits(key, gold.intersection(predicted).count());
        gold.difference(predicted).for_each(|x| self.missed(key, document, show(x)));
        predicted.difference(gold).for_each(|x| self.wrong(key, document, show(x)));
    }

    /// Adds hits.
    pub(super) fn hits(&mut self, key: &'static str, number: usize) {
        self.0.entry(key).or_default().counts.hits += number;
    }

    /// Adds something that was not found.
    pub(super) fn missed(&mut self, key: &'static str, document: &str, text: String) {
        let entry = self.0.entry(key).or_default();
        entry.counts.missed += 1;
        entry.missed.push(Item { document: document.to_owned(), text });
    }

    /// Adds something that was found wrongly.
    pub(super) fn wrong(&mut self, key: &'static str, document: &str, text: String) {
        let entry = self.0.entry(key).or_default();
        entry.counts.wrong += 1;
        entry.wrong.push(Item { document: document.to_owned(), text });
    }

    /// The sum over some keys.
    pub(super) fn sum(&self, keys: &[&str]) -> Counts {
        let mut sum = Counts::default();
        keys.iter().filter_map(|key| self.0.get(key)).for_each(|entry| sum.add(entry.counts));
        sum
    }

    /// What was missed and wrongly found under a key.
    pub(super) fn take_items(&mut self, key: &'static str) -> Items {
        let Entry { missed, wrong, .. } = self.0.remove(key).unwrap_or_default();
        Items { key: key.to_owned(), missed, wrong }
    }
}

/// How often stated values were right, in the order in which they were first met.
#[derive(Debug, Default)]
pub(super) struct Accuracies(Vec<(&'static str, usize, usize)>);

impl Accuracies {
    /// Adds `gold` stated values of which `right` were right; the key shows even if both are 0.
    pub(super) fn add(&mut self, key: &'static str, gold: usize, right: usize) {
        match self.0.iter_mut().find(|(known, ..)| *known == key) {
            Some(known) => *known = (key, known.1 + gold, known.2 + right),
            None => self.0.push((key, gold, right)),
        }
    }

    /// Adds one value, if the gold states it.
    pub(super) fn judge(&mut self, key: &'static str, gold: Option<&str>, right: impl FnOnce(&str) -> bool) {
        if let Some(gold) = gold {
            self.add(key, 1, usize::from(right(gold)));
        }
    }

    /// The accuracies with their names.
    pub(super) fn report(&self) -> Vec<(String, Accuracy)> {
        let accuracy = |gold, right| Accuracy { value: ratio(right, gold).unwrap_or(1.0), gold };
        self.0.iter().map(|&(key, gold, right)| (key.to_owned(), accuracy(gold, right))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(hits: usize, missed: usize, wrong: usize) -> Counts {
        Counts { hits, missed, wrong }
    }

    #[test]
    fn precision_recall_and_f1() {
        let score = counts(3, 1, 0).score();
        assert_eq!((score.precision, score.recall, score.gold, score.predicted), (1.0, 0.75, 4, 3));
        assert_eq!(score.f1, 1.5 / 1.75);
        assert_eq!(counts(1, 1, 1).f1(), 0.5);
    }

    #[test]
    fn nothing_predicted_or_nothing_to_predict() {
        let triple = |c: Counts| (c.score().precision, c.score().recall, c.score().f1);
        assert_eq!(triple(counts(0, 0, 0)), (1.0, 1.0, 1.0));
        assert_eq!(triple(counts(0, 2, 0)), (0.0, 0.0, 0.0));
        assert_eq!(triple(counts(0, 0, 2)), (0.0, 1.0, 0.0));
        assert_eq!(counts(0, 0, 0).f1(), 1.0);
    }

    #[test]
    fn sets_are_compared_in_order() {
        let mut tally = Tally::default();
        tally.compare("k", "doc", &BTreeSet::from([3, 1, 2]), &BTreeSet::from([2, 9, 4]), i32::to_string);
        assert_eq!(tally.sum(&["k", "other"]), counts(1, 2, 2));
        let items = tally.take_items("k");
        let texts = |items: &[Item]| items.iter().map(|i| i.text.clone()).collect::<Vec<_>>();
        assert_eq!(
            (texts(&items.missed), texts(&items.wrong)),
            (vec!["1".into(), "3".into()], vec!["4".into(), "9".into()])
        );
        assert_eq!(items.missed[0].document, "doc");
    }

    #[test]
    fn accuracies_keep_their_order() {
        let mut accuracies = Accuracies::default();
        accuracies.add("z", 0, 0);
        accuracies.judge("a", Some("x"), |x| x == "x");
        accuracies.judge("a", Some("x"), |x| x == "y");
        accuracies.judge("b", None, |_| true);
        let report = accuracies.report();
        assert_eq!(report[0], ("z".to_owned(), Accuracy { value: 1.0, gold: 0 }));
        assert_eq!(report[1], ("a".to_owned(), Accuracy { value: 0.5, gold: 2 }));
        assert_eq!(report.len(), 2);
    }
}
