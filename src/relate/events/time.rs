//! The day of an event: told beside its name, else in another sentence of the lead.

use super::Finder;
use crate::find::Candidate;
use crate::find::cues;
use crate::gazetteer::rows::{TriggerClass, WordClass};
use crate::model::Label;
use crate::resolve::dates;

/// Tokens in which the time of another event is told.
const OPENING: usize = 8;
/// Tokens between a meeting's name and its own day ("the forum held on the 23rd").
const OWN_DAY: usize = 4;
/// Tokens at the beginning of a sentence in which it is tied to what was told before.
const TIE: usize = 3;

impl Finder<'_> {
    /// First and last day of the event that `sentence` tells of; `mention` is its name.
    pub(super) fn dates(&self, mention: Option<usize>, sentence: usize) -> (String, String) {
        let own = self.date_of(sentence, mention).map(|d| self.span_of(d));
        let run = || mention.and_then(|m| self.run_of_days(m)).filter(|_| own.as_ref().is_none_or(|o| !is_run(o)));
        let lead = || self.lead_date().map(|d| self.span_of(d));
        let found = run().or_else(|| own.clone()).or_else(lead).unwrap_or_default();
        if found.contains('?') {
            return Default::default();
        }
        match found.split_once('/') {
            Some((start, end)) => (start.to_string(), end.to_string()),
            None => (found.clone(), found),
        }
    }

    /// "was held from the 4th to the 6th", told in another sentence of the lead that names the same meeting.
    fn run_of_days(&self, mention: usize) -> Option<String> {
        let same = |m: usize| self.reading.of(Label::Meeting).any(|x| x == m) && self.is_same(mention, m);
        let dated = |m: usize| self.date_of(self.reading.sentence(m), Some(m)).map(|d| self.span_of(d));
        let lead: Vec<usize> = self.body_lead().collect();
        let mentions = self.reading.of(Label::Meeting).filter(|&m| lead.contains(&self.reading.sentence(m)) && same(m));
        mentions.filter_map(dated).find(|d| is_run(d))
    }

    /// The first date of the lead; the date of the dispatch where there is no other.
    fn lead_date(&self) -> Option<usize> {
        let dated: Vec<usize> = self.body_lead().filter_map(|s| self.date_of(s, None)).collect();
        dated.iter().find(|&&m| !dates::is_dateline(self.reading, m)).or(dated.first()).copied()
    }

    fn body_lead(&self) -> impl Iterator<Item = usize> + '_ {
        self.lead.iter().copied().filter(|&s| self.is_body(s))
    }

    /// Value of a date, with the second day that "and" or "to" joins to it.
    fn span_of(&self, date: usize) -> String {
        let value = self.resolved.canonical[date].clone();
        match self.second_day(date) {
            Some(next) => format!("{value}/{next}"),
            None => value,
        }
    }

    /// The date of a sentence that tells the day of the event: the last one before its name, else the first behind it.
    /// A time stamp, and the date of the dispatch, count only where there is no other date.
    fn date_of(&self, sentence: usize, mention: Option<usize>) -> Option<usize> {
        let event = mention.map(|m| &self.reading.mentions[m]);
        let inside = |m: usize| {
            event.is_some_and(|e| e.first <= self.reading.mentions[m].first && self.reading.mentions[m].end <= e.end)
        };
        let mut found: Vec<usize> = self
            .reading
            .of_sentence(Label::Date, sentence)
            .filter(|&m| !inside(m) && !self.is_cited_date(m, event))
            .collect();
        let written = |m: &usize| self.reading.mentions[*m].rule != "date.numeric";
        let told = |m: &usize| !dates::is_dateline(self.reading, *m);
        for better in [&written as &dyn Fn(&usize) -> bool, &told] {
            if found.iter().any(better) {
                found.retain(better);
            }
        }
        let before = found.iter().rev().find(|&&m| event.is_some_and(|e| self.reading.mentions[m].end <= e.first));
        before.or(found.first()).copied()
    }

    /// "Tuesday and Wednesday", "Tuesday to Friday": two days of one event.
    fn second_day(&self, date: usize) -> Option<String> {
        let lexed = self.reading.lexed;
        let c = &self.reading.mentions[date];
        let next =
            self.reading.within(c.end + 1, c.end + 2).find(|&m| self.reading.mentions[m].label == Label::Date)?;
        let run = lexed.is_word(c.end, "to") && c.first > 0 && lexed.is_word(c.first - 1, "from");
        let joined = run || lexed.is_word(c.end, "and");
        (joined && !self.resolved.canonical[date].contains('/')).then(|| self.resolved.canonical[next].clone())
    }

    /// The date tells when something cited was, unless it stands right behind the event's name.
    fn is_cited_date(&self, mention: usize, event: Option<&Candidate>) -> bool {
        let first = self.reading.mentions[mention].first;
        let close = |e: &Candidate| e.end <= first && first < e.end + OWN_DAY;
        !event.is_some_and(close) && cues::is_cited(self.reading.lexed, first)
    }

    /// "On the morning of the 17th, ...", "After the meeting, ...", "Subsequently ...".
    pub(super) fn opens_with_time(&self, sentence: usize) -> bool {
        let s = self.reading.lexed.text.sentences[sentence];
        let end = s.end_token.min(s.first_token + OPENING);
        let dated = self.reading.within(s.first_token, end).any(|m| self.reading.mentions[m].label == Label::Date);
        let daypart = (s.first_token..end).any(|i| self.reading.lexed.has(i, WordClass::Daypart));
        self.is_body(sentence) && (dated || daypart || self.is_tied(s.first_token, end))
    }

    /// The sentence begins with what came before or after another event.
    fn is_tied(&self, first: usize, end: usize) -> bool {
        let lexed = self.reading.lexed;
        let tie = |i: usize| cues::triggers_at(lexed, i, TriggerClass::Sequence).next().is_some();
        (first..end.min(first + TIE)).any(tie) || lexed.is_word(first, "After")
    }

    /// The meeting has a day of its own behind its name, and that day is the report's or one of the three before it.
    pub(super) fn has_own_day(&self, mention: usize) -> bool {
        let lexed = self.reading.lexed;
        let end = self.reading.mentions[mention].end;
        let stop = lexed.sentence_end(end - 1).min(end + OWN_DAY);
        let next = self.reading.within(end, stop).next().filter(|&m| self.reading.mentions[m].label == Label::Date);
        let near = next.is_some_and(|m| self.is_near(&self.resolved.canonical[m]));
        near || (end..stop).any(|i| cues::triggers_at(lexed, i, TriggerClass::Sequence).next().is_some())
    }

    fn is_near(&self, day: &str) -> bool {
        let parse = |d: &str| d.split('/').next_back().and_then(|d| d.parse::<jiff::civil::Date>().ok());
        let (Some(day), Some(published)) = (parse(day), parse(&self.resolved.profile.published)) else { return false };
        published.since(day).is_ok_and(|distance| (0..=3).contains(&distance.get_days()))
    }
}

fn is_run(value: &str) -> bool {
    value.contains('/')
}
