//! The phrases of all gazetteers, looked for in a text.
//!
//! Text and phrases are brought to the same form: folded tokens, each with a space behind it. From each token the
//! automaton is walked as far as the words of the sentence lead; a phrase stands where a token ends in a final
//! state, so that it always covers whole words. Hits overlap; what stands is decided later.

use super::contexts::Contexts;
use super::source::forms::{Entry, Form, Forms, Policy, push_folded, unpack};
use super::source::rows::{Boundary, Case};
use crate::text::{Shape, Text};
use fst::raw::Output;
use std::borrow::Cow;
use std::collections::HashSet;

/// Least length in bytes of a word that must have its capital where a name has one.
const LEAST_CONTENT_WORD: usize = 4;

/// A phrase of an entry found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// The entry.
    pub entry: Entry,
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub end: usize,
}

/// The compiled phrases: the shipped ones, and those of the user's folder above them.
#[derive(Debug, Clone)]
pub struct Phrases {
    layers: Vec<Layer>,
    contexts: Contexts,
}

/// Phrases compiled together.
#[derive(Debug, Clone)]
pub struct Layer {
    automaton: fst::Map<Cow<'static, [u8]>>,
    forms: Vec<Form>,
    policies: Vec<Policy>,
    /// Rows that a higher layer replaces or that are switched off.
    hidden: HashSet<Entry>,
}

impl Layer {
    /// A layer of compiled forms; an error says what is wrong with the automaton's bytes.
    pub fn new(automaton: Cow<'static, [u8]>, forms: Vec<Form>, policies: Vec<Policy>) -> Result<Self, String> {
        let automaton = fst::Map::new(automaton).map_err(|error| error.to_string())?;
        Ok(Self { automaton, forms, policies, hidden: HashSet::new() })
    }

    /// A layer of forms compiled just now.
    pub fn of(forms: Forms) -> Result<Self, String> {
        Self::new(Cow::Owned(forms.automaton), forms.forms, forms.policies)
    }

    /// The same layer without these rows.
    pub fn without(mut self, rows: impl IntoIterator<Item = Entry>) -> Self {
        self.hidden.extend(rows);
        self
    }

    /// Gives each phrase that begins at token `first`: the token where it ends and the place of its forms.
    fn walk(&self, text: &Text, folded: &Folded, first: usize, mut give: impl FnMut(usize, u64)) {
        let automaton = self.automaton.as_fst();
        let sentence = text.tokens[first].sentence;
        let (mut node, mut output) = (automaton.root(), Output::zero());
        for index in first..text.tokens.len() {
            if text.tokens[index].sentence != sentence {
                return;
            }
            for &byte in folded.word(index) {
                let Some(at) = node.find_input(byte) else { return };
                let transition = node.transition(at);
                output = output.cat(transition.out);
                node = automaton.node(transition.addr);
            }
            if node.is_final() {
                give(index + 1, output.cat(node.final_output()).value());
            }
        }
    }
}

impl Phrases {
    /// Phrases of these layers, the lowest first.
    pub fn new(layers: Vec<Layer>) -> Result<Self, String> {
        let contexts = Contexts::new(layers.iter().flat_map(|l| &l.policies).map(|p| p.context.as_str()))?;
        Ok(Self { layers, contexts })
    }

    /// Every phrase that occurs in `text`, by first token, then longer first, then entry.
    pub fn find(&self, text: &Text) -> Vec<Hit> {
        let folded = Folded::new(text);
        let mut hits = Vec::new();
        for layer in &self.layers {
            for first in 0..text.tokens.len() {
                layer.walk(text, &folded, first, |end, value| {
                    let forms = layer.forms[unpack(value)].iter();
                    let fitting = forms.filter(|form| self.fits(layer, form, text, &folded, first..end));
                    hits.extend(fitting.map(|form| Hit { entry: form.entry, first, end }));
                });
            }
        }
        hits.sort_by_key(|hit| (hit.first, std::cmp::Reverse(hit.end), hit.entry));
        hits.dedup();
        hits
    }

    /// Number of different phrases of the layers.
    pub fn len(&self) -> usize {
        self.layers.iter().map(|layer| layer.automaton.len()).sum()
    }

