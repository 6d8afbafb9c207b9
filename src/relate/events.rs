//! Events: the meeting, inspection or ceremony that the document reports, and the meetings that it cites.
//!
//! The reported meeting is the one that the lead says was held, chaired or attended; a meeting behind "the spirit of"
//! is cited. A report that begins with "went to" or "investigated" has an inspection instead, or after the meeting.

use super::rules::{RECEPTION, UNNAMED};
use crate::find::Candidate;
use crate::find::cues;
use crate::find::cues::is_head;
use crate::gazetteer::rows::{MeetingClass, TriggerClass, VerbClass, WordClass};
use crate::gazetteer::{Hit, Table};
use crate::model::{Evidence, Label, Level, Meeting, MentionId, Place, Span};
use crate::resolve::{BlockKind, Reading, Resolved};
use crate::text::fold_word;

/// Sentences of the body in which the reported event is told.
const LEAD_SENTENCES: usize = 3;
/// Tokens in which the time of another event is told.
const OPENING: usize = 8;
/// Least weight of a reported meeting.
const LEAST_WEIGHT: i32 = 3;

/// All events: the reported ones first, then the cited in the order of the text.
pub fn find(reading: &Reading, resolved: &Resolved) -> Vec<Meeting> {
    let finder = Finder { reading, resolved, lead: lead(reading) };
    let reported = finder.reported();
    let mut meetings: Vec<Meeting> = reported.iter().map(|&m| finder.named(m, true)).collect();
    if meetings.is_empty() {
        meetings.extend(finder.unnamed());
    }
    let later = reported.iter().all(|&m| !finder.lead.contains(&reading.sentence(m)));
    let inspection = finder.inspection(meetings.is_empty() || (later && !reported.is_empty()));
    meetings.extend(inspection);
    if meetings.is_empty() {
        meetings.extend(finder.reception());
    }
    let mut names: Vec<String> = meetings.iter().map(|m| fold_word(&m.name)).collect();
    for mention in reading.of(Label::Meeting).filter(|m| !reported.contains(m)) {
        let meeting = finder.named(mention, false);
        let folded = fold_word(&meeting.name);
        if !names.contains(&folded) {
            names.push(folded);
            meetings.push(meeting);
        }
    }
    meetings
}

/// Sentences of the headlines and of the beginning of the body.
fn lead(reading: &Reading) -> Vec<usize> {
    let text = reading.lexed.text;
    let mut body = 0;
    let mut lead = Vec::new();
    for (sentence, s) in text.sentences.iter().enumerate() {
        match reading.layout.kinds[s.block] {
            BlockKind::Headline if body == 0 => lead.push(sentence),
            BlockKind::Body if body < LEAD_SENTENCES && s.end_token > s.first_token + 3 => {
                body += 1;
                lead.push(sentence);
            }
            _ => {}
        }
    }
    lead
}

struct Finder<'a> {
    reading: &'a Reading<'a>,
    resolved: &'a Resolved,
    lead: Vec<usize>,
}

