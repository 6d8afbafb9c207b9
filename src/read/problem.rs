//! What could not be read, and what the user can do about it: a row of `problems.csv`.

use std::borrow::Cow;
use std::fmt;
use std::io;

use serde::{Deserialize, Serialize};

use super::stream::Fault;

/// Input that could not be read, or was read in part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The path as given.
    pub source: String,
    /// Line, row or member in a container; empty for a file that is one document.
    pub record: String,
    /// Kind. Of files: `missing`, `unreadable` (also damaged), `truncated` (ends too early), `ratio` (unpacks to far
    /// too much), `no_text_column`, `no_column` (an option names a column that is not there). Of members of
    /// archives: `encrypted`, `nested` (an archive in an archive). Of documents: `empty`, `too_large`,
    /// `row_width`, `invalid_json`. `internal` is a fault of the program.
    pub problem: Cow<'static, str>,
    /// What is wrong and what to do about it.
    pub detail: String,
}

impl Problem {
    pub(super) fn new(source: &str, record: String, problem: &'static str, detail: impl Into<String>) -> Self {
        Self { source: source.to_owned(), record, problem: Cow::Borrowed(problem), detail: detail.into() }
    }

    /// The problem that an error of the operating system, of the unpacking or of a limit makes.
    pub(super) fn io(source: &str, record: String, error: &io::Error) -> Self {
        if let Some(fault) = error.get_ref().and_then(|inner| inner.downcast_ref::<Fault>()) {
            return Self::new(source, record, fault.kind(), fault.to_string());
        }
        match error.kind() {
            io::ErrorKind::NotFound => Self::new(source, record, "missing", "no such file or folder; check the path"),
            _ => Self::new(source, record, "unreadable", format!("{error}; check that the path may be read")),
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
        let missing = Problem::io("a", String::new(), &io::ErrorKind::NotFound.into());
        assert_eq!(
            (missing.problem.as_ref(), missing.to_string().as_str()),
            ("missing", "a: no such file or folder; check the path")
        );
        let denied = Problem::io("a", String::new(), &io::ErrorKind::PermissionDenied.into());
        assert_eq!(
            (denied.problem.as_ref(), denied.detail.as_str()),
            ("unreadable", "permission denied; check that the path may be read")
        );
    }

    #[test]
    fn faults_of_the_stream_keep_their_kind() {
        let problem = Problem::io("a.gz", "7".to_owned(), &Fault::Damaged("bad header".to_owned()).into());
        assert_eq!(problem.problem, "unreadable");
        assert_eq!(problem.to_string(), "a.gz:7: the data are damaged (bad header); fetch the file again");
    }

    #[test]
    fn a_record_is_named_after_the_path() {
        let problem = Problem::new("a.csv", "7".to_owned(), "empty", "no text");
        assert_eq!(problem.to_string(), "a.csv:7: no text");
    }

    #[test]
    fn a_problem_survives_being_written_down() {
        let problem = Problem::new("a.csv", "7".to_owned(), "empty", "no text");
        let json = serde_json::to_string(&problem).unwrap();
        assert_eq!(json, r#"{"source":"a.csv","record":"7","problem":"empty","detail":"no text"}"#);
        assert_eq!(serde_json::from_str::<Problem>(&json).unwrap(), problem);
    }
}
