//! The readers on files as users have them: every format and compression, and what is wrong with files.
//!
//! The files are made by the tests, in `make`; all names and places in them are invented.

mod make;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use tifa::model::Document;
use tifa::read::{Columns, Compression, Format, Limits, Options, Position, Problem, Shard, items, listing};

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

type Outcome = Result<Document, Problem>;

fn outcomes_of(paths: &[PathBuf], options: &Options) -> Vec<(Position, Outcome)> {
    let items = items(paths, options).unwrap();
    items.map(|item| (item.position, item.raw.and_then(|raw| raw.read()))).collect()
}

fn outcomes(path: &Path) -> Vec<Outcome> {
    outcomes_of(&[path.to_owned()], &Options::default()).into_iter().map(|(_, outcome)| outcome).collect()
}

/// Record and kind of a problem, or record and `-` of a document.
fn short(outcomes: &[Outcome]) -> Vec<String> {
    let short = |outcome: &Outcome| match outcome {
        Ok(document) => format!("{} -", document.record),
        Err(problem) => format!("{} {}", problem.record, problem.problem),
    };
    outcomes.iter().map(short).collect()
}

/// The article of `make`, whatever it came from.
fn check(name: &str, outcome: &Outcome) {
    let document = outcome.as_ref().unwrap_or_else(|problem| panic!("{name}: {problem}"));
    assert_eq!(document.text, make::text(), "{name}");
    assert_eq!(document.notes, "", "{name}");
    let is_plain = [".txt", ".md"].iter().any(|end| name.contains(end));
    let metadata = &document.metadata;
    let known = [metadata.title.as_str(), metadata.published.as_str(), metadata.outlet.as_str()];
    let expected = if is_plain { ["", "", ""] } else { [make::TITLE, "2022-05-30", "Elm Daily"] };
    assert_eq!(known, expected, "{name}");
}

#[test]
fn the_same_article_comes_out_of_every_format_and_compression() {
    let mut names = 0;
    for (name, bytes) in make::files() {
        let packed = [
            (name.to_owned(), bytes.clone()),
            (format!("{name}.gz"), make::gzip(&bytes)),
            (format!("{name}.zst"), make::zstd(&bytes)),
        ];
        for (name, bytes) in packed {
            let folder = folder(&[(&name, &bytes)]);
            let found = outcomes(folder.path());
            assert_eq!(found.len(), 1, "{name}: {:?}", short(&found));
            check(&name, &found[0]);
            names += 1;
        }
    }
    assert_eq!(names, 42);
}

#[test]
fn the_same_article_comes_out_of_archives() {
    let files = make::files();
    let packed = files.iter().map(|(name, bytes)| (format!("x/{name}.gz"), make::gzip(bytes)));
    let all: Vec<(String, Vec<u8>)> =
        files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.clone())).chain(packed).collect();
    let members: Vec<(&str, &[u8])> = all.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let tar = make::tar(&members);
    let archives = [
        ("a.zip", make::zip(&members)),
        ("b.tar", tar.clone()),
        ("c.tar.gz", make::gzip(&tar)),
        ("d.tgz", make::gzip(&tar)),
        ("e.tar.zst", make::zstd(&tar)),
    ];
    for (archive, bytes) in archives {
        let folder = folder(&[(archive, &bytes)]);
        let found = outcomes(folder.path());
        assert_eq!(found.len(), members.len(), "{archive}: {:?}", short(&found));
        for ((name, _), outcome) in members.iter().zip(&found) {
            check(name, outcome);
            let record = &outcome.as_ref().unwrap().record;
            assert!(record == name || record.starts_with(&format!("{name}:")), "{archive}: {record}");
        }
    }
}

#[test]
fn files_of_any_name_are_read_when_given_by_themselves() {
    for (name, bytes) in make::files() {
        if name.ends_with("csv") || name.ends_with("tsv") {
            continue; // A table without its name looks like text.
        }
        let folder = folder(&[("dump", &make::gzip(&bytes))]);
        check(&format!("{name} as dump"), &outcomes(&folder.path().join("dump"))[0]);
    }
    let folder = folder(&[("dump", &make::table(b','))]);
    let options = Options { format: Some(Format::Csv), ..Options::default() };
    check("dump", &outcomes_of(&[folder.path().join("dump")], &options)[0].1);
}

#[test]
fn the_listing_tells_what_would_be_read() {
    let folder = folder(&[("a.txt", b"text"), ("b.csv.gz", b""), ("c.pdf", b"")]);
    let listed: Vec<_> =
        listing(&[folder.path().to_owned()], &Options::default()).unwrap().map(Result::unwrap).collect();
    let short: Vec<_> = listed.iter().map(|listed| (listed.format, listed.compression, listed.bytes)).collect();
    assert_eq!(short, [(Format::Text, Compression::None, 4), (Format::Csv, Compression::Gzip, 0)]);
    assert_eq!(listed[0].path, folder.path().join("a.txt"));
}

