//! Throughput of extraction on one thread, beside that of the bare scan for the phrases of the same gazetteers.
//!
//! `cargo bench --bench throughput` reads the texts of `data/` again and again, 50 MB a round; with `-- --quick`
//! 2 MB. Building is timed apart from running. Three things run over the same bytes, in turn in every round:
//!
//! - `extract`: all of `Extractor::extract`;
//! - `scan`: tokens, folded words and the search for phrases (`Phrases::scan`), the least that any extraction must do;
//! - `automaton`: the same phrases in an Aho-Corasick automaton, over words folded beforehand. It is built here, apart
//!   from all timing, and must find as many phrases as the scan.
//!
//! Speeds are megabytes (10^6 bytes of the original text) a second. A speed counts only for work that was done: each
//! round must find `expected_counts.in` times the number of passes, or the benchmark fails. Where a change of rules,
//! gazetteers or texts moves the counts on purpose, look at the difference and write the file anew:
//!
//! ```sh
//! TIFA_BENCH_PRINT=1 cargo bench --bench throughput -- --quick > benches/expected_counts.in
//! ```
//!
//! The same few texts come round again, so the parts of the automaton that they touch stay in the cache while it runs
//! alone; inside `extract` other work drives them out, and it is several times slower there. Tune by `extract`.
//! Threads and writing are not measured here.

use std::env;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use tifa::gazetteer::{Gazetteers, fold_phrase};
use tifa::model::{Document, Extraction, Label};
use tifa::pipeline::Extractor;
use tifa::read;
use tifa::text::Text;

/// Counts of one pass over `data/`: a name and a number on each line.
const EXPECTED: &str = include_str!("expected_counts.in");

const HEAD: &str =
    "# What benches/throughput.rs must find in one pass over data/; its head says how to write this file anew.";
const UPDATE: &str = "TIFA_BENCH_PRINT=1 cargo bench --bench throughput -- --quick > benches/expected_counts.in";

/// Phrases that the automaton matches, the one count of both scans.
const HITS: &str = "automaton_hits";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// Prints the counts, or measures.
fn run() -> Result<(), String> {
    let documents = documents()?;
    if env::var_os("TIFA_BENCH_PRINT").is_some() {
        let once = Bench::new(build()?, documents, 1).counts();
        println!("{HEAD}");
        once.iter().for_each(|(name, count)| println!("{name} {count}"));
        return Ok(());
    }
    measure(documents, &Plan::from_arguments())
}

/// How much to read.
struct Plan {
    /// Least bytes of text in a round.
    bytes: usize,
    rounds: usize,
}

impl Plan {
    /// `--quick` makes it short; whatever else cargo passes is of no interest.
    fn from_arguments() -> Self {
        let quick = env::args().skip(1).any(|argument| argument == "--quick");
        if quick { Plan { bytes: 2_000_000, rounds: 3 } } else { Plan { bytes: 50_000_000, rounds: 5 } }
    }
}

/// Times building and running, and prints both.
fn measure(documents: Vec<Document>, plan: &Plan) -> Result<(), String> {
    let pass: usize = documents.iter().map(|document| document.text.len()).sum();
    let passes = plan.bytes.div_ceil(pass);
    println!(
        "{} documents, {pass} bytes; one thread, {} rounds of {:.1} MB ({passes} passes)\n",
        documents.len(),
        plan.rounds,
        megabytes(pass * passes),
    );
    let (extractor, building) = time_building(plan.rounds)?;
    print_row("seconds", ["min", "median", "max"].map(str::to_owned));
    print_row("build", building.seconds().map(|seconds| format!("{seconds:.3}")));
    print_memory("after building");
    let bench = Bench::new(extractor, documents, passes);
    print_speeds(&bench.rounds(plan.rounds)?, pass * passes);
    print_memory("at the end");
    println!("counts per pass, as expected:\n{}", list(&expected()?));
    Ok(())
}

/// The texts of `data/`, read as a run reads them.
fn documents() -> Result<Vec<Document>, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let items = read::items(&[folder], &read::Options::default()).map_err(|error| error.to_string())?;
    let documents = items.map(|item| item.raw.and_then(|raw| raw.read()));
    documents.map(|document| document.map_err(|problem| format!("{problem:?}"))).collect()
}

