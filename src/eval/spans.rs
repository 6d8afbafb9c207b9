//! From the strings of a gold file to spans of the document, and the overlap of spans. Spans count
//! characters here, as the tables do.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::gold::{Gold, Mention};
use super::label::Label;
use super::norm::{is_space, is_word};
use super::report::quoted;
use super::tally::Counts;

/// A stretch of a document, in characters (Unicode scalar values), its end not included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Span {
    fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    fn holds(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    fn shared(self, other: Self) -> usize {
        self.end.min(other.end).saturating_sub(self.start.max(other.start))
    }

    /// Whether the overlap is at least half of the longer one of the two.
    fn half_covers(self, other: Self) -> bool {
        2 * self.shared(other) >= self.len().max(other.len())
    }
}

/// A document's text that can be cut by character.
#[derive(Debug, Default)]
pub(super) struct Text {
    content: String,
    /// The byte at which each character starts.
    starts: Vec<usize>,
}

impl Text {
    /// A leading byte order mark does not count.
    pub(super) fn new(content: &str) -> Self {
        let content = content.strip_prefix('\u{FEFF}').unwrap_or(content).to_owned();
        let starts = content.char_indices().map(|(byte, _)| byte).collect();
        Self { content, starts }
    }

    /// The number of characters.
    pub(super) fn len(&self) -> usize {
        self.starts.len()
    }

    /// The words of a span; what lies beyond the text is left out.
    pub(super) fn slice(&self, span: Span) -> &str {
        let byte = |character| self.starts.get(character).copied().unwrap_or(self.content.len());
        self.content.get(byte(span.start)..byte(span.end)).unwrap_or_default()
    }

    /// Where `surface` stands as whole words, any run of white space for each of its own;
    /// occurrences do not overlap.
    fn occurrences(&self, surface: &str) -> Vec<Span> {
        let words: Vec<&str> = surface.split(is_space).filter(|word| !word.is_empty()).collect();
        let mut found = Vec::new();
        let mut from = 0;
        while let Some((start, end)) = self.next_occurrence(&words, from) {
            found.push(self.span(start, end));
            from = end;
        }
        found
    }

    /// The bytes of the next occurrence. After a rejected candidate the search goes on one
    /// character later, not after its end: a whole-word occurrence may start inside it.
    fn next_occurrence(&self, words: &[&str], mut from: usize) -> Option<(usize, usize)> {
        let first = words.first()?;
        loop {
            let start = from + self.content.get(from..)?.find(first)?;
            let (before, rest) = self.content.split_at_checked(start)?;
            match behind(rest, words).filter(|tail| !tail.starts_with(is_word)) {
                Some(tail) if !before.ends_with(is_word) => {
                    return Some((start, self.content.len() - tail.len()));
                }
                _ => from = start + rest.chars().next().map_or(1, char::len_utf8),
            }
        }
    }

    fn span(&self, start: usize, end: usize) -> Span {
        let character = |byte| self.starts.partition_point(|&start| start < byte);
        Span { start: character(start), end: character(end) }
    }
}

/// What follows `words` in a text that starts with them, white space between each two.
fn behind<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    let (first, others) = words.split_first()?;
    others.iter().try_fold(text.strip_prefix(first)?, |rest, word| {
        let next = rest.trim_start_matches(is_space);
        next.strip_prefix(word).filter(|_| next.len() < rest.len())
    })
}

/// The gold mentions of a document by label and place.
#[derive(Debug, Default)]
pub(super) struct Expanded<'g>(BTreeMap<(Label, Span), &'g Mention>);

impl<'g> Expanded<'g> {
    /// Finds the mentions of `gold` in `text`, the longest surface of a label first, so that no
    /// shorter one is found within it. A person inside a slogan is no mention. Surfaces that do not
    /// occur are told to `warn`.
    pub(super) fn new(gold: &'g Gold, text: &Text, mut warn: impl FnMut(&Mention)) -> Self {
        let mut found = Self::default();
        for label in Label::ALL {
            let mut mentions: Vec<&Mention> = gold.mentions.iter().filter(|m| m.label == label).collect();
            mentions.sort_by_key(|mention| Reverse(mention.surface.chars().count()));
            mentions.iter().for_each(|mention| found.place(mention, text, &mut warn));
        }
        let slogans = found.spans(Label::Slogan);
        let in_slogan = |span: Span| slogans.iter().any(|slogan| slogan.holds(span));
        found.0.retain(|&(label, span), _| label != Label::Person || !in_slogan(span));
        found
    }

    fn place(&mut self, mention: &'g Mention, text: &Text, warn: &mut impl FnMut(&Mention)) {
        let all = text.occurrences(&mention.surface);
        if all.is_empty() {
            warn(mention);
        }
        let taken = self.spans(mention.label);
        let counts = |number: usize| mention.only.as_ref().is_none_or(|only| only.contains(&number));
        for (index, span) in all.into_iter().enumerate() {
            if counts(index + 1) && !taken.iter().any(|other| other.holds(span)) {
                self.0.insert((mention.label, span), mention);
            }
        }
    }

