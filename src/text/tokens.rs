//! Tokens: words, numbers and punctuation marks as spans.
//!
//! A hyphen between two words makes no token: the second word is `glued` to the first, so that "high-quality",
//! "high quality" and "high - quality" are the same run of words. A possessive ending is a token of its own; an
//! apostrophe inside a syllable-dividing name ("Xi'an", "Yan’an") is not.

use crate::model::Span;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, perhaps with digits ("20th", "Xi'an").
    Word,
    /// Digits only.
    Number,
    /// The possessive ending ("'s", or the bare apostrophe after a plural).
    Possessive,
    /// Any other character.
    Mark,
}

/// How a word is capitalised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// No capital at its beginning ("county").
    Lower,
    /// One capital at its beginning, or mixed after it ("Wang", "NyingChi").
    Title,
    /// Capitals only ("CPC", and the one-letter "A").
    Upper,
    /// No letters at all.
    None,
}

/// A word, number or mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Bytes in the document's text.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    /// How it is capitalised.
    pub shape: Shape,
    /// Whether a hyphen (and nothing else but white space) stands before it.
    pub glued: bool,
    /// Its sentence.
    pub sentence: usize,
    /// Whether the word ends in s, as plurals do.
    pub ends_in_s: bool,
}

/// The form by which words are compared: lower case, without diacritics, with straight apostrophes.
pub fn fold_word(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.nfkd().filter(|c| !is_combining_mark(*c)).map(straighten).flat_map(char::to_lowercase).collect()
}

fn straighten(c: char) -> char {
    if is_apostrophe(c) { '\'' } else { c }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '＇')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '\u{ad}')
}

/// Appends the tokens of `line` to `tokens`.
pub(super) fn tokenize(source: &str, line: Span, tokens: &mut Vec<Token>) {
    let from = tokens.len();
    let mut position = line.start;
    let mut glued = false;
    while let Some(c) = source[position..line.end].chars().next() {
        if c.is_whitespace() {
            position += c.len_utf8();
        } else if is_hyphen(c) && joins_words(source, line, position, c) && tokens.len() > from {
            glued = true;
            position += c.len_utf8();
        } else {
            let mut token = next_token(source, line, position, tokens.get(from..).and_then(<[Token]>::last));
            token.glued = glued;
            glued = false;
            position = token.span.end;
            tokens.push(token);
        }
    }
}

/// A hyphen joins two words when it touches both, or has one space on both sides ("high - quality").
fn joins_words(source: &str, line: Span, position: usize, hyphen: char) -> bool {
    let before = &source[line.start..position];
    let after = &source[position + hyphen.len_utf8()..line.end];
    let word = |c: char| c.is_alphanumeric();
    let touching = before.ends_with(|c: char| word(c) || c == ')') && after.starts_with(word);
    let lower = |c: char| c.is_lowercase();
    let spaced = before.strip_suffix(' ').is_some_and(|b| b.ends_with(lower))
        && after.strip_prefix(' ').is_some_and(|a| a.starts_with(lower));
    touching || spaced
}

fn next_token(source: &str, line: Span, start: usize, previous: Option<&Token>) -> Token {
    let rest = &source[start..line.end];
    let (length, kind) = possessive(rest, start, previous).unwrap_or_else(|| word_or_mark(rest));
    let span = Span::new(start, start + length);
    let shape = if kind == TokenKind::Word { shape(span.of(source)) } else { Shape::None };
    let ends_in_s = kind == TokenKind::Word && span.of(source).ends_with(['s', 'S']);
    Token { span, kind, shape, glued: false, sentence: 0, ends_in_s }
}

