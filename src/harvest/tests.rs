//! What a harvest takes for a name that no gazetteer knows, and what it leaves. All texts are invented.

use std::sync::OnceLock;

use super::*;
use crate::model::Document;
use crate::pipeline::Extractor;

const PEOPLE: usize = 0;
const TITLES: usize = 1;
const SLOGANS: usize = 2;
const ORGANIZATIONS: usize = 3;

fn extractor() -> &'static Extractor {
    static SHIPPED: OnceLock<Extractor> = OnceLock::new();
    SHIPPED.get_or_init(|| Extractor::new(Gazetteers::shipped().unwrap()))
}

fn add(harvest: &mut Harvest, text: &str) {
    let document = Document { text: text.to_owned(), ..Document::default() };
    harvest.add(&document, &extractor().extract(&document));
}

/// The names that one text gives for a file.
fn names(file: usize, text: &str) -> Vec<String> {
    let mut harvest = Harvest::new(extractor().gazetteers(), None).unwrap();
    add(&mut harvest, text);
    let sheet = &harvest.sheets(1)[file];
    let column = sheet.header.iter().position(|column| column == "en" || column == "name").unwrap();
    sheet.rows.iter().map(|row| row[column].clone()).collect()
}

const NONE: [&str; 0] = [];

#[test]
fn full_names_with_an_office_are_people() {
    let text = "Mayor Mu Lanhuan spoke. Mu agreed. Tang Qiumeng came. Reporter: Leng Bohan";
    assert_eq!(names(PEOPLE, text), ["Mu Lanhuan"]);
    assert_eq!(names(PEOPLE, "Secretary Mu spoke."), NONE);
}

#[test]
fn listed_people_are_known_in_any_spelling() {
    let row = extractor().gazetteers().people.iter().find(|row| row.id == "xi-jinping").unwrap();
    assert_eq!(row.name, "Xi Jinping");
    for name in ["Xi Jinping", "Xi Jin-ping", "Xi Jin Ping"] {
        assert_eq!(names(PEOPLE, &format!("Secretary {name} spoke.")), NONE, "{name}");
    }
}

#[test]
fn capitals_before_a_name_are_a_title() {
    assert_eq!(names(TITLES, "He thanked Beekeeper Tang Qiumeng."), ["Beekeeper"]);
    assert_eq!(names(TITLES, "He thanked Master Falconer Tang Qiumeng."), ["Master Falconer"]);
    let others = [
        "Beekeeper Tang Qiumeng spoke.",
        "He thanked Mayor Tang Qiumeng.",
        "He thanked beekeeper Tang Qiumeng.",
        "He thanked Qinghe Tang Qiumeng.",
        "He saw the Old Stone Beekeeper Tang Qiumeng.",
        "County Praises Beekeeper Tang Qiumeng",
    ];
    for text in others {
        assert_eq!(names(TITLES, text), NONE, "{text}");
    }
}

#[test]
fn a_noun_behind_a_name_is_a_title_where_an_article_or_of_shows_it() {
    assert_eq!(names(TITLES, "Tang Qiumeng, a beekeeper, spoke."), ["beekeeper"]);
    assert_eq!(names(TITLES, "Tang Qiumeng, deputy beekeeper, spoke."), ["beekeeper"]);
    assert_eq!(names(TITLES, "Tang Qiumeng, beekeeper of the harbour, spoke."), ["beekeeper"]);
    let others = [
        "Tang Qiumeng, male, spoke.",
        "Tang Qiumeng, beekeepers and falconers came.",
        "Tang Qiumeng, the beekeepers, spoke.",
        "Tang Qiumeng, consisting of wood, spoke.",
        "Tang Qiumeng, a mayor, spoke.",
        "Tang Qiumeng, brother of Mayor Mu Lanhuan, spoke.",
    ];
    for text in others {
        assert_eq!(names(TITLES, text), NONE, "{text}");
    }
}

#[test]
fn numbered_formulas_without_a_row_are_slogans() {
    let text =
        "We must light the \u{201C}nine lanterns\u{201D}, hold the \u{201C}two upholds\u{201D} and build nine mills.";
    assert_eq!(names(SLOGANS, text), ["nine lanterns"]);
}

#[test]
fn bodies_with_a_name_of_their_own_are_organizations() {
    let text = "Tang Qiumeng went to Ganlan Lantern Factory and to Ganzhou Lantern Co., Ltd.";
    assert_eq!(names(ORGANIZATIONS, text), ["Ganlan Lantern Factory", "Ganzhou Lantern Co., Ltd."]);
    let others = [
        "The Qinghe County Party Committee met.",
        "The Municipal People's Hospital opened.",
        "The Inspection Work Leading Group met.",
        "He read chinanews.com there.",
        "Ganlan lantern factory opened.",
        "Peking University opened.",
    ];
    for text in others {
        assert_eq!(names(ORGANIZATIONS, text), NONE, "{text}");
    }
}

#[test]
fn reprints_are_counted_once() {
    let mut harvest = Harvest::new(extractor().gazetteers(), None).unwrap();
    add(&mut harvest, "Mayor Mu Lanhuan spoke.");
    add(&mut harvest, "Mayor Mu Lanhuan\nspoke. ");
    assert_eq!(harvest.sheets(1)[PEOPLE].rows[0].last().unwrap(), "1 in 1 document: \"Mayor Mu Lanhuan spoke.\"");
    assert_eq!(harvest.sheets(2)[PEOPLE].rows, [[""; 0]; 0]);
}
