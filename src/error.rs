//! The errors of the library: each says what failed, where, and what to do about it.
//!
//! Scoring has errors of its own (`eval`), because it reads other files.

use std::fmt;
use std::path::PathBuf;

/// One fault in a gazetteer file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// File name or path as it was opened.
    pub file: String,
    /// Line in the file, from 1; 0 where the fault concerns the whole file.
    pub line: u64,
    /// What is wrong and how to mend it.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// All faults found while the gazetteers were loaded, in the order of files and lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.len();
        write!(f, "{count} fault{}", if count == 1 { "" } else { "s" })?;
        for fault in &self.0 {
            write!(f, "\n  {fault}")?;
        }
        Ok(())
    }
}

/// Why an operation of the library failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder could not be opened, read or written.
    #[error("{}: {source}; {}", path.display(), remedy(source, action))]
    Io {
        /// The path as given.
        path: PathBuf,
        /// What was attempted: `read` or `written`.
        action: &'static str,
        /// The error of the operating system.
        source: std::io::Error,
    },
    /// A gazetteer has bad rows; every fault is listed.
    #[error("the gazetteers cannot be used: {0}")]
    Gazetteer(Faults),
    /// A file of decisions has bad rows; every fault is listed.
    #[error("the decisions cannot be used: {0}")]
    Decisions(Faults),
    /// An option has a value that makes no sense.
    #[error("{0}")]
    Option(String),
}

/// What to do about an error of the operating system.
fn remedy(error: &std::io::Error, action: &str) -> String {
    use std::io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    match error.kind() {
        StorageFull | QuotaExceeded | FileTooLarge => {
            "make room, or write elsewhere; what is done stays, and --resume goes on with it".to_owned()
        }
        _ => format!("check that the path exists and may be {action}"),
    }
}

impl Error {
    /// An [`Error::Io`] for reading `path`.
    pub fn read(path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        Self::Io { path: path.into(), action: "read", source }
    }

    /// An [`Error::Io`] for writing `path`.
    pub fn write(path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        Self::Io { path: path.into(), action: "written", source }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_of_the_system_say_what_to_do() {
        let said = |kind: std::io::ErrorKind| Error::write("out/a.csv", kind.into()).to_string();
        let expected = "out/a.csv: permission denied; check that the path exists and may be written";
        assert_eq!(said(std::io::ErrorKind::PermissionDenied), expected);
        assert!(said(std::io::ErrorKind::StorageFull).ends_with("--resume goes on with it"));
    }
}
