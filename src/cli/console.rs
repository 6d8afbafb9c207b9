//! Lines for the user. A stream that nobody reads any more is no error.

use std::fmt::Display;
use std::io::{self, ErrorKind, Write};

/// Writes `tifa: message` to the error stream.
pub(super) fn message(message: impl Display) {
    line(format_args!("tifa: {message}"));
}

/// Writes a line to the error stream.
pub(super) fn line(text: impl Display) {
    let _ = writeln!(io::stderr(), "{text}");
}

/// Writes a result to the output stream.
pub(super) fn result(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}
