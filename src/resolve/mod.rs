//! What mentions stand for: the document's layout and jurisdiction, days, places, persons.
//!
//! Works on the mentions that stand and on the context of the document; knows nothing of relations between them.

pub mod dates;
pub mod genre;
pub mod jurisdiction;
pub mod layout;
pub mod organs;
mod people;
pub mod persons;
pub mod places;
pub mod townships;

use crate::find::{Candidate, Lexed, Phrasing};
use crate::gazetteer::Table;
use crate::model::{Document, Entity, EntityId, Label, Place, Profile};
pub use genre::Genre;
pub use jurisdiction::Jurisdiction;
pub use layout::{BlockKind, Layout};

/// A document with its mentions, before they are resolved.
pub struct Reading<'a> {
    /// The document.
    pub document: &'a Document,
    /// Text and gazetteer phrases.
    pub lexed: &'a Lexed<'a>,
    /// Composed phrases.
    pub phrasing: &'a Phrasing,
    /// Mentions that stand, in the order of the text.
    pub mentions: &'a [Candidate],
    /// Kinds of the blocks.
    pub layout: Layout,
}

impl Reading<'_> {
    /// Surface of a mention.
    pub fn surface(&self, mention: usize) -> &str {
        let candidate = &self.mentions[mention];
        self.lexed.surface(candidate.first, candidate.end)
    }

    /// Sentence of a mention.
    pub fn sentence(&self, mention: usize) -> usize {
        self.lexed.token(self.mentions[mention].first).sentence
    }

    /// Block of a mention.
    pub fn block(&self, mention: usize) -> usize {
        self.lexed.text.sentences[self.sentence(mention)].block
    }

    /// Kind of the block that holds a token.
    pub fn kind_at(&self, token: usize) -> BlockKind {
        self.layout.kinds[self.lexed.text.sentences[self.lexed.token(token).sentence].block]
    }

    /// Indices of the mentions that begin inside the tokens `first..end`.
    pub fn within(&self, first: usize, end: usize) -> impl Iterator<Item = usize> + '_ {
        let from = self.mentions.partition_point(|c| c.first < first);
        (from..self.mentions.len()).take_while(move |&m| self.mentions[m].first < end)
    }

    /// Indices of the mentions of a sentence with `label`.
    pub fn of_sentence(&self, label: Label, sentence: usize) -> impl DoubleEndedIterator<Item = usize> {
        let s = &self.lexed.text.sentences[sentence];
        let found: Vec<usize> =
            self.within(s.first_token, s.end_token).filter(|&m| self.mentions[m].label == label).collect();
        found.into_iter()
    }

    /// Indices of the mentions that cover the tokens `first..end` (and lie in the same sentence).
    pub fn covering(&self, first: usize, end: usize) -> impl Iterator<Item = usize> + '_ {
        let start = self.lexed.sentence_start(first);
        self.within(start, first + 1).filter(move |&m| self.mentions[m].end >= end)
    }

    /// Indices of the mentions with `label`.
    pub fn of(&self, label: Label) -> impl Iterator<Item = usize> + '_ {
        self.mentions.iter().enumerate().filter(move |(_, c)| c.label == label).map(|(i, _)| i)
    }
}

/// What the mentions of a document stand for.
#[derive(Debug, Default)]
pub struct Resolved {
    /// Entities in the order of their first mention.
    pub entities: Vec<Entity>,
    /// For each mention: its entity.
    pub entity_of: Vec<Option<EntityId>>,
    /// For each mention: its canonical form.
    pub canonical: Vec<String>,
    /// For each REGION mention: the row of regions.csv, where one could be settled.
    pub region_of: Vec<Option<usize>>,
    /// For each other REGION mention: the township, where one could be settled.
    pub township_of: Vec<Option<townships::Linked>>,
    /// Jurisdiction of the document.
    pub jurisdiction: Jurisdiction,
    /// What kind of text it is.
    pub genre: Genre,
    /// The document as a whole.
    pub profile: Profile,
}

impl Resolved {
    /// Resolves all mentions of `reading`.
    pub fn new(reading: &Reading) -> Self {
        let dates = dates::resolve(reading);
        let jurisdiction = jurisdiction::find(reading);
        let region_of = places::link(reading, &jurisdiction);
        let township_of = townships::link(reading, &jurisdiction, &region_of);
        let genre = genre::find(reading, &region_of, &dates.published);
        let mut resolved =
            Resolved { canonical: dates.values, jurisdiction, region_of, township_of, genre, ..Resolved::default() };
        resolved.profile = profile(reading, &resolved, dates.published);
        resolved.entity_of = vec![None; reading.mentions.len()];
        persons::link(reading, &mut resolved);
        resolved.link_others(reading);
        resolved
    }

