//! What must be true of the extraction of any text. Each check tells its faults in words.

use std::collections::HashSet;

use tifa::model::{EntityId, Evidence, Extraction, Label, Mention, MentionId, Node, Span, Speaker};
use tifa::text::Text;

use crate::support::shipped;

/// All that is wrong with `extraction`.
pub fn faults(text: &str, extraction: &Extraction) -> Vec<String> {
    let mut check = Check { text, extraction, faults: Vec::new() };
    check.profile();
    check.entities();
    check.mentions();
    check.sentences();
    check.positions();
    check.meetings();
    check.participation();
    check.slogans();
    check.relations();
    check.order();
    check.faults
}

struct Check<'a> {
    text: &'a str,
    extraction: &'a Extraction,
    faults: Vec<String>,
}

impl Check<'_> {
    fn that(&mut self, holds: bool, fault: impl FnOnce() -> String) {
        if !holds {
            self.faults.push(fault());
        }
    }

    fn profile(&mut self) {
        let (profile, characters) = (&self.extraction.profile, self.text.chars().count());
        self.that(profile.characters == characters, || format!("{} characters, not {characters}", profile.characters));
    }

    fn entities(&mut self) {
        let mut keys = HashSet::new();
        let used: HashSet<EntityId> = self.extraction.mentions.iter().filter_map(|m| m.entity).collect();
        for (index, entity) in self.extraction.entities.iter().enumerate() {
            self.that(keys.insert(&entity.key), || format!("two entities have the key {}", entity.key));
            self.that(used.contains(&EntityId(index)), || format!("no mention is of the entity {}", entity.key));
            let (kind, name) = (entity.key.split(':').next().unwrap_or(""), entity.kind.to_lowercase());
            self.that(kind == name && !entity.name.trim().is_empty(), || format!("not a good entity: {entity:?}"));
        }
    }

    fn mentions(&mut self) {
        let mentions = &self.extraction.mentions;
        mentions.iter().for_each(|m| self.mention(m));
        let order = |m: &Mention| (m.span.start, std::cmp::Reverse(m.span.end), m.label);
        self.that(mentions.is_sorted_by_key(order), || "the mentions are not in order".to_owned());
        for label in Label::ALL {
            let of_label: Vec<&Mention> = mentions.iter().filter(|m| m.label == label).collect();
            for pair in of_label.windows(2) {
                self.that(pair[0].span.end <= pair[1].span.start, || format!("{pair:?} overlap"));
            }
        }
    }

    fn mention(&mut self, m: &Mention) {
        let surface = self.text.get(m.span.start..m.span.end);
        let whole = surface.is_some_and(|s| !s.is_empty() && s.trim() == s);
        self.that(whole, || format!("{m:?} has the surface {surface:?}"));
        self.that(!m.rule.is_empty(), || format!("{m:?} has no rule"));
        let kind = m.entity.map(|id| self.extraction.entities.get(id.0).map(|e| e.kind));
        self.that(kind.is_none_or(|kind| kind == Some(m.label.name())), || format!("{m:?} is of the kind {kind:?}"));
    }

    /// Each mention lies in the sentence that it names.
    fn sentences(&mut self) {
        let text = Text::new(self.text, &shipped().gazetteers().language);
        let (told, counted) = (self.extraction.profile.sentences, text.sentences.len());
        self.that(told == counted, || format!("{told} sentences, not {counted}"));
        for m in &self.extraction.mentions {
            let inside = text.sentences.get(m.sentence).is_some_and(|s| s.span.contains(m.span));
            self.that(inside, || format!("{m:?} lies outside its sentence"));
        }
    }

    fn positions(&mut self) {
        for p in &self.extraction.positions {
            self.person(p.person);
            self.labelled(p.title, Label::Title);
            self.evidence(&p.evidence);
        }
    }

    fn meetings(&mut self) {
        for m in &self.extraction.meetings {
            if let Some(mention) = m.mention {
                self.labelled(mention, Label::Meeting);
            }
            // A fair is an event with a name, and no MEETING.
            let is_fair = m.evidence.rule == "meeting.exposition";
            self.that((m.mention.is_some() || is_fair) != m.name.is_empty(), || {
                format!("{m:?}: mention and name do not agree")
            });
            self.that(!m.kind.is_empty() && m.start_date <= m.end_date, || format!("not a good meeting: {m:?}"));
            self.evidence(&m.evidence);
        }
    }

    fn participation(&mut self) {
        let mut seen = HashSet::new();
        for p in &self.extraction.participations {
            self.person(p.person);
            self.meeting(Some(p.meeting));
            self.that(seen.insert((p.meeting, p.person, p.role)), || format!("{p:?} stands twice"));
            self.evidence(&p.evidence);
        }
    }

    fn slogans(&mut self) {
        let mentions = self.extraction.mentions.iter().filter(|m| m.label == Label::Slogan).count();
        let uses = self.extraction.slogans.len();
        self.that(mentions == uses, || format!("{mentions} mentions of slogans, {uses} uses"));
        for s in &self.extraction.slogans {
            self.labelled(s.mention, Label::Slogan);
            self.meeting(s.meeting);
            match s.speaker {
                Speaker::Person(person) => self.person(person),
                Speaker::Meeting(meeting) => self.meeting(meeting),
                Speaker::Document => {}
            }
            self.evidence(&s.evidence);
        }
    }

    fn relations(&mut self) {
        for r in &self.extraction.relations {
            self.node(r.subject);
            self.node(r.object);
            self.evidence(&r.evidence);
        }
    }

    /// Facts stand in the order of the text; of the meetings, first those that are reported.
    fn order(&mut self) {
        let e = self.extraction;
        let positions = e.positions.is_sorted_by_key(|p| p.evidence.sentence);
        let participations = e.participations.is_sorted_by_key(|p| p.evidence.sentence);
        let slogans = e.slogans.is_sorted_by_key(|s| s.mention);
        let meetings = e.meetings.is_sorted_by_key(|m| !m.reported);
        let orders =
            [(positions, "positions"), (participations, "parts"), (slogans, "slogans"), (meetings, "meetings")];
        for (sorted, what) in orders {
            self.that(sorted, || format!("the {what} are not in the order of the text"));
        }
    }

    fn node(&mut self, node: Node) {
        let e = self.extraction;
        let fits = match node {
            Node::Entity(id) => id.0 < e.entities.len(),
            Node::Mention(id) => id.0 < e.mentions.len(),
            Node::Meeting(index) => index < e.meetings.len(),
            Node::Document => true,
        };
        self.that(fits, || format!("{node:?} is out of range"));
    }

    fn person(&mut self, id: EntityId) {
        let kind = self.extraction.entities.get(id.0).map(|e| e.kind);
        self.that(kind == Some("PERSON"), || format!("{id:?} is of the kind {kind:?}, not a person"));
    }

    fn labelled(&mut self, id: MentionId, label: Label) {
        let found = self.extraction.mentions.get(id.0).map(|m| m.label);
        self.that(found == Some(label), || format!("{id:?} is {found:?}, not {label:?}"));
    }

    fn meeting(&mut self, index: Option<usize>) {
        let count = self.extraction.meetings.len();
        self.that(index.is_none_or(|i| i < count), || format!("no meeting {index:?}, there are {count}"));
    }

    fn evidence(&mut self, evidence: &Evidence) {
        let in_text = |span: Span| self.text.get(span.start..span.end).is_some_and(|s| !s.trim().is_empty());
        let fits = in_text(evidence.span) && in_text(evidence.support) && !evidence.rule.is_empty();
        let sentence = evidence.sentence < self.extraction.profile.sentences;
        self.that(fits && sentence, || format!("not in the text: {evidence:?}"));
    }
}
