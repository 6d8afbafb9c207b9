//! What can be typed: commands, options and their help. What it means is in `plan`.

use std::path::PathBuf;

use clap::{Args as ArgsOf, Parser, Subcommand};

const EXAMPLES: &str = "\
Examples:
  tifa extract                          read the folder data, write tables to the folder output
  tifa extract news -o tables           read all .txt files under news
  tifa extract a.txt b.txt --gazetteers mine
                                        with gazetteers of your own added
  tifa harvest news -o harvest          write names and titles that tifa does not know, as gazetteer rows
  tifa score gold output --errors 5     compare tables with gold files
  tifa gazetteer lookup two upholds     show what tifa knows of some words

Exit codes: 0 all input was read, 1 some of it could not be (see problems.csv), 2 nothing could be done.";

const EXTRACT_EXAMPLES: &str = "\
Examples:
  tifa extract news -o tables
  tifa extract 2022 2023 --threads 4 --quiet
  tifa extract news -o tables --decisions decided.csv
                                        with your answers to the questions of ambiguous.csv

A folder is searched for .txt files (UTF-8), with the folders in it; hidden files are passed over.
Tables: documents, mentions, entities, ambiguous, positions, meetings, participation, slogans, relations,
problems (.csv);
datapackage.json describes their columns, run.json the run.";

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
    /// Compare the tables of a run with gold files
    #[command(after_help = SCORE_EXAMPLES)]
    Score(ScoreArgs),
    /// Check the gazetteers, look words up in them, copy them to edit, compare them
    #[command(subcommand, after_help = GAZETTEER_EXAMPLES)]
    Gazetteer(GazetteerCommand),
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
    /// Files to read, and folders to search for .txt files
    #[arg(value_name = "PATH", default_value = "data")]
    pub(super) paths: Vec<PathBuf>,
    /// Folder for the tables; it is made if need be
    #[arg(short, long, value_name = "DIR", default_value = "output")]
    pub(super) output: PathBuf,
    /// Folder with gazetteer files whose rows are added to the built-in ones or replace them
    #[arg(long, value_name = "DIR")]
    pub(super) gazetteers: Option<PathBuf>,
    /// Table with what you decided about persons: a copy of ambiguous.csv with `same` or `different` under `decision`
    #[arg(long, value_name = "FILE")]
    pub(super) decisions: Option<PathBuf>,
    /// Threads to use; 0 is one for each core
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) threads: usize,
    /// Show no progress and no summary, only what went wrong
    #[arg(short, long)]
    pub(super) quiet: bool,
    /// Overwrite files in the folder for the tables that tifa did not write
    #[arg(long)]
    pub(super) force: bool,
}

#[derive(Debug, ArgsOf)]
pub(super) struct HarvestArgs {
    /// Files to read, and folders to search for .txt files
    #[arg(value_name = "INPUT", required = true)]
    pub(super) paths: Vec<PathBuf>,
    /// Folder for the rows; it is made if need be
    #[arg(short, long, value_name = "DIR", default_value = "harvest")]
    pub(super) output: PathBuf,
    /// Folder with gazetteer files of your own: what they know is not written
    #[arg(long, value_name = "DIR")]
    pub(super) gazetteers: Option<PathBuf>,
    /// Least number of mentions of a name
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub(super) least: u64,
    /// Threads to use; 0 is one for each core
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) threads: usize,
    /// Show no progress and no summary, only what went wrong
    #[arg(short, long)]
    pub(super) quiet: bool,
    /// Overwrite the files of an earlier harvest
    #[arg(long)]
    pub(super) force: bool,
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
        assert_eq!((args.paths, args.output), (vec!["data".into()], "output".into()));
        assert_eq!((args.gazetteers, args.decisions), (None, None));
        assert_eq!((args.threads, args.quiet, args.force), (0, false, false));
        let Command::Harvest(args) = Args::try_parse_from(["tifa", "harvest", "news"]).unwrap().command else {
            panic!()
        };
        assert_eq!((args.output, args.least, args.force), ("harvest".into(), 2, false));
    }
}