    /// Adds `entity` unless its key is known, and tells its index.
    pub fn intern(&mut self, entity: Entity) -> EntityId {
        let known = self.entities.iter().position(|e| e.key == entity.key);
        EntityId(known.unwrap_or_else(|| {
            self.entities.push(entity);
            self.entities.len() - 1
        }))
    }

    /// The place that a REGION mention means.
    pub fn place(&self, reading: &Reading, mention: usize) -> Place {
        let shown = reading.surface(mention).split_whitespace().collect::<Vec<_>>().join(" ");
        match (self.region_of[mention], &self.township_of[mention]) {
            (Some(row), _) => places::place_as_written(reading.lexed.gazetteers, row, &shown),
            (None, Some(linked)) => townships::place(reading, linked, &shown),
            (None, None) => unlinked(&shown),
        }
    }

    fn region(&self, reading: &Reading, mention: usize) -> Entity {
        let plain = Entity { kind: Label::Region.name(), ..Entity::default() };
        let name = reading.surface(mention).to_string();
        match (self.region_of[mention], &self.township_of[mention]) {
            (Some(row), _) => {
                let region = &reading.lexed.gazetteers.regions[row];
                Entity {
                    key: format!("region:{}", region.id),
                    name: region.name.clone(),
                    name_zh: region.zh.clone(),
                    region_code: region.code.clone(),
                    ..plain
                }
            }
            (None, Some(townships::Linked { township, .. })) => Entity {
                key: format!("region:t{}", township.code),
                name,
                name_zh: township.zh.clone(),
                region_code: township.code.clone(),
                ..plain
            },
            (None, None) => Entity { key: format!("region:{}", slug(&name)), name, ..plain },
        }
    }

    fn link_others(&mut self, reading: &Reading) {
        for mention in 0..reading.mentions.len() {
            let entity = match reading.mentions[mention].label {
                Label::Org => Some(organs::entity(reading, mention, &self.jurisdiction, &self.region_of)),
                Label::Region => Some(self.region(reading, mention)),
                Label::Slogan => Some(slogan(reading, mention)),
                _ => None,
            };
            if let Some(entity) = entity {
                self.canonical[mention].clone_from(&entity.name);
                self.entity_of[mention] = Some(self.intern(entity));
            }
        }
    }
}

fn profile(reading: &Reading, resolved: &Resolved, published: String) -> Profile {
    let metadata = &reading.document.metadata;
    let or = |given: &String, found: String| if given.is_empty() { found } else { given.clone() };
    let text = reading.lexed.text;
    Profile {
        title: or(&metadata.title, reading.layout.title(text)),
        published,
        outlet: or(&metadata.outlet, layout::outlet(reading)),
        url: metadata.url.clone(),
        language: "en".into(),
        characters: text.source.chars().count(),
        sentences: text.sentences.len(),
        region: resolved.jurisdiction.place.clone(),
        notes: joined(&[reading.document.notes.clone(), resolved.genre.note()]),
    }
}

/// Remarks in one cell.
fn joined(notes: &[String]) -> String {
    let given: Vec<&str> = notes.iter().map(String::as_str).filter(|note| !note.is_empty()).collect();
    given.join("; ")
}

/// Lower-case letters and digits of `name` joined by hyphens.
pub fn slug(name: &str) -> String {
    let folded = crate::text::fold_word(name);
    let mut slug = String::with_capacity(folded.len());
    for c in folded.chars().filter(|c| *c != '\'') {
        match c {
            c if c.is_alphanumeric() => slug.push(c),
            _ if !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    slug.trim_matches('-').to_string()
}

fn slogan(reading: &Reading, mention: usize) -> Entity {
    let candidate = &reading.mentions[mention];
    let Some(entry) = candidate.entry.filter(|e| e.table == Table::Slogan) else {
        let name = reading.surface(mention).to_string();
        return Entity {
            key: format!("slogan:{}", slug(&name)),
            kind: Label::Slogan.name(),
            name,
            ..Entity::default()
        };
    };
    let row = &reading.lexed.gazetteers.slogans[entry.row];
    Entity {
        key: format!("slogan:{}", row.id),
        kind: Label::Slogan.name(),
        name: row.en.clone(),
        name_zh: row.zh.clone(),
        ..Entity::default()
    }
}

/// A place of which only the name as written is known.
pub fn unlinked(name: &str) -> Place {
    Place { path: name.split_whitespace().collect::<Vec<_>>().join(" "), ..Place::default() }
}
