//! The words that support a row, short enough for a cell.

use std::ops::Range;

use crate::model::{Evidence, Span};

/// Most characters of a cell of evidence.
const MOST: usize = 300;

/// The supporting words of a fact, at most 300 characters of them.
pub(super) fn evidence(text: &str, evidence: &Evidence) -> String {
    excerpt(text, evidence.support.join(evidence.span), evidence.span, MOST)
}

/// The words under `support` (bytes) with white space collapsed. If they have more than `most` characters, as many
/// whole words as fit on both sides of the words under `kept`; these are always there.
pub(crate) fn excerpt(text: &str, support: Span, kept: Span, most: usize) -> String {
    let words = words(text, support);
    let core = core(&words, kept);
    if length(&words[core.clone()]) > most {
        return cut(&join(text, &self::words(text, kept)), most);
    }
    join(text, &words[widened(&words, core, most)])
}

/// A word and its number of characters.
struct Word {
    span: Span,
    characters: usize,
}

/// The words that lie in a span or reach into it, each cut to the span.
fn words(text: &str, within: Span) -> Vec<Word> {
    let text = within.of(text);
    let word = |word: &str| {
        let start = within.start + (word.as_ptr() as usize - text.as_ptr() as usize);
        Word { span: Span::new(start, start + word.len()), characters: word.chars().count() }
    };
    text.split_whitespace().map(word).collect()
}

/// The words that carry the fact; none, at the start, if the span is blank.
fn core(words: &[Word], span: Span) -> Range<usize> {
    let start = words.iter().position(|word| word.span.overlaps(span)).unwrap_or_default();
    let count = words[start..].iter().take_while(|word| word.span.overlaps(span)).count();
    start..start + count
}

/// Characters of the words with a space between each two.
fn length(words: &[Word]) -> usize {
    words.iter().map(|word| word.characters + 1).sum::<usize>().saturating_sub(1)
}

/// Takes in words before and after by turns, as long as they fit.
fn widened(words: &[Word], core: Range<usize>, most: usize) -> Range<usize> {
    let Range { mut start, mut end } = core;
    let mut left = most - length(&words[start..end]);
    let mut take = |word: Option<&Word>| {
        let rest = word.and_then(|word| left.checked_sub(word.characters + 1));
        left = rest.unwrap_or(left);
        rest.is_some()
    };
    let (mut before, mut after) = (true, true);
    while before || after {
        before = before && take(start.checked_sub(1).and_then(|index| words.get(index)));
        start -= usize::from(before);
        after = after && take(words.get(end));
        end += usize::from(after);
    }
    start..end
}

fn join(text: &str, words: &[Word]) -> String {
    let words: Vec<&str> = words.iter().map(|word| word.span.of(text)).collect();
    words.join(" ")
}

/// The first words that fit, or the first characters of a single word that does not.
fn cut(text: &str, most: usize) -> String {
    let Some((end, next)) = text.char_indices().nth(most) else { return text.to_owned() };
    let start = &text[..end];
    let whole = if next == ' ' { Some(start.len()) } else { start.rfind(' ') };
    start[..whole.unwrap_or(end)].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str, fact: &str, support: Option<Span>) -> String {
        let start = text.find(fact).unwrap();
        let span = Span::new(start, start + fact.len());
        let support = support.unwrap_or(Span::new(0, text.len()));
        evidence(text, &Evidence { sentence: 0, span, support, rule: "r".into() })
    }

    #[test]
    fn short_support_is_given_whole_with_single_spaces() {
        assert_eq!(cell("  The mayor\n\t spoke.\u{3000}All sang. ", "mayor", None), "The mayor spoke. All sang.");
        assert_eq!(cell("One two three", "two", Some(Span::new(4, 7))), "two");
    }

    #[test]
    fn a_fact_outside_its_support_is_taken_in() {
        assert_eq!(cell("One two three four", "four", Some(Span::new(4, 7))), "two three four");
    }

    #[test]
    fn exactly_300_characters_fit() {
        let text = format!("{}fact", "abc ".repeat(74));
        assert_eq!(text.len(), 300);
        assert_eq!(cell(&text, "fact", None), text);
        assert_eq!(cell(&format!("x {text}"), "fact", None), text);
    }

    #[test]
    fn long_support_is_cut_around_the_fact() {
        let text = format!("{}the fact {}", "éfore ".repeat(100), "after ".repeat(100));
        let cut = cell(&text, "the fact", None);
        assert_eq!(cut.chars().count(), 8 + 48 * 6);
        assert_eq!(cut, format!("{}the fact{}", "éfore ".repeat(24), " after".repeat(24)));
        let text = format!("fact {}", "after ".repeat(100));
        assert_eq!(cell(&text, "fact", None), format!("fact{}", " after".repeat(49)));
        let text = format!("{}fact.", "before ".repeat(100));
        assert_eq!(cell(&text, "fact", None), format!("{}fact.", "before ".repeat(42)));
    }

    #[test]
    fn a_fact_that_is_too_long_is_cut_at_its_end() {
        let fact = "word ".repeat(70);
        assert_eq!(cell(&format!("Before {fact} after"), fact.trim(), None), "word ".repeat(60).trim());
        let run = "提".repeat(400);
        assert_eq!(cell(&run, &run, None), "提".repeat(300));
        assert_eq!(cell(&format!("{run}法{run}"), "法", None), "法");
    }

    #[test]
    fn spans_that_do_not_fit_give_nothing() {
        let span = Span::new(1, 2);
        assert_eq!(evidence("提", &Evidence { sentence: 0, span, support: span, rule: "r".into() }), "");
        let span = Span::new(5, 9);
        assert_eq!(evidence("ab", &Evidence { sentence: 0, span, support: span, rule: "r".into() }), "");
    }
}
