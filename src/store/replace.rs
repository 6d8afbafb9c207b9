//! Puts finished files in the place of those of an earlier run, as one.
//!
//! A new folder, or one that holds nothing but files of an earlier run, is replaced by renaming. Where other files lie
//! in it, or it cannot be renamed, the files are moved one by one by a list that says what is left to do, so that the
//! next run can end what a killed one began; meanwhile the folder has no record, and looks like no complete run.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::folder::remove;
use crate::error::Error;

/// The list of what is to be moved, in the work folder.
const MOVES: &str = "moves.json";
/// The record of a run; while files are moved the folder has none.
const RECORD: &str = "run.json";

/// What is to be done in the folder of the tables.
#[derive(Debug, Serialize, Deserialize)]
struct Moves {
    remove: Vec<String>,
    from: PathBuf,
    /// The record last.
    names: Vec<String>,
}

/// Replaces the files `old` in `output` by those in `new`, and removes the work folder.
pub(super) fn replace(work: &Path, new: &Path, output: &Path, old: &[String]) -> Result<(), Error> {
    if !may_rename(work, output, old)? || !swap(work, new, output)? {
        one_by_one(work, new, output, old)?;
    }
    fs::remove_dir_all(work).map_err(|error| Error::write(work, error))
}

/// Ends what a killed run began.
pub(super) fn recover(work: &Path, output: &Path) -> Result<(), Error> {
    let path = work.join(MOVES);
    let Ok(bytes) = fs::read(&path) else { return Ok(()) };
    // A list that is cut off was never acted on.
    if let Ok(moves) = serde_json::from_slice::<Moves>(&bytes) {
        carry_out(&moves, output)?;
    }
    remove(&path)
}

/// Whether the folder can be renamed with all that is in it: there is none, or it holds nothing but the files of an
/// earlier run, the work folder is not in it, and nobody stands in it.
fn may_rename(work: &Path, output: &Path, old: &[String]) -> Result<bool, Error> {
    if work.starts_with(output) || std::env::current_dir().is_ok_and(|here| here.starts_with(output)) {
        return Ok(false);
    }
    let entries = match output.read_dir() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
        entries => entries.map_err(|error| Error::read(output, error))?,
    };
    let is_old = |entry: &fs::DirEntry| entry.file_name().to_str().is_some_and(|name| old.iter().any(|o| o == name));
    Ok(entries.flatten().all(|entry| is_old(&entry)))
}

/// Renames the folders; `false` if the system does not let us, and then nothing is changed.
fn swap(work: &Path, new: &Path, output: &Path) -> Result<bool, Error> {
    if !output.exists() {
        return fs::rename(new, output).map(|()| true).map_err(|error| Error::write(output, error));
    }
    // A folder that others may use stays so.
    if let Ok(metadata) = output.metadata() {
        let _ = fs::set_permissions(new, metadata.permissions());
    }
    if exchange(new, output) {
        return Ok(true);
    }
    let aside = work.join("old");
    remove(&aside)?;
    if fs::rename(output, &aside).is_err() {
        return Ok(false);
    }
    if let Err(error) = fs::rename(new, output) {
        fs::rename(&aside, output).map_err(|error| Error::write(output, error))?;
        return Err(Error::write(output, error));
    }
    Ok(true)
}

/// Exchanges two folders in one step, where the system can.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(a: &Path, b: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_: &Path, _: &Path) -> bool {
    false
}

fn one_by_one(work: &Path, new: &Path, output: &Path, old: &[String]) -> Result<(), Error> {
    fs::create_dir_all(output).map_err(|error| Error::write(output, error))?;
    let mut names = Vec::new();
    for entry in new.read_dir().map_err(|error| Error::read(new, error))? {
        let name = entry.map_err(|error| Error::read(new, error))?.file_name();
        names.push(name.to_string_lossy().into_owned());
    }
    names.sort_by_key(|name| (name == RECORD, name.clone()));
    let gone = old.iter().filter(|name| !names.contains(name)).cloned();
    let moves = Moves { remove: gone.collect(), from: new.to_owned(), names };
    let list = work.join(MOVES);
    let json = serde_json::to_vec(&moves).map_err(|error| Error::write(&list, error.into()))?;
    fs::write(&list, json).map_err(|error| Error::write(&list, error))?;
    carry_out(&moves, output)
}

