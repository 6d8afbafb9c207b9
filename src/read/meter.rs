//! Counts the bytes of input that were read, for whoever shows how far a run is.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes of input files, as on disk, that were read so far; clones count together.
#[derive(Debug, Clone, Default)]
pub struct Meter(Arc<AtomicU64>);

impl Meter {
    /// Bytes of input files, as on disk, that were read so far, on whatever thread.
    ///
    /// A file counts as often as it is long, even if its reader goes back or leaves parts out.
    pub fn bytes(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// What a file still has to pay into the meter; clones pay together.
#[derive(Debug, Clone)]
pub(super) struct Toll {
    meter: Meter,
    left: Arc<AtomicU64>,
}

impl Toll {
    /// A toll for a file of so many bytes; `None` where nobody knows how many.
    pub(super) fn new(meter: &Meter, bytes: Option<u64>) -> Self {
        Self { meter: meter.clone(), left: Arc::new(bytes.unwrap_or(u64::MAX).into()) }
    }

    /// Pays for bytes that were read, but never more than the file has.
    pub(super) fn pay(&self, bytes: u64) {
        let less = |left: u64| Some(left.saturating_sub(bytes));
        let before = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less).unwrap_or_default();
        self.meter.0.fetch_add(before.min(bytes), Ordering::Relaxed);
    }

    /// Pays what is left of a file whose length is known.
    pub(super) fn settle(&self) {
        let left = self.left.swap(0, Ordering::Relaxed);
        // What has no known length has paid for all that was read.
        let known = if left > u64::MAX / 2 { 0 } else { left };
        self.meter.0.fetch_add(known, Ordering::Relaxed);
    }
}

/// A stream that pays for what is read from it.
pub(super) struct Metered<R> {
    inner: R,
    toll: Toll,
}

impl<R: Read> Metered<R> {
    pub(super) fn new(inner: R, toll: Toll) -> Self {
        Self { inner, toll }
    }
}

/// Whoever lets go of the stream wants nothing more of the file.
impl<R> Drop for Metered<R> {
    fn drop(&mut self) {
        self.toll.settle();
    }
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.toll.pay(count as u64);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_pays_its_length_and_no_more() {
        let meter = Meter::default();
        let toll = Toll::new(&meter, Some(10));
        toll.pay(4);
        assert_eq!(meter.bytes(), 4);
        toll.clone().pay(9);
        toll.settle();
        assert_eq!(meter.bytes(), 10);
        Toll::new(&meter, Some(7)).settle();
        assert_eq!(meter.bytes(), 17);
    }

    #[test]
    fn a_pipe_pays_what_was_read() {
        let meter = Meter::default();
        let toll = Toll::new(&meter, None);
        let read = io::copy(&mut Metered::new(&b"abc"[..], toll), &mut io::sink()).unwrap();
        assert_eq!((read, meter.bytes()), (3, 3));
    }

    #[test]
    fn a_stream_that_is_let_go_has_paid_for_all() {
        let meter = Meter::default();
        let mut stream = Metered::new(&b"abc"[..], Toll::new(&meter, Some(3)));
        stream.read_exact(&mut [0]).unwrap();
        assert_eq!(meter.bytes(), 1);
        drop(stream);
        assert_eq!(meter.bytes(), 3);
    }
}
