//! The signature of a text: 128 numbers, of which two texts share about the part that they share of their five-word
//! runs.
//!
//! One-permutation hashing (P. Li, A. Owen, C.-H. Zhang, "One Permutation Hashing", NIPS 2012) with the
//! densification of A. Shrivastava ("Optimal Densification for Fast and Accurate Minwise Hashing", ICML 2017): each run
//! is hashed once, so that long texts cost no more than reading them.

use serde::{Deserialize, Serialize};
use twox_hash::XxHash3_64;

const BINS: usize = 128;
/// Bins of a band: two texts with 85 of 100 runs in common share one of 16 such bands with a chance of 0.99.
const BAND: usize = 8;
/// Words of a run.
const RUN: usize = 5;

/// What is compared of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature(Vec<u16>);

impl Signature {
    /// Bytes of a signature in a file.
    pub const BYTES: usize = BINS * 2;

    /// The signature of a text. Words are runs of letters and digits in lower case; a text of fewer than five words
    /// is one run, one without any is compared as a whole.
    pub fn new(text: &str) -> Self {
        let mut least = [u64::MAX; BINS];
        let mut enter = |hash: u64| {
            let bin = &mut least[(hash >> 57) as usize];
            *bin = (*bin).min(hash);
        };
        let words = words(text);
        if words.is_empty() {
            enter(mix(XxHash3_64::oneshot(text.trim().as_bytes())));
        }
        words.windows(RUN.min(words.len()).max(1)).for_each(|run| enter(hash(run)));
        Self(dense(&least).iter().map(|&hash| mix(hash) as u16).collect())
    }

    /// The estimated share of runs that two texts have in common, 0 to 1.
    pub fn similarity(&self, other: &Self) -> f64 {
        let equal = self.0.iter().zip(&other.0).filter(|(a, b)| a == b).count();
        equal as f64 / BINS as f64
    }

    /// A number that is equal for equal signatures.
    pub fn digest(&self) -> u64 {
        XxHash3_64::oneshot(&self.to_bytes())
    }

    /// The bands, each as a number that depends on its place too.
    pub(super) fn bands(&self) -> impl Iterator<Item = u64> + '_ {
        self.0.chunks(BAND).zip(0..).map(|(band, at)| {
            let bytes: Vec<u8> = band.iter().flat_map(|bin| bin.to_le_bytes()).collect();
            mix(XxHash3_64::oneshot(&bytes) ^ at)
        })
    }

    pub(super) fn to_bytes(&self) -> [u8; Self::BYTES] {
        let mut bytes = [0; Self::BYTES];
        let bins = self.0.iter().flat_map(|bin| bin.to_le_bytes());
        bytes.iter_mut().zip(bins).for_each(|(to, from)| *to = from);
        bytes
    }

    pub(super) fn from_bytes(bytes: &[u8; Self::BYTES]) -> Self {
        Self(bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect())
    }
}

/// Hashes of the words.
fn words(text: &str) -> Vec<u64> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| XxHash3_64::oneshot(word.to_lowercase().as_bytes())).collect()
}

/// The hash of a run of words, which depends on their order.
fn hash(run: &[u64]) -> u64 {
    run.iter().fold(0, |hash, &word| mix(hash.rotate_left(9) ^ word))
}

/// Fills each empty bin from one that is not, chosen by chance that is the same for all texts.
fn dense(least: &[u64; BINS]) -> [u64; BINS] {
    let mut full = *least;
    for (at, bin) in full.iter_mut().enumerate().filter(|(_, bin)| **bin == u64::MAX) {
        let tries = (1..).map(|attempt| mix((at as u64) << 32 | attempt) as usize % BINS);
        *bin = tries.map(|other| least[other]).find(|&other| other != u64::MAX).unwrap_or_default();
    }
    full
}

/// Spreads a number over all bits (the finalizer of SplitMix64, G. Steele et al., 2014).
fn mix(number: u64) -> u64 {
    let number = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: std::ops::Range<u32>) -> String {
        words.map(|word| format!("word{} ", word * 7919 % 65_521)).collect()
    }

    #[test]
    fn similarity_is_near_the_share_of_common_runs() {
        let whole = Signature::new(&text(0..1000));
        for (cut, expected) in [(1000, 1.0), (900, 0.9), (700, 0.7), (400, 0.4)] {
            let similarity = whole.similarity(&Signature::new(&text(0..cut)));
            assert!((similarity - expected).abs() < 0.11, "{cut} words of 1000: {similarity}");
        }
        assert!(whole.similarity(&Signature::new(&text(2000..3000))) < 0.05);
    }

    #[test]
    fn case_marks_and_white_space_do_not_count() {
        let a = Signature::new("The Mayor \"spoke\" of one, two and three things.");
        assert_eq!(a, Signature::new("the mayor spoke\r\nof one two — and three things"));
        assert_ne!(a, Signature::new("the mayor spoke of two, one and three things"));
    }

    #[test]
    fn texts_of_few_words_or_none_have_a_signature() {
        assert_eq!(Signature::new("Elm").similarity(&Signature::new("elm!")), 1.0);
        assert!(Signature::new("Elm").similarity(&Signature::new("Oak")) < 0.1);
        assert!(Signature::new("***").similarity(&Signature::new("---")) < 0.1);
        assert_eq!(Signature::new(" *** "), Signature::new("***"));
    }

    #[test]
    fn bytes_give_the_signature_back() {
        let signature = Signature::new(&text(0..50));
        assert_eq!(Signature::from_bytes(&signature.to_bytes()), signature);
        assert_eq!(signature.bands().count(), 16);
    }
}
