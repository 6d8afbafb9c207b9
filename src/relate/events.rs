//! Events: the meeting, inspection or ceremony that the document reports, and the meetings that it cites.
//!
//! The reported meeting is the one that the lead says was held, chaired or attended; a meeting behind "the spirit of"
//! is cited. A report that begins with "went to" or "investigated" has an inspection instead, or beside the meeting.
//! Elsewhere: `kind.rs` (kind, number, organizer), `time.rs` (day), `place.rs` (place and region), `exposition.rs`
//! (fairs and festivals, which are events and no meetings), `unnamed.rs` (meetings without a name, inspections,
//! receptions).

mod exposition;
mod kind;
mod place;
mod time;
mod unnamed;

use crate::find::Candidate;
use crate::find::cues;
use crate::find::cues::is_head;
use crate::gazetteer::rows::{TriggerClass, VerbClass, WordClass};
use crate::gazetteer::{Hit, Table};
use crate::model::{Evidence, Label, Level, Meeting, MentionId, Place, Span};
use crate::resolve::{BlockKind, Reading, Resolved};
use crate::text::fold_word;

/// Sentences of the body in which the reported event is told.
const LEAD_SENTENCES: usize = 3;
/// Least weight of a reported meeting.
const LEAST_WEIGHT: i32 = 3;
/// Tokens of a headline or first sentence in which a comment says that it is one.
const COMMENT_REACH: usize = 8;

