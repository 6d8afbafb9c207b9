//! The knowledge of the program: rows of the gazetteer files, checked, joined with the user's, and compiled.
//!
//! The shipped files are compiled into the program. A folder given by the user holds files of the same names:
//! a row with a known key replaces the shipped row, any other row is added.

mod load;
mod names;
mod phrases;
mod regions;
pub mod rows;
mod shipped;
pub mod validate;
mod variants;

use crate::error::{Error, Fault, Faults};
use crate::text::{Language, fold_word};
pub use load::Placed;
pub use names::{Frequency, Names, Surname};
pub use phrases::{Entry, Hit, Phrases, Table, fold_phrase};
pub use regions::RegionIndex;
use rows::{
    Alone, Bare, Case, EnglishRow, MeetingRow, OrganRow, OrganizationRow, PersonRow, PostRow, RegionRow, Row,
    SloganRow, StopRow, SurnameRow, SyllableRow, TitleRow, TriggerRow, VerbRow, WordClass, WordRow,
};
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::path::Path;
use validate::Labelled;

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
    /// Rows of organs.csv.
    pub organs: Vec<OrganRow>,
    /// Rows of titles.csv.
    pub titles: Vec<TitleRow>,
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
    /// Ordinary English words, lower case, without regular plurals.
    pub english: HashSet<String>,
    /// All phrases in one automaton.
    pub phrases: Phrases,
    /// Regions by id, name and place in the hierarchy.
    pub region_index: RegionIndex,
    /// What the text stage must know.
    pub language: Language,
    /// Hash of each file read.
    pub hashes: Vec<FileHash>,
}

impl Gazetteers {
    /// The gazetteers compiled into the program.
    ///
    /// # Errors
    /// [`Error::Gazetteer`] if a shipped file is faulty; the tests see to it that none is.
    pub fn shipped() -> Result<Self, Error> {
        Loader::new(None)?.load()
    }

    /// The shipped gazetteers with the files of `folder` added or overriding.
    ///
    /// # Errors
    /// [`Error::Io`] if the folder cannot be read, [`Error::Gazetteer`] with every fault of every file.
    pub fn with_folder(folder: &Path) -> Result<Self, Error> {
        std::fs::read_dir(folder).map_err(|error| Error::read(folder, error))?;
        Loader::new(Some(folder))?.load()
    }

    /// Gazetteers from `folder` alone, without the shipped ones: for tests of the mechanism.
    ///
    /// # Errors
    /// As [`Gazetteers::with_folder`].
    pub fn only_folder(folder: &Path) -> Result<Self, Error> {
        let mut loader = Loader::new(Some(folder))?;
        loader.shipped = false;
        loader.load()
    }

    /// Whether `word` is an ordinary English word in any case; regular plurals count.
    pub fn is_english(&self, word: &str) -> bool {
        let folded = fold_word(word);
        let known = |stem: Option<&str>| stem.is_some_and(|s| self.english.contains(s));
        known(Some(&folded))
            || known(folded.strip_suffix('s'))
            || known(folded.strip_suffix("es"))
            || folded.strip_suffix("ies").is_some_and(|s| self.english.contains(&format!("{s}y")))
    }
}

/// Reads the files one by one and keeps what is wrong with them.
struct Loader<'a> {
    shipped: bool,
    folder: Option<&'a Path>,
    faults: Vec<Fault>,
    hashes: Vec<FileHash>,
}

impl<'a> Loader<'a> {
    fn new(folder: Option<&'a Path>) -> Result<Self, Error> {
        let mut loader = Loader { shipped: true, folder, faults: Vec::new(), hashes: Vec::new() };
        loader.check_names()?;
        Ok(loader)
    }

