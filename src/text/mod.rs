//! From a document to spans of it: blocks (lines), sentences and tokens.
//!
//! Nothing is copied or changed, so that every offset is one of the original text. What depends on the language
//! comes in as [`Language`]; the stage knows no gazetteer.

pub mod figures;
mod sentences;
mod tokens;

use crate::model::Span;
pub use sentences::Language;
pub use tokens::{Shape, Token, TokenKind, fold_word};

/// A line of the document that is not blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// Bytes of the line without white space at its ends.
    pub span: Span,
    /// Index of the first sentence.
    pub first_sentence: usize,
    /// One past the last sentence.
    pub end_sentence: usize,
}

/// A sentence: bytes and tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Bytes of the sentence without white space at its ends.
    pub span: Span,
    /// Index of the first token.
    pub first_token: usize,
    /// One past the last token.
    pub end_token: usize,
    /// Index of its block.
    pub block: usize,
}

/// Whether the mark is a quotation mark.
pub fn is_quote(mark: &str) -> bool {
    matches!(mark, "\"" | "“" | "”" | "‘" | "’" | "'" | "「" | "」" | "《" | "》" | "``" | "″" | "`")
}

/// A document's text cut into blocks, sentences and tokens.
#[derive(Debug, Clone)]
pub struct Text<'a> {
    /// The text as read.
    pub source: &'a str,
    /// Lines that are not blank.
    pub blocks: Vec<Block>,
    /// Sentences in order.
    pub sentences: Vec<Sentence>,
    /// Tokens in order.
    pub tokens: Vec<Token>,
}

impl<'a> Text<'a> {
    /// Cuts `source` into blocks, sentences and tokens. Any input is accepted.
    pub fn new(source: &'a str, language: &Language) -> Self {
        let mut text = Text { source, blocks: Vec::new(), sentences: Vec::new(), tokens: Vec::new() };
        for line in lines(source) {
            text.add_block(line, language);
        }
        text
    }

    /// The surface under `span`.
    pub fn surface(&self, span: Span) -> &'a str {
        span.of(self.source)
    }

    /// The bytes that the tokens `first..end` cover.
    pub fn token_span(&self, first: usize, end: usize) -> Span {
        Span::new(self.tokens[first].span.start, self.tokens[end - 1].span.end)
    }

    /// Whether a quotation mark touches the tokens `first..end` on either side; machine translation often loses one of
    /// the two. A comma or full stop may stand between.
    pub fn is_quoted(&self, first: usize, end: usize) -> bool {
        let word = |index: usize| self.tokens.get(index).map_or("", |token| token.span.of(self.source));
        let opened =
            first > 0 && is_quote(word(first - 1)) && self.tokens[first - 1].sentence == self.tokens[first].sentence;
        let closed = is_quote(word(end)) || (matches!(word(end), "," | ".") && is_quote(word(end + 1)));
        opened || closed
    }

    fn add_block(&mut self, line: Span, language: &Language) {
        let first_token = self.tokens.len();
        tokens::tokenize(self.source, line, &mut self.tokens);
        if self.tokens.len() == first_token {
            return;
        }
        let block = self.blocks.len();
        let first_sentence = self.sentences.len();
        let mut from = first_token;
        for end in sentences::ends(self.source, &self.tokens[first_token..], language) {
            self.add_sentence(from, first_token + end, block);
            from = first_token + end;
        }
        self.blocks.push(Block { span: line, first_sentence, end_sentence: self.sentences.len() });
    }

    fn add_sentence(&mut self, first_token: usize, end_token: usize, block: usize) {
        let index = self.sentences.len();
        for token in &mut self.tokens[first_token..end_token] {
            token.sentence = index;
        }
        let span = self.token_span(first_token, end_token);
        self.sentences.push(Sentence { span, first_token, end_token, block });
    }
}

/// The lines of `source` without white space at their ends; blank lines are left out.
fn lines(source: &str) -> impl Iterator<Item = Span> + '_ {
    let mut start = 0;
    source.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}']).filter_map(move |line| {
        let from = start;
        start += line.len();
        let trimmed = line.trim_start();
        let lead = line.len() - trimmed.len();
        let kept = trimmed.trim_end();
        (!kept.is_empty()).then(|| Span::new(from + lead, from + lead + kept.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(source: &str) -> Vec<&str> {
        let language = Language::new(["nov".into(), "co".into(), "no".into()]);
        let text = Text::new(source, &language);
        text.sentences.iter().map(|s| s.span.of(source)).collect()
    }

    #[test]
    fn lines_and_full_stops_end_sentences() {
        assert_eq!(sentences("A title\n\nIt was held. He spoke.\r\n"), ["A title", "It was held.", "He spoke."]);
    }

    #[test]
    fn abbreviations_and_names_with_dots_do_not() {
        assert_eq!(sentences("On Nov. 15 it rained."), ["On Nov. 15 it rained."]);
        assert_eq!(
            sentences("See chinanews.com for No. 3 of the U.S. list."),
            ["See chinanews.com for No. 3 of the U.S. list."]
        );
    }

    #[test]
    fn a_full_stop_without_space_ends_one_before_a_capital() {
        assert_eq!(sentences("follow the Party.We must go on."), ["follow the Party.", "We must go on."]);
    }

    #[test]
    fn closing_quotes_stay_with_their_sentence() {
        assert_eq!(sentences("He said: “Go on.” They went."), ["He said: “Go on.”", "They went."]);
    }
}
