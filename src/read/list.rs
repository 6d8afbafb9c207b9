//! Lists the files to read, in an order that depends on their names alone.
//!
//! The listing is lazy, so that a corpus of millions of files needs no list in memory.

use std::fs::File;
use std::io::Read;
use std::iter;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use super::document::Place;
use super::entry::{Content, Entry, sniff};
use super::options::Filter;
use super::{Compression, Format, Problem, format};

/// Most bytes of a file that may be the record of an earlier run.
const RECORD: u64 = 1_000_000;

pub(super) type Listing = Box<dyn Iterator<Item = Result<Entry, Problem>> + Send>;

/// What the listing is made by.
#[derive(Debug, Clone)]
pub(super) struct Rules {
    pub(super) filter: Arc<Filter>,
    /// Format of what is given by itself.
    pub(super) format: Option<Format>,
}

/// The files to read under the given paths, in the order of the paths; the files of a folder sorted by path.
///
/// What is missing or cannot be opened, and a folder without anything to read, is a [`Problem`] at its place.
pub(super) fn entries(paths: &[PathBuf], rules: &Rules) -> Listing {
    let rules = rules.clone();
    let paths: Vec<PathBuf> = paths.into();
    Box::new(paths.into_iter().flat_map(move |path| list(&path, &rules)))
}

fn list(path: &Path, rules: &Rules) -> Listing {
    if path == Path::new("-") {
        return Box::new(iter::once(Ok(piped(Place::new("-", "-"), Content::Stdin))));
    }
    match path.metadata() {
        Err(error) => Box::new(iter::once(Err(io_problem(path, &error)))),
        Ok(metadata) if metadata.is_dir() => folder(path, &rules.filter),
        Ok(metadata) if metadata.is_file() => Box::new(iter::once(file(path, metadata.len(), rules.format))),
        Ok(_) => Box::new(iter::once(Ok(piped(own_place(path), Content::Pipe(path.to_owned()))))),
    }
}

/// A stream, which tells its format only when it is read.
fn piped(place: Place, content: Content) -> Entry {
    Entry { place, content, kind: None, bytes: None, is_named: false }
}

/// A file that is given by itself, and is read whatever its name.
fn file(path: &Path, bytes: u64, format: Option<Format>) -> Result<Entry, Problem> {
    let kind = own_kind(path, format).map_err(|error| io_problem(path, &error))?;
    let content = Content::File(path.to_owned());
    Ok(Entry { place: own_place(path), content, kind: Some(kind), bytes: Some(bytes), is_named: false })
}

fn own_kind(path: &Path, format: Option<Format>) -> std::io::Result<(Format, Compression)> {
    let by_name = format::of_name(&path.to_string_lossy());
    let kind = by_name.map_or_else(|| sniff(path), Ok)?;
    Ok(format.map_or(kind, |format| (format, kind.1)))
}

/// The place of a file that is given by itself: it lies under its folder.
fn own_place(path: &Path) -> Place {
    let name = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
    Place::new(&path.to_string_lossy(), &name)
}

fn folder(root: &Path, filter: &Arc<Filter>) -> Listing {
    let walk = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
    let (base, rules) = (root.to_owned(), Arc::clone(filter));
    let walk = walk.filter_entry(move |entry| is_wanted(entry, &base, &rules));
    let (base, rules) = (root.to_owned(), Arc::clone(filter));
    let mut found = walk.filter_map(move |entry| found(&base, &rules, entry)).peekable();
    if found.peek().is_some() {
        return Box::new(found);
    }
    Box::new(iter::once(Err(empty(root, filter))))
}

/// A folder without anything to read.
fn empty(root: &Path, filter: &Filter) -> Problem {
    let detail = if holds_run(root) {
        "the folder holds the tables of a run, which are not read; give the folder of the documents".to_owned()
    } else if filter.is_selective() {
        "the globs leave no file of this folder to read; check them, and that they hold for the path below it"
            .to_owned()
    } else {
        format!("no file to read in this folder; tifa reads {}", format::KNOWN)
    };
    own_place(root).problem("", "empty", detail)
}

/// Whether the walk goes into a folder, or looks at a file.
fn is_wanted(entry: &DirEntry, root: &Path, filter: &Filter) -> bool {
    let is_hidden = entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
    let is_excluded = || entry.depth() > 0 && filter.excludes(&relative(root, entry.path()));
    let is_run = || entry.file_type().is_dir() && holds_run(entry.path());
    !(is_hidden || is_excluded() || is_run())
}

/// Whether a folder holds the tables of an earlier run, which are no documents.
fn holds_run(folder: &Path) -> bool {
    let Ok(file) = File::open(folder.join("run.json")) else { return false };
    let record: Result<serde_json::Value, _> = serde_json::from_reader(file.take(RECORD));
    record.is_ok_and(|record| record.get("program").is_some_and(|program| program == "tifa"))
}

