//! Who took part in the reported event, and in which way.

use super::clauses::{Clause, Subject};
use crate::gazetteer::rows::VerbClass;
use crate::model::{EntityId, Evidence, Label, Level, Meeting, Participation, Position, Role};
use crate::resolve::{Reading, Resolved};
use std::collections::HashSet;

/// One row per person and role, in the order of the text.
pub fn find(
    reading: &Reading,
    resolved: &Resolved,
    positions: &[Position],
    meetings: &[Meeting],
    clauses: &[Clause],
) -> Vec<Participation> {
    let events = Events::new(meetings);
    if events.meeting.is_none() && events.inspection.is_none() {
        return Vec::new();
    }
    let mut finder =
        Finder { reading, resolved, positions, events, touring: None, seen: HashSet::new(), found: Vec::new() };
    for clause in clauses {
        finder.clause(clause);
    }
    finder.drop_written();
    finder.drop_implied();
    finder.found
}

/// The reported events by index.
struct Events {
    meeting: Option<usize>,
    inspection: Option<usize>,
}

impl Events {
    fn new(meetings: &[Meeting]) -> Self {
        let is_inspection = |m: &Meeting| m.kind == "inspection";
        let meeting = meetings.iter().position(|m| m.reported && !is_inspection(m));
        let inspection = meetings.iter().position(|m| m.reported && is_inspection(m));
        Events { meeting, inspection }
    }

    /// The event and role that a verb's role means here; `None` where there is no such event. `touring`: the words
    /// before tell of an inspection, so that who "took part" went along.
    fn place(&self, role: Role, touring: bool) -> Option<(usize, Role)> {
        match role {
            Role::Inspected => self.inspection.map(|e| (e, role)),
            Role::Attended if self.meeting.is_none() || touring => self.inspection.map(|e| (e, Role::Accompanied)),
            Role::Accompanied => self.inspection.or(self.meeting).map(|e| (e, role)),
            _ => self.meeting.or(self.inspection).map(|e| (e, role)),
        }
    }
}

struct Finder<'a> {
    reading: &'a Reading<'a>,
    resolved: &'a Resolved,
    positions: &'a [Position],
    events: Events,
    /// The paragraph in which an inspection is told of, up to the next meeting.
    touring: Option<usize>,
    seen: HashSet<(EntityId, Role, usize)>,
    found: Vec<Participation>,
}

impl Finder<'_> {
    fn clause(&mut self, clause: &Clause) {
        self.follow(clause);
        let (Some(role), Subject::Persons(persons)) = (clause.role, &clause.subject) else { return };
        let touring = self.touring.is_some();
        let Some((meeting, role)) = self.events.place(role, touring) else { return };
        let listed = persons.len() > 1;
        for (place, &mention) in persons.iter().enumerate() {
            let Some(person) = self.resolved.entity_of[mention] else { continue };
            let asked = self.events.meeting.is_none() || touring;
            if self.is_cited_leader(person)
                || asked && self.is_bystander(clause, person)
                || !self.seen.insert((person, role, meeting))
            {
                continue;
            }
            self.add(clause, mention, person, (meeting, role), if listed { place + 1 } else { 0 });
        }
    }

    /// Keeps whether the words tell of an inspection at the moment.
    fn follow(&mut self, clause: &Clause) {
        let sentence = self.reading.lexed.text.sentences[self.reading.lexed.token(clause.first).sentence];
        let meets = clause.role == Some(Role::Presided)
            || clause.subject == Subject::Meeting
            || self
                .reading
                .within(sentence.first_token, clause.first.max(sentence.first_token))
                .any(|m| self.reading.mentions[m].label == Label::Meeting);
        let tours = clause.role == Some(Role::Inspected) && matches!(clause.subject, Subject::Persons(_));
        if tours && self.events.inspection.is_some() {
            self.touring = Some(sentence.block);
        } else if meets || self.touring != Some(sentence.block) {
            self.touring = None;
        }
    }

    /// Somebody without an office who is asked at an inspection: a farmer, a worker. He says something, but takes no
    /// part.
    fn is_bystander(&self, clause: &Clause, person: EntityId) -> bool {
        let known = !self.resolved.entities[person.0].name_zh.is_empty();
        let acts = self.found.iter().any(|p| p.person == person) || self.positions.iter().any(|p| p.person == person);
        clause.class == VerbClass::Report && !known && !acts
    }

    /// The General Secretary is cited in every report; he takes part only in those of the centre.
    fn is_cited_leader(&self, person: EntityId) -> bool {
        let local = self.resolved.jurisdiction.level.is_some_and(|l| l > Level::Central);
        local
            && !self.resolved.entities[person.0].name_zh.is_empty()
            && self.positions.iter().any(|p| p.person == person && p.region.level == Some(Level::Central))
            && self.positions.iter().filter(|p| p.person == person).all(|p| p.region.level == Some(Level::Central))
    }

    fn add(
        &mut self,
        clause: &Clause,
        mention: usize,
        person: EntityId,
        (meeting, role): (usize, Role),
        list_order: usize,
    ) {
        let sentence = self.reading.sentence(mention);
        let text = self.reading.lexed.text;
        let title = self
            .positions
            .iter()
            .find(|p| p.person == person && p.evidence.sentence == sentence)
            .or_else(|| self.positions.iter().find(|p| p.person == person));
        let verb = self.reading.lexed.span(clause.first, clause.end);
        let name = &self.reading.mentions[mention];
        self.found.push(Participation {
            meeting,
            person,
            role,
            list_order,
            title: title.map_or(String::new(), |p| p.wording.clone()),
            evidence: Evidence {
                sentence: self.reading.lexed.token(clause.first).sentence,
                span: self.reading.lexed.span(name.first, name.end),
                support: verb.join(text.sentences[self.reading.lexed.token(clause.first).sentence].span),
                rule: clause.rule.clone().into(),
            },
        });
    }

    /// Who sent written instructions "points out" in them; he does not speak at the event.
    fn drop_written(&mut self) {
        let writers: HashSet<EntityId> =
            self.found.iter().filter(|p| p.role == Role::Instructed).map(|p| p.person).collect();
        self.found.retain(|p| p.role != Role::Spoke || !writers.contains(&p.person));
    }

    /// Who led an inspection did not go along with it.
    fn drop_implied(&mut self) {
        let leaders: HashSet<EntityId> =
            self.found.iter().filter(|p| p.role == Role::Inspected).map(|p| p.person).collect();
        self.found.retain(|p| p.role != Role::Accompanied || !leaders.contains(&p.person));
    }
}

/// Whether a clause quotes somebody.
pub fn is_report(clause: &Clause) -> bool {
    clause.class == VerbClass::Report || clause.role == Some(Role::Spoke)
}
