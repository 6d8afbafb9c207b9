//! All integration tests in one binary.

mod cmd;
mod golden;
mod invariants;
mod rules;
mod support;
