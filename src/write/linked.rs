//! Who is who in a run, and the sums over its entities, by way of sorted files.

use std::collections::HashSet;
use std::iter::Peekable;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::census::Census;
use super::entities::{Frequent, Persons, Seen, Sums};
use crate::error::Error;
use crate::link::{Decisions, Group, Holder, Linker, Links, Pair, Sighting, misspelt, renumbered};
use crate::spill::{Sorted, Sorter};
use crate::store::{Entries, Name, Notes, Person};

/// Items of some hundred bytes that each sorter holds.
const IN_MEMORY: usize = 20_000;
/// Entities that a summary shows of each type.
const SHOWN: usize = 5;

/// A key of a document that is replaced by an id: number of the document, key, id.
pub(super) type Renamed = (u32, String, String);
/// A question: 0 for one name or 1 for two, the name or the office, which one of these.
type Question = (u8, String, u32, Pair);

/// What the tables need to know of the run as a whole.
pub(super) struct Linked {
    /// Entities in the order of their first appearance.
    pub(super) entities: Sorted<((u32, u32), Seen)>,
    /// Open questions in their order.
    pub(super) pairs: Sorted<Question>,
    pub(super) renamed: Peekable<Sorted<Renamed>>,
    /// Lines of the decisions that name nobody of this run.
    pub(super) unused: Vec<u64>,
}

/// A person of a document on the way to the others of the same name. In order: by group, then as in the input.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Sighted {
    group: String,
    number: u32,
    document: String,
    published: String,
    name: Name,
    sighting: Sighting,
}

impl Sighted {
    fn order(&self) -> (&str, u32, u32) {
        (&self.group, self.number, self.name.at)
    }
}

impl PartialEq for Sighted {
    fn eq(&self, other: &Self) -> bool {
        self.order() == other.order()
    }
}

impl Eq for Sighted {}

impl PartialOrd for Sighted {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Sighted {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.order().cmp(&other.order())
    }
}

/// Links the persons of all kept documents and adds up their entities.
pub(super) fn link(stores: &[PathBuf], folder: &Path, census: &Census, decisions: &Decisions) -> Result<Linked, Error> {
    let linker = Linker::new(decisions);
    let (sums, sighted) = collect(stores, folder, census, &linker)?;
    let mut found = Found::new(folder)?;
    sums.each(|seen| found.entity(seen))?;
    let mut open: Option<(String, Group, Persons)> = None;
    let mut has_decided = false;
    for sighted in sighted {
        let Sighted { group: name, number, document, published, name: person, sighting } = sighted?;
        if open.as_ref().is_none_or(|(open, ..)| *open != name) {
            found.close(&linker, open.take())?;
            has_decided |= linker.is_decided(&name);
            open = Some((name, Group::default(), Persons::default()));
        }
        if let Some((_, group, persons)) = &mut open {
            group.add(number, person.at, &document, sighting);
            persons.add(number, &published, person);
        }
    }
    found.close(&linker, open)?;
    if !has_decided {
        // Decisions that name nobody must be told of too.
        found.close(&linker, Some((String::new(), Group::default(), Persons::default())))?;
    }
    found.finish(folder)
}

/// Reads the notes of the kept documents.
fn collect(
    stores: &[PathBuf],
    folder: &Path,
    census: &Census,
    linker: &Linker,
) -> Result<(Sums, Sorted<Sighted>), Error> {
    let mut sums = Sums::new(folder)?;
    let mut sorter = Sorter::new(folder, IN_MEMORY)?;
    let is_problem = |entry: &Result<(_, Notes), Error>| entry.as_ref().is_ok_and(|(_, notes)| notes.id.is_empty());
    let documents = Entries::<Notes>::new(stores)?.filter(|entry| !is_problem(entry));
    for (number, entry) in (0..).zip(documents) {
        let (_, Notes { id, published, persons, others }) = entry?;
        if !census.is_kept(number) {
            continue;
        }
        sums.add(number, &published, others)?;
        let document = census.id(number, &id);
        for Person { mut name, mut sighting } in persons {
            if document != id {
                name.key = renumbered(&name.key, &id, &document);
                sighting = sighting.renumbered(&id, &document);
            }
            let (group, document, published) = (linker.group(&sighting), document.clone(), published.clone());
            sorter.push(Sighted { group, number, document, published, name, sighting })?;
        }
    }
    Ok((sums, sorter.sorted()?))
}

/// What linking finds, on its way to the order of the tables.
struct Found {
    entities: Sorter<((u32, u32), Seen)>,
    pairs: Sorter<Question>,
    holders: Sorter<Holder>,
    renamed: Sorter<Renamed>,
    settled: HashSet<(String, String)>,
    unused: Vec<u64>,
}

impl Found {
    fn new(folder: &Path) -> Result<Self, Error> {
        Ok(Self {
            entities: Sorter::new(folder, IN_MEMORY)?,
            pairs: Sorter::new(folder, IN_MEMORY)?,
            holders: Sorter::new(folder, IN_MEMORY)?,
            renamed: Sorter::new(folder, 4 * IN_MEMORY)?,
            settled: HashSet::new(),
            unused: Vec::new(),
        })
    }

    fn entity(&mut self, seen: Seen) -> Result<(), Error> {
        self.entities.push((seen.order, seen))
    }

    /// Links a group that is complete.
    fn close(&mut self, linker: &Linker, group: Option<(String, Group, Persons)>) -> Result<(), Error> {
        let Some((name, group, persons)) = group else { return Ok(()) };
        let mut links = linker.link(&name, group);
        let pairs = (0..).zip(std::mem::take(&mut links.pairs));
        pairs.map(|(at, (name, pair))| (0, name, at, pair)).try_for_each(|pair| self.pairs.push(pair))?;
        std::mem::take(&mut links.holders).into_iter().try_for_each(|holder| self.holders.push(holder))?;
        std::mem::take(&mut links.renamed).into_iter().try_for_each(|renamed| self.renamed.push(renamed))?;
        self.settled.extend(std::mem::take(&mut links.settled));
        self.unused.append(&mut links.unused);
        self.persons(persons, &links)
    }

    fn persons(&mut self, persons: Persons, links: &Links) -> Result<(), Error> {
        persons.linked(links).into_iter().try_for_each(|seen| self.entity(seen))
    }

    fn finish(mut self, folder: &Path) -> Result<Linked, Error> {
        let holders = std::mem::replace(&mut self.holders, Sorter::new(folder, 1)?);
        let mut office: Vec<Holder> = Vec::new();
        let mut count = 0;
        for holder in holders.sorted()? {
            let holder = holder?;
            if office.first().is_some_and(|first| first.office != holder.office) {
                self.misspelt(&std::mem::take(&mut office), &mut count)?;
            }
            office.push(holder);
        }
        self.misspelt(&office, &mut count)?;
        let Self { entities, pairs, renamed, unused, .. } = self;
        let renamed = renamed.sorted()?.peekable();
        Ok(Linked { entities: entities.sorted()?, pairs: pairs.sorted()?, renamed, unused })
    }

    /// Asks about the holders of one office.
    fn misspelt(&mut self, holders: &[Holder], count: &mut u32) -> Result<(), Error> {
        let settled = |a: &str, b: &str| self.settled.contains(&(a.to_owned(), b.to_owned()));
        for pair in misspelt(holders, &settled) {
            // By number alone, so that questions stay in the order of the offices.
            self.pairs.push((1, String::new(), *count, pair))?;
            *count += 1;
        }
        Ok(())
    }
}

/// The names with most mentions among entities that pass by.
pub(super) fn frequent() -> Frequent {
    Frequent::new(SHOWN)
}
