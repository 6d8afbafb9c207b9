//! Counts names by their folded form, with their spellings and a few examples.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::gazetteer::fold_phrase;
use crate::model::Span;
use crate::write::excerpt;

/// Most characters of an example.
const EXAMPLE: usize = 100;
/// Most examples of a name, each from another document.
const MOST_EXAMPLES: usize = 2;

/// Names by their folded form.
#[derive(Debug, Default)]
pub(super) struct Tally(BTreeMap<String, Found>);

/// A name with everything counted of it.
#[derive(Debug, Default)]
struct Found {
    spellings: BTreeMap<String, u64>,
    count: u64,
    documents: u64,
    last_document: usize,
    examples: Vec<String>,
}

/// A name as it goes into a row.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Counted {
    /// The commonest spelling.
    pub(super) name: String,
    /// How often and where, in words.
    pub(super) note: String,
}

impl Tally {
    /// Counts the name under `span` of `text`, which stands in `sentence` (bytes) of the document with this number,
    /// from 1. The documents must come one after the other.
    pub(super) fn add(&mut self, text: &str, span: Span, sentence: Span, document: usize) {
        let name = span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
        let found = self.0.entry(fold_phrase(&name)).or_default();
        *found.spellings.entry(name).or_default() += 1;
        found.count += 1;
        if found.last_document != document {
            found.last_document = document;
            found.documents += 1;
            if found.examples.len() < MOST_EXAMPLES {
                found.examples.push(example(text, span, sentence));
            }
        }
    }

    /// Names with at least `least` mentions, the most frequent first, then by name.
    pub(super) fn most_frequent(&self, least: u64) -> Vec<Counted> {
        let mut found: Vec<(u64, Counted)> =
            self.0.values().filter(|found| found.count >= least).map(|found| (found.count, found.counted())).collect();
        found.sort_by(|(a, left), (b, right)| (Reverse(a), &left.name).cmp(&(Reverse(b), &right.name)));
        found.into_iter().map(|(_, counted)| counted).collect()
    }
}

impl Found {
    fn counted(&self) -> Counted {
        let common = self.spellings.iter().max_by_key(|(name, count)| (**count, Reverse(*name)));
        let plural = if self.documents == 1 { "" } else { "s" };
        let examples: Vec<String> = self.examples.iter().map(|example| format!("\"{example}\"")).collect();
        let note = format!("{} in {} document{plural}: {}", self.count, self.documents, examples.join("; "));
        Counted { name: common.map_or(String::new(), |(name, _)| name.clone()), note }
    }
}

/// The sentence, or the part of it around the name, with dots where it was cut.
fn example(text: &str, span: Span, sentence: Span) -> String {
    let whole = sentence.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let part = excerpt(text, sentence.join(span), span, EXAMPLE);
    let before = if whole.starts_with(&part) { "" } else { "... " };
    let behind = if whole.ends_with(&part) { "" } else { " ..." };
    format!("{before}{part}{behind}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn add(tally: &mut Tally, text: &str, name: &str, document: usize) {
        let start = text.find(name).unwrap();
        tally.add(text, Span::new(start, start + name.len()), Span::new(0, text.len()), document);
    }

    fn lines(tally: &Tally, least: u64) -> Vec<String> {
        tally.most_frequent(least).into_iter().map(|c| format!("{} = {}", c.name, c.note)).collect()
    }

    #[test]
    fn spellings_are_counted_together_and_the_commonest_names_the_row() {
        let mut tally = Tally::default();
        add(&mut tally, "The abbot came.", "abbot", 1);
        add(&mut tally, "The Abbot\n went.", "Abbot", 2);
        add(&mut tally, "An Abbot slept.", "Abbot", 2);
        add(&mut tally, "No ABBOT woke.", "ABBOT", 3);
        assert_eq!(lines(&tally, 4), ["Abbot = 4 in 3 documents: \"The abbot came.\"; \"The Abbot went.\""]);
        assert_eq!(lines(&tally, 5), [""; 0]);
    }

    #[test]
    fn the_order_is_by_frequency_then_by_name() {
        let mut tally = Tally::default();
        for name in ["Oak", "Elm", "Ash", "Oak"] {
            add(&mut tally, name, name, 1);
        }
        let names: Vec<String> = tally.most_frequent(1).into_iter().map(|c| c.name).collect();
        assert_eq!(names, ["Oak", "Ash", "Elm"]);
        assert_eq!(lines(&tally, 2), ["Oak = 2 in 1 document: \"Oak\""]);
    }

    #[test]
    fn long_sentences_are_cut_between_words() {
        let text = format!("{}Abbot {}end.", "before ".repeat(20), "after ".repeat(20));
        let span = Span::new(140, 145);
        let cut = example(&text, span, Span::new(0, text.len()));
        assert!(cut.starts_with("... before ") && cut.contains(" Abbot ") && cut.ends_with(" after ..."), "{cut}");
        assert!((90..=108).contains(&cut.chars().count()), "{cut}");
        assert_eq!(example("The Abbot.", Span::new(4, 9), Span::new(0, 10)), "The Abbot.");
    }
}
