//! Runs as a whole: going on after a stop, parts put together, reprints, formats; always compared with one undisturbed
//! run over the same input.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;
use tempfile::TempDir;
use tifa::read::{Options, Shard};
use tifa::write::{Format, Run, RunRecord, Settings, shards};

use crate::support::{contents, files, fill, write_tables};

/// Reports, a reprint of one with another byline, and one file that stands in two folders.
fn corpus() -> (TempDir, Vec<PathBuf>) {
    let folder = tempfile::tempdir().unwrap();
    let reports = files("data", "txt");
    for (name, report) in ["a/x.txt", "b/y.txt", "c/x.txt"].into_iter().zip([0, 1, 0]) {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::copy(&reports[report], path).unwrap();
    }
    let reprint = fs::read_to_string(&reports[2]).unwrap() + "\n(Editor: Mu Lanhua)\n";
    fs::write(folder.path().join("b/z.txt"), reprint).unwrap();
    fs::write(folder.path().join("b/blank.txt"), " ").unwrap();
    let folders = ["a", "b", "c"].map(|name| folder.path().join(name));
    let paths = reports.into_iter().chain(folders).collect();
    (folder, paths)
}

fn tables(paths: &[PathBuf], settings: Settings) -> BTreeMap<String, Vec<u8>> {
    let output = tempfile::tempdir().unwrap();
    write_tables(paths, output.path(), settings);
    contents(output.path())
}

/// The cells of one column.
fn column(tables: &BTreeMap<String, Vec<u8>>, table: &str, name: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(tables[&format!("{table}.csv")].as_slice());
    let at = reader.headers().unwrap().iter().position(|column| column == name).unwrap();
    reader.records().map(|record| record.unwrap()[at].to_owned()).collect()
}

fn finish(run: Run) {
    run.finish(&RunRecord::default(), &|_| (), &|| 0.0).unwrap();
}

#[test]
fn a_run_that_was_stopped_goes_on_to_the_same_bytes() {
    let (_folder, paths) = corpus();
    let whole = tables(&paths, Settings::default());
    let output = tempfile::tempdir().unwrap();
    let settings = || Settings { resume: true, ..Settings::default() };
    for (most, resumed) in [(5, 0), (11, 5), (0, 11)] {
        let run = Run::open(output.path(), settings()).unwrap();
        assert_eq!(run.resumed, resumed);
        fill(&run, &paths, &Options::default(), most);
    }
    assert_eq!(contents(output.path()), BTreeMap::new(), "half a run looks like a whole one");
    let run = Run::open(output.path(), settings()).unwrap();
    fill(&run, &paths, &Options::default(), usize::MAX);
    finish(run);
    assert_eq!(contents(output.path()), whole);
}

#[test]
fn what_changed_between_two_starts_is_read_anew() {
    let (folder, paths) = corpus();
    let output = tempfile::tempdir().unwrap();
    let run = Run::open(output.path(), Settings::default()).unwrap();
    fill(&run, &paths, &Options::default(), usize::MAX);
    drop(run);
    let added = folder.path().join("a/added.txt");
    fs::write(&added, "Mayor Mu Lanhua of Lingshou County spoke on May 3, 2021.").unwrap();
    fs::remove_file(folder.path().join("b/y.txt")).unwrap();
    let run = Run::open(output.path(), Settings { resume: true, ..Settings::default() }).unwrap();
    fill(&run, &paths, &Options::default(), usize::MAX);
    finish(run);
    assert_eq!(contents(output.path()), tables(&paths, Settings::default()));
}

#[test]
fn tables_of_an_earlier_run_stay_until_the_new_ones_are_complete() {
    let (_folder, paths) = corpus();
    let output = tempfile::tempdir().unwrap();
    write_tables(&paths[..3], output.path(), Settings::default());
    let before = contents(output.path());
    let run = Run::open(output.path(), Settings::default()).unwrap();
    fill(&run, &paths, &Options::default(), 8);
    drop(run);
    assert_eq!(contents(output.path()), before);
    write_tables(&paths[..2], output.path(), Settings { formats: vec![Format::Jsonl], ..Settings::default() });
    let names: Vec<String> = contents(output.path()).into_keys().collect();
    assert!(names.iter().all(|name| name.ends_with(".jsonl") || name == "datapackage.json"), "{names:?}");
}

/// The parts of a run, each in a folder of its own.
fn parts(folder: &Path, paths: &[PathBuf], count: u64) -> Vec<PathBuf> {
    let part = |index| {
        let output = folder.join(format!("part{index}"));
        let shard = Some(Shard { index, count });
        let run = Run::open(&output, Settings { shard, ..Settings::default() }).unwrap();
        fill(&run, paths, &Options { shard, ..Options::default() }, usize::MAX);
        run.finish(&RunRecord { options: json!({"input": "same"}), ..RunRecord::default() }, &|_| (), &|| 0.0).unwrap();
        output
    };
    (1..=count).map(part).collect()
}

#[test]
fn parts_give_the_tables_of_one_run() {
    let (_folder, paths) = corpus();
    let whole = tables(&paths, Settings::default());
    for count in [1, 3] {
        let folder = tempfile::tempdir().unwrap();
        let mut parts = parts(folder.path(), &paths, count);
        parts.reverse();
        let shards = shards(&parts).unwrap();
        assert_eq!(shards.blocks, paths.len() as u64 - 3 + 5);
        let output = folder.path().join("all");
        let run = Run::open(&output, Settings { maker: shards.maker.clone(), ..Settings::default() }).unwrap();
        run.merge(&shards, &RunRecord::default(), &|_| (), &|| 0.0).unwrap();
        assert_eq!(contents(&output), whole, "{count} parts");
    }
}

