//! Streams of bytes: unpacking, and the limits that keep a small file from becoming a huge one.

use std::io::{self, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;

use super::Compression;

/// Bytes that can be read once, on any thread.
pub(super) type Stream = Box<dyn Read + Send>;

/// Bytes that may be unpacked before their ratio is looked at.
const FREE: u64 = 256_000_000;

/// What is wrong with a stream beyond the errors of the operating system.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Fault {
    #[error("the data end too early; what stands before was read; fetch the file again")]
    Truncated,
    #[error("the data are damaged ({0}); fetch the file again")]
    Damaged(String),
    #[error(
        "a byte on disk unpacks to more than {0} bytes, as in a bomb; if the file is sound, raise --max-ratio (0: no limit)"
    )]
    Ratio(u64),
    #[error("longer than {0} bytes; if it is a document, raise --max-document")]
    TooLarge(u64),
}

impl Fault {
    /// Whether an error is that of too long a document, behind which a reader can go on.
    pub(super) fn is_too_large(error: &io::Error) -> bool {
        let fault = error.get_ref().and_then(|inner| inner.downcast_ref());
        matches!(fault, Some(Self::TooLarge(_)))
    }

    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Truncated => "truncated",
            Self::Damaged(_) => "unreadable",
            Self::Ratio(_) => "ratio",
            Self::TooLarge(_) => "too_large",
        }
    }
}

impl From<Fault> for io::Error {
    fn from(fault: Fault) -> Self {
        Self::other(fault)
    }
}

/// An error of a decoder as a fault; errors of the system and faults from further below stay what they are.
fn fault(error: io::Error) -> io::Error {
    let is_fault = error.get_ref().is_some_and(|inner| inner.is::<Fault>());
    if is_fault || error.raw_os_error().is_some() || error.kind() == io::ErrorKind::Interrupted {
        return error;
    }
    match error.kind() {
        io::ErrorKind::UnexpectedEof => Fault::Truncated.into(),
        _ => Fault::Damaged(error.to_string()).into(),
    }
}

/// What went into unpacking and what came out, so that bombs are told.
#[derive(Debug)]
pub(super) struct Account {
    packed: AtomicU64,
    unpacked: AtomicU64,
    ratio: u64,
}

impl Account {
    /// An account with `packed` bytes to begin with and at most `ratio` bytes out for each (0: any number).
    pub(super) fn new(packed: u64, ratio: u64) -> Arc<Self> {
        Arc::new(Self { packed: packed.into(), unpacked: AtomicU64::default(), ratio })
    }

    fn unpacked(&self, bytes: usize) -> io::Result<()> {
        let out = self.unpacked.fetch_add(bytes as u64, Ordering::Relaxed).saturating_add(bytes as u64);
        let most = self.packed.load(Ordering::Relaxed).saturating_mul(self.ratio);
        if self.ratio > 0 && out > FREE && out > most { Err(Fault::Ratio(self.ratio).into()) } else { Ok(()) }
    }
}

/// Counts what goes into a decoder.
struct Packed<R> {
    inner: R,
    account: Arc<Account>,
}

impl<R: Read> Read for Packed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.account.packed.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// Counts what comes out of a decoder, and gives its errors a name.
pub(super) struct Unpacked<R> {
    inner: R,
    account: Arc<Account>,
}

impl<R: Read> Unpacked<R> {
    pub(super) fn new(inner: R, account: Arc<Account>) -> Self {
        Self { inner, account }
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer).map_err(fault)?;
        self.account.unpacked(count)?;
        Ok(count)
    }
}

/// The stream unpacked, with at most `ratio` bytes for each byte that goes in (0: any number).
///
/// # Errors
///
/// When the decoder cannot be made. Errors in the data are those of reading, as a [`Fault`].
pub(super) fn unpack(stream: Stream, compression: Compression, ratio: u64) -> io::Result<Stream> {
    let account = Account::new(0, ratio);
    let packed = |inner| BufReader::new(Packed { inner, account: Arc::clone(&account) });
    Ok(match compression {
        Compression::None => stream,
        Compression::Gzip => Box::new(Unpacked::new(MultiGzDecoder::new(packed(stream)), account)),
        Compression::Zstd => Box::new(Unpacked::new(zstd::Decoder::with_buffer(packed(stream))?, account)),
    })
}

