//! MEETING: a meeting word with the words before and behind it that tell which meeting is meant.

use super::cues::{is_class, is_head};
use super::{Candidate, Lexed, Phrasing, RuleInfo};
use crate::gazetteer::rows::{MeetingClass, Scope, TitleClass, VerbClass, WordClass};
use crate::gazetteer::{Hit, Table};
use crate::model::Label;

/// Rules of this finder.
pub const RULES: &[RuleInfo] = &[RuleInfo {
    id: "meeting.composed",
    label: Label::Meeting,
    explanation: "A meeting word with at least one modifier that tells which meeting it is: an organ, a topic, a number, \
                  a year, before it or behind it with of, on, for.",
    matches: &[
        ("The county-wide flood prevention work conference was held.", "county-wide flood prevention work conference"),
        (
            "He chaired the 6th meeting of the Standing Committee of the Municipal Party Committee.",
            "6th meeting of the Standing Committee of the Municipal Party Committee",
        ),
        ("They attended a symposium on rural tourism in Kunming.", "symposium on rural tourism"),
        ("It was the 3rd study session of 2024.", "3rd study session of 2024"),
        ("He opened the 2nd Cross-Strait (Zhangpu) Tea Forum.", "2nd Cross-Strait (Zhangpu) Tea Forum"),
        (
            "It held a symposium on economic work in the first quarter.",
            "symposium on economic work in the first quarter",
        ),
        ("He spoke at the Forum on Green Travel and the Sea Economy.", "Forum on Green Travel and the Sea Economy"),
        (
            "They learned the spirit of the National Tea Conference and of the meeting of city leaders.",
            "National Tea Conference",
        ),
    ],
    rejects: &[
        ("The meeting stressed this.", "meeting"),
        ("An important meeting was held.", "important meeting"),
        ("They brought drones and held two sessions of training.", "two sessions of training"),
        ("He gave a lecture entitled \"Where the Seed Comes From\".", "lecture entitled \"Where the Seed Comes From\""),
    ],
}];

/// Most tokens on either side of the meeting word.
const MOST_TOKENS: usize = 40;
/// Least tokens of a purpose behind "for" that tells which meeting it is.
const LEAST_PURPOSE: usize = 2;

/// Meetings that have a modifier.
pub fn find(lexed: &Lexed, phrasing: &Phrasing) -> Vec<Candidate> {
    let grammar = Grammar { lexed, phrasing };
    let mut found: Vec<Candidate> = heads(lexed).into_iter().filter_map(|head| grammar.meeting(head)).collect();
    let named = lexed.hits().iter().filter(|h| is_class(lexed, h, MeetingClass::Name) && lexed.capital(h.first));
    found.extend(
        named.map(|h| Candidate::new(Label::Meeting, h.first, h.end, lexed.rule(h.entry)).with_entry(Some(h.entry))),
    );
    found
}

/// Meeting words, the longest at each place.
fn heads(lexed: &Lexed) -> Vec<Hit> {
    let head = |h: &&Hit| is_head(lexed, h) && !is_gerund(lexed, h);
    let mut longest: Vec<Hit> = Vec::new();
    let mut hits: Vec<Hit> = lexed.hits().iter().filter(head).copied().collect();
    hits.sort_by_key(|h| (h.end, h.first));
    for hit in hits {
        if longest.last().is_some_and(|l| l.end == hit.end) {
            continue;
        }
        while longest.last().is_some_and(|l| hit.first <= l.first) {
            longest.pop();
        }
        longest.push(hit);
    }
    longest
}

/// "meeting the needs": the participle of a verb, not a meeting.
fn is_gerund(lexed: &Lexed, hit: &Hit) -> bool {
    lexed.is_word(hit.end - 1, "meeting") && lexed.has_any(hit.end, &[WordClass::Determiner, WordClass::Pronoun])
}

struct Grammar<'a, 'b> {
    lexed: &'b Lexed<'a>,
    phrasing: &'b Phrasing,
}

