//! What can be typed: commands, options and their help. What it means is in `plan`.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args as ArgsOf, Parser, Subcommand, ValueHint};
use clap_complete::Shell;
use tifa::read::{self, Shard};
use tifa::write;

const EXAMPLES: &str = "\
Examples:
  tifa extract                          read the folder data, write tables to the folder output
  tifa extract news -o tables           read all documents under news
  tifa extract a.html b.txt --gazetteers mine
                                        with gazetteers of your own added
  tifa extract 2022.jsonl.gz --excel    for spreadsheets
  tifa harvest news -o harvest          write names and titles that tifa does not know, as gazetteer rows
  tifa score gold output --errors 5     compare tables with gold files
  tifa gazetteer lookup two upholds     show what tifa knows of some words

Exit codes: 0 all input was read, 1 some of it could not be (see problems.csv), 2 nothing could be done,
130 stopped by Ctrl-C.";

const EXTRACT_EXAMPLES: &str = "\
Examples:
  tifa extract news -o tables
  tifa extract 2022 2023 --threads 4 --quiet
  tifa extract scraped --include '*.html' --exclude 'drafts/**' --keep-text texts
  tifa extract articles.csv --text-column body --date-column day
  zcat dump.jsonl.gz | tifa extract - --input-format jsonl
  tifa extract news -o tables --resume  go on after a run that was stopped
  tifa extract news -o part1 --shard 1/4
                                        the first of four parts; then `tifa merge part1 part2 part3 part4 -o tables`
  tifa extract news -o tables --decisions decided.csv
                                        with your answers to the questions of ambiguous.csv
  tifa extract news --dry-run           list what would be read

Input: folders (with the folders in them; hidden files are passed over) and files of the kinds .txt .md .html .csv .tsv
.jsonl .json .parquet .warc, each also with .gz or .zst behind it, and .zip and .tar of them; - is standard input.
Tables: documents, mentions, entities, ambiguous, positions, meetings, participation, slogans, relations, problems;
datapackage.json describes their columns, run.json the run.