    /// Whether there are no phrases.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of phrases in `text`, whatever their policies: what a bare scan costs.
    pub fn scan(&self, text: &Text) -> usize {
        let folded = Folded::new(text);
        let mut count = 0;
        for layer in &self.layers {
            (0..text.tokens.len()).for_each(|first| layer.walk(text, &folded, first, |_, _| count += 1));
        }
        count
    }

    /// All phrases in their folded form, layer by layer in the order of their bytes.
    pub fn folded(&self) -> Vec<String> {
        self.layers.iter().flat_map(|layer| layer.automaton.stream().into_str_keys().unwrap_or_default()).collect()
    }

    fn fits(&self, layer: &Layer, form: &Form, text: &Text, folded: &Folded, tokens: std::ops::Range<usize>) -> bool {
        let policy = &layer.policies[usize::from(form.policy)];
        (layer.hidden.is_empty() || !layer.hidden.contains(&form.entry))
            && has_case(policy.case, form, text, &tokens)
            && has_boundary(policy.boundary, text, &tokens)
            && (policy.context.is_empty() || self.contexts.hold(&policy.context, text, folded, tokens))
    }
}

fn has_case(case: Case, form: &Form, text: &Text, tokens: &std::ops::Range<usize>) -> bool {
    let lead = text.tokens[tokens.start];
    match case {
        Case::Any => true,
        Case::Capital => lead.shape != Shape::Lower && tokens.clone().all(|i| is_capital_or_little(text, i)),
        Case::Lead => lead.shape != Shape::Lower,
        Case::Exact => form.exact.as_deref() == Some(text.surface(text.token_span(tokens.start, tokens.end))),
    }
}

fn has_boundary(boundary: Boundary, text: &Text, tokens: &std::ops::Range<usize>) -> bool {
    let glued = |index: usize| text.tokens.get(index).is_some_and(|token| token.glued);
    boundary == Boundary::Word || !(glued(tokens.start) || glued(tokens.end))
}

/// Each content word of a name begins with a capital; little words and type words behind it need not.
fn is_capital_or_little(text: &Text, index: usize) -> bool {
    let token = &text.tokens[index];
    token.shape != Shape::Lower || token.glued || token.span.len() < LEAST_CONTENT_WORD
}

/// The folded words of a text, a space behind each.
#[derive(Debug)]
pub(super) struct Folded {
    words: String,
    /// For each token: where it begins in `words` (bytes); one more at the end.
    starts: Vec<usize>,
}

impl Folded {
    fn new(text: &Text) -> Self {
        let mut folded = Folded {
            words: String::with_capacity(text.source.len() + text.source.len() / 4),
            starts: Vec::with_capacity(text.tokens.len() + 1),
        };
        for token in &text.tokens {
            folded.starts.push(folded.words.len());
            push_folded(&mut folded.words, text.surface(token.span), token.kind);
            folded.words.push(' ');
        }
        folded.starts.push(folded.words.len());
        folded
    }

    /// The token's folded word with the space behind it.
    fn word(&self, token: usize) -> &[u8] {
        &self.words.as_bytes()[self.starts[token]..self.starts[token + 1]]
    }

    /// The folded words of tokens.
    pub(super) fn words(&self, tokens: std::ops::Range<usize>) -> &str {
        &self.words[self.starts[tokens.start]..self.starts[tokens.end]]
    }
}

#[cfg(test)]
mod tests {
    use super::super::source::forms::{Builder, Table};
    use super::*;
    use crate::text::Language;

    fn policy(case: Case, boundary: Boundary, context: &str) -> Policy {
        Policy { case, boundary, context: context.to_string() }
    }

    fn compiled(phrases: &[(&str, Policy)]) -> Phrases {
        let mut builder = Builder::default();
        for (row, (phrase, policy)) in phrases.iter().enumerate() {
            builder.add(phrase, Entry { table: Table::Slogan, row }, policy);
        }
        Phrases::new(vec![Layer::of(builder.build().unwrap()).unwrap()]).unwrap()
    }

    fn found_with(phrases: &[(&str, Policy)], source: &str) -> Vec<String> {
        let text = Text::new(source, &Language::default());
        let hits = compiled(phrases).find(&text);
        hits.iter().map(|h| text.surface(text.token_span(h.first, h.end)).to_string()).collect()
    }