impl Grammar<'_, '_> {
    fn meeting(&self, head: Hit) -> Option<Candidate> {
        let head = self.without_video(head);
        let (first, told_before) = self.left(head);
        let (end, told_behind) = self.right(head);
        let vague = (self.is_vague_plural(head) && !told_before) || self.is_counted(head);
        let weak = is_class(self.lexed, &head, MeetingClass::Weak)
            && !self.is_singled_out(first, head.first)
            && !self.is_singled_out(head.end, (head.end..end).find(|&i| self.is_quote(i)).unwrap_or(end));
        let compound = self.lexed.has(head.end, WordClass::Compound) && self.lexed.same_sentence(head.first, head.end);
        if !(told_before || told_behind) || vague || weak || compound || self.is_stopped(first, end) {
            return None;
        }
        Some(Candidate::new(Label::Meeting, first, end, RULES[0].id).with_entry(Some(head.entry)))
    }

    /// "video conference on safety" is named by its topic; "video" stays outside where nothing stands before it.
    fn without_video(&self, head: Hit) -> Hit {
        let empty = self
            .lexed
            .starting(head.first, Table::Meeting)
            .any(|h| h.end == head.first + 1 && is_class(self.lexed, &h, MeetingClass::Empty));
        let alone = self.step_left(head.first, head).is_none();
        let video = self.lexed.gazetteers.meetings[head.entry.row].id == "video";
        if video && empty && alone && head.end > head.first + 1 { Hit { first: head.first + 1, ..head } } else { head }
    }

    /// "the important meetings of the committee": a plural that only an organ behind it tells of.
    fn is_vague_plural(&self, head: Hit) -> bool {
        self.lexed.token(head.end - 1).ends_in_s && !self.lexed.capital(head.first)
    }

    /// "two sessions" of training: a number and a plural in lower case are a count where no level or place stands before.
    fn is_counted(&self, head: Hit) -> bool {
        let number = self.lexed.has(head.first, WordClass::Number) && head.end > head.first + 1;
        let owner = head.first.checked_sub(1).is_some_and(|before| {
            self.lexed.has(before, WordClass::Level)
                || self.lexed.is_possessive(before)
                || self.phrasing.place_ending(head.first).is_some()
        });
        number && !owner && !self.lexed.capital(head.first)
    }

    /// A number, an organ, a place or a capital tells one meeting from others of its kind.
    fn is_singled_out(&self, first: usize, end: usize) -> bool {
        (first..end).any(|i| {
            self.lexed.capital(i)
                || self.lexed.has(i, WordClass::Ordinal)
                || self.is_year(i)
                || self.lexed.word(i).starts_with(|c: char| c.is_ascii_digit())
                || self.phrasing.organ_starting(i).is_some_and(|o| o.particular)
        })
    }

    fn is_stopped(&self, first: usize, end: usize) -> bool {
        let stops = self.lexed.starting(first, Table::Stop).filter(|h| h.end >= end);
        stops.into_iter().any(|h| self.lexed.gazetteers.stops[h.entry.row].scope == Scope::Meeting)
    }

    /// First token of the modifiers, and whether one of them tells which meeting it is.
    fn left(&self, head: Hit) -> (usize, bool) {
        let mut first = head.first;
        while first > 0 && head.first - first < MOST_TOKENS && self.lexed.same_sentence(first - 1, head.first) {
            match self.step_left(first, head) {
                Some(next) => first = next,
                None => break,
            }
        }
        while first < head.first && self.is_loose_start(first) {
            first += 1;
        }
        let told = (first..head.first).any(|i| self.tells(i));
        (first, told)
    }

    fn step_left(&self, end: usize, head: Hit) -> Option<usize> {
        let index = end.checked_sub(1).filter(|&i| self.lexed.same_sentence(i, head.first))?;
        if self.lexed.is_possessive(index) {
            return Some(index);
        }
        if let Some(organ) = self.phrasing.organ_ending(end).filter(|o| o.first < index) {
            return Some(organ.first);
        }
        if let Some(place) = self.phrasing.place_ending(end) {
            return Some(place.first);
        }
        if self.is_bracketed_word(end) {
            return Some(end - 3);
        }
        if let Some(bracket) = self.bracketed_place(end) {
            return Some(bracket);
        }
        if self.lexed.token(index).glued {
            return self.hyphened_start(index);
        }
        if let Some(quote) = self.quoted_theme(end) {
            return Some(quote);
        }
        let joint = self.lexed.is_word(index, "and") || (self.lexed.is(index, ",") && self.is_adjective_list(index));
        if joint {
            return self.joins(index, head).then_some(index);
        }
        (self.lexed.is_plain_word(index) || self.is_year(index)).then_some(index).filter(|&i| self.is_modifier(i))
    }

