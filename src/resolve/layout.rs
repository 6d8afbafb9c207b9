//! What each line of a document is: headline, metadata, body, or debris of a web page.

use super::Reading;
use crate::find::Lexed;
use crate::gazetteer::Table;
use crate::gazetteer::rows::{TriggerClass, WordClass};
use crate::model::Label;
use crate::text::Text;
use crate::text::figures::has_clock;

/// Kind of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// A title: a short line without a full stop.
    Headline,
    /// Source, date, editor, views.
    Metadata,
    /// Running text.
    Body,
    /// Comment forms, share buttons, related links.
    Boilerplate,
}

/// Kinds of the lines of a document.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// One kind for each block of the text.
    pub kinds: Vec<BlockKind>,
}

/// Longest headline and longest metadata line, in tokens.
const LONGEST_LINE: usize = 60;
/// Tokens in which a stamp at the beginning of a line is told, and those of a line that is little more than one.
const STAMP: usize = 10;
const SHORT_LINE: usize = 14;
const LONGEST_METADATA: usize = 45;
/// Most tokens of a line with a day in figures at its beginning, or a day and a clock time.
const STAMPED_LINE: usize = 25;

impl Layout {
    /// Reads the layout of `lexed`.
    pub fn new(lexed: &Lexed) -> Self {
        Layout { kinds: (0..lexed.text.blocks.len()).map(|block| kind(lexed, block)).collect() }
    }

    /// The first headline, or the first sentence where there is none.
    pub fn title(&self, text: &Text) -> String {
        let headline = self.kinds.iter().position(|k| *k == BlockKind::Headline);
        let span = headline.map(|b| text.blocks[b].span).or_else(|| text.sentences.first().map(|s| s.span));
        let words: Vec<&str> = span.map_or(Vec::new(), |s| s.of(text.source).split_whitespace().collect());
        words.join(" ")
    }

    /// The first block of running text.
    pub fn first_body(&self) -> Option<usize> {
        self.kinds.iter().position(|k| *k == BlockKind::Body)
    }
}

fn kind(lexed: &Lexed, block: usize) -> BlockKind {
    let sentences =
        &lexed.text.sentences[lexed.text.blocks[block].first_sentence..lexed.text.blocks[block].end_sentence];
    let first = sentences[0].first_token;
    let end = sentences[sentences.len() - 1].end_token;
    let length = end - first;
    let trigger = |h: &crate::gazetteer::Hit| lexed.gazetteers.triggers[h.entry.row].class == TriggerClass::Boilerplate;
    if length <= LONGEST_METADATA && lexed.starting(first, Table::Trigger).any(|h| trigger(&h)) {
        return BlockKind::Boilerplate;
    }
    if length <= LONGEST_METADATA && is_metadata(lexed, first, end) {
        return BlockKind::Metadata;
    }
    let stops = matches!(lexed.word(end - 1), "." | "!" | "?" | "。" | "”" | "\"" | ";" | ":" | ")");
    if length <= LONGEST_LINE && !stops { BlockKind::Headline } else { BlockKind::Body }
}

/// A label and a colon, a crumb trail, or a line that is little more than a time stamp.
fn is_metadata(lexed: &Lexed, first: usize, end: usize) -> bool {
    let label = lexed.class_at(first, WordClass::Label).or_else(|| lexed.class_at(first, WordClass::Byline));
    let labelled = label.is_some_and(|h| matches!(lexed.word(h.end), ":" | "：") || h.end == end);
    let crumbs = (first..end).filter(|&i| matches!(lexed.word(i), ">" | "»" | "|" | "【")).count() >= 2;
    let labels = (first..end)
        .filter(|&i| lexed.is(i, ":") && i > first && lexed.class_before(i, WordClass::Label).is_some())
        .count();
    // A stamp at the beginning of a line makes the whole line metadata; elsewhere only in a short line.
    let stamped = is_figure(lexed, first);
    let reach = if stamped { end.min(first + STAMP) } else { end };
    let clock = (stamped || end - first <= SHORT_LINE) && has_clock(lexed.surface(first, reach));
    let dated = (first..end)
        .find(|&i| is_numeric_day(lexed, i))
        .is_some_and(|i| i == first || has_clock(lexed.surface(i, end)));
    let open = !matches!(lexed.word(end - 1), "." | "!" | "?" | "。");
    (dated && open && end - first <= STAMPED_LINE) || labelled || crumbs || (labels >= 1 && end - first <= 25) || clock
}

/// "2022-06-18", "2022.6.18": year, month and day in figures.
fn is_numeric_day(lexed: &Lexed, index: usize) -> bool {
    let year = lexed.word(index).len() == 4 && lexed.word(index).starts_with(['1', '2']) && is_figure(lexed, index);
    let part =
        |i: usize| i < lexed.len() && lexed.word(i).len() <= 2 && is_figure(lexed, i) && lexed.same_sentence(index, i);
    let marked = |i: usize| i < lexed.len() && matches!(lexed.word(i), "." | "/") && part(i + 1);
    let glued = |i: usize| part(i) && lexed.token(i).glued;
    year && ((glued(index + 1) && glued(index + 2)) || (marked(index + 1) && marked(index + 3)))
}

fn is_figure(lexed: &Lexed, index: usize) -> bool {
    !lexed.word(index).is_empty() && lexed.word(index).bytes().all(|b| b.is_ascii_digit())
}

/// The outlet: the ORG behind a label such as "Source:", or the news agency of the dateline.
pub fn outlet(reading: &Reading) -> String {
    let orgs: Vec<usize> = reading.of(Label::Org).collect();
    let labelled = orgs.iter().find(|&&m| follows_label(reading, m, "outlet"));
    let media = orgs.iter().find(|&&m| is_media(reading, m) && reading.sentence(m) < 6);
    labelled.or(media).map_or(String::new(), |&m| reading.surface(m).split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Whether a label with `value` and a colon stand before the mention.
pub fn follows_label(reading: &Reading, mention: usize, value: &str) -> bool {
    let lexed = reading.lexed;
    let first = reading.mentions[mention].first;
    let colon = first.checked_sub(1).filter(|&i| matches!(lexed.word(i), ":" | "：") && lexed.same_sentence(i, first));
    // "Published on 2023-05-04": in a line that is no sentence the label alone does.
    let bare = || Some(first).filter(|_| reading.layout.kinds[reading.block(mention)] != BlockKind::Body);
    let label = colon.or_else(bare).and_then(|i| lexed.class_before(i, WordClass::Label));
    label.is_some_and(|h| lexed.value(h) == value)
}

/// Whether the organisation is a newspaper, agency or site.
pub fn is_media(reading: &Reading, mention: usize) -> bool {
    let g = reading.lexed.gazetteers;
    reading.mentions[mention].entry.is_some_and(|e| match e.table {
        Table::Organization => g.organizations[e.row].class == "media",
        Table::Organ => g.organs[e.row].id == "newspaper",
        _ => false,
    })
}