#[test]
fn parts_that_do_not_fit_together_are_refused() {
    let (_folder, paths) = corpus();
    let folder = tempfile::tempdir().unwrap();
    let parts = parts(folder.path(), &paths[..4], 2);
    let refused =
        |folders: &[&PathBuf]| shards(&folders.iter().copied().cloned().collect::<Vec<_>>()).unwrap_err().to_string();
    assert_eq!(refused(&[&parts[0]]), "shard 2/2 is missing; give the folders of all shards");
    assert_eq!(refused(&[&parts[0], &parts[1], &parts[0]]), "shard 1/2 is given twice");
    assert!(refused(&[]).starts_with("no folder to merge"));
    assert!(refused(&[&folder.path().to_owned()]).contains("no finished shard of a run"));
    let record = parts[1].join("run.json");
    for (old, new, message) in [
        ("\"same\"", "\"other\"", "other paths or reading options"),
        ("\"maker\": null", "\"maker\": 1", "other gazetteers or another version"),
    ] {
        let before = fs::read_to_string(&record).unwrap();
        assert!(before.contains(old), "{before}");
        fs::write(&record, before.replace(old, new)).unwrap();
        assert!(refused(&[&parts[0], &parts[1]]).contains(message));
        fs::write(&record, before).unwrap();
    }
}

#[test]
fn reprints_lead_to_the_first_document_and_can_be_left_out() {
    let (_folder, paths) = corpus();
    let all = tables(&paths, Settings::default());
    let (ids, firsts) = (column(&all, "documents", "doc_id"), column(&all, "documents", "duplicate_of"));
    let reprints: Vec<usize> = (0..ids.len()).filter(|&at| !firsts[at].is_empty()).collect();
    let reports = paths.len() - 3;
    assert_eq!(reprints, [reports, reports + 1, reports + 2, reports + 3]);
    let led: Vec<&String> = reprints.iter().map(|&at| &firsts[at]).collect();
    assert_eq!(led, [&ids[0], &ids[1], &ids[2], &ids[0]]);
    // The same name below the folder given, and the same text.
    assert_eq!(ids[reports + 3], format!("{}-2", ids[reports]));

    let unique = tables(&paths, Settings { unique: true, ..Settings::default() });
    let plain = tables(&paths[..reports], Settings::default());
    for name in ["mentions.csv", "entities.csv", "positions.csv", "slogans.csv", "documents.csv", "ambiguous.csv"] {
        assert_eq!(unique[name], plain[name], "{name}");
    }
}

#[test]
fn ids_of_a_document_that_stands_twice_follow_its_own() {
    let (_folder, paths) = corpus();
    let all = tables(&paths, Settings::default());
    let ids = column(&all, "documents", "doc_id");
    let (twice, first) = (ids.last().unwrap(), ids[ids.len() - 4].as_str());
    let of = |table, key, id: &str| {
        let documents = column(&all, table, "doc_id");
        let keys = column(&all, table, key);
        keys.into_iter().zip(documents).filter(|(_, document)| document == id).map(|(key, _)| key).collect::<Vec<_>>()
    };
    let expected: Vec<String> = of("mentions", "mention_id", first).iter().map(|id| id.replace(first, twice)).collect();
    assert!(expected.len() > 10 && expected[0].ends_with("-2-m1"), "{expected:?}");
    assert_eq!(of("mentions", "mention_id", twice), expected);
    assert_eq!(of("participation", "meeting_id", twice).len(), of("participation", "meeting_id", first).len());
    let entities = column(&all, "entities", "entity_id");
    let unknown = column(&all, "mentions", "entity_id").into_iter().find(|id| !id.is_empty() && !entities.contains(id));
    assert_eq!(unknown, None);
}

#[test]
fn all_formats_hold_the_same_rows() {
    let (_folder, paths) = corpus();
    let settings = Settings { formats: Format::ALL.to_vec(), excel: true, ..Settings::default() };
    let output = tempfile::tempdir().unwrap();
    write_tables(&paths, output.path(), settings.clone());
    let all = contents(output.path());
    assert_eq!(all.len(), 3 * 10 + 2, "{:?}", all.keys());
    assert_eq!(all, tables(&paths, Settings { threads: 1, ..settings }));
    let rows = |name: &str| {
        let lines = String::from_utf8(all[&format!("{name}.jsonl")].clone()).unwrap();
        lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()).collect::<Vec<_>>()
    };
    let cells = |column: &str| {
        let text = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), String::from);
        rows("mentions").iter().map(|row| text(&row[column])).map(|cell| cell.replace("null", "")).collect::<Vec<_>>()
    };
    for name in ["text", "start", "entity_id"] {
        assert_eq!(cells(name), column(&all, "mentions", name), "{name}");
    }
}

#[test]
fn kept_texts_are_what_offsets_count_in() {
    let (_folder, paths) = corpus();
    let (output, texts) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    write_tables(&paths, output.path(), Settings { texts: Some(texts.path().to_owned()), ..Settings::default() });
    let all = contents(output.path());
    let [documents, surfaces, starts, ends] =
        ["doc_id", "text", "start", "end"].map(|name| column(&all, "mentions", name));
    for (at, document) in documents.iter().enumerate() {
        let text = fs::read_to_string(texts.path().join(format!("{document}.txt"))).unwrap();
        let (start, end): (usize, usize) = (starts[at].parse().unwrap(), ends[at].parse().unwrap());
        assert_eq!(text.chars().skip(start).take(end - start).collect::<String>(), surfaces[at]);
    }
    assert_eq!(contents(texts.path()).len(), column(&all, "documents", "doc_id").len());
}