fn build() -> Result<Extractor, String> {
    Gazetteers::shipped().map(Extractor::new).map_err(|error| error.to_string())
}

/// Builds the extractor `rounds` times; one is alive at a time, so that memory stays that of one.
fn time_building(rounds: usize) -> Result<(Extractor, Times), String> {
    let mut times = Times::default();
    for _ in 1..rounds {
        times.time(build)?;
    }
    let extractor = times.time(build)?;
    Ok((extractor, times))
}

/// What is run, and over what.
struct Bench {
    extractor: Extractor,
    documents: Vec<Document>,
    /// The folded words of each document.
    folded: Vec<String>,
    /// The phrases of the gazetteers, a space before each.
    automaton: AhoCorasick,
    /// How often a round reads the documents.
    passes: usize,
}

/// Times of the three things measured.
#[derive(Default)]
struct Measured {
    extract: Times,
    scan: Times,
    automaton: Times,
}

impl Bench {
    fn new(extractor: Extractor, documents: Vec<Document>, passes: usize) -> Self {
        let folded = documents.iter().map(|document| folded(document, &extractor)).collect();
        let phrases = extractor.gazetteers().phrases.folded();
        let patterns = phrases.iter().map(|phrase| format!(" {phrase}"));
        let automaton = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(patterns)
            .expect("the phrases are few enough for an automaton");
        Bench { extractor, documents, folded, automaton, passes }
    }

    /// The counts of one pass, as the file states them.
    fn counts(&self) -> Counts {
        let mut counts = self.extract(1);
        counts.push((HITS, self.scan(1)));
        counts
    }

    /// One pass that is not timed, then the rounds; all must find what is expected.
    fn rounds(&self, rounds: usize) -> Result<Measured, String> {
        check(&self.counts(), &expected()?, 1)?;
        let mut measured = Measured::default();
        for _ in 0..rounds {
            self.round(&mut measured)?;
        }
        Ok(measured)
    }

    /// Each thing once, so that a slow moment of the machine falls on all of them.
    fn round(&self, measured: &mut Measured) -> Result<(), String> {
        let mut counts = measured.extract.time(|| self.extract(self.passes));
        let hits = measured.scan.time(|| self.scan(self.passes));
        let bare = measured.automaton.time(|| self.automaton(self.passes));
        if bare != hits {
            return Err(format!("the automaton alone finds {bare} phrases, the scan {hits}"));
        }
        counts.push((HITS, hits));
        check(&counts, &expected()?, self.passes)
    }

    fn extract(&self, passes: usize) -> Counts {
        let mut total = counts_of(&Extraction::default(), 0);
        for document in self.documents.iter().cycle().take(passes * self.documents.len()) {
            let extraction = self.extractor.extract(black_box(document));
            add(&mut total, counts_of(&extraction, document.text.len()));
        }
        total.insert(0, ("documents", passes * self.documents.len()));
        total
    }

    fn scan(&self, passes: usize) -> usize {
        let gazetteers = self.extractor.gazetteers();
        let hits =
            |document: &Document| gazetteers.phrases.scan(&Text::new(black_box(&document.text), &gazetteers.language));
        (0..passes).map(|_| self.documents.iter().map(hits).sum::<usize>()).sum()
    }

    fn automaton(&self, passes: usize) -> usize {
        let hits = |words: &String| self.automaton.find_overlapping_iter(black_box(words)).count();
        (0..passes).map(|_| self.folded.iter().map(hits).sum::<usize>()).sum()
    }
}

/// The folded words of a document, with a mark between sentences, over which no phrase runs.
fn folded(document: &Document, extractor: &Extractor) -> String {
    let text = Text::new(&document.text, &extractor.gazetteers().language);
    text.sentences.iter().map(|sentence| format!("\n {}", fold_phrase(text.surface(sentence.span)))).collect()
}

