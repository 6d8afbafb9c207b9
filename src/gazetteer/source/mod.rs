//! From the text of gazetteer files to checked rows and compiled forms.
//!
//! Two callers: the build script compiles the shipped files with it, the program the user's folder. It therefore
//! knows nothing of the rest of the gazetteers.

pub mod forms;
pub mod image;
pub mod load;
pub mod rows;
pub mod validate;
pub mod variants;

use crate::error::{Fault, Faults};
use forms::{Builder, Forms, fold_phrase};
use load::Placed;
use rows::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// The text of one gazetteer file.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// File name, which tells what rows it holds ("slogans.csv").
    pub name: String,
    /// How faults and hashes name it: the path where there is one.
    pub label: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Defines `Rows`, `Sources` and what is done with each file in turn. `checked` rows have labels in plain text.
macro_rules! tables {
    ($($(#[$meta:meta])* $field:ident: $row:ident $kind:ident),* $(,)?) => {
        /// Rows of all files that are kept as rows.
        #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub struct Rows {
            $($(#[$meta])* pub $field: Vec<$row>,)*
        }

        /// Rows as they were read, each with its file and line.
        #[derive(Debug, Clone, Default)]
        pub struct Sources {
            $($(#[$meta])* pub $field: Vec<Placed<$row>>,)*
            /// Rows of english.csv.
            pub english: Vec<Placed<EnglishRow>>,
            /// Rows of townships.csv.
            pub townships: Vec<Placed<TownshipRow>>,
            /// Rows of off.csv.
            pub off: Vec<Placed<OffRow>>,
            /// Rows of accepted.csv.
            pub accepted: Vec<Placed<AcceptedRow>>,
            /// Name and SHA-256 of each file.
            pub hashes: Vec<(String, String)>,
        }

        /// Names of all files that may stand in a folder of gazetteers.
        pub const FILES: &[&str] = &[$($row::FILE,)* EnglishRow::FILE, TownshipRow::FILE, OffRow::FILE, AcceptedRow::FILE];

        /// For each of them the columns that make the key.
        pub const KEYS: &[(&str, &[&str])] = &[
            $(($row::FILE, $row::KEY),)*
            (EnglishRow::FILE, EnglishRow::KEY), (TownshipRow::FILE, TownshipRow::KEY), (OffRow::FILE, OffRow::KEY),
            (AcceptedRow::FILE, AcceptedRow::KEY),
        ];

        impl Sources {
            /// Reads files; bad rows, unknown labels and keys that stand twice become faults.
            pub fn read(files: &[SourceFile], faults: &mut Vec<Fault>) -> Self {
                let mut sources = Sources::default();
                for file in files {
                    sources.hashes.push((file.label.clone(), sha256(&file.bytes)));
                    match file.name.as_str() {
                        $(<$row>::FILE => {
                            sources.$field = read(file, faults);
                            tables!(@check $kind sources.$field, faults);
                        })*
                        <EnglishRow>::FILE => sources.english = read(file, faults),
                        <TownshipRow>::FILE => sources.townships = read(file, faults),
                        <OffRow>::FILE => sources.off = read(file, faults),
                        <AcceptedRow>::FILE => sources.accepted = read(file, faults),
                        _ => faults.push(unknown_file(&file.label)),
                    }
                }
                sources
            }

            /// These rows with those of `upper` replacing or added, and without those that it switches off.
            pub fn overlaid(self, upper: Sources) -> Sources {
                let off: BTreeSet<(String, String)> =
                    upper.off.iter().map(|p| (p.row.file.clone(), p.row.key.clone())).collect();
                let is_on = |file: &str, key: String| !off.contains(&(file.to_string(), key));
                let mut hashes = self.hashes;
                hashes.extend(upper.hashes);
                Sources {
                    $($field: {
                        let mut rows = load::overlay(self.$field, upper.$field);
                        rows.retain(|p| is_on(<$row>::FILE, p.row.key()));
                        rows
                    },)*
                    english: load::overlay(self.english, upper.english),
                    townships: load::overlay(self.townships, upper.townships),
                    off: load::overlay(self.off, upper.off),
                    accepted: load::overlay(self.accepted, upper.accepted),
                    hashes,
                }
            }

            /// The rows without their places.
            pub fn rows(&self) -> Rows {
                Rows { $($field: self.$field.iter().map(|p| p.row.clone()).collect(),)* }
            }
        }

        impl Rows {
            /// These rows with those of `upper` replacing or added. Tells the index of each upper row by file, and
            /// which lower rows were replaced.
            pub fn join(self, upper: &Sources) -> (Rows, Places, Vec<(&'static str, usize)>) {
                let (mut places, mut replaced) = (Places::default(), Vec::new());
                $(
                    let joined = load::join(self.$field, &upper.$field);
                    replaced.extend(joined.places.iter().filter(|p| **p < joined.lower).map(|p| ($row::FILE, *p)));
                    places.0.insert($row::FILE, joined.places);
                    let $field = joined.rows;
                )*
                (Rows { $($field,)* }, places, replaced)
            }

            /// Index of the row of `file` with this key.
            pub fn find(&self, file: &str, key: &str) -> Option<usize> {
                match file {
                    $(<$row>::FILE => self.$field.iter().position(|row| row.key() == key),)*
                    _ => None,
                }
            }
        }
    };
    (@check checked $rows:expr, $faults:expr) => { validate::check(&$rows, $faults) };
    (@check plain $rows:expr, $faults:expr) => {};
}

tables! {
    /// regions.csv
    regions: RegionRow plain,
    /// slogans.csv
    slogans: SloganRow plain,
    /// people.csv
    people: PersonRow plain,
    /// posts.csv
    posts: PostRow plain,
    /// surnames.csv
    surnames: SurnameRow checked,
    /// syllables.csv
    syllables: SyllableRow plain,
    /// organizations.csv
    organizations: OrganizationRow checked,
    /// organs.csv
    organs: OrganRow checked,
    /// titles.csv
    titles: TitleRow checked,
    /// offices.csv
    offices: OfficeRow checked,
    /// meetings.csv
    meetings: MeetingRow checked,
    /// verbs.csv
    verbs: VerbRow checked,
    /// triggers.csv
    triggers: TriggerRow checked,
    /// stoplist.csv
    stops: StopRow plain,
    /// lexicon.csv
    words: WordRow checked,
}

/// A set of gazetteer files, checked and compiled.
#[derive(Debug, Clone, Default)]
pub struct Compiled {
    /// Rows in the order of their files.
    pub rows: Rows,
    /// Phrases of the rows.
    pub forms: Forms,
    /// Automaton (a set) of English words.
    pub english: Vec<u8>,
    /// Automaton (a map) of townships.
    pub townships: Vec<u8>,
    /// Name and SHA-256 of each file.
    pub hashes: Vec<(String, String)>,
}

impl Compiled {
    /// Reads, checks and compiles `files`, which must be complete in themselves.
    ///
    /// # Errors
    /// Every fault of every file.
    pub fn new(files: &[SourceFile]) -> Result<Self, Faults> {
        let mut faults = Vec::new();
        let sources = Sources::read(files, &mut faults);
        Self::of(sources, faults)
    }

    /// Checks and compiles rows that were read with these faults.
    ///
    /// # Errors
    /// Every fault, those given included.
    pub fn of(sources: Sources, mut faults: Vec<Fault>) -> Result<Self, Faults> {
        let forms = forms_of(&sources, &mut faults);
        let rows = sources.rows();
        check_parents(&rows.regions, &sources.regions, &mut faults);
        check_posts(&rows, &sources.posts, &mut faults);
        check_offices(&rows, &sources.offices, &mut faults);
        let english = set(sources.english.iter().map(|p| p.row.word.clone()), &mut faults);
        let townships = townships(&sources.townships, &mut faults);
        close(faults)?;
        Ok(Self { rows, forms, english, townships, hashes: sources.hashes })
    }
}

/// All faults in the order of files and lines, if there are any.
pub fn close(mut faults: Vec<Fault>) -> Result<(), Faults> {
    faults.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    if faults.is_empty() { Ok(()) } else { Err(Faults(faults)) }
}

/// Compiles the phrases of rows whose index is their place.
fn forms_of(sources: &Sources, faults: &mut Vec<Fault>) -> Forms {
    let mut builder = Builder::default();
    add_all(&mut builder, sources, faults, &Places::default());
    builder.build().unwrap_or_else(|message| {
        faults.push(Fault { file: "all gazetteers".into(), line: 0, message });
        Forms::default()
    })
}

/// For each table: the index that each row of `Sources` has among all rows; empty where it is its own place.
#[derive(Debug, Clone, Default)]
pub struct Places(pub BTreeMap<&'static str, Vec<usize>>);

/// Adds the phrases of all rows.
pub fn add_all(builder: &mut Builder, sources: &Sources, faults: &mut Vec<Fault>, places: &Places) {
    add(builder, &sources.regions, faults, places);
    add(builder, &sources.slogans, faults, places);
    add(builder, &sources.people, faults, places);
    add(builder, &sources.organizations, faults, places);
    add(builder, &sources.organs, faults, places);
    add(builder, &sources.titles, faults, places);
    add(builder, &sources.meetings, faults, places);
    add(builder, &sources.verbs, faults, places);
    add(builder, &sources.triggers, faults, places);
    add(builder, &sources.stops, faults, places);
    add(builder, &sources.words, faults, places);
}

fn add<R: Matched>(builder: &mut Builder, rows: &[Placed<R>], faults: &mut Vec<Fault>, places: &Places) {
    let indices = places.0.get(R::FILE);
    for (at, Placed { row, file, line }) in rows.iter().enumerate() {
        let index = indices.map_or(at, |indices| indices[at]);
        if let Err(message) = builder.add_row(row, index) {
            faults.push(Fault { file: file.clone(), line: *line, message });
        }
    }
}

fn read<R: Row>(file: &SourceFile, faults: &mut Vec<Fault>) -> Vec<Placed<R>> {
    let rows = load::read(&file.label, &file.bytes, faults);
    load::find_duplicates(&rows, faults);
    rows
}

/// What is wrong with a file that no table reads.
pub fn unknown_file(label: &str) -> Fault {
    let message = format!("no gazetteer has this name; the files are {}", FILES.join(", "));
    Fault { file: label.into(), line: 0, message }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A region's parent must be known.
pub fn check_parents(regions: &[RegionRow], placed: &[Placed<RegionRow>], faults: &mut Vec<Fault>) {
    let ids: BTreeSet<&str> = regions.iter().map(|r| r.id.as_str()).collect();
    for Placed { row, file, line } in placed {
        if !row.parent.is_empty() && !ids.contains(row.parent.as_str()) {
            let message = format!("`{}`: no region has the id `{}` named as its parent", row.id, row.parent);
            faults.push(Fault { file: file.clone(), line: *line, message });
        }
    }
}

/// Posts must name a known person and a known region.
pub fn check_posts(rows: &Rows, placed: &[Placed<PostRow>], faults: &mut Vec<Fault>) {
    let people: BTreeSet<&str> = rows.people.iter().map(|p| p.id.as_str()).collect();
    let regions: BTreeSet<&str> = rows.regions.iter().map(|r| r.id.as_str()).collect();
    for Placed { row, file, line } in placed {
        let unknown = [("people.csv", &row.person, &people), ("regions.csv", &row.region, &regions)];
        for (of, id, _) in unknown.iter().filter(|(_, id, known)| !known.contains(id.as_str())) {
            let message = format!("`{id}` is no id of {of}");
            faults.push(Fault { file: file.clone(), line: *line, message });
        }
    }
}

/// Offices must name known ranks.
pub fn check_offices(rows: &Rows, placed: &[Placed<OfficeRow>], faults: &mut Vec<Fault>) {
    let titles: BTreeSet<&str> = rows.titles.iter().map(|t| t.id.as_str()).collect();
    for Placed { row, file, line } in placed {
        for rank in row.rank.split('|').filter(|rank| *rank != "*" && !titles.contains(rank)) {
            let message = format!("`{rank}` is no id of titles.csv");
            faults.push(Fault { file: file.clone(), line: *line, message });
        }
    }
}

/// A sorted set of words as an automaton.
pub fn set(words: impl Iterator<Item = String>, faults: &mut Vec<Fault>) -> Vec<u8> {
    let words: BTreeSet<String> = words.collect();
    let mut builder = fst::SetBuilder::memory();
    let done = builder.extend_iter(words).and_then(|()| builder.into_inner());
    done.unwrap_or_else(|error| {
        faults.push(Fault { file: EnglishRow::FILE.into(), line: 0, message: error.to_string() });
        Vec::new()
    })
}

/// The beginning of the key under which a township is looked up: its county and its name, folded. Apostrophes do not
/// count: writers leave them out ("Chaanpu" for Cha'anpu).
pub fn township_key(county: &str, name: &str) -> String {
    format!("{county} {}", fold_phrase(name).replace('\'', ""))
}

/// Townships by county, folded name and, behind a tab, Chinese name; the value is the code.
pub fn townships(rows: &[Placed<TownshipRow>], faults: &mut Vec<Fault>) -> Vec<u8> {
    let mut keys = BTreeMap::new();
    for Placed { row, file, line } in rows {
        match (row.code.get(..6), row.code.parse::<u64>()) {
            (Some(county), Ok(code)) if row.code.len() == 9 => {
                let names = row.name.split('|').map(|name| format!("{}\t{}", township_key(county, name), row.zh));
                keys.extend(names.map(|key| (key, code)));
            }
            _ => faults.push(Fault {
                file: file.clone(),
                line: *line,
                message: format!("column `code`: `{}` is no code of nine digits", row.code),
            }),
        }
    }
    let mut builder = fst::MapBuilder::memory();
    let done = builder.extend_iter(keys).and_then(|()| builder.into_inner());
    done.unwrap_or_else(|error| {
        faults.push(Fault { file: TownshipRow::FILE.into(), line: 0, message: error.to_string() });
        Vec::new()
    })
}
