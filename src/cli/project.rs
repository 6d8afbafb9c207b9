//! Settings of a project: a file of options by their long names, for what is not given on the command line.

use std::error::Error;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint};
use toml::{Table, Value};

/// The file that is read from the current folder.
const NAME: &str = "tifa.toml";

/// What was typed, with what the project's file adds.
///
/// # Errors
///
/// A message that names the file: it cannot be read, is no TOML, or has a setting that no command knows or a value that
/// is none.
pub(super) fn completed(command: &Command, typed: Vec<OsString>) -> Result<Vec<OsString>, Box<dyn Error>> {
    // A fault in what was typed is told by the parser that follows.
    let Ok(matches) = command.clone().try_get_matches_from(&typed) else { return Ok(typed) };
    let Some((name, matches)) = matches.subcommand() else { return Ok(typed) };
    let Some(subcommand) = command.find_subcommand(name) else { return Ok(typed) };
    if !subcommand.get_arguments().any(|arg| arg.get_id() == "config") {
        return Ok(typed);
    }
    let Some((path, table)) = read(matches)? else { return Ok(typed) };
    let mut all = typed;
    for (key, value) in &table {
        let Some(arg) = find(subcommand, key) else {
            known(command, key, &path)?;
            continue;
        };
        if matches.value_source(arg.get_id().as_str()) != Some(ValueSource::CommandLine) {
            all.extend(typed_as(arg, value, &path)?);
        }
    }
    Ok(all)
}

/// The file and what is in it; none if there is none and none was asked for.
fn read(matches: &ArgMatches) -> Result<Option<(PathBuf, Table)>, Box<dyn Error>> {
    let given = matches.get_one::<PathBuf>("config");
    let path = given.cloned().unwrap_or_else(|| NAME.into());
    if given.is_none() && !path.exists() {
        return Ok(None);
    }
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}; check the path", path.display()))?;
    let table = text.parse::<Table>().map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(Some((path, table)))
}

/// The option of this long name, or the paths.
fn find<'c>(command: &'c Command, key: &str) -> Option<&'c Arg> {
    let is_meant = |arg: &&Arg| arg.get_long() == Some(key) || (arg.is_positional() && arg.get_id() == key);
    command.get_arguments().filter(|arg| arg.get_id() != "config").find(is_meant)
}

/// A setting that only other commands know is none of this one's.
fn known(command: &Command, key: &str, path: &Path) -> Result<(), Box<dyn Error>> {
    if command.get_subcommands().any(|other| find(other, key).is_some()) {
        return Ok(());
    }
    let path = path.display();
    Err(format!("{path}: no option has the name `{key}`; settings have the long names of options, see --help").into())
}

/// A setting as it would be typed.
fn typed_as(arg: &Arg, value: &Value, path: &Path) -> Result<Vec<OsString>, Box<dyn Error>> {
    if let ArgAction::SetTrue = arg.get_action() {
        let Value::Boolean(is_set) = value else { return Err(wrong(arg, "true or false", path)) };
        return Ok(if *is_set { vec![format!("--{}", long(arg)).into()] } else { Vec::new() });
    }
    let values = match value {
        Value::Array(values) => values.as_slice(),
        single => std::slice::from_ref(single),
    };
    values.iter().map(|value| single(arg, value, path)).collect()
}

fn single(arg: &Arg, value: &Value, path: &Path) -> Result<OsString, Box<dyn Error>> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        _ => return Err(wrong(arg, "a text or a number", path)),
    };
    let mut typed = OsString::from(if arg.is_positional() { String::new() } else { format!("--{}=", long(arg)) });
    let is_path = matches!(arg.get_value_hint(), ValueHint::AnyPath | ValueHint::DirPath | ValueHint::FilePath);
    match path.parent().filter(|_| is_path && text != "-") {
        // Paths in the file are told from where it lies.
        Some(folder) => typed.push(folder.join(text)),
        None => typed.push(text),
    }
    Ok(typed)
}

fn wrong(arg: &Arg, expected: &str, path: &Path) -> Box<dyn Error> {
    format!("{}: `{}` must be {expected}", path.display(), long(arg)).into()
}

fn long(arg: &Arg) -> &str {
    arg.get_long().unwrap_or(arg.get_id().as_str())
}

#[cfg(test)]
mod tests {
    use super::super::args::Args;
    use super::*;
    use clap::CommandFactory;

    fn complete(toml: &str, line: &str) -> Result<String, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.toml");
        fs::write(&path, toml).unwrap();
        let config = ["--config".into(), path.into_os_string()];
        let typed = line.split(' ').map(OsString::from).chain(config).collect();
        let all = completed(&Args::command(), typed).map_err(|error| error.to_string())?;
        let added = all.iter().map(|arg| arg.to_str().unwrap().replace(folder.path().to_str().unwrap(), "HERE"));
        Ok(added.skip(line.split(' ').count() + 2).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn settings_stand_for_what_was_not_typed() {
        let toml =
            "paths = ['news', '-']\noutput = 'tables'\nthreads = 2\nexclude = ['a', 'b']\nexcel = true\nquiet = false";
        let expected = "--excel --exclude=a --exclude=b --output=HERE/tables HERE/news - --threads=2";
        assert_eq!(complete(toml, "tifa extract").unwrap(), expected);
        assert_eq!(complete(toml, "tifa extract x -o y --exclude c --threads 1").unwrap(), "--excel");
        assert_eq!(complete("least = 3\nexcel = true", "tifa harvest x").unwrap(), "--least=3");
    }

    #[test]
    fn faults_name_the_file_and_the_setting() {
        let error = |toml| complete(toml, "tifa extract").unwrap_err();
        assert!(error("outptu = 'x'").contains("settings.toml: no option has the name `outptu`"));
        assert!(error("excel = 'yes'").ends_with("`excel` must be true or false"));
        assert!(error("threads = true").ends_with("`threads` must be a text or a number"));
        assert!(error("threads = ").contains("settings.toml: TOML parse error at line 1"));
        let typed = vec!["tifa".into(), "extract".into(), "--config".into(), "/no/such.toml".into()];
        assert!(completed(&Args::command(), typed).unwrap_err().to_string().contains("/no/such.toml"));
    }
}
