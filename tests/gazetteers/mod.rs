//! The shipped gazetteer files: what bad data would break. What single rows say is no matter of tests.
//!
//! `forms` writes out the variants of a cell, apart from how the program does it.

mod check;
mod forms;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use csv::StringRecord;
use tifa::gazetteer::fold_phrase;
use tifa::gazetteer::rows::{RegionLevel, RegionRow};

use crate::support::{files, root, shipped};
use forms::forms;

/// The files with their names.
fn tables() -> Vec<(String, String)> {
    let read = |path: &std::path::PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, fs::read_to_string(path).unwrap())
    };
    files("gazetteers", "csv").iter().map(read).collect()
}

fn records(text: &str) -> (StringRecord, Vec<StringRecord>) {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    (header, reader.records().map(Result::unwrap).collect())
}

/// Cells of the named column of each file that has it, with file and row.
fn column(name: &str) -> Vec<(String, String)> {
    let mut cells = Vec::new();
    for (file, text) in tables() {
        let (header, rows) = records(&text);
        let Some(place) = header.iter().position(|column| column == name) else { continue };
        cells.extend(rows.iter().enumerate().map(|(n, row)| (format!("{file}, row {}", n + 1), row[place].to_owned())));
    }
    cells
}

fn report(faults: &[String]) {
    let shown = faults.iter().take(50).map(String::as_str).collect::<Vec<_>>().join("\n");
    assert!(faults.is_empty(), "{} faults\n{shown}", faults.len());
}

#[test]
fn they_load_without_faults() {
    let shipped = shipped().gazetteers();
    let read: BTreeSet<&str> = shipped.hashes.iter().map(|hash| hash.file.as_str()).collect();
    let tables = tables();
    assert_eq!(read, tables.iter().map(|(name, _)| name.as_str()).collect());
}

#[test]
fn lines_end_with_a_line_feed_and_in_no_space() {
    let mut faults = Vec::new();
    for (file, text) in tables() {
        let wrong = [
            (text.starts_with('\u{FEFF}'), "a byte order mark"),
            (text.contains('\r'), "a carriage return"),
            (!text.ends_with('\n') || text.ends_with("\n\n"), "not one line end at its end"),
        ];
        faults.extend(wrong.iter().filter(|(wrong, _)| *wrong).map(|(_, what)| format!("{file}: {what}")));
        let spaced = text.lines().enumerate().filter(|(_, line)| line.ends_with([' ', '\t']));
        faults.extend(spaced.map(|(n, _)| format!("{file}:{}: a space at the end", n + 1)));
    }
    report(&faults);
}

#[test]
fn cells_have_no_stray_space_and_no_sign_that_cannot_be_seen() {
    let mut faults = Vec::new();
    for (file, text) in tables() {
        for (n, row) in records(&text).1.iter().enumerate() {
            let stray = |cell: &&str| cell.trim() != *cell || cell.contains("  ") || cell.contains(is_unseen);
            faults.extend(row.iter().filter(stray).map(|cell| format!("{file}, row {}: {cell:?}", n + 1)));
        }
    }
    report(&faults);
}

fn is_unseen(c: char) -> bool {
    c.is_control() || matches!(c, '\u{a0}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}' | '\u{2029}' | '\u{feff}')
}

#[test]
fn ids_are_lower_case_ascii() {
    let sign = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
    let good =
        |id: &str| !id.is_empty() && id.chars().all(sign) && !id.starts_with(['-', '_']) && !id.ends_with(['-', '_']);
    let bad = column("id").into_iter().filter(|(_, id)| !good(id));
    report(&bad.map(|(place, id)| format!("{place}: {id:?}")).collect::<Vec<_>>());
}

#[test]
fn brackets_are_closed_and_do_not_nest() {
    let variants = |name| column(name).into_iter().flat_map(variants);
    let all = ["en", "name", "variants", "text"].into_iter().flat_map(variants);
    let fault = |(place, variant): (String, String)| Some(format!("{place}: {variant:?}: {}", forms(&variant).err()?));
    report(&all.filter_map(fault).collect::<Vec<_>>());
}

/// The variants of a cell, each with the place of the cell.
fn variants((place, cell): (String, String)) -> impl Iterator<Item = (String, String)> {
    cell.split('|').map(|variant| (place.clone(), variant.to_owned())).collect::<Vec<_>>().into_iter()
}