    /// "(work)" in "party (work) committee secretary's meeting".
    fn is_bracketed_word(&self, end: usize) -> bool {
        end >= 3
            && self.lexed.is(end - 1, ")")
            && self.lexed.is(end - 3, "(")
            && !self.lexed.capital(end - 2)
            && self.lexed.is_plain_word(end - 2)
    }

    /// "(Zhangpu)" in "Cross-Strait (Zhangpu) Flower Forum".
    fn bracketed_place(&self, end: usize) -> Option<usize> {
        let inner = end.checked_sub(1).filter(|&i| self.lexed.is(i, ")") && i + 1 < self.lexed.len())?;
        let place = self.phrasing.place_ending(inner)?;
        let before = place.first.checked_sub(1).filter(|&i| self.lexed.is(i, "("))?;
        (before > 0 && self.lexed.same_sentence(before - 1, end)).then_some(before)
    }

    /// First part of a hyphenated word, which is taken whole: "follow-up", "cross-strait".
    fn hyphened_start(&self, index: usize) -> Option<usize> {
        (0..index).rev().find(|&i| !self.lexed.token(i).glued).filter(|&i| self.lexed.same_sentence(i, index))
    }

    /// A short quotation before the meeting word ('the "Tianhe Cup" forum').
    fn quoted_theme(&self, end: usize) -> Option<usize> {
        let closed = matches!(self.lexed.word(end - 1), "\"" | "”");
        let from = self.lexed.sentence_start(end - 1).max(end.saturating_sub(8));
        closed.then(|| (from..end - 1).rev().find(|&i| matches!(self.lexed.word(i), "\"" | "“"))).flatten()
    }

    fn is_year(&self, index: usize) -> bool {
        let word = self.lexed.word(index);
        word.len() == 4
            && (word.starts_with("19") || word.starts_with("20"))
            && word.bytes().all(|b| b.is_ascii_digit())
    }

    /// A comma between level words: "city, state and provincial".
    fn is_adjective_list(&self, index: usize) -> bool {
        index > 0 && self.lexed.has(index - 1, WordClass::Level) && self.lexed.has(index + 1, WordClass::Level)
    }

    /// A level word, or a place in a list of levels ("central, provincial and Weifang conferences").
    fn is_level_or_place(&self, index: usize) -> bool {
        self.lexed.has(index, WordClass::Level) || self.phrasing.place_starting(index).is_some()
    }

    /// "and" belongs to the name between two modifiers of one kind, not between two things.
    fn joins(&self, index: usize, head: Hit) -> bool {
        if index == 0 || !self.lexed.same_sentence(index - 1, index) {
            return false;
        }
        let both_levels = self.lexed.has(index - 1, WordClass::Level) && self.is_level_or_place(index + 1);
        let comma = self.lexed.is(index, ",");
        let capital = self.lexed.capital(head.first);
        let alike = self.lexed.capital(index - 1) == self.lexed.capital(index + 1)
            && (!capital || self.lexed.capital(index - 1));
        let whole = self.phrasing.organ_ending(index).is_some_and(|o| o.particular)
            || self.phrasing.names.ending(index).is_some();
        let meeting = self.lexed.ending(index, Table::Meeting).any(|h| is_head(self.lexed, &h));
        comma
            || both_levels
            || (alike && !whole && !meeting && self.is_modifier(index - 1) && !self.lexed.is_possessive(index - 1))
    }

