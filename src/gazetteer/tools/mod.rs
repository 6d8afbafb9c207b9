//! Looking into the gazetteers: what a word means in them, how two sets of files differ, copies to edit.
//!
//! All of this works on the files as they are written, row by row, and not on what they are compiled to: a row is
//! shown as its author knows it. Whether the rows are sound is no matter of these tools but of loading.

pub mod diff;
pub mod export;
pub mod lookup;
pub mod records;
