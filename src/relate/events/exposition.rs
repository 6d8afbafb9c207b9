//! Fairs, festivals and games: events that the document reports, though their names are no meetings.

use super::{Finder, Named};
use crate::find::Candidate;
use crate::find::cues::{self, is_class};
use crate::gazetteer::rows::{MeetingClass, TriggerClass, VerbClass, WordClass};
use crate::gazetteer::{Hit, Table};
use crate::model::{Label, Meeting};
use crate::relate::rules::EXPOSITION;
use crate::text::{figures, fold_word};

/// Tokens between the name and the verb that tells that it was opened.
const VERB_REACH: usize = 4;
/// Least words before the event word.
const LEAST_WORDS: usize = 2;

impl Finder<'_> {
    /// The expositions that the lead says were opened or held, each name once.
    pub(super) fn expositions(&self, named: &[Named]) -> Vec<Meeting> {
        let lexed = self.reading.lexed;
        let mut found: Vec<(usize, Candidate)> = Vec::new();
        // The body tells day and place, a headline only where nothing else names the event.
        let (body, headlines): (Vec<usize>, Vec<usize>) = self.lead.iter().partition(|&&s| self.is_body(s));
        for &sentence in body.iter().chain(&headlines) {
            let s = lexed.text.sentences[sentence];
            let heads = (s.first_token..s.end_token).filter_map(|i| self.exposition_at(i));
            for head in heads.filter_map(|h| self.exposition(h)).filter(|c| self.takes_place(c)) {
                let same = |c: &Candidate| self.surface(c) == self.surface(&head);
                if !found.iter().any(|(_, c)| same(c)) && !self.is_in_meeting(named, &head) {
                    found.push((sentence, head));
                }
            }
        }
        found.iter().map(|(sentence, c)| self.exposed(*sentence, c)).collect()
    }

    fn surface(&self, c: &Candidate) -> String {
        fold_word(self.reading.lexed.surface(c.first, c.end))
    }

    fn exposition_at(&self, index: usize) -> Option<Hit> {
        let lexed = self.reading.lexed;
        lexed.starting(index, Table::Meeting).find(|h| is_class(lexed, h, MeetingClass::Event))
    }

    /// The name that ends with the event word: capitalised words and numbers before it.
    fn exposition(&self, head: Hit) -> Option<Candidate> {
        let lexed = self.reading.lexed;
        let start = lexed.sentence_start(head.first);
        let mut first = head.first;
        while first > start && self.names_exposition(first - 1) {
            first -= 1;
        }
        let capital = (head.first..head.end).all(|i| lexed.capital(i));
        (capital && head.first >= first + LEAST_WORDS)
            .then(|| Candidate::new(Label::Meeting, first, head.end, EXPOSITION))
    }

    fn names_exposition(&self, index: usize) -> bool {
        let lexed = self.reading.lexed;
        let number = lexed.has(index, WordClass::Ordinal)
            || figures::ordinal(lexed.word(index)).is_some()
            || lexed.word(index).bytes().all(|b| b.is_ascii_digit());
        let name = lexed.is_plain_word(index) && lexed.capital(index) && !lexed.has(index, WordClass::Determiner);
        number || name
    }

    /// A verb of holding stands beside the name, and not in the future or the past.
    fn takes_place(&self, c: &Candidate) -> bool {
        let lexed = self.reading.lexed;
        let start = lexed.sentence_start(c.first);
        let end = lexed.sentence_end(c.first);
        let hold = |h: &Hit| lexed.gazetteers.verbs[h.entry.row].class == VerbClass::Hold;
        let told = |i: usize| {
            lexed.starting(i, Table::Verb).any(|h| hold(&h))
                && cues::triggers_at(lexed, i, TriggerClass::Cited).next().is_none()
                && (i == 0 || cues::triggers_at(lexed, i - 1, TriggerClass::Cited).next().is_none())
        };
        let behind = (c.end..end.min(c.end + VERB_REACH)).any(told);
        let before = (start.max(c.first.saturating_sub(VERB_REACH))..c.first).any(told);
        (behind || before) && !cues::is_cited(lexed, c.first)
    }

    /// Part of the name of a meeting, or the occasion of a reported one.
    fn is_in_meeting(&self, named: &[Named], c: &Candidate) -> bool {
        let inside = self.reading.covering(c.first, c.end).any(|m| self.reading.mentions[m].label == Label::Meeting);
        inside || named.iter().any(|n| fold_word(self.reading.surface(n.name)).contains(&self.surface(c)))
    }

    fn exposed(&self, sentence: usize, c: &Candidate) -> Meeting {
        let lexed = self.reading.lexed;
        let (start_date, end_date) = self.dates(None, sentence);
        let kind = self.exposition_at(c.end - 1).map_or("other", |h| &lexed.gazetteers.meetings[h.entry.row].kind);
        let evidence = self.evidence(sentence, lexed.span(c.first, c.end), EXPOSITION.into());
        Meeting {
            name: lexed.surface(c.first, c.end).split_whitespace().collect::<Vec<_>>().join(" "),
            ordinal: self.ordinal(c),
            region: self.named_place(c).unwrap_or_else(|| self.region(sentence)),
            start_date,
            end_date,
            place: self.place(sentence),
            ..self.event(kind, evidence)
        }
    }
}
