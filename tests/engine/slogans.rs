//! Which slogans count, and who says them.

use tifa::model::Label;

use super::found;

const HELD: &str = "The Meixi County Party Committee held a symposium on bridges.";

#[test]
fn variants_of_one_slogan_have_one_identity() {
    let found = found("They praised the Three Lanterns, the “3 lanterns” and calm and clear rivers.\n");
    let expected = [
        "Three Lanterns = slogan:three-lanterns",
        "3 lanterns = slogan:three-lanterns",
        "calm and clear rivers = slogan:calm-rivers",
    ];
    assert_eq!(found.keys(Label::Slogan), expected);
    let originals: Vec<&str> = found.extraction.slogans.iter().map(|s| s.slogan_zh.as_str()).collect();
    assert_eq!(originals, ["三盏灯", "三盏灯", "河清"]);
}

#[test]
fn a_row_marked_quoted_counts_in_quotation_marks_only() {
    assert_eq!(found("They built two roofs.\n").keys(Label::Slogan), [""; 0]);
    assert_eq!(found("They built “two roofs”.\n").keys(Label::Slogan), ["two roofs = slogan:two-roofs"]);
}

#[test]
fn an_unknown_number_in_quotation_marks_is_a_slogan_without_original() {
    let found = found("They praised the “nine bridges”.\n");
    assert_eq!(found.keys(Label::Slogan), ["nine bridges = slogan:nine-bridges"]);
    let slogan = &found.extraction.slogans[0];
    assert_eq!((slogan.slogan_zh.as_str(), slogan.kind.as_str(), slogan.quoted), ("", "numbered", true));
}

#[test]
fn who_is_quoted_says_it() {
    let found = found("Li Shufen stressed that we must firmly uphold the three lanterns.\n");
    assert_eq!(found.uses(), ["Li Shufen: Three Lanterns (firmly uphold)"]);
}

#[test]
fn what_goes_on_is_said_by_the_speaker_before() {
    let found = found("Li Shufen stressed this. It is necessary to keep the three lanterns.\n");
    assert_eq!(found.uses(), ["Li Shufen: Three Lanterns ()"]);
}

#[test]
fn a_new_paragraph_is_the_documents_own_unless_it_goes_on() {
    let said = "Li Shufen stressed this.";
    let own = found(&format!("{said}\nThe town keeps the three lanterns.\n"));
    assert_eq!(own.uses(), ["the document: Three Lanterns ()"]);
    let goes_on = found(&format!("{said}\nIt is necessary to keep the three lanterns.\n"));
    assert_eq!(goes_on.uses(), ["Li Shufen: Three Lanterns ()"]);
}

#[test]
fn the_meeting_may_say_it() {
    let found = found(&format!("{HELD} The meeting stressed that calm rivers need care.\n"));
    assert_eq!(found.uses(), ["the meeting: calm rivers ()"]);
}

#[test]
fn in_the_name_of_a_meeting_it_is_the_documents() {
    let found = found("Li Shufen spoke at the symposium on calm rivers.\n");
    assert_eq!(found.uses(), ["the document: calm rivers ()"]);
}
