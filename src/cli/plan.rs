//! What the arguments mean: everything that a run depends on, settled once.

use std::io::{IsTerminal, stderr};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tifa::error::Error;
use tifa::gazetteer::Gazetteers;
use tifa::link::Decisions;
use tifa::read::{self, Columns, Limits, Shard};
use tifa::write::{self, Settings};

use super::args::{CommonArgs, ExtractArgs, HarvestArgs, InputArgs, MergeArgs, TableArgs};

/// How much is told while a run goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Voice {
    /// Nothing but what went wrong.
    Quiet,
    /// A line now and then, and a summary.
    Lines,
    /// A bar, and a summary.
    Bar,
}

impl Voice {
    fn new(common: &CommonArgs) -> Self {
        match (common.quiet, stderr().is_terminal()) {
            (true, _) => Voice::Quiet,
            (false, true) => Voice::Bar,
            (false, false) => Voice::Lines,
        }
    }
}

/// What documents are read from.
#[derive(Debug)]
pub(super) struct InputPlan {
    pub(super) paths: Vec<PathBuf>,
    pub(super) options: read::Options,
}

impl InputPlan {
    fn new(paths: Vec<PathBuf>, args: InputArgs, shard: Option<Shard>) -> Self {
        let columns = Columns {
            text: args.text_column,
            title: args.title_column,
            date: args.date_column,
            id: args.id_column,
            url: args.url_column,
            outlet: args.outlet_column,
        };
        let limits = Limits { document: args.max_document.saturating_mul(1_000_000), ratio: args.max_ratio };
        let format = args.input_format.as_deref().and_then(read::Format::from_name);
        let (include, exclude) = (args.include, args.exclude);
        Self { paths, options: read::Options { include, exclude, columns, format, limits, shard } }
    }

    /// As `run.json` shows it; parts of one run must have the same.
    fn to_json(&self) -> Value {
        let read::Options { include, exclude, columns, format, limits, shard: _ } = &self.options;
        let Columns { text, title, date, id, url, outlet } = columns;
        json!({
            "paths": self.paths.iter().map(|path| text_of(path)).collect::<Vec<_>>(),
            "include": include,
            "exclude": exclude,
            "input_format": format.map(read::Format::name),
            "columns": {"text": text, "title": title, "date": date, "id": id, "url": url, "outlet": outlet},
            "max_document": limits.document,
            "max_ratio": limits.ratio,
        })
    }
}

/// Where tables are written, and how.
#[derive(Debug)]
pub(super) struct TablePlan {
    pub(super) output: PathBuf,
    formats: Vec<write::Format>,
    excel: bool,
    unique: bool,
    force: bool,
    decisions: Option<PathBuf>,
}

impl TablePlan {
    fn new(args: TableArgs) -> Self {
        let TableArgs { output, format, excel, unique, decisions, force } = args;
        let mut formats: Vec<write::Format> = Vec::new();
        for known in write::Format::ALL {
            if format.iter().any(|name| name == known.name()) {
                formats.push(known);
            }
        }
        Self { output, formats, excel, unique, force, decisions }
    }

    /// What the library needs to know, but for what only some commands have.
    fn settings(&self, threads: usize, maker: Value) -> Result<Settings, Error> {
        let decisions = self.decisions.as_deref().map_or_else(|| Ok(Decisions::default()), Decisions::read)?;
        let Self { formats, excel, unique, force, .. } = self;
        let (formats, excel, unique, force) = (formats.clone(), *excel, *unique, *force);
        Ok(Settings { formats, excel, unique, force, threads, decisions, maker, ..Settings::default() })
    }

    fn to_json(&self) -> Value {
        json!({
            "output": text_of(&self.output),
            "format": self.formats.iter().map(|format| format.name()).collect::<Vec<_>>(),
            "excel": self.excel,
            "unique": self.unique,
            "decisions": self.decisions.as_deref().map(text_of),
            "force": self.force,
        })
    }

    /// Where the user finds what could not be read.
    pub(super) fn problems(&self) -> PathBuf {
        let format = self.formats.first().map_or("csv", |format| format.name());
        self.output.join(format!("problems.{format}"))
    }
}

/// A run of `tifa extract`.
#[derive(Debug)]
pub(super) struct ExtractPlan {
    pub(super) input: InputPlan,
    pub(super) tables: TablePlan,
    /// Folder of the user's gazetteers, if there is one.
    pub(super) gazetteers: Option<PathBuf>,
    keep_text: Option<PathBuf>,
    resume: bool,
    pub(super) shard: Option<Shard>,
    /// Whether only to list what would be read.
    pub(super) dry_run: bool,
    /// Threads; 0 for one on each core.
    pub(super) threads: usize,
    pub(super) voice: Voice,
}

impl ExtractPlan {
    pub(super) fn new(args: ExtractArgs) -> Self {
        let ExtractArgs { paths, tables, input, gazetteers, keep_text, resume, shard, dry_run, common } = args;
        Self {
            input: InputPlan::new(paths, input, shard),
            tables: TablePlan::new(tables),
            gazetteers,
            keep_text,
            resume,
            shard,
            dry_run,
            threads: common.threads,
            voice: Voice::new(&common),
        }
    }

