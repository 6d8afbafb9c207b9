//! The record of a run, `run.json`: what made the tables, from what, and how many rows there are.

use serde_json::{Value, json};

use super::Settings;
use super::folder::PROGRAM;
use crate::gazetteer::FileHash;
use crate::read::Shard;

/// What the record of a run says besides counts: all that may differ between runs over the same input.
#[derive(Debug, Clone, Default)]
pub struct RunRecord {
    /// The options of the run, as the program shall show them.
    pub options: Value,
    /// Hash of each gazetteer file.
    pub gazetteers: Vec<FileHash>,
    /// When the run started, ISO 8601.
    pub started: String,
}

/// What a run wrote.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// Rows of each table, in the order of the tables.
    pub rows: Vec<(&'static str, u64)>,
    /// For each type of entity, by alphabet, the five with most mentions.
    pub frequent: Vec<(String, Vec<(String, u64)>)>,
    /// What did not fit into a file.
    pub messages: Vec<String>,
    /// Documents that are left out because they reprint another one.
    pub left_out: u64,
}

impl Totals {
    /// Rows of the table of this name; 0 if there is none.
    pub fn rows(&self, table: &str) -> u64 {
        self.rows.iter().find(|(name, _)| *name == table).map_or(0, |(_, rows)| *rows)
    }

    /// Rows that state a fact: offices, meetings, participation and uses of slogans.
    pub fn facts(&self) -> u64 {
        ["positions", "meetings", "participation", "slogans"].iter().map(|table| self.rows(table)).sum()
    }
}

/// What the run itself adds to its record.
pub(super) struct Made<'s> {
    pub(super) settings: &'s Settings,
    /// All files of the run.
    pub(super) files: Vec<String>,
    /// Lines of the decisions that name nobody.
    pub(super) unused: Vec<u64>,
    pub(super) seconds: f64,
}

impl Made<'_> {
    /// The record of a run with tables.
    pub(super) fn json(&self, record: &RunRecord, totals: &Totals) -> Value {
        let mut json = self.common(record, totals);
        json["duplicates_left_out"] = json!(totals.left_out);
        json["rows"] = totals.rows.iter().map(|(table, rows)| ((*table).to_owned(), json!(rows))).collect();
        json["messages"] = json!(totals.messages);
        self.closed(json, record)
    }

    /// The record of a part of a run.
    pub(super) fn shard_json(&self, shard: Shard, record: &RunRecord, totals: &Totals) -> Value {
        let mut json = self.common(record, totals);
        json["shard"] = json!({"index": shard.index, "count": shard.count});
        json["maker"] = self.settings.maker.clone();
        self.closed(json, record)
    }

    fn common(&self, record: &RunRecord, totals: &Totals) -> Value {
        let decisions = &self.settings.decisions;
        let decided = decisions.file.as_ref().map(|(path, sha256)| {
            json!({"file": path.to_string_lossy(), "sha256": sha256, "rows": decisions.len(), "unused_lines": self.unused})
        });
        let hash = |file: &FileHash| json!({"file": file.file, "sha256": file.sha256});
        json!({
            "program": PROGRAM,
            "version": env!("CARGO_PKG_VERSION"),
            "options": record.options,
            "gazetteers": record.gazetteers.iter().map(hash).collect::<Vec<_>>(),
            "decisions": decided,
            "documents": totals.rows("documents"),
            "problems": totals.rows("problems"),
        })
    }

    fn closed(&self, mut json: Value, record: &RunRecord) -> Value {
        json["files"] = json!(self.files);
        json["time"] = json!({"start": record.started, "seconds": self.seconds});
        json
    }
}
