//! What holds for any text: nothing panics, spans fit, indices are in range, the same input gives the same output.
//!
//! The cases are the same in each run, so that a failure comes of a change and not of luck. To search further:
//! `PROPTEST_CASES=100000 cargo test --release --test main invariants`. How the texts are made is in `texts`, what is
//! asked of an extraction in `checks`.

mod checks;
mod texts;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use assert_cmd::cargo::cargo_bin_cmd;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use tifa::model::{Extraction, Label, Span};
use tifa::write::Settings;

use crate::support::{contents, document, extract, files, root, shipped, write_tables};

fn cases(cases: u32) -> ProptestConfig {
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    let searching = std::env::var_os("PROPTEST_CASES").is_some();
    if searching { config } else { ProptestConfig { cases, rng_seed: RngSeed::Fixed(20221016), ..config } }
}

/// Extracts, asks everything of the result, and extracts again.
fn hold(text: &str) {
    let extraction = extract(text);
    let faults = checks::faults(text, &extraction);
    assert!(faults.is_empty(), "{text:?}\n{}", faults.join("\n"));
    assert_eq!(extraction, extract(text), "a second time: {text:?}");
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn any_text(text in ".{0,200}") {
        hold(&text);
    }

    #[test]
    fn any_ascii(text in "[ -~\r\n\t]{0,200}") {
        hold(&text);
    }

    #[test]
    fn words_of_the_genre_in_any_order(text in texts::salad()) {
        hold(&text);
    }

    #[test]
    fn reports_cut_and_spoilt(text in texts::spoilt_report()) {
        hold(&text);
    }
}

#[test]
fn whole_reports() {
    texts::reports().iter().for_each(|text| hold(text));
}

#[test]
fn texts_of_one_character() {
    let texts =
        ["", " ", "\n", "\r", "\u{FEFF}", "\0", ".", "-", "'", "’", "“", "\u{301}", "两", "1", "A", "\u{10FFFF}"];
    texts.iter().for_each(|text| hold(text));
}

/// The smallest texts that the search found to break a check.
#[test]
fn texts_that_once_failed() {
    let texts = [
        "meeting ",
        "symposium on\nC",
        "May 3 and\n6th",
        "May 1\nto 1",
        "Council of\nS",
        "No.\ns L Agency",
        "Wan Fa\n’sU",
        "“five\nd”",
        "Secretary of Department of\nF",
        "From January 27 to 8 the work conference on water was held in 2022.",
    ];
    let failed: Vec<&str> = texts.into_iter().filter(|text| !checks::faults(text, &extract(text)).is_empty()).collect();
    assert_eq!(failed, [""; 0]);
}

#[test]
fn a_long_line_without_end() {
    for unit in ["Zhang Liwei, ", "secretary of the ", "County ", "two ", "(", "“", "- ", "3", "Wang", "1st "] {
        hold(&unit.repeat(300));
    }
}

/// Label, bytes and rule of each mention, the bytes moved back by `shift`.
fn spans(extraction: &Extraction, shift: usize) -> Vec<(Label, Span, String)> {
    let moved = |span: Span| Span::new(span.start - shift, span.end - shift);
    extraction.mentions.iter().map(|m| (m.label, moved(m.span), m.rule.to_string())).collect()
}

#[test]
fn a_sentence_before_moves_all_mentions() {
    let before = "it rained a little all night .\n";
    for text in texts::reports() {
        let moved = extract(&format!("{before}{text}"));
        assert_eq!(spans(&moved, before.len()), spans(&extract(text), 0), "{text}");
    }
}

#[test]
fn a_sentence_behind_moves_no_mention() {
    for text in texts::reports() {
        let longer = extract(&format!("{text}\nit rained a little all night .\n"));
        assert_eq!(spans(&longer, 0), spans(&extract(text), 0), "{text}");
    }
}

#[test]
fn line_ends_of_windows_change_no_mention() {
    for text in texts::reports() {
        let surfaces = |text: &str| {
            let found = extract(text).mentions;
            found.iter().map(|m| (m.label, m.span.of(text).to_owned(), m.canonical.clone())).collect::<Vec<_>>()
        };
        assert_eq!(surfaces(&text.replace('\n', "\r\n")), surfaces(text), "{text}");
    }
}

/// The tables of a run over the reports, file by file.
fn tables(threads: usize) -> BTreeMap<String, Vec<u8>> {
    let output = tempfile::tempdir().unwrap();
    let paths: Vec<PathBuf> = [files("data", "txt"), files("tests/golden", "txt")].concat();
    write_tables(&paths, output.path(), Settings { threads, ..Settings::default() });
    contents(output.path())
}

#[test]
fn threads_do_not_show() {
    let one = tables(1);
    let names: Vec<&str> = one.keys().map(String::as_str).collect();
    let expected = [
        "ambiguous.csv",
        "datapackage.json",
        "documents.csv",
        "entities.csv",
        "meetings.csv",
        "mentions.csv",
        "participation.csv",
        "positions.csv",
        "problems.csv",
        "relations.csv",
        "slogans.csv",
    ];
    assert_eq!(names, expected);
    let many = tables(4);
    for (name, bytes) in one {
        assert!(bytes == many[&name], "{name} differs between one thread and four");
    }
}

/// The tables that a process of its own writes over `data`.
fn process(output: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut command = cargo_bin_cmd!("tifa");
    command.current_dir(root("")).args(["extract", "data", "--quiet", "-o"]).arg(output).assert().code(0);
    contents(output)
}

#[test]
fn processes_do_not_show() {
    let folder = tempfile::tempdir().unwrap();
    let [first, second] = ["first", "second"].map(|name| process(&folder.path().join(name)));
    assert_eq!(first.len(), 11);
    for (name, bytes) in first {
        assert!(bytes == second[&name], "{name} differs between two processes");
    }
}

#[test]
fn metadata_of_the_container_comes_before_that_of_the_text() {
    let mut given = document("Elm News, May 1, 2020: It rained.\n");
    given.metadata.published = "2019-12-31".to_owned();
    given.metadata.title = "Rain".to_owned();
    let profile = shipped().extract(&given).profile;
    assert_eq!((profile.published.as_str(), profile.title.as_str()), ("2019-12-31", "Rain"));
}
