//! What can go wrong when a run is scored: what, where, and what to do about it.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

/// Why a run could not be scored.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum EvalError {
    /// A folder or file could not be opened or is not UTF-8.
    #[error("cannot read {what} {}: {source}; {help}", path.display())]
    Read {
        /// What was to be read, in words.
        what: &'static str,
        /// The folder or file.
        path: PathBuf,
        /// What the user can do.
        help: &'static str,
        /// The cause.
        source: io::Error,
    },
    /// The gold folder holds no gold file.
    #[error("no *.gold file in {}; give the folder that holds the gold files", path.display())]
    NoGold {
        /// The folder.
        path: PathBuf,
    },
    /// A line of a gold file does not follow the format.
    #[error("{}:{line}: {problem}; mend this line of the gold file", path.display())]
    Gold {
        /// The gold file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        problem: String,
    },
    /// A table of the run does not have the rows or columns that it should have.
    #[error("{}{}: {source}; write the tables anew with this version of the program", path.display(), at(source))]
    Table {
        /// The table.
        path: PathBuf,
        /// The cause.
        source: csv::Error,
    },
}

/// The line of a table at which reading it failed, as `:LINE`, if it is known.
fn at(error: &csv::Error) -> String {
    let position = match error.kind() {
        csv::ErrorKind::Deserialize { pos, .. }
        | csv::ErrorKind::UnequalLengths { pos, .. }
        | csv::ErrorKind::Utf8 { pos, .. } => pos.as_ref(),
        _ => None,
    };
    position.map_or_else(String::new, |p| format!(":{}", p.line()))
}
