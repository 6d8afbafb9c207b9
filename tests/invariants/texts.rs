//! Texts to try: words of the genre in any order, and reports that were cut and spoilt.

use std::fs;
use std::sync::OnceLock;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::support::files;

/// Words and phrases of which reports are made, and what translation and the web do to them.
#[rustfmt::skip]
const VOCABULARY: &[&str] = &[
    "Zhang Liwei", "Wang Fang", "Zhang", "Li", "Xi Jinping", "Xi", "Ouyang Ming", "Liu Ji'en", "Xi’an", "Ma", "He",
    "Wangqiang", "zheng shanjie", "Arvid Solberg", "Tamara", "LIU WEI", "he", "she", "his", "Comrade", "Reporter",
    "Editor", "Photo by", "secretary", "Deputy Secretary", "Secretary of the Party Committee", "mayor", "Mayors",
    "Members of the Party Group and Deputy Directors", "executive vice", "acting", "former", "then", "President",
    "chairman of the CPPCC", "Party", "Party Committee", "party (work) committee", "Standing Committee", "CPC", "NPC",
    "State Council", "Organization Department", "Bureau of Culture and Tourism", "Leading Group for Rural Work",
    "Yunnan Daily", "Xinhua News Agency", "chinanews.com", "Source:", "Time:", "Date: ", "Yunnan", "Kunming",
    "Kunming City", "Chaoyang District", "Fumeng County", "Jiulong Town", "town of Yanna", "Yangtze River Basin",
    "Lüshun", "Lu\u{308}shun", "Development Zone", "municipal", "provincial", "county", "our county", "the whole city",
    "the", "a", "of", "of the", "and", "at", "in", "on", "for", "by", "with", "to", "as well as", "meeting",
    "work conference", "6th", "the First", "Plenary Session", "Congress", "symposium on", "ceremony", "20th",
    "the spirit of", "was held", "held", "presided over", "was presided over by", "attended", "also present were",
    "accompanied by", "went to", "inspected", "pointed out that", "stressed", "said", "emphasized", "was appointed",
    "is", "was", "elected", "dismissed", "firmly support", "the meeting", "It is necessary to", "two establishments",
    "“two safeguards”", "\"four\" consciousnesses", "“nine connects”", "rural revitalization", "high - quality",
    "high-quality development", "Belt and Road", "Xi Jinping Thought on", "common prosperity", "May 30", "the 21st",
    "2023-01-17", "2023", "Dec. 23, 2018", "September 12-14", "yesterday", "Tuesday", "today (July 25)", "12:30",
    "1", "30 31", "No.", "Nov.", "U.S.", ",", ".", ";", ":", "?", "!", "(", ")", "“", "”", "‘", "’", "'", "\"", "-",
    " - ", "–", "/", "、", "。", "《", "》", "【", "】", ">", "|", "'s", "’s", "s'", "\n", "\r\n", "\r", "\u{2028}",
    "\t", "\u{a0}", "\u{feff}", "\u{ad}", "\u{301}", "书记", "中国County", "😀", "İ", "ß", "ﬁ", "①", "_",
];

/// Words of the vocabulary with spaces, or nothing, between them.
pub fn salad() -> impl Strategy<Value = String> {
    let space = prop_oneof![6 => Just(" "), 1 => Just(""), 1 => Just(", "), 1 => Just("\n")];
    vec((select(VOCABULARY), space), 1..40).prop_map(|words| words.into_iter().flat_map(|(a, b)| [a, b]).collect())
}

/// All reports of `data` and of the golden documents.
pub fn reports() -> &'static [String] {
    static REPORTS: OnceLock<Vec<String>> = OnceLock::new();
    REPORTS.get_or_init(|| {
        let paths = [files("data", "txt"), files("tests/golden", "txt")].concat();
        paths.iter().map(|path| fs::read_to_string(path).unwrap()).collect()
    })
}

/// A piece of a report in which some characters were dropped, doubled or replaced.
pub fn spoilt_report() -> impl Strategy<Value = String> {
    let blow = (any::<Index>(), select(&["", " ", "\n", ".", "“", "'", "é", "e\u{301}", "-", "A", "1"][..]));
    (any::<Index>(), any::<Index>(), 1..400usize, vec(blow, 0..6)).prop_map(|(report, start, length, blows)| {
        let characters: Vec<char> = reports()[report.index(reports().len())].chars().collect();
        let start = start.index(characters.len());
        let mut piece: Vec<char> = characters.into_iter().skip(start).take(length).collect();
        blows.iter().for_each(|(place, with)| strike(&mut piece, *place, with));
        piece.into_iter().collect()
    })
}

/// Replaces one character.
fn strike(piece: &mut Vec<char>, place: Index, with: &str) {
    if !piece.is_empty() {
        let at = place.index(piece.len());
        piece.splice(at..=at, with.chars());
    }
}