#[test]
fn every_form_of_a_slogan_belongs_to_one_row() {
    let mut owners: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for row in &shipped().gazetteers().slogans {
        for variant in row.en.split('|').chain(row.variants.split('|')).filter(|variant| !variant.is_empty()) {
            let all = forms(variant).unwrap();
            all.iter().for_each(|form| _ = owners.entry(fold_phrase(form)).or_default().insert(&row.id));
        }
    }
    assert!(owners.len() > shipped().gazetteers().slogans.len());
    let shared = owners.iter().filter(|(_, ids)| ids.len() > 1);
    report(&shared.map(|(form, ids)| format!("{form:?} in {ids:?}")).collect::<Vec<_>>());
}

#[test]
fn a_chinese_original_has_one_kind() {
    let mut kinds: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in &shipped().gazetteers().slogans {
        kinds.entry(&row.zh).or_default().insert(row.kind.name());
    }
    let several = kinds.iter().filter(|(_, kinds)| kinds.len() > 1);
    report(&several.map(|(zh, kinds)| format!("{zh}: {kinds:?}")).collect::<Vec<_>>());
}

fn regions() -> &'static [RegionRow] {
    &shipped().gazetteers().regions
}

fn is_division(level: RegionLevel) -> bool {
    matches!(level, RegionLevel::Province | RegionLevel::Prefecture | RegionLevel::County)
}

/// Place of a division's level in the hierarchy, from the top.
fn depth(level: RegionLevel) -> usize {
    let levels = [RegionLevel::Country, RegionLevel::Province, RegionLevel::Prefecture, RegionLevel::County];
    levels.iter().position(|l| *l == level).unwrap()
}

#[test]
fn the_divisions_of_today_are_complete() {
    // As the Ministry of Civil Affairs counts them, with Hong Kong, Macao and Taiwan; their counties are not counted.
    let count = |level| {
        let today = regions().iter().filter(|r| r.to.is_empty() && !r.code.is_empty());
        today.filter(|r| r.level == level).count()
    };
    assert_eq!([RegionLevel::Province, RegionLevel::Prefecture, RegionLevel::County].map(count), [34, 333, 2846]);
}

#[test]
fn divisions_lie_in_higher_ones_up_to_china() {
    let index = &shipped().gazetteers().region_index;
    let mut faults = Vec::new();
    for (row, region) in regions().iter().enumerate().filter(|(_, r)| is_division(r.level)) {
        let chain = index.ancestors(row);
        let ids: Vec<&str> = chain.iter().map(|&r| regions()[r].id.as_str()).collect();
        let china = ids.iter().position(|id| *id == "cn");
        let higher = |pair: &[usize]| depth(regions()[pair[1]].level) < depth(regions()[pair[0]].level);
        let divisions = china.map_or(&chain[..], |china| &chain[..=china]);
        let known = divisions.iter().all(|&r| is_division(regions()[r].level) || regions()[r].id == "cn");
        if china.is_none() || !known || !divisions.windows(2).all(higher) {
            faults.push(format!("{} {}: {}", region.id, region.name, ids.join(" < ")));
        }
    }
    report(&faults);
}

#[test]
fn codes_are_six_digits_and_those_of_today_stand_once() {
    let mut faults = Vec::new();
    let mut today = BTreeSet::new();
    for region in regions().iter().filter(|r| !r.code.is_empty()) {
        let six = region.code.len() == 6 && region.code.bytes().all(|b| b.is_ascii_digit());
        if !six || (region.to.is_empty() && !today.insert(&region.code)) {
            faults.push(format!("{}: {:?}", region.id, region.code));
        }
    }
    report(&faults);
}

#[test]
fn the_code_of_a_division_of_today_begins_like_that_of_its_parent() {
    let index = &shipped().gazetteers().region_index;
    let outside = |row: usize| {
        let (region, parent) = (&regions()[row], index.parent(row).map(|r| &regions()[r])?);
        let begin = match parent.level {
            RegionLevel::Province => 2,
            RegionLevel::Prefecture => 4,
            _ => return None,
        };
        let apart = region.code.get(..begin) != parent.code.get(..begin);
        apart.then(|| format!("{} {} in {} {}", region.code, region.name, parent.code, parent.name))
    };
    let today = (0..regions().len()).filter(|&r| regions()[r].to.is_empty() && is_division(regions()[r].level));
    report(&today.filter_map(outside).collect::<Vec<_>>());
}

