//! One document's extraction as rows: ids, offsets, names in place of indices.
//!
//! An index that leads nowhere gives an empty cell.

use std::borrow::Cow;

use super::entities::Seen;
use super::evidence::evidence;
use super::offsets::Offsets;
use super::tables::{
    AmbiguousRow, DocumentRow, EntityRow, MeetingRow, MentionRow, ParticipationRow, PositionRow, ProblemRow,
    RelationRow, SloganRow,
};
use crate::link::Pair;
use crate::model::{
    Document, Entity, EntityId, Evidence, Extraction, Level, Meeting, Mention, MentionId, Node, Participation, Place,
    Position, Relation, SloganUse, Span, Speaker,
};
use crate::read::Problem;

/// A document on its way into the tables.
pub(super) struct Page<'d> {
    document: &'d Document,
    extraction: &'d Extraction,
    /// For each entity the key that stands for it until the run knows who is who; empty for its own.
    keys: &'d [&'d str],
    offsets: Offsets<'d>,
}

/// The cells at the end of each row that states a fact.
struct Proof<'d> {
    sentence: usize,
    start: usize,
    end: usize,
    evidence: Cow<'d, str>,
    rule: Cow<'d, str>,
}

impl<'d> Page<'d> {
    pub(super) fn new(document: &'d Document, extraction: &'d Extraction, keys: &'d [&'d str]) -> Self {
        Self { document, extraction, keys, offsets: Offsets::new(&document.text) }
    }

    /// The row of the document; whose reprint it is, only the run as a whole knows.
    pub(super) fn document(&self) -> DocumentRow<'d> {
        let (document, profile) = (self.document, &self.extraction.profile);
        DocumentRow {
            doc_id: self.id(),
            source: cell(&document.source),
            record: cell(&document.record),
            title: cell(&profile.title),
            published: &profile.published,
            outlet: cell(&profile.outlet),
            url: cell(&profile.url),
            language: cell(&profile.language),
            characters: profile.characters,
            sentences: profile.sentences,
            region: cell(&profile.region.path),
            region_code: cell(&profile.region.code),
            level: level(&profile.region),
            duplicate_of: cell(""),
            notes: cell(&profile.notes),
        }
    }

    pub(super) fn mentions(&self) -> impl Iterator<Item = MentionRow<'d>> {
        self.extraction.mentions.iter().enumerate().map(|(index, mention)| self.mention(index, mention))
    }

    fn mention(&self, index: usize, mention: &'d Mention) -> MentionRow<'d> {
        let (start, end) = self.characters(mention.span);
        MentionRow {
            mention_id: self.mention_id(MentionId(index)),
            doc_id: self.id(),
            sentence: mention.sentence,
            label: cell(mention.label.name()),
            text: cell(mention.span.of(&self.document.text)),
            start,
            end,
            entity_id: mention.entity.map_or_else(Cow::default, |id| self.key(id)),
            canonical: cell(&mention.canonical),
            rule: cell(&mention.rule),
        }
    }

    pub(super) fn positions(&self) -> impl Iterator<Item = PositionRow<'d>> {
        self.extraction.positions.iter().map(|position| self.position(position))
    }

    fn position(&self, position: &'d Position) -> PositionRow<'d> {
        let Proof { sentence, start, end, evidence, rule } = self.proof(&position.evidence);
        PositionRow {
            doc_id: self.id(),
            person_id: self.key(position.person),
            person: self.name(position.person),
            title: cell(&position.wording),
            role: cell(&position.role),
            organization: cell(&position.organization),
            region: cell(&position.region.path),
            region_code: cell(&position.region.code),
            level: level(&position.region),
            status: cell(position.status),
            observed: &position.observed,
            sentence,
            start,
            end,
            evidence,
            rule,
        }
    }

    pub(super) fn meetings(&self) -> impl Iterator<Item = MeetingRow<'d>> {
        self.extraction.meetings.iter().enumerate().map(|(index, meeting)| self.meeting(index, meeting))
    }

    fn meeting(&self, index: usize, meeting: &'d Meeting) -> MeetingRow<'d> {
        let Proof { sentence, start, end, evidence, rule } = self.proof(&meeting.evidence);
        MeetingRow {
            meeting_id: self.meeting_id(index),
            doc_id: self.id(),
            name: cell(&meeting.name),
            kind: cell(&meeting.kind),
            ordinal: cell(&meeting.ordinal),
            organizer: cell(&meeting.organizer),
            region: cell(&meeting.region.path),
            region_code: cell(&meeting.region.code),
            level: level(&meeting.region),
            start_date: &meeting.start_date,
            end_date: &meeting.end_date,
            place: cell(&meeting.place),
            reported: meeting.reported,
            sentence,
            start,
            end,
            evidence,
            rule,
        }
    }

    pub(super) fn participation(&self) -> impl Iterator<Item = ParticipationRow<'d>> {
        self.extraction.participations.iter().map(|part| self.part(part))
    }

    fn part(&self, part: &'d Participation) -> ParticipationRow<'d> {
        let Proof { sentence, start, end, evidence, rule } = self.proof(&part.evidence);
        ParticipationRow {
            meeting_id: self.meeting_id(part.meeting),
            doc_id: self.id(),
            person_id: self.key(part.person),
            person: self.name(part.person),
            role: cell(part.role.name()),
            list_order: Some(part.list_order).filter(|&order| order > 0),
            title: cell(&part.title),
            sentence,
            start,
            end,
            evidence,
            rule,
        }
    }

    pub(super) fn slogans(&self) -> impl Iterator<Item = SloganRow<'d>> {
        self.extraction.slogans.iter().map(|slogan| self.slogan(slogan))
    }

    /// The words of a slogan are those of its mention, whatever words carry the fact that it is said.
    fn slogan(&self, slogan: &'d SloganUse) -> SloganRow<'d> {
        let Proof { sentence, evidence, rule, .. } = self.proof(&slogan.evidence);
        let mention = self.extraction.mentions.get(slogan.mention.0);
        let span = mention.map_or(slogan.evidence.span, |mention| mention.span);
        let (start, end) = self.characters(span);
        let (speaker_type, speaker_id, speaker) = self.speaker(slogan.speaker);
        SloganRow {
            doc_id: self.id(),
            slogan_id: mention.and_then(|mention| mention.entity).map_or_else(Cow::default, |id| self.key(id)),
            slogan: cell(&slogan.slogan),
            slogan_zh: cell(&slogan.slogan_zh),
            kind: cell(&slogan.kind),
            text: cell(span.of(&self.document.text)),
            quoted: slogan.quoted,
            speaker_type: cell(speaker_type),
            speaker_id,
            speaker,
            stance: cell(&slogan.stance),
            meeting_id: slogan.meeting.map_or_else(Cow::default, |index| self.meeting_id(index)),
            sentence,
            start,
            end,
            evidence,
            rule,
        }
    }

    /// Type, id and name of who says a slogan.
    fn speaker(&self, speaker: Speaker) -> (&'static str, Cow<'d, str>, Cow<'d, str>) {
        match speaker {
            Speaker::Person(person) => ("person", self.key(person), self.name(person)),
            Speaker::Meeting(None) => ("meeting", Cow::default(), Cow::default()),
            Speaker::Meeting(Some(index)) => {
                let name = self.extraction.meetings.get(index).map_or("", |meeting| &meeting.name);
                ("meeting", self.meeting_id(index), cell(name))
            }
            Speaker::Document => ("document", self.id(), Cow::default()),
        }
    }

    pub(super) fn relations(&self) -> impl Iterator<Item = RelationRow<'d>> {
        self.extraction.relations.iter().enumerate().map(|(index, relation)| self.relation(index, relation))
    }

    fn relation(&self, index: usize, relation: &'d Relation) -> RelationRow<'d> {
        let Proof { sentence, start, end, evidence, rule } = self.proof(&relation.evidence);
        let (subject_id, subject_type) = self.node(relation.subject);
        let (object_id, object_type) = self.node(relation.object);
        RelationRow {
            relation_id: self.numbered('r', index),
            doc_id: self.id(),
            subject_id,
            subject_type: cell(subject_type),
            predicate: cell(relation.predicate),
            object_id,
            object_type: cell(object_type),
            sentence,
            start,
            end,
            evidence,
            rule,
        }
    }

    /// Id and type of one end of a relation.
    fn node(&self, node: Node) -> (Cow<'d, str>, &'static str) {
        match node {
            Node::Entity(id) => (self.key(id), self.entity(id).map_or("", |entity| entity.kind)),
            Node::Mention(id) => {
                let mention = self.extraction.mentions.get(id.0);
                (self.mention_id(id), mention.map_or("", |mention| mention.label.name()))
            }
            Node::Meeting(index) => (self.meeting_id(index), "MEETING"),
            Node::Document => (self.id(), "DOCUMENT"),
        }
    }

    fn proof(&self, evidence: &'d Evidence) -> Proof<'d> {
        let (start, end) = self.characters(evidence.span);
        let words = self::evidence(&self.document.text, evidence);
        Proof { sentence: evidence.sentence, start, end, evidence: words.into(), rule: cell(&evidence.rule) }
    }

    /// Both ends of a span in Unicode scalar values.
    fn characters(&self, span: Span) -> (usize, usize) {
        (self.offsets.characters(span.start), self.offsets.characters(span.end))
    }

    fn id(&self) -> Cow<'d, str> {
        cell(&self.document.id)
    }

    fn mention_id(&self, id: MentionId) -> Cow<'d, str> {
        self.numbered('m', id.0)
    }

    fn meeting_id(&self, index: usize) -> Cow<'d, str> {
        self.numbered('e', index)
    }

    fn numbered(&self, letter: char, index: usize) -> Cow<'d, str> {
        format!("{}-{letter}{}", self.document.id, index + 1).into()
    }

    fn entity(&self, id: EntityId) -> Option<&'d Entity> {
        self.extraction.entities.get(id.0)
    }

    fn key(&self, id: EntityId) -> Cow<'d, str> {
        let own = || self.entity(id).map_or("", |entity| &entity.key);
        cell(self.keys.get(id.0).copied().filter(|key| !key.is_empty()).unwrap_or_else(own))
    }

    fn name(&self, id: EntityId) -> Cow<'d, str> {
        cell(self.entity(id).map_or("", |entity| &entity.name))
    }
}