/// All events: the reported ones first, then the cited, each in the order of the text.
pub fn find(reading: &Reading, resolved: &Resolved) -> Vec<Meeting> {
    let finder = Finder { reading, resolved, lead: lead(reading) };
    let (named, mut meetings) = finder.all_reported();
    meetings.sort_by_key(|m| m.evidence.span.start);
    let mut names: Vec<String> = meetings.iter().map(|m| fold_word(&m.name)).collect();
    for mention in reading.of(Label::Meeting).filter(|m| !named.iter().any(|n| n.name == *m)) {
        let meeting = finder.named(&Named { name: mention, told: mention }, false);
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

/// A reported meeting: the mention that names it most fully and the one in the sentence that tells of it.
struct Named {
    name: usize,
    told: usize,
}

struct Finder<'a> {
    reading: &'a Reading<'a>,
    resolved: &'a Resolved,
    lead: Vec<usize>,
}

impl Finder<'_> {
    /// The named events and all events that the document reports.
    fn all_reported(&self) -> (Vec<Named>, Vec<Meeting>) {
        if self.reports_none() {
            return Default::default();
        }
        let named = self.reported();
        let meetings = self.events(&named);
        (named, meetings)
    }

    /// A comment or a page of a story tells of events and reports none.
    fn reports_none(&self) -> bool {
        self.resolved.genre.is_story() || self.is_comment()
    }

    fn is_comment(&self) -> bool {
        let lexed = self.reading.lexed;
        let comments = |s: usize| {
            let s = lexed.text.sentences[s];
            (s.first_token..s.end_token.min(s.first_token + COMMENT_REACH))
                .any(|i| cues::triggers_at(lexed, i, TriggerClass::Comment).next().is_some())
        };
        let first_body = self.lead.iter().position(|&s| self.is_body(s)).unwrap_or(0);
        self.lead[..self.lead.len().min(first_body + 1)].iter().any(|&s| comments(s))
    }

    /// The reported events, beside the named ones those without a name.
    fn events(&self, named: &[Named]) -> Vec<Meeting> {
        let mut meetings: Vec<Meeting> = named.iter().map(|n| self.named(n, true)).collect();
        meetings.extend(self.expositions(named));
        if meetings.is_empty() {
            meetings.extend(self.unnamed());
        }
        let told = self.told_at(named, &meetings);
        meetings.extend(self.inspection(&told));
        meetings.extend(self.later_unnamed());
        if meetings.is_empty() {
            meetings.extend(self.reception());
        }
        meetings
    }

    /// The tokens at which the events found so far are told of.
    fn told_at(&self, named: &[Named], meetings: &[Meeting]) -> Vec<usize> {
        let text = self.reading.lexed.text;
        let unnamed = meetings.iter().filter(|m| m.mention.is_none());
        let first = |m: &Meeting| text.sentences[m.evidence.sentence].first_token;
        named.iter().map(|n| self.reading.mentions[n.told].first).chain(unnamed.map(first)).collect()
    }

    /// The reported meetings: the one with the greatest weight, what "and" joins to it, and what followed it.
    fn reported(&self) -> Vec<Named> {
        let weighed: Vec<(usize, i32)> = self.reading.of(Label::Meeting).map(|m| (m, self.weight(m))).collect();
        let heavy = || weighed.iter().filter(|(_, w)| *w >= LEAST_WEIGHT);
        let Some(&(best, _)) = heavy().max_by_key(|(m, w)| (*w, std::cmp::Reverse(*m))) else {
            return Vec::new();
        };
        let name = self.fuller(best, &weighed);
        // A fuller name that is told of as held tells day and place too.
        let told = if heavy().any(|(m, _)| *m == name) { name } else { best };
        let mut reported = vec![Named { name, told }];
        for &(m, _) in heavy().filter(|(m, _)| *m != best && *m != name) {
            let later = !self.lead.contains(&self.reading.sentence(m)) && self.is_new(&reported, m);
            if later || self.is_joined(best, m) || self.is_joined(name, m) {
                reported.push(Named { name: m, told: m });
            }
        }
        reported
    }

    fn is_new(&self, reported: &[Named], mention: usize) -> bool {
        reported.iter().all(|n| self.is_other(n.name, mention) && self.is_other(n.told, mention))
    }

    /// Two names of different meetings: of two kinds or numbers, or sharing less than half of their words.
    fn is_other(&self, a: usize, b: usize) -> bool {
        let (of_a, of_b) = (&self.reading.mentions[a], &self.reading.mentions[b]);
        let number = |c: &Candidate| Some(self.ordinal(c)).filter(|n| !n.is_empty());
        let kind = |c: &Candidate| Some(self.kind(c.first, c.end)).filter(|k| k != "other");
        let differ = |x: Option<String>, y: Option<String>| x.is_some() && y.is_some() && x != y;
        let numbered = number(of_b).is_some() && number(of_a).is_none();
        let (a, b) = (self.folded(a), self.folded(b));
        numbered
            || differ(number(of_a), number(of_b))
            || differ(kind(of_a), kind(of_b))
            || 2 * b.iter().filter(|w| a.contains(w)).count() < b.len()
    }

    fn folded(&self, mention: usize) -> Vec<String> {
        let c = &self.reading.mentions[mention];
        (c.first..c.end).map(|i| fold_word(self.reading.lexed.word(i))).collect()
    }

    /// Of two names of one meeting in the lead the fuller.
    fn fuller(&self, best: usize, weighed: &[(usize, i32)]) -> usize {
        let longer = |m: usize| self.folded(m).len() > self.folded(best).len();
        let uncited = weighed.iter().filter(|(_, w)| *w > 0).map(|(m, _)| *m);
        uncited.into_iter().find(|&m| longer(m) && self.is_same(best, m)).unwrap_or(best)
    }

    /// Whether the second name is of the same meeting: it has all words of the first, or is of its kind and has all
    /// words but the meeting word, a number among them.
    fn is_same(&self, short: usize, full: usize) -> bool {
        let (c, other) = (&self.reading.mentions[short], &self.reading.mentions[full]);
        let words = self.folded(full);
        let alike = self.kind(c.first, c.end) == self.kind(other.first, other.end) && !self.ordinal(c).is_empty();
        let own: Vec<String> = if alike { self.modifiers(c) } else { self.folded(short) };
        !own.is_empty() && own.iter().all(|w| words.contains(w))
    }

    /// Words of a name outside its meeting words.
    fn modifiers(&self, c: &Candidate) -> Vec<String> {
        let lexed = self.reading.lexed;
        let heads: Vec<Hit> =
            (c.first..c.end).flat_map(|i| lexed.starting(i, Table::Meeting)).filter(|h| is_head(lexed, h)).collect();
        let outside = |i: &usize| !heads.iter().any(|h| h.first <= *i && *i < h.end);
        (c.first..c.end).filter(outside).map(|i| fold_word(lexed.word(i))).collect()
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

    /// Behind the lead only a meeting with a time of its own is another event: the sentence opens with one and tells that
    /// the meeting was held, or the meeting has a day beside its name.
    fn later_weight(&self, mention: usize) -> i32 {
        let candidate = &self.reading.mentions[mention];
        let cited = cues::is_cited(self.reading.lexed, candidate.first) || self.is_nested(mention);
        let opens = self.opens_with_time(self.reading.sentence(mention)) && self.has_verb(candidate);
        if !cited && (opens || self.has_own_day(mention)) { LEAST_WEIGHT } else { 0 }
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

    /// A verb of holding, chairing or attending stands before or behind the name, or "at" before it.
    fn is_held(&self, c: &Candidate) -> bool {
        let lexed = self.reading.lexed;
        let at = c.first > lexed.sentence_start(c.first)
            && (lexed.is_word(c.first - 1, "at")
                || (lexed.has(c.first - 1, WordClass::Determiner) && lexed.is_word(c.first.saturating_sub(2), "at")));
        at || self.has_verb(c)
    }

    fn has_verb(&self, c: &Candidate) -> bool {
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
        before || behind || passive
    }

    fn named(&self, named: &Named, reported: bool) -> Meeting {
        let candidate = &self.reading.mentions[named.name];
        let sentence = self.reading.sentence(named.name);
        let span = self.reading.lexed.span(candidate.first, candidate.end);
        let meeting = Meeting {
            mention: Some(MentionId(named.name)),
            name: self.words(named.name),
            kind: self.kind_of(&self.reading.mentions[named.name]),
            ordinal: self.ordinal(candidate),
            organizer: self.organizer(candidate),
            ..self.event("other", self.evidence(sentence, span, candidate.rule.clone()))
        };
        if reported { self.told(meeting, named) } else { Meeting { reported, ..meeting } }
    }

    /// Adds day and place, which the sentence that reports the meeting tells.
    fn told(&self, meeting: Meeting, named: &Named) -> Meeting {
        let sentence = self.reading.sentence(named.told);
        let (start_date, end_date) = self.dates(Some(named.told), sentence);
        let region = self.named_place(&self.reading.mentions[named.name]).unwrap_or_else(|| self.region(sentence));
        Meeting { region, start_date, end_date, place: self.place(sentence), ..meeting }
    }

    /// A reported event of which only its kind and evidence are known.
    fn event(&self, kind: &str, evidence: Evidence) -> Meeting {
        Meeting {
            mention: None,
            name: String::new(),
            kind: kind.to_string(),
            ordinal: String::new(),
            organizer: String::new(),
            region: Place::default(),
            start_date: String::new(),
            end_date: String::new(),
            place: String::new(),
            reported: true,
            evidence,
        }
    }

    /// The words of a mention as written, with single spaces.
    fn words(&self, mention: usize) -> String {
        self.reading.surface(mention).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn evidence(&self, sentence: usize, span: Span, rule: crate::model::Rule) -> Evidence {
        Evidence { sentence, span, support: self.reading.lexed.text.sentences[sentence].span, rule }
    }

    fn is_body(&self, sentence: usize) -> bool {
        self.reading.layout.kinds[self.reading.lexed.text.sentences[sentence].block] == BlockKind::Body
    }
}

/// Whether a level is below the centre.
pub fn is_local(level: Option<Level>) -> bool {
    level.is_some_and(|l| l > Level::Central)
}
