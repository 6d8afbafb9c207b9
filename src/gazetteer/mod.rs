//! The knowledge of the program: rows of the gazetteer files, checked, joined with the user's, and compiled.
//!
//! The shipped files are compiled when the program is built (`build.rs`) and lie in it ready for use. A folder given
//! by the user holds files of the same names: a row with a known key replaces the shipped row, any other row is
//! added, and off.csv switches rows off. Only the user's rows are compiled when the program starts.

#[cfg(feature = "check")]
pub mod check;
mod contexts;
mod english;
mod folder;
mod names;
mod offices;
mod phrases;
mod posts;
mod regions;
mod shipped;
pub mod source;
pub mod tools;
mod townships;

use crate::error::{Error, Fault, Faults};
use crate::text::Language;
pub use contexts::QUOTED;
pub use english::English;
pub use names::{Frequency, Names, Surname};
pub use offices::{Office, Offices};
use phrases::Layer;
pub use phrases::{Hit, Phrases};
pub use posts::{PostIndex, Term, month};
pub use regions::RegionIndex;
use rows::{
    Alone, MeetingRow, OrganRow, OrganizationRow, PersonRow, PostRow, RegionRow, SloganRow, StopRow, TitleRow,
    TriggerRow, VerbRow, WordClass, WordRow,
};
pub use source::forms::{Entry, Table, fold_phrase};
use source::image::Image;
pub(crate) use source::load::plain as plain_lines;
pub use source::rows;
pub use source::validate;
use source::{Compiled, Rows, Sources};
use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;
pub use townships::{Township, Townships};

/// The SHA-256 of a gazetteer file as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileHash {
    /// File name; for a file of the user's, with the folder.
    pub file: String,
    /// Lower-case hexadecimal digits.
    pub sha256: String,
}

/// All gazetteers, compiled. Built once, immutable, shared by all threads.
#[derive(Debug, Clone)]
pub struct Gazetteers {
    /// Rows of regions.csv.
    pub regions: Vec<RegionRow>,
    /// Rows of slogans.csv.
    pub slogans: Vec<SloganRow>,
    /// Rows of people.csv.
    pub people: Vec<PersonRow>,
    /// Rows of posts.csv.
    pub posts: Vec<PostRow>,
    /// Rows of organizations.csv.
    pub organizations: Vec<OrganizationRow>,
    /// For each of them: the first row with the same Chinese name, of which it is another form.
    pub same_organization: Vec<usize>,
    /// Rows of organs.csv.
    pub organs: Vec<OrganRow>,
    /// Rows of titles.csv.
    pub titles: Vec<TitleRow>,
    /// What offices of several renderings are called.
    pub offices: Offices,
    /// Rows of meetings.csv.
    pub meetings: Vec<MeetingRow>,
    /// Rows of verbs.csv.
    pub verbs: Vec<VerbRow>,
    /// Rows of triggers.csv.
    pub triggers: Vec<TriggerRow>,
    /// Rows of stoplist.csv.
    pub stops: Vec<StopRow>,
    /// Rows of lexicon.csv.
    pub words: Vec<WordRow>,
    /// Surnames and syllables.
    pub names: Names,
    /// Ordinary English words.
    pub english: English,
    /// Townships by county and name.
    pub townships: Townships,
    /// All phrases, searched in one pass.
    pub phrases: Phrases,
    /// Regions by id, name and place in the hierarchy.
    pub region_index: RegionIndex,
    /// Posts by person.
    pub post_index: PostIndex,
    /// What the text stage must know.
    pub language: Language,
    /// Hash of each file read.
    pub hashes: Vec<FileHash>,
}

impl Gazetteers {
    /// The gazetteers compiled into the program.
    ///
    /// # Errors
    /// [`Error::Gazetteer`] if the bytes in the program are damaged.
    pub fn shipped() -> Result<Self, Error> {
        Parts::shipped().and_then(Parts::build).map_err(damaged)
    }

    /// The shipped gazetteers with the files of `folder` added or overriding.
    ///
    /// # Errors
    /// [`Error::Io`] if the folder cannot be read, [`Error::Gazetteer`] with every fault of every file.
    pub fn with_folder(folder: &Path) -> Result<Self, Error> {
        let mut faults = Vec::new();
        let sources = Sources::read(&folder::read(folder)?, &mut faults);
        let parts = Parts::shipped().map_err(damaged)?.with(sources, &mut faults);
        source::close(faults).map_err(Error::Gazetteer)?;
        parts.and_then(Parts::build).map_err(damaged)
    }

    /// Gazetteers from `folder` alone, without the shipped ones: for tests of the mechanism.
    ///
    /// # Errors
    /// As [`Gazetteers::with_folder`].
    pub fn only_folder(folder: &Path) -> Result<Self, Error> {
        let compiled = Compiled::new(&folder::read(folder)?).map_err(Error::Gazetteer)?;
        Parts::compiled(compiled).and_then(Parts::build).map_err(damaged)
    }

    /// Whether `word` is an ordinary English word in any case; regular plurals count.
    pub fn is_english(&self, word: &str) -> bool {
        self.english.holds(word)
    }
}

impl Gazetteers {
    /// Chinese name and posts of a row of people.csv, for a reader.
    pub fn describe(&self, person: usize) -> String {
        let row = &self.people[person];
        let post = |&post: &usize| {
            let PostRow { title, region, from, to, .. } = &self.posts[post];
            let place = self.region_index.id(region).map_or("", |row| self.regions[row].base.as_str());
            format!("{title}, {place} {from}-{to}").replace(" -", "").trim_end_matches(['-', ' ']).to_string()
        };
        let posts: Vec<String> = self.post_index.of(&row.id).iter().map(post).collect();
        [row.zh.clone(), posts.join("; ")]
            .iter()
            .filter(|part| !part.is_empty())
            .cloned()
            .collect::<Vec<_>>()
            .join(": ")
    }
}

