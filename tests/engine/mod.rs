//! The mechanism without the shipped knowledge: a few rows of an invented country (`tests/mini`) and short texts.
//!
//! Nothing here depends on a row of the shipped gazetteers, so that these tests change only with the engine.

mod dates;
mod events;
mod genre;
mod loading;
mod offices;
mod organs;
mod people;
mod places;
mod slogans;

use std::sync::OnceLock;

use tifa::gazetteer::Gazetteers;
use tifa::model::{EntityId, Extraction, Label, Speaker};
use tifa::pipeline::Extractor;

use crate::support::{document, root};

fn mini() -> &'static Extractor {
    static MINI: OnceLock<Extractor> = OnceLock::new();
    MINI.get_or_init(|| Extractor::new(Gazetteers::only_folder(&root("tests/mini")).unwrap()))
}

/// What the mini gazetteers find in a text, as lines to compare.
struct Found {
    text: String,
    extraction: Extraction,
}

fn found(text: &str) -> Found {
    found_with(mini(), text)
}

fn found_with(extractor: &Extractor, text: &str) -> Found {
    Found { text: text.to_owned(), extraction: extractor.extract(&document(text)) }
}

impl Found {
    fn name(&self, entity: EntityId) -> &str {
        &self.extraction.entities[entity.0].name
    }

    /// `surface = what` for each mention with `label`.
    fn mentions(&self, label: Label, what: impl Fn(&tifa::model::Mention) -> String) -> Vec<String> {
        let mentions = self.extraction.mentions.iter().filter(|m| m.label == label);
        mentions.map(|m| format!("{} = {}", m.span.of(&self.text), what(m))).collect()
    }

    /// `surface = key of the entity`.
    fn keys(&self, label: Label) -> Vec<String> {
        self.mentions(label, |m| m.entity.map_or(String::new(), |id| self.extraction.entities[id.0].key.clone()))
    }

    /// `surface = value` of each DATE.
    fn dates(&self) -> Vec<String> {
        self.mentions(Label::Date, |m| m.canonical.clone())
    }

    /// `path (code)` of the jurisdiction.
    fn region(&self) -> String {
        let region = &self.extraction.profile.region;
        format!("{} ({})", region.path, region.code)
    }

    /// `person: title @ place status`.
    fn positions(&self) -> Vec<String> {
        let line = |p: &tifa::model::Position| {
            let line = format!("{}: {} @ {} {}", self.name(p.person), p.wording, p.region.path, p.status);
            line.trim_end().to_owned()
        };
        self.extraction.positions.iter().map(line).collect()
    }

    /// `reported name (kind)` or `cited name (kind)`.
    fn meetings(&self) -> Vec<String> {
        let told = |reported| if reported { "reported" } else { "cited" };
        let meetings = self.extraction.meetings.iter();
        meetings.map(|m| format!("{} {} ({})", told(m.reported), m.name, m.kind)).collect()
    }

    /// `person role`, with the place in the list if there is one.
    fn parts(&self) -> Vec<String> {
        let line = |p: &tifa::model::Participation| {
            let order = if p.list_order == 0 { String::new() } else { format!(" {}", p.list_order) };
            format!("{} {}{order}", self.name(p.person), p.role.name())
        };
        self.extraction.participations.iter().map(line).collect()
    }

    /// `speaker: slogan (stance)`.
    fn uses(&self) -> Vec<String> {
        let speaker = |speaker| match speaker {
            Speaker::Person(person) => self.name(person),
            Speaker::Meeting(_) => "the meeting",
            Speaker::Document => "the document",
        };
        let uses = self.extraction.slogans.iter();
        uses.map(|s| format!("{}: {} ({})", speaker(s.speaker), s.slogan, s.stance)).collect()
    }
}