/// Names and numbers, in the order of the file.
type Counts = Vec<(&'static str, usize)>;

/// What was found in a document of `bytes` bytes.
fn counts_of(extraction: &Extraction, bytes: usize) -> Counts {
    let of = |label: Label| extraction.mentions.iter().filter(|mention| mention.label == label).count();
    let labels = Label::ALL.map(|label| (label.name(), of(label)));
    let rest = [
        ("bytes", bytes),
        ("sentences", extraction.profile.sentences),
        ("entities", extraction.entities.len()),
        ("positions", extraction.positions.len()),
        ("meetings", extraction.meetings.len()),
        ("participations", extraction.participations.len()),
        ("slogans", extraction.slogans.len()),
        ("relations", extraction.relations.len()),
    ];
    rest.into_iter().chain(labels).collect()
}

fn add(total: &mut Counts, counts: Counts) {
    total.iter_mut().zip(counts).for_each(|(sum, (_, count))| sum.1 += count);
}

/// The counts of `expected_counts.in`.
fn expected() -> Result<Counts, String> {
    let lines = EXPECTED.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines
        .map(|line| parse(line).ok_or_else(|| format!("expected_counts.in: not a name and a number: {line:?}")))
        .collect()
}

fn parse(line: &'static str) -> Option<(&'static str, usize)> {
    let (name, count) = line.split_once(' ')?;
    Some((name, count.trim().parse().ok()?))
}

/// An error that shows both sides, unless `found` is `passes` times what is expected.
fn check(found: &Counts, expected: &Counts, passes: usize) -> Result<(), String> {
    let wanted: Counts = expected.iter().map(|(name, count)| (*name, count * passes)).collect();
    if *found == wanted {
        return Ok(());
    }
    let other = |counts: &Counts, side: &Counts| list(&counts.iter().filter(|c| !side.contains(c)).cloned().collect());
    Err(format!(
        "other counts than expected in {passes} passes over data/\n\nexpected:\n{}\nfound:\n{}\n\
         if the change is meant: {UPDATE}",
        other(&wanted, found),
        other(found, &wanted),
    ))
}

fn list(counts: &Counts) -> String {
    counts.iter().map(|(name, count)| format!("  {name:<15}{count:>9}\n")).collect()
}

/// How long each round took.
#[derive(Default)]
struct Times(Vec<Duration>);

impl Times {
    fn time<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = black_box(work());
        self.0.push(start.elapsed());
        result
    }

    /// Least, median and greatest.
    fn seconds(&self) -> [f64; 3] {
        let mut sorted = self.0.clone();
        sorted.sort();
        [0, sorted.len() / 2, sorted.len() - 1].map(|at| sorted[at].as_secs_f64())
    }

    /// Least, median and greatest speed over `bytes` bytes, in MB/s.
    fn speeds(&self, bytes: usize) -> [f64; 3] {
        let [least, median, greatest] = self.seconds();
        [greatest, median, least].map(|seconds| megabytes(bytes) / seconds)
    }
}

fn print_speeds(measured: &Measured, bytes: usize) {
    let speeds = [&measured.extract, &measured.scan, &measured.automaton].map(|times| times.speeds(bytes));
    print_row("\nMB/s", ["min", "median", "max"].map(str::to_owned));
    for (name, speeds) in ["extract", "scan", "automaton"].into_iter().zip(speeds) {
        print_row(name, speeds.map(|speed| format!("{speed:.1}")));
    }
    let [extract, scan, automaton] = speeds.map(|[_, median, _]| median);
    println!("\nextract/scan       {:.3} (1 : {:.1})", extract / scan, scan / extract);
    println!("extract/automaton  {:.3} (1 : {:.1})\n", extract / automaton, automaton / extract);
}

fn print_row(name: &str, cells: [String; 3]) {
    let [least, median, greatest] = cells;
    println!("{name:<10}{least:>9}{median:>9}{greatest:>9}");
}

/// The greatest memory of the process so far, where the system tells it.
fn print_memory(when: &str) {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    if let Some(peak) = status.lines().find_map(|line| line.strip_prefix("VmHWM:")) {
        println!("peak memory {when}: {}", peak.trim());
    }
}

fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}
