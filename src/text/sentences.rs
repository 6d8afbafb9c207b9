//! Where sentences end inside a line.
//!
//! Works on tokens, so that dots inside numbers and site names are never ends. Which short forms carry a dot is
//! knowledge of the language and comes in from outside.

use super::tokens::{Shape, Token, TokenKind, fold_word};
use std::collections::HashSet;

/// What the text stage must know of a language.
#[derive(Debug, Clone, Default)]
pub struct Language {
    abbreviations: HashSet<String>,
}

impl Language {
    /// A language with these abbreviations (in any case, without the dot).
    pub fn new(abbreviations: impl IntoIterator<Item = String>) -> Self {
        Self { abbreviations: abbreviations.into_iter().map(|word| fold_word(&word)).collect() }
    }

    fn is_abbreviation(&self, word: &str) -> bool {
        self.abbreviations.contains(&fold_word(word))
    }
}

/// The ends (token indices, exclusive) of the sentences in the tokens of one line; the last is the line's end.
pub(super) fn ends(source: &str, tokens: &[Token], language: &Language) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut index = 0;
    while index < tokens.len() {
        if is_end(source, tokens, index, language) {
            index = after_closing(source, tokens, index + 1);
            ends.push(index);
        } else {
            index += 1;
        }
    }
    if ends.last() != Some(&tokens.len()) {
        ends.push(tokens.len());
    }
    ends
}

fn is_end(source: &str, tokens: &[Token], index: usize, language: &Language) -> bool {
    match tokens[index].span.of(source) {
        "!" | "?" | "。" | "！" | "？" => true,
        "." => is_full_stop(source, tokens, index, language),
        _ => false,
    }
}

/// A dot ends a sentence unless it closes an abbreviation or an initial, or stands inside a name or number.
fn is_full_stop(source: &str, tokens: &[Token], index: usize, language: &Language) -> bool {
    let before = index.checked_sub(1).map(|i| &tokens[i]);
    let Some(next) = tokens.get(index + 1) else { return true };
    let spaced = next.span.start > tokens[index].span.end;
    let Some(before) = before else { return spaced };
    let word = before.span.of(source);
    let touching = before.span.end == tokens[index].span.start;
    if touching && (language.is_abbreviation(word) || is_initial(before, word)) {
        return false;
    }
    spaced || next.kind != TokenKind::Word || (next.shape == Shape::Title && before.shape != Shape::Upper)
}

fn is_initial(token: &Token, word: &str) -> bool {
    token.shape == Shape::Upper && word.chars().count() == 1
}

/// Takes closing quotation marks and brackets, and further stops, into the sentence that they follow.
fn after_closing(source: &str, tokens: &[Token], mut index: usize) -> usize {
    while index < tokens.len() {
        let touching = tokens[index].span.start == tokens[index - 1].span.end;
        let closing = matches!(tokens[index].span.of(source), "”" | "’" | ")" | "\"" | "」" | "）" | "." | "!" | "?");
        if !(touching && closing) {
            break;
        }
        index += 1;
    }
    index
}
