//! Lists the files to read, in an order that depends on their names alone.
//!
//! The listing is lazy, so that a corpus of millions of files needs no list in memory.

use std::iter;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use super::{Problem, Source};

type Listing = Box<dyn Iterator<Item = Result<Source, Problem>>>;

/// The files to read under the given paths, in the order of the paths; the files of a folder sorted by path.
///
/// A file that is given by itself is read whatever its name. A folder is searched through all its folders for `.txt`
/// files; hidden files and folders are passed over, links are followed. What is missing or cannot be opened, and a
/// folder without a text, is a [`Problem`] at its place in the order.
pub fn sources(paths: &[PathBuf]) -> impl Iterator<Item = Result<Source, Problem>> {
    paths.iter().flat_map(|path| list(path))
}

fn list(path: &Path) -> Listing {
    match path.metadata() {
        Err(error) => Box::new(iter::once(Err(Problem::io(path, &error)))),
        Ok(metadata) if metadata.is_dir() => folder(path),
        Ok(_) => Box::new(iter::once(Ok(file(path)))),
    }
}

fn file(path: &Path) -> Source {
    let root = path.parent().unwrap_or(Path::new(""));
    Source { root: root.into(), relative: path.strip_prefix(root).unwrap_or(path).to_owned() }
}

fn folder(root: &Path) -> Listing {
    let root: Arc<Path> = root.into();
    let walk = WalkDir::new(&*root).follow_links(true).sort_by_file_name().into_iter().filter_entry(is_visible);
    let base = Arc::clone(&root);
    let mut found = walk.filter_map(move |entry| found(&base, entry)).peekable();
    if found.peek().is_some() {
        return Box::new(found);
    }
    let detail = "no .txt file in this folder; give a folder that holds the documents as .txt files";
    Box::new(iter::once(Err(Problem::new(&root, "empty", detail))))
}

fn is_visible(entry: &DirEntry) -> bool {
    entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn found(root: &Arc<Path>, entry: walkdir::Result<DirEntry>) -> Option<Result<Source, Problem>> {
    let entry = match entry {
        Ok(entry) => entry,
        Err(error) => return Some(Err(walk_problem(root, &error))),
    };
    let relative = entry.path().strip_prefix(root).unwrap_or(entry.path());
    let wanted = entry.file_type().is_file() && is_text(entry.path());
    wanted.then(|| Ok(Source { root: Arc::clone(root), relative: relative.to_owned() }))
}

fn is_text(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("txt"))
}

fn walk_problem(root: &Path, error: &walkdir::Error) -> Problem {
    let path = error.path().unwrap_or(root);
    match error.io_error() {
        Some(error) => Problem::io(path, error),
        None => Problem::new(path, "unreadable", "a link that leads back to a folder above it; remove the link"),
    }
}

#[cfg(test)]
mod tests {
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

    fn listed(paths: &[PathBuf]) -> Vec<Result<String, &'static str>> {
        sources(paths).map(|s| s.map(|s| s.relative()).map_err(|p| p.problem)).collect()
    }

    #[test]
    fn a_folder_gives_its_visible_texts_sorted() {
        let folder = tree(&["b.txt", "a/z.txt", "a/B.TXT", ".hidden.txt", ".git/c.txt", "README.md", "notes", "a.txt"]);
        let found = listed(&[folder.path().to_owned()]);
        assert_eq!(found, ["a/B.TXT", "a/z.txt", "a.txt", "b.txt"].map(|s| Ok(s.to_owned())));
    }

    #[test]
    fn paths_keep_the_order_in_which_they_are_given() {
        let folder = tree(&["b.txt", "a.dat", "c/d.txt"]);
        let paths = ["b.txt", "nowhere", "c", "a.dat"].map(|name| folder.path().join(name));
        let ok = |name: &str| Ok(name.to_owned());
        assert_eq!(listed(&paths), [ok("b.txt"), Err("missing"), ok("d.txt"), ok("a.dat")]);
    }

    #[test]
    fn a_folder_without_texts_is_a_problem() {
        let folder = tree(&["README.md"]);
        assert_eq!(listed(&[folder.path().to_owned()]), [Err("empty")]);
    }

    #[test]
    fn a_bare_file_name_stays_as_given() {
        let source = file(Path::new("a.txt"));
        assert_eq!((source.path(), source.relative()), (PathBuf::from("a.txt"), "a.txt".to_owned()));
        let source = file(Path::new("./x/a.txt"));
        assert_eq!((source.path(), source.relative()), (PathBuf::from("./x/a.txt"), "a.txt".to_owned()));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_but_not_in_circles() {
        let folder = tree(&["a/x.txt", "y.txt"]);
        std::os::unix::fs::symlink(folder.path().join("y.txt"), folder.path().join("a/w.txt")).unwrap();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("a/z")).unwrap();
        let ok = |name: &str| Ok(name.to_owned());
        let expected = [ok("a/w.txt"), ok("a/x.txt"), Err("unreadable"), ok("y.txt")];
        assert_eq!(listed(&[folder.path().to_owned()]), expected);
    }
}
