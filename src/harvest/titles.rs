//! Title words that no gazetteer knows, by where they stand: capitalised directly before a name, or as a short noun
//! phrase behind a name and a comma.

use super::finds::Page;
use crate::gazetteer::rows::{TitleClass, WordClass};
use crate::model::{Label, Span};
use crate::text::Shape;

/// Most words of a title before a name.
const MOST_BEFORE: usize = 2;
/// Most words of a title behind a name.
const MOST_BEHIND: usize = 3;

/// Spans of words that look like titles, in the order of the text.
pub(super) fn find(page: &Page) -> Vec<Span> {
    let search = Search { page, taken: taken(page) };
    let beside =
        page.persons().map(|mention| page.tokens(mention)).filter(|&(first, end)| first < end && page.is_body(first));
    let found = beside.flat_map(|(first, end)| [search.before(first), search.behind(end)]);
    found.flatten().map(|(first, end)| page.lexed.span(first, end)).collect()
}

/// For each token: whether a mention or a phrase of a gazetteer covers it.
fn taken(page: &Page) -> Vec<bool> {
    let mut taken = vec![false; page.lexed.len()];
    let hits = page.lexed.hits().iter().map(|hit| (hit.first, hit.end));
    let mentions = page.extraction.mentions.iter().map(|mention| page.tokens(mention));
    for (first, end) in hits.chain(mentions) {
        taken[first..end].fill(true);
    }
    taken
}

struct Search<'a> {
    page: &'a Page<'a>,
    taken: Vec<bool>,
}

impl Search<'_> {
    /// "with Abbot Shi Yongxin": one or two capitalised words before the name at `first`. Capitals at the beginning of
    /// a sentence tell nothing, and a longer run is a name of something.
    fn before(&self, first: usize) -> Option<(usize, usize)> {
        let lexed = self.page.lexed;
        let mut start = first;
        while start > 0 && lexed.same_sentence(start - 1, first) && lexed.adjoins(start) && self.is_capital(start - 1) {
            start -= 1;
        }
        let fits = (1..=MOST_BEFORE).contains(&(first - start)) && !lexed.token(start).glued;
        (fits && !lexed.token(first).glued && !lexed.begins_sentence(start)).then_some((start, first))
    }

    /// "Shi Yongxin, abbot of ...", "Shi Yongxin, the abbot, ...": a short noun phrase behind the comma at `end`.
    fn behind(&self, end: usize) -> Option<(usize, usize)> {
        let lexed = self.page.lexed;
        if !lexed.is(end, ",") || !lexed.same_sentence(end - 1, end + 1) {
            return None;
        }
        let start = self.after_opening(end + 1);
        let mut stop = start;
        while lexed.same_sentence(end, stop) && stop <= start + MOST_BEHIND && self.is_noun(stop) {
            stop += 1;
        }
        // Without an article only "of" shows that this is no item of a list.
        let closed = lexed.is_word(stop, "of") || (lexed.is(stop, ",") && start > end + 1);
        let fits = (1..=MOST_BEHIND).contains(&(stop.saturating_sub(start))) && lexed.same_sentence(end, stop);
        (closed && fits && self.is_singular(stop - 1) && !self.holds_title(start)).then_some((start, stop))
    }

    /// Behind an article and a word such as "deputy".
    fn after_opening(&self, index: usize) -> usize {
        let lexed = self.page.lexed;
        let start = index + usize::from(lexed.has(index, WordClass::Determiner));
        lexed.title_at(start, TitleClass::Modifier).map_or(start, |hit| hit.end)
    }

    /// Whether a title stands between `first` and the next comma.
    fn holds_title(&self, first: usize) -> bool {
        let lexed = self.page.lexed;
        let end = (first..lexed.sentence_end(first)).find(|&i| lexed.is(i, ",")).unwrap_or(lexed.sentence_end(first));
        let phrase = lexed.span(first, end);
        self.page.mentions(Label::Title).any(|mention| mention.span.overlaps(phrase))
    }

    fn is_capital(&self, index: usize) -> bool {
        self.page.lexed.token(index).shape == Shape::Title && self.is_free(index)
    }

    fn is_noun(&self, index: usize) -> bool {
        let word = self.page.lexed.word(index);
        self.is_free(index) && !word.ends_with("ing") && !word.ends_with("ed")
    }

    fn is_singular(&self, index: usize) -> bool {
        !self.page.lexed.token(index).ends_in_s
    }

    /// An ordinary English word of which nothing is known: no part of a mention, no gazetteer phrase, no surname.
    fn is_free(&self, index: usize) -> bool {
        let lexed = self.page.lexed;
        let word = lexed.word(index);
        lexed.is_plain_word(index)
            && !self.taken[index]
            && lexed.gazetteers.is_english(word)
            && lexed.gazetteers.names.surname(word).is_none()
    }
}
