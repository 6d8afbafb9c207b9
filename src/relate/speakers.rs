//! Who says each slogan: the person quoted, the meeting, or the reporter.
//!
//! A reporting verb opens a passage; the passage goes on through the paragraph, and into the next one where that
//! begins with "It is necessary" and the like. A slogan inside the name of a meeting, organ or title is the document's.

use super::clauses::{Clause, Subject};
use super::roles;
use crate::find::cues;
use crate::gazetteer::rows::{TriggerClass, VerbClass};
use crate::gazetteer::{Hit, Table};
use crate::model::{Evidence, Label, Meeting, MentionId, SloganUse, Speaker};
use crate::resolve::{BlockKind, Reading, Resolved};

/// Farthest that a stance verb stands before its slogan, in tokens.
const STANCE_REACH: usize = 4;

/// One row per SLOGAN mention.
pub fn find(reading: &Reading, resolved: &Resolved, meetings: &[Meeting], clauses: &[Clause]) -> Vec<SloganUse> {
    let mut finder = Finder {
        reading,
        resolved,
        meeting: meetings.iter().position(|m| m.reported),
        current: Speaker::Document,
        uses: Vec::new(),
    };
    for sentence in 0..reading.lexed.text.sentences.len() {
        finder.sentence(sentence, clauses);
    }
    finder.uses
}

struct Finder<'a> {
    reading: &'a Reading<'a>,
    resolved: &'a Resolved,
    meeting: Option<usize>,
    current: Speaker,
    uses: Vec<SloganUse>,
}

impl Finder<'_> {
    fn sentence(&mut self, sentence: usize, clauses: &[Clause]) {
        let s = self.reading.lexed.text.sentences[sentence];
        if self.reading.lexed.text.blocks[s.block].first_sentence == sentence && !self.goes_on(s.first_token) {
            self.current = Speaker::Document;
        }
        let from = clauses.partition_point(|c| c.first < s.first_token);
        let frames: Vec<(usize, Speaker)> =
            clauses[from..].iter().take_while(|c| c.first < s.end_token).filter_map(|c| self.frame(c)).collect();
        for mention in self.reading.of_sentence(Label::Slogan, sentence) {
            let speaker = self.speaker(mention, &frames);
            self.add(mention, speaker, sentence);
        }
        if let Some((_, speaker)) = frames.last() {
            self.current = *speaker;
        }
    }

    /// Where a passage opens, and whose it is.
    fn frame(&self, clause: &Clause) -> Option<(usize, Speaker)> {
        if !roles::is_report(clause) && clause.role != Some(crate::model::Role::Instructed) {
            return None;
        }
        match &clause.subject {
            Subject::Persons(persons) => {
                let person = persons.last().and_then(|&m| self.resolved.entity_of[m])?;
                Some((clause.first, Speaker::Person(person)))
            }
            Subject::Meeting if clause.class == VerbClass::Report => {
                Some((clause.first, Speaker::Meeting(self.meeting)))
            }
            _ => None,
        }
    }

    /// The paragraph goes on with what was said before.
    fn goes_on(&self, first: usize) -> bool {
        cues::triggers_at(self.reading.lexed, first, TriggerClass::Continue).next().is_some()
    }

    fn speaker(&self, mention: usize, frames: &[(usize, Speaker)]) -> Speaker {
        let c = &self.reading.mentions[mention];
        if self.is_in_name(mention) || self.reading.kind_at(c.first) == BlockKind::Metadata {
            return Speaker::Document;
        }
        let before = frames.iter().rev().find(|(token, _)| *token < c.first);
        let behind = frames.iter().find(|(token, _)| *token >= c.end && self.is_attribution(*token));
        before.or(behind).map_or(self.current, |(_, speaker)| *speaker)
    }

    /// "..., Xi said.": the verb closes the sentence that it reports.
    fn is_attribution(&self, verb: usize) -> bool {
        let lexed = self.reading.lexed;
        let end = lexed.sentence_end(verb);
        end - verb <= 4 || (verb + 1 < end && matches!(lexed.word(verb + 1), "," | "."))
    }

    fn is_in_name(&self, mention: usize) -> bool {
        let c = &self.reading.mentions[mention];
        let holds = |o: &crate::find::Candidate| {
            matches!(o.label, Label::Meeting | Label::Org | Label::Title)
                && o.first <= c.first
                && c.end <= o.end
                && o.end - o.first > c.end - c.first
        };
        self.reading.covering(c.first, c.end).any(|m| holds(&self.reading.mentions[m]))
    }

    fn add(&mut self, mention: usize, speaker: Speaker, sentence: usize) {
        let lexed = self.reading.lexed;
        let c = &self.reading.mentions[mention];
        let row = c.entry.filter(|e| e.table == Table::Slogan).map(|e| &lexed.gazetteers.slogans[e.row]);
        let surface = self.reading.surface(mention).split_whitespace().collect::<Vec<_>>().join(" ");
        self.uses.push(SloganUse {
            mention: MentionId(mention),
            slogan: row.map_or(surface, |r| r.en.clone()),
            slogan_zh: row.map_or(String::new(), |r| r.zh.clone()),
            kind: row.map_or("numbered", |r| r.kind.name()).to_string(),
            quoted: lexed.text.is_quoted(c.first, c.end),
            speaker,
            stance: self.stance(c.first),
            meeting: self.meeting,
            evidence: Evidence {
                sentence,
                span: lexed.span(c.first, c.end),
                support: lexed.text.sentences[sentence].span,
                rule: c.rule.clone(),
            },
        });
    }

    /// The verb directly before the slogan ("firmly support").
    fn stance(&self, first: usize) -> String {
        let lexed = self.reading.lexed;
        let start = lexed.sentence_start(first);
        let stance = |h: &Hit| lexed.gazetteers.verbs[h.entry.row].class == VerbClass::Stance;
        let ends = (start.max(first.saturating_sub(STANCE_REACH))..=first).rev();
        let hit = ends.flat_map(|end| lexed.ending(end, Table::Verb)).find(stance);
        hit.map_or(String::new(), |h| lexed.surface(h.first, h.end).to_lowercase())
    }
}
