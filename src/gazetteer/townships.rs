//! Townships and subdistricts by county and name. They are not looked for in texts, only linked: a name composed of
//! proper name and type word is found without a list, and the county tells which of its namesakes it is.

use super::source;
use super::source::load::Placed;
use super::source::rows::TownshipRow;
use crate::error::Fault;
use fst::{IntoStreamer, Streamer};
use std::borrow::Cow;

/// A township of a county.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Township {
    /// Code of nine digits (GB/T 10114).
    pub code: String,
    /// Chinese name.
    pub zh: String,
}

/// All townships, the shipped and the user's.
#[derive(Debug, Clone)]
pub struct Townships {
    layers: Vec<fst::Map<Cow<'static, [u8]>>>,
}

impl Townships {
    /// Townships in a compiled map; an error says what is wrong with its bytes.
    pub(super) fn new(map: Cow<'static, [u8]>) -> Result<Self, String> {
        Ok(Self { layers: vec![fst::Map::new(map).map_err(|error| error.to_string())?] })
    }

    pub(super) fn add(&mut self, rows: &[Placed<TownshipRow>], faults: &mut Vec<Fault>) -> Result<(), String> {
        if !rows.is_empty() {
            let map = Cow::Owned(source::townships(rows, faults));
            self.layers.push(fst::Map::new(map).map_err(|error| error.to_string())?);
        }
        Ok(())
    }

    /// The townships of `county` (code of six digits) whose full name is `name` in any case; if there is none, those
    /// whose name is `base` followed by another type word.
    pub fn find(&self, county: &str, name: &str, base: &str) -> Vec<Township> {
        let exact = self.starting(&(source::township_key(county, name) + "\t"));
        if exact.is_empty() { self.starting(&source::township_key(county, base)) } else { exact }
    }

    /// Number of townships.
    pub fn len(&self) -> usize {
        self.layers.iter().map(fst::Map::len).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn starting(&self, prefix: &str) -> Vec<Township> {
        let mut found = Vec::new();
        for layer in &self.layers {
            let mut stream = layer.range().ge(prefix).into_stream();
            while let Some((key, code)) = stream.next() {
                let Some(key) = std::str::from_utf8(key).ok().filter(|key| key.starts_with(prefix)) else { break };
                let zh = key.rsplit('\t').next().unwrap_or_default().to_string();
                found.push(Township { code: format!("{code:09}"), zh });
            }
        }
        found
    }
}
