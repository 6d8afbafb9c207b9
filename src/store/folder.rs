//! The work folder of a run: beside the folder for the tables, until these take its place.
//!
//! `segments/` holds what is done, `spare/` what an earlier run had done, `new/` the finished files, `sort/` files that
//! last as long as the process; `run.json` says what made the segments, `lock` that somebody is at work.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use serde_json::{Value, json};

use super::block::{Block, Hash};
use super::replace;
use super::segment;
use super::spare::Spare;
use super::stream::{ENDING, segments_below};
use crate::error::Error;

const SEGMENTS: &str = "segments";
const SPARE: &str = "spare";
const NEW: &str = "new";
const SORT: &str = "sort";
const LOCK: &str = "lock";
const RECORD: &str = "run.json";

/// The work folder of a run that is going on.
///
/// When it is dropped before [`Store::replace`], it stays on the disk with what is done, unless nothing is.
#[derive(Debug)]
pub struct Store {
    output: PathBuf,
    folder: PathBuf,
    /// Segments written so far.
    count: AtomicU32,
    spare: Spare,
    /// Whether there is nothing to keep.
    is_empty: AtomicBool,
    _lock: File,
}

/// A store with what was found at its place.
#[derive(Debug)]
pub struct Opened {
    /// The store.
    pub store: Store,
    /// Documents of an unfinished run that need not be done again.
    pub resumed: usize,
    /// Whether an unfinished run was thrown away.
    pub discarded: bool,
}

impl Store {
    /// Opens the work folder for the folder `output`. `maker` says what makes the segments (version, gazetteers):
    /// with `resume`, an unfinished run goes on if it says the same; without, it is thrown away.
    ///
    /// # Errors
    ///
    /// [`Error::Option`] if another process is at work here or an unfinished run was made by something else,
    /// [`Error::Io`] if the folder cannot be written.
    pub fn open(output: &Path, maker: &Value, resume: bool) -> Result<Opened, Error> {
        let output = settled(output)?;
        let folder = make(&output)?;
        let lock = lock(&folder)?;
        replace::recover(&folder, &output)?;
        let earlier = segments(&folder)?;
        let is_unfinished = !earlier.is_empty();
        let spare = if resume && is_unfinished { take_over(&folder, maker)? } else { Vec::new() };
        if !resume {
            clear(&folder)?;
        }
        for name in [SEGMENTS, SPARE] {
            create(&folder.join(name))?;
        }
        write(&folder.join(RECORD), format!("{:#}\n", record(maker)).as_bytes())?;
        let spare = Spare::new(spare);
        let is_empty = AtomicBool::new(spare.len() == 0);
        let (resumed, discarded) = (spare.len(), is_unfinished && !resume);
        Ok(Opened {
            store: Self { output, folder, count: AtomicU32::new(0), spare, is_empty, _lock: lock },
            resumed,
            discarded,
        })
    }

    /// The block of a document with this content, if an earlier run has done it.
    pub fn done(&self, hash: &Hash) -> Option<Block> {
        self.spare.find(hash)
    }

    /// Keeps the next blocks, in input order.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if the file cannot be written; what was kept before stays.
    pub fn push(&self, blocks: &[Block]) -> Result<(), Error> {
        if blocks.is_empty() {
            return Ok(());
        }
        let number = self.count.fetch_add(1, Ordering::Relaxed);
        segment::write(&self.segments().join(format!("{number:08}.{ENDING}")), blocks)?;
        self.is_empty.store(false, Ordering::Relaxed);
        Ok(())
    }

    /// The folder of the segments.
    pub fn segments(&self) -> PathBuf {
        self.folder.join(SEGMENTS)
    }

    /// A folder for files that are needed while the tables are made; empty at first.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if it cannot be made.
    pub fn sort_folder(&self) -> Result<PathBuf, Error> {
        fresh(&self.folder.join(SORT))
    }

    /// A folder for the finished files; empty at first.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if it cannot be made.
    pub fn new_folder(&self) -> Result<PathBuf, Error> {
        fresh(&self.folder.join(NEW))
    }

    /// Puts the finished files in the place of those of an earlier run, as one, and removes the work folder. `old` are
    /// the names of the earlier run's files; no others are touched.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if a file cannot be renamed; then the work folder stays.
    pub fn replace(self, old: &[String]) -> Result<(), Error> {
        replace::replace(&self.folder, &self.folder.join(NEW), &self.output, old)?;
        self.is_empty.store(true, Ordering::Relaxed);
        Ok(())
    }