fn cell(text: &str) -> Cow<'_, str> {
    Cow::Borrowed(text)
}

fn level(place: &Place) -> Cow<'static, str> {
    cell(place.level.map_or("", Level::name))
}

impl<'p> From<&'p Problem> for ProblemRow<'p> {
    fn from(problem: &'p Problem) -> Self {
        Self {
            source: cell(&problem.source),
            record: cell(&problem.record),
            problem: cell(&problem.problem),
            detail: cell(&problem.detail),
        }
    }
}

impl<'e> From<&'e Seen> for EntityRow<'e> {
    fn from(seen: &'e Seen) -> Self {
        Self {
            entity_id: cell(&seen.key),
            kind: cell(&seen.kind),
            name: cell(&seen.name),
            name_zh: cell(&seen.name_zh),
            wikidata: cell(&seen.wikidata),
            region_code: cell(&seen.region_code),
            mentions: seen.mentions as usize,
            documents: seen.documents as usize,
            first_seen: &seen.first,
            last_seen: &seen.last,
            evidence: cell(&seen.evidence),
        }
    }
}

impl<'p> From<&'p Pair> for AmbiguousRow<'p> {
    fn from(pair: &'p Pair) -> Self {
        let Pair { name, state, why, a, b } = pair;
        Self {
            name: cell(name),
            state: cell(state.name()),
            why: cell(why),
            decision: cell(""),
            a: cell(&a.key),
            a_about: cell(&a.about),
            a_documents: a.documents,
            a_first_seen: &a.first,
            a_last_seen: &a.last,
            a_doc_id: cell(&a.document),
            b: cell(&b.key),
            b_about: cell(&b.about),
            b_documents: b.documents,
            b_first_seen: &b.first,
            b_last_seen: &b.last,
            b_doc_id: cell(&b.document),
        }
    }
}