#[test]
fn the_meter_counts_the_bytes_on_disk() {
    let files = make::files();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    let zip = make::zip(&files);
    let folder = folder(&[&files[..], &[("a.zip", zip.as_slice())]].concat());
    let items = items(&[folder.path().to_owned()], &Options::default()).unwrap();
    let meter = items.meter();
    assert_eq!(meter.bytes(), 0);
    items.for_each(|item| drop(item.raw.unwrap().read().unwrap()));
    let sum: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    assert_eq!(meter.bytes(), (sum + zip.len()) as u64);
}

/// `count` JSON lines with short texts.
fn lines(count: usize) -> String {
    (1..=count).map(|n| format!("{{\"text\": \"Report {n}.\"}}\n")).collect()
}

#[test]
fn a_truncated_file_gives_what_stands_before() {
    let packed = make::gzip(lines(20_000).as_bytes());
    let folder = folder(&[("a.jsonl.gz", &packed[..packed.len() / 2]), ("b.txt.gz", &make::gzip(b"text")[..15])]);
    let found = outcomes(folder.path());
    let (documents, problems): (Vec<_>, Vec<_>) = found.iter().partition(|outcome| outcome.is_ok());
    assert!(documents.len() > 5_000 && documents.len() < 15_000, "{}", documents.len());
    assert_eq!(documents[4999].as_ref().unwrap().text, "Report 5000.");
    let kinds: Vec<_> = problems.iter().map(|problem| problem.as_ref().unwrap_err().problem.as_ref()).collect();
    assert_eq!(kinds, ["truncated", "truncated"]);
}

#[test]
fn bombs_end_at_the_limits() {
    let zeros = vec![b' '; 300_000_000];
    let (gzip, zip) = (make::gzip(&zeros), make::zip(&[("a.txt", &zeros), ("b.jsonl", &zeros), ("c.txt", b"text")]));
    drop(zeros);
    let folder = folder(&[("a.txt.gz", &gzip), ("b.jsonl.gz", &gzip), ("c.zip", &zip)]);
    let options = Options { limits: Limits { ratio: 100, ..Limits::default() }, ..Options::default() };
    let found = outcomes_of(&[folder.path().to_owned()], &options);
    let found: Vec<Outcome> = found.into_iter().map(|(_, outcome)| outcome).collect();
    let expected = [" too_large", "1 ratio", "a.txt too_large", "b.jsonl:1 ratio", "c.txt -"];
    assert_eq!(short(&found), expected);
    let detail = &found[1].as_ref().unwrap_err().detail;
    assert!(detail.contains("raise --max-ratio"), "{detail}");
}

#[test]
fn a_line_that_is_too_long_costs_no_more_than_itself() {
    let text = format!("{}{{\"text\": \"{}\"}}\n{}", lines(1), "x".repeat(9_000_000), lines(1));
    let folder = folder(&[("a.jsonl", text.as_bytes())]);
    assert_eq!(short(&outcomes(folder.path())), ["1 -", "2 too_large", "3 -"]);
}

#[test]
fn one_bad_line_in_many_is_named() {
    let text = format!("{}{{\"text\": \"Report\n{}", lines(39_999), lines(5));
    let folder = folder(&[("a.jsonl", text.as_bytes())]);
    let found = outcomes(folder.path());
    assert_eq!(found.len(), 40_005);
    let problem = found[39_999].as_ref().unwrap_err();
    assert_eq!((problem.record.as_str(), problem.problem.as_ref()), ("40000", "invalid_json"));
    assert_eq!(found.iter().filter(|outcome| outcome.is_err()).count(), 1);
}

#[test]
fn rows_of_the_wrong_width_and_missing_columns_are_problems() {
    let folder = folder(&[("a.csv", b"id,text\n1,one\n2,two,more\n3,three\n"), ("b.csv", b"a,b\n1,2\n")]);
    assert_eq!(short(&outcomes(folder.path())), ["1 -", "2 row_width", "3 -", " no_text_column"]);
    let columns = Columns { text: Some("b".into()), ..Columns::default() };
    let options = Options { columns, ..Options::default() };
    let found = outcomes_of(&[folder.path().join("b.csv")], &options);
    assert_eq!(found[0].1.as_ref().unwrap().text, "2");
}

