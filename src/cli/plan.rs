//! What the arguments mean: everything that a run depends on, settled once.

use std::io::{IsTerminal, stderr};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::args::{ExtractArgs, HarvestArgs};

/// A run of `tifa extract`.
#[derive(Debug)]
pub(super) struct ExtractPlan {
    pub(super) paths: Vec<PathBuf>,
    pub(super) output: PathBuf,
    /// Folder of the user's gazetteers, if there is one.
    pub(super) gazetteers: Option<PathBuf>,
    /// What the user decided about persons, if there is such a file.
    pub(super) decisions: Option<PathBuf>,
    /// Threads; 0 for one on each core.
    pub(super) threads: usize,
    /// Whether files that tifa did not write may be overwritten.
    pub(super) force: bool,
    /// Whether to show a bar while the run goes on.
    pub(super) shows_progress: bool,
    /// Whether to show a summary at the end.
    pub(super) shows_summary: bool,
}

impl ExtractPlan {
    pub(super) fn new(args: ExtractArgs) -> Self {
        let ExtractArgs { paths, output, gazetteers, decisions, threads, quiet, force } = args;
        let shows_progress = !quiet && stderr().is_terminal();
        Self { paths, output, gazetteers, decisions, threads, force, shows_progress, shows_summary: !quiet }
    }

    /// The options as `run.json` shows them.
    pub(super) fn to_json(&self) -> Value {
        let text = |path: &PathBuf| path.to_string_lossy().into_owned();
        json!({
            "paths": self.paths.iter().map(text).collect::<Vec<_>>(),
            "output": text(&self.output),
            "gazetteers": self.gazetteers.as_ref().map(text),
            "decisions": self.decisions.as_ref().map(text),
            "threads": self.threads,
            "force": self.force,
        })
    }

    /// Where the user finds what could not be read.
    pub(super) fn problems(&self) -> PathBuf {
        Path::new(&self.output).join("problems.csv")
    }
}

/// A run of `tifa harvest`.
#[derive(Debug)]
pub(super) struct HarvestPlan {
    pub(super) paths: Vec<PathBuf>,
    pub(super) output: PathBuf,
    /// Folder of the user's gazetteers, if there is one.
    pub(super) gazetteers: Option<PathBuf>,
    /// Least number of mentions of a name.
    pub(super) least: u64,
    /// Threads; 0 for one on each core.
    pub(super) threads: usize,
    /// Whether files that are there may be overwritten.
    pub(super) force: bool,
    /// Whether to show a bar while the run goes on.
    pub(super) shows_progress: bool,
    /// Whether to show a summary at the end.
    pub(super) shows_summary: bool,
}

impl HarvestPlan {
    pub(super) fn new(args: HarvestArgs) -> Self {
        let HarvestArgs { paths, output, gazetteers, least, threads, quiet, force } = args;
        let shows_progress = !quiet && stderr().is_terminal();
        Self { paths, output, gazetteers, least, threads, force, shows_progress, shows_summary: !quiet }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_recorded_as_they_were_given() {
        let args = ExtractArgs {
            paths: vec!["a".into()],
            output: "out".into(),
            gazetteers: None,
            decisions: None,
            threads: 2,
            quiet: true,
            force: false,
        };
        let plan = ExtractPlan::new(args);
        assert!(!plan.shows_progress && !plan.shows_summary);
        let expected = json!({
            "paths": ["a"], "output": "out", "gazetteers": null, "decisions": null, "threads": 2, "force": false,
        });
        assert_eq!(plan.to_json(), expected);
        assert_eq!(plan.problems(), Path::new("out/problems.csv"));
    }
}
