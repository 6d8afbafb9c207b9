//! Phrases that several finders build on: names, places and organs, composed once per text.
//!
//! A phrase is no mention yet: the finders decide which phrases count.

pub mod names;
pub mod organs;
pub mod places;

use super::lexed::Lexed;
pub use names::{NamePhrase, NamePhrases};
pub use organs::OrganPhrase;
pub use places::PlacePhrase;
use std::collections::HashMap;

/// The composed phrases of one text, each list in the order of the text.
#[derive(Debug, Default)]
pub struct Phrasing {
    /// Runs that have the form of a personal name.
    pub names: NamePhrases,
    /// Place names.
    pub places: Vec<PlacePhrase>,
    /// Organs and organisations.
    pub organs: Vec<OrganPhrase>,
    organ_by_end: HashMap<usize, usize>,
    organ_by_first: HashMap<usize, usize>,
    place_by_end: HashMap<usize, usize>,
    place_by_first: HashMap<usize, usize>,
}

impl Phrasing {
    /// Composes the phrases of `lexed`.
    pub fn new(lexed: &Lexed) -> Self {
        let names = names::compose(lexed);
        let places = places::compose(lexed, &names);
        let organs = organs::compose(lexed, &names, &places);
        Phrasing {
            organ_by_end: longest_by(&organs, |o| (o.first, o.end), |o| o.end),
            organ_by_first: longest_by(&organs, |o| (o.first, o.end), |o| o.first),
            place_by_end: longest_by(&places, |p| (p.first, p.end), |p| p.end),
            place_by_first: longest_by(&places, |p| (p.first, p.end), |p| p.first),
            names,
            places,
            organs,
        }
    }

    /// The longest organ phrase that ends before token `end`.
    pub fn organ_ending(&self, end: usize) -> Option<&OrganPhrase> {
        self.organ_by_end.get(&end).map(|&i| &self.organs[i])
    }

    /// The longest organ phrase that begins at `first`.
    pub fn organ_starting(&self, first: usize) -> Option<&OrganPhrase> {
        self.organ_by_first.get(&first).map(|&i| &self.organs[i])
    }

    /// Organ phrases that lie inside the tokens `first..end`.
    pub fn organs_in(&self, first: usize, end: usize) -> impl Iterator<Item = &OrganPhrase> {
        let from = self.organs.partition_point(|o| o.first < first);
        self.organs[from..].iter().take_while(move |o| o.first < end).filter(move |o| o.end <= end)
    }

    /// The organ phrase that covers exactly the tokens `first..end`.
    pub fn organ_at(&self, first: usize, end: usize) -> Option<&OrganPhrase> {
        self.organs_in(first, end).find(|o| o.first == first && o.end == end)
    }

    /// The place that covers exactly the tokens `first..end`.
    pub fn place_at(&self, first: usize, end: usize) -> Option<&PlacePhrase> {
        let from = self.places.partition_point(|p| p.first < first);
        self.places[from..].iter().take_while(|p| p.first == first).find(|p| p.end == end)
    }

    /// The longest place that begins at `first`.
    pub fn place_starting(&self, first: usize) -> Option<&PlacePhrase> {
        self.place_by_first.get(&first).map(|&i| &self.places[i])
    }

    /// The longest place that ends before token `end`.
    pub fn place_ending(&self, end: usize) -> Option<&PlacePhrase> {
        self.place_by_end.get(&end).map(|&i| &self.places[i])
    }
}

/// For each key: index of the longest phrase that has it.
fn longest_by<P>(phrases: &[P], range: fn(&P) -> (usize, usize), key: fn(&P) -> usize) -> HashMap<usize, usize> {
    let length = |i: usize| range(&phrases[i]).1 - range(&phrases[i]).0;
    let mut longest: HashMap<usize, usize> = HashMap::new();
    for (index, phrase) in phrases.iter().enumerate() {
        let best = longest.entry(key(phrase)).or_insert(index);
        if length(index) > length(*best) {
            *best = index;
        }
    }
    longest
}
