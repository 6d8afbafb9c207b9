//! Events without a name: "held a meeting", an inspection, a reception, a lecture.

use super::Finder;
use crate::find::cues;
use crate::find::cues::is_head;
use crate::gazetteer::rows::{TriggerClass, VerbClass, WordClass};
use crate::gazetteer::{Hit, Table};
use crate::model::{Label, Meeting};
use crate::relate::rules::{RECEPTION, UNNAMED};

/// Tokens behind a verb of holding in which "a meeting" follows.
const MEETING_REACH: usize = 8;
/// Tokens behind "received" in which the guest follows.
const GUEST_REACH: usize = 6;
/// Tokens between a further verb of holding and "a meeting".
const FURTHER_REACH: usize = 4;
/// Tokens behind the trigger of an inspection in which its passive doer follows.
const DOER_REACH: usize = 6;

impl Finder<'_> {
    /// "held a meeting", "presided over the meeting": an event without a name.
    pub(super) fn unnamed(&self) -> Option<Meeting> {
        let (sentence, head) = self.lead.iter().find_map(|&s| self.holds_meeting(s).map(|h| (s, h)))?;
        Some(self.without_name(sentence, head))
    }

    fn without_name(&self, sentence: usize, head: Hit) -> Meeting {
        let lexed = self.reading.lexed;
        let organ = self.sentence_organ(sentence);
        let kind = self.kind(head.first, head.end);
        let by_organ =
            || organ.filter(|&m| self.reading.mentions[m].end <= head.first).and_then(|m| self.organ_kind(m));
        let kind = if kind == "other" { by_organ().unwrap_or(kind) } else { kind };
        let (start_date, end_date) = self.dates(None, sentence);
        Meeting {
            organizer: organ.map_or(String::new(), |m| self.words(m)),
            region: self.region(sentence),
            start_date,
            end_date,
            place: self.place(sentence),
            ..self.event(&kind, self.evidence(sentence, lexed.text.sentences[sentence].span, UNNAMED.into()))
        }
    }

    /// The meeting word behind a verb of holding, chairing or attending.
    fn holds_meeting(&self, sentence: usize) -> Option<Hit> {
        let lexed = self.reading.lexed;
        let s = lexed.text.sentences[sentence];
        let mut verbs = (s.first_token..s.end_token).filter_map(|i| self.holding(i));
        verbs.find_map(|verb| {
            let reach = verb.first..s.end_token.min(verb.end + MEETING_REACH);
            reach.filter(|&i| !cues::is_cited(lexed, i) && !self.in_reception(i)).find_map(|i| self.head_at(i))
        })
    }

    fn holding(&self, index: usize) -> Option<Hit> {
        let lexed = self.reading.lexed;
        lexed.starting(index, Table::Verb).find(|h| {
            let row = &lexed.gazetteers.verbs[h.entry.row];
            row.class == VerbClass::Hold || row.role == "presided" || row.role == "attended"
        })
    }

    fn head_at(&self, index: usize) -> Option<Hit> {
        let lexed = self.reading.lexed;
        lexed.starting(index, Table::Meeting).find(|h| is_head(lexed, h))
    }

    /// "had a meeting with": the meeting is a reception.
    fn in_reception(&self, index: usize) -> bool {
        let lexed = self.reading.lexed;
        (lexed.sentence_start(index)..index)
            .any(|i| self.inspection_at(i).is_some_and(|h| cues::value(lexed, h) == "visit" && h.end > index))
    }

    /// "Yesterday afternoon he also presided over a meeting": a further one, behind the lead and with a time of its own.
    pub(super) fn later_unnamed(&self) -> Option<Meeting> {
        self.later_sentences().find_map(|s| self.further(s).map(|head| self.without_name(s, head)))
    }

    /// Verb, "a" and a meeting word that is no mention.
    fn further(&self, sentence: usize) -> Option<Hit> {
        let lexed = self.reading.lexed;
        let s = lexed.text.sentences[sentence];
        let mut verbs = (s.first_token..s.end_token).filter_map(|i| self.holding(i));
        let verb = verbs.find(|h| lexed.is_word(h.end, "a") || lexed.is_word(h.end, "an"))?;
        let mut reach = verb.end + 1..s.end_token.min(verb.end + FURTHER_REACH);
        let head = reach.find_map(|i| self.head_at(i))?;
        let named =
            self.reading.covering(head.first, head.end).any(|m| self.reading.mentions[m].label == Label::Meeting);
        (!named && !self.in_reception(head.first)).then_some(head)
    }

    /// Sentences behind the lead that open with a time: "In the afternoon, ...".
    fn later_sentences(&self) -> impl Iterator<Item = usize> + '_ {
        let sentences = 0..self.reading.lexed.text.sentences.len();
        sentences.filter(|s| !self.lead.contains(s) && self.opens_with_time(*s))
    }

    /// An inspection or visit: in the lead, or after the meeting by somebody who then "took a team to".
    /// `told` are the tokens at which other events are told of.
    pub(super) fn inspection(&self, told: &[usize]) -> Option<Meeting> {
        let hits = || self.lead.iter().filter_map(|&s| self.inspects(s).map(|hit| (s, hit)));
        let in_lead = hits().find(|(s, hit)| self.is_beside(told, *s, *hit));
        let later = || self.later_sentences().find_map(|s| self.inspects(s).map(|hit| (s, hit)));
        let (sentence, hit) = in_lead.or_else(|| later().filter(|_| !told.is_empty()))?;
        let lexed = self.reading.lexed;
        let body = self.body_sentence(sentence);
        let (start_date, end_date) = self.dates(None, body);
        let trigger = if body == sentence { Some(hit) } else { self.inspects(body) };
        let visited = trigger.map(|hit| self.visited(body, hit)).filter(|place| !place.is_empty());
        let evidence = self.evidence(sentence, lexed.span(hit.first, hit.end), lexed.rule(hit.entry).into());
        Some(Meeting {
            region: self.region(sentence),
            start_date,
            end_date,
            place: visited.unwrap_or_else(|| self.place(body)),
            ..self.event(cues::value(lexed, hit), evidence)
        })
    }

    /// An inspection in the lead is an event of its own beside a meeting where the text tells of it first, or where the
    /// meeting stands behind the lead.
    fn is_beside(&self, told: &[usize], sentence: usize, hit: Hit) -> bool {
        let later = told.iter().all(|&i| !self.lead.contains(&self.reading.lexed.token(i).sentence));
        let first = told.iter().all(|&i| i > hit.end);
        later || (first && self.is_body(sentence))
    }

    /// The sentence of the body that tells the same as a headline.
    fn body_sentence(&self, sentence: usize) -> usize {
        if self.is_body(sentence) {
            return sentence;
        }
        self.lead.iter().copied().find(|&s| self.is_body(s)).unwrap_or(sentence)
    }

    fn inspection_at(&self, index: usize) -> Option<Hit> {
        cues::triggers_at(self.reading.lexed, index, TriggerClass::Inspection).next()
    }

    /// The trigger of an inspection whose subject is a person of the document.
    fn inspects(&self, sentence: usize) -> Option<Hit> {
        let lexed = self.reading.lexed;
        let s = lexed.text.sentences[sentence];
        let person = |i: usize| {
            self.reading
                .of_sentence(Label::Person, sentence)
                .any(|m| !self.reading.mentions[m].byline && self.reading.mentions[m].end <= i)
        };
        let doer_behind = |i: usize| (i..s.end_token.min(i + DOER_REACH)).any(|j| lexed.is_word(j, "by"));
        (s.first_token..s.end_token)
            .filter_map(|i| self.inspection_at(i).filter(|h| cues::value(lexed, *h) == "inspection"))
            .find(|h| (person(h.first) || doer_behind(h.first)) && !self.is_told_of(h.first) && self.has_aim(*h))
    }

    /// "when inspecting", "the requirements of the inspection": the inspection is only told of.
    fn is_told_of(&self, index: usize) -> bool {
        let lexed = self.reading.lexed;
        let before = index.saturating_sub(1);
        lexed.is_word(before, "when") || lexed.is_word(before, "while") || cues::is_cited(lexed, index)
    }

    /// "went into the village", not "went into operation": behind a preposition stands a place, not a state.
    fn has_aim(&self, hit: Hit) -> bool {
        let lexed = self.reading.lexed;
        let moves = lexed.has(hit.end - 1, WordClass::Preposition);
        let aim = lexed.capital(hit.end) || !lexed.is_plain_word(hit.end) || lexed.has(hit.end, WordClass::Determiner);
        !moves || aim || lexed.has(hit.end, WordClass::Pronoun) || lexed.token(hit.end).ends_in_s
    }

    /// "had a meeting with", "gave a lecture": a reception or another event of one person.
    pub(super) fn reception(&self) -> Option<Meeting> {
        let lexed = self.reading.lexed;
        let (sentence, hit) = self.lead.iter().find_map(|&s| self.receives(s).map(|hit| (s, hit)))?;
        let body = self.body_sentence(sentence);
        let (start_date, end_date) = self.dates(None, body);
        let kind = Some(cues::value(lexed, hit)).filter(|kind| *kind != "visit").unwrap_or("other");
        let evidence = self.evidence(sentence, lexed.text.sentences[sentence].span, RECEPTION.into());
        let (region, place) = (self.region(sentence), self.place(body));
        Some(Meeting { region, start_date, end_date, place, ..self.event(kind, evidence) })
    }

    /// The trigger of a reception, with its guests behind it, in a sentence that names a person.
    fn receives(&self, sentence: usize) -> Option<Hit> {
        let lexed = self.reading.lexed;
        let s = lexed.text.sentences[sentence];
        self.reading.of_sentence(Label::Person, sentence).next()?;
        let other = |h: &Hit| cues::value(lexed, *h) != "inspection";
        let hits = (s.first_token..s.end_token).filter_map(|i| self.inspection_at(i).filter(other));
        hits.into_iter().find(|h| cues::value(lexed, *h) != "visit" || self.has_guests(h.end, s.end_token))
    }

    /// Behind "received" stands somebody: a person, a title, an organ, a group, a name in another language; not a letter.
    fn has_guests(&self, end: usize, stop: usize) -> bool {
        let lexed = self.reading.lexed;
        let reach = stop.min(end + GUEST_REACH);
        let guest = |m: usize| matches!(self.reading.mentions[m].label, Label::Person | Label::Title | Label::Org);
        let place = |i: usize| {
            let labels = self.reading.within(i, i + 1).map(|m| self.reading.mentions[m].label);
            labels.into_iter().any(|label| label == Label::Region)
        };
        let leads_on = |i: usize| lexed.is_word(i, "with") || place(i + 1);
        let breaks = |i: &usize| (lexed.has(*i, WordClass::Preposition) && !leads_on(*i)) || lexed.is_mark(*i);
        let reach = (end..reach).find(breaks).unwrap_or(reach);
        let name = |i: usize| lexed.capital(i) && !place(i);
        self.reading.within(end, reach).any(guest) || (end..reach).any(|i| lexed.has(i, WordClass::Group) || name(i))
    }
}