#[test]
fn years_and_months_are_in_order() {
    let month = |cell: &str| cell.is_empty() || cell.len() == 4 || (cell.len() == 7 && cell.as_bytes()[4] == b'-');
    let digits = |cell: &str| cell.chars().all(|c| c.is_ascii_digit() || c == '-');
    let good = |from: &str, to: &str| {
        let ordered = to.is_empty() || from.is_empty() || from[..4] <= to[..4];
        [from, to].iter().all(|cell| month(cell) && digits(cell)) && ordered
    };
    let regions = regions().iter().map(|r| (format!("regions.csv: {}", r.id), &r.from, &r.to));
    let posts =
        shipped().gazetteers().posts.iter().map(|p| (format!("posts.csv: {} {}", p.person, p.title), &p.from, &p.to));
    let bad = regions.chain(posts).filter(|(_, from, to)| !good(from, to));
    report(&bad.map(|(row, from, to)| format!("{row}: {from:?} to {to:?}")).collect::<Vec<_>>());
}

#[test]
fn references_name_rows() {
    let g = shipped().gazetteers();
    let known = |id: &str| id.is_empty() || g.region_index.id(id).is_some();
    let mut faults: Vec<String> = Vec::new();
    faults.extend(g.organizations.iter().filter(|o| !known(&o.region)).map(|o| format!("{}: {}", o.id, o.region)));
    let nationalities = g.words.iter().filter(|w| w.class.name() == "nationality");
    faults.extend(nationalities.filter(|w| !known(&w.value)).map(|w| format!("{}: {}", w.text, w.value)));
    let sources = sources();
    let keys: BTreeSet<&str> = sources.iter().map(|source| source["key"].as_str().unwrap()).collect();
    let strays = g.posts.iter().filter(|p| !keys.contains(p.source.as_str()));
    faults.extend(strays.map(|p| format!("{} {}: source {:?}", p.person, p.title, p.source)));
    report(&faults);
}

/// The entries of sources.toml.
fn sources() -> Vec<toml::Table> {
    let table: toml::Table = fs::read_to_string(root("gazetteers/sources.toml")).unwrap().parse().unwrap();
    let sources = table["source"].as_array().unwrap().iter();
    sources.map(|source| source.as_table().unwrap().clone()).collect()
}

/// Files of a source with the least and most rows it states, by name.
fn bounds(source: &toml::Table) -> BTreeMap<String, (usize, usize)> {
    let number = |value: &toml::Value| usize::try_from(value.as_integer().unwrap()).unwrap();
    let rows = source["rows"].as_table().unwrap().iter();
    rows.map(|(file, bounds)| (file.clone(), (number(&bounds[0]), number(&bounds[1])))).collect()
}

#[test]
fn every_source_is_fully_described() {
    for source in sources() {
        for field in ["key", "title", "origin", "licence", "retrieved", "note"] {
            let told = source.get(field).and_then(|value| value.as_str()).is_some_and(|text| !text.trim().is_empty());
            assert!(told, "{field} is missing in {source:?}");
        }
        let files = source["files"].as_array().unwrap().iter();
        let files: BTreeSet<String> = files.map(|file| file.as_str().unwrap().to_owned()).collect();
        assert_eq!(files, bounds(&source).into_keys().collect(), "files and rows of {}", source["key"]);
    }
}

#[test]
fn every_file_has_a_source_and_as_many_rows_as_that_expects() {
    let counts: BTreeMap<String, usize> =
        tables().iter().map(|(file, text)| (file.clone(), records(text).1.len())).collect();
    let mut sourced = BTreeSet::new();
    let mut faults = Vec::new();
    for source in sources() {
        for (file, (least, most)) in bounds(&source) {
            let count = counts.get(&file).copied().unwrap_or(0);
            if !(least..=most).contains(&count) {
                faults.push(format!("{file}: {count} rows, {} expects {least} to {most}", source["key"]));
            }
            sourced.insert(file);
        }
    }
    faults.extend(counts.keys().filter(|file| !sourced.contains(*file)).map(|file| format!("{file}: no source")));
    report(&faults);
}
