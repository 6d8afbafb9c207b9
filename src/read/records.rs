//! From a file, or a member of an archive, to its documents: which reader takes which format.

use std::io;
use std::iter;
use std::sync::Arc;

use super::document::{Draft, Place, Raw};
use super::entry::{Input, sniff_stream};
use super::options::{Filter, Limits};
use super::stream::{self, Stream};
use super::{Columns, Compression, Format, Problem, html, json, lines, parquet, table, tar, text, warc, zip};

/// The documents of a file in their order, with the problems among them.
pub(super) type Records = Box<dyn Iterator<Item = Result<Raw, Problem>> + Send>;

/// Opens a file or a member, packed as it is, on whatever thread.
pub(super) type Opener = Box<dyn FnOnce() -> io::Result<Input> + Send>;

/// What the options of a run tell every reader.
#[derive(Debug)]
pub(super) struct Context {
    pub(super) filter: Arc<Filter>,
    pub(super) columns: Columns,
    pub(super) limits: Limits,
    /// Format of what is given by itself.
    pub(super) format: Option<Format>,
}

/// A file or a member that is to be read.
#[derive(Clone)]
pub(super) struct Job {
    pub(super) place: Place,
    pub(super) format: Format,
    pub(super) compression: Compression,
    /// Bytes as packed, as far as they are known.
    pub(super) weight: usize,
    /// Whether the globs select among the members of the archive.
    pub(super) selects: bool,
    pub(super) context: Arc<Context>,
}

impl Job {
    /// The stream of an input, unpacked.
    fn unpacked(&self, input: Input) -> io::Result<Stream> {
        stream::unpack(input.stream(), self.compression, self.context.limits.ratio)
    }

    /// The input, unpacked; one that is not packed can still be read at any place.
    fn input(&self, input: Input) -> io::Result<Input> {
        match self.compression {
            Compression::None => Ok(input),
            _ => self.unpacked(input).map(Input::Stream),
        }
    }
}

/// The documents of a file; one that is a single document is not opened before it is read.
pub(super) fn records(job: Job, open: Opener) -> Records {
    match job.format {
        Format::Text => single(job, open, |bytes| text::draft(bytes, None)),
        Format::Html => single(job, open, |bytes| html::draft(bytes, None, "")),
        _ => {
            let input = open().and_then(|input| job.input(input));
            match input {
                Ok(input) => opened(job, input),
                Err(error) => failed(&job.place, &error),
            }
        }
    }
}

/// The documents of a stream that alone can tell what it holds, unless an option does.
pub(super) fn sniffed(mut job: Job, open: Opener) -> Records {
    match open().and_then(|input| sniff_stream(input.stream())) {
        Ok(((format, compression), stream)) => {
            (job.format, job.compression) = (job.context.format.unwrap_or(format), compression);
            records(job, Box::new(|| Ok(Input::Stream(stream))))
        }
        Err(error) => failed(&job.place, &error),
    }
}

fn opened(job: Job, input: Input) -> Records {
    match job.format {
        Format::Csv | Format::Tsv => table::records(job, input.stream()),
        Format::JsonLines => lines::records(job, input.stream()),
        Format::Json => json::records(job, input.stream()),
        Format::Parquet => parquet::records(job, input),
        Format::Zip => zip::records(job, input),
        Format::Tar => tar::records(job, input.stream()),
        Format::Warc => warc::records(job, input.stream()),
        // Read as one document before it is opened.
        Format::Text | Format::Html => Box::new(iter::empty()),
    }
}

pub(super) fn failed(place: &Place, error: &io::Error) -> Records {
    bad(place.io("", error))
}

/// A file or member that cannot be read.
pub(super) fn bad(problem: Problem) -> Records {
    Box::new(iter::once(Err(problem)))
}

pub(super) fn notes(note: String) -> Vec<String> {
    if note.is_empty() { Vec::new() } else { vec![note] }
}

/// A file that is one document.
fn single(job: Job, open: Opener, draft: impl FnOnce(Vec<u8>) -> Draft + Send + 'static) -> Records {
    let (place, weight, limit) = (job.place.clone(), job.weight, job.context.limits.document);
    let finish = move || {
        let bytes = open().and_then(|input| stream::read_all(job.unpacked(input)?, limit));
        bytes.map(draft).map_err(|error| job.place.io("", &error))
    };
    Box::new(iter::once(Ok(Raw::new(&place, "", weight, limit, finish))))
}
