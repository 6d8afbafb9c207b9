//! What could not be read, and what the user can do about it: a row of `problems.csv`.

use std::fmt;
use std::io;
use std::path::Path;

/// Input that could not be read, or was read in part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The path as given.
    pub source: String,
    /// Line or row in a container; empty for a file that is one document.
    pub record: String,
    /// Kind: `missing`, `unreadable`, `not_utf8`, `empty`, or `internal` for a fault of the program.
    pub problem: &'static str,
    /// What is wrong and what to do about it.
    pub detail: String,
}

impl Problem {
    pub(super) fn new(path: &Path, problem: &'static str, detail: impl Into<String>) -> Self {
        let source = path.to_string_lossy().into_owned();
        Self { source, record: String::new(), problem, detail: detail.into() }
    }

    /// The problem that an error of the operating system makes.
    pub(super) fn io(path: &Path, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::new(path, "missing", "no such file or folder; check the path"),
            _ => Self::new(path, "unreadable", format!("{error}; check that the path may be read")),
        }
    }
}

impl std::error::Error for Problem {}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let record = if self.record.is_empty() { String::new() } else { format!(":{}", self.record) };
        write!(f, "{}{record}: {}", self.source, self.detail)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_of_the_system_have_a_kind_and_a_remedy() {
        let missing = Problem::io(Path::new("a"), &io::ErrorKind::NotFound.into());
        assert_eq!(
            (missing.problem, missing.to_string().as_str()),
            ("missing", "a: no such file or folder; check the path")
        );
        let denied = Problem::io(Path::new("a"), &io::ErrorKind::PermissionDenied.into());
        assert_eq!(
            (denied.problem, denied.detail.as_str()),
            ("unreadable", "permission denied; check that the path may be read")
        );
    }

    #[test]
    fn a_record_is_named_after_the_path() {
        let problem = Problem { record: "7".into(), ..Problem::new(Path::new("a.csv"), "empty", "no text") };
        assert_eq!(problem.to_string(), "a.csv:7: no text");
    }
}
