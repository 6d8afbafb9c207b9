//! What must hold of every reader, whatever bytes it is given. Run a target from the root of the repository:
//!
//! ```text
//! cargo +nightly fuzz run --fuzz-dir tests/fuzz json tests/fuzz/corpus/json tests/fuzz/seeds/json
//! ```

use std::sync::Once;

use tifa::read::{Columns, Limits, Options, Position, items_of};

/// Most bytes of a document: small, so that the limit is met.
const DOCUMENT: u64 = 100_000;

/// Reads the bytes as a file of this name and asks of the result what must hold of any.
///
/// # Panics
///
/// When something does not hold.
pub fn hold(name: &str, bytes: &[u8]) {
    caught();
    let limits = Limits { document: DOCUMENT, ..Limits::default() };
    for columns in [Columns::default(), Columns { text: Some("a.b".to_owned()), ..Columns::default() }] {
        let options = Options { columns, limits, ..Options::default() };
        let mut before: Option<Position> = None;
        for item in items_of(bytes.to_vec(), name, &options).expect("options without globs are sound") {
            assert!(before.is_none_or(|before| before < item.position), "positions do not grow");
            before = Some(item.position);
            match item.raw.and_then(|raw| raw.read()) {
                Ok(document) => {
                    assert!(!document.text.trim().is_empty(), "an empty text");
                    assert!(document.text.len() as u64 <= DOCUMENT, "a text beyond the limit");
                    assert_eq!(document.id.len(), 12);
                }
                Err(problem) => assert!(!problem.detail.is_empty() && problem.problem != "internal", "{problem:?}"),
            }
        }
        assert!(before.is_some(), "neither a document nor a problem");
    }
}

/// Lets panics be caught where a reader catches those of a crate; the fuzzer's own hook ends the program at once.
/// One that is not caught still ends the run.
fn caught() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| std::panic::set_hook(Box::new(|_| {})));
}
