//! Kind, number and organizer of an event, told by the words of its name and by who held it.

use super::Finder;
use crate::find::Candidate;
use crate::find::cues::{is_class, is_head};
use crate::gazetteer::rows::{MeetingClass, WordClass};
use crate::gazetteer::{Hit, Table};
use crate::model::Label;

/// Kind of what no row tells more of.
const OTHER: &str = "other";
/// A congress word also stands in the names of its organs and sittings.
const CONGRESS: &str = "congress";
/// A celebration is told by what it celebrates, wherever that stands in the name.
const CEREMONY: &str = "ceremony";
/// Meetings that are named by the organ that meets.
const ORGAN_KINDS: [&str; 3] = ["standing_committee", "party_group", "study_session"];
/// The head word that goes with every kind of meeting; the id is known to the program.
const CONFERENCE: &str = "conference";
/// Tokens of a name in which its number is told.
const ORDINAL_REACH: usize = 8;

impl Finder<'_> {
    /// Kind of a named meeting: by its words, else by the organ that held it.
    pub(super) fn kind_of(&self, c: &Candidate) -> String {
        let kind = self.kind(c.first, c.end);
        if kind != OTHER || self.is_settled(c.first, c.end) {
            return kind;
        }
        self.holder(c).and_then(|m| self.organ_kind(m)).unwrap_or(kind)
    }

    /// Kind by the head word, then by hints anywhere in the name.
    pub(super) fn kind(&self, first: usize, end: usize) -> String {
        let lexed = self.reading.lexed;
        let heads: Vec<Hit> = self.rows(first, end).filter(|h| is_head(lexed, h)).collect();
        // The head is the first meeting word; what stands behind it belongs to its complement.
        let head =
            heads.iter().min_by_key(|h| (self.complement_depth(first, h.first), std::cmp::Reverse(h.end), h.first));
        let kind = head.map_or(OTHER, |h| self.kind_in(h));
        let general = head.is_some_and(|h| self.is_general(h));
        if kind != OTHER && kind != CONGRESS && !general {
            return kind.to_string();
        }
        let before = head.map_or(end, |h| h.end);
        let hint = self.hint(first, end, before).filter(|h| self.overrides(h, kind, general, before));
        hint.map_or(kind, |h| self.kind_in(&h)).to_string()
    }

    fn rows(&self, first: usize, end: usize) -> impl Iterator<Item = Hit> + '_ {
        let lexed = self.reading.lexed;
        (first..end).flat_map(move |i| lexed.starting(i, Table::Meeting)).filter(move |h| h.end <= end)
    }

    fn kind_in(&self, hit: &Hit) -> &str {
        &self.reading.lexed.gazetteers.meetings[hit.entry.row].kind
    }

    /// "conference" alone: what stands before it tells the kind.
    fn is_general(&self, hit: &Hit) -> bool {
        hit.end == hit.first + 1 && self.reading.lexed.gazetteers.meetings[hit.entry.row].id == CONFERENCE
    }

    /// The hint that stands first; of organs named before the head the last, which is the one that meets.
    fn hint(&self, first: usize, end: usize, before: usize) -> Option<Hit> {
        let mut hints: Vec<Hit> =
            self.rows(first, end).filter(|h| is_class(self.reading.lexed, h, MeetingClass::Hint)).collect();
        hints.sort_by_key(|h| (h.first, h.entry.row));
        let settled = hints.iter().find(|h| self.kind_in(h) == OTHER);
        let organ = |h: &&Hit| ORGAN_KINDS.contains(&self.kind_in(h)) && h.end <= before;
        let inner = hints.first().filter(organ).and_then(|_| hints.iter().rfind(organ));
        settled.or(inner).or(hints.first()).copied()
    }

    /// A congress gives way to its plenary; "conference" to what stands before it, and to a celebration behind it.
    fn overrides(&self, hint: &Hit, kind: &str, general: bool, before: usize) -> bool {
        let told = self.kind_in(hint);
        kind == OTHER
            || (kind == CONGRESS && told == "plenary")
            || (general && (hint.end <= before || told == CEREMONY))
    }

    /// The name itself says that it is none of the kinds ("directors' meeting").
    fn is_settled(&self, first: usize, end: usize) -> bool {
        self.rows(first, end).any(|h| is_class(self.reading.lexed, &h, MeetingClass::Hint) && self.kind_in(&h) == OTHER)
    }

    /// Kind of the meetings of an organ, where it has one kind of its own.
    pub(super) fn organ_kind(&self, organ: usize) -> Option<String> {
        let c = &self.reading.mentions[organ];
        let hint = self.hint(c.first, c.end, c.end)?;
        Some(self.kind_in(&hint).to_string()).filter(|k| ORGAN_KINDS.contains(&k.as_str()))
    }

    /// Number of "of", "on" and "for" between the beginning of the name and `index`.
    fn complement_depth(&self, first: usize, index: usize) -> usize {
        let lexed = self.reading.lexed;
        (first..index).filter(|&i| lexed.has(i, WordClass::Opener) || lexed.is_word(i, "for")).count()
    }

    pub(super) fn ordinal(&self, c: &Candidate) -> String {
        let lexed = self.reading.lexed;
        for index in c.first..c.end.min(c.first + ORDINAL_REACH) {
            if let Some(hit) = lexed.class_at(index, WordClass::Ordinal) {
                return lexed.value(hit).to_string();
            }
            if let Some(number) = crate::text::figures::ordinal(lexed.word(index)) {
                return number.to_string();
            }
        }
        String::new()
    }

    /// The organ in the name, or the one that held it.
    pub(super) fn organizer(&self, c: &Candidate) -> String {
        let organ = self.longest_organ(c.first, c.end).or_else(|| self.holder(c));
        organ.map_or(String::new(), |m| self.words(m))
    }

    /// The organ named in the sentence before the meeting.
    fn holder(&self, c: &Candidate) -> Option<usize> {
        self.longest_organ(self.reading.lexed.sentence_start(c.first), c.first)
    }

    fn longest_organ(&self, first: usize, end: usize) -> Option<usize> {
        let mentions = &self.reading.mentions;
        self.reading
            .within(first, end)
            .filter(|&m| mentions[m].label == Label::Org && mentions[m].end <= end)
            .max_by_key(|&m| mentions[m].end - mentions[m].first)
    }

    /// The first organ of a sentence that is no newspaper or agency.
    pub(super) fn sentence_organ(&self, sentence: usize) -> Option<usize> {
        let is_media = |m: usize| crate::resolve::layout::is_media(self.reading, m);
        self.reading.of_sentence(Label::Org, sentence).find(|&m| !is_media(m))
    }
}