    fn found(phrases: &[(&str, Case)], source: &str) -> Vec<String> {
        let phrases: Vec<_> = phrases.iter().map(|(p, case)| (*p, policy(*case, Boundary::Word, ""))).collect();
        found_with(&phrases, source)
    }

    #[test]
    fn whole_words_in_any_spelling_of_hyphens_case_and_apostrophes() {
        let phrases = [("high-quality", Case::Any), ("Xi'an", Case::Any)];
        assert_eq!(found(&phrases, "High - quality in Xi’an, highquality"), ["High - quality", "Xi’an"]);
        assert_eq!(found(&phrases, "a high - quality, High quality"), ["high - quality", "High quality"]);
        assert_eq!(found(&[("art", Case::Any)], "party arts"), Vec::<String>::new());
    }

    #[test]
    fn adjoining_and_nested_phrases_are_all_found() {
        let phrases = [("party committee", Case::Any), ("committee", Case::Any), ("secretary", Case::Any)];
        assert_eq!(found(&phrases, "party committee secretary"), ["party committee", "committee", "secretary"]);
    }

    #[test]
    fn case_policies() {
        let phrases = [("reading", Case::Capital), ("CPC", Case::Exact)];
        assert_eq!(found(&phrases, "reading in Reading by the CPC and cpc"), ["Reading", "CPC"]);
        let lead = [("Yunnan province", Case::Lead)];
        assert_eq!(found(&lead, "Yunnan province, yunnan Province"), ["Yunnan province"]);
    }

    #[test]
    fn two_exact_spellings_of_one_row_both_count() {
        let mut builder = Builder::default();
        let exact = policy(Case::Exact, Boundary::Word, "");
        for phrase in ["MPS", "Mps"] {
            builder.add(phrase, Entry { table: Table::Organization, row: 0 }, &exact);
        }
        let phrases = Phrases::new(vec![Layer::of(builder.build().unwrap()).unwrap()]).unwrap();
        assert_eq!(phrases.find(&Text::new("MPS Mps mps", &Language::default())).len(), 2);
    }

    #[test]
    fn strict_boundaries_shun_hyphens() {
        let strict = [("Long", policy(Case::Lead, Boundary::Strict, ""))];
        assert_eq!(found_with(&strict, "Long-term, Sino-Long, in Long."), ["Long"]);
        assert_eq!(found(&[("Long", Case::Lead)], "Long-term, Sino-Long, in Long."), ["Long", "Long", "Long"]);
    }

    #[test]
    fn contexts_are_quotation_marks_or_words_of_the_sentence() {
        let quoted = [("four early", policy(Case::Any, Boundary::Word, "quoted"))];
        assert_eq!(found_with(&quoted, "four early trains, the \"four early\" and “four early”,"), ["four early"; 2]);
        let near = [("SPC", policy(Case::Exact, Boundary::Word, "judge[s]|court[s]"))];
        assert_eq!(found_with(&near, "The SPC and its Judges. The SPC of pumps. Courts of the SPC."), ["SPC"; 2]);
    }

    #[test]
    fn no_match_runs_over_a_sentence_end() {
        assert_eq!(found(&[("rural revitalization", Case::Any)], "It is rural\nrevitalization"), Vec::<String>::new());
        assert_eq!(found(&[("rural", Case::Any)], "It is rural\nrural"), ["rural", "rural"]);
    }

    #[test]
    fn diacritics_do_not_matter() {
        assert_eq!(found(&[("Lüshun", Case::Any)], "Lushun and Lüshun"), ["Lushun", "Lüshun"]);
    }

    #[test]
    fn hidden_rows_are_not_found() {
        let mut builder = Builder::default();
        let any = policy(Case::Any, Boundary::Word, "");
        let entry = |row| Entry { table: Table::Slogan, row };
        builder.add("calm rivers", entry(0), &any);
        builder.add("calm rivers", entry(1), &any);
        let layer = Layer::of(builder.build().unwrap()).unwrap().without([entry(0)]);
        let hits = Phrases::new(vec![layer]).unwrap().find(&Text::new("calm rivers", &Language::default()));
        assert_eq!(hits.iter().map(|h| h.entry).collect::<Vec<_>>(), [entry(1)]);
    }
}