    /// Where the mentions of a label stand.
    pub(super) fn spans(&self, label: Label) -> BTreeSet<Span> {
        self.of(label).map(|(span, _)| span).collect()
    }

    /// The mentions of a label with their places.
    pub(super) fn of(&self, label: Label) -> impl Iterator<Item = (Span, &'g Mention)> {
        self.0.iter().filter(move |((l, _), _)| *l == label).map(|((_, span), mention)| (*span, *mention))
    }
}

/// What a warning says about a gold mention that the text does not hold, its line first.
pub(super) fn absent(mention: &Mention) -> String {
    format!("{}: {} {} does not occur in the text", mention.line, mention.label.name(), quoted(&mention.surface))
}

/// Pairs each gold span, in order of text, with the predicted span that overlaps it most, and
/// counts the pairs that share half of the longer one. Where two predictions overlap it equally,
/// the one that comes first in the text (the shorter, if they start together) is taken, so that no
/// tie is left to the order of a hash table.
pub(super) fn relaxed(gold: &BTreeSet<Span>, predicted: &BTreeSet<Span>) -> Counts {
    let mut left: Vec<Span> = predicted.iter().copied().collect();
    for &span in gold {
        let best = (0..left.len()).min_by_key(|&i| Reverse(left[i].shared(span)));
        if let Some(best) = best.filter(|&i| left[i].half_covers(span)) {
            left.remove(best);
        }
    }
    let hits = predicted.len() - left.len();
    Counts { hits, missed: gold.len() - hits, wrong: left.len() }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn span(start: usize, end: usize) -> Span {
        Span { start, end }
    }

    fn places(text: &str, surface: &str) -> Vec<(usize, usize)> {
        Text::new(text).occurrences(surface).iter().map(|s| (s.start, s.end)).collect()
    }

    #[test]
    fn occurrences_are_whole_words_counted_in_characters() {
        assert_eq!(places("\u{FEFF}é Oak, Oaks, 省 Oak_ Oak", "Oak"), [(2, 5), (20, 23)]);
        assert_eq!(places("a big\n\t oak big oak bigoak", "big oak"), [(2, 11), (12, 19)]);
        assert_eq!(places("oak", "Oak"), []);
        assert_eq!(places("(No.) No. No.x", "No."), [(1, 4), (6, 9)]);
    }

    #[test]
    fn an_occurrence_may_start_inside_a_rejected_one() {
        assert_eq!(places("xa a a a", "a a"), [(3, 6)]);
        assert_eq!(places("é-é-é-éx", "é-é"), [(0, 3)]);
    }

    #[test]
    fn slices_beyond_the_text_are_cut() {
        let text = Text::new("héllo");
        assert_eq!(text.slice(span(1, 3)), "él");
        assert_eq!(text.slice(span(3, 99)), "lo");
        assert_eq!(text.slice(span(4, 2)), "");
        assert_eq!(text.len(), 5);
    }

    #[test]
    fn longer_surfaces_take_precedence_and_numbers_choose() {
        let records =
            "ORG\tOak Club\nORG\tRoyal Oak Club\nORG\tElm\t@=2\nORG\tAsh\nPERSON\tBo\nSLOGAN\tBo's six seeds\n";
        let gold = Gold::parse(Path::new("x.gold"), records).unwrap();
        let text = Text::new("Royal Oak Club, Oak Club, Elm, Elm. Bo praised Bo's six seeds");
        let mut warnings = Vec::new();
        let found = Expanded::new(&gold, &text, |m| warnings.push(absent(m)));
        assert_eq!(found.spans(Label::Org), BTreeSet::from([span(0, 14), span(16, 24), span(31, 34)]));
        assert_eq!(found.spans(Label::Person), BTreeSet::from([span(36, 38)]));
        assert_eq!(warnings, ["4: ORG 'Ash' does not occur in the text"]);
    }

    #[test]
    fn relaxed_pairs_need_half_of_the_longer_span() {
        let gold = BTreeSet::from([span(0, 10), span(20, 30)]);
        let counts = |predicted: &[Span]| {
            let counts = relaxed(&gold, &predicted.iter().copied().collect());
            (counts.hits, counts.wrong, counts.missed)
        };
        assert_eq!(counts(&[]), (0, 0, 2));
        assert_eq!(counts(&[span(0, 5), span(24, 30)]), (2, 0, 0));
        assert_eq!(counts(&[span(0, 4), span(15, 36)]), (0, 2, 2));
        assert_eq!(counts(&[span(0, 10), span(0, 40)]), (1, 1, 1));
    }
}