    /// Puts the segments among the finished files.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] if the folder cannot be renamed.
    pub fn keep_segments(&self) -> Result<(), Error> {
        let to = self.folder.join(NEW).join(SEGMENTS);
        fs::rename(self.segments(), &to).map_err(|error| Error::write(to, error))
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        if self.is_empty.load(Ordering::Relaxed) {
            // Nothing is lost if it stays.
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

/// The folder for the tables as an absolute path without links, so that it can be renamed; it need not exist.
fn settled(output: &Path) -> Result<PathBuf, Error> {
    let failed = |error| Error::write(output, error);
    if output.exists() {
        return output.canonicalize().map_err(failed);
    }
    let absolute = std::path::absolute(output).map_err(failed)?;
    let parent = absolute.parent().unwrap_or(Path::new("/"));
    create(parent)?;
    let parent = parent.canonicalize().map_err(failed)?;
    Ok(absolute.file_name().map_or_else(|| parent.clone(), |name| parent.join(name)))
}

/// The work folder: beside the folder for the tables, or in it where nothing may be written beside it.
fn make(output: &Path) -> Result<PathBuf, Error> {
    let beside = output.file_name().map(|name| {
        let name = format!(".{}.tifa-part", name.to_string_lossy());
        output.with_file_name(name)
    });
    let inside = output.join(".tifa-part");
    if let Some(beside) = beside.filter(|_| !inside.exists()) {
        let made = fs::create_dir_all(&beside);
        let is_barred = matches!(&made, Err(error) if is_barred(error));
        if !is_barred || !output.exists() {
            return made.map(|()| beside.clone()).map_err(|error| Error::write(beside, error));
        }
    }
    create(&inside)?;
    Ok(inside)
}

fn is_barred(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}

fn lock(folder: &Path) -> Result<File, Error> {
    let path = folder.join(LOCK);
    let file = File::create(&path).map_err(|error| Error::write(&path, error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::Option(format!(
            "{}: another run of tifa is writing here; wait for its end, or write to another folder",
            folder.display()
        ))),
        // A file system without locks is no reason not to run.
        Err(TryLockError::Error(_)) => Ok(file),
    }
}

/// All segments of an unfinished run, those of its last start first.
fn segments(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut all = Vec::new();
    for name in [SEGMENTS, SPARE] {
        if folder.join(name).is_dir() {
            all.extend(segments_below(&folder.join(name))?);
        }
    }
    Ok(all)
}

/// Moves the segments of an unfinished run out of the way; gives those that can be used.
fn take_over(folder: &Path, maker: &Value) -> Result<Vec<PathBuf>, Error> {
    let made = fs::read(folder.join(RECORD)).ok().and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
    if made.as_ref() != Some(&record(maker)) {
        return Err(Error::Option(format!(
            "{}: the unfinished run was made with other gazetteers or by another version of tifa; start anew without \
             --resume",
            folder.display()
        )));
    }
    let spare = folder.join(SPARE);
    create(&spare)?;
    let starts = segments_below(&spare)?.iter().filter_map(|path| start(path)).max().map_or(0, |start| start + 1);
    for path in segments_below(&folder.join(SEGMENTS))? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let to = spare.join(format!("{starts:04}-{name}"));
        fs::rename(&path, &to).map_err(|error| Error::write(to, error))?;
    }
    let mut all = segments_below(&spare)?;
    all.retain(|path| segment::is_whole(path));
    Ok(all)
}

/// The start of a run to which a spare segment belongs.
fn start(path: &Path) -> Option<u32> {
    path.file_name()?.to_str()?.split_once('-')?.0.parse().ok()
}

fn record(maker: &Value) -> Value {
    json!({"program": "tifa", "state": "unfinished: `--resume` goes on with it", "maker": maker})
}

/// Removes everything but the lock.
fn clear(folder: &Path) -> Result<(), Error> {
    for name in [SEGMENTS, SPARE, NEW, SORT] {
        remove(&folder.join(name))?;
    }
    Ok(())
}

pub(super) fn remove(path: &Path) -> Result<(), Error> {
    let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::write(path, error)),
        _ => Ok(()),
    }
}

fn fresh(path: &Path) -> Result<PathBuf, Error> {
    remove(path)?;
    create(path)?;
    Ok(path.to_owned())
}

fn create(path: &Path) -> Result<(), Error> {
    fs::create_dir_all(path).map_err(|error| Error::write(path, error))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    fs::write(path, bytes).map_err(|error| Error::write(path, error))
}

#[cfg(test)]
mod tests {
    use super::super::segment::tests::block;
    use super::*;

    fn open(output: &Path, resume: bool) -> Opened {
        Store::open(output, &json!("maker"), resume).unwrap()
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            folder.read_dir().unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn an_unfinished_run_goes_on_or_is_thrown_away() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("out");
        let first = open(&output, false).store;
        first.push(&[block(1, "a"), block(2, "b")]).unwrap();
        drop(first);
        let second = open(&output, true);
        assert_eq!((second.resumed, second.discarded), (2, false));
        assert_eq!(second.store.done(&[2; 16]).unwrap().head.id, "b");
        second.store.push(&[block(3, "c")]).unwrap();
        drop(second);
        let third = open(&output, true);
        assert_eq!(third.resumed, 3);
        drop(third);
        let fresh = open(&output, false);
        assert_eq!((fresh.resumed, fresh.discarded), (0, true));
        assert_eq!(fresh.store.done(&[2; 16]), None);
        drop(fresh);
        assert_eq!(names(folder.path()), [""; 0]);
    }

    #[test]
    fn what_something_else_has_made_is_not_mixed_in() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("out");
        open(&output, false).store.push(&[block(1, "a")]).unwrap();
        let error = Store::open(&output, &json!("other"), true).unwrap_err().to_string();
        assert!(error.contains("other gazetteers"), "{error}");
        assert_eq!(open(&output, true).resumed, 1);
    }

    #[test]
    fn two_runs_do_not_write_to_one_folder() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("out");
        let _first = open(&output, false);
        let error = Store::open(&output, &json!("maker"), false).unwrap_err().to_string();
        assert!(error.contains("another run"), "{error}");
    }

    #[test]
    fn a_segment_that_was_cut_is_done_again() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("out");
        let store = open(&output, false).store;
        store.push(&[block(1, "a")]).unwrap();
        store.push(&[block(2, "b")]).unwrap();
        let path = store.segments().join("00000001.seg");
        drop(store);
        let bytes = fs::read(&path).unwrap();
        fs::write(&path, &bytes[..bytes.len() - 1]).unwrap();
        assert_eq!(open(&output, true).resumed, 1);
    }

    #[test]
    fn finished_files_take_their_place_and_the_work_folder_goes() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("a/out");
        let store = open(&output, false).store;
        fs::write(store.new_folder().unwrap().join("t.csv"), "new").unwrap();
        store.replace(&[]).unwrap();
        assert_eq!(names(&folder.path().join("a")), ["out"]);
        assert_eq!(names(&output), ["t.csv"]);
    }
}
