//! All integration tests in one binary.

mod cmd;
mod engine;
mod gazetteers;
mod golden;
mod invariants;
mod reading;
mod rules;
mod runs;
mod support;
