//! Reads input: lists the files under the given paths, and reads one file as a [`Document`].
//!
//! Only plain text so far. What a document says is no matter of this stage, nor how many are read at once
//! (`corpus`); what cannot be read becomes a [`Problem`], never an end of the run.

mod list;
mod problem;
mod text;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

pub use list::sources;
pub use problem::Problem;

use crate::model::Document;

/// A file to read, and the given path under which it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    root: Arc<Path>,
    relative: PathBuf,
}

impl Source {
    /// The path as given: the root joined with the path below it.
    pub fn path(&self) -> PathBuf {
        self.root.join(&self.relative)
    }

    /// The path below the given root, with `/` between its parts; a file given by itself lies under its folder.
    pub fn relative(&self) -> String {
        let parts: Vec<_> = self.relative.iter().map(|part| part.to_string_lossy()).collect();
        parts.join("/")
    }
}

/// Reads a file as one document.
///
/// The id of the document is made from its path below the given root and its text, so that it is the same wherever
/// the folder lies. It is not unique where two roots hold the same file: a run numbers such documents (`corpus`).
///
/// # Errors
///
/// A [`Problem`] of the kind `missing`, `unreadable`, `not_utf8` or `empty`.
pub fn read(source: &Source) -> Result<Document, Problem> {
    let path = source.path();
    let text = std::fs::read(&path).map_err(|error| Problem::io(&path, &error)).and_then(|b| text::decode(&path, b))?;
    Ok(Document {
        id: document_id(&source.relative(), "", &text),
        source: path.to_string_lossy().into_owned(),
        text,
        ..Document::default()
    })
}

/// First 12 hexadecimal digits of the SHA-256 over path, record and text, with NUL between them.
fn document_id(relative: &str, record: &str, text: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(format!("{relative}\0{record}\0"));
    hash.update(text);
    hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn id_is_made_of_path_record_and_text() {
        // printf 'a.txt\0\0text' | sha256sum
        assert_eq!(document_id("a.txt", "", "text"), "0b41d931a82e");
        assert_ne!(document_id("a.txt", "1", "text"), document_id("a.txt", "", "text"));
        assert_ne!(document_id("b.txt", "", "text"), document_id("a.txt", "", "text"));
    }

    #[test]
    fn id_does_not_depend_on_the_root() {
        let folder = tempfile::tempdir().unwrap();
        for root in ["one", "two"] {
            std::fs::create_dir_all(folder.path().join(root).join("sub")).unwrap();
            std::fs::write(folder.path().join(root).join("sub/a.txt"), "text").unwrap();
        }
        let id = |root: &str| {
            let paths = [folder.path().join(root)];
            let source = sources(&paths).next().unwrap().unwrap();
            assert_eq!(source.relative(), "sub/a.txt");
            read(&source).unwrap()
        };
        let (one, two) = (id("one"), id("two"));
        assert_eq!(one.id, two.id);
        assert_eq!(one.id, document_id("sub/a.txt", "", "text"));
        assert_eq!(two.source, folder.path().join("two/sub/a.txt").to_string_lossy());
    }

    #[test]
    fn a_file_that_went_away_is_missing() {
        let source = Source { root: Path::new("/no/such").into(), relative: "a.txt".into() };
        let problem = read(&source).unwrap_err();
        assert_eq!((problem.source.as_str(), problem.problem), ("/no/such/a.txt", "missing"));
    }
}
