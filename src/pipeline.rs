//! The heart: one document in, everything found in it out. The only place that knows the order of the stages.

use crate::find::{self, Lexed, Phrasing};
use crate::gazetteer::{Entry, Gazetteers, Table};
use crate::model::{Document, Extraction, Mention, Rule};
use crate::overlap;
use crate::relate;
use crate::resolve::{Layout, Reading, Resolved};
use crate::text::Text;

/// Extracts mentions and facts from documents. Built once, immutable, shared by all threads.
#[derive(Debug)]
pub struct Extractor {
    gazetteers: Gazetteers,
}

impl Extractor {
    /// An extractor with these gazetteers.
    pub fn new(gazetteers: Gazetteers) -> Self {
        Self { gazetteers }
    }

    /// The gazetteers in use.
    pub fn gazetteers(&self) -> &Gazetteers {
        &self.gazetteers
    }

    /// Everything found in `document`. A pure function: the same document and gazetteers give the same result.
    pub fn extract(&self, document: &Document) -> Extraction {
        let text = Text::new(&document.text, &self.gazetteers.language);
        let lexed = Lexed::new(&text, &self.gazetteers);
        let phrasing = Phrasing::new(&lexed);
        let mentions = overlap::resolve(find::candidates(&lexed, &phrasing));
        let layout = Layout::new(&lexed);
        let reading = Reading { document, lexed: &lexed, phrasing: &phrasing, mentions: &mentions, layout };
        let resolved = Resolved::new(&reading);
        let facts = relate::relate(&reading, &resolved);
        let rows = (0..mentions.len()).map(|index| mention(&reading, &resolved, index)).collect();
        let mut extraction = Extraction {
            profile: resolved.profile,
            entities: resolved.entities,
            mentions: rows,
            positions: facts.positions,
            meetings: facts.meetings,
            participations: facts.participations,
            slogans: facts.slogans,
            relations: Vec::new(),
        };
        extraction.relations = relate::long::relations(&extraction);
        extraction
    }
}

/// The rule of a mention; a place that could be settled names the row that it was settled to.
fn rule(reading: &Reading, resolved: &Resolved, index: usize) -> Rule {
    let settled = resolved.region_of[index].filter(|_| !reading.mentions[index].rule.starts_with("region."));
    settled.map_or(reading.mentions[index].rule.clone(), |row| {
        reading.lexed.rule(Entry { table: Table::Region, row }).into()
    })
}

fn mention(reading: &Reading, resolved: &Resolved, index: usize) -> Mention {
    let candidate = &reading.mentions[index];
    Mention {
        label: candidate.label,
        span: reading.lexed.span(candidate.first, candidate.end),
        sentence: reading.sentence(index),
        entity: resolved.entity_of[index],
        canonical: resolved.canonical[index].clone(),
        rule: rule(reading, resolved, index),
    }
}