impl Finder<'_> {
    /// MEETING mentions that are the reported event: the one with the greatest weight and what "and" joins to it.
    fn reported(&self) -> Vec<usize> {
        let weighed: Vec<(usize, i32)> =
            self.reading.of(Label::Meeting).map(|m| (m, self.weight(m))).filter(|(_, w)| *w >= LEAST_WEIGHT).collect();
        let Some(&(best, _)) = weighed.iter().max_by_key(|(m, w)| (*w, std::cmp::Reverse(*m))) else {
            return Vec::new();
        };
        let best = self.fuller(best, &weighed);
        let later = |m: usize| !self.lead.contains(&self.reading.sentence(m)) && self.is_other(best, m);
        let joined = weighed.iter().map(|(m, _)| *m).filter(|&m| m == best || self.is_joined(best, m) || later(m));
        joined.collect()
    }

    /// Two names of different meetings: they share less than half of their words.
    fn is_other(&self, a: usize, b: usize) -> bool {
        let words =
            |m: usize| fold_word(self.reading.surface(m)).split_whitespace().map(String::from).collect::<Vec<_>>();
        let (a, b) = (words(a), words(b));
        2 * b.iter().filter(|w| a.contains(w)).count() < b.len()
    }

    /// Of two names of one meeting the fuller: all words of the one are in the other.
    fn fuller(&self, best: usize, weighed: &[(usize, i32)]) -> usize {
        let words =
            |m: usize| fold_word(self.reading.surface(m)).split_whitespace().map(String::from).collect::<Vec<_>>();
        let own = words(best);
        let holds = |m: usize| {
            let other = words(m);
            other.len() > own.len() && own.iter().all(|w| other.contains(w))
        };
        weighed.iter().map(|(m, _)| *m).find(|&m| holds(m)).unwrap_or(best)
    }

    /// Only "and" and an article stand between the two names.
    fn is_joined(&self, a: usize, b: usize) -> bool {
        let (a, b) = (&self.reading.mentions[a.min(b)], &self.reading.mentions[a.max(b)]);
        let lexed = self.reading.lexed;
        let gap = a.end..b.first;
        !gap.is_empty()
            && gap.len() <= 3
            && gap.clone().all(|i| lexed.has_any(i, &[WordClass::Conjunction, WordClass::Determiner]))
            && gap.clone().any(|i| lexed.is_word(i, "and"))
    }

    fn weight(&self, mention: usize) -> i32 {
        let candidate = &self.reading.mentions[mention];
        let sentence = self.reading.sentence(mention);
        let Some(place) = self.lead.iter().position(|s| *s == sentence) else { return self.later_weight(mention) };
        if cues::is_cited(self.reading.lexed, candidate.first) || self.is_nested(mention) {
            return -5;
        }
        let body = self.reading.layout.kinds[self.reading.block(mention)] == BlockKind::Body;
        let held = if self.is_held(candidate) { 3 } else { 0 };
        let dated = i32::from(self.reading.of_sentence(Label::Date, sentence).next().is_some());
        held + dated + if body { 2 } else { 1 } + i32::from(body && place <= self.headlines())
    }

    /// Behind the lead only a sentence that opens with a time and holds a meeting tells of another event.
    fn later_weight(&self, mention: usize) -> i32 {
        let candidate = &self.reading.mentions[mention];
        let cited = cues::is_cited(self.reading.lexed, candidate.first) || self.is_nested(mention);
        let opens = self.opens_with_time(self.reading.sentence(mention));
        if opens && !cited && self.is_held(candidate) { LEAST_WEIGHT } else { 0 }
    }

    /// "On the morning of the 17th, ...", "After the meeting, ...".
    fn opens_with_time(&self, sentence: usize) -> bool {
        let s = self.reading.lexed.text.sentences[sentence];
        let end = s.end_token.min(s.first_token + OPENING);
        let dated = self.reading.within(s.first_token, end).any(|m| self.reading.mentions[m].label == Label::Date);
        let daypart = (s.first_token..end).any(|i| self.reading.lexed.has(i, WordClass::Daypart));
        self.is_body(sentence) && (dated || daypart || self.reading.lexed.is_word(s.first_token, "After"))
    }

    fn headlines(&self) -> usize {
        self.lead
            .iter()
            .filter(|&&s| self.reading.layout.kinds[self.reading.lexed.text.sentences[s].block] == BlockKind::Headline)
            .count()
    }

    /// Part of another name.
    fn is_nested(&self, mention: usize) -> bool {
        let c = &self.reading.mentions[mention];
        self.reading
            .covering(c.first, c.end)
            .any(|m| matches!(self.reading.mentions[m].label, Label::Org | Label::Title))
    }

    /// A verb of holding, chairing or attending stands before or behind the name.
    fn is_held(&self, c: &Candidate) -> bool {
        let lexed = self.reading.lexed;
        let holds = |h: &Hit| {
            let row = &lexed.gazetteers.verbs[h.entry.row];
            row.class == VerbClass::Hold
                || (row.class == VerbClass::Role && ["presided", "attended", "spoke"].contains(&row.role.as_str()))
        };
        let start = lexed.sentence_start(c.first);
        let before = (start.max(c.first.saturating_sub(6))..c.first)
            .any(|i| lexed.starting(i, Table::Verb).any(|h| holds(&h) && h.end <= c.first));
        let end = lexed.sentence_end(c.first);
        let behind = (c.end..end.min(c.end + 14)).any(|i| lexed.starting(i, Table::Verb).any(|h| holds(&h)));
        let passive =
            (c.end..end.min(c.end + 6)).any(|i| cues::triggers_at(lexed, i, TriggerClass::Passive).next().is_some());
        let at = c.first > start
            && (lexed.is_word(c.first - 1, "at")
                || (lexed.has(c.first - 1, WordClass::Determiner) && lexed.is_word(c.first.saturating_sub(2), "at")));
        before || behind || passive || at
    }

    fn named(&self, mention: usize, reported: bool) -> Meeting {
        let candidate = &self.reading.mentions[mention];
        let name = self.reading.surface(mention).split_whitespace().collect::<Vec<_>>().join(" ");
        let sentence = self.reading.sentence(mention);
        let (start_date, end_date) = if reported { self.dates(Some(mention), sentence) } else { Default::default() };
        Meeting {
            mention: Some(MentionId(mention)),
            kind: self.kind(candidate.first, candidate.end),
            ordinal: self.ordinal(candidate),
            organizer: self.organizer(candidate),
            region: if reported { self.region(candidate.first, candidate.end) } else { Place::default() },
            start_date,
            end_date,
            place: if reported { self.place(sentence) } else { String::new() },
            reported,
            evidence: self.evidence(
                sentence,
                self.reading.lexed.span(candidate.first, candidate.end),
                candidate.rule.clone(),
            ),
            name,
        }
    }

    fn evidence(&self, sentence: usize, span: Span, rule: crate::model::Rule) -> Evidence {
        Evidence { sentence, span, support: self.reading.lexed.text.sentences[sentence].span, rule }
    }

    /// Kind by the head word, then by hints anywhere in the name.
    fn kind(&self, first: usize, end: usize) -> String {
        let lexed = self.reading.lexed;
        let g = lexed.gazetteers;
        let inside = |h: &Hit| h.end <= end;
        let rows = || (first..end).flat_map(|i| lexed.starting(i, Table::Meeting)).filter(inside);
        let heads: Vec<Hit> = rows().filter(|h| is_head(lexed, h)).collect();
        // The head is the first meeting word; what stands behind it belongs to its complement.
        let head =
            heads.iter().min_by_key(|h| (self.complement_depth(first, h.first), std::cmp::Reverse(h.end), h.first));
        let kind = head.map_or("other", |h| g.meetings[h.entry.row].kind.as_str());
        if kind != "other" && kind != "congress" {
            return kind.to_string();
        }
        let is_hint = |h: &Hit| g.meetings[h.entry.row].class == MeetingClass::Hint;
        let hint =
            rows().filter(is_hint).min_by_key(|h| (h.first, h.entry.row)).map(|h| g.meetings[h.entry.row].kind.clone());
        hint.filter(|h| kind == "other" || h == "plenary").unwrap_or_else(|| kind.to_string())
    }

    /// Number of "of", "on" and "for" between the beginning of the name and `index`.
    fn complement_depth(&self, first: usize, index: usize) -> usize {
        (first..index)
            .filter(|&i| self.reading.lexed.has(i, WordClass::Opener) || self.reading.lexed.is_word(i, "for"))
            .count()
    }

    fn ordinal(&self, c: &Candidate) -> String {
        let lexed = self.reading.lexed;
        for index in c.first..c.end.min(c.first + 8) {
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
    fn organizer(&self, c: &Candidate) -> String {
        let orgs = |from: usize, to: usize| {
            let inside = self
                .reading
                .within(from, to)
                .filter(move |&m| self.reading.mentions[m].label == Label::Org && self.reading.mentions[m].end <= to);
            inside.max_by_key(|&m| self.reading.mentions[m].end - self.reading.mentions[m].first)
        };
        let start = self.reading.lexed.sentence_start(c.first);
        let organ = orgs(c.first, c.end).or_else(|| orgs(start, c.first));
        organ.map_or(String::new(), |m| self.reading.surface(m).split_whitespace().collect::<Vec<_>>().join(" "))
    }

    fn region(&self, _first: usize, _end: usize) -> Place {
        self.resolved.jurisdiction.place.clone()
    }

    /// The day of the event: told in its sentence, else in the lead.
    fn dates(&self, mention: Option<usize>, sentence: usize) -> (String, String) {
        let body = self.lead.iter().copied().filter(|&s| self.is_body(s));
        let found = self.date_of(sentence, mention).or_else(|| body.into_iter().find_map(|s| self.date_of(s, None)));
        let Some(date) = found else { return Default::default() };
        let mut value = self.resolved.canonical[date].clone();
        if let Some(next) = self.second_day(date) {
            value = format!("{value}/{next}");
        }
        if value.is_empty() || value.contains('?') {
            return Default::default();
        }
        match value.split_once('/') {
            Some((start, end)) => (start.to_string(), end.to_string()),
            None => (value.clone(), value),
        }
    }

    fn is_body(&self, sentence: usize) -> bool {
        self.reading.layout.kinds[self.reading.lexed.text.sentences[sentence].block] == BlockKind::Body
    }

    /// The date of a sentence that tells the day of the event: the last one before its name, else the first behind it.
    /// A time stamp counts only where there is no other date.
    fn date_of(&self, sentence: usize, mention: Option<usize>) -> Option<usize> {
        let event = mention.map(|m| &self.reading.mentions[m]);
        let inside = |m: usize| {
            event.is_some_and(|e| e.first <= self.reading.mentions[m].first && self.reading.mentions[m].end <= e.end)
        };
        let dates: Vec<usize> =
            self.reading.of_sentence(Label::Date, sentence).filter(|&m| !inside(m) && !self.is_cited_date(m)).collect();
        let written: Vec<usize> =
            dates.iter().copied().filter(|&m| self.reading.mentions[m].rule != "date.numeric").collect();
        let dates = if written.is_empty() { dates } else { written };
        let before = dates.iter().rev().find(|&&m| event.is_some_and(|e| self.reading.mentions[m].end <= e.first));
        before.or(dates.first()).copied()
    }

    /// "Tuesday and Wednesday": two days of one event.
    fn second_day(&self, date: usize) -> Option<String> {
        let c = &self.reading.mentions[date];
        let next =
            self.reading.within(c.end + 1, c.end + 2).find(|&m| self.reading.mentions[m].label == Label::Date)?;
        let joined = self.reading.lexed.is_word(c.end, "and");
        (joined && !self.resolved.canonical[date].contains('/')).then(|| self.resolved.canonical[next].clone())
    }

    fn is_cited_date(&self, mention: usize) -> bool {
        cues::is_cited(self.reading.lexed, self.reading.mentions[mention].first)
    }

    /// The place behind "in" or "at" in the event's sentence.
    fn place(&self, sentence: usize) -> String {
        let lexed = self.reading.lexed;
        let regions = self.reading.of_sentence(Label::Region, sentence);
        let found = regions.into_iter().find(|&m| {
            let first = self.reading.mentions[m].first;
            first > 0
                && lexed.is_word(first - 1, "in")
                && !cues::is_cited(self.reading.lexed, first)
                && !self.in_meeting(first)
        });
        found.map_or(String::new(), |m| self.reading.surface(m).split_whitespace().collect::<Vec<_>>().join(" "))
    }

    fn in_meeting(&self, token: usize) -> bool {
        self.reading.covering(token, token + 1).any(|m| self.reading.mentions[m].label == Label::Meeting)
    }

    /// "held a meeting", "presided over the meeting": an event without a name.
    fn unnamed(&self) -> Option<Meeting> {
        let lexed = self.reading.lexed;
        let sentence = self.lead.iter().copied().find(|&s| self.holds_meeting(s))?;
        let s = lexed.text.sentences[sentence];
        let kind = self.kind(s.first_token, s.end_token);
        let (start_date, end_date) = self.dates(None, sentence);
        Some(Meeting {
            mention: None,
            name: String::new(),
            kind,
            ordinal: String::new(),
            organizer: self.sentence_organ(sentence),
            region: self.region(s.first_token, s.end_token),
            start_date,
            end_date,
            place: self.place(sentence),
            reported: true,
            evidence: self.evidence(sentence, s.span, UNNAMED.into()),
        })
    }

    fn sentence_organ(&self, sentence: usize) -> String {
        let organ = self
            .reading
            .of_sentence(Label::Org, sentence)
            .find(|&m| !crate::resolve::layout::is_media(self.reading, m));
        organ.map_or(String::new(), |m| self.reading.surface(m).split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// A verb of holding or chairing and a meeting word behind it.
    fn holds_meeting(&self, sentence: usize) -> bool {
        let lexed = self.reading.lexed;
        let s = lexed.text.sentences[sentence];
        let verb = |i: usize| {
            lexed.starting(i, Table::Verb).find(|h| {
                let row = &lexed.gazetteers.verbs[h.entry.row];
                row.class == VerbClass::Hold || row.role == "presided" || row.role == "attended"
            })
        };
        let head = |i: usize| lexed.starting(i, Table::Meeting).any(|h| is_head(lexed, &h));
        (s.first_token..s.end_token)
            .filter_map(verb)
            .any(|h| (h.first..s.end_token.min(h.end + 8)).any(|i| head(i) && !cues::is_cited(self.reading.lexed, i)))
    }

    /// An inspection or visit: in the lead, or after the meeting by somebody who then "took a team to".
    fn inspection(&self, alone: bool) -> Option<Meeting> {
        let lexed = self.reading.lexed;
        let sentences: Vec<usize> = if alone { self.lead.clone() } else { self.headlined_inspection() };
        let (sentence, hit) = sentences.iter().find_map(|&s| self.inspects(s).map(|hit| (s, hit)))?;
        let body = self.body_sentence(sentence);
        let (start_date, end_date) = self.dates(None, body);
        Some(Meeting {
            mention: None,
            name: String::new(),
            kind: cues::value(lexed, hit).to_string(),
            ordinal: String::new(),
            organizer: String::new(),
            region: self.region(0, 0),
            start_date,
            end_date,
            place: self.place(body),
            reported: true,
            evidence: self.evidence(sentence, lexed.span(hit.first, hit.end), lexed.rule(hit.entry).into()),
        })
    }

    /// The sentence of the body that tells the same as a headline.
    fn body_sentence(&self, sentence: usize) -> usize {
        let is_body =
            |s: usize| self.reading.layout.kinds[self.reading.lexed.text.sentences[s].block] == BlockKind::Body;
        if is_body(sentence) { sentence } else { self.lead.iter().copied().find(|&s| is_body(s)).unwrap_or(sentence) }
    }

    /// Sentences behind the lead in which somebody sets out: "In the afternoon, X took a team to ...".
    fn headlined_inspection(&self) -> Vec<usize> {
        let sentences = 0..self.reading.lexed.text.sentences.len();
        sentences.filter(|&s| !self.lead.contains(&s) && self.opens_with_time(s)).collect()
    }

    /// The trigger of an inspection whose subject is a person of the document.
    fn inspects(&self, sentence: usize) -> Option<Hit> {
        let lexed = self.reading.lexed;
        let s = lexed.text.sentences[sentence];
        let trigger = |i: usize| {
            cues::triggers_at(lexed, i, TriggerClass::Inspection).find(|h| cues::value(lexed, *h) == "inspection")
        };
        let person = |i: usize| {
            self.reading
                .of_sentence(Label::Person, sentence)
                .any(|m| !self.reading.mentions[m].byline && self.reading.mentions[m].end <= i)
        };
        let cited = |i: usize| {
            lexed.is_word(i.saturating_sub(1), "when")
                || cues::is_cited(self.reading.lexed, i)
                || lexed.is_word(i.saturating_sub(1), "while")
        };
        let doer_behind = |i: usize| (i..s.end_token.min(i + 6)).any(|j| lexed.is_word(j, "by"));
        (s.first_token..s.end_token)
            .filter_map(trigger)
            .find(|h| (person(h.first) || doer_behind(h.first)) && !cited(h.first))
    }

    /// "had a meeting with": a reception or visit.
    fn reception(&self) -> Option<Meeting> {
        let lexed = self.reading.lexed;
        let sentence = self.lead.iter().copied().find(|&s| {
            let s = lexed.text.sentences[s];
            (s.first_token..s.end_token).any(|i| {
                cues::triggers_at(lexed, i, TriggerClass::Inspection).any(|h| cues::value(lexed, h) == "visit")
            })
        })?;
        let s = lexed.text.sentences[sentence];
        let (start_date, end_date) = self.dates(None, self.body_sentence(sentence));
        let person = self.reading.of_sentence(Label::Person, sentence).next().is_some();
        person.then(|| Meeting {
            mention: None,
            name: String::new(),
            kind: "other".into(),
            ordinal: String::new(),
            organizer: String::new(),
            region: self.region(0, 0),
            start_date,
            end_date,
            place: self.place(self.body_sentence(sentence)),
            reported: true,
            evidence: self.evidence(sentence, s.span, RECEPTION.into()),
        })
    }
}

/// Whether a level is below the centre.
pub fn is_local(level: Option<Level>) -> bool {
    level.is_some_and(|l| l > Level::Central)
}
