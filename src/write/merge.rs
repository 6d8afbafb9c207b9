//! Parts of a run that were made apart from one another: what must agree before they are put together.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::folder;
use super::record::Totals;
use crate::error::Error;
use crate::store::{Entries, Head};

/// The folder of a shard that holds its blocks.
pub(super) const SEGMENTS: &str = "segments";

/// All parts of one run.
#[derive(Debug, Clone, PartialEq)]
pub struct Shards {
    pub(super) stores: Vec<PathBuf>,
    /// Documents and problems in all of them.
    pub blocks: u64,
    /// What made them; to be the maker of the merged run.
    pub maker: Value,
}

/// The shards in these folders, as `tifa extract --shard` wrote them.
///
/// # Errors
///
/// [`Error::Option`] if a folder holds no shard, one is missing or there twice, or they were made by different versions,
/// gazetteers or options.
pub fn shards(folders: &[PathBuf]) -> Result<Shards, Error> {
    let mut all = Vec::new();
    for folder in folders {
        all.push(Part::read(folder)?);
    }
    let Some(first) = all.first() else {
        return Err(Error::Option("no folder to merge; give those of all shards".to_owned()));
    };
    for part in &all {
        part.agrees_with(first)?;
    }
    let mut seen: Vec<u64> = all.iter().map(|part| part.index).collect();
    seen.sort_unstable();
    if let Some(index) = (1..=first.count).find(|index| !seen.contains(index)) {
        return Err(Error::Option(format!("shard {index}/{} is missing; give the folders of all shards", first.count)));
    }
    if let Some(twice) = seen.windows(2).find(|pair| pair[0] == pair[1]) {
        return Err(Error::Option(format!("shard {}/{} is given twice", twice[0], first.count)));
    }
    let (maker, blocks) = (first.maker.clone(), all.iter().map(|part| part.blocks).sum());
    Ok(Shards { stores: all.iter().map(|part| part.folder.join(SEGMENTS)).collect(), blocks, maker })
}

/// One part.
struct Part {
    folder: PathBuf,
    index: u64,
    count: u64,
    blocks: u64,
    maker: Value,
    /// Options that decide which documents there are and what they hold.
    input: Value,
}

impl Part {
    fn read(folder: &Path) -> Result<Self, Error> {
        let record = folder::record(folder).filter(|record| record["shard"].is_object()).ok_or_else(|| {
            let name = folder.display();
            Error::Option(format!("{name}: no finished shard of a run; make it with `tifa extract --shard I/N`"))
        })?;
        let number = |value: &Value| value.as_u64().unwrap_or_default();
        Ok(Self {
            folder: folder.to_owned(),
            index: number(&record["shard"]["index"]),
            count: number(&record["shard"]["count"]),
            blocks: number(&record["documents"]) + number(&record["problems"]),
            maker: record["maker"].clone(),
            input: record["options"]["input"].clone(),
        })
    }

    fn agrees_with(&self, other: &Part) -> Result<(), Error> {
        let pairs = [
            (self.count == other.count, "another number of shards"),
            (self.maker == other.maker, "other gazetteers or another version of tifa"),
            (self.input == other.input, "other paths or reading options"),
        ];
        match pairs.iter().find(|(agrees, _)| !agrees) {
            None => Ok(()),
            Some((_, what)) => Err(Error::Option(format!(
                "{}: this shard was made with {what} than {}; make both anew in the same way",
                self.folder.display(),
                other.folder.display()
            ))),
        }
    }
}

/// What is in the stores of a part.
pub(super) fn totals(stores: &[PathBuf]) -> Result<Totals, Error> {
    let (mut documents, mut problems) = (0, 0);
    for entry in Entries::<Head>::new(stores)? {
        let (_, head) = entry?;
        *if head.is_document() { &mut documents } else { &mut problems } += 1;
    }
    Ok(Totals { rows: vec![("documents", documents), ("problems", problems)], ..Totals::default() })
}