#[test]
fn a_file_that_disappears_is_missing() {
    let folder = folder(&[("a.txt", b"one"), ("b.txt", b"two"), ("c.csv", b"text\nthree\n")]);
    let mut items = items(&[folder.path().to_owned()], &Options::default()).unwrap();
    let first = items.next().unwrap();
    for name in ["a.txt", "b.txt", "c.csv"] {
        fs::remove_file(folder.path().join(name)).unwrap();
    }
    let rest: Vec<Outcome> = items.map(|item| item.raw.and_then(|raw| raw.read())).collect();
    assert_eq!(first.raw.unwrap().read().unwrap_err().problem, "missing");
    assert_eq!(short(&rest), [" missing", " missing"]);
}

#[cfg(unix)]
#[test]
fn what_may_not_be_opened_is_a_problem_and_the_rest_goes_on() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(&[("a/x.txt", b"one"), ("b.txt", b"two"), ("c.txt", b"three")]);
    let forbid = |name: &str, mode| fs::set_permissions(folder.path().join(name), fs::Permissions::from_mode(mode));
    forbid("a", 0).unwrap();
    forbid("b.txt", 0).unwrap();
    let is_root = fs::read(folder.path().join("b.txt")).is_ok();
    let found = outcomes(folder.path());
    forbid("a", 0o755).unwrap();
    if !is_root {
        assert_eq!(short(&found), [" unreadable", " unreadable", " -"]);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_path_that_is_no_utf8_is_read_and_shown_as_well_as_can_be() {
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(std::ffi::OsStr::from_bytes(b"\xCC\xE1.txt")), "text").unwrap();
    let found = outcomes(folder.path());
    assert!(found[0].as_ref().unwrap().source.ends_with("/\u{FFFD}\u{FFFD}.txt"), "{found:?}");
}

#[test]
fn members_never_lead_outside() {
    let members: [(&str, &[u8]); 2] = [("../../evil.txt", b"harmless"), ("/etc/evil.txt", b"harmless too")];
    let folder = folder(&[("x/y/a.zip", &make::zip(&members)), ("x/y/b.tar", &make::tar(&members))]);
    let found = outcomes(&folder.path().join("x/y"));
    let expected = ["../../evil.txt -", "/etc/evil.txt -", "../../evil.txt -", "/etc/evil.txt -"];
    assert_eq!(short(&found), expected);
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["x"]);
    assert!(!Path::new("/etc/evil.txt").exists());
}

#[test]
fn globs_select_among_members_too() {
    let members: [(&str, &[u8]); 3] = [("news/a.txt", b"one"), ("news/b.md", b"two"), ("drafts/c.txt", b"three")];
    let folder = folder(&[("a.zip", &make::zip(&members)), ("b.tar", &make::tar(&members)), ("c.md", b"four")]);
    let texts = |include: &[&str], exclude: &[&str]| {
        let owned = |globs: &[&str]| globs.iter().map(|glob| (*glob).to_owned()).collect();
        let options = Options { include: owned(include), exclude: owned(exclude), ..Options::default() };
        let found = outcomes_of(&[folder.path().to_owned()], &options);
        found.into_iter().map(|(_, outcome)| outcome.unwrap().text).collect::<Vec<_>>()
    };
    assert_eq!(texts(&["*.txt"], &["drafts"]), ["one", "one"]);
    assert_eq!(texts(&["a.zip"], &["*.md"]), ["one", "three"]);
    assert_eq!(texts(&["b.tar/news/*"], &[]), ["one", "two"]);
    assert_eq!(texts(&[], &["*.tar", "drafts/**"]), ["one", "two", "four"]);
}

#[test]
fn shards_are_parts_that_together_are_all() {
    let members: [(&str, &[u8]); 3] = [("a.txt", b"one"), ("b.csv", b"text\ntwo\nthree\n,\n"), ("c.zip", b"PK")];
    let files: [(&str, &[u8]); 5] = [
        ("a.txt", b"one"),
        ("b.jsonl", b"{\"text\": \"two\"}\n{\n{\"text\": \"three\"}\n"),
        ("c.zip", &make::zip(&members)),
        ("d.txt", b""),
        ("e.json", b""),
    ];
    let folder = folder(&files);
    let paths = [folder.path().to_owned(), folder.path().join("nowhere")];
    let all = outcomes_of(&paths, &Options::default());
    assert_eq!(all.len(), 12);
    let shard = |index| Options { shard: Some(Shard { index, count: 3 }), ..Options::default() };
    let parts: Vec<_> = (1..=3).map(|index| outcomes_of(&paths, &shard(index))).collect();
    assert!(parts.iter().all(|part| part.len() > 1), "{:?}", parts.iter().map(Vec::len).collect::<Vec<_>>());
    let mut together: Vec<_> = parts.into_iter().flatten().collect();
    together.sort_by_key(|(position, _)| *position);
    assert_eq!(together, all);
    assert_eq!(all.iter().map(|(position, _)| position.file).collect::<BTreeSet<_>>().len(), 6);
}
