//! Figures that tokens hold: ordinals ("21st") and times of day ("14:02").

use regex::Regex;
use std::sync::LazyLock;

/// Digits with an English ordinal ending.
static ORDINAL: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^(\d{1,4})(?:st|nd|rd|th)$").ok());
/// Hours and minutes, perhaps seconds.
static CLOCK: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b[0-2]?\d:[0-5]\d(?::[0-5]\d)?\b").ok());

/// The number of "21st", "3rd"; `None` for any other word.
pub fn ordinal(word: &str) -> Option<u16> {
    let found = ORDINAL.as_ref()?.captures(word)?;
    found.get(1)?.as_str().parse().ok()
}

/// Whether `text` holds a time of day in figures.
pub fn has_clock(text: &str) -> bool {
    CLOCK.as_ref().is_some_and(|clock| clock.is_match(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals() {
        assert_eq!(ordinal("21st"), Some(21));
        assert_eq!(ordinal("20th"), Some(20));
        assert_eq!(ordinal("20"), None);
        assert_eq!(ordinal("month"), None);
    }

    #[test]
    fn clocks() {
        assert!(has_clock("2022-12-29 14:02:18"));
        assert!(has_clock("at 9:30"));
        assert!(!has_clock("Source: Daily"));
        assert!(!has_clock("a ratio of 12:7"));
    }
}
