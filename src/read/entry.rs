//! A file of the listing: how it is named, packed and opened.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::document::Place;
use super::meter::{Metered, Toll};
use super::seek::Seekable;
use super::stream::{self, Stream};
use super::{Compression, Format, Meter, format};

/// Bytes that are looked at to tell a format.
const HEAD: usize = 64 * 1024;

/// Where the bytes of a file come from.
#[derive(Debug, Clone)]
pub(super) enum Content {
    /// A file that can be opened again and read at any place.
    File(PathBuf),
    /// A pipe or device, which can be read once.
    Pipe(PathBuf),
    /// Standard input.
    Stdin,
    /// Bytes in memory.
    Memory(Arc<[u8]>),
}

/// What a reader gets to read.
pub(super) enum Input {
    Stream(Stream),
    Seekable(Seekable),
}

impl Input {
    /// The bytes one after the other.
    pub(super) fn stream(self) -> Stream {
        match self {
            Self::Stream(stream) => stream,
            Self::Seekable(bytes) => Box::new(bytes.window(0, bytes.len())),
        }
    }

    /// The bytes at any place; a stream is laid down in a temporary file first.
    ///
    /// # Errors
    ///
    /// Those of the stream and of the temporary file.
    pub(super) fn seekable(self) -> io::Result<Seekable> {
        match self {
            Self::Stream(stream) => Seekable::spool(stream),
            Self::Seekable(bytes) => Ok(bytes),
        }
    }
}

/// A file of the listing.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) place: Place,
    pub(super) content: Content,
    /// Format and compression; `None` where only the stream itself can tell them.
    pub(super) kind: Option<(Format, Compression)>,
    /// Bytes on disk; `None` where nobody knows.
    pub(super) bytes: Option<u64>,
    /// Whether an include glob names the file itself; then those globs do not select among its members.
    pub(super) is_named: bool,
}

impl Entry {
    /// The path as given.
    pub(super) fn path(&self) -> PathBuf {
        match &self.content {
            Content::File(path) | Content::Pipe(path) => path.clone(),
            Content::Stdin => PathBuf::from("-"),
            Content::Memory(_) => PathBuf::from(self.place.relative()),
        }
    }

    /// What is paid for reading the file.
    pub(super) fn toll(&self, meter: &Meter) -> Toll {
        Toll::new(meter, self.bytes)
    }
}

impl Content {
    /// Opens the content, packed as it is.
    ///
    /// # Errors
    ///
    /// Those of opening a file.
    pub(super) fn open(&self, toll: &Toll, seeks: bool) -> io::Result<Input> {
        let metered = |inner: Stream| -> Input { Input::Stream(Box::new(Metered::new(inner, toll.clone()))) };
        Ok(match self {
            Self::File(path) if seeks => Input::Seekable(Seekable::new(File::open(path)?, Some(toll.clone()))?),
            Self::File(path) | Self::Pipe(path) => metered(Box::new(File::open(path)?)),
            Self::Stdin => metered(Box::new(io::stdin())),
            Self::Memory(bytes) => {
                let cursor = io::Cursor::new(Arc::clone(bytes));
                if seeks {
                    Input::Seekable(Seekable::new(cursor, Some(toll.clone()))?)
                } else {
                    metered(Box::new(cursor))
                }
            }
        })
    }
}

/// Format and compression of a file whose name tells neither, by its first bytes.
///
/// # Errors
///
/// Those of opening and reading the file.
pub(super) fn sniff(path: &Path) -> io::Result<(Format, Compression)> {
    sniff_stream(Box::new(File::open(path)?)).map(|(kind, _)| kind)
}

/// Format and compression by the first bytes of a stream, and the stream as it was.
///
/// # Errors
///
/// Those of reading it.
pub(super) fn sniff_stream(stream: Stream) -> io::Result<((Format, Compression), Stream)> {
    let (head, stream) = stream::peek(stream, HEAD)?;
    let compression = format::packed(&head);
    let mut inner = Vec::new();
    // The head of a packed file ends in the middle; what it gives until then is enough.
    let _ = stream::unpack(Box::new(io::Cursor::new(head)), compression, 0)?.take(HEAD as u64).read_to_end(&mut inner);
    Ok(((format::of_bytes(&inner), compression), stream))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packed_file_is_told_by_what_is_in_it() {
        let packed = zstd::encode_all(&b"WARC/1.0\r\n"[..], 0).unwrap();
        let (kind, stream) = sniff_stream(Box::new(io::Cursor::new(packed.clone()))).unwrap();
        assert_eq!(kind, (Format::Warc, Compression::Zstd));
        assert_eq!(stream::read_all(stream, 1000).unwrap(), packed);
    }

    #[test]
    fn what_is_opened_is_paid_for() {
        let content = Content::Memory(b"abc"[..].into());
        for seeks in [true, false] {
            let meter = Meter::default();
            let input = content.open(&Toll::new(&meter, Some(3)), seeks).unwrap();
            assert_eq!(matches!(input, Input::Seekable(_)), seeks);
            assert_eq!(stream::read_all(input.stream(), 9).unwrap(), b"abc");
            assert_eq!(meter.bytes(), 3);
        }
    }
}
