//! Which mentions of a document are names that no gazetteer knows: people, slogans and organisations.

use std::collections::HashSet;

use crate::find::Lexed;
use crate::gazetteer::rows::{Matched, OrganClass, WordClass};
use crate::gazetteer::source::variants;
use crate::model::{Extraction, Label, Mention, Span};
use crate::resolve::{BlockKind, Layout};
use crate::text::fold_word;

/// The rule of names in bylines, whose bearers are no officials.
const BYLINE: &str = "person.byline";
/// The rule of surnames alone.
const SURNAME: &str = "person.surname";
/// The rule of numbered formulas that no row knows.
const NUMBERED: &str = "slogan.numbered";
/// The rule of organs that no row knows.
const COMPOSED: &str = "org.composed";
/// Classes of words that end the name of an organ.
const HEADS: [OrganClass; 4] = [OrganClass::Head, OrganClass::Generic, OrganClass::Purpose, OrganClass::Suffix];
/// Least length in bytes of a word that must have its capital in a name.
const CONTENT_WORD: usize = 4;

/// A document with what was found in it.
pub(super) struct Page<'a> {
    pub(super) lexed: &'a Lexed<'a>,
    pub(super) extraction: &'a Extraction,
    layout: Layout,
}

/// A name and the key of its entity.
pub(super) struct Named<'a> {
    pub(super) span: Span,
    pub(super) key: &'a str,
}

impl<'a> Page<'a> {
    pub(super) fn new(lexed: &'a Lexed<'a>, layout: Layout, extraction: &'a Extraction) -> Self {
        Self { lexed, extraction, layout }
    }

    pub(super) fn surface(&self, span: Span) -> &'a str {
        self.lexed.text.surface(span)
    }

    /// Bytes of the sentence in which a span begins; the span itself if it lies in none.
    pub(super) fn sentence_at(&self, span: Span) -> Span {
        let sentences = &self.lexed.text.sentences;
        let index = sentences.partition_point(|sentence| sentence.span.end <= span.start);
        sentences.get(index).map_or(span, |sentence| sentence.span)
    }

    /// The tokens of a mention: the first, and one past the last.
    pub(super) fn tokens(&self, mention: &Mention) -> (usize, usize) {
        let tokens = &self.lexed.text.tokens;
        let first = tokens.partition_point(|token| token.span.end <= mention.span.start);
        (first, tokens.partition_point(|token| token.span.start < mention.span.end))
    }

    pub(super) fn mentions(&self, label: Label) -> impl Iterator<Item = &'a Mention> + use<'a> {
        self.extraction.mentions.iter().filter(move |mention| mention.label == label)
    }

    /// Whether the token stands in running text, not in a headline or the debris of the page.
    pub(super) fn is_body(&self, token: usize) -> bool {
        let sentence = self.lexed.text.sentences[self.lexed.token(token).sentence];
        self.layout.kinds[sentence.block] == BlockKind::Body
    }

    /// Names of persons, but for bylines.
    pub(super) fn persons(&self) -> impl Iterator<Item = &'a Mention> + use<'a> {
        self.mentions(Label::Person).filter(|mention| mention.rule != BYLINE)
    }

    /// Full names of persons who have an office in this document.
    pub(super) fn people(&self) -> impl Iterator<Item = Named<'a>> {
        let officials: HashSet<_> = self.extraction.positions.iter().map(|position| position.person).collect();
        let entities = &self.extraction.entities;
        let full = self.persons().filter(|mention| self.is_full_name(mention));
        full.filter_map(move |mention| {
            let id = mention.entity.filter(|id| officials.contains(id))?;
            Some(Named { span: mention.span, key: &entities.get(id.0)?.key })
        })
    }

    /// Two words or more that are no surname alone. A single word may be half a name.
    fn is_full_name(&self, mention: &Mention) -> bool {
        let (first, end) = self.tokens(mention);
        end > first + 1 && mention.rule != SURNAME
    }

    /// Numbered formulas in quotation marks that no row knows.
    pub(super) fn slogans(&self) -> impl Iterator<Item = Span> {
        self.mentions(Label::Slogan).filter(|mention| mention.rule == NUMBERED).map(|mention| mention.span)
    }

    /// Companies, schools, papers and the like that no row knows, named in full.
    pub(super) fn organizations(&self) -> impl Iterator<Item = Span> {
        let composed = self.mentions(Label::Org).filter(|mention| mention.rule == COMPOSED);
        composed.filter(|mention| self.is_own_name(mention)).map(|mention| mention.span)
    }

    /// A name that is the body's own wherever it stands: it ends with a word that closes names ("University"), has
    /// its capitals, and does not begin with a level word, which means another body in each place.
    fn is_own_name(&self, mention: &Mention) -> bool {
        let (first, end) = self.tokens(mention);
        let lexed = self.lexed;
        let local = lexed.class_at(first, WordClass::Level).or_else(|| lexed.class_at(first, WordClass::LevelNoun));
        let ordinal = lexed.class_at(first, WordClass::Ordinal);
        let capital = |i: usize| {
            let short = lexed.token(i).span.len() < CONTENT_WORD || !lexed.is_plain_word(i) || lexed.token(i).glued;
            lexed.capital(i) || (short && i > first)
        };
        let head = lexed.organ_before(end, &HEADS).filter(|hit| hit.first > first);
        let closed = head.is_some_and(|hit| lexed.gazetteers.organs[hit.entry.row].class == OrganClass::Suffix);
        closed && local.is_none() && ordinal.is_none() && (first..end).all(capital)
    }
}

/// All forms of the cells of a row that are matched.
pub(super) fn forms<R: Matched>(row: &R) -> Vec<String> {
    row.cells().into_iter().flat_map(|cell| variants::expand_cell(cell).unwrap_or_default()).collect()
}

/// The letters and digits of a name, folded: how names are compared whatever their spaces and hyphens.
pub(super) fn letters(name: &str) -> String {
    fold_word(name).chars().filter(|c| c.is_alphanumeric()).collect()
}