Settings of a project: a file tifa.toml in the current folder (or given with --config) holds options by their long names,
and those given on the command line go before them:
  paths = [\"news\", \"archive.zip\"]
  output = \"tables\"
  text-column = \"body\"
  exclude = [\"drafts/**\"]
  excel = true";

const MERGE_EXAMPLES: &str = "\
Examples:
  tifa extract news --shard 1/2 -o part1
  tifa extract news --shard 2/2 -o part2
  tifa merge part1 part2 -o tables      the same tables as those of `tifa extract news -o tables`

On a cluster, with the number of the task from its scheduler:
  tifa extract news --shard \"$SLURM_ARRAY_TASK_ID/100\" -o \"part$SLURM_ARRAY_TASK_ID\"";

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  tifa completions bash > ~/.local/share/bash-completion/completions/tifa
  tifa completions zsh > ~/.zfunc/_tifa
  tifa completions fish > ~/.config/fish/completions/tifa.fish";

const MAN_EXAMPLES: &str = "\
Examples:
  tifa man | man -l -
  tifa man extract > tifa-extract.1";

const HARVEST_EXAMPLES: &str = "\
Examples:
  tifa harvest news
  tifa harvest news -o found --least 5
  tifa harvest news --gazetteers mine   without what your own gazetteers know

Files: people, titles, slogans, organizations (.csv), the most frequent names first; note tells how often and where.
Look through them, take out what is wrong, fill the cells you can, and add the rows to the files of your gazetteers.";

const SCORE_EXAMPLES: &str = "\
Examples:
  tifa score gold output
  tifa score gold output --texts news --errors 10
  tifa score gold output --json > scores.json";

const GAZETTEER_EXAMPLES: &str = "\
Examples:
  tifa gazetteer check mine
  tifa gazetteer lookup two establishes --gazetteers mine
  tifa gazetteer export mine slogans.csv
  tifa gazetteer diff shipped mine --overlay

Exit codes: 0 rows were found, files are the same, nothing to mend; 1 no row was found, files differ, something to mend;
2 nothing could be done.";

/// Turns Chinese official news in English into tables: persons, offices, meetings, slogans and who did what.
#[derive(Debug, Parser)]
#[command(name = "tifa", version, about, after_help = EXAMPLES, arg_required_else_help = true)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Read documents and write tables
    #[command(after_help = EXTRACT_EXAMPLES)]
    Extract(ExtractArgs),
    /// Read documents and write what no gazetteer knows, as rows for gazetteers of your own
    #[command(after_help = HARVEST_EXAMPLES)]
    Harvest(HarvestArgs),
    /// Put the parts of a run together that were made with `extract --shard`
    #[command(after_help = MERGE_EXAMPLES)]
    Merge(MergeArgs),
    /// Compare the tables of a run with gold files
    #[command(after_help = SCORE_EXAMPLES)]
    Score(ScoreArgs),
    /// Check the gazetteers, look words up in them, copy them to edit, compare them
    #[command(subcommand, after_help = GAZETTEER_EXAMPLES)]
    Gazetteer(GazetteerCommand),
    /// Write a script that completes commands and options in a shell
    #[command(after_help = COMPLETIONS_EXAMPLES)]
    Completions(CompletionsArgs),
    /// Write the manual page, or that of a command
    #[command(after_help = MAN_EXAMPLES)]
    Man(ManArgs),
}

#[derive(Debug, Subcommand)]
pub(super) enum GazetteerCommand {
    /// Look for faults: variants under two entries, rows never found, dates and names that cannot be
    Check(CheckArgs),
    /// Show every row that means some words: by a name or variant, by its key, by its Chinese name
    Lookup(LookupArgs),
    /// Write the built-in files to a folder, to edit a copy
    Export(ExportArgs),
    /// Show the rows in which two folders of gazetteer files differ
    Diff(DiffArgs),
}

#[derive(Debug, ArgsOf)]
pub(super) struct ExtractArgs {
    /// Files to read, folders to search for files, or - for standard input
    #[arg(value_name = "PATH", default_value = "data", value_hint = ValueHint::AnyPath)]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) tables: TableArgs,
    #[command(flatten)]
    pub(super) input: InputArgs,
    /// Folder with gazetteer files whose rows are added to the built-in ones or replace them
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) gazetteers: Option<PathBuf>,
    /// Folder for the texts as they were read, each named by its doc_id: what start and end count in
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) keep_text: Option<PathBuf>,
    /// Go on with a run into the same folder that was stopped; without this it starts anew
    #[arg(long)]
    pub(super) resume: bool,
    /// Do one part of several, I of N, for `tifa merge`; each part reads the same input
    #[arg(long, value_name = "I/N", value_parser = shard)]
    pub(super) shard: Option<Shard>,
    /// List the files that would be read, with their formats and sizes, and write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    #[command(flatten)]
    pub(super) common: CommonArgs,
}

/// Which tables are written, and where.
#[derive(Debug, ArgsOf)]
#[command(next_help_heading = "Tables")]
pub(super) struct TableArgs {
    /// Folder for the tables; it is made if need be
    #[arg(short, long, value_name = "DIR", default_value = "output", value_hint = ValueHint::DirPath)]
    pub(super) output: PathBuf,
    /// Formats of the tables, separated by commas
    #[arg(long, value_name = "FORMAT", default_value = "csv", value_delimiter = ',',
        value_parser = names(&write::Format::ALL.map(write::Format::name)))]
    pub(super) format: Vec<String>,
    /// Make CSV safe to open in a spreadsheet (byte order mark, no formulas), and write a workbook tifa.xlsx
    #[arg(long)]
    pub(super) excel: bool,
    /// Leave out reprints: keep only the first of documents with the same or nearly the same text
    #[arg(long)]
    pub(super) unique: bool,
    /// Table with what you decided about persons: a copy of ambiguous.csv with `same` or `different` under `decision`
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) decisions: Option<PathBuf>,
    /// Overwrite files in the folder for the tables that tifa did not write
    #[arg(long)]
    pub(super) force: bool,
}

