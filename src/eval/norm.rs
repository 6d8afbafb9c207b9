//! The forms under which strings of gold and output are compared: spelling variants that do not
//! matter fall together here. Which occurrences of a string are mentions is decided in `spans`.

use caseless::Caseless;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

const APOSTROPHES: [char; 4] = ['\'', '’', '‘', 'ʼ'];
const ARTICLES: [&str; 3] = ["the ", "a ", "an "];

/// Generic type words of administrative units, which do not tell one region from another.
const REGION_WORDS: [&str; 14] = [
    "province",
    "city",
    "county",
    "district",
    "town",
    "township",
    "village",
    "prefecture",
    "municipality",
    "autonomous",
    "region",
    "banner",
    "league",
    "of",
];

/// Whether a character is part of a word: a letter, a number or `_`. Combining marks are not, nor
/// are circled letters.
pub(super) fn is_word(c: char) -> bool {
    let circled = matches!(c, '\u{24B6}'..='\u{24E9}' | '\u{1F130}'..='\u{1F189}');
    c == '_' || (c.is_alphanumeric() && !is_combining_mark(c) && !circled)
}

/// Whether a character is white space, the four information separators of ASCII included.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1C}'..='\u{1F}')
}

/// The words of `s`, case-folded, without accents and apostrophes, one space between them.
///
/// Full case folding, not lower case, so that "ß" meets "SS" and a final sigma any other sigma.
pub(super) fn norm(s: &str) -> String {
    let folded: String = s
        .nfkd()
        .default_case_fold()
        .filter(|&c| canonical_combining_class(c) == 0 && !APOSTROPHES.contains(&c))
        .collect();
    let words: Vec<&str> = folded.split(|c| !is_word(c)).filter(|w| !w.is_empty()).collect();
    words.join(" ")
}

/// A personal name, however its syllables are joined.
pub(super) fn norm_person(s: &str) -> String {
    norm(s).replace(' ', "")
}

/// A title without its leading article and without possessive endings.
pub(super) fn norm_title(s: &str) -> String {
    let title = norm(&without_possessives(s));
    match ARTICLES.iter().find_map(|article| title.strip_prefix(article)) {
        Some(rest) => rest.to_owned(),
        None => title,
    }
}

/// Drops each `'s` that ends a word; other apostrophes go too, as [`norm`] drops them anyway.
fn without_possessives(s: &str) -> String {
    let mut kept = String::with_capacity(s.len());
    let mut rest = s;
    while let Some((before, after)) = rest.split_once(['\'', '’']) {
        kept.push_str(before);
        let tail = after.strip_prefix('s').filter(|tail| !tail.starts_with(is_word));
        rest = tail.unwrap_or(after);
    }
    kept + rest
}

/// The last step of a region path without generic type words, unless nothing else is left.
pub(super) fn norm_region(s: &str) -> String {
    let path = s.replace(" / ", "/");
    let last = norm(path.rsplit('/').next().unwrap_or_default());
    let name: String = last.split(' ').filter(|w| !REGION_WORDS.contains(w)).collect();
    if name.is_empty() { last } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_apostrophes_and_punctuation_do_not_matter() {
        assert_eq!(norm("  Lü Mei’s  “Great-Straße” No. 5_a "), "lu meis great strasse no 5_a");
        assert_eq!(norm("ﬁne ⅳ ΣΑΣ"), "fine iv σασ");
        assert_eq!(norm("—"), "");
        assert_eq!(norm_person("Ou-Yang Xi'an"), "ouyangxian");
    }

    #[test]
    fn titles_lose_one_article_and_possessives() {
        assert_eq!(norm_title("The county's mayor"), "county mayor");
        assert_eq!(norm_title("the A team"), "a team");
        assert_eq!(norm_title("Theatre head"), "theatre head");
        assert_eq!(norm_title("’sheep' keeper’s"), "sheep keeper");
        assert_eq!(norm_title("boards' head"), "boards head");
    }

    #[test]
    fn regions_are_their_last_step_without_type_words() {
        assert_eq!(norm_region("Northia / Old Ford County"), "oldford");
        assert_eq!(norm_region("Northia/City of Ox"), "ox");
        assert_eq!(norm_region("Autonomous Region"), "autonomous region");
        assert_eq!(norm_region("Northia/"), "");
        assert_eq!(norm_region(""), "");
    }

    #[test]
    fn marks_and_circled_letters_are_no_word_characters() {
        assert!(['a', '9', '_', '½', '省', 'ª'].into_iter().all(is_word));
        assert!(!['-', '\u{301}', '\u{93E}', '🅐', '\u{200D}', ' '].into_iter().any(is_word));
        assert!(is_space('\u{1F}') && is_space('\u{3000}') && !is_space('\u{200B}'));
    }
}