/// Each step can be done again.
fn carry_out(moves: &Moves, output: &Path) -> Result<(), Error> {
    if moves.from.join(RECORD).exists() {
        remove(&output.join(RECORD))?;
    }
    moves.remove.iter().try_for_each(|name| remove(&output.join(name)))?;
    for name in &moves.names {
        let (from, to) = (moves.from.join(name), output.join(name));
        if from.exists() {
            if from.is_dir() {
                remove(&to)?;
            }
            fs::rename(&from, &to).map_err(|error| Error::write(&to, error))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A work folder with new files, and the folder for the tables.
    fn place(new: &[&str], present: &[&str]) -> (tempfile::TempDir, PathBuf, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let (work, output) = (root.join(".out.part"), root.join("out"));
        fs::create_dir_all(work.join("new")).unwrap();
        new.iter().for_each(|name| fs::write(work.join("new").join(name), "new").unwrap());
        if !present.is_empty() {
            fs::create_dir(&output).unwrap();
        }
        present.iter().for_each(|name| fs::write(output.join(name), "old").unwrap());
        (folder, work, output)
    }

    fn contents(output: &Path) -> Vec<(String, String)> {
        let entry = |entry: io::Result<fs::DirEntry>| {
            let entry = entry.unwrap();
            (entry.file_name().into_string().unwrap(), fs::read_to_string(entry.path()).unwrap())
        };
        let mut all: Vec<_> = output.read_dir().unwrap().map(entry).collect();
        all.sort();
        all
    }

    fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
        all.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn a_folder_with_nothing_else_is_replaced_whole() {
        let (_folder, work, output) = place(&["a.csv", "run.json"], &["a.csv", "b.csv", "run.json"]);
        let old = ["a.csv", "b.csv", "run.json"].map(String::from);
        assert!(may_rename(&work, &output, &old).unwrap());
        replace(&work, &work.join("new"), &output, &old).unwrap();
        assert_eq!(contents(&output), pairs(&[("a.csv", "new"), ("run.json", "new")]));
        assert!(!work.exists());
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_others_may_use_stays_so() {
        use std::os::unix::fs::PermissionsExt;
        let (_folder, work, output) = place(&["run.json"], &["run.json"]);
        fs::set_permissions(&output, fs::Permissions::from_mode(0o2775)).unwrap();
        replace(&work, &work.join("new"), &output, &["run.json".to_owned()]).unwrap();
        assert_eq!(output.metadata().unwrap().permissions().mode() & 0o7777, 0o2775);
    }

    #[test]
    fn other_files_stay_where_they_are() {
        let (_folder, work, output) = place(&["a.csv", "run.json"], &["a.csv", "b.csv", "mine.txt", "run.json"]);
        let old = ["a.csv", "b.csv", "run.json"].map(String::from);
        assert!(!may_rename(&work, &output, &old).unwrap());
        replace(&work, &work.join("new"), &output, &old).unwrap();
        assert_eq!(contents(&output), pairs(&[("a.csv", "new"), ("mine.txt", "old"), ("run.json", "new")]));
    }

    #[test]
    fn a_move_that_was_cut_off_is_ended_by_the_next_run() {
        let (_folder, work, output) = place(&["a.csv", "b.csv", "run.json"], &["a.csv", "mine.txt", "run.json"]);
        let names = ["a.csv", "b.csv", "run.json"].map(String::from).to_vec();
        let moves = Moves { remove: Vec::new(), from: work.join("new"), names };
        fs::write(work.join(MOVES), serde_json::to_vec(&moves).unwrap()).unwrap();
        fs::remove_file(output.join("run.json")).unwrap();
        fs::rename(work.join("new/a.csv"), output.join("a.csv")).unwrap();
        recover(&work, &output).unwrap();
        let expected = [("a.csv", "new"), ("b.csv", "new"), ("mine.txt", "old"), ("run.json", "new")];
        assert_eq!(contents(&output), pairs(&expected));
        assert!(!work.join(MOVES).exists());
        // The list was removed last; a second end changes nothing.
        fs::write(work.join(MOVES), serde_json::to_vec(&moves).unwrap()).unwrap();
        recover(&work, &output).unwrap();
        assert_eq!(contents(&output), pairs(&expected));
    }
}