    /// A CSV file in the user's folder that no table reads is most likely misspelt.
    fn check_names(&mut self) -> Result<(), Error> {
        let Some(folder) = self.folder else { return Ok(()) };
        let entries = std::fs::read_dir(folder).map_err(|error| Error::read(folder, error))?;
        let mut names: Vec<String> =
            entries.filter_map(|e| e.ok()).map(|e| e.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        for name in names.iter().filter(|n| n.ends_with(".csv") && !shipped::FILES.iter().any(|(f, _)| f == n)) {
            let known: Vec<&str> = shipped::FILES.iter().map(|(file, _)| *file).collect();
            let message = format!("no gazetteer has this name; the files are {}", known.join(", "));
            self.faults.push(Fault { file: folder.join(name).display().to_string(), line: 0, message });
        }
        Ok(())
    }

    fn table<R: Row>(&mut self) -> Result<Vec<Placed<R>>, Error> {
        let shipped = if self.shipped { self.read::<R>(R::FILE, shipped::bytes(R::FILE)) } else { Vec::new() };
        let users = match self.folder.map(|folder| folder.join(R::FILE)).filter(|path| path.exists()) {
            None => Vec::new(),
            Some(path) => {
                let bytes = std::fs::read(&path).map_err(|error| Error::read(&path, error))?;
                self.read::<R>(&path.display().to_string(), &bytes)
            }
        };
        Ok(load::merge(shipped, users, &mut self.faults))
    }

    /// A table whose plain-text labels are checked too.
    fn labelled<R: Labelled>(&mut self) -> Result<Vec<Placed<R>>, Error> {
        let rows = self.table()?;
        validate::check(&rows, &mut self.faults);
        Ok(rows)
    }

    fn read<R: Row>(&mut self, file: &str, bytes: &[u8]) -> Vec<Placed<R>> {
        let sha256 = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        self.hashes.push(FileHash { file: file.to_string(), sha256 });
        load::read(file, bytes, &mut self.faults)
    }

    fn load(mut self) -> Result<Gazetteers, Error> {
        let mut compiler = Compiler { builder: phrases::Builder::default(), faults: Vec::new() };
        let region_rows = self.table()?;
        let region_places: Vec<(String, u64)> =
            region_rows.iter().map(|p: &Placed<RegionRow>| (p.file.clone(), p.line)).collect();
        let regions = compiler.regions(region_rows);
        let slogans = compiler.slogans(self.table()?);
        let people = compiler.people(self.table()?);
        let organizations = compiler.organizations(self.labelled()?);
        let organs = compiler.variants(self.labelled()?, Table::Organ, |r: &OrganRow| [&r.en, &r.variants]);
        let titles = compiler.variants(self.labelled()?, Table::Title, |r: &TitleRow| [&r.en, &r.variants]);
        let meetings = compiler.variants(self.labelled()?, Table::Meeting, |r: &MeetingRow| [&r.en, &r.variants]);
        let verbs = compiler.variants(self.labelled()?, Table::Verb, |r: &VerbRow| [&r.variants]);
        let triggers = compiler.variants(self.labelled()?, Table::Trigger, |r: &TriggerRow| [&r.variants]);
        let stops = compiler.variants(self.table()?, Table::Stop, |r: &StopRow| [&r.text]);
        let words = compiler.variants(self.labelled()?, Table::Word, |r: &WordRow| [&r.text]);
        let surnames: Vec<Placed<SurnameRow>> = self.labelled()?;
        let syllables: Vec<Placed<SyllableRow>> = self.table()?;
        let english: Vec<Placed<EnglishRow>> = self.table()?;
        let posts: Vec<Placed<PostRow>> = self.table()?;
        let region_index = RegionIndex::new(&regions, &region_places, &mut compiler.faults);
        regions::check_posts(&posts, &people, &region_index, &mut compiler.faults);
        self.faults.append(&mut compiler.faults);
        if !self.faults.is_empty() {
            self.faults.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
            return Err(Error::Gazetteer(Faults(self.faults)));
        }
        let phrases = compiler.builder.build().map_err(|message| {
            Error::Gazetteer(Faults(vec![Fault { file: "all gazetteers".into(), line: 0, message }]))
        })?;
        let abbreviations = words.iter().filter(|w| w.class == WordClass::Abbreviation).map(|w| w.text.clone());
        Ok(Gazetteers {
            language: Language::new(abbreviations),
            names: Names::new(surnames.iter().map(|p| &p.row), syllables.iter().map(|p| &p.row)),
            english: english.into_iter().map(|p| p.row.word).collect(),
            posts: posts.into_iter().map(|p| p.row).collect(),
            hashes: self.hashes,
            regions,
            slogans,
            people,
            organizations,
            organs,
            titles,
            meetings,
            verbs,
            triggers,
            stops,
            words,
            phrases,
            region_index,
        })
    }
}

/// Turns rows into phrases of the automaton.
struct Compiler {
    builder: phrases::Builder,
    faults: Vec<Fault>,
}

impl Compiler {
    /// Adds each form of a cell; a fault names the row.
    fn add(&mut self, cell: &str, entry: Entry, case: Case, place: (&str, u64)) {
        match variants::expand_cell(cell) {
            Ok(forms) => forms.iter().for_each(|form| self.builder.add(form, entry, case)),
            Err(message) => self.faults.push(Fault { file: place.0.to_string(), line: place.1, message }),
        }
    }

    fn variants<R, const N: usize>(
        &mut self,
        rows: Vec<Placed<R>>,
        table: Table,
        cells: fn(&R) -> [&String; N],
    ) -> Vec<R> {
        for (row, placed) in rows.iter().enumerate() {
            for cell in cells(&placed.row) {
                self.add(cell, Entry { table, row }, Case::Any, (&placed.file, placed.line));
            }
        }
        rows.into_iter().map(|p| p.row).collect()
    }

    fn regions(&mut self, rows: Vec<Placed<RegionRow>>) -> Vec<RegionRow> {
        for (row, Placed { row: region, file, line }) in rows.iter().enumerate() {
            let entry = Entry { table: Table::Region, row };
            self.add(&region.name, entry, Case::Lead, (file, *line));
            self.add(&region.variants, entry, Case::Lead, (file, *line));
            if region.bare == Bare::Yes {
                self.add(&region.base, entry, Case::Lead, (file, *line));
            }
        }
        rows.into_iter().map(|p| p.row).collect()
    }

    fn slogans(&mut self, rows: Vec<Placed<SloganRow>>) -> Vec<SloganRow> {
        for (row, Placed { row: slogan, file, line }) in rows.iter().enumerate() {
            for cell in [&slogan.en, &slogan.variants] {
                self.add(cell, Entry { table: Table::Slogan, row }, Case::Any, (file, *line));
            }
        }
        rows.into_iter().map(|p| p.row).collect()
    }

    fn people(&mut self, rows: Vec<Placed<PersonRow>>) -> Vec<PersonRow> {
        for (row, Placed { row: person, file, line }) in rows.iter().enumerate() {
            for cell in [&person.name, &person.variants] {
                self.add(cell, Entry { table: Table::Person, row }, Case::Capital, (file, *line));
            }
        }
        rows.into_iter().map(|p| p.row).collect()
    }

    fn organizations(&mut self, rows: Vec<Placed<OrganizationRow>>) -> Vec<OrganizationRow> {
        for (row, Placed { row: organization, file, line }) in rows.iter().enumerate() {
            for cell in [&organization.en, &organization.variants] {
                self.add(cell, Entry { table: Table::Organization, row }, organization.case, (file, *line));
            }
        }
        rows.into_iter().map(|p| p.row).collect()
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
