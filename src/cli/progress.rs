//! The progress bar: documents, speed and time left, on a terminal only.

use std::fmt::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use tifa::read;

const TEMPLATE: &str = "{bar:30} {documents} documents, {decimal_bytes_per_sec}, {eta} left";

/// Counts what has been read, and shows it if there is someone to see it.
pub(super) struct Progress {
    bar: ProgressBar,
    documents: Arc<AtomicU64>,
    bytes: AtomicU64,
}

impl Progress {
    /// Counts without showing.
    pub(super) fn hidden() -> Self {
        Self { bar: ProgressBar::hidden(), documents: Arc::default(), bytes: AtomicU64::default() }
    }

    /// Shows a bar, for which the files under `paths` are counted first.
    pub(super) fn shown(paths: &[PathBuf]) -> Self {
        let sizes =
            read::listing(paths, &read::Options::default()).into_iter().flatten().flatten().map(|listed| listed.bytes);
        let (count, bytes) = sizes.fold((0, 0), |(count, bytes), size| (count + 1, bytes + size));
        let progress = Self { bar: ProgressBar::new(bytes), ..Self::hidden() };
        progress.bar.set_style(style(Arc::clone(&progress.documents), count));
        progress.bar.enable_steady_tick(Duration::from_millis(200));
        progress
    }

    /// One more document with so many bytes of text.
    pub(super) fn tick(&self, bytes: u64) {
        self.documents.fetch_add(1, Ordering::Relaxed);
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
        self.bar.inc(bytes);
    }

    /// Bytes of text read so far.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

fn style(documents: Arc<AtomicU64>, count: u64) -> ProgressStyle {
    let style = ProgressStyle::with_template(TEMPLATE).unwrap_or_else(|_| ProgressStyle::default_bar());
    style.with_key("documents", move |_: &ProgressState, out: &mut dyn Write| {
        let _ = write!(out, "{}/{count}", documents.load(Ordering::Relaxed));
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_template_is_sound() {
        assert!(ProgressStyle::with_template(TEMPLATE).is_ok());
    }

    #[test]
    fn documents_and_bytes_are_counted() {
        let progress = Progress::hidden();
        progress.tick(3);
        progress.tick(0);
        assert_eq!((progress.bytes(), progress.documents.load(Ordering::Relaxed)), (3, 2));
    }
}
