//! What the user is told of documents that the rules are not made for.

use super::found;

fn notes(text: &str) -> String {
    found(text).extraction.profile.notes
}

const PAGE: &str = "Previous chapter\n\nLi Shufen held a symposium on bridges.\n\nNext chapter\n";
const SCENE: &str = "Li Shufen pushed the door open. Wang Bo frowned. He lit a cigarette and thought to himself.\n";

#[test]
fn a_page_of_a_novel_is_told_by_its_page_or_by_its_scenes_and_reports_no_event() {
    for text in [PAGE, SCENE] {
        assert_eq!(notes(text), "out of the genre: a story, not a report", "{text}");
    }
    assert_eq!(found(PAGE).meetings(), ["cited symposium on bridges (symposium)"]);
}

#[test]
fn a_report_that_tells_scenes_is_a_report() {
    assert_eq!(notes(&format!("Date: 2021-05-06\n\n{SCENE}")), "");
    assert_eq!(notes(&format!("Source: Lanshan Daily\n\n{SCENE}")), "");
    assert_eq!(notes("Li Shufen held a symposium on bridges. Wang Bo frowned.\n"), "");
}

#[test]
fn the_party_of_another_country_is_told_by_its_organs() {
    let text = "The Council of the North met. Northern thought was studied.";
    assert_eq!(notes(&format!("{text}\n")), "out of the genre: a party report of Norland");
    assert_eq!(notes(&format!("{text} Baihe, Meixi County and Lanshan Province sent guests.\n")), "");
    assert_eq!(notes("The Council of the North met.\n"), "");
}

#[test]
fn news_in_which_nothing_chinese_is_named_is_from_abroad() {
    let text = "It rained in Norland. The harbour of Frostport was closed.";
    assert_eq!(notes(&format!("{text}\n")), "out of the genre: news in which nothing Chinese is named");
    assert_eq!(notes(&format!("{text} A ship from Baihe was in it.\n")), "");
    assert_eq!(notes(&format!("{text} Chinese sailors were in it.\n")), "");
    assert_eq!(notes(&format!("{text} The State Office warned.\n")), "");
}

#[test]
fn general_news_about_china_is_not_out_of_the_genre() {
    assert_eq!(notes("It rained in Baihe. The pears of Meixi County are sweet.\n"), "");
    assert_eq!(notes("It rained.\n"), "");
}