/// The path below the root with `/` between its parts.
fn relative(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

fn found(root: &Path, filter: &Filter, entry: walkdir::Result<DirEntry>) -> Option<Result<Entry, Problem>> {
    let entry = match entry {
        Ok(entry) => entry,
        Err(error) => return Some(Err(walk_problem(root, &error))),
    };
    let relative = relative(root, entry.path());
    let kind = format::of_name(&relative).filter(|_| entry.file_type().is_file())?;
    let is_named = filter.includes(&relative);
    // The members of an archive are asked for by themselves.
    if !is_named && !kind.0.is_archive() {
        return None;
    }
    let place = Place::new(&entry.path().to_string_lossy(), &relative);
    let bytes = entry.metadata().ok().map(|metadata| metadata.len());
    let content = Content::File(entry.into_path());
    Some(Ok(Entry { place, content, kind: Some(kind), bytes, is_named }))
}

fn walk_problem(root: &Path, error: &walkdir::Error) -> Problem {
    let path = error.path().unwrap_or(root);
    let circle = "a link that leads back to a folder above it; remove the link";
    match error.io_error() {
        Some(error) => io_problem(path, error),
        None => own_place(path).problem("", "unreadable", circle),
    }
}

fn io_problem(path: &Path, error: &std::io::Error) -> Problem {
    own_place(path).io("", error)
}

#[cfg(test)]
mod tests {
    use super::super::Options;
    use super::*;
    use std::fs;

    fn tree(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "text").unwrap();
        }
        folder
    }

    fn listed_with(paths: &[PathBuf], options: &Options) -> Vec<Result<String, String>> {
        let rules = Rules { filter: Arc::new(Filter::new(options).unwrap()), format: options.format };
        let listing = entries(paths, &rules);
        listing.map(|e| e.map(|e| e.place.relative().to_owned()).map_err(|p| p.problem.into_owned())).collect()
    }

    fn listed(paths: &[PathBuf]) -> Vec<Result<String, String>> {
        listed_with(paths, &Options::default())
    }

    fn ok(name: &str) -> Result<String, String> {
        Ok(name.to_owned())
    }

    fn err(kind: &str) -> Result<String, String> {
        Err(kind.to_owned())
    }

    #[test]
    fn a_folder_gives_its_visible_files_sorted() {
        let folder =
            tree(&["b.txt", "a/z.jsonl.gz", "a/B.TXT", ".hidden.txt", ".git/c.txt", "notes", "a.pdf", "a.zip"]);
        assert_eq!(listed(&[folder.path().to_owned()]), ["a/B.TXT", "a/z.jsonl.gz", "a.zip", "b.txt"].map(ok));
    }

    #[test]
    fn paths_keep_the_order_in_which_they_are_given() {
        let folder = tree(&["b.txt", "a.dat", "c/d.txt"]);
        let paths = ["b.txt", "nowhere", "c", "a.dat"].map(|name| folder.path().join(name));
        assert_eq!(listed(&paths), [ok("b.txt"), err("missing"), ok("d.txt"), ok("a.dat")]);
    }

    #[test]
    fn globs_select_files_and_folders_but_archives_by_their_members() {
        let folder = tree(&["a.txt", "b.html", "c.zip", "drafts/d.txt", "x/e.txt", "x/old.txt"]);
        let text = |s: &str| s.to_owned();
        let options = Options {
            include: vec![text("*.txt")],
            exclude: vec![text("drafts"), text("x/old*")],
            ..Options::default()
        };
        let paths = [folder.path().to_owned(), folder.path().join("drafts/d.txt")];
        assert_eq!(listed_with(&paths, &options), ["a.txt", "c.zip", "x/e.txt", "d.txt"].map(ok));
    }

    #[test]
    fn a_folder_without_anything_to_read_is_a_problem() {
        let folder = tree(&["a.pdf"]);
        let rules = |options: &Options| Rules { filter: Arc::new(Filter::new(options).unwrap()), format: None };
        let detail = |options: &Options| {
            entries(&[folder.path().to_owned()], &rules(options)).next().unwrap().unwrap_err().detail
        };
        let expected = "no file to read in this folder; tifa reads .txt .md .html .csv .tsv .jsonl .json .parquet .warc, \
            each also .gz or .zst, .zip and .tar";
        assert_eq!(detail(&Options::default()), expected);
        let selective = Options { include: vec!["*.txt".to_owned()], ..Options::default() };
        assert!(detail(&selective).starts_with("the globs leave no file"));
    }

    #[test]
    fn tables_of_an_earlier_run_are_no_input() {
        let folder = tree(&["a.txt", "out/documents.csv", "other/b.csv"]);
        fs::write(folder.path().join("out/run.json"), r#"{"program": "tifa"}"#).unwrap();
        fs::write(folder.path().join("other/run.json"), r#"{"program": "else"}"#).unwrap();
        assert_eq!(listed(&[folder.path().to_owned()]), ["a.txt", "other/b.csv", "other/run.json"].map(ok));
        assert_eq!(listed(&[folder.path().join("out")]), [err("empty")]);
    }

    #[test]
    fn a_file_without_a_known_name_is_told_by_its_bytes_or_the_option() {
        let folder = tree(&["dump"]);
        fs::write(folder.path().join("dump"), "{\"text\": \"a\"}\n{}\n").unwrap();
        let kind = |format| file(&folder.path().join("dump"), 0, format).unwrap().kind;
        assert_eq!(kind(None), Some((Format::JsonLines, Compression::None)));
        assert_eq!(kind(Some(Format::Csv)), Some((Format::Csv, Compression::None)));
    }

    #[test]
    fn a_file_by_itself_lies_under_its_folder() {
        let place = own_place(Path::new("./x/a.txt"));
        assert_eq!((place.relative(), place.problem("", "empty", "").source.as_str()), ("a.txt", "./x/a.txt"));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_but_not_in_circles() {
        let folder = tree(&["a/x.txt", "y.txt"]);
        std::os::unix::fs::symlink(folder.path().join("y.txt"), folder.path().join("a/w.txt")).unwrap();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("a/z")).unwrap();
        let expected = [ok("a/w.txt"), ok("a/x.txt"), err("unreadable"), ok("y.txt")];
        assert_eq!(listed(&[folder.path().to_owned()]), expected);
    }
}