    /// A word that may stand before a meeting word.
    fn is_modifier(&self, index: usize) -> bool {
        let function = [
            WordClass::Determiner,
            WordClass::Pronoun,
            WordClass::Preposition,
            WordClass::Conjunction,
            WordClass::Auxiliary,
            WordClass::RelativeDay,
        ];
        let word = self.lexed.word(index);
        let finite = self.lexed.is_verb(index) && self.is_finite(index, word);
        let person = self.phrasing.names.covering(index).is_some_and(|n| n.form > super::phrase::names::Form::Weak);
        let adverb = self.lexed.has(index, WordClass::Adverb) && !self.lexed.has(index, WordClass::Ordinal);
        !self.lexed.has_any(index, &function) && !finite && !person && !adverb
    }

    /// A verb form that cannot stand before a noun as its modifier: "held", "Chairs"; "work" and "study" can.
    fn is_finite(&self, index: usize, word: &str) -> bool {
        let hold = self
            .lexed
            .starting(index, Table::Verb)
            .any(|h| self.lexed.gazetteers.verbs[h.entry.row].class == VerbClass::Hold);
        if hold && (word.ends_with("ld") || word.ends_with("ed") || word.ends_with('s')) {
            return true;
        }
        let noun = self.lexed.token(index).glued || self.lexed.starting(index, Table::Meeting).next().is_some();
        let capital_noun = self.lexed.capital(index)
            && !self.lexed.begins_sentence(index)
            && !word.ends_with('s')
            && !word.ends_with("ed");
        let base_noun = self.lexed.has(index, WordClass::NounVerb);
        !noun && !base_noun && !capital_noun
    }

    /// What the name does not begin with: empty adjectives, joints, marks.
    fn is_loose_start(&self, index: usize) -> bool {
        let empty = self
            .lexed
            .starting(index, Table::Meeting)
            .any(|h| h.end == index + 1 && is_class(self.lexed, &h, MeetingClass::Empty));
        let quote = matches!(self.lexed.word(index), "\"" | "“");
        let joint = self.lexed.has(index, WordClass::Conjunction)
            || !(self.lexed.is_plain_word(index) || self.is_year(index) || quote);
        (empty && !self.lexed.capital(index)) || joint
    }

    /// Whether the word tells which meeting it is.
    fn tells(&self, index: usize) -> bool {
        let mut hits = self.lexed.starting(index, Table::Meeting);
        let empty = hits.any(|h| h.end == index + 1 && is_class(self.lexed, &h, MeetingClass::Empty));
        (self.lexed.is_plain_word(index) || self.is_year(index))
            && !empty
            && !self.lexed.has(index, WordClass::Determiner)
    }

    /// End of what stands behind the meeting word, and whether it tells which meeting it is.
    fn right(&self, head: Hit) -> (usize, bool) {
        let mut end = head.end;
        let mut told = false;
        while let Some(next) = self.complement(head, end) {
            told |= !self.is_year(next - 1) || next > end + 2;
            end = next;
        }
        (end, told)
    }

    fn is_quote(&self, index: usize) -> bool {
        matches!(self.lexed.word(index), "\"" | "“") && self.lexed.same_sentence(index - 1, index)
    }

    /// End of a quotation that begins at `index`.
    fn theme_end(&self, index: usize) -> Option<usize> {
        (index + 1..self.lexed.sentence_end(index)).find(|&i| matches!(self.lexed.word(i), "\"" | "”")).map(|i| i + 1)
    }

    /// "of ...", "on ...", "for ...", "in 2023", "marking ...".
    fn complement(&self, head: Hit, end: usize) -> Option<usize> {
        if !self.lexed.same_sentence(end - 1, end) {
            return None;
        }
        let congress = self.lexed.gazetteers.meetings[head.entry.row].kind == "congress";
        if self.lexed.is_word(end, "in") && self.is_year(end + 1) {
            return (!congress || head.end == end).then_some(end + 2).filter(|_| !congress);
        }
        // "for" behind a congress tells what its decisions are for; a second "on" tells day or place.
        let purpose = self.lexed.is_word(end, "for") && !congress && self.lexed.same_sentence(end, end + 2);
        let again = self.lexed.is_word(end, "on") && self.topic_before(head.end, end);
        let opens = self.lexed.has(end, WordClass::Opener);
        let opener = purpose || (opens && !again);
        let participle = self.lexed.class_at(end, WordClass::Complement).map(|h| h.end);
        let from = if opener { end + 1 } else { participle? };
        if !self.lexed.same_sentence(end - 1, from) {
            return None;
        }
        if self.is_day(from) {
            return None;
        }
        if self.is_quote(from) {
            return self.theme_end(from);
        }
        let stop = self.phrase_end(from);
        let short = purpose && stop - from < LEAST_PURPOSE;
        (stop > from && !short).then_some(stop)
    }