/// What is read, and how.
#[derive(Debug, Clone, Default, ArgsOf)]
#[command(next_help_heading = "Input")]
pub(super) struct InputArgs {
    /// Read only files below a folder that match, such as '*.html' or '2022/**'; may be given more than once
    #[arg(long, value_name = "GLOB")]
    pub(super) include: Vec<String>,
    /// Do not read files or folders below a folder that match; may be given more than once
    #[arg(long, value_name = "GLOB")]
    pub(super) exclude: Vec<String>,
    /// Format of standard input and of files given by name, where names and first bytes do not tell it
    #[arg(long, value_name = "FORMAT", value_parser = names(&read::Format::ALL.map(read::Format::name)))]
    pub(super) input_format: Option<String>,
    /// Column or key with the text; usual names such as text, content or body are recognised. a.b reaches into objects
    #[arg(long, value_name = "NAME")]
    pub(super) text_column: Option<String>,
    /// Column or key with the headline
    #[arg(long, value_name = "NAME")]
    pub(super) title_column: Option<String>,
    /// Column or key with the day of publication
    #[arg(long, value_name = "NAME")]
    pub(super) date_column: Option<String>,
    /// Column or key that names the record, for `record` in documents
    #[arg(long, value_name = "NAME")]
    pub(super) id_column: Option<String>,
    /// Column or key with the address on the web
    #[arg(long, value_name = "NAME")]
    pub(super) url_column: Option<String>,
    /// Column or key with the newspaper, agency or site
    #[arg(long, value_name = "NAME")]
    pub(super) outlet_column: Option<String>,
    /// Most megabytes of one document, line or record, unpacked
    #[arg(long, value_name = "MB", default_value_t = 8)]
    pub(super) max_document: u64,
    /// Most bytes that a byte on disk may unpack to (against zip bombs), once 256 MB were unpacked; 0 for no limit
    #[arg(long, value_name = "N", default_value_t = 1000)]
    pub(super) max_ratio: u64,
}

/// What all commands that read documents have.
#[derive(Debug, ArgsOf)]
pub(super) struct CommonArgs {
    /// Threads to use; 0 is one for each core
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) threads: usize,
    /// Show no progress and no summary, only what went wrong
    #[arg(short, long)]
    pub(super) quiet: bool,
    /// File with settings of a project, in place of tifa.toml in the current folder
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) config: Option<PathBuf>,
}

#[derive(Debug, ArgsOf)]
pub(super) struct MergeArgs {
    /// Folders of all parts
    #[arg(value_name = "DIR", required = true, value_hint = ValueHint::DirPath)]
    pub(super) parts: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) tables: TableArgs,
    #[command(flatten)]
    pub(super) common: CommonArgs,
}

#[derive(Debug, ArgsOf)]
pub(super) struct HarvestArgs {
    /// Files to read, folders to search for files, or - for standard input
    #[arg(value_name = "PATH", required = true, value_hint = ValueHint::AnyPath)]
    pub(super) paths: Vec<PathBuf>,
    /// Folder for the rows; it is made if need be
    #[arg(short, long, value_name = "DIR", default_value = "harvest", value_hint = ValueHint::DirPath)]
    pub(super) output: PathBuf,
    /// Folder with gazetteer files of your own: what they know is not written
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) gazetteers: Option<PathBuf>,
    /// Least number of mentions of a name
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub(super) least: u64,
    #[command(flatten)]
    pub(super) input: InputArgs,
    /// Overwrite the files of an earlier harvest
    #[arg(long)]
    pub(super) force: bool,
    #[command(flatten)]
    pub(super) common: CommonArgs,
}

#[derive(Debug, ArgsOf)]
pub(super) struct CompletionsArgs {
    /// The shell
    pub(super) shell: Shell,
}

#[derive(Debug, ArgsOf)]
pub(super) struct ManArgs {
    /// The command; without it, tifa as a whole
    #[arg(value_name = "COMMAND")]
    pub(super) command: Option<String>,
}