/// Names and contents of the shipped files, as they can be exported and edited.
pub fn shipped_files() -> &'static [(&'static str, &'static str)] {
    shipped::FILES
}

/// For each row: the first one with the same Chinese name, or itself where that is not known.
fn same_organization(rows: &[OrganizationRow]) -> Vec<usize> {
    let mut first: HashMap<&str, usize> = HashMap::new();
    rows.iter()
        .enumerate()
        .map(|(at, row)| if row.zh.is_empty() { at } else { *first.entry(&row.zh).or_insert(at) })
        .collect()
}

fn damaged(message: String) -> Error {
    Error::Gazetteer(Faults(vec![Fault { file: "all gazetteers".into(), line: 0, message }]))
}

/// Gazetteers before their tables are built: rows and automata, perhaps in several layers.
struct Parts {
    rows: Rows,
    layers: Vec<Layer>,
    english: English,
    townships: Townships,
    /// Rows of regions.csv that are switched off: known as parents, but found no more.
    regions_off: Vec<usize>,
    hashes: Vec<(String, String)>,
}

impl Parts {
    fn shipped() -> Result<Self, String> {
        let Image { hashes, rows, forms, policies, phrases, english, townships } = Image::from_bytes(shipped::IMAGE)?;
        Ok(Self {
            rows,
            layers: vec![Layer::new(Cow::Borrowed(phrases), forms, policies)?],
            english: English::new(Cow::Borrowed(english))?,
            townships: Townships::new(Cow::Borrowed(townships))?,
            regions_off: Vec::new(),
            hashes,
        })
    }

    fn compiled(compiled: Compiled) -> Result<Self, String> {
        Ok(Self {
            rows: compiled.rows,
            layers: vec![Layer::of(compiled.forms)?],
            english: English::new(Cow::Owned(compiled.english))?,
            townships: Townships::new(Cow::Owned(compiled.townships))?,
            regions_off: Vec::new(),
            hashes: compiled.hashes,
        })
    }

    /// These parts with the user's rows above them.
    fn with(mut self, sources: Sources, faults: &mut Vec<Fault>) -> Result<Self, String> {
        let (rows, places, replaced) = std::mem::take(&mut self.rows).join(&sources);
        source::check_parents(&rows.regions, &sources.regions, faults);
        source::check_posts(&rows, &sources.posts, faults);
        source::check_offices(&rows, &sources.offices, faults);
        let mut builder = source::forms::Builder::default();
        source::add_all(&mut builder, &sources, faults, &places);
        self.rows = rows;
        let entry = |(file, row)| Some(Entry { table: Table::of_file(file)?, row });
        self.hide(replaced.into_iter().filter_map(entry).collect());
        self.layers.push(Layer::of(builder.build()?)?);
        self.english.add(sources.english.iter().map(|p| &p.row));
        self.townships.add(&sources.townships, faults)?;
        self.switch_off(&sources.off, faults);
        self.hashes.extend(sources.hashes);
        Ok(self)
    }

    /// Hides rows from all layers there are so far.
    fn hide(&mut self, rows: Vec<Entry>) {
        self.layers = std::mem::take(&mut self.layers).into_iter().map(|l| l.without(rows.iter().copied())).collect();
    }

    fn build(self) -> Result<Gazetteers, String> {
        let rows = self.rows;
        let abbreviations = rows.words.iter().filter(|w| w.class == WordClass::Abbreviation).map(|w| w.text.clone());
        Ok(Gazetteers {
            language: Language::new(abbreviations),
            names: Names::new(rows.surnames.iter(), rows.syllables.iter()),
            english: self.english,
            townships: self.townships,
            phrases: Phrases::new(self.layers)?,
            post_index: PostIndex::new(&rows.posts, &rows.titles),
            region_index: RegionIndex::new(&rows.regions, &self.regions_off),
            hashes: self.hashes.into_iter().map(|(file, sha256)| FileHash { file, sha256 }).collect(),
            regions: rows.regions,
            slogans: rows.slogans,
            people: rows.people,
            posts: rows.posts,
            same_organization: same_organization(&rows.organizations),
            organizations: rows.organizations,
            organs: rows.organs,
            offices: Offices::new(&rows.titles, rows.offices),
            titles: rows.titles,
            meetings: rows.meetings,
            verbs: rows.verbs,
            triggers: rows.triggers,
            stops: rows.stops,
            words: rows.words,
        })
    }
}

/// Whether a row with this policy counts without further words in a text where `capital` tells if it is capitalised
/// and `person` if a name or another title stands beside it.
pub fn stands_alone(policy: Alone, capital: bool, person: bool) -> bool {
    match policy {
        Alone::Always => true,
        Alone::Capital => capital || person,
        Alone::Person => person,
        Alone::Never => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_with_one_chinese_name_are_one_organisation() {
        let row = |id: &str, zh: &str| OrganizationRow {
            id: id.into(),
            zh: zh.into(),
            en: String::new(),
            variants: String::new(),
            class: String::new(),
            level: String::new(),
            region: String::new(),
            note: String::new(),
            case: None,
            boundary: None,
            context: String::new(),
        };
        let rows = [row("a", "甲"), row("b", ""), row("a-abbr", "甲"), row("c", "")];
        assert_eq!(same_organization(&rows), [0, 1, 0, 3]);
    }
}