    /// A meeting has one topic: a second "on" tells day or place.
    fn topic_before(&self, head_end: usize, end: usize) -> bool {
        (head_end..end).any(|i| self.lexed.is_word(i, "on"))
    }

    /// "on May 30", "on the afternoon of the 21st": a day, not a topic.
    fn is_day(&self, index: usize) -> bool {
        let at = index + usize::from(self.lexed.has(index, WordClass::Determiner));
        let year = self.is_year(at) && !self.lexed.text.tokens.get(at + 1).is_some_and(|t| t.glued);
        let figure = self.lexed.word(at).starts_with(|c: char| c.is_ascii_digit()) && !year;
        let counts = self.lexed.is_plain_word(at + 1)
            && !self.lexed.has_any(at + 1, &[WordClass::Preposition, WordClass::Conjunction, WordClass::Auxiliary]);
        let day = [WordClass::Month, WordClass::Weekday, WordClass::RelativeDay, WordClass::Daypart];
        let month_of_year = self.lexed.has(at, WordClass::Month) && self.is_year(at + 1);
        (self.lexed.has_any(at, &day) && !month_of_year) || (figure && !counts)
    }

    /// End of the noun phrase that begins at `from`.
    fn phrase_end(&self, from: usize) -> usize {
        let mut end = from;
        while end < self.lexed.len() && end - from < MOST_TOKENS && self.lexed.same_sentence(from, end) {
            match self.step_right(from, end) {
                Some(next) => end = next,
                None => break,
            }
        }
        while end > from && self.is_loose_end(end - 1) {
            end -= 1;
        }
        end
    }

    fn step_right(&self, from: usize, index: usize) -> Option<usize> {
        if let Some(organ) = self.phrasing.organ_starting(index) {
            return Some(organ.end);
        }
        if let Some(slogan) = self.lexed.starting(index, Table::Slogan).next() {
            return Some(slogan.end);
        }
        if self.lexed.is_possessive(index) {
            return Some(index + 1);
        }
        if self.lexed.is_mark(index) {
            return self.list_comma(index).or_else(|| self.bracket_end(index));
        }
        if index > from && self.begins_new_phrase(index) {
            return None;
        }
        let joint = self.lexed.is_word(index, "and") || self.lexed.is(index, "&");
        if joint {
            return self.goes_on_after_and(from, index).then_some(index + 1);
        }
        let preposition = self.lexed.has(index, WordClass::Preposition);
        if preposition {
            return self.goes_on_after_preposition(from, index).then_some(index + 1);
        }
        let stop = [WordClass::Auxiliary, WordClass::Pronoun, WordClass::Conjunction, WordClass::RelativeDay];
        let finite = self.lexed.is_verb(index)
            && !self.lexed.word(index).ends_with("ing")
            && self.is_finite(index, self.lexed.word(index));
        (!self.lexed.has_any(index, &stop) && !finite).then_some(index + 1)
    }

    /// An article behind a noun begins another phrase; behind a preposition, "and" or a gerund it does not.
    fn begins_new_phrase(&self, index: usize) -> bool {
        let before = index - 1;
        let leads = self.lexed.has_any(before, &[WordClass::Preposition, WordClass::Conjunction])
            || self.lexed.word(before).ends_with("ing");
        self.lexed.has(index, WordClass::Determiner) && self.lexed.is_plain_word(before) && !leads
    }

