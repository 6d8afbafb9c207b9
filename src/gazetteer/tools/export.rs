//! Copies of the shipped files, to be edited.

use super::super::shipped_files;
use crate::error::Error;
use std::fs;
use std::path::Path;

/// A shipped file: name and text.
type Shipped = (&'static str, &'static str);

/// Writes the shipped files, or those of these names, to `folder`, which is made if need be; gives their number. If one
/// of them is there already, nothing is written without `force`.
///
/// # Errors
/// [`Error::Option`] for an unknown name or a file that is there already, [`Error::Io`] if writing fails.
pub fn export(folder: &Path, names: &[String], force: bool) -> Result<usize, Error> {
    let files = chosen(names)?;
    if !force {
        check_free(folder, &files)?;
    }
    fs::create_dir_all(folder).map_err(|error| Error::write(folder, error))?;
    for (name, text) in &files {
        let path = folder.join(name);
        fs::write(&path, text).map_err(|error| Error::write(&path, error))?;
    }
    Ok(files.len())
}

/// The shipped files of these names, all if there are none.
fn chosen(names: &[String]) -> Result<Vec<Shipped>, Error> {
    let all = shipped_files();
    if let Some(unknown) = names.iter().find(|name| !all.iter().any(|(file, _)| file == name)) {
        let known: Vec<&str> = all.iter().map(|(name, _)| *name).collect();
        return Err(Error::Option(format!(
            "{unknown}: no shipped file has this name; the files are {}",
            known.join(", ")
        )));
    }
    let is_wanted = |name: &str| names.is_empty() || names.iter().any(|wanted| wanted == name);
    Ok(all.iter().filter(|(name, _)| is_wanted(name)).copied().collect())
}

fn check_free(folder: &Path, files: &[Shipped]) -> Result<(), Error> {
    match files.iter().map(|(name, _)| folder.join(name)).find(|path| path.exists()) {
        None => Ok(()),
        Some(path) => Err(Error::Option(format!(
            "{}: this file is there already and its changes would be lost; write to another folder, or overwrite it \
             with --force",
            path.display()
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_files_are_chosen_or_those_named_each_once() {
        let names = |wanted: &[&str]| {
            let wanted: Vec<String> = wanted.iter().map(ToString::to_string).collect();
            chosen(&wanted).map(|files| files.iter().map(|(name, _)| *name).collect::<Vec<_>>())
        };
        assert_eq!(names(&[]).unwrap().len(), shipped_files().len());
        assert_eq!(names(&["verbs.csv", "slogans.csv", "verbs.csv"]).unwrap(), ["slogans.csv", "verbs.csv"]);
        let error = names(&["verbs.csv", "verb.csv"]).unwrap_err().to_string();
        assert!(error.starts_with("verb.csv: no shipped file has this name; the files are regions.csv, "), "{error}");
    }
}
