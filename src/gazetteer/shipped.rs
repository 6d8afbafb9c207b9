//! The gazetteer files that lie in the program: compiled, and as they are, for those who want to see or edit them.

use super::source::SourceFile;

include!(concat!(env!("OUT_DIR"), "/shipped.rs"));

/// The files, to be read like those of a folder.
pub fn sources() -> Vec<SourceFile> {
    let file = |(name, text): &(&str, &str)| SourceFile {
        name: (*name).into(),
        label: (*name).into(),
        bytes: text.as_bytes().into(),
    };
    FILES.iter().map(file).collect()
}
