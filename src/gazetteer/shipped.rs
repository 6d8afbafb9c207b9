//! The gazetteer files that are compiled into the program.

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        /// File names and contents, in a fixed order.
        pub const FILES: &[(&str, &[u8])] =
            &[$(($name, include_bytes!(concat!("../../gazetteers/", $name)).as_slice())),*];
    };
}

files!(
    "regions.csv",
    "slogans.csv",
    "people.csv",
    "posts.csv",
    "surnames.csv",
    "syllables.csv",
    "english.csv",
    "organizations.csv",
    "organs.csv",
    "titles.csv",
    "meetings.csv",
    "verbs.csv",
    "triggers.csv",
    "stoplist.csv",
    "lexicon.csv",
);

/// Contents of the shipped file `name`; empty if there is none.
pub fn bytes(name: &str) -> &'static [u8] {
    FILES.iter().find(|(file, _)| *file == name).map_or(&[], |(_, bytes)| bytes)
}
