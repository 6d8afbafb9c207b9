//! What to read and how: the options of a run that concern its input.

use std::path::Path;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::Format;
use crate::error::Error;

/// What to read and how.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Globs on the path below the given folder; with any, only what matches one is read.
    pub include: Vec<String>,
    /// Globs on the path below the given folder; what matches one is not read.
    pub exclude: Vec<String>,
    /// Names of columns, where they are not the usual ones.
    pub columns: Columns,
    /// Format of files that are given by themselves, and of standard input.
    pub format: Option<Format>,
    /// What is too much.
    pub limits: Limits,
    /// The part of the input that is read.
    pub shard: Option<Shard>,
}

/// Names of the columns or keys that hold a text and what is known about it; `None` for the usual names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    /// The text.
    pub text: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The day of publication.
    pub date: Option<String>,
    /// What names the record.
    pub id: Option<String>,
    /// The address on the web.
    pub url: Option<String>,
    /// Newspaper, agency or site.
    pub outlet: Option<String>,
}

/// What is too much to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Most bytes of one document, line or record, unpacked.
    pub document: u64,
    /// Most bytes that a byte on disk may unpack to, once 256 MB were unpacked; 0 for no limit.
    pub ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { document: 8_000_000, ratio: 1000 }
    }
}

/// One of several parts of the input, which together are all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// Number of the part, from 1.
    pub index: u64,
    /// Number of parts.
    pub count: u64,
}

impl Shard {
    /// Whether the item is in this part.
    pub(super) fn holds(self, file: u64, record: u64) -> bool {
        file.wrapping_add(record) % self.count.max(1) == self.index.wrapping_sub(1)
    }
}

/// The globs of a run. A glob without `/` stands for a name at any depth; one for a folder holds for all in it.
#[derive(Debug, Default)]
pub(super) struct Filter {
    include: Option<GlobSet>,
    exclude: Option<GlobSet>,
}

impl Filter {
    /// # Errors
    ///
    /// [`Error::Option`] for a glob that is none.
    pub(super) fn new(options: &Options) -> Result<Self, Error> {
        Ok(Self { include: set(&options.include)?, exclude: set(&options.exclude)? })
    }

    /// Whether any glob says what to read.
    pub(super) fn is_selective(&self) -> bool {
        self.include.is_some() || self.exclude.is_some()
    }

    /// Whether the path, or a folder above it, is excluded.
    pub(super) fn excludes(&self, relative: &str) -> bool {
        let any = |set: &GlobSet| Path::new(relative).ancestors().any(|path| set.is_match(path));
        self.exclude.as_ref().is_some_and(any)
    }

    /// Whether the path itself is asked for; everything is, where nothing is named.
    pub(super) fn includes(&self, relative: &str) -> bool {
        self.include.as_ref().is_none_or(|set| set.is_match(relative))
    }
}

fn set(globs: &[String]) -> Result<Option<GlobSet>, Error> {
    if globs.is_empty() {
        return Ok(None);
    }
    let mut builder = GlobSetBuilder::new();
    for glob in globs {
        let error = |error: globset::Error| Error::Option(format!("the glob '{glob}' is not sound: {}", error.kind()));
        builder.add(GlobBuilder::new(&anchored(glob)).literal_separator(true).build().map_err(error)?);
    }
    builder.build().map(Some).map_err(|error| Error::Option(format!("the globs cannot be used: {error}")))
}

/// The glob as one on the whole path: `*.txt` is `**/*.txt`, `drafts/` is `**/drafts`, `/a.txt` is `a.txt`.
fn anchored(glob: &str) -> String {
    let bare = glob.trim_end_matches('/');
    match bare.strip_prefix("./").or_else(|| bare.strip_prefix('/')) {
        Some(rest) => rest.to_owned(),
        None if bare.contains('/') => bare.to_owned(),
        None => format!("**/{bare}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter(include: &[&str], exclude: &[&str]) -> Filter {
        let owned = |globs: &[&str]| globs.iter().map(|glob| (*glob).to_owned()).collect();
        Filter::new(&Options { include: owned(include), exclude: owned(exclude), ..Options::default() }).unwrap()
    }

    #[test]
    fn a_glob_without_a_slash_holds_at_any_depth() {
        let filter = filter(&["*.txt", "news/*.html"], &[]);
        let included = |path| filter.includes(path);
        assert!(included("a.txt") && included("x/y/a.txt") && included("news/a.html"));
        assert!(!included("a.html") && !included("x/news/a.html") && !included("news/x/a.html"));
    }

    #[test]
    fn an_excluded_folder_is_left_out_with_all_in_it() {
        for glob in ["drafts", "drafts/", "drafts/**", "/drafts"] {
            let filter = filter(&[], &[glob]);
            assert!(filter.excludes("drafts/a.txt") && filter.excludes("drafts/x/a.txt"), "{glob}");
            assert!(!filter.excludes("draft/a.txt") && !filter.excludes("a.txt"), "{glob}");
        }
        assert!(filter(&[], &["drafts"]).excludes("x/drafts/a.txt"));
        assert!(!filter(&[], &["drafts/**"]).excludes("x/drafts/a.txt"));
    }

    #[test]
    fn without_globs_everything_is_read() {
        let filter = filter(&[], &[]);
        assert!(filter.includes("a") && !filter.excludes("a") && !filter.is_selective());
    }

    #[test]
    fn a_bad_glob_is_named() {
        let options = Options { include: vec!["a[".to_owned()], ..Options::default() };
        let error = Filter::new(&options).unwrap_err().to_string();
        assert_eq!(error, "the glob 'a[' is not sound: unclosed character class; missing ']'");
    }

    #[test]
    fn each_item_is_in_one_shard() {
        let holders = |file, record| (1..=3).filter(move |index| Shard { index: *index, count: 3 }.holds(file, record));
        let found: Vec<u64> = (0..4).flat_map(|record| holders(1, record)).collect();
        assert_eq!(found, [2, 3, 1, 2]);
    }
}