    /// A comma inside a list of nouns that "and" closes: "agriculture, forestry and water".
    fn list_comma(&self, index: usize) -> Option<usize> {
        if !self.lexed.is(index, ",") {
            return None;
        }
        let end = self.lexed.sentence_end(index);
        let and = (index + 1..(index + 6).min(end)).find(|&i| self.lexed.is_word(i, "and"))?;
        let plain = and > index + 1
            && (index + 1..and).all(|i| (self.lexed.is_plain_word(i) || self.lexed.is(i, ",")) && !self.is_blocking(i));
        (plain && !self.is_blocking(and + 1)).then_some(index + 1)
    }

    fn is_blocking(&self, index: usize) -> bool {
        let stop = [WordClass::Auxiliary, WordClass::Pronoun, WordClass::Determiner, WordClass::Preposition];
        let verb = self.lexed.is_verb(index) && self.is_finite(index, self.lexed.word(index));
        let title = self.lexed.title_at(index, TitleClass::Rank).is_some()
            || self.lexed.title_at(index, TitleClass::Modifier).is_some();
        self.lexed.has_any(index, &stop) || verb || title || self.phrasing.names.covering(index).is_some()
    }

    fn bracket_end(&self, index: usize) -> Option<usize> {
        let short = self.lexed.is(index, "(") && self.lexed.is(index + 2, ")") && self.lexed.capital(index + 1);
        let goes_on = self.lexed.is_word(index + 3, "of") || self.phrasing.organ_starting(index + 3).is_some();
        (short && goes_on).then_some(index + 3)
    }

    fn goes_on_after_and(&self, from: usize, index: usize) -> bool {
        let next = index + 1;
        // "on Digital Care and the Silver Economy": in capitals a second topic keeps its article.
        let topic = self.lexed.capital(index - 1) && self.lexed.capital(next + 1) && self.is_topic(next + 1);
        let determiner = self.lexed.has(next, WordClass::Determiner) && !topic;
        let of = self.lexed.has(next, WordClass::Preposition);
        let verb = self.lexed.is_verb(next)
            && !self.lexed.word(next).ends_with("ing")
            && self.is_finite(next, self.lexed.word(next));
        let adverb = self.lexed.has_any(next, &[WordClass::Adverb, WordClass::Pronoun, WordClass::Auxiliary]);
        let meeting = self.lexed.ending(index, Table::Meeting).any(|h| is_head(self.lexed, &h));
        index > from && !determiner && !of && !verb && !adverb && !meeting && self.lexed.same_sentence(index, next)
    }

    /// A capitalised English word that begins no organ, title or meeting.
    fn is_topic(&self, index: usize) -> bool {
        self.lexed.gazetteers.is_english(self.lexed.word(index))
            && !self.is_blocking(index)
            && self.phrasing.organ_starting(index).is_none()
            && !self.lexed.has_any(index, &[WordClass::Ordinal, WordClass::Level])
    }

    /// "of" goes on; "for" and "to" and "with" go on inside a topic; a place or day in "in" and "at" does not.
    fn goes_on_after_preposition(&self, from: usize, index: usize) -> bool {
        let next = index + 1;
        if index == from
            || !self.lexed.same_sentence(index, next)
            || (self.is_day(next) && !self.lexed.is_word(index, "in"))
        {
            return false;
        }
        if self.lexed.has(index, WordClass::Opener) && !self.lexed.is_word(index, "on") {
            return true;
        }
        let month_of_year = self.lexed.has(next, WordClass::Month) && self.is_year(next + 1);
        let doer = self.lexed.is_word(index, "by")
            && self.phrasing.organ_starting(next + usize::from(self.lexed.has(next, WordClass::Determiner))).is_some();
        // "on production safety in the fourth quarter"
        let part_of_year = self.lexed.has(next, WordClass::Determiner) && self.lexed.has(next + 1, WordClass::Ordinal);
        (self.lexed.is_word(index, "in") && (self.is_year(next) || month_of_year || part_of_year)) || doer
    }

    fn is_loose_end(&self, index: usize) -> bool {
        let little = [WordClass::Preposition, WordClass::Conjunction, WordClass::Determiner, WordClass::Adverb];
        self.lexed.has_any(index, &little) || self.lexed.is(index, ",")
    }
}
