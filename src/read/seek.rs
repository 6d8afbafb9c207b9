//! Bytes that can be read at any place and by several readers: a file, or a stream laid down in a temporary one.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, PoisonError};

use super::meter::Toll;
use super::stream::Stream;

/// Most bytes of a stream that are kept in memory rather than in a temporary file.
const IN_MEMORY: usize = 8_000_000;

trait ReadSeek: Read + Seek + Send {}
impl<T: Read + Seek + Send> ReadSeek for T {}

/// Bytes that can be read at any place; clones share them.
#[derive(Clone)]
pub(super) struct Seekable {
    inner: Arc<Mutex<dyn ReadSeek>>,
    len: u64,
    toll: Option<Toll>,
}

impl Seekable {
    /// # Errors
    ///
    /// When the length cannot be told.
    pub(super) fn new(mut inner: impl Read + Seek + Send + 'static, toll: Option<Toll>) -> io::Result<Self> {
        let len = inner.seek(SeekFrom::End(0))?;
        Ok(Self { inner: Arc::new(Mutex::new(inner)), len, toll })
    }

    /// Lays a stream down in a temporary file without a name, so that it can be read at any place.
    ///
    /// # Errors
    ///
    /// Those of the stream, or that the temporary file cannot be written.
    pub(super) fn spool(mut stream: Stream) -> io::Result<Self> {
        let mut file = tempfile::SpooledTempFile::new(IN_MEMORY);
        io::copy(&mut stream, &mut file)?;
        Self::new(file, None)
    }

    /// Length in bytes.
    pub(super) fn len(&self) -> u64 {
        self.len
    }

    /// Reads at `start` (bytes from the beginning); gives the number of bytes read, 0 at the end.
    ///
    /// # Errors
    ///
    /// Those of the file.
    pub(super) fn read_at(&self, buffer: &mut [u8], start: u64) -> io::Result<usize> {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        inner.seek(SeekFrom::Start(start))?;
        let count = inner.read(buffer)?;
        if let Some(toll) = &self.toll {
            toll.pay(count as u64);
        }
        Ok(count)
    }

    /// The bytes from `start` to `end`, as far as there are any.
    pub(super) fn window(&self, start: u64, end: u64) -> Window {
        Window { bytes: self.clone(), at: start, end: end.min(self.len) }
    }
}

/// A part of the bytes, as a stream.
pub(super) struct Window {
    bytes: Seekable,
    at: u64,
    end: u64,
}

impl Read for Window {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.end.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let most = left.min(buffer.len());
        let count = self.bytes.read_at(buffer.get_mut(..most).unwrap_or_default(), self.at)?;
        self.at += count as u64;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(mut stream: impl Read) -> String {
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn windows_read_beside_each_other() {
        let bytes = Seekable::spool(Box::new(&b"0123456789"[..])).unwrap();
        let (mut one, two) = (bytes.window(2, 5), bytes.window(8, 99));
        let mut first = [0];
        one.read_exact(&mut first).unwrap();
        assert_eq!((first, text(two), text(one)), ([b'2'], "89".to_owned(), "34".to_owned()));
        assert_eq!(bytes.len(), 10);
    }

    #[test]
    fn a_window_beyond_the_end_is_empty() {
        let bytes = Seekable::spool(Box::new(&b"01"[..])).unwrap();
        assert_eq!((text(bytes.window(5, 9)), text(bytes.window(1, 0))), (String::new(), String::new()));
    }
}