/// "'s" after a word, or a bare apostrophe after a word that ends in s and before a space.
fn possessive(rest: &str, start: usize, previous: Option<&Token>) -> Option<(usize, TokenKind)> {
    let apostrophe = rest.chars().next().filter(|c| is_apostrophe(*c))?;
    let touching = previous.is_some_and(|p| p.kind == TokenKind::Word && p.span.end == start);
    let tail = &rest[apostrophe.len_utf8()..];
    let ends = |t: &str| !t.starts_with(|c: char| c.is_alphanumeric());
    if touching && tail.starts_with(['s', 'S']) && ends(&tail[1..]) {
        return Some((apostrophe.len_utf8() + 1, TokenKind::Possessive));
    }
    let plural = previous.is_some_and(|p| p.span.end == start && p.ends_in_s) && apostrophe != '‘';
    let goes_on = tail.strip_prefix(' ').is_some_and(|t| t.starts_with(char::is_alphanumeric));
    (touching && plural && goes_on).then_some((apostrophe.len_utf8(), TokenKind::Possessive))
}

fn word_or_mark(rest: &str) -> (usize, TokenKind) {
    let length = word_length(rest);
    if length == 0 {
        return (rest.chars().next().map_or(0, char::len_utf8), TokenKind::Mark);
    }
    let digits = rest[..length].chars().all(|c| c.is_ascii_digit());
    (length, if digits { TokenKind::Number } else { TokenKind::Word })
}

/// Bytes of the word at the beginning of `rest`, with apostrophes that divide syllables; 0 if there is none.
fn word_length(rest: &str) -> usize {
    let mut length = 0;
    let chars = rest.char_indices().peekable();
    for (at, c) in chars {
        let inside = length > 0 && is_apostrophe(c) && divides(&rest[at + c.len_utf8()..]);
        if !(c.is_alphanumeric() || is_combining_mark(c) || c == '_' || inside) || changes_script(rest, at, c) {
            break;
        }
        length = at + c.len_utf8();
    }
    length
}

/// Whether the letters after an apostrophe go on with the word: not the possessive "s".
fn divides(tail: &str) -> bool {
    let mut chars = tail.chars();
    let first = chars.next();
    let second = chars.next();
    let possessive = matches!(first, Some('s' | 'S')) && !second.is_some_and(char::is_alphanumeric);
    first.is_some_and(char::is_alphabetic) && !possessive
}

/// A word ends where Chinese characters meet Latin letters.
fn changes_script(rest: &str, at: usize, c: char) -> bool {
    rest[..at].chars().next_back().is_some_and(|p| p.is_alphanumeric() && is_han(p) != is_han(c))
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn shape(word: &str) -> Shape {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else { return Shape::None };
    if !word.starts_with(first) || !first.is_uppercase() {
        return Shape::Lower;
    }
    if letters.all(char::is_uppercase) { Shape::Upper } else { Shape::Title }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<(&str, TokenKind, bool)> {
        let mut tokens = Vec::new();
        tokenize(line, Span::new(0, line.len()), &mut tokens);
        tokens.iter().map(|t| (t.span.of(line), t.kind, t.glued)).collect()
    }

    #[test]
    fn hyphens_glue_words() {
        let glued = [("high", TokenKind::Word, false), ("quality", TokenKind::Word, true)];
        assert_eq!(words("high-quality"), glued);
        assert_eq!(words("high - quality"), glued);
        assert_eq!(words("Xinhua - Share")[1], ("-", TokenKind::Mark, false));
    }

    #[test]
    fn apostrophes_divide_names_but_end_possessives() {
        assert_eq!(words("Xi'an Yan’an Ji'en")[1], ("Yan’an", TokenKind::Word, false));
        assert_eq!(words("Party’s")[1], ("’s", TokenKind::Possessive, false));
        assert_eq!(words("Lu's son")[0].0, "Lu");
        assert_eq!(words("Directors’ Meetings")[1], ("’", TokenKind::Possessive, false));
    }

    #[test]
    fn numbers_and_ordinals() {
        assert_eq!(words("20th 14 2023-01-17")[0], ("20th", TokenKind::Word, false));
        assert_eq!(words("2023-01-17")[2], ("17", TokenKind::Number, true));
    }

    #[test]
    fn scripts_do_not_mix() {
        assert_eq!(words("常德市Date")[0].0, "常德市");
    }

    #[test]
    fn folding_drops_case_and_diacritics() {
        assert_eq!(fold_word("Lüshunkou"), "lushunkou");
        assert_eq!(fold_word("Yan’an"), "yan'an");
    }
}
