//! What a corpus names and no gazetteer knows, as rows that a person can look through and take over.
//!
//! Works on finished extractions, document by document in the order of the input, and so knows no threads. It only
//! collects: whether a row is right, and what its empty cells are, is for the reader to say. Organs that are composed
//! of a place and a head ("Qinghe County Party Committee") are no rows of organizations.csv and are not collected.

mod finds;
mod folder;
mod sheets;
mod tally;
#[cfg(test)]
mod tests;
mod titles;

use std::collections::HashSet;
use std::path::Path;

use crate::error::Error;
use crate::find::Lexed;
use crate::gazetteer::Gazetteers;
use crate::model::{Document, Extraction, Span};
use crate::reprints::Signature;
use crate::resolve::Layout;
use crate::text::Text;
use finds::Page;
pub use folder::Output;
use sheets::Headers;
pub use sheets::Sheet;
use tally::Tally;

/// Collects what no gazetteer knows.
#[derive(Debug)]
pub struct Harvest<'g> {
    gazetteers: &'g Gazetteers,
    headers: Headers,
    known_people: KnownPeople,
    /// Documents so far, without those whose text stood in the run before.
    documents: usize,
    /// Digests of the texts.
    seen: HashSet<u64>,
    people: Tally,
    titles: Tally,
    slogans: Tally,
    organizations: Tally,
}

impl<'g> Harvest<'g> {
    /// A harvest for these gazetteers. The rows will have the columns of the files in `folder`, the user's folder of
    /// gazetteers, and of the shipped files where it has none.
    ///
    /// # Errors
    /// [`Error::Io`] if a file of `folder` cannot be read.
    pub fn new(gazetteers: &'g Gazetteers, folder: Option<&Path>) -> Result<Self, Error> {
        Ok(Self {
            gazetteers,
            headers: Headers::read(folder)?,
            known_people: KnownPeople::new(gazetteers),
            documents: 0,
            seen: HashSet::new(),
            people: Tally::default(),
            titles: Tally::default(),
            slogans: Tally::default(),
            organizations: Tally::default(),
        })
    }

    /// Takes up the next document. One whose text stood in the run before is passed over, so that reprints do not
    /// make a name look frequent.
    pub fn add(&mut self, document: &Document, extraction: &Extraction) {
        if !self.seen.insert(Signature::new(&document.text).digest()) {
            return;
        }
        self.documents += 1;
        let text = Text::new(&document.text, &self.gazetteers.language);
        let lexed = Lexed::new(&text, self.gazetteers);
        let page = Page::new(&lexed, Layout::new(&lexed), extraction);
        let people = page.people().filter(|found| !self.known_people.holds(&page, found));
        count(&mut self.people, &page, self.documents, people.map(|found| found.span));
        count(&mut self.titles, &page, self.documents, titles::find(&page).into_iter());
        count(&mut self.slogans, &page, self.documents, page.slogans());
        count(&mut self.organizations, &page, self.documents, page.organizations());
    }

    /// The rows of each file for all names with at least `least` mentions, the most frequent first.
    pub fn sheets(&self, least: u64) -> Vec<Sheet> {
        sheets::sheets(self, least)
    }
}

fn count(tally: &mut Tally, page: &Page, document: usize, found: impl Iterator<Item = Span>) {
    for span in found {
        let sentence = page.sentence_at(span);
        tally.add(page.lexed.text.source, span, sentence, document);
    }
}

/// Names and ids of people.csv.
#[derive(Debug)]
struct KnownPeople {
    names: HashSet<String>,
    ids: HashSet<String>,
}

impl KnownPeople {
    fn new(gazetteers: &Gazetteers) -> Self {
        let rows = &gazetteers.people;
        let names = rows.iter().flat_map(finds::forms).map(|form| finds::letters(&form)).collect();
        Self { names, ids: rows.iter().map(|row| row.id.clone()).collect() }
    }

    /// Whether the name is listed in any spelling, or is a misspelling of a person who is listed.
    fn holds(&self, page: &Page, found: &finds::Named) -> bool {
        let id = found.key.strip_prefix("person:").unwrap_or_default();
        self.ids.contains(id) || self.names.contains(&finds::letters(page.surface(found.span)))
    }
}
