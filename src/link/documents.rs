//! Numbers of documents in few bytes: the best-known names stand in most documents of a run.

use serde::{Deserialize, Serialize};

/// Numbers in the order in which they were added, as differences of seven bits a byte (LEB128).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Documents {
    bytes: Vec<u8>,
    last: u32,
    count: usize,
}

impl Documents {
    /// Adds a number; the last one is not added twice.
    pub(super) fn push(&mut self, number: u32) {
        let mut difference = number.wrapping_sub(self.last);
        if difference == 0 && self.count > 0 {
            return;
        }
        while difference >= 0x80 {
            self.bytes.push(difference as u8 | 0x80);
            difference >>= 7;
        }
        self.bytes.push(difference as u8);
        (self.last, self.count) = (number, self.count + 1);
    }

    pub(super) fn len(&self) -> usize {
        self.count
    }

    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        let (mut number, mut difference, mut shift) = (0_u32, 0_u32, 0);
        self.bytes.iter().filter_map(move |&byte| {
            difference |= u32::from(byte & 0x7F) << shift;
            shift += 7;
            let is_last = byte < 0x80;
            is_last.then(|| {
                number = number.wrapping_add(std::mem::take(&mut difference));
                shift = 0;
                number
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_in_few_bytes() {
        let numbers = [0, 1, 128, 129, 20_000, 3_000_000_000, u32::MAX, 5];
        let mut documents = Documents::default();
        assert!(documents.is_empty());
        for number in numbers {
            documents.push(number);
            documents.push(number);
        }
        assert_eq!(documents.iter().collect::<Vec<_>>(), numbers);
        assert_eq!(documents.len(), numbers.len());
        let mut all = Documents::default();
        (0..1000).for_each(|number| all.push(number));
        assert_eq!(all.bytes.len(), 1000);
    }
}