/// A value that is one of these names.
fn names(all: &[&'static str]) -> PossibleValuesParser {
    PossibleValuesParser::new(all.iter().copied())
}

/// One part of several: `2/4`.
fn shard(text: &str) -> Result<Shard, String> {
    let parts = text.split_once('/').and_then(|(index, count)| Some((index.parse().ok()?, count.parse().ok()?)));
    match parts {
        Some((index, count)) if (1..=count).contains(&index) => Ok(Shard { index, count }),
        _ => Err("give the number of the part and the number of parts, such as 1/4".to_owned()),
    }
}

#[derive(Debug, ArgsOf)]
pub(super) struct ScoreArgs {
    /// Folder with the gold files (*.gold)
    pub(super) gold: PathBuf,
    /// Folder with the tables of a run
    pub(super) output: PathBuf,
    /// Folder with the texts, named after the gold files; without it they are read from where the run found them
    #[arg(long, value_name = "DIR")]
    pub(super) texts: Option<PathBuf>,
    /// Errors to show of each kind, missed and wrong
    #[arg(long, value_name = "N", default_value_t = 0, conflicts_with = "json")]
    pub(super) errors: usize,
    /// Write JSON
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, ArgsOf)]
pub(super) struct CheckArgs {
    /// Folder with gazetteer files of your own, checked together with the built-in ones; without it those alone
    #[arg(value_name = "DIR")]
    pub(super) folder: Option<PathBuf>,
}

#[derive(Debug, ArgsOf)]
pub(super) struct LookupArgs {
    /// The words, an id or a Chinese name; several are joined by spaces
    #[arg(required = true)]
    pub(super) words: Vec<String>,
    /// Folder with gazetteer files whose rows are added to the built-in ones or replace them
    #[arg(long, value_name = "DIR")]
    pub(super) gazetteers: Option<PathBuf>,
}

#[derive(Debug, ArgsOf)]
pub(super) struct ExportArgs {
    /// Folder to write to; it is made if need be
    #[arg(value_name = "DIR")]
    pub(super) folder: PathBuf,
    /// Files to write ("slogans.csv"); without any, all of them
    #[arg(value_name = "FILE")]
    pub(super) files: Vec<String>,
    /// Overwrite files that are there already
    #[arg(long)]
    pub(super) force: bool,
}

#[derive(Debug, ArgsOf)]
pub(super) struct DiffArgs {
    /// Folder before; `shipped` stands for the built-in files
    pub(super) a: PathBuf,
    /// Folder after, or `shipped`
    pub(super) b: PathBuf,
    /// Read B as a folder of your own above A: show only rows that it adds, replaces or switches off
    #[arg(long)]
    pub(super) overlay: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_declaration_is_sound() {
        Args::command().debug_assert();
    }

    #[test]
    fn defaults_are_the_folders_of_the_house() {
        let Command::Extract(args) = Args::try_parse_from(["tifa", "extract"]).unwrap().command else { panic!() };
        assert_eq!((args.paths, args.tables.output), (vec!["data".into()], "output".into()));
        assert_eq!((args.gazetteers, args.tables.decisions), (None, None));
        assert_eq!((args.common.threads, args.common.quiet, args.tables.force), (0, false, false));
        assert_eq!((args.tables.format, args.input.max_document), (vec!["csv".to_owned()], 8));
        let Command::Harvest(args) = Args::try_parse_from(["tifa", "harvest", "news"]).unwrap().command else {
            panic!()
        };
        assert_eq!((args.output, args.least, args.force), ("harvest".into(), 2, false));
    }

    #[test]
    fn a_shard_is_a_part_of_a_number_of_parts() {
        assert_eq!(shard("2/4"), Ok(Shard { index: 2, count: 4 }));
        for text in ["", "2", "0/4", "5/4", "1/0", "a/b", "1/4/2", "-1/4"] {
            assert!(shard(text).is_err(), "{text}");
        }
    }
}
