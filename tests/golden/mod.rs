//! The golden documents: what the program finds in them, word for word, and how well that agrees with their gold.
//!
//! Each document `NAME.txt` has `NAME.gold`, written by hand, and `expected/NAME.found`, written by the program. How an
//! expected file looks is in `snapshot`.

mod snapshot;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use tifa::eval::{Report, score};
use tifa::write::Settings;

use crate::support::{files, root, stem, write_tables};

/// Least micro F1 of mentions; measured: 0.973.
const LEAST_MENTIONS: f64 = 0.965;
/// Least micro F1 of facts; measured: 0.935.
const LEAST_FACTS: f64 = 0.925;

const FOLDER: &str = "tests/golden";
const EXPECTED: &str = "tests/golden/expected";
const UPDATE: &str = "cargo test --test main golden::update -- --ignored";
/// Most differing lines that are shown of one document.
const MOST_LINES: usize = 6;

/// What is found in each document, by name.
fn found() -> BTreeMap<String, String> {
    let snapshot = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        (stem(&path).to_owned(), snapshot::of(&text))
    };
    files(FOLDER, "txt").into_iter().map(snapshot).collect()
}

/// What is expected of each document, by name.
fn expected() -> BTreeMap<String, String> {
    let files = if root(EXPECTED).exists() { files(EXPECTED, "found") } else { Vec::new() };
    files.iter().map(|path| (stem(path).to_owned(), fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn every_document_gives_what_is_expected() {
    let (found, expected) = (found(), expected());
    assert!(!found.is_empty(), "no document in {FOLDER}");
    let names: BTreeSet<&String> = found.keys().chain(expected.keys()).collect();
    let text = |of: &BTreeMap<String, String>, name: &str| of.get(name).cloned().unwrap_or_default();
    let differs = |name: &&String| difference(name, &text(&expected, name), &text(&found, name));
    let faults: Vec<String> = names.iter().filter_map(differs).collect();
    assert!(faults.is_empty(), "{}\nIf this is what shall be found, run\n  {UPDATE}\n", faults.join("\n"));
}

/// The first lines in which two texts differ: `-` expected, `+` found.
fn difference(name: &str, expected: &str, found: &str) -> Option<String> {
    let lone = |mark: char, of: &str, other: &str| {
        let other: Vec<&str> = other.lines().collect();
        let lines = of.lines().enumerate().filter(|(_, line)| !other.contains(line));
        lines.map(|(n, line)| format!("  {mark} line {}: {line}", n + 1)).take(MOST_LINES).collect::<Vec<_>>()
    };
    let mut lines = lone('-', expected, found);
    lines.extend(lone('+', found, expected));
    if lines.is_empty() {
        lines.push("  the same lines in another order or number".to_owned());
    }
    (expected != found).then(|| format!("{name}:\n{}", lines.join("\n")))
}

#[test]
#[ignore = "writes the expected files; run it by its name"]
fn update() {
    let folder = root(EXPECTED);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    for (name, found) in found() {
        fs::write(folder.join(name).with_extension("found"), found).unwrap();
    }
}

#[test]
fn every_document_has_its_gold() {
    let stems = |extension| files(FOLDER, extension).iter().map(|path| stem(path).to_owned()).collect::<Vec<_>>();
    assert_eq!(stems("txt"), stems("gold"));
}

#[test]
fn scores_do_not_fall() {
    let report = scored();
    assert_eq!(report.warnings, [""; 0], "the gold does not fit its texts");
    let f1 = |name: &str| report.rows.iter().find(|(row, _)| row == name).unwrap().1.f1;
    let (mentions, facts) = (f1("mentions (micro)"), f1("facts (micro)"));
    assert!(
        mentions >= LEAST_MENTIONS && facts >= LEAST_FACTS,
        "mentions {mentions:.3} (least {LEAST_MENTIONS}), facts {facts:.3} (least {LEAST_FACTS})\n{}",
        report.to_text(3)
    );
}

/// Runs over all golden documents and scores the tables.
fn scored() -> Report {
    let output = tempfile::tempdir().unwrap();
    // The files by name: the folder holds the expected files too.
    write_tables(&files(FOLDER, "txt"), output.path(), Settings::default());
    let folder = root(FOLDER);
    score(&folder, Some(&folder), output.path()).unwrap()
}
