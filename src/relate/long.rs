//! The facts once more as one long list of relations, for graphs and joins.

use crate::model::{Extraction, Label, MentionId, Node, Relation, Role, Speaker};

/// All relations of `extraction`, positions first, then events, participation and slogans.
pub fn relations(extraction: &Extraction) -> Vec<Relation> {
    let mut relations = Vec::new();
    for position in &extraction.positions {
        let evidence = position.evidence.clone();
        relations.push(Relation {
            subject: Node::Entity(position.person),
            predicate: "holds_office",
            object: Node::Mention(position.title),
            evidence,
        });
    }
    for (index, meeting) in extraction.meetings.iter().enumerate().filter(|(_, m)| m.reported) {
        let organizer = named(extraction, Label::Org, &meeting.organizer, meeting.evidence.sentence);
        let place = named(extraction, Label::Region, &meeting.place, meeting.evidence.sentence);
        for (predicate, mention) in [("organized_by", organizer), ("held_in", place)] {
            if let Some(object) = mention.map(|m| node(extraction, m)) {
                relations.push(Relation {
                    subject: Node::Meeting(index),
                    predicate,
                    object,
                    evidence: meeting.evidence.clone(),
                });
            }
        }
    }
    for participation in &extraction.participations {
        relations.push(Relation {
            subject: Node::Entity(participation.person),
            predicate: predicate(participation.role),
            object: Node::Meeting(participation.meeting),
            evidence: participation.evidence.clone(),
        });
    }
    for slogan in &extraction.slogans {
        let subject = match slogan.speaker {
            Speaker::Person(person) => Node::Entity(person),
            Speaker::Meeting(Some(meeting)) => Node::Meeting(meeting),
            _ => Node::Document,
        };
        relations.push(Relation {
            subject,
            predicate: "says",
            object: node(extraction, slogan.mention),
            evidence: slogan.evidence.clone(),
        });
    }
    relations
}

fn predicate(role: Role) -> &'static str {
    role.name()
}

fn node(extraction: &Extraction, mention: MentionId) -> Node {
    extraction.mentions[mention.0].entity.map_or(Node::Mention(mention), Node::Entity)
}

/// The mention of `label` with this wording, in the sentence if it is there.
fn named(extraction: &Extraction, label: Label, wording: &str, sentence: usize) -> Option<MentionId> {
    if wording.is_empty() {
        return None;
    }
    let fits = |m: &crate::model::Mention| m.label == label && m.sentence == sentence;
    let by_name = |m: &crate::model::Mention| {
        m.entity.is_some_and(|e| extraction.entities[e.0].name == wording) || m.canonical == wording
    };
    let found = extraction.mentions.iter().position(|m| fits(m) && by_name(m));
    found.or_else(|| extraction.mentions.iter().position(|m| m.label == label && by_name(m))).map(MentionId)
}