    /// What the library needs to know.
    pub(super) fn settings(&self, gazetteers: &Gazetteers) -> Result<Settings, Error> {
        let settings = self.tables.settings(self.threads, maker(gazetteers))?;
        Ok(Settings { texts: self.keep_text.clone(), resume: self.resume, shard: self.shard, ..settings })
    }

    /// The options as `run.json` shows them.
    pub(super) fn to_json(&self) -> Value {
        let mut json = self.tables.to_json();
        json["input"] = self.input.to_json();
        json["gazetteers"] = json!(self.gazetteers.as_deref().map(text_of));
        json["keep_text"] = json!(self.keep_text.as_deref().map(text_of));
        json["threads"] = json!(self.threads);
        json
    }
}

/// A run of `tifa merge`.
#[derive(Debug)]
pub(super) struct MergePlan {
    pub(super) parts: Vec<PathBuf>,
    pub(super) tables: TablePlan,
    threads: usize,
    pub(super) voice: Voice,
}

impl MergePlan {
    pub(super) fn new(args: MergeArgs) -> Self {
        let MergeArgs { parts, tables, common } = args;
        Self { parts, tables: TablePlan::new(tables), threads: common.threads, voice: Voice::new(&common) }
    }

    /// What the library needs to know, for parts of this maker.
    pub(super) fn settings(&self, maker: Value) -> Result<Settings, Error> {
        self.tables.settings(self.threads, maker)
    }

    /// The options as `run.json` shows them.
    pub(super) fn to_json(&self) -> Value {
        let mut json = self.tables.to_json();
        json["parts"] = self.parts.iter().map(|part| text_of(part)).collect();
        json["threads"] = json!(self.threads);
        json
    }
}

/// A run of `tifa harvest`.
#[derive(Debug)]
pub(super) struct HarvestPlan {
    pub(super) input: InputPlan,
    pub(super) output: PathBuf,
    /// Folder of the user's gazetteers, if there is one.
    pub(super) gazetteers: Option<PathBuf>,
    /// Least number of mentions of a name.
    pub(super) least: u64,
    /// Threads; 0 for one on each core.
    pub(super) threads: usize,
    /// Whether files that are there may be overwritten.
    pub(super) force: bool,
    pub(super) voice: Voice,
}

impl HarvestPlan {
    pub(super) fn new(args: HarvestArgs) -> Self {
        let HarvestArgs { paths, output, gazetteers, least, input, force, common } = args;
        let (threads, voice) = (common.threads, Voice::new(&common));
        Self { input: InputPlan::new(paths, input, None), output, gazetteers, least, threads, force, voice }
    }
}

/// What decides what is found in a document: only what the same maker made can be put together.
fn maker(gazetteers: &Gazetteers) -> Value {
    let files = gazetteers.hashes.iter().map(|file| json!([file.file, file.sha256])).collect::<Vec<_>>();
    json!({"version": env!("CARGO_PKG_VERSION"), "gazetteers": files})
}

fn text_of(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::super::args::{Args, Command};
    use super::*;
    use clap::Parser;

    fn plan(line: &str) -> ExtractPlan {
        let args = Args::try_parse_from(line.split(' ')).unwrap();
        let Command::Extract(args) = args.command else { panic!("{line}") };
        ExtractPlan::new(args)
    }

    #[test]
    fn options_are_recorded_as_they_were_given() {
        let json = plan("tifa extract a -o out --quiet --threads 2 --format jsonl,csv --text-column body").to_json();
        let expected = json!({
            "output": "out",
            "format": ["csv", "jsonl"],
            "excel": false,
            "unique": false,
            "decisions": null,
            "force": false,
            "input": {
                "paths": ["a"],
                "include": [],
                "exclude": [],
                "input_format": null,
                "columns": {"text": "body", "title": null, "date": null, "id": null, "url": null, "outlet": null},
                "max_document": 8_000_000,
                "max_ratio": 1000,
            },
            "gazetteers": null,
            "keep_text": null,
            "threads": 2,
        });
        assert_eq!(json, expected);
    }

    #[test]
    fn parts_of_one_run_have_the_same_input() {
        let (one, two) = (plan("tifa extract a --shard 1/2 -o p1"), plan("tifa extract a --shard 2/2 -o p2"));
        assert_eq!(one.to_json()["input"], two.to_json()["input"]);
        assert_eq!(one.input.options.shard, Some(Shard { index: 1, count: 2 }));
    }

    #[test]
    fn problems_are_shown_in_the_first_format() {
        assert_eq!(plan("tifa extract a -o out").tables.problems(), Path::new("out/problems.csv"));
        assert_eq!(plan("tifa extract a -o out --format jsonl").tables.problems(), Path::new("out/problems.jsonl"));
        assert_eq!(plan("tifa extract a --quiet").voice, Voice::Quiet);
    }
}