/// All bytes of the stream.
///
/// # Errors
///
/// [`Fault::TooLarge`] if there are more than `limit`, and those of the stream.
pub(super) fn read_all(stream: impl Read, limit: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    stream.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit { Err(Fault::TooLarge(limit).into()) } else { Ok(bytes) }
}

/// Up to `most` bytes from the beginning, and a stream that still gives all of them.
///
/// # Errors
///
/// Those of the stream, if they come before the first byte; later ones come again when the rest is read.
pub(super) fn peek(mut stream: Stream, most: usize) -> io::Result<(Vec<u8>, Stream)> {
    let mut head = Vec::new();
    let read = stream.by_ref().take(most as u64).read_to_end(&mut head);
    let tail: Stream = match read {
        Err(error) if head.is_empty() => return Err(error),
        Err(error) => Box::new(Failing(Some(error))),
        Ok(_) => stream,
    };
    Ok((head.clone(), Box::new(io::Cursor::new(head).chain(tail))))
}

/// A stream that has nothing but an error.
pub(super) struct Failing(pub(super) Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn unpacked(bytes: Vec<u8>, compression: Compression) -> (Vec<u8>, Option<Fault>) {
        let mut out = Vec::new();
        let mut stream = unpack(Box::new(io::Cursor::new(bytes)), compression, 1000).unwrap();
        let error = stream.read_to_end(&mut out).err();
        (out, error.map(|error| error.get_ref().unwrap().downcast_ref::<Fault>().unwrap().clone()))
    }

    #[test]
    fn members_of_gzip_and_frames_of_zstd_follow_each_other() {
        let gzipped = [gzip(b"one "), gzip(b"two")].concat();
        assert_eq!(unpacked(gzipped, Compression::Gzip), (b"one two".to_vec(), None));
        let frames = [&b"one "[..], b"two"].map(|part| zstd::encode_all(part, 0).unwrap()).concat();
        assert_eq!(unpacked(frames, Compression::Zstd), (b"one two".to_vec(), None));
    }

    #[test]
    fn data_that_end_too_early_give_what_they_hold() {
        let text = b"the county held a meeting ".repeat(8000);
        for (compression, packed) in
            [(Compression::Gzip, gzip(&text)), (Compression::Zstd, zstd::encode_all(text.as_slice(), 0).unwrap())]
        {
            let cut = packed[..packed.len() - 5].to_vec();
            let (out, fault) = unpacked(cut, compression);
            assert!(!out.is_empty() && text.starts_with(&out), "{compression:?}");
            assert_eq!(fault, Some(Fault::Truncated), "{compression:?}");
        }
    }

    #[test]
    fn damaged_data_are_told_from_short_ones() {
        let (_, fault) = unpacked(b"no gzip at all".to_vec(), Compression::Gzip);
        assert_eq!(fault, Some(Fault::Damaged("invalid gzip header".to_owned())));
    }

    #[test]
    fn a_bomb_ends_at_the_ratio() {
        let account = Account::new(1000, 1000);
        assert!(account.unpacked(FREE as usize).is_ok());
        let error = account.unpacked(1).unwrap_err();
        assert_eq!(error.get_ref().unwrap().downcast_ref(), Some(&Fault::Ratio(1000)));
        assert!(Account::new(1000, 0).unpacked(FREE as usize + 1).is_ok());
        assert!(Account::new(FREE, 1000).unpacked(FREE as usize + 1).is_ok());
    }

    #[test]
    fn too_much_is_not_held() {
        assert_eq!(read_all(&b"abc"[..], 3).unwrap(), b"abc");
        let error = read_all(io::repeat(0), 3).unwrap_err();
        assert_eq!(error.to_string(), "longer than 3 bytes; if it is a document, raise --max-document");
    }

    #[test]
    fn looking_ahead_takes_nothing_away() {
        let (head, mut stream) = peek(Box::new(&b"abcd"[..]), 2).unwrap();
        let mut all = String::new();
        stream.read_to_string(&mut all).unwrap();
        assert_eq!((head.as_slice(), all.as_str()), (&b"ab"[..], "abcd"));
    }
}
