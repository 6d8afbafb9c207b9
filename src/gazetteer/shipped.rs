//! The gazetteer files that lie in the program: compiled, and as they are, for those who want to see or edit them.

include!(concat!(env!("OUT_DIR"), "/shipped.rs"));
