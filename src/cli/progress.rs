//! How far a run is: a bar on a terminal, a line now and then in a log.

use std::fmt::Write;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{HumanCount, HumanDuration, ProgressBar, ProgressState, ProgressStyle};
use tifa::read::{self, Meter};

use super::console;
use super::plan::{InputPlan, Voice};

const BAR: &str = "{bar:30} {documents} documents, {decimal_bytes_per_sec}, {eta} left";
/// Where nobody knows how much there is.
const SPINNER: &str = "{spinner} {documents} documents, {decimal_bytes_per_sec}";
const TABLES: &str = "{bar:30} writing tables, {eta} left";
/// Time between two lines of a log.
const PAUSE: Duration = Duration::from_secs(30);

/// Counts what has been read, and shows it if there is someone to see it.
pub(super) struct Progress {
    voice: Voice,
    bar: ProgressBar,
    meter: Meter,
    /// Bytes of all input files; 0 if nobody knows.
    total: u64,
    documents: Arc<AtomicU64>,
    text: AtomicU64,
    start: Instant,
    /// When the last line was shown.
    last: Mutex<Instant>,
}

impl Progress {
    /// For this input, of which `meter` counts the bytes. Unless nothing is to be shown, the files are listed first.
    pub(super) fn new(voice: Voice, input: &InputPlan, meter: Meter) -> Self {
        let total = if voice == Voice::Quiet { 0 } else { total(input) };
        let (documents, start) = (Arc::<AtomicU64>::default(), Instant::now());
        let bar = if voice == Voice::Bar { bar(total, &documents) } else { ProgressBar::hidden() };
        Self { voice, bar, meter, total, documents, text: AtomicU64::default(), start, last: Mutex::new(start) }
    }

    /// One more document with so many bytes of text.
    pub(super) fn tick(&self, bytes: u64) {
        let documents = self.documents.fetch_add(1, Ordering::Relaxed) + 1;
        self.text.fetch_add(bytes, Ordering::Relaxed);
        self.bar.set_position(self.meter.bytes());
        if self.voice == Voice::Lines && self.is_time() {
            console::line(line(documents, self.meter.bytes(), self.total, self.start.elapsed()));
        }
    }

    fn is_time(&self) -> bool {
        let Ok(mut last) = self.last.try_lock() else { return false };
        let is_time = last.elapsed() >= PAUSE;
        if is_time {
            *last = Instant::now();
        }
        is_time
    }

    /// Bytes of text read so far.
    pub(super) fn bytes(&self) -> u64 {
        self.text.load(Ordering::Relaxed)
    }

    /// Documents and problems so far.
    pub(super) fn documents(&self) -> u64 {
        self.documents.load(Ordering::Relaxed)
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

/// Shows how the tables of so many documents are written.
pub(super) struct Writing(ProgressBar);

impl Writing {
    pub(super) fn new(voice: Voice, documents: u64) -> Self {
        if voice != Voice::Bar {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::new(documents);
        bar.set_style(ProgressStyle::with_template(TABLES).unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.enable_steady_tick(Duration::from_millis(200));
        Self(bar)
    }

    /// So many more documents are written.
    pub(super) fn tick(&self, documents: u64) {
        self.0.inc(documents);
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        self.0.finish_and_clear();
    }
}

/// Bytes of all files that can be listed.
fn total(input: &InputPlan) -> u64 {
    let listing = read::listing(&input.paths, &input.options);
    listing.map_or(0, |files| files.flatten().map(|file| file.bytes).sum())
}

fn bar(total: u64, documents: &Arc<AtomicU64>) -> ProgressBar {
    let (bar, template) =
        if total > 0 { (ProgressBar::new(total), BAR) } else { (ProgressBar::new_spinner(), SPINNER) };
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    let documents = Arc::clone(documents);
    bar.set_style(style.with_key("documents", move |_: &ProgressState, out: &mut dyn Write| {
        let _ = write!(out, "{}", HumanCount(documents.load(Ordering::Relaxed)));
    }));
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// A line of a log: documents, megabytes on disk and a second, and the time left if the whole is known.
fn line(documents: u64, bytes: u64, total: u64, elapsed: Duration) -> String {
    let seconds = elapsed.as_secs_f64();
    let (megabytes, speed) = (bytes as f64 / 1e6, bytes as f64 / 1e6 / seconds.max(1e-3));
    let mut line = format!("{} documents, {megabytes:.1} MB read, {speed:.1} MB/s", HumanCount(documents));
    if total > bytes && bytes > 0 {
        let left = Duration::from_secs_f64(seconds * (total - bytes) as f64 / bytes as f64);
        let _ = write!(line, ", {} left", HumanDuration(left));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_templates_are_sound() {
        assert!([BAR, SPINNER, TABLES].iter().all(|template| ProgressStyle::with_template(template).is_ok()));
    }

    #[test]
    fn lines_tell_documents_speed_and_time_left() {
        let minute = Duration::from_secs(60);
        let expected = "12,345 documents, 120.0 MB read, 2.0 MB/s, 2 minutes left";
        assert_eq!(line(12_345, 120_000_000, 360_000_000, minute), expected);
        assert_eq!(line(1, 0, 0, minute), "1 documents, 0.0 MB read, 0.0 MB/s");
    }

    #[test]
    fn documents_and_bytes_are_counted() {
        let input = InputPlan { paths: Vec::new(), options: read::Options::default() };
        let meter = read::items(&[], &input.options).unwrap().meter();
        let progress = Progress::new(Voice::Quiet, &input, meter);
        progress.tick(3);
        progress.tick(0);
        assert_eq!((progress.bytes(), progress.documents()), (3, 2));
    }
}
