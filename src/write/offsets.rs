//! Byte offsets of a text to offsets in Unicode scalar values.

/// Bytes between two counted places.
const STEP: usize = 128;

/// Counts of characters at every [`STEP`]th byte of a text, so that an offset costs at most that many bytes of counting.
pub(super) struct Offsets<'t> {
    text: &'t [u8],
    /// Characters that start before byte `STEP * index`; none for a text of ASCII.
    counts: Option<Vec<usize>>,
}

impl<'t> Offsets<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let counts = (!text.is_ascii()).then(|| running_counts(text.as_bytes()));
        Self { text: text.as_bytes(), counts }
    }

    /// The characters before the byte `offset`; all of them if it lies beyond the text.
    pub(super) fn characters(&self, offset: usize) -> usize {
        let offset = offset.min(self.text.len());
        let Some(counts) = &self.counts else { return offset };
        let step = offset / STEP;
        counts.get(step).copied().unwrap_or_default() + starts(&self.text[step * STEP..offset])
    }
}

fn running_counts(bytes: &[u8]) -> Vec<usize> {
    let running = bytes.chunks_exact(STEP).scan(0, |count, chunk| {
        *count += starts(chunk);
        Some(*count)
    });
    std::iter::once(0).chain(running).collect()
}

/// Bytes that start a character of UTF-8.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&byte| byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agrees(text: &str) {
        let offsets = Offsets::new(text);
        for (characters, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(offsets.characters(byte), characters);
        }
        assert_eq!(offsets.characters(text.len()), text.chars().count());
        assert_eq!(offsets.characters(text.len() + 9), text.chars().count());
    }

    #[test]
    fn offsets_are_those_of_counting() {
        agrees("");
        agrees(&"county ".repeat(50));
        agrees(&"提法 “é” 😀 ".repeat(80));
        agrees(&"é".repeat(STEP / 2));
        agrees(&"é".repeat(STEP));
    }
}
